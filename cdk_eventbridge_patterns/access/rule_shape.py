"""What a rule may ask for, to take a certain event."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.request import ContextValue
from cdk_eventbridge_patterns.undecided import Undecided


@dataclass(frozen=True, kw_only=True)
class RuleShape:
    """The source and the detail-type that an event pattern asks for, by plain values.

    Args:
        keys: The condition keys of `PutRule`; what the event pattern does not ask for is absent.

        provided: What it leaves out. Default: nothing that was asked about.
    """

    keys: Mapping[str, ContextValue]
    provided: str | None = None


def shapes_of(event: AskedEvent) -> tuple[RuleShape, ...]:
    """Return the shapes of a rule that takes *event*: it asks for it, or leaves out what it does not care about.

    A rule that asks for no source takes events of every source, so what lets that be put lets all of them be taken.
    """
    keys = event.keys()
    said = [key for key, value in keys.items() if not isinstance(value, Undecided)]
    left_out = (each for count in range(len(said) + 1) for each in combinations(reversed(said), count))
    return tuple(_without(each, keys) for each in left_out)


def _without(left_out: Collection[str], keys: Mapping[str, ContextValue]) -> RuleShape:
    names = " and no ".join(key.removeprefix("events:") for key in left_out)
    return RuleShape(
        keys={key: value for key, value in keys.items() if key not in left_out},
        provided=f"by a rule that asks for no {names}, and so takes any" if left_out else None,
    )
