"""How the pages of a catalogue are written, and how they lead to each other."""

from __future__ import annotations

from abc import ABC, abstractmethod

from cdk_eventbridge_patterns.catalog.entries import EventEntry
from cdk_eventbridge_patterns.catalog.participant import Participant
from cdk_eventbridge_patterns.reports.markdown import escaped


class Markup(ABC):
    """Text and links, as the pages of one format have them. Names may be of any characters."""

    def text(self, text: str) -> str:
        """Return *text* as it is, no sign of it read as markup."""
        return escaped(text)

    def code(self, text: str) -> str:
        """Return *text* as code."""
        return self.text(text) if set("`|\n\r") & set(text) or not text.strip() else f"`{text}`"

    @abstractmethod
    def service(self, participant: Participant) -> str:
        """Return a link to the page of a participant."""

    @abstractmethod
    def event(self, event: EventEntry) -> str:
        """Return a link to the page of an event."""

    @abstractmethod
    def bus(self, arn: str) -> str:
        """Return a link to the page of a bus, or what it is called where buses have none."""
