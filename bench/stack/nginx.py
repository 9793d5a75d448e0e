"""nginx with the configuration of deploy/, filled in for private ports and folders."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench.stack.part import ROOT, Part, free_port
from bench.stack.servers import program

DEPLOY = ROOT / "deploy" / "nginx"

# What a distribution's own nginx.conf says; what is ours comes from deploy/.
MAIN = """
daemon off;
{user}
worker_processes 2;
pid {folder}/pid;
error_log stderr crit;
events {{ worker_connections 16384; }}
http {{
    include {mime_types};
    default_type application/octet-stream;
    sendfile on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Nginx(Part):
    """The one address in front of all processes."""

    name = "nginx"
    stop_signal = signal.SIGTERM

    def __init__(self, folder: Path, port: int | None = None) -> None:
        super().__init__(folder)
        self.port = port or free_port()
        self.processes: list[str] = []
        self.access_log = self.folder / "access.log"

    @property
    def url(self) -> str:
        """The address of the whole set-up."""
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> Sequence[str]:
        """nginx with our main file instead of the machine's."""
        return [program("nginx"), "-p", str(self.folder), "-c", str(self._write())]

    def is_ready(self) -> bool:
        """Whether it listens."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
        except OSError:
            return False
        return True

    def reload(self) -> None:
        """Take in what has changed in the configuration, as an operator does."""
        self._write()
        self.signal(signal.SIGHUP)

    def _write(self) -> Path:
        template = (DEPLOY / "dialograum.conf.template").read_text()
        (self.folder / "site.conf").write_text(filled(template, self._values()))
        main = self.folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        main.write_text(MAIN.format(folder=self.folder, user=user, mime_types=_mime_types()))
        return main

    def _values(self) -> dict[str, str]:
        servers = [f"server {each} max_fails=0;" for each in self.processes]
        return {
            "DIALOGRAUM_LISTEN": f"127.0.0.1:{self.port}",
            "DIALOGRAUM_NAME": "_",
            "DIALOGRAUM_PROCESSES": " ".join(servers),
            "DIALOGRAUM_ROOT": str(ROOT / "app"),
            "DIALOGRAUM_PAGES": str(DEPLOY / "pages"),
            "DIALOGRAUM_MORE": f"{self.folder}/more*.conf",
            "DIALOGRAUM_BODY": "32m",
            "DIALOGRAUM_LOG": str(self.access_log),
        }


def filled(template: str, values: dict[str, str]) -> str:
    """What envsubst makes of a template: nginx's own variables stay."""
    return re.sub(r"\$\{(DIALOGRAUM_[A-Z_]+)\}", lambda found: values[found[1]], template)


def _mime_types() -> Path:
    said = subprocess.run([program("nginx"), "-V"], capture_output=True, text=True, check=True)
    found = re.search(r"--conf-path=(\S+)", said.stderr)
    return Path(found[1] if found else "/etc/nginx/nginx.conf").with_name("mime.types")
