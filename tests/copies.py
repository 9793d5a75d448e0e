"""Copies of an installation, made and brought back as an operator does."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.live_server import ROOT


def run(
    script: str, folder: Path, settings: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """What `deploy/backup` or `deploy/restore` says with an installation's settings."""
    return subprocess.run(
        [ROOT / "deploy" / script, folder],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def copy(script: str, folder: Path, settings: Mapping[str, str]) -> None:
    """Run one of them, which has to go well."""
    done = run(script, folder, settings)
    assert done.returncode == 0, done.stdout + done.stderr
