"""The web: the GraphQL schema over the store, the Starlette app and the command line."""
