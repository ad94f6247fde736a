"""Landmarks: the terminals and words of a sentence by which its clauses are told apart."""

from __future__ import annotations

from collections.abc import Iterable

from engine.compiling.alphabet import Alphabet, literal_terminal
from engine.layers import Item

KINDS: tuple[str, ...] = tuple(
    "ACTORS PERSON PERSON_RELATIVE VERB_ACTIVE VERB_PASSIVE VERB_BASE VERB_ING VERB_TO SAY_ACTIVE TELL_ACTIVE BE_ACTIVE"
    " TIME PLACE PLACE_CITY PLACE_CAPITAL PLACE_HERE PLACE_THERE ADV LY PREP DET SUB REL COMMA MARK DASH QUOTE STOP"
    " FRAME OFFICIAL STATEMENT DOCUMENT ORGAN MISSION DIPLOMAT PARTICIPLE NOUN NOUNS PLAIN POSTS NUMBER NUMBER_WORD"
    " MEET_ACTIVE MEET_TO MEET_ING GATHERING RECEIVE_ACTIVE DATELINE TRAVEL_ACTIVE ARRIVE_ACTIVE VISIT_ACTIVE"
    " LEAVE_ACTIVE DISCUSS_ACTIVE SPEAK_ACTIVE HOLD_ACTIVE ANNOUNCE_ACTIVE HAVE_ACTIVE ANSWERING HARM_ACTIVE"
    " SANCTION_NOUN SANCTION_NOUNS HOPEFUL PROSPECT UNSURE DREAD DREAD_ACTIVE HABIT TRY_CONTROL VERB"
    " URGE_ACTIVE ASK_ACTIVE PROMISE_CONTROL AGREE_CONTROL WARN_CONTROL CALL_ACTIVE DENY_ACTIVE CONSIDER_ACTIVE ROUND"
    " RESOLUTION_NOUN SIGN_ACTIVE IMPOSE_ACTIVE ACCUSE_ACTIVE WANT_ACTIVE ORDINAL COUNT_ORDINAL"
    " TEST_NOUN TEST_NOUNS NOBODY VESSEL_NOUN"
    " ANYBODY UNSPECIFIED REFLEXIVE BETOKEN_ACTIVE VERGE ANALYST INSTITUTION PERSON_NOUN PRESS_PERSON FIRST_SINGULAR"
    " FIRST_PLURAL SEND_ACTIVE EXCLUDE_PASSIVE IMPROBABLE PROBABLE NEG WARN_ACTIVE ADD_ACTIVE"
    " EXPECT_PASSIVE PLAN_PASSIVE ACRONYM AGE CAPITALIZED COUNTRY AGENCY CAPITAL MONTH WEEKDAY VBD VBZ VBN"
    " CANCEL_ACTIVE POSTPONE_ACTIVE SUSPEND_ACTIVE WITHDRAW_ACTIVE FREEZE_ACTIVE BLOCK_ACTIVE UNDO_ACTIVE DROP_ACTIVE"
    " INDUCE_ACTIVE AVOW_ACTIVE ACCUSE_PASSIVE BECOME_ACTIVE ARRIVE_ING VERB_ING_PASSIVE VERB_TO_PASSIVE"
    " HINGE_ACTIVE HINGE_TO HINGE_ING HINGE_BASE DREAD_BASE CALL"
    " HAPPEN_ACTIVE COME_ACTIVE TAKE_ACTIVE HOLD_PASSIVE"
    " REBEL_NOUNS TROOPS_NOUNS HOSTAGE PRAISE_ACTIVE CONDEMN_ACTIVE EXPRESS_ACTIVE"
    " UNTRUE TRUTH"
    " REACH_ACTIVE AGREE_ACTIVE ATTEST_ACTIVE VB VBG MODAL BE HAVE PERSON_PRONOUN PERSON_SHE".split()
)
DEEDS = {word: f"DEED_{word.upper()}" for word in ("of", "to", "from", "on", "for", "in", "at", "with")}
"""The columns of the nouns by which deeds are told, by the word that goes on after them."""
BEFORE_ANOTHER = (
    "since",
    "until",
    "till",
    "through",
    "before",
    "after",
    "following",
    "from",
    "between",
    "pending",
    "ahead of",
)
OF_ANOTHER = (*BEFORE_ANOTHER, "ANSWERING")
"""Words after which a time or place is that of something else."""
OF_A_THING = ("of", "for", "to", "than", "over", "within", "by")
"""Words after which a time or place belongs to the noun before it."""
OF_A_MATTER = ("on", "about", "over")
"""With these a sentence opens that first tells what is spoken of, if no time follows."""
BEFORE_THINGS = ("the", "company", "firm", "group", "bank", "newspaper", "daily", "magazine", "website", "tabloid")
"""After these stands the name of no person, if no given name begins it."""
WHERE = ("in", "at", "near", "outside")
PLURALS = ("NOUNS", "POSTS")
"""The terminals of words that may be several people or things."""
ARTICLES = ("the", "a", "an")
WORDS = (
    *(
        "and but or then that which whose among also each it its their his him her any members what whether"
        " how if unless when once should despite would had where way time with 's ’s ) ( due during against on"
        " when while upon besides despite only on sidelines margins as according including not neither nor under except"
        " down back away without ? did do does has have you no contrary early"
    ).split(),
    "even if",
    "in the event",
    "in case",
    "instead of",
    *ARTICLES,
    *BEFORE_ANOTHER,
    *OF_A_THING,
    *OF_A_MATTER,
    *BEFORE_THINGS,
    *WHERE,
)


FINITE = ("VERB_ACTIVE", "VERB_PASSIVE")
NOT_FINITE = ("ACTORS", "PREP", "NOUNS")
"""What a form that may be a verb group is besides, where nobody can say yet that it is one."""


TERMINALS = {**{name: name for name in (*KINDS, *DEEDS.values())}, **{word: literal_terminal(word) for word in WORDS}}
"""The terminal of each of them."""


def bits_of(names: Iterable[str], alphabet: Alphabet) -> int:
    """The bits of some of the terminals and words that clauses are told by; kept by the alphabet once given out."""
    return sum({alphabet.bit(TERMINALS[name]) for name in names})


def joined_bits(alphabet: Alphabet, *names: str) -> int:
    """The same, remembered."""
    found = alphabet.joined.get(names)
    if found is None:
        found = alphabet.joined[names] = bits_of(names, alphabet)
    return found


def take_bits(alphabet: Alphabet) -> None:
    """Have all of them given out."""
    bits_of(TERMINALS, alphabet)


class Marks:
    """The items of a sentence by the terminals and words that they are, before its clauses are told apart."""

    def __init__(self, alphabet: Alphabet, items: list[Item]) -> None:
        self.alphabet = alphabet
        self.masks = [alphabet.masks[item.signature] for item in items]

    def has(self, at: int, *names: str) -> bool:
        """Whether an item is one of these terminals or words."""
        if not 0 <= at < len(self.masks):
            return False
        wanted = self.alphabet.joined.get(names)
        return self.masks[at] & (joined_bits(self.alphabet, *names) if wanted is None else wanted) != 0

    def finite(self, at: int) -> bool:
        """Whether an item is a verb group that may need a subject."""
        return self.has(at, *FINITE) and not self.has(at, *NOT_FINITE)
