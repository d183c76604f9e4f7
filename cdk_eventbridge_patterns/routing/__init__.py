"""Subscriptions to other services' events and deliveries to a service's own targets."""

from cdk_eventbridge_patterns.routing.acceptance import accept_delivery
from cdk_eventbridge_patterns.routing.audit_trail import AuditTrail
from cdk_eventbridge_patterns.routing.dead_letter_queue import DeadLetterQueue
from cdk_eventbridge_patterns.routing.delivery import Delivery
from cdk_eventbridge_patterns.routing.inbox import Inbox
from cdk_eventbridge_patterns.routing.redrive import Redrive
from cdk_eventbridge_patterns.routing.route import AcceptedRoute, Route
from cdk_eventbridge_patterns.routing.subscription import Subscription, Subscriptions

__all__ = [
    "AcceptedRoute",
    "AuditTrail",
    "DeadLetterQueue",
    "Delivery",
    "Inbox",
    "Redrive",
    "Route",
    "Subscription",
    "Subscriptions",
    "accept_delivery",
]
