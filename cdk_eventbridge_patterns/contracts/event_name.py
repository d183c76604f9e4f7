"""Which version of which event of whom."""

from __future__ import annotations

import re
from typing import NamedTuple

from cdk_eventbridge_patterns.errors import ContractError

_NAME = re.compile(r"([^/]+)/(.+)\.v([1-9][0-9]*)")


class EventName(NamedTuple):
    """What an event is called in declarations, whatever its source and detail-type: `orders/OrderPlaced.v1`."""

    service: str
    event: str
    version: int

    @classmethod
    def parse(cls, text: str) -> EventName:
        """Read back what `str` wrote.

        Raises:
            ContractError: If it is of another form.
        """
        match = _NAME.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            msg = f"event must be a service, an event and its version, such as 'orders/OrderPlaced.v1', got {text!r}"
            raise ContractError(msg)
        return cls(match[1], match[2], int(match[3]))

    @property
    def title(self) -> str:
        """The event and its version, for people: `OrderPlaced.v1`."""
        return f"{self.event}.v{self.version}"

    def __str__(self) -> str:
        return f"{self.service}/{self.title}"
