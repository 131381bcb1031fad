"""What may be wrong with a package, or keep one from being made."""

from dataclasses import dataclass, field
from typing import Any

from states.labels import Lang, label


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing wrong with a package: its code, the member it is about (empty: the whole), figures."""

    code: str
    member: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def said(self, lang: Lang) -> str:
        """The fault as a sentence that names the member."""
        text = label("package_fault", self.code, lang).format(**self.facts)
        return f"{self.member}: {text}" if self.member else text


class LostPaper(Exception):
    """The bytes of a paper are gone, or are others than were recorded: restore them from a backup."""


class NotGoing(Exception):
    """A dossier that is not on its way to the province has no package."""


class MixedBodies(Exception):
    """One letter speaks for one body: dossiers of several need a package each."""


class TooManyFiles(Exception):
    """Whoever receives it would refuse so many: send the dossiers under several letters."""


class BadPackage(Exception):
    """The package cannot be taken as it is."""

    def __init__(self, code: str, member: str = "", **facts: Any) -> None:
        super().__init__(f"{member}: {code}" if member else code)
        self.fault = Fault(code, member, facts)
