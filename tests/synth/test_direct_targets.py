"""Direct deliveries to targets of other accounts, in both templates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from cfnlint.api import ManualArgs, lint_by_config

from cdk_eventbridge_patterns import Adopted, BusReference, ProducerBus, TargetInput, TargetReference, accept_delivery
from cdk_eventbridge_patterns.testing import findings_in
from tests.templates import SynthesizedStack, synthesize
from tests.world import BILLING, ON_ORDERS, ORDER_CANCELLED, ORDER_PLACED, ORDERS, REGION, a_stack, an_app

OF_ORDERS = {"AWS": f"arn:aws:iam::{ORDERS}:root"}
KINDS = ("queue", "fifo", "topic", "function", "stream")
ENCRYPTED = ("encrypted-queue", "encrypted-topic", "encrypted-stream")
ARNS = {
    "queue": f"arn:aws:sqs:{REGION}:{BILLING}:invoices",
    "fifo": f"arn:aws:sqs:{REGION}:{BILLING}:invoices.fifo",
    "topic": f"arn:aws:sns:{REGION}:{BILLING}:invoices",
    "function": f"arn:aws:lambda:{REGION}:{BILLING}:function:invoices",
    "stream": f"arn:aws:kinesis:{REGION}:{BILLING}:stream/invoices",
    "encrypted-queue": f"arn:aws:sqs:{REGION}:{BILLING}:secrets",
    "encrypted-topic": f"arn:aws:sns:{REGION}:{BILLING}:secrets",
    "encrypted-stream": f"arn:aws:kinesis:{REGION}:{BILLING}:stream/secrets",
}


def role_arn(name: str) -> str:
    return f"arn:aws:iam::{ORDERS}:role/acme-prod-orders--to-{name}--{REGION}"


def _function(stack: Stack) -> lambda_.Function:
    return lambda_.Function(
        stack,
        "Function",
        function_name="invoices",
        runtime=lambda_.Runtime.PYTHON_3_13,
        handler="index.handler",
        code=lambda_.Code.from_inline("def handler(event, context): ..."),
    )


def _targets(stack: Stack) -> dict[str, Any]:
    fifo = sqs.Queue(stack, "Fifo", queue_name="invoices.fifo", fifo=True, content_based_deduplication=True)
    key = kms.Key(stack, "Key")
    return {
        "queue": sqs.Queue(stack, "Queue", queue_name="invoices", enforce_ssl=True),
        "fifo": fifo,
        "topic": sns.Topic(stack, "Topic", topic_name="invoices"),
        "function": _function(stack),
        "stream": kinesis.Stream(
            stack, "Stream", stream_name="invoices", encryption=kinesis.StreamEncryption.UNENCRYPTED
        ),
        "encrypted-queue": sqs.Queue(stack, "Secrets", queue_name="secrets", encryption_master_key=key),
        "encrypted-topic": sns.Topic(stack, "SecretsTopic", topic_name="secrets", master_key=key),
        "encrypted-stream": kinesis.Stream(stack, "SecretsStream", stream_name="secrets", encryption_key=key),
    }


def _group(name: str) -> str | None:
    return "orders" if name == "fifo" else None


@pytest.fixture(scope="module")
def one_app(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SynthesizedStack]:
    """Both sides from one declaration: the constructs of billing's stack are handed to orders' bus."""
    app = an_app(tmp_path_factory.mktemp("one-app"))
    bus = ProducerBus(a_stack(app, "Orders", ORDERS), "Bus", service="orders", publishes=[ORDER_PLACED])
    for name, target in _targets(a_stack(app, "Billing", BILLING)).items():
        bus.deliver(ORDER_PLACED, to=target, name=name, message_group_id=_group(name))
    return synthesize(app)


@pytest.fixture(scope="module")
def two_apps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SynthesizedStack]:
    """Each side from its own app, knowing of the other just names and account."""
    sender, receiver = (an_app(tmp_path_factory.mktemp(side)) for side in ("sender", "receiver"))
    bus = ProducerBus(a_stack(sender, "Orders", ORDERS), "Bus", service="orders", publishes=[ORDER_PLACED])
    for name, arn in ARNS.items():
        key = f"arn:aws:kms:{REGION}:{BILLING}:key/*" if name in ENCRYPTED else None
        reference = TargetReference.from_arn(arn, key_arn=key)
        bus.deliver(ORDER_PLACED, to=reference, name=name, message_group_id=_group(name))
    for name, target in _targets(a_stack(receiver, "Billing", BILLING)).items():
        accept_delivery(target, ORDER_PLACED, on=ON_ORDERS, name=name)
    return synthesize(sender) | synthesize(receiver)


@pytest.fixture(params=["one_app", "two_apps"])
def stacks(request: pytest.FixtureRequest) -> dict[str, SynthesizedStack]:
    found: dict[str, SynthesizedStack] = request.getfixturevalue(request.param)
    return found


def target_in(stack: SynthesizedStack, name: str) -> dict[str, Any]:
    rules = {rule["Properties"]["Name"]: rule["Properties"] for rule in stack.of_type("AWS::Events::Rule").values()}
    (target,) = rules[f"acme-prod-orders--{name}"]["Targets"]
    return dict(target)


def statements_for(stack: SynthesizedStack, name: str) -> dict[str, dict[str, Any]]:
    """The statements that are for the role of one delivery, by the type of the resource they stand in."""
    documents = {
        "AWS::SQS::QueuePolicy": "PolicyDocument",
        "AWS::SNS::TopicPolicy": "PolicyDocument",
        "AWS::Kinesis::ResourcePolicy": "ResourcePolicy",
        "AWS::KMS::Key": "KeyPolicy",
    }
    return {
        resource_type: statement
        for resource_type, document in documents.items()
        for resource in stack.of_type(resource_type).values()
        for statement in resource["Properties"][document]["Statement"]
        if statement.get("Condition") == {"ArnEquals": {"aws:PrincipalArn": role_arn(name)}}
    }


@pytest.mark.parametrize("name", ARNS)
def test_the_rule_delivers_to_the_literal_arn_by_a_role_of_its_own(
    stacks: dict[str, SynthesizedStack], name: str
) -> None:
    target = target_in(stacks["Orders"], name)

    assert (target["Arn"], target["RoleArn"]) == (ARNS[name], role_arn(name))
    assert target["RetryPolicy"]
    assert target["DeadLetterConfig"] == {"Arn": f"arn:aws:sqs:{REGION}:{ORDERS}:acme-prod-orders--dead-letters"}


def test_messages_of_a_fifo_queue_are_put_in_their_group(stacks: dict[str, SynthesizedStack]) -> None:
    assert target_in(stacks["Orders"], "fifo")["SqsParameters"] == {"MessageGroupId": "orders"}


@pytest.mark.parametrize(
    ("name", "actions"),
    [
        ("queue", "sqs:SendMessage"),
        ("topic", "sns:Publish"),
        ("function", "lambda:InvokeFunction"),
        ("stream", ["kinesis:PutRecord", "kinesis:PutRecords"]),
    ],
)
def test_the_role_may_deliver_to_its_target_and_nothing_else_for_its_rule_and_no_other(
    stacks: dict[str, SynthesizedStack], name: str, actions: object
) -> None:
    roles = {role["Properties"]["RoleName"]: role for role in stacks["Orders"].of_type("AWS::IAM::Role").values()}
    role = roles[f"acme-prod-orders--to-{name}--{REGION}"]["Properties"]

    (policy,), (trust,) = role["Policies"], role["AssumeRolePolicyDocument"]["Statement"]

    assert policy["PolicyDocument"]["Statement"] == [{"Effect": "Allow", "Action": actions, "Resource": ARNS[name]}]
    assert trust["Condition"]["ArnLike"] == {
        "aws:SourceArn": f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/acme-prod-orders--{name}"
    }


@pytest.mark.parametrize(
    ("name", "resource_type", "actions"),
    [
        ("queue", "AWS::SQS::QueuePolicy", "sqs:SendMessage"),
        ("fifo", "AWS::SQS::QueuePolicy", "sqs:SendMessage"),
        ("topic", "AWS::SNS::TopicPolicy", "sns:Publish"),
        ("stream", "AWS::Kinesis::ResourcePolicy", ["kinesis:PutRecord", "kinesis:PutRecords"]),
    ],
)
def test_the_target_lets_in_just_the_role_in_the_stack_it_is_in(
    stacks: dict[str, SynthesizedStack], name: str, resource_type: str, actions: object
) -> None:
    (statement,) = statements_for(stacks["Billing"], name).values()

    assert list(statements_for(stacks["Billing"], name)) == [resource_type]
    assert (statement["Principal"], statement["Action"]) == (OF_ORDERS, actions)
    assert statements_for(stacks["Orders"], name) == {}


def test_a_function_names_the_role_itself_for_its_permission_knows_no_condition_on_it(
    stacks: dict[str, SynthesizedStack],
) -> None:
    permission = stacks["Billing"].one("AWS::Lambda::Permission")

    assert permission["Principal"] == role_arn("function")
    assert permission["Action"] == "lambda:InvokeFunction"


@pytest.mark.parametrize("name", ENCRYPTED)
def test_the_key_of_the_target_lets_in_just_the_role_too(stacks: dict[str, SynthesizedStack], name: str) -> None:
    statement = statements_for(stacks["Billing"], name)["AWS::KMS::Key"]

    assert "kms:GenerateDataKey" in statement["Action"]
    assert statement["Principal"] == OF_ORDERS


def test_a_key_whose_id_nobody_knows_yet_is_used_by_way_of_the_targets_service_only(
    stacks: dict[str, SynthesizedStack],
) -> None:
    uses = key_uses_in(stacks)

    assert {use["Resource"] for use in uses} == {f"arn:aws:kms:{REGION}:{BILLING}:key/*"}
    assert {use["Condition"]["StringEquals"]["kms:ViaService"] for use in uses} == {
        f"{service}.{REGION}.amazonaws.com" for service in ("sqs", "sns", "kinesis")
    }


def key_uses_in(stacks: dict[str, SynthesizedStack]) -> list[dict[str, Any]]:
    roles = stacks["Orders"].of_type("AWS::IAM::Role").values()
    statements = [each for role in roles for each in role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]]
    return [each for each in statements if "kms:GenerateDataKey" in each["Action"]]


def test_the_stacks_know_each_other_by_literal_arns_only(stacks: dict[str, SynthesizedStack]) -> None:
    for stack in stacks.values():
        assert "Outputs" not in stack.template
        assert "Fn::ImportValue" not in json.dumps(stack.template)


def test_the_stack_of_a_function_waits_for_the_bus_and_no_other(one_app: dict[str, SynthesizedStack]) -> None:
    assert one_app["Billing"].dependencies == {"Orders"}
    assert one_app["Orders"].dependencies == frozenset()


def test_a_queue_waits_for_nobody(app: App, orders_stack: Stack, billing_stack: Stack) -> None:
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])
    bus.deliver(ORDER_PLACED, to=sqs.Queue(billing_stack, "Queue", queue_name="invoices"))

    assert synthesize(app)["Billing"].dependencies == frozenset()


def test_every_flow_arrives_and_nothing_is_found_by_our_own_checks(stacks: dict[str, SynthesizedStack]) -> None:
    folders = {stack.template_file.parent for stack in stacks.values()}

    assert [str(finding) for finding in findings_in(*folders)] == []


def test_cfn_lint_finds_nothing(stacks: dict[str, SynthesizedStack]) -> None:
    config = ManualArgs(templates=[str(stack.template_file) for stack in stacks.values()], regions=[REGION])

    findings = [str(match) for match in lint_by_config(config)]

    # The CDK's own function names its role twice.
    assert [text for text in findings if "W3005" not in text] == []


def test_without_the_other_side_the_statement_that_is_missing_is_named(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    bus = ProducerBus(a_stack(app, "Orders", ORDERS), "Bus", service="orders", publishes=[ORDER_PLACED])
    bus.deliver(ORDER_PLACED, to=TargetReference.queue("invoices", account=BILLING))
    sqs.Queue(a_stack(app, "Billing", BILLING), "Queue", queue_name="invoices")
    synthesize(app)

    found = {finding.check_id: finding for finding in findings_in(tmp_path)}

    assert sorted(found) == ["DLV006", "FLW001"]
    assert f'"Principal": {{"AWS": "{role_arn("order-placed-v1")}"}}, "Action": "sqs:SendMessage"' in str(
        found["FLW001"].fix
    )


def test_with_one_side_read_it_is_undecided_whether_it_arrives(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    bus = ProducerBus(a_stack(app, "Orders", ORDERS), "Bus", service="orders", publishes=[ORDER_PLACED])
    bus.deliver(ORDER_PLACED, to=TargetReference.queue("invoices", account=BILLING))
    synthesize(app)

    found = findings_in(tmp_path)

    assert "FLW001" in {finding.check_id for finding in found}
    assert all(finding.undecided for finding in found)


def test_where_a_stage_has_both_sides_in_one_account_the_same_code_works(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    bus = ProducerBus(a_stack(app, "Orders", ORDERS), "Bus", service="orders", publishes=[ORDER_PLACED])
    bus.deliver(ORDER_PLACED, to=TargetReference.queue("invoices", account=ORDERS))
    queue = sqs.Queue(a_stack(app, "Billing", ORDERS), "Queue", queue_name="invoices", enforce_ssl=True)
    accept_delivery(queue, ORDER_PLACED, on=ON_ORDERS)
    synthesize(app)

    assert [str(finding) for finding in findings_in(tmp_path)] == []


def test_what_the_target_receives_may_be_transformed(app: App, orders_stack: Stack) -> None:
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])
    reference = TargetReference.queue("invoices", service="billing", account=BILLING)
    bus.deliver(ORDER_PLACED, to=reference, name="ledger", input=TargetInput.from_path("$.detail"))

    target = target_in(synthesize(app)["Orders"], "ledger")

    assert target["InputPath"] == "$.detail"
    assert target["Arn"] == f"arn:aws:sqs:{REGION}:{BILLING}:acme-prod-billing--invoices"


def test_both_sides_call_a_delivery_of_several_events_the_same_without_being_told(
    app: App, orders_stack: Stack, billing_stack: Stack
) -> None:
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED, ORDER_CANCELLED])
    bus.deliver(ORDER_PLACED, ORDER_CANCELLED, to=TargetReference.queue("invoices", account=BILLING))
    queue = sqs.Queue(billing_stack, "Queue", queue_name="invoices")
    accept_delivery(queue, ORDER_CANCELLED, ORDER_PLACED, on=BusReference.of("orders", account=ORDERS))

    stacks = synthesize(app)

    assert target_in(stacks["Orders"], "order-cancelled-v1")["RoleArn"] == role_arn("order-cancelled-v1")
    assert statements_for(stacks["Billing"], "order-cancelled-v1")


def test_what_lets_a_delivery_in_is_called_the_same_on_both_sides_where_the_rule_keeps_an_older_id(
    tmp_path: Path,
) -> None:
    called = []
    for side, adopt in (("new", None), ("adopted", Adopted(logical_id="OldRule4711"))):
        app = an_app(tmp_path / side)
        bus = ProducerBus(a_stack(app, "Orders", ORDERS), "Bus", service="orders", publishes=[ORDER_PLACED])
        bus.deliver(ORDER_PLACED, to=_function_of(a_stack(app, "Billing", BILLING)), adopt=adopt)
        called.append(list(synthesize(app)["Billing"].of_type("AWS::Lambda::Permission")))

    assert called[0] == called[1] != []


def test_to_accept_twice_is_to_accept_once(app: App, billing_stack: Stack) -> None:
    for _ in range(2):
        accept_delivery(_queue_of(billing_stack), ORDER_PLACED, on=ON_ORDERS)
        accept_delivery(_function_of(billing_stack), ORDER_PLACED, on=ON_ORDERS)

    billing = synthesize(app)["Billing"]

    assert len(billing.one("AWS::SQS::QueuePolicy")["PolicyDocument"]["Statement"]) == 1
    assert len(billing.of_type("AWS::Lambda::Permission")) == 1


def _queue_of(stack: Stack) -> Any:
    return stack.node.try_find_child("Queue") or sqs.Queue(stack, "Queue", queue_name="invoices")


def _function_of(stack: Stack) -> Any:
    return stack.node.try_find_child("Function") or _function(stack)


@pytest.mark.parametrize("kind", ["queue", "topic", "function", "stream"])
def test_what_is_imported_can_not_be_opened_and_a_warning_says_which_statement_it_needs(
    app: App, orders_stack: Stack, kind: str
) -> None:
    bus = ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])
    imports: dict[str, Any] = {
        "queue": sqs.Queue.from_queue_arn,
        "topic": sns.Topic.from_topic_arn,
        "function": lambda_.Function.from_function_arn,
        "stream": kinesis.Stream.from_stream_arn,
    }
    bus.deliver(ORDER_PLACED, to=imports[kind](orders_stack, "Imported", ARNS[kind]))

    (warning,) = [each for each in synthesize(app)["Orders"].warnings() if "is imported" in each]

    assert f"this {kind} is imported, so its policy can't be changed from here" in warning
    assert role_arn("order-placed-v1") in warning
