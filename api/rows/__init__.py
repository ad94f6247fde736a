"""Loaders: each fills one field of many rows with one or a few SQL statements and plain rows."""
