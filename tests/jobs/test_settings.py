"""Who works at jobs, as the settings say."""

import pytest

from config import ConfigurationError, Settings


def read(tmp_path, **environment):
    return Settings.from_environment({"INSTANCE_PATH": str(tmp_path), **environment})


def test_the_server_itself_by_default(tmp_path):
    assert read(tmp_path).jobs == "inside"


def test_a_worker_needs_a_place_to_meet(tmp_path):
    with pytest.raises(ConfigurationError, match="JOBS=worker needs REDIS_URL"):
        read(tmp_path, JOBS="worker")
    assert read(tmp_path, JOBS="worker", REDIS_URL="redis://127.0.0.1").jobs == "worker"


def test_anything_else_stops_the_start(tmp_path):
    with pytest.raises(ConfigurationError, match="JOBS must be one of"):
        read(tmp_path, JOBS="sometimes")


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_worker_of_its_own_says_what_it_needs(app):
    answer = app.test_cli_runner().invoke(args=["jobs", "run"])
    assert answer.exit_code == 1
    assert "REDIS_URL is not set" in answer.output
