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
        ("FILES_PATH", "/dev/null/here"),
        ("UPLOAD_LIMIT_MB", "101"),
        ("UPLOAD_LIMIT_MB", "some"),
        ("LOG_FORMAT", "xml"),
        ("METRICS_TOKEN", "short"),
        ("EMBEDDINGS_URL", "models.example.org/v1"),
        ("EMBEDDINGS_URL", "https://models.example.org/v1"),
        ("VIDEO", "telephone"),
        ("VIDEO", "jitsi"),
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


def test_an_operators_model_needs_an_address_and_a_name(settings):
    assert settings().embeddings_url is None
    own = settings(EMBEDDINGS_URL="https://models.example.org/v1/", EMBEDDINGS_MODEL="large")
    assert own.embeddings_url == "https://models.example.org/v1"
    assert (own.embeddings_model, own.embeddings_key) == ("large", None)


VIDEO_CALLS = {
    "VIDEO_URL": "https://meet.example.org/{room}",
    "VIDEO_SECRET": "a secret",
}


def test_there_are_video_calls_only_where_the_operator_has_set_a_server(settings):
    assert settings().video is None
    assert settings(**VIDEO_CALLS).video is None
    jitsi = settings(VIDEO="jitsi", **VIDEO_CALLS).video
    assert (jitsi.app, jitsi.audience, jitsi.subject) == ("dialograum", "jitsi", "meet.example.org")
    assert "a secret" not in repr(jitsi)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"VIDEO": "jitsi", "VIDEO_URL": "meet.example.org/{room}"}, "VIDEO_URL"),
        ({"VIDEO": "jitsi", "VIDEO_URL": "https://meet.example.org/all"}, "{room}"),
        ({"VIDEO": "link", "VIDEO_URL": "https://[/{room}"}, "VIDEO_URL"),
        ({"VIDEO": "link", "VIDEO_URL": "https://meet.example.org/all"}, "{number}"),
        ({"VIDEO": "bigbluebutton", "VIDEO_SECRET": ""}, "VIDEO_SECRET"),
        ({"VIDEO": "bigbluebutton", "VIDEO_HASH": "md5"}, "VIDEO_HASH"),
    ],
)
def test_a_server_for_video_calls_that_cannot_work_stops_the_start(settings, wrong, named):
    with pytest.raises(ConfigurationError) as refused:
        settings(**VIDEO_CALLS | wrong)
    assert named in str(refused.value)
    assert "\n" not in str(refused.value)


def test_lines_are_for_people_on_one_machine_and_for_programs_in_production(settings):
    assert settings().log_format == "text"
    assert settings(LOG_FORMAT="json").log_format == "json"
    production = {"DATABASE_URL": "postgresql://localhost/x", "SECRET_KEY": "s"}
    assert settings(**production).log_format == "json"
    assert settings(**production, LOG_FORMAT="text").log_format == "text"


def test_the_metrics_are_closed_unless_the_operator_opens_them(settings):
    assert settings().metrics_token is None
    assert settings(METRICS_TOKEN="sixteen letters.").metrics_token == "sixteen letters."


def test_production_has_to_set_its_secret(settings):
    with pytest.raises(ConfigurationError, match="SECRET_KEY"):
        settings(DATABASE_URL="postgresql://localhost/x")
    assert settings(DATABASE_URL="postgresql://localhost/x", SECRET_KEY="s").secret_key == "s"


def test_postgresql_is_spoken_to_by_psycopg_3(settings):
    for url in ("postgresql://u@h/x", "postgresql+psycopg://u@h/x"):
        production = settings(DATABASE_URL=url, SECRET_KEY="s")
        assert production.database_url == "postgresql+psycopg://u@h/x"
        assert engine_options(production)["pool_timeout"] == 2
        assert not production.is_sqlite


def test_cookies_keep_to_https_where_pages_are_reached_over_it(settings):
    plain, secure = settings(), settings(PUBLIC_URL="https://dialog.example.org")
    assert flask_config(plain)["SESSION_COOKIE_SECURE"] is False
    assert flask_config(secure)["SESSION_COOKIE_SECURE"] is True
    assert flask_config(secure)["REMEMBER_COOKIE_SECURE"] is True


def test_forms_do_not_grow_stale_and_limits_are_shared_where_there_is_redis(settings):
    config = flask_config(settings(REDIS_URL="redis://localhost:6379/0"))
    assert config["WTF_CSRF_TIME_LIMIT"] is None
    assert config["RATELIMIT_STORAGE_URI"] == "lasting+redis://localhost:6379/0"


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
