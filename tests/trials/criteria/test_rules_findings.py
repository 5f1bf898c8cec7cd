"""Yes-or-no facts read from single criteria: real lines of the registry against the rules that they state."""

import csv
from pathlib import Path

import pytest

from trials.criteria.attributes import YES_NO
from trials.criteria.model import Criterion, Kind, Rule, Study
from trials.criteria.rules import with_rules

TABLE = Path(__file__).with_name("rules_findings.tsv")
KINDS = {"i": Kind.INCLUSION, "e": Kind.EXCLUSION}
ELSEWHERE = "healthy_volunteer"  # who is meant at all is not a finding


def rows() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return [
            (row["kind"], row["rules"], row["text"])
            for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def read(kind: Kind, *texts: str) -> list[str]:
    """The yes-or-no rules of the last of these texts; each stands under the one before it."""
    criteria = [
        Criterion(f"X{number}", kind, f"X{number - 1}" if number else None, text, 0, len(text))
        for number, text in enumerate(texts)
    ]
    rules = with_rules(criteria, Study(None, "\n".join(texts)))[-1].rules
    return sorted(map(written, (rule for rule in rules if rule.attribute in YES_NO and rule.attribute != ELSEWHERE)))


def written(rule: Rule) -> str:
    """ "no cancer~ 5 years": false, partial, with its look-back."""
    within = f" {rule.within.amount:g} {rule.within.unit}" if rule.within else ""
    return f"{'' if rule.value else 'no '}{rule.attribute}{'~' if rule.partial else ''}{within}"


@pytest.mark.parametrize(("kind", "rules", "text"), rows())
def test_rules_of_a_line(kind: str, rules: str, text: str) -> None:
    assert read(KINDS[kind], text) == [rule for rule in rules.split(", ") if rule]


def test_the_table_covers_every_attribute() -> None:
    named = {word.rstrip("~") for _, rules, _ in rows() for word in rules.replace(",", " ").split()}
    assert YES_NO - named == {ELSEWHERE}


def test_what_an_exception_lists_is_no_rule() -> None:
    assert read(Kind.EXCLUSION, "History of cancer, apart from:", "Cervical cancer in situ that has been treated") == []
    assert read(Kind.EXCLUSION, "Any of the following cancers:", "Cervical cancer in situ") == ["cancer~"]


def test_how_contraception_is_done_is_said_once() -> None:
    asked = "Women of childbearing potential must use contraception:"
    assert read(Kind.INCLUSION, asked, "Hormonal methods of contraception including oral contraceptive pills") == []


def test_negation_turns_a_finding_in_an_inclusion_only() -> None:
    assert read(Kind.INCLUSION, "No history of malignancy") == ["no cancer"]
    assert read(Kind.EXCLUSION, "No malignancy or history of malignancy") == ["cancer"]
