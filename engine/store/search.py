"""The full-text tables (FTS5) over articles, people and organizations, kept in step by triggers.

`article_search(title, text)`, `person_search(name)` and `organization_search(name, acronym)` hold the index only; their
rowid is the row's integer key. `article_search` stems English ("talks" finds "talk"); all ignore case and accents.
"""

from __future__ import annotations

_TABLES = (
    ("article_search", "article", "number", ("title", "text"), "porter unicode61 remove_diacritics 2"),
    ("person_search", "person", "id", ("name",), "unicode61 remove_diacritics 2"),
    ("organization_search", "organization", "id", ("name", "acronym"), "unicode61 remove_diacritics 2"),
)


def search_schema() -> list[str]:
    """The SQL statements that make the full-text tables and the triggers that keep them in step."""
    statements = []
    for table, source, key, columns, tokenizer in _TABLES:
        names = ", ".join(columns)
        new = ", ".join(f"new.{column}" for column in columns)
        old = ", ".join(f"old.{column}" for column in columns)
        changed = " OR ".join(f"new.{column} IS NOT old.{column}" for column in columns)
        remove = f"INSERT INTO {table}({table}, rowid, {names}) VALUES ('delete', old.{key}, {old});"
        add = f"INSERT INTO {table}(rowid, {names}) VALUES (new.{key}, {new});"
        statements += [
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5({names}, content='{source}', "
            f"content_rowid='{key}', tokenize='{tokenizer}')",
            f"CREATE TRIGGER IF NOT EXISTS {table}_added AFTER INSERT ON {source} BEGIN {add} END",
            f"CREATE TRIGGER IF NOT EXISTS {table}_removed AFTER DELETE ON {source} BEGIN {remove} END",
            f"CREATE TRIGGER IF NOT EXISTS {table}_changed AFTER UPDATE ON {source} WHEN {changed} "
            f"BEGIN {remove} {add} END",
        ]
    return statements
