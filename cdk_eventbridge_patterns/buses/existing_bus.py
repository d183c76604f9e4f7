"""A bus of the service's own that exists already, made by somebody or something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from constructs import Construct

from cdk_eventbridge_patterns.buses.service_bus import ServiceBus
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.plan.bus import BusDeclaration
from cdk_eventbridge_patterns.plan.existing_bus import plan_access
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_events as events


class ExistingBus(ServiceBus):
    """A bus that exists, with statements attached for those it is to let in: made by `ServiceBus.from_event_bus_arn`.

    The bus, its rules and the statements that its policy has stay as they are.
    """

    def __init__(self, scope: Construct, id: str, *, place: Place, declaration: BusDeclaration) -> None:
        plan = plan_access(declaration)
        place.check(plan)
        super().__init__(
            scope,
            id,
            place=place,
            service=declaration.service,
            bus=declaration.address,
            owner=declaration.owner,
        )
        self.publishes = tuple(declaration.publishes)
        self._statements = place.put(self, plan) if plan.resources else None
        self._statement_ids = tuple(plan.resources)

    @property
    def cfn_event_bus_policies(self) -> Sequence[events.CfnEventBusPolicy]:
        """The attached statements as typed L1s."""
        if self._statements is None:
            return ()
        return tuple(self._statements.get_resource(each) for each in self._statement_ids)  # type: ignore[misc]

    def _publish_condition_of(self, events: Sequence[EventContract]) -> Mapping[str, Any]:
        return super()._publish_condition_of(events or self.publishes)
