"""What speaks to the emulator speaks to nothing else, whatever the machine is set to."""

from __future__ import annotations

import pytest

from cdk_eventbridge_patterns.local.session import AccountSession, session_environment

URL = "http://127.0.0.1:4566"


@pytest.fixture(autouse=True)
def real_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that could reach AWS."""
    for key, value in {
        "AWS_PROFILE": "production",
        "AWS_SESSION_TOKEN": "token",
        "AWS_ENDPOINT_URL_EVENTS": "https://events.eu-west-1.amazonaws.com",
        "HTTP_PROXY": "http://proxy",
    }.items():
        monkeypatch.setenv(key, value)


def test_a_client_has_the_account_for_a_key_and_the_emulator_for_an_endpoint() -> None:
    session = AccountSession(URL, "111111111111", "eu-west-1")

    client = session.client("events")

    assert client.meta.endpoint_url == URL
    assert client.meta.config.proxies == {}
    assert session.get_credentials().access_key == "111111111111"
    assert session.get_credentials().token is None


def test_an_environment_has_nothing_of_the_machines_credentials() -> None:
    environment = session_environment(URL, "111111111111", "eu-west-1")

    assert environment["AWS_ENDPOINT_URL"] == URL
    assert environment["AWS_ACCESS_KEY_ID"] == "111111111111"
    assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_EVENTS"} & set(environment)
