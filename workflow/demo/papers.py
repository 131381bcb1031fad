"""Papers of the demo, each a page of a few hundred bytes."""

import io
from functools import cache

from db.text import fold
from states.awards import PAPERS
from workflow.engine import Engine
from workflow.papers.uploads import take_in
from workflow.people.identity import Viewer


def upload(engine: Engine, viewer: Viewer, paper_type: str, year: int) -> str:
    """Upload a paper of this type for someone; answers its id."""
    name = PAPERS[paper_type].name_vi.partition(" (")[0]
    file = io.BytesIO(pdf(f"{name} - Long Khánh {year}"))
    return take_in(engine, viewer, file, name=f"{name.replace('/', ', ')}.pdf", paper_type=paper_type).id


@cache
def pdf(line: str) -> bytes:
    """A valid PDF of one A4 page with one line, its marks left out: the viewer's own font has none."""
    text = "".join(sign for sign in fold(line).upper() if sign.isascii() and sign not in "\\()")
    drawing = f"BT /F1 14 Tf 60 760 Td ({text}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    return _file(objects)


def _file(objects: tuple[str, ...]) -> bytes:
    """The objects followed by the table of where each begins."""
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("ascii")
