"""The way to a place where many read together, through apprise, an optional extra."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from importlib.util import find_spec

from notifications.channels import Channel, NotSent

SHARED = "apprise"
"""Whom a message for the shared places is addressed to; nobody's e-mail address reads so."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Every place of the installation at once; ``urls`` as apprise writes them, such as ``json://host/path``.

    A message is sent again to all of them when one did not take it.
    """

    urls: tuple[str, ...]
    timeout: float = 20

    def send(self, message: EmailMessage) -> str:
        """Hand one message over. Raises NotSent, so that it is tried again; mails need not wait for it."""
        # Looked for here, because most installations do without it.
        from apprise import Apprise, NotifyFormat

        places = Apprise()
        places.add(list(self.urls))
        text = str(message.get_content()).strip()
        # The title and the body are plain: nothing in a reference is to be read as markup.
        if not places.notify(body=text, title=str(message["Subject"]), body_format=NotifyFormat.TEXT):
            raise NotSent("a shared place did not take it")
        return "taken"


@dataclass(frozen=True, slots=True)
class Ways:
    """Mails go the one way, what is for everybody the other."""

    mail: Channel | None
    shared: Channel | None

    def send(self, message: EmailMessage) -> str:
        """Send one message. Raises NotSent, also where its way was closed since it was addressed."""
        way = self.shared if message["To"] == SHARED else self.mail
        if way is None:
            raise NotSent("this way is not set up any more")
        return way.send(message)


def refuse_unless_usable(urls: Sequence[str]) -> None:
    """Raises ValueError, saying what to do, where apprise is not installed or does not know one of these addresses."""
    if not urls:
        return
    if find_spec("apprise") is None:
        raise ValueError("needs the extra: pip install 'khenthuong[apprise]', or take the setting away")
    from apprise import Apprise

    # Without the URL itself: it often holds a password.
    for place, url in enumerate(urls, 1):
        if not Apprise().add(url):
            raise ValueError(
                f"address number {place} is none that apprise knows: write one such as json://host/path, "
                "several with spaces between"
            )
