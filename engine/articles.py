"""Articles as they come in: which are accepted, and what is said of those that are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from typing import Any

from engine.facts import Article

FIELDS = ("id", "published_on", "dateline", "agency", "title", "url")
LONGEST_TEXT_BYTES = 1_000_000
_LONGEST_FIELD = 2000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ELEMENTS = "html|head|body|div|p|br|span|a|table|tr|td|ul|ol|li|h[1-6]|script|style|article|section|img|meta|link"
_HTML_START = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_HTML_TAG = re.compile(rf"<(/?)(?:{_ELEMENTS})\b(?:\s[^<>]*)?/?>", re.IGNORECASE)


class ArticleError(Exception):
    """An article that is not accepted: what is wrong, where, what is allowed, what to do.

    `path` is the file as it was named (or what else it came from), `line` counts from 1 and is None where no line can
    be told.
    """

    def __init__(self, path: str, line: int | None, what: str, allowed: str, do: str) -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {what}; {allowed}; {do}")
        self.path = path
        self.line = line
        self.what = what
        self.allowed = allowed
        self.do = do


def validate_article(
    fields: Mapping[str, Any], path: str = "input", line: int | None = None, text_line: int | None = None
) -> Article:
    """The article that the fields (FIELDS and `text`) describe; ArticleError where one of them is not acceptable.

    Without an `id` the article gets one from its text's hash. `line` is where the fields stand and `text_line` where
    the text starts, both for messages only.
    """
    unknown = sorted(set(fields) - {*FIELDS, "text"})
    if unknown:
        raise ArticleError(
            path,
            line,
            f"unknown field {unknown[0]!r}",
            f"allowed are {', '.join(FIELDS)} and text",
            "remove or rename it",
        )
    for name, value in fields.items():
        _check_field(name, value, path, line)
    text = fields.get("text") or ""
    check_text(text, path, text_line or line)
    told = {name: (fields.get(name) or "").strip() or None for name in FIELDS}
    return Article(
        id=told["id"] or id_of_text(text),
        text=text,
        published_on=_day(told["published_on"], path, line),
        dateline=told["dateline"],
        agency=told["agency"],
        title=told["title"],
        url=told["url"],
    )


def text_hash(text: str) -> str:
    """The fingerprint of a text by which the same text is recognised: 32 hexadecimal digits."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def id_of_text(text: str) -> str:
    """The id of an article that came without one: made from its text, so that the same text has the same id."""
    return f"text-{text_hash(text)[:16]}"


def _check_field(name: str, value: Any, path: str, line: int | None) -> None:
    if value is not None and not isinstance(value, str):
        what = f"{name} is {type(value).__name__}"
        raise ArticleError(path, line, what, "every field is a string or left out", "put it in quotation marks")
    if name == "text" or value is None:
        return
    if found := _CONTROL.search(value):
        what = f"{name} holds {_character(found[0])} at character {found.start()}"
        raise ArticleError(path, line, what, "fields hold printable characters", "remove it")
    if len(value) > _LONGEST_FIELD:
        what = f"{name} has {len(value)} characters"
        raise ArticleError(path, line, what, f"at most {_LONGEST_FIELD} are allowed", "shorten it")


def check_text(text: str, path: str, line: int | None = None) -> None:
    """Raise ArticleError where the text is empty, over 1 MB, HTML, or holds control characters."""
    if not text.strip():
        what, allowed = "the text is empty", "an article needs at least one sentence"
        raise ArticleError(path, line, what, allowed, "add the text or leave the article out")
    if len(text) > LONGEST_TEXT_BYTES // 4 and (size := len(text.encode("utf-8", "replace"))) > LONGEST_TEXT_BYTES:
        raise too_long(path, line, size)
    if found := _CONTROL.search(text):
        where = None if line is None else line + text.count("\n", 0, found.start())
        what = f"the text holds {_character(found[0])} at character {found.start()}"
        allowed = "tab and line ends are the only control characters allowed"
        raise ArticleError(path, where, what, allowed, "remove it, or save the file as plain UTF-8 text")
    if found := _html(text):
        where = None if line is None else line + text.count("\n", 0, found.start())
        what = f"the text is HTML ({found[0].strip()[:40]!r})"
        raise ArticleError(path, where, what, "articles are plain text", "extract the text first, as with trafilatura")


def too_long(path: str, line: int | None, size: int) -> ArticleError:
    """The error for a text of so many bytes."""
    what, allowed = f"the text has {size:,} bytes", f"at most {LONGEST_TEXT_BYTES:,} (1 MB) are allowed"
    return ArticleError(path, line, what, allowed, "split it into its articles")


def _html(text: str) -> re.Match[str] | None:
    """Where HTML shows: its start, an end tag, or two tags; one lone "<p>" can stand in a plain text."""
    if started := _HTML_START.match(text):
        return started
    for earlier, tag in enumerate(_HTML_TAG.finditer(text)):
        if tag[1] or earlier:
            return tag
    return None


def _day(value: str | None, path: str, line: int | None) -> str | None:
    if value is None:
        return None
    allowed = "a day is written as in 2016-10-21"
    if not _DAY.fullmatch(value):
        raise ArticleError(
            path, line, f"published_on is {value!r}", allowed, "write year, month and day, or leave it out"
        )
    try:
        date.fromisoformat(value)
    except ValueError as error:
        what = f"published_on is {value!r}, a day that no calendar has ({error})"
        raise ArticleError(path, line, what, allowed, "correct it or leave it out") from None
    return value


def _character(character: str) -> str:
    name = "a lone surrogate" if "\ud800" <= character <= "\udfff" else "the control character"
    known = unicodedata.name(character, "")
    return f"{name} U+{ord(character):04X}" + (f" ({known})" if known else "")
