"""When two reports tell of one happening, when two names are one person, and what several reports say together.

All decisions about sameness are here. Reports are compared as events of the extraction record (dicts). The rules:

- One happening has one type, the same time (or one's time within the other's, the wider at most a month long), and in
  every slot that both reports fill nothing that contradicts. Each type names slots that must be filled alike.
- Sides and people may be told incompletely: one report's may be among the other's, if two sides or one person agree.
- Without a time on both, only a numbered name ("Resolution 2270", the fifth round of named talks) makes them one.
- A statement is the same only in the same words by the same speakers.
- In doubt they are two: a wrong join hides a fact, a missed join only shows it twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from engine.store.identity import folded
from engine.store.timespan import TimeSpan, span_of

Facts = Mapping[str, Any]

# Alike or absent in both: a call is no meeting in person, and signing is not ratifying.
_ALIKE: dict[str, tuple[str, ...]] = {
    "MEETING": ("mode",),
    "VISIT": ("target",),
    "STATEMENT": ("speaker", "act", "target", "content"),
    "AGREEMENT": ("action",),
    "SANCTION": ("action", "target"),
    "WEAPON_TEST": (),
    "RESOLUTION": ("action",),
    "RELATIONS": ("action", "target"),
    "APPOINTMENT": ("action", "person"),
    "AID": ("target",),
    "EXERCISE": (),
}
# Not different where both tell them.
_COMPATIBLE = ("level", "name", "ordinal", "amount", "post")
_LONGEST_DAYS = 31
_SIDES_LOOKED_UP = 4
_WORDS_OF_A_QUOTE = 5
# Ranks below others in what the latest report may overwrite.
_LISTS = ("parties", "participants", "speaker", "target", "topics")


def values(facts: Facts, slot: str) -> list[str]:
    """The values of a list slot, which the record writes as a string when there is one."""
    value = facts.get(slot)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def keys_of(facts: Facts) -> tuple[list[str], list[str]]:
    """The keys to store an event under, and the keys under which the events are found that it may be one with."""
    kind = facts["type"]
    if kind == "STATEMENT":
        content = folded(facts.get("content") or "")
        if len(content.split()) < _WORDS_OF_A_QUOTE:
            return [], []
        keys = ["|".join((kind, *sorted(values(facts, "speaker")), content))]
        return keys, keys
    if numbered := _numbered_name(facts):
        keys = [f"{kind}|{numbered}"]
        return keys, keys
    when = facts.get("when")
    span = span_of(when) if when else None
    if span is None or span.days() > _LONGEST_DAYS:
        return [], []
    sides = _sides(facts)
    stored, looked_up = _times(span)
    return (
        [f"{kind}|{time}|{side}" for time in stored for side in sides],
        [f"{kind}|{time}|{side}" for time in looked_up for side in sides],
    )


def _times(span: TimeSpan) -> tuple[list[str], list[str]]:
    """A day is stored as day and as part of its month; a wider span is met through the months that it touches."""
    if span.granularity == "DAY":
        return [span.start, f"{span.start[:7]}d"], [span.start, f"{span.start[:7]}w"]
    months = sorted({span.start[:7], span.end[:7]})
    return [f"{month}w" for month in months], [f"{month}{kind}" for month in months for kind in "dw"]


def _sides(facts: Facts) -> list[str]:
    parties = sorted(set(values(facts, "parties")))[:_SIDES_LOOKED_UP]
    if len(parties) > 1:
        return ["|".join(pair) for pair in combinations(parties, 2)]
    people = values(facts, "participants") or values(facts, "person")
    return [folded(name) for name in people[:_SIDES_LOOKED_UP]] + parties


def _numbered_name(facts: Facts) -> str | None:
    name, ordinal = facts.get("name"), facts.get("ordinal")
    if name and facts["type"] != "WEAPON_TEST" and (ordinal is not None or any(c.isdigit() for c in name)):
        return f"{folded(name)}|{ordinal or ''}"
    return None


def likeness(one: Facts, other: Facts) -> int:
    """How many values two reports share if they tell of one happening; 0 if they do not."""
    if one["type"] != other["type"] or not _same_time(one, other):
        return 0
    if any(_fold(values(one, slot)) != _fold(values(other, slot)) for slot in _ALIKE[one["type"]]):
        return 0
    if any(_contradict(one, other, slot) for slot in _COMPATIBLE):
        return 0
    if not _same_place(one, other) or not _same_weapon(one, other):
        return 0
    return _shared_actors(one, other)


def _fold(names: Iterable[Any]) -> set[str]:
    return {folded(str(name)) for name in names}


def _contradict(one: Facts, other: Facts, slot: str) -> bool:
    a, b = one.get(slot), other.get(slot)
    return a is not None and b is not None and folded(str(a)) != folded(str(b))


def _same_time(one: Facts, other: Facts) -> bool:
    if one["type"] == "STATEMENT":
        return not _contradict(one, other, "when")
    numbered = _numbered_name(one)
    if numbered and numbered == _numbered_name(other) and not (one.get("when") and other.get("when")):
        return True
    a, b = (span_of(facts["when"]) if facts.get("when") else None for facts in (one, other))
    if a is None or b is None:
        return False
    return (a.holds(b) or b.holds(a)) and max(a.days(), b.days()) <= _LONGEST_DAYS


def _same_place(one: Facts, other: Facts) -> bool:
    """A city and its own country do not contradict each other; `place_country` is the writer's addition."""
    if not _contradict(one, other, "place"):
        return True
    country = one.get("place_country")
    wider = one.get("place_is_country") or other.get("place_is_country")
    return bool(country and wider and country == other.get("place_country"))


def _same_weapon(one: Facts, other: Facts) -> bool:
    a, b = one.get("weapon"), other.get("weapon")
    if a is None or b is None or a == b:
        return True
    return "MISSILE" in (a, b) and a.endswith("MISSILE") and b.endswith("MISSILE")


def _shared_actors(one: Facts, other: Facts) -> int:
    """Shared sides and people, where neither report has somebody beside what the other could have left out."""
    sides, people = _overlap(one, other, "parties"), _overlap(one, other, "participants")
    if sides is None or people is None:
        return 0
    if one["type"] == "STATEMENT":
        return len(values(one, "speaker"))
    alike = _fold(values(one, "parties")) == _fold(values(other, "parties"))
    enough = people > 0 or sides > 1 or (sides == 1 and alike and one["type"] != "MEETING")
    # A person appointed is held alike above; a numbered name stands for its sides.
    enough = enough or one["type"] == "APPOINTMENT" or _numbered_name(one) is not None
    return 1 + sides + 2 * people + _same_slots(one, other) if enough else 0


def _overlap(one: Facts, other: Facts, slot: str) -> int | None:
    """How many values agree; None where each report has one that the other lacks."""
    a, b = _fold(values(one, slot)), _fold(values(other, slot))
    if a and b and not (a <= b or b <= a):
        return None
    return len(a & b)


def _same_slots(one: Facts, other: Facts) -> int:
    return sum(
        one.get(slot) is not None and one.get(slot) == other.get(slot) for slot in ("when", "place", *_COMPATIBLE)
    )


def merged(reports: Sequence[Facts]) -> dict[str, Any]:
    """What several reports of one happening, oldest first, say together.

    The newest report decides status and single values; the narrowest time and the city rather than its country stay;
    lists gather every value once, in the order told.
    """
    if len(reports) == 1:
        return dict(reports[0])
    together: dict[str, Any] = {}
    for facts in reports:
        for slot, value in facts.items():
            if slot in _LISTS:
                seen = together.setdefault(slot, [])
                known = _fold(seen)
                seen.extend(v for v in values(facts, slot) if folded(str(v)) not in known)
            elif slot == "place":
                if not (facts.get("place_is_country") and together.get("place")):
                    together[slot] = value
            elif slot not in ("when", "when_text"):
                together[slot] = value
        _narrow(together, facts)
    together["place_is_country"] = all(facts.get("place_is_country", False) for facts in reports)
    return together


def _narrow(together: dict[str, Any], facts: Facts) -> None:
    when = facts.get("when")
    if when is None:
        return
    new, old = span_of(when), span_of(together["when"]) if together.get("when") else None
    if old is None or (new is not None and new.days() <= old.days()):
        together["when"], together["when_text"] = when, facts.get("when_text")


def side_fits(known: tuple[str | None, int | None], told: tuple[str | None, int | None]) -> bool:
    """Whether a person known with a country and organization can be one told of with these; an unknown side fits."""
    return all(a is None or b is None or a == b for a, b in zip(known, told, strict=True))


def choose_person(
    candidates: Mapping[int, tuple[str | None, int | None]], name: str, told: tuple[str | None, int | None]
) -> int | None:
    """The person of the same folded name that is meant, or None where that would be a guess.

    A bare surname is the same person only with the same known side; a full name also where one side is unknown, if
    exactly one candidate fits.
    """
    exact = [number for number, side in candidates.items() if side == told]
    if len(exact) == 1 and (" " in name or told != (None, None)):
        return exact[0]
    if " " not in name:
        return None
    fitting = [number for number, side in candidates.items() if side_fits(side, told)]
    return fitting[0] if len(fitting) == 1 else None
