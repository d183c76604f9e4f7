"""What became of the events that were to be sent."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.errors import PublishError
from cdk_eventbridge_patterns.runtime.outgoing_event import OutgoingEvent

_MOST_TOLD = 3


@dataclass(frozen=True, kw_only=True)
class SentEvent:
    """An event that the bus accepted, and the id EventBridge gave it, which readers of another bus will not see."""

    event: OutgoingEvent
    event_id: str


@dataclass(frozen=True, kw_only=True)
class UnsentEvent:
    """An event that was not accepted, or of which nobody knows: the last code and message, after how many attempts."""

    event: OutgoingEvent
    code: str
    message: str
    attempts: int


@dataclass(frozen=True, kw_only=True)
class PublishReport:
    """What became of each event, in the order they were given."""

    sent: tuple[SentEvent, ...] = ()
    unsent: tuple[UnsentEvent, ...] = ()

    def raise_if_any_failed(self) -> PublishReport:
        """Return the report if all were sent.

        Raises:
            EventsNotSentError: If one was not; it has the report.
        """
        if self.unsent:
            raise EventsNotSentError(self)
        return self


class EventsNotSentError(PublishError):
    """Events were not sent; `report` says which, and which were."""

    def __init__(self, report: PublishReport) -> None:
        self.report = report
        told = [
            f"{each.event.contract.name} {each.event.id or 'without id'}: {each.code} {each.message} "
            f"(after {each.attempts} attempts)"
            for each in report.unsent[:_MOST_TOLD]
        ]
        more = len(report.unsent) - len(told)
        total = len(report.sent) + len(report.unsent)
        rest = f"; and {more} more" if more else ""
        super().__init__(f"{len(report.unsent)} of {total} events were not sent: {'; '.join(told)}{rest}")

    def __reduce__(self) -> tuple[type[EventsNotSentError], tuple[PublishReport]]:
        return type(self), (self.report,)
