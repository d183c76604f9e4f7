"""Access to buses that was withdrawn or granted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.access.reach import first_refusal
from cdk_eventbridge_patterns.access.subscribing import may_be_put
from cdk_eventbridge_patterns.differences.declared_event import DeclaredEvent
from cdk_eventbridge_patterns.differences.difference import Difference, Kind, Use
from cdk_eventbridge_patterns.differences.unread_subscribers import UnreadSubscribers
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, all_of, not_


class AccessDifferences:
    """What the policies of the buses that both states have let in before, and let in now.

    Args:
        base: All that was read of the state before.

        head: All that was read of the state after.
    """

    def __init__(self, base: Topology, head: Topology) -> None:
        self._base = base
        self._head = head
        self._differs: dict[str, bool] = {}

    def of_rules(self) -> Iterator[Difference]:
        """Return the rules on buses of other accounts that could be put before and can't now, as they are now."""
        for rule in self._head.rules:
            if rule.kind is BusKind.CLASSIC and rule.on_foreign_bus is True and self._differ(rule.bus_arn):
                before, after = (first_refusal(_decisions(each, rule)) for each in (self._base, self._head))
                withdrawn = all_of([before.answer, not_(after.answer)])
                as_unsure = before.undecided is not None and after.undecided is not None
                if withdrawn is not False and not as_unsure:
                    yield _refused(rule, withdrawn, after.reason if after.refuses else f"undecided: {after.reason}")

    def of_accounts(self, events: Iterable[DeclaredEvent]) -> Iterator[Difference]:
        """Return the accounts of which nothing was read that could subscribe to *events* before, or can now."""
        for event in events:
            for arn in filter(self._differ, event.buses):
                before, after = (_subscribers(each, arn, event) for each in (self._base, self._head))
                yield from (_withdrawn(event, account) for account in sorted(before - after))
                yield from (_granted(event, account) for account in sorted(after - before))

    def _differ(self, bus_arn: str) -> bool:
        """Return whether both states have the bus, and its policy differs; few do, and to judge a policy takes long."""
        if bus_arn not in self._differs:
            both = self._base.bus(bus_arn) is not None and self._head.bus(bus_arn) is not None
            before, after = (_written(topology, bus_arn) for topology in (self._base, self._head))
            self._differs[bus_arn] = both and (before is None or before != after)
        return self._differs[bus_arn]


def _written(topology: Topology, bus_arn: str) -> list[Mapping[str, Any]] | None:
    """Return the policy of a bus as it is in templates, nothing where a statement could not be read."""
    statements = topology.statements_on(bus_arn)
    return None if any(not each.written for each in statements) else [each.written for each in statements]


def _decisions(topology: Topology, rule: Rule) -> Iterator[Decision]:
    return iter(may_be_put(topology, rule).values())


def _subscribers(topology: Topology, bus_arn: str, event: DeclaredEvent) -> frozenset[str]:
    bus = topology.bus(bus_arn)
    return frozenset() if bus is None else UnreadSubscribers(topology, bus).unread(event.event_type)


def _refused(rule: Rule, withdrawn: Answer, reason: str) -> Difference:
    use = Use.of_rule(rule, f"the policy of bus {rule.bus_name} no longer lets it be put: {reason}", withdrawn)
    return Difference(
        kind=Kind.ACCESS_WITHDRAWN,
        name=rule.bus_name,
        breaking=withdrawn,
        told=f"for rule {rule.name!r} of account {rule.account}",
        where=((rule.bus_account, rule.bus_region),),
        uses=(use,),
        location=rule.location,
    )


def _withdrawn(event: DeclaredEvent, account: str) -> Difference:
    use = Use(
        account=account,
        reason="it may no longer subscribe; whether it does was not read",
        breaking=True,
    )
    return _of_account(Kind.ACCESS_WITHDRAWN, event, account, (use,))


def _granted(event: DeclaredEvent, account: str) -> Difference:
    return _of_account(Kind.ACCESS_GRANTED, event, account, ())


def _of_account(kind: Kind, event: DeclaredEvent, account: str, uses: tuple[Use, ...]) -> Difference:
    return Difference(
        kind=kind,
        name=event.title,
        breaking=bool(uses),
        told=f"for account {account}" if account.isdecimal() else f"for {account}",
        where=() if event.home is None else (event.home,),
        uses=uses,
        location=event.location,
    )
