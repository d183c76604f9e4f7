"""Text compared without regard to case as EventBridge does it: character by character of the operand.

Each character of the operand stands for its lower-case and its upper-case form, and for nothing else. So `straße`
accepts `STRASSE` but not `strasse`.
"""

from __future__ import annotations

Forms = tuple[tuple[str, ...], ...]


def forms_of(operand: str) -> Forms:
    """Return for each character of *operand* what it may be."""
    return tuple(tuple({character.lower(), character.upper()}) for character in operand)


def ends_of(forms: Forms, value: str) -> set[int]:
    """Return where in *value* a beginning that fits *forms* may end."""
    ends = {0}
    for choices in forms:
        ends = {end + len(form) for end in ends for form in choices if value.startswith(form, end)}
        if not ends:
            break
    return ends


def starts_of(forms: Forms, value: str) -> set[int]:
    """Return where in *value* an ending that fits *forms* may start."""
    starts = {len(value)}
    for choices in reversed(forms):
        starts = {start - len(form) for start in starts for form in choices if value.endswith(form, 0, start)}
        if not starts:
            break
    return starts
