"""One convention that builds every physical name and parses it back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.arn import check_region
from cdk_eventbridge_patterns.naming.case import Case
from cdk_eventbridge_patterns.naming.event_names import is_past_tense, nearest_event
from cdk_eventbridge_patterns.naming.judge import judge
from cdk_eventbridge_patterns.naming.name_fault import NameFault
from cdk_eventbridge_patterns.naming.name_form import NameForm, ResourceName
from cdk_eventbridge_patterns.naming.name_template import DEFAULT_TEMPLATE
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.settings import allowed_fault, faults_of, forms_of
from cdk_eventbridge_patterns.naming.words import check_event, check_part, check_service, is_event, is_service

_DETAIL_TYPE = re.compile(r"([A-Z][A-Za-z0-9]*)\.v([1-9][0-9]*)")


@dataclass(frozen=True, kw_only=True)
class NamingConvention:
    """The names of everything, from organisation, stage and service.

    Every name reads `{organization}-{stage}-{service}`, then its parts, each behind a double hyphen:
    `acme-prod-billing--order-placed-v1`. No word may hold a double hyphen, so every name can be parsed back, and
    the prefix of one service is never the beginning of another's. Settings change the form, and keep both.

    In cross-account EventBridge names are the interface: the other account's policy, rule and queue condition
    hold the literal ARN. Both sides must use the same convention.

    A convention that no setting can say is a subclass. It overrides `spell`, `prefix` and `parse`, from which all
    other names of resources follow, and of `name` and the builders of one kind whichever it wants otherwise; for events
    `source` and `detail_type`, with `parse_source` and `parse_detail_type`.

    Args:
        organization: Who owns the estate: one lower-case word, such as `acme`.

        stage: The stage of the deployment: one lower-case word, such as `prod`.

        domain: The reverse-DNS name in front of the `source` of events. Default: `com.` and the organisation.

        template: Order and separators of the segments in front of the parts. A separator that names of a kind can't
            hold is a hyphen there. Default: `{organization}-{stage}-{service}`.

        templates: Templates of single kinds, such as `{ResourceKind.BUS: "{organization}-{stage}-{service}-bus"}`.
            Default: all follow *template*.

        segments: More segments that templates may name, each one lower-case word, such as `{"unit": "retail"}`.
            Default: none.

        allowed: The values that a segment may have, such as `{"stage": ["test", "prod"]}`. Default: any.

        case: How words are written; in names of a kind that can't hold what joins them, as KEBAB. Default: KEBAB,
            `order-history--audit`.

        abbreviations: Short forms of words in physical names, such as `{"production": "prd"}`. Default: none.

        events_in_past_tense: Whether `event_fault` finds fault with an event that is not named in the past tense.
            Default: it does.

    Raises:
        NamingError: If the settings are not of that form; it lists all that is wrong.
    """

    organization: str
    stage: str
    domain: str | None = None
    template: str = DEFAULT_TEMPLATE
    templates: Mapping[ResourceKind, str] = field(default_factory=dict, hash=False)
    segments: Mapping[str, str] = field(default_factory=dict, hash=False)
    allowed: Mapping[str, Sequence[str]] = field(default_factory=dict, hash=False)
    case: Case = Case.KEBAB
    abbreviations: Mapping[str, str] = field(default_factory=dict, hash=False)
    events_in_past_tense: bool = True

    def __post_init__(self) -> None:
        """Refuse settings whose names could not be parsed back."""
        faults = faults_of(self)
        if faults:
            msg = faults[0] if len(faults) == 1 else f"convention has {len(faults)} faults: {'; '.join(faults)}"
            raise NamingError(msg)
        # JSON has words for cases and kinds.
        object.__setattr__(self, "case", Case(self.case))
        templates = {ResourceKind.of(kind): template for kind, template in self.templates.items()}
        object.__setattr__(self, "templates", templates)

    # -- physical names ------------------------------------------------------------------------------------

    def name(self, kind: ResourceKind, service: str, *parts: str) -> str:
        """Return the name of a resource of *service*, of any kind.

        Where it is longer than AWS allows, it ends in a hash; of kinds that others know by heart, and where there is
        no room behind the prefix of the service, it is refused.
        """
        self._check_service(service)
        for part in parts:
            check_part(part)
        name = self.spell(kind, service, *parts)
        form = self._form(kind)
        if len(name) > kind.longest and form.can_shorten(self.prefix(kind, service)):
            name = form.shorten(name)
        return kind.check(name)

    def bus_name(self, service: str, *, qualifier: str | None = None) -> str:
        """Return the name of a service's bus; *qualifier* tells a second bus of the same service apart."""
        return self.name(ResourceKind.BUS, service, *_qualified(qualifier))

    def rule_name(self, service: str, name: str) -> str:
        """Return the name of a rule that *service* owns, on its own bus or on another's."""
        return self.name(ResourceKind.RULE, service, name)

    def rule_name_prefix(self, service: str) -> str:
        """Return what the names of all rules of *service*, and of no other, begin with."""
        return self._checked_prefix(ResourceKind.RULE, service)

    def archive_name(self, service: str, *, qualifier: str | None = None) -> str:
        """Return the name of the archive of a service's bus."""
        return self.name(ResourceKind.ARCHIVE, service, *_qualified(qualifier))

    def queue_name(self, service: str, name: str) -> str:
        """Return the name of a queue of *service*."""
        return self.name(ResourceKind.QUEUE, service, name)

    def role_name(self, service: str, name: str, *, region: str) -> str:
        """Return the name of a role of *service*; roles are global, so the Region is part of the name."""
        return self.name(ResourceKind.ROLE, service, name, check_region(region))

    def role_name_prefix(self, service: str, word: str | None = None) -> str:
        """Return what the names of all roles of *service* begin with, or of those whose name begins with *word*."""
        return self._checked_prefix(ResourceKind.ROLE, service, word)

    def target_id(self, service: str, name: str) -> str:
        """Return the id of a rule's target, which belongs to *service*."""
        return self.name(ResourceKind.TARGET, service, name)

    def statement_id(self, bus_name: str, *parts: str) -> str:
        """Return the id of a statement in a bus's policy.

        It carries the bus's name, with hyphens for dots, which an id can't hold: CloudFormation takes the id as the
        physical id of the policy resource, so it must be unique in the account and Region, not just on the bus
        (aws/aws-cdk#29627).
        """
        kind = ResourceKind.STATEMENT
        form = self._form(kind)
        statement_id = form.extend(bus_name.replace(".", "-"), *parts)
        return kind.check(statement_id if len(statement_id) <= kind.longest else form.shorten(statement_id))

    def registry_name(self, service: str) -> str:
        """Return the name of the schema registry of *service*."""
        return self.name(ResourceKind.REGISTRY, service)

    def schema_name(self, source: str, detail_type: str) -> str:
        """Return the name of an event's schema, in the form that schema discovery uses too: without spaces."""
        return ResourceKind.SCHEMA.check(f"{source}@{''.join(detail_type.split())}")

    def stack_name(self, service: str, name: str) -> str:
        """Return the name of a CloudFormation stack of *service*."""
        return self.name(ResourceKind.STACK, service, name)

    def log_policy_name(self, service: str, name: str) -> str:
        """Return the name of the CloudWatch Logs resource policy for one rule of *service*."""
        return self.name(ResourceKind.LOG_POLICY, service, name)

    def alarm_name(self, service: str, name: str) -> str:
        """Return the name of a CloudWatch alarm of *service*."""
        return self.name(ResourceKind.ALARM, service, name)

    def dashboard_name(self, service: str, *, region: str, qualifier: str | None = None) -> str:
        """Return the name of the dashboard of a service's bus; dashboards are global, so the Region is part of it."""
        return self.name(ResourceKind.DASHBOARD, service, *_qualified(qualifier), check_region(region))

    def log_group_name(self, service: str, name: str) -> str:
        """Return the name of a log group of *service*, without the path in front of it."""
        return self.name(ResourceKind.LOG_GROUP, service, name)

    def log_delivery_name(self, service: str, name: str) -> str:
        """Return the name of the source or destination of a delivery of logs."""
        return self.name(ResourceKind.LOG_DELIVERY, service, name)

    def key_alias(self, service: str, name: str | None = None) -> str:
        """Return the alias of a KMS key of *service*: `alias/acme-prod-orders`; *name* tells its keys apart."""
        return f"alias/{self.name(ResourceKind.KEY_ALIAS, service, *(() if name is None else (name,)))}"

    def table_name(self, service: str, name: str) -> str:
        """Return the name of a table of *service*."""
        return self.name(ResourceKind.TABLE, service, name)

    def state_machine_name(self, service: str, name: str) -> str:
        """Return the name of a state machine of *service*."""
        return self.name(ResourceKind.STATE_MACHINE, service, name)

    # -- what a subclass overrides -------------------------------------------------------------------------

    def spell(self, kind: ResourceKind, service: str, *parts: str) -> str:
        """Return the name in full, however long; `<service>` may stand for a service that is not known."""
        return self._form(kind).write(service, *parts)

    def prefix(self, kind: ResourceKind, service: str, word: str | None = None) -> str:
        """Return what all names of *kind* that have parts begin with, if they are of *service*, and no others.

        Where *word* is given, it is what those of them begin with whose first part begins with that word.
        """
        return self._form(kind).prefix(self._check_service(service), word)

    def parse(self, kind: ResourceKind, name: str) -> ResourceName:
        """Take a name apart that this convention built for *kind*; of a shortened name only the service is known.

        Raises:
            NamingError: If it is not such a name, or one so shortened that its service is lost.
        """
        form = self._form(kind)
        found = form.read(kind.check(name))
        if found is None:
            around = [repr(text) for text in (form.before, form.after) if text]
            around.insert(1 if form.before else 0, "a service")
            example = form.write(form.spelling.nearest([self.allowed.get("service", ["orders"])[0]]))
            msg = f"{kind.label} must begin with {' and '.join(around)}, such as '{example}', got {name!r}"
            raise NamingError(msg)
        self._check_service(found.service)
        return found

    # -- events ----------------------------------------------------------------------------------------------

    def source(self, service: str) -> str:
        """Return the `source` of all events that *service* publishes, in every stage: `com.acme.orders`."""
        return ResourceKind.SOURCE.check(f"{self._domain}.{self._check_service(service)}")

    def parse_source(self, source: str) -> str:
        """Return the service whose `source` this is."""
        service = source.removeprefix(f"{self._domain}.")
        if service == source or not is_service(service):
            msg = f"source must be '{self._domain}.' and a service, such as '{self._domain}.orders', got {source!r}"
            raise NamingError(msg)
        return self._check_service(service)

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

    # -- judgement -------------------------------------------------------------------------------------------

    def fault(self, kind: ResourceKind, name: str, *, service: str | None = None) -> NameFault | None:
        """Return what is wrong with *name*, or nothing if it follows the convention for *kind*.

        A shortened name follows it if it keeps its owner's prefix. Where *service* is given, it must be that service's.
        """
        return judge(self, kind, name, service)

    def event_fault(self, event: str) -> NameFault | None:
        """Return what is wrong with the name of an event, or nothing; what it is expected to be is a guess.

        `detail_type` does not insist: a contract may be older than the convention.
        """
        if is_event(event) and (not self.events_in_past_tense or is_past_tense(event)):
            return None
        expected = nearest_event(event, in_past_tense=self.events_in_past_tense)
        rule = "a past-tense fact" if self.events_in_past_tense else "a name"
        why = f"event must be {rule} in PascalCase, such as {expected!r}, got {event!r}"
        return NameFault(ResourceKind.DETAIL_TYPE, event, expected, why)

    # -- how names are made --------------------------------------------------------------------------------

    @property
    def fixed_segments(self) -> dict[str, str]:
        """The segments of templates, all but the service, with their values."""
        return {"organization": self.organization, "stage": self.stage, **self.segments}

    @property
    def _domain(self) -> str:
        return self.domain or f"com.{self.organization}"

    @cached_property
    def _forms(self) -> dict[ResourceKind, NameForm]:
        return forms_of(self)

    def _form(self, kind: ResourceKind) -> NameForm:
        if kind not in self._forms:
            msg = f"a {kind.label} has no template; use source(), detail_type() or schema_name()"
            raise NamingError(msg)
        return self._forms[kind]

    def _checked_prefix(self, kind: ResourceKind, service: str, word: str | None = None) -> str:
        prefix = self.prefix(kind, service, word)
        kind.check(self.spell(kind, service))  # a longer one would begin no name at all
        return prefix

    def _check_service(self, service: str) -> str:
        fault = allowed_fault(self, "service", check_service(service))
        if fault is not None:
            raise NamingError(fault)
        return service


def _qualified(qualifier: str | None) -> tuple[str, ...]:
    return () if qualifier is None else (check_part(qualifier, "qualifier"),)
