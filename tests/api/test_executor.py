"""The breadth-first executor gives what graphql-core gives, with few SQL statements."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from graphql import GraphQLError, Lexer, Source, TokenKind
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from api.context import Context
from api.errors import ClientError, ErrorCode
from api.execution import breadth
from api.execution.documents import lexemes
from api.execution.service import Request, Service
from tests.api.queries import Writer


@pytest.fixture(scope="module")
def ids(ask: Any) -> dict[str, list[str]]:
    """A few global ids of each type."""
    data = ask("""{ articles(first: 5) { nodes { id } } events(first: 20) { nodes { id } }
        people(first: 9) { nodes { id } } organizations(first: 5) { nodes { id } }
        countries(filter: {codes: ["KOR", "USA"]}) { nodes { id } } }""")
    types = {
        "Article": "articles",
        "Event": "events",
        "Person": "people",
        "Organization": "organizations",
        "Country": "countries",
    }
    return {type: [node["id"] for node in data[name]["nodes"]] for type, name in types.items()}


def both(service: Service, query: str, variables: dict[str, Any]) -> tuple[Any, Any]:
    """The data of the breadth-first executor and the answer of graphql-core."""
    prepared = service.prepare(Request(query, variables=variables))
    with service.pool.reading(time.monotonic() + 60) as reading:
        context = Context(reading.connection, service.settings, service.engine)
        quick = breadth.execute(context, prepared.plan.root, prepared.variables)
        exact = service._exactly(Context(reading.connection, service.settings, service.engine), prepared)
    return json.loads(json.dumps(quick)), json.loads(json.dumps(exact))


@given(seed=st.integers(0, 10**9))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_generated_queries_get_the_same_answer(service: Service, ids: dict[str, list[str]], seed: int) -> None:
    query = Writer(seed, ids).query()
    variables = {"yes": True, "no": False, "few": 2}
    try:
        service.prepare(Request(query, variables=variables))
    except ClientError as error:
        assume(error.code not in {ErrorCode.COST_EXCEEDED, ErrorCode.LIMIT_EXCEEDED})
        raise
    quick, exact = both(service, query, variables)
    assert exact == {"data": quick}


@given(seed=st.integers(0, 10**9))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tokens_are_counted_without_parsing(ids: dict[str, list[str]], seed: int) -> None:
    query = Writer(seed, ids).query()
    assert len(list(lexemes(query))) == tokens(query)


@pytest.mark.parametrize(
    "text",
    [
        '{ a(b: "x y \\" z", c: 1.5e-3, d: $v, e: [-1, 2]) ...F ... on T { b } } # end',
        '{ a(b: """x "y" \\""" # z\n""") }',
        "# one two\n  # three\n\ufeff{ a, b } fragment F on T @d { c }",
        '{ a(b: "") c(d: """""") }',
        "# only words",
        "",
    ],
)
def test_what_is_no_token_is_not_counted(text: str) -> None:
    assert len(list(lexemes(text))) == tokens(text)


@pytest.mark.parametrize(
    "part", ["a ", '"', 'a"', '"""a', '"a\\', '"""\\', '\\"""', "#", "#\n", " ,", "\\", "....", "\n"]
)
def test_counting_takes_linear_time(part: str) -> None:
    """Ten times the text takes far from a hundred times as long."""
    short, long = (min(seconds_to_count(part * length) for _ in range(3)) for length in (2_000, 20_000))
    assert long < 30 * short + 0.01


def seconds_to_count(text: str) -> float:
    began = time.process_time()
    sum(1 for _ in lexemes(text))
    return time.process_time() - began


def tokens(text: str) -> int:
    """How many tokens graphql-core reads."""
    lexer = Lexer(Source(text))
    count = 0
    while lexer.advance().kind is not TokenKind.EOF:
        count += 1
    return count


def test_keys_keep_the_order_of_the_document(service: Service) -> None:
    quick, exact = both(service, '{ b: __typename country(code: "KOR") { name a: code capital id } }', {})
    assert json.dumps(quick) == json.dumps(exact["data"])


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("{ meetings(first: 50) { nodes { participants { name country { name } } } } }", 4),
        (
            "{ people(first: 20) { nodes { posts { title } counterparts { name } events(first: 3) { nodes { id } } } "
            "} }",
            7,
        ),
        ("{ countries(first: 50) { nodes { people(first: 2) { totalCount nodes { name } } } } }", 3),
        ("{ articles(first: 9) { nodes { sentences { text events { evidence { text article { id } } } } } } }", 7),
        (
            "{ events(first: 60) { nodes { id parties { ... on Country { code } } when { start } evidence { text } } "
            "} }",
            40,
        ),
    ],
)
def test_statements_do_not_grow_with_rows(service: Service, query: str, most: int) -> None:
    prepared = service.prepare(Request(query))
    with service.pool.reading(time.monotonic() + 60) as reading:
        quick = Context(reading.connection, service.settings, service.engine)
        breadth.execute(quick, prepared.plan.root, prepared.variables)
        assert 0 < quick.statements <= most
        # graphql-core asks for the events of each type by themselves.
        exact = Context(reading.connection, service.settings, service.engine)
        service._exactly(exact, prepared)
        assert 0 < exact.statements <= most + 20


def test_what_fails_is_located_by_graphql_core(service: Service) -> None:
    prepared = service.prepare(Request('{ country(code: "KOR") { n: name } articles(after: "x") { totalCount } }'))
    answer = json.loads(service.run(prepared, time.monotonic() + 60).body)
    assert answer["data"] is None
    (error,) = answer["errors"]
    assert error["path"] == ["articles"]
    assert error["extensions"]["code"] == "BAD_CURSOR"


def test_faults_are_masked_and_logged(service: Service, caplog: pytest.LogCaptureFixture, monkeypatch: Any) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(Context, "all", broken)
    prepared = service.prepare(Request('{ country(code: "KOR") { name } }'))
    answer = json.loads(service.run(prepared, time.monotonic() + 60).body)
    (error,) = answer["errors"]
    assert "secret" not in json.dumps(answer)
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["extensions"]["id"] in caplog.text
    assert "a secret" in caplog.text


def test_a_late_query_is_stopped(service: Service) -> None:
    prepared = service.prepare(Request("{ events { totalCount } }"))
    answer = service.run(prepared, time.monotonic() - 1)
    assert answer.status == 503
    assert json.loads(answer.body)["errors"][0]["extensions"]["code"] == "TIMEOUT"


def test_a_running_statement_is_stopped(service: Service) -> None:
    with service.pool.reading(time.monotonic() + 0.2) as reading:
        began = time.monotonic()
        with pytest.raises(Exception, match="interrupted"):
            reading.connection.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
            ).fetchall()
        assert time.monotonic() - began < 2


def test_errors_survive_a_copy() -> None:
    import pickle

    error = ClientError(ErrorCode.COST_EXCEEDED, "too dear", status=400, cost=3)
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, GraphQLError)
    assert again.extensions == {"code": "COST_EXCEEDED", "cost": 3}
