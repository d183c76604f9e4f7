"""Names as parts of paths and addresses."""

from __future__ import annotations

import re
from collections.abc import Collection
from hashlib import sha256

from cdk_eventbridge_patterns.catalog.grouped import grouped

_NOT_IN_A_PATH = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 100


def slugs(names: Collection[str], reserved: Collection[str] = ()) -> dict[str, str]:
    """Return each of *names* as part of a path, unlike all others, also where case does not count.

    Args:
        names: Names, of any characters.

        reserved: What no part may be, in lower case. Default: anything goes.
    """
    by_slug = grouped((_slug(name).lower(), name) for name in sorted(set(names)))
    return {
        name: _slug(name) if len(alike) == 1 and slug and slug not in reserved else _told_apart(name)
        for slug, alike in by_slug.items()
        for name in alike
    }


def _slug(name: str) -> str:
    return _NOT_IN_A_PATH.sub("-", name)[:_LONGEST].strip("-.")


def _told_apart(name: str) -> str:
    return f"{_slug(name) or 'name'}-{sha256(name.encode()).hexdigest()[:8]}"
