"""What is attached to a bus that somebody else made: statements beside those that its policy has already."""

from __future__ import annotations

from cdk_eventbridge_patterns.access.policy_size import check_policy_size
from cdk_eventbridge_patterns.access.publish import publish_statement
from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.bus import add_statement
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration


def plan_access(declaration: ServiceBusDeclaration) -> Plan:
    """Return the statements that let publishers and consumers onto the bus of *declaration*, which stays as it is.

    Raises:
        DeclarationError: If they are let in for no events.
        AccessError: If the statements are over the quota by themselves.
    """
    plan, bus = Plan(), declaration.address
    statements = _statements(declaration)
    if statements and not declaration.publishes:
        msg = (
            "publishes must name the events that publishers and consumers are let in for, such as [ORDER_PLACED], "
            "got none"
        )
        raise DeclarationError(msg)
    check_policy_size(bus, list(statements.values()), declaration.policy_quota)
    for purpose, statement in statements.items():
        # The name of the bus, not just its service: a stack may attach to several.
        statement_id = logical_id(bus.name, "Allows", purpose)
        add_statement(plan, statement_id, bus=bus, statement=statement, naming=declaration.naming)
    return plan


def _statements(declaration: ServiceBusDeclaration) -> dict[str, Statement]:
    statements = declaration.consumer_statements()
    # In the bus's own account IAM alone decides, and its policy may say so already.
    accounts = sorted({*declaration.publishers} - {declaration.account})
    if accounts:
        allowed = publish_statement(declaration.address, declaration.naming, accounts, declaration.event_types())
        statements = {"publish": allowed, **statements}
    return statements
