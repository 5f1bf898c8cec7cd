"""Infections with names of their own: which words name the virus, and when only virus in the blood counts."""

import re

from trials.criteria.rules.facts import Scene
from trials.criteria.wording.terms import Mention
from trials.criteria.wording.zones import Sort

_NAMED = frozenset({"hiv", "hepatitis_b", "hepatitis_c", "tuberculosis"})
_NAMES = frozenset(
    {"hiv", "tb", "tuberculosis", "hepatitis", "hbv", "hcv", "aids", "htlv", "syphilis", "treponema", "pallidum"}
)
_UNNAMED = re.compile(r"(?:(?:active|acute|chronic|history of|known) )*hepatitis", re.IGNORECASE)
_BARE = re.compile(
    r"infections?|infected|infectious diseases?|chronic infections?|latent infections?|active infections?|"
    r"viral infections?|current infections?|virus infections?",
    re.IGNORECASE,
)
_JUST_BEFORE = re.compile(r"[\s)\],/-]*(?:virus\s*)?(?:\([^)]*\)\s*)?$", re.IGNORECASE)
_BY = re.compile(
    r"\s*(?:with|of|by|due to|from|caused by|\(|:|including|such as|e\.?g\.?,?|\(?i\.?\s?e\.?,?)\s*"
    r"(?:the |either |any |known )*(?:human |the )?",
    re.IGNORECASE,
)
_REPLICATING = re.compile(r"\b(?:DNA|RNA|replicat\w+|viral load|vir(?:a)?emia|PCR|polymerase)\b", re.IGNORECASE)
# "HBsAg positive, or core antibody and DNA positive": the surface antigen alone is enough.
_ENOUGH = re.compile(
    r"(?:surface antigen|HBsAg|HBs)\W*(?:\([^)]*\)\s*)?(?:test(?:s|ed)?\s*)?(?:is |are |be )*(?:positive|\+|"
    r"seroposit\w+)[\s)]*[,;]?\s*(?:and/)?or\b|"
    r"(?:positive|\+)\s+(?:\w+\s+)?(?:for\s+)?(?:hepatitis B )?"
    r"(?:surface antigen|HBsAg)\W*(?:\([^)]*\)\s*)?[,;]?\s*(?:and/)?or\b",
    re.IGNORECASE,
)
# "Positive for any of: …, HBs antigen, HBc antibody, HBV DNA, …": each alone is enough.
_ONE_OF_MANY = re.compile(
    r"\b(?:any|one) (?:one )?of the following\b[^.;]{0,40}:[^.;]{0,400}\b(?:DNA|RNA)\b\W*(?:\([^)]*\)\s*)?(?:,|or\b|$)",
    re.IGNORECASE,
)
# Whoever has had it treated says yes as well; so does who has less of it.
_UNTREATED = re.compile(
    r"(?<!active or )\b(?:untreated|uncontrolled|uncleared|unresolved|non-?cleared)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)
_COPIES = re.compile(
    r"[\s)]*(?:\([^()]*\)\s*)?(?:is |levels? |titers? |test )*(?:>|≥|greater than|more than|above|over)\s*=?\s*\d",
    re.IGNORECASE,
)
_NOW_ACTIVE = re.compile(r"^.{0,25}\bactive\b|\b(?:now|currently|that (?:is|are)) active\b")


def names_the_virus(scene: Scene, mention: Mention) -> bool:
    """ "HIV infection", "infection with hepatitis B": the word belongs to the name beside it and says nothing more."""
    if not _BARE.fullmatch(scene.text[mention.start : mention.end]):
        return False
    words = scene.reading.words
    if mention.first and not words.breaks[mention.first] and words.norms[mention.first - 1] in _NAMES:
        return True
    for other in scene.reading.of("finding"):
        if other.term.name not in _NAMED:
            continue
        if other.end <= mention.start and _JUST_BEFORE.fullmatch(scene.text, other.end, mention.start):
            return True
        if other.start >= mention.end and _BY.fullmatch(scene.text, mention.end, other.start):
            return True
        if _is_bracketed_after(scene, other.end, mention.start):
            return True
    return False


def _is_bracketed_after(scene: Scene, place: int, start: int) -> bool:
    """ "Hepatitis C (with evidence of recent infection)": the bracket speaks of the name before it."""
    bracket = scene.reading.bracket(start)
    return bracket is not None and 0 <= bracket[0] - place <= 2


def is_unnamed_of_liver(scene: Scene, mention: Mention) -> bool:
    """ "Liver disease (e.g. hepatitis)": without a letter it is any inflammation of the liver."""
    if not _UNNAMED.fullmatch(scene.text[mention.start : mention.end]):
        return False
    start, end = scene.reading.segment(mention.start)
    return any(m.term.name == "liver_disease" and start <= m.start < end for m in scene.reading.of("finding"))


def is_named_negative(scene: Scene, mention: Mention) -> bool:
    """ "Negative for HBsAg but positive for anti-HBc" under an exclusion: the first is not what excludes."""
    return bool(
        re.search(
            r"\bnegative\s+(?:for\s+)?(?:the\s+)?$",
            scene.text[max(0, mention.start - 30) : mention.start],
            re.IGNORECASE,
        )
    ) and bool(re.search(r"\bbut\b|\bpositive\b", scene.text[mention.end :], re.IGNORECASE))


_ACTIVE_WITH = re.compile(r"\b(?<!or )active infections? (?:with|by|of|from) [^.;:]{0,40}$", re.IGNORECASE)
# What only one of the two viruses has.
_ACID = {
    "hepatitis_b": re.compile(r"\b(?:HBV|B)[\s-]*(?:virus\s+)?(?:DNA|deoxyribo)", re.IGNORECASE),
    "hepatitis_c": re.compile(r"\b(?:HCV|C)[\s-]*(?:virus\s+)?(?:RNA|ribo)", re.IGNORECASE),
}


def needs_replication(scene: Scene, mentions: list[Mention]) -> bool:
    """Positive counts only together with virus in the blood."""
    if all(m.term.part == "partial_test" for m in mentions):
        return True
    start, end = _clause(scene, mentions[0])
    text = scene.text[start:end]
    if any(is_named_negative(scene, m) for m in scene.reading.of("finding") if m.term.name == mentions[0].term.name):
        return True
    if any(_is_untreated(scene, m) or _COPIES.match(scene.text, m.end) for m in mentions):
        return True
    if not _REPLICATING.search(text):
        return any(m.term.part in ("carrier", "past") for m in mentions) and not any(
            m.term.part in ("whole", "test") for m in mentions
        )
    surface = mentions[0].term.name == "hepatitis_b" and _ENOUGH.search(text)
    return not (surface or _ONE_OF_MANY.search(text))


def _is_untreated(scene: Scene, mention: Mention) -> bool:
    before = scene.text[max(0, mention.start - 40) : mention.start]
    return _UNTREATED.search(before) is not None


def _clause(scene: Scene, mention: Mention) -> tuple[int, int]:
    """From the first mention to where the next other virus is named."""
    start, end = scene.reading.segment(mention.start)
    others = [
        m for m in scene.reading.of("finding")
        if m.start > mention.end and m.term.name in _NAMED and m.term.name != mention.term.name and m.start < end
    ]  # fmt: skip
    # "hepatitis B and/or C (with replication)": the bracket after both speaks of both, "or hepatitis C RNA" of C alone.
    apart = [m.start for m in others if m.start - mention.end > 25 or _has_own_acid(scene, m)]
    return start if not others else mention.start, min(apart, default=end)


def _has_own_acid(scene: Scene, mention: Mention) -> bool:
    pattern = _ACID.get(mention.term.name)
    return pattern is not None and pattern.search(scene.text, mention.start, mention.end + 20) is not None


def is_example_of_active(scene: Scene, mention: Mention) -> bool:
    """ "Active infections such as tuberculosis", "active infection with Listeria or TB": only active disease counts."""
    if _ACTIVE_WITH.search(scene.text, max(0, mention.start - 60), mention.start):
        return True
    zone = scene.zones.at(mention.start, Sort.EXAMPLE)
    if zone is None:
        return False
    start, end = scene.reading.segment(zone.cue)
    if _NOW_ACTIVE.search(scene.text[mention.end : end]) and "latent" not in scene.text[start:end].lower():
        return True
    head = scene.text[start : zone.cue].lower()
    return "active" in head and "chronic" not in head and "latent" not in head


def is_any_tuberculosis(scene: Scene, mention: Mention) -> bool:
    """ "History of latent or active tuberculosis": whoever ever had it is meant."""
    near = scene.text[max(0, mention.start - 25) : mention.end].lower()
    return "latent" in near and mention.term.part == "whole"


def is_past_tuberculosis(scene: Scene, mention: Mention) -> bool:
    """ "Have, or have a history of, tuberculosis", "active or suspected TB": not the row's own "active or latent"."""
    return _EVER_HAD.search(scene.text, max(0, mention.start - 30), mention.start) is not None


_EVER_HAD = re.compile(r"\bhistory of,\s*$|\bactive (?:or|and/or) (?:suspected|prior|previous|past)\s+$", re.IGNORECASE)
