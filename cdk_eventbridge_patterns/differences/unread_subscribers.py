"""Who may subscribe to an event of a bus though nobody read their templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cdk_eventbridge_patterns.access.evaluation import decide
from cdk_eventbridge_patterns.access.openness import names_everyone
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

_ACCOUNT = re.compile(r"(?:arn:[^:]*:iam::)?([0-9]{12})(?::.*)?")
_ACCOUNT_KEYS = ("aws:PrincipalAccount", "events:creatorAccount")
_ORGANIZATION = "aws:PrincipalOrgID"

# An account that no policy names: what lets it in lets everyone in.
_SOMEBODY = "000000000000"


class UnreadSubscribers:
    """Who the policy of a bus lets subscribe.

    Args:
        topology: All that was read.

        bus: The bus.
    """

    def __init__(self, topology: Topology, bus: Bus) -> None:
        self._topology = topology
        self._bus = bus
        self._statements = topology.statements_on(bus.arn)

    def unread(self, event_type: EventType | None) -> frozenset[str]:
        """Return the accounts in no template that was read that may put a rule for such an event, or that any may."""
        found: set[str] = set()
        for statement in self._statements:
            if not statement.allows:
                continue
            for account in _named(statement):
                if not self._is_read(account) and self._may_subscribe(statement, account, event_type):
                    found.add(account)
            if names_everyone(statement) and self._may_subscribe(statement, _SOMEBODY, event_type):
                found.add(_everyone(statement))
        return frozenset(found)

    def _is_read(self, account: str) -> bool:
        return account == self._bus.account or self._topology.knows(f"arn:aws:events:{self._bus.region}:{account}:rule")

    def _may_subscribe(self, statement: PolicyStatement, account: str, event_type: EventType | None) -> bool:
        """Return whether *account* may, or nobody can say that it may not, put a rule that *statement* is about."""
        given = {"events:creatorAccount": account, **_asked(event_type)}
        requests = (
            Request(principal=Principal.of_account(account), action="events:PutRule", resource=rule, given=given)
            for rule in self._rules(statement)
        )
        return any(not decide(request, self._statements).refuses for request in requests)

    def _rules(self, statement: PolicyStatement) -> Iterator[str]:
        """Return ARNs of rules that *statement* is about, with an `x` for each wildcard."""
        any_rule = f"{self._bus.arn.replace(':event-bus/', ':rule/', 1)}/x"
        for resource in statement.resources:
            yield any_rule if resource == "*" else re.sub(r"[*?]", "x", resource)
        if not statement.resources:
            yield any_rule


def _asked(event_type: EventType | None) -> dict[str, ContextValue]:
    if event_type is None:
        unknown = Undecided("nobody says the source and detail-type of the event")
        return {"events:source": unknown, "events:detail-type": unknown}
    return {"events:source": (event_type.source,), "events:detail-type": (event_type.detail_type,)}


def _named(statement: PolicyStatement) -> list[str]:
    """Return the accounts that a statement names, as principals or in conditions."""
    principals = [each for values in (statement.principals or {}).values() for each in values]
    conditions = [each for key in _ACCOUNT_KEYS for each in statement.values_of(key)]
    found = (_ACCOUNT.fullmatch(each) for each in (*principals, *conditions))
    return sorted({match[1] for match in found if match})


def _everyone(statement: PolicyStatement) -> str:
    organizations = " or ".join(statement.values_of(_ORGANIZATION))
    return f"any account of organisation {organizations}" if organizations else "any account"
