"""Which bus is meant by what somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cdk_eventbridge_patterns.errors import QuestionError
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.naming.words import nearest
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.topology.topology import Topology

_BRACKETS = str.maketrans("", "", "«»")


def bus_named(topology: Topology, text: str) -> str:
    """Return the ARN of the bus that *text* names: all of its ARN, its name, or any tail of them that begins a word.

    A bus may be one that a template makes, that a rule or a policy is on, or the default bus of an account.

    Raises:
        QuestionError: If there is none, or more than one.
    """
    known = sorted(_known(topology))
    for means in (_is, _is_called, _ends_in):
        found = [each for each in known if means(each, text)]
        if len(found) == 1:
            return found[0]
        if found:
            raise QuestionError(
                f"BUS must name one bus, such as '{_plain(found[0])}' or '{_plain(found[1])}', got {text!r}"
            )
    raise QuestionError(f"BUS must be the name or the ARN of a bus that was read{_hint(text, known)}, got {text!r}")


def _known(topology: Topology) -> set[str]:
    written = (
        *(bus.arn for bus in topology.buses),
        *(rule.bus_arn for rule in topology.rules),
        *(move.target.arn for move in topology.moves()),
        *(policy.resource_arn for policy in topology.policies if ":event-bus" in policy.resource_arn),
    )
    return {*written, *_default_buses(topology.environments)}


def _default_buses(environments: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Return the buses that nobody makes, for every account has one in every Region."""
    for account, region in environments:
        if is_literal(account) and is_literal(region):
            yield arn("events", "event-bus/default", region=region, account=account)


def _is(known: str, text: str) -> bool:
    return text in (known, _plain(known))


def _is_called(known: str, text: str) -> bool:
    return text == _name_in(known)


def _ends_in(known: str, text: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(text)}\Z", _plain(known)) is not None


def _hint(text: str, known: list[str]) -> str:
    if not known:
        return "; there is none"
    return f", such as '{nearest(text, known if text.startswith('arn:') else map(_name_in, known))}'"


def _name_in(known: str) -> str:
    """Return the name in an ARN; in that of a newer bus an id comes after it."""
    kind, _, name = _plain(known).split(":", 5)[-1].partition("/")
    return name.partition("/")[0] if kind == "event-busv2" else name


def _plain(known: str) -> str:
    """Return an ARN as it can be typed: without the brackets around what is known at deployment only."""
    return known.translate(_BRACKETS)
