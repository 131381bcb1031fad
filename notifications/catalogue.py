"""Which step is told in which notice."""


def notice_of(act: str) -> str:
    """The notice that tells of an act; every act that tells anybody has one of its name."""
    return f"dossier/{act}"
