"""The lexicon's files as tables that rows can be added to: how their words inflect, and what rows of each kind hold."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, product, takewhile

from engine.authoring.thesaurus import Thesaurus
from engine.sources import Sources

MANY_VALUES = 30
"""Different values from which a column is taken to be about its word alone, so that another row's says nothing."""
OFTEN_EMPTY = 0.04
"""Share of rows without a value from which a column may be left empty."""
IN_ORDER = 0.95
"""Share of rows in the order of the alphabet from which a file is kept in that order."""
SUFFIX_WEIGHT = 8
"""How much more a row counts whose form shares one more letter at its end with the word to inflect."""
LONGEST_SUFFIX = 5
SMALL = frozenset({"det", "poss"})
"""Classes of function words that tell nothing of what a word means."""
NAME_FILES = ("body", "country")
NOUN_FILES = ("weapon", "post", "noun")
MOST_WAYS = 2
"""Ways to inflect a word that are tried."""
HEARD = 1000
"""How much more a way counts whose first form is a word that is known."""
UNLIKELY = re.compile(
    r"([^aeiouy]*[aeiou][bdgklmnprtz]|\w+i) .*\1ed( .*)?|(\w+s) \3s|(\w+[^aeiouns]s) \w+ses|(\w+)ee .* \5eing"
    r"|(\w*(\w)) .* \6(?!\7)[bdfgklmnprstvz]ed( .*)?"
)
"""Forms that no word has: a letter too few or too many ("chiped", "teing", "shove" of "shoveled"), an i that was a y,
the plural of a plural."""
OWN_WORD, AS_MODEL = "=", "*"
"""Stand for the row's own first form (the short name of a body), and for what the model row holds."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its line in the file, and its cells by column."""

    line: int
    cells: dict[str, str]

    def words(self, column: str) -> list[str]:
        """The forms in a column."""
        return self.cells[column].split("|") if self.cells[column] else []


@dataclass(eq=False)
class Table:
    """A file of the lexicon: `file` as messages print it, the columns in order, and the rows; `heard` are further words
    whose first forms are known."""

    file: str
    header: list[str]
    rows: list[TableRow]
    heard: set[str] = field(default_factory=set)
    inflections: dict[tuple[str, tuple[str, ...]], list[dict[str, str]]] = field(default_factory=dict)

    @cached_property
    def word_columns(self) -> list[str]:
        """The columns of words."""
        return [column for column in self.header if column.isupper()]

    @cached_property
    def value_columns(self) -> list[str]:
        """The columns of values."""
        return [column for column in self.header if not column.isupper()]

    @cached_property
    def lowercase(self) -> bool:
        """Whether most of its words are written in small letters."""
        firsts = [row.words(column)[0][0] for row in self.rows for column in self.word_columns if row.cells[column]]
        return sum(map(str.islower, firsts)) * 2 > len(firsts)

    def fixed(self, column: str, rows: list[TableRow], columns: tuple[str, ...]) -> str | None:
        """What a new row holds in a column: AS_MODEL, OWN_WORD or nothing; None where other rows do not tell."""
        if len({row.cells[column] for row in self.rows}) <= MANY_VALUES:
            return AS_MODEL
        values = [row.cells[column] for row in rows]
        if len(set(values)) == 1:
            return AS_MODEL
        own = sum(value in row.words(word) for row, value in zip(rows, values, strict=True) for word in columns)
        if own * 2 > len(rows):
            return OWN_WORD
        return "" if values.count("") > OFTEN_EMPTY * len(rows) else None

    def place_of(self, word: str, model: TableRow) -> int:
        """The line below which a new row goes: by the alphabet where the file keeps to it, else below the model."""
        column = self.word_columns[0]
        firsts = [(row.cells[column].lower(), row.line) for row in self.rows if row.cells[column]]
        ordered = sum(one <= other for one, other in pairwise(firsts))
        if ordered < IN_ORDER * (len(firsts) - 1):
            return model.line
        return max((first for first in firsts if first[0] <= word.lower()), default=("", 1))[1]

    def line_of(self, cells: dict[str, str]) -> str:
        """A row as it is written in the file."""
        out = io.StringIO()
        csv.writer(out, lineterminator="").writerow([cells.get(column, "") for column in self.header])
        return out.getvalue()

    def inflected(self, word: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
        """All forms of a word, by column, as the rows whose forms end most alike inflect; the second way where the
        word stands in other columns by it."""
        known = self.inflections.get((word, columns))
        if known is None:
            known = self.inflections[word, columns] = list(self.inflect(word, columns))
        return known

    def inflect(self, word: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
        """Inflect a word that was not inflected before."""
        if len(columns) == 1:
            yield {columns[0]: word}
            return
        votes: Counter[tuple[str, ...]] = Counter()
        for row in self.rows:
            forms = [row.cells[column].split("|")[0] for column in columns]
            if not all(forms):
                continue
            stem = shared_start(*forms)
            for form in set(forms):
                ending = form[stem:]
                if stem and word.endswith(ending) and len(word) > len(ending) + 1:
                    shared = shared_start(form[::-1], word[::-1])
                    own = word[: len(word) - len(ending)]
                    made = tuple(own + one[stem:] for one in forms)
                    if UNLIKELY.fullmatch(" ".join(made)):
                        continue
                    votes[made] += SUFFIX_WEIGHT ** min(shared, LONGEST_SUFFIX) * (
                        HEARD if made[0] in self.heard else 1
                    )
        places: set[tuple[bool, ...]] = set()
        for made, _ in votes.most_common(MOST_WAYS):
            where = tuple(form == word for form in made)
            if where not in places:
                places.add(where)
                yield dict(zip(columns, made, strict=True))


@dataclass(frozen=True, slots=True)
class Template:
    """What rows of one kind hold: their values (OWN_WORD for their own first form) and the columns of words that they
    fill; the row that is their model, all of them, and how often their words are met."""

    table: Table
    values: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    model: TableRow
    rows: tuple[TableRow, ...]
    weight: float

    @property
    def classes(self) -> list[str]:
        """The classes of its words."""
        return [name for name in dict(self.values).get("class", "").split("|") if name]

    def terminals(self, column: str) -> tuple[str, ...]:
        """What a word in a column reads as."""
        classes = [name.upper() for name in self.classes]
        return (column, *classes, *(f"{name}_{column}" for name in classes))

    def cells(self, forms: dict[str, str]) -> dict[str, str]:
        """The row for a word with these forms."""
        own = forms[self.columns[0]]
        return {**{name: own if value == OWN_WORD else value for name, value in self.values}, **forms}

    def words(self, columns: tuple[str, ...]) -> list[str]:
        """The words of its rows in some columns, in small letters."""
        return [word.lower() for row in self.rows for column in columns for word in row.words(column)]

    @property
    def guesses(self) -> frozenset[str]:
        """The values that a word gets by being of this kind, beside its classes."""
        return frozenset(value for name, value in self.values if value and name != "class")

    @property
    def model_word(self) -> str:
        """The word of the model row."""
        return self.model.words(self.columns[0])[0]


@dataclass(slots=True)
class Kind:
    """Rows of one kind while they are counted."""

    weight: float = 0
    rows: list[TableRow] = field(default_factory=list)
    best: tuple[float, TableRow] | None = None

    def add(self, row: TableRow, weight: float, likeness: float) -> None:
        """Count a row; the one most like the kind and most often met becomes its model."""
        self.weight += weight
        self.rows.append(row)
        if self.best is None or likeness > self.best[0]:
            self.best = (likeness, row)


@dataclass
class Tables:
    """All files of the lexicon; `met` says how often each word stands in the examples."""

    sources: Sources
    met: Counter[str] = field(default_factory=Counter)

    @cached_property
    def all(self) -> list[Table]:
        """The tables, by file name."""
        tables = [read_table(name, self.sources) for name in self.sources.names("lexicon/*.csv")]
        for table in tables:
            table.heard = self.thesaurus.begun
        return tables

    @cached_property
    def thesaurus(self) -> Thesaurus:
        """What further words mean."""
        closed = read_table("lexicon/function.csv", self.sources)
        small = {word for row in closed.rows for word in row.words("WORD") if {*row.cells["class"].split("|")} & SMALL}
        return Thesaurus.read(self.sources, frozenset(small))

    def named(self, file: str) -> Table:
        """The table of a file."""
        return next(table for table in self.all if table.file == file)

    @cached_property
    def nouns(self) -> dict[str, str]:
        """The words of the files of nouns, in small letters, each with what kind of noun it is."""
        found = {}
        for name in NOUN_FILES:
            table = self.named(f"rules/lexicon/{name}.csv")
            for row, column in product(table.rows, table.word_columns):
                found.update(dict.fromkeys(map(str.lower, row.words(column)), row.cells.get("class") or name))
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """The last words of the names of states and bodies, each with the file that it is of."""
        found = {}
        for name in NAME_FILES:
            table = self.named(f"rules/lexicon/{name}.csv")
            listed = (word for row in table.rows for column in table.word_columns for word in row.words(column))
            found.update({word.split()[-1]: name for word in listed})
        return found

    @cached_property
    def templates(self) -> dict[str, list[Template]]:
        """The templates of each file, the most often met first."""
        return {table.file: self.templates_of(table) for table in self.all}

    def templates_of(self, table: Table) -> list[Template]:
        """The kinds of rows of a table; none of those whose values cannot be told from other rows."""
        groups: dict[tuple[tuple[str, ...], str], list[TableRow]] = {}
        for row in table.rows:
            filled = tuple(column for column in table.word_columns if row.cells[column])
            listed = row.cells.get("class", "")
            for name in dict.fromkeys([*listed.split("|"), listed]):
                groups.setdefault((filled, name), []).append(row)
        found = []
        for (columns, name), rows in groups.items():
            fixed = {column: table.fixed(column, rows, columns) for column in table.value_columns if column != "class"}
            if None in fixed.values():
                continue
            for values, kind in self.kinds(rows, columns, name, fixed).items():
                if kind.best is not None:
                    found.append(Template(table, values, columns, kind.best[1], tuple(kind.rows), kind.weight))
        return sorted(found, key=lambda template: -template.weight)

    def kinds(
        self, rows: list[TableRow], columns: tuple[str, ...], name: str, fixed: dict[str, str | None]
    ) -> dict[tuple[tuple[str, str], ...], Kind]:
        """The rows of a class by their other values."""
        kinds: dict[tuple[tuple[str, str], ...], Kind] = {}
        for row in rows:
            met = sum(self.met[word.lower()] for column in columns for word in row.words(column))
            others = row.cells.get("class", "").count("|") + 1 if name != row.cells.get("class", "") else 1
            told = {"class": name, **{c: row.cells[c] if how == AS_MODEL else how or "" for c, how in fixed.items()}}
            values = tuple((column, told[column]) for column in row.cells if not column.isupper())
            kinds.setdefault(values, Kind()).add(row, (1 + met) / others, met - 1000 * (others - 1))
        return kinds


def shared_start(*words: str) -> int:
    """How many letters words begin with in common."""
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*words, strict=False)))


def read_table(name: str, sources: Sources) -> Table:
    """A file of the lexicon; rows with a wrong number of cells are left out, as the check names them."""
    reader = csv.reader(io.StringIO(sources.text(name), newline=""))
    header = next(reader, [])
    rows = [
        TableRow(reader.line_num, dict(zip(header, cells, strict=True)))
        for cells in reader
        if len(cells) == len(header)
    ]
    return Table(f"rules/{name}", header, rows)
