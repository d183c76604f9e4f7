"""Imported resources: in Python some have no class of their own, only the attributes of what they stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as sfn

from cdk_eventbridge_patterns import ConsumerBus
from tests.world import BILLING, ORDER_PLACED, REGION

HERE = f"{REGION}:{BILLING}"


def _api_destination(stack: Stack) -> events.IApiDestination:
    connection = events.Connection.from_event_bus_arn(
        stack,
        "Connection",
        f"arn:aws:events:{HERE}:connection/ledger/1",
        f"arn:aws:secretsmanager:{HERE}:secret:ledger",
    )
    return events.ApiDestination.from_api_destination_attributes(
        stack, "Ledger", api_destination_arn=f"arn:aws:events:{HERE}:api-destination/ledger/1", connection=connection
    )


@pytest.mark.parametrize(
    ("ledger", "arn"),
    [
        pytest.param(
            lambda stack: logs.LogGroup.from_log_group_name(stack, "Ledger", "ledger"),
            f"arn:aws:logs:{HERE}:log-group:ledger",
            id="log group",
        ),
        pytest.param(
            lambda stack: sfn.StateMachine.from_state_machine_arn(
                stack, "Ledger", f"arn:aws:states:{HERE}:stateMachine:ledger"
            ),
            f"arn:aws:states:{HERE}:stateMachine:ledger",
            id="state machine",
        ),
        pytest.param(
            lambda stack: kinesis.Stream.from_stream_arn(stack, "Ledger", f"arn:aws:kinesis:{HERE}:stream/ledger"),
            f"arn:aws:kinesis:{HERE}:stream/ledger",
            id="stream",
        ),
        pytest.param(_api_destination, f"arn:aws:events:{HERE}:api-destination/ledger/1", id="API destination"),
        pytest.param(
            lambda stack: lambda_.Version.from_version_arn(
                stack, "Ledger", f"arn:aws:lambda:{HERE}:function:ledger:live"
            ),
            f"arn:aws:lambda:{HERE}:function:ledger:live",
            id="version or alias of a function",
        ),
    ],
)
def test_an_imported_resource_is_a_target_like_one_made_here(
    billing_stack: Stack, ledger: Callable[[Stack], Any], arn: str
) -> None:
    bus = ConsumerBus(billing_stack, "Bus", service="billing")

    delivery = bus.deliver(ORDER_PLACED, to=ledger(billing_stack))

    (target,) = billing_stack.resolve(delivery.cfn_rule.targets)
    assert target["arn"] == arn
