"""Every setting in one place; secrets come from the environment, or from files (X_FILE)."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from rinnalla.config.connections import Connection

BASE_DIR = Path(__file__).resolve().parents[2]


def env(name: str, default: str | None = None) -> str:
    """The variable, or the contents of the file that NAME_FILE names; without either, an error."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    value = os.environ.get(name, default)
    if value is None:
        raise RuntimeError(f"{name} (or {name}_FILE) is not set; see docs/deployment.md")
    return value


def env_flag(name: str) -> bool:
    return env(name, "") in {"1", "true", "yes"}


# Which of the four database roles this process is: owner, app, import or worker.
ROLE = env("RINNALLA_ROLE", "app")
POOL_SIZE = int(env("RINNALLA_POOL_SIZE", "4"))
# Statements of the web are prepared, each with one plan for all actors: planning them, with their
# policies, costs many times more than running them.
SERVED: dict[str, object] = {
    "server_side_binding": True,
    "prepare_threshold": 0,
    "options": "-c plan_cache_mode=force_generic_plan",
    "pool": {"min_size": 1, "max_size": POOL_SIZE, "connection_class": Connection},
}


def database(url: str, served: bool = False) -> dict[str, object]:
    """A Django database from a URL postgresql://user:password@host:port/name?host=/socket/folder."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "OPTIONS": {
            # Compiling our statements would cost more than running them.
            "options": "-c jit=off",
            **(SERVED if served else {}),
            **query,
        },
    }


DATABASES = {"default": database(env(f"DATABASE_{ROLE.upper()}_URL"), served=ROLE == "app")}

SECRET_KEY = env("SECRET_KEY")
SEAT_KEY = env("RINNALLA_SEAT_KEY")
HETU_KEY = env("RINNALLA_HETU_KEY")
HETU_CIPHER_KEY = env("RINNALLA_HETU_CIPHER_KEY")
# Only the worker seals; whoever verifies needs the public halves, or the checkpoint alone.
SEAL_KEY = env("RINNALLA_SEAL_KEY", "")
SEAL_PUBLIC_KEYS = env("RINNALLA_SEAL_PUBLIC_KEYS", "")
CHECKPOINTS = env("RINNALLA_CHECKPOINTS", str(BASE_DIR / "checkpoints.jsonl"))

DEBUG = env_flag("RINNALLA_DEBUG")
# In demonstration mode one signs in by choosing a person, and the clock can be moved.
DEMONSTRATION = env_flag("RINNALLA_DEMONSTRATION")
ALLOWED_HOSTS = env("RINNALLA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
BEHIND_TLS = env_flag("RINNALLA_TLS")

INSTALLED_APPS = [
    "rinnalla.home",
    "rinnalla.portal",
    "rinnalla.officer",
    "rinnalla.closing",
    "rinnalla.applications",
    "rinnalla.meetings",
    "rinnalla.plans",
    "rinnalla.cases",
    "rinnalla.imports",
    "rinnalla.services",
    "rinnalla.permits",
    "rinnalla.drafts",
    "rinnalla.notifications",
    "rinnalla.files",
    "rinnalla.access",
    "rinnalla.clients",
    "rinnalla.organizations",
    "rinnalla.accounts",
    "rinnalla.journal",
    "rinnalla.ui",
    "rinnalla.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "axes",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rinnalla.home.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rinnalla.access.middleware.SessionLimitsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rinnalla.access.middleware.SeatMiddleware",
    "rinnalla.drafts.middleware.DraftMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "rinnalla.config.urls"
WSGI_APPLICATION = "rinnalla.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "rinnalla.home.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "rinnalla.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "rinnalla.ui.renderer.Renderer"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# A stranger cannot lock out somebody else: the count is of a name from an address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "rinnalla.accounts.addresses.browser_address"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

SESSION_IDLE_SECONDS = 30 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
# A client's telephone is in many hands.
PORTAL_IDLE_SECONDS = 15 * 60
PORTAL_ABSOLUTE_SECONDS = 2 * 60 * 60
SESSION_ENGINE = "rinnalla.accounts.sessions"
SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS
# A session in use is renewed at most this often: each time is a write that waits for the disk.
SESSION_RENEW_SECONDS = 60
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_TLS else "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "csrf"
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "rinnalla.home.views.errors.csrf_failure"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 63_072_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
# With no-referrer, browsers send `Origin: null` and every form would be refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# Where people come in; messages lead there.
PUBLIC_URL = env("RINNALLA_URL", "http://localhost:8000").rstrip("/")
SMTP_URL = env("RINNALLA_SMTP_URL", "")
SMS_URL = env("RINNALLA_SMS_URL", "")
SMS_TOKEN = env("RINNALLA_SMS_TOKEN", "")
SMS_FIELDS = env("RINNALLA_SMS_FIELDS", "to={to}&text={text}")
# A demonstration without servers of its own gives its messages to a stand-in.
STAND_IN = env_flag("RINNALLA_STAND_IN") or (DEMONSTRATION and not (SMTP_URL or SMS_URL))
_smtp = urlsplit(SMTP_URL)
EMAIL_HOST = _smtp.hostname or ""
EMAIL_USE_SSL = _smtp.scheme == "smtps"
EMAIL_USE_TLS = "tls=starttls" in _smtp.query
EMAIL_PORT = _smtp.port or (465 if EMAIL_USE_SSL else 587)
EMAIL_HOST_USER = unquote(_smtp.username or "")
EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("RINNALLA_MAIL_FROM", "")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LANGUAGE_CODE = "fi"
# Plain Finnish is a language of its own that holds only the texts that differ.
PLAIN_FINNISH = "fi-selko"
LANG_INFO[PLAIN_FINNISH] = {
    **LANG_INFO["fi"], "code": PLAIN_FINNISH, "name": "Plain Finnish", "name_local": "selkosuomi",
}  # fmt: skip
LANGUAGES = [
    ("fi", _("suomi")),
    (PLAIN_FINNISH, _("selkosuomi")),
    ("sv", _("ruotsi")),
    ("en", _("englanti")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env("RINNALLA_STATIC", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env_flag("RINNALLA_PLAIN_STATIC")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Files are kept in memory until they are in the database; nothing is written to the disk.
FILE_UPLOAD_HANDLERS = ["rinnalla.files.uploading.BoundedUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# Without a scanner of malware nothing is attached, unless the operator says `none`.
SCANNER = env("RINNALLA_SCANNER", "none" if DEMONSTRATION else "")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
COUNTY_DATA = Path(env("RINNALLA_COUNTY_DATA", str(BASE_DIR / "data" / "county")))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Each sealed root is a line of the log, too: a second witness.
    "loggers": {"rinnalla.journal.seal": {"level": "INFO"}},
}
