"""Helpers for the tests of teams that use this library, and for its own.

They are handed on when they are first asked for: pytest loads the plugin beside them at every start.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.testing.assertions import assert_no_findings, findings_in, topology_in
    from cdk_eventbridge_patterns.testing.deliveries import assert_delivers, assert_not_delivered, trace_in

_MODULES = {
    "assert_delivers": "deliveries",
    "assert_no_findings": "assertions",
    "assert_not_delivered": "deliveries",
    "findings_in": "assertions",
    "topology_in": "assertions",
    "trace_in": "deliveries",
}

__all__ = [
    "assert_delivers",
    "assert_no_findings",
    "assert_not_delivered",
    "findings_in",
    "topology_in",
    "trace_in",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
