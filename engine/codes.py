"""The field's standard codes of an event, and whether it brings states together or drives them apart.

PLOVER types and modes follow the PLOVER manual (openeventdata, 16 types, with its CAMEO-to-PLOVER table of 2021); CAMEO
codes follow the CAMEO manual 1.1b3. Where a scheme has no code for what Chancery stores, the code is absent: CAMEO has
no weapon test, PLOVER leaves out plain statements (CAMEO 01) and appeals (CAMEO 02), and neither codes appointments.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

BEGUN: Final = frozenset({"ONGOING", "OCCURRED"})


class Tone(Enum):
    """What an event says about the relation of its sides."""

    COOPERATIVE = "It brings the sides together."
    CONFLICTUAL = "It drives the sides apart."
    NEUTRAL = "Neither, or it cannot be told."


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one event: `plover` is a type with its mode after a colon, `cameo` a code of two to four digits."""

    plover: str | None = None
    cameo: str | None = None
    tone: Tone = Tone.NEUTRAL


_GOOD, _BAD, _NEUTRAL = Tone.COOPERATIVE, Tone.CONFLICTUAL, Tone.NEUTRAL

# Keyed by type and by the slot that tells the act: `act` of statements, `mode` of meetings, else `action`.
_BEGUN_CODES: Final[dict[tuple[str, str | None], Codes]] = {
    ("MEETING", None): Codes("CONSULT", "040", _GOOD),
    ("MEETING", "PHONE"): Codes("CONSULT:phone", "041", _GOOD),
    ("MEETING", "VIDEO"): Codes("CONSULT", "040", _GOOD),
    ("VISIT", None): Codes("CONSULT:visit", "042", _GOOD),
    ("STATEMENT", "SAY"): Codes(None, "010", _NEUTRAL),
    ("STATEMENT", "URGE"): Codes("REQUEST", "100", _NEUTRAL),
    ("STATEMENT", "PROMISE"): Codes("AGREE", "030", _GOOD),
    ("STATEMENT", "WARN"): Codes("THREATEN", "130", _BAD),
    ("STATEMENT", "CONDEMN"): Codes("ACCUSE:disapprove", "111", _BAD),
    ("STATEMENT", "PRAISE"): Codes("SUPPORT", "051", _GOOD),
    ("STATEMENT", "DENY"): Codes("REJECT", "120", _BAD),
    ("STATEMENT", "CONCERN"): Codes(None, "012", _NEUTRAL),
    ("AGREEMENT", "NEGOTIATE"): Codes("CONSULT", "046", _GOOD),
    ("AGREEMENT", "REACH"): Codes("AGREE", "030", _GOOD),
    ("AGREEMENT", "SIGN"): Codes("SUPPORT", "057", _GOOD),
    ("AGREEMENT", "RATIFY"): Codes("SUPPORT", "057", _GOOD),
    ("AGREEMENT", "EXTEND"): Codes("SUPPORT", "057", _GOOD),
    ("AGREEMENT", "SUSPEND"): Codes("SANCTION:discontinue", "160", _BAD),
    ("AGREEMENT", "WITHDRAW"): Codes("SANCTION:withdraw", "160", _BAD),
    ("AGREEMENT", "VIOLATE"): Codes("REJECT", "128", _BAD),
    ("AGREEMENT", "IMPLEMENT"): Codes("COOPERATE", "060", _GOOD),
    ("SANCTION", "IMPOSE"): Codes("COERCE:restrict", "163", _BAD),
    ("SANCTION", "TIGHTEN"): Codes("COERCE:restrict", "163", _BAD),
    ("SANCTION", "EXTEND"): Codes("COERCE:restrict", "163", _BAD),
    ("SANCTION", "EASE"): Codes("RETREAT", "085", _GOOD),
    ("SANCTION", "LIFT"): Codes("RETREAT", "085", _GOOD),
    ("WEAPON_TEST", None): Codes("MOBILIZE:weapons", None, _BAD),
    ("RESOLUTION", "DRAFT"): Codes(None, "014", _NEUTRAL),
    ("RESOLUTION", "ADOPT"): Codes(None, None, _NEUTRAL),
    ("RESOLUTION", "REJECT"): Codes("REJECT", "120", _NEUTRAL),
    ("RESOLUTION", "VETO"): Codes("REJECT", "129", _NEUTRAL),
    ("RESOLUTION", "VOTE"): Codes(None, None, _NEUTRAL),
    ("RELATIONS", "SUMMON"): Codes("ACCUSE", "114", _BAD),
    ("RELATIONS", "EXPEL"): Codes("SANCTION:expel", "161", _BAD),
    ("RELATIONS", "RECALL"): Codes("SANCTION:withdraw", "161", _BAD),
    ("RELATIONS", "SEVER"): Codes("SANCTION:withdraw", "161", _BAD),
    ("RELATIONS", "DOWNGRADE"): Codes("SANCTION:withdraw", "161", _BAD),
    ("RELATIONS", "UPGRADE"): Codes("SUPPORT", "050", _GOOD),
    ("RELATIONS", "RESTORE"): Codes("SUPPORT", "050", _GOOD),
    ("RELATIONS", "ESTABLISH"): Codes("SUPPORT", "050", _GOOD),
    ("RELATIONS", "RECOGNIZE"): Codes("SUPPORT", "054", _GOOD),
    ("RELATIONS", "OPEN_MISSION"): Codes("SUPPORT", "050", _GOOD),
    ("RELATIONS", "CLOSE_MISSION"): Codes("SANCTION:withdraw", "161", _BAD),
    ("APPOINTMENT", "RESIGN"): Codes(None, None, _NEUTRAL),
    ("AID", None): Codes("AID", "070", _GOOD),
    ("EXERCISE", None): Codes("MOBILIZE:troops", "150", _NEUTRAL),
}

# PLOVER codes every future consultation, cooperation or aid as AGREE, and a threat of sanctions as THREATEN.
# The key None is for acts that have no row of their own.
_FRIENDLIER: Final = ("UPGRADE", "RESTORE", "ESTABLISH", "RECOGNIZE", "OPEN_MISSION")
_COLDER: Final = ("RECALL", "SEVER", "DOWNGRADE", "CLOSE_MISSION")
_INTENDED_CODES: Final[dict[tuple[str, str | None], Codes]] = {
    ("MEETING", None): Codes("AGREE", "036", _GOOD),
    ("VISIT", None): Codes("AGREE", "036", _GOOD),
    ("AGREEMENT", None): Codes("AGREE", "030", _GOOD),
    ("AID", None): Codes("AGREE", "033", _GOOD),
    ("SANCTION", None): Codes("THREATEN:restrict", "1312", _BAD),
    ("SANCTION", "EASE"): Codes("AGREE", "0354", _GOOD),
    ("SANCTION", "LIFT"): Codes("AGREE", "0354", _GOOD),
    ("RELATIONS", "EXPEL"): Codes("THREATEN:expel", "1313", _BAD),
    **{("RELATIONS", act): Codes("THREATEN:relations", "1313", _BAD) for act in _COLDER},
    **{("RELATIONS", act): Codes("AGREE", "032", _GOOD) for act in _FRIENDLIER},
}
_PROPOSED_CODES: Final[dict[tuple[str, str | None], Codes]] = {
    ("MEETING", None): Codes("REQUEST:meet", "026", _NEUTRAL),
    ("VISIT", None): Codes("REQUEST:meet", "026", _NEUTRAL),
    ("AGREEMENT", None): Codes("REQUEST", "022", _NEUTRAL),
    ("AID", None): Codes("REQUEST:assist", "023", _NEUTRAL),
    ("SANCTION", "EASE"): Codes("REQUEST:yield", "0254", _NEUTRAL),
    ("SANCTION", "LIFT"): Codes("REQUEST:yield", "0254", _NEUTRAL),
}
_REFUSED_CODES: Final[dict[tuple[str, str | None], Codes]] = {
    ("MEETING", None): Codes("REJECT:meet", "125", _BAD),
    ("VISIT", None): Codes("REJECT:meet", "125", _BAD),
    ("AGREEMENT", None): Codes("REJECT", "120", _BAD),
    ("AID", None): Codes("SANCTION:discontinue", "162", _BAD),
}
_NO_CODES: Final = Codes()


def codes_of(type: str, status: str, act: str | None) -> Codes:
    """The codes of an event by type, status and act, all by name of the enum value.

    `act` is a statement's act, a meeting's mode or another event's action. A statement keeps its code whatever its
    status.
    """
    codes = {"PLANNED": _INTENDED_CODES, "PROPOSED": _PROPOSED_CODES}.get(status, _REFUSED_CODES)
    if type == "STATEMENT" or status in BEGUN:
        codes = _BEGUN_CODES
    return codes.get((type, act)) or codes.get((type, None), _NO_CODES)
