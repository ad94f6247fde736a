"""Articles from files: what is accepted, and what is said of what is not."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.articles import ArticleError, validate_article
from engine.facts import Article
from engine.ingest import read_articles

TEXT = "The ministers met in Tokyo.\nThey agreed."
SEED = Path(__file__).parents[2] / "seeds" / "000_af30fc7277ce6754.txt"
GOLD = Path(__file__).parents[1] / "gold" / "seed.json"


def read(*paths: Path | str) -> list[Article]:
    return list(read_articles(paths))


def refused(path: Path) -> ArticleError:
    with pytest.raises(ArticleError) as caught:
        read(path)
    return caught.value


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_the_seed_has_the_text_and_fields_of_its_gold_record() -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    (article,) = read(SEED)
    assert article == Article(gold["id"], gold["text"], gold["published_on"], gold["dateline"], gold["agency"])


def test_a_text_file_without_front_matter_is_all_text(tmp_path: Path) -> None:
    assert read(written(tmp_path / "talks.txt", TEXT + "\n")) == [Article("talks", TEXT)]


def test_front_matter_names_the_article(tmp_path: Path) -> None:
    front = '---\nid: a-1\npublished_on: 2016-10-21\ndateline: Seoul\n\nagency:\ntitle: "Talks: a start"\n---\n\n'
    front += TEXT
    (article,) = read(written(tmp_path / "talks.md", front))
    assert article == Article("a-1", TEXT, "2016-10-21", "Seoul", None, "Talks: a start")


def test_byte_order_mark_and_windows_line_ends_are_understood(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbf---\r\npublished_on: 2016-10-21\r\n---\r\nThey met.\r\nThey left.\r\n"
    (article,) = read(written(tmp_path / "a.txt", raw))
    assert (article.text, article.published_on) == ("They met.\r\nThey left.", "2016-10-21")


def test_json_objects_lists_and_lines(tmp_path: Path) -> None:
    one, two = {"id": "one", "text": TEXT, "url": None}, {"id": "two", "text": TEXT, "title": "T"}
    written(tmp_path / "a.json", json.dumps(one))
    written(tmp_path / "b.json", json.dumps([one, two]))
    written(tmp_path / "c.jsonl", json.dumps(one) + "\n\n" + json.dumps(two) + "\n")
    assert [a.id for a in read(tmp_path)] == ["one", "one", "two", "one", "two"]


def test_an_article_without_id_has_one_from_its_text(tmp_path: Path) -> None:
    ids = {read(written(tmp_path / f"{n}.json", json.dumps({"text": TEXT})))[0].id for n in "ab"}
    assert len(ids) == 1
    assert ids.pop().startswith("text-")


def test_folders_are_read_in_order_without_hidden_files_and_readmes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "b/c.txt", "a.md", ".hidden.txt", "README.md", "picture.png"):
        written(tmp_path / name, TEXT)
    assert [a.id for a in read(tmp_path)] == ["a", "c", "z"]


@pytest.mark.parametrize(
    ("raw", "id"),
    [
        (TEXT.encode(), "text-"),
        (b"---\nid: x\n---\n" + TEXT.encode(), "x"),
        (json.dumps({"id": "y", "text": TEXT}).encode(), "y"),
    ],
)
def test_standard_input_holds_text_or_json_lines(raw: bytes, id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    (article,) = read("-")
    assert article.text == TEXT
    assert article.id.startswith(id)


@pytest.mark.parametrize(
    ("name", "content", "line", "what"),
    [
        ("a.txt", "", 1, "the text is empty"),
        ("a.txt", " \n\n\t", 1, "the text is empty"),
        ("a.txt", "---\nid: x\n---\n\n", None, "the text is empty"),
        ("a.txt", b"They met.\nIn Bogot\xe1.", 2, "not UTF-8: byte 0xE1 at offset 18"),
        ("a.txt", b"\xef\xbb\xbfThey met in Bogot\xe1.", 1, "not UTF-8: byte 0xE1 at offset 20"),
        ("a.txt", b"\xff\xfeT\x00h\x00", 1, "not UTF-8: byte 0xFF at offset 0"),
        ("a.txt", "x" * 1_000_001, 1, "the text has 1,000,001 bytes"),
        ("a.txt", "é" * 500_001, 1, "the text has 1,000,002 bytes"),
        ("a.txt", "x" * 2_000_000, None, "the text has 2,000,000 bytes"),
        ("a.txt", "They met.\nIn\x00Tokyo.", 2, "control character U+0000 at character 12"),
        ("a.txt", "They\x1b[1m met.", 1, "control character U+001B at character 4"),
        ("a.txt", "They met\x85", 1, "control character U+0085 at character 8"),
        ("a.txt", "<!DOCTYPE html>\n<p>They met.", 1, "the text is HTML"),
        ("a.txt", "They met.\n<p>They left.</p>", 2, "the text is HTML"),
        ("a.txt", "They <br> met <br> twice.", 1, "the text is HTML"),
        ("a.txt", "---\npublished_on: 21.10.2016\n---\nThey met.", 1, "published_on is '21.10.2016'"),
        ("a.txt", "---\npublished_on: 2016-02-30\n---\nThey met.", 1, "published_on is '2016-02-30', a day that no"),
        ("a.txt", "---\npublished_on: 20161021\n---\nThey met.", 1, "published_on is '20161021'"),
        ("a.txt", "---\nauthor: me\n---\nThey met.", 2, "unknown key 'author' in the front matter"),
        ("a.txt", "---\nid: a\nid: b\n---\nThey met.", 3, "the key 'id' stands twice"),
        ("a.txt", "---\nid: a\nThey met.", 3, "'They met.' is no front matter"),
        ("a.txt", "---\nid: a\n", 1, "the front matter does not end"),
        ("a.json", "{", 1, "not JSON"),
        ("a.json", "[]", None, "the list is empty"),
        ("a.json", '"They met."', None, "an article is an object, not str"),
        ("a.json", '{"text": 7}', None, "text is int"),
        ("a.json", '{"text": "They met.", "body": ""}', None, "unknown field 'body'"),
        ("a.json", '{"text": "They met.", "title": "A\\u0007"}', None, "title holds the control character U+0007"),
        ("a.json", json.dumps({"text": "x", "url": "u" * 3000}), None, "url has 3000 characters"),
        ("a.json", '{"id": "a"}', None, "the text is empty"),
        ("a.jsonl", '{"text": "They met."}\n{"text": ""}\n', 2, "the text is empty"),
        ("a.jsonl", '{"text": "They met."}\n[1]\n', 2, "an article is an object, not list"),
        ("a.jsonl", '{"text": "They met."}\n{"text" "They"}\n', 2, "not JSON"),
        ("a.jsonl", b'{"text": "They met."}\n{"text": "Bogot\xe1"}\n', 2, "not UTF-8: byte 0xE1 at offset 15"),
        ("a.jsonl", "\n", None, "there are no articles"),
        ("a.pdf", "%PDF", None, "cannot tell what a .pdf file holds"),
    ],
)
def test_a_bad_article_is_told_what_is_wrong_where(
    tmp_path: Path, name: str, content: str | bytes, line: int | None, what: str
) -> None:
    error = refused(written(tmp_path / name, content))
    assert what in error.what
    assert error.path.startswith(str(tmp_path / name))
    assert line is None or error.line == line
    assert error.allowed
    assert error.do
    assert str(error).startswith(str(tmp_path / name))


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"a lone surrogate U\+D800"):
        validate_article({"text": "They \ud800 met."})


def test_one_lone_tag_is_plain_text() -> None:
    assert validate_article({"text": "The <p> tag opens a paragraph; 3 < 4 and 5 > 4."}).text


def test_tab_and_line_ends_are_allowed() -> None:
    assert validate_article({"text": "They\tmet.\r\nThey left.\n"}).text == "They\tmet.\r\nThey left.\n"


def test_missing_paths_and_empty_folders_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    written(tmp_path / "empty" / "README.md", "No articles here.")
    assert "holds no articles" in refused(tmp_path / "empty").what
    assert "no such file" in refused(tmp_path / "nowhere.txt").what


def test_two_files_of_one_name_would_be_one_article(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder / "talks.txt", TEXT)
    assert "gives the id 'talks'" in refused(tmp_path).what


def test_the_others_are_read_when_one_is_refused(tmp_path: Path) -> None:
    for name, text in (("a", TEXT), ("b", ""), ("c", TEXT)):
        written(tmp_path / f"{name}.txt", text)
    lines = [json.dumps({"id": i, "text": t}) for i, t in (("d", TEXT), ("e", ""), ("f", TEXT))]
    written(tmp_path / "d.jsonl", "\n".join(lines))
    errors: list[ArticleError] = []
    found = [a.id for a in read_articles([tmp_path, tmp_path / "nowhere"], errors.append)]
    assert found == ["a", "c", "d", "f"]
    assert [Path(e.path).name for e in errors] == ["b.txt", "d.jsonl", "nowhere"]


def test_an_unreadable_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path / "a.txt", TEXT)

    def denied(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert refused(file).what == "cannot be read: Permission denied"
