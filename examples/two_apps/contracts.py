"""What the two teams share, as a package or a copy: the convention and the contracts."""

from __future__ import annotations

from cdk_eventbridge_patterns import EventContract, NamingConvention

CONVENTION = NamingConvention(organization="acme", stage="prod")

ORDER_PLACED = EventContract(
    service="orders",
    event="OrderPlaced",
    owner="team-orders",
    detail={"type": "object", "properties": {"order_id": {"type": "string"}}, "required": ["order_id"]},
)
INVOICE_ISSUED = EventContract(
    service="billing",
    event="InvoiceIssued",
    owner="team-billing",
    detail={"type": "object", "properties": {"invoice_id": {"type": "string"}}, "required": ["invoice_id"]},
)
