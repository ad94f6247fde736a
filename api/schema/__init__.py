"""The GraphQL types: what a client sees, with the loader of each field beside it."""
