"""AWS without a network: a KMS that really encrypts, behind boto3's own client; a bus and buckets that remember."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Collection, Mapping
from typing import Any

import boto3
from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

REGION = "eu-west-1"
ORDERS_KEY = f"arn:aws:kms:{REGION}:111111111111:key/11111111-1111-1111-1111-111111111111"
BILLING_KEY = f"arn:aws:kms:{REGION}:222222222222:key/22222222-2222-2222-2222-222222222222"
ORDERS_ALIAS = f"arn:aws:kms:{REGION}:111111111111:alias/acme-prod-orders"

# One for all, as it keeps what it reads of each service.
_NOBODY = boto3.Session(aws_access_key_id="no", aws_secret_access_key="body")  # noqa: S106 - nobody's


class FakeKms:
    """Keys that really encrypt, and the events that each caller may decrypt."""

    def __init__(self, *keys: str) -> None:
        self._keys = {key: AESGCM(AESGCM.generate_key(256)) for key in keys or (ORDERS_KEY, BILLING_KEY)}
        self.calls: list[tuple[str, dict[str, str]]] = []

    def session(self, *, decrypts: Collection[str] | None = None, encrypts: bool = True) -> FakeSession:
        """Return the session of a caller, which may decrypt the given events; by default all."""
        return FakeSession(self, decrypts, encrypts=encrypts)

    def answer(self, operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answer as KMS does."""
        context = request.get("EncryptionContext", {})
        self.calls.append((operation, context))
        key = ORDERS_KEY if request["KeyId"] == ORDERS_ALIAS else request["KeyId"]
        bound = json.dumps([key, context], sort_keys=True).encode()
        if operation == "GenerateDataKey":
            plaintext, nonce = os.urandom(request["NumberOfBytes"]), os.urandom(12)
            wrapped = nonce + self._keys[key].encrypt(nonce, plaintext, bound)
            return {"KeyId": key, "Plaintext": plaintext, "CiphertextBlob": wrapped}
        wrapped = request["CiphertextBlob"]
        try:
            plaintext = self._keys[key].decrypt(wrapped[:12], wrapped[12:], bound)
        except InvalidTag:
            raise ClientError({"Error": {"Code": "InvalidCiphertextException"}}, operation) from None
        return {"KeyId": key, "Plaintext": plaintext}


class FakeSession:
    """A session whose clients of KMS are boto3's, up to the network."""

    def __init__(self, kms: FakeKms, decrypts: Collection[str] | None, *, encrypts: bool) -> None:
        self._kms = kms
        self._decrypts = decrypts
        self._encrypts = encrypts

    def client(self, service_name: str, *, region_name: str) -> Any:
        client = _NOBODY.client(service_name, region_name=region_name)
        client.meta.events.register("provide-client-params.kms", self._asked)
        client.meta.events.register("before-call.kms", self._answered)
        return client

    def _asked(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        event = params.get("EncryptionContext", {}).get("event")
        allowed = self._encrypts if model.name == "GenerateDataKey" else self._may_decrypt(event)
        if not allowed:
            raise ClientError({"Error": {"Code": "AccessDeniedException"}}, model.name)
        self._request = params

    def _may_decrypt(self, event: str | None) -> bool:
        return self._decrypts is None or event in self._decrypts

    def _answered(self, model: Any, **_: Any) -> tuple[Any, dict[str, Any]]:
        return type("Answer", (), {"status_code": 200})(), self._kms.answer(model.name, self._request)


class FakeBus:
    """A bus that takes every entry, unless told what else to answer, call by call."""

    def __init__(self, *answers: Exception | Mapping[int, str] | None) -> None:
        self.calls: list[list[dict[str, Any]]] = []
        self.requests: list[dict[str, Any]] = []
        self._answers = list(answers)

    def put_events(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        self.calls.append(request["Entries"])
        answer = self._answers.pop(0) if self._answers else None
        if isinstance(answer, Exception):
            raise answer
        failed = answer or {}
        results = [
            {"ErrorCode": failed[index], "ErrorMessage": "no"} if index in failed else {"EventId": f"e-{index}"}
            for index in range(len(request["Entries"]))
        ]
        return {"FailedEntryCount": len(failed), "Entries": results}


class FakeS3:
    """Buckets of one account, and what was asked of them."""

    def __init__(self, owner: str = "111111111111") -> None:
        self.objects: dict[tuple[str, str], bytes] = {}
        self.requests: list[dict[str, Any]] = []
        self._owner = owner

    def put_object(self, **request: Any) -> dict[str, Any]:
        self._check(request)
        self.objects[request["Bucket"], request["Key"]] = request["Body"]
        return {}

    def get_object(self, **request: Any) -> dict[str, Any]:
        self._check(request)
        key = request["Bucket"], request["Key"]
        if key not in self.objects:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        return {"Body": io.BytesIO(self.objects[key])}

    def _check(self, request: dict[str, Any]) -> None:
        self.requests.append(request)
        if request["ExpectedBucketOwner"] != self._owner:
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "S3")


def a_fault(code: str, status: int = 400) -> ClientError:
    """Return an error of AWS, as boto3 raises it."""
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "PutEvents")
