"""The features, in the order in which their rooms are opened."""

from importlib import import_module

from flask import Flask

FEATURES = (
    "accounts",
    "mail",
    "events",
    "livepolls",
    "breakouts",
    "forums",
    "proposals",
    "questions",
    "results",
    "api",
    "demo",
)


def register_features(app: Flask) -> None:
    """Let each feature attach its routes, broadcasts and commands."""
    for name in FEATURES:
        import_module(f"app.{name}.registration").register(app)
