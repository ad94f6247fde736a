"""Random valid queries over the schema, for comparing executors."""

from __future__ import annotations

import random

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from api.schema.build import core_schema

# Those that read a text anew cost too much to run by the hundred; tests of their own cover them.
RULES = {"grammars", "grammar", "rule", "rules", "ruleFiles", "ruleFile", "savesRules", "tryRules"}
LEFT_OUT = {"extract", "explain", "source", "examples", "line", "harvest"} | RULES
ROOTS = ("node", "nodes", "article", "person", "country", "relation", "search")
FILTERS = (
    "{}",
    "{types: [MEETING, STATEMENT]}",
    '{parties: ["KOR"]}',
    '{anyParty: ["USA", "UN"], status: [OCCURRED, PLANNED]}',
    '{from: "2012-01-01", to: "2020-01-01"}',
    '{text: "talks"}',
    '{rule: "meeting"}',
)


class Writer:
    """Writes one query; `ids` are global ids to ask for."""

    def __init__(self, seed: int, ids: dict[str, list[str]]) -> None:
        self.chance = random.Random(seed)
        self.ids = ids
        self.schema = core_schema()
        self.aliases = 0

    def query(self) -> str:
        """A query of two root fields."""
        root = self.schema.query_type
        assert root is not None
        names = [name for name in root.fields if name not in LEFT_OUT]
        fields = " ".join(self.field(root, name, 5) for name in self.chance.sample(names, 2))
        kinds = {"$yes": "Boolean!", "$no": "Boolean!", "$few": "Int"}
        declared = ", ".join(f"{name}: {kind}" for name, kind in kinds.items() if name in fields)
        return f"query Q{f'({declared})' if declared else ''} {{ {fields} }}"

    def field(self, of: GraphQLObjectType | GraphQLInterfaceType, name: str, depth: int) -> str:
        """A field with arguments, sometimes with an alias or a directive."""
        definition = of.fields[name]
        self.aliases += 1
        alias = f"a{self.aliases}: " if self.chance.random() < 0.15 else ""
        directive = self.chance.choice(["", "", "", "", "@include(if: $yes)", "@skip(if: $no)", "@skip(if: $yes)"])
        inner = "" if is_leaf_type(get_named_type(definition.type)) else self.selection(definition.type, depth - 1)
        return f"{alias}{name}{self.arguments(of.name, name, list(definition.args))} {directive} {inner}"

    def arguments(self, type: str, name: str, known: list[str]) -> str:
        """Arguments for a field: those it must have, and some that it can."""
        given = {
            "node": f'id: "{self.any_id()}"',
            "nodes": f'ids: ["{self.any_id()}", "nothing", "{self.any_id()}"]',
            "article": f'id: "{self.chance.choice(self.ids["Article"])}"',
            "person": f'id: "{self.chance.choice(self.ids["Person"])}"',
            "country": 'code: "KOR"',
            "relation": 'between: ["KOR", "USA"]',
            "search": f'text: "{self.chance.choice(["minister", "Lim", "nuclear test", "UN"])}"',
        }
        parts = [given[name]] if type == "Query" and name in given else []
        if "first" in known and self.chance.random() < 0.9:
            parts.append(self.chance.choice(["first: 3", "first: $few", "first: 1"] + ["last: 2"] * ("last" in known)))
        if "filter" in known and self.chance.random() < 0.5 and "Event" in self.filter_of(type, name):
            parts.append(f"filter: {self.chance.choice(FILTERS)}")
        if "orderBy" in known and name != "articles" and self.chance.random() < 0.5:
            parts.append("orderBy: {field: PLACE, direction: DESCENDING, then: {field: ARTICLE_COUNT}}")
        return f"({', '.join(parts)})" if parts else ""

    def filter_of(self, type: str, name: str) -> str:
        """The type of a field's filter."""
        return str(self.schema.type_map[type].fields[name].args["filter"].type)  # type: ignore[attr-defined]

    def any_id(self) -> str:
        """A global id of any type."""
        return self.chance.choice(self.ids[self.chance.choice(sorted(self.ids))])

    def selection(self, type: object, depth: int) -> str:
        """A selection set of a composite type."""
        named: GraphQLNamedType = get_named_type(type)  # type: ignore[call-overload]
        parts = ["__typename"]
        if isinstance(named, (GraphQLObjectType, GraphQLInterfaceType)):
            names = [name for name in named.fields if name not in LEFT_OUT]
            if depth <= 0:
                names = [name for name in names if is_leaf_type(get_named_type(named.fields[name].type))]
            if named.name.endswith("Connection") or named.name.endswith("Edge"):
                chosen = names
            else:
                chosen = self.chance.sample(names, min(len(names), self.chance.randint(1, 4)))
            parts += [self.field(named, name, depth) for name in chosen]
        if is_abstract_type(named) and isinstance(named, (GraphQLInterfaceType, GraphQLUnionType)):
            possible = list(self.schema.get_possible_types(named))
            for each in self.chance.sample(possible, min(2, len(possible))):
                # An alias of its own keeps fields of the same name but another type apart.
                fields = [name for name in each.fields if name not in LEFT_OUT]
                leaves = [name for name in fields if is_leaf_type(get_named_type(each.fields[name].type))]
                name = self.chance.choice(leaves if depth <= 0 else fields)
                self.aliases += 1
                inner = self.field(each, name, depth - 1)
                inner = inner.partition(": ")[2] if inner.startswith("a") and inner[1].isdigit() else inner
                parts.append(f"... on {each.name} {{ a{self.aliases}: {inner} }}")
        return "{ " + " ".join(parts) + " }"
