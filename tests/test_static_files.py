"""The files the browser loads are the ones that were vetted."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "web" / "static"
LAYOUT = ROOT / "web" / "templates" / "layout"
VENDOR_FOLDERS = (STATIC / "vendor", ROOT / "tests" / "vendor")
PACKAGES = tomllib.loads((STATIC / "VENDORED.toml").read_text("utf-8"))["package"]
LISTED = {path: digest for package in PACKAGES for path, digest in package["files"].items()}
PAGES = sorted((ROOT / "web" / "templates").rglob("*.html"))


def without_comments(path: Path) -> str:
    """The template's text that can reach a browser."""
    return re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", sorted(LISTED))
def test_a_vendored_file_is_byte_for_byte_the_listed_one(path: str) -> None:
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == LISTED[path]


def test_nothing_unlisted_lies_among_the_vendored_files() -> None:
    lying = {p.relative_to(ROOT).as_posix() for d in VENDOR_FOLDERS for p in d.rglob("*") if p.is_file()}
    assert lying == set(LISTED)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_vendored_package_names_its_version_and_carries_its_licence(package: dict[str, str]) -> None:
    assert package["version"] in package["source"]
    assert package["licence"] in {"0BSD", "MIT", "OFL-1.1", "MPL-2.0"}
    assert any(path.endswith("/LICENSE") for path in package["files"])


@pytest.mark.parametrize("sheet", ["app.css", "pages.css", "paper.css"])
def test_a_style_sheet_loads_only_files_that_exist_here(sheet: str) -> None:
    urls = re.findall(r'url\("?([^")]+)"?\)', (STATIC / sheet).read_text("utf-8"))
    assert all((STATIC / url).is_file() for url in urls)


def test_every_icon_that_the_macros_name_is_in_the_sprite() -> None:
    sprite = set(
        re.findall(r'id="([^"]+)"', (STATIC / "vendor/bootstrap-icons/icons.svg").read_text("utf-8"))
    )
    source = "".join(without_comments(path) for path in PAGES)
    tables = re.findall(r'"\w+": \("([a-z0-9-]+)", "[a-z-]+"\)', source)
    calls = re.findall(r'icon\("([^"]+)"', source)
    assert len(tables) > 40
    assert set(tables + calls) <= sprite


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_carries_anything_inline_that_the_policy_forbids(page: Path) -> None:
    source = without_comments(page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|<script(?![^>]*\ssrc=)", source)


def test_every_word_of_the_shell_exists_in_english() -> None:
    with (ROOT / "web/translations/en/layout.po").open("rb") as file:
        catalogue = {str(message.id): str(message.string) for message in read_po(file) if message.id}
    source = "".join(without_comments(path) for path in LAYOUT.glob("*.html"))
    words = {a or b for a, b in re.findall(r"""_\((?:"([^"]+)"|'([^']+)')""", source)}
    assert words
    assert words == {word for word, english in catalogue.items() if english}
