"""What plain CDK gets wrong, and the same intent with our constructs: T1 to T12 of the list of traps.

Where it is instructive, the first lines show what plain CDK does.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import App, Stack, Tags
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

from cdk_eventbridge_patterns import (
    ArchiveSettings,
    BusReference,
    Consumer,
    ConsumerBus,
    Consumes,
    ProducerBus,
    ServiceBus,
    Subscriptions,
)
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError, PlacementError
from tests.templates import SynthesizedStack, synthesize
from tests.world import (
    BILLING,
    BILLING_BUS,
    INVOICE_ISSUED,
    ON_BILLING,
    ON_ORDERS,
    ORDER_CANCELLED,
    ORDER_PLACED,
    ORDERS,
    ORDERS_BUS,
    REGION,
    a_stack,
)

EVENTBRIDGE = {"Service": "events.amazonaws.com"}
ROLE = f"arn:aws:iam::{BILLING}:role/acme-prod-billing--from-orders--{REGION}"


def a_plain_bus(stack: Stack, name: str) -> events.EventBus:
    return events.EventBus(stack, "Bus", event_bus_name=name)


def only_target(stack: SynthesizedStack) -> dict[str, Any]:
    (target,) = stack.one("AWS::Events::Rule")["Targets"]
    return dict(target)


# -- T1: a rule on one account's bus to another account's bus


def test_plain_cdk_leaves_the_receiving_account_without_a_policy(
    app: App, orders_stack: Stack, billing_stack: Stack
) -> None:
    receiver = a_plain_bus(billing_stack, "receiver")
    rule = events.Rule(orders_stack, "Rule", event_bus=a_plain_bus(orders_stack, "sender"))
    rule.add_event_pattern(source=["com.acme.orders"])
    rule.add_target(targets.EventBus(receiver))

    stacks = synthesize(app)

    assert "AWS::Events::EventBusPolicy" not in {r["Type"] for s in stacks.values() for r in s.resources.values()}
    assert not stacks["Billing"].of_type("AWS::IAM::Role")


def test_a_subscription_is_delivered_by_a_role_in_the_consumers_account(estate: dict[str, SynthesizedStack]) -> None:
    stack = estate["Estate/BillingSubscriptions"]

    role = stack.one("AWS::IAM::Role")

    assert stack.account == BILLING
    assert only_target(stack)["RoleArn"] == ROLE
    assert role["RoleName"] == ROLE.rpartition("/")[2]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == EVENTBRIDGE
    assert trust["Condition"] == {
        "ArnLike": {"aws:SourceArn": f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/acme-prod-billing--*"},
        "StringEquals": {"aws:SourceAccount": ORDERS},
    }
    (policy,) = role["Policies"]
    assert policy["PolicyDocument"]["Statement"] == [
        {"Effect": "Allow", "Action": "events:PutEvents", "Resource": BILLING_BUS}
    ]


def test_the_receiving_bus_lets_in_the_roles_of_its_own_subscriptions_only(app: App, billing_stack: Stack) -> None:
    ConsumerBus(billing_stack, "Bus", service="billing")

    (statement,) = synthesize(app)["Billing"].statements().values()

    assert (statement["Action"], statement["Resource"]) == ("events:PutEvents", BILLING_BUS)
    assert statement["Principal"] == {"AWS": f"arn:aws:iam::{BILLING}:root"}
    assert statement["Condition"] == {
        "ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{BILLING}:role/acme-prod-billing--from-*"}
    }


def test_the_producers_policy_allows_the_consumer_exactly_its_rules_on_its_events_to_its_bus(
    estate: dict[str, SynthesizedStack],
) -> None:
    statements = estate["Estate/Orders"].statements()

    rules, bus_targets, manage = (
        statements[f"acme-prod-orders--billing--{purpose}"] for purpose in ("rules", "targets", "manage")
    )

    own = {"events:creatorAccount": "${aws:PrincipalAccount}"}
    for statement in (rules, bus_targets, manage):
        assert statement["Effect"] == "Allow"
        assert statement["Principal"] == {"AWS": f"arn:aws:iam::{BILLING}:root"}
        assert statement["Resource"] == f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/acme-prod-billing--*"
        assert statement["Condition"]["StringEqualsIfExists"] == own
    assert rules["Action"] == "events:PutRule"
    assert rules["Condition"]["ForAllValues:StringEquals"] == {
        "events:source": ["com.acme.orders"],
        "events:detail-type": ["OrderPlaced.v1"],
    }
    assert rules["Condition"]["Null"] == {"events:source": "false", "events:detail-type": "false"}
    assert bus_targets["Action"] == "events:PutTargets"
    assert bus_targets["Condition"]["ArnLike"] == {"events:TargetArn": BILLING_BUS}
    assert not {"events:PutRule", "events:PutTargets", "events:PutEvents", "events:*"} & set(manage["Action"])
    assert set(statements) == {
        "acme-prod-orders--publish",
        *(f"acme-prod-orders--billing--{purpose}" for purpose in ("rules", "targets", "manage")),
    }


# -- T2: letting a role of another account publish


def test_plain_cdk_lets_a_role_of_another_account_publish_by_its_own_policy_only(
    app: App, orders_stack: Stack, billing_stack: Stack
) -> None:
    role = iam.Role(orders_stack, "Role", role_name="checkout", assumed_by=iam.AccountPrincipal(ORDERS))
    a_plain_bus(billing_stack, "receiver").grant_put_events_to(role)

    assert not synthesize(app)["Billing"].of_type("AWS::Events::EventBusPolicy")


@pytest.mark.parametrize("where", ["own stack", "imported"])
def test_grant_publish_to_another_account_is_refused_and_says_what_to_do(
    app: App, orders_stack: Stack, billing_stack: Stack, where: str
) -> None:
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])
    role: iam.IRole = iam.Role(billing_stack, "Role", role_name="ledger", assumed_by=iam.AccountPrincipal(BILLING))
    if where == "imported":
        role = iam.Role.from_role_arn(orders_stack, "Role", f"arn:aws:iam::{BILLING}:role/ledger")

    with pytest.raises(AccessError, match=rf"principal of account {BILLING} .* name its account \(publishers="):
        bus.grant_publish(role)

    assert not [stack for stack in synthesize(app).values() if stack.of_type("AWS::IAM::Policy")]


def test_an_account_named_as_publisher_may_publish_the_services_events_only(app: App, orders_stack: Stack) -> None:
    ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED, ORDER_CANCELLED], publishers=[BILLING])

    (statement,) = synthesize(app)["Orders"].statements().values()

    assert (statement["Action"], statement["Resource"]) == ("events:PutEvents", ORDERS_BUS)
    assert statement["Principal"] == {"AWS": [f"arn:aws:iam::{account}:root" for account in (ORDERS, BILLING)]}
    assert statement["Condition"] == {
        "StringEquals": {
            "events:source": "com.acme.orders",
            "events:detail-type": ["OrderCancelled.v1", "OrderPlaced.v1"],
        }
    }


# -- T3: a queue of another account as the direct target


def test_plain_cdk_sends_to_the_other_accounts_default_bus_instead(
    app: App, orders_stack: Stack, billing_stack: Stack
) -> None:
    queue = sqs.Queue(billing_stack, "Queue", queue_name="invoices")
    rule = events.Rule(orders_stack, "Rule", rule_name="r", event_bus=a_plain_bus(orders_stack, "sender"))
    rule.add_event_pattern(source=["com.acme.orders"])
    rule.add_target(targets.SqsQueue(queue))

    stacks = synthesize(app)

    assert json.dumps(only_target(stacks["Orders"])["Arn"]).endswith('event-bus/default"]]}')
    assert "RoleArn" not in only_target(stacks["Orders"])


@pytest.mark.parametrize("where", ["own stack", "imported"])
def test_a_queue_of_another_account_is_delivered_to_directly_by_a_role_of_the_buss_account(
    app: App, orders_stack: Stack, billing_stack: Stack, where: str
) -> None:
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])
    queue: sqs.IQueue = sqs.Queue(billing_stack, "Queue", queue_name="invoices")
    if where == "imported":
        queue = sqs.Queue.from_queue_arn(orders_stack, "Queue", f"arn:aws:sqs:{REGION}:{BILLING}:invoices")

    bus.deliver(ORDER_PLACED, to=queue)

    target = only_target(synthesize(app)["Orders"])
    assert target["Arn"] == f"arn:aws:sqs:{REGION}:{BILLING}:invoices"
    assert target["RoleArn"].startswith(f"arn:aws:iam::{ORDERS}:role/")


def test_a_local_queue_is_opened_to_the_rule_with_its_bus_in_the_arn(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    bus.deliver(ORDER_PLACED, to=sqs.Queue(billing_stack, "Queue"), name="ledger")

    policies = synthesize(app)["Billing"].of_type("AWS::SQS::QueuePolicy")

    (statement,) = policies["QueuePolicy25439813"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Condition"]["ArnEquals"]["aws:SourceArn"] == (
        f"arn:aws:events:{REGION}:{BILLING}:rule/acme-prod-billing/acme-prod-billing--ledger"
    )


# -- T4: a rule on a bus known by its ARN


def test_plain_cdk_puts_the_rule_on_a_bus_of_that_name_in_its_own_account(app: App, billing_stack: Stack) -> None:
    orders = events.EventBus.from_event_bus_arn(billing_stack, "Orders", ORDERS_BUS)
    events.Rule(billing_stack, "Rule", event_bus=orders, event_pattern=events.EventPattern(source=["com.acme.orders"]))

    assert synthesize(app)["Billing"].one("AWS::Events::Rule")["EventBusName"] == "acme-prod-orders"


@pytest.mark.parametrize("reference", [ON_ORDERS, BusReference.from_arn(ORDERS_BUS)], ids=["by-service", "by-arn"])
def test_a_subscription_is_put_on_the_producers_bus_by_its_full_arn(
    app: App, billing_stack: Stack, reference: BusReference
) -> None:
    ConsumerBus(billing_stack, "Bus", service="billing").subscribe(ORDER_PLACED, on=reference)

    rule = synthesize(app)["Billing"].one("AWS::Events::Rule")

    assert rule["EventBusName"] == ORDERS_BUS
    assert rule["Targets"][0]["Arn"] == BILLING_BUS


# -- T5: the queue in one stack, bus and rule in another


def test_plain_cdk_makes_two_stacks_need_each_other(app: App, billing_stack: Stack) -> None:
    queue = sqs.Queue(a_stack(app, "Queues", BILLING), "Queue")
    rule = events.Rule(billing_stack, "Rule", event_bus=a_plain_bus(billing_stack, "receiver"))
    rule.add_event_pattern(source=["com.acme.orders"])
    rule.add_target(targets.SqsQueue(queue))

    with pytest.raises(RuntimeError, match="cyclic reference"):
        app.synth()


def test_a_queue_in_one_stack_and_the_bus_in_another_need_each_other_in_one_direction_only(
    app: App, billing_stack: Stack
) -> None:
    queue = sqs.Queue(a_stack(app, "Queues", BILLING), "Queue")
    ConsumerBus(billing_stack, "Bus", service="billing").deliver(ORDER_PLACED, to=queue)

    stacks = synthesize(app)

    assert stacks["Queues"].dependencies == frozenset()
    assert stacks["Billing"].dependencies == {"Queues"}


def test_a_queues_stack_that_knows_the_bus_by_its_arn_needs_no_export(app: App, billing_stack: Stack) -> None:
    ConsumerBus(billing_stack, "Bus", service="billing")
    queues = a_stack(app, "Queues", BILLING)
    bus = ServiceBus.from_event_bus_arn(queues, "Bus", BILLING_BUS, service="billing")
    bus.deliver(ORDER_PLACED, to=sqs.Queue(queues, "Queue"))

    stacks = synthesize(app)

    assert stacks["Queues"].one("AWS::Events::Rule")["EventBusName"] == "acme-prod-billing"
    assert not any(stack.dependencies for stack in stacks.values())
    assert not any("Outputs" in stack.template for stack in stacks.values())


# -- T7: a dead-letter queue with a customer managed key


def key_statements_for_eventbridge(stack: SynthesizedStack) -> list[dict[str, Any]]:
    policy = stack.one("AWS::KMS::Key")["KeyPolicy"]
    return [statement for statement in policy["Statement"] if statement["Principal"] == EVENTBRIDGE]


def test_plain_cdk_opens_the_dead_letter_queue_and_not_its_key(app: App, billing_stack: Stack) -> None:
    failures = sqs.Queue(billing_stack, "Failures", encryption_master_key=kms.Key(billing_stack, "Key"))
    rule = events.Rule(billing_stack, "Rule", event_bus=a_plain_bus(billing_stack, "receiver"))
    rule.add_event_pattern(source=["com.acme.orders"])
    rule.add_target(targets.SnsTopic(sns.Topic(billing_stack, "Topic"), dead_letter_queue=failures))

    assert key_statements_for_eventbridge(synthesize(app)["Billing"]) == []


def test_a_dead_letter_queue_with_a_customer_managed_key_is_opened_and_so_is_the_key(
    app: App, billing_stack: Stack
) -> None:
    failures = sqs.Queue(billing_stack, "Failures", encryption_master_key=kms.Key(billing_stack, "Key"))
    topic = sns.Topic(billing_stack, "Topic")
    ConsumerBus(billing_stack, "Bus", service="billing").deliver(
        ORDER_PLACED, to=topic, name="ledger", dead_letter_queue=failures
    )

    stack = synthesize(app)["Billing"]

    (use_key,) = key_statements_for_eventbridge(stack)
    assert (use_key["Effect"], use_key["Action"]) == ("Allow", ["kms:Decrypt", "kms:GenerateDataKey"])
    (send,) = stack.one("AWS::SQS::QueuePolicy")["PolicyDocument"]["Statement"]
    assert (send["Action"], send["Principal"]) == ("sqs:SendMessage", EVENTBRIDGE)
    assert send["Condition"]["ArnEquals"]["aws:SourceArn"].endswith("rule/acme-prod-billing/acme-prod-billing--ledger")


def test_the_queue_of_subscriptions_with_a_customer_managed_key_is_opened_and_so_is_the_key(
    app: App, billing_stack: Stack
) -> None:
    failures = sqs.Queue(billing_stack, "Failures", encryption_master_key=kms.Key(billing_stack, "Key"))
    wanted = [Consumes(ORDER_PLACED, on=ON_ORDERS), Consumes(ORDER_CANCELLED, on=ON_ORDERS)]
    Subscriptions(billing_stack, "Subscriptions", service="billing", to=wanted, dead_letter_queue=failures)

    stack = synthesize(app)["Billing"]

    assert key_statements_for_eventbridge(stack)
    sending = stack.one("AWS::SQS::QueuePolicy")["PolicyDocument"]["Statement"]
    rules = [rule["Properties"]["Name"] for rule in stack.of_type("AWS::Events::Rule").values()]
    assert sorted(statement["Condition"]["ArnEquals"]["aws:SourceArn"] for statement in sending) == sorted(
        f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/{name}" for name in rules
    )


# -- T8: a key that EventBridge can't use


def test_a_queue_with_the_aws_managed_key_is_refused_as_target_and_as_dead_letter_queue(billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    unusable = sqs.Queue(billing_stack, "Unusable", encryption=sqs.QueueEncryption.KMS_MANAGED)
    usable = sqs.Queue(billing_stack, "Usable")

    with pytest.raises(DeclarationError, match=r"target queue must not be encrypted with .* alias/aws/sqs"):
        bus.deliver(ORDER_PLACED, to=unusable)
    with pytest.raises(DeclarationError, match=r"dead_letter_queue must not be encrypted with .* alias/aws/sqs"):
        bus.deliver(ORDER_PLACED, to=usable, dead_letter_queue=unusable)


@pytest.mark.parametrize("where", ["own stack", "imported"])
def test_a_queue_with_the_alias_of_the_aws_managed_key_is_refused(billing_stack: Stack, where: str) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    alias = kms.Alias.from_alias_name(billing_stack, "Alias", "alias/aws/sqs")
    queue: sqs.IQueue = sqs.Queue(billing_stack, "Unusable", encryption_master_key=alias)
    if where == "imported":
        queue = sqs.Queue.from_queue_attributes(
            billing_stack,
            "Imported",
            queue_arn=f"arn:aws:sqs:{REGION}:{BILLING}:invoices",
            key_arn=f"arn:aws:kms:{REGION}:{BILLING}:alias/aws/sqs",
        )

    with pytest.raises(DeclarationError, match=r"target queue must not be encrypted with .* alias/aws/sqs"):
        bus.deliver(ORDER_PLACED, to=queue)


def test_a_topic_that_eventbridge_can_not_publish_to_is_refused(billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    alias = kms.Alias.from_alias_name(billing_stack, "Alias", "alias/aws/sns")

    with pytest.raises(DeclarationError, match=r"target topic must not be encrypted with .* alias/aws/sns"):
        bus.deliver(ORDER_PLACED, to=sns.Topic(billing_stack, "Unusable", master_key=alias))
    with pytest.raises(DeclarationError, match="target topic must be a standard topic"):
        bus.deliver(ORDER_PLACED, to=sns.Topic(billing_stack, "Fifo", fifo=True))


# -- T9: letting an AWS service publish


def test_plain_cdk_does_nothing_when_a_service_is_let_publish(app: App, orders_stack: Stack) -> None:
    a_plain_bus(orders_stack, "orders").grant_put_events_to(iam.ServicePrincipal("s3.amazonaws.com"))

    assert set(synthesize(app)["Orders"].resources) == {"BusEA82B648"}


def test_grant_publish_to_a_service_is_refused(app: App, orders_stack: Stack) -> None:
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])

    with pytest.raises(AccessError, match="needs a role or user of the stack's account"):
        bus.grant_publish(iam.ServicePrincipal("s3.amazonaws.com"))

    assert set(synthesize(app)["Orders"].statements()) == {"acme-prod-orders--publish"}


# -- T10: forwarding an event twice


def test_an_event_that_was_forwarded_once_can_not_be_had_from_where_it_arrived(billing_stack: Stack) -> None:
    audit = ConsumerBus(billing_stack, "Bus", service="audit")

    with pytest.raises(DeclarationError, match="published by 'orders', so it can't be had on the bus of 'billing'"):
        audit.subscribe(ORDER_PLACED, on=ON_BILLING)

    assert audit.node.try_find_child("Subscriptions") is None


def test_a_producer_can_not_let_others_subscribe_to_what_it_only_received(billing_stack: Stack) -> None:
    audit = Consumer("audit", account="333333333333", events=[ORDER_PLACED])

    with pytest.raises(DeclarationError, match=r"OrderPlaced.v1 of 'orders', which this bus does not publish"):
        ProducerBus(billing_stack, "Bus", service="billing", publishes=[INVOICE_ISSUED], consumers=[audit])

    assert billing_stack.node.children == []


def test_a_consumer_can_not_deliver_to_another_bus(billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    other = events.EventBus(billing_stack, "Other")

    with pytest.raises(DeclarationError, match="to must not be an event bus"):
        bus.deliver(ORDER_PLACED, to=other)  # type: ignore[arg-type]


def test_what_one_bus_forwards_is_never_what_it_received(estate: dict[str, SynthesizedStack]) -> None:
    rules = [r["Properties"] for s in estate.values() for r in s.of_type("AWS::Events::Rule").values()]

    forwarding = [rule for rule in rules if ":event-bus/" in str(rule["Targets"][0]["Arn"])]

    assert {(rule["EventBusName"], *rule["EventPattern"]["source"]) for rule in forwarding} == {
        (ORDERS_BUS, "com.acme.orders"),
        (BILLING_BUS, "com.acme.billing"),
    }


# -- T11: filters that let nothing through


@pytest.mark.parametrize("detail", [{}, {"status": []}, {"order": {"status": []}}, {"$or": []}])
def test_a_filter_that_lets_nothing_through_is_refused(billing_stack: Stack, detail: dict[str, Any]) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    queue = sqs.Queue(billing_stack, "Queue")
    before = [child.node.path for child in bus.node.children]

    with pytest.raises(DeclarationError, match=r"must be a (list of at least|mapping)"):
        bus.deliver(ORDER_PLACED, to=queue, detail=detail)
    with pytest.raises(DeclarationError, match=r"must be a (list of at least|mapping)"):
        bus.subscribe(ORDER_PLACED, on=ON_ORDERS, detail=detail)

    assert [child.node.path for child in bus.node.children] == before


def test_a_rule_for_no_event_is_refused(billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")

    with pytest.raises(DeclarationError, match="at least one event contract is needed"):
        bus.deliver(to=sqs.Queue(billing_stack, "Queue"))
    with pytest.raises(DeclarationError, match="at least one event contract is needed"):
        bus.subscribe(on=ON_ORDERS)
    with pytest.raises(AccessError, match="must name at least one contract"):
        Consumer("audit", account=ORDERS, events=[])


# -- T12: archives


def test_an_archive_keeps_thirty_days_and_carries_no_tags(app: App, billing_stack: Stack) -> None:
    Tags.of(app).add("team", "billing")
    ConsumerBus(billing_stack, "Bus", service="billing")

    stack = synthesize(app)["Billing"]

    assert stack.one("AWS::Events::Archive")["RetentionDays"] == 30
    assert stack.one("AWS::Events::Archive")["SourceArn"] == BILLING_BUS
    assert "Tags" not in stack.one("AWS::Events::Archive")
    assert stack.one("AWS::Events::EventBus")["Tags"] == [{"Key": "team", "Value": "billing"}]


def test_an_archive_of_zero_days_which_aws_takes_as_for_ever_is_refused() -> None:
    with pytest.raises(DeclarationError, match="retention_days must be 1 to 36500 days, or None for ever, got 0"):
        ArchiveSettings(retention_days=0)


def test_an_archive_for_ever_says_no_number_of_days(app: App, billing_stack: Stack) -> None:
    ConsumerBus(billing_stack, "Bus", service="billing", archive=ArchiveSettings(retention_days=None))

    assert "RetentionDays" not in synthesize(app)["Billing"].one("AWS::Events::Archive")


# -- and the convention behind them all


def test_without_a_literal_account_there_is_no_literal_arn_so_the_bus_is_refused(app: App) -> None:
    anywhere = Stack(app, "Anywhere")

    with pytest.raises(PlacementError, match="stack 'Anywhere' needs a literal account and Region"):
        ConsumerBus(anywhere, "Bus", service="billing")

    assert anywhere.node.children == []
