"""A bucket of S3, which sends events where it is told to."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.topology.element import Element
from cdk_eventbridge_patterns.undecided import Answer


@dataclass(frozen=True, kw_only=True)
class Bucket(Element):
    """A bucket of S3.

    Args:
        arn: Its ARN.

        name: Its name.

        sends_events: Whether it sends events to EventBridge.
    """

    arn: str
    name: str
    sends_events: Answer
