"""The stack of one service's rules on other services' buses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import Stack
from constructs import Construct

from cdk_eventbridge_patterns.encryption.encryption_key import key_of
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.bus_reference import BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.consumes import Consumes
from cdk_eventbridge_patterns.plan.encryption import Encryption, check_encryption_settings
from cdk_eventbridge_patterns.plan.monitoring import check_topics
from cdk_eventbridge_patterns.routing.subscription import Subscriptions
from cdk_eventbridge_patterns.stacks.service_stack import INBOX
from cdk_eventbridge_patterns.tree.convention import begin_with_convention
from cdk_eventbridge_patterns.tree.place import Place, note_environment, without_traces
from cdk_eventbridge_patterns.tree.untouched import untouched_on_error


class SubscriptionStack(Stack):
    """What a service consumes: its rules on other services' buses, with their role and dead-letter queue.

    A rule is in the Region of the bus it is on: for producers in two Regions, make a stack in each.

    Needs nothing of the others but account, Region and service. Deploy it after the service's own bus and the buses it
    subscribes to; where they are in the same app, add them as dependencies.

    Args:
        service: The consuming service.

        consumes: What it wants, at least one.

        separate_inbox: Whether it receives on a bus of its own, as said in its `ServiceStack`. Default: it has one bus.

        bus_region: The Region of the bus that receives, where it is not that of the producers' buses, in which this
            stack must be. Default: that of this stack.

        owner: The team that owns the service. Default: nobody is named.

        encryption: How a key is kept that is made here and encrypts the dead-letter queue. Default: one of SQS.

        notify: The ARNs of SNS topics, of the stack's Region, that the alarms of that queue tell. Default: nobody.

        convention: The naming convention. Default: the one that holds in the tree.

        stack_options: What `aws_cdk.Stack` takes; `env` must be literal.

    Raises:
        EventBridgePatternsError: As `Subscriptions` does.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        consumes: Sequence[Consumes],
        separate_inbox: bool = False,
        bus_region: str | None = None,
        owner: str | None = None,
        encryption: Encryption | None = None,
        notify: Sequence[str] = (),
        convention: NamingConvention | None = None,
        **stack_options: Any,  # noqa: ANN401 - the CDK's own
    ) -> None:
        if not consumes:
            msg = "consumes must name at least one subscription, such as [Consumes(ORDER_PLACED, on=…)], got none"
            raise DeclarationError(msg)
        check_encryption_settings(encryption)
        check_topics(notify)
        super().__init__(scope, id, **stack_options)
        with untouched_on_error(scope, id):
            note_environment(self, stack_options.get("env"))
            without_traces(self, scope)
            if convention is not None:
                begin_with_convention(self, convention, scope)
            receiving = BusReference.of(
                service,
                account=Place.of(self).account,
                region=bus_region,
                qualifier=INBOX if separate_inbox else None,
            )
            self.encryption_key = key_of(self, service, encryption, name="subscriptions")
            self.subscriptions = Subscriptions(
                self,
                "Subscriptions",
                service=service,
                to=consumes,
                bus=receiving,
                owner=owner,
                encryption=self.encryption_key,
                notify=notify,
            )
