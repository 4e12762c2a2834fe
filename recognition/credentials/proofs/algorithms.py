"""The mathematics of JSON Web Signatures (RFC 7518 §3, RFC 8037), for tokens and seals.

Libraries for tokens stop at the unencoded text and the critical headers of seals, and
check what was asked of the header before; so the few lines stand here once.
"""

from typing import TypeGuard

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from recognition.credentials.keys import PublicKey
from recognition.credentials.refusals import Malformed
from recognition.credentials.words import gettext_noop as _

LEAST_RSA_BITS = 2048
HASHES: dict[str, hashes.HashAlgorithm] = {
    "256": hashes.SHA256(),
    "384": hashes.SHA384(),
    "512": hashes.SHA512(),
}
OF_EDWARDS = ("EdDSA", "Ed25519")
NAMES = {f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in HASHES}
ECDSA = {bits: ec.ECDSA(digest) for bits, digest in HASHES.items()}
# Of each digest the curve, and how many bytes a number of it has.
CURVES = {"256": ("secp256r1", 32), "384": ("secp384r1", 48), "512": ("secp521r1", 66)}
OF_ANOTHER_KIND = _("The key is not of the kind that this signature asks for.")


def is_right(algorithm: str, key: PublicKey, signature: bytes, signed: bytes) -> bool:
    """Whether the key made the signature over the bytes by the algorithm so named."""
    try:
        _verify(algorithm, key, signature, signed)
    except InvalidSignature:
        return False
    return True


def _verify(algorithm: str, key: PublicKey, signature: bytes, signed: bytes) -> None:
    kind, bits = algorithm[:2], algorithm[2:]
    if algorithm in OF_EDWARDS and isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, signed)
    elif bits not in HASHES:
        raise Malformed(OF_ANOTHER_KIND)
    elif kind == "ES" and _is_on(key, CURVES[bits][0]):
        key.verify(_as_der(signature, CURVES[bits][1]), signed, ECDSA[bits])
    elif kind == "RS" and isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, signed, padding.PKCS1v15(), HASHES[bits])
    elif kind == "PS" and isinstance(key, rsa.RSAPublicKey):
        digest = HASHES[bits]
        pss = padding.PSS(padding.MGF1(digest), digest.digest_size)
        key.verify(signature, signed, pss, digest)
    else:
        raise Malformed(OF_ANOTHER_KIND)


def _is_on(key: PublicKey, curve: str) -> TypeGuard[ec.EllipticCurvePublicKey]:
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == curve


def _as_der(signature: bytes, half: int) -> bytes:
    """Two numbers of the curve's length, one behind the other."""
    if len(signature) != 2 * half:
        raise InvalidSignature
    numbers = (int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
    return encode_dss_signature(*numbers)
