"""Rules on trial are read with apart, in bounded time and memory, and saved only where that was allowed, whole."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import Chancery, create_app
from api.errors import ClientError, ErrorCode
from api.execution.service import Request
from api.sandbox import Sandbox
from api.settings import Settings
from api.trials import Trials
from engine.corpus import all_examples
from engine.errors import RulesError
from engine.reader import Reader
from engine.rulebook import Rulebook
from engine.rules import RULES
from engine.sources import Sources
from engine.words import Vocabulary

SENTENCE = "Lim Sung-nam palavered with Kim Kye-gwan in Geneva on Monday."
WORDING = '       | _sides _adj "palavered" "with" _sides _tail -> palavered\n'
TRY = "query ($files: [RuleFileInput!]!, $text: String!) { tryRules(files: $files, text: $text) { %s } }"
EVENTS = "errors { file line what } extraction { events { type place { name } when { start } evidence { text } } }"
SAVE = (
    "mutation ($file: String!, $text: String!, $replaces: String!) "
    "{ saveRule(file: $file, text: $text, replaces: $replaces) { saved errors { file line what } } }"
)
TOKEN = "a token"


@pytest.fixture(scope="module")
def app(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chancery]:
    database = tmp_path_factory.mktemp("trial") / "store.db"
    database.write_bytes(filled.read_bytes())
    app = create_app(database, settings=Settings(trial_time=60))
    yield app
    app.service.close()


def asked(app: Chancery, query: str, **variables: Any) -> dict[str, Any]:
    prepared = app.service.prepare(Request(query, variables=variables))
    answer: dict[str, Any] = json.loads(app.service.run(prepared, time.monotonic() + 60).body)
    return answer


def tried(app: Chancery, selection: str, text: str = SENTENCE, **edits: str) -> dict[str, Any]:
    files = [{"file": f"rules/{name}.lark", "text": edit} for name, edit in edits.items()]
    answer = asked(app, TRY.replace("%s", selection), files=files, text=text)
    assert "errors" not in answer, answer["errors"]
    data: dict[str, Any] = answer["data"]["tryRules"]
    return data


def with_wording() -> str:
    lines = (RULES / "meeting.lark").read_text("utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("       | "))
    return "".join([*lines[:at], WORDING, *lines[at:]])


def test_edited_rules_read_what_those_in_force_do_not(app: Chancery) -> None:
    assert tried(app, EVENTS)["extraction"]["events"] == []
    (event,) = tried(app, EVENTS, meeting=with_wording())["extraction"]["events"]
    assert (event["type"], event["place"], event["when"]) == ("MEETING", {"name": "Geneva"}, None)
    assert tried(app, EVENTS)["extraction"]["events"] == []


def test_a_day_of_publication_gives_days(app: Chancery) -> None:
    files = [{"file": "rules/meeting.lark", "text": with_wording()}]
    query = TRY.replace("text: $text)", 'text: $text, publishedOn: "2016-10-21")').replace("%s", EVENTS)
    (event,) = asked(app, query, files=files, text=SENTENCE)["data"]["tryRules"]["extraction"]["events"]
    assert event["when"] == {"start": "2016-10-17"}


def test_the_explanation_is_that_of_the_edited_rules(app: Chancery) -> None:
    wanted = "explanation { readings { rule { name line source } tree event { type } } nearMisses { rule { name } } }"
    found = tried(app, wanted, meeting=with_wording())["explanation"]["readings"]
    (reading,) = (each for each in found if each["rule"]["name"] == "meeting.palavered")
    assert reading["rule"]["source"] == WORDING.strip()
    assert reading["event"] == {"type": "MEETING"}
    assert "PERSON 'Lim Sung-nam'" in reading["tree"]


def test_proposals_are_sought_in_the_sandbox_too(app: Chancery) -> None:
    found = tried(app, 'explanation(grammar: "meeting") { proposals { file kind text reads } }')
    assert any("palaver" in each["text"] for each in found["explanation"]["proposals"])


def test_rules_that_cannot_be_used_say_why(app: Chancery) -> None:
    spoilt = with_wording() + "_more: nowhere\n"
    wanted = EVENTS + " explanation { readings { start } } examples { count } impact { articleCount }"
    found = tried(app, wanted, meeting=spoilt)
    assert found.pop("errors") == [
        {
            "file": "rules/meeting.lark",
            "line": spoilt.count("\n"),
            "what": "Rule 'nowhere' used but not defined (in rule _more)",
        }
    ]
    assert set(found.values()) == {None}


EXAMPLES = "examples(skip: %d) { count checked errors { file line what } }"


def test_all_examples_are_tried(app: Chancery) -> None:
    read, count = 0, 401
    while read < count:
        found = tried(app, EXAMPLES % read)["examples"]
        assert found["checked"] > 0
        assert found["errors"] == []
        read, count = read + found["checked"], found["count"]
    assert read == count > 400


def test_examples_that_fail_are_told(app: Chancery) -> None:
    grammar = (RULES / "visit.lark").read_text("utf-8").replace("VISIT_ACTIVE", "SIGN_ACTIVE")
    found = tried(app, EXAMPLES % 0, visit=grammar)["examples"]
    assert "rules/visit.corpus" in {each["file"] for each in found["errors"]}


def test_the_examples_of_edited_grammars_are_tried_first(reader: Reader) -> None:
    visits = sum(each.grammar == "visit" for each in all_examples(RULES))
    lexicon = replace(reader.rules.lexicon, listed={}, found={}, longer={})
    blind = Rulebook(Reader(replace(reader.rules, vocabulary=Vocabulary(lexicon, reader.rules.cascade.alphabet))))
    count, read, wrong = Trials().ask_examples(blind, ["visit"], 0, 0)
    assert (read, {each.file for each in wrong}) == (1, {"rules/visit.corpus"})
    *_, rest = Trials().ask_examples(blind, ["visit"], visits, 0)
    assert "rules/visit.corpus" not in {each.file for each in rest}
    assert Trials().ask_examples(blind, ["visit"], count, 0) == (count, 0, [])


IMPACT = """impact(first: 12) { articleCount factCount complete rules {
    rule { name line source }
    changes { kind article { text } sentence before after }
} }"""


def changes_of(found: dict[str, Any], text: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The rule and the change of each change in the article of a text."""
    rules = found["impact"]["rules"]
    pairs = [(group["rule"], each) for group in rules for each in group["changes"]]
    return [(rule, each) for rule, each in pairs if each["article"]["text"] == text]


def test_impact_groups_by_rule_what_would_change_in_the_store(app: Chancery) -> None:
    ingest = "mutation ($text: String!) { ingestArticles(input: [{text: $text}]) { __typename } }"
    met = "Lim Sung-nam met Kim Kye-gwan in Geneva."
    assert not any("errors" in asked(app, ingest, text=text) for text in (SENTENCE, met))
    found = tried(app, IMPACT, meeting=with_wording())
    assert (found["impact"]["articleCount"], found["impact"]["complete"]) == (12, True)
    assert found["impact"]["factCount"] > 0
    ((rule, change),) = changes_of(found, SENTENCE)
    assert (rule["name"], rule["source"]) == ("meeting.palavered", WORDING.strip())
    assert (change["kind"], change["before"]) == ("APPEARS", None)
    assert change["after"].startswith("MEETING status=OCCURRED place=Geneva")
    assert change["sentence"] == SENTENCE.removesuffix(".")
    assert changes_of(found, met) == []


def test_impact_tells_what_changes_and_what_goes(app: Chancery) -> None:
    met = "Lim Sung-nam met Kim Kye-gwan in Geneva."
    grammar = (RULES / "meeting.lark").read_text("utf-8")
    line = next(row for row in grammar.splitlines() if row.endswith("-> met"))
    otherwise = grammar.replace(
        line, line.replace("-> met", "-> met_not").replace(" _met ", " status_cancelled{_met} ")
    )
    ((rule, change),) = changes_of(tried(app, IMPACT, meeting=otherwise), met)
    assert (rule["name"], change["kind"]) == ("meeting.met_not", "CHANGES")
    assert change["after"] == change["before"].replace("OCCURRED", "CANCELLED")
    rest = grammar.replace(line, 'meeting: GATHERING_SUMMIT "never" _sides -> met_never')
    gone = [change for rule, change in changes_of(tried(app, IMPACT, meeting=rest), met) if rule["line"] == 0]
    assert [(each["kind"], each["after"]) for each in gone] == [("DISAPPEARS", None)]


@pytest.mark.parametrize(
    ("files", "text", "said"),
    [
        ([{"file": "rules/nothing.lark", "text": ""}], "A text.", "is no file of the rules"),
        ([{"file": "../pyproject.toml", "text": ""}], "A text.", "is no file of the rules"),
        ([{"file": "rules/aid.lark", "text": ""}] * 2, "A text.", "give each once"),
        ([{"file": "rules/aid.lark", "text": "x" * 2_000_001}], "A text.", "longer than 2000000 bytes"),
        ([], "x" * 20_001, "allowed are 20000"),
    ],
)
def test_what_is_too_much_is_refused(app: Chancery, files: list[dict[str, str]], text: str, said: str) -> None:
    (error,) = asked(app, TRY.replace("%s", EVENTS), files=files, text=text)["errors"]
    assert said in error["message"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox(10.0)
    yield sandbox
    sandbox.end()


def test_slow_rules_are_ended_and_the_next_are_read(sandbox: Sandbox) -> None:
    """An expression whose matching takes ages for a long word of one letter."""
    sources = Sources.read(RULES)
    slow = sources.edited({"aid.lark": sources.text("aid.lark") + "_slow: SLOW\nSLOW: /(a|a)*b/\n"})
    version = sandbox.ask(sources, "version")
    with pytest.raises(ClientError, match="took longer than 10 s") as late:
        sandbox.ask(slow, "explain", "The a" + "a" * 60 + " met.", None)
    assert late.value.code is ErrorCode.TIMEOUT
    assert sandbox.process is None
    assert sandbox.ask(sources, "version") == version


def test_rules_too_large_for_memory_are_refused(sandbox: Sandbox) -> None:
    sources = Sources.read(RULES)
    large = sources.edited({"aid.lark": sources.text("aid.lark") + f"_large: {'(X?)~200' * 6}~200\nX: /x/\n"})
    with pytest.raises((RulesError, ClientError)):
        sandbox.ask(large, "version")
    assert sandbox.ask(sources, "version") == sources.version


def test_the_sandbox_ends_with_its_owner(sandbox: Sandbox) -> None:
    sandbox.ask(Sources.read(RULES), "version")
    assert sandbox.process is not None
    child = sandbox.process.pid
    assert sandbox.line is not None
    sandbox.line.close()
    sandbox.process.join(10)
    assert sandbox.process.exitcode == 0
    assert not Path(f"/proc/{child}").exists() or os.name != "posix"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


@pytest.fixture
def saving(database: Path, rules: Path) -> Iterator[Callable[..., Any]]:
    """Saves a file through the application, which watches its rules and has a token; gives the answer."""
    app = create_app(database, settings=Settings(token=TOKEN, trial_time=60), watch=True, rules=rules)

    async def save(token: str = TOKEN, **variables: Any) -> Any:
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 5000))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
            headers = {"Authorization": f"Bearer {token}"}
            return (await http.post("/graphql", json={"query": SAVE, "variables": variables}, headers=headers)).json()

    yield save
    app.service.close()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_a_good_edit_is_saved_whole(saving: Callable[..., Any], rules: Path) -> None:
    path = rules / "meeting.lark"
    before, after = path.read_text("utf-8"), with_wording()
    path.chmod(0o640)
    answer = await saving(file="rules/meeting.lark", text=after, replaces=before)
    assert answer == {"data": {"saveRule": {"saved": True, "errors": []}}}
    assert path.read_text("utf-8") == after
    assert path.stat().st_mode & 0o777 == 0o640
    assert not [each for each in rules.iterdir() if each.name.startswith(".")]


@pytest.mark.anyio
async def test_what_may_not_be_saved_is_not(saving: Callable[..., Any], rules: Path) -> None:
    path = rules / "meeting.lark"
    before = path.read_text("utf-8")
    spoilt = {"file": "rules/meeting.lark", "text": before + "_more: nowhere\n", "replaces": before}
    answer = await saving(**spoilt)
    assert answer["data"]["saveRule"]["saved"] is False
    assert answer["data"]["saveRule"]["errors"][0]["file"] == "rules/meeting.lark"
    edit = {"file": "rules/meeting.lark", "text": with_wording(), "replaces": before}
    for variables, said in (
        (edit | {"replaces": "older"}, "has changed on the disk"),
        (edit | {"file": "rules/../rules/meeting.lark"}, "is no file of the rules"),
        (edit | {"file": str(path)}, "is no file of the rules"),
        (edit | {"token": "wrong"}, "Mutations need"),
    ):
        (error,) = (await saving(**variables))["errors"]
        assert said in error["message"]
    assert path.read_text("utf-8") == before


def test_nothing_is_saved_without_watching(app: Chancery) -> None:
    text = app.service.engine.sources.text("aid.lark")
    answer = asked(app, SAVE, file="rules/aid.lark", text=text + "\n", replaces=text)
    assert answer["errors"][0]["extensions"]["code"] == "RULES_READ_ONLY"
    assert asked(app, "{ savesRules }")["data"] == {"savesRules": False}
    assert (RULES / "aid.lark").read_text("utf-8") == text


def test_the_files_of_the_rules_are_listed(app: Chancery) -> None:
    files = [each["file"] for each in asked(app, "{ ruleFiles { file } }")["data"]["ruleFiles"]]
    assert {"rules/meeting.lark", "rules/phrases/time.corpus", "rules/lexicon/verb.csv"} <= set(files)
    found = asked(app, '{ ruleFile(file: "rules/aid.lark") { file text } none: ruleFile(file: "aid.lark") { file } }')
    assert found["data"]["ruleFile"]["text"] == (RULES / "aid.lark").read_text("utf-8")
    assert found["data"]["none"] is None
