"""Delivery in the name of a role."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation import Outcome
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_receiver,
    a_role,
    a_rule,
    a_target,
    a_topology,
    bus_arn,
    role_arn,
)
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import (
    BILLING_BUS,
    MAY_PUBLISH,
    OTHER_REGION,
    ROUTE,
    SERVICE,
    SUBSCRIPTION,
    allow,
    at,
    deny,
    of,
    placed,
    reaches,
    step,
)

ARCHIVE = f"arn:aws:firehose:eu-west-1:{ORDERS}:deliverystream/archive"
ROLE = role_arn("archiver", account=ORDERS)


def archived(*, role: Any = None, target: str = ARCHIVE, kind: str = "AWS::KinesisFirehose::DeliveryStream") -> Any:
    """Return the trace of an order that a rule delivers by a role."""
    rule = a_rule(a_target(target, role_arn=ROLE))
    elements = [each for each in (a_bus(), rule, role, a_receiver(target, kind)) if each is not None]
    return placed(a_topology(*elements))


@pytest.mark.parametrize("elsewhere", [BILLING_BUS, bus_arn("acme-prod-hub", region=OTHER_REGION)])
def test_a_bus_of_another_account_or_region_takes_a_role(elsewhere: str) -> None:
    found = placed(of(ROUTE, rule=a_rule(a_target(elsewhere))))

    assert at(found, elsewhere).outcome is Outcome.NOT_DEPLOYED


def test_what_a_rule_without_a_role_needs_for_a_bus_of_its_account_is_not_documented() -> None:
    hub = bus_arn("acme-prod-hub")

    answer = reaches(of(ROUTE, rule=a_rule(a_target(hub)), hub=a_bus("acme-prod-hub")), hub)

    assert isinstance(answer, Undecided)
    assert "without a role" in answer.reason


def test_what_may_be_let_in_by_the_policy_of_the_target_alone_takes_no_role_and_all_else_does() -> None:
    stream = f"arn:aws:kinesis:eu-west-1:{ORDERS}:stream/facts"
    rule = a_rule(a_target(stream))
    found = placed(a_topology(a_bus(), rule, a_receiver(stream, "AWS::Kinesis::Stream")))

    assert step(found, "has a role").refuses
    assert found.reaches(stream) is False


def test_a_role_that_eventbridge_may_not_assume_delivers_nothing() -> None:
    for_lambda = a_role(
        "archiver", account=ORDERS, trust=(allow("sts:AssumeRole", who={"Service": "lambda.amazonaws.com"}),)
    )

    refused = step(archived(role=for_lambda), "may assume role")

    assert (refused.answer, refused.code) == (False, "FAILED_TO_ASSUME_ROLE")


def test_of_a_bus_the_same_is_told_as_a_missing_permission() -> None:
    nobody = a_role("from-orders", MAY_PUBLISH, trust=())

    assert step(placed(of(SUBSCRIPTION, role=nobody)), "may assume role").code == "NO_PERMISSIONS"


def test_a_role_is_assumed_in_the_name_of_the_rule_which_is_in_the_account_of_the_bus() -> None:
    def trusting(arn: str, account: str) -> Any:
        conditions = {"ArnLike": {"aws:SourceArn": arn}, "StringEquals": {"aws:SourceAccount": account}}
        trust = (allow("sts:AssumeRole", who=SERVICE, **conditions),)
        return of(SUBSCRIPTION, role=a_role("from-orders", MAY_PUBLISH, trust=trust))

    assert reaches(trusting(f"arn:aws:events:*:{ORDERS}:rule/*", ORDERS)) is True
    assert reaches(trusting(f"arn:aws:events:*:{BILLING}:rule/*", BILLING)) is False


def test_a_role_delivers_what_its_policies_allow() -> None:
    assert (
        archived(role=a_role("archiver", allow("firehose:PutRecord", ARCHIVE), account=ORDERS)).reaches(ARCHIVE) is True
    )
    assert archived(role=a_role("archiver", account=ORDERS)).reaches(ARCHIVE) is False
    assert (
        archived(role=a_role("archiver", allow("firehose:PutRecord"), deny("firehose:*"), account=ORDERS)).reaches(
            ARCHIVE
        )
        is False
    )


def test_a_role_that_its_account_does_not_declare_is_missing() -> None:
    found = archived()

    assert step(found, f"role {ROLE} is there").refuses


def test_a_role_of_an_account_that_nobody_read_is_undecided() -> None:
    foreign = role_arn("to-billing", account="333333333333")
    rule = a_rule(a_target(BILLING_BUS, role_arn=foreign))

    assert isinstance(step(placed(of(ROUTE, rule=rule)), f"role {foreign} is there").answer, Undecided)


def test_a_role_that_may_not_be_made_is_undecided() -> None:
    maybe = a_role("archiver", allow("firehose:*"), account=ORDERS, conditional=Undecided("parameter 'Stage' decides"))

    assert archived(role=maybe).reaches(ARCHIVE) == Undecided("parameter 'Stage' decides")


def test_managed_policies_and_boundaries_that_nobody_read_leave_a_role_undecided() -> None:
    managed = a_role("archiver", account=ORDERS, unread=("arn:aws:iam::aws:policy/PowerUserAccess",))
    bounded = a_role("archiver", allow("firehose:*"), account=ORDERS, boundary="arn:aws:iam::aws:policy/Boundary")

    for role in (managed, bounded):
        assert isinstance(archived(role=role).reaches(ARCHIVE), Undecided)


def test_what_it_takes_to_deliver_to_a_service_that_is_not_known_here_is_undecided() -> None:
    project = f"arn:aws:codebuild:eu-west-1:{ORDERS}:project/report"
    role = a_role("archiver", allow("*"), account=ORDERS)

    found = archived(role=role, target=project, kind="AWS::CodeBuild::Project")

    assert found.reaches(project) == Undecided("what that takes is not known here")


def test_an_api_destination_is_invoked_by_a_role() -> None:
    destination = f"arn:aws:events:eu-west-1:{ORDERS}:api-destination/crm/1234"
    role = a_role("archiver", allow("events:InvokeApiDestination", destination), account=ORDERS)

    found = archived(role=role, target=destination, kind="AWS::Events::ApiDestination")

    assert found.reaches(destination) is True


def test_in_one_account_just_a_deny_of_the_target_keeps_the_role_out() -> None:
    from_orders = {"AWS": role_arn()}
    denying = a_bus_policy(deny("events:PutEvents", BILLING_BUS, from_orders), on=BILLING_BUS)

    assert reaches(of(SUBSCRIPTION)) is True
    assert step(placed(of(SUBSCRIPTION, billing_policy=denying)), "lets role").refuses
