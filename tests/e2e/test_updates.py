"""What is deployed once is changed in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import EmulatorError
from cdk_eventbridge_patterns.local import Deployment, Done
from tests.e2e.left import left_in
from tests.e2e.world import BILLING, BUS, INVOICES, ORDERS, SHIPPING, place_order, places, the_shop


def test_a_consumer_that_is_added_receives_and_no_bus_is_replaced(
    eventbridge_local: Deployment, tmp_path: Path
) -> None:
    eventbridge_local.deploy(the_shop(tmp_path / "before"))
    before = _bus(eventbridge_local)

    done = eventbridge_local.deploy(the_shop(tmp_path / "after", consumers={"billing": BILLING, "shipping": SHIPPING}))

    assert done["acme-prod-orders--bus"] is Done.UPDATED
    assert done["acme-prod-billing--bus"] is Done.UNCHANGED
    assert _bus(eventbridge_local) == before
    place_order(eventbridge_local)
    assert places(eventbridge_local.queues().received(2)) == [
        (BILLING, INVOICES),
        (SHIPPING, "acme-prod-shipping--orders-order-placed-v1"),
    ]


def test_a_new_version_of_a_contract_takes_the_place_of_the_old_one(
    eventbridge_local: Deployment, tmp_path: Path
) -> None:
    eventbridge_local.deploy(the_shop(tmp_path / "before"))
    before = _bus(eventbridge_local)

    eventbridge_local.deploy(the_shop(tmp_path / "after", version=2))

    assert _bus(eventbridge_local) == before
    place_order(eventbridge_local, version=1)
    place_order(eventbridge_local, version=2)
    (received,) = eventbridge_local.queues().received(1)
    assert received.body["detail-type"] == "OrderPlaced.v2"


def test_a_template_too_long_for_a_request_is_handed_over_in_a_bucket_that_is_gone_afterwards(
    eventbridge_local: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cdk_eventbridge_patterns.local.deployment._LONGEST_BODY", 0)

    done = eventbridge_local.deploy(the_shop(tmp_path))

    assert set(done.values()) == {Done.CREATED}
    assert eventbridge_local.session(ORDERS).client("s3").list_buckets()["Buckets"] == []


def test_the_retention_of_an_archive_is_changed_in_place(eventbridge_local: Deployment, tmp_path: Path) -> None:
    eventbridge_local.deploy(the_shop(tmp_path / "before", retention_days=30))
    before = _archive(eventbridge_local)

    done = eventbridge_local.deploy(the_shop(tmp_path / "after", retention_days=90))

    after = _archive(eventbridge_local)
    assert done["acme-prod-orders--bus"] is Done.UPDATED
    assert after["RetentionDays"] == 90
    assert after["CreationTime"] == before["CreationTime"]


def test_a_producer_that_lets_its_consumer_go_first_keeps_its_rule(
    eventbridge_local: Deployment, tmp_path: Path
) -> None:
    shop = the_shop(tmp_path / "before")
    producer = ["acme-prod-orders--bus"]
    eventbridge_local.deploy(shop)
    eventbridge_local.deploy(the_shop(tmp_path / "after", consumers={}), stacks=producer)

    with pytest.raises(EmulatorError, match="acme-prod-billing--subscriptions of account 222222222222"):
        eventbridge_local.remove()

    eventbridge_local.deploy(shop, stacks=producer)
    eventbridge_local.remove()
    assert left_in(eventbridge_local.session(BILLING)) == []


def _bus(deployment: Deployment) -> Any:
    found = deployment.session(ORDERS).client("events").describe_event_bus(Name=BUS)
    return found["Arn"], found["CreationTime"]


def _archive(deployment: Deployment) -> Any:
    return deployment.session(ORDERS).client("events").describe_archive(ArchiveName=BUS)
