"""All checks there are: a check is in its family's folder, and needs no entry anywhere."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from cdk_eventbridge_patterns.checks.check import Check, TopologyCheck

_PACKAGE = __name__.rpartition(".")[0]


@cache
def all_checks() -> tuple[type[Check], ...]:
    """Return all checks, in the order of their ids."""
    found = {check.id: check for family in _families() for check in _checks_in(family)}
    return tuple(found[id] for id in sorted(found))


@cache
def topology_checks() -> tuple[TopologyCheck, ...]:
    """Return those that judge a topology, each made once: a check has no state."""
    return tuple(check() for check in all_checks() if issubclass(check, TopologyCheck))


def find(id: str) -> type[Check] | None:
    """Return the check with this id, nothing where there is none."""
    return next((check for check in all_checks() if check.id == id.upper()), None)


def family_of(check: type[Check]) -> str:
    """Return the family of a check: the folder it is in; that of a team's own check is its module."""
    inside = check.__module__.removeprefix(f"{_PACKAGE}.")
    return "own" if inside == check.__module__ else inside.split(".")[0]


def _families() -> Iterator[str]:
    modules = pkgutil.iter_modules(import_module(_PACKAGE).__path__)
    return (f"{_PACKAGE}.{module.name}" for module in modules if module.ispkg)


def _checks_in(family: str) -> Iterator[type[Check]]:
    for module in pkgutil.iter_modules(import_module(family).__path__):
        for _, each in inspect.getmembers(import_module(f"{family}.{module.name}"), inspect.isclass):
            if issubclass(each, Check) and each.__module__ == f"{family}.{module.name}" and hasattr(each, "id"):
                yield each
