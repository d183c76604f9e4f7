"""What we correct of the emulator does what we read in AWS's documents."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Environment, Stack, aws_events
from botocore.exceptions import ClientError

from cdk_eventbridge_patterns.errors import EmulatorError
from cdk_eventbridge_patterns.local import Deployment
from tests.e2e.world import BILLING, BUS_ARN, INVOICES, ORDERS, REGION, SHIPPING, place_order, places, the_shop

RULE = "acme-prod-billing--order-placed-v1"
BILLING_BUS = f"arn:aws:events:{REGION}:{BILLING}:event-bus/acme-prod-billing"
PATTERN = json.dumps({"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]})


@pytest.fixture
def shop(eventbridge_local: Deployment, tmp_path: Path) -> Deployment:
    eventbridge_local.deploy(the_shop(tmp_path / "shop"))
    return eventbridge_local


def test_a_consumers_rule_is_in_the_producers_account_and_remembers_its_creator(shop: Deployment) -> None:
    rule = _events(shop, BILLING).describe_rule(Name=RULE, EventBusName=BUS_ARN)

    assert rule["Arn"] == f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/{RULE}"
    assert rule["CreatedBy"] == BILLING


@pytest.mark.parametrize(
    ("account", "rule", "pattern", "because"),
    [
        pytest.param(SHIPPING, "acme-prod-shipping--x", PATTERN, "it is for", id="an account nobody let in"),
        pytest.param(BILLING, "other", PATTERN, "no statement|does not", id="a name that is not the consumer's"),
        pytest.param(BILLING, RULE, '{"source": ["com.acme.orders"]}', "detail-type", id="more than it was allowed"),
    ],
)
def test_a_rule_is_refused_where_the_policy_of_the_bus_does_not_let_it(
    shop: Deployment, account: str, rule: str, pattern: str, because: str
) -> None:
    events = _events(shop, account)

    with pytest.raises(ClientError, match=f"AccessDeniedException.*{because}"):
        events.put_rule(Name=rule, EventBusName=BUS_ARN, EventPattern=pattern)


def test_a_target_is_refused_that_is_not_the_consumers_bus(shop: Deployment) -> None:
    target = {"Id": "other", "Arn": f"{BILLING_BUS}-other"}

    with pytest.raises(ClientError, match="AccessDeniedException"):
        _events(shop, BILLING).put_targets(Rule=RULE, EventBusName=BUS_ARN, Targets=[target])


def test_a_rule_can_be_deleted_by_nobody_but_its_creator_and_the_owner_of_the_bus(shop: Deployment) -> None:
    with pytest.raises(ClientError, match="AccessDeniedException"):
        _events(shop, SHIPPING).remove_targets(Rule=RULE, EventBusName=BUS_ARN, Ids=["billing"])


def test_a_stack_fails_whose_rule_the_bus_refuses(shop: Deployment, tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path / "stranger"))
    stack = Stack(app, "Stranger", env=Environment(account=SHIPPING, region=REGION))
    pattern = {"source": ["com.acme.orders"]}
    aws_events.CfnRule(stack, "Rule", name="take", event_bus_name=BUS_ARN, event_pattern=pattern)

    with pytest.raises(EmulatorError, match=r"Rule: .*AccessDenied"):
        shop.deploy(app)


def test_a_consumer_whose_bus_is_gone_finds_the_event_in_its_dead_letter_queue(shop: Deployment) -> None:
    events = _events(shop, BILLING)
    rules = events.list_rules(EventBusName="acme-prod-billing")["Rules"]
    events.delete_event_bus(Name="acme-prod-billing")

    place_order(shop)
    (letter,) = shop.queues().received(1)

    events.create_event_bus(Name="acme-prod-billing")
    assert rules
    assert (letter.account, letter.queue) == (BILLING, "acme-prod-billing--subscription-dead-letters")
    assert letter.attributes["RULE_ARN"] == f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/{RULE}"
    assert letter.body["detail"] == {"order_id": "o-1"}


def test_an_event_is_not_moved_on_to_a_third_account(shop: Deployment) -> None:
    hub, beyond = _events(shop, BILLING), _events(shop, SHIPPING)
    third = beyond.create_event_bus(Name="third")["EventBusArn"]
    sqs = shop.session(BILLING).client("sqs")
    url = sqs.create_queue(QueueName="not-moved")["QueueUrl"]
    target = {"Id": "third", "Arn": third, "DeadLetterConfig": {"Arn": f"arn:aws:sqs:{REGION}:{BILLING}:not-moved"}}
    hub.put_rule(Name="relay", EventBusName="acme-prod-billing", EventPattern=PATTERN)
    hub.put_targets(Rule="relay", EventBusName="acme-prod-billing", Targets=[target])

    place_order(shop)
    received = shop.queues().received(2)

    hub.remove_targets(Rule="relay", EventBusName="acme-prod-billing", Ids=["third"])
    hub.delete_rule(Name="relay", EventBusName="acme-prod-billing")
    beyond.delete_event_bus(Name="third")
    sqs.delete_queue(QueueUrl=url)
    assert places(received) == [(BILLING, INVOICES), (BILLING, "not-moved")]
    assert received[1].attributes["ERROR_MESSAGE"] == "THIRD_ACCOUNT_HOP_DETECTED"


def test_a_replay_brings_an_event_as_it_was_and_archives_it_no_second_time(shop: Deployment) -> None:
    place_order(shop)
    (first,) = shop.queues().received(1)

    _replay(shop, BILLING, "acme-prod-billing")
    (again,) = shop.queues().received(1)

    assert again.body == {**first.body, "replay-name": "again"}
    assert _events(shop, BILLING).describe_archive(ArchiveName="acme-prod-billing")["EventCount"] == 1


def test_every_statement_of_a_buss_policy_is_there(shop: Deployment) -> None:
    policy = json.loads(_events(shop, ORDERS).describe_event_bus(Name="acme-prod-orders")["Policy"])

    assert {each["Sid"] for each in policy["Statement"]} == {
        "acme-prod-orders--publish",
        "acme-prod-orders--billing--rules",
        "acme-prod-orders--billing--targets",
        "acme-prod-orders--billing--manage",
    }


def _replay(shop: Deployment, account: str, archive: str) -> None:
    events = _events(shop, account)
    found = events.describe_archive(ArchiveName=archive)
    now = datetime.now(timezone.utc)
    events.start_replay(
        ReplayName="again",
        EventSourceArn=found["ArchiveArn"],
        EventStartTime=now - timedelta(hours=1),
        EventEndTime=now,
        Destination={"Arn": found["EventSourceArn"]},
    )


def _events(shop: Deployment, account: str) -> Any:
    return shop.session(account).client("events")
