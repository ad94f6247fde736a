"""The rules as loaded: lexicon, grammars, and the cascade that reads with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from engine.alphabet import Alphabet
from engine.automaton import Automaton
from engine.cascade import Cascade, Layer
from engine.contract import contract, field_names
from engine.errors import Finding, RulesError
from engine.grammar import ACCEPT, SPLIT, SYMBOL, Compiler, Grammar, Program, read_grammar
from engine.lexicon import Lexicon, load_lexicon
from engine.words import Vocabulary

RULES = Path(__file__).resolve().parent.parent / "rules"
"""The project's own rules."""
EVERYWHERE = 10**6


@dataclass(slots=True)
class Rules:
    """All that rules/ says, ready to read with; `version` is a hash of every file's content."""

    path: Path
    version: str
    lexicon: Lexicon
    grammars: dict[str, Grammar]
    cascade: Cascade
    vocabulary: Vocabulary


def rules_version(path: Path) -> str:
    """A hash of the content of every file that decides how text is read."""
    digest = hashlib.sha256()
    for file in sorted((*path.rglob("*.lark"), *path.rglob("*.csv"))):
        digest.update(file.relative_to(path).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def load_rules(path: Path = RULES) -> Rules:
    """Read and check rules/; raises RulesError with every finding."""
    lexicon = load_lexicon(path)
    alphabet = Alphabet()
    alphabet.add_shapes(path / "shapes.csv")
    shapes = frozenset(alphabet.bits)
    grammars, findings = read_grammars(path, shapes)
    findings += [
        finding for grammar in grammars.values() for finding in unknown_names(grammar, grammars, lexicon, shapes)
    ]
    if findings:
        raise RulesError(sorted(findings, key=lambda f: (f.file, f.line)))
    cascade = build(grammars, alphabet, lexicon)
    return Rules(path, rules_version(path), lexicon, grammars, cascade, Vocabulary(lexicon, alphabet))


def read_grammars(path: Path, shapes: frozenset[str]) -> tuple[dict[str, Grammar], list[Finding]]:
    """Every .lark file, by stem; a folder `shared` holds only what others import."""
    grammars: dict[str, Grammar] = {}
    findings: list[Finding] = []
    for file in (*sorted((path / "phrases").glob("*.lark")), *sorted(path.glob("*.lark"))):
        try:
            grammars[file.stem] = read_grammar(file, path, shapes)
        except RulesError as error:
            findings += error.findings
    return grammars, findings


def provided(grammars: dict[str, Grammar]) -> dict[str, str]:
    """The terminals that phrases provide, each with the grammar it comes from; "*_ALIAS" for those with a head."""
    found = {}
    for name, grammar in grammars.items():
        if "/phrases/" not in grammar.file:
            continue
        aliases = {key.partition(".")[2] for key in grammar.lines if "." in key}
        for root in grammar.roots:
            found[root.upper()] = name
            for alias in aliases:
                found[f"{root}_{alias}".upper()] = name
                if "head" in grammar.rules:
                    found[f"*_{alias}".upper()] = name
            if "control" in grammar.rules:
                found["*_CONTROL"] = name
            if "head" in grammar.rules:
                found[f"*_{root}".upper()] = name
    return found


def provider(terminal: str, offers: dict[str, str], lexicon: Lexicon) -> str | None:
    """The phrase grammar that a terminal comes from, if it is no word's."""
    if terminal in offers:
        return offers[terminal]
    for offer, grammar in offers.items():
        if offer[0] == "*" and terminal.endswith(offer[1:]) and terminal[: -len(offer) + 1] in lexicon.terminals:
            return grammar
    return None


def unknown_names(
    grammar: Grammar, grammars: dict[str, Grammar], lexicon: Lexicon, shapes: frozenset[str]
) -> list[Finding]:
    """Terminals that nothing provides, and rules that are no fact, no field, no phrase and no `_wording`."""
    offers, findings = provided(grammars), []
    for terminal in sorted(grammar.used):
        if terminal in lexicon.terminals or terminal in shapes or provider(terminal, offers, lexicon):
            continue
        line = next((n for n, t in enumerate(grammar.source.splitlines(), 1) if terminal in t), 1)
        near = sorted(t for t in (lexicon.terminals | shapes | set(offers)) if t[:3] == terminal[:3])[:6]
        allowed = "a column or class of the lexicon, a shape, or a phrase" + (f" ({', '.join(near)})" if near else "")
        findings.append(Finding(grammar.file, line, f"unknown name {terminal}", allowed, "mend the name"))
    allowed_names = field_names() | contract().keys() | {root for g in grammars.values() for root in g.roots}
    is_phrase = "/phrases/" in grammar.file
    for rule in grammar.rules:
        if rule.startswith("_") or (is_phrase and rule in grammar.roots):
            continue
        if rule not in allowed_names or (not is_phrase and rule in grammar.roots and rule not in contract()):
            what = f"{rule} is no fact and no field" if rule not in grammar.roots else f"unused rule {rule}"
            do = f"name a field, or call it _{rule} if it is only wording"
            line = grammar.lines.get(rule, 1)
            findings.append(Finding(grammar.file, line, what, ", ".join(sorted(field_names())), do))
    return findings


def build(grammars: dict[str, Grammar], alphabet: Alphabet, lexicon: Lexicon) -> Cascade:
    """The cascade of all grammars."""
    offers = provided(grammars)
    depth: dict[str, int] = {}

    def layer(name: str, above: tuple[str, ...] = ()) -> int:
        if name in above:
            chain = " -> ".join((*above, name))
            raise RulesError(
                [Finding(grammars[name].file, 1, f"phrases that need each other: {chain}", "layers", "part")]
            )
        if name not in depth:
            below = {
                provider(t, offers, lexicon) for t in grammars[name].used if t not in lexicon.terminals or t in offers
            }
            depth[name] = 1 + max((layer(b, (*above, name)) for b in below if b and b != name), default=0)
        return depth[name]

    programs = {name: Compiler(grammar, alphabet, lexicon.forms).program() for name, grammar in grammars.items()}
    for name in grammars:
        layer(name)
    events = [name for name, grammar in grammars.items() if "/phrases/" not in grammar.file]
    phrases = [name for name in grammars if name not in events]
    classes = {
        name: alphabet.bit(name)
        for name in lexicon.terminals
        if any(bit.startswith(name + "_") for bit in list(alphabet.bits))
    }
    layers = []
    for number in sorted({depth[name] for name in phrases}):
        automata = [Automaton(programs[name], alphabet.masks) for name in phrases if depth[name] == number]
        layers.append(Layer(alphabet, automata, classes))
    automata = [Automaton(programs[name], alphabet.masks) for name in events]
    cost = {alphabet.bits[t]: commonness(t, offers, lexicon) for t in alphabet.bits}
    return Cascade(alphabet, layers, automata, [needed(programs[name], cost) for name in events])


def commonness(terminal: str, offers: dict[str, str], lexicon: Lexicon) -> int:
    """How often a terminal may stand in text: the fewer words read so, the rarer."""
    if terminal in offers:
        return EVERYWHERE
    base = terminal if terminal in lexicon.terminals else terminal.rpartition("_")[0]
    if base in lexicon.terminals:
        return sum(base in form.terminals for forms in lexicon.forms.values() for form in forms)
    return EVERYWHERE - 1 if not terminal.startswith("_W_") else 50


def needed(program: Program, cost: dict[int, int]) -> int:
    """Terminals of which every reading has at least one, rare ones preferred: without them a grammar need not try."""
    bits = {instruction[1] for instruction in program.code if instruction[0] == SYMBOL}
    cut = 0
    for bit in bits:
        cut |= bit
    for bit in sorted(bits, key=lambda b: -cost.get(b, 0)):
        if not reaches_end(program, cut & ~bit):
            cut &= ~bit
    return cut


def reaches_end(program: Program, forbidden: int) -> bool:
    """Whether a reading exists that uses none of the forbidden terminals."""
    seen, stack = set(), [program.start]
    while stack:
        address = stack.pop()
        if address in seen:
            continue
        seen.add(address)
        instruction = program.code[address]
        if instruction[0] == ACCEPT:
            return True
        if instruction[0] == SPLIT:
            stack.extend(instruction[1])
        elif instruction[0] != SYMBOL:
            stack.append(instruction[2])
        elif not instruction[1] & forbidden:
            stack.append(instruction[3])
    return False
