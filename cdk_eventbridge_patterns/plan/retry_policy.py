"""How long EventBridge tries again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.checks import check_whole_number

_MOST_ATTEMPTS = 185
_OLDEST = 86_400
_YOUNGEST = 60


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """How often and how long a delivery that failed is tried again before it goes to the dead-letter queue.

    The defaults are EventBridge's own, written out so that they can be seen. Errors that trying again can't mend, such
    as a missing permission, are not retried at all.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html

    Args:
        maximum_attempts: 0 to 185. Default: 185.

        maximum_age_seconds: How old the event may become, 60 to 86,400 seconds. Default: a day.

    Raises:
        DeclarationError: If a value is out of that range.
    """

    maximum_attempts: int = _MOST_ATTEMPTS
    maximum_age_seconds: int = _OLDEST

    def __post_init__(self) -> None:
        """Refuse what the service would refuse."""
        check_whole_number(self.maximum_attempts, "maximum_attempts", 0, _MOST_ATTEMPTS, "attempts")
        check_whole_number(self.maximum_age_seconds, "maximum_age_seconds", _YOUNGEST, _OLDEST, "seconds")

    def to_property(self) -> dict[str, Any]:
        """Return the `RetryPolicy` of a target."""
        return {
            "MaximumRetryAttempts": self.maximum_attempts,
            "MaximumEventAgeInSeconds": self.maximum_age_seconds,
        }


def retry_policy(given: RetryPolicy | None) -> RetryPolicy:
    """Return the policy that was *given*, or EventBridge's own."""
    if given is None:
        return RetryPolicy()
    if not isinstance(given, RetryPolicy):
        msg = f"retry must be a RetryPolicy, such as RetryPolicy(maximum_attempts=3), got {given!r}"
        raise DeclarationError(msg)
    return given
