"""The cdk-nag pack that enforces what our checks find, in every stack of every Stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version

import cdk_nag
from aws_cdk import (
    CfnResource,
    IPolicyValidationContext,
    PolicyValidationPluginReport,
    PolicyViolatingResource,
    PolicyViolation,
)
from constructs import IConstruct

from cdk_eventbridge_patterns.assembly.reader import read_templates
from cdk_eventbridge_patterns.assembly.topology_of import topology_of
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.judge import UNREADABLE, judge
from cdk_eventbridge_patterns.checks.registry import all_checks
from cdk_eventbridge_patterns.checks.settings import Settings
from cdk_eventbridge_patterns.enforcement.conventions import Conventions, GivenConvention, check_given
from cdk_eventbridge_patterns.naming.arn import check_organization
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.tag_convention import TagConvention

PACK = "EventBridge"

# The CLI sets it to false, reads the report and fails by itself, for the stacks that were selected.
_FAIL_WITH_THE_APP = "@aws-cdk/core:failSynthOnValidationErrors"


class EventBridgeChecks(cdk_nag.NagPack):
    """Stops synthesis on what our checks find wrong, whoever made the resource, in every Stage.

        app = App()
        Validations.of(app).add_plugins(EventBridgeChecks(app))

    Make it before the first stack. Then all of `cdk` fails with the app; of itself `cdk synth` looks just at the stacks
    it is asked for, which are none where all are in Stages, and `cdk ls` at none. For a pack that is made later,
    `App(post_cli_context={"@aws-cdk/core:failSynthOnValidationErrors": True})` does the same.

    It judges the synthesized templates of all stacks together, so resources made by L1s, L2s, raw `CfnResource`s and
    overrides are all the same to it. Errors stop `app.synth()` and `cdk synth`; warnings, and what is known at
    deployment only, are shown. A finding is acknowledged by `acknowledge(construct, "DLV001", reason=…)`, which keeps
    owner and expiry too, or as the CDK has it, on its resource or any construct above it:

        Validations.of(bus).acknowledge(Acknowledgment(id="EventBridge::NAM001", reason="…"))

    Args:
        scope: The app.

        convention: The convention for all stacks, or one for each path, such as that of a Stage; the nearest path
            counts, and `""` is the app's. Default: the one that holds in the tree at each stack.

        levels: How much a finding matters: an error, a warning, or None if it is not checked. By the id of a check, by
            family, such as `delivery`, and of names off the convention by kind. Default, also for what is left out: as
            each check says; of names an error, but for the ids of targets and statements and for events a warning.

        tags: The tags that every taggable resource must have. Default: none are asked for.

        checks: Checks of your own. Default: none.

        organization_id: The AWS organisation that all accounts of the app are of, by which policies that let in an
            organisation can be decided. Default: not known, and what hangs on it is undecided.

    Raises:
        NamingError: If *convention* is none, or *organization_id* no id of an organisation.
        DeclarationError: If *levels* names no check, or one of *checks* has no id or a taken one.
    """

    def __init__(
        self,
        scope: IConstruct,
        *,
        convention: GivenConvention = None,
        levels: Mapping[ResourceKind | str, Severity | None] | None = None,
        tags: TagConvention | None = None,
        checks: Sequence[TopologyCheck] = (),
        organization_id: str | None = None,
    ) -> None:
        self._given = check_given(convention)
        self._organization = None if organization_id is None else check_organization(organization_id)
        given = (levels or {}).items()
        self._settings = Settings(
            levels={key: level for key, level in given if not isinstance(key, ResourceKind)},
            name_levels={key: level for key, level in given if isinstance(key, ResourceKind)},
            tags=tags,
            checks=checks,
        )
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
        return [*(check.id for check in all_checks()), *(check.id for check in self._settings.checks)]

    def _check_resource(self, node: CfnResource) -> None:
        """Refuse: a walk over the tree costs many times what reading the templates does."""
        raise NotImplementedError

    def validate(self, context: IPolicyValidationContext) -> PolicyValidationPluginReport:
        """Judge the templates of *context*."""
        try:
            violations = list(self._violations(context))
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing has been judged, and that must be said
            violations = [_undecided(f"could not be decided: {type(error).__name__}: {error}", "", Severity.ERROR)]
        errors = [violation for violation in violations if violation.severity == Severity.ERROR.value]
        return PolicyValidationPluginReport(success=not errors, violations=violations)

    def _violations(self, context: IPolicyValidationContext) -> Iterator[PolicyViolation]:
        topology = replace(topology_of(read_templates(context.template_paths)), organization=self._organization)
        conventions = Conventions(context.app_construct, self._given)
        for finding in judge(topology, replace(self._settings, convention=conventions.at)):
            if finding.acknowledged is None:
                yield _violation(finding)


def _violation(finding: Finding) -> PolicyViolation:
    location = finding.location
    if not location.logical_id:
        return _undecided(finding.message, location.stack, finding.severity)
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


def _undecided(message: str, path: str, severity: Severity) -> PolicyViolation:
    """Return a violation at the construct at *path*: one without a place would not stop synthesis."""
    return PolicyViolation(
        rule_name=UNREADABLE,
        description=message,
        severity=severity.value,
        fix="put right what the error says; nothing in it has been checked",
        violating_resources=[PolicyViolatingResource(construct_path=path, locations=[])],
    )
