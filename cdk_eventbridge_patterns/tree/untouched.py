"""Leaving the tree as it was when something in a stack is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from constructs import Construct


@contextmanager
def untouched_on_error(scope: Construct, id: str) -> Iterator[None]:
    """Take the child *id* of *scope* out again if an error is raised.

    A stack has to be there before what stands in it can be checked; a refused one must not stay behind, half made, with
    its id taken.
    """
    try:
        yield
    except Exception:
        scope.node.try_remove_child(id)
        raise
