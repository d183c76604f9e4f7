"""A bus keeps its events as long as their class of data says, each in one archive."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdk_eventbridge_patterns.contracts import DataClass, EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus

ACME = NamingConvention(organization="acme", stage="prod")


def event(service: str, name: str, data_class: DataClass = DataClass.INTERNAL) -> EventContract:
    return EventContract(service=service, event=name, detail={"type": "object"}, data_class=data_class)


CARD_CHARGED = event("orders", "CardCharged", DataClass.RESTRICTED)
ORDER_PLACED = event("orders", "OrderPlaced")
PAYER_CHANGED = event("billing", "PayerChanged", DataClass.RESTRICTED)
SEVEN_DAYS = ArchiveSettings(retention_days=365, by_data_class={DataClass.RESTRICTED: 7})


def archives(settings: ArchiveSettings = SEVEN_DAYS, **changed: Any) -> dict[str, dict[str, Any]]:
    declared = {"publishes": [ORDER_PLACED, CARD_CHARGED], **changed}
    declaration = ServiceBusDeclaration(
        service="orders", account="111111111111", region="eu-west-1", naming=ACME, archive=settings, **declared
    )
    resources = plan_service_bus(declaration).resources
    return {key: each["Properties"] for key, each in resources.items() if each["Type"] == "AWS::Events::Archive"}


def kept_in(source: str, detail_type: str, found: dict[str, dict[str, Any]]) -> list[str]:
    """Return the archives that keep an event."""
    asked = {"source": source, "detail-type": detail_type}
    return [
        name
        for name, archive in found.items()
        if "EventPattern" not in archive or EventPattern.parse(archive["EventPattern"]).matches(asked)
    ]


def test_a_class_of_data_has_an_archive_of_its_own() -> None:
    found = archives()

    assert {key: (each["ArchiveName"], each["RetentionDays"]) for key, each in found.items()} == {
        "OrdersBusArchive": ("acme-prod-orders", 365),
        "OrdersBusArchiveRestricted": ("acme-prod-orders--restricted", 7),
    }
    assert kept_in("com.acme.orders", "CardCharged.v1", found) == ["OrdersBusArchiveRestricted"]
    assert kept_in("com.acme.orders", "OrderPlaced.v1", found) == ["OrdersBusArchive"]


def test_what_nobody_declared_is_kept_with_all_others() -> None:
    assert kept_in("com.acme.orders", "Unknown.v1", archives()) == ["OrdersBusArchive"]
    assert kept_in("com.acme.audit", "CardCharged.v1", archives()) == ["OrdersBusArchive"]


def test_events_of_others_are_kept_by_their_class_where_it_is_known_which_arrive() -> None:
    found = archives(publishes=[], receives=[PAYER_CHANGED])

    assert kept_in("com.acme.billing", "PayerChanged.v1", found) == ["OrdersBusArchiveRestricted"]
    with pytest.raises(DeclarationError, match="by_data_class needs receives="):
        archives(publishes=[])


@pytest.mark.parametrize(
    "settings", [ArchiveSettings(), ArchiveSettings(by_data_class={DataClass.PUBLIC: 1})], ids=["alike", "no event"]
)
def test_a_bus_without_events_of_a_class_has_one_archive_for_all(settings: ArchiveSettings) -> None:
    (archive,) = archives(settings).values()

    assert "EventPattern" not in archive
    assert archive["Description"] == "All events of bus acme-prod-orders, for replay"


@pytest.mark.parametrize(
    ("by_class", "message"),
    [
        ({"secret": 7}, "by_data_class must be days by class, which is one of public, internal, .* got 'secret'"),
        ({"restricted": 0}, "by_data_class must be 1 to 36500 days"),
        ([("restricted", 7)], "by_data_class must be days by class, such as"),
    ],
)
def test_what_is_no_class_or_no_number_of_days_is_refused(by_class: Any, message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        ArchiveSettings(by_data_class=by_class)


def test_a_pattern_that_would_be_too_long_says_what_to_do() -> None:
    many = [event("orders", f"Card{'Charged' * 8}{'A' * number}", DataClass.RESTRICTED) for number in range(1, 40)]

    with pytest.raises(DeclarationError, match="keep all events of the bus alike"):
        archives(publishes=many)


contracts = st.builds(
    event, st.sampled_from(["orders", "billing", "audit"]), st.sampled_from(["A", "B", "C"]), st.sampled_from(DataClass)
)
classes = st.dictionaries(st.sampled_from(DataClass), st.integers(1, 9), min_size=1)


@given(st.lists(contracts, unique_by=lambda each: (each.service, each.event), min_size=1), classes)
def test_each_event_is_kept_once_for_as_long_as_its_class_says(
    received: list[EventContract], by_class: dict[DataClass, int]
) -> None:
    found = archives(ArchiveSettings(by_data_class=by_class), publishes=[], receives=received)

    for each in received:
        source, detail_type = each.event_type(ACME)
        (name,) = kept_in(source, detail_type, found)
        assert found[name]["RetentionDays"] == by_class.get(each.data_class, 30)
