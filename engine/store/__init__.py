"""The store: what was read from articles, kept in one SQLite file through Peewee."""
