"""One statement of a policy, as a template holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.text import lowered
from cdk_eventbridge_patterns.undecided import Undecided


class Effect(Enum):
    """What a statement does where it applies."""

    ALLOW = "Allow"
    DENY = "Deny"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One line of a statement's conditions: all values of one key under one operator.

    Args:
        operator: As written, such as `ForAllValues:StringEquals` or `ArnLike`.

        key: The condition key, in lower case: `events:source`.

        values: The values, any of which may hold. Undecided where the list itself is.
    """

    operator: str
    key: str
    values: tuple[str, ...] | Undecided


_WIDE = frozenset("*?«")


@dataclass(frozen=True, kw_only=True)
class PolicyStatement:
    """One statement.

    Texts may have parts that are known at deployment only (`topology/text.py`).

    Args:
        effect: Allow or Deny; nothing where that can't be read, so that it may be either.

        location: Where it is written.

        sid: Its id. Default: it has none.

        principals: Who is meant, by kind: `AWS`, `Service`, `Federated`, `CanonicalUser`; `*` alone is
            `{"AWS": ("*",)}`. Default: the statement is of an identity's policy and names none.

        not_principals: Who is left out. Default: not given.

        actions: The actions, as written. Default: not given.

        not_actions: The actions left out. Default: not given.

        resources: The resources, as written. Default: not given.

        not_resources: The resources left out. Default: not given.

        conditions: What must hold besides, all of it.

        conditional: Why nobody can say whether it counts at all: its policy may not be made, or be of something else.
            Default: it counts.

        undecided: Why its form can't be read, such as a list that a parameter gives. Default: all of it is read.

        written: The statement as it is in the template, resolved. Default: it was not read from one.
    """

    effect: Effect | None
    location: Location
    sid: str | None = None
    principals: Mapping[str, tuple[str, ...]] | None = None
    not_principals: Mapping[str, tuple[str, ...]] | None = None
    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    conditional: Undecided | None = None
    undecided: Undecided | None = None
    written: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def size(self) -> int:
        """Its length in characters, written without white space, as far as it is known."""
        return len(json.dumps(self.written, separators=(",", ":"), default=str))

    @cached_property
    def lower_actions(self) -> tuple[str, ...]:
        """The actions in lower case: IAM does not tell cases apart."""
        return tuple(map(lowered, self.actions))

    @cached_property
    def has_wide_actions(self) -> bool:
        """Whether its actions have wildcards, or parts that are not known."""
        return any(not _WIDE.isdisjoint(each) for each in self.actions)

    @property
    def allows(self) -> bool:
        """Whether it allows, as far as is known."""
        return self.effect is not Effect.DENY

    @property
    def denies(self) -> bool:
        """Whether it denies, as far as is known."""
        return self.effect is not Effect.ALLOW

    def values_of(self, key: str) -> tuple[str, ...]:
        """Return all values that a condition key is compared with, under whatever operator."""
        found = (each.values for each in self.conditions if each.key == key.lower())
        return tuple(value for values in found if not isinstance(values, Undecided) for value in values)
