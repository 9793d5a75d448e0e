"""Who may do what with reports of forums, and with requests.

A request is read by those who may read the space that it comes from, and by the coordinators of
the programme, whom it asks: they answer, and say where it stands. A forum's report is written by
the coordinators of its space and by the members whom they name.
"""

from app.permissions import COORDINATORS, READERS, allow

allow("requests.read", READERS)
allow("requests.answer", COORDINATORS)
allow("requests.name_reporters", COORDINATORS)
