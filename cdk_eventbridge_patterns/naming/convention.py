"""One convention that builds every physical name and parses it back."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.arn import check_region
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind

_SEGMENT = re.compile(r"[a-z][a-z0-9]*")
_WORDS = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_PART = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EVENT = re.compile(r"[A-Z][A-Za-z0-9]*")
_DOMAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9-]*)*")
_DETAIL_TYPE = re.compile(r"([A-Z][A-Za-z0-9]*)\.v([1-9][0-9]*)")
_WORD_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_SEPARATOR = "--"
_HASH_LENGTH = 8


def check_service(value: str, argument: str = "service") -> str:
    """Return *value* if it is a service name: lower-case words joined by hyphens."""
    if not isinstance(value, str) or not _WORDS.fullmatch(value):
        msg = f"{argument} must be lower-case words joined by single hyphens, such as 'order-history', got {value!r}"
        raise NamingError(msg)
    return value


def check_part(value: str, argument: str = "name") -> str:
    """Return *value* if it can be part of a name: lower-case words and digits joined by hyphens."""
    if not isinstance(value, str) or not _PART.fullmatch(value):
        msg = f"{argument} must be lower-case words joined by single hyphens, such as 'large-orders', got {value!r}"
        raise NamingError(msg)
    return value


def check_event(value: str, argument: str = "event") -> str:
    """Return *value* if it is an event name in PascalCase."""
    if not isinstance(value, str) or not _EVENT.fullmatch(value):
        msg = f"{argument} must be a past-tense fact in PascalCase, such as 'OrderPlaced', got {value!r}"
        raise NamingError(msg)
    return value


def kebab_case(event: str) -> str:
    """Return a PascalCase name as lower-case words joined by hyphens: `OrderPlaced` → `order-placed`."""
    return _WORD_BOUNDARY.sub("-", event).lower()


@dataclass(frozen=True)
class ResourceName:
    """A physical name taken apart again."""

    service: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NamingConvention:
    """The names of everything, from organisation, stage and service.

    Every name reads `{organization}-{stage}-{service}`, then its parts, each behind a double hyphen:
    `acme-prod-billing--order-placed-v1`. No word may hold a double hyphen, so every name can be parsed back, and
    the prefix of one service is never the beginning of another's.

    In cross-account EventBridge names are the interface: the other account's policy, rule and queue condition
    hold the literal ARN. Both sides must use the same convention.

    Args:
        organization: Who owns the estate: one lower-case word, such as `acme`.

        stage: The stage of the deployment: one lower-case word, such as `prod`.

        domain: The reverse-DNS name in front of the `source` of events. Default: `com.` and the organisation.

    Raises:
        NamingError: If an argument is not of that form.
    """

    organization: str
    stage: str
    domain: str | None = None

    def __post_init__(self) -> None:
        """Refuse segments that could not be parsed back."""
        for argument in ("organization", "stage"):
            value = getattr(self, argument)
            if not isinstance(value, str) or not _SEGMENT.fullmatch(value):
                msg = f"{argument} must be one lower-case word, such as 'acme', got {value!r}"
                raise NamingError(msg)
        if self.domain is not None and not (isinstance(self.domain, str) and _DOMAIN.fullmatch(self.domain)):
            msg = f"domain must be a reverse-DNS name, such as 'com.acme', got {self.domain!r}"
            raise NamingError(msg)

    # -- physical names ------------------------------------------------------------------------------------

    def bus_name(self, service: str, *, qualifier: str | None = None) -> str:
        """Return the name of a service's bus; *qualifier* tells a second bus of the same service apart."""
        parts = () if qualifier is None else (check_part(qualifier, "qualifier"),)
        return self._build(ResourceKind.BUS, service, *parts)

    def rule_name(self, service: str, name: str) -> str:
        """Return the name of a rule that *service* owns, on its own bus or on another's."""
        return self._build_short(ResourceKind.RULE, service, name)

    def rule_name_prefix(self, service: str) -> str:
        """Return what the names of all rules of *service*, and of no other, begin with."""
        return self._build(ResourceKind.RULE, service) + _SEPARATOR

    def archive_name(self, service: str, *, qualifier: str | None = None) -> str:
        """Return the name of the archive of a service's bus."""
        parts = () if qualifier is None else (check_part(qualifier, "qualifier"),)
        return self._build(ResourceKind.ARCHIVE, service, *parts)

    def queue_name(self, service: str, name: str) -> str:
        """Return the name of a queue of *service*."""
        return self._build_short(ResourceKind.QUEUE, service, name)

    def role_name(self, service: str, name: str, *, region: str) -> str:
        """Return the name of a role of *service*; roles are global, so the Region is part of the name."""
        return self._build_short(ResourceKind.ROLE, service, name, check_region(region))

    def target_id(self, service: str, name: str) -> str:
        """Return the id of a rule's target, which belongs to *service*."""
        return self._build_short(ResourceKind.TARGET, service, name)

    def statement_id(self, bus_name: str, *parts: str) -> str:
        """Return the id of a statement in a bus's policy.

        It carries the bus's name: CloudFormation takes the id as the physical id of the policy resource, so it must be
        unique in the account and Region, not just on the bus (aws/aws-cdk#29627).
        """
        return self._fit(ResourceKind.STATEMENT, _SEPARATOR.join((bus_name, *parts)))

    def registry_name(self, service: str) -> str:
        """Return the name of the schema registry of *service*."""
        return self._build(ResourceKind.REGISTRY, service)

    def schema_name(self, source: str, detail_type: str) -> str:
        """Return the name of an event's schema, in the form that schema discovery uses too."""
        return ResourceKind.SCHEMA.check(f"{source}@{detail_type}")

    def stack_name(self, service: str, name: str) -> str:
        """Return the name of a CloudFormation stack of *service*."""
        return self._build(ResourceKind.STACK, service, name)

    def log_policy_name(self, service: str, name: str) -> str:
        """Return the name of the CloudWatch Logs resource policy for one rule of *service*."""
        return self._build_short(ResourceKind.LOG_POLICY, service, name)

    def parse(self, kind: ResourceKind, name: str) -> ResourceName:
        """Take a name apart that this convention built for *kind*.

        Raises:
            NamingError: If it is not such a name, or one that was shortened to fit AWS's limit.
        """
        head, *parts = kind.check(name).split(_SEPARATOR)
        prefix = f"{self.organization}-{self.stage}-"
        service = head.removeprefix(prefix)
        if service == head or not _WORDS.fullmatch(service) or not all(map(_PART.fullmatch, parts)):
            msg = f"{kind.label} must begin with '{prefix}' and a service, such as '{prefix}orders', got {name!r}"
            raise NamingError(msg)
        return ResourceName(service, tuple(parts))

    # -- events ----------------------------------------------------------------------------------------------

    def source(self, service: str) -> str:
        """Return the `source` of all events that *service* publishes, in every stage: `com.acme.orders`."""
        return ResourceKind.SOURCE.check(f"{self._domain}.{check_service(service)}")

    def parse_source(self, source: str) -> str:
        """Return the service whose `source` this is."""
        service = source.removeprefix(f"{self._domain}.")
        if service == source or not _WORDS.fullmatch(service):
            msg = f"source must be '{self._domain}.' and a service, such as '{self._domain}.orders', got {source!r}"
            raise NamingError(msg)
        return service

    def detail_type(self, event: str, version: int) -> str:
        """Return the detail-type of one version of an event: `OrderPlaced.v1`.

        The version is in it because contracts are immutable: the next version is another event, published beside
        the old one until nobody consumes that, and consumers choose by exact match.
        """
        detail_type = ResourceKind.DETAIL_TYPE.check(f"{check_event(event)}.v{version}")
        self.parse_detail_type(detail_type)
        return detail_type

    def parse_detail_type(self, detail_type: str) -> tuple[str, int]:
        """Return the event and version of a detail-type."""
        match = _DETAIL_TYPE.fullmatch(detail_type)
        if match is None:
            msg = f"detail_type must be an event and its version, such as 'OrderPlaced.v1', got {detail_type!r}"
            raise NamingError(msg)
        return match[1], int(match[2])

    # -- how names are made --------------------------------------------------------------------------------

    @property
    def _domain(self) -> str:
        return self.domain or f"com.{self.organization}"

    def _join(self, service: str, *parts: str) -> str:
        head = f"{self.organization}-{self.stage}-{check_service(service)}"
        return _SEPARATOR.join((head, *map(check_part, parts)))

    def _build(self, kind: ResourceKind, service: str, *parts: str) -> str:
        return kind.check(self._join(service, *parts))

    def _build_short(self, kind: ResourceKind, service: str, *parts: str) -> str:
        """Build a name that may be shortened, as long as the owner's prefix, which policies go by, stays whole."""
        name = self._join(service, *parts)
        prefix = len(self._join(service)) + len(_SEPARATOR)
        return self._fit(kind, name) if prefix < kind.longest - _HASH_LENGTH - 1 else kind.check(name)

    @staticmethod
    def _fit(kind: ResourceKind, name: str) -> str:
        """Shorten names that no other account has to know by heart: readable part and hash.

        The underscore, which no other name has, keeps a shortened name from being parsed as something else.
        """
        if len(name) <= kind.longest:
            return kind.check(name)
        digest = hashlib.sha256(name.encode()).hexdigest()[:_HASH_LENGTH]
        return kind.check(f"{name[: kind.longest - _HASH_LENGTH - 1].rstrip('-')}_{digest}")
