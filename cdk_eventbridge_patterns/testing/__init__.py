"""Helpers for the tests of teams that use this library, and for its own.

They are handed on when they are first asked for: pytest loads the plugin beside them at every start.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.testing.assertions import assert_no_findings, findings_in, topology_in

__all__ = ["assert_no_findings", "findings_in", "topology_in"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name in __all__:
        return getattr(import_module(f"{__name__}.assertions"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
