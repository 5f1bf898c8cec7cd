"""A study that an editor entered from a listing and released."""

from django.contrib.auth import get_user_model

from tests.studies import reindex
from trials import vocab as v
from trials.ingest.by_hand import Listing, store_by_hand
from trials.models import Trial, TrialEditorial

TEXT = "Inclusion Criteria:\n\n* Active lupus\n\nExclusion Criteria:\n\n* Pregnancy"


def released_by_hand() -> Trial:
    editor = get_user_model().objects.create_user("editor")
    listing = Listing("Lupus study in Bonn", TEXT, "https://example.org/listing", ("Lupus",), 18, 75, v.Sex.FEMALE)
    trial = store_by_hand(listing, editor=editor)
    TrialEditorial.objects.filter(trial=trial).update(hidden=False, hidden_reason="")
    reindex()
    return trial
