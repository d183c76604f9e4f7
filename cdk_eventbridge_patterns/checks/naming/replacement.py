"""What it costs to rename a resource: names are create-only, so CloudFormation makes a new one and deletes the old."""

from __future__ import annotations

from dataclasses import dataclass

from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind


@dataclass(frozen=True)
class Replacement:
    """What CloudFormation does when a name changes.

    Args:
        replaces: Whether it replaces the resource.

        effect: What that means for whoever uses it.
    """

    replaces: bool
    effect: str

    @property
    def warning(self) -> str:
        """The same in one sentence."""
        return f"CloudFormation then replaces it: {self.effect}" if self.replaces else self.effect


# Create-only properties of the resource types, as their CloudFormation schemas say; of a target's id the documentation
# of PutTargets: targets are told apart by it, so a new id is a new target.
_REPLACEMENTS = {
    ResourceKind.BUS: "rules that other accounts have on it must be put on the new one, publishers must follow",
    ResourceKind.RULE: "events in the moment between the two may be lost or arrive twice",
    ResourceKind.ARCHIVE: "the events it keeps are lost, so let it expire beside a new one",
    ResourceKind.STATEMENT: "whom it lets in is refused for a moment, and stays refused if the new id is taken",
    ResourceKind.QUEUE: "drain it first, its messages go with it, and other accounts' rules must follow",
    ResourceKind.ROLE: "none loses by it, unless a policy elsewhere names the role",
    ResourceKind.REGISTRY: "its schemas are made anew with it, and their versions begin again",
    ResourceKind.SCHEMA: "its versions begin again",
    ResourceKind.CONNECTION: "its API destinations must follow, its secret is made anew",
    ResourceKind.API_DESTINATION: "rules that have it as target must follow",
    ResourceKind.ENDPOINT: "publishers must use the new endpoint's id",
    ResourceKind.PIPE: "it reads its source anew, from where its starting position says",
    ResourceKind.SCHEDULE: "a run in the moment between the two may be missed or come twice",
    ResourceKind.SCHEDULE_GROUP: "all schedules in it are deleted with it and must be made anew",
    ResourceKind.V2_BUS: "the events it keeps are lost, and subscribers in other accounts must follow",
    ResourceKind.SUBSCRIBER: "the old one is deleted first, so start the new one at a point in time",
    ResourceKind.EVENT_SOURCE: "events in the moment between the two are lost",
}
_TARGET = Replacement(
    replaces=False, effect="the rule stays; its target is put anew, and events between the two may be missed"
)


def replacement_of(kind: ResourceKind) -> Replacement:
    """Return what renaming a resource of *kind* means."""
    if kind is ResourceKind.TARGET:
        return _TARGET
    return Replacement(replaces=True, effect=_REPLACEMENTS.get(kind, "whoever uses it must follow"))
