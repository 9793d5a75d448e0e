"""Settings, read from the environment and checked at start."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from logs import FORMATS
from video_settings import VideoSettings

ROOT = Path(__file__).resolve().parent
LANGUAGES = ("de", "en")
TIME_ZONE = "Europe/Berlin"  # of all times in pages that have no zone of their own, as events have
LEAST_TOKEN = 16  # characters of METRICS_TOKEN
JOBS = ("inside", "worker", "none")  # who works at jobs: the server, `flask jobs run`, nobody
MEGABYTE = 1024 * 1024
LONGEST_WAIT = 2.0  # seconds for anything that the database can make a request wait for
POSTGRESQL_LIMITS = {  # in milliseconds
    "lock_timeout": int(LONGEST_WAIT * 1000),
    "idle_in_transaction_session_timeout": 60_000,
}


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
    jobs: str
    files: Path
    upload_limit: int  # bytes of one file
    log_format: str
    metrics_token: str | None  # without one, nobody sees the metrics
    embeddings_url: str | None  # of the operator's own model of meaning
    embeddings_model: str | None
    embeddings_key: str | None = field(repr=False)
    video: VideoSettings | None  # where rooms have their video calls, if anywhere

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
        _make_folder("INSTANCE_PATH", instance)
        files = Path(environment.get("FILES_PATH") or instance / "files")
        _make_folder("FILES_PATH", files)
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
            jobs=_jobs(environment),
            files=files,
            upload_limit=_number(environment, "UPLOAD_LIMIT_MB", 10, 100) * MEGABYTE,
            log_format=_log_format(environment, database_url),
            metrics_token=_token(environment, "METRICS_TOKEN"),
            embeddings_url=_url(environment, "EMBEDDINGS_URL", ("http", "https")),
            embeddings_model=_embeddings_model(environment),
            embeddings_key=environment.get("EMBEDDINGS_KEY") or None,
            video=_video(environment),
        )


def flask_config(settings: Settings) -> dict[str, Any]:
    """The settings of Flask and its extensions that follow from ours."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_ENGINES": {"default": engine_options(settings)},
        "ALEMBIC": {"script_location": str(ROOT / "migrations")},
        "BABEL_DEFAULT_LOCALE": "de",
        "BABEL_DEFAULT_TIMEZONE": TIME_ZONE,
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "app" / "translations"),
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": MEGABYTE,  # more only where files are taken: app/uploads.py
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_NAME": "dialograum",
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": settings.is_https,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=180),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "RATELIMIT_STORAGE_URI": (
            f"lasting+{settings.redis_url}" if settings.redis_url else "memory://"
        ),
    }


def engine_options(settings: Settings) -> dict[str, Any]:
    """The options of the one database engine."""
    common = {
        "url": settings.database_url,
        "pool_size": 20,
        "hide_parameters": True,  # what people have typed is in no log
    }
    if settings.is_sqlite:
        return {**common, "connect_args": {"timeout": LONGEST_WAIT}}
    return {
        **common,
        "pool_timeout": LONGEST_WAIT,
        "connect_args": {
            "connect_timeout": int(LONGEST_WAIT),
            "tcp_user_timeout": 10_000,  # milliseconds until a server that says nothing is gone
            "options": " ".join(f"-c {name}={value}" for name, value in POSTGRESQL_LIMITS.items()),
        },
        "isolation_level": "REPEATABLE READ",  # a page shows one moment, as on SQLite
    }


def _make_folder(name: str, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"{name} {folder} cannot be used: {error.strerror}") from error


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


def _jobs(environment: Mapping[str, str]) -> str:
    where = environment.get("JOBS") or "inside"
    if where not in JOBS:
        raise ConfigurationError(f"JOBS must be one of {', '.join(JOBS)}, not {where!r}")
    if where == "worker" and not environment.get("REDIS_URL"):
        raise ConfigurationError("JOBS=worker needs REDIS_URL, where server and worker meet")
    return where


def _log_format(environment: Mapping[str, str], database_url: str) -> str:
    """The embedded default is for somebody who looks on, production for programs."""
    default = "text" if database_url.startswith("sqlite") else "json"
    kind = environment.get("LOG_FORMAT") or default
    if kind not in FORMATS:
        raise ConfigurationError(f"LOG_FORMAT must be text or json, not {kind!r}")
    return kind


def _token(environment: Mapping[str, str], name: str) -> str | None:
    token = environment.get(name) or None
    if token is not None and len(token) < LEAST_TOKEN:
        raise ConfigurationError(f"{name} must have at least {LEAST_TOKEN} characters")
    return token


def _embeddings_model(environment: Mapping[str, str]) -> str | None:
    model = environment.get("EMBEDDINGS_MODEL") or None
    if environment.get("EMBEDDINGS_URL") and model is None:
        raise ConfigurationError("EMBEDDINGS_URL needs EMBEDDINGS_MODEL, the name of the model")
    return model


def _video(environment: Mapping[str, str]) -> VideoSettings | None:
    try:
        return VideoSettings.from_environment(environment)
    except ValueError as error:
        raise ConfigurationError(str(error)) from error


def _kept_secret(instance: Path, database_url: str) -> str:
    """The embedded default makes its own key once; production has to set one."""
    if not database_url.startswith("sqlite"):
        raise ConfigurationError("SECRET_KEY must be set when DATABASE_URL is not SQLite")
    path = instance / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text().strip()
