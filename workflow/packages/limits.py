"""How large packages may be here, from the settings."""

from workflow.packages.check import Limits
from workflow.settings import Settings

MEGABYTE = 1024 * 1024


def limits_of(settings: Settings) -> Limits:
    """The limits an installation was given."""
    return Limits(settings.package_megabytes * MEGABYTE, settings.package_members)
