"""What is called by a name in each language."""


class Named:
    """A unit, an award, a paper: whatever carries its own names rather than taking them from the words."""

    __slots__ = ()

    name_vi: str
    name_en: str

    def name(self, lang: str) -> str:
        """What a reader of this language calls it."""
        return self.name_vi if lang == "vi" else self.name_en
