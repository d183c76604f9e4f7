"""Credentials of an account in the emulator, kept apart from all that this machine knows of AWS."""

from __future__ import annotations

import os
from typing import Any

import boto3
from botocore.config import Config
from botocore.session import Session

_NOTHING = (None, None, os.devnull, None)

# The access key of an account is its id; the secret is not looked at.
_SECRET = "local"  # noqa: S105

# An answer comes at once or never, and no proxy knows the loopback interface.
_CONFIG = Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}, proxies={})


class AccountSession(boto3.Session):  # type: ignore[misc]  # boto3 has no types
    """A boto3 session whose clients and resources speak to the emulator."""

    def __init__(self, url: str, account: str, region: str) -> None:
        files = {"config_file": _NOTHING, "credentials_file": _NOTHING, "profile": (None, None, None, None)}
        super().__init__(
            aws_access_key_id=account,
            aws_secret_access_key=_SECRET,
            region_name=region,
            botocore_session=Session(session_vars=files),
        )
        self.account = account
        self._url = url

    def client(self, service_name: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - boto3's
        """Return a client of a service, as boto3 does."""
        return super().client(service_name, *arguments, **{**self._defaults(), **options})

    def resource(self, service_name: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - boto3's
        """Return a resource of a service, as boto3 does."""
        return super().resource(service_name, *arguments, **{**self._defaults(), **options})

    def _defaults(self) -> dict[str, Any]:
        return {"endpoint_url": self._url, "config": _CONFIG}


def session_environment(url: str, account: str, region: str) -> dict[str, str]:
    """Return an environment for programs: this one, with all that it says of AWS replaced."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "CDK_DEFAULT_"))}
    return {
        **kept,
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": _SECRET,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ENDPOINT_URL": url,
        "AWS_ENDPOINT_URL_S3": url,  # a number, and no name that a bucket could be put before
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    }
