"""Verification codes people can read out: four groups of four, the last letter checks."""

import secrets

# Crockford's alphabet: no I, L, O, U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("ILO", "110")
_LENGTH, _GROUP = 16, 4
# How a code is printed, in capitals or not; what is typed otherwise the form reads.
PRINTED = rf"(?i:[{ALPHABET}]{{4}}(?:-[{ALPHABET}]{{4}}){{3}})"


def new_code() -> str:
    """A fresh code of 75 random bits with its check letter: 7K2M-….-….-…."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH - 1))
    return grouped(body + check_letter(body))


def check_letter(body: str) -> str:
    """Luhn over 32 letters: finds one wrong letter and two neighbours swapped."""
    total = 0
    for place, letter in enumerate(reversed(body)):
        value = ALPHABET.index(letter) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def grouped(code: str) -> str:
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def read(typed: str) -> str | None:
    """The code as it is stored; None where it cannot be one of ours."""
    code = "".join(c for c in typed.upper() if c not in " -–\u00a0")
    code = code.translate(_READ_AS)
    if len(code) != _LENGTH or not set(code) <= set(ALPHABET):
        return None
    if check_letter(code[:-1]) != code[-1]:
        return None
    return grouped(code)
