"""The institution's Ed25519 keys for what it issues: one signs, those before it are known.

They live in one file outside the database. After a rotation the old private key is gone for
good; its public half stays with the day on which it ended.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


@dataclass(frozen=True)
class IssuerKey:
    """A public key by its multibase name; the one that signs has no end.

    The first key has no beginning either: whatever was issued before its successor
    came was signed with it. Of one that was lost, others may hold the private half.
    """

    name: str
    public: str
    since: datetime | None
    until: datetime | None
    is_lost: bool = False

    @property
    def thumbprint(self) -> str:
        """SHA-256 of the key in its standard form, as registers of trust list it."""
        key = load_pem_public_key(self.public.encode())
        der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return hashlib.sha256(der).hexdigest()


@dataclass(frozen=True)
class SigningKey:
    """The key in use, with its private half."""

    known: IssuerKey
    private: str


def make(path: Path) -> None:
    """Write a file with a first key, readable by its owner only; never replaces one."""
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    private, public = _pair()
    _write(path, [{"public": public, "private": private}])


def rotate(path: Path, at: datetime, *, lost: bool = False) -> IssuerKey:
    """End the key in use at an instant and begin with a new one, in one step."""
    kept = _read(path)
    ended = {"public": kept[-1]["public"], "until": at.isoformat()}
    kept[-1] = {**ended, "lost": True} if lost else ended
    private, public = _pair()
    _write(path, [*kept, {"public": public, "private": private}])
    return history(path)[-1]


def history(path: Path) -> tuple[IssuerKey, ...]:
    """Every public key there was, the one in use last."""
    kept = _read(path)
    ends = [_instant(one.get("until")) for one in kept]
    return tuple(
        IssuerKey(_name(one["public"]), one["public"], since, until, "lost" in one)
        for one, since, until in zip(kept, [None, *ends], ends, strict=False)
    )


def in_use(path: Path) -> SigningKey:
    return SigningKey(history(path)[-1], _read(path)[-1]["private"])


def fault(path: Path) -> str:
    """Why nothing can be signed; empty when it can."""
    if not path.exists():
        return f"the key file {path} is missing"
    try:
        key = load_pem_private_key(in_use(path).private.encode(), password=None)
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        return f"the key file {path} cannot be read"
    return ""


def _pair() -> tuple[str, str]:
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private.decode(), _pem(key.public_key())


def _pem(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _name(public: str) -> str:
    # Heavy, and needed only where something is signed or its keys are told.
    from openbadgeslib.ob3.did import multikey_from_pem  # noqa: PLC0415

    name: str = multikey_from_pem(public)
    return name


def _read(path: Path) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = json.loads(path.read_text(encoding="ascii"))["keys"]
    return kept


def _write(path: Path, kept: list[dict[str, Any]]) -> None:
    """All of it or nothing: a reader never meets half a file."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600, exist_ok=False)
    new.write_text(json.dumps({"keys": kept}, indent=1) + "\n", encoding="ascii")
    os.replace(new, path)  # noqa: PTH105  the one call that replaces at once


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
