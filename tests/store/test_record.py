import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson

from engine.facts import (
    Aid,
    Article,
    Evidence,
    Extraction,
    Meeting,
    MeetingLevel,
    Mention,
    MentionKind,
    Person,
    Sentence,
    Statement,
    StatementAct,
    Visit,
)
from engine.record import record, to_json_line

TEXT = "They met. They spoke. They left."
SENTENCES = [Sentence(0, 0, 9), Sentence(1, 10, 21), Sentence(2, 22, 32)]


def extraction(*events: Any, people: tuple[Person, ...] = (), **parts: Any) -> Extraction:
    told = {"sentences": SENTENCES, "mentions": []} | parts
    return Extraction(Article("a", TEXT), people=list(people), events=list(events), read=set(), **told)


def seen(*sentences: int) -> list[Evidence]:
    return [Evidence(s, SENTENCES[s].start, SENTENCES[s].start + 4, "meeting.met") for s in sentences]


def test_a_record_holds_what_is_there_and_nothing_else() -> None:
    meeting = Meeting(parties=["KOR"], level=MeetingLevel.HEADS, ordinal=5, evidence=seen(2, 0, 0))
    ban = Person("Ban Ki-moon", "Ban", None, "UN", "Secretary-General")
    assert record(extraction(meeting, people=(ban,))) == {
        "id": "a",
        "text": TEXT,
        "people": [{"name": "Ban Ki-moon", "organization": "UN", "post": "Secretary-General"}],
        "events": [
            {
                "type": "MEETING",
                "status": "OCCURRED",
                "parties": ["KOR"],
                "level": "HEADS",
                "ordinal": 5,
                "evidence": [[0, 9], [22, 32]],
            }
        ],
        "mentions": [],
    }


def test_speaker_and_target_are_a_string_or_a_list() -> None:
    one = Statement(speaker=["KOR"], act=StatementAct.WARN, target=["PRK"], quoted=True)
    two = Statement(speaker=["KOR", "USA"], act=StatementAct.SAY, target=["PRK", "CHN"])
    first, second, visit, aid = record(extraction(one, two, Visit(target="JPN"), Aid(target=["PRK"])))["events"]
    assert (first["speaker"], first["target"], first["quoted"]) == ("KOR", "PRK", True)
    assert (second["speaker"], second["target"]) == (["KOR", "USA"], ["PRK", "CHN"])
    assert "quoted" not in second
    assert visit["target"] == "JPN"
    assert aid["target"] == "PRK"


def test_a_meeting_of_index_nought_is_told() -> None:
    aside = Meeting(parties=["KOR", "JPN"], sidelines_of=0)
    assert record(extraction(Meeting(), aside))["events"][1]["sidelines_of"] == 0


def test_mentions_stand_in_text_order_the_longest_first() -> None:
    mentions = [
        Mention(MentionKind.TIME, 10, 21, "2016-W43"),
        Mention(MentionKind.COUNTRY, 0, 4, "KOR"),
        Mention(MentionKind.ORGANIZATION, 0, 9, "UN"),
    ]
    told = record(extraction(mentions=mentions))["mentions"]
    assert [(m["kind"], m["text"]) for m in told] == [
        ("ORGANIZATION", "They met."),
        ("COUNTRY", "They"),
        ("TIME", "They spoke."),
    ]


def test_only_sentences_that_were_cut_are_listed() -> None:
    cut = [SENTENCES[0], Sentence(1, 10, 21, truncated=True), SENTENCES[2]]
    whole = record(extraction(sentences=cut))
    assert whole["sentences"] == [{"index": 1, "start": 10, "end": 21, "truncated": True}]


def test_a_line_is_json_that_keeps_every_character() -> None:
    whole = record(extraction()) | {"text": 'Séoul said:\n"No" \u2028'}
    line = to_json_line(whole)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert orjson.loads(line) == whole


def test_gold_records_come_back(reader: Any) -> None:
    for article in reader.articles():
        gold, told = reader.records[article.id], record(reader.read(article))
        assert told["text"] == gold["text"]
        assert [p["name"] for p in told["people"]] == [p["name"] for p in gold["people"]]
        for mine, theirs in zip(told["events"], gold["events"], strict=True):
            for slot in mine.keys() - {"status", "evidence"}:
                assert mine[slot] == theirs[slot] or [mine[slot]] == theirs[slot]
            left_out = {slot for slot, value in theirs.items() if value in ("*", False, [])} | {"optional", "status"}
            assert theirs.keys() - left_out <= mine.keys()


def test_the_scorer_finds_nothing_missing_in_a_record_of_the_gold_seed(reader: Any, tmp_path: Path) -> None:
    tests = Path(__file__).parents[1]
    seed = next(a for a in reader.articles() if a.id == "000_af30fc7277ce6754")
    (tmp_path / "out.jsonl").write_bytes(to_json_line(record(reader.read(seed))))
    command = [sys.executable, tests / "score.py", tests / "gold" / "seed.json", tmp_path / "out.jsonl", "--json"]
    scores = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert "fn" in str(scores)
    assert all(part["fn"] == part["fp"] == 0 for part in _parts(scores))


def _parts(scores: Any) -> list[dict[str, Any]]:
    if isinstance(scores, dict) and "fn" in scores:
        return [scores]
    inner = scores.values() if isinstance(scores, dict) else scores if isinstance(scores, list) else ()
    return [part for value in inner for part in _parts(value)]
