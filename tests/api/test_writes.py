"""Mutations and who may use them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from api.access import is_loopback, may_write
from api.settings import Settings, settings_from
from tests.api.conftest import SEED_RECORD

pytestmark = pytest.mark.anyio
Client = Callable[..., httpx.AsyncClient]
TEXT = "Peru's Foreign Minister Ana Soto met Chile's Foreign Minister Luis Vera in Lima on Monday."
INGEST = """mutation ($input: [ArticleInput!]!) { ingestArticles(input: $input) { results { outcome eventCount
    article { id recordId events { type ... on Meeting { participants { name country { code } } } } } } } }"""
DELETE = "mutation ($id: ID!) { deleteArticle(id: $id) { deleted deletedId } }"
REEXTRACT = """mutation ($ids: [ID!]) { reextract(articleIds: $ids) { articleCount eventCount results { outcome
    article { recordId } } } }"""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def run(http: httpx.AsyncClient, query: str, token: str = "", **variables: Any) -> dict[str, Any]:
    headers = {"Authorization": token} if token else {}
    answer = await http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    return {"status": answer.status_code, **answer.json()}


async def test_an_article_comes_and_goes(client: Client) -> None:
    async with client() as http:
        article = {"text": TEXT, "publishedOn": "2016-10-21", "url": "https://news.example/1"}
        (first,) = (await run(http, INGEST, input=[article]))["data"]["ingestArticles"]["results"]
        assert (first["outcome"], first["eventCount"]) == ("INGESTED", 1)
        (meeting,) = first["article"]["events"]
        assert {"name": "Ana Soto", "country": {"code": "PER"}} in meeting["participants"]
        (again,) = (await run(http, INGEST, input=[article]))["data"]["ingestArticles"]["results"]
        assert (again["outcome"], again["article"]["id"]) == ("UNCHANGED", first["article"]["id"])
        newer = article | {"text": TEXT + " They signed a trade deal."}
        (replaced,) = (await run(http, INGEST, input=[newer]))["data"]["ingestArticles"]["results"]
        assert replaced["outcome"] == "REPLACED"
        gone = await run(http, DELETE, id=replaced["article"]["id"])
        assert gone["data"]["deleteArticle"] == {"deleted": True, "deletedId": replaced["article"]["id"]}
        none = await run(http, DELETE, id=replaced["article"]["recordId"])
        assert none["data"]["deleteArticle"] == {"deleted": False, "deletedId": None}


async def test_reading_again_keeps_ids(client: Client) -> None:
    ids = "query ($id: ID!) { article(id: $id) { events { id } people { id } } }"
    async with client() as http:
        before = await run(http, ids, id=SEED_RECORD)
        read = (await run(http, REEXTRACT, ids=[SEED_RECORD, "unknown"]))["data"]["reextract"]
        assert read["articleCount"] == 1
        assert read["eventCount"] == len(before["data"]["article"]["events"])
        assert read["results"] == [{"outcome": "REPLACED", "article": {"recordId": SEED_RECORD}}]
        assert await run(http, ids, id=SEED_RECORD) == before


@pytest.mark.parametrize(
    ("article", "says"),
    [
        ({"text": " "}, "empty"),
        ({"text": "a\x00b"}, "control character"),
        ({"text": "<html><body>Hello</body></html>"}, "HTML"),
        ({"text": "word " * 210_000}, "1 MB"),
    ],
)
async def test_a_bad_article_leaves_the_store_as_it_was(client: Client, article: dict[str, str], says: str) -> None:
    count = "{ articles { totalCount } }"
    async with client() as http:
        before = await run(http, count)
        answer = await run(http, INGEST, input=[{"text": TEXT}, article])
        assert await run(http, count) == before
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "BAD_ARTICLE"
    assert says in error["message"]
    assert "input[1]" in error["message"]


async def test_no_articles_at_all(client: Client) -> None:
    async with client() as http:
        answer = await run(http, INGEST, input=[])
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_token_is_asked_for(client: Client) -> None:
    async with client(token="open sesame") as http:
        for wrong in ("", "Bearer wrong", "open sesame", "Basic open sesame", "Bearer open sesame!"):
            answer = await run(http, DELETE, wrong, id="x")
            assert answer["status"] == 401
            assert answer["errors"][0]["extensions"]["code"] == "UNAUTHORIZED"
        assert "errors" not in await run(http, DELETE, "Bearer open sesame", id="x")
        assert (await run(http, "{ __typename }"))["data"] == {"__typename": "Query"}


async def test_without_a_token_only_this_machine_may_write(client: Client) -> None:
    async with client("192.0.2.7") as http:
        assert (await run(http, DELETE, id="x"))["status"] == 401
        assert (await run(http, "{ __typename }"))["status"] == 200
    async with client() as http:
        rebound = await http.post(
            "/graphql", json={"query": DELETE, "variables": {"id": "x"}}, headers={"Host": "evil.example"}
        )
    assert rebound.status_code == 401


@pytest.mark.parametrize(
    ("address", "own"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("10.0.0.1", False), ("testclient", False)],
)
def test_addresses(address: str, own: bool) -> None:
    assert is_loopback(address) is own
    assert may_write(Settings(), address, "localhost:8000", "") is own
    assert may_write(Settings(), address, "[::1]:8000", "") is own


def test_settings_come_from_the_environment() -> None:
    read = settings_from(
        {
            "CHANCERY_MAX_DEPTH": "7",
            "CHANCERY_ORIGINS": "https://a.example/, https://b.example",
            "CHANCERY_INTROSPECTION": "0",
            "CHANCERY_TOKEN": "t",
            "CHANCERY_REQUEST_TIME": "2.5",
            "OTHER": "x",
        }
    )
    assert read == Settings(
        max_depth=7,
        origins=("https://a.example", "https://b.example"),
        introspection=False,
        token="t",
        request_time=2.5,
    )


@pytest.mark.parametrize(("name", "value"), [("MAX_DEPTH", "deep"), ("MAX_DEPTH", "-1"), ("INTROSPECTION", "maybe")])
def test_a_malformed_setting_says_what_is_allowed(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=rf"CHANCERY_{name} is '{value}'; allowed"):
        settings_from({f"CHANCERY_{name}": value})
