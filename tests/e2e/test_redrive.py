"""Dead letters go back where they failed once the cause is mended, as fast as was said; what nobody knows is left."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_sns as sns
from aws_cdk import aws_stepfunctions as sfn

from cdk_eventbridge_patterns import (
    BusReference,
    Consumer,
    ConsumerBus,
    ProducerBus,
    RedriveSettings,
    TargetInput,
    use_convention,
)
from cdk_eventbridge_patterns.local import Deployment
from tests.e2e.world import ACME, BILLING, INVOICES, ORDERS, REGION, order_placed, place_order

LOST, LOST_ON_THE_WAY = "acme-prod-billing--dead-letters", "acme-prod-billing--subscription-dead-letters"
ON_ORDERS = f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/acme-prod-billing--order-placed-v1"
BUS = f"arn:aws:events:{REGION}:{BILLING}:event-bus/acme-prod-billing"
QUEUE = f"arn:aws:sqs:{REGION}:{BILLING}:{INVOICES}"
DETAIL = '{"order_id":"o-\\"1\\"","amount":12345678901234567890}'


def a_stack(app: App, name: str, account: str) -> Stack:
    return Stack(app, name, env=Environment(account=account, region=REGION))


@pytest.fixture
def shop(eventbridge_local: Deployment, tmp_path: Path) -> Deployment:
    """Orders, and billing, which takes its events over into a queue, a topic and a state machine."""
    app = App(outdir=str(tmp_path))
    use_convention(app, ACME)
    event = order_placed()
    orders, billing = a_stack(app, "Orders", ORDERS), a_stack(app, "Billing", BILLING)
    consumers = [Consumer("billing", BILLING)]
    ProducerBus(orders, "Bus", service="orders", publishes=[event], consumers=consumers)
    bus = ConsumerBus(billing, "Bus", service="billing")
    bus.add_redrives(RedriveSettings(maximum=20))
    bus.deliver_to_inbox(event)
    topic = sns.Topic(billing, "Topic", topic_name="customers")
    bus.deliver(event, to=topic, name="topic", input=TargetInput.from_path("$.detail"))
    steps = sfn.DefinitionBody.from_chainable(sfn.Pass(billing, "Noted"))
    machine = sfn.StateMachine(billing, "Machine", state_machine_name="note", definition_body=steps)
    bus.deliver(event, to=machine, name="machine")
    bus.subscribe(event, on=BusReference.of("orders", account=ORDERS))
    billing.add_stack_dependency(orders)
    eventbridge_local.deploy(app)
    return eventbridge_local


def client(deployment: Deployment, service: str) -> Any:
    return deployment.session(BILLING).client(service)


def url(deployment: Deployment, queue: str) -> str:
    return str(client(deployment, "sqs").get_queue_url(QueueName=queue)["QueueUrl"])


def put_dead_letter(deployment: Deployment, queue: str, rule: str, target: str, detail: str = DETAIL) -> str:
    """Put into *queue* what EventBridge puts there, and return the body."""
    envelope = {
        "version": "0",
        "id": "e-1",
        "detail-type": "OrderPlaced.v1",
        "source": "com.acme.orders",
        "account": ORDERS,
        "time": "2026-11-28T10:00:00Z",
        "region": REGION,
        "resources": ["r-1"],
    }
    body = json.dumps(envelope, separators=(",", ":"))[:-1] + f',"detail":{detail}}}'
    said = {"RULE_ARN": rule, "TARGET_ARN": target, "ERROR_CODE": "NO_PERMISSIONS", "ERROR_MESSAGE": "none"}
    attributes = {name: {"DataType": "String", "StringValue": value} for name, value in said.items()}
    client(deployment, "sqs").send_message(
        QueueUrl=url(deployment, queue), MessageBody=body, MessageAttributes=attributes
    )
    return body


def redrive(deployment: Deployment, name: str = "dead-letters", **asked: float) -> Mapping[str, Any]:
    """Run the redrive of a queue to its end, and return its report."""
    states = client(deployment, "stepfunctions")
    arn = f"arn:aws:states:{REGION}:{BILLING}:stateMachine:acme-prod-billing--redrive-{name}"
    execution = states.start_execution(stateMachineArn=arn, input=json.dumps(asked))["executionArn"]
    for _ in range(600):
        found = states.describe_execution(executionArn=execution)
        if found["status"] != "RUNNING":
            break
        time.sleep(0.1)
    if found["status"] != "SUCCEEDED":
        return {"status": found["status"], "error": found.get("error"), "cause": found.get("cause")}
    report: Mapping[str, Any] = json.loads(found["output"])
    return report


def bodies(deployment: Deployment, queue: str) -> list[str]:
    """Return what is in a queue."""
    answer = client(deployment, "sqs").receive_message(
        QueueUrl=url(deployment, queue), MaxNumberOfMessages=10, WaitTimeSeconds=2
    )
    return [message["Body"] for message in answer.get("Messages", ())]


def test_an_event_that_a_missing_queue_could_not_take_arrives_once_the_queue_is_there(shop: Deployment) -> None:
    sqs = client(shop, "sqs")
    sqs.delete_queue(QueueUrl=url(shop, INVOICES))
    place_order(shop, amount=12)
    waiting = _visible(shop, LOST)
    before = redrive(shop)
    sqs.create_queue(QueueName=INVOICES)

    after = redrive(shop)

    assert waiting == 1
    assert (before["redriven"], before["left"][0]["target"]) == (0, QUEUE)
    assert "QueueDoesNotExist" in before["left"][0]["why"]
    assert (after["redriven"], after["left"], after["waiting"]) == (1, [], 0)
    (body,) = bodies(shop, INVOICES)
    event = json.loads(body)
    assert (event["account"], event["detail"]) == (ORDERS, {"order_id": "o-1", "amount": 12})


def _visible(deployment: Deployment, queue: str) -> int:
    for _ in range(100):
        answer = client(deployment, "sqs").get_queue_attributes(
            QueueUrl=url(deployment, queue), AttributeNames=["ApproximateNumberOfMessages"]
        )
        count = int(answer["Attributes"]["ApproximateNumberOfMessages"])
        if count:
            return count
        time.sleep(0.1)
    return 0


def test_what_a_queue_could_not_get_processed_goes_back_into_it(shop: Deployment) -> None:
    sqs = client(shop, "sqs")
    sqs.send_message(QueueUrl=url(shop, INVOICES), MessageBody="poison")
    for _ in range(6):
        sqs.receive_message(QueueUrl=url(shop, INVOICES), VisibilityTimeout=0, WaitTimeSeconds=1)

    report = redrive(shop)

    assert report["redriven"] == 1
    assert bodies(shop, INVOICES) == ["poison"]


def test_a_subscription_that_failed_is_published_onto_the_bus_that_subscribes(shop: Deployment) -> None:
    put_dead_letter(shop, LOST_ON_THE_WAY, ON_ORDERS, BUS)

    report = redrive(shop, "subscription-dead-letters")

    assert (report["redriven"], report["left"]) == (1, [])
    (body,) = bodies(shop, INVOICES)
    event = json.loads(body)
    assert (event["source"], event["detail-type"], event["resources"]) == ("com.acme.orders", "OrderPlaced.v1", ["r-1"])
    assert event["time"] == "2026-11-28T10:00:00Z"
    assert event["detail"] == json.loads(DETAIL)


def test_a_target_gets_what_its_input_makes_of_the_event(shop: Deployment) -> None:
    sqs, topics = client(shop, "sqs"), client(shop, "sns")
    probe = sqs.create_queue(QueueName="probe")["QueueUrl"]
    topic = f"arn:aws:sns:{REGION}:{BILLING}:customers"
    endpoint = f"arn:aws:sqs:{REGION}:{BILLING}:probe"
    raw = {"RawMessageDelivery": "true"}
    topics.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=endpoint, Attributes=raw)
    rules = f"arn:aws:events:{REGION}:{BILLING}:rule/acme-prod-billing/acme-prod-billing--"
    machine = f"arn:aws:states:{REGION}:{BILLING}:stateMachine:note"
    put_dead_letter(shop, LOST, f"{rules}topic", topic)
    body = put_dead_letter(shop, LOST, f"{rules}machine", machine)

    report = redrive(shop)

    assert (report["redriven"], report["left"]) == (2, [])
    assert bodies(shop, "probe") == [DETAIL]
    assert json.loads(body) in inputs(shop, machine)
    sqs.delete_queue(QueueUrl=probe)


def inputs(deployment: Deployment, machine: str) -> list[Any]:
    """Return what the executions of a state machine were started with, those of other tests too."""
    states = client(deployment, "stepfunctions")
    executions = states.list_executions(stateMachineArn=machine)["executions"]
    first = [states.get_execution_history(executionArn=each["executionArn"])["events"][0] for each in executions]
    return [json.loads(event["executionStartedEventDetails"]["input"]) for event in first]


def test_what_nobody_knows_is_left_where_it_is_and_can_be_looked_at(shop: Deployment) -> None:
    body = put_dead_letter(shop, LOST, ON_ORDERS, f"arn:aws:sqs:{REGION}:{BILLING}:somebody-elses")

    report = redrive(shop)

    (left,) = report["left"]
    assert report["redriven"] == 0
    assert (left["origin"], left["error"]) == (ON_ORDERS, "NO_PERMISSIONS")
    assert left["why"] == "no delivery or subscription that uses the queue is its origin"
    assert bodies(shop, LOST) == [body]


def test_it_goes_as_fast_as_was_said_and_no_further(shop: Deployment) -> None:
    for number in range(4):
        put_dead_letter(shop, LOST_ON_THE_WAY, ON_ORDERS, BUS, f'{{"order_id":"o-{number}"}}')
    begun = time.monotonic()

    report = redrive(shop, "subscription-dead-letters", maximum=3, per_minute=30)

    assert time.monotonic() - begun >= 2 * 2
    assert (report["redriven"], report["waiting"], report["ended"]) == (3, 1, "the maximum was reached")


def test_an_input_that_it_has_no_room_for_fails_before_anything_is_taken(shop: Deployment) -> None:
    report = redrive(shop, maximum=100_000)

    assert (report["status"], report["error"]) == ("FAILED", "WrongInput")
    assert "maximum must be 1 to 650" in report["cause"]
