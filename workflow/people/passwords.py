"""Passwords are kept as Argon2 hashes."""

import threading
import unicodedata

from pwdlib.hashers.argon2 import Argon2Hasher

AT_ONCE = 2


class Passwords:
    """Hashes and checks passwords; at most two at a time, because each takes 64 MiB and half a second."""

    def __init__(self, hasher: Argon2Hasher | None = None) -> None:
        """Tests give a cheap hasher; without one the library's recommended cost applies."""
        self._hasher = hasher or Argon2Hasher()
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, plain: str) -> str:
        """The hash to store."""
        with self._room:
            return self._hasher.hash(_typed(plain))

    def match(self, plain: str, stored: str | None) -> bool:
        """Whether the password is the stored one; as slow for an account that does not exist (None)."""
        if stored is None:
            self.hash(plain)
            return False
        with self._room:
            return self._hasher.verify(_typed(plain), stored)


def _typed(plain: str) -> bytes:
    # Keyboards differ in how they compose Vietnamese letters; the same word must stay the same password.
    return unicodedata.normalize("NFC", plain).encode("utf-8", "surrogatepass")
