import pytest

from trials.models import Condition, Partner

CLINIC = "https://clinic.example.org"


@pytest.fixture
def partner(db):
    made = Partner.objects.create(
        name="Example Clinic",
        allowed_origins=f"{CLINIC}\nhttps://*.hospital.example",
        accent="#ffcc00",
        own_sites="Leeds Teaching Hospitals",
        letterhead="Example Clinic\nTel. 0000 000",
    )
    return made


@pytest.fixture
def lupus_partner(partner):
    partner.conditions.set(Condition.objects.filter(pk__in=["sle", "systemic-sclerosis"]))
    return partner
