"""The settings as mypy's Django plugin loads them: it has no environment of its own."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql:///unused")
os.environ.setdefault("FINDER_ALLOWED_HOSTS", "localhost")
os.environ.setdefault("FINDER_SECRET_KEY", "unused")

from finder.settings import *  # noqa: F403
