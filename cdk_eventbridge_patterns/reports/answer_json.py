"""Answers to questions of access as JSON: one form, which stays as it is within a version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.carriers import Carrier
from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.access.grant import Grant, Way
from cdk_eventbridge_patterns.access.subscribers import RuleThere
from cdk_eventbridge_patterns.reports.json_report import location_entry
from cdk_eventbridge_patterns.topology.policy_statement import Condition
from cdk_eventbridge_patterns.undecided import Undecided, in_a_word

VERSION = 1


def answer_json(
    question: str, bus_arn: str, event: AskedEvent, grants: Iterable[Grant], others: Mapping[str, Any]
) -> str:
    """Return the answer to *question* as a JSON object.

    It has `version`, which changes with the form, `question`, `bus`, `source` and `detailType` (null where any is
    meant), `grants`, and what is particular to the question.

    Each grant has `who`, `kind` (`account`, `role`, `service`, `everyone` or `unknown`), `answer` (`yes`, `no` or
    `undecided`), `reason`, `provided` (what else it takes, or null), and its statements as `ways` and `denials`: each
    with `sid`, `effect`, `actions`, `names`, `heldTo` (in words), `conditions` (as written; `values` is text where it
    says why they are not known) and `location`.
    """
    document = {
        "version": VERSION,
        "question": question,
        "bus": bus_arn,
        "source": event.source,
        "detailType": event.detail_type,
        "grants": [_grant(each) for each in grants],
        **others,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def carrier_entry(carrier: Carrier) -> dict[str, Any]:
    """Return a rule that brings events: `rule`, `fromBus`, `role`, `takesIt` and its answer."""
    rule, target = carrier.move.rule, carrier.move.target
    return {
        "rule": rule.arn,
        "fromBus": rule.bus_arn,
        "role": target.role_arn,
        "takesIt": in_a_word(carrier.takes),
        **_decision(carrier.decision),
        "location": location_entry(target.location),
    }


def rule_entry(there: RuleThere) -> dict[str, Any]:
    """Return a rule on the bus: `rule`, `account` and its answer."""
    rule = there.rule
    return {
        "rule": rule.arn,
        "account": rule.account,
        **_decision(there.decision),
        "location": location_entry(rule.location),
    }


def _grant(grant: Grant) -> dict[str, Any]:
    return {
        "who": grant.grantee.name,
        "kind": grant.grantee.kind.value,
        **_decision(grant.decision),
        "provided": grant.provided,
        "ways": [_way(each) for each in grant.ways],
        "denials": [_way(each) for each in grant.denials],
    }


def _way(way: Way) -> dict[str, Any]:
    statement = way.statement
    return {
        "sid": statement.sid,
        "effect": None if statement.effect is None else statement.effect.value,
        "actions": list(way.actions),
        "names": list(way.names),
        "heldTo": list(way.held_to),
        "conditions": [_condition(each) for each in statement.conditions],
        "location": location_entry(statement.location),
    }


def _condition(condition: Condition) -> dict[str, Any]:
    values = condition.values
    return {
        "operator": condition.operator,
        "key": condition.key,
        "values": values.reason if isinstance(values, Undecided) else list(values),
    }


def _decision(decision: Decision) -> dict[str, str]:
    return {"answer": in_a_word(decision.answer), "reason": decision.reason}
