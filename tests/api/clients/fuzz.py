"""schemathesis against a running server: whatever it makes up gets an answer. Usage: fuzz.py URL EXAMPLES CODES.

A refusal with a documented code is an answer; a fault of the server (INTERNAL) or anything but GraphQL is a failure.
"""

from __future__ import annotations

import sys

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

LATE = 503
"""The status of what takes longer than allowed, as trying all examples does on a slow machine."""


def main(url: str, examples: int, codes: frozenset[str]) -> None:
    """Every field of Query and Mutation, so many times; `codes` are those that an error may have."""
    schema = schemathesis.graphql.from_url(url)
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        def check(case: schemathesis.Case) -> None:
            nonlocal asked
            asked += 1
            response = case.call()
            assert response.status_code in {200, 400, LATE}, (response.status_code, case.body)
            answer = response.json()
            told = {error["extensions"]["code"] for error in answer.get("errors", ())}
            assert response.status_code != LATE or told == {"TIMEOUT"}, (told, case.body)
            for error in answer.get("errors", ()):
                code = error["extensions"]["code"]
                assert code in codes - {"INTERNAL"}, (error, case.body)

        strategy = operation.as_strategy()
        checks = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
        phases = (Phase.generate,)
        limits = settings(max_examples=examples, deadline=None, suppress_health_check=checks, phases=phases)
        limits(given(strategy)(check))()
    assert asked > 20 * examples
    print(f"{asked} requests answered")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), frozenset(sys.argv[3].split(",")))
