"""What holds for any text: nothing is lost, spans lie in order, the canonical text reads back, time is bounded."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.criteria.layout.decode import decode
from trials.criteria.layout.outline import outline
from trials.criteria.layout.render import render
from trials.criteria.model import Criterion, Kind

HEADS = ["Inclusion Criteria:", "Exclusion criteria", "Patients must have", "any of the following:", "SLE group:"]
MARKS = ["- ", "* ", "1. ", "2. ", "(a) ", "b) ", "ii. ", "; ", ": ", ".", "OR", "and", "\n", "\n\n", "   "]
WRITTEN = ["Note: x", "age > 18 years", "Had a", "10 mg", "<br>", "&gt;", "\\>"]
PIECES = st.sampled_from(HEADS + MARKS + WRITTEN)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES).map(" ".join))


@given(TEXTS)
def test_every_letter_belongs_to_a_criterion_or_an_aside(source: str) -> None:
    text = decode(source).text
    found = outline(text)
    covered = set()
    for start, end in [(node.start, node.end) for node in found.nodes] + [aside[1:] for aside in found.asides]:
        covered.update(range(start, end))
    assert [text[at] for at in range(len(text)) if text[at].isalnum() and at not in covered] == []


@given(TEXTS)
def test_criteria_stand_in_order_apart_and_after_their_parents(source: str) -> None:
    text = decode(source).text
    last = 0
    for number, node in enumerate(outline(text).nodes):
        assert last <= node.start < node.end <= len(text)
        assert any(sign.isalnum() for sign in text[node.start : node.end])
        assert node.parent is None or node.parent < number
        last = node.end


WORDS = st.sampled_from(["active", "lupus", "severe", "renal", "disease", "stable", "dose", "biopsy", "fever", "rash"])
SENTENCES = st.lists(WORDS, min_size=3, max_size=12).map(lambda words: " ".join(words).capitalize())


@st.composite
def criteria(draw: st.DrawFn) -> list[Criterion]:
    found: list[Criterion] = []
    for kind in draw(st.sampled_from([[Kind.INCLUSION], [Kind.INCLUSION, Kind.EXCLUSION]])):
        path: list[str] = []
        for words in draw(st.lists(SENTENCES, min_size=1, max_size=8)):
            del path[draw(st.integers(0, min(len(path), 3))) :]
            found.append(Criterion(str(len(found)), kind, path[-1] if path else None, words, 0, 0))
            path.append(found[-1].id)
    return found


@given(criteria())
def test_the_canonical_text_reads_back_as_the_same_tree(tree: list[Criterion]) -> None:
    text = render(tree)
    nodes = outline(text).nodes
    ids = [criterion.id for criterion in tree]
    wanted = [(c.kind, None if c.parent is None else ids.index(c.parent), c.text) for c in tree]
    assert [(node.kind, node.parent, text[node.start : node.end]) for node in nodes] == wanted


HOSTILE = {
    "one line": "a" * 1_000_000,
    "words": "word " * 200_000,
    "bullets": "* item number\n" * 10_000,
    "series": "(1)" * 100_000,
    "deep": "\n".join(" " * depth + "- a:" for depth in range(1400)),
    "blanks": " " * 1_000_000,
    "newlines": "\n" * 1_000_000,
    "brackets": "(" * 1_000_000,
    "tags": "<" * 1_000_000,
    "escapes": "\\" * 1_000_000,
    "entities": "&amp;" * 200_000,
    "stars": "* " * 500_000,
    "headings": "Inclusion Criteria: " * 50_000,
    "controls": "\x00\x01" * 500_000,
    "siblings": "- Had a b Had c\n" * 60_000,
    "labels": "- For X the following applies:\n" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_bounded_time(name: str) -> None:
    source = HOSTILE[name]
    begun = time.process_time()
    outline(decode(source).text)
    assert time.process_time() - begun < 4 * max(1.0, len(source) / 1e6)  # seconds; a slow machine gets a factor of 4
