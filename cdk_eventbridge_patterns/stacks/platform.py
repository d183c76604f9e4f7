"""The platform of a topology, which owns what services share."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.errors import TopologyError
from cdk_eventbridge_patterns.naming.arn import check_account
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.plan.archive import ArchiveSettings
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.encryption import Encryption, check_encryption_settings
from cdk_eventbridge_patterns.plan.monitoring import Monitoring
from cdk_eventbridge_patterns.stacks.platform_stack import PlatformStack


@dataclass(frozen=True)
class Platform:
    """Who owns the central bus of a topology, and where.

    Args:
        name: The platform as a service, in lower-case words joined by hyphens, such as `platform`.

        account: The account it is in, 12 digits.

        owner: The team that owns it. Default: nobody is named.

        archive: How long the central bus keeps events for replay, or `Disabled(reason)`. Default: 30 days.

        encryption: How its key is kept. Default: as the topology has it.

        stack: The class of its stack, where the team has its own. Default: `PlatformStack`.

        monitoring: How the central bus is watched, or `Disabled(reason)`. Default: as the topology has it.

    Raises:
        NamingError: If *name* or *account* is not of the right form.
        DeclarationError: If *encryption* is something else.
        TopologyError: If *stack* is no class of such a stack.
    """

    name: str
    account: str
    owner: str | None = None
    archive: ArchiveSettings | Disabled | None = None
    stack: type[PlatformStack] = PlatformStack
    encryption: Encryption | None = None
    monitoring: Monitoring | Disabled | None = None

    def __post_init__(self) -> None:
        """Refuse a platform that can't be part of a topology."""
        check_service(self.name, "name")
        check_account(self.account)
        check_encryption_settings(self.encryption)
        if not (isinstance(self.stack, type) and issubclass(self.stack, PlatformStack)):
            msg = f"stack of platform '{self.name}' must be a subclass of PlatformStack, got {self.stack!r}"
            raise TopologyError(msg)
