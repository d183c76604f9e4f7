"""How the naming convention reaches constructs: set once on an app, stage or stack, found from below."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from constructs import IConstruct

from cdk_eventbridge_patterns.errors import NamingError, PlacementError
from cdk_eventbridge_patterns.naming.convention import NamingConvention

CONTEXT_KEY = "eventbridge-patterns:convention"

# The tree's own context carries a key, for a convention may be a subclass that no JSON can say; it is found by one call
# however deep the tree is, and the tree passes it on to children itself.
_CONVENTIONS: dict[str, NamingConvention] = {}


def use_convention(scope: IConstruct, convention: NamingConvention) -> None:
    """Let all constructs below *scope* take their names from *convention*.

    Instead of calling this, an app may have the convention in its context (`cdk.json` or `--context`), under
    `eventbridge-patterns:convention`, with `organization`, `stage` and, if wanted, `domain`.

    Args:
        scope: An app, stage or stack that has no constructs in it yet.

        convention: The convention.

    Raises:
        PlacementError: If *scope* has children, which might have been named by another convention already.
    """
    if not isinstance(convention, NamingConvention):
        msg = f"convention must be a NamingConvention, got {convention!r}"
        raise NamingError(msg)
    node = scope.node
    if node.children:
        msg = f"'{node.path or 'the app'}' has constructs already; set the convention before the first of them"
        raise PlacementError(msg)
    key = str(uuid4())
    _CONVENTIONS[key] = convention
    node.set_context(CONTEXT_KEY, key)


def convention_of(scope: IConstruct) -> NamingConvention:
    """Return the convention that holds at *scope*.

    Raises:
        PlacementError: If none was set.
        NamingError: If the one in the context is not valid.
    """
    value = scope.node.try_get_context(CONTEXT_KEY)
    if isinstance(value, str) and value in _CONVENTIONS:
        return _CONVENTIONS[value]
    if isinstance(value, Mapping):
        return _from_context(value)
    msg = (
        f"no naming convention holds at '{scope.node.path or 'the app'}'; pass convention=, or call "
        "use_convention(app, NamingConvention(organization='acme', stage='prod')) before the first stack"
    )
    raise PlacementError(msg)


def _from_context(value: Mapping[str, str]) -> NamingConvention:
    try:
        return NamingConvention(**value)
    except TypeError:
        msg = f"context {CONTEXT_KEY} must have organization, stage and, if wanted, domain, got {sorted(value)}"
        raise NamingError(msg) from None
