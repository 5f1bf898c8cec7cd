"""A study record and its criteria → the sentences of its page, in one language."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from trials import vocab as v
from trials.criteria.model import Criterion
from trials.plain_language.eligibility.rewording import reworded
from trials.plain_language.english import tidy
from trials.plain_language.expressions import said, sayable
from trials.plain_language.levelling import levelled, named_once
from trials.plain_language.model import Origin, Section, Sentence, Summary
from trials.plain_language.readability import grade
from trials.plain_language.record import facts as f
from trials.plain_language.record.facts import Fact, StudyFacts, Topic
from trials.plain_language.record.frame import (
    not_stated_sentences,
    size_sentences,
    sponsor_sentences,
    status_sentences,
    where_sentences,
)
from trials.plain_language.record.happens import happens_sentences
from trials.plain_language.record.limits import limit_sentences
from trials.plain_language.record.stage import stage_sentences
from trials.plain_language.record.what import headline, what_sentences
from trials.plain_language.tongue import Tongue, tongue
from trials.records import StudyRecord

WRITER_VERSION = "1.5.0"  # raise it whenever the same record may give other sentences

Writer = tuple[Section, Callable[[StudyFacts], Iterator[Fact]]]
_ABOVE: tuple[Writer, ...] = (
    (Section.WHAT, what_sentences),
    (Section.STAGE, stage_sentences),
    (Section.HAPPENS, happens_sentences),
)
_BELOW: tuple[Writer, ...] = (
    (Section.SIZE, size_sentences),
    (Section.WHERE, where_sentences),
    (Section.STATUS, status_sentences),
    (Section.SPONSOR, sponsor_sentences),
    (Section.NOT_STATED, not_stated_sentences),
)


def write(
    record: StudyRecord,
    criteria: Sequence[Criterion],
    slugs: Iterable[str],
    lang: str = "en",
    *,
    doubted: Collection[str] = frozenset(),
    read_in_part: bool = False,
) -> Summary:
    """All sentences on a study. `slugs` are our conditions of it, the most telling first; the criteria of `doubted` ids
    keep their official words (`rereading`). `read_in_part`: the registry has more of the record than we do.

    Raises ValueError on a language that the site does not speak.
    """
    study, language = StudyFacts(record, tuple(slugs), read_in_part), tongue(lang)
    official = {criterion.id: criterion.text for criterion in criteria}
    english = levelled(named_once(_sentences(study, criteria, tongue("en"), doubted)), official)
    counted = grade(*(one.text for one in english if one.origin is Origin.WRITTEN))
    sentences = english if language.is_english else _sentences(study, criteria, language, doubted)
    return Summary(record.nct_id, language.lang, counted, tuple(sentences))


def _sentences(
    study: StudyFacts, criteria: Sequence[Criterion], language: Tongue, doubted: Collection[str]
) -> list[Sentence]:
    def told(facts: Iterable[tuple[Section, Fact]]) -> list[Sentence]:
        return [_sentence(section, fact, language) for section, fact in facts if _can_say(fact, language)]

    return [
        _headline(study, language),
        *told(_facts(study, _ABOVE)),
        *told((Section.MAY_JOIN, fact) for fact in limit_sentences(study, criteria)),
        *reworded(criteria, language, doubted),
        *told(_facts(study, _BELOW)),
    ]


def _headline(study: StudyFacts, language: Tongue) -> Sentence:
    fact = headline(study)
    if fact is not None and _can_say(fact, language):
        return _sentence(Section.HEADLINE, fact, language)
    return Sentence(Section.HEADLINE, study.record.brief_title or study.record.nct_id, (f.TITLE,), Origin.OFFICIAL)


def _can_say(fact: Fact, language: Tongue) -> bool:
    return sayable(fact.sentence, language)


def _facts(study: StudyFacts, writers: Iterable[Writer]) -> Iterator[tuple[Section, Fact]]:
    """What the record says, part by part.

    A listing entered by hand stands in no registry. What is not in the part of a record that we have, the registry may
    well say; the page names those gaps in other words.
    """
    left_out = set[Topic]()
    if study.record.registry is v.Registry.HAND:
        left_out = {Topic.REGISTRY, Topic.GAP}
    elif study.read_in_part:
        left_out = {Topic.GAP}
    for section, facts in writers:
        yield from ((section, fact) for fact in facts(study) if fact.topic not in left_out)


def _sentence(section: Section, fact: Fact, language: Tongue) -> Sentence:
    text = said(fact.sentence, language)
    text = tidy(text) if language.is_english else text.replace("..", ".")
    return Sentence(section, text[:1].upper() + text[1:], fact.sources)
