from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventContract, StandardEnvelope
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention
from cdk_eventbridge_patterns.plan import Disabled
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.plan.idempotent_consumer import IdempotentConsumerPlan, plan_idempotent_consumer
from cdk_eventbridge_patterns.plan.queue import QueueAddress
from cdk_eventbridge_patterns.plan.subscriber import Subscriber

ACME = NamingConvention(organization="acme", stage="prod")
ORDER_PLACED = EventContract(
    service="orders", event="OrderPlaced", detail={"type": "object"}, envelope=StandardEnvelope()
)
BILLING = Subscriber(service="billing", bus=BusAddress("222222222222", "eu-west-1", "acme-prod-billing"), naming=ACME)
LOST = QueueAddress.of(ACME, "billing", "invoices-dead-letters", account="222222222222", region="eu-west-1")

KEY = KeyAddress.of(ACME, "billing", account="222222222222", region="eu-west-1")

HERE = "eu-west-1:222222222222"
NAME = "acme-prod-billing--invoices"
QUEUE, TABLE = f"arn:aws:sqs:{HERE}:{NAME}", f"arn:aws:dynamodb:{HERE}:table/{NAME}"
FUNCTION = f"arn:aws:lambda:{HERE}:function:invoices"
RULE = f"arn:aws:events:{HERE}:rule/acme-prod-billing/{NAME}"


def a_consumer(**changed: Any) -> IdempotentConsumerPlan:
    """Billing's consumer of orders, with what the test is about."""
    declared: dict[str, Any] = {
        "subscriber": BILLING,
        "events": (ORDER_PLACED,),
        "name": "invoices",
        "function_arn": FUNCTION,
        "role_name": "invoices-role",
        "function_timeout_seconds": 20,
        "dead_letters": LOST,
    }
    return IdempotentConsumerPlan(**declared | changed)


def resources(**changed: Any) -> dict[str, dict[str, Any]]:
    return plan_idempotent_consumer(a_consumer(**changed)).resources


def properties(resource_id: str, **changed: Any) -> dict[str, Any]:
    found: dict[str, Any] = resources(**changed)[resource_id]["Properties"]
    return found


def test_a_consumer_is_a_rule_a_queue_an_event_source_a_table_and_an_alarm() -> None:
    assert {key: resource["Type"] for key, resource in resources().items()} == {
        "BillingDeliversInvoices": "AWS::Events::Rule",
        "BillingInvoicesQueue": "AWS::SQS::Queue",
        "BillingInvoicesQueuePolicy": "AWS::SQS::QueuePolicy",
        "BillingInvoicesQueueAlarm": "AWS::CloudWatch::Alarm",
        "BillingInvoicesEventSource": "AWS::Lambda::EventSourceMapping",
        "BillingInvoicesFunctionPolicy": "AWS::IAM::Policy",
        "BillingInvoicesIdempotencyTable": "AWS::DynamoDB::Table",
    }


def test_the_rule_delivers_the_whole_event_and_fails_to_the_queue_that_takes_what_the_function_can_t_handle() -> None:
    (target,) = properties("BillingDeliversInvoices")["Targets"]

    assert target == {
        "Id": "acme-prod-billing--queue",
        "Arn": QUEUE,
        "RetryPolicy": {"MaximumRetryAttempts": 185, "MaximumEventAgeInSeconds": 86_400},
        "DeadLetterConfig": {"Arn": LOST.arn},
    }
    assert properties("BillingInvoicesQueue", maximum_receives=7)["RedrivePolicy"] == {
        "deadLetterTargetArn": LOST.arn,
        "maxReceiveCount": 7,
    }


def test_only_the_rule_may_send_to_the_queue() -> None:
    allow, _ = properties("BillingInvoicesQueuePolicy")["PolicyDocument"]["Statement"]

    assert allow["Condition"] == {"ArnEquals": {"aws:SourceArn": RULE}}


@pytest.mark.parametrize(("timeout", "window", "hidden"), [(20, 0, 120), (3, 60, 78), (900, 300, 5700)])
def test_a_message_is_hidden_for_six_timeouts_of_the_function_and_the_window(
    timeout: int, window: int, hidden: int
) -> None:
    queue = properties("BillingInvoicesQueue", function_timeout_seconds=timeout, batching_window_seconds=window)

    assert queue["VisibilityTimeout"] == hidden


def test_the_function_says_which_messages_failed() -> None:
    source = resources()["BillingInvoicesEventSource"]

    assert source["Properties"] == {
        "FunctionName": FUNCTION,
        "EventSourceArn": QUEUE,
        "BatchSize": 10,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
    }
    # Lambda tries whether the role may take from the queue before it makes the mapping.
    assert source["DependsOn"] == [
        "BillingInvoicesFunctionPolicy",
        "BillingInvoicesIdempotencyTable",
        "BillingInvoicesQueue",
    ]


def test_batches_are_as_large_as_many_and_as_patient_as_declared() -> None:
    source = properties("BillingInvoicesEventSource", batch_size=500, batching_window_seconds=5, maximum_concurrency=20)

    assert (source["BatchSize"], source["MaximumBatchingWindowInSeconds"]) == (500, 5)
    assert source["ScalingConfig"] == {"MaximumConcurrency": 20}


def test_the_role_may_take_from_just_the_queue_and_remember_in_just_the_table() -> None:
    policy = properties("BillingInvoicesFunctionPolicy")

    assert policy["Roles"] == ["invoices-role"]
    assert {each["Resource"]: each["Action"] for each in policy["PolicyDocument"]["Statement"]} == {
        QUEUE: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
        TABLE: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
    }


def test_the_table_is_as_powertools_expects_it() -> None:
    table = resources()["BillingInvoicesIdempotencyTable"]

    assert table["Properties"] == {
        "TableName": NAME,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "TimeToLiveSpecification": {"AttributeName": "expiration", "Enabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    }
    assert table["DeletionPolicy"] == "Delete"


def test_queue_and_table_are_encrypted_by_the_key_that_is_given() -> None:
    assert properties("BillingInvoicesQueue", key=KEY)["KmsMasterKeyId"] == "alias/acme-prod-billing"
    assert properties("BillingInvoicesIdempotencyTable", key=KEY)["SSESpecification"] == {
        "SSEEnabled": True,
        "SSEType": "KMS",
        "KMSMasterKeyId": "alias/acme-prod-billing",
    }


def test_the_role_may_use_just_that_key_and_by_way_of_queue_and_table_only() -> None:
    statements = properties("BillingInvoicesFunctionPolicy", key=KEY)["PolicyDocument"]["Statement"][2:]

    assert [each["Condition"]["StringEquals"]["kms:ViaService"] for each in statements] == [
        "sqs.eu-west-1.amazonaws.com",
        "dynamodb.eu-west-1.amazonaws.com",
    ]
    for each in statements:
        assert each["Condition"]["ForAnyValue:StringEquals"] == {"kms:ResourceAliases": "alias/acme-prod-billing"}
        assert each["Resource"] == KEY.keys_beside
    assert statements[0]["Action"] == "kms:Decrypt"


def test_the_function_is_told_its_table_where_the_key_is_and_how_long_it_counts() -> None:
    assert a_consumer(remembered_for_days=2).environment == {
        "POWERTOOLS_SERVICE_NAME": "billing",
        "IDEMPOTENCY_TABLE_NAME": NAME,
        "IDEMPOTENCY_KEY_PATH": (
            'detail.metadata.idempotencyKey && [source, "detail-type", detail.metadata.idempotencyKey]'
        ),
        "IDEMPOTENCY_EXPIRES_AFTER_SECONDS": "172800",
    }


def test_an_alarm_goes_off_when_an_event_waits_longer_than_it_may() -> None:
    alarm = properties("BillingInvoicesQueueAlarm", handled_within_seconds=900)

    assert (alarm["MetricName"], alarm["Threshold"]) == ("ApproximateAgeOfOldestMessage", 900)
    assert alarm["Dimensions"] == [{"Name": "QueueName", "Value": NAME}]


def test_an_alarm_switched_off_leaves_its_reason_on_the_queue() -> None:
    made = resources(handled_within_seconds=Disabled("the dashboard shows it"))

    assert "BillingInvoicesQueueAlarm" not in made
    stamp = made["BillingInvoicesQueue"]["Metadata"]["EventBridgePatterns"]
    assert stamp["disabled"] == {"alarm": "the dashboard shows it"}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"batch_size": 0}, "batch_size must be 1 to 10000 messages, got 0"),
        ({"batch_size": 10_001}, "batch_size must be 1 to 10000 messages, got 10001"),
        ({"batch_size": 11}, "batching_window_seconds must be 1 or more where batch_size is over 10"),
        ({"batching_window_seconds": 301}, "batching_window_seconds must be 0 to 300 seconds, got 301"),
        ({"maximum_concurrency": 1}, "maximum_concurrency must be 2 to 1000 batches at a time, got 1"),
        ({"maximum_receives": 0}, "maximum_receives must be 1 to 1000 receives, got 0"),
        ({"remembered_for_days": 0}, "remembered_for_days must be 1 to 3650 days, got 0"),
        ({"handled_within_seconds": 0}, "handled_within_seconds must be 1 to 1209600 seconds, or Disabled"),
        ({"function_timeout_seconds": 7201}, "function_timeout_seconds must be 1 to 7200 seconds, got 7201"),
    ],
)
def test_what_aws_would_refuse_is_refused_in_the_words_of_the_argument(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(DeclarationError) as refused:
        a_consumer(**changed)

    assert says in str(refused.value)
