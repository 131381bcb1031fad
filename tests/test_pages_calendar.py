"""The page of the working days: everybody reads it, the standing office corrects it."""

from builders import World, a_dossier
from builders_pages import Desk, at_the_desk, words
from test_calendar_corrections import applied, proposed

TYPED = {
    "day": "2024-05-16",
    "working": "no",
    "title": "Nghỉ hoán đổi",
    "title_en": "Swapped day off",
    "source": "01/VPCP",
    "confidence": "high",
}
