"""The sentences that a criterion can become, by name: as it is now, within a look-back, and of a time gone by."""

import re
from dataclasses import dataclass

from trials.plain_language.eligibility.things import thing
from trials.plain_language.eligibility.times import look_back
from trials.plain_language.expressions import Expression, Said
from trials.plain_language.tongue import mark as _

# "Patients on steroids must take calcium": two things are said, and a slot holds one.
_DEMANDS = re.compile(
    r"^(?:(?!\b(?:that|which|who|if)\b).)*\b(?:must|should|shall|are required|is required)\b", re.IGNORECASE
)
# A second statement in the words of a thing: "vaccination against hepatitis B are considered negative".
_SECOND_VERB = re.compile(
    r"^(?:(?!\b(?:that|which|whichever|who|whose|where|if|when|unless|because|than|as|until)\b|\().)*"
    r"(?<!\band )(?<!\bor )(?<!, )\b(?:is|are|was|were|will|can|may|has been|have been)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\bwithin\s+(?:the\s+)?(?:(?:last|past|previous)\s+)?\S+\s+(?:days?|weeks?|months?|years?|half)\b"
    r"(?!\s+(?:following|after|(?:of|from)\s+(?:\w+\s+){0,3}(?:diagnosis|onset|symptoms?))\b)|"
    r"\b(?:in|during|over)\s+the\s+(?:last|past|previous|preceding)\b|"
    r"\b(?:prior to|before)\s+(?:the\s+)?(?:\w+\s+){0,3}"
    r"(?:screening|baseline|enrol?lment|study|randomi[sz]ation|entry|day 1|inclusion)|\bago\b|"
    r"\b(?:any|received) (?:prior|previous|earlier|past)\b|\bat any time\b",
    re.IGNORECASE,
)

# Words on the diagnosis, which do not hold for the disease: who made it, and when.
_DIAGNOSING = re.compile(
    rf"{_PAST.pattern}|\b(?:at|before) (?:the )?age\b|"
    r"\bby\s+(?:an?\s+|the\s+)?(?:\S+\s+){0,2}(?:\w+ists?|physicians?|doctors?|clinicians?|investigators?|biopsy|"
    r"exam(?:ination)?)\b",
    re.IGNORECASE,
)


def says_more(words: str) -> bool:
    """Whether the words of a slot make a statement of their own."""
    return _SECOND_VERB.search(words) is not None


@dataclass(frozen=True, slots=True)
class Form:
    """Messages about a thing: `now`; `in_time`, with its look-back; `past`, where the words hold a time gone by."""

    now: str
    in_time: str = ""
    past: str = ""
    gone_by: re.Pattern[str] = _PAST

    def of(self, slot: str) -> Expression | None:
        """The sentence about the words of the registry; None where they say more than one thing."""
        words = slot.strip(" ,")
        if not words or _DEMANDS.search(words) or says_more(words):
            return None
        back = look_back(words) if self.in_time else None
        if back is not None and back.rest:
            return Said(self.in_time, {"thing": thing(back.rest), "when": back.when})
        message = self.past if self.past and self.gone_by.search(words) else self.now
        return Said(message, {"thing": thing(words)})

    def of_today(self, slot: str) -> Expression | None:
        """The sentence on what is so now; None where the words hold a time gone by as well."""
        return None if look_back(slot.strip(" ,")) or _PAST.search(slot) else self.of(slot)


FORMS = {
    "have": Form(_("You have %(thing)s."), _("You have had %(thing)s %(when)s."), _("You have had %(thing)s.")),
    "have_not": Form(_("You do not have %(thing)s."), _("You have not had %(thing)s %(when)s.")),
    "had": Form(_("You have had %(thing)s."), _("You have had %(thing)s %(when)s.")),
    "had_not": Form(_("You have not had %(thing)s."), _("You have not had %(thing)s %(when)s.")),
    "have_or_had": Form(_("You have or have had %(thing)s."), _("You have or have had %(thing)s %(when)s.")),
    "diagnosed": Form(
        _("You have %(thing)s."),
        _("You were diagnosed with %(thing)s %(when)s."),
        _("You were diagnosed with %(thing)s."),
        gone_by=_DIAGNOSING,
    ),
    "treated": Form(
        _("You are treated with %(thing)s."),
        _("You have been treated with %(thing)s %(when)s."),
        _("You have been treated with %(thing)s."),
    ),
    "not_treated": Form(
        _("You are not treated with %(thing)s."), _("You have not been treated with %(thing)s %(when)s.")
    ),
    "been_treated": Form(
        _("You have been treated with %(thing)s."), _("You have been treated with %(thing)s %(when)s.")
    ),
    "never_treated": Form(
        _("You have not been treated with %(thing)s."), _("You have not been treated with %(thing)s %(when)s.")
    ),
    "use": Form(_("You use %(thing)s."), _("You have used %(thing)s %(when)s."), _("You have used %(thing)s.")),
    "used": Form(_("You have used %(thing)s."), _("You have used %(thing)s %(when)s.")),
    "not_use": Form(_("You do not use %(thing)s."), _("You have not used %(thing)s %(when)s.")),
    "take": Form(_("You take %(thing)s now."), _("You have taken %(thing)s %(when)s."), _("You have taken %(thing)s.")),
    "received": Form(_("You have received %(thing)s."), _("You have received %(thing)s %(when)s.")),
    "not_received": Form(_("You have not received %(thing)s."), _("You have not received %(thing)s %(when)s.")),
    "allergic": Form(_("You are allergic to %(thing)s.")),
    "been_allergic": Form(_("You have had an allergy to %(thing)s.")),
    # What is to come is in no look-back: "surgery within 3 months" is that of the months ahead.
    "need": Form(_("You need %(thing)s.")),
    "plan": Form(_("You plan to have %(thing)s.")),
    "signs": Form(_("You have signs of %(thing)s."), _("You have had signs of %(thing)s %(when)s.")),
    "no_signs": Form(_("You have no signs of %(thing)s."), _("You have had no signs of %(thing)s %(when)s.")),
    "evidence": Form(
        _("There is evidence that you have %(thing)s."), _("There has been evidence of %(thing)s %(when)s.")
    ),
    "no_evidence": Form(
        _("There is no evidence that you have %(thing)s."), _("There has been no evidence of %(thing)s %(when)s.")
    ),
    "positive": Form(
        _("You have a positive test for %(thing)s."), _("You have had a positive test for %(thing)s %(when)s.")
    ),
    "negative": Form(
        _("You have a negative test for %(thing)s."), _("You have had a negative test for %(thing)s %(when)s.")
    ),
    "applies": Form(_("This applies to you: %(thing)s.")),
    "history_in_family": Form(_("Someone in your family has or had %(thing)s.")),
    "not_allergic": Form(_("You are not allergic to %(thing)s.")),
    "had_contact": Form(_("You have had contact with %(thing)s."), _("You have had contact with %(thing)s %(when)s.")),
    "not_helped": Form(_("%(thing)s has not helped you enough.")),
    "adult_with": Form(_("You are an adult and have %(thing)s.")),
}
OF_TODAY = frozenset(FORMS[name].now for name in ("have", "use", "take", "treated"))
HAVE, HAD, APPLIES = FORMS["have"], FORMS["had"], FORMS["applies"]
