"""Sentences: who does what in which clause, how real it is, and what belongs to what."""
