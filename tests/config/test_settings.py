"""The settings as they are served: strict without a word, lenient only when told."""

import json
import os
import subprocess
import sys

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.template import TemplateDoesNotExist, engines

from config import settings
from config.auth import KnownPasswordHasher

PRINT = """
import json
from config import settings as s
print(json.dumps([s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
                  s.SESSION_COOKIE_NAME, s.SECURE_PROXY_SSL_HEADER,
                  s.DATABASES["default"]["ENGINE"], s.EMAIL_BACKEND]))
"""
PRINT_HASHERS = """
from config import settings as s
print(*getattr(s, "PASSWORD_HASHERS", ()))
"""
SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


def told(program: str, **variables: str) -> str:
    """What a fresh process prints with these variables and no others of ours."""
    kept = {"PATH": os.environ["PATH"], "SECRET_KEY": "a key"}
    return subprocess.check_output(
        [sys.executable, "-c", program],
        env=kept | variables,
        cwd=settings.BASE_DIR,
        text=True,
    )


def read(**variables: str) -> list:
    return json.loads(told(PRINT, **variables))


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        (
            {},
            [
                *(True, True, True, "__Host-atesta_session", None),
                *("django.db.backends.sqlite3", CONSOLE),
            ],
        ),
        (
            {
                "ATESTA_HTTPS": "no",
                "DATABASE_URL": "postgres://me@127.0.0.1/atesta",
                "EMAIL_URL": "submission://me:secret@127.0.0.1:587",
            },
            [
                *(False, False, False, "atesta_session", None),
                *("django.db.backends.postgresql", SMTP),
            ],
        ),
        (
            {"ATESTA_BEHIND_PROXY": "yes"},
            [
                *(True, True, True, "__Host-atesta_session"),
                *(["HTTP_X_FORWARDED_PROTO", "https"],),
                *("django.db.backends.sqlite3", CONSOLE),
            ],
        ),
    ],
    ids=["nothing said", "plain HTTP, own servers", "behind a proxy"],
)
def test_settings_follow_the_environment(variables, expected):
    assert read(**variables) == expected


@pytest.mark.parametrize(
    "variables",
    [
        {"ATESTA_DEMO_DAYS_AHEAD": "12"},
        {"ATESTA_DEMO_DAYS_AHEAD": "-1", "ATESTA_DEMO": "yes"},
    ],
    ids=["outside the demo", "back in time"],
)
def test_the_day_is_the_machines_but_for_a_later_demo(variables):
    with pytest.raises(subprocess.CalledProcessError):
        read(**variables)


def test_a_demo_can_be_visited_on_a_later_day():
    assert read(ATESTA_DEMO="yes", ATESTA_DEMO_DAYS_AHEAD="12")


def test_hashes_are_quick_only_where_the_password_is_printed():
    quick = "config.auth.KnownPasswordHasher"

    assert told(PRINT_HASHERS, ATESTA_DEMO="yes").split() == [quick]
    assert told(PRINT_HASHERS).split() == []


def test_a_quick_hash_is_read_by_every_house():
    made = make_password("atesta-demo", hasher=KnownPasswordHasher())

    assert PBKDF2PasswordHasher().verify("atesta-demo", made)


def test_sqlite_takes_the_write_lock_at_begin():
    options = settings.DATABASES["default"].get("OPTIONS", {})

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        assert options["transaction_mode"] == "IMMEDIATE"
        assert "journal_mode=WAL" in options["init_command"]
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False


def test_every_policy_is_ours_or_nothing(client):
    header = client.get("/sign-in/").headers["Content-Security-Policy"]

    assert "unsafe" not in header
    assert "*" not in header
    assert "default-src 'none'" in header


def test_of_the_engine_only_the_drawings_are_templates():
    engine = engines["viewflow"]

    assert engine.get_template("viewflow/workflow/graph.bpmn")
    with pytest.raises(TemplateDoesNotExist):
        engine.get_template("404.html")
