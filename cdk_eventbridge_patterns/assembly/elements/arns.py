"""ARNs of what a property names in several ways."""

from __future__ import annotations

import re
from typing import Any

from cdk_eventbridge_patterns.assembly.elements.values import text
from cdk_eventbridge_patterns.assembly.resolved_resource import ResolvedResource
from cdk_eventbridge_patterns.topology.text import unknown, unknown_parts

_QUEUE_URL = re.compile(
    r"https://(?:sqs\.(?P<region>[^/]+?)|(?P<older>[^/]+?)\.queue)\.amazonaws\.com(?:\.cn)?/(?P<account>[^/]+)/(?P<name>.+)"
)


def arn_of(resource: ResolvedResource, service: str, path: str) -> str:
    """Return the ARN of something in the account and Region of *resource*."""
    return f"arn:{resource.partition}:{service}:{resource.region}:{resource.account}:{path}"


def bus_arn(resource: ResolvedResource, given: Any) -> str:  # noqa: ANN401 - whatever a template holds
    """Return the ARN of the bus that *given*, a name or an ARN, is to *resource*; none is the default bus."""
    name = text(given) or "default"
    if name.startswith("arn:"):
        return name
    if unknown_parts(name) == [name[1:-1]]:
        # It may as well be the ARN of another account's bus.
        return (
            f"arn:{resource.partition}:events:{resource.region}:{unknown(f'account of {name[1:-1]}')}:event-bus/{name}"
        )
    return arn_of(resource, "events", f"event-bus/{name}")


def rule_arn(on_bus: str, name: str) -> str:
    """Return the ARN of a rule, which is in the account and Region of its bus.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
    """
    place, _, bus = on_bus.partition(":event-bus/")
    return f"{place}:rule/{name}" if bus == "default" else f"{place}:rule/{bus}/{name}"


def queue_arn(resource: ResolvedResource, queue: str) -> str:
    """Return the ARN of the queue that *queue*, its URL, is."""
    if queue.startswith("arn:"):
        return queue
    url = _QUEUE_URL.fullmatch(queue)
    if url is None:
        return arn_of(resource, "sqs", queue if queue.startswith("«") else unknown(f"queue {queue}"))
    return f"arn:{resource.partition}:sqs:{url['region'] or url['older']}:{url['account']}:{url['name']}"


def function_arn(resource: ResolvedResource, function: str) -> str:
    """Return the ARN of the function that *function*, its name, its ARN or part of it, is."""
    if function.startswith("arn:"):
        return function
    account, colon, name = function.partition(":function:")
    if colon:
        return f"arn:{resource.partition}:lambda:{resource.region}:{account}:function:{name}"
    return arn_of(resource, "lambda", f"function:{function}")


def log_group_arn(arn: str) -> str:
    """Return the ARN of a log group without the `:*` that stands for its streams."""
    return arn.removesuffix(":*")
