"""What rule authors are told: why a text is read as it is, what would read it, and what a change of rules changes."""
