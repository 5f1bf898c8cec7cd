"""Two transactions that meet: the second begins while the first has not ended yet."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from django.db import connection, transaction

LONG_ENOUGH_SECONDS = 0.4  # for the second to come to where it must wait, or goes on


def at_once(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """What each returns; `first` is committed while `second` is under way."""
    done, go_on = Event(), Event()

    def slowly() -> Any:
        try:
            with transaction.atomic():
                found = first()
                done.set()
                go_on.wait(10)
            return found
        finally:
            done.set()
            connection.close()

    def meanwhile() -> Any:
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(slowly)
        assert done.wait(10)
        other = threads.submit(meanwhile)
        time.sleep(LONG_ENOUGH_SECONDS)
        go_on.set()
        return one.result(10), other.result(10)
