"""What a comparison says that it could not see."""

from __future__ import annotations

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.differences import State, notes
from cdk_eventbridge_patterns.testing.builders import a_bus, a_location, a_topology, an_event
from cdk_eventbridge_patterns.topology.stamp import Stamp
from cdk_eventbridge_patterns.topology.unread import Unread
from cdk_eventbridge_patterns.undecided import Undecided

ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})


def test_contracts_without_consumers_are_said_to_be_judged_alone() -> None:
    state = State(contracts=(ORDER_PLACED,))

    assert notes(state, state) == ("No consumer's templates were read, so what breaks is what the contract says.",)


def test_an_event_without_a_schema_is_named() -> None:
    state = State(topology=a_topology(a_bus(stamp=Stamp(service="orders", publishes=[an_event()]))))

    assert notes(state, state) == (
        "No schema of orders/OrderPlaced.v1 is registered, so its fields were not compared.",
    )


def test_what_could_not_be_read_in_either_state_is_named_once() -> None:
    unread = Unread(location=a_location("Rules"), reason=Undecided("Fn::ForEach has no literal list"))
    state = State(topology=a_topology(a_bus(), unread=(unread,)))

    assert notes(state, state) == ("Stack/Rules was not read: Fn::ForEach has no literal list.",)
