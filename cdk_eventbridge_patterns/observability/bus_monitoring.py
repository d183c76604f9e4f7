"""Alarms and a dashboard for a bus that was not made here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from constructs import Construct

from cdk_eventbridge_patterns.buses.existing_bus import ExistingBus
from cdk_eventbridge_patterns.buses.producer_bus import ProducerBus
from cdk_eventbridge_patterns.buses.service_bus import ServiceBus
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_part
from cdk_eventbridge_patterns.plan.alarms import ALARMS, alarm_id
from cdk_eventbridge_patterns.plan.bus_logs import BusLogs
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.monitored_bus import MonitoredBus
from cdk_eventbridge_patterns.plan.monitoring import Monitoring, add_monitoring
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.tree.described import described
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_cloudwatch as cloudwatch

_NO_LOGS = Disabled("LogConfig is the bus's own, which is not made here")


class BusMonitoring(Construct):
    """The alarms and the dashboard that our own buses have, for one that exists already or is the account's default.

    Its logs are left as they are: whether it has any is said by the bus itself.

    Args:
        bus: The bus, from `ServiceBus.from_event_bus_arn`, or a `DefaultBus`: then rules of all services on it are
            watched.

        monitoring: What is watched and whom it tells, without `logs`. Default: all that `Monitoring()` has, telling
            nobody; what `PutEvents` refuses only where the bus says which events the service publishes there.

        name: Tells what watches it from what watches other buses of the service. Default: `default` for a default bus,
            else `existing`.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If *bus* is something else, or not in the account and Region of the stack, or *monitoring*
            says what it logs.
        PlacementError: If the stack has no literal account and Region, or watches such a bus already.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        bus: ServiceBus,
        monitoring: Monitoring | None = None,
        name: str | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        if not isinstance(bus, ServiceBus):
            msg = f"bus must be one of the service's own, as of ServiceBus.from_event_bus_arn(…), got {described(bus)}"
            raise DeclarationError(msg)
        if monitoring is not None and not isinstance(monitoring, Monitoring):
            msg = f"monitoring must be Monitoring(…), got {monitoring!r}"
            raise DeclarationError(msg)
        if monitoring is not None and isinstance(monitoring.logs, BusLogs) and monitoring.logs != BusLogs():
            msg = f"logs must be left out, for what the bus logs is said where it is made, got {monitoring.logs!r}"
            raise DeclarationError(msg)
        place = Place.of(scope, convention)
        address = bus.address
        if (address.account, address.region) != (place.account, place.region):
            msg = f"bus must be in the stack's account and Region, where its metrics are, got {address.arn}"
            raise DeclarationError(msg)
        qualifier = ("default" if address.is_default else "existing") if name is None else check_part(name)
        watched = MonitoredBus(
            service=bus.service,
            address=address,
            declared_id=logical_id(bus.service, qualifier, "Bus"),
            naming=place.naming,
            qualifier=qualifier,
            bus_qualifier=bus.qualifier,
            owner=bus.owner,
            publishes=isinstance(bus, (ExistingBus, ProducerBus)) and bool(bus.publishes),
        )
        plan = Plan()
        add_monitoring(plan, watched, replace(monitoring or Monitoring(), logs=_NO_LOGS))
        place.check(plan)
        super().__init__(scope, id)

        self._alarm_ids = [each for kind in ALARMS if (each := alarm_id(watched, kind)) in plan.resources]
        self._resources = place.put(self, plan) if plan.resources else None

    @property
    def cfn_alarms(self) -> tuple[cloudwatch.CfnAlarm, ...]:
        """The alarms as typed L1s, the worst first."""
        if self._resources is None:
            return ()
        found = (self._resources.get_resource(each) for each in self._alarm_ids)
        return tuple(cast("cloudwatch.CfnAlarm", each) for each in found)
