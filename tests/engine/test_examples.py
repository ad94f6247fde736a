"""Every example beside a rule is read as it says."""

from __future__ import annotations

import pytest

from engine.corpus import Example, all_examples, check_example
from engine.reader import Reader
from engine.rules import RULES


@pytest.mark.parametrize("example", all_examples(RULES), ids=lambda example: f"{example.grammar}:{example.line}")
def test_example(reader: Reader, example: Example) -> None:
    assert [str(finding) for finding in check_example(example, reader.read)] == []
