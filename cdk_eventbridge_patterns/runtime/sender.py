"""Sends events, and again those that EventBridge did not take for reasons that pass."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from random import SystemRandom
from typing import Any

from cdk_eventbridge_patterns.errors import PublishError
from cdk_eventbridge_patterns.runtime.clients import EventsClient, error_code
from cdk_eventbridge_patterns.runtime.outgoing_event import OutgoingEvent, batches
from cdk_eventbridge_patterns.runtime.publish_report import PublishReport, SentEvent, UnsentEvent

# Of an entry: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
# Of a call: https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html
_PASSING = frozenset(
    {
        "InternalException", "InternalFailure", "RequestExpired", "RequestThrottledException", "ServiceUnavailable",
        "Throttling", "ThrottlingException", "TooManyRequestsException",
    }
)  # fmt: skip
_SERVER_ERROR = 500

_RANDOM = SystemRandom()


@dataclass(frozen=True, kw_only=True)
class Retries:
    """How often an entry is sent that fails for a reason that passes, and how long to wait before.

    The wait is drawn between nothing and a bound, which doubles from one attempt to the next.
    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/

    Args:
        attempts: How often it is sent at most. Default: five times.

        first_seconds: The bound of the first wait. Default: 0.1 seconds.

        longest_seconds: What the bound does not grow beyond. Default: five seconds.

    Raises:
        PublishError: If it would never be sent, or wait a negative time.
    """

    attempts: int = 5
    first_seconds: float = 0.1
    longest_seconds: float = 5.0

    def __post_init__(self) -> None:
        """Refuse what would send nothing."""
        if self.attempts < 1 or self.first_seconds < 0 or self.longest_seconds < 0:
            msg = f"retries must be at least one attempt and no negative time, such as Retries(), got {self!r}"
            raise PublishError(msg)

    def longest_wait(self, attempts: int) -> float:
        """Return the bound of the wait after so many *attempts*."""
        return min(self.longest_seconds, self.first_seconds * 2.0 ** (attempts - 1))


@dataclass(frozen=True, kw_only=True)
class _Answer:
    event_id: str | None = None
    code: str = ""
    message: str = ""
    passes: bool = False


class Sender:
    """Sends events to the bus that their entries name.

    Args:
        client: The client of EventBridge.

        endpoint_id: The global endpoint to send through. Default: none.

        retries: How often what fails is sent again.

        sleep: Waits so many seconds.

        random: A number from 0 to below 1.
    """

    def __init__(
        self,
        client: EventsClient,
        *,
        endpoint_id: str | None = None,
        retries: Retries,
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = _RANDOM.random,
    ) -> None:
        self._client = client
        self._endpoint = {} if endpoint_id is None else {"EndpointId": endpoint_id}
        self._retries = retries
        self._sleep = sleep
        self._random = random

    def send(self, events: Iterable[OutgoingEvent]) -> PublishReport:
        """Send *events* and return what became of each."""
        outcomes = [outcome for batch in batches(events) for outcome in self._send_batch(batch)]
        return PublishReport(
            sent=tuple(each for each in outcomes if isinstance(each, SentEvent)),
            unsent=tuple(each for each in outcomes if isinstance(each, UnsentEvent)),
        )

    def _send_batch(self, batch: Sequence[OutgoingEvent]) -> list[SentEvent | UnsentEvent]:
        outcomes: dict[int, SentEvent | UnsentEvent] = {}
        waiting = list(range(len(batch)))
        attempt = 0
        while waiting:
            attempt += 1
            answers = self._call([batch[index] for index in waiting])
            again = []
            for index, answer in zip(waiting, answers, strict=True):
                if answer.passes and attempt < self._retries.attempts:
                    again.append(index)
                else:
                    outcomes[index] = _outcome(batch[index], answer, attempt)
            waiting = again
            if waiting:
                self._sleep(self._random() * self._retries.longest_wait(attempt))
        return [outcomes[index] for index in range(len(batch))]

    def _call(self, events: Sequence[OutgoingEvent]) -> list[_Answer]:
        """Return the answer for each event; a call that fails as a whole fails for each."""
        try:
            response = self._client.put_events(Entries=[dict(event.entry) for event in events], **self._endpoint)
        except Exception as error:  # noqa: BLE001 - whatever it is, the events of this call and of others are told
            return [_failed(error)] * len(events)
        results = response.get("Entries", ())[: len(events)]
        return [_answered(result or {}) for _, result in zip_longest(events, results)]


def _outcome(event: OutgoingEvent, answer: _Answer, attempts: int) -> SentEvent | UnsentEvent:
    if answer.event_id is not None:
        return SentEvent(event=event, event_id=answer.event_id)
    return UnsentEvent(event=event, code=answer.code, message=answer.message, attempts=attempts)


def _answered(result: Any) -> _Answer:  # noqa: ANN401 - boto3 has no types
    if "EventId" in result:
        return _Answer(event_id=result["EventId"])
    code = result.get("ErrorCode", "NoAnswer")
    return _Answer(code=code, message=result.get("ErrorMessage", ""), passes=code in _PASSING)


def _failed(error: Exception) -> _Answer:
    from botocore import exceptions  # noqa: PLC0415 - a client that fails so has loaded it

    code = error_code(error)
    response = getattr(error, "response", None)
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) if isinstance(response, dict) else 0
    # A call that ended without an answer may have been taken: an event may then come twice, which is what idempotency
    # keys are for.
    is_cut_off = isinstance(error, (exceptions.HTTPClientError, exceptions.ConnectionError))
    return _Answer(code=code, message=str(error), passes=code in _PASSING or status >= _SERVER_ERROR or is_cut_off)
