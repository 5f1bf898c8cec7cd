"""Under which conditions a study is found: what its record names, held against what its criteria ask for.

A condition that the record names itself stays, unless the criteria keep it out. A name of a whole group of diseases
("connective tissue disease") stands for each of its kinds, unless the criteria ask for others or keep it out. What the
criteria do not say leaves nobody out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from trials.admission import BESIDE, Admission, Admitted
from trials.conditions import ancestors, by_slug, descendants, family, known, lung_disease_of

FROM_CRITERIA = "criteria"  # the origin of a link that only the criteria make
_PASSING = frozenset(("keyword", "mesh"))  # origins of names that say what a study is near to
# Names of groups of diseases, which stand for each of their kinds.
GROUPS = frozenset(("ctd", "ctd-ild", "myositis", "anca-vasculitis", "autoimmune-disease", "rheumatic-disease"))
# "Vasculitis" is one, too, but also our name for each kind that has none of its own: it stands for no other.
_NO_DISEASE = GROUPS | {"vasculitis"}
# RA has a lung disease of the same sort, though it is no connective tissue disease on our list.
LUNG_DISEASES = frozenset(("ssc-ild", "myositis-ild", "ra-ild"))


@dataclass(frozen=True, slots=True)
class Coverage:
    """`explicit` are the conditions that the record names itself, `by_criteria` those that only its criteria name.
    `by_umbrella` gives for all others the name of their group that covers them; of these `unsaid` are the ones that the
    criteria do not name the group for, and `excluded` the kinds of a group that they keep out.

    `slugs` are all conditions under which the study is found: those covered, and all wider ones. For `wide` ones it is
    found only because it names so wide a group, or a group beside some of its kinds. `restricted_to` are the diseases
    that the criteria ask for, where they leave out others of a group, `group`, that the record names. `named_in` gives
    for a disease the id of the criterion that names it.
    """

    slugs: frozenset[str] = frozenset()
    explicit: frozenset[str] = frozenset()
    by_criteria: frozenset[str] = frozenset()
    by_umbrella: Mapping[str, str] = field(default_factory=dict)
    unsaid: frozenset[str] = frozenset()
    wide: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    restricted_to: tuple[str, ...] = ()
    group: str = ""
    named_in: Mapping[str, str] = field(default_factory=dict)

    @property
    def covered(self) -> frozenset[str]:
        """`slugs` without those that are only wider than another."""
        return self.explicit | self.by_criteria | self.by_umbrella.keys()


@cache
def kinds(group: str) -> frozenset[str]:
    """The diseases that the name of a group stands for: neither their forms, such as lupus nephritis, nor their lung
    diseases, unless it is a group of lung diseases.
    """
    if group == "ctd-ild":
        return kinds("ctd") | LUNG_DISEASES
    without_lung = (slug for slug in descendants(group) if "ild" not in ancestors(slug))
    return frozenset(slug for slug in without_lung if _NO_DISEASE.issuperset(by_slug(slug).parents))


def coverage(links: Iterable[tuple[str, str]], admitted: Admitted) -> Coverage:
    """`links` are the condition and the origin of each link of the record; those that we do not have are left out."""
    linked = [(slug, origin) for slug, origin in links if known(slug) and _stays(slug, admitted)]
    explicit = frozenset(slug for slug, origin in linked if origin != FROM_CRITERIA)
    asked = _asked_for(explicit, (slug for slug, origin in linked if origin == FROM_CRITERIA), admitted)
    named = explicit | asked
    groups = _groups(asked.union(slug for slug, origin in linked if origin not in _PASSING))
    by_criteria = asked | frozenset(_lung_diseases(explicit, asked)) - explicit
    whole = _lists_all(explicit, admitted)
    by_umbrella: dict[str, str] = {}
    excluded: dict[str, str] = {}
    left_out: dict[str, str] = {}
    for group in groups:
        for slug in sorted(kinds(group) - named - by_criteria):
            said = admitted.of(slug)
            places = excluded if said is Admission.EXCLUDED else by_umbrella
            (left_out if whole and said is Admission.NOT_LISTED else places).setdefault(slug, group)
    unsaid = frozenset(slug for slug in by_umbrella if admitted.of(slug) is not Admission.IN)
    weak = {slug for slug in unsaid if by_slug(by_umbrella[slug]).wide or _beside_kinds(by_umbrella[slug], named)}
    covered = explicit | by_criteria | by_umbrella.keys()
    slugs = covered.union(*(ancestors(slug) for slug in covered))
    return Coverage(
        slugs=slugs,
        explicit=explicit,
        by_criteria=by_criteria,
        by_umbrella=by_umbrella,
        unsaid=unsaid,
        wide=frozenset(slug for slug in slugs if family(slug) & covered <= weak),
        excluded=frozenset(excluded),
        restricted_to=_listed(admitted) if left_out else (),
        group=min(left_out.values(), key=groups.index, default=""),
        named_in={slug: criterion for slug, criterion in admitted.named.items() if known(slug)},
    )


def _groups(named: Iterable[str]) -> list[str]:
    """The names that stand for their kinds, the narrowest first."""
    return sorted(GROUPS.intersection(named), key=lambda slug: (-len(ancestors(slug)), slug))


def _stays(slug: str, admitted: Admitted) -> bool:
    return admitted.of(slug) is not Admission.EXCLUDED


def _asked_for(explicit: frozenset[str], own: Iterable[str], admitted: Admitted) -> frozenset[str]:
    """What only the criteria name: not what is wider than a disease that the record names."""
    told = explicit.union(*(ancestors(slug) for slug in explicit))
    asked = {slug for slug in admitted.named if known(slug) and slug not in BESIDE and _stays(slug, admitted)}
    return frozenset((asked | set(own)) - told)


def _lung_diseases(explicit: frozenset[str], asked: Iterable[str]) -> Iterator[str]:
    """A study of lung disease whose criteria ask for systemic sclerosis is one of its lung disease."""
    if any("ild" in ancestors(slug) | {slug} for slug in explicit):
        found = (lung_disease_of(slug) for slug in asked if slug not in GROUPS)
        yield from (slug for slug in found if slug)


def _beside_kinds(group: str, named: frozenset[str]) -> bool:
    """Whether the record names some of the group's kinds as well, as records do that list a family for its members."""
    return not (kinds(group) & named).issubset(GROUPS)


def _listed(admitted: Admitted) -> tuple[str, ...]:
    """The diseases that the criteria ask for, without what people have beside them."""
    return tuple(slug for slug in admitted.named if known(slug) and slug not in BESIDE)


def _lists_all(explicit: frozenset[str], admitted: Admitted) -> bool:
    """Whether the diseases that the criteria name can be all that they admit.

    They are not where they leave out what the record itself is about, or all of each other: then only some of the
    groups of people were understood.
    """
    missed = any(admitted.of(slug) is Admission.NOT_LISTED for slug in explicit - GROUPS)
    listed = _listed(admitted)
    return not missed and any(admitted.of(slug) is not Admission.NOT_LISTED for slug in listed)
