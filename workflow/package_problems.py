"""What may be wrong with a package, in both languages."""

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


class BadPackage(Exception):
    """The package cannot be taken as it is."""

    def __init__(self, code: str, member: str = "", **facts: Any) -> None:
        super().__init__(f"{member}: {code}" if member else code)
        self.fault = Fault(code, member, facts)
