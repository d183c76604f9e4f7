"""Events per second against 1 to 10,000 rules, beside moto's matcher where moto is installed.

python -m benchmarks.matching
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from cdk_eventbridge_patterns.matching import EventPattern, RuleSet

SIZES = (1, 100, 1_000, 10_000)
SERVICES, EVENTS = 20, 10
SECONDS = 1.0

# Eight kinds of rules that teams write; the number makes each of them another.
KINDS: tuple[Callable[[int], dict[str, Any]], ...] = (
    lambda _: {},
    lambda n: {"detail": {"status": ["paid", f"status-{n % 30}"]}},
    lambda n: {"detail": {"customer": {"id": [{"prefix": f"c-{n % 90}"}]}}},
    lambda n: {"detail": {"total": [{"numeric": [">", n % 500, "<=", n % 500 + 20]}]}},
    lambda n: {"detail": {"country": [{"anything-but": ["de", f"x{n % 20}"]}], "status": ["open"]}},
    lambda n: {"detail": {"$or": [{"vip": [True]}, {"total": [{"numeric": [">", 400 + n % 100]}]}]}},
    lambda n: {"detail": {"items": {"sku": [f"sku-{n % 40}"], "gift": [{"exists": False}]}}},
    lambda n: {"resources": [{"wildcard": f"arn:aws:s3:::shop-{n % 60}/*/invoice.pdf"}]},
)


def rule(number: int) -> dict[str, Any]:
    """Return the event pattern of one rule."""
    kind = KINDS[number % len(KINDS)]
    service, event = number // len(KINDS) % SERVICES, number // len(KINDS) // SERVICES % EVENTS
    return {"source": [f"com.acme.service{service}"], "detail-type": [f"Event{event}.v1"], **kind(number)}


def event(number: int) -> dict[str, Any]:
    """Return one event."""
    return {
        "version": "0",
        "id": f"6a7e8feb-b491-4cf7-a9f1-{number:012}",
        "source": f"com.acme.service{number % SERVICES}",
        "detail-type": f"Event{number // SERVICES % EVENTS}.v1",
        "account": "111111111111",
        "time": "2026-11-23T12:00:00Z",
        "region": "eu-west-1",
        "resources": [f"arn:aws:s3:::shop-{number % 60}/2026/invoice.pdf"],
        "detail": {
            "status": ("paid", "open", "sent")[number % 3],
            "total": number % 500,
            "vip": number % 7 == 0,
            "country": ("de", "fr", "pl")[number % 3],
            "customer": {"id": f"c-{number % 90}-{number}", "name": "Ada"},
            "items": [{"sku": f"sku-{number % 40}", "count": 2}, {"sku": "sku-1", "count": 1, "gift": True}],
        },
    }


def per_second(match: Callable[[dict[str, Any]], object], events: Sequence[dict[str, Any]]) -> float:
    """Return how many events *match* takes in a second; at least one is tried, however long that takes."""
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        match(events[count % len(events)])
        count += 1
    return count / (time.perf_counter() - start)


def of_moto(patterns: Sequence[dict[str, Any]]) -> Callable[[dict[str, Any]], object] | None:
    """Return moto's way to match one event against *patterns*, if moto is installed."""
    try:
        moto = import_module("moto.events.models")
    except ModuleNotFoundError:
        return None
    compiled = [moto.EventPattern.load(json.dumps(pattern)) for pattern in patterns]
    return lambda one: [pattern.matches_event(one) for pattern in compiled]


def main() -> None:
    """Print a table."""
    events = [event(number * 37) for number in range(200)]
    print(f"{'rules':>7}{'compiled in':>14}{'events/s':>12}{'matching':>10}{'moto':>10}{'ratio':>9}")
    for size in SIZES:
        patterns = [rule(number) for number in range(size)]
        start = time.perf_counter()
        rules = RuleSet({f"rule-{number}": EventPattern.parse(pattern) for number, pattern in enumerate(patterns)})
        compiled = time.perf_counter() - start
        matching = sum(len(rules.matching(one)) for one in events) / len(events)
        ours = per_second(rules.matching, events)
        moto = of_moto(patterns)
        theirs = per_second(moto, events) if moto else None
        beside = f"{theirs:>10,.1f}{ours / theirs:>8,.0f}x" if theirs else f"{'-':>10}{'-':>9}"
        print(f"{size:>7,}{compiled:>12.2f} s{ours:>12,.0f}{matching:>10.1f}{beside}")


if __name__ == "__main__":
    main()
