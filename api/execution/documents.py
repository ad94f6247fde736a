"""Documents: parsed, limited in form and validated once, then kept with their plans for the next time."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    GraphQLSyntaxError,
    MaxIntrospectionDepthRule,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from graphql.execution.values import VariableValues
from graphql.language import DirectiveNode, Visitor, visit

from api.errors import ClientError, ErrorCode, formatted
from api.execution.limits import check_form, exceeded
from api.execution.plan import Planner, Selection, variables_in
from api.schema.build import core_schema
from api.settings import Settings

Key = TypeVar("Key")
Value = TypeVar("Value")
PLANS = 4
_LENGTHY = 10_000
# Finds the tokens for a hundredth of what parsing costs; any text matches, so that none is looked at twice.
_LEXEMES = re.compile(
    r'''(?:\#[^\n\r]*+ | [\s,\ufeff]++)++
    | (?P<token> """(?:\\"""|(?!""")[\s\S])*+(?:""")?+ | "(?:[^"\\\n\r]|\\.)*+"?+ | \.\.\. | [\w.+-]++ | . )''',
    re.VERBOSE,
)
TYPICAL = 1_000
"""Characters that kept documents have on average at most: each costs some 150 bytes, parsed and planned."""


class Recent(Generic[Key, Value]):
    """The last values asked for, by key: at most so many, and of so much weight in all."""

    def __init__(self, most: int, most_weight: float = float("inf")) -> None:
        self.most = most
        self.most_weight = most_weight
        self.weight = 0
        self.kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()

    def get(self, key: Key) -> Value | None:
        """The value, which then counts as the latest; None where it is not kept."""
        found = self.kept.get(key)
        if found is None:
            return None
        self.kept.move_to_end(key)
        return found[0]

    def put(self, key: Key, value: Value, weight: int = 0) -> None:
        """Keep a value; those not asked for longest go."""
        self._drop(self.kept.pop(key, None))
        self.kept[key] = value, weight
        self.weight += weight
        while len(self.kept) > self.most or self.weight > self.most_weight:
            self._drop(self.kept.popitem(last=False)[1])

    def _drop(self, gone: tuple[Value, int] | None) -> None:
        self.weight -= gone[1] if gone is not None else 0


@dataclass(slots=True, eq=False)
class Plan:
    """What is to be answered, and whether the schema itself is asked about too.

    `is_heavy` is known once the cost of an operation without variables was found to be allowed.
    """

    root: Selection
    introspects: bool
    is_heavy: bool | None = None


@dataclass(slots=True, eq=False, weakref_slot=True)
class Document:
    """A valid document with its operations by name; `switches` are the variables that @skip and @include use."""

    node: DocumentNode
    operations: dict[str, OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]
    switches: tuple[str, ...]
    plans: Recent[tuple[Any, ...], Plan] = field(default_factory=lambda: Recent(PLANS))

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of a name, or the only one; raises OPERATION_NOT_FOUND."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is not None and name in self.operations:
            return self.operations[name]
        known = ", ".join(repr(known) for known in self.operations if known) or "none with a name"
        asked = "no `operationName` is given" if name is None else f"there is no operation {name!r}"
        raise ClientError(ErrorCode.OPERATION_NOT_FOUND, f"{asked}; the document has {known}; name one of them")

    def plan(self, operation: OperationDefinitionNode, variables: VariableValues) -> Plan:
        """The plan of an operation for these variables."""
        name = operation.name.value if operation.name else None
        key = (name, *(variables.coerced.get(switch) for switch in self.switches))
        plan = self.plans.get(key)
        if plan is None:
            planner = Planner(core_schema(), self.fragments, variables)
            root = planner.plan(operation)
            plan = Plan(root, planner.introspects)
            self.plans.put(key, plan)
        return plan


class InvalidDocumentError(Exception):
    """A document that does not fit the schema; `errors` are as the response writes them."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(errors)
        self.errors = errors


class Documents:
    """The documents that clients sent, the latest kept."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.known: Recent[str, Document] = Recent(settings.documents, settings.documents * TYPICAL)
        self.rules = [*specified_rules, MaxIntrospectionDepthRule]
        if not settings.introspection:
            self.rules.append(NoSchemaIntrospectionCustomRule)

    def document(self, text: str) -> Document:
        """The document of a text; raises ClientError or InvalidDocumentError."""
        document = self.known.get(text)
        if document is None:
            document = self._read(text)
            if len(text) <= _LENGTHY:
                self.known.put(text, document, len(text))
        return document

    def _read(self, text: str) -> Document:
        node = self._parsed(text)
        check_form(node, self.settings)
        errors = validate(core_schema(), node, self.rules, hide_suggestions=not self.settings.suggestions)
        if errors:
            code = ErrorCode.GRAPHQL_VALIDATION_FAILED
            raise InvalidDocumentError([formatted(error, _code_of(error) or code) for error in errors])
        operations = {
            definition.name.value if definition.name else "": definition
            for definition in node.definitions
            if isinstance(definition, OperationDefinitionNode)
        }
        fragments = {
            definition.name.value: definition
            for definition in node.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        _forget_tokens(node)
        return Document(node, operations, fragments, _switches(node))

    def _parsed(self, text: str) -> DocumentNode:
        if len(text) > self.settings.max_query:
            raise exceeded("length", self.settings.max_query, len(text), "split the document")
        most = self.settings.max_tokens
        if sum(1 for _ in islice(lexemes(text), most + 1)) > most:
            raise self._too_many_tokens()
        try:
            return parse(text, no_location=False, max_lexical_tokens=self.settings.max_tokens, max_comments=1_000)
        except GraphQLSyntaxError as error:
            if "Document contains more" in error.message:
                raise self._too_many_tokens() from error
            raise InvalidDocumentError([formatted(error, ErrorCode.GRAPHQL_PARSE_FAILED)]) from error

    def _too_many_tokens(self) -> ClientError:
        allowed = self.settings.max_tokens
        message = f"The document has more than {allowed} tokens; split the document."
        return ClientError(ErrorCode.LIMIT_EXCEEDED, message, limit="tokens", allowed=allowed)


def lexemes(text: str) -> Iterator[str]:
    """The tokens of a document, found without parsing it; of a malformed one, some texts that may be none."""
    return (found["token"] for found in _LEXEMES.finditer(text) if found["token"])


def _forget_tokens(node: DocumentNode) -> None:
    """Let go of the tokens, which know each other in both directions: they are a third of a document's memory.

    Errors are located by offsets, which the nodes have themselves.
    """
    token = node.loc.start_token if node.loc else None
    while token is not None:
        following, token.prev, token.next = token.next, None, None
        token = following


def _code_of(error: GraphQLError) -> ErrorCode | None:
    return ErrorCode.INTROSPECTION_DISABLED if "introspection has been disabled" in error.message else None


class _Switches(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[DirectiveNode] = []

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        if node.name.value in {GraphQLSkipDirective.name, GraphQLIncludeDirective.name}:
            self.found.append(node)


def _switches(node: DocumentNode) -> tuple[str, ...]:
    found = _Switches()
    visit(node, found)
    return tuple(sorted(variables_in(found.found)))
