"""From drafts to facts: who is meant, which day, and which reports are one happening."""
