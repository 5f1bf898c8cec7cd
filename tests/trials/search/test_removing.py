"""The × of a chip: a search without one of its parts."""

from pathlib import Path

import pytest

from bench.reading import Listed, rows_of
from trials.search import Kind, read, without

ROWS = rows_of(Path(__file__).with_name("queries.toml"))
NAMES = Listed.of(ROWS)


@pytest.mark.parametrize(
    ("text", "kind", "left"),
    [
        ("Lupus near Leeds, recruiting, for my 15-year-old", Kind.PLACE, "Lupus, recruiting, for my 15-year-old"),
        ("Lupus near Leeds, recruiting, for my 15-year-old", Kind.STATUS, "Lupus near Leeds, for my 15-year-old"),
        ("Lupus near Leeds, recruiting, for my 15-year-old", Kind.AGE, "Lupus near Leeds, recruiting"),
        ("lupus anywhere in Spain but Madrid", Kind.COUNTRY, "lupus anywhere but Madrid"),
        ("lupus without steroids near Leeds", Kind.SET_ASIDE, "lupus near Leeds"),
        ("lupus", Kind.CONDITION, ""),
        ("I have lupus", Kind.CONDITION, ""),
        ("CAR-T cell therapy for lupus", Kind.CONDITION, "CAR-T cell therapy"),
        ("CAR-T cell therapy for lupus", Kind.DRUG_KIND, "for lupus"),
        ("上海 狼疮 招募", Kind.STATUS, "上海 狼疮"),
    ],
)
def test_the_words_of_a_part_go_with_what_joined_them(text, kind, left):
    part = next(part for part in read(text, NAMES).parts if part.kind is kind)
    assert without(text, part) == left


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_without_a_part_none_of_the_others_is_lost_or_changed(row):
    reading = read(row["text"], NAMES)
    for part in reading.parts:
        left = read(without(row["text"], part), NAMES)
        # "34F", "woman, 34": a number is an age because of the sex beside it.
        near = [one for one in reading.parts if min(abs(part.start - one.end), abs(part.end - one.start)) <= 1]
        glued = {one for one in near if {one.kind, part.kind} == {Kind.AGE, Kind.SEX}}
        others = {
            (one.kind, one.values)
            for one in reading.parts
            if one.kind not in (part.kind, Kind.PLACE, Kind.UNKNOWN_PLACE) and one not in glued
        }
        assert others <= {(one.kind, one.values) for one in left.parts}
        assert part.matched not in without(row["text"], part) or row["text"].count(part.matched) > 1
