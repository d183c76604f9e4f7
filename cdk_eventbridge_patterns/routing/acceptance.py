"""Opening a team's own queue, topic, function or stream to the bus of another account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from aws_cdk import aws_iam as iam

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.naming.bus_reference import BusReference
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.acceptance import Acceptance
from cdk_eventbridge_patterns.plan.target import TargetKind
from cdk_eventbridge_patterns.routing.access import warn_of_imported
from cdk_eventbridge_patterns.routing.target_construct import TargetConstruct
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from constructs import Construct

    from cdk_eventbridge_patterns.routing.target_construct import DirectTarget


def accept_delivery(
    target: DirectTarget,
    *events: EventContract,
    on: BusReference,
    name: str | None = None,
    convention: NamingConvention | None = None,
) -> None:
    """Let the bus of another account deliver events to a queue, topic, function or stream of one's own.

    The owner of the bus declares the same with `deliver(…, to=TargetReference.queue(…))`. Both sides derive the name of
    the role that delivers from the convention, the service that owns the bus, and the name of the delivery: nobody but
    that role is let in. A customer managed key of the target is opened to it, too.

    A queue, topic or stream may be deployed before the bus or after it. A function may not: a permission of Lambda must
    name the role, which must be there by then, so the stack of the bus is deployed first.

    Args:
        target: A queue, standard topic, function or stream. The policy of an imported one can't be changed from here:
            a warning says which statement it needs.

        events: The events that are delivered, as the owner of the bus declares them.

        on: The bus, by service and account or by ARN.

        name: The name of the delivery, where the owner of the bus gives it one. Default: the event, of several the
            first in the alphabet.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If the target can't be delivered to from another account, or the bus is in another Region.
        PlacementError: If the target is in no stack with a literal account and Region.
        NamingError: If a name is not of the right form.
    """
    construct = TargetConstruct.of(target, "target")
    construct.check_across_accounts()
    place = Place.of(cast("Construct", target), convention)
    acceptance = Acceptance.of(events, on=on, name=name, naming=place.naming, region=place.region)
    let_in(construct, acceptance)


def let_in(target: TargetConstruct, acceptance: Acceptance) -> None:
    """Open *target* to the role of a delivery, and its key."""
    if target.kind is TargetKind.FUNCTION:
        _permit(target, acceptance)
        return
    statement = acceptance.statement(target.kind, target.arn)
    _add(target.construct, target.kind.label, statement)
    if target.key is not None:
        _add(target.key, "key", acceptance.key_statement(target.kind))


def _permit(target: TargetConstruct, acceptance: Acceptance) -> None:
    """Let the role invoke the function; a permission has no condition for it, so it stands as the principal.

    https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
    """
    function, permission_id = target.construct, acceptance.statement_id
    if function.node.try_find_child(permission_id) is not None:
        return
    function.add_permission(
        permission_id, principal=iam.ArnPrincipal(acceptance.role_arn), action=target.kind.actions[0]
    )
    if function.node.try_find_child(permission_id) is None:
        warn_of_imported(function, target.kind.label, acceptance.statement(target.kind, target.arn))


def _add(resource: Any, kind: str, statement: dict[str, Any]) -> None:  # noqa: ANN401 - any CDK resource
    result = resource.add_to_resource_policy(iam.PolicyStatement.from_json(statement))
    if not result.statement_added:
        warn_of_imported(resource, kind, statement)
