"""What holds of the consumers that the owner of a bus lets in, whichever bus it is."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import check_organization
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.plan import duplicates


def check_consumers(consumers: Sequence[Consumer], organization_id: str | None, *, example: str) -> None:
    """Refuse what is no list of consumers, two of the same, and any beside an organisation that lets all in."""
    check_list(consumers, "consumers", Consumer, f"a list of Consumers, such as {example}")
    if organization_id is not None:
        check_organization(organization_id)
        if consumers:
            msg = "organization_id already lets every account subscribe; give consumers or organization_id, not both"
            raise DeclarationError(msg)
    if twice := duplicates(f"{each.service}/{each.qualifier or ''}" for each in consumers):
        msg = f"consumer '{twice[0].rstrip('/')}' is declared twice; list all its events in one Consumer"
        raise DeclarationError(msg)
