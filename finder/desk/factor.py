"""The second factor of an account: an app that shows a new code each half minute, and recovery codes on paper."""

import re
from collections.abc import Sequence

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.models import Session
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
LONGEST_CODE = 20  # letters of a typed code: a recovery code has 8, some with blanks between
_FROM_APP = re.compile(r"[0-9]{6}")
_RECOVERY = re.compile(r"[a-z2-7]{8}")


def has_second_factor(user: AbstractBaseUser) -> bool:
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def set_up(user: AbstractBaseUser) -> None:
    """Make a new secret for the app. It counts for nothing until a code confirms it; an unconfirmed one before goes."""
    TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).delete()
    TOTPDevice.objects.create(user_id=user.pk, name="app", confirmed=False)


def unconfirmed(user: AbstractBaseUser) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).first()


@transaction.atomic
def confirm(user: AbstractBaseUser, code: str) -> TOTPDevice | None:
    """The app that the code confirms, from now on asked for at every login; None where the code is not right."""
    device = TOTPDevice.objects.select_for_update().filter(user_id=user.pk, confirmed=False).first()
    typed = _plain(code)
    if device is None or has_second_factor(user) or not _FROM_APP.fullmatch(typed) or not device.verify_token(typed):
        return None
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return device


@transaction.atomic
def proven_by(user: AbstractBaseUser, code: str) -> TOTPDevice | StaticDevice | None:
    """What the code proves to be in somebody's hand; None where it is wrong, used, or too soon after a wrong one.

    A recovery code is gone after that, and a code of the app is never taken twice.
    """
    typed = _plain(code)
    if not has_second_factor(user):
        return None
    if _FROM_APP.fullmatch(typed):
        devices: Sequence[TOTPDevice | StaticDevice] = _held(TOTPDevice, user)
    elif _RECOVERY.fullmatch(typed):
        devices = _held(StaticDevice, user)
    else:
        return None
    return next((device for device in devices if device.verify_token(typed)), None)


@transaction.atomic
def new_recovery_codes(user: AbstractBaseUser) -> list[str]:
    """Ten codes, each good for one login; former ones are good for nothing any more."""
    device, _made = StaticDevice.objects.get_or_create(user_id=user.pk, defaults={"name": "recovery"})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _turn in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def recovery_codes_left(user: AbstractBaseUser) -> int:
    return StaticToken.objects.filter(device__user_id=user.pk).count()


@transaction.atomic
def remove(user: AbstractBaseUser) -> bool:
    """Let the account do with its password alone; False where it did already."""
    had = has_second_factor(user)
    TOTPDevice.objects.filter(user_id=user.pk).delete()
    StaticDevice.objects.filter(user_id=user.pk).delete()
    return had


def end_sessions(user: AbstractBaseUser, *, but: str | None = None) -> None:
    """Sign the account out everywhere, save in the session with the key `but`: they began with less proof."""
    for session in Session.objects.exclude(session_key=but or "").iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def _held(model: type[TOTPDevice] | type[StaticDevice], user: AbstractBaseUser) -> list[TOTPDevice | StaticDevice]:
    return list(model.objects.select_for_update().filter(user_id=user.pk, confirmed=True))


def _plain(code: str) -> str:
    return re.sub(r"\s", "", code[:LONGEST_CODE]).lower()
