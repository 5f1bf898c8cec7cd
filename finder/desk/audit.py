"""The audit log: which models it watches, and what else of the desk it keeps. No addresses, no secrets."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import pre_delete
from django.dispatch import Signal

from finder.desk.events import Event
from trials import models as m
from trials.ingest.summaries import Kept, kept_of, summary_stored

# What editors write: for each model the fields that are left out, and its relations to many rows. Left out are
# keys, pictures, what only says when (an entry says that itself), and what the import notes on an editor's work.
WATCHED: dict[type[Model], tuple[set[str], set[str]]] = {
    User: ({"last_login", "date_joined"}, {"groups", "user_permissions"}),
    Group: (set(), {"permissions"}),
    m.Partner: ({"logo", "changed_at"}, {"conditions"}),
    m.TrialEditorial: ({"edited_at"}, set()),
    m.ContactDecision: ({"decided_at"}, set()),
    m.ConditionTerm: (set(), {"conditions"}),
    m.CriteriaCorrection: ({"outdated"}, set()),
    m.PlainSummary: ({"unreviewed", "writer_version"}, set()),
    m.GoldenPatient: (set(), set()),
    m.GoldenVerdict: (set(), set()),
}
MASKED = {"password"}


def masked(_value: str) -> str:
    """What stands for a password: that it changed is to be seen, nothing of its hash."""
    return "***"


def watch() -> None:
    """Begin to keep what is done. Called once, when the apps are ready."""
    for model, (left_out, relations) in WATCHED.items():
        kept = [one.name for one in model._meta.concrete_fields if not one.primary_key and one.name not in left_out]
        auditlog.register(
            model,
            include_fields=kept,
            m2m_fields=relations,
            mask_fields=list(MASKED),
            mask_callable=f"{__name__}.{masked.__name__}",
        )
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_failed)
    pre_delete.connect(_account_goes, sender=User)
    summary_stored.connect(_sentences_written)


def record(user: AbstractBaseUser, event: Event, *, by: AbstractBaseUser | None = None) -> None:
    """Keep that something happened to an account. `by` is the actor where no request says who it is."""
    LogEntry.objects.log_create(
        user, force_log=True, action=LogEntry.Action.ACCESS, additional_data={"event": event}, actor=by
    )


def _signed_in(sender: object, *, user: AbstractBaseUser, **_more: Any) -> None:
    record(user, Event.SIGNED_IN, by=user)


def _signed_out(sender: object, *, user: AbstractBaseUser | None, **_more: Any) -> None:
    if user is not None:
        record(user, Event.SIGNED_OUT, by=user)


def _failed(sender: object, *, credentials: Mapping[str, Any], **_more: Any) -> None:
    """Only for an account that exists: what else was typed may be a password in the wrong field."""
    user = get_user_model().objects.filter(username=credentials.get("username")).first()
    if user is not None:
        record(user, Event.SIGN_IN_FAILED)


def _account_goes(sender: object, *, instance: User, **_more: Any) -> None:
    """What somebody did stays theirs when the account is deleted: of the name, only this is left."""
    LogEntry.objects.filter(actor=instance).update(actor_email=instance.get_username())


def _sentences_written(sender: Signal, *, summary: m.PlainSummary, before: m.PlainSummary | None, **_more: Any) -> None:
    """One entry for all sentences of a summary: they are written at once, and each alone would say little."""
    kept = kept_of(summary)
    old = _texts(kept_of(before) if before else [replace(one, text=one.written, left_out=False) for one in kept])
    new = _texts(kept)
    changes = {place: [old.get(place, ""), new.get(place, "")] for place in {**old, **new}}
    changed = {place: texts for place, texts in changes.items() if texts[0] != texts[1]}
    if changed:
        LogEntry.objects.log_create(summary, action=LogEntry.Action.UPDATE, changes=changed)


def _texts(sentences: list[Kept]) -> dict[str, str]:
    """What is shown, by section and place in it."""
    places: dict[str, int] = {}
    texts = {}
    for one in sentences:
        places[one.section] = places.get(one.section, 0) + 1
        texts[f"{one.section} {places[one.section]}"] = "" if one.left_out else one.text
    return texts
