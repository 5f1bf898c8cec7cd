#!/usr/bin/env python3
"""The one way in: `up`, `test`, and every Django command. Needs nothing but Python 3.11 with venv."""

import os
import sys


def main() -> None:
    if os.name != "posix":
        sys.exit("This project runs on Linux and macOS. On Windows, use WSL.")
    if sys.version_info < (3, 11):  # noqa: UP036  said here, for an older Python cannot read the rest
        sys.exit("Python 3.11 or newer is needed. Try `python3.11 manage.py …`.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finder.settings")

    from finder.launch import run  # only now: an older Python could not even read it

    sys.exit(run(sys.argv))


if __name__ == "__main__":
    main()
