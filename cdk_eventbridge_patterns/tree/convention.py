"""How the naming convention reaches constructs: set once on an app, stage or stack, found from below."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

from constructs import IConstruct

from cdk_eventbridge_patterns.errors import NamingError, PlacementError
from cdk_eventbridge_patterns.naming.convention import NamingConvention

CONTEXT_KEY = "eventbridge-patterns:convention"

# The tree's own context carries a key, for a convention may be a subclass that no JSON can say; it is found by one call
# however deep the tree is, and the tree passes it on to children itself.
_CONVENTIONS: dict[str, NamingConvention] = {}

# Where one was set, it is known without a call. Below, only the tree knows.
_SET_AT: WeakKeyDictionary[IConstruct, NamingConvention] = WeakKeyDictionary()


def use_convention(scope: IConstruct, convention: NamingConvention) -> None:
    """Let all constructs below *scope* take their names from *convention*.

    Instead of calling this, an app may have the convention in its context (`cdk.json` or `--context`), under
    `eventbridge-patterns:convention`, with `organization`, `stage` and what else `NamingConvention` takes.

    Args:
        scope: An app, stage or stack that has no constructs in it yet.

        convention: The convention.

    Raises:
        PlacementError: If *scope* has children, which might have been named by another convention already.
    """
    _check_convention(convention)
    node = scope.node
    if node.children:
        msg = f"'{node.path or 'the app'}' has constructs already; set the convention before the first of them"
        raise PlacementError(msg)
    _set(scope, convention)


def begin_with_convention(scope: IConstruct, convention: NamingConvention, parent: IConstruct | None = None) -> None:
    """Let all constructs below *scope*, which was made just now, take their names from *convention*.

    As `use_convention`, but without the calls that ask for children; and without any where it was set at *parent*, of
    which *scope* is a child, by this function or the other.
    """
    _check_convention(convention)
    if parent is not None and _SET_AT.get(parent) is convention:
        _SET_AT[scope] = convention
    else:
        _set(scope, convention)


def _set(scope: IConstruct, convention: NamingConvention) -> None:
    key = str(uuid4())
    _CONVENTIONS[key] = convention
    scope.node.set_context(CONTEXT_KEY, key)
    _SET_AT[scope] = convention


def convention_of(scope: IConstruct, given: NamingConvention | None = None) -> NamingConvention:
    """Return the convention that was *given*, or the one that holds at *scope*.

    Raises:
        PlacementError: If none was set.
        NamingError: If the one given, or the one in the context, is not valid.
    """
    if given is not None:
        return _check_convention(given)
    if scope in _SET_AT:
        return _SET_AT[scope]
    value = scope.node.try_get_context(CONTEXT_KEY)
    if isinstance(value, str) and value in _CONVENTIONS:
        return _CONVENTIONS[value]
    if value is not None:
        return _from_context(value)
    msg = (
        f"no naming convention holds at '{scope.node.path or 'the app'}'; pass convention=, or call "
        "use_convention(app, NamingConvention(organization='acme', stage='prod')) before the first stack"
    )
    raise PlacementError(msg)


def _check_convention(value: NamingConvention) -> NamingConvention:
    if not isinstance(value, NamingConvention):
        msg = (
            "convention must be a NamingConvention, such as NamingConvention(organization='acme', stage='prod'), "
            f"got {value!r}"
        )
        raise NamingError(msg)
    return value


def _from_context(value: object) -> NamingConvention:
    try:
        # What `--context` gives is text.
        segments: Any = json.loads(value) if isinstance(value, str) else value
        return NamingConvention(**segments)
    except (TypeError, json.JSONDecodeError):
        known = ", ".join(each.name for each in fields(NamingConvention))
        msg = f"context {CONTEXT_KEY} must have organization and stage, of {known}, got {value!r}"
        raise NamingError(msg) from None
