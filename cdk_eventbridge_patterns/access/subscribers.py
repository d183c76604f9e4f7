"""Who may put rules on a bus, and who has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from cdk_eventbridge_patterns.access.actions import is_about
from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.evaluation import Decision, decide, denied
from cdk_eventbridge_patterns.access.for_some import for_some, members_of, some_text
from cdk_eventbridge_patterns.access.grant import Grant, denials_of, own_account_decision, undecided_grant, ways_of
from cdk_eventbridge_patterns.access.grantee import Grantee, grantees_of
from cdk_eventbridge_patterns.access.in_words import PUT_RULE, PUT_TARGETS
from cdk_eventbridge_patterns.access.reach import first_refusal, if_read
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.access.subscribing import BESIDES, may_be_put
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import account_of, same, unknown
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

ACTIONS = (PUT_RULE, PUT_TARGETS, *BESIDES)
"""What it takes to put a rule on a bus, by CloudFormation."""

_ANY_RULE = unknown("the name of the rule")


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
        own = Grantee.of_account(account_of(self.bus_arn))
        if self.account is not None:
            asked = Grantee.of_account(self.account)
            return (self._own_grant(own) if asked == own else self._grant(asked),)
        named = [grantee for each in self._statements if _is_about_rules(each) for grantee in grantees_of(each)]
        others = {grantee.name: grantee for grantee in named if grantee != own}
        return (self._own_grant(own), *map(self._grant, others.values()))

    @cached_property
    def rules(self) -> tuple[RuleThere, ...]:
        """The rules there are on the bus, of the account and the event that are asked about."""
        on_bus = self.topology.rules_on(self.bus_arn)
        asked = (each for each in on_bus if self.account is None or same(each.account, self.account) is not False)
        taking = (each for each in asked if self.event.may_be_taken_by(each) is not False)
        return tuple(RuleThere(rule=rule, decision=self._is_put(rule)) for rule in taking)

    @cached_property
    def _statements(self) -> tuple[PolicyStatement, ...]:
        return self.topology.statements_on(self.bus_arn)

    def _ask(self, principal: Principal, action: str, rule_arn: str) -> Request:
        """Return the request of *principal* to do *action* to a rule that it made itself."""
        creator = principal.account or Undecided(f"in which account {principal} makes rules is not known")
        given: dict[str, ContextValue] = {
            "events:creatorAccount": creator,
            **self.topology.organization_of(principal.account or ""),
        }
        if action == PUT_RULE:
            given |= self.event.keys()
        if action == PUT_TARGETS:
            given["events:TargetArn"] = Undecided("the targets of the rule are not said")
        return Request(principal=principal, action=action, resource=rule_arn, given=given)

    def _ask_all(self, principal: Principal, name: str) -> list[Request]:
        return [self._ask(principal, action, self._rule_arn(name)) for action in ACTIONS]

    def _rule_arn(self, name: str) -> str:
        """Return the ARN of a rule, which has the name of its bus in it but for the default bus.

        https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
        """
        place, _, bus = self.bus_arn.partition(":event-bus/")
        return f"{place}:rule/{name}" if bus == "default" else f"{place}:rule/{bus}/{name}"

    def _own_grant(self, grantee: Grantee) -> Grant:
        asked = self._ask_all(Principal.of_account(account_of(self.bus_arn)), _ANY_RULE)
        decide_own = partial(_own_decision, statements=self._statements)
        decision = first_refusal(for_some(each, self._statements, decide_own) for each in asked)
        if decision.answer is True:
            decision = own_account_decision(None)
        return Grant(grantee=grantee, decision=decision, denials=denials_of(asked, self._statements))

    def _grant(self, grantee: Grantee) -> Grant:
        if grantee.principal is None:
            return undecided_grant(grantee, self._statements, ACTIONS)
        named = [each for each in self._statements if each.denies or grantee.is_named_by(each)]
        asked = self._ask_all(grantee.principal, _ANY_RULE)
        decision = self._decision(grantee.principal, asked, named)
        return Grant(
            grantee=grantee,
            decision=if_read(self.topology, self.bus_arn, decision),
            ways=ways_of(asked, named),
            denials=denials_of(asked, named),
        )

    def _decision(self, principal: Principal, asked: Sequence[Request], named: Sequence[PolicyStatement]) -> Decision:
        """Return whether one principal may do all it takes, to one rule."""
        decision = first_refusal(_said(each.action, decide(each, named)) for each in asked)
        if decision.refuses:
            return decision
        for member in members_of(principal, named):
            for name in self._names(named):
                requests = self._ask_all(member, name)
                if all(for_some(each, named, partial(decide, statements=named)).answer is True for each in requests):
                    return Decision(answer=True, reason="its policy allows it")
        return decision if decision.undecided is not None else _between(asked)

    def _names(self, statements: Iterable[PolicyStatement]) -> Iterator[str]:
        """Return some names of rules: those that statements speak of, then any other."""
        prefix = self._rule_arn("")
        named = (resource for statement in statements for resource in statement.resources)
        yield from dict.fromkeys(some_text(each.removeprefix(prefix)) for each in named if each.startswith(prefix))
        yield some_text("*")

    def _is_put(self, rule: Rule) -> Decision:
        if rule.on_foreign_bus is False:
            return own_account_decision(None)
        decisions = (_said(action, decision) for action, decision in may_be_put(self.topology, rule))
        return if_read(self.topology, self.bus_arn, first_refusal(decisions))


def _is_about_rules(statement: PolicyStatement) -> bool:
    return statement.allows and any(is_about(statement, action) is not False for action in (PUT_RULE, PUT_TARGETS))


def _own_decision(request: Request, statements: Sequence[PolicyStatement]) -> Decision:
    return own_account_decision(denied(request, statements))


def _said(action: str, decision: Decision) -> Decision:
    return replace(decision, reason=f"{action}: {decision.reason}")


def _between(asked: Sequence[Request]) -> Decision:
    """Return what to say where each action is allowed, and no rule was found to which all of them are."""
    reason = f"whether {' and '.join(each.action for each in asked)} are allowed of one rule is not known"
    return Decision(answer=Undecided(reason), reason=reason)
