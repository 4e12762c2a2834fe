"""One reader under libFuzzer, whose options follow the reader's name.

From the first drawn file on, anything that reaches out of the process is a finding: the
files and addresses that Python itself tells of (PEP 578), but its own modules.
"""

import os
import sys
import sysconfig
from typing import Any

import atheris

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
with atheris.instrument_imports(include=["recognition.credentials"]):
    import django

    django.setup()
    from tests.fuzzing.readers import READERS

OUTSIDE = (
    "socket.",
    "subprocess.",
    "os.",
    "shutil.",
    "tempfile.",
    "ftplib.",
    "urllib.",
)
# Looking for modules; the pair of ends with which an event loop wakes itself.
HARMLESS = ("os.listdir", "os.scandir", "socket.__new__")
# Where modules and what comes with them lie: of Python, of packages, and our own; what
# a library logs with a traceback is told with the lines of this one.
HERE = os.getcwd()  # noqa: PTH109  compared as text
HOMES = tuple(
    os.path.join(one, "")  # noqa: PTH118  as above
    for one in {
        *(sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib")),
        *(os.path.join(HERE, one) for one in ("recognition", "tests/fuzzing")),  # noqa: PTH118
    }
)


class Escaped(BaseException):
    """Passes every `except Exception` of a library."""


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        path, mode, _flags = arguments
        reads = mode is None or "r" in str(mode)
        # Asked without looking at the disk, which would itself be told of.
        whole = os.path.normpath(os.path.join(HERE, str(path)))  # noqa: PTH118
        if not (reads and whole.startswith(HOMES)):
            raise Escaped(event, *map(str, arguments))
    elif event.startswith(OUTSIDE) and event not in HARMLESS:
        raise Escaped(event, *map(str, arguments))


def main() -> None:
    name, *options = sys.argv[1:]
    reader = READERS[name]
    for seed in reader.seeds():  # what is imported or opened once is so now
        reader.read(seed)

    def one(content: bytes) -> None:
        try:
            reader.read(content)
        except (MemoryError, RecursionError):
            return  # told as “too much” by the process that reads a file

    atheris.Setup([sys.argv[0], *options], one)
    sys.addaudithook(refuse)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
