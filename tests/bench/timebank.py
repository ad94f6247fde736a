"""Scores time expressions against TimeBank as TempEval-3 does: python tests/bench/timebank.py FOLDER [--misses].

FOLDER holds .tml files with gold TIMEX3 and the day of publication (DCT). Prints precision, recall and F1 of spans that
overlap (relaxed) and are equal (strict), and of overlapping spans with the same value.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from engine.contract import contract
from engine.interpret import Interpreter
from engine.rules import Rules, load_rules
from engine.times.chronology import Chronology
from engine.words import sentences_of


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    value: str
    text: str

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def read_document(path: Path) -> tuple[str, date | None, list[Span]]:
    """The text of a .tml file, its day of publication and its gold time expressions."""
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    created = root.find(".//DCT/TIMEX3")
    day = re.match(r"\d{4}-\d\d-\d\d", created.get("value", "")) if created is not None else None
    body = root.find("TEXT")
    gold: list[Span] = []
    pieces: list[str] = []

    def walk(node: ElementTree.Element) -> None:
        start = sum(map(len, pieces))
        pieces.append(node.text or "")
        for child in node:
            walk(child)
            pieces.append(child.tail or "")
        if node.tag == "TIMEX3":
            text = "".join(pieces)
            gold.append(Span(start, len(text), node.get("value", ""), text[start:]))

    if body is not None:
        walk(body)
    # One sentence may stand on several lines; only an empty line ends a paragraph.
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", "".join(pieces))
    return text, date.fromisoformat(day.group()) if day else None, gold


def read_times(rules: Rules, text: str, published: date | None) -> list[Span]:
    """The time expressions that the rules find; read before the other phrases, which may take them in."""
    passage = rules.vocabulary.passage(text)
    cascade = rules.cascade
    layer = cascade.layers[cascade.stage_of("time") - 1].only("time")
    interpreter = Interpreter(cascade.alphabet, contract(), passage.pieces)
    chronology, found = Chronology(published), []
    for begin, end in sentences_of(passage):
        times = layer.read(rules.vocabulary.items(passage, begin, end))
        for named in chronology.read(times, cascade.phrases(times), interpreter):
            start, stop = passage.span(named.begin, named.end)
            found.append(Span(start, stop, named.timex.value, text[start:stop]))
    return found


def figures(right: float, found: int, gold: int) -> str:
    """Precision, recall and F1 in percent."""
    precision, recall = right / max(found, 1), right / max(gold, 1)
    middle = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{100 * precision:9.1f} {100 * recall:7.1f} {100 * middle:7.1f}"


def main(folder: Path, misses: bool) -> None:
    """Score every document of a folder."""
    rules = load_rules()
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*.tml")):
        text, published, gold = read_document(path)
        found = read_times(rules, text, published)
        counts.update(gold=len(gold), found=len(found))
        left = list(found)
        for one in gold:
            match = next((other for other in left if one.overlaps(other)), None)
            if match is None:
                if misses:
                    print(f"missed\t{one.text}\t{one.value}\t{text[max(0, one.start - 40) : one.end + 30]!r}")
                continue
            left.remove(match)
            same = match.value == one.value
            counts.update(relaxed=1, strict=(one.start, one.end) == (match.start, match.end), value=same)
            if misses and not same:
                around = text[max(0, one.start - 50) : one.end + 30]
                print(f"value\t{one.text}\t{one.value}\t{match.value}\t{published}\t{around!r}")
        if misses:
            for other in left:
                print(f"made up\t{other.text}\t{other.value}\t{text[max(0, other.start - 40) : other.end + 30]!r}")
    print(f"{counts['gold']} gold, {counts['found']} found\n{'':10}{'precision':>9} {'recall':>7} {'F1':>7}")
    for name in ("relaxed", "strict", "value"):
        print(f"{name:10}{figures(counts[name], counts['found'], counts['gold'])}")


if __name__ == "__main__":
    if len(sys.argv) < 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python tests/bench/timebank.py FOLDER [--misses], with FOLDER holding .tml files")
    main(Path(sys.argv[1]), "--misses" in sys.argv)
