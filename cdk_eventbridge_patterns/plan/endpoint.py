"""What a global endpoint is made of: the endpoint, its health check, and the role that replicates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE, Statement, policy_document
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import Arn, arn, role_arn
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.plan.bus_words import bus_words
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.move import check_move
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.topology.stamp import Stamp

# What EventBridge calls its rules that replicate.
_MANAGED_RULES = "GlobalEndpointManagedRule-*"

# As in AWS's own template: on average more than 30 seconds, for 5 minutes.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-ge-cfn.html
_TOO_SLOW_MS = 30_000
_PERIOD_SECONDS = 60
_PERIODS = 5


@dataclass(frozen=True, kw_only=True)
class EndpointPlan:
    """An endpoint worked out; `GlobalEndpoint` documents the fields."""

    service: str
    naming: NamingConvention
    primary: BusAddress
    secondary: BusAddress
    owner: str | None = None
    health_check_arn: str | None = None
    missing_data_fails_over: bool = True
    replication_off: Disabled | None = None

    def __post_init__(self) -> None:
        """Refuse what EventBridge would refuse, or what could not fail over."""
        _check_pair(self.primary, self.secondary)
        if self.replication_off is not None and not isinstance(self.replication_off, Disabled):
            msg = f"replication must be Disabled(reason), got {self.replication_off!r}; leave it out to replicate"
            raise DeclarationError(msg)
        if self.health_check_arn is None:
            return
        checked = Arn.parse(self.health_check_arn, "health_check_arn")
        if checked.service != "route53" or not checked.resource.startswith("healthcheck/"):
            msg = (
                "health_check_arn must be the ARN of a Route 53 health check, such as "
                f"'arn:aws:route53:::healthcheck/01234567-89ab-cdef-0123-456789abcdef', got {self.health_check_arn!r}"
            )
            raise DeclarationError(msg)

    @property
    def name(self) -> str:
        """The name of the endpoint."""
        return self.naming.name(ResourceKind.ENDPOINT, self.service, *self._qualifier)

    @property
    def arn(self) -> str:
        """The ARN of the endpoint."""
        return arn("events", f"endpoint/{self.name}", region=self.primary.region, account=self.primary.account)

    @property
    def role_name(self) -> str:
        """The name of the role that replicates."""
        words = "-".join(["replicates", *self._qualifier])
        return self.naming.role_name(self.service, words, region=self.primary.region)

    @property
    def role_arn(self) -> str:
        """The ARN of that role."""
        return role_arn(self.role_name, region=self.primary.region, account=self.primary.account)

    @property
    def managed_rules(self) -> tuple[str, ...]:
        """The ARNs of the rules by which EventBridge replicates, as far as they are known."""
        return tuple(bus.rule_arn(_MANAGED_RULES) for bus in (self.primary, self.secondary))

    @property
    def alarm_name(self) -> str:
        """The name of the alarm that the health check looks at."""
        return self.naming.alarm_name(self.service, "-".join([*self._qualifier, "ingestion-latency"]))

    @property
    def endpoint_id(self) -> str:
        """The logical id of the endpoint."""
        return logical_id(self.service, *self._qualifier, "Endpoint")

    @property
    def role_id(self) -> str:
        """The logical id of the role."""
        return logical_id(self.endpoint_id, "ReplicationRole")

    @property
    def alarm_id(self) -> str:
        """The logical id of the alarm."""
        return logical_id(self.endpoint_id, "LatencyAlarm")

    @property
    def health_check_id(self) -> str:
        """The logical id of the health check."""
        return logical_id(self.endpoint_id, "HealthCheck")

    @cached_property
    def _qualifier(self) -> list[str]:
        service, *qualifier = bus_words(self.naming, self.primary)
        return qualifier if service == self.service else [service, *qualifier]


def _check_pair(primary: BusAddress, secondary: BusAddress) -> None:
    """Refuse buses that can't stand in for each other.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html
    """
    if primary.is_default:
        msg = f"bus must be a bus of a team's own, got {primary.arn}: on a default bus only AWS services publish"
        raise DeclarationError(msg)
    if secondary.region == primary.region:
        msg = f"secondary must be in another Region than the bus, got {secondary.arn} for {primary.arn}"
        raise DeclarationError(msg)
    if secondary.name != primary.name or secondary.account != primary.account:
        msg = (
            f"secondary must have the name and account of the bus, {primary.name} and {primary.account}, "
            f"got {secondary.arn}; make it by the same construct in a stack of its Region"
        )
        raise DeclarationError(msg)
    check_move(primary, secondary)


def plan_endpoint(plan: EndpointPlan) -> Plan:
    """Return the endpoint with what it needs that is not there yet."""
    resources = Plan()
    health_check: str | dict[str, str] | None = plan.health_check_arn
    if health_check is None:
        _add_health_check(resources, plan)
        health_check = {"Fn::Sub": f"arn:${{AWS::Partition}}:route53:::healthcheck/${{{plan.health_check_id}}}"}
    depends_on = []
    if plan.replication_off is None:
        _add_role(resources, plan)
        depends_on = [plan.role_id]
    off = {} if plan.replication_off is None else {"replication": plan.replication_off.reason}
    resources.add(
        plan.endpoint_id,
        "AWS::Events::Endpoint",
        {
            "Name": plan.name,
            "Description": f"Events of {plan.service}, in {plan.primary.region} or else in {plan.secondary.region}",
            "EventBuses": [{"EventBusArn": plan.primary.arn}, {"EventBusArn": plan.secondary.arn}],
            "RoutingConfig": {
                "FailoverConfig": {
                    "Primary": {"HealthCheck": health_check},
                    "Secondary": {"Route": plan.secondary.region},
                }
            },
            "ReplicationConfig": {"State": "ENABLED" if plan.replication_off is None else "DISABLED"},
            "RoleArn": plan.role_arn if plan.replication_off is None else None,
        },
        depends_on=depends_on,
        stamp=Stamp(service=plan.service, owner=plan.owner, disabled=off),
    )
    return resources


def _add_health_check(resources: Plan, plan: EndpointPlan) -> None:
    """Add AWS's own health check: events have waited too long in the primary Region.

    The metric has no dimensions and is of the whole account and Region. Its name is that of AWS's template; that of a
    rule is written with a small "to".
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-ge-cfn.html
    """
    missing, unknown = ("breaching", "Unhealthy") if plan.missing_data_fails_over else ("missing", "LastKnownStatus")
    resources.add(
        plan.alarm_id,
        "AWS::CloudWatch::Alarm",
        {
            "AlarmName": plan.alarm_name,
            "AlarmDescription": f"Events wait too long in {plan.primary.region}; endpoint {plan.name} fails over",
            "Namespace": "AWS/Events",
            "MetricName": "IngestionToInvocationStartLatency",
            "Statistic": "Average",
            "Period": _PERIOD_SECONDS,
            "EvaluationPeriods": _PERIODS,
            "Threshold": _TOO_SLOW_MS,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": missing,
        },
        stamp=Stamp(service=plan.service, owner=plan.owner),
    )
    resources.add(
        plan.health_check_id,
        "AWS::Route53::HealthCheck",
        {
            "HealthCheckConfig": {
                "Type": "CLOUDWATCH_METRIC",
                "AlarmIdentifier": {"Name": {"Ref": plan.alarm_id}, "Region": plan.primary.region},
                "InsufficientDataHealthStatus": unknown,
            },
            "HealthCheckTags": [{"Key": "Name", "Value": plan.alarm_name}],
        },
    )


def _add_role(resources: Plan, plan: EndpointPlan) -> None:
    """Add the role by which EventBridge makes its replicating rules on the two buses, and those rules deliver.

    Whether EventBridge names itself in `aws:SourceAccount` when it makes the rules is not documented.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html
    """
    permissions: list[Statement] = [
        {"Effect": "Allow", "Action": "events:PutEvents", "Resource": [plan.primary.arn, plan.secondary.arn]},
        {
            "Effect": "Allow",
            "Action": ["events:DeleteRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets"],
            "Resource": list(plan.managed_rules),
        },
        {
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": plan.role_arn,
            "Condition": {"StringEquals": {"iam:PassedToService": EVENTBRIDGE}},
        },
    ]
    trust: Statement = {
        "Effect": "Allow",
        "Principal": {"Service": EVENTBRIDGE},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEqualsIfExists": {"aws:SourceAccount": plan.primary.account}},
    }
    resources.add(
        plan.role_id,
        "AWS::IAM::Role",
        {
            "RoleName": plan.role_name,
            "Description": f"Replicates events of endpoint {plan.name} between its Regions",
            "AssumeRolePolicyDocument": policy_document(trust),
            "Policies": [{"PolicyName": "replicate", "PolicyDocument": policy_document(*permissions)}],
        },
    )
