"""The disease under study, as slugs: in an exclusion its name is context, not a reason to keep somebody out."""

from dataclasses import dataclass

from trials.criteria.model import Study
from trials.criteria.rules.hierarchy import hierarchy
from trials.criteria.wording.lexicon import concepts
from trials.criteria.wording.terms import Context
from trials.criteria.wording.words import words_of


@dataclass(frozen=True, slots=True)
class Own:
    """`slugs`: named in the conditions and the title, with the wider ones they belong to; `others`: diseases
    without a slug."""

    slugs: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def with_slugs(self, asked: set[str]) -> "Own":
        """Also what the inclusion criteria ask for: a record may name no condition, or only the wider one."""
        return Own(self.slugs | (asked - {"other"}), self.others)


def own_diagnoses(study: Study, context: Context) -> Own:
    slugs: set[str] = set()
    others: set[str] = set()
    for text in (*study.conditions, study.title):
        for mention in concepts().mentions(words_of(text), text, context):
            if mention.term.name == "pulmonary_hypertension":
                slugs.add("pulmonary-arterial-hypertension")
            if mention.term.sort == "diagnosis":
                slugs.add(mention.term.name)
                slugs.update(hierarchy().get(mention.term.name, ()))
                others.update({mention.term.part} if mention.term.name == "other" else ())
    return Own(frozenset(slugs - {"other"}), frozenset(others))
