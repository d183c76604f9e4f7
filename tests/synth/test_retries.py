"""How long deliveries are tried again, said once for an app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns

from cdk_eventbridge_patterns import ConsumerBus, RetryPolicy, TargetKind, use_convention, use_retry_policies
from cdk_eventbridge_patterns.errors import DeclarationError, PlacementError
from tests.templates import synthesize
from tests.world import ACME, BILLING, INVOICE_ISSUED, ORDER_PLACED, a_stack

HOUR = RetryPolicy(maximum_age_seconds=3600)


def test_a_delivery_is_tried_again_as_its_kind_of_target_says_unless_it_says_otherwise(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    use_convention(app, ACME)
    use_retry_policies(app, {TargetKind.QUEUE: HOUR, TargetKind.TOPIC: HOUR})
    stack = a_stack(app, "Billing", BILLING)
    bus = ConsumerBus(stack, "Bus", service="billing")
    bus.deliver_to_inbox(ORDER_PLACED)
    bus.deliver(ORDER_PLACED, to=sns.Topic(stack, "Topic"), name="topic", retry=RetryPolicy(maximum_attempts=3))
    arn = f"arn:aws:lambda:eu-west-1:{BILLING}:function:invoice"
    bus.deliver(INVOICE_ISSUED, to=lambda_.Function.from_function_arn(stack, "Function", arn), name="function")

    rules = synthesize(app)["Billing"].of_type("AWS::Events::Rule").values()

    policies = {each["Properties"]["Name"]: each["Properties"]["Targets"][0]["RetryPolicy"] for each in rules}
    assert policies == {
        "acme-prod-billing--orders-order-placed-v1": HOUR.to_property(),
        "acme-prod-billing--topic": RetryPolicy(maximum_attempts=3).to_property(),
        "acme-prod-billing--function": RetryPolicy().to_property(),
    }


@pytest.mark.parametrize("wrong", [HOUR, {"queue": HOUR}, {TargetKind.QUEUE: 3600}])
def test_what_is_no_policy_by_kind_is_refused(wrong: Any) -> None:
    with pytest.raises(DeclarationError, match="policies must be a RetryPolicy by kind of target, such as"):
        use_retry_policies(App(), wrong)


def test_policies_are_set_before_the_first_construct(orders_stack: Stack) -> None:
    app = orders_stack.node.root

    with pytest.raises(PlacementError, match="'the app' has constructs already; set retry policies before the first"):
        use_retry_policies(app, {TargetKind.QUEUE: HOUR})
