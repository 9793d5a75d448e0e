"""Settings, read from the environment and checked at start."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
LANGUAGES = ("de", "en")


class ConfigurationError(Exception):
    """A setting that the server cannot start with; its text is one line for the operator."""


@dataclass(frozen=True)
class Settings:
    """What the operator can set; every value has a default for the embedded case."""

    database_url: str
    redis_url: str | None
    secret_key: str
    smtp_url: str | None
    mail_from: str
    host: str
    port: int
    public_url: str | None
    instance: Path
    proxies: int

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database, with one process that writes."""
        return self.database_url.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        """Whether pages are reached over HTTPS, so that cookies can be kept to it."""
        return bool(self.public_url and self.public_url.startswith("https://"))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read and check all settings; raises `ConfigurationError` naming the first wrong one."""
        instance = Path(environment.get("INSTANCE_PATH") or ROOT / "instance")
        _make_folder(instance)
        database_url = environment.get("DATABASE_URL") or f"sqlite:///{instance / 'dialograum.db'}"
        return cls(
            database_url=_database(database_url),
            redis_url=_url(environment, "REDIS_URL", ("redis", "rediss", "unix")),
            secret_key=environment.get("SECRET_KEY") or _kept_secret(instance, database_url),
            smtp_url=_url(environment, "SMTP_URL", ("smtp", "smtps")),
            mail_from=environment.get("MAIL_FROM") or "Dialograum <dialograum@localhost>",
            host=environment.get("HOST") or "127.0.0.1",
            port=_number(environment, "PORT", 8000, 65535),
            public_url=_url(environment, "PUBLIC_URL", ("http", "https")),
            instance=instance,
            proxies=_number(environment, "TRUSTED_PROXIES", 0, 5),
        )


def flask_config(settings: Settings) -> dict[str, Any]:
    """The settings of Flask and its extensions that follow from ours."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_ENGINES": {"default": engine_options(settings)},
        "ALEMBIC": {"script_location": str(ROOT / "migrations")},
        "BABEL_DEFAULT_LOCALE": "de",
        "BABEL_DEFAULT_TIMEZONE": "UTC",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "app" / "translations"),
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 1024 * 1024,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_NAME": "dialograum",
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": settings.is_https,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=180),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "RATELIMIT_STORAGE_URI": settings.redis_url or "memory://",
        "RATELIMIT_HEADERS_ENABLED": True,
    }


def engine_options(settings: Settings) -> dict[str, Any]:
    """The options of the one database engine."""
    if settings.is_sqlite:
        return {"url": settings.database_url, "connect_args": {"timeout": 5}, "pool_size": 20}
    return {
        "url": settings.database_url,
        "pool_size": 20,
        "pool_pre_ping": True,
        "isolation_level": "REPEATABLE READ",  # a page shows one moment, as on SQLite
    }


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"INSTANCE_PATH {folder} cannot be used: {error.strerror}"
        ) from error


def _database(url: str) -> str:
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigurationError("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return url


def _url(environment: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    value = environment.get(name)
    if not value:
        return None
    if not _is_address(value, schemes):
        beginnings = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ConfigurationError(f"{name} must be an address that begins with {beginnings}")
    return value.rstrip("/")


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.netloc or parts.path) and parts.port != 0
    except ValueError:  # brackets or a port that are none
        return False


def _number(environment: Mapping[str, str], name: str, default: int, most: int) -> int:
    value = environment.get(name) or str(default)
    if not value.isdecimal() or int(value) > most:
        raise ConfigurationError(f"{name} must be a number from 0 to {most}, not {value!r}")
    return int(value)


def _kept_secret(instance: Path, database_url: str) -> str:
    """The embedded default makes its own key once; production has to set one."""
    if not database_url.startswith("sqlite"):
        raise ConfigurationError("SECRET_KEY must be set when DATABASE_URL is not SQLite")
    path = instance / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text().strip()
