"""The agenda of the sample conference."""

from typing import Any

TITLE = "Zwischenkonferenz: Qualitätsdialog Frühe Hilfen"
PAST_TITLE = "Auftaktkonferenz: Qualitätsdialog Frühe Hilfen"
TEMPLATE_TITLE = "Konferenz mit Blitzabfrage und Austauschrunden"

AGENDA: list[dict[str, Any]] = [
    {
        "kind": "welcome",
        "title": "Begrüßung",
        "text": (
            "Schön, dass Sie da sind. Gleich beginnt die Blitzabfrage; "
            "diese Seite wechselt dann von selbst."
        ),
        "minutes": 10,
    },
    {
        "kind": "poll",
        "title": "Blitzabfrage",
        "text": (
            "Zu welchen Anliegen der Qualitätsentwicklung in Ihrem Netzwerk "
            "möchten Sie heute Beratung erhalten?"
        ),
        "minutes": 10,
    },
    {
        "kind": "proposals",
        "title": "Lösungsansätze",
        "text": "Welche konkreten Lösungen empfehlen Sie für die gesammelten Anliegen?",
        "minutes": 20,
    },
    {
        "kind": "breakout",
        "title": "Austauschrunde 1: Themenräume",
        "text": "Tauschen Sie Erfahrungen und Anliegen zu Ihrem Thema aus.",
        "minutes": 15,
        "settings": {"mode": "automatic"},
    },
    {
        "kind": "breakout",
        "title": "Austauschrunde 2: freie Wahl",
        "text": "Wählen Sie eines der anderen Themen.",
        "minutes": 15,
        "settings": {"mode": "self_select", "choosing_minutes": "2"},
    },
    {
        "kind": "breakout",
        "title": "Austauschrunde 3: in der Kommune",
        "text": "Was nehmen Sie für Ihre Kommune mit? Was ist der nächste Schritt?",
        "minutes": 15,
        "settings": {"mode": "municipality"},
    },
    {
        "kind": "plenum",
        "title": "Plenum",
        "text": "Die Ergebnisse aus allen Räumen.",
        "minutes": 30,
    },
    {
        "kind": "feedback",
        "title": "Zum Abschluss",
        "text": "Würden Sie diese Konferenz Kolleginnen und Kollegen empfehlen?",
        "minutes": 5,
    },
]
