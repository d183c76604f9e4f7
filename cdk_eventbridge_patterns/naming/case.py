"""How words are written in a physical name, and read back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import is_word

_PASCAL_WORD = re.compile(r"[A-Z][a-z0-9]*")


class Case(Enum):
    """What joins the words of a name, what joins its parts, and what marks a name that was shortened.

    Two joints of words never stand together and the mark is in no word, so a name can be taken apart again.
    """

    KEBAB = "kebab"
    """`order-history--order-placed`"""

    SNAKE = "snake"
    """`order_history__order_placed`"""

    PASCAL = "pascal"
    """`OrderHistory--OrderPlaced`"""

    @property
    def word_joint(self) -> str:
        """What stands between two words."""
        if self is Case.KEBAB:
            return "-"
        return "_" if self is Case.SNAKE else ""

    @property
    def part_joint(self) -> str:
        """What stands before each part."""
        return "__" if self is Case.SNAKE else "--"

    @property
    def mark(self) -> str:
        """What stands before the hash of a shortened name."""
        return "-" if self is Case.SNAKE else "_"

    def for_kind(self, kind: ResourceKind) -> Case:
        """Return this case, or KEBAB where names of *kind* can't hold its joints."""
        return self if all(map(kind.allows, self.part_joint)) else Case.KEBAB

    def join(self, words: Sequence[str]) -> str:
        """Return lower-case words as this case writes them.

        Raises:
            NamingError: If a word begins with a digit, which has no capital to be known by.
        """
        if self is not Case.PASCAL:
            return self.word_joint.join(words)
        for word in words:
            if word[0].isdigit():
                msg = (
                    f"a word must not begin with a digit under PASCAL, such as 'order2' for 'order-2', got {word!r} "
                    f"in {'-'.join(words)!r}, which could not be parsed back"
                )
                raise NamingError(msg)
        return "".join(map(str.capitalize, words))

    def split(self, text: str) -> list[str]:
        """Return the words that this case wrote as *text*; none if it did not."""
        if self is Case.PASCAL:
            words = _PASCAL_WORD.findall(text)
            return [word.lower() for word in words] if "".join(words) == text else []
        words = text.split(self.word_joint)
        return words if all(map(is_word, words)) else []
