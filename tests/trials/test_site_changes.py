"""Sites and their contacts over two versions of a record."""

from dataclasses import replace

import pytest

from trials import vocab as v
from trials.changes import Change, ChangeKind, changes
from trials.records import Contact, Site, StudyRecord

K = ChangeKind
OPEN, SOON, DONE = (
    v.RecruitmentStatus.RECRUITING,
    v.RecruitmentStatus.NOT_YET_RECRUITING,
    v.RecruitmentStatus.COMPLETED,
)
BERLIN = Site("Charité", "Berlin", "", "10117", "DE", "Germany", status=OPEN)
TORONTO = Site("Toronto General", "Toronto", "Ontario", "M5G", "CA", "Canada", status=SOON)
STUDY = StudyRecord(
    "NCT90000001",
    overall_status=OPEN,
    sites=(BERLIN, TORONTO),
    contacts=(Contact(v.ContactKind.CENTRAL, "Study desk", phone="+1 555 0100"),),
)


def sites(*listed: Site, status: v.RecruitmentStatus = OPEN) -> StudyRecord:
    return replace(STUDY, sites=listed, overall_status=status)


def kinds(old: StudyRecord, new: StudyRecord) -> list[ChangeKind]:
    return [change.kind for change in changes(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (sites(BERLIN, TORONTO), sites(BERLIN, replace(TORONTO, status=OPEN)), [K.SITE_OPENED]),
        (sites(BERLIN, TORONTO), sites(replace(BERLIN, status=DONE), TORONTO), [K.SITE_CLOSED]),
        (sites(BERLIN), sites(BERLIN, TORONTO), [K.SITE_ADDED]),
        (sites(BERLIN, TORONTO), sites(BERLIN), [K.SITE_REMOVED]),
        (sites(), sites(BERLIN), [K.SITE_ADDED]),
        (
            sites(TORONTO),
            sites(replace(TORONTO, status=v.RecruitmentStatus.WITHDRAWN)),
            [K.SITE_CHANGED],
        ),
        # A study that ends takes the status off its sites: that is told once, of the study.
        (sites(BERLIN, TORONTO), sites(replace(BERLIN, status=None), status=DONE), [K.STATUS, K.SITE_REMOVED]),
        (sites(BERLIN), sites(replace(BERLIN, status=None), status=DONE), [K.STATUS]),
    ],
)
def test_sites_come_go_open_and_close(old: StudyRecord, new: StudyRecord, expected: list[ChangeKind]) -> None:
    assert kinds(old, new) == expected


def test_sites_with_one_name_are_told_apart_by_postal_code() -> None:
    one, two = (replace(BERLIN, facility="Research Site", postal_code=code) for code in ("10117", "12200"))
    opened = replace(two, status=SOON)
    [change] = changes(sites(one, opened), sites(two, one))
    assert (change.kind, change.after) == (K.SITE_OPENED, two)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # NCT07015983, NCT06362252: a placeholder gets its name; a mangled name is put right.
        ("Local Institution - 0013", "Hospital de Santa Maria", [K.SITE_CHANGED]),
        ('Hă"Pital Foch', "Hôpital Foch", [K.SITE_CHANGED]),
        # Two hospitals of one postal code are two hospitals.
        ("MD Anderson Cancer Center", "Baylor College of Medicine", [K.SITE_ADDED, K.SITE_REMOVED]),
        ("University Hospital", "University Clinic", [K.SITE_ADDED, K.SITE_REMOVED]),
    ],
)
def test_site_is_renamed_only_when_the_names_allow_it(before: str, after: str, expected: list[ChangeKind]) -> None:
    old, new = (sites(replace(BERLIN, facility=name), TORONTO) for name in (before, after))
    assert kinds(old, new) == expected


def test_moved_site_is_one_change_of_address() -> None:
    moved = replace(BERLIN, city="Potsdam", state="Brandenburg")
    [change] = changes(sites(BERLIN), sites(moved))
    assert (change.kind, change.detail) == (K.SITE_CHANGED, "address")


def test_contact_that_takes_anothers_seat_is_one_change() -> None:
    new = replace(STUDY, contacts=(Contact(v.ContactKind.CENTRAL, "New desk"),))
    assert changes(STUDY, new) == (Change(K.CONTACT, STUDY.contacts[0], new.contacts[0]),)


def test_contact_of_a_site_names_the_site() -> None:
    new = sites(replace(BERLIN, contacts=(Contact(v.ContactKind.SITE, "Ward"),)), TORONTO)
    [change] = changes(STUDY, new)
    assert (change.kind, change.detail, change.before) == (K.CONTACT, "Charité, Berlin", None)


def test_nameless_contacts_of_one_role_are_told_apart() -> None:
    """NCT06383390 lists several phones of one site without names."""
    phones = tuple(Contact(v.ContactKind.SITE, role="CONTACT", phone=f"+1 555 010{n}") for n in range(3))
    old, new = (sites(replace(BERLIN, contacts=order)) for order in (phones, phones[::-1]))
    assert changes(old, new) == ()
    assert kinds(old, sites(replace(BERLIN, contacts=phones[:2]))) == [K.CONTACT]
