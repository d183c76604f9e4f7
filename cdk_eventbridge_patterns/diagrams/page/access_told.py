"""Who may publish on a bus and who may put rules on it, in sentences."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.access.about_bus import policy_not_read
from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.carriers import Carrier, carriers_to
from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.access.grant import Grant, Way
from cdk_eventbridge_patterns.access.publishers import Publishers
from cdk_eventbridge_patterns.access.subscribers import RuleThere, Subscribers
from cdk_eventbridge_patterns.reports.answer_words import doings, listed, named
from cdk_eventbridge_patterns.topology.policy_statement import Effect
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided, in_a_word


def access_told(topology: Topology, bus_arn: str) -> dict[str, Any]:
    """Return what is to be said of a bus: `publish` and `subscribe`, `brought`, `there` and `notKnown`.

    `brought` are the rules of other buses that bring events, `there` the rules that are on it now.
    """
    publishers = Publishers(topology=topology, bus_arn=bus_arn)
    unread = policy_not_read(topology, bus_arn)
    told: dict[str, Any] = {
        "publish": [_grant(each) for each in publishers.grants],
        "brought": [_carrier(each) for each in carriers_to(topology, bus_arn, AskedEvent())],
        "notKnown": [
            *([] if unread is None else [f"whom the policy of the bus lets in: {unread.reason}"]),
            *(f"what policy {role.unread[0]} lets role {role.arn} do" for role in publishers.roles_not_read),
        ],
    }
    if ":event-bus/" in bus_arn:
        subscribers = Subscribers(topology=topology, bus_arn=bus_arn)
        told["subscribe"] = [_grant(each) for each in subscribers.grants]
        told["there"] = [_there(each) for each in subscribers.rules]
    return told


def _grant(grant: Grant) -> dict[str, Any]:
    return {
        "who": grant.grantee.name,
        **_decision(grant.decision),
        **({} if grant.provided is None else {"provided": grant.provided}),
        "ways": [] if grant.decision.refuses else [_way(each) for each in grant.ways],
        "denials": [_denial(each) for each in grant.denials],
    }


def _way(way: Way) -> dict[str, Any]:
    return {"does": listed(doings(way)), "by": named(way.statement), "heldTo": list(way.held_to)}


def _denial(way: Way) -> dict[str, Any]:
    perhaps = "" if way.statement.effect is Effect.DENY else "perhaps "
    says = f"{perhaps}denied to {', '.join(way.names)}"
    return {"does": says, "by": named(way.statement), "heldTo": list(way.held_to) or ["all of it"]}


def _carrier(carrier: Carrier) -> dict[str, Any]:
    rule, target = carrier.move.rule, carrier.move.target
    role = "without a role" if target.role_arn is None else f"by {target.role_arn}"
    decision = carrier.decision
    if decision.answer is True and isinstance(carrier.takes, Undecided):
        decision = Decision.unknown(carrier.takes)
    says = f"rule {rule.name} of bus {rule.bus_name} of account {rule.bus_account}, {role}"
    return {"says": says, "rule": rule.arn, **_decision(decision)}


def _there(there: RuleThere) -> dict[str, Any]:
    rule = there.rule
    off = ", switched off" if rule.enabled is False else ""
    return {"says": f"rule {rule.name} of account {rule.account}{off}", "rule": rule.arn, **_decision(there.decision)}


def _decision(decision: Decision) -> dict[str, str]:
    return {"answer": in_a_word(decision.answer), "reason": decision.reason}
