"""The settings as mypy's Django plugin loads them: it has no environment of its own."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql:///unused")
os.environ.setdefault("FINDER_ALLOWED_HOSTS", "localhost")
os.environ.setdefault("FINDER_SECRET_KEY", "for the type checker alone, 0123456789")

from finder.settings import *  # noqa: F403
