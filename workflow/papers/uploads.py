"""Papers are taken in, then read by whoever may see their dossier."""

import logging
import os
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

import filetype
from pydantic import TypeAdapter, ValidationError

from db import papers
from db.blobs import TooLarge
from db.papers import PaperRecord
from db.text import nfc
from states.awards import PAPERS
from workflow.command import wrongs
from workflow.engine import Engine
from workflow.fields import Line
from workflow.people.identity import Viewer
from workflow.problems import Invalid, NotFound, Wrong

log = logging.getLogger("khenthuong.papers")
LARGEST = 20 * 1024 * 1024
"""Bytes of one paper."""
LONGEST_NAME = 200
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
"""What a paper may be, by the extension of its name."""
SPELLINGS = {"jpeg": "jpg"}
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_LINE: TypeAdapter[str] = TypeAdapter(Line)


def take_in(engine: Engine, viewer: Viewer, stream: BinaryIO, *, name: str, paper_type: str) -> PaperRecord:
    """Keep a file as a paper of this type; it belongs to whoever brought it until a dossier takes it.

    Raises:
        Invalid: an unknown type, an unusable name, bytes that are not what the name says, empty, too large.
    """
    if paper_type not in PAPERS:
        raise Invalid(Wrong("type", "not_in_list", {}))
    plain = _plain_name(name)
    extension = _extension(plain)
    if not _is(extension, stream):
        raise Invalid(Wrong("file", "file_type_refused", {}))
    try:
        sha256, size = engine.blobs.put(stream, LARGEST)
    except TooLarge:
        raise Invalid(Wrong("file", "file_too_large", {})) from None
    record = PaperRecord(
        id=engine.source.new_id(),
        sha256=sha256,
        name=plain,
        size=size,
        media_type=MEDIA[extension],
        type=paper_type,
        account_id=viewer.account_id,
        created_at=engine.now(),
    )
    with engine.database.transaction() as conn:
        papers.insert(conn, record)
    return record


def paper(engine: Engine, viewer: Viewer, paper_id: str) -> PaperRecord:
    """What is known of a paper. Raises NotFound unless it is one's own or in a dossier one may see."""
    with engine.database.reading() as conn:
        found = papers.find(conn, paper_id)
        if found is None:
            raise NotFound
        if found.account_id != viewer.account_id and not papers.seen_in_a_case(conn, viewer.scope, paper_id):
            raise NotFound
    return found


def bytes_of(engine: Engine, found: PaperRecord) -> BinaryIO:
    """The file itself, as it was brought.

    Raises NotFound, with a line in the log for the operator, when its bytes are gone or are others by now.
    """
    if not engine.blobs.check(found.sha256):
        log.error(
            "the bytes of paper %s are not there: restore blob %s from a backup", found.id, found.sha256
        )
        raise NotFound
    return engine.blobs.open(found.sha256)


def _plain_name(name: str) -> str:
    """The last part of a name: some browsers send the folder along."""
    plain = nfc(name).replace("\\", "/").rpartition("/")[2]
    if len(plain) > LONGEST_NAME:
        raise Invalid(Wrong("file", "string_too_long", {"max_length": LONGEST_NAME}))
    try:
        return _LINE.validate_python(plain)
    except ValidationError as error:
        raise Invalid(*(Wrong("file", wrong.type, wrong.facts) for wrong in wrongs(error))) from None


def _extension(name: str) -> str:
    written = PurePosixPath(name).suffix.removeprefix(".").lower()
    extension = SPELLINGS.get(written, written)
    if extension not in MEDIA:
        raise Invalid(Wrong("file", "file_type_refused", {}))
    return extension


def _is(extension: str, stream: BinaryIO) -> bool:
    """Whether the bytes are what the name promises. Raises Invalid where there are none."""
    stream.seek(0, os.SEEK_SET)
    head = stream.read(8192)
    if not head:
        raise Invalid(Wrong("file", "file_empty", {}))
    try:
        if extension in MAIN_PART:
            return _holds(stream, MAIN_PART[extension])
        kind = filetype.guess(head)
        return kind is not None and kind.extension == extension
    finally:
        stream.seek(0)


def _holds(stream: BinaryIO, part: str) -> bool:
    """Whether it is a zip with this part; only its table of contents is read."""
    try:
        with zipfile.ZipFile(stream) as packed:
            return part in packed.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False
