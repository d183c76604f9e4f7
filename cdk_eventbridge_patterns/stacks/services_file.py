"""Services from services files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.declarations.faults import Faults
from cdk_eventbridge_patterns.declarations.services import read_services
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.words import nearest
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.stacks.service import Service
from cdk_eventbridge_patterns.stacks.service_stack import ServiceStack


def services_from_file(
    *files: str | Path,
    contracts: Sequence[EventContract] = (),
    stacks: Mapping[str, type[ServiceStack]] | None = None,
) -> tuple[Service, ...]:
    """Return the services that YAML files declare, in the order of the files.

        contracts: contracts          # a folder of contract files, relative to this file
        services:
          orders:
            account: "111111111111"
            owner: team-orders
            publishes: [OrderPlaced.v1]
            consumes:
              - shipping/OrderShipped.v1
              - event: payments/PaymentFailed.v1
                detail: {reason: [fraud]}

    All keys are told in `docs/scale.md`. What belongs to the whole topology, such as its Region, is said in Python, to
    `MultiBusTopology`; so are services that data can't declare, which may stand beside these.

    Args:
        files: At least one file; several are read as one, so that each team or domain may have its own.

        contracts: Contracts that Python declares, such as those with an envelope, beside those of the files' folders.
            Default: none.

        stacks: The classes of the stacks of teams that have their own, by service. Default: `ServiceStack` for all.

    Raises:
        DeclarationError: If something in the files is wrong; all faults are told at once, each with its line.
    """
    if not files:
        raise DeclarationError("files must name at least one file, such as 'services.yaml', got none")
    check_list(contracts, "contracts", EventContract, "a list of event contracts, such as [ORDER_PLACED]")
    own_stacks = stacks or {}
    faults = Faults()
    services = []
    for declared in read_services([Path(file) for file in files], contracts, faults):
        with faults.caught(declared.where):
            stack = own_stacks.get(declared.name, ServiceStack)
            services.append(Service(**declared.arguments, stack=stack))
    faults.check()
    names = [service.name for service in services]
    for name in own_stacks:
        if name not in names:
            raise DeclarationError(
                f"stacks must name services of the files, such as {nearest(name, names)!r}, got {name!r}"
            )
    return tuple(services)
