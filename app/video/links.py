"""A plain link: an address into which the room's name or number is put."""

from dataclasses import dataclass

from app.video.calls import Call


@dataclass(frozen=True)
class PlainLink:
    """Any server whose calls are known by their address alone."""

    template: str

    def address(self, call: Call) -> str:
        """Where this person joins the call."""
        return filled(self.template, call)


def filled(template: str, call: Call) -> str:
    """The address of the call's room."""
    return template.replace("{room}", call.room).replace("{number}", str(call.number))
