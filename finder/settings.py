"""All settings, read once from the environment. Safe unless told otherwise; docs/deployment.md lists every variable."""

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF

from finder.env import (
    env_bool,
    env_choice,
    env_database,
    env_int,
    env_list,
    env_secret,
    env_secrets,
    env_site_url,
    env_str,
)
from finder.logs import logging_config

django_stubs_ext.monkeypatch()  # before any app is loaded: their classes name type parameters

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / ".data"

DEBUG = env_bool("FINDER_DEBUG", default=False)
SECRET_KEY = env_secret("FINDER_SECRET_KEY")
SECRET_KEY_FALLBACKS = env_secrets("FINDER_SECRET_KEY_FALLBACKS")  # former keys: forms signed with them hold
ALLOWED_HOSTS = env_list("FINDER_ALLOWED_HOSTS")

INSTALLED_APPS = [
    "finder",
    "trials",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "auditlog",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "procrastinate.contrib.django",  # the queue of mails
    "finder.desk",  # after those whose admins it takes away
]

MIDDLEWARE = [
    "finder.headers.HeadersMiddleware",  # outermost, so that no answer goes without
    "finder.request_log.RequestLogMiddleware",  # sees every answer
    "finder.caching.middleware.CachingMiddleware",  # so far out: what it answers costs nothing further in
    "finder.embed.middleware.EmbedMiddleware",  # before any that looks at the path
    "finder.middleware.LanguageMiddleware",  # so early that whatever goes wrong is said in the page's language
    "django.middleware.security.SecurityMiddleware",
    "finder.middleware.DatabaseDownMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",  # this and the next stand outside all that answers by itself
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "finder.guards.SizeMiddleware",
    "finder.admin_only.AdminReferrerMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",  # lazy: asks nothing until somebody looks at the user
    "finder.desk.middleware.SecondFactorMiddleware",
    "finder.desk.middleware.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "finder.guards.RateMiddleware",
    "finder.embed.middleware.PartnerMiddleware",
]

ROOT_URLCONF = "finder.urls"
WSGI_APPLICATION = "finder.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "finder.languages.addresses.in_templates",
                "finder.embed.context.in_templates",
                "django.contrib.auth.context_processors.auth",  # for the admin; lazy: visitors' pages ask nothing
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# No visitor waits for a database that does not answer: for a connection, for a network that swallows what is sent.
CONNECTION_LIMITS = {
    "connect_timeout": "5",  # seconds
    "keepalives_idle": "30",  # seconds
    "keepalives_interval": "5",  # seconds
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",  # milliseconds
}
_database = env_database("DATABASE_URL")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,  # seconds; a new connection per request costs four times the throughput
        "CONN_HEALTH_CHECKS": True,  # a restarted database is noticed, not shown as an error
        **_database,
        "OPTIONS": {**CONNECTION_LIMITS, **_database["OPTIONS"]},
    }
}
# How long a page may wait for one query; 0 for ever. Imports and other commands have no such limit.
STATEMENT_SECONDS = env_int("FINDER_STATEMENT_SECONDS", default=20)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The address names a page's language, English without a prefix; no cookie, no session. Each by its own name.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env_str("FINDER_STATIC_ROOT", default=str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Only the admin may set cookies; their path keeps them away from visitors' pages.
HTTPS = env_bool("FINDER_HTTPS", default=True)
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day
CSRF_TRUSTED_ORIGINS = env_list("FINDER_CSRF_TRUSTED_ORIGINS", default=[])

SECURE_SSL_REDIRECT = env_bool("FINDER_SSL_REDIRECT", default=HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, over plain HTTP
SECURE_HSTS_SECONDS = env_int("FINDER_HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_bool("FINDER_HSTS_INCLUDE_SUBDOMAINS", default=True)
# HSTS preload binds a whole domain for years, and its owner must ask for it: not ours to switch on.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if proxy_header := env_str("FINDER_PROXY_HTTPS_HEADER", default=""):
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{proxy_header.upper().replace('-', '_')}", "https")
# By which header the operator's own proxy tells a visitor's address; without one, that of the connection counts.
PROXY_ADDRESS_HEADER = env_str("FINDER_PROXY_ADDRESS_HEADER", default="").upper().replace("-", "_")
PROXY_ADDRESS_HEADER = PROXY_ADDRESS_HEADER and f"HTTP_{PROXY_ADDRESS_HEADER}"
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes, files aside: the longest pasted eligibility text has 50 kB
ADMIN_BODY_BYTES = 4 * 1024 * 1024  # a clinic's logo may have half of it
PUBLIC_BODY_BYTES = 256 * 1024  # a questionnaire that is answered to its end has some 10 kB
QUERY_BYTES = 8_000  # a search with every filter there is has some 1,500
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # an editor corrects the criteria of a long study in one form
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# The registry. It asks for about 50 requests a minute.
CTGOV_API_URL = env_str("FINDER_CTGOV_API_URL", default="https://clinicaltrials.gov/api/v2")
CONTACT_URL = env_str("FINDER_CONTACT_URL", default="")  # told to the registry, and in /.well-known/security.txt
CTGOV_REQUESTS_PER_MINUTE = env_int("FINDER_CTGOV_REQUESTS_PER_MINUTE", default=50, minimum=1)
CTGOV_TIMEOUT_SECONDS = env_int("FINDER_CTGOV_TIMEOUT_SECONDS", default=30, minimum=1)
SYNC_FAILURE_SHARE_LIMIT = 0.05  # a run with more failures than this share ends with an error
# Plain sentences are shown as checked once a second person has read them, too.
TWO_PERSON_REVIEW = env_bool("FINDER_TWO_PERSON_REVIEW", default=False)
# After a change of the data the questionnaire goes on with the former studies while a thread makes the new ones ready.
STUDIES_MADE_ASIDE = env_bool("FINDER_STUDIES_MADE_ASIDE", default=True)
# Memory for pages that are ready to send, in each process; 0 makes every page anew and sends it whole.
KEPT_PAGES_MB = env_int("FINDER_KEPT_PAGES_MB", default=64)
STALE_AFTER_MONTHS = 12  # a study the registry has not touched for so long says "call first"

# How often one client is answered in a minute by one process of the server: the JSON interface and tables, searches of
# a whole clinic behind one address, the completions that come while somebody types, and the steps of questionnaires.
API_REQUESTS_PER_MINUTE = env_int("FINDER_API_REQUESTS_PER_MINUTE", default=60, minimum=1)
SEARCHES_PER_MINUTE = env_int("FINDER_SEARCHES_PER_MINUTE", default=300, minimum=1)
SUGGESTIONS_PER_MINUTE = env_int("FINDER_SUGGESTIONS_PER_MINUTE", default=600, minimum=1)
FORMS_PER_MINUTE = env_int("FINDER_FORMS_PER_MINUTE", default=240, minimum=1)
LOGIN_REDIRECT_URL = "/admin/"
# How often somebody may fail to sign in to the admin, and for how long nobody may try after that.
LOGIN_TRIES = env_int("FINDER_LOGIN_TRIES", default=5, minimum=1)
LOGIN_WAIT_MINUTES = env_int("FINDER_LOGIN_WAIT_MINUTES", default=15, minimum=1)
# Who has none is led to set one up before anything else of the admin.
SECOND_FACTOR_REQUIRED = env_bool("FINDER_SECOND_FACTOR_REQUIRED", default=False)
AUDITLOG_DISABLE_REMOTE_ADDR = True
AUDITLOG_USE_FK_STRING_REPRESENTATION = True  # "ada", not 7
AUDITLOG_CID_HEADER = None  # nothing that a request brings gets into the log by itself
OTP_TOTP_ISSUER = "CTD Trial Finder"  # the name in the app
# Counters alone, in the memory of the process: some 500 bytes each; when there are too many, the oldest go.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 50_000}},
}
RATELIMIT_USE_CACHE = "limits"

# Mail: off until a server, a sender and a key are named; see docs/mail.md.
MAIL_HOST = env_str("FINDER_MAIL_HOST", default="")
MAIL_PORT = env_int("FINDER_MAIL_PORT", default=587, minimum=1)
MAIL_TLS = env_choice("FINDER_MAIL_TLS", ("starttls", "tls", "off"))
MAIL_USER = env_str("FINDER_MAIL_USER", default="")
MAIL_PASSWORD = env_str("FINDER_MAIL_PASSWORD", default="")
MAIL_FROM = env_str("FINDER_MAIL_FROM", default="")
MAIL_KEYS = env_secrets("FINDER_MAIL_KEYS")  # the first seals what waits to be sent, each of them opens it
MAILS_AT_ONCE = env_int("FINDER_MAILS_AT_ONCE", default=4, minimum=1)  # connections to the mail server
SITE_URL = env_site_url("FINDER_SITE_URL")  # for links in mails that no page is the reason for
# Whether visitors may write to the contacts of studies through the site.
MESSAGES = env_bool("FINDER_MESSAGES", default=False)

# Drafts by a language model, for editors only; off while address or model is empty; see docs/drafting.md.
DRAFTING_URL = env_str("FINDER_DRAFTING_URL", default="")
DRAFTING_MODEL = env_str("FINDER_DRAFTING_MODEL", default="")
DRAFTING_KEY = env_str("FINDER_DRAFTING_KEY", default="")
DRAFTING_TIMEOUT_SECONDS = env_int("FINDER_DRAFTING_TIMEOUT_SECONDS", default=120, minimum=1)

# Everything goes to stderr, and none of it holds what anybody sent; see finder/logs.py. With FINDER_LOG_JSON each line
# is a JSON object, and each request has one.
LOG_JSON = env_bool("FINDER_LOG_JSON", default=False)
LOGGING = logging_config(requests=LOG_JSON)
