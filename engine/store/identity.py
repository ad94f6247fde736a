"""How stored things keep their ids: hashed from what identifies them, never drawn at random."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from hashlib import blake2b

# JavaScript and spreadsheets hold integers exactly up to 53 bits.
_ID_BITS = 53
_RANGE_BITS = 16

_NOT_WORD = re.compile(r"[^\w]+")


def stable_id(*parts: object, taken: Container[int] = ()) -> int:
    """A positive integer of 53 bits made from the parts; the next free one where it is taken."""
    digest = blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    number = int.from_bytes(digest, "big") >> (64 - _ID_BITS)
    while number in taken or number == 0:
        number += 1
    return number


def stable_range(name: str) -> range:
    """A range of 65,536 ids made from a name, of the kind that `stable_id` gives.

    The events of one article take theirs from one range: rows that are written together then lie together.
    """
    first = stable_id(name) >> _RANGE_BITS << _RANGE_BITS
    return range(first, first + (1 << _RANGE_BITS))


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The text without case, accents and punctuation, for comparing: "Yun Byung-Se" and "Yun Byung-se" fold alike."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.casefold()).strip()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain.casefold()).strip()
