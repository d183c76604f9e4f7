"""Who may publish on a bus."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from cdk_eventbridge_patterns.access.about_bus import policy_not_read, statements_about
from cdk_eventbridge_patterns.access.actions import PUT_EVENTS
from cdk_eventbridge_patterns.access.applies import applies
from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.evaluation import Decision, decide, decide_access, denied
from cdk_eventbridge_patterns.access.for_some import for_some, for_somebody
from cdk_eventbridge_patterns.access.grant import (
    Grant,
    denials_of,
    named_for,
    own_account_decision,
    undecided_grant,
    ways_of,
)
from cdk_eventbridge_patterns.access.grantee import Grantee, grantees_of
from cdk_eventbridge_patterns.access.publishing import publishing
from cdk_eventbridge_patterns.access.reach import if_role_read
from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.topology.text import account_of, same
from cdk_eventbridge_patterns.topology.topology import Topology


@dataclass(frozen=True, kw_only=True)
class Publishers:
    """The question who may publish on a bus; the answers are its properties.

    Args:
        topology: All that was read.

        bus_arn: The bus.

        event: Which event. Default: at least one.
    """

    topology: Topology
    bus_arn: str
    event: AskedEvent = field(default_factory=AskedEvent)

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """Everybody whom the policy of the bus names or a template lets publish: its own account comes first."""
        named = named_for((PUT_EVENTS,), self._statements)
        by_policy = [grantee for grantee in named if grantee != self._own_account]
        arns = {grantee.role_arn for grantee in by_policy}
        roles = [role for role in self.topology.roles if role.arn not in arns and not self._only_carries(role)]
        return (
            self._own_grant(),
            *map(self._grant, by_policy),
            *(self._role_grant(role) for role in roles if self._allowed_by(role)),
        )

    @cached_property
    def roles_not_read(self) -> tuple[Role, ...]:
        """The roles that may be let publish by policies that no template holds."""
        granted = {grant.grantee.role_arn for grant in self.grants if grant.decision.answer is True}
        unread = (role for role in self.topology.roles if role.unread and role.arn not in granted)
        return tuple(role for role in unread if not self._only_carries(role) and self._may_be_let_in(role))

    @cached_property
    def _statements(self) -> tuple[PolicyStatement, ...]:
        return statements_about(self.topology, self.bus_arn)

    @cached_property
    def _account(self) -> str:
        return account_of(self.bus_arn)

    @cached_property
    def _own_account(self) -> Grantee:
        return Grantee.of_account(self._account)

    def _ask(self, principal: Principal) -> Request:
        return publishing(self.topology, principal, self.bus_arn, self.event)

    def _own_grant(self) -> Grant:
        asked = self._ask(Principal.of_account(self._account))
        decision = for_some(
            asked, self._statements, lambda request: own_account_decision(denied(request, self._statements))
        )
        return Grant(
            grantee=self._own_account,
            decision=self._if_read(decision),
            denials=denials_of([asked], self._statements),
        )

    def _grant(self, grantee: Grantee) -> Grant:
        """Return what the policy of the bus says to somebody whom it names."""
        if grantee.principal is None:
            return undecided_grant(grantee, self._statements, (PUT_EVENTS,))
        role = None if grantee.role_arn is None else self.topology.role(grantee.role_arn)
        if role is not None:
            return self._role_grant(role)
        named = [each for each in self._statements if each.denies or grantee.is_named_by(each)]
        decision = for_somebody(grantee.principal, self._ask, named, lambda request: decide(request, named))
        asked = self._ask(grantee.principal)
        return Grant(
            grantee=grantee,
            decision=self._with_own_policies(grantee, decision),
            ways=ways_of([asked], named),
            denials=denials_of([asked], named),
        )

    def _with_own_policies(self, grantee: Grantee, decision: Decision) -> Decision:
        """Return *decision*, or that nobody can say where policies of a role must allow it, too, and were not read."""
        arn = grantee.role_arn
        if arn is None or decision.answer is not True or same(account_of(arn), self._account) is True:
            return decision
        return Decision.unknown("the bus lets it in; what its own policies say is in no template that was read")

    def _role_grant(self, role: Role) -> Grant:
        """Return what the policies of a role and of the bus say together."""
        grantee = _described(role)
        asked = self._ask(Principal.of_role(role.arn))
        named = [each for each in self._statements if each.denies or grantee.is_named_by(each)]
        by_role = self._allowed_by(role)
        of_one_account = same(role.account, self._account) is True
        by_bus = [each for each in named if not of_one_account or Grantee.of_role(role.arn) in grantees_of(each)]
        decision = for_some(asked, [*role.permissions, *named], lambda request: self._with_role(role, request))
        return Grant(
            grantee=grantee,
            decision=self._if_read(decision),
            ways=(*ways_of([asked], by_role), *ways_of([asked], by_bus)),
            denials=denials_of([asked], [*role.permissions, *named]),
        )

    def _allowed_by(self, role: Role) -> list[PolicyStatement]:
        """Return the statements by which a role may publish, as far as its own policies go."""
        asked = self._ask(Principal.of_role(role.arn))
        return [each for each in role.permissions if each.allows and applies(each, asked).answer is not False]

    def _with_role(self, role: Role, request: Request) -> Decision:
        decision = decide_access(
            request, identity=role.permissions, resource=self._statements, resource_account=self._account
        )
        return if_role_read(role, decision)

    def _if_read(self, decision: Decision) -> Decision:
        """Return *decision*, or that nobody can say where the policy of the bus was not read: it may deny anything."""
        unread = policy_not_read(self.topology, self.bus_arn)
        return decision if unread is None else Decision.unknown(unread)

    def _may_be_let_in(self, role: Role) -> bool:
        if same(role.account, self._account) is not False:
            return True
        return not decide(self._ask(Principal.of_role(role.arn)), self._statements).refuses

    def _only_carries(self, role: Role) -> bool:
        """Return whether a role brings events here for rules, and nobody but EventBridge may assume it."""
        carries = any(move.target.role_arn == role.arn for move in self.topology.moves_to(self.bus_arn))
        return carries and _is_for_rules(role)


def _described(role: Role) -> Grantee:
    grantee = Grantee.of_role(role.arn)
    return replace(grantee, name=f"{role.arn}, which only EventBridge may assume") if _is_for_rules(role) else grantee


def _is_for_rules(role: Role) -> bool:
    """Return whether nobody but EventBridge may assume a role."""
    return {grantee.name for each in role.trust if each.allows for grantee in grantees_of(each)} == {EVENTBRIDGE}
