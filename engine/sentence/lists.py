"""Lists of actors whose first member is none: the capital where something is, before a comma.

"After talks in Ankara, Syria and Israel agreed ...": the words alone may as well list three governments.
"""

from __future__ import annotations

from engine.interpret import Interpreter
from engine.landmarks import WHERE
from engine.sentence.clauses import Clauses

CAPITAL = "capital"
"""The alias of a party told by its capital."""
FEWEST = 3
"""Members of a list of which the first may be a place; two are joined by "and" alone."""


def part_places(interpreter: Interpreter, clauses: Clauses) -> None:
    """Take the capital that a preposition of place leads off the list of actors behind it."""
    for at in clauses.actors:
        if not clauses.has(at - 1, *WHERE):
            continue
        draft = interpreter.phrase("ACTORS", clauses.items[at])
        members = draft.drafts("member") if draft is not None else []
        if (
            draft is not None
            and len(members) >= FEWEST
            and [one.alias == CAPITAL for one in members[:2]] == [True, False]
        ):
            draft.fields["member"] = list(members[1:])
            clauses.parted.add(at)
