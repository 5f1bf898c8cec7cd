"""A field that no person sees, in forms that send mail: what fills it in is a program."""

from collections.abc import Mapping

TRAP = "b3"  # a name that no browser fills in


def was_filled_in_by_a_machine(form: Mapping[str, str]) -> bool:
    """Who is told the same as a person."""
    return bool(form.get(TRAP, ""))
