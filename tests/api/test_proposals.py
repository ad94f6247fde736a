"""What the API proposes to rule authors."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., dict[str, Any]]


def test_a_proposal_is_text_to_paste(ask: Ask) -> None:
    text = "Lim Sung-nam palavered with Kim Kye-gwan in Geneva."
    first, *_ = ask(
        "query ($text: String!) { explain(text: $text) { proposals { file line kind text replaces why reads } } }",
        text=text,
    )["explain"]["proposals"]
    assert first["file"] == "rules/lexicon/verb.csv"
    assert first["kind"] == "LEXICON_ROW"
    assert first["replaces"] is False
    assert first["text"].endswith(",palaver,palavers,palavered,palavered,palavering")
    assert first["reads"].startswith("MEETING status=OCCURRED place=Geneva")


def test_proposals_of_one_grammar_only(ask: Ask) -> None:
    text = "Lim Sung-nam palavered with Kim Kye-gwan in Geneva."
    found = ask('query ($t: String!) { explain(text: $t, grammar: "statement") { proposals { reads } } }', t=text)
    assert found["explain"]["proposals"]
    assert all("STATEMENT" in proposal["reads"] for proposal in found["explain"]["proposals"])
