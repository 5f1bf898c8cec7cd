"""What narrows a medicine to a part of those who take it: dose, route, duration, number, reason, exception."""

import re

from trials.criteria.model import Kind
from trials.criteria.rules.classes import is_target
from trials.criteria.rules.clauses import Clauses
from trials.criteria.rules.excepted import has_allowed_member, is_opened
from trials.criteria.rules.facts import Scene
from trials.criteria.rules.usage import is_past_need
from trials.criteria.wording.terms import Mention

BY_ROUTE = frozenset({"glucocorticoids", "prostanoid", "cyclophosphamide", "methotrexate"})
_ROUTE = re.compile(
    r"\b(?:intra-?\s?(?:articular|joint|muscular|venous|lesional|thecal)(?:ly)?|parenteral(?:ly)?|epidural|IV|"
    r"i\.v\.?|IM|i\.m\.?|I\.m|iv|IA|i\.a\.?|pulses?|pulsed|bolus|high[- ]dos(?:e[sd]?|age)|low[- ]dose[sd]?|"
    r"inject\w+|infus\w+|subcutaneous(?:ly)?|topical|inhaled|intranasal|SC|s\.c\.?|injectable)(?![\w-])",
    re.IGNORECASE,
)
_ANY_ROUTE = re.compile(r"\boral(?:ly)?\b|\bsystemic\b|\bany route\b|\beither\b", re.IGNORECASE)
_ROUTE_AFTER = re.compile(
    r"[\s(]*(?:(?!and\b|or\b|with\b|plus\b)\w+\s)?(?:injections?|infusions?|pulses?|bolus(?:es)?|"
    r"administered (?:by|via)|given (?:by|via|"
    r"intra)|iv\b|intra-?\s?(?:articular|muscular|venous)|into (?:any|a|the)\b|pulse)",
    re.IGNORECASE,
)
_AMOUNT = r"\d+(?:[.,]\d+)?\s*(?:mg|milligrams?|g|grams?|gm|mcg|µg|ug)\b(?!\s*/\s*d[lL])"
_DOSE_BEFORE = re.compile(rf"\b{_AMOUNT}[^,;]{{0,14}}$", re.IGNORECASE)
_DOSE_AFTER = re.compile(rf"[^,;]{{0,60}}?(?<![\w.]){_AMOUNT}|[^;]{{0,14}}\(?\s*[≤≥<>]=?\s*{_AMOUNT}", re.IGNORECASE)
_DURATION = re.compile(
    r"\bfor (?:a )?(?:total of )?(?:at least|more than|longer than|over|a minimum of|less than|greater than|up to|"
    r">|≥)|\b(?:more than|>|≥) ?(?:once|one|two|1|2) (?:course|cycle|dose|infusion)",
    re.IGNORECASE,
)
_LASTED = re.compile(
    r"(?:for|over|during|of|since)? ?(?:(?:a )?(?:minimum|period|total)(?: of)?|at least|more than|longer than|"
    r"greater than|≥|>=|>) ?(?:the (?:past |last |prior |previous )?)?\w+ (?:days|weeks|months|years|month|year)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:\b(?:at least|more than|minimum of|a total of|up to|maximum of|maximum|at most|no more than|fewer than|"
    r"only)|[≥>≤<])\s*=?\s*(?:two|three|four|five|[2-9]|>?1\b|one\b|a maximum)|\b(?:two|three|four|"
    r"[2-9]) or more\b|\bmore than (?:one|1)\b|\bcombination of\b",
    re.IGNORECASE,
)
_AT_LEAST_ONE = re.compile(r"(?:at least|≥|>\s?=|minimum of|a minimum of)\s*=?\s*(?:one|1)\b", re.IGNORECASE)
_LONG = re.compile(
    r"\b(?:chronic|long[- ]?term|prolonged|maintenance|regular(?:ly)?|continuous|daily|repeated|"
    r"frequent)\b(?!\s+(?:disease|illness|infection|condition))",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:specified (?:time )?(?:periods?|time|intervals?)|(?:time frames?|periods?|time) specified|"
    r"certain (?:doses?|periods?|time)|following (?:periods?|time)|defined (?:for|below)|depending on|not stable|"
    r"wash-?\s?out (?:criteria|requirements?|periods?) for|insufficient wash)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"[^.;]{0,40}\bfor (?:an? |the |any )?(?:other|another|conditions?|indications?|diseases?|reasons?|"
    r"non-?\w+ (?:indications?|conditions?)|purposes?)\b",
    re.IGNORECASE,
)
_NOT_CLEARED = re.compile(
    r"\b(?:and|who|but) (?:have |has |had |did |do |does |were |was )?(?:not|no|without)\b(?! (?:be )?(?:limited|"
    r"restricted))|\b(?:only if|only when|provided|if no|with no|if not|unless|without)\b",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\b(?:start(?:ed|ing)|new(?:ly)?|unstable|increas\w+|stopp\w+|discontinu\w+|withdr\w+|commenc\w+|initiated|"
    r"introduced|added)\b",
    re.IGNORECASE,
)


_IN_COMPANY = re.compile(
    r"\s*(?:monotherapy|alone\b|\d-drug|(?:double|dual|triple|combination) (?:therapy|treatment))|"
    r"\s*,? with (?:proven|known)\b",
    re.IGNORECASE,
)
_ALSO_ORAL = re.compile(r"\boral(?:ly)?\s*(?:,|/|\bor\b|\band\b)\s*$", re.IGNORECASE)


def is_partial(scene: Scene, clauses: Clauses, mention: Mention, failed: bool, stable: bool) -> bool:
    """The medicine alone does not decide. A failure is one after any time; a stable dose one of any length of use."""
    slug, part = mention.term.name, mention.term.part
    if is_target(scene, mention) or (
        part == "narrower" and _ALSO_ORAL.search(scene.text, max(0, mention.start - 12), mention.start)
    ):
        part = "class"
    if part in ("narrower", "local") or (
        scene.kind is Kind.INCLUSION and part == "member" and slug != "glucocorticoids"
    ):
        return True
    _, end = scene.reading.segment(mention.start)
    if by_dose(scene, mention) or is_opened(scene, mention, end) or _is_counted(scene, clauses, mention):
        return True
    if _is_special(scene, mention, part, end):
        return True
    if slug in BY_ROUTE and _by_route(scene, clauses, mention):
        return True
    if not failed and _IN_COMPANY.match(scene.text, mention.end):
        return True
    low, high = clauses.scope(mention.start)
    text = scene.text
    if scene.kind is Kind.INCLUSION:
        return not failed and not stable and _LASTED.search(text, low, high) is not None
    return bool(
        is_begun(scene, clauses, mention.start)
        or _lasts(scene, mention.end, high)
        or _LASTED_BEFORE.search(text, low, mention.start)
        or _LONG.search(text, low, mention.start)
        or _ELSEWHERE.search(text, low, end)
        or _REASON.match(text, mention.end, end)
        or has_allowed_member(scene, mention, end)
        or (failed and _COUNTED.search(text, low, mention.start))
        or _PART_EXCLUDED.match(text, mention.end)
        or _is_uncleared(scene, mention, end if _NOT_SINCE.search(text, mention.end, end) else high)
    )


def _is_special(scene: Scene, mention: Mention, part: str, end: int) -> bool:
    """What is peculiar to some medicines: leflunomide washed out, steroids by need, a class still on trial."""
    slug, start = mention.term.name, mention.start
    if slug == "leflunomide" and _CLEARED_FASTER.search(scene.text, mention.end, end):
        return True
    around = scene.text[max(0, start - 40) : mention.end + 12]
    if slug == "glucocorticoids" and scene.kind is Kind.EXCLUSION and _OF_SOME.search(around):
        return True
    if is_past_need(scene, start):
        return True
    return part == "class" and _ON_TRIAL.search(scene.text, max(0, start - 50), start) is not None


_CLEARED_FASTER = re.compile(r"\b(?:cholestyramine|colestyramine|wash-?\s?out|charcoal|elimination)\b", re.IGNORECASE)
_OF_SOME = re.compile(
    r"\btherapeutic dos|\bdependen(?:t|cy|ce)\b|\bstarts? (?:[\w-]+ ){0,3}[\w-]*(?:steroid|glucoc)|\bmust use\b",
    re.IGNORECASE,
)
_ON_TRIAL = re.compile(
    r"(?<!or )(?<!and )(?<!/)\b(?:investigational|experimental) (?:non-?\s?biologic(?:al)? )?$", re.IGNORECASE
)
_LASTED_BEFORE = re.compile(r"\bfor (?:longer|more|greater|over|at least|>|≥)[^,;]{0,30}? with\b", re.IGNORECASE)


_PART_EXCLUDED = re.compile(r"\s*\([^()]{0,40}\b(?:excluded|excluding|except|not)\b(?! limited)", re.IGNORECASE)


def _is_uncleared(scene: Scene, mention: Mention, end: int) -> bool:
    """ "X and no wash-out", "X only if …"; in brackets it is said of the medicine before them alone."""
    found = _NOT_CLEARED.search(scene.text, mention.end, end)
    if not found:
        return False
    bracket = scene.reading.bracket(found.start())
    return bracket is None or not any(
        mention.end <= m.start < bracket[0] for m in scene.reading.of("treatment", "drug")
    )


def _lasts(scene: Scene, start: int, end: int) -> bool:
    """A duration that is not itself the look-back ("off it for less than 2 months before entry")."""
    found = _DURATION.search(scene.text, start, end)
    off = re.search(r"\boff\b", scene.text[max(0, start - 60) : start])
    return found is not None and off is None


_NOT_SINCE = re.compile(r"\b(?:and|who|but) (?:have |has |had )(?:not|no)\b", re.IGNORECASE)


def is_begun(scene: Scene, clauses: Clauses, place: int) -> bool:
    """Only who started, stopped or changed it is meant, not who takes it."""
    low, high = clauses.scope(place)
    return scene.kind is Kind.EXCLUSION and _BEGUN.search(scene.text, low, high) is not None


_AMOUNT_AT_ALL = re.compile(rf"(?<![\w.]){_AMOUNT}", re.IGNORECASE)


# "The minimum stable dose allowed is 10 mg weekly", in a sentence of its own.
_LIMITED = re.compile(
    r"\b(?:minimum|maximum|lowest|highest)\b[^.;]{0,40}\bdos(?:e|age)\b[^.;]{0,50}\d+(?:\.\d+)?\s*mg\b", re.IGNORECASE
)


def by_dose(scene: Scene, mention: Mention) -> bool:
    start, end = scene.reading.segment(mention.start)
    text = scene.text
    if _DOSE_BEFORE.search(text[max(start, mention.start - 34) : mention.start]):
        return True
    following = [m.start for m in scene.reading.of("treatment") if m.start >= mention.end]
    if _DOSE_AFTER.match(text, mention.end, min([end, mention.end + 90, *following])):
        return True
    if scene.kind is Kind.EXCLUSION:
        return False
    if _LIMITED.search(text, mention.end) and not any(
        m.term.name != mention.term.name for m in scene.reading.of("treatment")
    ):
        return True
    following += [m.start for m in scene.reading.of("drug") if m.start >= mention.end]
    return _AMOUNT_AT_ALL.search(text, mention.end, min([end, *following])) is not None


def _is_counted(scene: Scene, clauses: Clauses, mention: Mention) -> bool:
    before = scene.text[max(clauses.at(mention.start).start, mention.start - 45) : mention.start]
    before = re.split(r"(?:\bor|\band|,) any\b", before, flags=re.IGNORECASE)[
        -1
    ]  # "more than one X or any Y" counts X alone
    found = _COUNTED.search(_AT_LEAST_ONE.sub(" ", before))
    return found is not None and not re.match(r"\s*(?:days?|weeks?|months?|years?|hours?|mg)", before[found.end() :])


def _by_route(scene: Scene, clauses: Clauses, mention: Mention) -> bool:
    start, _ = clauses.scope(mention.start)
    earlier = [m.end for m in scene.reading.of("treatment") if m.end <= mention.start]
    start = max([start, *earlier])
    before = scene.text[start : mention.start] + scene.text[mention.start : mention.end]
    after = _ROUTE_AFTER.match(scene.text, mention.end, mention.end + 45)
    if not (after or _ROUTE.search(before[-150:])):
        return False
    if mention.term.name == "methotrexate" and not after:
        return _ANY_ROUTE.search(before) is None
    return (
        after is not None
        or _ANY_ROUTE.search(before) is None
        or (
            mention.term.name == "glucocorticoids"
            and not re.search(
                r"\boral",
                before,
                re.IGNORECASE,
            )
        )
    )
