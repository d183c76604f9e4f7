"""A bus that is made here, from its declaration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from constructs import Construct

from cdk_eventbridge_patterns.access.policy_size import check_policy_size
from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.buses.service_bus import ServiceBus
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey, check_log_key
from cdk_eventbridge_patterns.plan.bus import BusDeclaration
from cdk_eventbridge_patterns.plan.bus_logs import log_group_id
from cdk_eventbridge_patterns.plan.encryption_key import EncryptedBus
from cdk_eventbridge_patterns.plan.log_group import log_group_arn
from cdk_eventbridge_patterns.plan.monitoring import topics_of
from cdk_eventbridge_patterns.plan.plan import Plan
from cdk_eventbridge_patterns.plan.queue import plan_dead_letter_queue
from cdk_eventbridge_patterns.tree.place import Place, without_traces

if TYPE_CHECKING:
    from aws_cdk import CfnResource
    from aws_cdk import aws_events as events
    from aws_cdk import aws_logs as logs


_NO_LOGS = "have no logs of the bus, with monitoring=Monitoring(logs=Disabled(reason))"


class DeclaredBus(ServiceBus):
    """What all buses share that are made here: their resources are put in one batch."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        place: Place,
        declaration: BusDeclaration,
        plan: Plan,
        encryption: EncryptionKey | None = None,
    ) -> None:
        place.check(plan, *([] if encryption is None else [_dead_letter_queue(declaration)]))
        has_logs = log_group_id(declaration.declared_id) in plan.resources
        if has_logs:
            check_log_key(encryption, place, _NO_LOGS)
        super().__init__(
            scope,
            id,
            place=place,
            service=declaration.service,
            bus=declaration.address,
            qualifier=declaration.qualifier,
            owner=declaration.owner,
            encryption=encryption,
            notify=topics_of(declaration.monitoring),
        )
        self._bus_id = declaration.bus_id
        self._policy_quota = declaration.policy_quota
        self._statements = [*declaration.statements().values()]
        without_traces(self, scope)
        self._resources = place.put(self, plan)
        self._log_group_id = log_group_id(declaration.declared_id) if has_logs else None
        if encryption is not None:
            self._encrypt(encryption, declaration.encrypted)

    @property
    def cfn_event_bus(self) -> events.CfnEventBus:
        """The bus as a typed L1."""
        return cast("events.CfnEventBus", self._resources.get_resource(self._bus_id))

    @property
    def cfn_log_group(self) -> logs.CfnLogGroup | None:
        """The log group of the bus as a typed L1, nothing where it does not log."""
        if self._log_group_id is None:
            return None
        return cast("logs.CfnLogGroup", self._resources.get_resource(self._log_group_id))

    def _encrypt(self, encryption: EncryptionKey, bus: EncryptedBus) -> None:
        """Let EventBridge use the key, and have key and dead-letter queue be there before the bus."""
        encryption.allow_bus(bus)
        encryption.before(self.cfn_event_bus)
        self.dead_letter_queue.allow_bus(self.event_bus_arn)
        self.cfn_event_bus.add_resource_dependency(self.dead_letter_queue.cfn_queue_policy)
        log_group = self.cfn_log_group
        if log_group is not None:
            encryption.allow_logs_of_buses()
            encryption.encrypt_log_group(log_group, log_group_arn(str(log_group.log_group_name), self.address))

    def _add_statement(self, statement: Statement) -> None:
        statements = [*self._statements, statement]
        check_policy_size(self.address, statements, self._policy_quota)
        self._statements = statements

    def _made_first(self) -> Sequence[CfnResource]:
        return [self.cfn_event_bus]


def _dead_letter_queue(declaration: BusDeclaration) -> Plan:
    """Return the plan of the dead-letter queue that an encrypted bus has from the start."""
    return plan_dead_letter_queue(declaration.dead_letter_queue, declaration.service)
