"""What people call what an ARN is of."""

from __future__ import annotations

_KINDS = {
    "events": "bus",
    "sqs": "queue",
    "sns": "topic",
    "lambda": "function",
    "kinesis": "stream",
    "firehose": "delivery stream",
    "states": "state machine",
    "logs": "log group",
}
_KINDS_IN_PATHS = ("events", "kinesis", "firehose")


def called(arn: str) -> str:
    """Return what an ARN is of, for people: `queue invoices (222222222222, eu-west-1)`."""
    parts = arn.split(":", 5)
    if len(parts) < 6:  # noqa: PLR2004 - an ARN has six parts
        return arn
    service, region, account = parts[2:5]
    return f"{_KINDS.get(service, service)} {name_in(arn)} ({account}, {region})"


def name_in(arn: str) -> str:
    """Return the name in an ARN: `invoices`; other text as it is."""
    parts = arn.split(":", 5)
    if len(parts) < 6:  # noqa: PLR2004 - an ARN has six parts
        return arn
    service, resource = parts[2], parts[5]
    name = resource.partition("/")[2] if service in _KINDS_IN_PATHS else resource.removeprefix("function:")
    return name or resource
