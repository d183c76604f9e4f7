"""Functions that consume events from a queue of their own."""

from cdk_eventbridge_patterns.consumers.idempotent_consumer import IdempotentConsumer

__all__ = ["IdempotentConsumer"]
