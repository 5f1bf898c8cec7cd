"""How often somebody may fail to sign in. Counted in the memory of this process under hashes; nothing is stored."""

from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from finder.limits import client_of, is_one_visitor

_TRIES_OF_ADDRESS = 4  # times those of an account: several editors share the address of a clinic
_LOCK = Lock()  # between looking at the tries and adding one, so that many at once are not all the first


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt. It counts as failed from its beginning until it is forgiven."""

    keys: tuple[str, ...]
    moment: float

    def forgive(self) -> None:
        """Take the attempt out of the count: it was right."""
        cache = caches[settings.RATELIMIT_USE_CACHE]
        with _LOCK:
            for key in self.keys:
                left = [moment for moment in cache.get(key, []) if moment != self.moment]
                cache.set(key, left, _window_seconds())


@dataclass(frozen=True, slots=True)
class Wait:
    """Nobody may try under this name, or from this address, for so many seconds."""

    seconds: int

    @property
    def minutes(self) -> int:
        return -(-self.seconds // 60)


def begin_try(request: HttpRequest, account: str) -> Try | Wait:
    """Count an attempt to get into the account, or say how long to wait. Accounts that do not exist count, too.

    Addresses count where they are a visitor's own: behind a proxy that tells none, anybody could lock everybody out.
    """
    cache, now, window = caches[settings.RATELIMIT_USE_CACHE], monotonic(), _window_seconds()
    limits = {_key("account", account.strip().casefold()): settings.LOGIN_TRIES}
    if is_one_visitor(request):
        limits[_key("address", client_of(request))] = settings.LOGIN_TRIES * _TRIES_OF_ADDRESS
    with _LOCK:
        tries = {key: [moment for moment in cache.get(key, []) if moment > now - window] for key in limits}
        waits = [tries[key][-most] + window - now for key, most in limits.items() if len(tries[key]) >= most]
        if waits:
            return Wait(max(1, ceil(max(waits))))
        for key, moments in tries.items():
            cache.set(key, [*moments, now], window)
    return Try(tuple(limits), now)


def _key(kind: str, told: str) -> str:
    return f"login-{kind}-{salted_hmac('finder.desk.tries', told).hexdigest()}"


def _window_seconds() -> int:
    return settings.LOGIN_WAIT_MINUTES * 60
