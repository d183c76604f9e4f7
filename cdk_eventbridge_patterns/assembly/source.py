"""One source of templates, and what is known of where it is deployed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.naming.arn import check_account, check_region


@dataclass(frozen=True, kw_only=True)
class Source:
    """An assembly or a template.

    Args:
        path: The folder of the assembly, or the file.

        account: The account of the stacks whose account nothing else says. Default: unknown.

        region: The Region, likewise.

        stack: The name of the stack, for a template. Default: unknown.

        parameters: The values of parameters. Default: their defaults hold.

        ssm: The values of SSM parameters. Default: what templates of the same account and Region write.

    Raises:
        NamingError: If *account* or *region* is not of the right form.
    """

    path: Path
    account: str | None = None
    region: str | None = None
    stack: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    ssm: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is no account or Region."""
        if self.account is not None:
            check_account(self.account)
        if self.region is not None:
            check_region(self.region)
