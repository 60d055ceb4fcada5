"""Settings of the tests: Lakthan's own in a temporary home, whatever the developer's environment says."""

import atexit
import os
import shutil
import tempfile

KEPT = {"LAKTHAN_ASSETS", "LAKTHAN_TESTS_DATABASE_URL"}

for name in [name for name in os.environ if name.startswith("LAKTHAN_") and name not in KEPT]:
    del os.environ[name]
os.environ.pop("DATABASE_URL", None)
if "LAKTHAN_TESTS_DATABASE_URL" in os.environ:  # set by tests/postgresql.py
    os.environ["DATABASE_URL"] = os.environ["LAKTHAN_TESTS_DATABASE_URL"]
os.environ["LAKTHAN_HOME"] = tempfile.mkdtemp(prefix="lakthan-tests-")
atexit.register(shutil.rmtree, os.environ["LAKTHAN_HOME"], ignore_errors=True)

from lakthan.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]
