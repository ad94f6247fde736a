"""`chancery schema`: the GraphQL schema."""

import typer


def command() -> None:
    """Print the GraphQL schema as SDL.

    Example: chancery schema > schema.graphql
    """
    from api.schema.print import printed

    typer.echo(printed(), nl=False)
