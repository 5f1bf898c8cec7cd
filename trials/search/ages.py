"""Ages in a typed search: how old somebody is, in years or months, and limits such as "over 65"."""

import re
from collections.abc import Iterator

from trials import conditions, drugs
from trials.search.model import Kind

Found = tuple[Kind, int, int, tuple[str, ...], bool]
OLDEST_AGE_YEARS = 120
CHILDREN_UP_TO_YEARS = 18  # "under 12" is a child
ADULT_FROM_YEARS = 21  # up to here "over 18" says only that somebody is grown up
_SURELY_NO_DURATION = 50  # years; nobody is ill for longer than that
_PER_YEAR = {"n": 1.0, "m": 12.0, "w": 52.18}
_FLAGS = re.IGNORECASE

_YEARS = r"(?:years?|yrs?|yr)"
_ANOS = r"a(?:ñ|n)(?:os|itos)"
_MONTHS = r"(?:months?|mos?|mths?)"
_SOMEBODY_IS = r"(?:i\s+am|i['’]?m|she\s+is|she['’]?s|he\s+is|he['’]?s|who\s+is|is|(?:just\s+)?turned|turning)"
_NO_YEARS = (
    r"(?!\s*-?\s*(?:kg|lbs?|weeks?|months?|mos\b|days?|hours?|miles?|km|years?|%|st\b|cm|ft|mg|meses|semanas|d[ií]as))"
    r"(?![.,]\d)"
)
_N_YEARS = r"(?P<n>\d{1,3})"
_N_MONTHS = r"(?P<m>\d{1,2})"
_CHILD = r"(?:baby|babies|infant|newborn|toddler|child|kid|boy|girl|son|daughter|grandson|granddaughter|nephew|niece)"
_HIJO = r"(?:beb[eé]|hij[oa]|niñ[oa]|niet[oa]|sobrin[oa]|nena|nene)"
_WA = r"(?:宝宝|婴儿|孩子|女儿|儿子|小孩|患儿|娃|女婴|男婴|幼儿)"
_NO_EVOLUTION = r"(?!\s+(?:de\s+)?(?:evoluci|diagn|enferm|tratam|embaraz|seguim|duraci))"
_AGES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        # "15-year-old", "70 y/o", "8 yo"
        rf"\b{_N_YEARS}[\s-]*(?:{_YEARS})?[\s-]+of\s+age(?!\w)",
        rf"\b{_N_YEARS}[\s-]*{_YEARS}[\s-]*(?:olds?|young)(?!\w)",
        rf"\b{_N_YEARS}[\s-]*(?:y/o|y\.o\.?|yo)(?!\w)",
        # "18 months old", "6-month-old", "aged 6 months", "my baby is 6 months", "6 month baby", "baby, 6 months"
        rf"\b{_N_MONTHS}[\s-]*{_MONTHS}[\s-]*(?:olds?|of\s+age)(?!\w)",
        r"\b(?P<w>\d{1,2})[\s-]*weeks?[\s-]*(?:olds?|of\s+age)(?!\w)",
        rf"\b(?:aged?|ages)\s*(?:of|is|:|=)?\s*{_N_MONTHS}[\s-]*{_MONTHS}(?!\w)",
        rf"\b{_CHILD}\s*(?:,|\(|of|is|aged|who\s+is|['’]s)?\s*{_N_MONTHS}[\s-]*{_MONTHS}(?!\w)(?!\s+(?:after|into|post|ago))",
        rf"\b{_N_MONTHS}[\s-]*{_MONTHS}[\s-]+(?={_CHILD}(?!\w))",
        # "aged 70", "age: 8"; not "ages 5 to 17"
        rf"\b(?:aged?|ages)\s*(?:of|is|:|=)?\s*{_N_YEARS}(?:\s*(?:years|yrs|y))?(?![\w-])(?!\s*(?:to|-|–|and)\s*\d)"
        rf"{_NO_YEARS}",
        # "I am 34", "she's 12"; not "I am 5 months pregnant" or "I am 80 kg"
        rf"\b{_SOMEBODY_IS}\s+{_N_YEARS}(?!\w){_NO_YEARS}",
        # "bebé de 6 meses", "tiene 18 meses", "6 meses de edad", "de 6 meses"
        rf"\b{_HIJO}\s*(?:,|\(|de|con|tiene|que\s+tiene)?\s*{_N_MONTHS}\s*meses(?!\w)",
        rf"\b(?:edad(?:\s+de)?|tiene|cumpl\w+)\s*:?\s*{_N_MONTHS}\s*meses(?!\w){_NO_EVOLUTION}",
        rf"\b{_N_MONTHS}\s*meses\s+de\s+(?:edad|nacid[oa]|vida)(?!\w)",
        rf"(?<!\w)(?<!hace )(?<!desde )de\s+{_N_MONTHS}\s*meses(?!\w){_NO_EVOLUTION}",
        # "12 años de edad", "edad 12", "tengo 45", "de 12 años"; not "de 12 años de evolución"
        rf"\b{_N_YEARS}\s*{_ANOS}\s+de\s+edad(?!\w)",
        rf"\b(?:edad(?:\s+de)?|tengo|tiene|cumpl\w+)\s*:?\s*{_N_YEARS}(?:\s*{_ANOS})?(?!\w){_NO_YEARS}",
        rf"\bde\s+{_N_YEARS}\s*{_ANOS}(?!\w){_NO_EVOLUTION}",
        rf"(?:年龄|年纪)?\s*[:：]?\s*{_N_YEARS}\s*(?:周岁|岁)",
        # "6个月大", "6个月的宝宝", "宝宝6个月"; "6个月" alone may be how long
        rf"{_N_MONTHS}\s*个?月(?:大|龄)",
        rf"{_N_MONTHS}\s*个月的?(?={_WA})",
        rf"(?:(?<=宝宝)|(?<=婴儿)|(?<=孩子)|(?<=女儿)|(?<=儿子)|(?<=患儿)|(?<=月龄)|(?<=年龄))[,，是才刚只有\s]*"
        rf"{_N_MONTHS}\s*个月(?!前|后|以来)",
    )
)
# "Female, 40", "40 female"; "7 años" alone may be how long somebody has been ill.
_SEX = r"(?:female|male|woman|man|girl|boy|mujer|hombre|niña|niño|女性?|男性?)"
_AGE_BY_SEX = re.compile(
    rf"(?<!\w){_SEX}\s*,?\s*{_N_YEARS}(?!\w)(?!\s*%){_NO_YEARS}"
    rf"|\b{_N_YEARS.replace('<n>', '<m>')}\s*,?\s*(?={_SEX}(?!\w))",
    _FLAGS,
)
_MAYBE_AGE = (
    re.compile(rf"\b{_N_YEARS}\s*{_ANOS}(?!\w)(?!\s+(?:de\s+)?(?:evoluci|diagn|enferm))", _FLAGS),
    re.compile(rf"(?<!第)(?<!\d){_N_MONTHS}\s*个月(?!\s*(?:前|后|以来|以上|以内|之内|内|的?(?:病史|治疗|疗程|随访)))"),
)
_NO_AGE_BEFORE_ANOS = re.compile(
    r"(?:llevo|lleva|por|hace|con|últimos|ultimos|tras|unos|病了?|了|已|有|疗|诊|近|每|孕|妊娠)\s*$", _FLAGS
)
# What people write in forums: "34F", "(M, 52)" is left alone.
_AGE_AND_SEX = re.compile(r"(?<![\w./-])(?P<n>\d{2})\s?(?P<sex>[FM])(?![\w])")
_NO_AGE_BEFORE = re.compile(
    r"(?:over|above|below|under|than|least|most|until|since|from|to|age of diagnosis|hace|desde|durante|más|mas|menos"
    r"|(?:diagnos\w+|onset|began|begun|started|starting|appeared|symptoms?|diagn[oó]stic\w*|inicio|debut\w*|empez\w+|comenz\w+)"
    r"(?:\s+\w+){0,2}\s+(?:at|when|a|con|cuando)(?:\s+(?:i|she|he|the|los|las|an?|was|my|ten[ií]a))*"
    r"|tratamiento|embarazada|embarazo|ensayo|estudio|evolución|seguimiento|duración"
    r"|mayor(?:es)?|menor(?:es)?|超过|以上|大于|小于|不到|-|–)\s*(?:(?:the\s+age\s+of|aged?|de)\s+)?$",
    _FLAGS,
)
_NO_AGE_AFTER = re.compile(
    r"^\s*(?:时|就|才|开始|左右|那年)*\s*(?:发病|起病|确诊|诊断|得病|患病|得的|查出|发现)|^\s*(?:when|at)\s+(?:\w+\s+){0,3}(?:diagnos|onset)"
    r"|^\s*(?:de\s+edad\s+)?(?:al|cuando|en\s+el)\s+(?:\w+\s+){0,3}(?:diagn|inicio)"
    r"|^\s*(?:以上|以下|至|到|[-–]\s*\d|to\s+\d|(?:and|or)\s+(?:over|older|up|under|younger|above|below)|\+|plus\b)",
    _FLAGS,
)

# Limits. What is in `_OLD` makes sure that years are an age; without it "over 5 years" may be how long.
_OLD = r"(?P<old>[\s-]*(?:olds?|of\s+age)(?!\w)|\s*de\s+edad(?!\w))"
_UNITS = rf"(?P<unit>\s*(?:{_YEARS}|{_ANOS}|yo)(?!\w))"
_NO_COUNT = (
    r"(?!\w|[.,:/]\d|\s*(?:%|kg|lbs?\b|mgs?\b|mm\b|cm\b|miles?|km|people|patients|participants|months?|weeks?|days?|hours?"
    r"|minutes?|times|years?|yrs?|a[ñn]os|meses|semanas|d[ií]as|horas|veces|pacientes|personas|studies|trials|countries|sites|pounds|bmi|ago))"
)
_OF = r"(?:the\s+age\s+of\s+|ages?\s+(?:of\s+)?|aged\s+|los\s+)?"
_OVER = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"\b(?:aged?\s+|who\s+are\s+)?(?:over|above|(?P<sure>older\s+than)|at\s+least|more\s+than|past)\s+{_OF}{_N_YEARS}(?:s\b)?"
        rf"{_UNITS}?{_OLD}?{_NO_COUNT}",
        rf"\b(?:aged?\s+)?{_N_YEARS}{_UNITS}?{_OLD}?\s*(?P<sure>(?:and|or)\s+(?:over|older|up|above))(?!\w)",
        r"(?<![\w-])(?:aged?\s+)?(?P<n>[2-9]\d)(?:\s?\+|\s+plus)(?![\w+])" + _NO_COUNT,
        rf"\b(?:(?P<sure>mayor(?:es)?)\s+(?:de|que|a)|m[aá]s\s+de|(?:al|por\s+lo)\s+menos)\s+{_OF}{_N_YEARS}{_UNITS}?{_OLD}?{_NO_COUNT}",
        rf"\b{_N_YEARS}{_UNITS}{_OLD}?\s+(?P<sure>(?:o|y|en)\s+(?:más|mas|mayor(?:es)?|adelante))(?!\w)",
        rf"\b(?P<sure>a\s+partir\s+de)\s+{_OF}{_N_YEARS}{_UNITS}{_OLD}?",
        rf"{_N_YEARS}\s*(?P<sure>(?:周岁|岁)\s*(?:及|或|含)?\s*(?:以上|及以上))",
        rf"(?P<sure>超过|大于|至少|年过|过了|高于)\s*{_N_YEARS}\s*(?:周岁|岁)",
    )
)
_UNDER = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"\b(?:aged?\s+|who\s+are\s+)?(?:under|below|(?P<sure>younger\s+than))\s+{_OF}{_N_YEARS}(?:s\b)?"
        rf"{_UNITS}?{_OLD}?{_NO_COUNT}",
        rf"\b(?:aged?\s+)?{_N_YEARS}{_UNITS}?{_OLD}?\s*(?P<sure>(?:and|or)\s+(?:under|younger|below))(?!\w)",
        rf"\b(?P<sure>menor(?:es)?)\s+(?:de|que|a)\s+{_OF}{_N_YEARS}{_UNITS}?{_OLD}?{_NO_COUNT}",
        rf"{_N_YEARS}\s*(?P<sure>(?:周岁|岁)\s*(?:及|或|含)?\s*(?:以下|及以下))",
        rf"(?P<sure>不到|未满|不满|小于|低于)\s*{_N_YEARS}\s*(?:周岁|岁)",
    )
)
_LEAST_BARE = 12  # years; "over 6" may count anything
_PEOPLE = re.compile(
    r"(?<!\w)(?:people|persons?|patients?|wom[ae]n|m[ae]n|females?|males?|adults?|child(?:ren)?|kids|teens|those|anyone|everyone"
    r"|for|am|i['’]?m|is|are|who|and|stud(?:y|ies)|trials?|personas|pacientes|mujer(?:es)?|hombres?|adult[oa]s?|niñ[oa]s|para"
    r"|soy|tengo|y|estudios?|ensayos?)$",
    _FLAGS,
)
_FOR_LONG = re.compile(r"(?:for|since|by|last|hace|desde|durante|por|llev\w+|the)\s*$", _FLAGS)


def _is_limit(match: re.Match[str], text: str) -> bool:
    """Whether the number is an age, and not how long, how many or how high."""
    number, before = int(match["n"]), text[: match.start()]
    if not 0 < number <= OLDEST_AGE_YEARS or _FOR_LONG.search(before):
        return False
    groups = match.groupdict()
    if groups.get("sure") or groups.get("old"):
        return True
    if groups.get("unit"):
        return number >= _SURELY_NO_DURATION
    return number >= _LEAST_BARE and _tells_who(before)


def _tells_who(before: str) -> bool:
    """Whether what stands before a bare number is no thing that is measured: "lupus over 65", not "eGFR over 65"."""
    before = before.rstrip(" ,;:，、")
    if not before or _PEOPLE.search(before) or drugs.find_all(before.rpartition(" ")[2]):
        return True
    return any(found.end == len(before) for found in conditions.find_in_text(before))


def limits_in(text: str) -> Iterator[Found]:
    """Limits of age: "over 65", "menores de 12 años". Of those that tell no age that can be asked for, the words."""
    for pattern in _OVER:
        for match in filter(lambda match: _is_limit(match, text), pattern.finditer(text)):
            older = int(match["n"]) > ADULT_FROM_YEARS
            found = (Kind.OVER_AGE, (match["n"],)) if older else (Kind.SET_ASIDE, (Kind.AGE.value,))
            yield found[0], match.start(), match.end(), found[1], True
    for pattern in _UNDER:
        for match in filter(lambda match: _is_limit(match, text), pattern.finditer(text)):
            child = int(match["n"]) <= CHILDREN_UP_TO_YEARS
            found = (Kind.CHILDREN, ("CHILDREN",)) if child else (Kind.SET_ASIDE, (Kind.AGE.value,))
            yield found[0], match.start(), match.end(), found[1], True


def _age(match: re.Match[str], text: str) -> str | None:
    """The age in years that a match tells, or None where it is a limit or out of range."""
    name = next(name for name, number in match.groupdict().items() if number)
    years = int(match[name]) / _PER_YEAR[name]
    if not 0 < years <= OLDEST_AGE_YEARS:
        return None
    if _NO_AGE_BEFORE.search(text[: match.start()]) or _NO_AGE_AFTER.match(text[match.end() :]):
        return None
    return f"{round(years, 2):g}"


def ages_in(text: str) -> Iterator[Found]:
    """Ages of a person. How long somebody has been ill is none; of two that differ, neither is certain."""
    told = [
        (match.start(), match.end(), age)
        for pattern in _AGES
        for match in pattern.finditer(text)
        if (age := _age(match, text)) is not None
    ]
    sure = len({age for _start, _end, age in told}) < 2
    for start, end, age in told:
        yield Kind.AGE, start, end, (age,), sure
    for match in _AGE_BY_SEX.finditer(text):
        name = "n" if match["n"] else "m"
        if int(match[name]) <= OLDEST_AGE_YEARS:
            yield Kind.AGE, match.start(name), match.end(name), (f"{int(match[name])}",), True
    for pattern in _MAYBE_AGE:
        for match in pattern.finditer(text):
            if (age := _age(match, text)) and not _NO_AGE_BEFORE_ANOS.search(text[: match.start()]):
                yield Kind.AGE, match.start(), match.end(), (age,), False
    for match in _AGE_AND_SEX.finditer(text):
        yield Kind.AGE, match.start("n"), match.end("n"), (match["n"],), True
        yield Kind.SEX, match.start("sex"), match.end(), ("FEMALE" if match["sex"] == "F" else "MALE",), True
