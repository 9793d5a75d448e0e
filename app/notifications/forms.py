"""The forms of notifications."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from app.forms import Form
from app.notifications.hours import TIME_ZONES
from app.notifications.levels import NAMES
from app.notifications.models import Rhythm

WEEKDAYS = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)


class PreferencesForm(Form):
    """What counts wherever nothing else is chosen, and when what is gathered comes."""

    level = RadioField(
        _l("Notify me"), choices=[SelectChoice(level.value, name) for level, name in NAMES.items()]
    )
    rhythm = RadioField(
        _l("The digest comes"),
        choices=[
            SelectChoice(Rhythm.DAILY.value, _l("every day")),
            SelectChoice(Rhythm.WEEKLY.value, _l("once a week")),
            SelectChoice(Rhythm.NEVER.value, _l("never by mail")),
        ],
    )
    weekday = SelectField(
        _l("On"), coerce=int, choices=[SelectChoice(at, name) for at, name in enumerate(WEEKDAYS)]
    )
    hour = SelectField(
        _l("At"), coerce=int, choices=[SelectChoice(hour, f"{hour}:00") for hour in range(24)]
    )
    time_zone = SelectField(_l("Time zone"), choices=list(TIME_ZONES))
    event_digest = BooleanField(_l("After an event, send me what came out of it"))
