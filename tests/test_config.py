import stat

import pytest

from config import ConfigurationError, Settings, engine_options, flask_config


@pytest.fixture
def settings(tmp_path):
    """Settings from these variables, beside a folder of their own."""

    def read(**environment):
        return Settings.from_environment({"INSTANCE_PATH": str(tmp_path / "here"), **environment})

    return read


def test_all_has_a_default_for_one_machine(settings, tmp_path):
    default = settings()
    assert default.is_sqlite
    assert default.database_url == f"sqlite:///{tmp_path}/here/dialograum.db"
    assert (default.host, default.port) == ("127.0.0.1", 8000)
    assert default.redis_url is default.smtp_url is default.public_url is None
    assert not default.is_https
    assert default.proxies == 0


def test_an_empty_variable_is_as_good_as_none(settings):
    empty = settings(PORT="", REDIS_URL="", PUBLIC_URL="", HOST="", OPERATOR="")
    assert empty == settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "80.5"),
        ("TRUSTED_PROXIES", "6"),
        ("TRUSTED_PROXIES", "yes"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "dialograum.db"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "http://localhost"),
        ("SMTP_URL", "mail.example.org"),
        ("SMTP_URL", "imap://mail.example.org"),
        ("PUBLIC_URL", "dialog.example.org"),
        ("PUBLIC_URL", "ftp://dialog.example.org"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://["),
        ("PUBLIC_URL", "https://x:port"),
        ("INSTANCE_PATH", "/dev/null/here"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(settings, name, value):
    with pytest.raises(ConfigurationError) as refused:
        settings(**{name: value})
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_embedded_default_makes_a_secret_once_and_keeps_it_to_itself(settings, tmp_path):
    first = settings().secret_key
    path = tmp_path / "here" / "secret_key"
    assert len(first) == 64
    assert settings().secret_key == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_production_has_to_set_its_secret(settings):
    with pytest.raises(ConfigurationError, match="SECRET_KEY"):
        settings(DATABASE_URL="postgresql://localhost/x")
    assert settings(DATABASE_URL="postgresql://localhost/x", SECRET_KEY="s").secret_key == "s"


def test_postgresql_is_spoken_to_by_psycopg_3(settings):
    for url in ("postgresql://u@h/x", "postgresql+psycopg://u@h/x"):
        production = settings(DATABASE_URL=url, SECRET_KEY="s")
        assert production.database_url == "postgresql+psycopg://u@h/x"
        assert engine_options(production)["pool_pre_ping"] is True
        assert not production.is_sqlite


def test_cookies_keep_to_https_where_pages_are_reached_over_it(settings):
    plain, secure = settings(), settings(PUBLIC_URL="https://dialog.example.org")
    assert flask_config(plain)["SESSION_COOKIE_SECURE"] is False
    assert flask_config(secure)["SESSION_COOKIE_SECURE"] is True
    assert flask_config(secure)["REMEMBER_COOKIE_SECURE"] is True


def test_forms_do_not_grow_stale_and_limits_are_shared_where_there_is_redis(settings):
    config = flask_config(settings(REDIS_URL="redis://localhost:6379/0"))
    assert config["WTF_CSRF_TIME_LIMIT"] is None
    assert config["RATELIMIT_STORAGE_URI"] == "redis://localhost:6379/0"


def test_the_server_does_not_start_with_a_wrong_setting_and_says_why(tmp_path):
    import os
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "wsgi.py"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "INSTANCE_PATH": str(tmp_path), "PORT": "eight"},
    )
    assert done.returncode == 1
    assert done.stderr == ("dialograum: PORT must be a number from 0 to 65535, not 'eight'\n")
