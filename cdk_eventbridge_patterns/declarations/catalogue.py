"""The contracts that a file's services may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.contracts.sources.folder import contracts_in
from cdk_eventbridge_patterns.declarations.faults import Faults, Where
from cdk_eventbridge_patterns.errors import ContractError
from cdk_eventbridge_patterns.naming.words import nearest


class Catalogue:
    """Contracts by their names.

    Args:
        contracts: All of them.

        faults: Where to note what is wrong.
    """

    def __init__(self, contracts: Iterable[EventContract], faults: Faults) -> None:
        self._faults = faults
        self._folders: dict[Path, Catalogue | None] = {}
        self._by_name = {contract.name: contract for contract in contracts}

    def with_folder(self, folder: Path, where: Where) -> Catalogue | None:
        """Return all of these and those in *folder*, which is read once however many files name it.

        Nothing where the folder has a fault: all services would seem to have one, too.
        """
        folder = folder.resolve()
        if folder not in self._folders:
            before = len(self._faults)
            contracts = [*self._by_name.values(), *self._in_folder(folder, where)]
            is_right = len(self._faults) == before
            self._folders[folder] = Catalogue(contracts, self._faults) if is_right else None
        return self._folders[folder]

    def _in_folder(self, folder: Path, where: Where) -> Iterator[EventContract]:
        if not folder.is_dir():
            self._faults.add(where, f"must be a folder of contracts, relative to this file, got {str(folder)!r}")
            return
        with self._faults.caught(where):
            for contract in contracts_in(folder):
                if contract.name in self._by_name:
                    self._faults.add(where, f"has {contract.name}, which Python gives too; keep one of the two")
                yield contract

    def contract(self, name: object, where: Where, *, service: str | None = None) -> EventContract | None:
        """Return the contract called *name*, which may leave out *service*; nothing where there is none: a fault."""
        text = f"{service}/{name}" if service and isinstance(name, str) and "/" not in name else name
        try:
            found = self._by_name.get(EventName.parse(text))  # type: ignore[arg-type]  # it says what is wrong
        except ContractError as error:
            self._faults.add(where, str(error))
            return None
        if found is None:
            known = [str(each) for each in self._by_name]
            hint = f"did you mean {nearest(str(text), known)!r}?" if known else "there are no contracts at all"
            self._faults.add(where, f"there is no contract of {str(text)!r}; {hint}")
        return found
