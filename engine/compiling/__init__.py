"""Compiling: from the files of rules/ to the tables that automata read."""
