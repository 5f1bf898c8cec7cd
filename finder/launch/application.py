"""What each granian worker of `up` loads: the site, and a watch on the server process."""

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

from finder.launch.processes import end_with


def load() -> Callable[..., Any]:
    """The whole site, pages included: what is broken shows now, and the first visitor need not wait."""
    from django.urls import get_resolver

    from finder.wsgi import application

    assert get_resolver().url_patterns  # noqa: S101  reading them loads every page
    return application


def load_or_end(server: int) -> Callable[..., Any]:
    """As `load`. A site that cannot be loaded ends the server, which would start the worker again and again."""
    end_with(server)
    from django.core.exceptions import ImproperlyConfigured

    try:
        return load()
    except Exception as error:
        if isinstance(error, ImproperlyConfigured):
            print(f"\n{error}", file=sys.stderr, flush=True)
        else:
            traceback.print_exc()
        os.kill(server, signal.SIGKILL)
        os._exit(1)


parent = multiprocessing.parent_process()
application = load_or_end(parent.pid) if parent and parent.pid else load()
