"""What a redrive is made of, what it knows, and what it may do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Duration, Stack, Validations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from cdk_nag import AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks
from cfnlint.api import ManualArgs, lint_by_config

from cdk_eventbridge_patterns import (
    BusReference,
    Consumer,
    ConsumerBus,
    DeadLetterQueue,
    EncryptionKey,
    EventContract,
    IdempotentConsumer,
    ProducerBus,
    RedriveSettings,
    StandardEnvelope,
    TargetInput,
    TargetReference,
)
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError
from cdk_eventbridge_patterns.testing import assert_no_findings
from tests.compliance.packs import found_by_plugins
from tests.templates import SynthesizedStack, synthesize
from tests.world import (
    BILLING,
    BILLING_BUS,
    ON_ORDERS,
    ORDER_CANCELLED,
    ORDER_PLACED,
    ORDERS,
    ORDERS_BUS,
    REGION,
    a_function,
    a_stack,
    an_app,
)

MACHINE, ROLE = "BillingDeadLettersQueueRedrive", "BillingDeadLettersQueueRedriveRole"
MACHINE_ARN = f"arn:aws:states:{REGION}:{BILLING}:stateMachine:acme-prod-billing--redrive-dead-letters"
DEAD_LETTERS = f"arn:aws:sqs:{REGION}:{BILLING}:acme-prod-billing--dead-letters"


def rule(name: str, bus: str = BILLING_BUS) -> str:
    return f"{bus.replace(':event-bus/', ':rule/')}/acme-prod-billing--{name}"


def a_queue(name: str) -> str:
    return f"arn:aws:sqs:{REGION}:{BILLING}:{name}"


@pytest.fixture(scope="module")
def redriven(tmp_path_factory: pytest.TempPathFactory) -> SynthesizedStack:
    """Billing's bus with a redrive that is declared before half of what it knows."""
    app = an_app(tmp_path_factory.mktemp("redriven"))
    stack = a_stack(app, "Billing", BILLING)
    bus = ConsumerBus(stack, "Bus", service="billing")
    bus.deliver(ORDER_PLACED, to=sqs.Queue(stack, "Queue", queue_name="invoices"), name="queue")
    bus.add_redrives(RedriveSettings(maximum=100, per_minute=30))
    bus.deliver_to_inbox(ORDER_CANCELLED)
    _deliver_more(stack, bus)
    return synthesize(app)["Billing"]


def _deliver_more(stack: Stack, bus: ConsumerBus) -> None:
    detail = TargetInput.from_path("$.detail")
    bus.deliver(ORDER_PLACED, to=sns.Topic(stack, "Topic", topic_name="customers"), name="topic", input=detail)
    part = TargetInput.from_path("$.detail.order_id")
    bus.deliver(ORDER_PLACED, to=sqs.Queue(stack, "Ids", queue_name="ids"), name="part", input=part)
    constant = TargetInput.from_value({"wake": "up"})
    fifo = sqs.Queue(stack, "Fifo", queue_name="ordered.fifo")
    bus.deliver(ORDER_PLACED, to=fifo, name="fifo", message_group_id="orders", input=constant)
    sealed = sqs.Queue(stack, "Sealed", queue_name="sealed", encryption_master_key=kms.Key(stack, "Key"))
    bus.deliver(ORDER_PLACED, to=sealed, name="sealed")
    bus.deliver(ORDER_PLACED, to=logs.LogGroup(stack, "Log", log_group_name="audit"), name="log")
    bus.deliver(ORDER_PLACED, to=TargetReference.queue("theirs", account=ORDERS), name="theirs")
    own = DeadLetterQueue(stack, "Own", service="billing", name="own")
    bus.deliver(ORDER_PLACED, to=sqs.Queue(stack, "Other", queue_name="other"), name="other", dead_letter_queue=own)


def ways(stack: SynthesizedStack, machine: str = MACHINE) -> dict[str, dict[str, Any]]:
    """Return what the state machine knows, by origin."""
    prepared = stack.properties(machine)["Definition"]["States"]["Prepare"]["Assign"]["ways"]
    return {each["origin"]: each for each in prepared}


def arn_of(stack: SynthesizedStack, name: str) -> Any:
    """Return how the template refers to a queue or topic of that name."""
    (logical_id,) = (
        key
        for key, each in stack.resources.items()
        if name in (each.get("Properties", {}).get("QueueName"), each.get("Properties", {}).get("TopicName"))
    )
    is_topic = stack.resources[logical_id]["Type"] == "AWS::SNS::Topic"
    return {"Ref": logical_id} if is_topic else {"Fn::GetAtt": [logical_id, "Arn"]}


# -- what it knows -------------------------------------------------------------------------------------------


def test_it_knows_what_uses_its_queue_whenever_that_was_declared(redriven: SynthesizedStack) -> None:
    inbox = a_queue("acme-prod-billing--orders-order-cancelled-v1")
    delivered = ["queue", "orders-order-cancelled-v1", "topic", "part", "fifo", "sealed", "log", "theirs"]

    assert [*ways(redriven)] == [
        rule("queue"),
        rule("orders-order-cancelled-v1"),
        inbox,
        *(rule(name) for name in delivered[2:]),
    ]


def test_a_target_gets_what_its_input_says(redriven: SynthesizedStack) -> None:
    known = ways(redriven)

    assert known[rule("queue")] == {
        "origin": rule("queue"),
        "target": arn_of(redriven, "invoices"),
        "by": "SendToQueue",
    }
    assert known[rule("topic")]["only_detail"] is True
    assert known[rule("fifo")]["text"] == '{"wake": "up"}'
    assert known[rule("fifo")]["group"] == "orders"


def test_what_has_no_way_back_says_why(redriven: SynthesizedStack) -> None:
    known = ways(redriven)

    assert {name: known[rule(name)]["why"].split(";")[0] for name in ("part", "log", "theirs")} == {
        "part": "its target gets a part of the event that can't be made here just as EventBridge makes it",
        "log": "Step Functions does not call what EventBridge calls for this kind of target",
        "theirs": "its target is in another account, which lets in the role of the rule and no other",
    }
    assert not any("by" in known[rule(name)] for name in ("part", "log", "theirs"))


def test_only_the_calls_that_are_needed_are_in_it(redriven: SynthesizedStack) -> None:
    called = {"SendToQueue", "PublishToTopic", "InvokeFunction", "StartExecution", "PutOnBus", "Taken"}

    states = redriven.properties(MACHINE)["Definition"]["States"]

    assert called & states.keys() == {"SendToQueue", "PublishToTopic"}


def test_a_subscription_goes_back_onto_the_bus_that_subscribes(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    bus.add_redrives()
    bus.subscribe(ORDER_PLACED, on=ON_ORDERS)
    bus.subscribe(ORDER_CANCELLED, on=ON_ORDERS)

    stack = synthesize(app)["Billing"]
    machine = "BillingSubscriptionDeadLettersQueueRedrive"
    known = ways(stack, machine)
    origins = [rule(name, ORDERS_BUS) for name in ("order-placed-v1", "order-cancelled-v1")]
    assert [(each, known[each]["target"], known[each]["by"]) for each in known] == [
        (origin, BILLING_BUS, "PutOnBus") for origin in origins
    ]
    assert permissions(stack, f"{machine}Role")["events:PutEvents"] == {
        "Effect": "Allow",
        "Action": "events:PutEvents",
        "Resource": BILLING_BUS,
        "Condition": {
            "StringEquals": {
                "events:source": "com.acme.orders",
                "events:detail-type": ["OrderCancelled.v1", "OrderPlaced.v1"],
            }
        },
    }


def test_a_route_has_no_way_back_for_its_receiver_lets_in_its_role_alone(app: App, orders_stack: Stack) -> None:
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])
    bus.dead_letter_queue.add_redrive()
    bus.route(ORDER_PLACED, to=BusReference.of("audit", account=BILLING))

    (known,) = ways(synthesize(app)["Orders"], "OrdersDeadLettersQueueRedrive").values()
    assert "by" not in known
    assert known["why"].startswith("the bus it is routed to lets in the role of the route and no other")


# -- what it may do ------------------------------------------------------------------------------------------


def permissions(stack: SynthesizedStack, role: str = ROLE) -> dict[str, dict[str, Any]]:
    """Return the statements of a role, by their first action."""
    statements = [
        statement
        for policy in stack.properties(role)["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    return {
        statement["Action"] if isinstance(statement["Action"], str) else statement["Action"][0]: statement
        for statement in statements
    }


def test_its_role_may_write_to_what_it_knows_and_take_from_its_queue(redriven: SynthesizedStack) -> None:
    may = permissions(redriven)

    assert may["sqs:ChangeMessageVisibility"]["Resource"] == DEAD_LETTERS
    assert may["sqs:SendMessage"]["Resource"] == [
        arn_of(redriven, "invoices"),
        a_queue("acme-prod-billing--orders-order-cancelled-v1"),
        arn_of(redriven, "ordered.fifo"),
        arn_of(redriven, "sealed"),
    ]
    assert may["sns:Publish"]["Resource"] == arn_of(redriven, "customers")
    assert may["kms:Decrypt"]["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
    assert {action for action, each in may.items() if each["Resource"] == "*"} == {
        "logs:CreateLogDelivery",
        "xray:GetSamplingRules",
    }


def test_its_role_is_for_step_functions_and_for_it_alone(redriven: SynthesizedStack) -> None:
    (trust,) = redriven.properties(ROLE)["AssumeRolePolicyDocument"]["Statement"]

    assert trust["Principal"] == {"Service": "states.amazonaws.com"}
    assert trust["Condition"] == {
        "ArnEquals": {"aws:SourceArn": MACHINE_ARN},
        "StringEquals": {"aws:SourceAccount": BILLING},
    }


def test_its_log_has_errors_and_no_data_and_ends(redriven: SynthesizedStack) -> None:
    logging = redriven.properties(MACHINE)["LoggingConfiguration"]
    group = redriven.properties(f"{MACHINE}Logs")

    assert (logging["Level"], logging["IncludeExecutionData"]) == ("ERROR", False)
    assert group == {
        "LogGroupName": "/aws/vendedlogs/states/acme-prod-billing--redrive-dead-letters",
        "RetentionInDays": 30,
    }
    assert redriven.properties(MACHINE)["TracingConfiguration"] == {"Enabled": True}


def test_it_can_be_granted_to_be_started(app: App, billing_stack: Stack) -> None:
    redrive = ConsumerBus(billing_stack, "Bus", service="billing").dead_letter_queue.add_redrive()
    person = iam.Role(billing_stack, "OnCall", assumed_by=iam.AccountRootPrincipal())

    redrive.state_machine.grant_start_execution(person)

    policy = synthesize(app)["Billing"].one("AWS::IAM::Policy")["PolicyDocument"]["Statement"][0]
    assert (policy["Action"], policy["Resource"]) == ("states:StartExecution", MACHINE_ARN)


# -- how it is declared --------------------------------------------------------------------------------------


def test_the_alarms_say_what_puts_the_messages_back(redriven: SynthesizedStack) -> None:
    says = "; state machine acme-prod-billing--redrive-dead-letters puts them back"

    alarms = ("BillingDeadLettersQueueAlarm", "BillingDeadLettersQueueAgeAlarm")

    assert all(redriven.properties(each)["AlarmDescription"].endswith(says) for each in alarms)


def test_a_queue_has_one_redrive(billing_stack: Stack) -> None:
    queue = ConsumerBus(billing_stack, "Bus", service="billing").dead_letter_queue
    queue.add_redrive()

    with pytest.raises(DeclarationError, match="has a redrive already, acme-prod-billing--redrive-dead-letters"):
        queue.add_redrive()


def test_settings_that_are_none_are_refused(billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")

    for add in (bus.add_redrives, bus.dead_letter_queue.add_redrive):
        with pytest.raises(DeclarationError, match="settings must be RedriveSettings, such as"):
            add({"maximum": 5})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"maximum": 651}, "maximum must be 1 to 650 messages, got 651"),
        ({"per_minute": 0}, "per_minute must be 1 to 60 messages, got 0"),
    ],
)
def test_what_an_execution_has_no_room_for_is_refused(wrong: dict[str, int], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        RedriveSettings(**wrong)


def test_its_role_may_use_the_key_of_its_queue_and_of_inboxes_by_way_of_sqs(app: App, billing_stack: Stack) -> None:
    key = EncryptionKey(billing_stack, "Key", service="billing")
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    bus = ConsumerBus(billing_stack, "Bus", service="billing", encryption=key)
    bus.add_redrives()
    bus.deliver_to_inbox(ORDER_PLACED)

    may = permissions(synthesize(app)["Billing"])["kms:Decrypt"]

    assert may == {
        "Effect": "Allow",
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": f"arn:aws:kms:{REGION}:{BILLING}:key/*",
        "Condition": {
            "StringEquals": {"kms:ViaService": f"sqs.{REGION}.amazonaws.com"},
            "ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/acme-prod-billing"},
        },
    }


def test_more_targets_than_its_role_has_room_for_are_refused(billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    bus.add_redrives()

    with pytest.raises(AccessError, match=r"has room for 10240; give some of what uses queue 'acme-prod-billing--dead"):
        bus.deliver_to_inbox(
            *(EventContract(service="orders", event=f"Order{n}Counted", detail={"type": "object"}) for n in range(200))
        )


# -- what others say of it -----------------------------------------------------------------------------------


def everything(app: App) -> None:
    """Declare a redrive that knows all that goes back by some means, save what other packs judge by itself."""
    stack = a_stack(app, "Billing", BILLING)
    bus = ConsumerBus(stack, "Bus", service="billing")
    bus.deliver_to_inbox(ORDER_PLACED)
    bus.subscribe(ORDER_PLACED, on=ON_ORDERS)
    bus.add_redrives()


def test_other_packs_find_nothing_but_what_is_left_out_for_a_reason(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app), NIST80053R5Checks(app))
    everything(app)

    with suppress(RuntimeError):  # NIST asks for more of other resources
        app.synth()

    found, acknowledged = on_redrives(tmp_path, "violations"), on_redrives(tmp_path, "suppressedViolations")
    assert found == set()
    assert acknowledged == {
        "AwsSolutions-IAM5",
        "AwsSolutions-SF1",
        "NIST.800.53.R5-CloudWatchLogGroupEncrypted",
        "NIST.800.53.R5-IAMNoInlinePolicy",
    }


def on_redrives(folder: Path, kind: str) -> set[str]:
    """Return the rules of all packs that find something on a redrive."""
    return {rule.partition("[")[0] for rule, path in found_by_plugins(folder, kind) if "/Redrive/" in path}


def test_cfn_lint_finds_nothing(redriven: SynthesizedStack) -> None:
    config = ManualArgs(templates=[str(redriven.template_file)], regions=[REGION], include_checks=["I"])

    assert [str(match) for match in lint_by_config(config) if "Redrive" in str(match)] == []


def test_our_checks_find_nothing(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    ProducerBus(
        a_stack(app, "Orders", ORDERS),
        "Bus",
        service="orders",
        publishes=[ORDER_PLACED],
        consumers=[Consumer("billing", BILLING)],
    )
    everything(app)
    app.synth()

    assert_no_findings(tmp_path)


def test_a_subscription_may_have_a_dead_letter_queue_of_its_own(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    bus.add_redrives()
    bus.subscribe(ORDER_PLACED, on=ON_ORDERS, separate_dead_letters=True)
    bus.subscribe(ORDER_CANCELLED, on=ON_ORDERS)

    stack = synthesize(app)["Billing"]
    own, shared = (f"acme-prod-billing--{name}" for name in (OWN_QUEUE, "subscription-dead-letters"))
    rules = {
        each["Properties"]["Name"]: each["Properties"]["Targets"][0]["DeadLetterConfig"]["Arn"]
        for each in stack.of_type("AWS::Events::Rule").values()
    }
    assert rules == {
        "acme-prod-billing--order-placed-v1": a_queue(own),
        "acme-prod-billing--order-cancelled-v1": a_queue(shared),
    }
    ids = ["BillingOrdersOrderPlacedV1SubscriptionDeadLettersQueue", "BillingSubscriptionDeadLettersQueue"]
    names = {key: each["Properties"]["QueueName"] for key, each in stack.of_type("AWS::SQS::Queue").items()}
    assert names == dict(zip(ids, [own, shared], strict=True))
    assert [*ways(stack, f"{ids[0]}Redrive")] == [rule("order-placed-v1", ORDERS_BUS)]


OWN_QUEUE = "orders-order-placed-v1-subscription-dead-letters"


def test_what_a_function_could_not_handle_goes_back_into_its_queue(app: App, billing_stack: Stack) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")
    function = a_function(billing_stack, timeout=Duration.seconds(30))
    consumer = IdempotentConsumer(billing_stack, "Invoices", bus=bus, events=[KNOWN_AGAIN], function=function)
    consumer.dead_letter_queue.add_redrive()

    known = ways(synthesize(app)["Billing"], "BillingOrdersOrderShippedV1DeadLettersQueueRedrive")
    assert [*known] == [rule("orders-order-shipped-v1"), consumer.queue_arn]


KNOWN_AGAIN = EventContract(
    service="orders", event="OrderShipped", detail={"type": "object"}, envelope=StandardEnvelope()
)
