"""Who may put rules on a bus, and who has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cdk_eventbridge_patterns.access.about_bus import policy_not_read, statements_about
from cdk_eventbridge_patterns.access.actions import PUT_RULE, PUT_TARGETS
from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.evaluation import Decision, decide, denied
from cdk_eventbridge_patterns.access.for_some import best_of, for_some, members_of, some_text
from cdk_eventbridge_patterns.access.grant import (
    Grant,
    denials_of,
    named_for,
    own_account_decision,
    undecided_grant,
    ways_of,
)
from cdk_eventbridge_patterns.access.grantee import Grantee
from cdk_eventbridge_patterns.access.reach import first_refusal
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.access.rule_shape import RuleShape, shapes_of
from cdk_eventbridge_patterns.access.subscribing import BESIDES, may_be_put
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import account_of, same, unknown
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

ACTIONS = (PUT_RULE, PUT_TARGETS, *BESIDES)
"""What it takes to put a rule on a bus, by CloudFormation."""

_ANY_RULE = unknown("the name of the rule")

_Decide = Callable[[Request, Sequence[PolicyStatement]], Decision]


@dataclass(frozen=True, kw_only=True)
class RuleThere:
    """A rule that somebody has on the bus.

    Args:
        rule: The rule.

        decision: Whether the bus lets it be put.
    """

    rule: Rule
    decision: Decision


@dataclass(frozen=True, kw_only=True)
class Subscribers:
    """The question who may put rules on a classic bus; the answers are its properties.

    Args:
        topology: All that was read.

        bus_arn: The bus.

        event: What the rule asks for. Default: at least one event.

        account: The account that asks. Default: everybody whom the policy of the bus names.
    """

    topology: Topology
    bus_arn: str
    event: AskedEvent = field(default_factory=AskedEvent)
    account: str | None = None

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """Everybody who is asked about: the account of the bus comes first."""
        if self.account is not None:
            return (self._grant(Grantee.of_account(self.account)),)
        named = named_for((PUT_RULE, PUT_TARGETS), self._statements)
        return tuple(map(self._grant, dict.fromkeys((self._own_account, *named))))

    @cached_property
    def rules(self) -> tuple[RuleThere, ...]:
        """The rules there are on the bus, of the account and the event that are asked about."""
        on_bus = self.topology.rules_on(self.bus_arn)
        asked = (each for each in on_bus if self.account is None or same(each.account, self.account) is not False)
        taking = (each for each in asked if self.event.may_be_taken_by(each) is not False)
        return tuple(RuleThere(rule=rule, decision=self._is_put(rule)) for rule in taking)

    @cached_property
    def _statements(self) -> tuple[PolicyStatement, ...]:
        return statements_about(self.topology, self.bus_arn)

    @cached_property
    def _own_account(self) -> Grantee:
        return Grantee.of_account(account_of(self.bus_arn))

    def _grant(self, grantee: Grantee) -> Grant:
        if grantee.principal is None:
            return undecided_grant(grantee, self._statements, ACTIONS)
        own = grantee == self._own_account
        named = [each for each in self._statements if own or each.denies or grantee.is_named_by(each)]
        decision, shape = self._decision(grantee.principal, named, _decide_own if own else decide)
        asked = [request for each in self._shapes for request in self._ask_all(grantee.principal, _ANY_RULE, each)]
        return Grant(
            grantee=grantee,
            decision=self._if_read(own_account_decision(None) if own and decision.answer is True else decision),
            provided=shape.provided if decision.answer is True else None,
            ways=() if own else ways_of(asked, named),
            denials=denials_of(asked, named),
        )

    @cached_property
    def _shapes(self) -> tuple[RuleShape, ...]:
        return shapes_of(self.event)

    def _decision(
        self, principal: Principal, named: Sequence[PolicyStatement], decide_one: _Decide
    ) -> tuple[Decision, RuleShape]:
        """Return whether somebody may do all it takes to one rule, and to one of which shape."""
        found = [(self._of_shape(shape, principal, named, decide_one), shape) for shape in self._shapes]
        allowed = (each for each in found if each[0].answer is True)
        undecided = (each for each in found if each[0].undecided is not None)
        return next(allowed, None) or next(undecided, found[0])

    def _of_shape(
        self, shape: RuleShape, principal: Principal, named: Sequence[PolicyStatement], decide_one: _Decide
    ) -> Decision:
        asked = self._ask_all(principal, _ANY_RULE, shape)
        decision = first_refusal(_said(each.action, decide_one(each, named)) for each in asked)
        if decision.refuses:
            return decision
        tried = (
            first_refusal(_for_some(each, principal, named, decide_one) for each in self._ask_all(member, name, shape))
            for member in members_of(principal, named)
            for name in self._names(named)
        )
        return best_of(tried, otherwise=_of_no_one_rule() if decision.undecided is None else decision)

    def _ask_all(self, principal: Principal, name: str, shape: RuleShape) -> list[Request]:
        return [self._ask(principal, action, self._rule_arn(name), shape) for action in ACTIONS]

    def _ask(self, principal: Principal, action: str, rule_arn: str, shape: RuleShape) -> Request:
        """Return the request of *principal* to do *action* to a rule that it made itself."""
        creator = principal.account or Undecided(f"in which account {principal} makes rules is not known")
        given: dict[str, ContextValue] = {
            "events:creatorAccount": creator,
            **self.topology.organization_of(principal.account or ""),
        }
        if action == PUT_RULE:
            given |= shape.keys
        if action == PUT_TARGETS:
            given["events:TargetArn"] = Undecided("the targets of the rule are not said")
        return Request(principal=principal, action=action, resource=rule_arn, given=given)

    def _rule_arn(self, name: str) -> str:
        """Return the ARN of a rule, which has the name of its bus in it but for the default bus.

        https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
        """
        place, _, bus = self.bus_arn.partition(":event-bus/")
        return f"{place}:rule/{name}" if bus == "default" else f"{place}:rule/{bus}/{name}"

    def _names(self, statements: Iterable[PolicyStatement]) -> Iterator[str]:
        """Return some names of rules: those that statements speak of, then any other."""
        prefix = self._rule_arn("")
        named = (resource for statement in statements for resource in statement.resources)
        yield from dict.fromkeys(some_text(each.removeprefix(prefix)) for each in named if each.startswith(prefix))
        yield some_text("*")

    def _is_put(self, rule: Rule) -> Decision:
        if rule.on_foreign_bus is False:
            return self._if_read(own_account_decision(None))
        decisions = (_said(action, decision) for action, decision in may_be_put(self.topology, rule).items())
        return self._if_read(first_refusal(decisions))

    def _if_read(self, decision: Decision) -> Decision:
        """Return *decision*, or that nobody can say where the policy of the bus was not read: it may deny anything."""
        unread = policy_not_read(self.topology, self.bus_arn)
        return decision if unread is None else Decision.unknown(unread)


def _decide_own(request: Request, statements: Iterable[PolicyStatement]) -> Decision:
    return own_account_decision(denied(request, statements))


def _for_some(
    asked: Request, principal: Principal, statements: Sequence[PolicyStatement], decide_one: _Decide
) -> Decision:
    decision = for_some(asked, statements, lambda request: decide_one(request, statements), of=principal)
    return _said(asked.action, decision)


def _said(action: str, decision: Decision) -> Decision:
    return replace(decision, reason=f"{action}: {decision.reason}")


def _of_no_one_rule() -> Decision:
    return Decision.unknown("each action is allowed, and of no rule is it known that all are")
