"""What all names of one kind look like."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.spelling import Spelling
from cdk_eventbridge_patterns.naming.words import is_service

_HASH_LENGTH = 8

# A service has one of them, which others know by heart. (The name of a stack has no character for the mark either.)
IN_FULL = frozenset(
    {
        ResourceKind.ARCHIVE,
        ResourceKind.BUS,
        ResourceKind.EVENT_SOURCE,
        ResourceKind.REGISTRY,
        ResourceKind.STACK,
        ResourceKind.V2_BUS,
    }
)


@dataclass(frozen=True)
class ResourceName:
    """A physical name taken apart again.

    Args:
        service: Whose it is.

        parts: What it is called behind the service. Empty where the name was shortened.

        shortened: Whether it was, to fit AWS's limit.
    """

    service: str
    parts: tuple[str, ...] = ()
    shortened: bool = False


@dataclass(frozen=True)
class NameForm:
    """Fixed text, the service, fixed text; then each part behind the double joint of the case."""

    kind: ResourceKind
    before: str
    after: str
    spelling: Spelling

    @property
    def joint(self) -> str:
        """What stands before each part."""
        return self.spelling.case.part_joint

    def write(self, service: str, *parts: str) -> str:
        """Return the name in full, however long."""
        head = f"{self.before}{self.spelling.write(service)}{self.after}"
        return self.extend(head, *parts)

    def extend(self, head: str, *parts: str) -> str:
        """Return *head* with *parts* behind it."""
        return self.joint.join((head, *map(self.spelling.write, parts)))

    def prefix(self, service: str, word: str | None = None) -> str:
        """Return what every name of *service* that has parts begins with; with *word*, if its first part begins so."""
        begin = "" if word is None else self.spelling.write(word) + self.spelling.case.word_joint
        return self.write(service) + self.joint + begin

    def read(self, name: str) -> ResourceName | None:
        """Take *name* apart, or return nothing if it is not of this form."""
        head, *parts = name.removeprefix(self.before).split(self.joint)
        if not name.startswith(self.before) or not head.endswith(self.after):
            return None
        service = self.spelling.read(head[: len(head) - len(self.after)])
        if service is None or not is_service(service):
            return None
        texts = tuple(map(self.spelling.read, parts))
        if None not in texts:
            return ResourceName(service, tuple(text for text in texts if text is not None))
        if None not in texts[:-1] and self._is_shortened(name, parts[-1]):
            return ResourceName(service, shortened=True)
        return None

    def shorten(self, name: str) -> str:
        """Return *name* with its end made a hash; the mark, which is in no part, tells it from a name in full."""
        digest = hashlib.sha256(name.encode()).hexdigest()[:_HASH_LENGTH]
        return f"{name[: self._readable].rstrip(self.joint)}{self.spelling.case.mark}{digest}"

    def can_shorten(self, prefix: str) -> bool:
        """Return whether a shortened name can hold *prefix* and something behind it."""
        return self.kind not in IN_FULL and len(prefix) < self._readable

    @property
    def _readable(self) -> int:
        return self.kind.longest - _HASH_LENGTH - 1

    def _is_shortened(self, name: str, last: str) -> bool:
        if self.kind in IN_FULL:
            return False
        mark = self.spelling.case.mark
        # What was cut ends in a word or in a joint, which was taken off.
        as_long = len(name) >= self.kind.longest - len(self.joint)
        return as_long and re.fullmatch(rf"[^{mark}]+{mark}[0-9a-f]{{{_HASH_LENGTH}}}", last) is not None
