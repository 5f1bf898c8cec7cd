"""What a ResearchStudy holds within itself: its sites, whom to ask, and who may join."""

from typing import Any

from finder.feeds.fhir.values import age_range
from finder.feeds.parts import shown_contacts
from trials import vocab as v
from trials.models import Contact, Site, Trial

GROUP = "eligibility"


def locations(trial: Trial) -> list[dict[str, Any]]:
    """One Location for each site, in the registry's order. FHIR has no place for a site's own status."""
    of_site: dict[int | None, list[Contact]] = {}
    for one in shown_contacts(trial):
        of_site.setdefault(one.site_id, []).append(one)
    return [_location(place, site, of_site.get(site.pk, [])) for place, site in enumerate(trial.sites.all(), start=1)]


def _location(place: int, site: Site, contacts: list[Contact]) -> dict[str, Any]:
    position = {"longitude": site.longitude, "latitude": site.latitude} if site.latitude is not None else {}
    return {
        "resourceType": "Location",
        "id": f"site-{place}",
        "name": site.facility,
        "contact": [contact_detail(one) for one in contacts],
        "address": {
            "city": site.city,
            "state": site.state,
            "postalCode": site.postal_code,
            "country": site.country_code or site.country_text,
        },
        "position": position,
    }


def place_name(site: Site) -> str:
    return ", ".join(part for part in (site.facility, site.city, site.country_code or site.country_text) if part)


def people(trial: Trial) -> list[tuple[Contact, dict[str, Any]]]:
    """Whom to ask about the study as a whole, and who answers for it, each with a PractitionerRole."""
    found = [one for one in shown_contacts(trial) if one.kind != v.ContactKind.SITE]
    return [
        (one, {"resourceType": "PractitionerRole", "id": f"contact-{place}", "contact": [contact_detail(one)]})
        for place, one in enumerate(found, start=1)
    ]


def contact_detail(contact: Contact) -> dict[str, Any]:
    telecom = [{"system": "phone", "value": contact.phone}, {"system": "email", "value": contact.email}]
    return {
        "name": [{"text": contact.name}],
        "telecom": [one for one in telecom if one["value"].strip()],
        "organization": {"display": contact.affiliation},
    }


def eligibility(trial: Trial) -> dict[str, Any]:
    """Who may join, as far as the record's own fields say: the text of the rules, age, sex, healthy volunteers.

    Empty where the registry says nothing of it.
    """
    ages = age_range(trial)
    facts = (
        ("minimumAge, maximumAge", {"valueRange": ages} if any(ages.values()) else {}),
        ("sex", {"valueCodeableConcept": {"text": trial.sex}} if trial.sex else {}),
        ("healthyVolunteers", {} if trial.healthy_volunteers is None else {"valueBoolean": trial.healthy_volunteers}),
    )
    stated = [{"code": {"text": name}, **value, "exclude": False} for name, value in facts if value]
    if not stated and not trial.eligibility_criteria.strip():
        return {}
    return {
        "resourceType": "Group",
        "id": GROUP,
        "type": "person",
        "membership": "definitional",
        "description": trial.eligibility_criteria,
        "characteristic": stated,
    }
