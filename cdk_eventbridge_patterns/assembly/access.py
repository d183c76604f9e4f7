"""Who a resource policy lets in, as far as names go: others than the account of its own stack."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.assembly.intrinsics import text_of
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.topology.undecided import Undecided

_ACCOUNT = re.compile(r"(?:^|:)([0-9]{12})(?:$|:)")
_SAYS_WHO = {"aws:principalaccount", "aws:sourceaccount", "aws:principalarn", "aws:sourcearn"}

# What refers to the stack's own account, wherever it is deployed.
_OWN = ("Fn::GetAtt", "Fn::ImportValue")


def statements_of(document: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - whatever a template holds
    """Return the statements of a policy document, which may be JSON in text."""
    if isinstance(document, str):
        try:
            document = json.loads(document)
        except ValueError:
            return
    statements = document.get("Statement", []) if isinstance(document, dict) else []
    yield from (each for each in many(statements) if isinstance(each, dict))


def services_of(statement: Mapping[str, Any]) -> set[str]:
    """Return the AWS services that a statement allows."""
    principal = statement.get("Principal")
    services = many(principal.get("Service", [])) if isinstance(principal, dict) else []
    return {each for each in services if isinstance(each, str)} if _allows(statement) else set()


def lets_others_in(statement: Mapping[str, Any], template: Template) -> bool:
    """Return whether a statement allows another account, an organisation or everyone.

    A principal that is known at deployment only, such as a parameter, is taken for another account's: nobody writes a
    parameter for the own one. AWS services need no name.
    """
    if not _allows(statement):
        return False
    principal = statement.get("Principal")
    principals = many(principal.get("AWS", [])) if isinstance(principal, dict) else [principal]
    for each in principals:
        if each is None:
            continue
        if each == "*":
            if not _is_just_for_own_account(statement.get("Condition"), template):
                return True
        elif _is_other(each, template):
            return True
    return False


def _allows(statement: Mapping[str, Any]) -> bool:
    return statement.get("Effect") == "Allow"


def _is_just_for_own_account(condition: Any, template: Template) -> bool:  # noqa: ANN401
    """Return whether everyone means everyone of the own account."""
    operators = condition.values() if isinstance(condition, dict) else ()
    who = [
        value
        for keys in operators
        if isinstance(keys, dict)
        for key, values in keys.items()
        if key.lower() in _SAYS_WHO
        for value in many(values)
    ]
    return bool(who) and not any(_is_other(value, template) for value in who)


def _is_other(principal: Any, template: Template) -> bool:  # noqa: ANN401
    text = text_of(_with_own_account(principal, template), template)
    if text is None:
        return False
    if isinstance(text, Undecided):
        return True
    account = _ACCOUNT.search(text)
    return text == "*" or (account is not None and account[1] != template.account)


def _with_own_account(value: Any, template: Template) -> Any:  # noqa: ANN401
    """Return *value* with what is the own account's, or a resource in it, made nothing: it lets nobody else in."""
    if isinstance(value, list):
        return [_with_own_account(each, template) for each in value]
    if not isinstance(value, dict):
        return value
    if any(function in value for function in _OWN):
        return ""
    name = value.get("Ref")
    if name in template.resources or (isinstance(name, str) and name.startswith("AWS::")):
        return ""
    return {key: _with_own_account(each, template) for key, each in value.items()}


def many(value: Any) -> list[Any]:  # noqa: ANN401
    """Return one or many as many."""
    return value if isinstance(value, list) else [value]
