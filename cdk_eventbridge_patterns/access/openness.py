"""Whom a statement lets in, beyond those it names: everyone, an organisation, any rule of any account."""

from __future__ import annotations

from ipaddress import ip_network

from cdk_eventbridge_patterns.topology.policy_statement import Condition, PolicyStatement
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of

# Keys that say who asks, and operators that hold a request to the values.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
_WHO = {
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principalaccount",
    "aws:principalarn",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourcevpce",
    "aws:sourcevpc",
    "aws:sourceowner",
    "aws:sourceip",
    "aws:userid",
    "kms:calleraccount",
}

# What EventBridge binds to a bus, and to the log groups of an account: both name whose they are.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
# https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html
_CONTEXTS = {"kms:encryptioncontext:aws:events:event-bus:arn", "kms:encryptioncontext:sourcearn"}
_FOR_SERVICES = {"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths", *_CONTEXTS}
_HOLDS_TO = ("stringequals", "stringlike", "stringequalsignorecase", "arnequals", "arnlike", "ipaddress")

# Wider ranges of addresses count as everyone.
_NARROW = {4: 8, 6: 32}
_WILD = set("*?")


def names_everyone(statement: PolicyStatement) -> bool:
    """Return whether a statement allows everyone, if its conditions hold."""
    if not statement.allows:
        return False
    principals = statement.principals or {}
    return "*" in principals.get("AWS", ()) or "*" in principals.get("*", ()) or statement.not_principals is not None


def names_service(statement: PolicyStatement, service: str) -> bool:
    """Return whether a statement allows an AWS service, if its conditions hold."""
    return statement.allows and service in (statement.principals or {}).get("Service", ())


def is_public(statement: PolicyStatement) -> Answer:
    """Return whether a statement lets principals of any AWS account in.

    Conditions on what is asked, such as `events:source`, don't count: everyone can meet them. Neither do an
    organisation with a wildcard in it, and operators that hold where the key is absent.
    """
    if not statement.allows:
        return False
    everyone = True if statement.not_principals is not None else _may_be_everyone(statement)
    return all_of((everyone, _is_open(statement, _WHO), True if statement.undecided is None else statement.undecided))


def _may_be_everyone(statement: PolicyStatement) -> Answer:
    """Return whether a statement names everyone, or may: who an unread one names, and a parameter, nobody knows."""
    if statement.undecided is not None and statement.principals is None:
        return statement.undecided
    named = statement.principals or {}
    return any_of(same(each, "*") for kind in ("AWS", "*") for each in named.get(kind, ()))


def lets_any_source_in(statement: PolicyStatement) -> Answer:
    """Return whether a statement lets an AWS service in on behalf of whatever account asks it to: a confused deputy.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    return _is_open(statement, _FOR_SERVICES)


def _is_open(statement: PolicyStatement, keys: set[str]) -> Answer:
    """Return whether no condition on one of *keys* holds the statement to somebody."""
    undecided: Undecided | None = None
    for condition in statement.conditions:
        if condition.key in keys and _is_strict(condition):
            if isinstance(condition.values, Undecided):
                undecided = condition.values
            elif all(_is_somebody(condition.key, value) for value in condition.values):
                return False
    return True if undecided is None else undecided


def _is_strict(condition: Condition) -> bool:
    """Return whether an operator refuses a request that lacks the key, and holds others to the values."""
    quantifier, _, operator = condition.operator.lower().rpartition(":")
    return operator in _HOLDS_TO and quantifier != "forallvalues"


def _is_somebody(key: str, value: str) -> bool:
    """Return whether *value* names an account, an organisation or a resource of one, without a wildcard for it.

    A variable that is the principal's own names nobody.
    """
    if "${aws:principal" in value.lower():
        return False
    if key == "aws:sourceip":
        return _is_narrow(value)
    if key.endswith("arn") and value.count(":") >= 5:  # noqa: PLR2004 - the parts of an ARN
        account, resource = value.split(":", 5)[4:]
        return bool(account.strip("*?")) or (not account and "*" not in resource)
    named = value.split("/", maxsplit=1)[0] if key.endswith("orgpaths") else value
    return not _WILD & set(named)


def _is_narrow(addresses: str) -> bool:
    try:
        network = ip_network(addresses, strict=False)
    except ValueError:
        return True
    return network.prefixlen >= _NARROW[network.version]


def holds_to(statement: PolicyStatement, key: str) -> bool:
    """Return whether a statement holds requests to certain values of *key*, and refuses those that lack it.

    `ForAllValues` passes where the key is absent, unless `Null` refuses that.
    """
    conditions = [each for each in statement.conditions if each.key == key.lower()]
    never_absent = any(each.operator == "Null" and each.values == ("false",) for each in conditions)
    return any(_holds(each, never_absent=never_absent) for each in conditions)


def mentions(statement: PolicyStatement, key: str) -> bool:
    """Return whether a statement holds requests that have *key* to certain values of it."""
    values = [each.values for each in statement.conditions if each.key == key.lower() and each.operator != "Null"]
    return any(isinstance(each, Undecided) or "*" not in each for each in values)


def _holds(condition: Condition, *, never_absent: bool) -> bool:
    quantifier, _, operator = condition.operator.lower().rpartition(":")
    if operator.removesuffix("ifexists") not in _HOLDS_TO:
        return False
    if (quantifier == "forallvalues" or operator.endswith("ifexists")) and not never_absent:
        return False
    return isinstance(condition.values, Undecided) or "*" not in condition.values
