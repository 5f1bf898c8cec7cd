"""Sentences that speak of the registry: known by their topic, whatever their words, and kept from some records."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from trials import vocab as v
from trials.plain_language import record as package
from trials.plain_language.expressions import Counted
from trials.plain_language.model import Section
from trials.plain_language.record.facts import Fact, StudyFacts, Topic
from trials.plain_language.writer import _ABOVE, _BELOW, write
from trials.records import Arm, Design, Intervention, StudyRecord

INTERVENTIONAL = Design(study_type=v.StudyType.INTERVENTIONAL, allocation=v.Allocation.RANDOMIZED)
GROUPS = {
    "design": INTERVENTIONAL,
    "arms": (Arm("Testumab", v.ArmType.EXPERIMENTAL), Arm("Placebo", v.ArmType.PLACEBO_COMPARATOR)),
    "interventions": (Intervention("Testumab", v.InterventionType.DRUG, arms=(0,)),),
}
BARE = StudyRecord("NCT90000001")
WITH_GROUPS = dataclasses.replace(BARE, **GROUPS)
RECORDS = (WITH_GROUPS, *(dataclasses.replace(WITH_GROUPS, overall_status=status) for status in v.RecruitmentStatus))


def facts() -> Iterator[Fact]:
    for one in RECORDS:
        for _, writer in (*_ABOVE, *_BELOW):
            yield from writer(StudyFacts(one))


def messages(*topics: Topic) -> set[str]:
    said = (one.sentence for one in facts() if one.topic in topics)
    return {one.singular if isinstance(one, Counted) else one.message for one in said}


def sections(record: StudyRecord, *, read_in_part: bool = False) -> set[Section]:
    return {one.section for one in write(record, (), (), read_in_part=read_in_part).sentences}


def test_each_message_on_the_registry_has_its_topic():
    code = "".join(path.read_text("utf-8") for path in Path(package.__path__[0]).glob("*.py"))
    written = set(re.findall(r'_\("([^"]*\bregistry\b[^"]*)"\)', code))
    assert len(written) > 5
    assert messages(Topic.REGISTRY, Topic.GAP) == written
    assert messages(Topic.GAP) == {one for one in written if "does not say" in one}


@pytest.mark.parametrize(
    "by_hand, read_in_part, topics",
    [
        (False, False, {Topic.STUDY, Topic.REGISTRY, Topic.GAP}),
        (False, True, {Topic.STUDY, Topic.REGISTRY}),
        (True, False, {Topic.STUDY}),
        (True, True, {Topic.STUDY}),
    ],
)
def test_of_a_record_that_we_do_not_have_whole_only_some_topics_are_told(by_hand, read_in_part, topics):
    kept, others = messages(*topics), messages(*set(Topic) - topics)
    told = set()
    for one in RECORDS:
        record = dataclasses.replace(one, registry=v.Registry.HAND if by_hand else v.Registry.CTGOV)
        told |= {sentence.text for sentence in write(record, (), (), read_in_part=read_in_part).sentences}
    assert not others & told
    assert {one for one in kept if "registry" in one} <= told and "The study is open. You can ask to join." in told


def test_a_bare_record_has_gaps_only_where_it_was_read_whole():
    gaps = {Section.WHERE, Section.STATUS, Section.NOT_STATED}
    assert gaps <= sections(BARE)
    assert not gaps & sections(BARE, read_in_part=True)
    assert not gaps & sections(dataclasses.replace(BARE, registry=v.Registry.HAND))
