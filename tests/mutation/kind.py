"""One kind of fault, and the kinds there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.mutation.world import Mutant, World

Mutate = Callable[[World], Iterator[Mutant]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of fault.

    Args:
        name: The fault, in words.

        right: The families of checks that are right to find it.

        mutate: Returns a world with the fault, for each place where it can be.
    """

    name: str
    right: frozenset[str]
    mutate: Mutate


KINDS: list[Kind] = []


def kind(name: str, *right: str) -> Callable[[Mutate], Mutate]:
    """Declare the decorated function a kind of fault."""

    def declare(mutate: Mutate) -> Mutate:
        KINDS.append(Kind(name=name, right=frozenset(right), mutate=mutate))
        return mutate

    return declare
