"""Who publishes an event."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.access.request import Principal
from cdk_eventbridge_patterns.errors import TraceError
from cdk_eventbridge_patterns.topology.text import account_of

_ACCOUNT = re.compile(r"[0-9]{12}")
_SERVICE = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(\.cn)?")
_ROLE = re.compile(r"arn:[a-z-]+:(iam|sts)::[0-9]{12}:.+")


def publisher_of(given: str | None, event: Mapping[str, Any], bus_arn: str) -> Principal:
    """Return who publishes *event* on a bus.

    Args:
        given: An account, the ARN of a role or user, or a service. Default: an AWS service if the source begins with
            `aws.`; else the account that the event names, or that of the bus.

        event: The event, as it was given.

        bus_arn: The bus.

    Raises:
        TraceError: If *given* is none of these.
    """
    if given is None:
        source = str(event.get("source", event.get("Source", "")))
        if source.startswith("aws."):
            return Principal.of_service(f"{source.removeprefix('aws.')}.amazonaws.com")
        return Principal.of_account(str(event.get("account", account_of(bus_arn))))
    if _ACCOUNT.fullmatch(given):
        return Principal.of_account(given)
    if _SERVICE.fullmatch(given):
        return Principal.of_service(given)
    if _ROLE.fullmatch(given):
        return Principal.of_role(given)
    msg = (
        "publisher must be an account, the ARN of a role or a service, such as '111111111111' or 's3.amazonaws.com', "
        f"got {given!r}"
    )
    raise TraceError(msg)
