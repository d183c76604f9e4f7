from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan import RetryPolicy
from cdk_eventbridge_patterns.plan.retry_policy import retry_policy


def test_the_defaults_are_eventbridges_own_written_out() -> None:
    assert RetryPolicy().to_property() == {"MaximumRetryAttempts": 185, "MaximumEventAgeInSeconds": 86_400}


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 60), (185, 86_400)])
def test_the_bounds_themselves_are_allowed(attempts: int, seconds: int) -> None:
    policy = RetryPolicy(maximum_attempts=attempts, maximum_age_seconds=seconds)

    assert policy.to_property() == {"MaximumRetryAttempts": attempts, "MaximumEventAgeInSeconds": seconds}


@pytest.mark.parametrize("attempts", [-1, 186, True, 1.5, "3"])
def test_attempts_must_be_a_whole_number_in_range(attempts: int) -> None:
    with pytest.raises(DeclarationError, match="maximum_attempts must be 0 to 185 attempts, got"):
        RetryPolicy(maximum_attempts=attempts)


@pytest.mark.parametrize("seconds", [59, 86_401])
def test_the_age_must_be_in_range(seconds: int) -> None:
    with pytest.raises(DeclarationError, match="maximum_age_seconds must be 60 to 86400 seconds, got"):
        RetryPolicy(maximum_age_seconds=seconds)


def test_only_nothing_stands_for_the_default() -> None:
    assert retry_policy(None) == RetryPolicy()
    with pytest.raises(DeclarationError, match="retry must be a RetryPolicy, such as"):
        retry_policy(0)  # type: ignore[arg-type]
