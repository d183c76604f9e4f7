"""A queue, topic, function or stream of another account: account and name, all literal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.statement import Statement
from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.arn import Arn, arn, check_account, check_region
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_part, check_service
from cdk_eventbridge_patterns.plan.target import KEY_ACTIONS, Target, TargetKind, key_statement

_ARN_SERVICES = {
    "sqs": TargetKind.QUEUE,
    "sns": TargetKind.TOPIC,
    "lambda": TargetKind.FUNCTION,
    "kinesis": TargetKind.STREAM,
}
_SERVICES = {kind: service for service, kind in _ARN_SERVICES.items()}

# What stands in front of the name in the resource of an ARN.
_BEFORE_NAME = {TargetKind.FUNCTION: "function:", TargetKind.STREAM: "stream/"}

# Names as the service models have them (CreateQueue, CreateTopic, CreateFunction with a version or alias behind it,
# CreateStream). A FIFO topic can be no target.
_NAMES: Mapping[TargetKind, tuple[re.Pattern[str], str]] = {
    TargetKind.QUEUE: (
        re.compile(r"(?=.{1,80}\Z)[A-Za-z0-9_-]+(\.fifo)?"),
        "1 to 80 letters, digits, hyphens and underscores, with .fifo behind them for a FIFO queue",
    ),
    TargetKind.TOPIC: (
        re.compile(r"[A-Za-z0-9_-]{1,256}"),
        "1 to 256 letters, digits, hyphens and underscores; EventBridge refuses FIFO topics",
    ),
    TargetKind.FUNCTION: (
        re.compile(r"[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9$_-]{1,128})?"),
        "1 to 64 letters, digits, hyphens and underscores, then ':' and a version or alias if there is one",
    ),
    TargetKind.STREAM: (
        re.compile(r"[A-Za-z0-9_.-]{1,128}"),
        "1 to 128 letters, digits, hyphens, underscores and dots",
    ),
}


@dataclass(frozen=True, kw_only=True)
class TargetReference:
    """A target that somebody else owns, in another account, to which EventBridge delivers directly.

    Make one with `queue`, `topic`, `function`, `stream` or `from_arn`. It is in the Region of the bus: elsewhere
    EventBridge delivers to buses only. Whoever owns the target lets the delivery in with `accept_delivery`.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html
    """

    kind: TargetKind
    account: str
    name: str
    service: str | None = None
    region: str | None = None
    key_arn: str | None = None

    def __post_init__(self) -> None:
        """Refuse what could be no such target."""
        check_account(self.account)
        if self.service is None:
            _check_name(self.kind, self.name)
        else:
            check_service(self.service)
            check_part(self.name)
        if self.key_arn is not None:
            _check_key(self.kind, self.key_arn)

    @classmethod
    def queue(
        cls, name: str, *, account: str, service: str | None = None, key_arn: str | None = None
    ) -> TargetReference:
        """Refer to a queue.

        Args:
            name: Its name, such as `invoices` or `invoices.fifo`.

            account: The account it is in, 12 digits.

            service: The service that owns it, where the naming convention named it: `queue("invoices",
                service="billing", …)` is `acme-prod-billing--invoices`. Default: *name* is the whole name.

            key_arn: The customer managed key that encrypts it. AWS makes up its id, so where that is not known yet,
                `arn:aws:kms:eu-west-1:222222222222:key/*`: the fence is the key's own policy. Default: it has none.

        Raises:
            NamingError: If an argument is not of the right form.
        """
        return cls(kind=TargetKind.QUEUE, account=account, name=name, service=service, key_arn=key_arn)

    @classmethod
    def topic(cls, name: str, *, account: str, key_arn: str | None = None) -> TargetReference:
        """Refer to a standard topic; the arguments are those of `queue`."""
        return cls(kind=TargetKind.TOPIC, account=account, name=name, key_arn=key_arn)

    @classmethod
    def function(cls, name: str, *, account: str) -> TargetReference:
        """Refer to a function, or to a version or alias of it: `invoice:live`."""
        return cls(kind=TargetKind.FUNCTION, account=account, name=name)

    @classmethod
    def stream(cls, name: str, *, account: str, key_arn: str | None = None) -> TargetReference:
        """Refer to a Kinesis data stream; the arguments are those of `queue`."""
        return cls(kind=TargetKind.STREAM, account=account, name=name, key_arn=key_arn)

    @classmethod
    def from_arn(cls, target_arn: str, *, key_arn: str | None = None) -> TargetReference:
        """Refer to a target by its ARN.

        Raises:
            NamingError: If it is not the literal ARN of a queue, topic, function or stream.
        """
        parsed = Arn.parse(target_arn, "target_arn")
        kind = _ARN_SERVICES.get(parsed.service)
        before = "" if kind is None else _BEFORE_NAME.get(kind, "")
        if kind is None or not parsed.resource.startswith(before):
            msg = (
                "target_arn must be the ARN of a queue, topic, function or stream, such as "
                f"'arn:aws:sqs:eu-west-1:222222222222:invoices', got {target_arn!r}; "
                "to anything else in another account a bus there delivers"
            )
            raise NamingError(msg)
        name = parsed.resource.removeprefix(before)
        return cls(kind=kind, account=parsed.account, name=name, region=check_region(parsed.region), key_arn=key_arn)

    @property
    def is_fifo(self) -> bool:
        """Whether it is a FIFO queue, as its name must say."""
        return self.name.endswith(".fifo")

    def resolve(
        self,
        naming: NamingConvention,
        region: str,
        *,
        message_group_id: str | None = None,
    ) -> Target:
        """Return the target, with what was left out taken from *naming* and *region*."""
        name = self.name if self.service is None else naming.queue_name(self.service, self.name)
        resource = f"{_BEFORE_NAME.get(self.kind, '')}{name}"
        return Target(
            kind=self.kind,
            arn=arn(_SERVICES[self.kind], resource, region=self.region or region, account=self.account),
            message_group_id=message_group_id,
            key=None if self.key_arn is None else self._key_use(self.key_arn, region),
            is_referred_to=True,
        )

    def _key_use(self, key_arn: str, region: str) -> Statement:
        """Let the role use the key by way of the target's service only.

        https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
        """
        via = f"{_SERVICES[self.kind]}.{region}.amazonaws.com"
        return {**key_statement(self.kind, key_arn), "Condition": {"StringEquals": {"kms:ViaService": via}}}


def _check_name(kind: TargetKind, name: str) -> None:
    pattern, rule = _NAMES[kind]
    if not isinstance(name, str) or not pattern.fullmatch(name):
        msg = f"name of a {kind.label} must be {rule}, such as 'invoices', got {name!r}"
        raise NamingError(msg)


def _check_key(kind: TargetKind, key_arn: str) -> None:
    """Refuse what is no key: a role's policy goes by the key's own ARN, never by an alias.

    https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html
    """
    if kind not in KEY_ACTIONS:
        msg = f"key_arn is for queues, topics and streams, got one for a {kind.label}, whose key its callers don't use"
        raise NamingError(msg)
    parsed = Arn.parse(key_arn, "key_arn")
    if parsed.service != "kms" or not parsed.resource.startswith("key/"):
        msg = (
            "key_arn must be the ARN of a key, not of an alias, such as "
            f"'arn:aws:kms:eu-west-1:222222222222:key/1234abcd-…', got {key_arn!r}"
        )
        raise NamingError(msg)
