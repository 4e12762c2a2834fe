"""Every file that drawing kept, read once more: run under coverage, to tell what it met."""

import os
import sys
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from tests.fuzzing.readers import READERS  # noqa: E402  the settings come first

if __name__ == "__main__":
    reader = READERS[sys.argv[1]]
    for path in sorted(Path(sys.argv[2]).iterdir()):
        try:
            reader.read(path.read_bytes())
        except (MemoryError, RecursionError):
            continue
