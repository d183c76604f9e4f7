"""The topology that every variant builds: services in an account each, which publish one event each and consume others.

It is data, so that Python and JavaScript read the same. The texts of dashboards and schemas are put in as our templates
have them, so no variant by hand pays for composing them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

REGION = "eu-west-1"
ORGANIZATION = "o-exampleorg1"
PEERS = 3
EVENT = "OrderPlaced"
DETAIL: dict[str, Any] = {
    "type": "object",
    "properties": {
        "order_id": {"type": "string"},
        "total": {"type": "number"},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"article": {"type": "string"}}}},
    },
    "required": ["order_id"],
}


@dataclass
class Member:
    """One service of the estate."""

    name: str
    account: str
    consumes: list[str]
    dashboard: str = ""
    schema: str = ""


@dataclass
class Estate:
    """Services, and the organisation that may subscribe where consumers are too many to be named."""

    services: list[Member]
    organization: str | None = None
    region: str = REGION
    event: str = EVENT
    consumers: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note who consumes from whom, as a bus's policy names them."""
        self.consumers = {each.name: [] for each in self.services}
        for each in self.services:
            for producer in each.consumes:
                self.consumers[producer].append(each.name)

    @property
    def accounts(self) -> dict[str, str]:
        """The account of each service."""
        return {each.name: each.account for each in self.services}

    def write(self, file: Path) -> None:
        """Write the estate for a process that builds it."""
        file.write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, file: Path) -> Estate:
        """Read what `write` has written."""
        data = json.loads(file.read_text())
        return cls([Member(**each) for each in data["services"]], data["organization"])


def ring(stacks: int) -> Estate:
    """Return an estate of so many stacks, in which each service consumes from the next three.

    A service that consumes has two stacks. Of an odd number the last service just publishes, and has one.
    """
    names = _names(stacks - stacks // 2)
    last = [] if stacks % 2 == 0 else names[-1:]
    members = [
        Member(name, _account(index), [] if name in last else _next(names, index, min(PEERS, len(names) - 1)))
        for index, name in enumerate(names)
    ]
    return Estate(members)


def mesh(stacks: int) -> Estate:
    """Return an estate of so many stacks, in which each service consumes from all others, and policies name none."""
    names = _names(stacks // 2)
    members = [Member(name, _account(index), _next(names, index, len(names) - 1)) for index, name in enumerate(names)]
    return Estate(members, ORGANIZATION)


def _names(number: int) -> list[str]:
    return [f"service-{index}" for index in range(number)]


def _account(index: int) -> str:
    return str(100_000_000_000 + index)


def _next(names: list[str], index: int, number: int) -> list[str]:
    return [names[(index + step) % len(names)] for step in range(1, number + 1)]
