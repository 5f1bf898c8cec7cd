"""What is tested, in whom, why and against what."""

from collections.abc import Iterator, Sequence

from trials import vocab as v
from trials.drugs import kind_of
from trials.plain_language.eligibility.guard import LONGEST
from trials.plain_language.expressions import Expression, Said, Series, said
from trials.plain_language.readability import measure
from trials.plain_language.record import facts as f
from trials.plain_language.record.facts import Fact, StudyFacts
from trials.plain_language.tongue import mark as _
from trials.plain_language.tongue import tongue

_KINDS = {
    v.InterventionType.DRUG: _("a drug"),
    v.InterventionType.BIOLOGICAL: _("a drug or cells made from living things"),
    v.InterventionType.DEVICE: _("a device"),
    v.InterventionType.PROCEDURE: _("a procedure"),
    v.InterventionType.RADIATION: _("a treatment with rays"),
    v.InterventionType.BEHAVIORAL: _("a training or a change of habits"),
    v.InterventionType.GENETIC: _("a treatment with genes"),
    v.InterventionType.DIETARY_SUPPLEMENT: _("a food supplement"),
    v.InterventionType.COMBINATION_PRODUCT: _("a product of more than one part"),
    v.InterventionType.DIAGNOSTIC_TEST: _("a test"),
}
_IS_KIND = {
    v.InterventionType.DRUG: _("%(name)s is a drug."),
    v.InterventionType.BIOLOGICAL: _("%(name)s is a drug or cells made from living things."),
    v.InterventionType.DEVICE: _("%(name)s is a device."),
    v.InterventionType.PROCEDURE: _("%(name)s is a procedure."),
    v.InterventionType.DIETARY_SUPPLEMENT: _("%(name)s is a food supplement."),
    v.InterventionType.DIAGNOSTIC_TEST: _("%(name)s is a test."),
    v.InterventionType.GENETIC: _("%(name)s is a treatment with genes."),
    v.InterventionType.RADIATION: _("%(name)s is a treatment with rays."),
    v.InterventionType.COMBINATION_PRODUCT: _("%(name)s is a product of more than one part."),
}
_ROUTES = {
    "mouth": _("It is usually taken by mouth."),
    "vein": _("It is usually given into a vein."),
    "skin-injection": _("It is usually injected under the skin."),
    "muscle-injection": _("It is usually injected into a muscle."),
    "inhaled": _("It is usually breathed in."),
    "skin": _("It is usually put on the skin."),
    "eye": _("It is usually put into the eye."),
    "nose": _("It is usually put into the nose."),
}
_AIMS = {
    v.PrimaryPurpose.TREATMENT: _("The aim is to learn if it can treat the disease."),
    v.PrimaryPurpose.PREVENTION: _("The aim is to learn if it can prevent a disease or its harm."),
    v.PrimaryPurpose.DIAGNOSTIC: _("The aim is to find or measure disease."),
    v.PrimaryPurpose.SUPPORTIVE_CARE: _("The aim is to learn if it can ease symptoms or side effects."),
    v.PrimaryPurpose.SCREENING: _("The aim is to find people who have the disease, or may get it."),
    v.PrimaryPurpose.HEALTH_SERVICES_RESEARCH: _("The aim is to learn how care can be given."),
    v.PrimaryPurpose.BASIC_SCIENCE: _("The aim is to learn how the body works."),
    v.PrimaryPurpose.DEVICE_FEASIBILITY: _("The aim is to see if a device can work."),
    v.PrimaryPurpose.ECT: _("The aim is to learn if teaching or training helps."),
}
_WATCHED = {
    v.ObservationalModel.CASE_CONTROL: _("It compares people who have the disease with people who do not."),
    v.ObservationalModel.COHORT: _("It follows a group of people."),
    v.ObservationalModel.CASE_ONLY: _("It looks at people who have the disease."),
    v.ObservationalModel.FAMILY_BASED: _("It looks at families."),
    v.ObservationalModel.NATURAL_HISTORY: _("It follows the course of the disease."),
}


def headline(study: StudyFacts) -> Fact | None:
    """One sentence that says what the study is; None where the record is too bare for it.

    Where it would be too long it names kinds in place of names, then one disease in place of all.
    """
    diseases = study.diseases()
    if diseases is None:
        return None
    tried = ((_names(study), diseases), (_kinds(study), diseases), (_kinds(study), diseases[:1]))
    for names, named in tried:
        fact = _headline(study, names, _either(named))
        if fact is None or measure([said(fact.sentence, tongue("en"))]).longest <= LONGEST:
            return fact
    return None


def _either(diseases: Sequence[Expression]) -> Expression | None:
    if not diseases:
        return None
    return diseases[0] if len(diseases) == 1 else Series(tuple(diseases), either=True)


def _headline(study: StudyFacts, names: Expression | None, disease: Expression | None) -> Fact | None:
    sources: tuple[str, ...] = (f.TITLE, f.CONDITIONS)
    kind = study.record.design.study_type
    if kind is v.StudyType.EXPANDED_ACCESS and names:
        sources = (f.TITLE, f.INTERVENTIONS, f.DESIGN)
        return Fact(Said(_("Access to %(tested)s outside a study."), {"tested": names}), sources)
    if study.is_interventional and names:
        sources = (*sources, f.INTERVENTIONS)
        if disease is None:
            return Fact(Said(_("A study of %(tested)s."), {"tested": names}), sources)
        values = {"tested": names, "disease": disease}
        return Fact(Said(_("A study of %(tested)s in people with %(disease)s."), values), sources)
    if disease is None:
        return None
    if kind is v.StudyType.OBSERVATIONAL:
        message = _("A study that observes people with %(disease)s.")
        return Fact(Said(message, {"disease": disease}), (*sources, f.DESIGN))
    return Fact(Said(_("A study for people with %(disease)s."), {"disease": disease}), sources)


def _names(study: StudyFacts) -> Expression | None:
    """What is tested, by name, or by kind where there is no short name; once each."""
    if not study.tested:
        return None
    if found := study.tested_names():
        return found[0] if len(found) == 1 else Series(tuple(found), either=False)
    return _kinds(study)


def _kinds(study: StudyFacts) -> Expression | None:
    """What is tested, by kind."""
    kinds = {study.record.interventions[place].type for place in study.tested}
    only = kinds.pop() if len(kinds) == 1 else None
    if only in _KINDS and len(study.tested) == 1:
        return Said(_KINDS[only])
    return Said(_("several treatments")) if len(study.tested) > 1 else None


def what_sentences(study: StudyFacts) -> Iterator[Fact]:
    design = study.record.design
    if design.study_type is v.StudyType.OBSERVATIONAL:
        yield Fact(Said(_("This study observes people. It tests no treatment.")), (f.DESIGN,))
        if design.observational_model in _WATCHED:
            yield Fact(Said(_WATCHED[design.observational_model]), (f.DESIGN_INFO,))
        return
    yield from _things(study)
    if not study.is_interventional:
        return
    if design.primary_purpose in _AIMS and study.tested:
        yield Fact(Said(_AIMS[design.primary_purpose]), (f.DESIGN_INFO,))
    if study.tested and v.Phase.PHASE4 not in design.phases:  # there it is approved, for this use or another
        investigational = _("It is investigational: the study asks what good or harm it does.")
        several = _("They are investigational: the study asks what good or harm they do.")
        sources = tuple(map(f.intervention_path, study.tested))
        yield Fact(Said(investigational if len(study.tested_names() or study.tested) == 1 else several), sources)
    yield from _against(study)


def _things(study: StudyFacts) -> Iterator[Fact]:
    """What each tested thing is; no more than the first few, for a reader."""
    told: list[Expression] = []
    for place in study.tested[:3]:
        name, drug = study.name(place), study.drug(place)
        source = (f.intervention_path(place),)
        if name is None or name in told:
            continue
        told.append(name)
        if drug is not None:
            kind = kind_of(drug.kind)
            if drug.generic:
                yield Fact(Said(kind.definition), source)
            else:
                yield Fact(Said(_("%(name)s is %(kind)s."), {"name": name, "kind": Said(kind.name)}), source)
            if drug.does:
                yield Fact(Said(_("It %(effect)s."), {"effect": Said(drug.does)}), source)
            if len(drug.routes) == 1 and drug.routes[0] in _ROUTES:
                yield Fact(Said(_ROUTES[drug.routes[0]]), source)
        elif (kind_message := _IS_KIND.get(study.record.interventions[place].type)) is not None:  # type: ignore[arg-type]
            yield Fact(Said(kind_message, {"name": name}), source)


def _against(study: StudyFacts) -> Iterator[Fact]:
    """What it is compared with."""
    arms = study.record.arms
    kinds = {arm.type for arm in arms}
    if study.placebo_arms or v.ArmType.PLACEBO_COMPARATOR in kinds:
        yield Fact(
            Said(_("It is compared with a placebo. A placebo looks the same but has no active drug in it.")), (f.ARMS,)
        )
    elif study.has_placebo:
        yield Fact(
            Said(_("A placebo is also used. A placebo looks the same but has no active drug in it.")),
            (f.INTERVENTIONS,),
        )
    if v.ArmType.SHAM_COMPARATOR in kinds:
        yield Fact(
            Said(_("It is compared with a sham. A sham looks the same, but is not the full treatment.")), (f.ARMS,)
        )
    if v.ArmType.ACTIVE_COMPARATOR in kinds and (v.ArmType.EXPERIMENTAL in kinds):
        yield Fact(Said(_("It is compared with another active treatment.")), (f.ARMS,))
    if v.ArmType.NO_INTERVENTION in kinds:
        yield Fact(Said(_("One group gets no study treatment.")), (f.ARMS,))
