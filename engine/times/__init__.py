"""Times: what a time expression means, as days and as TIMEX3 writes it."""
