"""The HTTP side: media types, methods, persisted queries, caching, compression, origins, GraphiQL."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from api.app import Chancery

pytestmark = pytest.mark.anyio
QUERY = '{ country(code: "KOR") { name } }'
ANSWER = {"data": {"country": {"name": "South Korea"}}}
Client = Callable[..., httpx.AsyncClient]
RESPONSE = "application/graphql-response+json"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def ask(client: httpx.AsyncClient, query: str, accept: str = RESPONSE, **fields: Any) -> httpx.Response:
    return await client.post("/graphql", json={"query": query, **fields}, headers={"Accept": accept})


@pytest.mark.parametrize("path", ["/graphql", "/graphql/"])
@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (RESPONSE, RESPONSE),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("application/json;q=0.5, application/graphql-response+json", RESPONSE),
        ("text/html;q=0.1, application/json", "application/json"),
    ],
)
async def test_media_types(client: Client, path: str, accept: str, media: str) -> None:
    async with client() as http:
        answer = await http.post(path, json={"query": QUERY}, headers={"Accept": accept})
        asked = await http.get(path, params={"query": QUERY}, headers={"Accept": accept})
    for response in (answer, asked):
        assert response.status_code == 200
        assert response.json() == ANSWER
        assert response.headers["content-type"] == f"{media}; charset=utf-8"
        assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "query", "status", "code"),
    [
        (RESPONSE, "{ country(", 400, "GRAPHQL_PARSE_FAILED"),
        ("application/json", "{ country(", 200, "GRAPHQL_PARSE_FAILED"),
        (RESPONSE, "{ nothing }", 400, "GRAPHQL_VALIDATION_FAILED"),
        ("application/json", "{ nothing }", 200, "GRAPHQL_VALIDATION_FAILED"),
        (RESPONSE, "query A { __typename } query B { __typename }", 400, "OPERATION_NOT_FOUND"),
        (RESPONSE, "subscription { articleIngested { id } }", 400, "SUBSCRIPTION_NOT_ALLOWED"),
        (RESPONSE, '{ person(id: "x") { name } }', 200, "BAD_USER_INPUT"),
        ("image/png", QUERY, 406, "NOT_ACCEPTABLE"),
    ],
)
async def test_errors_have_status_and_code(client: Client, accept: str, query: str, status: int, code: str) -> None:
    async with client() as http:
        answer = await ask(http, query, accept)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b'{"query": 1}', "application/json", 400, "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "variables": []}', "application/json", 400, "BAD_REQUEST"),
        (b'{"query": "{ __typename }", "operationName": 5}', "application/json", 400, "BAD_REQUEST"),
        (b'{"variables": {}}', "application/json", 400, "BAD_REQUEST"),
        (b'[{"query": "{ __typename }"}]', "application/json", 400, "BAD_REQUEST"),
        (b"not json", "application/json", 400, "BAD_REQUEST"),
        (b'{"query": "{ __typename }\xff"}', "application/json", 400, "BAD_REQUEST"),
        (b'{"query": "{ __typename }"}', "text/plain", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b"query={__typename}", "application/x-www-form-urlencoded", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b"--x", "multipart/form-data; boundary=x", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b'{"query": "{ __typename }"}', "application/json; charset=latin-1", 415, "UNSUPPORTED_MEDIA_TYPE"),
        (b" " * 300, "application/json", 413, "TOO_LARGE"),
    ],
)
async def test_malformed_requests(client: Client, body: bytes, content_type: str, status: int, code: str) -> None:
    async with client(max_body=200) as http:
        answer = await http.post("/graphql", content=body, headers={"Content-Type": content_type})
    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_refused(client: Client, method: str) -> None:
    async with client() as http:
        answer = await http.request(method, "/graphql")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"


async def test_mutations_come_by_post_only(client: Client) -> None:
    async with client() as http:
        answer = await http.get("/graphql", params={"query": 'mutation { deleteArticle(id: "x") { deleted } }'})
    assert answer.status_code == 405


async def test_get_with_variables(client: Client) -> None:
    query = "query Q($code: String!) { country(code: $code) { name } }"
    async with client() as http:
        good = await http.get("/graphql", params={"query": query, "variables": '{"code": "KOR"}', "operationName": "Q"})
        bad = await http.get("/graphql", params={"query": query, "variables": "{code}"})
    assert good.json() == ANSWER
    assert bad.status_code == 400


async def test_persisted_queries(client: Client) -> None:
    digest = hashlib.sha256(QUERY.encode()).hexdigest()
    named = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
    async with client() as http:
        unknown = await http.post("/graphql", json={"extensions": named})
        registered = await http.post("/graphql", json={"query": QUERY, "extensions": named})
        known = await http.get("/graphql", params={"extensions": json.dumps(named)})
        wrong = await http.post("/graphql", json={"query": "{ __typename }", "extensions": named})
        malformed = await http.post("/graphql", json={"extensions": {"persistedQuery": 5}})
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert unknown.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert registered.json() == known.json() == ANSWER
    assert wrong.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_MISMATCH"
    assert malformed.status_code == 400


async def test_etag_changes_with_the_store(client: Client, make_app: Callable[..., Chancery]) -> None:
    async with client(max_body=10_000) as http:
        first = await http.get("/graphql", params={"query": QUERY})
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "no-cache"
        again = await http.get("/graphql", params={"query": QUERY}, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        text = "The foreign ministers of Chile and Norway met in Lima on Monday."
        mutation = "mutation ($text: String!) { ingestArticles(input: [{text: $text}]) { results { outcome } } }"
        changed = await ask(http, mutation, variables={"text": text})
        assert changed.json()["data"]["ingestArticles"]["results"] == [{"outcome": "INGESTED"}]
        later = await http.get("/graphql", params={"query": QUERY}, headers={"If-None-Match": tag})
    assert later.status_code == 200
    assert later.headers["etag"] != tag


async def test_kept_answers_are_never_stale(client: Client) -> None:
    count = "{ articles(first: 1) { totalCount } }"
    async with client() as http:
        before = [(await ask(http, count)).json()["data"]["articles"]["totalCount"] for _ in range(2)]
        await ask(http, 'mutation { ingestArticles(input: [{text: "Peru and Chile held talks."}]) { __typename } }')
        after = (await ask(http, count)).json()["data"]["articles"]["totalCount"]
    assert before[0] == before[1] == after - 1


async def test_large_answers_are_compressed(client: Client) -> None:
    query = "{ countries(first: 200) { nodes { code name } } }"
    async with client() as http:
        plain = await http.post("/graphql", json={"query": query}, headers={"Accept-Encoding": "identity"})
        small = await http.post("/graphql", json={"query": QUERY}, headers={"Accept-Encoding": "gzip"})
        request = http.build_request("POST", "/graphql", json={"query": query}, headers={"Accept-Encoding": "gzip"})
        packed = await http.send(request, stream=True)
        raw = b"".join([part async for part in packed.aiter_raw()])
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in small.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 2


async def test_only_listed_origins_may_read(client: Client) -> None:
    site = "https://desk.example"
    asks = {"Origin": site, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    async with client(origins=(site,)) as http:
        preflight = await http.options("/graphql", headers=asks)
        read = await http.post("/graphql", json={"query": QUERY}, headers={"Origin": site})
        other = await http.options("/graphql", headers=asks | {"Origin": "https://other.example"})
    assert preflight.status_code == 200
    assert read.headers["access-control-allow-origin"] == site
    assert other.status_code == 400
    async with client() as http:
        closed = await http.post("/graphql", json={"query": QUERY}, headers={"Origin": site})
    assert "access-control-allow-origin" not in closed.headers


async def test_graphiql_for_browsers(client: Client) -> None:
    async with client() as http:
        page = await http.get("/graphql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        link = await http.get("/graphql", params={"query": QUERY}, headers={"Accept": "text/html,*/*;q=0.8"})
        query = await http.get("/graphql", params={"query": QUERY}, headers={"Accept": "*/*"})
        home = await http.get("/", follow_redirects=False)
        script = next(part for part in page.text.split('"') if part.endswith(".js"))
        asset = await http.get(script)
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert link.text == page.text
    assert query.json() == ANSWER
    assert home.headers["content-type"].startswith("text/html")
    assert 'href="/workbench"' in home.text
    assert asset.status_code == 200


async def test_health(client: Client) -> None:
    async with client() as http:
        answer = (await http.get("/health")).json()
    assert answer["status"] == "ok"
    assert answer["storeVersion"] > 0


async def test_a_slow_body_is_given_up(make_app: Callable[..., Chancery]) -> None:
    import asyncio

    sent: list[Any] = []

    async def receive() -> Any:
        await asyncio.sleep(60)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b"", "client": ("127.0.0.1", 1)}
    headers = [(b"content-type", b"application/json"), (b"host", b"localhost")]
    await make_app(body_time=0.1)(scope | {"headers": headers}, receive, send)
    assert sent[0]["status"] == 408


async def test_suggestions_and_introspection_can_be_off(client: Client) -> None:
    async with client() as http:
        open_ = await ask(http, "{ countrie { code } }")
        schema = await ask(http, "{ __schema { queryType { name } } }")
    assert "Did you mean" in open_.text
    assert schema.json()["data"]["__schema"]["queryType"]["name"] == "Query"
    async with client(suggestions=False, introspection=False) as http:
        closed = await ask(http, "{ countrie { code } }")
        hidden = await ask(http, "{ __schema { queryType { name } } }")
        typename = await ask(http, "{ __typename }")
    assert "Did you mean" not in closed.text
    assert hidden.json()["errors"][0]["extensions"]["code"] == "INTROSPECTION_DISABLED"
    assert typename.json() == {"data": {"__typename": "Query"}}
