"""Global ids: an opaque text that names a type and a key, the same in every process and after re-extraction."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode
from binascii import b2a_base64

from api.errors import bad_input

_FOR_URLS = bytes.maketrans(b"+/", b"-_")
NODE_TYPES = ("Article", "Country", "Event", "Organization", "Person")


def global_id(type: str, key: str | int) -> str:
    """The global id of a row of one of NODE_TYPES."""
    return b2a_base64(f"{type}:{key}".encode(), newline=False).translate(_FOR_URLS).rstrip(b"=").decode()


def read_id(text: str) -> tuple[str, str] | None:
    """Type and key of a global id; None where the text is not one."""
    try:
        type, _, key = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    known = type in NODE_TYPES and key and global_id(type, key) == text
    integer = type in {"Event", "Organization", "Person"}
    return (type, key) if known and (not integer or _is_integer(key)) else None


def _is_integer(key: str) -> bool:
    return key.lstrip("-").isdecimal() and key.isascii() and abs(int(key[:20])) < 2**63


def key_of(text: str, type: str) -> str:
    """The key in a global id of a given type; raises BAD_USER_INPUT that says what is allowed."""
    found = read_id(text)
    if found is None or found[0] != type:
        raise bad_input(f"id {text!r} is no id of type {type}; use the `id` that the API gave for one")
    return found[1]
