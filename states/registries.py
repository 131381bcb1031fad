"""Every name a definition may use, bound to what it stands for."""

from states.checking.check import Registries
from states.choices import CHOICES
from states.guards import GUARDS
from states.roles import Role

REGISTRIES = Registries(
    guards=frozenset(GUARDS),
    choices={name: choice.values for name, choice in CHOICES.items()},
    roles=frozenset(Role),
)
"""The closed registries of this program; a definition that uses another name does not load."""
