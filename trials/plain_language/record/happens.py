"""What happens in the study: groups, the chance of each, placebo, who knows, how long."""

import re
from collections.abc import Iterator

from trials import vocab as v
from trials.plain_language.expressions import Said, Sign
from trials.plain_language.numerals import WORDS, in_words
from trials.plain_language.record import facts as f
from trials.plain_language.record.facts import Fact, StudyFacts, Topic
from trials.plain_language.tongue import mark as _

_RATIO = re.compile(
    r"(?:ratio|randomi[sz]\w*|allocat\w*|assign\w*)[^.;\n]{0,60}?\b(?P<a>\d{1,2}(?:\s?:\s?\d{1,2})+)(?!\d)|"
    r"\b(?P<b>\d{1,2}(?:\s?:\s?\d{1,2})+)\s+(?:ratio|randomi[sz])",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"(?:at\s+)?(?P<unit>weeks?|months?|days?|years?)\s+(?P<number>\d{1,3})|(?:at\s+|up to\s+)?(?P<number2>\d{1,3})"
    r"\s*(?P<unit2>weeks?|months?|days?|years?)",
    re.IGNORECASE,
)
_SPANS = {
    "day": _("The main result is measured at day %(number)s."),
    "week": _("The main result is measured at week %(number)s."),
    "month": _("The main result is measured at month %(number)s."),
    "year": _("The main result is measured at year %(number)s."),
}
_LASTING = {
    "day": _("The main result is measured over %(number)s days or at that time."),
    "week": _("The main result is measured over %(number)s weeks or at that time."),
    "month": _("The main result is measured over %(number)s months or at that time."),
    "year": _("The main result is measured over %(number)s years or at that time."),
}
_MASKED = {
    v.WhoMasked.PARTICIPANT: _("You will not know which one you get."),
    v.WhoMasked.CARE_PROVIDER: _("Your care team will not know which one you get."),
    v.WhoMasked.INVESTIGATOR: _("The study doctor will not know which one you get."),
    v.WhoMasked.OUTCOMES_ASSESSOR: _("Those who measure the results will not know which one you get."),
}


def happens_sentences(study: StudyFacts) -> Iterator[Fact]:
    if study.record.design.study_type is v.StudyType.OBSERVATIONAL:
        return
    yield from _groups(study)
    yield from _chance(study)
    yield from _masking(study)
    yield from _time(study)


def _groups(study: StudyFacts) -> Iterator[Fact]:
    design, count = study.record.design, len(study.record.arms)
    if count == 1:
        yield Fact(Said(_("There is one group.")), (f.ARMS,))
    elif count > 1:
        yield Fact(Said(_("There are %(number)s groups."), {"number": in_words(count)}), (f.ARMS,))
    if design.intervention_model is v.InterventionModel.CROSSOVER:
        yield Fact(Said(_("Each person gets each treatment, one after the other.")), (f.DESIGN_INFO,))
    if count == 1:
        return
    if design.allocation is v.Allocation.RANDOMIZED:
        yield Fact(Said(_("Chance decides which group you are in. You cannot choose.")), (f.DESIGN_INFO,))
    elif design.allocation is v.Allocation.NON_RANDOMIZED:
        yield Fact(Said(_("The groups are not made by chance.")), (f.DESIGN_INFO,))


def _chance(study: StudyFacts) -> Iterator[Fact]:
    """The chance of a placebo, where groups are made by chance."""
    arms, design = study.record.arms, study.record.design
    if len(arms) < 2 or design.allocation is not v.Allocation.RANDOMIZED or not study.has_placebo:
        return
    if design.intervention_model is v.InterventionModel.CROSSOVER:
        yield Fact(Said(_("One of the treatments is a placebo.")), (f.ARMS, f.DESIGN_INFO))
        return
    placebos = len(study.placebo_arms)
    if not placebos:
        return
    if placebos == 1:
        yield Fact(Said(_("One of the groups gets a placebo.")), tuple(map(f.arm_path, study.placebo_arms)))
    else:
        yield Fact(
            Said(_("%(number)s of the groups get a placebo."), {"number": in_words(placebos)}),
            tuple(map(f.arm_path, study.placebo_arms)),
        )
    yield _odds(study, placebos)


def _odds(study: StudyFacts, placebos: int) -> Fact:
    count = len(study.record.arms)
    path, ratio = stated_ratio(study)
    if ratio is None:
        return Fact(
            Said(_("The registry does not say how many people go into each group. Ask how likely a placebo is.")),
            (f.ARMS, f.DESCRIPTION),
            Topic.GAP,
        )
    if len(ratio) == count and len(set(ratio)) == 1 and placebos == 1 and count in WORDS:
        message = _("All groups are of the same size (%(ratio)s). So the chance of a placebo is one in %(number)s.")
        return Fact(
            Said(message, {"ratio": Sign(":".join(map(str, ratio))), "number": in_words(count)}), (path, f.ARMS)
        )
    return Fact(
        Said(
            _("People go into the groups in the ratio %(ratio)s. Ask which part gets the placebo."),
            {"ratio": Sign(":".join(map(str, ratio)))},
        ),
        (path,),
    )


def stated_ratio(study: StudyFacts) -> tuple[str, tuple[int, ...] | None]:
    """The ratio of the groups that the record's texts state, and where; None where they state none, or several."""
    record = study.record
    texts = {
        f.OFFICIAL_TITLE: record.official_title,
        f"{f.DESCRIPTION}.briefSummary": record.brief_summary,
        f"{f.DESCRIPTION}.detailedDescription": record.detailed_description,
        **{f.arm_path(place): arm.description for place, arm in enumerate(record.arms)},
    }
    found: dict[tuple[int, ...], str] = {}
    for path, text in texts.items():
        for match in _RATIO.finditer(text or ""):
            parts = tuple(int(part) for part in re.split(r"\s?:\s?", match["a"] or match["b"]))
            if 0 not in parts and len(parts) <= max(len(record.arms), 2):
                found.setdefault(parts, path)
    if len(found) != 1:
        return "", None
    ((ratio, path),) = found.items()
    return path, ratio


def _masking(study: StudyFacts) -> Iterator[Fact]:
    design, sources = study.record.design, (f"{f.DESIGN_INFO}.maskingInfo",)
    if design.masking is v.Masking.NONE:
        yield Fact(Said(_("Everyone knows which treatment is given (open label).")), sources)
        return
    everybody = tuple(_MASKED) if design.masking is v.Masking.QUADRUPLE else ()  # it names no others
    for who in design.who_masked or everybody:
        if who in _MASKED:
            yield Fact(Said(_MASKED[who]), sources)
    if design.masking is not None and not design.who_masked and not everybody:
        yield Fact(Said(_("Some of the people in the study do not know who gets what.")), sources)


def _time(study: StudyFacts) -> Iterator[Fact]:
    """When the main result is measured: the nearest that the record says to how long it takes for one person."""
    main = [one for one in study.record.outcomes if one.type is v.OutcomeType.PRIMARY]
    if len(main) != 1 or not (found := _MEASURED.fullmatch(main[0].time_frame.strip(" ."))):
        return
    unit = (found["unit"] or found["unit2"]).lower().rstrip("s")
    messages, number = (_SPANS, found["number"]) if found["number"] else (_LASTING, found["number2"])
    yield Fact(Said(messages[unit], {"number": Sign(number)}), (f"{f.OUTCOMES}[0].timeFrame",))
