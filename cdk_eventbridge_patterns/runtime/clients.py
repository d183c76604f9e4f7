"""What is asked of the clients of boto3, which functions bring along; tests bring others."""

from __future__ import annotations

from typing import Any, Protocol


class EventsClient(Protocol):
    """boto3's client of EventBridge."""

    def put_events(self, **request: Any) -> Any:  # noqa: ANN401 - boto3 has no types
        """Send entries."""


class S3Client(Protocol):
    """boto3's client of S3."""

    def put_object(self, **request: Any) -> Any:  # noqa: ANN401 - as above
        """Store an object."""

    def get_object(self, **request: Any) -> Any:  # noqa: ANN401 - as above
        """Read an object."""


class Session(Protocol):
    """A session of boto3."""

    def client(self, service_name: str, *, region_name: str) -> Any:  # noqa: ANN401 - as above
        """Return a client in a Region."""


def new_client(service: str) -> Any:  # noqa: ANN401 - as above
    """Return a client of boto3 in the Region of the function."""
    import boto3  # noqa: PLC0415 - a function that is given its clients needs none

    return boto3.client(service)


def events_client() -> EventsClient:
    """Return a client that asks once: what is sent again is decided where entries are told apart."""
    import boto3  # noqa: PLC0415 - as above
    from botocore.config import Config  # noqa: PLC0415 - as above

    client: EventsClient = boto3.client("events", config=Config(retries={"total_max_attempts": 1}))
    return client


def error_code(error: Exception) -> str:
    """Return what AWS calls an error; of one that is not AWS's, its class."""
    response = getattr(error, "response", None)
    code = response.get("Error", {}).get("Code") if isinstance(response, dict) else None
    return str(code or type(error).__name__)
