"""The features, in the order in which their rooms are opened."""

from importlib import import_module

from flask import Flask

FEATURES = (
    "observability",
    "jobs",
    "accounts",
    "municipalities",
    "mail",
    "spaces",
    "events",
    "livepolls",
    "ballots",
    "breakouts",
    "video",
    "notes",
    "forums",
    "arranging",
    "moderation",
    "files",
    "profiles",
    "composing",
    "reactions",
    "proposals",
    "questions",
    "results",
    "carryover",
    "exporting",
    "claims",
    "eventdigests",
    "requests",
    "notifications",
    "feeds",
    "search",
    "api",
    "demo",
)


def register_features(app: Flask) -> None:
    """Let each feature attach its routes, broadcasts and commands."""
    for name in FEATURES:
        import_module(f"app.{name}.registration").register(app)
