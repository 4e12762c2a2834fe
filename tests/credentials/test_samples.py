"""Real files of others give the results that the table expects of them."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from recognition.credentials import contexts, verification
from recognition.credentials.contexts import Contexts
from recognition.credentials.trust import Trust
from tests.credentials.sample_files import ABSENT, SAMPLES, Row, rows

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=ABSENT)

AT = datetime(2026, 1, 1, tzinfo=UTC)
ROWS = list(rows())
FOLDERS = ("ob2", "ob3", "clr2", "w3c", "elm", "dc4eu", "elmo", "pdf")
# Parts of credentials, vocabularies, schemas, keys and intermediate results of vectors.
NOT_CREDENTIALS = (
    "*/SOURCE.txt",
    "ob2/assets/*",
    "*/schema/*",
    "ob3/edubadges-nl/educredential.json",
    "ob3/edubadges-nl/microcredential*.json",
    "elm/*/*",
    "elmo/xsd/*",
    "dc4eu/*_schema.json",
    "dc4eu/vctm_microcredential.json",
    "w3c/did-key/*",
    "w3c/keyPair.json",
    "w3c/*/*.txt",
    "w3c/*/proofConfig*.json",
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Contexts:
    folder = tmp_path_factory.mktemp("contexts")
    for path in SAMPLES.rglob("*.json*"):
        if path.stat().st_size < 200_000:
            contexts.install(path.read_bytes(), folder)
    return Contexts(folder)


def roots(file: str) -> tuple[str, ...]:
    """The authorities at the ends of the chains that a seal keeps with itself."""
    signature = json.loads((SAMPLES / file).read_text("utf-8"))["signatures"][0]
    added = [json.loads(decoded(one)) for one in signature["header"]["etsiU"]]
    kept = [
        x509.load_der_x509_certificate(base64.b64decode(one["x509Cert"]["val"]))
        for values in added
        for one in values.get("xVals", ())
    ]
    return tuple(
        one.public_bytes(Encoding.PEM).decode()
        for one in kept
        if one.subject == one.issuer
    )


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def documents(told: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in told.split():
        if one.startswith("roots="):
            continue
        if one == "ob2":
            for path in (SAMPLES / "ob2" / "assets").glob("*.json"):
                for scheme in ("http", "https"):
                    address = f"{scheme}://example.org/{path.name}"
                    found[address] = json.loads(path.read_text(encoding="utf-8"))
        else:
            address, _is, path = one.partition("=")
            text = path if path.startswith("{") else (SAMPLES / path).read_text("utf-8")
            found[address] = json.loads(text)
    return found


def known(told: str) -> Trust:
    anchors = [
        anchor
        for one in told.split()
        if one.startswith("roots=")
        for anchor in roots(one.removeprefix("roots="))
    ]
    return Trust(anchors=tuple(anchors), documents=documents(told))


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_sample_is_found_as_the_table_expects(row: Row, installed: Contexts) -> None:
    report = verification.verify(
        (SAMPLES / row.file).read_bytes(),
        at=AT,
        trust=known(row.at_hand),
        contexts=installed,
    )

    found = {check: finding.result for check, finding in report.findings.items()}
    assert {check: found[check] for check in row.results} == row.results
    assert report.verdict == row.verdict


def test_every_credential_of_the_folder_is_in_the_table() -> None:
    files = {
        path.relative_to(SAMPLES).as_posix()
        for folder in FOLDERS
        for path in (SAMPLES / folder).rglob("*")
        if path.is_file()
        and not any(path.relative_to(SAMPLES).match(one) for one in NOT_CREDENTIALS)
    }

    assert files == {row.file for row in ROWS}


@pytest.mark.parametrize(
    "name", ["w3c/eddsa-rdfc-2022/signedDataInt.json"], ids=["rdfc"]
)
def test_a_missing_vocabulary_is_named_and_nothing_is_fetched(name: str) -> None:
    report = verification.verify(
        (SAMPLES / name).read_bytes(), at=AT, trust=Trust(), contexts=Contexts()
    )

    told = {check["name"]: check for check in report.as_dict()["checks"]}
    assert report.verdict == "unverified"
    for check in ("coverage", "signature"):
        assert told[check]["result"] == "unknown"
        assert "https://www.w3.org/ns/credentials/examples/v2" in told[check]["detail"]
        assert "contexts install" in told[check]["detail"]


def test_something_else_in_the_folder_is_no_credential() -> None:
    for name in ("ob2/assets/badgeclass1.json", "w3c/keyPair.json"):
        content = Path(SAMPLES / name).read_bytes()
        report = verification.verify(content, at=AT, trust=Trust(), contexts=Contexts())
        assert report.verdict == "unreadable"
