"""What reaches a target, how, and what happens when it does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from cfnlint.api import ManualArgs, lint_by_config

from cdk_eventbridge_patterns import (
    ConsumerBus,
    DeadLetterQueue,
    Disabled,
    EventContract,
    ProducerBus,
    ServiceBus,
    ServiceStack,
    Subscriptions,
    SubscriptionStack,
)
from cdk_eventbridge_patterns.errors import DeclarationError, PlacementError
from cdk_eventbridge_patterns.plan import Consumes
from cdk_eventbridge_patterns.routing.rule_metrics import RuleMetrics
from cdk_eventbridge_patterns.topology import Stamp
from tests.templates import SynthesizedStack, synthesize
from tests.world import (
    BILLING,
    BILLING_BUS,
    INVOICE_ISSUED,
    ON_ORDERS,
    ORDER_CANCELLED,
    ORDER_PLACED,
    ORDERS,
    ORDERS_BUS,
    REGION,
    a_stack,
)

EVENTBRIDGE = {"Service": "events.amazonaws.com"}
DEAD_LETTERS = f"arn:aws:sqs:{REGION}:{BILLING}:acme-prod-billing--dead-letters"
MESSAGES = ("AWS::SQS::QueuePolicy", "Queues"), ("AWS::SNS::TopicPolicy", "Topics")


def rule_arn(name: str) -> str:
    return f"arn:aws:events:{REGION}:{BILLING}:rule/acme-prod-billing/acme-prod-billing--{name}"


def rule(stack: SynthesizedStack, name: str) -> dict[str, Any]:
    rules = {r["Properties"]["Name"]: r for r in stack.of_type("AWS::Events::Rule").values()}
    return rules[f"acme-prod-billing--{name}"]


def target(stack: SynthesizedStack, name: str) -> dict[str, Any]:
    (only,) = rule(stack, name)["Properties"]["Targets"]
    return dict(only)


def logical_id_of(reference: object) -> str:
    """The resource that an ARN in the template is of."""
    assert isinstance(reference, dict)
    (value,) = reference.values()
    return str(value[0] if isinstance(value, list) else value)


def policy_of(stack: SynthesizedStack, resource_id: str) -> list[dict[str, Any]]:
    """The statements of the policies of a queue or topic."""
    policies = [
        policy["Properties"]["PolicyDocument"]
        for resource_type, subjects in MESSAGES
        for policy in stack.of_type(resource_type).values()
        if {"Ref": resource_id} in policy["Properties"][subjects]
    ]
    return [statement for policy in policies for statement in policy["Statement"]]


def allowed(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [statement for statement in statements if statement["Effect"] == "Allow"]


def role_of(stack: SynthesizedStack, name: str) -> dict[str, Any]:
    """The role that a rule delivers by, found by its name as EventBridge finds it."""
    role_name = target(stack, name)["RoleArn"].removeprefix(f"arn:aws:iam::{BILLING}:role/")
    (role,) = (
        r["Properties"]
        for r in stack.of_type("AWS::IAM::Role").values()
        if r["Properties"].get("RoleName") == role_name
    )
    return dict(role)


# -- permissions


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("queue", "sqs:SendMessage"),
        ("fifo", "sqs:SendMessage"),
        ("encrypted-queue", "sqs:SendMessage"),
        ("topic", "sns:Publish"),
        ("encrypted-topic", "sns:Publish"),
    ],
)
def test_a_queue_or_topic_is_opened_to_just_the_rule(deliveries: SynthesizedStack, name: str, action: str) -> None:
    arn = target(deliveries, name)["Arn"]

    (statement,) = allowed(policy_of(deliveries, logical_id_of(arn)))

    assert (statement["Principal"], statement["Action"], statement["Resource"]) == (EVENTBRIDGE, action, arn)
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": rule_arn(name)}}
    assert "RoleArn" not in target(deliveries, name)


@pytest.mark.parametrize("name", ["function", "imported-function"])
def test_a_function_may_be_invoked_by_just_the_rule(deliveries: SynthesizedStack, name: str) -> None:
    permissions = [p["Properties"] for p in deliveries.of_type("AWS::Lambda::Permission").values()]

    (permission,) = (p for p in permissions if p["SourceArn"] == rule_arn(name))

    assert permission == {
        "Action": "lambda:InvokeFunction",
        "FunctionName": target(deliveries, name)["Arn"],
        "Principal": "events.amazonaws.com",
        "SourceArn": rule_arn(name),
    }


def test_a_log_group_is_written_to_by_just_the_rule_and_named_without_the_star(deliveries: SynthesizedStack) -> None:
    policy = deliveries.one("AWS::Logs::ResourcePolicy")
    log_group = target(deliveries, "log")["Arn"]

    text = policy["PolicyDocument"]
    open_stream, write = json.loads("".join(part if isinstance(part, str) else "LOG" for part in text["Fn::Join"][1]))[
        "Statement"
    ]

    (log_id,) = deliveries.of_type("AWS::Logs::LogGroup").keys() - {"BillingBusLogGroup"}
    assert log_group["Fn::Join"][1] == [f"arn:aws:logs:{REGION}:{BILLING}:log-group:", {"Ref": log_id}]
    assert write["Condition"] == {"ArnEquals": {"aws:SourceArn": rule_arn("log")}}
    assert (open_stream["Action"], write["Action"]) == ("logs:CreateLogStream", "logs:PutLogEvents")
    assert {open_stream["Resource"], write["Resource"]} == {f"arn:aws:logs:{REGION}:{BILLING}:log-group:LOG:*"}


@pytest.mark.parametrize(
    ("name", "actions", "attribute"),
    [
        ("machine", "states:StartExecution", None),
        ("stream", ["kinesis:PutRecord", "kinesis:PutRecords"], "Arn"),
        # The ARN that a policy needs is without the id that the service adds.
        ("api", "events:InvokeApiDestination", "ArnForPolicy"),
    ],
)
def test_a_role_is_trusted_for_just_the_rule_and_may_do_just_that(
    deliveries: SynthesizedStack, name: str, actions: object, attribute: str | None
) -> None:
    role = role_of(deliveries, name)

    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    (policy,) = role["Policies"]

    assert trust["Principal"] == EVENTBRIDGE
    assert trust["Condition"] == {
        "ArnLike": {"aws:SourceArn": rule_arn(name)},
        "StringEquals": {"aws:SourceAccount": BILLING},
    }
    target_id = logical_id_of(target(deliveries, name)["Arn"])
    resource = {"Ref": target_id} if attribute is None else {"Fn::GetAtt": [target_id, attribute]}
    assert policy["PolicyDocument"]["Statement"] == [{"Effect": "Allow", "Action": actions, "Resource": resource}]
    assert "ManagedPolicyArns" not in role


@pytest.mark.parametrize(("name", "key"), [("encrypted-queue", "QueueKey"), ("encrypted-topic", "TopicKey")])
def test_a_key_is_opened_to_eventbridge_which_writes_by_itself(
    deliveries: SynthesizedStack, name: str, key: str
) -> None:
    (statement,) = key_statements_for_eventbridge(deliveries, key)

    assert statement["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
    assert name.title().replace("-", "") in statement["Sid"]


def test_the_key_of_a_stream_is_opened_to_the_role_that_writes(deliveries: SynthesizedStack) -> None:
    (policy,) = role_of(deliveries, "encrypted-stream")["Policies"]

    (_, use_key) = policy["PolicyDocument"]["Statement"]

    assert use_key["Action"] == "kms:GenerateDataKey"
    assert logical_id_of(use_key["Resource"]).startswith("StreamKey")
    assert key_statements_for_eventbridge(deliveries, "StreamKey") == []


def key_statements_for_eventbridge(stack: SynthesizedStack, key: str) -> list[dict[str, Any]]:
    (policy,) = (
        k["Properties"]["KeyPolicy"] for name, k in stack.of_type("AWS::KMS::Key").items() if name.startswith(key)
    )
    return [statement for statement in policy["Statement"] if statement["Principal"] == EVENTBRIDGE]


@pytest.mark.parametrize("name", ["topic", "imported-queue"])
def test_a_target_without_a_key_opens_none(deliveries: SynthesizedStack, name: str) -> None:
    keys = deliveries.of_type("AWS::KMS::Key").values()

    sids = {statement.get("Sid") for key in keys for statement in key["Properties"]["KeyPolicy"]["Statement"]}

    assert f"AllowBillingDelivers{name.title().replace('-', '')}" not in sids


def test_cfn_lint_finds_nothing_in_what_deliveries_are_made_of(deliveries: SynthesizedStack) -> None:
    config = ManualArgs(templates=[str(deliveries.template_file)], regions=[REGION])

    findings = [(match.path, str(match)) for match in lint_by_config(config)]

    assert [(path, text) for path, text in findings if path[1].startswith("Billing")] == []


def test_a_dead_letter_queue_of_another_stack_is_known_by_its_literal_arn(app: App, billing_stack: Stack) -> None:
    shared = DeadLetterQueue(a_stack(app, "Shared", BILLING), "Failures", service="billing", name="shared")
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    bus.deliver(ORDER_PLACED, to=sqs.Queue(billing_stack, "Queue"), name="ledger", dead_letter_queue=shared)

    stacks = synthesize(app)

    assert target(stacks["Billing"], "ledger")["DeadLetterConfig"] == {"Arn": shared.queue_arn}
    (statement,) = allowed(policy_of(stacks["Shared"], "BillingSharedQueue"))
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": rule_arn("ledger")}}
    assert "Outputs" not in stacks["Shared"].template


# -- what the target receives, and when it can't


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("queue", {}),
        ("fifo", {"InputPath": "$.detail"}),
        ("machine", {"Input": '{"wake": "up"}'}),
        (
            "function",
            {"InputTransformer": {"InputPathsMap": {"id": "$.detail.order_id"}, "InputTemplate": '{"id": <id>}'}},
        ),
    ],
)
def test_a_target_receives_what_was_asked_for(
    deliveries: SynthesizedStack, name: str, expected: dict[str, Any]
) -> None:
    received = {key: value for key, value in target(deliveries, name).items() if key.startswith("Input")}

    assert received == expected


def test_messages_of_a_fifo_queue_are_put_in_their_group(deliveries: SynthesizedStack) -> None:
    assert target(deliveries, "fifo")["SqsParameters"] == {"MessageGroupId": "orders"}
    assert "SqsParameters" not in target(deliveries, "queue")


def test_a_delivery_is_tried_again_for_a_day_unless_said_otherwise(deliveries: SynthesizedStack) -> None:
    assert target(deliveries, "queue")["RetryPolicy"] == {
        "MaximumRetryAttempts": 185,
        "MaximumEventAgeInSeconds": 86_400,
    }
    assert target(deliveries, "topic")["RetryPolicy"] == {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 600}


def test_a_rule_takes_just_its_events_and_of_those_what_the_filter_lets_through(deliveries: SynthesizedStack) -> None:
    pattern = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}

    assert rule(deliveries, "queue")["Properties"]["EventPattern"] == pattern
    assert rule(deliveries, "stream")["Properties"]["EventPattern"] == {
        **pattern,
        "detail": {"total": [{"numeric": [">", 9]}]},
    }


def test_a_delivery_has_the_queue_of_the_bus_for_what_fails_and_it_is_opened_to_it(
    deliveries: SynthesizedStack,
) -> None:
    (statement,) = allowed(policy_of(deliveries, "BillingDeadLettersQueue"))

    waiting = statement["Condition"]["ArnEquals"]["aws:SourceArn"]

    using = {r["Properties"]["Name"] for r in rules_that_fail_to(deliveries, DEAD_LETTERS)}
    assert waiting == sorted(f"arn:aws:events:{REGION}:{BILLING}:rule/acme-prod-billing/{name}" for name in using)
    assert rule_arn("queue") in waiting
    assert not {rule_arn("own-dead-letters"), rule_arn("our-dead-letters"), rule_arn("no-dead-letters")} & set(waiting)


def rules_that_fail_to(stack: SynthesizedStack, queue_arn: str) -> list[dict[str, Any]]:
    return [
        r
        for r in stack.of_type("AWS::Events::Rule").values()
        if r["Properties"]["Targets"][0].get("DeadLetterConfig") == {"Arn": queue_arn}
    ]


def test_a_dead_letter_queue_of_the_teams_own_is_opened_to_the_rule_and_so_is_its_key(
    deliveries: SynthesizedStack,
) -> None:
    queue_arn = target(deliveries, "own-dead-letters")["DeadLetterConfig"]["Arn"]

    (statement,) = allowed(policy_of(deliveries, logical_id_of(queue_arn)))

    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": rule_arn("own-dead-letters")}}
    assert key_statements_for_eventbridge(deliveries, "OwnKey")


def test_a_dead_letter_queue_made_beforehand_is_opened_to_the_rule(deliveries: SynthesizedStack) -> None:
    queue_arn = target(deliveries, "our-dead-letters")["DeadLetterConfig"]["Arn"]

    (statement,) = allowed(policy_of(deliveries, "BillingInvoiceFailuresQueue"))

    assert queue_arn == f"arn:aws:sqs:{REGION}:{BILLING}:acme-prod-billing--invoice-failures"
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": rule_arn("our-dead-letters")}}


def test_a_dead_letter_queue_switched_off_leaves_its_reason_in_the_template(deliveries: SynthesizedStack) -> None:
    off = rule(deliveries, "no-dead-letters")

    assert off["Metadata"]["EventBridgePatterns"]["disabled"] == {
        "dead_letter_queue": "the next heartbeat replaces this one"
    }
    assert "DeadLetterConfig" not in off["Properties"]["Targets"][0]


def test_subscriptions_without_a_dead_letter_queue_leave_the_reason_on_each_rule(
    app: App, billing_stack: Stack
) -> None:
    off = Disabled("billing reads the archive of orders instead")
    wanted = [Consumes(ORDER_PLACED, on=ON_ORDERS)]
    Subscriptions(billing_stack, "Subscriptions", service="billing", to=wanted, dead_letter_queue=off)

    stack = synthesize(app)["Billing"]

    (off_rule,) = stack.of_type("AWS::Events::Rule").values()
    assert off_rule["Metadata"]["EventBridgePatterns"]["disabled"] == {"dead_letter_queue": off.reason}
    assert "DeadLetterConfig" not in off_rule["Properties"]["Targets"][0]
    assert not stack.of_type("AWS::SQS::Queue")


def test_archive_schemas_and_monitoring_switched_off_leave_the_reasons_on_the_bus(
    app: App, orders_stack: Stack
) -> None:
    no_archive, no_schemas = Disabled("nothing here is worth a replay"), Disabled("the catalog is elsewhere")
    no_monitoring = Disabled("another tool watches it")
    ProducerBus(
        orders_stack,
        "Bus",
        service="orders",
        publishes=[ORDER_PLACED],
        archive=no_archive,
        schema_registry=no_schemas,
        monitoring=no_monitoring,
    )

    stack = synthesize(app)["Orders"]

    assert set(stack.resources) == {"OrdersBus", "OrdersBusAllowsPublish"}
    assert stack.resources["OrdersBus"]["Metadata"]["EventBridgePatterns"]["disabled"] == {
        "archive": no_archive.reason,
        "monitoring": no_monitoring.reason,
        "schema_registry": no_schemas.reason,
    }


# -- imported things


@pytest.mark.parametrize(("kind", "action"), [("queue", "sqs:SendMessage"), ("topic", "sns:Publish")])
def test_of_an_imported_queue_or_topic_a_warning_says_which_statement_it_needs(
    deliveries: SynthesizedStack, kind: str, action: str
) -> None:
    (warning,) = (text for text in deliveries.warnings() if f"this {kind} is imported" in text)

    statement = json.loads(warning[warning.index("{") : warning.rindex("}") + 1])

    assert "without this statement no event arrives" in warning
    assert (statement["Principal"], statement["Action"]) == (EVENTBRIDGE, action)
    assert statement["Resource"] == target(deliveries, f"imported-{kind}")["Arn"]
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": rule_arn(f"imported-{kind}")}}


def test_what_is_not_imported_warns_of_nothing(deliveries: SynthesizedStack) -> None:
    ours = [text for text in deliveries.warnings() if "is imported" in text]

    assert len(ours) == 2


def test_an_imported_bus_delivers_and_subscribes_and_stays_as_it_is(app: App, billing_stack: Stack) -> None:
    legacy = f"arn:aws:events:{REGION}:{BILLING}:event-bus/Legacy.Billing"
    bus = ServiceBus.from_event_bus_arn(billing_stack, "Bus", legacy, service="billing")

    bus.subscribe(ORDER_PLACED, on=ON_ORDERS, deliver_to=sqs.Queue(billing_stack, "Queue"), name="ledger")

    stack = synthesize(app)["Billing"]
    assert stack.properties("BillingTakesOrdersLedger")["Targets"][0]["Arn"] == legacy
    assert stack.properties("BillingDeliversLedger")["EventBusName"] == "Legacy.Billing"
    assert not stack.of_type("AWS::Events::EventBus")
    assert not stack.of_type("AWS::Events::EventBusPolicy")


def test_a_bus_of_another_account_is_not_imported(billing_stack: Stack) -> None:
    elsewhere = f"arn:aws:events:{REGION}:{ORDERS}:event-bus/acme-prod-orders"

    with pytest.raises(DeclarationError, match="a bus elsewhere is a BusReference"):
        ServiceBus.from_event_bus_arn(billing_stack, "Bus", elsewhere, service="orders")

    assert billing_stack.node.children == []


# -- order of creation, and sharing


def test_rules_wait_for_the_bus_that_they_know_by_name_only(deliveries: SynthesizedStack) -> None:
    rules = deliveries.of_type("AWS::Events::Rule")

    assert {key for key, r in rules.items() if "BillingBus" not in r["DependsOn"]} == set()


def test_rules_wait_for_the_dead_letter_queue_to_be_open_to_them(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    bus.subscribe(ORDER_PLACED, on=ON_ORDERS, deliver_to=sqs.Queue(billing_stack, "Invoices"))

    billing = synthesize(app)["Billing"]

    assert "BillingDeadLettersQueuePolicy" in billing.resources["BillingDeliversOrdersOrderPlacedV1"]["DependsOn"]
    taken = billing.resources["BillingTakesOrdersOrderPlacedV1"]
    assert "BillingSubscriptionDeadLettersQueuePolicy" in taken["DependsOn"]


def test_subscriptions_and_inboxes_wait_for_the_bus_in_their_stack(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    bus.subscribe(ORDER_PLACED, on=ON_ORDERS)
    bus.subscribe(ORDER_CANCELLED, on=ON_ORDERS)
    bus.deliver_to_inbox(ORDER_PLACED, ORDER_CANCELLED)

    rules = synthesize(app)["Billing"].of_type("AWS::Events::Rule")

    assert len(rules) == 4
    assert all("BillingBus" in r["DependsOn"] for r in rules.values())


def test_a_second_subscription_on_a_bus_shares_the_role_and_waits_for_it(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    first = bus.subscribe(ORDER_PLACED, on=ON_ORDERS)
    second = bus.subscribe(ORDER_CANCELLED, on=ON_ORDERS)

    stack = synthesize(app)["Billing"]

    (role_id,) = stack.of_type("AWS::IAM::Role")
    rules = {r["Properties"]["Name"]: r for r in stack.of_type("AWS::Events::Rule").values()}
    assert role_id in rules[first.rule_name]["DependsOn"]
    assert role_id in rules[second.rule_name]["DependsOn"]
    assert first.role_arn == second.role_arn == rules[second.rule_name]["Properties"]["Targets"][0]["RoleArn"]
    assert second.cfn_role.role_name == first.role_arn.rpartition("/")[2]


def test_a_refused_second_subscription_leaves_the_first_as_it_was(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    bus.subscribe(ORDER_PLACED, on=ON_ORDERS)

    with pytest.raises(PlacementError, match="is in stack 'Billing' already"):
        bus.subscribe(ORDER_PLACED, on=ON_ORDERS)

    assert len(synthesize(app)["Billing"].of_type("AWS::Events::Rule")) == 1


def test_a_subscription_fails_to_a_queue_of_the_consumers_for_the_rule_in_the_producers_account(
    estate: dict[str, SynthesizedStack],
) -> None:
    stack = estate["Estate/BillingSubscriptions"]
    (subscription,) = stack.one("AWS::Events::Rule")["Targets"]

    (statement,) = allowed(policy_of(stack, "BillingSubscriptionDeadLettersQueue"))

    name = stack.one("AWS::Events::Rule")["Name"]
    assert subscription["DeadLetterConfig"]["Arn"] == statement["Resource"]
    assert f":{BILLING}:" in statement["Resource"]
    assert statement["Condition"] == {
        "ArnEquals": {"aws:SourceArn": f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/{name}"}
    }


def test_a_separate_inbox_receives_and_the_bus_that_publishes_does_not(app: App) -> None:
    env = Environment(account=BILLING, region=REGION)
    ServiceStack(
        app,
        "Billing",
        service="billing",
        publishes=[INVOICE_ISSUED],
        consumes=[ORDER_PLACED],
        separate_inbox=True,
        env=env,
    )
    wanted = [Consumes(ORDER_PLACED, on=ON_ORDERS)]
    SubscriptionStack(app, "Subscriptions", service="billing", consumes=wanted, separate_inbox=True, env=env)

    stacks = synthesize(app)

    inbox = f"{BILLING_BUS}--inbox"
    (subscription,) = stacks["Subscriptions"].one("AWS::Events::Rule")["Targets"]
    assert subscription["Arn"] == inbox
    assert stacks["Billing"].one("AWS::Events::Rule")["EventBusName"] == "acme-prod-billing--inbox"
    receive = stacks["Billing"].statements()["acme-prod-billing--inbox--receive"]
    assert receive["Resource"] == inbox
    assert receive["Condition"]["ArnLike"] == {
        "aws:PrincipalArn": f"arn:aws:iam::{BILLING}:role/acme-prod-billing--from-*"
    }


def test_an_inbox_has_a_queue_for_each_event_which_its_rule_alone_fills(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    inbox = bus.deliver_to_inbox(ORDER_PLACED, ORDER_CANCELLED)

    stack = synthesize(app)["Billing"]

    for event in (ORDER_PLACED, ORDER_CANCELLED):
        queue_arn = inbox.queue(event).queue_arn
        rules = {r["Properties"]["Name"]: r["Properties"] for r in stack.of_type("AWS::Events::Rule").values()}
        filling = rules[str(inbox.cfn_rule(event).name)]
        queue_id = stack_id_of_queue(stack, queue_arn)
        (statement,) = allowed(policy_of(stack, queue_id))
        assert filling["Targets"][0]["Arn"] == queue_arn
        assert filling["EventPattern"]["detail-type"] == [event.title]
        assert statement["Condition"]["ArnEquals"]["aws:SourceArn"].endswith(f"/{filling['Name']}")
        assert stack.properties(queue_id)["RedrivePolicy"] == {
            "deadLetterTargetArn": DEAD_LETTERS,
            "maxReceiveCount": 5,
        }
        # SQS refuses a redrive to a queue that is not there yet.
        assert "BillingDeadLettersQueue" in stack.resources[queue_id]["DependsOn"]


def stack_id_of_queue(stack: SynthesizedStack, queue_arn: str) -> str:
    name = queue_arn.rpartition(":")[2]
    (queue_id,) = (
        key for key, q in stack.of_type("AWS::SQS::Queue").items() if q["Properties"].get("QueueName") == name
    )
    return queue_id


# -- views and metrics


def test_a_bus_has_a_view_as_l2_and_one_as_l1(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")

    view = bus.event_bus
    bus.cfn_event_bus.description = "changed by hand"

    assert (view.event_bus_name, view.event_bus_arn) == ("acme-prod-billing", BILLING_BUS)
    assert bus.event_bus.node.path == view.node.path
    assert synthesize(app)["Billing"].one("AWS::Events::EventBus")["Description"] == "changed by hand"


def test_rules_and_queues_can_be_changed_by_their_l1(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    queue = sqs.Queue(billing_stack, "Queue")

    bus.deliver(ORDER_PLACED, to=queue, name="ledger").cfn_rule.state = "DISABLED"
    bus.subscribe(ORDER_PLACED, on=ON_ORDERS, name="takeover").cfn_rule.description = "changed by hand"
    bus.dead_letter_queue.cfn_queue.message_retention_period = 60

    stack = synthesize(app)["Billing"]
    assert stack.properties("BillingDeliversLedger")["State"] == "DISABLED"
    assert stack.properties("BillingTakesOrdersTakeover")["Description"] == "changed by hand"
    assert stack.properties("BillingDeadLettersQueue")["MessageRetentionPeriod"] == 60


def test_a_dead_letter_queue_has_a_view_as_l2_for_alarms(billing_stack: Stack) -> None:
    queue = ConsumerBus(billing_stack, "Bus", service="billing").dead_letter_queue

    view = queue.queue

    assert (view.queue_arn, view.queue_name) == (DEAD_LETTERS, queue.queue_name)
    assert queue.queue.node.path == view.node.path


def test_the_alarms_of_a_dead_letter_queue_tell_topics_of_their_beginning_and_their_end(
    app: App, billing_stack: Stack
) -> None:
    queue = ConsumerBus(billing_stack, "Bus", service="billing").dead_letter_queue
    on_call, desk = (f"arn:aws:sns:{REGION}:{BILLING}:{name}" for name in ("on-call", "desk"))

    queue.notify(on_call)
    queue.notify(desk, on_call)

    resources = synthesize(app)["Billing"].of_type("AWS::CloudWatch::Alarm").values()
    alarms = [each["Properties"] for each in resources if each["Properties"].get("Namespace") == "AWS/SQS"]
    names = [f"acme-prod-billing--dead-letters{what}" for what in ("", "-age")]
    assert sorted(alarm["AlarmName"] for alarm in alarms) == names
    assert all(alarm["AlarmActions"] == alarm["OKActions"] == [on_call, desk] for alarm in alarms)


def test_an_alarm_tells_topics_only_and_as_many_as_it_has_room_for(billing_stack: Stack) -> None:
    queue = DeadLetterQueue(billing_stack, "Lost", service="billing")
    queue.notify(*(f"arn:aws:sns:{REGION}:{BILLING}:team-{number}" for number in range(5)))

    with pytest.raises(DeclarationError, match=r"notify must be at most 5 topics, .* got 6"):
        queue.notify(f"arn:aws:sns:{REGION}:{BILLING}:on-call")
    with pytest.raises(DeclarationError, match=r"notify must be ARNs of SNS topics, .* got 'on-call'"):
        DeadLetterQueue(billing_stack, "Other", service="billing", name="other").notify("on-call")

    assert queue.cfn_alarm is not None
    assert len(queue.cfn_alarm.alarm_actions or ()) == 5


def test_an_alarm_goes_off_when_nobody_has_seen_to_a_message_for_as_long_as_was_said(
    app: App, billing_stack: Stack
) -> None:
    DeadLetterQueue(billing_stack, "Day", service="billing")
    DeadLetterQueue(billing_stack, "Hours", service="billing", name="urgent", longest_wait_hours=2)
    never = Disabled("it is looked at every morning")
    queue = DeadLetterQueue(billing_stack, "Never", service="billing", name="daily", longest_wait_hours=never)

    stack = synthesize(app)["Billing"]
    alarms = [resource["Properties"] for resource in stack.of_type("AWS::CloudWatch::Alarm").values()]
    ages = [alarm for alarm in alarms if alarm["MetricName"] == "ApproximateAgeOfOldestMessage"]
    assert {alarm["AlarmName"]: alarm["Threshold"] for alarm in ages} == {
        "acme-prod-billing--dead-letters-age": 86_400,
        "acme-prod-billing--urgent-age": 7_200,
    }
    assert queue.cfn_age_alarm is None
    assert queue.cfn_alarm is not None
    stamp = Stamp.from_metadata(stack.resources["BillingDailyQueue"]["Metadata"])
    assert stamp is not None
    assert stamp.disabled == {"longest_wait_hours": "it is looked at every morning"}


@pytest.mark.parametrize("hours", [0, 336, True, "24"])
def test_a_wait_that_is_longer_than_sqs_keeps_a_message_is_refused(billing_stack: Stack, hours: Any) -> None:
    with pytest.raises(DeclarationError, match="longest_wait_hours must be 1 to 335 hours, got"):
        DeadLetterQueue(billing_stack, "Lost", service="billing", longest_wait_hours=hours)

    assert billing_stack.node.children == []


def test_a_dead_letter_queue_without_an_alarm_says_why(app: App, billing_stack: Stack) -> None:
    queue = DeadLetterQueue(billing_stack, "Lost", service="billing", alarm=Disabled("another tool watches it"))

    assert queue.cfn_alarm is None
    with pytest.raises(DeclarationError, match="notify needs the alarm of 'acme-prod-billing--dead-letters'"):
        queue.notify(f"arn:aws:sns:{REGION}:{BILLING}:on-call")
    stack = synthesize(app)["Billing"]
    assert stack.of_type("AWS::CloudWatch::Alarm") == {}
    stamp = Stamp.from_metadata(stack.resources["BillingDeadLettersQueue"]["Metadata"])
    assert stamp is not None
    assert stamp.disabled == {"alarm": "another tool watches it"}


def test_the_queue_of_an_event_that_an_inbox_does_not_take_is_refused(billing_stack: Stack) -> None:
    inbox = ConsumerBus(billing_stack, "Bus", service="billing").deliver_to_inbox(ORDER_PLACED)

    with pytest.raises(DeclarationError, match=r"inbox of 'billing' takes .*order-placed-v1.*OrderCancelled\.v1"):
        inbox.queue(ORDER_CANCELLED)


METRICS = {
    "MatchedEvents": RuleMetrics.metric_matched_events,
    "Invocations": RuleMetrics.metric_invocations,
    "FailedInvocations": RuleMetrics.metric_failed_invocations,
    "ThrottledRules": RuleMetrics.metric_throttled_rules,
    "InvocationsSentToDlq": RuleMetrics.metric_invocations_sent_to_dead_letter_queue,
    "InvocationsFailedToBeSentToDlq": RuleMetrics.metric_invocations_failed_to_be_sent_to_dead_letter_queue,
    "IngestiontoInvocationStartLatency": RuleMetrics.metric_ingestion_to_invocation_start_latency,
}


@pytest.mark.parametrize("metric_name", METRICS)
def test_the_metrics_of_a_subscription_are_where_the_producers_bus_is(billing_stack: Stack, metric_name: str) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    subscription = bus.subscribe(ORDER_PLACED, on=ON_ORDERS)

    metric = METRICS[metric_name](subscription)

    assert (metric.namespace, metric.metric_name) == ("AWS/Events", metric_name)
    assert metric.dimensions == {"EventBusName": "acme-prod-orders", "RuleName": subscription.rule_name}
    assert (metric.account, metric.region) == (ORDERS, REGION)


def test_the_metrics_of_a_delivery_are_where_its_own_bus_is(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    delivery = bus.deliver(ORDER_PLACED, to=sqs.Queue(billing_stack, "Queue"), name="ledger")

    cloudwatch.Alarm(
        billing_stack, "Alarm", metric=delivery.metric_failed_invocations(), threshold=0, evaluation_periods=1
    )

    alarms = synthesize(app)["Billing"].of_type("AWS::CloudWatch::Alarm")
    (alarm,) = (each["Properties"] for id, each in alarms.items() if id.startswith("Alarm"))
    assert {d["Name"]: d["Value"] for d in alarm["Dimensions"]} == {
        "EventBusName": "acme-prod-billing",
        "RuleName": "acme-prod-billing--ledger",
    }


def test_a_service_publishes_by_a_grant_to_a_role_of_its_own_account(app: App, orders_stack: Stack) -> None:
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])
    role = iam.Role(orders_stack, "Checkout", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))

    bus.grant_publish(role)

    (statement,) = synthesize(app)["Orders"].one("AWS::IAM::Policy")["PolicyDocument"]["Statement"]
    assert (statement["Action"], statement["Resource"]) == ("events:PutEvents", bus.event_bus_arn)
    assert statement["Condition"] == {
        "StringEquals": {"events:source": "com.acme.orders", "events:detail-type": "OrderPlaced.v1"}
    }


def test_a_grant_of_some_events_writes_just_their_condition(app: App, orders_stack: Stack) -> None:
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED, ORDER_CANCELLED])
    role = iam.Role(orders_stack, "Checkout", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))

    bus.grant_publish(role, ORDER_CANCELLED)

    (statement,) = synthesize(app)["Orders"].one("AWS::IAM::Policy")["PolicyDocument"]["Statement"]
    assert statement["Condition"] == {
        "StringEquals": {"events:source": "com.acme.orders", "events:detail-type": "OrderCancelled.v1"}
    }


def test_a_grant_takes_a_copy_of_a_contract_for_the_event_that_the_bus_publishes(app: App, orders_stack: Stack) -> None:
    own = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"}, source="com.acme.shop")
    copy = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[own, ORDER_CANCELLED])
    role = iam.Role(orders_stack, "Checkout", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))

    bus.grant_publish(role, copy)

    (statement,) = synthesize(app)["Orders"].one("AWS::IAM::Policy")["PolicyDocument"]["Statement"]
    assert statement["Condition"] == {
        "StringEquals": {"events:source": "com.acme.shop", "events:detail-type": "OrderPlaced.v1"}
    }


def test_a_bus_that_exists_already_grants_events_of_its_service(app: App, orders_stack: Stack) -> None:
    bus = ServiceBus.from_event_bus_arn(orders_stack, "Bus", ORDERS_BUS, service="orders")
    role = iam.Role(orders_stack, "Checkout", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))

    bus.grant_publish(role, ORDER_CANCELLED)

    (statement,) = synthesize(app)["Orders"].one("AWS::IAM::Policy")["PolicyDocument"]["Statement"]
    assert statement["Condition"] == {
        "StringEquals": {"events:source": "com.acme.orders", "events:detail-type": "OrderCancelled.v1"}
    }
