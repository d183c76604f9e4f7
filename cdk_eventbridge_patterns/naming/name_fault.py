"""What is wrong with a name, and the name that was expected."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind


@dataclass(frozen=True)
class NameFault:
    """A name that does not follow the convention.

    Args:
        kind: What is named.

        actual: The name it has.

        expected: The nearest name that follows the convention; `<service>` stands where the service can't be told.

        why: What is wrong, in words.
    """

    kind: ResourceKind
    actual: str
    expected: str
    why: str
