"""Changes in what a study consists of: contacts, arms, interventions, outcomes, sponsors."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from trials import vocab as v
from trials.changes.kinds import Change, ChangeKind, Value
from trials.changes.pairing import Key, Pairing, pair_up
from trials.changes.wording import readable
from trials.places.names import fold
from trials.records import Arm, Contact, Intervention, Outcome, Sponsor, StudyRecord

Part = TypeVar("Part", Arm, Contact, Intervention, Outcome)


def contact_changes(old: Sequence[Contact], new: Sequence[Contact], *, of: str = "") -> Iterator[Change]:
    """Contacts that came, went or changed; of a role with one seat on both sides, the person was replaced.

    `of` names the site whose contacts they are.
    """
    if old == new:  # of hundreds of sites, most keep theirs
        return
    pairs, gone, come = pair_up(
        old,
        new,
        exact=(
            _reachable,
            lambda c: (c.kind, fold(c.name)) if c.name else None,
            lambda c: (c.kind, c.email) if c.email else None,
        ),
        unique=(lambda c: (c.kind, c.role),),
    )
    for i, j in pairs:
        if _reachable(old[i]) != _reachable(new[j]):
            yield Change(ChangeKind.CONTACT, old[i], new[j], of)
    yield from (Change(ChangeKind.CONTACT, None, new[j], of) for j in come)
    yield from (Change(ChangeKind.CONTACT, old[i], None, of) for i in gone)


def _reachable(contact: Contact) -> tuple[str, ...]:
    return (
        contact.kind,
        fold(contact.name),
        "".join(c for c in contact.phone if c.isalnum()),
        contact.email.casefold().strip(),
        fold(contact.role),
        fold(contact.affiliation),
    )


def arm_changes(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    """Changes of arms, then of interventions with the arms that get them."""
    arms = pair_up(
        old.arms,
        new.arms,
        exact=(lambda arm: arm, lambda arm: (fold(arm.label), arm.type), lambda arm: fold(arm.label)),
        unique=(lambda arm: readable(arm.description) or None,),
    )
    yield from _part_changes(ChangeKind.ARM, old.arms, new.arms, arms, ("label", "type", "description"))
    found = pair_up(
        old.interventions,
        new.interventions,
        exact=(
            lambda one: (one.name, one.type, one.description, one.other_names),
            lambda one: (fold(one.name), one.type),
            lambda one: fold(one.name),
        ),
        unique=(lambda one: readable(one.description) or None,),
    )
    names = ("name", "type", "description", "other_names")
    yield from _part_changes(ChangeKind.INTERVENTION, old.interventions, new.interventions, found, names)
    yield from _given_to_others(old, new, found[0], dict(arms[0]))


def _given_to_others(
    old: StudyRecord, new: StudyRecord, pairs: list[tuple[int, int]], arms: dict[int, int]
) -> Iterator[Change]:
    """Interventions whose arms differ, seen over the arms that both versions have."""
    kept = set(arms.values())
    for i, j in pairs:
        before, after = old.interventions[i], new.interventions[j]
        if {arms[a] for a in before.arms if a in arms} != {a for a in after.arms if a in kept}:
            yield Change(ChangeKind.INTERVENTION, before, after, "arms")


def outcome_changes(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    found = pair_up(
        old.outcomes,
        new.outcomes,
        exact=(
            lambda one: one,
            lambda one: (fold(one.measure), one.type, fold(one.time_frame)),
            lambda one: (fold(one.measure), one.type),
            lambda one: fold(one.measure),
        ),
        unique=(lambda one: (one.type, readable(one.description)) if one.description else None,),
    )
    names = ("measure", "type", "description", "time_frame")
    yield from _part_changes(ChangeKind.OUTCOME, old.outcomes, new.outcomes, found, names)


def sponsor_changes(old: StudyRecord, new: StudyRecord) -> Iterator[Change]:
    """The lead sponsor is one seat, so a new one replaces the old one; collaborators come and go."""
    for role in v.SponsorRole:
        before = [one for one in old.sponsors if one.role == role]
        after = [one for one in new.sponsors if one.role == role]
        keys: list[Key[Sponsor]] = [lambda one: fold(one.name)]
        if role == v.SponsorRole.LEAD:
            keys.append(lambda one: one.role)
        pairs, gone, come = pair_up(before, after, exact=keys)
        for i, j in pairs:
            if fold(before[i].name) != fold(after[j].name):
                yield Change(ChangeKind.SPONSOR, before[i], after[j], "name")
            elif before[i].agency_class != after[j].agency_class:
                yield Change(ChangeKind.SPONSOR, before[i], after[j], "agency_class")
        yield from (Change(ChangeKind.SPONSOR, None, after[j]) for j in come)
        yield from (Change(ChangeKind.SPONSOR, before[i], None) for i in gone)


def _part_changes(
    kind: ChangeKind,
    old: Sequence[Part],
    new: Sequence[Part],
    found: Pairing,
    names: Sequence[str],
) -> Iterator[Change]:
    pairs, gone, come = found
    for i, j in pairs:
        for name in names:
            if _seen(getattr(old[i], name)) != _seen(getattr(new[j], name)):
                yield Change(kind, old[i], new[j], name)
    yield from (Change(kind, None, new[j]) for j in come)
    yield from (Change(kind, old[i], None) for i in gone)


def _seen(value: Value) -> object:
    """What a reader would notice of a field: names in any order, text without its white space."""
    if isinstance(value, tuple):
        return frozenset(fold(str(one)) for one in value)
    return readable(value) if isinstance(value, str) else value
