"""The two ways of grouping: by words alone, and by meaning and words."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.livepolls.grouping.meaning import Matrix, Meaning
from app.livepolls.grouping.places import Margin
from app.livepolls.grouping.similarity import similarity_by_meaning
from app.livepolls.grouping.words import lexical_similarity


@dataclass(frozen=True)
class Method:
    """The constants that go with a measure of similarity.

    Concerns belong together above `threshold`, or above what is common in their poll if that is
    more. In a group whose mean similarity is `even_odds`, half of the pairs are taken to be right.
    """

    name: str
    threshold: float
    even_odds: float
    margin: Margin

    def similarity(
        self, meaning: Meaning | None, question: str, texts: Sequence[str], lang: str
    ) -> Matrix:
        """How alike texts are, shape (texts, texts)."""
        if meaning is None:
            return lexical_similarity(question, texts, lang)
        return similarity_by_meaning(meaning, question, texts, lang)


# Thresholds are the best for each five of the six example polls, or near it (`concerns table`); the
# one by meaning is near the best for the made-up polls, too, each fifth of which is weighed by what
# the others teach (`concerns fit`). With `even_odds`, certainty and share of right pairs agree in
# the mean of the example polls' groups; with `margin`, certainty and share of concerns that stand
# with most of their group.
WORDS = Method(
    "words and character 4-5-grams, correlation clustering",
    threshold=0.015,
    even_odds=0.1,
    margin=Margin(even=0.01, steepness=7.0),
)
MEANING = Method(
    "meaning and words, correlation clustering",
    threshold=0.9,
    even_odds=1.5,
    margin=Margin(even=0.3, steepness=1.3),
)
