"""The colours among which a programme chooses; their contrast was checked on light and dark."""

from flask_babel import lazy_gettext as _l

ACCENTS = (
    ("sea", _l("Sea")),
    ("moss", _l("Moss")),
    ("berry", _l("Berry")),
    ("plum", _l("Plum")),
    ("clay", _l("Clay")),
    ("slate", _l("Slate")),
)
