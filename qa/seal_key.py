"""The Ed25519 key that signs the seals; it lives in a file outside the database."""

from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def make(path: Path) -> None:
    """Write a new private key, readable by its owner only; never replaces one."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.new")
    half.touch(mode=0o600)
    half.write_bytes(pem)
    half.replace(path)


@lru_cache(maxsize=4)
def _load(path: str) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(Path(path).read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("The seal key must be an Ed25519 key.")
    return key


def _key() -> Ed25519PrivateKey:
    return _load(str(settings.SEAL_KEY_FILE))


def fault() -> str:
    """Why nothing can be signed or checked with the key; empty when it can."""
    path = settings.SEAL_KEY_FILE
    if not Path(path).exists():
        return f"the key file {path} is missing"
    try:
        _key()
    except (OSError, TypeError, ValueError):
        return f"the key file {path} cannot be read as an Ed25519 key"
    return ""


def key_id() -> str:
    """The public key in hexadecimal: who can name it can check the seals."""
    return (
        _key()
        .public_key()
        .public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        .hex()
    )


def sign(text: str) -> tuple[str, str]:
    """Key id and signature of a text, both in hexadecimal."""
    return key_id(), _key().sign(text.encode()).hex()


def is_signed(text: str, signature: str) -> bool:
    """Whether our own key made the signature."""
    try:
        _key().public_key().verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
