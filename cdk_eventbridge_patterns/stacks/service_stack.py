"""The stack of one service: its bus, and where what arrives there goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import Stack
from constructs import Construct

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA
from cdk_eventbridge_patterns.buses.consumer_bus import ConsumerBus
from cdk_eventbridge_patterns.buses.producer_bus import ProducerBus
from cdk_eventbridge_patterns.buses.remote_bus import RemoteBus
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.encryption_key import key_of
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.bus_reference import BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.encryption import Encryption, check_encryption_settings
from cdk_eventbridge_patterns.plan.monitoring import Monitoring
from cdk_eventbridge_patterns.plan.registry import SchemaRegistry
from cdk_eventbridge_patterns.tree.convention import begin_with_convention
from cdk_eventbridge_patterns.tree.place import note_environment, without_traces
from cdk_eventbridge_patterns.tree.untouched import untouched_on_error

INBOX = "inbox"


class ServiceStack(Stack):
    """One service's bus and deliveries; subclass it in a team's own stack.

    The rules it puts on other services' buses are in a `SubscriptionStack`, which waits for both buses: so two services
    that consume from each other can be deployed.

    A team's stack makes its functions and queues after calling this constructor, or overrides `deliver`:

        class BillingStack(ServiceStack):
            def deliver(self, events: Sequence[EventContract]) -> None:
                invoices = sqs.Queue(self, "Invoices")
                self.inbox.deliver(*events, to=invoices)

    Args:
        service: The service.

        publishes: The contracts of its events. Default: it only consumes.

        publishes_on: The bus of another that its events are published on, such as
            `BusReference.central("platform", account="444444444444")`. Default: a bus of its own, made here.

        consumers: Who may subscribe to its events; where they are published on another's bus, its policy lets them, and
            here they may read the schemas if *schema_registry* says so. Default: nobody.

        publishers: Further accounts that may publish its events. Default: only the stack's own.

        organization_id: Lets every account of this AWS organisation subscribe. Default: only *consumers*.

        consumes: The events of others that arrive on its bus. Default: none.

        separate_inbox: Whether a service that publishes receives on a bus of its own. Default: one bus for both.

        owner: The team that owns the service. Default: nobody is named.

        archive: How long each bus keeps events for replay, or `Disabled(reason)`. Default: 30 days.

        encryption: How a key is kept that is made here and encrypts all that the stack has of events. Default: there
            is none; keys that AWS owns do it.

        schema_registry: How the events' schemas are registered and who may read them, or `Disabled(reason)`. Default:
            each is registered as JSON Schema draft 4, for the account itself.

        policy_quota: How many characters the bus's policy may have. Default: 10,240.

        monitoring: How each bus is watched, or `Disabled(reason)`. Default: by alarms, a dashboard and a log of errors.

        convention: The naming convention. Default: the one that holds in the tree.

        stack_options: What `aws_cdk.Stack` takes; `env` must be literal.

    Raises:
        EventBridgePatternsError: As `ProducerBus` and `ConsumerBus` do.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        publishes: Sequence[EventContract] = (),
        publishes_on: BusReference | None = None,
        consumers: Sequence[Consumer] = (),
        publishers: Sequence[str] = (),
        organization_id: str | None = None,
        consumes: Sequence[EventContract] = (),
        separate_inbox: bool = False,
        owner: str | None = None,
        archive: ArchiveSettings | Disabled | None = None,
        encryption: Encryption | None = None,
        schema_registry: SchemaRegistry | Disabled | None = None,
        policy_quota: int = DEFAULT_POLICY_QUOTA,
        monitoring: Monitoring | Disabled | None = None,
        convention: NamingConvention | None = None,
        **stack_options: Any,  # noqa: ANN401 - the CDK's own
    ) -> None:
        if not publishes:
            _check_left_out(
                f"'{service}' publishes nothing",
                publishes_on=publishes_on,
                consumers=consumers,
                publishers=publishers,
                organization_id=organization_id,
                schema_registry=schema_registry,
                separate_inbox=separate_inbox,
            )
        elif publishes_on is not None:
            _check_left_out(f"'{service}' publishes on another's bus, whose owner lets them in", publishers=publishers)
        check_list(consumes, "consumes", EventContract, "a list of event contracts, such as [ORDER_PLACED]")
        check_encryption_settings(encryption)
        super().__init__(scope, id, **stack_options)
        with untouched_on_error(scope, id):
            note_environment(self, stack_options.get("env"))
            without_traces(self, scope)
            if convention is not None:
                begin_with_convention(self, convention, scope)
            self.service = service
            has_bus = publishes_on is None or separate_inbox or bool(consumes)
            self.encryption_key = key_of(self, service, encryption) if has_bus else None
            self.bus: ProducerBus | ConsumerBus | RemoteBus
            self._inbox: ProducerBus | ConsumerBus | None = None
            if publishes_on is not None:
                self.bus = RemoteBus(
                    self,
                    "Bus",
                    on=publishes_on,
                    service=service,
                    publishes=publishes,
                    readers=[consumer.account for consumer in consumers],
                    organization_id=organization_id,
                    owner=owner,
                    schema_registry=schema_registry,
                    monitoring=monitoring,
                )
            elif publishes:
                self.bus = self._inbox = ProducerBus(
                    self,
                    "Bus",
                    service=service,
                    publishes=publishes,
                    consumers=consumers,
                    publishers=publishers,
                    organization_id=organization_id,
                    owner=owner,
                    archive=archive,
                    encryption=self.encryption_key,
                    receives=() if separate_inbox else consumes,
                    schema_registry=schema_registry,
                    policy_quota=policy_quota,
                    monitoring=monitoring,
                )
            else:
                self.bus = self._inbox = ConsumerBus(
                    self,
                    "Bus",
                    service=service,
                    owner=owner,
                    archive=archive,
                    encryption=self.encryption_key,
                    receives=consumes,
                    monitoring=monitoring,
                )
            if separate_inbox or (self._inbox is None and consumes):
                self._inbox = ConsumerBus(
                    self,
                    "Inbox",
                    service=service,
                    qualifier=INBOX if separate_inbox else None,
                    owner=owner,
                    archive=archive,
                    encryption=self.encryption_key,
                    receives=consumes,
                    monitoring=monitoring,
                )
            if consumes:
                self.deliver(tuple(consumes))

    @property
    def inbox(self) -> ProducerBus | ConsumerBus:
        """The service's own bus, on which it receives.

        Raises:
            DeclarationError: If it has none: it publishes on another's bus and consumes nothing.
        """
        if self._inbox is None:
            msg = (
                f"'{self.service}' has no bus of its own, for it publishes on {self.bus.event_bus_arn} and consumes "
                "nothing"
            )
            raise DeclarationError(msg)
        return self._inbox

    def deliver(self, events: Sequence[EventContract]) -> None:
        """Say where the events that the service consumes go from its bus; override to use targets of your own.

        Called by the constructor once its buses are there. Default: each event has a queue of its own.
        """
        self.inbox.deliver_to_inbox(*events)


def _check_left_out(why: str, **arguments: object) -> None:
    for argument, value in arguments.items():
        if value:
            msg = f"{argument} must be left out, for {why}, got {value!r}"
            raise DeclarationError(msg)
