"""Enveloped XML signatures, as national registers put them on transcripts."""

from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from recognition.credentials import certificates, keys
from recognition.credentials.findings import (
    CHANGED,
    NO_PROOF,
    NOT_CHECKED,
    Finding,
    failed,
    passed,
    unknown,
)
from recognition.credentials.proofs.algorithms import LEAST_RSA_BITS
from recognition.credentials.refusals import Malformed
from recognition.credentials.words import gettext_noop as _

DS = "http://www.w3.org/2000/09/xmldsig#"
SIGNATURE = f"{{{DS}}}Signature"
OBSOLETE = _(
    "It is signed by %(algorithm)s, which can be forged today: confirm by hand."
)


@dataclass(frozen=True)
class SignedXml:
    """The judgement, and the part of the file that the signature covers."""

    signature: Finding
    coverage: Finding
    certificate: x509.Certificate | None = None
    content: Any = None


def verify(root: Any) -> SignedXml:
    signatures = list(root.iter(SIGNATURE))
    if not signatures:
        return SignedXml(unknown(NO_PROOF), unknown(NOT_CHECKED))
    if len(signatures) > 1 or signatures[0].getparent() is not root:
        several = failed(_("The file is not signed once and as a whole."))
        return SignedXml(several, unknown(NOT_CHECKED))
    obsolete = _obsolete(signatures[0])
    if obsolete:
        return SignedXml(unknown(OBSOLETE, algorithm=obsolete), unknown(NOT_CHECKED))
    try:
        certificate = _certificate(signatures[0])
        key = certificates.public_key(certificate)
    except Malformed as refusal:
        told = unknown(refusal.sentence, **refusal.facts)
        return SignedXml(told, unknown(NOT_CHECKED))
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < LEAST_RSA_BITS:
        sentence = _("The key has %(bits)s bits; so short a key proves nothing.")
        weak = unknown(sentence, bits=key.key_size)
        return SignedXml(weak, unknown(NOT_CHECKED), certificate)
    return _verified(root, certificate, key)


def _certificate(signature: Any) -> x509.Certificate:
    text = signature.findtext(f"{{{DS}}}KeyInfo//{{{DS}}}X509Certificate")
    if not text:
        raise Malformed(_("The signature brings no certificate."))
    return certificates.from_base64("".join(text.split()))


def _obsolete(signature: Any) -> str | None:
    """The name of an algorithm of the past, where one is used."""
    for element in signature.iter(f"{{{DS}}}SignatureMethod", f"{{{DS}}}DigestMethod"):
        algorithm = element.get("Algorithm", "").rpartition("#")[2]
        if algorithm.endswith(("sha1", "md5")):
            return str(algorithm.upper())
    return None


def _verified(root: Any, certificate: x509.Certificate, key: Any) -> SignedXml:
    from lxml import etree  # noqa: PLC0415  heavy: for signed XML only
    from signxml.algorithms import SignatureMethod  # noqa: PLC0415  as above
    from signxml.exceptions import SignXMLException  # noqa: PLC0415  as above
    from signxml.verifier import (  # noqa: PLC0415  as above
        SignatureConfiguration,
        XMLVerifier,
    )

    allowed = frozenset(
        method
        for method in SignatureMethod
        if not any(name in method.name for name in ("SHA1", "HMAC", "DSA_SHA256"))
        or method.name.startswith("ECDSA_SHA256")
    )
    rules = SignatureConfiguration(
        location="./",
        signature_methods=allowed,
        # Whether it was in force is judged with its chain.
        verification_time=certificate.not_valid_before_utc,
    )
    try:
        result = XMLVerifier().verify(
            etree.tostring(root), x509_cert=certificate, expect_config=rules
        )
    except (SignXMLException, ValueError, etree.Error):
        return SignedXml(failed(CHANGED), unknown(NOT_CHECKED), certificate)
    content = getattr(result, "signed_xml", None)
    told = passed(
        _("The signature is right for the key %(key)s."), key=keys.thumbprint(key)
    )
    if content is None or content.tag != root.tag:
        partial = failed(_("The signature covers a part of the file only."))
        return SignedXml(told, partial, certificate)
    whole = passed(_("The signature covers everything that is read."))
    return SignedXml(told, whole, certificate, content)
