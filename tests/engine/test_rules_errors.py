"""Rules that cannot be used are refused with file and line, what is wrong, what is allowed and what to do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from engine.compiling.grammar import Grammars
from engine.errors import RulesError
from engine.rules import RULES, load_rules
from engine.sources import sources_of

GRAMMAR = """// What international bodies decide.
resolution: parties action RESOLUTION_NOUN ("against" target)? -> acted
parties: PARTY_BODY
action: ADOPT_ACTIVE -> adopt
      | VETO_ACTIVE  -> veto
target: ACTORS
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of rules/ to spoil, with a small grammar of resolutions that is known here."""
    copy = Path(shutil.copytree(RULES, tmp_path / "rules"))
    (copy / "resolution.lark").write_text(GRAMMAR, encoding="utf-8")
    return copy


def spoil(rules: Path, file: str, old: str, new: str) -> str:
    """Replace what an expression finds once, load, and give the message."""
    path = rules / file
    text, count = re.subn(old, new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        load_rules(rules, cached=False)
    return str(error.value)


def test_a_folder_without_rules_is_told(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"elsewhere/shapes\.csv:1: no such file; name a folder"):
        load_rules(tmp_path / "elsewhere")


def test_a_template_without_what_it_needs_is_refused(rules: Path) -> None:
    message = spoil(rules, "resolution.lark", "^parties: .*$", "parties{wording}: wording")
    assert message.startswith("rules/resolution.lark:2: parties is called without wording; parties{wording}; ")


def test_a_syntax_error_names_file_and_line(rules: Path) -> None:
    text = (rules / "resolution.lark").read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith("target:"))
    message = spoil(rules, "resolution.lark", "^target: ", "target: ( ")
    assert message.startswith("rules/resolution.lark:")
    assert abs(int(message.split(":")[1]) - line) <= 1


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ('("a" | "b"', "6: '(' in column 9 is never closed; Lark's grammar notation; close it on this line"),
        (
            '("a" | "b"\n      | [ "c" ]',
            "6: '(' in column 9 is never closed; Lark's grammar notation; close it on this line",
        ),
        ("ACTORS)", "6: ')' in column 15 cannot stand there; Lark's grammar notation; mend this line"),
        ("ACTORS ->", "6: the end of the line comes before the rule is whole; Lark's grammar notation; mend this line"),
    ],
)
def test_a_syntax_error_says_what_stands_there(rules: Path, target: str, told: str) -> None:
    assert spoil(rules, "resolution.lark", "^target: .*$", f"target: {target}") == f"rules/resolution.lark:{told}"


def test_a_bracket_is_told_where_it_opens_and_not_where_its_rule_ends(rules: Path) -> None:
    text = (rules / "resolution.lark").read_text(encoding="utf-8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if row.startswith("target:"))
    longer = r'target: "(" ACTORS\n      | ( /a[(]/ ACTORS -> a\n      | ("b" | "c") ACTORS -> b'
    message = spoil(rules, "resolution.lark", "^target: .*$", longer)
    assert message.startswith(f"rules/resolution.lark:{line + 1}: '(' in column 9 is never closed; ")


def test_an_unknown_field_is_refused_with_the_fields_there_are(rules: Path) -> None:
    message = spoil(rules, "resolution.lark", r"^parties: (.*)$", r"partys: \1\nparties: partys")
    assert "rules/resolution.lark:" in message
    assert "partys is no fact and no field" in message
    assert "participants" in message


def test_an_unused_rule_is_refused(rules: Path) -> None:
    message = spoil(rules, "resolution.lark", r"^parties: (.*)$", r"parties: \1\namount: NUMBER")
    assert "unused rule amount" in message


def test_an_undefined_rule_is_refused(rules: Path) -> None:
    message = spoil(rules, "resolution.lark", r"^parties: .*$", "parties: nowhere")
    assert message.startswith("rules/resolution.lark:3: Rule 'nowhere' used but not defined (in rule parties)")


def test_a_rule_twice_is_refused_at_the_second(rules: Path) -> None:
    message = spoil(rules, "resolution.lark", r"^(target: .*)$", r"\1\nparties: ACTORS")
    assert message.startswith("rules/resolution.lark:7: Rule 'parties' defined more than once")


def test_an_unknown_terminal_is_refused(rules: Path) -> None:
    message = spoil(rules, "resolution.lark", r"^parties: .*$", "parties: PARTY_BODYS")
    assert "unknown name PARTY_BODYS" in message
    assert "PARTY_BODY" in message.split("allowed")[0]


def test_a_row_with_a_missing_column_is_refused(rules: Path) -> None:
    path = rules / "lexicon" / "surname.csv"
    line = path.read_text(encoding="utf-8").count("\n") + 1
    path.write_text(path.read_text(encoding="utf-8") + "korean\n", encoding="utf-8")
    with pytest.raises(RulesError, match=rf"rules/lexicon/surname.csv:{line}: 1 columns; the header has 5"):
        load_rules(rules, cached=False)


def test_a_word_twice_is_refused(rules: Path) -> None:
    path = rules / "lexicon" / "surname.csv"
    path.write_text(path.read_text(encoding="utf-8") + "korean,KOR|PRK,KOR,first,Lim\n", encoding="utf-8")
    with pytest.raises(RulesError, match=r"'Lim' stands in SURNAME twice; each word once \(first in line \d+\)"):
        load_rules(rules, cached=False)


def test_a_word_may_have_several_bearers_in_a_table_of_namesakes(rules: Path) -> None:
    leaders = load_rules(rules, cached=False).lexicon.look_up("Clinton")
    assert [form.row.values["given"].split("|")[0] for form in leaders if "LEADER" in form.terminals] == [
        "Bill",
        "Hillary",
    ]


def test_phrases_that_need_each_other_are_refused(rules: Path) -> None:
    message = spoil(rules, "phrases/person.lark", r"^country\{form\}: ", "country{form}: ACTORS | ")
    assert "need each other" in message


def test_a_broken_expression_is_refused(rules: Path) -> None:
    message = spoil(rules, "resolution.lark", "^target: .*$", "target: /[x/")
    assert message == (
        "rules/resolution.lark:6: /[x/: unterminated character set at position 3; a regular expression of Python; "
        "mend the expression"
    )


SHARED = """
%import shared.wording (when, _where, _IN)
%extend when: "at" "dawn"
exercise: _where when _HERE
_HERE: _IN | /here/
"""


def test_imported_rules_are_extended_and_imported_terminals_used() -> None:
    sources = sources_of(RULES)
    grammar = Grammars(sources.edited({"exercise.lark": SHARED}), [])["exercise"]
    quoted, given = (str(alternative) for alternative in grammar.rules["when"][1].children)
    assert "dawn" in quoted
    assert "TIME" in given
    assert "outside" in grammar.terminals["_HERE"]
    assert grammar.roots == ["exercise"]
    assert {"TIME", "PLACE", "PLACE_HERE"} <= grammar.used
    assert "_word_of" not in grammar.rules


def test_a_terminal_that_an_imported_rule_would_take_for_another_is_refused(rules: Path) -> None:
    message = spoil(rules, "visit.lark", "^_in: .*$", r"\g<0>\n_IN: /inside/")
    assert re.match(r"rules/visit\.lark:\d+: _IN is also the name of a rule that an imported one uses", message)


def test_a_broken_terminal_of_a_shared_file_is_told_there(rules: Path) -> None:
    message = spoil(rules, "shared/wording.lark", "^_OFTEN: .*$", "_OFTEN: /many(/")
    assert re.match(r"rules/shared/wording\.lark:\d+: _OFTEN: missing \)", message)


def test_shared_files_that_import_each_other_are_refused(rules: Path) -> None:
    path = rules / "shared" / "nouns.lark"
    path.write_text(f"%import shared.wording (when)\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    message = spoil(rules, "shared/wording.lark", r"\A", "%import shared.nouns (_article)\n")
    assert "import each other: shared/" in message
