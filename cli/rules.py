"""Process definitions from the command line."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.speech import REFUSED, USAGE, In, Json, Language, Speech
from states.checking.check import FaultyDefinition, checked
from states.checking.faults import Fault
from states.definition import Definition, DefinitionError
from states.definition_file import parse, shipped, shipped_texts
from states.process.diagram import mermaid, svg
from states.process.difference_words import sentences, told
from states.process.process_document import process_document
from states.registries import REGISTRIES

FIRST = "dossier@A.1"
app = typer.Typer(no_args_is_help=True, help="Process definitions")
Name = Annotated[str, typer.Argument(help="Such as dossier@A.1")]


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="A TOML file; without one all that are shipped")] = None,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Check definitions: every fault with its place."""
    speech = Speech.of(lang, as_json)
    found = [_read(file, speech)] if file else list(shipped().values())
    faults = [fault for definition in found for fault in _faults(definition)]
    if faults:
        said = [{"place": f.place, "code": f.code, "message": getattr(f, f"message_{lang}")} for f in faults]
        text = "\n".join(f"{one['place']}: {one['message']}" for one in said)
        speech.stop(REFUSED, json.dumps(said, ensure_ascii=False, indent=1) if as_json else text)
    documents = [{"name": d.name, "digest": d.digest} for d in found]
    speech.answer(documents, [speech.word("definition_ok", name=d.name, digest=d.digest[:12]) for d in found])


@app.command()
def show(name: Name, as_json: Json = False, lang: In = Language.vi) -> None:
    """The definition's chapter of the process document; as JSON its canonical form."""
    speech = Speech.of(lang, as_json)
    found = _named(name, speech)
    speech.answer(json.loads(found.text), [process_document({found.name: found})])


@app.command()
def diagram(
    name: Annotated[str | None, typer.Argument(help="Such as dossier@A.1; without it all processes")] = None,
    write: Annotated[
        Path | None, typer.Option(help="Write it to this file: .md the document, .svg a drawing")
    ] = None,
    lang: In = Language.vi,
) -> None:
    """Print a process as Mermaid, write its drawing, or write the document of all processes."""
    speech = Speech.of(lang)
    if write is not None and write.suffix == ".svg":
        write.write_text(svg(_named(name or FIRST, speech), speech.lang) + "\n", encoding="utf-8")
        print(speech.word("written", path=write))
        return
    if write is None:
        for found in [_named(name, speech)] if name else shipped().values():
            print(mermaid(found, speech.lang))
        return
    chosen = {name: _named(name, speech)} if name else shipped()
    write.write_text(process_document(chosen), encoding="utf-8")
    print(speech.word("written", path=write))


@app.command()
def diff(old: Name, new: Name, as_json: Json = False, lang: In = Language.vi) -> None:
    """What changed from one version to another, a sentence each."""
    speech = Speech.of(lang, as_json)
    before, after = (_named(name, speech) for name in (old, new))
    if before.key != after.key:
        speech.stop(REFUSED, speech.word("two_processes", old=old, new=new))
    lines = list(sentences(before, after, speech.lang))
    found = [asdict(one) for one in told(before, after, speech.lang)]
    speech.answer(found, lines or [speech.word("same")])


def _named(name: str, speech: Speech) -> Definition:
    if name not in shipped():
        speech.stop(REFUSED, speech.word("no_definition", name=name))
    return shipped()[name]


def _read(file: Path, speech: Speech) -> Definition:
    try:
        return parse(file.read_text("utf-8"), parents=shipped_texts())
    except OSError as error:
        speech.stop(USAGE, speech.word("no_file", path=file, why=error.strerror))
    except (DefinitionError, UnicodeDecodeError) as error:
        speech.stop(REFUSED, str(error))


def _faults(definition: Definition) -> tuple[Fault, ...]:
    try:
        checked(definition, REGISTRIES)
    except FaultyDefinition as faulty:
        return faulty.faults
    return ()
