"""Other trials and their products, put together from parts: "took part in a drug-related clinical study", "any
investigational or non-registered vaccine". The vocabulary names the usual ones; nobody can list all."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from trials.criteria.wording.terms import Mention, Term
from trials.criteria.wording.words import Words

_TRIAL = Term("finding", "investigational_drug", "whole")
_KIND = (
    r"(?:an?|any|another|other|one|some|different|more|previous|prior|earlier|past|concurrent|concomitant|simultaneous|ongoing|"
    r"current|additional|clinical|medical|biomedical|scientific|research|drugs?|devices?|medications?|medicinal|product|health|"
    r"mental|care|related|similar|comparable|competing|intervention(?:al)?|therapeutic|therapy|treatment|pharmac\w+|randomi[sz]ed|"
    r"controlled|experimental|investigational|biologics?|blinded|phase|human|formal|type|of|or|and|and/or|trials?|stud(?:y|ies))"
)
_TAKES_PART = re.compile(
    r"\b(?:participat\w+|enrol\w*|involve[dm]\w*|tak(?:e|en|ing) part|took part|included) (?:currently )?in(?:to)? "
    rf"(?!current )(?:{_KIND},? ){{1,8}}?(?:trials?|stud(?:y|ies)|research)\b"
    r"(?! (?:visits?|procedures?|sessions?|protocol|site|staff|team)\b)"
    r"(?!(?: \([^()]{0,40}\))? (?:of|on|with|involving|using|investigating|evaluating) "
    r"(?!an?\b|any\b|other\b|another\b|investig|experim|drugs?\b|medic|new\b))",
    re.IGNORECASE,
)
_UNPROVEN = (
    r"(?:investigational|experimental|investigatory|un(?:licensed|approved|registered|marketed|authori[sz]ed)|"
    r"non-?\s?(?:licensed|approved|registered|marketed|authori[sz]ed))"
    r"(?! (?:and|or) (?:non-?\s?investig|approved|licensed|marketed|commercial))"
)
_ANY_WORD = (
    r"[ -]+(?!\w*(?:deplet|target|direct)ing\b|\w+-(?:deplet|target)|drug administration)[\w-]+(?:,? (?:and|or)|/)?"
)
_PRODUCT = re.compile(
    rf"\b{_UNPROVEN}(?:,? (?:(?:and|or|and/or) )?{_UNPROVEN}){{0,3}}(?:{_ANY_WORD}){{0,4}}?[ -]+"
    r"(?:drugs?|agents?|products?|medic(?:ation|ine|ament)s?|therap(?:y|ies)|treatments?|devices?|compounds?|"
    r"substances?|vaccines?|biologics?|biologicals?|antibod(?:y|ies)|interventions?|preparations?|"
    r"immunotherap(?:y|ies))\b",
    re.IGNORECASE,
)


def trial_mentions(words: Words, text: str, taken: tuple[Mention, ...]) -> Iterator[Mention]:
    """Mentions of other trials and their products that no term of the vocabulary holds already."""
    known = [(m.start, m.end) for m in taken if m.term.name == _TRIAL.name]
    for pattern in (_TAKES_PART, _PRODUCT):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(low < end and start < high for low, high in known):
                continue
            known.append((start, end))
            yield Mention(_TRIAL, start, end, bisect_left(words.starts, start), bisect_right(words.starts, end - 1))
