"""What changed between two records: the rules, from the shapes that real versions take."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials import vocab as v
from trials.changes import AgeRange, Change, ChangeKind, Enrollment, changes
from trials.records import (
    Arm,
    Contact,
    Design,
    Eligibility,
    Intervention,
    Outcome,
    RecordDate,
    SecondaryId,
    Site,
    Sponsor,
    StudyRecord,
)

K = ChangeKind
OPEN, SOON, DONE = (
    v.RecruitmentStatus.RECRUITING,
    v.RecruitmentStatus.NOT_YET_RECRUITING,
    v.RecruitmentStatus.COMPLETED,
)
BERLIN = Site("Charité", "Berlin", "", "10117", "DE", "Germany", status=OPEN)
TORONTO = Site("Toronto General", "Toronto", "Ontario", "M5G", "CA", "Canada", status=SOON)
START = RecordDate(v.DateKind.START, date(2026, 3, 1), v.DatePrecision.MONTH, v.DateType.ESTIMATED)
STUDY = StudyRecord(
    nct_id="NCT90000001",
    brief_title="A study",
    official_title="A study in full",
    overall_status=OPEN,
    dates=(START, RecordDate(v.DateKind.LAST_UPDATE_POSTED, date(2026, 5, 1), v.DatePrecision.DAY)),
    brief_summary="Tests a medicine.",
    conditions=("Lupus", "Myositis"),
    keywords=("SLE",),
    design=Design(v.StudyType.INTERVENTIONAL, (v.Phase.PHASE2,), enrollment_count=40),
    arms=(Arm("Medicine", v.ArmType.EXPERIMENTAL, "Gets it."), Arm("Placebo", v.ArmType.PLACEBO_COMPARATOR, "Not.")),
    interventions=(Intervention("Medicine", v.InterventionType.DRUG, arms=(0,)),),
    outcomes=(Outcome(v.OutcomeType.PRIMARY, "SLEDAI", time_frame="24 weeks"),),
    eligibility=Eligibility("Adults with lupus.", 18, 76, "18 Years", "75 Years", v.Sex.ALL),
    sponsors=(Sponsor(v.SponsorRole.LEAD, "Test University", v.AgencyClass.OTHER),),
    sites=(BERLIN, TORONTO),
    contacts=(Contact(v.ContactKind.CENTRAL, "Study desk", phone="+1 555 0100"),),
)


def ages(minimum: float | None, below: float | None) -> StudyRecord:
    return replace(STUDY, eligibility=replace(STUDY.eligibility, minimum_age_years=minimum, below_age_years=below))


def sites(*listed: Site, status: v.RecruitmentStatus = OPEN) -> StudyRecord:
    return replace(STUDY, sites=listed, overall_status=status)


def kinds(old: StudyRecord, new: StudyRecord) -> list[ChangeKind]:
    return [change.kind for change in changes(old, new)]


def test_same_record_has_no_changes() -> None:
    assert changes(STUDY, STUDY) == ()


@pytest.mark.parametrize(
    ("old", "new", "gained", "lost"),
    [
        ((18, 76), (14, 76), [AgeRange(14, 18)], []),
        ((18, 70), (18, 75), [AgeRange(70, 75)], []),  # NCT07085104: 69 → 74 Years
        ((18, 76), (18, None), [AgeRange(76, None)], []),
        ((None, None), (18, None), [], [AgeRange(0, 18)]),
        ((0, None), (None, None), [], []),
        ((18, 76), (21, 66), [], [AgeRange(18, 21), AgeRange(66, 76)]),
        ((18, 41), (50, 61), [AgeRange(50, 61)], [AgeRange(18, 41)]),
        ((2, 18), (18, None), [AgeRange(18, None)], [AgeRange(2, 18)]),
        ((0.5, 18), (0.25, 18), [AgeRange(0.25, 0.5)], []),
    ],
)
def test_ages_are_told_as_what_was_gained_and_lost(
    old: tuple[float | None, float | None],
    new: tuple[float | None, float | None],
    gained: list[AgeRange],
    lost: list[AgeRange],
) -> None:
    found = changes(ages(*old), ages(*new))
    assert [change.after for change in found if change.before is None] == gained
    assert [change.before for change in found if change.after is None] == lost


limit = st.one_of(st.none(), st.integers(0, 100))


@given(limit, limit, limit, limit, st.integers(0, 110))
def test_each_age_is_gained_or_lost_exactly_when_it_is(
    low: int | None, top: int | None, new_low: int | None, new_top: int | None, age: int
) -> None:
    def within(minimum: float | None, below: float | None) -> bool:
        return (minimum or 0) <= age and (below is None or age < below)

    for minimum, below in ((low, top), (new_low, new_top)):
        if below is not None and below <= (minimum or 0):
            return  # no record says so: the reader flags limits out of order
    found = changes(ages(low, top), ages(new_low, new_top))
    gained = [c.after for c in found if isinstance(c.after, AgeRange) and within(c.after.minimum, c.after.below)]
    lost = [c.before for c in found if isinstance(c.before, AgeRange) and within(c.before.minimum, c.before.below)]
    assert len(gained) == (within(new_low, new_top) and not within(low, top))
    assert len(lost) == (within(low, top) and not within(new_low, new_top))


@given(st.randoms(use_true_random=False))
def test_order_of_lists_is_no_change(order: random.Random) -> None:
    def mixed(listed: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(order.sample(listed, len(listed)))

    full = replace(STUDY, sites=(*STUDY.sites, replace(BERLIN, postal_code="12200")), keywords=("SLE", "ILD"))
    arms = mixed(full.arms)
    drug = replace(full.interventions[0], arms=(arms.index(full.arms[0]),))
    other = replace(
        full,
        **{name: mixed(getattr(full, name)) for name in ("sites", "conditions", "keywords", "dates")},
        arms=arms,
        interventions=(drug,),
    )
    assert changes(full, other) == ()


@pytest.mark.parametrize(
    "new",
    [
        replace(STUDY, brief_title="  A \n study "),
        replace(STUDY, brief_summary="Tests&#32;a medicine\\."),
        sites(replace(BERLIN, facility="CHARITE"), TORONTO),
        sites(replace(BERLIN, postal_code="101 17"), TORONTO),
        sites(replace(BERLIN, latitude=52.5, longitude=13.4), TORONTO),
        replace(STUDY, dates=(START,)),
        replace(STUDY, contacts=(replace(STUDY.contacts[0], phone="+1 (555) 0100", hidden="a-rule"),)),
    ],
)
def test_what_no_reader_sees_is_no_change(new: StudyRecord) -> None:
    assert changes(STUDY, new) == ()


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (replace(STUDY, overall_status=DONE), Change(K.STATUS, OPEN, DONE)),
        (replace(STUDY, why_stopped="Money"), Change(K.OTHER, None, "Money", "why_stopped")),
        (replace(STUDY, acronym="ABC"), Change(K.TITLE, None, "ABC", "acronym")),
        (replace(STUDY, dates=()), Change(K.DATE, START, None, "START")),
        (replace(STUDY, conditions=("Myositis",)), Change(K.CONDITION, "Lupus", None, "conditions")),
        (replace(STUDY, keywords=("SLE", "ILD")), Change(K.OTHER, None, "ILD", "keywords")),
        (
            replace(STUDY, design=replace(STUDY.design, enrollment_count=60)),
            Change(K.ENROLLMENT, Enrollment(40, None), Enrollment(60, None)),
        ),
        (
            replace(STUDY, design=replace(STUDY.design, phases=(v.Phase.PHASE2, v.Phase.PHASE3))),
            Change(K.PHASE, ("PHASE2",), ("PHASE2", "PHASE3")),
        ),
        (
            replace(STUDY, design=replace(STUDY.design, masking=v.Masking.DOUBLE)),
            Change(K.OTHER, None, "DOUBLE", "masking"),
        ),
        (
            replace(STUDY, eligibility=replace(STUDY.eligibility, sex=v.Sex.FEMALE)),
            Change(K.SEX, "ALL", "FEMALE"),
        ),
        (
            replace(STUDY, sponsors=(Sponsor(v.SponsorRole.LEAD, "Other University"),)),
            Change(K.SPONSOR, STUDY.sponsors[0], Sponsor(v.SponsorRole.LEAD, "Other University"), "name"),
        ),
        (
            replace(STUDY, arms=(replace(STUDY.arms[0], label="Drug"), STUDY.arms[1])),
            Change(K.ARM, STUDY.arms[0], replace(STUDY.arms[0], label="Drug"), "label"),
        ),
        (
            replace(STUDY, interventions=(replace(STUDY.interventions[0], arms=(0, 1)),)),
            Change(K.INTERVENTION, STUDY.interventions[0], replace(STUDY.interventions[0], arms=(0, 1)), "arms"),
        ),
        (
            replace(STUDY, outcomes=(replace(STUDY.outcomes[0], time_frame="1 year"),)),
            Change(K.OUTCOME, STUDY.outcomes[0], replace(STUDY.outcomes[0], time_frame="1 year"), "time_frame"),
        ),
        (
            replace(STUDY, secondary_ids=(SecondaryId("2024-1"),)),
            Change(K.OTHER, None, SecondaryId("2024-1"), "secondary_ids"),
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, Change) else "",
)
def test_each_field_is_told_once(new: StudyRecord, expected: Change) -> None:
    assert changes(STUDY, new) == (expected,)


def test_record_fetched_in_part_takes_nothing_away() -> None:
    part = StudyRecord(nct_id=STUDY.nct_id, brief_title="A study", overall_status=DONE)
    assert kinds(STUDY, part) == [K.STATUS]
    assert kinds(part, STUDY) == [K.STATUS]


def test_date_and_partner_that_only_one_record_states_are_no_change() -> None:
    partner = Sponsor(v.SponsorRole.COLLABORATOR, "Partner")
    full = replace(STUDY, sponsors=(*STUDY.sponsors, partner))
    part = replace(STUDY, brief_summary="", dates=(replace(START, type=None),))
    assert changes(full, part) == changes(part, full) == ()


def test_arms_of_one_label_are_told_apart_by_their_text() -> None:
    one, two = (Arm("Cohort", v.ArmType.EXPERIMENTAL, text) for text in ("Low dose.", "High dose."))
    old, new = (replace(STUDY, interventions=(), arms=arms) for arms in ((one, two), (two, one)))
    assert changes(old, new) == ()


def test_most_important_change_comes_first() -> None:
    new = replace(ages(14, 76), overall_status=DONE, conditions=("Lupus",), sites=(BERLIN,))
    assert kinds(STUDY, new) == [K.STATUS, K.AGES, K.SITE_REMOVED, K.CONDITION]
