"""Passwords as Argon2id hashes (RFC 9106, by argon2-cffi): slow to guess, and never kept themselves."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sstc_chat.corpus.errors import AccessError

# NIST SP 800-63B-4 asks for 15 characters of a password that is all there is, and for no rules beside that.
SHORTEST, LONGEST = 15, 512


def hashed(password: str) -> str:
    """Return the hash of a password, with the parameters that the library advises.

    Raises
    ------
    AccessError
        If it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccessError(
            f"The password has {len(password)} characters. Give {SHORTEST} to {LONGEST}: a few words will do."
        )
    return _hasher().hash(password)


def fits(password: str, expected: str | None) -> bool:
    """Whether a password has the expected hash; it takes as long where there is none to expect."""
    try:
        _hasher().verify(expected or _nobodys(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return expected is not None


def is_outdated(expected: str) -> bool:
    """Whether a hash was made with other parameters than are advised today."""
    return _hasher().check_needs_rehash(expected)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("the password of nobody at all")
