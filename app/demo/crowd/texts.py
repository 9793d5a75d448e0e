"""What people of the crowd write: made up, close to what is said at such conferences."""

import random
from collections.abc import Sequence

from app.demo.people import polls
from config import LANGUAGES

ENGLISH_CONCERNS = (
    "How do other networks reach parents who never come to a family centre?",
    "We need a binding agreement with the clinics, not only good will.",
    "How can we show a committee what prevention has achieved?",
    "Parents should help to plan our offers. Where has that worked?",
    "Too few midwives: how do others share the work between towns?",
    "What belongs in a cooperation agreement, and who has to sign it?",
    "After the pandemic half of our partners did not come back to the network.",
    "Who pays for the coordination when the funding period ends?",
)
PROPOSALS = {
    "de": (
        "Eine **Lotsin in der Geburtsklinik**, die jede Familie besucht und weitervermittelt.",
        "Kooperationsvereinbarung auf einer Seite: *wer, was, bis wann*. Jährlich erneuern.",
        "Willkommensbesuche mit einem kleinen Geschenk; nach unserer Erfahrung öffnen 9 von 10.",
        "Einmal im Jahr im Jugendhilfeausschuss berichten, mit drei Zahlen und einer Geschichte.",
        "Elternvertretung mit Sitz und Stimme in der Steuerungsgruppe, mit Aufwandsentschädigung.",
        "Feste Vertretungsregelung: Wer nicht kann, schickt jemanden, der entscheiden darf.",
        (
            "Ein gemeinsamer Kalender aller Angebote:\n\n- eine Seite je Stadtteil\n"
            "- in fünf Sprachen\n- gedruckt und im Netz"
        ),
        "Netzwerktreffen halb so oft, dafür mit einer Entscheidung in jeder Sitzung.",
        "Kinderarztpraxen besuchen statt einladen: 15 Minuten in der Mittagspause genügen.",
        "Ehrenamtliche und Fachkräfte gemeinsam fortbilden, das schafft kurze Wege.",
        "Die Stellen der Koordination in den Stellenplan aufnehmen, nicht nur befristet fördern.",
        "Bei Belastung immer zu zweit: Hebamme und Sozialpädagogin machen den ersten Besuch.",
        "Ein kurzer Fragebogen für Eltern nach sechs Monaten, drei Fragen, anonym.",
        "Eine Sprechstunde im Jobcenter: Dort sind die Familien ohnehin.",
        "Videotreffen für Absprachen, Präsenz für alles, wobei Vertrauen entstehen soll.",
    ),
    "en": (
        "A **guide in the maternity ward** who visits every family once.",
        "One page per agreement: *who, what, until when*; renewed each year.",
        "Report to the committee once a year, with three figures and one story.",
        "Give parents a seat in the steering group, and pay for their time.",
        "Visit the doctors instead of inviting them; a lunch break is enough.",
        "Meet half as often, but decide something each time.",
    ),
}
COMMENTS = {
    "de": (
        "Das machen wir seit zwei Jahren, es trägt sich.",
        "Wie haben Sie das finanziert?",
        "Bei uns scheiterte es am Datenschutz. Gibt es ein Muster für die Einwilligung?",
        "Guter Ansatz, im Landkreis mit langen Wegen aber schwierig.",
        "Dazu gibt es bei uns eine Vorlage, die ich gern teile.",
        "Wichtig wäre, die Hebammen von Anfang an einzubeziehen.",
        "Dem schließe ich mich an.",
        "Und wer übernimmt das, wenn die Koordination wechselt?",
        "Wir haben klein angefangen: ein Stadtteil, ein halbes Jahr.",
        "Ohne Beschluss des Ausschusses bleibt es beim guten Willen.",
    ),
    "en": (
        "We have done this for two years, and it works.",
        "How did you pay for it?",
        "Difficult where distances are long.",
        "I agree. It should begin small.",
        "Is there a template that we could use?",
    ),
}
QUESTIONS = {
    "de": (
        "Wann kommen die Praxismaterialien zu den Qualitätsdimensionen?",
        "Wird es im nächsten Jahr wieder Werkstätten geben?",
        "Wer ist beim Zentrum für Fragen zur Jugendhilfeplanung ansprechbar?",
        "Bekommen wir die Ergebnisse von heute zum Weitergeben?",
        "Gilt die Förderung auch für kleinere Landkreise?",
        "Können Kommunen dazukommen, die bisher nicht dabei waren?",
        "Wie geht es nach der Abschlusskonferenz weiter?",
        "Gibt es ein Muster für Kooperationsvereinbarungen?",
    ),
    "en": (
        "When will the practice materials be there?",
        "Will there be workshops next year?",
        "May we hand on today's results?",
        "Can more municipalities join?",
    ),
}
CONTRIBUTIONS = {
    "experience": {
        "de": (
            "Bei uns hat ein fester Termin am ersten Dienstag im Monat viel bewirkt.",
            "Wir haben die Kliniken über die Stationsleitungen gewonnen, nicht über die Leitung.",
            "Der Elternbeirat bringt Themen ein, auf die wir nie gekommen wären.",
            "Nach drei Wechseln in der Koordination mussten wir fast von vorn beginnen.",
            "Ein gemeinsames Leitbild hat uns ein Jahr gekostet und sich gelohnt.",
            "Anonyme Fallberatung wird gut angenommen, wenn sie kurz ist.",
        ),
        "en": (
            "A fixed date every month has changed a lot for us.",
            "We won the clinics through their ward managers.",
            "Short case consultations are accepted well.",
        ),
    },
    "concern": {
        "de": (
            "Die Stelle ist nur bis Jahresende gesichert.",
            "Zu viele Gremien: Es sitzen überall dieselben Leute.",
            "Die Kinderärztinnen und Kinderärzte fehlen uns völlig.",
            "Wie bleiben wir in Kontakt, wenn niemand Zeit für Treffen hat?",
            "Die Zahlen, die verlangt werden, sagen nichts über die Wirkung.",
        ),
        "en": (
            "Our funding ends this year.",
            "The same people sit in every meeting.",
            "The figures we are asked for say little about effect.",
        ),
    },
    "impulse": {
        "de": (
            "Im Frühjahr gemeinsam mit der Nachbarkommune eine Fortbildung anbieten.",
            "Die Vereinbarung bis März dem Ausschuss vorlegen.",
            "Beim nächsten Treffen zwei Eltern einladen.",
            "Eine Seite für neue Partner schreiben: Was bringt mir das Netzwerk?",
            "Mit der Planung sprechen, bevor der Bericht geschrieben wird.",
            "Die Lotsin für drei Monate erproben und dann entscheiden.",
        ),
        "en": (
            "Plan a training together with the neighbouring town.",
            "Bring the agreement to the committee by March.",
            "Invite two parents to the next meeting.",
        ),
    },
}


class Deck:
    """Texts to draw from; when all were drawn, they are shuffled again, as people repeat others."""

    def __init__(self, texts: Sequence[str], rng: random.Random, *, shuffled: bool = True) -> None:
        self._texts, self._rng, self._shuffled = list(texts), rng, shuffled
        self._left: list[str] = []

    def draw(self) -> str:
        """The next text."""
        if not self._left:
            self._left = self._texts[::-1]
            if self._shuffled:
                self._rng.shuffle(self._left)
            self._shuffled = True
        return self._left.pop()


def concerns(language: str) -> list[str]:
    """What people of a language answer to a question about networks."""
    if language == "en":  # the sample's English poll is about software
        return list(ENGLISH_CONCERNS)
    return [text for poll in polls() if poll.language == language for text in poll.concerns]


class Texts:
    """All decks of a crowd."""

    def __init__(self, rng: random.Random) -> None:
        kinds = {"proposal": PROPOSALS, "comment": COMMENTS, "question": QUESTIONS, **CONTRIBUTIONS}
        self._decks = {
            (kind, language): Deck(texts, rng)
            for kind, by_language in kinds.items()
            for language, texts in by_language.items()
        }
        for language in LANGUAGES:
            self._decks["voiced", language] = Deck(concerns(language), rng, shuffled=False)

    def draw(self, kind: str, language: str) -> str:
        """A text of a kind: voiced, proposal, comment, question, or the kind of a contribution."""
        return self._decks[kind, language].draw()
