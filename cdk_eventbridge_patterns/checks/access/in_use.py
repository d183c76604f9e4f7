"""The policies and roles that matter: those of buses, and of what rules deliver to and by."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.evaluation import Decision, decide_access
from cdk_eventbridge_patterns.access.publishing import publishing
from cdk_eventbridge_patterns.access.request import Principal
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.security import ResourcePolicy, Role
from cdk_eventbridge_patterns.topology.text import account_of
from cdk_eventbridge_patterns.topology.topology import Topology

_OF_BUSES = {"AWS::Events::EventBus", "AWS::Events::EventBusPolicy", "AWS::EventsV2::ResourcePolicy"}

RULE_ACTIONS = (
    "events:PutRule",
    "events:DeleteRule",
    "events:DisableRule",
    "events:EnableRule",
    "events:PutTargets",
    "events:RemoveTargets",
)
"""What changes a rule."""


def bus_policies(topology: Topology) -> Iterator[ResourcePolicy]:
    """Return the policies of buses of either kind."""
    return (policy for policy in topology.policies if policy.resource_type in _OF_BUSES)


def statements_for_others(topology: Topology) -> Iterator[tuple[ResourcePolicy, PolicyStatement]]:
    """Return the statements of buses that let in others than the bus's own account."""
    for policy in bus_policies(topology):
        for statement in policy.statements:
            if statement.allows and (other_accounts(statement, policy.account) or _names_everyone(statement, policy)):
                yield policy, statement


def other_accounts(statement: PolicyStatement, own: str) -> list[str]:
    """Return the accounts that a statement names, save *own*."""
    named = (statement.principals or {}).get("AWS", ())
    accounts = (account_of(each) if each.startswith("arn:") else each for each in named)
    return [account for account in accounts if account not in ("*", own)]


def receivers_in_use(topology: Topology) -> list[str]:
    """Return the ARNs of all that rules deliver to, other than buses, and of dead-letter queues, those of buses too."""
    arns: dict[str, None] = {}
    for delivery in topology.deliveries():
        if not delivery.target.is_bus:
            arns[delivery.target.arn] = None
        if delivery.target.dead_letter_arn is not None:
            arns[delivery.target.dead_letter_arn] = None
    arns |= dict.fromkeys(bus.dead_letter_arn for bus in topology.buses if bus.dead_letter_arn is not None)
    return list(arns)


def receiver_policies(topology: Topology) -> Iterator[ResourcePolicy]:
    """Return the policies of all that rules deliver to, each once: those of logs are of all log groups."""
    policies = (policy for arn in receivers_in_use(topology) for policy in topology.policies_on(arn))
    yield from {id(policy): policy for policy in policies}.values()


def roles_in_use(topology: Topology) -> list[Role]:
    """Return the roles by which rules deliver."""
    arns = dict.fromkeys(delivery.target.role_arn for delivery in topology.deliveries())
    found = (topology.role(arn) for arn in arns if arn is not None)
    return [role for role in found if role is not None]


def may_publish(topology: Topology, role: Role, bus_arn: str) -> Decision:
    """Return whether *role* may publish on a bus, whatever it publishes."""
    return decide_access(
        publishing(topology, Principal.of_role(role.arn), bus_arn, AskedEvent()),
        identity=role.permissions,
        resource=topology.statements_on(bus_arn),
        resource_account=account_of(bus_arn),
    )


def _names_everyone(statement: PolicyStatement, policy: ResourcePolicy) -> bool:
    """Return whether a statement names everyone, and not just everyone of the bus's own account."""
    if "*" not in (statement.principals or {}).get("AWS", ()):
        return False
    accounts = statement.values_of("aws:PrincipalAccount")
    return not accounts or any(account != policy.account for account in accounts)
