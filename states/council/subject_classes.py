"""What a nominated subject may be noted as, so that shares can be told before a vote."""

OF_PERSONS = ("leader", "direct_worker", "other")
"""A leader from deputy head of an office up; who works, teaches, serves directly; anybody else."""
OF_COLLECTIVES = ("small", "ordinary")
"""The plan of the year stresses small collectives; no law says how small, so the unit says it."""


def classes_of(subject_type: str) -> tuple[str, ...]:
    """The classes of a type of subject; none for households, villages, communes."""
    return {"individual": OF_PERSONS, "collective": OF_COLLECTIVES}.get(subject_type, ())


LEADING = (
    "trưởng ",
    "phó ",
    "hiệu trưởng",
    "chủ tịch",
    "bí thư",
    "giám đốc",
    "chánh ",
    "thủ trưởng",
    "chỉ huy",
)
NOT_LEADING = ("trưởng ấp", "trưởng khu phố", "trưởng thôn")
"""Whom neighbours chose is no leader of an office."""


def suggested(subject_type: str, title: str) -> str:
    """The class a job title sounds like, empty where it says nothing; never stored unless a person agrees."""
    said = f"{title.casefold().strip()} "
    if subject_type != "individual" or not said.strip():
        return ""
    led = said.startswith(LEADING) and not said.startswith(NOT_LEADING)
    return "leader" if led else "direct_worker"
