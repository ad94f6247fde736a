"""`chancery schema`: the GraphQL schema."""

import typer


def command() -> None:
    """Print the GraphQL schema as SDL.

    Example: chancery schema > schema.graphql
    """
    from api.schema import schema

    typer.echo(schema.as_str())
