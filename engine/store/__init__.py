"""The store: what was read from articles, kept in one SQLite file through Peewee."""

from engine.store.errors import StoreError
from engine.store.store import Ingested, Outcome, Reader, Store, open_store

__all__ = ["Ingested", "Outcome", "Reader", "Store", "StoreError", "open_store"]
