"""All settings, read from the environment, with helpers that refuse bad values.

Data lives in `LAKTHAN_HOME` (default `./var`): the SQLite database, evidence files, the secret key, caches.
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()
PACKAGE = Path(__file__).resolve().parents[1]
HOME = Path(env.str("LAKTHAN_HOME", default="var")).resolve()
DEVELOPMENT, PRODUCTION = "development", "production"


def _environment() -> str:
    value: str = env.str("LAKTHAN_ENVIRONMENT", default=DEVELOPMENT)
    if value not in (DEVELOPMENT, PRODUCTION):
        raise ImproperlyConfigured(f"LAKTHAN_ENVIRONMENT is {value!r}; it must be 'development' or 'production'.")
    return value


def _secret_key() -> str:
    """From the environment, or kept in `LAKTHAN_HOME/secret-key`, made at the first start and readable by us alone."""
    if given := env.str("LAKTHAN_SECRET_KEY", default=""):
        if len(given) < 32:
            raise ImproperlyConfigured("LAKTHAN_SECRET_KEY is too short; it needs at least 32 characters.")
        return str(given)
    path = HOME / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _database() -> dict[str, object]:
    """SQLite in the home unless `DATABASE_URL` names another; SQLite and PostgreSQL are supported."""
    url = env.str("DATABASE_URL", default="")
    if not url:
        HOME.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{HOME / 'lakthan.sqlite3'}"
    database: dict[str, object] = env.db_url_config(url)
    engine = database["ENGINE"]
    if engine == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # Recursive triggers let the ledger's delete trigger see INSERT OR REPLACE.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON;",
        }
    elif engine != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"DATABASE_URL names {engine}; Lakthan runs on SQLite or PostgreSQL.")
    return database


ENVIRONMENT = _environment()
DEBUG = False
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("LAKTHAN_HOSTS", default=["127.0.0.1", "localhost"])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "lakthan.web.assets.Assets",  # django.contrib.staticfiles without what no page asks for
    "csp",
    "lakthan.apps.ledger",
    "lakthan.apps.people",
    "lakthan.apps.evidence",
    "lakthan.apps.communities",
    "lakthan.apps.planning",
    "lakthan.apps.budget",
    "lakthan.apps.indicators",
    "lakthan.apps.reporting",
    "lakthan.web",
]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # outermost: redirects, static files and refusals of a host carry the policy too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lakthan.web.actions.ActionMiddleware",
]
ROOT_URLCONF = "lakthan.config.urls"
WSGI_APPLICATION = "lakthan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "lakthan.web.context.city",
            ],
        },
    },
]
DATABASES = {"default": _database()}
AUTH_USER_MODEL = "people.User"

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
# Third-party styles and fonts are npm packages (package-lock.json), mapped under stable names and never copied in.
ASSETS = Path(env.str("LAKTHAN_ASSETS", default=str(PACKAGE.parents[1] / "node_modules"))).resolve()
ASSET_FOLDERS = {"bootstrap": "bootstrap/dist/css", "fonts/sarabun": "@fontsource/sarabun/files"}
STATICFILES_DIRS = [(name, ASSETS / folder) for name, folder in ASSET_FOLDERS.items() if (ASSETS / folder).is_dir()]
if ENVIRONMENT == PRODUCTION:
    # `django-admin collectstatic` writes files named by their digest, compressed, cached for good.
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
else:
    # Files are served from where they lie, so an edit shows at once and no test needs a build.
    WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

# Strict from the first page on: nothing inline, nothing from elsewhere. Bootstrap's icons are data: images in CSS.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "style-src": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT == PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("LAKTHAN_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if env.bool("LAKTHAN_BEHIND_PROXY", default=False):
        # Only a proxy that always sets this header may be trusted with it.
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
