"""Ages, durations, measured limits, diagnoses and how rules combine: real lines of the registry against their rules."""

import csv
from pathlib import Path

import pytest

from trials.criteria.model import Criterion, Kind, Rule, Study
from trials.criteria.rules import with_rules

TABLE = Path(__file__).with_name("rules_lines.tsv")
KINDS = {"i": Kind.INCLUSION, "e": Kind.EXCLUSION}


def rows() -> list[tuple[str, str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        lines = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["kind"], row["conditions"], row["rules"], row["text"]) for row in lines]


def read(kind: str, conditions: str, *texts: str) -> tuple[Rule, ...]:
    """The rules of the last of these texts, each standing under the one before it, in a study of these conditions."""
    criteria = [
        Criterion(f"X{number}", KINDS[kind], f"X{number - 1}" if number else None, text, 0, len(text))
        for number, text in enumerate(texts)
    ]
    study = Study(None, "\n".join(texts), conditions=tuple(one for one in conditions.split("; ") if one))
    return with_rules(criteria, study)[-1].rules


def read_each(kind: str, *lines: str) -> list[Criterion]:
    """Criteria with their rules; a line that is indented stands under the last that is not."""
    criteria: list[Criterion] = []
    for number, line in enumerate(lines):
        above = [one.id for one in criteria if one.parent is None] if line.startswith(" ") else []
        text = line.strip()
        criteria.append(Criterion(f"X{number}", KINDS[kind], above[-1] if above else None, text, 0, len(text)))
    return with_rules(criteria, Study(None, "\n".join(lines)))


def written(rules: tuple[Rule, ...]) -> str:
    """ "age >= 18, age <= 75, (fvc < 50 | dlco < 40)": alternatives in brackets, "~" for partial."""
    groups: dict[object, list[str]] = {}
    for number, rule in enumerate(rules):
        key = ("or", rule.any_of) if rule.any_of is not None else ("and", number)
        groups.setdefault(key, []).append(one(rule))
    return ", ".join(f"({' | '.join(group)})" if len(group) > 1 else group[0] for group in groups.values())


def one(rule: Rule) -> str:
    value = "+".join(rule.value) if isinstance(rule.value, tuple) else f"{rule.value:g}"
    if isinstance(rule.value, bool):
        value = str(rule.value).lower()
    within = f" in {rule.within.amount:g} {rule.within.unit}" if rule.within else ""
    people = f" for {'+'.join(rule.applies_to)}" if rule.applies_to else ""
    flags = "".join(f" {flag}" for flag in ("ever", "stable", "failed") if getattr(rule, flag))
    return f"{rule.attribute} {rule.op} {value}{'~' if rule.partial else ''}{within}{flags}{people}"


@pytest.mark.parametrize(("kind", "conditions", "rules", "text"), rows())
def test_rules_of_a_line(kind: str, conditions: str, rules: str, text: str) -> None:
    assert written(read(kind, conditions, text)) == rules


def test_a_child_that_repeats_its_parents_disease_asks_for_nothing_more() -> None:
    parent = "A current diagnosis of pulmonary arterial hypertension of one of these kinds:"
    assert read("i", "Pulmonary Arterial Hypertension", parent, "Idiopathic pulmonary arterial hypertension") == ()


def test_what_a_group_of_people_is_asked_holds_for_that_group() -> None:
    heading = "For DM patients, the following conditions are met:"
    assert written(read("i", "Dermatomyositis", heading, "MMT-8 score < 125")) == "mmt8 < 125 for dermatomyositis"
    cohort = "Rheumatoid Arthritis Hand Patients"
    assert written(read("e", "", cohort, "Age under 18 years")) == "age < 18 for rheumatoid-arthritis"


def test_siblings_that_open_with_a_disease_each_are_for_those_who_have_it() -> None:
    parent, *children = read_each(
        "i",
        "Either failed, and the disease is active:",
        " SLE: SLEDAI≥ 8 points;",
        " Sjögren: ESSDAI ≥ 14 points;",
    )
    assert [written(one.rules) for one in children] == ["sledai >= 8 for sle", "essdai >= 14 for sjogren"]
    assert parent.join == "all"  # of the two each person has to meet their own


def test_what_stands_under_a_disease_is_for_those_who_have_it() -> None:
    lines = ("Dermatomyositis: diagnosed for 1 year or more, and:", " MMT-8 < 125/150", "ANCA-AAV: BVAS ≥15")
    assert [written(one.rules) for one in read_each("i", *lines)] == [
        "disease_duration >= 12 for dermatomyositis", "mmt8 < 125 for dermatomyositis",
        "bvas >= 15 for anca-vasculitis",
    ]  # fmt: skip


def test_a_disease_that_is_all_a_line_asks_for_is_asked_for() -> None:
    lines = ("SLE: by the 2019 EULAR/ACR criteria", "SSc: by the 2013 ACR/EULAR criteria")
    assert not any(rule.applies_to for one in read_each("i", *lines) for rule in one.rules)


def test_a_text_without_end_states_nothing() -> None:
    assert read("e", "", "creatinine > 2 mg/dL or " * 5_000) == ()


@pytest.mark.parametrize(
    "lines, groups",
    [
        (("eGFR > 30 mL/min", "eGFR < 30 mL/min but > 15 mL/min if the score is < 6"), [1, 1]),
        (("Children from 4 to 17 years", "Adults ≥ 18 years", "SLEDAI ≥ 6"), [1, 1, None]),
        (("eGFR > 30 mL/min", "eGFR > 15 mL/min", "eGFR < 90 mL/min"), [None, None, None]),
    ],
)
def test_limits_that_nobody_can_meet_together_are_several_ways_in(lines, groups) -> None:
    assert [one.any_of for one in read_each("i", *lines)] == groups
