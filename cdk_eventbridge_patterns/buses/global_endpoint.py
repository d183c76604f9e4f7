"""A global endpoint: one place to publish that leads to a bus in a healthy Region."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from aws_cdk import Acknowledgment, Validations
from constructs import Construct

from cdk_eventbridge_patterns.buses.declared_bus import DeclaredBus
from cdk_eventbridge_patterns.buses.service_bus import ServiceBus
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress, BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.endpoint import EndpointPlan, plan_endpoint
from cdk_eventbridge_patterns.tree.described import described
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_cloudwatch as cloudwatch
    from aws_cdk import aws_events as events
    from aws_cdk import aws_iam as iam


_MANAGED_RULES_NAMES = (
    "EventBridge itself names the managed rules that replicate, so no more than the beginning of their names is known."
)


class GlobalEndpoint(Construct):
    """Fails over to a bus of the same name in another Region while the bus's own Region is not healthy.

    Makes the endpoint; a Route 53 health check on an alarm, as in AWS's own template; and, unless it is switched off,
    the replication of all events to the other Region, with a role for just that.

    Only what is published by the endpoint's id fails over, and only custom events do. It is signed by SigV4A, so
    publishers need the AWS Common Runtime (`boto3[crt]`), and leave to publish on both buses: `grant_publish` of each.
    What is replicated arrives in both Regions, so consumers must be idempotent, by an id of the event's own.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html

    Args:
        bus: The primary bus, in the account and Region of this stack.

        secondary: The bus that takes over: the one made by the same construct in a stack of another Region, which this
            stack then waits for, or a reference to it.

        health_check_arn: The Route 53 health check that decides. Default: one is made that fails when events wait for
            more than 30 seconds in the primary Region, for 5 minutes.

        missing_data_fails_over: Whether the health check that is made here fails where the metric has no data, as it
            has if EventBridge takes in nothing. `False` for publishers that are silent now and then: the last known
            status then holds. Default: it fails, as in AWS's template.

        replication: `Disabled(reason)` replicates nothing: events then wait in the Region that failed, and EventBridge
            doesn't go back to the primary by itself. Default: all custom events are replicated.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If the two buses can't stand in for each other, or an argument is of another kind.
        PlacementError: If the stack has the endpoint already.
        NamingError: If a name or ARN is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        bus: ServiceBus,
        secondary: ServiceBus | BusReference,
        health_check_arn: str | None = None,
        missing_data_fails_over: bool = True,
        replication: Disabled | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        if not isinstance(bus, ServiceBus):
            msg = f"bus must be a bus made here or imported, such as a ProducerBus, got {described(bus)}"
            raise DeclarationError(msg)
        place = Place.of(scope, convention)
        _check_place(bus.address, place)
        plan = EndpointPlan(
            service=bus.service,
            naming=place.naming,
            primary=bus.address,
            secondary=_address(secondary, place),
            owner=bus.owner,
            health_check_arn=health_check_arn,
            missing_data_fails_over=missing_data_fails_over,
            replication_off=replication,
        )
        resources = plan_endpoint(plan)
        place.check(resources)
        super().__init__(scope, id)

        self.endpoint_name = plan.name
        self.endpoint_arn = plan.arn
        self.primary = plan.primary
        self.secondary = plan.secondary
        self._plan = plan
        self._resources = place.put(self, resources)
        if replication is None:
            Validations.of(self).acknowledge(*_acknowledgements(plan))
        for each in (bus, secondary):
            if isinstance(each, DeclaredBus):
                self.node.add_dependency(each.cfn_event_bus)

    @property
    def endpoint_id(self) -> str:
        """The id by which publishers name the endpoint in `PutEvents`, known at deployment."""
        return self.cfn_endpoint.attr_endpoint_id

    @property
    def cfn_endpoint(self) -> events.CfnEndpoint:
        """The endpoint as a typed L1."""
        return cast("events.CfnEndpoint", self._resources.get_resource(self._plan.endpoint_id))

    @property
    def cfn_alarm(self) -> cloudwatch.CfnAlarm | None:
        """The alarm of the health check as a typed L1, nothing where the health check was given."""
        if self._plan.health_check_arn is not None:
            return None
        return cast("cloudwatch.CfnAlarm", self._resources.get_resource(self._plan.alarm_id))

    @property
    def cfn_role(self) -> iam.CfnRole | None:
        """The role that replicates as a typed L1, nothing where replication is switched off."""
        if self._plan.replication_off is not None:
            return None
        return cast("iam.CfnRole", self._resources.get_resource(self._plan.role_id))


def _acknowledgements(plan: EndpointPlan) -> Iterator[Acknowledgment]:
    """Return what speaks for the wildcard in the role: the rest of the name is given by EventBridge."""
    for rules in plan.managed_rules:
        yield Acknowledgment(id=f"AwsSolutions::AwsSolutions-IAM5[Resource::{rules}]", reason=_MANAGED_RULES_NAMES)


def _address(secondary: ServiceBus | BusReference, place: Place) -> BusAddress:
    if isinstance(secondary, ServiceBus):
        return secondary.address
    if not isinstance(secondary, BusReference):
        msg = (
            "secondary must be a bus or a reference to it, such as "
            f"BusReference.of('orders', account='111111111111', region='us-east-1'), got {described(secondary)}"
        )
        raise DeclarationError(msg)
    return secondary.resolve(place.naming, place.region)


def _check_place(bus: BusAddress, place: Place) -> None:
    if (bus.account, bus.region) != (place.account, place.region):
        msg = (
            f"bus must be in the account and Region of the stack, {place.account} and {place.region}, got {bus.arn}: "
            "the alarm of the health check stands beside it"
        )
        raise DeclarationError(msg)
