"""A function behind a queue: what it may do, what it is told, and what can be no such function."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Duration, Stack, Validations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from cdk_nag import AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks
from cfnlint.api import ManualArgs, lint_by_config

from cdk_eventbridge_patterns import (
    ConsumerBus,
    DeadLetterQueue,
    DefaultBus,
    Disabled,
    EventContract,
    IdempotentConsumer,
    ServiceBus,
    StandardEnvelope,
    TagConvention,
    apply_tags,
)
from cdk_eventbridge_patterns.contracts import S3_OBJECT_CREATED
from cdk_eventbridge_patterns.errors import DeclarationError, PlacementError
from cdk_eventbridge_patterns.simulation import trace
from cdk_eventbridge_patterns.testing import assert_no_findings, topology_in
from tests.compliance.packs import found_by_plugins
from tests.templates import SynthesizedStack, synthesize
from tests.world import BILLING, BILLING_BUS, ORDER_CANCELLED, ORDERS, REGION, a_function, a_stack, an_app

ORDER_PLACED = EventContract(
    service="orders", event="OrderPlaced", detail={"type": "object"}, envelope=StandardEnvelope()
)
NAME = "acme-prod-billing--orders-order-placed-v1"
ID = "BillingOrdersOrderPlacedV1"
TOPIC = f"arn:aws:sns:{REGION}:{BILLING}:alarms"


@pytest.fixture(scope="module")
def consumer(tmp_path_factory: pytest.TempPathFactory) -> SynthesizedStack:
    """Billing's bus, a function, and the consumer with all defaults."""
    app = an_app(tmp_path_factory.mktemp("consumer"))
    stack = a_stack(app, "Billing", BILLING)
    bus = ConsumerBus(stack, "Bus", service="billing")
    function = a_function(stack, timeout=Duration.seconds(20), environment={"LOG_LEVEL": "INFO"})
    IdempotentConsumer(stack, "Invoices", bus=bus, events=[ORDER_PLACED], function=function)
    return synthesize(app)["Billing"]


@pytest.fixture
def bus(billing_stack: Stack) -> ConsumerBus:
    """Billing's bus, with nothing that watches it: here consumers are asked about."""
    return ConsumerBus(billing_stack, "Bus", service="billing", monitoring=Disabled("another test's business"))


# -- what is made


def test_logical_ids_follow_from_service_and_event(consumer: SynthesizedStack) -> None:
    made = {key for key in consumer.resources if not key.startswith(("Function", "BillingBus", "CDK"))}

    assert made == {
        "BillingDeliversOrdersOrderPlacedV1",
        f"{ID}Queue",
        f"{ID}QueuePolicy",
        f"{ID}QueueAlarm",
        f"{ID}DeadLettersQueue",
        f"{ID}DeadLettersQueuePolicy",
        f"{ID}DeadLettersQueueAgeAlarm",
        f"{ID}DeadLettersQueueAlarm",
        f"{ID}EventSource",
        f"{ID}FunctionPolicy",
        f"{ID}IdempotencyTable",
    }


def test_the_function_is_fed_from_the_queue_whose_messages_are_hidden_for_six_of_its_timeouts(
    consumer: SynthesizedStack,
) -> None:
    source = consumer.one("AWS::Lambda::EventSourceMapping")

    (function_id,) = consumer.of_type("AWS::Lambda::Function")
    assert source["FunctionName"] == {"Fn::GetAtt": [function_id, "Arn"]}
    assert source["EventSourceArn"] == f"arn:aws:sqs:{REGION}:{BILLING}:{NAME}"
    assert consumer.properties(f"{ID}Queue")["VisibilityTimeout"] == 120


def test_the_policy_is_that_of_the_function_s_role(consumer: SynthesizedStack) -> None:
    (role_id,) = consumer.of_type("AWS::IAM::Role")

    assert consumer.properties(f"{ID}FunctionPolicy")["Roles"] == [{"Ref": role_id}]


def test_the_function_keeps_its_environment_and_is_told_the_rest(consumer: SynthesizedStack) -> None:
    variables = consumer.one("AWS::Lambda::Function")["Environment"]["Variables"]

    assert variables == {
        "LOG_LEVEL": "INFO",
        "POWERTOOLS_SERVICE_NAME": "billing",
        "IDEMPOTENCY_TABLE_NAME": NAME,
        "IDEMPOTENCY_KEY_PATH": (
            'detail.metadata.idempotencyKey && [source, "detail-type", detail.metadata.idempotencyKey]'
        ),
        "IDEMPOTENCY_EXPIRES_AFTER_SECONDS": "2592000",
    }


def test_nothing_is_made_before_what_it_needs(consumer: SynthesizedStack) -> None:
    waits = {key: consumer.resources[key].get("DependsOn", []) for key in consumer.resources}

    assert f"{ID}DeadLettersQueue" in waits[f"{ID}Queue"]
    assert {"BillingBus", f"{ID}DeadLettersQueuePolicy"} <= {*waits["BillingDeliversOrdersOrderPlacedV1"]}


def test_cfn_lint_finds_nothing_in_what_a_consumer_is_made_of(consumer: SynthesizedStack) -> None:
    config = ManualArgs(templates=[str(consumer.template_file)], regions=[REGION])

    assert [str(match) for match in lint_by_config(config) if str(match.path[1]).startswith(ID)] == []


def test_our_own_checks_find_nothing(consumer: SynthesizedStack) -> None:
    assert_no_findings(consumer.template_file.parent)


def test_a_trace_leads_to_the_queue_and_tells_the_function_behind_it(consumer: SynthesizedStack) -> None:
    event = {"source": "com.acme.orders", "detail-type": "OrderPlaced.v1", "detail": {}}

    (arrival,) = trace(topology_in(consumer.template_file.parent), event, bus=BILLING_BUS).arrivals()

    (fed,) = arrival.last.fed_from
    assert arrival.target_arn == f"arn:aws:sqs:{REGION}:{BILLING}:{NAME}"
    assert fed.startswith(f"arn:aws:lambda:{REGION}:{BILLING}:function:")


def test_table_and_event_source_carry_tags(app: App, billing_stack: Stack, bus: ConsumerBus) -> None:
    function = a_function(billing_stack)
    IdempotentConsumer(billing_stack, "Invoices", bus=bus, events=[ORDER_PLACED], function=function)
    apply_tags(billing_stack, TagConvention(required={}, values={"stage": "prod"}))

    stack = synthesize(app)["Billing"]

    for made in ("AWS::DynamoDB::Table", "AWS::Lambda::EventSourceMapping"):
        assert stack.one(made)["Tags"] == [{"Key": "stage", "Value": "prod"}]


# -- what other packs say


def test_other_packs_find_nothing_but_what_they_misjudge_once_somebody_is_told_of_alarms(
    app: App, billing_stack: Stack, bus: ConsumerBus
) -> None:
    Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app), NIST80053R5Checks(app))
    consumer = IdempotentConsumer(
        billing_stack, "Invoices", bus=bus, events=[ORDER_PLACED], function=a_function(billing_stack)
    )
    consumer.notify(TOPIC)
    consumer.dead_letter_queue.notify(TOPIC)

    found, acknowledged = judged(app)

    assert [(rule, path) for rule, path in found if "/Function/" not in path] == []
    assert {rule for rule, path in acknowledged if path.startswith("Billing/Invoices/")} == {
        "Serverless-SQSRedrivePolicy",
        "Serverless-LambdaEventSourceMappingDestination",
        "NIST.800.53.R5-IAMNoInlinePolicy",
        "NIST.800.53.R5-DynamoDBInBackupPlan",
    }


def judged(app: App) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what cdk-nag finds, and what is acknowledged, by rule and place."""
    with suppress(RuntimeError):  # the function itself has findings, which are its team's
        app.synth()
    folder = Path(app.outdir)
    return [*found_by_plugins(folder)], [*found_by_plugins(folder, "suppressedViolations")]


# -- settings


def test_a_service_name_that_the_function_was_given_stays(app: App, billing_stack: Stack, bus: ConsumerBus) -> None:
    function = a_function(billing_stack, environment={"POWERTOOLS_SERVICE_NAME": "invoicing"})
    IdempotentConsumer(billing_stack, "Invoices", bus=bus, events=[ORDER_PLACED], function=function)

    variables = synthesize(app)["Billing"].one("AWS::Lambda::Function")["Environment"]["Variables"]

    assert variables["POWERTOOLS_SERVICE_NAME"] == "invoicing"


def test_a_function_without_a_timeout_has_lambda_s_own(app: App, billing_stack: Stack, bus: ConsumerBus) -> None:
    function = a_function(billing_stack)
    IdempotentConsumer(billing_stack, "Invoices", bus=bus, events=[ORDER_PLACED], function=function, name="invoices")

    assert synthesize(app)["Billing"].properties("BillingInvoicesQueue")["VisibilityTimeout"] == 18


def test_a_dead_letter_queue_may_be_shared(app: App, billing_stack: Stack, bus: ConsumerBus) -> None:
    lost = DeadLetterQueue(billing_stack, "Lost", service="billing", name="lost", alarm=Disabled("watched elsewhere"))
    IdempotentConsumer(
        billing_stack,
        "Invoices",
        bus=bus,
        events=[ORDER_PLACED],
        function=a_function(billing_stack),
        dead_letter_queue=lost,
        handled_within_seconds=Disabled("watched elsewhere"),
    )

    stack = synthesize(app)["Billing"]

    assert stack.properties(f"{ID}Queue")["RedrivePolicy"]["deadLetterTargetArn"] == lost.queue_arn
    assert not stack.of_type("AWS::CloudWatch::Alarm")
    allow, _ = stack.properties("BillingLostQueuePolicy")["PolicyDocument"]["Statement"]
    assert allow["Condition"]["ArnEquals"]["aws:SourceArn"].endswith(f"/{NAME}")


def test_the_l1s_are_at_hand(billing_stack: Stack, bus: ConsumerBus) -> None:
    consumer = IdempotentConsumer(
        billing_stack, "Invoices", bus=bus, events=[ORDER_PLACED], function=a_function(billing_stack)
    )

    consumer.notify(TOPIC)

    assert consumer.cfn_alarm is not None
    assert consumer.cfn_alarm.alarm_actions == consumer.cfn_alarm.ok_actions == [TOPIC]
    assert (consumer.cfn_queue.queue_name, consumer.cfn_table.table_name, consumer.cfn_rule.name) == (NAME, NAME, NAME)
    assert consumer.cfn_event_source_mapping.batch_size == 10
    assert consumer.cfn_policy.policy_name == NAME
    assert consumer.queue.queue_name == NAME
    assert consumer.metric_failed_invocations().metric_name == "FailedInvocations"


# -- what is refused


def refused(stack: Stack, **changed: Any) -> str:
    """Return why a consumer is refused; it leaves the stack as it was."""
    before = [child.node.id for child in stack.node.children]
    with pytest.raises(DeclarationError) as error:
        IdempotentConsumer(stack, "Invoices", **{"events": [ORDER_PLACED], **changed})
    assert [child.node.id for child in stack.node.children] == before
    return str(error.value)


def test_a_function_that_is_imported_or_another_s_is_refused(app: App, billing_stack: Stack, bus: ConsumerBus) -> None:
    imported = lambda_.Function.from_function_name(billing_stack, "Imported", "invoices")
    alias = a_function(billing_stack).add_alias("live")
    elsewhere = a_function(a_stack(app, "Other", BILLING))

    assert "function must be an aws_lambda.Function that is made here" in refused(
        billing_stack, bus=bus, function=imported
    )
    assert "of a version or alias hand in the function itself" in refused(billing_stack, bus=bus, function=alias)
    assert "function must be in the stack of the consumer, 'Billing'" in refused(
        billing_stack, bus=bus, function=elsewhere
    )


def test_a_role_of_another_stack_is_refused(app: App, billing_stack: Stack, bus: ConsumerBus) -> None:
    role = iam.Role(a_stack(app, "Other", BILLING), "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))

    said = refused(billing_stack, bus=bus, function=a_function(billing_stack, role=role))

    assert "role of function must be in the stack of the consumer, 'Billing'" in said


def test_a_role_that_is_imported_is_given_the_policy_by_its_name(
    app: App, billing_stack: Stack, bus: ConsumerBus
) -> None:
    role = iam.Role.from_role_name(billing_stack, "Role", "invoices")
    function = a_function(billing_stack, role=role)
    IdempotentConsumer(billing_stack, "Invoices", bus=bus, events=[ORDER_PLACED], function=function)

    assert synthesize(app)["Billing"].properties(f"{ID}FunctionPolicy")["Roles"] == ["invoices"]


def test_a_function_serves_one_consumer(billing_stack: Stack, bus: ConsumerBus) -> None:
    function = a_function(billing_stack)
    IdempotentConsumer(billing_stack, "First", bus=bus, events=[ORDER_PLACED], function=function)

    said = refused(billing_stack, bus=bus, function=function, name="second")

    assert "has IDEMPOTENCY_TABLE_NAME in its environment, so it serves a consumer already" in said


def test_a_timeout_that_is_known_at_deployment_only_is_asked_for(
    app: App, billing_stack: Stack, bus: ConsumerBus
) -> None:
    seconds = CfnParameter(billing_stack, "Seconds", type="Number").value_as_number
    function = a_function(billing_stack, timeout=Duration.seconds(seconds))

    assert "pass function_timeout_seconds= with the longest it may be" in refused(
        billing_stack, bus=bus, function=function
    )
    IdempotentConsumer(
        billing_stack, "Invoices", bus=bus, events=[ORDER_PLACED], function=function, function_timeout_seconds=60
    )
    assert synthesize(app)["Billing"].properties(f"{ID}Queue")["VisibilityTimeout"] == 360


def test_a_timeout_that_is_known_is_not_said_twice(billing_stack: Stack, bus: ConsumerBus) -> None:
    function = a_function(billing_stack, timeout=Duration.seconds(20))

    said = refused(billing_stack, bus=bus, function=function, function_timeout_seconds=30)

    assert "function_timeout_seconds must be left out where it is known, 20 seconds, got 30" in said


def test_a_bus_of_another_account_and_what_is_no_bus_are_refused(app: App, billing_stack: Stack) -> None:
    function = a_function(billing_stack)
    foreign = ConsumerBus(a_stack(app, "Orders", ORDERS), "Bus", service="orders")

    assert "bus must be in the account and Region of the stack" in refused(
        billing_stack, bus=foreign, function=function
    )
    assert "bus must be a bus of the service's own" in refused(billing_stack, bus=function, function=function)


def test_what_is_no_dead_letter_queue_of_ours_is_refused(billing_stack: Stack, bus: ConsumerBus) -> None:
    function, queue = a_function(billing_stack), sqs.Queue(billing_stack, "Queue")

    said = refused(billing_stack, bus=bus, function=function, dead_letter_queue=queue)

    assert "dead_letter_queue must be a DeadLetterQueue, got 'Billing/Queue'" in said


def test_events_without_a_key_are_refused(billing_stack: Stack, bus: ConsumerBus) -> None:
    said = refused(billing_stack, bus=bus, function=a_function(billing_stack), events=[ORDER_CANCELLED])

    assert "OrderCancelled.v1 of 'orders' has no idempotency key" in said


def test_two_consumers_of_one_event_need_two_names(billing_stack: Stack, bus: ConsumerBus) -> None:
    first, second = a_function(billing_stack, "One"), a_function(billing_stack, "Two")
    IdempotentConsumer(billing_stack, "First", bus=bus, events=[ORDER_PLACED], function=first)

    with pytest.raises(PlacementError, match="give one of the two another name"):
        IdempotentConsumer(billing_stack, "Second", bus=bus, events=[ORDER_PLACED], function=second)


def test_a_bus_that_exists_already_serves_as_well(app: App, billing_stack: Stack) -> None:
    existing = ServiceBus.from_event_bus_arn(billing_stack, "Bus", BILLING_BUS, service="billing")
    function = a_function(billing_stack)
    IdempotentConsumer(billing_stack, "Invoices", bus=existing, events=[ORDER_PLACED], function=function)

    rule = synthesize(app)["Billing"].properties("BillingDeliversOrdersOrderPlacedV1")

    assert rule["EventBusName"] == "acme-prod-billing"


def test_events_of_aws_are_consumed_from_the_default_bus_by_their_id(app: App, billing_stack: Stack) -> None:
    bus, function = DefaultBus(billing_stack, "Bus", service="billing"), a_function(billing_stack)
    IdempotentConsumer(
        billing_stack, "Uploads", bus=bus, events=[S3_OBJECT_CREATED], function=function, idempotency_key="id"
    )

    stack = synthesize(app)["Billing"]

    variables = stack.one("AWS::Lambda::Function")["Environment"]["Variables"]
    assert variables["IDEMPOTENCY_KEY_PATH"] == 'id && [source, "detail-type", id]'
    assert stack.one("AWS::Lambda::EventSourceMapping")["EventSourceArn"].endswith(
        ":acme-prod-billing--aws-s3-object-created"
    )
