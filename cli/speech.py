"""The command line speaks: lines or JSON on stdout, what went wrong on stderr."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, NoReturn

import typer

from cli.words import WORDS
from states.labels import Lang
from web import errors
from workflow.problems import ChangedMeanwhile, Invalid, KeyReused, Problem

REFUSED, USAGE, UNVERIFIED = 1, 2, 3
"""Exit codes; 0 is done."""


class Language(StrEnum):
    """What the command line speaks."""

    vi = "vi"
    en = "en"


Json = Annotated[bool, typer.Option("--json", help="Print JSON")]
In = Annotated[Language, typer.Option("--lang", help="vi or en")]


@dataclass(frozen=True, slots=True)
class Speech:
    """How one command answers: in which language, in lines or in JSON."""

    lang: Lang
    as_json: bool = False

    @classmethod
    def of(cls, language: Language, as_json: bool = False) -> "Speech":
        """As the options say."""
        return cls("vi" if language is Language.vi else "en", as_json)

    def word(self, code: str, **facts: object) -> str:
        """A sentence of the command line's own."""
        return WORDS[code][self.lang].format(**facts)

    def answer(self, document: Any, lines: Iterable[str]) -> None:
        """Print the answer: the document as JSON where that was asked for, else the lines."""
        if self.as_json:
            print(json.dumps(document, ensure_ascii=False, indent=1))
            return
        for line in lines:
            print(line)

    def stop(self, code: int, said: str) -> NoReturn:
        """Say on stderr why it ends here."""
        print(said, file=sys.stderr)
        raise typer.Exit(code)

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Turn a problem into its words on stderr with its exit code."""
        try:
            yield
        except Problem as problem:
            document = errors.document(problem, self.lang)
            said = json.dumps(document, ensure_ascii=False, indent=1)
            text = said if self.as_json else "\n".join(_lines(problem, document))
            self.stop(USAGE if isinstance(problem, Invalid | KeyReused) else REFUSED, text)


def _lines(problem: Problem, document: dict[str, Any]) -> Iterator[str]:
    yield f"{document['title']}. {document['detail']}"
    for reason in document["reasons"]:
        basis = f" ({reason['basis']})" if reason["basis"] else ""
        yield f"- {reason['code']}: {reason['message']}{basis} {reason['hint']}"
    for field in document.get("fields", ()):
        yield f"- {field['field']}: {field['message']}"
    if isinstance(problem, ChangedMeanwhile):
        yield f"- {problem.by}, {problem.at}: {problem.station}, {problem.version}"
