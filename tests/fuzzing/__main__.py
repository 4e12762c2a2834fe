"""Strange files for every reader, drawn by libFuzzer through atheris from good ones.

.venv/bin/python -m pip install "atheris~=3.0"
.venv/bin/python -m tests.fuzzing [--minutes 30] [--keep FOLDER] [READER …]

A crash, five seconds without an answer, or a step outside the process ends a reader's
turn, and its file is named. Two readers have their turn at once. Figures at the end:
executions, and branches of recognition/credentials reached by what was kept.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from tests.fuzzing.readers import MOST_BYTES, READERS  # noqa: E402  the settings come first

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 5, 2048
# Readers fetch nothing and start no processes: those have tests of their own.
LEFT_OUT = "recognition/credentials/network/*,recognition/credentials/guarded.py"
PACKAGE = "recognition.credentials"


@dataclass(frozen=True)
class Told:
    """What came of one reader's turn."""

    name: str
    executions: int
    kept: int
    reached: int
    branches: int
    found: str

    def __str__(self) -> str:
        share = self.reached / self.branches
        return (
            f"| {self.name} | {self.executions:,} | {self.kept:,} |"
            f" {self.reached} of {self.branches} ({share:.0%}) | {self.found} |"
        )


def turn(name: str, minutes: float, folder: Path) -> Told:
    corpus, found = folder / name, folder / f"{name}-found"
    for one in (corpus, found):
        one.mkdir(parents=True, exist_ok=True)
    for good in READERS[name].seeds():
        (corpus / sha256(good).hexdigest()).write_bytes(good)
    options = [
        f"-max_total_time={round(minutes * 60)}",
        f"-timeout={SECONDS}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={MOST_BYTES}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
    ]
    log = folder / f"{name}.log"
    with log.open("w", encoding="utf-8") as told:
        python("tests.fuzzing.one", name, str(corpus), *options, stdout=told)
    text = log.read_text(encoding="utf-8", errors="replace")
    executions = re.search(r"number_of_executed_units:\s+(\d+)", text)
    files = sorted(path.name for path in found.iterdir())
    return Told(
        name,
        int(executions[1]) if executions else 0,
        len(list(corpus.iterdir())),
        *branches(name, corpus, folder),
        ", ".join(files) or ("nothing" if executions else f"ended early: {log}"),
    )


def branches(name: str, corpus: Path, folder: Path) -> tuple[int, int]:
    """How many branches the kept files take, of how many there are."""
    data, report = folder / f"{name}.coverage", folder / f"{name}.json"
    common = [f"--data-file={data}", f"--omit={LEFT_OUT}"]
    run = ["run", "--branch", f"--source={PACKAGE}", *common, "-m"]
    python("coverage", *run, "tests.fuzzing.replay", name, str(corpus))
    python("coverage", "json", *common, "--quiet", "-o", str(report))
    totals = json.loads(report.read_text(encoding="utf-8"))["totals"]
    return totals["covered_branches"], totals["num_branches"]


def python(module: str, *arguments: str, stdout: object = None) -> None:
    subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdout=stdout,  # type: ignore[arg-type]
        stderr=subprocess.STDOUT,
        check=False,
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("readers", nargs="*", choices=[*READERS, []], default=[])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--keep", type=Path, help="go on with what is kept here")
    asked = parser.parse_args()
    folder = (asked.keep or Path(tempfile.mkdtemp(prefix="fuzzing-"))).resolve()
    with ThreadPoolExecutor(2) as turns:
        names = asked.readers or READERS
        told = list(turns.map(lambda name: turn(name, asked.minutes, folder), names))
    lines = (
        f"{asked.minutes:g} minutes for each reader; files in {folder}",
        "| reader | executions | kept | branches reached | found |",
        "| --- | ---: | ---: | ---: | --- |",
        *map(str, told),
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return any(one.found != "nothing" for one in told)


if __name__ == "__main__":
    sys.exit(main())
