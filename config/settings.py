"""Settings: defaults for one machine, everything else from the environment."""

from importlib.metadata import distribution
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

from config import keys

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything that is not code: the database, uploaded files, keys, collected static.
DATA_DIR = Path(env.str("ATESTA_DATA_DIR", str(BASE_DIR / "var"))).resolve()

# --- What kind of run this is ---------------------------------------------------

DEBUG = env.bool("DEBUG", False)
# The invented university: its sign-ins are shown on the sign-in page.
ATESTA_DEMO = env.bool("ATESTA_DEMO", False)
# The demo can be visited on a later day: terms are over, validity ends.
ATESTA_DEMO_DAYS_AHEAD = env.int("ATESTA_DEMO_DAYS_AHEAD", 0)
if ATESTA_DEMO_DAYS_AHEAD < 0 or (ATESTA_DEMO_DAYS_AHEAD and not ATESTA_DEMO):
    raise ImproperlyConfigured(
        "ATESTA_DEMO_DAYS_AHEAD is for the demo only, and never goes back in time."
    )
# Off only where pages are served over plain HTTP on this machine alone.
ATESTA_HTTPS = env.bool("ATESTA_HTTPS", not DEBUG)
# On where a proxy of ours says how it was asked, and by whom.
ATESTA_BEHIND_PROXY = env.bool("ATESTA_BEHIND_PROXY", False)

SECRET_KEY = keys.secret_key(DATA_DIR / "secret.key", env.str("SECRET_KEY", ""))
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
# Signs the seals of the record; kept outside the database on purpose.
SEAL_KEY_FILE = Path(env.str("SEAL_KEY_FILE", str(DATA_DIR / "seal.key")))
# Signs the results of recognition that others read; kept outside the database as well.
ISSUER_KEYS_FILE = Path(env.str("ISSUER_KEYS_FILE", str(DATA_DIR / "issuer.keys")))
# Vocabularies of credentials that `manage.py contexts` installed.
CONTEXTS_DIR = DATA_DIR / "contexts"
# On where workers may look up at other servers what credential files name there:
# documents of issuers and lists of what was revoked. The policy is in the code.
ATESTA_LOOK_UPS = env.bool("ATESTA_LOOK_UPS", False)
# Only at these hosts; empty: at any public server.
ATESTA_LOOK_UP_HOSTS: list[str] = env.list("ATESTA_LOOK_UP_HOSTS", [])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

# --- Parts ----------------------------------------------------------------------

# Of viewflow only the engine: without its front-end app it adds no middleware, no
# templates and no 49 MB of static files. Its addresses are never mounted.
INSTALLED_APPS = [
    "config",
    "reports",
    "recognition",
    "qa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_q",
    "csp",
    "viewflow.workflow",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.requests.nothing_kept_by_others",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

_DRAWINGS = Path(
    str(distribution("django-viewflow").locate_file("viewflow/templates"))
).joinpath("viewflow", "workflow")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.shell",
            ],
        },
    },
    # The engine's two drawings and nothing else of its templates: error pages and
    # sign-in forms of another house must never stand in for ours.
    {
        "NAME": "viewflow",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.locmem.Loader",
                    {
                        f"viewflow/workflow/graph.{kind}": _DRAWINGS.joinpath(
                            f"graph.{kind}"
                        ).read_text(encoding="utf-8")
                        for kind in ("bpmn", "svg")
                    },
                )
            ]
        },
    },
]

# --- Database -------------------------------------------------------------------

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at BEGIN: a writer waits for its turn instead
    # of failing with "database is locked" when it turns from reading to writing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA journal_size_limit=67108864;"
        ),
    }
else:
    # My work joins more tables than PostgreSQL puts in order by itself (eight): it would
    # read every turn there ever was. Compiling its queries takes longer than they do.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options",
        "-c join_collapse_limit=12 -c from_collapse_limit=12 -c jit=off",
    )
# Opening one for every request costs a page more than some of its queries.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# ATOMIC_REQUESTS stays off: the services open the transactions.

CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://atesta")}

# --- Jobs -----------------------------------------------------------------------

Q_CLUSTER = {
    "name": "atesta",
    "label": _("Jobs"),
    "orm": "default",
    "workers": env.int("ATESTA_JOB_WORKERS", 2),
    "timeout": 300,
    "retry": 360,  # must exceed the timeout, or a long job would run twice
    # Strangers' files are read in processes that the workers start and end.
    "daemonize_workers": False,
    "max_attempts": 5,
    "save_limit": 1000,
    "catch_up": False,
    "poll": 1.0,
    "time_zone": "Europe/Bucharest",
}

# --- People ---------------------------------------------------------------------

AUTH_USER_MODEL = "qa.User"
AUTHENTICATION_BACKENDS = ["config.auth.PeopleBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign_in"
if ATESTA_DEMO:
    PASSWORD_HASHERS = ["config.auth.KnownPasswordHasher"]

_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {
        "NAME": f"{_VALIDATION}.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]

# --- Languages and time ---------------------------------------------------------

# English is what a visitor gets whose browser asks for neither of the two.
LANGUAGE_CODE = "en"
LANGUAGES = [("ro", "Română"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Europe/Bucharest"
USE_I18N = True
USE_TZ = True

# --- Files ----------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.package_files.PackageFilesFinder",
]
MEDIA_ROOT = DATA_DIR / "media"  # never served as such: only through checked views
FILE_UPLOAD_PERMISSIONS = 0o640

STORAGES = {
    "default": {
        "BACKEND": env.str(
            "ATESTA_FILE_STORAGE", "django.core.files.storage.FileSystemStorage"
        ),
        "OPTIONS": env.json("ATESTA_FILE_STORAGE_OPTIONS", {}),
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}

# --- Mail -----------------------------------------------------------------------

_mail = env.dj_email_url("EMAIL_URL", "console:")
if "EMAIL_BACKEND" not in _mail:
    raise ImproperlyConfigured(
        "EMAIL_URL must begin with submission:, smtp:, file: or console:."
    )
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "atesta@localhost")
# Where people reach this installation: the links in messages begin with it.
ATESTA_URL = env.str("ATESTA_URL", "http://localhost:8000").rstrip("/")

# --- Safety in the browser ------------------------------------------------------

SECURE_SSL_REDIRECT = ATESTA_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if ATESTA_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ATESTA_HTTPS
SECURE_HSTS_PRELOAD = ATESTA_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if ATESTA_BEHIND_PROXY else None
)
X_FRAME_OPTIONS = "DENY"

# The prefix makes browsers insist on HTTPS, this host and no other.
_COOKIE_PREFIX = "__Host-" if ATESTA_HTTPS else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}atesta_session"
SESSION_COOKIE_SECURE = ATESTA_HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}atesta_csrf"
CSRF_COOKIE_SECURE = ATESTA_HTTPS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = ATESTA_HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

_SELF = ["'self'"]
_NONE = ["'none'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _NONE,
        "style-src": _SELF,
        "script-src": _SELF,
        "img-src": [*_SELF, "data:"],
        "font-src": _SELF,
        "connect-src": _SELF,
        "form-action": _SELF,
        "frame-ancestors": _NONE,
        "base-uri": _NONE,
    }
}

# --- Logs -----------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # Django's own handlers are replaced by the one above.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
