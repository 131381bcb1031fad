"""What a signer is warned of, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from states.council.shares import needed
from states.labels import Lang
from web.award_names import award_short
from web.dossiers.paper_list import paper_name
from web.language import say

Facts = Mapping[str, Any]


def warning_text(code: str, facts: Facts, lang: Lang, names: Mapping[str, str]) -> str:
    """One warning as a sentence; ``names`` are the nominees' by id."""
    return _WORDS[code](facts, lang, names)


def share(count: int, base: int, lang: Lang) -> str:
    """A share with one decimal, as the language writes it: 33,3%."""
    tenths = (2000 * count + base) // (2 * base)
    mark = "," if lang == "vi" else "."
    return f"{tenths // 10}{mark}{tenths % 10}%"


def _quota(facts: Facts, lang: Lang, _names: Mapping[str, str]) -> str:
    return say(
        lang,
        "%(award)s %(share)s %(of)s (%(n)s trên %(base)s), khuyến nghị %(percent)s%%",
        award=award_short(facts["award"], lang),
        of=award_short(facts["of"], lang),
        share=share(facts["n"], facts["base"], lang),
        n=facts["n"],
        base=facts["base"],
        percent=facts["percent"],
    )


def _papers(facts: Facts, lang: Lang, _names: Mapping[str, str]) -> str:
    listed = "; ".join(paper_name(code, lang) for code in facts["papers"])
    return say(lang, "Thiếu giấy tờ nên có: %(papers)s", papers=listed)


def _vote(facts: Facts, lang: Lang, names: Mapping[str, str]) -> str:
    return say(
        lang,
        "%(name)s vừa đủ %(n)s trên %(all)s phiếu; tỷ lệ %(share)s%% chưa chắc, nếu là %(other)s%% thì cần %(need)s",
        name=names.get(facts["nomination"], "") or say(lang, "Một trường hợp"),
        n=facts["for"],
        all=facts["entitled"],
        share=facts["share"],
        other=facts["other"],
        need=needed(facts["other"], facts["entitled"]),
    )


def _minutes(facts: Facts, lang: Lang, _names: Mapping[str, str]) -> str:
    return say(lang, "Biên bản phiên %(session)s chưa ký", session=facts["session"])


_WORDS: Mapping[str, Callable[[Facts, Lang, Mapping[str, str]], str]] = {
    "minutes_unsigned": _minutes,
    "quota_exceeded": _quota,
    "papers_wished": _papers,
    "vote_just_passed": _vote,
}
