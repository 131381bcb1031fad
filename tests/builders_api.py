"""Programs at the API's door: each person of the small city with a token."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builders import World, a_world, with_roles
from starlette.testclient import TestClient

from db.engine import Database
from web.app import create_app
from workflow.people.tokens import create_token
from workflow.settings import Settings

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass(slots=True)
class Api:
    """The API of one city; whoever calls is named by login."""

    world: World
    client: TestClient
    tokens: dict[str, str] = field(default_factory=dict)
    keys: Iterator[int] = field(default_factory=itertools.count)

    def get(self, who: str, path: str, lang: str = "en", **query: Any) -> Any:
        """The answer to a question."""
        return self.client.get(f"/api/v1/{path}", params=query, headers=self.headers(who, lang))

    def post(self, who: str, path: str, body: Any, *, key: str | None = None, lang: str = "en") -> Any:
        """The answer to a command, under a fresh key unless told otherwise."""
        headers = self.headers(who, lang) | {"Idempotency-Key": key or f"key-{next(self.keys)}"}
        return self.client.post(f"/api/v1/{path}", json=body, headers=headers)

    def raw(self, who: str, path: str, content: bytes) -> Any:
        """The answer to exactly these bytes."""
        headers = self.headers(who) | {
            "Idempotency-Key": f"key-{next(self.keys)}",
            "Content-Type": "application/json",
        }
        return self.client.post(f"/api/v1/{path}", content=content, headers=headers)

    def act(self, who: str, ref: str, act: str, *, key: str | None = None, **body: Any) -> Any:
        """An act at the dossier's present version unless another is given."""
        body.setdefault("version", self.world.record(ref).version)
        return self.post(who, f"dossiers/{ref}/acts/{act}", body, key=key)

    def upload(
        self, who: str, *, name: str = "to-trinh.pdf", content: bytes = PDF, kind: str = "TO_TRINH"
    ) -> Any:
        """The answer to a file."""
        files = {"file": (name, content, "application/octet-stream")}
        return self.client.post("/api/v1/papers", files=files, data={"type": kind}, headers=self.headers(who))

    def headers(self, who: str, lang: str = "en") -> dict[str, str]:
        """Who asks, in which language."""
        if who not in self.tokens:
            self.tokens[who] = create_token(self.world.engine, who, "test")
        return {"Authorization": f"Bearer {self.tokens[who]}", "Accept-Language": lang}


def an_api(database: Database, folder: Path) -> Api:
    """The small city behind its API, everybody with the role they have there."""
    world = with_roles(a_world(database, folder))
    settings = Settings(data=folder, writes_per_minute=100_000, reads_per_minute=100_000)
    return Api(world, TestClient(create_app(world.engine, settings)))


def acted(api: Api, who: str, place: str, ref: str, act: str, **body: object) -> tuple[int, str]:
    """The status of an act at the present version, with the station or the code it ended with."""
    body.setdefault("version", api.world.record(ref).version)
    answer = api.post(who, f"{place}/{ref}/acts/{act}", body)
    return answer.status_code, answer.json().get("station") or answer.json()["code"]
