"""The contract of an event that an AWS service publishes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import dropwhile
from typing import TYPE_CHECKING, Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import ContractError
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind

if TYPE_CHECKING:
    from pydantic import BaseModel

API_CALL_VIA_CLOUDTRAIL = "AWS API Call via CloudTrail"
"""The detail-type of what CloudTrail hands on to EventBridge of the API calls of any service."""

_SOURCE = re.compile(r"aws\.[a-z][a-z0-9]*(-[a-z0-9]+)*")
_WORD = re.compile(r"[A-Za-z0-9]+")

# They publish to the default bus of one Region of the partition `aws`, wherever one works.
# https://repost.aws/knowledge-center/use-eventbridge-rule-across-regions
# https://repost.aws/knowledge-center/eventbridge-rule-triggers-iam-single-region
_HOME_OF_GLOBAL_SERVICES = "us-east-1"
_GLOBAL_SERVICES = frozenset(("aws.account", "aws.iam", "aws.organizations", "aws.route53"))


class AwsEvent(EventContract):
    """An event of an AWS service, which AWS publishes on the default bus of the account it is about.

    Source and detail-type are AWS's own, and so is the schema: it is in the registry `aws.events` of every account.
    Nobody else can publish such an event.

    Args:
        source: AWS's own source: `aws.s3`.

        detail_type: AWS's own detail-type: `Object Created`.

        detail: The shape of `detail`, as far as it is to be held to: a pydantic model or a JSON Schema. Default: any
            object, so filters and transformations are not checked against it.

        description: One sentence for the catalog. Default: none.

        examples: Values of `detail`; each must fit the schema. Default: none.

    Raises:
        ContractError: If the source is not that of an AWS service, or an example does not fit.
        NamingError: If AWS would refuse the detail-type.
    """

    def __init__(
        self,
        source: str,
        detail_type: str,
        *,
        detail: type[BaseModel] | Mapping[str, Any] | None = None,
        description: str | None = None,
        examples: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        if not isinstance(source, str) or not _SOURCE.fullmatch(source):
            msg = f"source must be that of an AWS service, such as 'aws.s3', got {source!r}"
            raise ContractError(msg)
        super().__init__(
            service=source.replace(".", "-"),
            event=_event(ResourceKind.DETAIL_TYPE.check(detail_type)),
            detail={"type": "object"} if detail is None else detail,
            description=description,
            examples=examples,
            detail_type=detail_type,
        )
        self._source = source
        self._is_api_call = detail_type == API_CALL_VIA_CLOUDTRAIL
        self._slug = _slug(source.removeprefix("aws."), detail_type)

    @classmethod
    def api_call(cls, source: str) -> AwsEvent:
        """Return the event of an API call of a service, which CloudTrail hands on where a trail is logging.

        Calls that begin with `List`, `Get` or `Describe` are not among them.
        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html

        Args:
            source: The source of the service: `aws.ec2`.

        Raises:
            ContractError: If the source is not that of an AWS service.
        """
        return cls(source, API_CALL_VIA_CLOUDTRAIL)

    @property
    def slug(self) -> str:
        """The detail-type as part of a name, without the service: `object-created`. AWS's events have no versions."""
        return self._slug

    @property
    def is_api_call(self) -> bool:
        """Whether it is an API call that CloudTrail hands on."""
        return self._is_api_call

    @property
    def only_region(self) -> str | None:
        """The one Region of the partition `aws` where it is published. Nothing: in that of what it is about."""
        return _HOME_OF_GLOBAL_SERVICES if self._source in _GLOBAL_SERVICES else None

    def __repr__(self) -> str:
        return f"AwsEvent({self._source}, {self._detail_type})"


def _event(detail_type: str) -> str:
    """Return a detail-type in PascalCase: `Object Created` → `ObjectCreated`."""
    words = _WORD.findall(detail_type)
    if not words or not words[0][0].isalpha():
        msg = f"detail_type must begin with a letter, such as 'Object Created', got {detail_type!r}"
        raise ContractError(msg)
    return "".join(word[0].upper() + word[1:] for word in words)


def _slug(service: str, detail_type: str) -> str:
    """Return a detail-type as part of a name that has the service in front: `ECS Task Stopped` → `task-stopped`."""
    words = [word.lower() for word in _WORD.findall(detail_type)]
    return "-".join(dropwhile(lambda word: word in ("aws", service), words)) or "-".join(words)
