"""Names for plain L2 constructs, given at creation, without a change to the code that creates them."""

from __future__ import annotations

from typing import Any, cast

import jsii
from aws_cdk import InjectionContext, IPropertyInjector, Stack
from aws_cdk import aws_events as events

from cdk_eventbridge_patterns.enforcement.given_name import given_name, ids_below
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.tree.convention import convention_of


def name_injectors(*, service: str, convention: NamingConvention | None = None) -> list[IPropertyInjector]:
    """Return property injectors that name the L2 buses and archives of a service which have no name.

        PropertyInjectors.of(stack).add(*name_injectors(service="orders"))

    They act while a construct is made, so whatever is derived from it later, such as its ARN in a policy or in another
    account's rule, carries the name; an aspect would come too late for that. A name that is given stays as it is, and
    so does that of a partner bus, which AWS chooses.

    The name is made of the ids below the stack: `EventBus(stack, "Bus")` is the service's main bus, and
    `EventBus(stack, "Audit")` its bus `audit`. The same path in two stacks of one account and Region gives the same
    name, which CloudFormation refuses to create twice.

    Rules and queues are not named, nor are L1s: docs/decisions/0004-property-injectors.md says why. In a stack that is
    deployed already, a name replaces what had another: an archive is deleted with its events.

    Args:
        service: The service that owns what is named.

        convention: The convention that names it. Default: the one that holds where the construct is made.

    Raises:
        NamingError: If *service* is not lower-case words joined by hyphens.
    """
    check_service(service)
    injectors = (
        _NameInjector(events.EventBus.PROPERTY_INJECTION_ID, "eventBusName", ResourceKind.BUS, service, convention),
        _NameInjector(events.Archive.PROPERTY_INJECTION_ID, "archiveName", ResourceKind.ARCHIVE, service, convention),
    )
    # The interface is written with keyword arguments, but jsii hands the context over as one positional struct.
    return [cast("IPropertyInjector", injector) for injector in injectors]


@jsii.implements(IPropertyInjector)
class _NameInjector:
    def __init__(
        self, construct_id: str, argument: str, kind: ResourceKind, service: str, convention: NamingConvention | None
    ) -> None:
        self._construct_id = construct_id
        self._argument = argument
        self._kind = kind
        self._service = service
        self._convention = convention

    @property
    def construct_unique_id(self) -> str:
        """The class whose arguments are looked at."""
        return self._construct_id

    def inject(self, original_props: Any, context: InjectionContext) -> Any:  # noqa: ANN401 - any class's arguments
        """Return the arguments, camelCase as jsii hands them over, with the name if there is none."""
        if self._argument in original_props or "eventSourceName" in original_props:
            return original_props
        scope = context.scope
        ids = ids_below(Stack.of(scope).node.path, f"{scope.node.path}/{context.id}")
        name = given_name(convention_of(scope, self._convention), self._kind, self._service, ids)
        return {**original_props, self._argument: name}
