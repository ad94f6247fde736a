"""Prints the schema sorted, as schema.graphql holds it: `python -m api.schema.print > schema.graphql`."""

from __future__ import annotations

import sys

from graphql import build_schema, lexicographic_sort_schema, print_schema

from api.schema.build import core_schema


def printed() -> str:
    """The whole schema in the schema language, sorted, with a line end."""
    # Sorting copies Strawberry's enums without their way to print a default, so that the printed schema is what is
    # sorted.
    return print_schema(lexicographic_sort_schema(build_schema(print_schema(core_schema())))) + "\n"


if __name__ == "__main__":
    sys.stdout.write(printed())
