"""Marks: the names by which one part of the engine leaves something in a record for a later part to settle."""

from __future__ import annotations

GOVERNED = "governed"
"""The mark of a field whose actors, or whose reality, are those of the verb in whose clause the words stand."""
PRESENT = "present"
"""The mark of a status told in the bare present, which may be ahead of time ("leaves on Monday")."""
EVE = "eve"
"""The mark of a status told only by what was done before it ("ahead of the summit"): it was ahead then."""
ATTENDING = "attending"
"""The mark of a side that is the subject of the clause where it has one that is known: of a meeting told before, at
which it says something, or of an agreement."""
BOUND = "bound"
"""The mark of a gathering for which somebody sets out or comes: that it is ahead of this is all that the verb tells."""
THEIRS = "theirs"
"""The mark of what is of several who were told of before ("their talks", "the two signed")."""
HOLDER = "holder"
"""The mark of a body whose gathering it is ("the EU summit")."""
PARTNER = "partner"
"""The mark of "with" before a side, where the other may be the subject of the clause ("said drills with Oslo")."""
REFUSED = "refused"
"""The mark of a status told as what somebody will not do."""
AVERSE = "averse"
"""The mark of a status told as what somebody promised, agreed or decided not to do."""
UNREAL = frozenset({"negated", REFUSED, AVERSE})
"""The marks of statuses of what is not."""
