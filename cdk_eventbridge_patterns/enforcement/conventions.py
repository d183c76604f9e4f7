"""Which convention holds for which stack, found by the stacks' paths."""

from __future__ import annotations

from collections.abc import Mapping

from constructs import IConstruct, Node

from cdk_eventbridge_patterns.errors import NamingError, PlacementError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.tree.convention import convention_of

GivenConvention = NamingConvention | Mapping[str, NamingConvention] | None


def check_given(convention: GivenConvention) -> GivenConvention:
    """Return *convention* if it is one, or one for each path.

    Raises:
        NamingError: If it is not.
    """
    each = list(convention.values()) if isinstance(convention, Mapping) else [convention]
    if convention is not None and not all(isinstance(value, NamingConvention) for value in each):
        msg = (
            "convention must be a NamingConvention, or one for each path, such as "
            f"{{'Test': acme_test, 'Prod': acme_prod}}, got {convention!r}"
        )
        raise NamingError(msg)
    return convention


class Conventions:
    """The convention at each path of an app: as given, or the one that holds in the tree.

    A path costs three calls over the jsii bridge where the tree is asked, and none where the convention is given.
    """

    def __init__(self, app: IConstruct, given: GivenConvention) -> None:
        self._given = given
        self._scopes: dict[str, IConstruct] = {"": app}
        self._nodes: dict[str, Node] = {}
        self._found: dict[str, NamingConvention] = {}

    def at(self, path: str) -> NamingConvention:
        """Return the convention for the stack at *path*.

        Raises:
            PlacementError: If there is none.
        """
        if isinstance(self._given, NamingConvention):
            return self._given
        if path not in self._found:
            self._found[path] = convention_of(self._scope(path)) if self._given is None else _nearest(path, self._given)
        return self._found[path]

    def _scope(self, path: str) -> IConstruct:
        """Return the construct at *path*, or the nearest above it."""
        if path not in self._scopes:
            above, _, id = path.rpartition("/")
            parent = self._scope(above)
            if above not in self._nodes:
                self._nodes[above] = parent.node
            self._scopes[path] = self._nodes[above].try_find_child(id) or parent
        return self._scopes[path]


def _nearest(path: str, conventions: Mapping[str, NamingConvention]) -> NamingConvention:
    """Return the convention that is given for *path*, or for the nearest path above it."""
    at = path
    while at not in conventions:
        if not at:
            msg = f"no convention is given for '{path}', only for {sorted(conventions)}; add it, or '' for all others"
            raise PlacementError(msg)
        at = at.rpartition("/")[0]
    return conventions[at]
