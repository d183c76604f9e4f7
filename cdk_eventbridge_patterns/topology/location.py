"""Where something is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where a resource, or one of its properties, is written.

    Args:
        stack: The construct path of its stack, or the template's name where there is no construct.

        logical_id: Its logical id in the template.

        property_path: The property that is meant, such as `Name` or `Targets.0.Id`. Default: the resource as a whole.

        template_file: The template, as it was named to us. Default: not read from a file.

        construct_path: The construct, where the template says it. Default: unknown.
    """

    stack: str
    logical_id: str
    property_path: str | None = None
    template_file: str | None = None
    construct_path: str | None = None

    def at(self, property_path: str) -> Location:
        """Return the place of a property of the resource that is here."""
        return Location(
            stack=self.stack,
            logical_id=self.logical_id,
            property_path=property_path,
            template_file=self.template_file,
            construct_path=self.construct_path,
        )

    def __str__(self) -> str:
        place = self.construct_path or f"{self.stack}/{self.logical_id}"
        return place if self.property_path is None else f"{place} ({self.property_path})"
