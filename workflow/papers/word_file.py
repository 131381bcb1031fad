"""An official paper as a Word file, by a library that is loaded only once somebody asks for one."""

from workflow.papers.official_paper import OfficialPaper

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(paper: OfficialPaper) -> bytes:
    """The bytes of a ``.docx``; equal descriptions give equal bytes."""
    # python-docx takes 17 MB in every process that loads it; most never write a Word file.
    from workflow.papers.word_layout import laid_out

    return laid_out(paper)
