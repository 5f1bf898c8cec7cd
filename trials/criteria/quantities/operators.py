"""The signs and words that compare: before a number ("at least 18", "> / = 5") and behind it ("18 or older")."""

import re

_THAN = r"(?:than|then|that)"
_OR_EQUAL = r"(?: ?(?:or|and|/|and/or) ?(?:=|equals?|egal|same)(?: ?(?:to|as|than|with))?)"
_GREATER = r"(?:greater|great|more|higher|larger|bigger|longer|older|over|above|better|heavier|later|superior|major)"
_LESS = r"(?:less|lass|lower|fewer|smaller|shorter|younger|under|below|lesser|inferior|minor|earlier)"
_NOT = r"(?:not|no|cannot|n't|never)(?: (?:be|to be|have|been|being|by))?"

# Each row: the comparison, and how it is written. The first row that fits wins, so the longer forms come first.
_WORDS: tuple[tuple[str, str], ...] = (
    ("<=", rf"{_NOT} {_GREATER}(?: {_THAN})?{_OR_EQUAL}?"),
    (">=", rf"{_NOT} {_LESS}(?: {_THAN})?{_OR_EQUAL}?"),
    ("<=", rf"{_NOT} (?:to )?(?:exceed(?:s|ing|ed)?|in excess of|beyond)"),
    (">=", rf"{_GREATER}(?: {_THAN})? ?{_OR_EQUAL}(?: ?{_THAN})?"),
    ("<=", rf"{_LESS}(?: {_THAN})? ?{_OR_EQUAL}(?: ?{_THAN})?"),
    (">=", rf"(?:equals?|equal to|same|=)(?: to)? ?(?:or|and|/) ?{_GREATER}(?: {_THAN}| to)?"),
    ("<=", rf"(?:equals?|equal to|same|=)(?: to)? ?(?:or|and|/) ?{_LESS}(?: {_THAN}| to)?"),
    (
        ">=",
        r"(?:at|a|for) (?:the )?least|at (?:a )?minimum(?: of)?|(?:a |the )?minimum(?: (?:\w{2,15} ){0,2}of)?"
        r"|minimally|no later than"
        r"|at or above|starting (?:at|from)",
    ),
    ("<=", r"at (?:the )?most|(?:a |the )?maximum(?: of)?|maximally|max\.?|at or below"),
    (
        "<=",
        r"up to and including|up to(?: a)?|within(?: the| a| an)?(?: (?:past|last|previous|prior|preceding|next"
        r"|first))?",
    ),
    (">", rf"{_GREATER} {_THAN}|in excess of|exceed(?:s|ing|ed)?|upwards of|superior to"),
    ("<", rf"{_LESS} {_THAN}|inferior to"),
    (">", r"over|above|beyond|outside(?: of)?"),
    ("<", r"below|under"),
    (
        "between",
        r"(?:in|in the|with a|within a|within the )? ?range (?:from|of|between)|ranging (?:from|between)|between"
        r"|range:?",
    ),
    ("from", r"from"),
)
_SIGN = (
    r"(?:>|<|≥|≤|&gt;|&lt;|= ?[<>≥≤])"
    r"(?: ?/? ?(?:=|≥|≤)|=|_|(?:(?: ?/ ?)| )?(?:or|and)(?: ?/ ?)? ?(?:=|equals?)(?: to)?)?"
)
# What may stand between the comparison and its number: "over the age of 18", "greater than Stage 3", "(≥) 18".
_FILLERS = (
    r"the|an|a|of|to|than|that|age|ages|aged|age of|years|approximately|about|around|approx\.?|roughly|is|was|or|equal"
    r"|stage|grade|class|nyha|type|level|score|scores|value|values|dose|doses|daily dose|total|status|ecog|step"
    r"|category"
    r"|equivalents?|prednison\w{1,3}|methylprednisolone|prednisone equivalents?|body mass index|bmi|allowed|daily|oral"
    r"|any|only|another|first|ctcae|ctc|v\d\.\d|asa|index|least|either|us|usd|full|completed|eq|nci|child[ -]pugh"
    r"|baseline"
)
_FILLER = rf" {{0,3}}(?:[:,=~$)\]] {{0,2}})?(?:(?:{_FILLERS})(?: {{1,2}}|[:,~(] ?| ?-(?= ?$))){{0,5}}(?:\( ?)?-?[~$]? ?"
_OPERATOR = re.compile(
    rf"(?:(?P<sign>{_SIGN})|(?<![a-z])(?:"
    + "|".join(rf"(?P<o{n}>{written})" for n, (_, written) in enumerate(_WORDS))
    + rf")(?![a-z]))(?P<gap>{_FILLER})\Z"
)
# A quick look that spares most numbers the search: the word before the number must be one that a comparison or its
# fillers can end in, and one of the comparing words must be near.
_COMMON = frozenset(
    ("a", "an", "and", "as", "at", "be", "been", "being", "by", "egal", "for", "have", "in", "is", "no", "not", "of",
     "or", "s", "the", "to", "with")
)  # fmt: skip
_APART = str.maketrans("(/:,", "    ")
_KEYS = frozenset(
    word
    for row in (_GREATER, _LESS, *(row for _, row in _WORDS))
    for word in re.findall(r"[a-z]+", row.replace("?", ""))
) - _COMMON | {"exceed", "exceeds", "exceeded", "exceeding", "equal", "equals", "max."}
_LAST_WORDS = _KEYS | _COMMON | frozenset(re.findall(r"[a-z]+", _FILLERS.replace("?", "")))
_LAST_WORDS |= {"prednisone", "prednisolone", "prednison"}
_SIGN_LETTERS = frozenset("<>≤≥&=")
_SIGN_BEFORE = re.compile(rf"(?P<sign>{_SIGN})(?P<gap> {{0,2}})\Z")
_BARE_SIGN = re.compile(rf" {{0,2}}(?P<sign>{_SIGN})")

_MORE = (
    r"(?:more|greater|older|above|over|higher|up|upwards?|upward|beyond|longer|later|elder|larger|better|heavier|plus)"
)
_FEWER = r"(?:less|lower|younger|below|under|fewer|shorter|smaller|down)"
_BEHIND = re.compile(
    r"(?: ?,? ?\(?(?:of age|of life|old|in age|years?|of gestation|at (?:screening|enrollment|inclusion)"
    r"|\(?inclusive\)?),?){0,2}"
    rf" {{0,2}}(?:,|\() {{0,2}}(?:(?:or|and|and/or) (?:is |are |of )?(?P<more>{_MORE})|(?:or|and|and/or) (?:is "
    rf"|are )?(?P<less>{_FEWER}))(?! (?:than|then))(?![a-z])"
    rf"|(?:(?: |-)(?:of age|of life|old|in age|years?|of gestation|inclusive)){{0,2}} {{0,2}}"
    rf"(?:(?:or|and|and/or|/) ?(?:is |are |of |at )?(?:(?P<more2>{_MORE})|(?P<less2>{_FEWER}))(?! (?:than"
    rf"|then))(?![a-z])"
    r"|(?P<sign>(?:or|and) ?>(?! ?[\d=]))|(?P<min>\(?minimum\b\)?|or at least(?! \d))|(?P<max>\(?maximum\b\)?))"
)
# "Below 20 or above 80 years": the word belongs to the number after it, but not in "20 or over 20 years".
_NEXT = re.compile(r" {1,2}(?P<number>\d[\d.,]*+) ?(?:years?|kg|%)")
_LAST = re.compile(r"(?P<number>\d[\d.,]*+)\D*\Z")
# Two numbers that make a range.
JOIN = re.compile(
    r"(?:[ ,-]*(?:of age|old|year old|inclusive|\( ?(?:inclusive|included|including|incl\.?)\)|years?))? {0,2}"
    r"(?:- ?to ?-|-{1,2}|~{1,2}|to|through|thru|until|till|up to|and up to"
    r"|,? ?up to and including)(?: (?:the )?(?:age|ages) of| age| less than)? {0,2}(?:(?:approximately|about) )?"
)
JOIN_AND = re.compile(
    r"(?:[ ,-]*(?:of age|old|year old|years old|inclusive|\( ?(?:inclusive|included|including|incl\.?)\)"
    r"|years?))? {0,2}"
    r"(?:and|&|,|or)(?: (?:the )?(?:age|ages) of| age)? {0,2}"
)
LIST = re.compile(r" ?(?:,|/|or|and|,? ?or|,? ?and|and/or|&) ?")


def before(low: str, start: int, end: int) -> re.Match[str] | None:
    """The comparison in front of the number at `end`, no earlier than `start`; group "gap" stands between."""
    words = low[start:end].translate(_APART).split()
    if not words:
        return None
    if words[-1][-1] in "<>≤≥=":
        return _SIGN_BEFORE.search(low, max(start, end - 16), end)
    if words[-1].isalpha() and words[-1] not in _LAST_WORDS:
        return None
    if _KEYS.isdisjoint(words) and _SIGN_LETTERS.isdisjoint(low[start:end]):
        return None
    return _OPERATOR.search(low, start, end)


def sign_at(low: str, start: int) -> re.Match[str] | None:
    """The sign behind a number: "18 ≤ age"."""
    return _BARE_SIGN.match(low, start)


def comparison(match: re.Match[str]) -> str:
    """ ">=", ">", "<=", "<", "between" or "from", for what `before` or `sign_at` found."""
    if sign := match["sign"]:
        return _sign(sign)
    return next(op for n, (op, _) in enumerate(_WORDS) if match[f"o{n}"])


def _sign(sign: str) -> str:
    greater = any(letter in sign for letter in (">", "≥", "&gt;"))
    less = any(letter in sign for letter in ("<", "≤", "&lt;"))
    or_equal = any(letter in sign for letter in "=≥≤_") or "equal" in sign
    if greater and less:
        return ""
    return (">" if greater else "<") + ("=" if or_equal else "")


def behind(plain: str, end: int) -> tuple[str, int]:
    """The comparison that follows a number and its unit ("or older" is ">="), and where it ends; ("", end) without."""
    match = _BEHIND.match(plain, end)
    if not match or _is_of_next(plain, match, end):
        return "", end
    upper = match["less"] or match["less2"] or match["max"]
    return ("<=" if upper else ">="), match.end()


def _is_of_next(plain: str, match: re.Match[str], end: int) -> bool:
    following = _NEXT.match(plain, match.end())
    last = _LAST.search(plain, max(0, end - 12), end)
    return following is not None and last is not None and following["number"] != last["number"]
