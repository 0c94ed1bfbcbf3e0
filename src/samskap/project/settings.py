"""Django's settings, read from the environment through `environment.SETTINGS`."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from samskap.kernel.errors import SettingError
from samskap.project import environment, keys, oidc, wiring

try:
    _values = environment.read_all()
    SAMSKAP_DATA = keys.data_folder(_values["SAMSKAP_DATA"])
    SECRET_KEY = keys.secret_key(_values["SAMSKAP_SECRET_KEY"], SAMSKAP_DATA)
except SettingError as mistake:
    sys.exit(str(mistake))

PACKAGE = Path(__file__).resolve().parent.parent

SAMSKAP_URL = _values["SAMSKAP_URL"]
SAMSKAP_MUNICIPALITY = _values["SAMSKAP_MUNICIPALITY"]
SAMSKAP_DEMO = _values["SAMSKAP_DEMO"]
SAMSKAP_COLOUR = _values["SAMSKAP_COLOUR"]
SAMSKAP_REQUIRE_MFA = _values["SAMSKAP_REQUIRE_MFA"]
SAMSKAP_WORKERS = _values["SAMSKAP_WORKERS"]
SAMSKAP_THREADS = _values["SAMSKAP_THREADS"]
SAMSKAP_TASK_WORKER = _values["SAMSKAP_TASK_WORKER"]
SAMSKAP_JOBS = wiring.JOBS
SAMSKAP_MENU = wiring.MENU
SAMSKAP_WORK_MENU = wiring.WORK_MENU
SAMSKAP_PARTS = wiring.PARTS
SAMSKAP_RECORDER = wiring.RECORDER
SAMSKAP_HISTORY = wiring.HISTORY
SAMSKAP_WITHDRAWALS = wiring.WITHDRAWALS
SAMSKAP_FORGETTERS = wiring.FORGETTERS

DEBUG = _values["SAMSKAP_DEBUG"]
ALLOWED_HOSTS = ["*"] if SAMSKAP_DEMO else _values["SAMSKAP_HOSTS"]
ROOT_URLCONF = "samskap.project.urls"
WSGI_APPLICATION = "samskap.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "samskap.web",
    "samskap.apps.actors",
    "samskap.apps.trail",
    "samskap.apps.figures",
    "samskap.apps.outlook",
    "samskap.apps.challenges",
    "samskap.apps.processes",
    "samskap.apps.statements",
    "samskap.apps.initiatives",
    "samskap.apps.budgeting",
    "samskap.apps.benefits",
    "samskap.apps.stories",
    "samskap.apps.gatherings",
    "samskap.apps.reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "samskap.web.middleware.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samskap.project.sign_in.require_second_factor",
    "samskap.web.middleware.ErrorPages",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samskap.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: immediate transactions, so that a writer never fails half-way for a lock it could have waited for. What is
# erased is overwritten in the file: people are promised that their words are gone.
_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    # The demonstration has a file of its own: its sign-in without e-mail can never open a real database here.
    "NAME": SAMSKAP_DATA / ("demo.sqlite3" if SAMSKAP_DEMO else "samskap.sqlite3"),
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; "
        "PRAGMA secure_delete=ON;",
    },
}
DATABASES = {
    "default": dj_database_url.parse(_values["DATABASE_URL"], conn_max_age=60, conn_health_checks=True)
    if _values["DATABASE_URL"]
    else _SQLITE
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Language and time
LANGUAGE_CODE = _values["SAMSKAP_LANGUAGE"]
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["samskap.project.formats"]
LANGUAGE_COOKIE_NAME = "samskap_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# Files
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "samskap.web.assets.FingerprintedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = None if DEBUG else "."  # every address carries a fingerprint of the content

# Signing in: by a code in an e-mail, a passkey, or another service (`project/sign_in.py`)
AUTH_USER_MODEL = "actors.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/work/"
SAMSKAP_OIDC = _values["SAMSKAP_OIDC"]

ACCOUNT_ADAPTER = "samskap.project.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # no password1: the sign-in form asks for the address alone and sends a code
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code itself proves the address
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no letter, and the page does not tell
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "login": "samskap.project.sign_in.EmailForm",
    "confirm_login_code": "samskap.project.sign_in.EmailCodeForm",
}

MFA_ADAPTER = "samskap.project.sign_in.MfaAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _values["SAMSKAP_HTTPS"]  # browsers themselves allow http on localhost only
MFA_FORMS = {
    "authenticate": "samskap.project.sign_in.AuthenticatorCodeForm",
    "reauthenticate": "samskap.project.sign_in.ReauthenticatorCodeForm",
    "activate_totp": "samskap.project.sign_in.StartAuthenticatorForm",
    "add_webauthn": "samskap.project.sign_in.PasskeyForm",
    "edit_webauthn": "samskap.project.sign_in.PasskeyNameForm",
}

SOCIALACCOUNT_ADAPTER = "samskap.project.sign_in.ServiceAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # by a verified address that a Person here has
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads away would break the content security policy
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_FORMS = {"disconnect": "samskap.project.sign_in.ServiceForm"}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc.apps(SAMSKAP_OIDC), "OAUTH_PKCE_ENABLED": True}}

# E-mail
DEFAULT_FROM_EMAIL = _values["SAMSKAP_EMAIL_FROM"]
if _values["SAMSKAP_EMAIL"] == "console":
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    _mail = urlsplit(_values["SAMSKAP_EMAIL"])
    EMAIL_HOST = _mail.hostname
    EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp" and EMAIL_HOST not in {"localhost", "127.0.0.1"}
    EMAIL_TIMEOUT = 15

# Security
_https = _values["SAMSKAP_HTTPS"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
    }
}
SESSION_COOKIE_NAME = "samskap_session"
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "samskap_csrf"
CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "samskap.web.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SAMSKAP_URL] if SAMSKAP_URL else []
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _https else 0  # whose attempts to sign in are counted
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "samskap.project.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a page that is not there is no trouble of the server
}
