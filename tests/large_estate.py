"""A large estate as data: services in an account each, a contract for each event, and who consumes what.

python -m tests.large_estate FOLDER [ACCOUNTS [FLOWS]]

Made up, but shaped as estates are: a few hubs that dozens consume from, many services with two to five consumers, some
that only consume, some flows of a part of the events only. The same numbers give the same estate.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FLOWS_OF_300_ACCOUNTS = 1_000
DOMAINS = ("orders", "payments", "shipping", "stock", "customers", "pricing", "returns", "loyalty", "search", "ledger")
NOUNS = ("Order", "Payment", "Parcel", "Item", "Customer", "Price", "Return", "Reward", "Query", "Entry")
FACTS = ("Placed", "Changed", "Cancelled", "Approved")
STATES = ("open", "paid", "sent", "closed")

MONEY = {"type": "object", "properties": {"amount": {"type": "number"}, "currency": {"type": "string"}}}


@dataclass
class _Service:
    name: str
    account: str
    owner: str
    publishes: list[str] = field(default_factory=list)
    consumes: list[str] = field(default_factory=list)


def write_estate(folder: Path, accounts: int = 300, flows: int | None = None) -> Path:
    """Write the file of an estate, and its folder of contracts, into *folder*; return the file.

    Args:
        folder: Where to.

        accounts: How many services, each with an account of its own; at least three.

        flows: How many events are consumed, each by one service. Default: as many for each account as 1,000 for 300.
    """
    chance = random.Random(accounts)  # noqa: S311 - nothing secret
    services = _services(accounts)
    producers = [each for each in services if each.publishes]
    _connect(services, producers, flows or round(FLOWS_OF_300_ACCOUNTS * accounts / 300), chance)
    contracts = folder / "contracts"
    _write_contracts(contracts, producers)
    file = folder / "services.yaml"
    document = {"contracts": contracts.name, "services": {each.name: _entry(each) for each in services}}
    file.write_text(yaml.safe_dump(document, sort_keys=False))
    return file


def _services(number: int) -> list[_Service]:
    """Return the services; every fifth only consumes, and the others publish one to four events."""
    services = []
    for index in range(number):
        domain = DOMAINS[index % len(DOMAINS)]
        service = _Service(f"{domain}-{index}", str((index + 50) * 2_111_111_111), f"team-{domain}")
        if index % 5 != 4:
            facts = FACTS[: 1 + index % len(FACTS)]
            service.publishes = [f"{NOUNS[index % len(NOUNS)]}{fact}.v1" for fact in facts]
        services.append(service)
    return services


def _connect(services: list[_Service], producers: list[_Service], flows: int, chance: random.Random) -> None:
    """Let services consume, until there are so many *flows*: one in four is of a hub, of which there are a few."""
    hubs = producers[: max(1, len(services) // 50)]
    others = [each for each in producers if each not in hubs] or producers
    made = 0
    for number in range(100 * flows):
        if made == flows:
            return
        consumer = services[made] if made < len(services) else chance.choice(services)
        producer = chance.choice(hubs if number % 4 == 0 else others)
        event = f"{producer.name}/{chance.choice(producer.publishes)}"
        if producer is not consumer and event not in consumer.consumes:
            consumer.consumes.append(event)
            made += 1
    raise ValueError(f"flows must be fewer for {len(services)} accounts, got {flows}")


def _entry(service: _Service) -> dict[str, Any]:
    """Return a service as the file has it; every seventh event is consumed in part, every tenth inbox is separate."""
    number = int(service.name.rpartition("-")[2])
    entry: dict[str, Any] = {"account": service.account, "owner": service.owner}
    if service.publishes:
        entry["publishes"] = service.publishes
    entry["consumes"] = [
        {"event": event, "detail": {"state": [STATES[number % len(STATES)]]}} if (number + place) % 7 == 0 else event
        for place, event in enumerate(service.consumes)
    ]
    if service.publishes and number % 10 == 0:
        entry["separate_inbox"] = True
    if number % 12 == 0:
        entry["archive"] = {"retention_days": 365}
    return entry


def _write_contracts(folder: Path, producers: list[_Service]) -> None:
    for service in producers:
        own = folder / service.name
        own.mkdir(parents=True)
        (own / "money.json").write_text(json.dumps(MONEY))
        for title in service.publishes:
            (own / f"{title}.json").write_text(json.dumps(_schema(title)))


def _schema(title: str) -> dict[str, Any]:
    noun = title.partition(".")[0].lower()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "description": f"What happened: {title}",
        "type": "object",
        "properties": {
            f"{noun}_id": {"type": "string"},
            "occurred_at": {"type": "string", "format": "date-time"},
            "state": {"enum": list(STATES)},
            "total": {"$ref": "money.json"},
            "lines": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "article": {"type": "string"},
                        "quantity": {"type": "integer", "minimum": 1},
                        "price": {"$ref": "money.json"},
                    },
                    "required": ["article", "quantity"],
                },
            },
            "tags": {"type": "array", "items": {"type": "string"}},
        },
        "required": [f"{noun}_id", "occurred_at", "state"],
    }


if __name__ == "__main__":
    _, target, *numbers = sys.argv
    print(write_estate(Path(target), *map(int, numbers)))  # noqa: T201 - where it is
