import json

import pytest

from cdk_eventbridge_patterns.contracts import DataClass, EventContract
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.topology import EXEMPTION_KEY, STAMP_KEY, Exemption, Stamp
from cdk_eventbridge_patterns.topology.stamp import EventStamp

ACME = NamingConvention(organization="acme", stage="prod")
ORDER_PLACED = EventContract(
    service="orders",
    event="OrderPlaced",
    version=2,
    detail={"type": "object"},
    owner="team-orders",
    data_class=DataClass.CONFIDENTIAL,
)

CARD_CHARGED = EventContract(
    service="orders",
    event="CardCharged",
    detail={"type": "object", "properties": {"number": {"type": "string", "x-sensitive": True}}},
)


def test_an_event_is_stamped_with_what_the_template_can_not_say() -> None:
    assert EventStamp.of(ORDER_PLACED, ACME) == EventStamp(
        service="orders",
        event="OrderPlaced",
        version=2,
        source="com.acme.orders",
        detail_type="OrderPlaced.v2",
        data_class="confidential",
        owner="team-orders",
    )


@pytest.mark.parametrize(
    "stamp",
    [
        pytest.param(Stamp(service="orders"), id="just the service"),
        pytest.param(Stamp(service="orders", owner="team-orders"), id="with its owner"),
        pytest.param(Stamp(service="orders", publishes=(EventStamp.of(ORDER_PLACED, ACME),)), id="a producer's bus"),
        pytest.param(Stamp(service="orders", publishes=(EventStamp.of(CARD_CHARGED, ACME),)), id="sensitive fields"),
        pytest.param(Stamp(service="billing", consumes=(ORDER_PLACED.name,)), id="a consumer's rule"),
        pytest.param(Stamp(service="orders", disabled={"archive": "a heartbeat"}), id="something switched off"),
    ],
)
def test_a_stamp_is_read_back_as_it_was_written_through_the_json_of_a_template(stamp: Stamp) -> None:
    template = json.loads(json.dumps(stamp.to_metadata()))

    assert Stamp.from_metadata(template) == stamp


def test_what_is_empty_costs_no_room_in_the_template() -> None:
    assert Stamp(service="orders").to_metadata() == {STAMP_KEY: {"service": "orders"}}


def test_other_metadata_is_none_of_ours() -> None:
    assert Stamp.from_metadata({"aws:cdk:path": "Orders/Bus/Resource"}) is None


def test_an_exemption_is_read_back_as_it_was_written() -> None:
    exemption = Exemption(reason="partners outside the organisation know the name")

    assert Exemption.from_metadata(json.loads(json.dumps(exemption.to_metadata()))) == exemption


@pytest.mark.parametrize("written", [{}, {"reason": "  "}, {"reason": 7}, "legacy"])
def test_an_exemption_that_gives_no_reason_is_read_with_none(written: object) -> None:
    assert Exemption.from_metadata({EXEMPTION_KEY: written}) == Exemption(reason="")


def test_a_resource_without_an_exemption_has_none() -> None:
    assert Exemption.from_metadata(Stamp(service="orders").to_metadata()) is None


def test_sensitive_fields_are_stamped_where_there_are_any() -> None:
    stamp = Stamp(service="orders", publishes=EventStamp.of_all([ORDER_PLACED, CARD_CHARGED], ACME))

    charged, placed = stamp.to_metadata()[STAMP_KEY]["publishes"]

    assert charged["sensitive"] == ["detail.number"]
    assert "sensitive" not in placed
