"""The net of each table reads what the table reads, by fewer rows, whatever the words and whichever of its programs."""

from __future__ import annotations

import random
from array import array
from dataclasses import replace

import pytest

from engine.automaton import DEAD, Automaton, Rows
from engine.compiling.alphabet import numbers_in
from engine.compiling.table import indexed, numbers_of, text_of
from engine.layers import Layer
from engine.reader import Reader

WALKS = 150
LONGEST = 25


def layers(reader: Reader) -> list[Layer]:
    return [*reader.rules.cascade.layers, *reader.rules.cascade.events]


@pytest.fixture(scope="module")
def fresh() -> Reader:
    """A reader whose signatures may be spoiled."""
    return Reader.load()


@pytest.mark.parametrize("number", range(13))
def test_the_net_reads_what_the_table_reads(fresh: Reader, number: int) -> None:
    layer, alphabet, chance = layers(fresh)[number], fresh.rules.cascade.alphabet, random.Random(number)
    table = layer.rows.table
    numbers = {name: at for at, name in enumerate(alphabet.names)}
    whole = Rows(replace(table, net=indexed(table, len(table.sets))), numbers)
    assert len(table.net.labels) < len(table.labels)
    for name in dict.fromkeys(layer.names):
        few = layer.alone(name)
        all_rows = Automaton(whole, few.letters, few.roots)
        for _ in range(WALKS):
            one, other = few.begin(), all_rows.begin()
            for _ in range(LONGEST):
                wanted = numbers_in(layer.rows.alphabetic(one.wanted))
                assert (one.accepts, wanted) == (other.accepts, numbers_in(whole.alphabetic(other.wanted)))
                if one is DEAD or not wanted:
                    break
                # One terminal that leads on, and often others that the same word could be.
                own = {chance.choice(wanted) for _ in range(chance.choice((1, 1, 2, 5)))}
                letter = few.letters.letter_of(alphabet.signature(sum(1 << terminal for terminal in own)))
                one, other = few.after(one, letter), all_rows.after(other, letter)


def test_nets_are_much_smaller(fresh: Reader) -> None:
    tables = [layer.rows.table for layer in layers(fresh)]
    assert sum(len(table.net.labels) for table in tables) < 0.4 * sum(len(table.labels) for table in tables)


@pytest.mark.parametrize("numbers", [[], [0], [65_535, 1], [65_536, 2], [-1, 3], [1 << 20, 0, 255, 256]])
def test_numbers_are_kept_as_small_as_they_allow(numbers: list[int]) -> None:
    kept = text_of(array("i", numbers))
    assert numbers_of(kept).tolist() == numbers_of(text_of(numbers_of(kept))).tolist() == numbers
    assert (kept[0] == "H") == all(0 <= number < 1 << 16 for number in numbers)
