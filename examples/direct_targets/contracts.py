"""What the teams share: the convention and the contract."""

from __future__ import annotations

from cdk_eventbridge_patterns import EventContract, NamingConvention

CONVENTION = NamingConvention(organization="acme", stage="prod")

ORDER_PLACED = EventContract(
    service="orders",
    event="OrderPlaced",
    owner="team-orders",
    detail={
        "type": "object",
        "properties": {"order_id": {"type": "string"}, "total": {"type": "number"}},
        "required": ["order_id", "total"],
    },
)
