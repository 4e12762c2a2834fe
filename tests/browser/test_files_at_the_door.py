"""Whatever proof a learner holds is filed; the officer sees what was checked of it.

A badge baked into a picture, a European Digital Credential, a signed PDF, and a photo of
a paper certificate, which nothing can verify but a person.
"""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import translation
from PIL import Image
from playwright.sync_api import Browser, Locator

from recognition.credentials.findings import Check, Result, Verdict
from recognition.templatetags.credentials import CHECKS, RESULTS, VERDICTS
from tests.browser.house import House
from tests.browser.people import download, fill, follow, open_work, press, screen
from tests.browser.test_journey_recognition import OFFICER, Journey
from tests.credentials import made, made_seals, test_pdf

VERIFIED, UNVERIFIED = Verdict.VERIFIED, Verdict.UNVERIFIED
PASS, UNKNOWN = Result.PASS, Result.UNKNOWN
# What each file comes to where the register of trust knows none of its makers: its kind,
# the verdict, the mathematics of its signature, and whose key it is.
FOUND = {
    "badge.png": ("image/png", VERIFIED, PASS, PASS),
    "diploma.json": ("application/json", UNVERIFIED, PASS, UNKNOWN),
    "diploma.pdf": ("application/pdf", UNVERIFIED, PASS, UNKNOWN),
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Made in another thread: the signer of PDF files wants an event loop of its own."""
    with ThreadPoolExecutor(1) as aside:
        pdf = aside.submit(lambda: test_pdf.signed(test_pdf.written())).result()
    return {
        "badge.png": made.png(made.as_bytes(made.sign(made.badge())).decode()),
        "diploma.json": made.as_bytes(made_seals.sealed(made_seals.european())),
        "diploma.pdf": pdf,
    }


def photo() -> bytes:
    taken = io.BytesIO()
    Image.new("RGB", (320, 240), "white").save(taken, "JPEG")
    return taken.getvalue()


class Door(Journey):
    """An application that begins with the files its applicant holds."""

    files: dict[str, bytes]

    def bring_files(self) -> None:
        for name, content in self.files.items():
            follow(self.page, r"/credential/$")
            file = {"name": name, "mimeType": FOUND[name][0], "buffer": content}
            fill(self.page, {"file": file}, form="form.drop")
            press(self.page, "form.drop button")

    def add_document(self) -> None:
        """The paper itself, as a phone sees it."""
        taken = {"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        follow(self.page, r"/documents/$")
        fill(
            self.page,
            {"kind": "certificate", "title": "Fotografie", "language": "ro"}
            | {"file": taken},
        )
        press(self.page, "main form.act button")


def says(table: Locator, check: Check, result: Result) -> bool:
    """Whether the line of the check has the word of the result, in the reader's words."""
    line = table.locator("tbody tr").filter(has_text=str(CHECKS[check])).first
    return str(RESULTS[result][1]) in line.inner_text()


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("ro", False)])
def test_every_proof_is_filed_and_the_officer_sees_its_checks(
    chromium: Browser,
    own_house: House,
    files: dict[str, bytes],
    language: str,
    scripts: bool,
) -> None:
    with screen(
        chromium, own_house.address, language=language, java_script_enabled=scripts
    ) as page:
        door = Door(page, own_house, "Data ethics")
        door.files = files
        door.file()
        with door.work_of(OFFICER), translation.override(language):
            open_work(page, door.case)
            # The latest stands first; the photo is a document and no credential.
            tables = page.locator("main table:has(td.found)").all()
            verdicts = page.locator("main h3:has(.stamp)").all_inner_texts()

            assert len(tables) == len(verdicts) == len(FOUND)
            for table, verdict, name in zip(
                tables, verdicts, reversed(FOUND), strict=True
            ):
                _type, wanted, signature, binding = FOUND[name]
                assert str(VERDICTS[wanted][2]) in verdict, name
                assert says(table, Check.SIGNATURE, signature), name
                assert says(table, Check.KEY_BINDING, binding), name
                assert says(table, Check.ISSUER, UNKNOWN), name
            assert download(page, r"/documents/\d+/$", last=True) == photo()
