"""The gql client against a running server: query, variables, mutation, subscription. Usage: gql_client.py URL."""

from __future__ import annotations

import asyncio
import sys
import warnings
from typing import Any

from gql import Client, GraphQLRequest
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport

PAGE = """query Page($first: Int!, $after: String) { meetings(first: $first, after: $after) {
    pageInfo { endCursor hasNextPage } nodes { id status when { start } participants { name country { name } } } } }"""
INGEST = """mutation Ingest($input: [ArticleInput!]!) { ingestArticles(input: $input) {
    results { outcome article { title } } } }"""
HEARD = "subscription Heard { articleIngested { title publishedOn } }"
TEXT = "The foreign ministers of Peru and Mali met in Lima on Monday."


async def main(url: str) -> None:
    """Everything once; any warning is an error."""
    warnings.simplefilter("error")
    # The schema is fetched, so that gql checks every document against it.
    async with Client(transport=HTTPXAsyncTransport(url=url), fetch_schema_from_transport=True) as http:
        first = (await http.execute(GraphQLRequest(PAGE, variable_values={"first": 2})))["meetings"]
        assert len(first["nodes"]) == 2
        variables = {"first": 2, "after": first["pageInfo"]["endCursor"]}
        second = (await http.execute(GraphQLRequest(PAGE, variable_values=variables)))["meetings"]
        assert {node["id"] for node in first["nodes"]}.isdisjoint(node["id"] for node in second["nodes"])
        async with Client(transport=WebsocketsTransport(url=url.replace("http", "ws", 1))) as socket:
            heard = asyncio.ensure_future(first_of(socket))
            await asyncio.sleep(1)
            article = {"title": "gql", "text": TEXT, "publishedOn": "2016-10-21"}
            done = await http.execute(GraphQLRequest(INGEST, variable_values={"input": [article]}))
            assert done["ingestArticles"]["results"] == [{"outcome": "INGESTED", "article": {"title": "gql"}}]
            async with asyncio.timeout(5):
                assert await heard == {"articleIngested": {"title": "gql", "publishedOn": "2016-10-21"}}


async def first_of(socket: Any) -> Any:
    """The first thing that the subscription delivers."""
    return await anext(socket.subscribe(GraphQLRequest(HEARD)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
