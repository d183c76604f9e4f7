"""What hands on to code what a queue, stream or topic receives."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.element import Element


@dataclass(frozen=True, kw_only=True)
class Feed(Element):
    """An event source mapping of a function, or a subscription to a topic.

    Args:
        source_arn: The ARN of the queue, stream or topic.

        to_arn: The ARN of the function, or of the queue that a topic feeds.
    """

    source_arn: str
    to_arn: str
