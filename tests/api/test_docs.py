"""What api/README.md says of settings and errors is what the code says."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from api.errors import ErrorCode
from api.settings import Settings

PAGE = (Path(__file__).parents[2] / "api" / "README.md").read_text("utf-8")


def shown(default: object) -> str:
    """A default as one would write it into the environment."""
    if isinstance(default, (bool, float)):
        return f"{default:g}"
    return str(default or "")


def test_every_setting_is_documented_with_its_default() -> None:
    told = dict(re.findall(r"^\| `(CHANCERY_\w+)` \| (.*?) ?\| \S", PAGE, re.MULTILINE))
    assert told == {f"CHANCERY_{each.name.upper()}": shown(each.default) for each in fields(Settings)}


def test_every_error_code_is_documented() -> None:
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*) \|$", PAGE, re.MULTILINE))
    assert {code: told.get(code) for code in ErrorCode.__members__} == {code.name: code.value for code in ErrorCode}
