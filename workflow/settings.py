"""What an installation is told from outside."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from notifications.shared import refuse_unless_usable


def _origin(value: str) -> str:
    parts = urlsplit(value.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ValueError("must be the address people open, such as https://khenthuong.example")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _one_line(value: str) -> str:
    if not value.isprintable() or (value and "@" not in value):
        raise ValueError("must be an e-mail address, such as khen-thuong@thi-dua.example")
    return value


def _places(value: SecretStr) -> SecretStr:
    refuse_unless_usable(value.get_secret_value().split())
    return value


class Settings(BaseSettings):
    """Read once at the start from ``KHENTHUONG_…``, then handed inward as plain values.

    ``clock`` says whether the server runs the clock itself; without it ``khenthuong clock`` must run.
    Without ``smtp_host`` nobody is mailed; ``smtp_timeout`` is in seconds, for each answer of the server.
    ``apprise`` are addresses of places where many read together, spaces between; they often hold passwords.
    A package larger than so many megabytes (of 1024 × 1024 bytes), or of more members, is not taken.
    Limits are requests per minute in one process: writes and reads per account, sign-ins per address.
    """

    model_config = SettingsConfigDict(
        env_prefix="KHENTHUONG_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    data: Path = Path("data")
    database: str = ""
    public_origin: Annotated[str, AfterValidator(_origin)] = "http://127.0.0.1:8000"
    demo: bool = False
    clock: bool = True
    writes_per_minute: Annotated[int, Field(gt=0)] = 120
    reads_per_minute: Annotated[int, Field(gt=0)] = 600
    sign_ins_per_minute: Annotated[int, Field(gt=0)] = 20
    package_megabytes: Annotated[int, Field(gt=0, le=4000)] = 500
    package_members: Annotated[int, Field(gt=0, le=60_000)] = 2000
    smtp_host: str = ""
    smtp_port: Annotated[int, Field(gt=0, le=65535)] = 25
    smtp_starttls: bool = False
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: Annotated[str, AfterValidator(_one_line)] = ""
    smtp_timeout: Annotated[float, Field(gt=0)] = 20

    apprise: Annotated[SecretStr, AfterValidator(_places)] = SecretStr("")

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL: the one given, else SQLite in the data folder."""
        return self.database or f"sqlite:///{self.data / 'khenthuong.sqlite'}"

    @property
    def secure(self) -> bool:
        """Whether people come by https."""
        return self.public_origin.startswith("https://")
