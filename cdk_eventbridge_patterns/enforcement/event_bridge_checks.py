"""The cdk-nag pack that enforces what our checks find, in every stack of every Stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import groupby

import cdk_nag
from aws_cdk import (
    CfnResource,
    IPolicyValidationContext,
    PolicyValidationPluginReport,
    PolicyViolatingResource,
    PolicyViolation,
)
from constructs import IConstruct

from cdk_eventbridge_patterns.assembly.names import names_of
from cdk_eventbridge_patterns.assembly.reader import read_templates
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.tags import tagged_resources
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.naming import NAMING_CHECKS, judge
from cdk_eventbridge_patterns.checks.tags import MissingTag, judge_tags
from cdk_eventbridge_patterns.enforcement.conventions import Conventions, GivenConvention, check_given
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.named_resource import NamedResource
from cdk_eventbridge_patterns.topology.tag_convention import TagConvention

PACK = "EventBridge"

_UNDECIDED = "UNDECIDED"

# The CLI sets it to false, reads the report and fails by itself, for the stacks that were selected.
_FAIL_WITH_THE_APP = "@aws-cdk/core:failSynthOnValidationErrors"


class EventBridgeChecks(cdk_nag.NagPack):
    """Stops synthesis where a name is off the convention, whoever made the resource, in every Stage.

        app = App()
        Validations.of(app).add_plugins(EventBridgeChecks(app))

    Make it before the first stack. Then all of `cdk` fails with the app; of itself `cdk synth` looks just at the stacks
    it is asked for, which are none where all are in Stages, and `cdk ls` at none. For a pack that is made later,
    `App(post_cli_context={"@aws-cdk/core:failSynthOnValidationErrors": True})` does the same.

    It judges the synthesized templates, so resources made by L1s, L2s, raw `CfnResource`s and overrides are all the
    same to it. Errors stop `app.synth()` and `cdk synth`; warnings, and what is known at deployment only, are shown. A
    finding is acknowledged on its resource or any construct above it, by `EventBridge::NAM001`:

        Validations.of(bus).acknowledge(Acknowledgment(id="EventBridge::NAM001", reason="…"))

    Args:
        scope: The app.

        convention: The convention for all stacks, or one for each path, such as that of a Stage; the nearest path
            counts, and `""` is the app's. Default: the one that holds in the tree at each stack.

        levels: How much a name off the convention matters, by kind: an error, a warning, or None if it is not checked.
            Default, also for kinds left out: an error; for the ids of targets and statements and for events a warning.

        tags: The tags that every taggable resource must have. Default: none are asked for.

    Raises:
        NamingError: If *convention* is none.
    """

    def __init__(
        self,
        scope: IConstruct,
        *,
        convention: GivenConvention = None,
        levels: Mapping[ResourceKind, Severity | None] | None = None,
        tags: TagConvention | None = None,
    ) -> None:
        self._given = check_given(convention)
        self._levels = dict(levels or {})
        self._tags = tags
        super().__init__(scope)
        self._pack_name = PACK
        if not scope.node.children:  # context can't be set any more where there are some
            scope.node.set_context(_FAIL_WITH_THE_APP, True)  # noqa: FBT003 - the CDK's own

    @property
    def name(self) -> str:
        """The name of the pack, which acknowledgements begin with."""
        return PACK

    @property
    def version(self) -> str:
        """The version of the pack."""
        return version("cdk-eventbridge-patterns")

    @property
    def rule_ids(self) -> list[str]:
        """The ids of all checks."""
        return [*(check.id for check in NAMING_CHECKS), MissingTag.id]

    def _check_resource(self, node: CfnResource) -> None:
        """Refuse: a walk over the tree costs many times what reading the templates does."""
        raise NotImplementedError

    def validate(self, context: IPolicyValidationContext) -> PolicyValidationPluginReport:
        """Judge the templates of *context*."""
        try:
            violations = list(self._violations(context))
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing has been judged, and that must be said
            violations = [_undecided("", error)]
        errors = [violation for violation in violations if violation.severity == Severity.ERROR.value]
        return PolicyValidationPluginReport(success=not errors, violations=violations)

    def _violations(self, context: IPolicyValidationContext) -> Iterator[PolicyViolation]:
        templates = read_templates(context.template_paths)
        conventions = Conventions(context.app_construct, self._given)
        resolution = Resolution(templates)
        for stack, names in groupby(names_of(resolution), lambda name: name.location.stack):
            yield from self._judged(stack, names, conventions)
        if self._tags is not None:
            yield from map(_violation, judge_tags(tagged_resources(resolution), self._tags))

    def _judged(self, stack: str, names: Iterable[NamedResource], conventions: Conventions) -> list[PolicyViolation]:
        try:
            findings = judge(names, conventions.at(stack), levels=self._levels)
        except Exception as error:  # noqa: BLE001 - a convention may be anyone's code; the other stacks are still judged
            return [_undecided(stack, error)]
        return [_violation(finding) for finding in findings]


def _violation(finding: Finding) -> PolicyViolation:
    location = finding.location
    resource = PolicyViolatingResource(
        resource_logical_id=location.logical_id,
        template_path=location.template_file,
        locations=["/".join(["Properties", *(location.property_path or "").split(".")]).rstrip("/")],
    )
    return PolicyViolation(
        rule_name=finding.check_id,
        description=finding.message,
        severity=finding.severity.value,
        fix=finding.fix,
        violating_resources=[resource],
    )


def _undecided(path: str, error: Exception) -> PolicyViolation:
    """Return a violation at the construct at *path*: one without a place would not stop synthesis."""
    return PolicyViolation(
        rule_name=_UNDECIDED,
        description=f"could not be decided: {type(error).__name__}: {error}",
        severity=Severity.ERROR.value,
        fix="put right what the error says; nothing in it has been checked",
        violating_resources=[PolicyViolatingResource(construct_path=path, locations=[])],
    )
