"""ELMO transcripts: safe reading, signatures of today and of the past, claims."""

import base64
import gzip
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml import DigestAlgorithm, SignatureMethod, XMLSigner, methods

from recognition.credentials.readers.elmo_claims import ELMO, outcomes
from recognition.credentials.trust import (
    Applicant,
    Coverage,
    Institution,
    KnownKey,
    Span,
    Trust,
)
from tests.credentials import made, made_seals
from tests.credentials.asked import results, verify
from tests.credentials.made_seals import pem

KNOWN = Trust(
    (
        Institution(
            "Exemplu",
            frozenset({"schac:exemplu.example"}),
            (KnownKey(made.thumbprint(made_seals.SEAL)),),
        ),
    )
)
ANCHORED = Trust(anchors=(pem(made_seals.ROOT),))


def transcript(credit: str = "3", day: str = "2026-01-15T09:00:00Z") -> str:
    return f"""<elmo xmlns="{ELMO}"><generatedDate>{day}</generatedDate>
    <learner><identifier type="nationalIdentifier">RO-1</identifier>
    <givenNames>Ana</givenNames><familyName>Exemplu</familyName></learner>
    <report><issuer><country>RO</country>
    <identifier type="schac">exemplu.example</identifier>
    <title xml:lang="ro">Universitatea Exemplu</title><title xml:lang="en">Exemplu</title>
    <url>https://exemplu.example</url></issuer>
    <learningOpportunitySpecification><title xml:lang="en">Data ethics</title>
    <type>Module</type><iscedCode>0613</iscedCode><specifies><learningOpportunityInstance>
    <date>2026-01-10</date><resultLabel>9</resultLabel><credit><scheme>ECTS</scheme>
    <value>{credit}</value></credit><level><type>EQF</type><value>6</value></level>
    <engagementHours>75</engagementHours></learningOpportunityInstance></specifies>
    </learningOpportunitySpecification></report></elmo>"""


def signed(
    text: str,
    key: Any = made_seals.SEAL,
    leaf: Any = made_seals.LEAF,
    **how: Any,
) -> bytes:
    signer = XMLSigner(method=methods.enveloped, **how)
    root = signer.sign(etree.fromstring(text), key=key, cert=[leaf])
    return etree.tostring(root)


def test_good() -> None:
    report = verify(signed(transcript()), KNOWN)

    assert report.verdict == "verified"
    assert results(report)["issuer"] == "pass"


def test_the_signature_is_of_the_day_on_which_the_transcript_was_made() -> None:
    """The degree is older than the key of today, and the old number is another's."""
    told = transcript().replace(
        "</report>", "<issueDate>2019-06-30T00:00:00Z</issueDate></report>"
    )
    [exemplu] = KNOWN.institutions
    since = Span(date(2025, 1, 1))
    key = KnownKey(exemplu.keys[0].thumbprint, since)
    covered = (Coverage("ARACIS 12", Span(date(2018, 1, 1), date(2020, 1, 1))),)
    ours = replace(
        exemplu,
        keys=(key,),
        days={"schac:exemplu.example": (since,)},
        quality_assured=covered,
    )

    report = verify(signed(told), Trust((ours,)))

    assert report.verdict == "verified"
    assert results(report)["issuer"] == "pass"
    assert results(report)["quality_assurance"] == "pass"


def test_tampered() -> None:
    content = signed(transcript()).replace(b"<value>3<", b"<value>30<")

    assert results(verify(content, KNOWN))["signature"] == "fail"
    assert verify(content, KNOWN).verdict == "invalid"


def test_from_the_future() -> None:
    report = verify(signed(transcript(day="2027-01-01T00:00:00Z")), KNOWN)

    assert results(report)["validity"] == "fail"


def test_wrong_key() -> None:
    content = signed(transcript(), made_seals.STRANGER, made_seals.OWN_LEAF)

    assert results(verify(content, KNOWN))["signature"] == "pass"
    assert verify(content, KNOWN).verdict == "unverified"


def test_unknown_issuer() -> None:
    """An authority vouches for who signed, not for whom they may sign."""
    report = verify(signed(transcript()), ANCHORED)

    assert results(report)["issuer"] == "unknown"
    assert results(report)["key_binding"] == "unknown"
    assert report.verdict == "unverified"


def test_unsigned() -> None:
    assert verify(transcript()).verdict == "unverified"


def test_a_certificate_whose_name_is_no_text() -> None:
    der = made_seals.LEAF.public_bytes(Encoding.DER)
    name = made_seals.NAME.encode()
    spoilt = base64.b64encode(der.replace(name, b"\xff" * len(name)))
    content = signed(transcript())
    [whole] = etree.fromstring(content).iter("{*}X509Certificate")
    report = verify(content.replace(whole.text.encode(), spoilt), KNOWN)

    assert report.verdict == "unverified"
    assert "certificate" in report.as_dict()["checks"][3]["detail"]


def test_obsolete_algorithms_are_for_people() -> None:
    class Older(XMLSigner):
        def check_deprecated_methods(self) -> None:
            """Made as registers did until 2018."""

    root = Older(
        method=methods.enveloped,
        signature_algorithm=SignatureMethod.RSA_SHA1,
        digest_algorithm=DigestAlgorithm.SHA1,
    ).sign(etree.fromstring(transcript()), key=made_seals.SEAL, cert=[made_seals.LEAF])
    report = verify(etree.tostring(root), KNOWN)

    assert results(report)["signature"] == "unknown"
    assert report.verdict == "unverified"


def test_a_transcript_wrapped_around_a_signed_one() -> None:
    """The signature stays right, but what people would read is not what it covers."""
    inner = signed(transcript())
    forged = transcript("60").replace("</elmo>", "<extension>")
    content = forged.encode() + inner + b"</extension></elmo>"

    report = verify(content, KNOWN)

    assert results(report)["signature"] == "fail"
    assert report.verdict == "invalid"


def test_comments_do_not_cut_values() -> None:
    content = signed(transcript("120")).replace(b"120", b"12<!-- -->0")
    report = verify(content, KNOWN)

    assert report.verdict == "verified"
    assert report.as_dict()["claims"]["ects"]["value"] == "120"


def test_only_a_part_is_signed() -> None:
    root = etree.fromstring(transcript())
    root.find(f"{{{ELMO}}}learner").set("Id", "learner")
    signer = XMLSigner(method=methods.detached)
    signature = signer.sign(
        root, key=made_seals.SEAL, cert=[made_seals.LEAF], reference_uri="#learner"
    )
    root.append(signature)

    report = verify(etree.tostring(root), KNOWN)

    assert results(report)["coverage"] != "pass"
    assert report.verdict != "verified"


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE elmo [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + transcript("&x;"),
        "<elmo>",
        "<other/>",
        transcript().replace(ELMO, "http://purl.org/net/elmo"),
        f"<answer>{transcript()}{transcript()}</answer>",
        transcript().replace("<learner>", "<!DOCTYPE x><learner>"),
    ],
    ids=["entity", "cut off", "other", "before 1.0", "two", "inner type"],
)
def test_is_not_read(content: str) -> None:
    assert verify(content).verdict == "unreadable"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-01-15T09:00:00Z", "yesterday"),
        ("<familyName>Exemplu</familyName>", ""),
        ('<identifier type="schac">exemplu.example</identifier>', ""),
        ('<title xml:lang="en">Data ethics</title>', ""),
    ],
    ids=["date", "learner", "issuer", "title"],
)
def test_what_every_transcript_has(old: str, new: str) -> None:
    assert results(verify(transcript().replace(old, new)))["structure"] == "fail"


def test_inside_an_answer_and_as_it_is_handed_on() -> None:
    answer = f"<answer><tor>{transcript()}</tor></answer>"
    packed = base64.encodebytes(gzip.compress(transcript().encode()))
    bomb = base64.b64encode(gzip.compress(bytes(30 * 1024**2)))

    assert verify(answer).format == verify(packed).format == "elmo"
    assert verify(bomb).verdict == "unreadable"


@pytest.mark.parametrize(
    ("status", "ects"), [("passed", "3"), ("failed", None), ("in-progress", None)]
)
def test_credits_are_those_of_what_was_passed(status: str, ects: str | None) -> None:
    told = transcript().replace(
        "<resultLabel>", f"<status>{status}</status><resultLabel>"
    )
    inner = told[told.index("<learningOpportunityS") : told.index("</report>")]
    whole = inner.replace("Data ethics", "Data").replace(
        f"<status>{status}</status>", "<status>failed</status>"
    )
    around = whole.replace("</specifies>", f"</specifies><hasPart>{inner}</hasPart>")

    found = verify(told).as_dict()["claims"]
    of_the_whole = verify(told.replace(inner, around)).as_dict()["claims"]

    assert found.get("ects", {}).get("value") == ects
    assert ("grade" in found, "hours" in found) == (ects is not None,) * 2
    assert found["title"]["value"] == "Data ethics"
    assert not {"ects", "grade", "hours"} & of_the_whole.keys()


@pytest.mark.parametrize(
    ("described", "found"),
    [
        ("Learning outcomes: weighs", ["weighs"]),
        ("Learning outcomes\nweighs", ["weighs"]),
        ("Outcomes are discussed in class.\nBring a pen.", []),
    ],
)
def test_a_heading_ends_with_a_colon_or_its_line(
    described: str, found: list[str]
) -> None:
    assert outcomes(described) == found


def test_claims_and_recipient() -> None:
    report = verify(transcript(), Trust(applicant=Applicant(identifiers=("RO-1",))))
    told = report.as_dict()["claims"]

    assert results(report)["recipient"] == "pass"
    assert {name: claim["value"] for name, claim in told.items()} == {
        "learner": "Ana Exemplu",
        "learner_id": "RO-1",
        "title": "Data ethics",
        "country": "RO",
        "issuer": "Exemplu",
        "issuer_id": "schac:exemplu.example",
        "awarding_body": "Exemplu",
        "issued_on": "2026-01-15T09:00:00Z",
        "awarded_on": "2026-01-10",
        "ects": "3",
        "hours": "75",
        "eqf_level": "6",
        "grade": "9",
        "isced_f": "0613",
        "kind": "Module",
    }
