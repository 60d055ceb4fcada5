"""All settings, read from the environment, with helpers that refuse bad values.

Data lives in `LAKTHAN_HOME` (default `./var`): the SQLite database, evidence files, the secret key, caches.
"""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

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


def _session_hours() -> int:
    hours: int = env.int("LAKTHAN_SESSION_HOURS", default=4)
    if not 1 <= hours <= 24:
        raise ImproperlyConfigured(f"LAKTHAN_SESSION_HOURS is {hours}; it must be 1 to 24.")
    return hours


def _upload_days() -> int:
    days: int = env.int("LAKTHAN_UPLOAD_DAYS", default=30)
    if not 1 <= days <= 365:
        raise ImproperlyConfigured(f"LAKTHAN_UPLOAD_DAYS is {days}; it must be 1 to 365.")
    return days


def _identity_provider() -> dict[str, object] | None:
    """The OpenID Connect provider that people may sign in with, as allauth takes it; None where none is named."""
    issuer = env.str("LAKTHAN_OIDC_ISSUER", default="")
    if not issuer:
        return None
    if urlsplit(issuer).scheme != "https":
        raise ImproperlyConfigured(f"LAKTHAN_OIDC_ISSUER is {issuer!r}; it must begin with https://.")
    client, secret = env.str("LAKTHAN_OIDC_CLIENT_ID", default=""), env.str("LAKTHAN_OIDC_SECRET", default="")
    if not (client and secret):
        raise ImproperlyConfigured("LAKTHAN_OIDC_ISSUER needs LAKTHAN_OIDC_CLIENT_ID and LAKTHAN_OIDC_SECRET.")
    return {
        "provider_id": "city",
        "name": env.str("LAKTHAN_OIDC_NAME", default="OpenID Connect"),
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }


def _address() -> str:
    """Where people find the pages, for links in mails and calendars; empty where it is not known."""
    address: str = env.str("LAKTHAN_ADDRESS", default="").rstrip("/")
    if address and urlsplit(address).scheme not in ("http", "https"):
        raise ImproperlyConfigured(f"LAKTHAN_ADDRESS is {address!r}; it must begin with https:// or http://.")
    return address


ENVIRONMENT = _environment()
ADDRESS = _address()
DEBUG = False
IDENTITY_PROVIDER = _identity_provider()
EMAIL_URL = env.str("LAKTHAN_EMAIL_URL", default="")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.list("LAKTHAN_HOSTS", default=["127.0.0.1", "localhost"])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "lakthan.web.assets.Assets",  # django.contrib.staticfiles without what no page asks for
    "csp",
    "lakthan.apps.ledger",
    "lakthan.apps.people",
    "lakthan.apps.evidence",
    "lakthan.apps.uploads",
    "lakthan.apps.communities",
    "lakthan.apps.planning",
    "lakthan.apps.budget",
    "lakthan.apps.indicators",
    "lakthan.apps.reporting",
    "lakthan.web",  # before allauth, whose templates ours replace
    "lakthan.web.accounts.apps.AccountsConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
if IDENTITY_PROVIDER is not None:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # outermost: redirects, static files and refusals of a host carry the policy too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lakthan.web.accounts.sessions.IdleMiddleware",
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
                "django.contrib.messages.context_processors.messages",
                "lakthan.web.context.city",
                "lakthan.web.context.menu",
            ],
        },
    },
]
DATABASES = {"default": _database()}
AUTH_USER_MODEL = "people.User"

# Signing in (docs/decisions/0010-sign-in.md). Accounts are made by the administrator, never by signing up.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lakthan.apps.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "lakthan.apps.people.passwords.NotCommon"},
    {
        "NAME": "lakthan.apps.people.passwords.NotTheName",
        "OPTIONS": {"user_attributes": ["login", "name_th", "name_en", "email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my-work"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
CSRF_FAILURE_VIEW = "lakthan.web.accounts.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # visitors need no session for a message

ACCOUNT_ADAPTER = "lakthan.web.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "lakthan.web.accounts.adapters.name_of"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, or when idle
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_FORMS = {
    "login": "lakthan.web.accounts.forms.SignInForm",
    "reauthenticate": "lakthan.web.accounts.forms.ConfirmPasswordForm",
    "change_password": "lakthan.web.accounts.forms.ChangePasswordForm",
    "reset_password": "lakthan.web.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "lakthan.web.accounts.forms.NewPasswordForm",
}
MFA_ADAPTER = "lakthan.web.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the administrator enters the address; nobody signs up with one
MFA_TOTP_ISSUER = "Lakthan"
MFA_FORMS = {
    "authenticate": "lakthan.web.accounts.forms.CodeForm",
    "reauthenticate": "lakthan.web.accounts.forms.ConfirmCodeForm",
    "activate_totp": "lakthan.web.accounts.forms.ActivateAppForm",
    "add_webauthn": "lakthan.web.accounts.forms.AddKeyForm",
    "edit_webauthn": "lakthan.web.accounts.forms.RenameKeyForm",
}
USERSESSIONS_ADAPTER = "lakthan.web.accounts.adapters.SessionsAdapter"
if IDENTITY_PROVIDER is not None:
    SOCIALACCOUNT_ADAPTER = "lakthan.web.accounts.identity_provider.IdentityProviderAdapter"
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [IDENTITY_PROVIDER]}}
    SOCIALACCOUNT_STORE_TOKENS = False

# Mail: reminders and new passwords by mail need a server; without one nothing is sent.
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
    DEFAULT_FROM_EMAIL = env.str("LAKTHAN_EMAIL_FROM", default="lakthan@localhost")
else:
    DEFAULT_FROM_EMAIL = "lakthan@localhost"
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

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

# A page of decisions about 500 projects has nine fields for each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000

SESSION_COOKIE_AGE = _session_hours() * 3600
UPLOAD_DAYS = _upload_days()
"""So long a table that was sent in waits to be confirmed."""
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

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
        "worker-src": [SELF],
    },
}
if IDENTITY_PROVIDER is not None:
    # The form that leads to the provider is sent on by a redirect, which browsers hold against this directive.
    provider = urlsplit(str(IDENTITY_PROVIDER["settings"]["server_url"]))  # type: ignore[index]
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(f"https://{provider.netloc}")
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
        ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the address of a visitor, for limits and the list of sessions

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"secret-addresses": {"()": "lakthan.web.secrecy.SecretAddresses"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secret-addresses"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
