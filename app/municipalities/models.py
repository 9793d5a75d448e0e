"""The table of municipalities."""

from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base


class Municipality(Base):
    """A town or district of a state, in one cluster of the programme."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    cluster: Mapped[str] = mapped_column(default="")
