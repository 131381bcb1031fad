"""Files named by the SHA-256 of their bytes."""

import hashlib
import os
import tempfile
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

_PIECE = 1 << 20


class TooLarge(Exception):
    """The file is larger than the limit; send a smaller one."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the file is larger than {limit} bytes")
        self.limit = limit


class BlobStore:
    """A folder of files that never change once they are in it."""

    def __init__(self, folder: Path) -> None:
        """Makes the folder where it is missing."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def put(self, stream: BinaryIO, limit: int) -> tuple[str, int]:
        """Keep the bytes of the stream; answers their (SHA-256 in hex, size) once they are safe on disk.

        Raises TooLarge above `limit` bytes, leaving nothing.
        """
        handle, name = tempfile.mkstemp(dir=self._folder, prefix="incoming-")
        incoming = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                sha256, size = _copy(stream, file, limit)
                os.fsync(file.fileno())
            self._place(incoming, sha256)
        finally:
            incoming.unlink(missing_ok=True)
        return sha256, size

    def open(self, sha256: str) -> BufferedReader:
        """The file to read. Raises FileNotFoundError when it is not here."""
        return self._path(sha256).open("rb")

    def check(self, sha256: str) -> bool:
        """True when the file is here with the bytes its name promises."""
        try:
            with self.open(sha256) as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def _place(self, incoming: Path, sha256: str) -> None:
        target = self._path(sha256)
        target.parent.mkdir(exist_ok=True)
        incoming.replace(target)
        # A rename is safe on disk only when its folder is, and a new folder only when the one above it is.
        _sync_folder(target.parent)
        _sync_folder(self._folder)

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise FileNotFoundError(f"no file has the name {sha256!r}")
        return self._folder / sha256[:2] / sha256


def _copy(stream: BinaryIO, file: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > limit:
            raise TooLarge(limit)
        digest.update(piece)
        file.write(piece)
    file.flush()
    return digest.hexdigest(), size


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
