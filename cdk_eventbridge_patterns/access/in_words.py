"""What a policy statement holds requests to, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from cdk_eventbridge_patterns.access.actions import PUT_EVENTS, PUT_RULE, PUT_TARGETS
from cdk_eventbridge_patterns.access.conditions import Operator, operator_of
from cdk_eventbridge_patterns.topology.policy_statement import Condition, PolicyStatement
from cdk_eventbridge_patterns.topology.text import account_of
from cdk_eventbridge_patterns.undecided import Undecided

_SOURCE, _DETAIL_TYPE = "events:source", "events:detail-type"
_CREATOR, _TARGET = "events:creatoraccount", "events:targetarn"
_OWN_ACCOUNT = "${aws:PrincipalAccount}"
_OWN_BUSES = f":{_OWN_ACCOUNT}:event-bus/*"

# Which keys of EventBridge's own a request has; all others are absent.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html
_OF_EVENTS = (_SOURCE, _DETAIL_TYPE, "events:eventbusinvocation")
_OF_RULES = (_SOURCE, _DETAIL_TYPE, _CREATOR, "events:managedby", "events:detail.")
_OF_TARGETS = (_TARGET, _CREATOR, "events:managedby")
_KEYS_OF = {PUT_EVENTS: _OF_EVENTS, PUT_RULE: _OF_RULES, PUT_TARGETS: _OF_TARGETS}
_KEYS_OF_OTHERS = (_CREATOR, "events:managedby")


def held_to(statement: PolicyStatement, action: str) -> tuple[str, ...]:
    """Return what a statement that allows *action* holds it to: `only events of source com.acme.orders`.

    What it leaves open is said, too, where that matters: `any source`. A condition there are no words for stands as it
    is written, so that nothing is lost.
    """
    if statement.undecided is not None:
        return (f"what it says is not known: {statement.undecided.reason}",)
    perhaps = () if statement.conditional is None else (f"perhaps not: {statement.conditional.reason}",)
    held = (f"only {phrase}" for phrase in in_words(statement, action))
    return (*_left_open(statement, action), *held, *perhaps)


def in_words(statement: PolicyStatement, action: str) -> tuple[str, ...]:
    """Return what must hold for a statement about *action* to apply, each as `events of source com.acme.orders`."""
    phrases: list[str] = []
    conditions = sorted(statement.conditions, key=_place)
    for key, group in groupby(conditions, key=lambda each: each.key):
        of_key = list(group)
        if not _is_idle(key, of_key, action):
            phrases += _of_key(key, of_key, action)
    return (*phrases, *(() if action == PUT_EVENTS else _rule_names(statement)))


def _left_open(statement: PolicyStatement, action: str) -> Iterator[str]:
    """Return what a statement lets be anything, of all that EventBridge's own keys could hold it to."""
    if action in (PUT_EVENTS, PUT_RULE):
        opened = [key for key in (_SOURCE, _DETAIL_TYPE) if _leaves_open(statement, key, action)]
        if _SOURCE in opened:
            yield "any event" if _DETAIL_TYPE in opened else "any source"
    if action == PUT_RULE and not any(_rule_names(statement)):
        yield "rules of any name"
    if action == PUT_TARGETS and not any(each.key == _TARGET for each in statement.conditions):
        yield "any target"


def _leaves_open(statement: PolicyStatement, key: str, action: str) -> bool:
    """Return whether a statement lets every value of *key* pass, if only by a rule that does not ask for one.

    Such a rule matches any; an event always has the key.
    """
    conditions = [each for each in statement.conditions if each.key == key]
    others = [each for each in conditions if not _is_required(each)]
    may_be_absent = action == PUT_RULE and len(others) == len(conditions)
    return all(_passes_any(each) or (may_be_absent and _passes_absent(each)) for each in others)


def _passes_any(condition: Condition) -> bool:
    operator = operator_of(condition.operator)
    return operator.wild and not operator.negated and condition.values == ("*",)


def _passes_absent(condition: Condition) -> bool:
    return operator_of(condition.operator).passes_absent or (
        condition.operator.lower() == "null" and condition.values == ("true",)
    )


def _place(condition: Condition) -> tuple[int, str]:
    """Return where a condition is said: what tells events apart comes first, the source before the detail-type."""
    first = (_SOURCE, _DETAIL_TYPE, _TARGET)
    return first.index(condition.key) if condition.key in first else len(first), condition.key


def _is_idle(key: str, conditions: Sequence[Condition], action: str) -> bool:
    """Return whether conditions on a key say nothing, since a request for *action* lacks it and they pass then."""
    if not key.startswith("events:") or key.startswith(_KEYS_OF.get(action, _KEYS_OF_OTHERS)):
        return False
    return all(map(_passes_absent, conditions))


def _of_key(key: str, conditions: Sequence[Condition], action: str) -> list[str]:
    """Return what conditions on one key say; each as it is written where there are no words for them together."""
    required = [each for each in conditions if _is_required(each)]
    others = [each for each in conditions if each not in required]
    if not others:
        return [_having(key, action) or _as_written(each) for each in required]
    if len(others) > 1:
        return [_as_written(each) for each in conditions]
    (condition,) = others
    phrase = _phrase(condition, action, required=bool(required))
    return [_as_written(each) for each in conditions] if phrase is None else [phrase]


def _is_required(condition: Condition) -> bool:
    return condition.operator.lower() == "null" and condition.values == ("false",)


def _having(key: str, action: str) -> str | None:
    fields = {_SOURCE: "source", _DETAIL_TYPE: "detail-type"}
    if key not in fields or action != PUT_RULE:
        return None
    return f"rules that ask for a {fields[key]}"


def _phrase(condition: Condition, action: str, *, required: bool) -> str | None:
    """Return one condition in words, nothing where there are none."""
    if isinstance(condition.values, Undecided):
        return None
    operator = operator_of(condition.operator)
    absent = operator.passes_absent and not required
    if condition.key in (_SOURCE, _DETAIL_TYPE):
        return _of_event(condition.key, condition.values, operator, action, absent=absent)
    if operator.negated or operator.quantifier == "foranyvalue":
        return None
    if condition.key == _CREATOR:
        return _of_creator(condition.values, absent=absent)
    return None if absent else _of_others(condition.key, condition.values)


def _of_event(key: str, values: tuple[str, ...], operator: Operator, action: str, *, absent: bool) -> str | None:
    name = key.removeprefix("events:")
    if operator.quantifier == "foranyvalue" or not (operator.name.endswith(("equals", "like"))):
        return None
    wild = operator.wild and any(set("*?") & set(each) for each in values)
    what = f"a {name} like" if wild else name
    if action == PUT_EVENTS:
        return f"events of {f'another {name} than' if operator.negated else what} {_either(values)}"
    if action != PUT_RULE or operator.negated:
        return None
    several = len(values) > 1 and operator.quantifier == "forallvalues"
    asking = f"rules for {what} {_either(values)}{', or several of them' if several else ''}"
    return f"{asking}, and rules that ask for no {name}" if absent else asking


def _of_creator(values: tuple[str, ...], *, absent: bool) -> str:
    others = [f"account {each}" for each in values if each != _OWN_ACCOUNT]
    whose = _either((*(("its own account",) if _OWN_ACCOUNT in values else ()), *others))
    return f"rules of {whose}{', or whose creator is not said' if absent else ''}"


def _of_others(key: str, values: tuple[str, ...]) -> str | None:
    either = _either(values)
    if key == _TARGET:
        return f"to {_either([_target(each) for each in values])}"
    if key == "events:eventbusinvocation" and values in (("true",), ("false",)):
        return "what rules deliver" if values == ("true",) else "what is published, not what rules deliver"
    return {
        "aws:principalorgid": f"accounts of organisation {either}",
        "aws:principalaccount": f"account {either}",
        "aws:principalarn": f"the principal {either}",
        "aws:sourceaccount": f"on behalf of account {either}",
        "aws:sourcearn": f"on behalf of {either}",
    }.get(key)


def _target(arn: str) -> str:
    if arn.endswith(_OWN_BUSES):
        return "buses of its own account"
    _, is_bus, name = arn.partition(":event-bus/")
    if not is_bus:
        return arn
    return f"buses of account {account_of(arn)}" if name == "*" else f"bus {name} of account {account_of(arn)}"


def _rule_names(statement: PolicyStatement) -> Iterator[str]:
    """Return how the rules must be called that a statement is about, nothing where that is not held to anything."""
    if statement.not_resources:
        yield f"what is not {_either(statement.not_resources)}"
    names = [_rule_name(each) for each in statement.resources if ":event-bus" not in each]
    if names and "*" not in names:
        yield f"rules {_either([_called(each) for each in names])}"


def _rule_name(resource: str) -> str:
    """Return the name in the ARN of a rule: after `rule/` and, but for the default bus, the name of the bus."""
    return resource.split(":", 5)[-1].removeprefix("rule/").rpartition("/")[2]


def _called(name: str) -> str:
    if not set("*?") & set(name):
        return f"named {name}"
    return (
        f"named like {name}"
        if set("*?") & set(name[:-1]) or name.endswith("?")
        else f"whose name begins with {name[:-1]}"
    )


def _as_written(condition: Condition) -> str:
    values = condition.values
    said = f"known at deployment only: {values.reason}" if isinstance(values, Undecided) else _either(values)
    return f"where {condition.operator} {condition.key} is {said}"


def _either(values: Sequence[str]) -> str:
    *others, last = values or ("nothing",)
    return f"{', '.join(others)} or {last}" if others else last
