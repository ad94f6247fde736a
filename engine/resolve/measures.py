"""What a report of sanctions, aid, an exercise, a resolution or a weapon test must tell, and whom it may name."""

from __future__ import annotations

from engine.facts import Aid, Event, Exercise, Resolution, Sanction, WeaponKind, WeaponTest
from engine.resolve.discourse import is_country

MISSILES = frozenset({WeaponKind.MISSILE, WeaponKind.BALLISTIC_MISSILE, WeaponKind.CRUISE_MISSILE, None})


def settle(event: Event) -> None:
    """Take out sides that cannot be meant: states as voting bodies, armed groups as testers, whoever hits himself."""
    if isinstance(event, Resolution):
        event.parties = [party for party in event.parties if not is_country(party)]
    if isinstance(event, WeaponTest):
        event.parties = [party for party in event.parties if is_country(party)]
    if isinstance(event, (Sanction, Aid)):
        event.target = [target for target in event.target if target not in event.parties]


def measured(event: Event) -> bool:
    """Whether an event of one of these types says enough to stand alone; any other event does."""
    if isinstance(event, Resolution):
        return bool(event.parties or event.name)
    if isinstance(event, (Sanction, Aid)):
        return bool(event.parties or event.target)
    if isinstance(event, Exercise):
        return bool(event.parties or event.name)
    return not isinstance(event, WeaponTest) or bool(event.parties and event.weapon)


def same_weapon(a: Event, b: Event) -> bool:
    """Whether two tests can be of one weapon: a missile of no kind told can be of any kind."""
    if not (isinstance(a, WeaponTest) and isinstance(b, WeaponTest)):
        return True
    if WeaponKind.MISSILE in (a.weapon, b.weapon):
        return {a.weapon, b.weapon} <= MISSILES
    return a.weapon == b.weapon or None in (a.weapon, b.weapon)


def specify(a: Event, b: Event) -> None:
    """Take over the kind of missile that a later report of the same test tells."""
    if isinstance(a, WeaponTest) and isinstance(b, WeaponTest) and a.weapon is WeaponKind.MISSILE:
        a.weapon = b.weapon or a.weapon
