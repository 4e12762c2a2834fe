"""The folder of real credentials beside the project, where there is one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from recognition.credentials.findings import Check, Result

ROOT = Path(__file__).parents[2]
FORMATS = Path(os.environ.get("ATESTA_FORMATS", ROOT.parent / "shared" / "formats"))
SAMPLES = FORMATS / "samples"
ABSENT = f"the sample credentials are not at {FORMATS} (ATESTA_FORMATS names another)"

TABLE = Path(__file__).with_name("samples.txt")
RESULTS = {"p": Result.PASS, "f": Result.FAIL, "u": Result.UNKNOWN}


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    file: str
    at_hand: str
    verdict: str
    results: dict[Check, Result]

    def __str__(self) -> str:
        return f"{self.file} with {self.at_hand[-60:]}" if self.at_hand else self.file


def rows() -> Iterator[Row]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        file, at_hand, verdict, results, _why = (one.strip() for one in line.split("|"))
        told = [RESULTS[letter] for letter in results.split()]
        yield Row(file, at_hand, verdict, dict(zip(Check, told, strict=True)))
