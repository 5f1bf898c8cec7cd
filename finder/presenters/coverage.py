"""Why a study is found under a disease: whether its title, its rules or the name of a whole group takes it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from finder.presenters import words
from finder.presenters.condition_list import name_of
from finder.presenters.criteria import CriteriaView, CriterionView
from finder.presenters.diseases import DiseaseGroup, disease_groups
from trials.admission import Admitted
from trials.conditions import family, find_in_text, known
from trials.coverage import GROUPS, LUNG_DISEASES, Coverage, coverage, kinds
from trials.models import Trial
from trials.summaries import criteria_of


@dataclass(frozen=True, slots=True)
class WhichDiseases:
    """What a study says of the diseases that it takes beyond its title; `rules` are the criteria that name them.

    `groups` hold our main diseases against all its rules.
    """

    sentences: tuple[str, ...]
    rules: tuple[CriterionView, ...]
    groups: tuple[DiseaseGroup, ...]

    def __bool__(self) -> bool:
        return bool(self.sentences or self.groups)


def why_found(found: Coverage, searched: Iterable[str], title: str = "") -> str:
    """In a sentence or two why a search for these conditions finds the study; empty where its record names them.

    `title` is the registry's own. The first condition that there is something to say of is told.
    """
    told = (_why(found, slug, title) for slug in searched if known(slug))
    return next((sentence for sentence in told if sentence), "")


def which_diseases(trial: Trial, criteria: CriteriaView) -> WhichDiseases:
    """`trial` comes with its links and criteria, `criteria` as its page shows them."""
    links = [(link.condition_id, link.origin) for link in trial.condition_links.all()]
    found = coverage(links, Admitted(criteria_of(trial)))
    title = f"{trial.brief_title}\n\n{trial.official_title}"
    sentences = tuple(sentence for sentence in _told_of_study(found, title) if sentence)
    named = {found.named_in[slug] for slug in (*found.by_criteria, *found.restricted_to) if slug in found.named_in}
    rules = tuple(rule for rule in _each(criteria.inclusion) if rule.key in named and rule.lines)
    return WhichDiseases(sentences, rules if sentences else (), disease_groups(trial))


def _told_of_study(found: Coverage, title: str) -> Iterator[str]:
    """`by_umbrella` has the narrowest groups first."""
    if found.restricted_to:
        yield _restricted(found, title)
        return
    own = [slug for slug in found.by_criteria - GROUPS - LUNG_DISEASES if slug in found.named_in]
    if own:
        yield _named_by_rules(own)
    said = [slug for slug in found.by_umbrella if slug not in found.unsaid]
    unlisted = [slug for slug, group in found.by_umbrella.items() if not own and not _one_by_one(found, group)]
    if said or unlisted:
        yield _whole_group(found, (said or unlisted)[0])


def _why(found: Coverage, slug: str, title: str) -> str:
    searched = family(slug)
    if slug not in found.slugs or (searched & found.explicit) - GROUPS:
        return ""
    if found.restricted_to:
        return _restricted(found, title)
    if slug in found.explicit:
        return ""
    own = searched & found.by_criteria
    if own:
        return _named_by_rules([slug] if slug in own else own - LUNG_DISEASES or own)
    covered = [one for one in (slug, *sorted(searched)) if one in found.by_umbrella]
    return _whole_group(found, covered[0]) if covered else ""


def _restricted(found: Coverage, title: str) -> str:
    told = {"group": name_of(found.group), "conditions": _listing(found.restricted_to)}
    if any(found.group in family(one.slug) for one in find_in_text(title)):
        return _("Its title says: %(group)s. But its rules name only: %(conditions)s.") % told
    return _("The registry files it under: %(group)s. But its rules name only: %(conditions)s.") % told


def _named_by_rules(slugs: Iterable[str]) -> str:
    return _("The study’s rules name: %(conditions)s.") % {"conditions": _listing(slugs)}


def _whole_group(found: Coverage, slug: str) -> str:
    """Of a disease that the study takes by the name of its group."""
    group = found.by_umbrella[slug]
    if slug not in found.unsaid or group in found.named_in:
        return _any_of_group(found, group)
    beside = _one_by_one(found, group)
    told = {"group": name_of(group), "conditions": _listing(beside)}
    if beside:
        return _("The study names a whole group: %(group)s. One by one it names: %(conditions)s.") % told
    return _("The study names a whole group: %(group)s. It may not take every disease of it.") % told


def _one_by_one(found: Coverage, group: str) -> frozenset[str]:
    """The diseases of the group that the study names themselves."""
    return (found.explicit | found.by_criteria) & kinds(group) - GROUPS


def _any_of_group(found: Coverage, group: str) -> str:
    """In the rules' own words, where they name connective tissue diseases: the study may be of their lung disease."""
    in_rules = "ctd" in found.named_in
    told = {"group": name_of("ctd" if in_rules else group), "conditions": _listing(found.excluded)}
    if found.excluded and in_rules:
        return _("This study takes people with connective tissue diseases, but not: %(conditions)s.") % told
    return _("The study’s rules name a whole group: %(group)s.") % told


def _listing(slugs: Iterable[str]) -> str:
    """Names, in their own order where they have one."""
    ordered = slugs if isinstance(slugs, tuple) else sorted(slugs, key=name_of)
    return words.listing(name_of(slug) for slug in ordered)


def _each(rules: Iterable[CriterionView]) -> Iterator[CriterionView]:
    for rule in rules:
        yield rule
        yield from _each(rule.children)
