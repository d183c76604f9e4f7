"""Who publishes an event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.access.request import Principal
from cdk_eventbridge_patterns.errors import TraceError
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.text import account_of

_ACCOUNT = re.compile(r"[0-9]{12}")
_SERVICE = re.compile(r"[a-z0-9.-]+\.amazonaws\.com(\.cn)?")
_ROLE = re.compile(r"arn:[a-z-]+:(iam|sts)::[0-9]{12}:.+")


def publisher_of(given: str | None, event: Mapping[str, Any], bus_arn: str, bus: Bus | None) -> Principal:
    """Return who publishes *event* on a bus.

    Args:
        given: An account, the ARN of a role or user, or a service. Default: an AWS service if the source begins with
            `aws.`; else the account that the event names, the one that *bus* says publishes it, or that of the bus.

        event: The event, as it was given.

        bus_arn: The bus.

        bus: The bus as it was read, nothing where it was not.

    Raises:
        TraceError: If *given* is none of these.
    """
    if given is None:
        source = str(event.get("source", event.get("Source", "")))
        if source.startswith("aws."):
            return Principal.of_service(f"{source.removeprefix('aws.')}.amazonaws.com")
        declared = next(_declared(bus, source, str(event.get("detail-type", event.get("DetailType", "")))), None)
        return Principal.of_account(str(event.get("account", declared or account_of(bus_arn))))
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


def _declared(bus: Bus | None, source: str, detail_type: str) -> Iterator[str]:
    """Return the account that publishes an event on the bus of another, as the stamp of the bus says."""
    for event in () if bus is None else bus.publishes:
        if (event.source, event.detail_type) == (source, detail_type) and event.account is not None:
            yield event.account
