"""Targets of other accounts, as the owner of a bus knows them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.plan import TargetReference
from cdk_eventbridge_patterns.plan.target import TargetKind

ACME = NamingConvention(organization="acme", stage="prod")
BILLING = "222222222222"
KEY = f"arn:aws:kms:eu-west-1:{BILLING}:key/1234abcd"


def arn_of(reference: TargetReference, region: str = "eu-west-1") -> str:
    return reference.resolve(ACME, region).arn


@pytest.mark.parametrize(
    ("reference", "arn"),
    [
        (TargetReference.queue("invoices", account=BILLING), f"arn:aws:sqs:eu-west-1:{BILLING}:invoices"),
        (TargetReference.queue("invoices.fifo", account=BILLING), f"arn:aws:sqs:eu-west-1:{BILLING}:invoices.fifo"),
        (TargetReference.topic("invoices", account=BILLING), f"arn:aws:sns:eu-west-1:{BILLING}:invoices"),
        (TargetReference.function("invoice", account=BILLING), f"arn:aws:lambda:eu-west-1:{BILLING}:function:invoice"),
        (
            TargetReference.function("invoice:live", account=BILLING),
            f"arn:aws:lambda:eu-west-1:{BILLING}:function:invoice:live",
        ),
        (TargetReference.stream("invoices", account=BILLING), f"arn:aws:kinesis:eu-west-1:{BILLING}:stream/invoices"),
    ],
)
def test_a_target_is_known_by_name_and_account_and_is_in_the_region_of_the_bus(
    reference: TargetReference, arn: str
) -> None:
    assert arn_of(reference) == arn
    assert TargetReference.from_arn(arn).resolve(ACME, "eu-west-1") == reference.resolve(ACME, "eu-west-1")


def test_a_queue_that_the_convention_named_is_known_by_its_service_too() -> None:
    by_service = TargetReference.queue("invoices", service="billing", account=BILLING)

    assert arn_of(by_service) == f"arn:aws:sqs:eu-west-1:{BILLING}:acme-prod-billing--invoices"


def test_the_partition_follows_from_the_region_of_the_bus() -> None:
    reference = TargetReference.topic("invoices", account=BILLING)

    assert arn_of(reference, "cn-north-1") == f"arn:aws-cn:sns:cn-north-1:{BILLING}:invoices"


@pytest.mark.parametrize(
    ("reference", "service", "actions"),
    [
        (TargetReference.queue("i", account=BILLING, key_arn=KEY), "sqs", ["kms:Decrypt", "kms:GenerateDataKey"]),
        (TargetReference.topic("i", account=BILLING, key_arn=KEY), "sns", ["kms:Decrypt", "kms:GenerateDataKey"]),
        (TargetReference.stream("i", account=BILLING, key_arn=KEY), "kinesis", "kms:GenerateDataKey"),
    ],
)
def test_the_role_may_use_the_key_by_way_of_the_targets_service_for_what_that_asks(
    reference: TargetReference, service: str, actions: object
) -> None:
    target = reference.resolve(ACME, "eu-west-1")

    assert target.key == {
        "Effect": "Allow",
        "Action": actions,
        "Resource": KEY,
        "Condition": {"StringEquals": {"kms:ViaService": f"{service}.eu-west-1.amazonaws.com"}},
    }


@pytest.mark.parametrize("kind", [TargetKind.QUEUE, TargetKind.TOPIC, TargetKind.FUNCTION, TargetKind.STREAM])
def test_whatever_is_referred_to_is_delivered_to_by_a_role(kind: TargetKind) -> None:
    assert TargetReference(kind=kind, account=BILLING, name="invoices").resolve(ACME, "eu-west-1").by_role


@pytest.mark.parametrize(
    ("mistake", "says"),
    [
        (lambda: TargetReference.queue("invoices", account="billing"), "account must be a 12-digit account id"),
        (
            lambda: TargetReference.queue("in voices", account=BILLING),
            "a FIFO queue, such as 'invoices', got 'in voices'",
        ),
        (lambda: TargetReference.queue("i" * 81, account=BILLING), "name of a queue must be 1 to 80 letters"),
        (lambda: TargetReference.queue(None, account=BILLING), "got None"),  # type: ignore[arg-type]
        (
            lambda: TargetReference.queue("Invoices", service="billing", account=BILLING),
            "name must be lower-case words joined by single hyphens",
        ),
        (lambda: TargetReference.queue("invoices", service="Billing", account=BILLING), "service must be lower-case"),
        (lambda: TargetReference.topic("invoices.fifo", account=BILLING), "EventBridge refuses FIFO topics"),
        (lambda: TargetReference.function("invoice/live", account=BILLING), "then ':' and a version or alias"),
        (lambda: TargetReference.stream("stream/invoices", account=BILLING), "name of a stream must be 1 to 128"),
        (
            lambda: TargetReference.queue("invoices", account=BILLING, key_arn="alias/invoices"),
            "key_arn must be a literal ARN",
        ),
        (
            lambda: TargetReference.queue(
                "invoices", account=BILLING, key_arn=f"arn:aws:kms:eu-west-1:{BILLING}:alias/invoices"
            ),
            "key_arn must be the ARN of a key, not of an alias",
        ),
        (
            lambda: TargetReference.from_arn(f"arn:aws:lambda:eu-west-1:{BILLING}:function:f", key_arn=KEY),
            "key_arn is for queues, topics and streams, got one for a function",
        ),
        (
            lambda: TargetReference.from_arn(f"arn:aws:states:eu-west-1:{BILLING}:stateMachine:ship"),
            "target_arn must be the ARN of a queue, topic, function or stream",
        ),
        (
            lambda: TargetReference.from_arn(f"arn:aws:lambda:eu-west-1:{BILLING}:layer:f"),
            "to anything else in another account a bus there delivers",
        ),
        (lambda: TargetReference.from_arn("invoices"), "target_arn must be a literal ARN"),
        (lambda: TargetReference.from_arn(f"arn:aws:sqs::{BILLING}:invoices"), "region must be a Region"),
    ],
)
def test_what_could_be_no_such_target_is_refused(mistake: Callable[[], object], says: str) -> None:
    with pytest.raises(NamingError) as refusal:
        mistake()

    assert says in str(refusal.value)
