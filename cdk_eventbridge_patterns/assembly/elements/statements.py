"""Policy documents as statements."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.assembly.elements.values import many, said
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.policy_statement import Condition, Effect, PolicyStatement
from cdk_eventbridge_patterns.undecided import Undecided

_EFFECTS = {effect.value: effect for effect in Effect}


def statements(document: Any, location: Location) -> tuple[PolicyStatement, ...]:  # noqa: ANN401 - whatever it holds
    """Return the statements of a policy document, which may be JSON in text.

    What can't be read is a statement that is undecided: nobody can say what it allows.
    """
    if document is None:
        return ()
    if isinstance(document, str):
        try:
            document = json.loads(document)
        except (ValueError, RecursionError):
            return (_unread(Undecided(f"the policy is no JSON: {document[:80]!r}"), location),)
    if isinstance(document, Undecided):
        return (_unread(document, location),)
    if not isinstance(document, Mapping):
        return (_unread(Undecided("the policy is no object"), location),)
    path = f"{location.property_path}." if location.property_path else ""
    written = document.get("Statement")
    return tuple(
        statement(each, location.at(f"{path}Statement.{index}" if isinstance(written, list) else f"{path}Statement"))
        for index, each in enumerate(many(written))
    )


def made_if(conditional: Undecided | None, found: tuple[PolicyStatement, ...]) -> tuple[PolicyStatement, ...]:
    """Return statements of a resource of which nobody can say whether it is made."""
    return found if conditional is None else tuple(replace(each, conditional=conditional) for each in found)


def statement(written: Any, location: Location) -> PolicyStatement:  # noqa: ANN401
    """Return one statement, undecided where its form can't be read."""
    if isinstance(written, Undecided):
        return _unread(written, location)
    if not isinstance(written, Mapping):
        return _unread(Undecided("the statement is no object"), location)
    undecided = _first_undecided(written)
    effect = written.get("Effect")
    if undecided is None and effect not in ("Allow", "Deny"):
        undecided = Undecided(f"its effect is {effect!r}")
    return PolicyStatement(
        effect=_EFFECTS.get(effect) if isinstance(effect, str) else None,
        location=location,
        written=written,
        sid=None if written.get("Sid") is None else said(written["Sid"]),
        principals=_principals(written.get("Principal")),
        not_principals=_principals(written.get("NotPrincipal")),
        actions=_texts(written.get("Action")),
        not_actions=_texts(written.get("NotAction")),
        resources=_texts(written.get("Resource")),
        not_resources=_texts(written.get("NotResource")),
        conditions=tuple(_conditions(written.get("Condition"))),
        undecided=undecided,
    )


def _unread(reason: Undecided, location: Location) -> PolicyStatement:
    return PolicyStatement(effect=None, location=location, undecided=reason)


def _first_undecided(written: Mapping[str, Any]) -> Undecided | None:
    """Return why the form of a statement is not known; of a single value, its text says it."""
    principal = written.get("Principal")
    candidates = [
        *written.values(),
        *(principal.values() if isinstance(principal, Mapping) else ()),
        *(each for key in ("Action", "Resource") for each in many(written.get(key))),
        *(each for each in _operators(written.get("Condition"))),
    ]
    return next((each for each in candidates if isinstance(each, Undecided)), None)


def _operators(condition: Any) -> list[Any]:  # noqa: ANN401
    return list(condition.values()) if isinstance(condition, Mapping) else []


def _principals(principal: Any) -> Mapping[str, tuple[str, ...]] | None:  # noqa: ANN401
    if principal is None:
        return None
    if isinstance(principal, Mapping):
        return {kind: _texts(values) for kind, values in principal.items()}
    return {"AWS": _texts(principal)}


def _conditions(condition: Any) -> Iterator[Condition]:  # noqa: ANN401
    if not isinstance(condition, Mapping):
        return
    for operator, keys in condition.items():
        if not isinstance(keys, Mapping):
            continue
        for key, values in keys.items():
            yield Condition(
                operator=operator,
                key=key.lower(),
                values=values if isinstance(values, Undecided) else _texts(values),
            )


def _texts(values: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(said(each) for each in many(values))
