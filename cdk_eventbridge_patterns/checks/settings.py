"""What a team asks of the checks: how much each matters, what is acknowledged, which of its own are added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.registry import all_checks, family_of, find
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.acknowledgement import Acknowledgement
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.tag_convention import TagConvention

Levels = Mapping[str, Severity | None]


@dataclass(frozen=True, kw_only=True)
class ConfiguredAcknowledgement:
    """An acknowledgement that stands in a configuration, not beside what it is about.

    Args:
        acknowledgement: The acknowledgement.

        where: What it covers: the path of a construct, `Stack/LogicalId`, or a template's name with the logical id; `*`
            stands for any characters.
    """

    acknowledgement: Acknowledgement
    where: str

    def covers(self, location: Location) -> bool:
        """Return whether it covers what is at *location*."""
        places = (location.construct_path, f"{location.stack}/{location.logical_id}", location.template_file)
        return any(place is not None and fnmatchcase(place, self.where) for place in places)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What is asked of the checks.

    Args:
        levels: How much a finding matters, by the id of its check or by family; None is not checked at all. The id
            comes before the family. Default: as each check says.

        convention: The naming convention, or what gives it for the path of a stack. Default: names are not checked.

        name_levels: How much a name off the convention matters, by kind. Default: as `judge` of the naming checks.

        tags: The tags that resources must have. Default: none are asked for.

        acknowledgements: What is acknowledged besides what templates say themselves. Default: nothing.

        checks: The team's own checks. Default: none.

    Raises:
        DeclarationError: If *levels* names what is no check, or an own check has no id, or a taken one.
    """

    levels: Levels = field(default_factory=dict)
    convention: NamingConvention | Callable[[str], NamingConvention] | None = None
    name_levels: Mapping[ResourceKind, Severity | None] | None = None
    tags: TagConvention | None = None
    acknowledgements: Sequence[ConfiguredAcknowledgement] = ()
    checks: Sequence[TopologyCheck] = ()

    def __post_init__(self) -> None:
        """Refuse what would silently do nothing."""
        own = [check.id if hasattr(check, "id") else "" for check in self.checks]
        for check, id in zip(self.checks, own, strict=True):
            if not id or find(id) is not None or own.count(id) > 1:
                msg = f"id of {type(check).__name__} must be one that no other check has, such as 'ACME001', got {id!r}"
                raise DeclarationError(msg)
        ours = all_checks()
        known = {*own, "own", *(check.id for check in ours), *map(family_of, ours)}
        if unknown := sorted(set(self.levels) - known):
            msg = f"levels must name checks or families, such as 'DLV001' or 'delivery', got {unknown}"
            raise DeclarationError(msg)

    def level_of(self, finding: Finding) -> Severity | None:
        """Return how much a finding matters, None where it is not asked for."""
        if finding.check_id in self.levels:
            level = self.levels[finding.check_id]
        else:
            check = find(finding.check_id)
            level = self.levels.get("own" if check is None else family_of(check), finding.severity)
        # What is undecided is no fault: a level can take it away, not make it one.
        return finding.severity if finding.undecided and level is not None else level

    def convention_at(self, stack: str) -> NamingConvention | None:
        """Return the naming convention for the stack at a path."""
        given = self.convention
        return given if given is None or isinstance(given, NamingConvention) else given(stack)
