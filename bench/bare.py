"""The yardstick of pages: bare Flask and Jinja, one query by the ORM, fifty rows."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

ROWS = 50
PAGE = """<!doctype html><title>Concerns</title>
<ul>{% for row in rows %}<li id="concern-{{ row.id }}">{{ row.text }}</li>{% endfor %}</ul>"""


class _Base(DeclarativeBase):
    pass


class _Concern(_Base):
    __tablename__ = "concern"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


def bare_page() -> Callable[[], Any]:
    """What fetches that page, of an application that has nothing else, from an SQLite file."""
    path = Path(tempfile.mkdtemp(prefix="dialograum-bench-")) / "bare.db"
    engine = create_engine(f"sqlite:///{path}")
    _Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add_all(_Concern(text=f"Who helps us with number {n}?") for n in range(ROWS))
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": PAGE})

    @app.get("/")
    def show() -> str:
        with Session(engine) as session:
            return render_template("page.html", rows=session.scalars(select(_Concern)).all())

    client = app.test_client()
    return lambda: client.get("/")
