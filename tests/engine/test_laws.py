"""The laws from wording to fact hold however a rule is written."""

from __future__ import annotations

import pytest

from engine.contract import slot_and_value
from engine.errors import RulesError
from engine.facts import Article, Resolution, ResolutionAction
from engine.reader import Reader
from engine.rules import RULES, load_rules
from engine.sources import sources_of

MARKED = """
resolution: parties action _what -> acted
parties: PARTY_BODY
action: ADOPT_ACTIVE -> adopt
      | VETO_ACTIVE  -> veto
_what: ("a" | "the") RESOLUTION_NOUN
"""
NAMED = """
resolution: parties (action_adopt{ADOPT_ACTIVE} | action_veto{VETO_ACTIVE}) _what -> acted
parties: PARTY_BODY
action_adopt{done}: done
action_veto{done}: done
_what: ("a" | "the") RESOLUTION_NOUN
"""
ARTICLE = Article("un", "The UN Security Council adopted a resolution.", "2016-10-21")


@pytest.mark.parametrize("grammar", [MARKED, NAMED, NAMED.replace("_what:", '_what: "(" _what ")" |')])
def test_a_slot_has_its_value_from_a_mark_or_from_its_name(grammar: str) -> None:
    rules = load_rules(sources_of(RULES).edited({"resolution.lark": grammar}), cached=False)
    (event,) = Reader(rules).read(ARTICLE).events
    assert isinstance(event, Resolution)
    assert (event.action, event.parties) == (ResolutionAction.ADOPT, ["UN Security Council"])


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("status_planned", ("status", "planned")),
        ("parties_that_country", ("parties", "that_country")),
        ("distance_word", ("distance_word", None)),
        ("weapon_test", ("weapon_test", None)),
        ("status", ("status", None)),
        ("_status_planned", ("_status_planned", None)),
        ("partys_subject", ("partys_subject", None)),
        ("status_", ("status_", None)),
    ],
)
def test_a_name_tells_a_slot_and_a_value(rule: str, told: tuple[str, str | None]) -> None:
    assert slot_and_value(rule) == told


def test_two_values_of_one_rule_are_refused() -> None:
    grammar = NAMED.replace("action_veto{done}: done", "action_veto{done}: done -> adopt")
    with pytest.raises(RulesError, match=r"rules/resolution\.lark:5: action_veto is action as veto, and adopt besides"):
        load_rules(sources_of(RULES).edited({"resolution.lark": grammar}), cached=False)
