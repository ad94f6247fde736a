"""PLOVER types and CAMEO codes."""

from __future__ import annotations

import re

import pytest

from engine import facts
from engine.codes import Tone, codes_of

PLOVER = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST "
    "ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)
ACTS = {
    "STATEMENT": facts.StatementAct,
    "AGREEMENT": facts.AgreementAction,
    "SANCTION": facts.SanctionAction,
    "RESOLUTION": facts.ResolutionAction,
    "RELATIONS": facts.RelationsAction,
    "APPOINTMENT": facts.AppointmentAction,
    "MEETING": facts.MeetingMode,
}


@pytest.mark.parametrize(
    ("event", "plover", "cameo", "tone"),
    [
        (("MEETING", "OCCURRED", None), "CONSULT", "040", Tone.COOPERATIVE),
        (("MEETING", "OCCURRED", "PHONE"), "CONSULT:phone", "041", Tone.COOPERATIVE),
        (("MEETING", "PLANNED", None), "AGREE", "036", Tone.COOPERATIVE),
        (("MEETING", "PROPOSED", None), "REQUEST:meet", "026", Tone.NEUTRAL),
        (("MEETING", "CANCELLED", None), "REJECT:meet", "125", Tone.CONFLICTUAL),
        (("VISIT", "ONGOING", None), "CONSULT:visit", "042", Tone.COOPERATIVE),
        (("STATEMENT", "OCCURRED", "SAY"), None, "010", Tone.NEUTRAL),
        (("STATEMENT", "PLANNED", "WARN"), "THREATEN", "130", Tone.CONFLICTUAL),
        (("AGREEMENT", "OCCURRED", "SIGN"), "SUPPORT", "057", Tone.COOPERATIVE),
        (("SANCTION", "OCCURRED", "IMPOSE"), "COERCE:restrict", "163", Tone.CONFLICTUAL),
        (("SANCTION", "PLANNED", "IMPOSE"), "THREATEN:restrict", "1312", Tone.CONFLICTUAL),
        (("SANCTION", "PLANNED", "LIFT"), "AGREE", "0354", Tone.COOPERATIVE),
        (("SANCTION", "PROPOSED", "EASE"), "REQUEST:yield", "0254", Tone.NEUTRAL),
        (("SANCTION", "CANCELLED", "IMPOSE"), None, None, Tone.NEUTRAL),
        (("RELATIONS", "PLANNED", "SEVER"), "THREATEN:relations", "1313", Tone.CONFLICTUAL),
        (("RELATIONS", "PLANNED", "RESTORE"), "AGREE", "032", Tone.COOPERATIVE),
        (("AID", "CANCELLED", None), "SANCTION:discontinue", "162", Tone.CONFLICTUAL),
        (("WEAPON_TEST", "PLANNED", None), None, None, Tone.NEUTRAL),
        (("WEAPON_TEST", "OCCURRED", None), "MOBILIZE:weapons", None, Tone.CONFLICTUAL),
        (("RELATIONS", "OCCURRED", "EXPEL"), "SANCTION:expel", "161", Tone.CONFLICTUAL),
        (("APPOINTMENT", "OCCURRED", "APPOINT"), None, None, Tone.NEUTRAL),
    ],
)
def test_codes(event: tuple[str, str, str | None], plover: str | None, cameo: str | None, tone: Tone) -> None:
    found = codes_of(*event)
    assert (found.plover, found.cameo, found.tone) == (plover, cameo, tone)


def test_every_event_has_codes_that_exist() -> None:
    seen = 0
    for type in facts.EventType:
        for status in facts.EventStatus:
            for act in (None, *(act.name for act in ACTS.get(type.name, ()))):
                found = codes_of(type.name, status.name, act)
                seen += found.plover is not None
                assert found.plover is None or found.plover.partition(":")[0] in PLOVER
                assert found.cameo is None or re.fullmatch(r"(0[1-9]|1\d|20)\d{1,2}", found.cameo)
    assert seen > 60
