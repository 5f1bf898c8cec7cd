"""What the desk finds in a summary before it is published: numbers, wording, what is missing, how hard it reads."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext as say
from django.utils.translation import ngettext

from trials.admin.base import short
from trials.admin.review_form import Line
from trials.language import listing, number
from trials.plain_language.glossary import mentions
from trials.plain_language.linter import findings
from trials.plain_language.model import Origin, Section, Sentence, Summary
from trials.plain_language.readability import Readability, measure
from trials.plain_language.study_linter import FIRM, study_findings
from trials.records import StudyRecord
from trials.summaries import Sources
from trials.summaries.numbers import number_problem
from trials.summaries.sources import is_criterion

HIGHEST_GRADE = 8.0
LONGEST_SENTENCE = 20  # words
LONGEST_TEXT = 5000  # characters of a sentence that an editor wrote
_ABBREVIATION = re.compile(r"(?<![\w-])[A-Z]{2,6}s?(?![\w-])")
_ROMAN = re.compile(r"[IVX]+")
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:appendix|table|section|figure|annex|attachment|part)\s+(?:[A-Z]-?)?\d+(?:\.\d+)*|\[\d+(?:\s*[,-]\s*\d+)*\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Study:
    """What a summary is held against."""

    record: StudyRecord
    sources: Sources
    slugs: Sequence[str]
    lang: str

    @property
    def names(self) -> list[str]:
        """Names of the study's own: what is tested, and who runs it."""
        tested, run_by = self.record.interventions, self.record.sponsors
        return [*(one.name for one in tested), *(one.name for one in run_by)]


@dataclass(frozen=True, slots=True)
class Checked:
    """The lines with what was found in each; `problems` and `doubts` are those of the summary as a whole.

    `readable` counts English only: the formulas are made for it.
    """

    lines: Sequence[Line]
    problems: Sequence[str]
    doubts: Sequence[str]
    readable: Readability
    abbreviations: Sequence[str]

    @property
    def wrong(self) -> list[Line]:
        return [line for line in self.lines if line.problems]

    @property
    def doubtful(self) -> list[Line]:
        return [line for line in self.lines if line.doubts]

    @property
    def is_blocked(self) -> bool:
        """Whether nothing can outweigh what was found."""
        return bool(self.problems or self.wrong)

    @property
    def needs_reason(self) -> bool:
        return bool(self.doubts or self.doubtful)


def checked(lines: Sequence[Line], study: Study) -> Checked:
    ours = [line for line in lines if line.is_shown and line.origin != Origin.OFFICIAL]
    readable = measure(line.text for line in ours)
    problems, doubts = _of_whole(lines, study)
    if study.lang == "en" and round(readable.grade, 1) > HIGHEST_GRADE:
        values = {"grade": number(round(readable.grade, 1)), "limit": number(HIGHEST_GRADE)}
        doubts.append(
            _("The sentences together have the reading grade %(grade)s. It should be %(limit)s at most.") % values
        )
    numbers = _numbers(lines, study)
    return Checked(
        lines=[_with_findings(line, study, numbers.get(line.key, ())) for line in lines],
        problems=problems,
        doubts=doubts,
        readable=readable,
        abbreviations=_unexplained(ours),
    )


def _of_whole(lines: Sequence[Line], study: Study) -> tuple[list[str], list[str]]:
    """What no reason outweighs, and what one does."""
    shown = tuple(
        Sentence(Section(line.section), line.text, line.sources, _origin(line)) for line in lines if line.is_shown
    )
    found = study_findings(Summary(None, study.lang, 0, shown), study.slugs, study.record, study.sources.criteria)
    said = [(one.rule in FIRM, _filled(one.reason, short(one.words, 200))) for one in found]
    return [text for firm, text in said if firm], [text for firm, text in said if not firm]


def _origin(line: Line) -> Origin:
    return Origin.OFFICIAL if line.origin == Origin.OFFICIAL else Origin.WRITTEN


def _filled(reason: str, words: str) -> str:
    return say(reason) % {"words": words} if "%(" in reason else say(reason)


def _with_findings(line: Line, study: Study, numbers: Iterable[str]) -> Line:
    problems = list(numbers)
    if not line.text and not line.left_out:
        problems.append(_("Write a sentence here, or leave it out."))
    if line.is_edited and len(line.text) > LONGEST_TEXT:
        problems.append(_("This is too long for a sentence."))
    if not line.is_shown or line.origin == Origin.OFFICIAL:
        return replace(line, problems=tuple(problems))
    found = findings(line.text[:LONGEST_TEXT], study.lang, study.names)
    doubts = [
        _("“%(words)s”: %(reason)s") % {"words": line.text[one.start : one.end], "reason": say(one.reason)}
        for one in found
    ]
    return replace(line, problems=tuple(problems), doubts=tuple(doubts), note=_note(line.text, study.lang))


def _note(text: str, lang: str) -> str:
    """How hard a sentence is to read. Words and syllables are counted for English alone."""
    if lang != "en":
        return ""
    counted = measure([text])
    words = ngettext("%(count)d word", "%(count)d words", counted.longest) % {"count": counted.longest}
    if counted.longest > LONGEST_SENTENCE:
        words = _("%(words)s in one sentence, more than %(limit)d") % {"words": words, "limit": LONGEST_SENTENCE}
    return _("Reading grade %(grade)s, %(words)s") % {"grade": number(round(counted.grade, 1)), "words": words}


def _numbers(lines: Sequence[Line], study: Study) -> dict[str, list[str]]:
    """By line what is wrong with the numbers of an edited one.

    The sentences on one criterion share its numbers out. A sentence on fields of the record keeps those that the rules
    put in, for the fields hold many more.
    """
    groups: dict[object, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line)
    found = {}
    for group in groups.values():
        touched = [line for line in group if line.text and (line.is_edited or line.left_out)]
        if touched and all(is_criterion(source) for source in group[0].sources):
            found[touched[0].key] = _number_sentences(group, [_figures(group[0], study)], study)
        elif touched:
            for line in touched:
                found[line.key] = _number_sentences([line], [line.written], study) if line.is_shown else []
    return found


def _figures(line: Line, study: Study) -> str:
    """The criterion's own words without numbers that only point to another place."""
    return _POINTS_ELSEWHERE.sub(" ", " ".join(map(study.sources.own_words, line.sources)))


def _number_sentences(group: Sequence[Line], must: Sequence[str], study: Study) -> list[str]:
    shown = [line.text for line in group if line.is_shown]
    if not shown:
        return []  # nothing stands for the source, and that is said of the whole
    may = [*map(study.sources.words, group[0].sources), *(line.written for line in group)]
    problem = number_problem(shown, must, may, study.lang)
    sentences = []
    if problem.invented:
        values = {"numbers": listing(problem.invented)}
        sentences.append(_("The official words do not have this number: %(numbers)s.") % values)
    if problem.lost:
        sentences.append(
            _("A number of the official words is missing: %(numbers)s.") % {"numbers": listing(problem.lost)}
        )
    return sentences


def _unexplained(lines: Iterable[Line]) -> list[str]:
    """Capital letters that neither the summary nor the glossary explains."""
    texts = " ".join(line.text for line in lines)
    found = dict.fromkeys(one.rstrip("s") for one in _ABBREVIATION.findall(texts))
    return [one for one in found if not _ROMAN.fullmatch(one) and f"({one})" not in texts and not mentions(one)]
