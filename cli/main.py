"""The command line, `khenthuong`."""

import typer

from cli import clock, dossiers, office, packages, plans, rules, serving, units

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Khen Thưởng: award dossiers from a unit's draft to the signed decision.",
)
for _command in (
    serving.demo,
    serving.init,
    serving.serve,
    clock.clock,
    clock.tick,
    dossiers.can,
    dossiers.act,
    dossiers.history,
    office.verify,
    office.outbox,
    office.pump,
):
    app.command()(_command)
app.add_typer(rules.app, name="definition")
app.add_typer(plans.app, name="plan")
app.add_typer(packages.app, name="package")
app.add_typer(office.user, name="user")
app.add_typer(units.unit, name="unit")
app.add_typer(office.token, name="token")


def run() -> None:
    """Read the arguments, do what they say, end with its exit code."""
    app(prog_name="khenthuong")
