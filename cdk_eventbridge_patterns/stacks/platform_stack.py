"""The stack of a platform: the central bus that services share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aws_cdk import Stack
from constructs import Construct

from cdk_eventbridge_patterns.access.member import Member
from cdk_eventbridge_patterns.access.policy_size import DEFAULT_POLICY_QUOTA
from cdk_eventbridge_patterns.buses.central_bus import CentralBus
from cdk_eventbridge_patterns.encryption.encryption_key import key_of
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.encryption import Encryption, check_encryption_settings
from cdk_eventbridge_patterns.plan.monitoring import Monitoring
from cdk_eventbridge_patterns.tree.convention import begin_with_convention
from cdk_eventbridge_patterns.tree.place import note_environment, without_traces
from cdk_eventbridge_patterns.tree.untouched import untouched_on_error


class PlatformStack(Stack):
    """The central bus of a platform; subclass it where the platform's team adds its own, such as an audit queue.

    Args:
        service: The platform's service that owns the bus.

        members: Who publishes and consumes what, at least one.

        organization_id: Lets every account of this AWS organisation subscribe. Default: only *members*.

        owner: The team that owns the bus. Default: nobody is named.

        archive: How long events are kept for replay, or `Disabled(reason)`. Default: 30 days.

        encryption: How a key is kept that is made here and encrypts bus, archive and queues. Default: there is none;
            keys that AWS owns do it.

        discover_in: The stages in which schemas are discovered. Default: none.

        policy_quota: How many characters the bus's policy may have. Default: 10,240.

        monitoring: How the bus is watched, or `Disabled(reason)`. Default: by alarms, a dashboard and a log of errors.

        convention: The naming convention. Default: the one that holds in the tree.

        stack_options: What `aws_cdk.Stack` takes; `env` must be literal.

    Raises:
        EventBridgePatternsError: As `CentralBus` does.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        service: str,
        members: Sequence[Member],
        organization_id: str | None = None,
        owner: str | None = None,
        archive: ArchiveSettings | Disabled | None = None,
        encryption: Encryption | None = None,
        discover_in: Sequence[str] = (),
        policy_quota: int = DEFAULT_POLICY_QUOTA,
        monitoring: Monitoring | Disabled | None = None,
        convention: NamingConvention | None = None,
        **stack_options: Any,  # noqa: ANN401 - the CDK's own
    ) -> None:
        check_encryption_settings(encryption)
        super().__init__(scope, id, **stack_options)
        with untouched_on_error(scope, id):
            note_environment(self, stack_options.get("env"))
            without_traces(self, scope)
            if convention is not None:
                begin_with_convention(self, convention, scope)
            self.service = service
            self.encryption_key = key_of(self, service, encryption)
            self.bus = CentralBus(
                self,
                "Bus",
                service=service,
                members=members,
                organization_id=organization_id,
                owner=owner,
                archive=archive,
                encryption=self.encryption_key,
                discover_in=discover_in,
                policy_quota=policy_quota,
                monitoring=monitoring,
            )
