"""Medicines and doses read from single criteria: real lines of the registry against the rules that they state."""

import csv
from pathlib import Path

import pytest

from trials.criteria.model import Criterion, Kind, Rule, Study
from trials.criteria.rules import with_rules

TABLE = Path(__file__).with_name("rules_treatments.tsv")
KINDS = {"i": Kind.INCLUSION, "e": Kind.EXCLUSION}
FLAGS = ("partial", "ever", "stable", "failed")


def rows() -> list[tuple[str, str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return [
            (row["kind"], row["rules"], row["above"], row["text"])
            for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def read(kind: Kind, *texts: str) -> list[str]:
    """The rules on medicines of the last of these texts; each stands under the one before it."""
    criteria = [
        Criterion(f"X{number}", kind, f"X{number - 1}" if number else None, text, 0, len(text))
        for number, text in enumerate(texts)
    ]
    rules = with_rules(criteria, Study(None, "\n".join(texts)))[-1].rules
    return [written(rule) for rule in rules if rule.attribute in ("treatment", "prednisone_dose")]


def written(rule: Rule) -> str:
    """ "methotrexate+rituximab 4 weeks partial", "not biologic ever", "prednisone > 10"."""
    if isinstance(rule.value, tuple):
        parts = ["not" if rule.op == "not in" else "", "+".join(rule.value)]
    else:
        parts = ["prednisone", rule.op, f"{rule.value:g}"]
    if rule.within:
        parts.append(f"{rule.within.amount:g} {rule.within.unit}")
    return " ".join(part for part in (*parts, *(flag for flag in FLAGS if getattr(rule, flag))) if part)


@pytest.mark.parametrize(("kind", "rules", "above", "text"), rows())
def test_real_lines(kind: str, rules: str, above: str, text: str) -> None:
    texts = [one for one in (above, text) if one]
    assert "; ".join(read(KINDS[kind], *texts)) == rules


def test_the_table_is_no_shorter_than_it_was() -> None:
    assert len(rows()) >= 215


def test_every_sort_of_rule_is_in_the_table() -> None:
    said = " ".join(rules for _, rules, _, _ in rows())
    assert all(word in said for word in (*FLAGS, "not ", "half_lives", "prednisone >", "prednisone <="))


def test_a_text_of_medicines_without_end_states_nothing() -> None:
    assert read(Kind.EXCLUSION, "methotrexate or " * 400) == []


def test_alternatives_of_an_exclusion_are_one_group() -> None:
    text = "Use of rituximab within 6 months or prior use of any biologic agent"
    rules = with_rules([Criterion("E1", Kind.EXCLUSION, None, text, 0, len(text))], Study(None, text))[0].rules
    assert [rule.any_of for rule in rules] == [1, 1]
