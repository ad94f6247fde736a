"""Chancery's engine: articles in, facts out."""
