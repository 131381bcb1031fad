"""There is one road: nothing else in the source writes a case, and the table says of each step all it must."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from notifications.catalogue import notice_of, templates
from states.definition_file import shipped
from workflow.act import Act
from workflow.acts import ACTS

ROOT = Path(__file__).parent.parent
ROOMS = ("states", "db", "notifications", "workflow", "web", "cli")

# Who may open a transaction of their own: none of them has a case in it.
OTHER_TRANSACTIONS = {
    "db/engine.py": "a migration, which is one",
    "workflow/engine.py": "the definitions, the clock's offset",
    "workflow/clock/guard.py": "the latest moment the clock was believed",
    "workflow/people/accounts.py": "persons, accounts, grants",
    "workflow/people/units.py": "units that begin and end",
    "workflow/people/identity.py": "sign-ins, sessions, lock-outs",
    "workflow/people/tokens.py": "tokens",
    "workflow/auditing/views.py": "who looked at personal data",
    "workflow/papers/uploads.py": "uploaded files, before they belong to a case",
    "workflow/packages/receiving.py": "packages of other installations",
    "workflow/scratch.py": "what somebody is still typing",
    "workflow/demo/filling.py": "the demo's clock and its progress",
    "workflow/demo/people.py": "the demo's units, accounts, people",
    "workflow/people/preferences.py": "how people want to be told",
    "workflow/mailing.py": "deliveries of notices",
    "workflow/clock/occurring.py": "what would begin a case that is there already comes to nothing",
    "db/migrate.py": "the guards, where no migration is missing",
    "notifications/pump.py": "deliveries of notices",
    "workflow/batches/orders.py": "what was ordered at one go, before any of it is done",
    "workflow/batches/runner.py": "what came of each item, as the road answered",
    "workflow/year/occurrences.py": "the days on which a plan brings something, worked out from its case",
}
CASE_WRITES = {
    ("cases", "insert"),
    ("cases", "update"),
    ("history", "append"),
    ("nominations", "replace"),
    ("nominations", "set_outcomes"),
    ("commands", "insert"),
    ("commands", "finish"),
}
WRITERS = {"workflow/step.py", "workflow/texts.py"}  # the texts are written for the step, in its transaction


@cache
def called() -> Mapping[str, frozenset[str]]:
    """What every module of the program calls, by the module's path."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return {
        path.relative_to(ROOT).as_posix(): frozenset(calls(ast.parse(path.read_text("utf-8"))))
        for path in paths
    }


def imported(tree: ast.Module) -> dict[str, str]:
    """What each name of a module stands for: ``db.cases`` for ``cases``."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
        if isinstance(node, ast.Import):
            names |= {a.asname or a.name: a.name for a in node.names}
    return names


def calls(tree: ast.Module) -> Iterator[str]:
    """The full name of everything a module calls, as far as its imports tell."""
    names = imported(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            yield names.get(node.func.id, node.func.id)
        if isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            yield f"{names.get(owner, owner)}.{node.func.attr}"


def test_only_the_one_road_writes_cases_and_their_history() -> None:
    wanted = {f"db.{module}.{name}" for module, name in CASE_WRITES}
    found = {(path, call) for path, its in called().items() for call in its if call in wanted}
    assert {path for path, _ in found} == WRITERS
    assert {call for _, call in found} == wanted
    assert {call for path, call in found if path != "workflow/step.py"} == {"db.nominations.replace"}


def test_only_the_one_road_writes_the_texts_of_a_case() -> None:
    writers = {path for path, its in called().items() if "workflow.texts.write" in its}
    assert writers == {"workflow/step.py"}


def test_every_transaction_is_the_one_roads_or_holds_no_case() -> None:
    openers = {path for path, its in called().items() for call in its if call.endswith(".transaction")}
    assert "workflow/step.py" in openers
    assert openers - {"workflow/step.py"} <= OTHER_TRANSACTIONS.keys()


def test_nobody_commits_by_hand() -> None:
    ends = (".commit", ".rollback")
    found = {(path, call) for path, its in called().items() for call in its if call.endswith(ends)}
    assert found == set()


def test_nobody_writes_sql_against_a_case_in_words() -> None:
    """Outside the memory's own room no statement is spelt out at all."""
    spelt = {
        (path, call)
        for path, its in called().items()
        for call in its
        if not path.startswith("db/")
        and (call.endswith((".exec_driver_sql", ".execute")) or call == "sqlalchemy.text")
    }
    assert spelt == set()


KEYED = [(definition.key, step) for definition in shipped().values() for step in definition.steps]
STEPS = [step for _, step in KEYED]
UNSAID = {
    # Taking a paper out belongs to giving papers.
    ("amend", "papers_removed"),
}
MAY_BE_EMPTY = {
    # A draft may begin without anybody in it.
    ("create", "nominations"),
}


def taken(act: Act) -> set[str]:
    """What an act's form takes, as the table writes it: with a question mark where it may be left out."""
    found = {"reason"} if act.needs_reason else set()
    for name, field in act.form.model_fields.items():
        spoken = field.alias or name
        optional = not field.is_required() and (act.name, name) not in MAY_BE_EMPTY
        if (act.name, name) not in UNSAID:
            found.add(f"{spoken}?" if optional else spoken)
    return found


def test_each_step_asks_exactly_what_its_acts_form_takes() -> None:
    asked = {(step.act, frozenset(step.asks)) for step in STEPS}
    assert asked == {(name, frozenset(taken(act))) for name, act in ACTS.items()}


def test_each_step_that_tells_somebody_has_a_notice_in_both_languages() -> None:
    told = {notice_of(step.act, key) for key, step in KEYED if step.tells}
    assert told
    for notice in told:
        assert all(templates()[notice][part][lang] for part in ("subject", "text") for lang in ("vi", "en"))
