"""What comes where of AWS's own events in their example, which nobody but AWS can publish."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.simulation import trace
from cdk_eventbridge_patterns.simulation.flow import declared_flows
from cdk_eventbridge_patterns.simulation.proof import proof_of
from cdk_eventbridge_patterns.testing import topology_in
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.topology.uncertain_pattern import UncertainPattern

MEDIA, AUDIT = "111111111111", "222222222222"
ON_DEFAULT = f"arn:aws:events:eu-west-1:{MEDIA}:event-bus/default"
THUMBNAILS = f"arn:aws:sqs:eu-west-1:{MEDIA}:acme-prod-media--thumbnails"


def audits(event: str) -> str:
    return f"arn:aws:sqs:eu-west-1:{AUDIT}:acme-prod-audit--{event}"


def uploaded(bucket: str) -> dict[str, Any]:
    return {"source": "aws.s3", "detail-type": "Object Created", "detail": {"bucket": {"name": bucket}}}


@pytest.fixture(scope="session")
def topology(assemblies: Path) -> Topology:
    """The topology of the example."""
    return topology_in(assemblies / "aws_events")


@pytest.mark.parametrize(
    ("event", "targets"),
    [
        pytest.param(
            uploaded("acme-prod-media-uploads"), {THUMBNAILS, audits("aws-s3-object-created")}, id="the team's bucket"
        ),
        pytest.param(uploaded("cdk-assets"), {audits("aws-s3-object-created")}, id="another bucket of the account"),
        pytest.param(
            {"source": "aws.signin", "detail-type": "AWS Console Sign In via CloudTrail", "detail": {}},
            {audits("aws-signin-console-sign-in-via-cloudtrail")},
            id="a sign-in",
        ),
        pytest.param(
            {"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification", "detail": {}},
            {audits("aws-ec2-instance-state-change-notification")},
            id="an instance",
        ),
        pytest.param({"source": "aws.s3", "detail-type": "Object Deleted", "detail": {}}, set(), id="nobody's"),
    ],
)
def test_an_event_of_aws_comes_to_its_consumers_and_to_nothing_else(
    topology: Topology, event: dict[str, Any], targets: set[str]
) -> None:
    found = trace(topology, event, bus=ON_DEFAULT)

    arrivals = [each for each in found.arrivals() if not each.last.target.is_bus]
    assert {each.target_arn for each in arrivals if each.arrives is True} == targets
    assert [each.target_arn for each in arrivals if each.arrives is not True] == []


def test_no_rule_on_the_default_bus_takes_what_another_account_forwards_there(topology: Topology) -> None:
    written = [rule.event_pattern for rule in topology.rules_on(ON_DEFAULT)]
    patterns = [UncertainPattern.read(each) for each in written if isinstance(each, Mapping)]
    own, forwarded = ({**uploaded("acme-prod-media-uploads"), "account": each} for each in (MEDIA, AUDIT))

    assert any(each.possibly.matches(own) for each in patterns if each)
    assert not any(each.possibly.matches(forwarded) for each in patterns if each)


def test_every_declared_flow_is_proved_to_arrive(topology: Topology) -> None:
    proofs = [proof_of(topology, flow) for flow in declared_flows(topology)]

    assert {str(each.flow.event.name) for each in proofs} == {
        "aws-ec2/EC2InstanceStateChangeNotification.v1",
        "aws-s3/ObjectCreated.v1",
        "aws-signin/AWSConsoleSignInViaCloudTrail.v1",
    }
    assert [str(each.flow) for each in proofs if each.arrives is not True] == []
