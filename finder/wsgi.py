"""The WSGI entry point of a production server. Every setting comes from the environment."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finder.settings")

application = get_wsgi_application()

from finder.statements import limit_statements  # noqa: E402  it needs the settings

limit_statements()
