"""Settings: one file for every place; what differs comes from the environment (see .env.example).

In the order that `startproject` makes, with the reason at each departure. Defaults are the safe ones, and a
variable that is required but missing stops the start with its name.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from dotenv import load_dotenv

from config import embedded_postgres

BASE_DIR = Path(__file__).resolve().parent.parent

# The environment wins over .env, so that one variable can be changed for one command.
load_dotenv(BASE_DIR / ".env", override=False)


def required_text(name: str) -> str:
    """The variable's text without surrounding space; ImproperlyConfigured when it is missing or empty."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is missing: see .env.example")
    return value


def boolean(name: str, *, default: bool) -> bool:
    """The variable as a truth value: 1 or 0 only, so that a typing mistake switches nothing."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0: see .env.example")
    return value == "1"


def whole_number(name: str, *, default: int) -> int:
    """The variable as a number of 0 or more; ImproperlyConfigured when it is anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number: see .env.example")
    return int(value)


def one_of(name: str, values: tuple[str, ...]) -> str:
    """The variable as one of these values, the first when it is missing; ImproperlyConfigured when it is another."""
    value = os.environ.get(name, "").strip() or values[0]
    if value not in values:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(values)}: see .env.example")
    return value


def web_address(name: str, *, default: str) -> str:
    """The variable as an address of the web; ImproperlyConfigured when it is anything else."""
    value = os.environ.get(name, "").strip() or default
    if not value.startswith("https://"):
        raise ImproperlyConfigured(f"{name} must begin with https://: see .env.example")
    return value


def names(name: str) -> list[str]:
    """The comma-separated parts of the variable, none when it is missing."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


SECRET_KEY = required_text("SECRET_KEY")
# Old keys keep what they signed valid while the key is changed.
SECRET_KEY_FALLBACKS = names("SECRET_KEY_FALLBACKS")

# Fernet keys for what is encrypted at rest: the first one encrypts, every one decrypts (that is how keys
# rotate).
required_text("FIELD_ENCRYPTION_KEYS")
FIELD_ENCRYPTION_KEYS = names("FIELD_ENCRYPTION_KEYS")

DEBUG = boolean("DEBUG", default=False)

ALLOWED_HOSTS = names("ALLOWED_HOSTS") or (["localhost", "127.0.0.1"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Arrays and their index, for the cases of moderators.
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    # For FORM_RENDERER below: forms find our own templates first.
    "django.forms",
    "django_htmx",
    "csp",
    # Without the app "allauth" itself: it would bring pages of its own, and a missing page of ours must be an error.
    "allauth.account",
    "allauth.mfa",
    "config.sign_in",
    "config.backups",
    # Before the apps whose modules declare jobs (see posts/jobs.py).
    "procrastinate.contrib.django",
    "assessments.api",
    "assessments.moderation",
    "assessments",
    "posts",
]

MIDDLEWARE = [
    # Outside of all, so that what all of it takes is timed.
    "config.metrics.middleware.MetricsMiddleware",
    "config.headers.MoreHeadersMiddleware",
    # Under /api/ no cookies, and refusals in JSON: outside of all that can refuse a request.
    "assessments.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Answers for static files before anything else is asked.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # The language that the address names. Before all that can refuse a request, because refusals are pages too; after
    # static files, which have no language.
    "django.middleware.locale.LocaleMiddleware",
    # Bare refusals become pages with crisis help on them: outside all that can refuse a request, and inside CSP, so
    # that these pages get the policy too.
    "config.errors.ErrorPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Closed by default: a public view says so with @login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Closed to everybody who has not shown a second factor.
    "config.second_factor.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assessments.crisis_help.context",
                "config.languages.context",
            ],
        },
    },
]

# Form fields in the product's own look.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

WSGI_APPLICATION = "config.wsgi.application"


# PostgreSQL everywhere. Without DATABASE_URL a machine with the development requirements uses the embedded
# server, which its database backend starts on the first connection: a command that asks for no row starts no
# server.
if os.environ.get("DATABASE_URL", "").strip() or not embedded_postgres.is_installed():
    DATABASES = {"default": dj_database_url.parse(required_text("DATABASE_URL"))}
else:
    DATABASES = {"default": embedded_postgres.database_settings(BASE_DIR)}

DATABASES["default"] |= {
    # The pool keeps connections open; Django must not keep them too.
    "CONN_MAX_AGE": 0,
    # A restart of PostgreSQL leaves dead connections in the pool: one question before each use, and no reader gets one.
    "CONN_HEALTH_CHECKS": True,
    # Two test runs at once on one server need two names.
    "TEST": {"NAME": os.environ.get("TEST_DATABASE_NAME", "").strip() or None},
}
DATABASES["default"]["OPTIONS"] = {
    # A statement that takes this long is a mistake; 0 is no limit (a long migration, say). Behind another's lock
    # nobody waits so long: a reader gets the page that keeps their words, a migration gives way, a job comes again.
    "options": f"-c statement_timeout={whole_number('DATABASE_STATEMENT_TIMEOUT_MS', default=15_000)}"
    f" -c lock_timeout={whole_number('DATABASE_LOCK_TIMEOUT_MS', default=4_000)}",
    "connect_timeout": 5,
    # A request waits five seconds for a free connection, then fails; it never queues for ever.
    "pool": {
        "min_size": whole_number("DATABASE_POOL_MIN_SIZE", default=1),
        "max_size": whole_number("DATABASE_POOL_MAX_SIZE", default=8),
        "timeout": 5,
        # Otherwise the pool tries again after 1, 2, 4, 8… seconds: a database that was away for two minutes would be
        # back for two more before anybody noticed.
        "reconnect_timeout": 2,
    },
    # Options in the URL itself, such as sslmode, win.
    **DATABASES["default"].get("OPTIONS", {}),
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    # More than Django's list of common ones; but no rule about what characters one is made of.
    {"NAME": "config.sign_in.passwords.NotGuessedFirst"},
]

# Only staff have accounts. They sign in by config/sign_in, with a name, a password and a second factor.
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "config.sign_in.adapters.StaffAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
# Closing the browser signs out; when else a session ends is in config/sign_in/sessions.py.
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "config.sign_in.adapters.SecondFactors"
MFA_FORMS = {"activate_totp": "config.sign_in.forms.ActivateAppForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The code before and after the present one count too: clocks of phones differ.
MFA_TOTP_TOLERANCE = 1
# 0 lets staff in with a password alone, to try things on a developer's machine.
STAFF_SECOND_FACTOR = boolean("STAFF_SECOND_FACTOR", default=not DEBUG)
if not (STAFF_SECOND_FACTOR or DEBUG):
    raise ImproperlyConfigured("STAFF_SECOND_FACTOR may be 0 only when DEBUG is 1: see .env.example")

# Used codes and counted tries must be known to every process, so they are in the database. Far more entries than staff
# ever make: a full cache forgets.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_cache",
        "KEY_FUNCTION": "config.sign_in.shared_keys.keyed",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# Messages for staff live in their session: the fallback storage would set a cookie of its own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"


LANGUAGE_CODE = "en-gb"
# Each in its own name, as the pages offer them. Addresses without a language are English (see config/languages.py).
LANGUAGES = [("en-gb", "English"), ("es", "Español"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
# Where English dates differ from Django's short ones.
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True


STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# In development files are served from where they are edited; elsewhere from what collectstatic made.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Hashed names may be cached for ever; in development a changed file must show at once.
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}


# Everything secure unless DEBUG: the development server speaks plain HTTP.
SECURE_SSL_REDIRECT = not DEBUG
# Asked by machines beside this one, which have no certificate to check (config/health.py, config/metrics).
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
# Preloading binds the whole domain for years: its owner's decision, not this file's.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# Only behind a proxy that always sets or removes this header; otherwise anyone could claim to use HTTPS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if boolean("BEHIND_HTTPS_PROXY", default=False) else None
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers would then send `Origin: null` with our own forms, and Django's CSRF check and our
# front door would refuse them. Other sites learn nothing either way. Reports set "no-referrer" themselves.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The __Host- prefix makes browsers refuse these cookies from a subdomain or over plain HTTP.
SESSION_COOKIE_NAME = "sessionid" if DEBUG else "__Host-sessionid"
SESSION_COOKIE_SECURE = not DEBUG
# The longest day; the cookie itself goes with the browser. config/second_factor.py ends sessions sooner.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "csrftoken" if DEBUG else "__Host-csrftoken"
CSRF_COOKIE_SECURE = not DEBUG
# No script reads it: forms carry the token.
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

# Nothing from a third party, nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [NONE],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}

# 10,000 characters fit even when each is percent-encoded; a body much larger than that is not a post.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024


# One JSON object a line on stderr. The formatter writes named fields only, so that no post, no report address
# and no database row can get into a log; it also replaces Django's own handlers, which would write all of
# these.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"allowed_fields": {"()": "config.log_lines.AllowedFieldsFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "allowed_fields"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "posts": {"level": "INFO"},
        "assessments": {"level": "INFO"},
    },
}


# Modules that declare jobs, for the worker to import; and nothing is a job because of the name of its module.
PROCRASTINATE_IMPORT_PATHS = [
    "posts.retention",
    "assessments.previewing",
    "assessments.reassessing",
    "config.sign_in.sessions",
    "assessments.moderation.by_the_clock",
    "assessments.api.by_the_clock",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
# A worker that starts does what the clock asked for in the last hour and nobody did. So the purge follows soon after a
# pause, and after an old backup was put back.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 61 * 60}

# How long a post is kept; how long after a person's decision about it at least, and how long at most while it waits.
POST_RETENTION_DAYS = whole_number("POST_RETENTION_DAYS", default=30)
POST_RETENTION_DAYS_AFTER_DECISION = whole_number("POST_RETENTION_DAYS_AFTER_DECISION", default=7)
POST_RETENTION_DAYS_AT_MOST = whole_number("POST_RETENTION_DAYS_AT_MOST", default=90)
# Posts taken in from one address in ten minutes, and from everybody in one minute.
RATE_LIMIT_PER_ADDRESS = whole_number("RATE_LIMIT_PER_ADDRESS", default=30)
RATE_LIMIT_GLOBAL = whole_number("RATE_LIMIT_GLOBAL", default=600)
# Whether links are read at all. The admin has a switch for each platform; this one is for operators, and wins.
LINK_READING = boolean("LINK_READING", default=True)
# Where “Leave this site” leads: a page that anybody may have open.
LEAVE_URL = web_address("LEAVE_URL", default="https://www.bbc.co.uk/weather")
# Reading screenshots: wherever its libraries are installed, or nowhere.
SCREENSHOTS = one_of("SCREENSHOTS", ("auto", "0")) == "auto"
# After how many seconds reading one is given up: before the server in front gives up on us.
SCREENSHOT_SECONDS = max(1, whole_number("SCREENSHOT_SECONDS", default=25))
# How many are read at once in one web process: each takes about 600 MB.
SCREENSHOTS_AT_ONCE = max(1, whole_number("SCREENSHOTS_AT_ONCE", default=1))
# Whether a draft is published by two people: one asks, another one approves.
PUBLISHING_NEEDS_TWO = boolean("PUBLISHING_NEEDS_TWO", default=False)
# Whether two people read severe cases without seeing each other's answer, and the share of all other cases so read. A
# team of one switches both off: nobody else would come.
SECOND_READING_OF_SEVERE = boolean("SECOND_READING_OF_SEVERE", default=True)
SECOND_READING_SHARE = whole_number("SECOND_READING_PERCENT", default=5) / 100
# Whom moderators can turn to when something they read stays with them: shown on their pages.
MODERATOR_SUPPORT = os.environ.get("MODERATOR_SUPPORT", "").strip()
# How many of a hundred cases that a moderator is given are for practice, when there are any (see moderation/golden.py).
GOLDEN_SHARE_PERCENT = whole_number("GOLDEN_SHARE_PERCENT", default=3)
# Whom backups are encrypted to: public keys of `manage.py make_backup_key`, whose private halves are elsewhere.
BACKUP_PUBLIC_KEYS = names("BACKUP_PUBLIC_KEY")
# Who may read /metrics, as "Authorization: Bearer …"; nobody while it is empty (config/metrics).
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "").strip()
if METRICS_TOKEN and len(METRICS_TOKEN) < 32:
    raise ImproperlyConfigured("METRICS_TOKEN must have 32 characters or more: see .env.example")
