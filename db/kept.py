"""Pieces of pages that are kept by everything they follow from."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """So many pieces at most; the one made longest ago is forgotten first."""

    def __init__(self, most: int) -> None:
        """``most`` pieces, of which one page shows only a few."""
        self._most = most
        self._pieces: dict[Hashable, T] = {}

    def __len__(self) -> int:
        return len(self._pieces)

    def all(self, keys: Sequence[Hashable], make: Callable[[list[int]], Sequence[T]]) -> list[T]:
        """The pieces with these keys, in order; ``make`` is given the places of those that are not there."""
        found = [self._pieces.get(key) for key in keys]
        missing = [place for place, piece in enumerate(found) if piece is None]
        for place, piece in zip(missing, make(missing) if missing else (), strict=True):
            found[place] = piece
            self._keep(keys[place], piece)
        return [piece for piece in found if piece is not None]

    def one(self, key: Hashable, make: Callable[[], T]) -> T:
        """The piece with this key, made where it is not there; None is not kept."""
        piece = self._pieces.get(key)
        if piece is None:
            piece = make()
            if piece is not None:
                self._keep(key, piece)
        return piece

    def _keep(self, key: Hashable, piece: T) -> None:
        if len(self._pieces) >= self._most:
            self._pieces.pop(next(iter(self._pieces)))
        self._pieces[key] = piece
