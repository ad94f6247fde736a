"""Reading articles from files, folders and standard input.

`.txt` and `.md` hold one article, with an optional front matter of `key: value` lines between two `---` lines; `.json`
holds an object or a list of objects, `.jsonl` one object a line, with the same keys and `text`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from engine.articles import FIELDS, LONGEST_TEXT_BYTES, ArticleError, too_long, validate_article
from engine.facts import Article

STANDARD_INPUT = "standard input"
_SUFFIXES = (".txt", ".md", ".json", ".jsonl")
_ALLOWED_FILES = "articles are files that end in " + ", ".join(_SUFFIXES)
_FENCE = "---"
# Room for a front matter beside the longest text, so that a longer file is refused before it is read.
_LONGEST_FRONT_MATTER = 16_384

Refusal = Callable[[ArticleError], None]


def read_articles(paths: Iterable[str | Path], refused: Refusal | None = None) -> Iterator[Article]:
    """The articles of files and folders ("-" is standard input), in the order named; folders sorted, recursively.

    An article that is not accepted is given to `refused` and the next one read; without `refused`, ArticleError is
    raised.
    """
    stems: dict[str, str] = {}
    for path in paths:
        for read in _sources(path, stems):
            if isinstance(read, Article):
                yield read
            elif refused is None:
                raise read
            else:
                refused(read)


def _sources(path: str | Path, stems: dict[str, str]) -> Iterator[Article | ArticleError]:
    if str(path) == "-":
        yield from _standard_input()
        return
    try:
        files = article_files(Path(path))
    except ArticleError as error:
        yield error
        return
    for file in files:
        yield from _file(file, stems)


def article_files(path: Path) -> list[Path]:
    """The file itself, or the article files under a folder, sorted; a README is no article.

    ArticleError where there is none.
    """
    if path.is_dir():
        files = sorted(
            file
            for file in path.rglob("*")
            if file.suffix.lower() in _SUFFIXES
            and file.is_file()
            and file.stem.upper() != "README"
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
        )
        if not files:
            raise ArticleError(str(path), None, "the folder holds no articles", _ALLOWED_FILES, "name another folder")
        return files
    if not path.exists():
        raise ArticleError(str(path), None, "there is no such file or folder", _ALLOWED_FILES, "check the path")
    if path.suffix.lower() not in _SUFFIXES:
        what = f"cannot tell what a {path.suffix or 'nameless'} file holds"
        raise ArticleError(str(path), None, what, _ALLOWED_FILES, "rename it or convert it")
    return [path]


def _file(file: Path, stems: dict[str, str]) -> Iterator[Article | ArticleError]:
    suffix = file.suffix.lower()
    try:
        if suffix == ".jsonl":
            with file.open("rb") as lines:
                yield from _json_lines(lines, str(file))
            return
        if suffix != ".json" and (size := file.stat().st_size) > LONGEST_TEXT_BYTES + _LONGEST_FRONT_MATTER:
            raise too_long(str(file), None, size)
        raw = file.read_bytes()
        if suffix == ".json":
            yield from _json(raw, str(file))
        else:
            yield _named_by_stem(raw, file, stems)
    except ArticleError as error:
        yield error
    except OSError as error:
        yield ArticleError(
            str(file), None, f"cannot be read: {error.strerror}", _ALLOWED_FILES, "check its permissions"
        )


def _named_by_stem(raw: bytes, file: Path, stems: dict[str, str]) -> Article:
    """One article of a text file; two files of one stem would silently replace each other, so the second is refused."""
    fields, line = text_fields(raw, str(file))
    if not fields.get("id"):
        fields["id"] = file.stem
        if stems.setdefault(file.stem, str(file)) != str(file):
            what = f"its name gives the id {file.stem!r}, which {stems[file.stem]} has already"
            raise ArticleError(str(file), None, what, "an id names one article", "add a front matter with another id")
    return validate_article(fields, str(file), 1, line)


def text_fields(raw: bytes, path: str) -> tuple[dict[str, str], int]:
    """The front matter's fields and the text of a text file, and the line on which the text starts.

    The line ends after the text belong to the file and not to the text.
    """
    lines = _decoded(raw, path).splitlines(keepends=True)
    fields: dict[str, str] = {}
    start = 0
    if lines and lines[0].strip() == _FENCE:
        start = _front_matter(lines, fields, path)
        while start < len(lines) and not lines[start].strip():
            start += 1
    return fields | {"text": "".join(lines[start:]).rstrip("\r\n")}, start + 1


def _front_matter(lines: list[str], fields: dict[str, str], path: str) -> int:
    allowed = f"allowed are lines `key: value` with the keys {', '.join(FIELDS)}"
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == _FENCE:
            return number
        if not line.strip():
            continue
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon:
            raise ArticleError(
                path, number, f"{line.strip()[:40]!r} is no front matter", allowed, f"close it with {_FENCE}"
            )
        if key not in FIELDS:
            raise ArticleError(path, number, f"unknown key {key!r} in the front matter", allowed, "remove or rename it")
        if key in fields:
            raise ArticleError(path, number, f"the key {key!r} stands twice", allowed, "remove one")
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        fields[key] = value[1:-1] if quoted else value
    raise ArticleError(path, 1, "the front matter does not end", allowed, f"add a line {_FENCE} before the text")


def _decoded(raw: bytes, path: str, line: int | None = None) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if raw.startswith(b"\xef\xbb\xbf") else 0)
        where = raw.count(b"\n", 0, at) + 1 if line is None else line
        what = f"not UTF-8: byte 0x{raw[at]:02X} at offset {at}"
        raise ArticleError(path, where, what, "articles are UTF-8", "convert it, as with iconv -t UTF-8") from None


def _json(raw: bytes, path: str) -> Iterator[Article | ArticleError]:
    parsed = _parsed(raw, path, None)
    several = isinstance(parsed, list)
    if several and not parsed:
        raise ArticleError(path, None, "the list is empty", "a list holds at least one article", "add articles")
    for number, fields in enumerate(parsed if several else [parsed], 1):
        yield _article(fields, f"{path} (article {number})" if several else path, None)


def _json_lines(lines: Iterable[bytes], path: str) -> Iterator[Article | ArticleError]:
    found = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = True
        try:
            fields = _parsed(line, path, number)
        except ArticleError as error:
            yield error
        else:
            yield _article(fields, path, number)
    if not found:
        yield ArticleError(path, None, "there are no articles", "one JSON object a line", "add articles")


def _parsed(raw: bytes, path: str, line: int | None) -> Any:
    text = _decoded(raw, path, line)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        what = f"not JSON: {error.msg} at column {error.colno}"
        raise ArticleError(path, line or error.lineno, what, "an object of strings", "correct the JSON") from None
    except UnicodeEncodeError:
        raise ArticleError(path, line, "not JSON: a lone surrogate", "UTF-8 text", "correct the JSON") from None


def _article(fields: Any, path: str, line: int | None) -> Article | ArticleError:
    if not isinstance(fields, dict):
        what, allowed = (
            f"an article is an object, not {type(fields).__name__}",
            f"its keys are {', '.join(FIELDS)}, text",
        )
        return ArticleError(path, line, what, allowed, "write {...} for each article")
    try:
        return validate_article(fields, path, line)
    except ArticleError as error:
        return error


def _standard_input() -> Iterator[Article | ArticleError]:
    raw = sys.stdin.buffer.read()
    if raw.lstrip().startswith(b"{"):
        yield from _json_lines(raw.splitlines(), STANDARD_INPUT)
        return
    try:
        fields, line = text_fields(raw, STANDARD_INPUT)
        yield validate_article(fields, STANDARD_INPUT, 1, line)
    except ArticleError as error:
        yield error
