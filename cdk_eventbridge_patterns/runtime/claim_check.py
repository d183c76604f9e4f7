"""Data that are too large for an event are kept in S3, and the event says where."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import ClaimCheckError, ContractError
from cdk_eventbridge_patterns.naming.arn import check_account
from cdk_eventbridge_patterns.runtime.checked_detail import check_detail
from cdk_eventbridge_patterns.runtime.clients import S3Client, error_code, new_client
from cdk_eventbridge_patterns.runtime.filled import at, metadata_in, places_of, put
from cdk_eventbridge_patterns.runtime.json_data import json_text

_DIGEST = re.compile(r"([0-9a-f]{64})\.json")

# A state machine takes 256 KiB, and is the target that takes least.
# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
_THRESHOLD = 250_000


class ClaimBucket:
    """Where data of events are kept: under the name of the event and the digest of the data.

    So the same data are stored once, an event's data can't be changed behind its back, and a lifecycle rule may
    delete what is older than any reader is late.

    Args:
        bucket: The name of the bucket.

        owner: The account that owns it; a bucket of that name in any other account is refused.

        prefix: What keys begin with, such as `events/`. Default: nothing.

        kms_key: The KMS key that S3 encrypts with, by ARN. Default: as the bucket is set up.

        s3: The client of S3. Default: boto3's, in the Region of the function.

    Raises:
        NamingError: If the owner is no account.
    """

    def __init__(
        self, bucket: str, *, owner: str, prefix: str = "", kms_key: str | None = None, s3: S3Client | None = None
    ) -> None:
        self.bucket = bucket
        self.prefix = prefix
        self.owner = check_account(owner, "owner")
        self._encryption = {} if kms_key is None else {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": kms_key}
        self._client = s3

    def keep(self, contract: EventContract, data: Mapping[str, Any]) -> str:
        """Store *data* and return the reference to them: `s3://bucket/orders/OrderPlaced.v1/<digest>.json`.

        Raises:
            ClaimCheckError: If S3 does not take them.
        """
        content = json_text(data).encode()
        digest = hashlib.sha256(content)
        key = f"{self.prefix}{contract.name}/{digest.hexdigest()}.json"
        try:
            self._s3.put_object(
                Bucket=self.bucket,
                Key=key,
                Body=content,
                ContentType="application/json",
                ChecksumSHA256=base64.b64encode(digest.digest()).decode(),
                ExpectedBucketOwner=self.owner,
                **self._encryption,
            )
        except Exception as error:
            msg = f"data of {contract.name} can't be kept in {self.bucket}: {error_code(error)}"
            raise ClaimCheckError(msg) from error
        return f"s3://{self.bucket}/{key}"

    def claim(self, contract: EventContract, reference: str) -> dict[str, Any]:
        """Return the data that *reference* leads to.

        Raises:
            ClaimCheckError: If it leads elsewhere than to data of this event in this bucket; if S3 does not give them,
                or they are not those that were kept.
        """
        start = f"s3://{self.bucket}/{self.prefix}{contract.name}/"
        is_ours = isinstance(reference, str) and reference.startswith(start)
        found = _DIGEST.fullmatch(reference.removeprefix(start)) if is_ours else None
        if found is None:
            # Whoever may publish could have this function read whatever it may read.
            msg = f"claim check of {contract.name} must lead to {start}…, got {reference!r}"
            raise ClaimCheckError(msg)
        key = reference.removeprefix(f"s3://{self.bucket}/")
        try:
            answer = self._s3.get_object(Bucket=self.bucket, Key=key, ExpectedBucketOwner=self.owner)
            content = answer["Body"].read()
        except Exception as error:
            msg = f"data of {contract.name} can't be had from {reference}: {error_code(error)}"
            raise ClaimCheckError(msg) from error
        if hashlib.sha256(content).hexdigest() != found[1]:
            msg = f"data of {contract.name} at {reference} must be those that were kept, and are others"
            raise ClaimCheckError(msg)
        data: dict[str, Any] = json.loads(content)
        return data

    @property
    def _s3(self) -> S3Client:
        if self._client is None:
            self._client = new_client("s3")
        return self._client


class ClaimCheck:
    """Which fields of which events are kept in a bucket where an event is large.

    Only fields that a contract makes optional: what is left of the event then still fits it, and so do the rules and
    readers of consumers that know nothing of the bucket. A rule that filters on a field that was taken out does not
    match the event.

    Args:
        bucket: Where they are kept.

        fields: For each contract, the fields of its data in the order they are taken out, with dots between their
            names: `{ORDER_PLACED: ["lines", "invoice.pdf"]}`.

        threshold_bytes: How large an event is left whole, as EventBridge counts. Default: 250,000 bytes.

    Raises:
        ContractError: If a field is not optional, or a contract has no envelope that can hold the reference.
    """

    def __init__(
        self,
        bucket: ClaimBucket,
        *,
        fields: Mapping[EventContract, Sequence[str]],
        threshold_bytes: int = _THRESHOLD,
    ) -> None:
        self.bucket = bucket
        self.threshold_bytes = threshold_bytes
        self._fields = {contract: _checked(contract, names) for contract, names in fields.items()}

    def lightened(self, contract: EventContract, detail: dict[str, Any], *, too_large: int) -> dict[str, Any]:
        """Return the `detail` without its large fields and with the reference to them.

        Fields are taken out until what is left is no longer *too_large* by so many bytes; then all of them are stored.

        Raises:
            EventError: If what is left does not fit the contract.
            ClaimCheckError: If S3 does not take them.
        """
        places = places_of(contract)
        if places is None or places.claim_check is None or not self._fields.get(contract):
            return detail
        left, taken = deepcopy(detail), {}
        for name in self._fields[contract]:
            if too_large <= 0:
                break
            for value in _taken(at(left, places.data), name):
                taken[name] = value
                too_large -= len(json_text(value).encode())
        if not taken:
            return detail
        check_detail(contract, left, is_encrypted=bool(contract.sensitive_fields))
        put(left, places.claim_check, self.bucket.keep(contract, taken))
        return left


def restored(bucket: ClaimBucket | None, contract: EventContract, detail: dict[str, Any]) -> dict[str, Any]:
    """Return the `detail` with the fields that were taken out put back; most events have none.

    Raises:
        ClaimCheckError: If there are some and no bucket was given, or they can't be had.
    """
    places, metadata = places_of(contract), metadata_in(contract, detail)
    if places is None or metadata is None or metadata.claim_check is None:
        return detail
    if bucket is None:
        msg = f"data of {contract.name} are kept at {metadata.claim_check}; give the reader claim_bucket="
        raise ClaimCheckError(msg)
    whole = deepcopy(detail)
    for name, value in bucket.claim(contract, metadata.claim_check).items():
        put(whole, f"{places.data}.{name}", value)
    return whole


def _taken(data: Any, name: str) -> Iterator[Any]:  # noqa: ANN401 - JSON
    """Take a field out of *data* and return its value; nothing if it is not there."""
    *steps, last = name.split(".")
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    if isinstance(data, dict) and last in data:
        yield data.pop(last)


def _checked(contract: EventContract, names: Sequence[str]) -> tuple[str, ...]:
    places = places_of(contract)
    if places is None or places.claim_check is None:
        msg = f"fields of {contract.name} need an envelope that holds a claim check, such as StandardEnvelope()"
        raise ContractError(msg)
    for name in names:
        if contract.requires((*places.data.split("."), *name.split("."))):
            msg = f"fields of {contract.name} must be optional to be kept elsewhere, got {name!r}"
            raise ContractError(msg)
    return tuple(names)
