"""The files of deploy/ name what is there, and do things in the right order."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.live_server import ROOT

DEPLOY = ROOT / "deploy"
COPY = re.compile(r"^COPY (?!--from)(.+) (\S+)$", re.MULTILINE)


def stage(name):
    """The lines of one stage of the Dockerfile."""
    stages = re.split(r"^FROM ", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)
    return next(lines for lines in stages if lines.split("\n")[0].endswith(f" AS {name}"))


def test_the_dockerfile_copies_what_is_there():
    copies = COPY.findall((DEPLOY / "Dockerfile").read_text())
    assert len(copies) > 5
    for sources, _target in copies:
        for source in sources.split():
            assert (ROOT / source).exists(), source


def test_the_application_starts_from_what_the_image_holds(tmp_path):
    for sources, target in COPY.findall(stage("app")):
        for source in map(Path, sources.split()):
            goal = tmp_path / (source.name if target == "./" else target)
            goal.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, goal, ignore=shutil.ignore_patterns("src"))
            else:
                shutil.copy(ROOT / source, goal)
    settings = {"INSTANCE_PATH": str(tmp_path / "instance"), "DATABASE_URL": "", "REDIS_URL": ""}
    for words in (["flask", "--app", "wsgi", "db", "upgrade"], ["gunicorn", "--check-config"]):
        more = ["-c", "deploy/gunicorn.conf.py", "wsgi:app"] if words[0] == "gunicorn" else []
        subprocess.run(
            [sys.executable, "-m", *words, *more],
            cwd=tmp_path,
            env={**os.environ, **settings},
            check=True,
            capture_output=True,
        )


def test_the_last_images_hold_no_build_tools_and_run_as_nobody_special():
    for name, user in (("app", "dialograum"), ("web", "nginx")):
        lines = stage(name)
        assert not re.search(r"apt-get|npm|make ", lines)
        assert re.findall(r"^USER (\S+)$", lines, re.MULTILINE)[-1] == user


def test_the_services_wait_for_what_they_need():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    for name in ("app1", "app2", "jobs"):
        waits = services[name]["depends_on"]
        assert waits["migrate"]["condition"] == "service_completed_successfully"
        assert services[name]["environment"]["JOBS"] == "worker"
    processes = services["web"]["environment"]["DIALOGRAUM_PROCESSES"]
    assert re.findall(r"server (\w+):8000", processes) == ["app1", "app2"]
    assert set(services["web"]["depends_on"]) == {"app1", "app2"}


def test_every_value_that_nginx_needs_is_given_in_the_image_or_by_compose():
    needed = set(
        re.findall(r"\$\{(\w+)\}", (DEPLOY / "nginx/dialograum.conf.template").read_text())
    )
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    given = set(re.findall(r"(DIALOGRAUM_\w+)=", stage("web")))
    assert needed <= given | set(services["web"]["environment"])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_understands_the_units(tmp_path):
    for unit in (DEPLOY / "systemd").iterdir():
        shutil.copy(unit, tmp_path / unit.name.replace("@", "@1"))
    for unit in tmp_path.iterdir():
        command = ["systemd-analyze", "verify", "--recursive-errors=no", str(unit)]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
        assert unit.name not in said, said


PROGRAMS = {
    "systemctl": 'echo "$*" >> "$LOG"; touch "$LOG.${2##*@}"',
    "curl": 'echo asked >> "$LOG"; for word; do :; done; port=${word%/ready}; '
    'n=$(wc -l < "$LOG"); [ -e "$LOG.${port##*:}" ] && [ "$n" -ge 4 ]',
}


def rolled(tmp_path, *words, **settings):
    for name, script in PROGRAMS.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    return subprocess.run(
        [DEPLOY / "roll", *words],
        env={**os.environ, "PATH": path, "LOG": str(tmp_path / "log"), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_processes_are_restarted_one_by_one_each_when_the_last_is_ready(tmp_path):
    done = rolled(tmp_path, "8001", "8002")
    assert done.returncode == 0, done.stderr
    steps = (tmp_path / "log").read_text().splitlines()
    first, second = "restart dialograum@8001", "restart dialograum@8002"
    assert steps == [first, "asked", "asked", "asked", second, "asked"]


def test_one_that_does_not_become_ready_stops_the_rolling(tmp_path):
    done = rolled(tmp_path, "8001", "8002", PATIENCE="1")
    assert done.returncode == 1
    assert "8001 is not ready" in done.stderr
    assert "restart dialograum@8002" not in (tmp_path / "log").read_text()
