"""What editors write: text beside a study, and their word on hidden contacts. A sync never touches either."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from trials import vocab as v
from trials.ingest.index import index_trials
from trials.ingest.turns import writers_turn
from trials.models import Contact, ContactDecision, FieldNote, Trial, TrialEditorial

RULE = "editor"  # names the editor in the ledger, and in `Contact.hidden` as the one who keeps it hidden


@dataclass(frozen=True, slots=True)
class EditorialText:
    """The editor's fields of a study, as they shall be."""

    plain_title: str = ""
    public_note: str = ""
    hidden: bool = False
    hidden_reason: str = ""


@transaction.atomic
def save_editorial(trial: Trial, text: EditorialText, *, editor: AbstractBaseUser) -> TrialEditorial:
    """Store the editor's fields, and a line in the ledger for each that changed; the registry's text stays as it is.

    Raises ValidationError when a study is hidden without a reason.
    """
    writers_turn()  # an import that has the trial in hand would write its search row over this one
    stored, _ = TrialEditorial.objects.select_for_update().get_or_create(trial=trial)
    wanted = {name: getattr(text, name) for name in EditorialText.__dataclass_fields__}
    changed = [name for name, value in wanted.items() if getattr(stored, name) != value]
    if not changed:
        return stored
    for name in changed:
        setattr(stored, name, wanted[name])
    stored.edited_by_id = editor.pk
    stored.full_clean()
    stored.save()
    now = timezone.now()
    FieldNote.objects.bulk_create(
        FieldNote(
            trial=trial,
            origin=v.Origin.EDITED,
            path=f"editorial.{name}",
            rule=RULE,
            written=trial.brief_title if name == "plain_title" else "",
            shown=str(wanted[name]),
            editor_id=editor.pk,
            edited_at=now,
        )
        for name in changed
    )
    index_trials([trial.pk])
    return stored


@transaction.atomic
def decide_contact(contact: Contact, *, show: bool, editor: AbstractBaseUser) -> None:
    """Show or hide a contact from now on, in this record and in every later one that has it."""
    writers_turn()  # an import that has the trial in hand would not know of the decision
    ContactDecision.objects.update_or_create(
        trial_id=contact.trial_id,
        fingerprint=contact.fingerprint,
        defaults={"show": show, "decided_by_id": editor.pk},
    )
    same = [
        other.pk
        for other in Contact.objects.filter(trial_id=contact.trial_id, kind=contact.kind)
        if other.fingerprint == contact.fingerprint
    ]
    Contact.objects.filter(pk__in=same).update(hidden="" if show else RULE)
    index_trials([contact.trial_id])
