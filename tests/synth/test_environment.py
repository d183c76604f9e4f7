"""Account and Region of a stack, which may be said in the CDK's several ways."""

from __future__ import annotations

import pytest
from aws_cdk import App, Environment, Stage

from cdk_eventbridge_patterns import ServiceStack
from tests.world import BILLING, INVOICE_ISSUED, REGION


@pytest.mark.parametrize("env", [Environment(account=BILLING, region=REGION), {"account": BILLING, "region": REGION}])
def test_a_stack_may_say_where_it_is_by_a_struct_or_a_mapping(app: App, env: Environment) -> None:
    stack = ServiceStack(app, "Billing", service="billing", publishes=[INVOICE_ISSUED], env=env)

    assert (stack.inbox.address.account, stack.inbox.address.region) == (BILLING, REGION)


def test_what_a_stack_leaves_out_its_stage_says(app: App) -> None:
    stage = Stage(app, "Prod", env=Environment(account=BILLING, region=REGION))

    stack = ServiceStack(stage, "Billing", service="billing", publishes=[INVOICE_ISSUED])

    assert (stack.inbox.address.account, stack.inbox.address.region) == (BILLING, REGION)
