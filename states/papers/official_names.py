"""How official papers call a people's committee with the place it sits in."""

COMMITTEE = "Ủy ban nhân dân"
KINDS_OF_PLACE = ("thành phố", "thị xã", "thị trấn", "phường", "huyện", "quận", "xã", "tỉnh")


def committee_of(name: str) -> str:
    """The committee of a body, whether the unit is named as the place or as the committee."""
    if name.startswith(COMMITTEE):
        return name
    return f"{COMMITTEE} {name[:1].lower()}{name[1:]}"


def place_of_body(name: str) -> str:
    """The place without the words for what kind of place it is: "Long Khánh"."""
    place = committee_of(name).removeprefix(f"{COMMITTEE} ")
    for kind in KINDS_OF_PLACE:
        if place.startswith(f"{kind} "):
            return place.removeprefix(f"{kind} ")
    return place
