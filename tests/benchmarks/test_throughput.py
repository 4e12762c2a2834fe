"""Credentials per second and core, beside what they must cost: hashes and signatures.

The least is measured on the same documents in the same rounds: canonicalising what was
signed, hashing it and verifying the signature with the key in hand; of a token, reading
its parts and verifying it. Nothing is looked up, compared or told. Run with -s to read
the figures.
"""

import base64
import hashlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from pyld import jsonld

from recognition.credentials.contexts import Contexts
from recognition.credentials.findings import Verdict
from recognition.credentials.keys import base58
from recognition.credentials.trust import Trust
from recognition.credentials.verification import verify
from tests.credentials import made

pytestmark = pytest.mark.soak

DOCUMENTS, ROUNDS, WARM_UPS = 50, 30, 2
OF_LINKED_DATA, OF_TOKENS = 0.6, 0.5
CONTEXTS, NOBODY = Contexts(), Trust()
OPTIONS = {
    "algorithm": "URDNA2015",
    "format": "application/n-quads",
    "documentLoader": CONTEXTS.loader,
}

Work = Callable[[], None]


def badges() -> list[dict[str, Any]]:
    """No two are the same: but their issuer's key, nothing is known from the one before."""
    return [
        made.badge()
        | {
            "id": f"urn:uuid:6d0b1f1e-51b6-4f0e-9c1b-{number:012}",
            "validFrom": f"2026-01-15T10:{number:02}:00Z",
        }
        for number in range(DOCUMENTS)
    ]


def least_of_linked_data() -> tuple[list[bytes], list[Work]]:
    files, works = [], []
    for signed in map(made.sign, badges()):
        proof = dict(signed["proof"])
        signature = base58(proof.pop("proofValue")[1:])
        document = {name: told for name, told in signed.items() if name != "proof"}
        options = {"@context": document["@context"], **proof}

        def work(told: Any = (options, document), value: bytes = signature) -> None:
            digests = (
                hashlib.sha256(jsonld.normalize(one, OPTIONS).encode()).digest()
                for one in told
            )
            made.OURS.public_key().verify(value, b"".join(digests))

        files.append(made.as_bytes(signed))
        works.append(work)
    return files, works


def least_of_tokens(key: Any) -> tuple[list[bytes], list[Work]]:
    files, works = [], []
    public = key.public_key()
    for badge in badges():
        issuer = {**badge["issuer"], "id": made.did(key)}
        text = made.token({**badge, "issuer": issuer}, key)

        def work(text: str = text) -> None:
            signed, _dot, value = text.rpartition(".")
            for part in signed.split("."):
                json.loads(decoded(part))
            if isinstance(key, ec.EllipticCurvePrivateKey):
                halves = decoded(value)[:32], decoded(value)[32:]
                der = encode_dss_signature(*map(int.from_bytes, halves))
                public.verify(der, signed.encode(), ec.ECDSA(SHA256()))
            else:
                public.verify(decoded(value), signed.encode())

        files.append(made.as_bytes(text))
        works.append(work)
    return files, works


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def spent(works: Sequence[Work]) -> float:
    began = time.process_time()
    for work in works:
        work()
    return time.process_time() - began


def whole(content: bytes) -> None:
    report = verify(content, at=made.AT, trust=NOBODY, contexts=CONTEXTS)
    assert report.verdict is Verdict.VERIFIED, json.dumps(report.as_dict())


KINDS: dict[str, tuple[Callable[[], tuple[list[bytes], list[Work]]], float]] = {
    "JSON-LD, eddsa-rdfc-2022": (least_of_linked_data, OF_LINKED_DATA),
    "VC-JWT, EdDSA": (lambda: least_of_tokens(made.OURS), OF_TOKENS),
    "VC-JWT, ES256": (lambda: least_of_tokens(made.CURVE), OF_TOKENS),
}


@pytest.mark.parametrize("kind", KINDS)
def test_verifying_costs_little_more_than_its_mathematics(kind: str) -> None:
    make, limit = KINDS[kind]
    files, least = make()
    ours = [lambda content=content: whole(content) for content in files]
    for _round in range(WARM_UPS):
        spent(ours), spent(least)

    rounds = [(spent(ours), spent(least)) for _round in range(ROUNDS)]
    took, must = (min(times) / DOCUMENTS for times in zip(*rounds, strict=True))

    sys.stdout.write(
        f"\n{kind}: {1 / took:,.0f} a second, of {1 / must:,.0f} that the mathematics"
        f" allow: {must / took:.2f}\n"
    )
    assert must / took >= limit
