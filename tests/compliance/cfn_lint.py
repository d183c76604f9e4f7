"""What cfn-lint finds in templates, and the little of it that is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cfnlint.api import ManualArgs, lint_by_config


@dataclass(frozen=True, kw_only=True)
class Left:
    """Something that cfn-lint finds and that is left as it is.

    Args:
        rule: The id of the rule.

        says: What it says, as a regular expression for a part of it.

        reason: Why it is left.
    """

    rule: str
    says: str
    reason: str

    def is_in(self, finding: str) -> bool:
        """Return whether *finding* is this."""
        return f"[{self.rule}: " in finding and re.search(self.says, finding) is not None


LEFT = (
    Left(
        rule="I1022",
        says="Prefer using Fn::Sub over Fn::Join",
        reason="The CDK's own constructs write `Fn::Join` wherever a text has a reference in it.",
    ),
    Left(
        rule="E3703",
        says="Prefer using Fn::Sub over Fn::Join",
        reason="The same advice, told once more as an error of the pipeline's action that it stands in.",
    ),
    Left(
        rule="W3005",
        says=r"'\w*Role\w*' dependency already enforced by a 'GetAtt' at 'Resources/\w+/Properties/Role(Arn)?'",
        reason="The CDK's functions and pipelines wait for their role twice, by `DependsOn` and by reference.",
    ),
    Left(
        rule="I3510",
        says=r"action 'codestar-connections:UseConnection' requires a resource of",
        reason="The CDK names a connection's action by the service's former name. Not verified on AWS.",
    ),
)


def lint(templates: Iterable[Path]) -> list[str]:
    """Return what cfn-lint finds in *templates*, of any level, save what is left."""
    config = ManualArgs(templates=[str(path) for path in templates], regions=["eu-west-1"], include_checks=["I"])
    found = [f"{Path(match.filename).name}: {match}" for match in lint_by_config(config)]
    return [each for each in found if not any(left.is_in(each) for left in LEFT)]
