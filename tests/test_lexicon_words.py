"""The word lists of rules/lexicon keep their form: columns, single forms, legal values, and enough of each."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from engine import facts

LEXICON = Path(__file__).parents[1] / "rules" / "lexicon"

FILES = {
    "verb.csv": ("class,act,status,VB,VBZ,VBD,VBN,VBG", 1000),
    "noun.csv": ("class,level,mode,act,status,weapon,NOUN,NOUNS", 500),
    "post.csv": ("class,level,country,organization,seat,gender,POST,POSTS", 1000),
    "weapon.csv": ("weapon,name,WEAPON,WEAPONS,WEAPON_NAME", 300),
    "surname.csv": ("origin,states,mainland,stands,SURNAME", 700),
    "spelling.csv": ("full,ABBREVIATION", 9),
    "pair.csv": ("country,NATION_PAIR", 3),
    "given.csv": ("gender,GIVEN", 3000),
    "calendar.csv": ("class,value,TIME_WORD", 60),
    "number.csv": ("number,class,NUMBER_WORD,ORDINAL,APPROXIMATELY", 100),
    "function.csv": ("class,WORD", 500),
    "leader.csv": ("country,given,since,until,LEADER", 4000),
}
"""The header of each file and the fewest rows it may have."""
NAMESAKES = {"leader.csv"}
"""The files where a word may stand in several rows."""

VALUES = {
    "act": facts.StatementAct,
    "status": facts.EventStatus,
    "level": facts.MeetingLevel,
    "mode": facts.MeetingMode,
    "weapon": facts.WeaponKind,
}

# A class of one of these is a terminal that event grammars start from: losing it would silence them.
VERB_CLASSES = {
    *("say", "tell", "urge", "promise", "warn", "condemn", "praise", "deny", "concern", "express", "cite"),
    *("meet", "hold", "attend", "discuss", "begin", "resume", "continue", "end", "collapse", "postpone", "cancel"),
    *("visit", "arrive", "leave", "travel", "receive", "sign", "reach", "agree", "ratify", "extend", "suspend"),
    *("withdraw", "violate", "implement", "negotiate", "impose", "tighten", "ease", "lift", "test", "launch"),
    *("conduct", "adopt", "reject", "veto", "vote", "draft", "summon", "expel", "recall", "sever", "downgrade"),
    *("upgrade", "restore", "establish", "recognize", "open", "close", "appoint", "elect", "nominate", "resign"),
    *("dismiss", "give", "exercise", "be", "have", "control"),
}
NOUN_CLASSES = {
    *("meeting", "visit", "occasion", "agreement", "truce", "sanction", "resolution", "relations", "mission"),
    *("diplomat", "aid", "exercise", "test", "side", "organ", "feeling", "official", "troops"),
}


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of the lexicon."""
    with (LEXICON / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def forms(cell: str) -> list[str]:
    """The forms in a cell."""
    return cell.split("|") if cell else []


def values_of(name: str, column: str) -> set[str]:
    """All values of a column, a cell of several taken apart."""
    return {value for row in rows_of(name) for value in forms(row[column])}


def time_words(kind: str) -> list[dict[str, str]]:
    """The rows of the calendar that name a kind of time and nothing else."""
    return [row for row in rows_of("calendar.csv") if row["class"] == kind]


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_the_columns_of_the_header(name: str) -> None:
    with (LEXICON / name).open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    fixed, fewest = FILES[name]
    assert ",".join(header) == fixed
    assert [row for row in rows if len(row) != len(header)] == []
    assert len(rows) >= fewest


@pytest.mark.parametrize("name", [name for name in FILES if name not in NAMESAKES])
def test_no_form_stands_twice_in_a_column(name: str) -> None:
    seen: set[tuple[str, str]] = set()
    twice = []
    for row in rows_of(name):
        for column in filter(str.isupper, row):
            for form in forms(row[column]):
                if (column, form) in seen:
                    twice.append((column, form))
                seen.add((column, form))
    assert twice == []


@pytest.mark.parametrize("name", FILES)
def test_every_form_is_clean(name: str) -> None:
    cells = [cell for row in rows_of(name) for column, cell in row.items() if column.isupper() and cell]
    bad = [form for cell in cells for form in cell.split("|") if not form or form != " ".join(form.split())]
    curly = [cell for cell in cells if re.search("[\u2018\u2019\u201c\u201d]", cell)]
    assert (bad, curly) == ([], [])


@pytest.mark.parametrize("name", FILES)
def test_every_row_holds_a_word(name: str) -> None:
    assert [row for row in rows_of(name) if not any(cell for column, cell in row.items() if column.isupper())] == []


@pytest.mark.parametrize("name", FILES)
def test_values_are_those_of_the_facts(name: str) -> None:
    wrong = []
    for row in rows_of(name):
        for column, value in row.items():
            if column in VALUES and value and value not in VALUES[column].__members__:
                wrong.append((column, value))
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in FILES if "class" in FILES[name][0].split(",")])
def test_classes_are_plain_names(name: str) -> None:
    assert [value for value in values_of(name, "class") if not re.fullmatch("[a-z]+(?:_[a-z]+)*", value)] == []


def test_every_verb_has_its_five_forms() -> None:
    short = [row for row in rows_of("verb.csv") if not all(row[form] for form in ("VB", "VBZ", "VBD", "VBN", "VBG"))]
    assert short == []


def test_ing_forms_end_in_ing() -> None:
    assert [form for form in values_of("verb.csv", "VBG") if not form.split()[0].endswith("ing")] == []


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("meet", "meet meets met met meeting"),
        ("withdraw", "withdraw withdraws withdrew withdrawn withdrawing"),
        ("deny", "deny denies denied denied denying"),
        ("expel", "expel expels expelled expelled expelling"),
        ("visit", "visit visits visited visited visiting"),
        ("cancel", "cancel cancels cancelled|canceled cancelled|canceled cancelling|canceling"),
        ("veto", "veto vetoes vetoed vetoed vetoing"),
        ("agree", "agree agrees agreed agreed agreeing"),
        ("die", "die dies died died dying"),
        ("set", "set sets set set setting"),
    ],
)
def test_verbs_are_conjugated(base: str, expected: str) -> None:
    row = next(row for row in rows_of("verb.csv") if row["VB"].split("|")[0] == base)
    assert " ".join(row[form] for form in ("VB", "VBZ", "VBD", "VBN", "VBG")) == expected


@pytest.mark.parametrize(
    ("verb", "column", "value"),
    [
        ("say", "act", "SAY"),
        ("urge", "act", "URGE"),
        ("vow", "act", "PROMISE"),
        ("threaten", "act", "WARN"),
        ("accuse", "act", "CONDEMN"),
        ("allege", "act", "CONDEMN"),
        ("welcome", "act", "PRAISE"),
        ("reject", "act", "DENY"),
        ("regret", "act", "CONCERN"),
        ("hope", "act", "SAY"),
        ("want", "status", "PROPOSED"),
        ("plan", "status", "PLANNED"),
        ("refuse", "status", "CANCELLED"),
        ("postpone", "status", "POSTPONED"),
        ("continue", "status", "ONGOING"),
        ("begin", "status", "OCCURRED"),
    ],
)
def test_verbs_carry_their_act_and_status(verb: str, column: str, value: str) -> None:
    row = next(row for row in rows_of("verb.csv") if verb in forms(row["VB"]))
    assert row[column] == value


def test_reporting_classes_carry_an_act() -> None:
    reporting = {"say", "tell", "urge", "promise", "warn", "condemn", "praise", "deny", "concern"}
    silent = [row["VB"] for row in rows_of("verb.csv") if reporting & set(forms(row["class"])) and not row["act"]]
    assert silent == []


def test_control_verbs_carry_a_status() -> None:
    """Stop, cease, dare and help govern a verb without telling how real it is; all others tell it."""
    silent = {row["VB"] for row in rows_of("verb.csv") if "control" in forms(row["class"]) and not row["status"]}
    assert silent == {"cease", "dare", "help", "stop"}


def test_no_class_of_the_grammars_is_missing() -> None:
    assert VERB_CLASSES - values_of("verb.csv", "class") == set()
    assert NOUN_CLASSES - values_of("noun.csv", "class") == set()


@pytest.mark.parametrize(
    ("post", "level", "country"),
    [
        ("foreign minister", "MINISTERIAL", ""),
        ("vice foreign minister", "VICE_MINISTERIAL", ""),
        ("secretary of state", "MINISTERIAL", "USA"),
        ("deputy secretary of state", "VICE_MINISTERIAL", "USA"),
        ("state department spokeswoman", "", "USA"),
        ("president", "HEADS", ""),
        ("special envoy", "WORKING", ""),
        ("lieutenant general", "", ""),
        ("foreign secretary", "MINISTERIAL", ""),
    ],
)
def test_posts_carry_level_and_country(post: str, level: str, country: str) -> None:
    row = next(row for row in rows_of("post.csv") if post in forms(row["POST"]))
    assert (row["level"], row["country"]) == (level, country)


def test_vice_and_deputy_ministers_are_never_ministers() -> None:
    odd = [
        row["POST"]
        for row in rows_of("post.csv")
        if re.match(r"(?:vice|deputy|assistant) (?!prime|premier)(?:.* )?minister(?! of state)", row["POST"])
        and row["level"] != "VICE_MINISTERIAL"
    ]
    assert odd == []


def test_a_post_never_holds_former_or_acting() -> None:
    """The record leaves them out of a person's post; the grammar of persons reads them as wording."""
    held = [p for p in values_of("post.csv", "POST") if re.match(r"(?:acting|former|ex|interim|caretaker)\b", p)]
    assert held == []


@pytest.mark.parametrize(
    ("word", "column", "kind"),
    [
        ("intercontinental ballistic missile", "WEAPON", "BALLISTIC_MISSILE"),
        ("cruise missiles", "WEAPONS", "CRUISE_MISSILE"),
        ("anti-ship missile", "WEAPON", "MISSILE"),
        ("missile", "WEAPON", "MISSILE"),
        ("hydrogen bomb", "WEAPON", "NUCLEAR"),
        ("satellite", "WEAPON", "SATELLITE_LAUNCH"),
        ("Musudan", "WEAPON_NAME", "BALLISTIC_MISSILE"),
        ("BrahMos", "WEAPON_NAME", "CRUISE_MISSILE"),
        ("Nodong", "WEAPON_NAME", "BALLISTIC_MISSILE"),
    ],
)
def test_weapons_carry_their_kind(word: str, column: str, kind: str) -> None:
    assert [row["weapon"] for row in rows_of("weapon.csv") if word in forms(row[column])] == [kind]


def test_a_named_weapon_has_its_own_name_among_its_forms() -> None:
    odd = [r["name"] for r in rows_of("weapon.csv") if r["WEAPON_NAME"] and r["name"] not in forms(r["WEAPON_NAME"])]
    assert odd == []


def test_surnames_have_a_known_origin() -> None:
    assert values_of("surname.csv", "origin") == {"korean", "chinese", "vietnamese", "japanese"}


def test_no_name_is_a_function_word() -> None:
    """A sentence's first word would be taken for a person."""
    words = {word.lower() for word in values_of("function.csv", "WORD")}
    names = values_of("given.csv", "GIVEN") | values_of("surname.csv", "SURNAME")
    assert {name for name in names if name.lower() in words} == set()


def test_no_given_name_is_also_a_surname_that_stands_first() -> None:
    """Whether the first word is the family name is decided by these two lists, so they may not overlap."""
    first = {row["SURNAME"] for row in rows_of("surname.csv") if row["stands"] == "first"}
    assert first & values_of("given.csv", "GIVEN") == set()


def test_no_name_is_a_country_or_a_month() -> None:
    country = {form for row in rows_of("country.csv") for form in forms(row["COUNTRY"])}
    months = {form for row in time_words("month") for form in forms(row["TIME_WORD"]) if len(form) > 3}
    assert values_of("given.csv", "GIVEN") & (country | months) == set()


def test_numbers_are_exact() -> None:
    numbers = {form: row["number"] for row in rows_of("number.csv") for form in forms(row["NUMBER_WORD"])}
    ordinals = {form: row["number"] for row in rows_of("number.csv") for form in forms(row["ORDINAL"])}
    assert (numbers["two"], numbers["twenty-one"], numbers["ninety-nine"]) == ("2", "21", "99")
    assert (ordinals["fifth"], ordinals["twelfth"], ordinals["twenty-first"]) == ("5", "12", "21")


def test_months_and_weekdays_are_numbered() -> None:
    months = {forms(row["TIME_WORD"])[0]: row["value"] for row in time_words("month")}
    days = {forms(row["TIME_WORD"])[0]: row["value"] for row in time_words("weekday")}
    assert (months["January"], months["December"], len(months)) == ("1", "12", 12)
    assert (days["Monday"], days["Sunday"], len(days)) == ("1", "7", 7)
