"""The settings under test: config.settings on a throw-away folder, without HTTPS."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="atesta-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
(_FOLDER / "static").mkdir()

os.environ.update(
    ATESTA_DATA_DIR=str(_FOLDER),
    ATESTA_DEMO="no",
    ATESTA_HTTPS="no",
    DEBUG="no",
    SECRET_KEY="a key for the tests alone, never for anything that is served",
    SEAL_KEY_FILE=str(_FOLDER / "seal.key"),
    ISSUER_KEYS_FILE=str(_FOLDER / "issuer.keys"),
)

from config.settings import *  # noqa: E402, F403  the environment must be set first

STORAGES = {
    **STORAGES,  # noqa: F405  from config.settings
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Signing in thousands of times need not be costly here.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # noqa: F405  as above
    # A server that loses its power loses the last tests: they are run again.
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"  # noqa: F405
