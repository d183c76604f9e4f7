"""A global endpoint: failover by a health check, replication by a role for just that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cdk_eventbridge_patterns.errors import DeclarationError, NamingError
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention
from cdk_eventbridge_patterns.plan import Disabled
from cdk_eventbridge_patterns.plan.endpoint import EndpointPlan, plan_endpoint
from cdk_eventbridge_patterns.topology import Stamp

ACME = NamingConvention(organization="acme", stage="prod")
PRIMARY = BusAddress("111111111111", "eu-west-1", "acme-prod-orders")
SECONDARY = replace(PRIMARY, region="us-east-1")
HEALTH_CHECK = "arn:aws:route53:::healthcheck/01234567-89ab-cdef-0123-456789abcdef"
MADE_HERE = "arn:${AWS::Partition}:route53:::healthcheck/${OrdersEndpointHealthCheck}"
ROLE = "arn:aws:iam::111111111111:role/acme-prod-orders--replicates--eu-west-1"


def an_endpoint(**changed: Any) -> EndpointPlan:
    """An endpoint of orders, with what the test is about."""
    given: dict[str, Any] = {"service": "orders", "naming": ACME, "primary": PRIMARY, "secondary": SECONDARY, **changed}
    return EndpointPlan(**given)


def properties(plan: EndpointPlan, logical_id: str) -> dict[str, Any]:
    found: dict[str, Any] = plan_endpoint(plan).resources[logical_id]["Properties"]
    return found


def test_an_endpoint_leads_to_the_primary_bus_and_fails_over_to_the_other_region() -> None:
    assert properties(an_endpoint(), "OrdersEndpoint") == {
        "Name": "acme-prod-orders",
        "Description": "Events of orders, in eu-west-1 or else in us-east-1",
        "EventBuses": [{"EventBusArn": PRIMARY.arn}, {"EventBusArn": SECONDARY.arn}],
        "RoutingConfig": {
            "FailoverConfig": {
                "Primary": {"HealthCheck": {"Fn::Sub": MADE_HERE}},
                "Secondary": {"Route": "us-east-1"},
            }
        },
        "ReplicationConfig": {"State": "ENABLED"},
        "RoleArn": ROLE,
    }


def test_the_health_check_is_that_of_awss_template() -> None:
    alarm = properties(an_endpoint(), "OrdersEndpointLatencyAlarm")
    check = properties(an_endpoint(), "OrdersEndpointHealthCheck")

    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Events", "IngestionToInvocationStartLatency")
    assert "Dimensions" not in alarm
    assert (alarm["Statistic"], alarm["Period"], alarm["EvaluationPeriods"]) == ("Average", 60, 5)
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 30_000)
    assert alarm["TreatMissingData"] == "breaching"
    assert check["HealthCheckConfig"] == {
        "Type": "CLOUDWATCH_METRIC",
        "AlarmIdentifier": {"Name": {"Ref": "OrdersEndpointLatencyAlarm"}, "Region": "eu-west-1"},
        "InsufficientDataHealthStatus": "Unhealthy",
    }


def test_publishers_that_are_silent_now_and_then_keep_the_last_known_status() -> None:
    endpoint = an_endpoint(missing_data_fails_over=False)

    assert properties(endpoint, "OrdersEndpointLatencyAlarm")["TreatMissingData"] == "missing"
    check = properties(endpoint, "OrdersEndpointHealthCheck")["HealthCheckConfig"]
    assert check["InsufficientDataHealthStatus"] == "LastKnownStatus"


def test_a_health_check_that_is_there_is_taken_and_none_is_made() -> None:
    plan = plan_endpoint(an_endpoint(health_check_arn=HEALTH_CHECK))

    assert set(plan.resources) == {"OrdersEndpoint", "OrdersEndpointReplicationRole"}
    config = plan.resources["OrdersEndpoint"]["Properties"]["RoutingConfig"]["FailoverConfig"]
    assert config["Primary"] == {"HealthCheck": HEALTH_CHECK}


def test_the_role_replicates_between_the_two_buses_and_does_nothing_else() -> None:
    role = properties(an_endpoint(), "OrdersEndpointReplicationRole")

    (policy,) = role["Policies"]
    puts, rules, passes = policy["PolicyDocument"]["Statement"]
    assert (puts["Action"], puts["Resource"]) == ("events:PutEvents", [PRIMARY.arn, SECONDARY.arn])
    assert rules["Action"] == ["events:DeleteRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets"]
    assert rules["Resource"] == [
        f"arn:aws:events:{region}:111111111111:rule/acme-prod-orders/GlobalEndpointManagedRule-*"
        for region in ("eu-west-1", "us-east-1")
    ]
    assert passes == {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": ROLE,
        "Condition": {"StringEquals": {"iam:PassedToService": "events.amazonaws.com"}},
    }


def test_without_replication_there_is_no_role_and_the_reason_is_stamped() -> None:
    plan = plan_endpoint(an_endpoint(replication_off=Disabled("both Regions take part by other means")))

    endpoint = plan.resources["OrdersEndpoint"]
    stamp = Stamp.from_metadata(endpoint["Metadata"])
    assert "OrdersEndpointReplicationRole" not in plan.resources
    assert endpoint["Properties"]["ReplicationConfig"] == {"State": "DISABLED"}
    assert "RoleArn" not in endpoint["Properties"]
    assert stamp is not None
    assert stamp.disabled == {"replication": "both Regions take part by other means"}


def test_the_endpoint_of_a_second_bus_is_told_apart() -> None:
    name = ACME.bus_name("orders", qualifier="audit")
    endpoint = an_endpoint(primary=replace(PRIMARY, name=name), secondary=replace(SECONDARY, name=name))

    assert (endpoint.name, endpoint.endpoint_id) == ("acme-prod-orders--audit", "OrdersAuditEndpoint")
    assert endpoint.role_name == "acme-prod-orders--replicates-audit--eu-west-1"
    assert endpoint.arn == "arn:aws:events:eu-west-1:111111111111:endpoint/acme-prod-orders--audit"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"primary": replace(PRIMARY, name="default")}, "bus must be a bus of a team's own, got arn:aws:events:"),
        ({"secondary": PRIMARY}, "secondary must be in another Region than the bus"),
        ({"secondary": replace(SECONDARY, name="acme-dr-orders")}, "must have the name and account of the bus"),
        ({"secondary": replace(SECONDARY, account="222222222222")}, "must have the name and account of the bus"),
        ({"secondary": replace(SECONDARY, region="cn-north-1")}, "they are in two partitions"),
        ({"replication_off": False}, r"replication must be Disabled\(reason\), got False"),
        ({"health_check_arn": PRIMARY.arn}, "health_check_arn must be the ARN of a Route 53 health check"),
    ],
)
def test_what_could_not_fail_over_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(DeclarationError, match=message):
        an_endpoint(**changed)


def test_a_health_check_is_known_by_its_arn() -> None:
    with pytest.raises(NamingError, match="health_check_arn must be a literal ARN"):
        an_endpoint(health_check_arn="01234567-89ab-cdef-0123-456789abcdef")
