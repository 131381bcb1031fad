"""What the documents name is there."""

import pkgutil
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
PLACES = r"(?:states|db|notifications|workflow|web|cli|bench|tests|docs)"
FILE = re.compile(rf"`({PLACES}/[\w./-]*)`")
NAME = re.compile(rf"`({PLACES}(?:\.\w+)+)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_a_document_names_is_there(document: Path) -> None:
    named = FILE.findall(document.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_name_of_the_code_a_document_uses_means_something(document: Path) -> None:
    named = NAME.findall(document.read_text("utf-8"))
    assert [name for name in named if not known(name)] == []


def known(name: str) -> bool:
    """Whether this is a module, or something that stands in one."""
    try:
        return pkgutil.resolve_name(name) is not None
    except (ImportError, AttributeError):
        return False


def test_a_name_that_means_nothing_is_seen() -> None:
    assert known("workflow.step.perform")
    assert not known("workflow.step.perform_nothing")
    assert not known("workflow.nowhere")
