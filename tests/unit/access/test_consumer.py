import pytest

from cdk_eventbridge_patterns.access import Consumer
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming import BusReference

ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})


def test_a_consumer_receives_on_its_own_bus() -> None:
    billing = Consumer("billing", "222222222222", region="us-east-1", qualifier="inbox")

    assert billing.bus == BusReference.of("billing", account="222222222222", region="us-east-1", qualifier="inbox")


def test_a_consumer_that_names_no_events_is_allowed_all() -> None:
    assert Consumer("billing", "222222222222").events is None


@pytest.mark.parametrize("events", [[], ORDER_PLACED, ["OrderPlaced"], "OrderPlaced"])
def test_events_must_be_a_list_of_at_least_one_contract(events: object) -> None:
    with pytest.raises(AccessError, match="events of consumer 'billing' must"):
        Consumer("billing", "222222222222", events=events)  # type: ignore[arg-type]
