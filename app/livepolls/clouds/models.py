"""The words of a poll as they were drawn last."""

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class WordCloud(Base):
    """The words of a poll as they are on the screen."""

    __tablename__ = "word_cloud"

    poll_id: Mapped[int] = mapped_column(
        ForeignKey("flash_poll.id", ondelete="CASCADE"), primary_key=True
    )
    drawn_from: Mapped[str] = mapped_column(default="")  # what had come in by then
    words: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
