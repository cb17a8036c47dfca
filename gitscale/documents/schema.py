"""JSON Schemas (draft 2020-12) generated from the model, and what they say about a document, with places."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from gitscale.documents.nodes import Node
from gitscale.documents.scalars import write
from gitscale.errors import Problem
from gitscale.model.bot import OtherBot, PerpMMBot
from gitscale.model.parameters import PARAMETERS, spell
from gitscale.model.policy import Policy
from gitscale.model.profiles import Profiles

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _bot_schema() -> dict[str, Any]:
    """One schema for every strategy: the strategy decides which branch judges the rest."""
    perp, other = PerpMMBot.model_json_schema(), OtherBot.model_json_schema()
    definitions = perp.pop("$defs") | other.pop("$defs")
    return {
        "type": "object",
        "required": ["strategy"],
        "properties": {"strategy": {"type": "string"}},
        "if": {"properties": {"strategy": {"const": "perp_mm"}}},
        "then": perp,
        "else": other,
        "$defs": definitions,
    }


_SOURCES: dict[str, Callable[[], dict[str, Any]]] = {
    "bot": _bot_schema,
    "profiles": Profiles.model_json_schema,
    "policy": Policy.model_json_schema,
}


@cache
def schema(kind: str) -> dict[str, Any]:
    """The schema of `bot`, `profiles` or `policy`."""
    body = _SOURCES[kind]()
    title = f"gitscale {kind}"
    return {"$schema": DIALECT, **body, "title": title}


def files() -> dict[str, str]:
    """Repository path -> text of every schema file, for editors."""
    return {f"schemas/{kind}.schema.json": json.dumps(schema(kind), indent=2) + "\n" for kind in _SOURCES}


def breaches(kind: str, path: str, root: Node) -> list[Problem]:
    """What the schema finds wrong, in the order of the file."""
    from jsonschema import Draft202012Validator

    found = [
        problem
        for error in Draft202012Validator(schema(kind)).iter_errors(root.plain())
        for problem in _explain(path, root, error)
    ]
    return sorted(set(found), key=lambda problem: (problem.line, problem.column, problem.message))


def _explain(path: str, root: Node, error: Any) -> Iterator[Problem]:
    if error.validator in ("if", "allOf") or (error.validator == "then" and error.context):
        for inner in error.context:
            yield from _explain(path, root, inner)
        return
    keys = tuple(error.absolute_path)
    node = root.nearest(keys)
    name = str(keys[-1]) if keys else "the document"
    if error.validator == "additionalProperties":
        yield from _unknown_keys(path, node, error)
    elif error.validator == "required":
        missing = next(key for key in error.validator_value if key not in error.instance and repr(key) in error.message)
        yield Problem("GS002", f"{missing} is missing", path, node.line, node.column, f"add {missing}: ...")
    else:
        code = "GS005" if keys == ("exchange",) and error.validator == "enum" else "GS002"
        message, remedy = _value_message(name, error)
        yield Problem(code, message, path, node.line, node.column, remedy)


def _unknown_keys(path: str, node: Node, error: Any) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key in known:
            continue
        place = node.pairs[key][0]
        remedy = suggestion(key, known) or f"known here: {', '.join(known)}"
        if key in PARAMETERS and "settings" in known:
            remedy = "move it under settings"
        yield Problem("GS002", f"{key} is not a known key", path, place.line, place.column, remedy)


def _value_message(name: str, error: Any) -> tuple[str, str]:
    shown = write(error.instance)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    expected = _expected(error.schema)
    match error.validator:
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            return f"{name} {shown} is out of range", f"it takes {expected}"
        case "type":
            return f"{name} {shown} is not {expected}", f"it takes {expected}"
        case "enum" | "const":
            known = [str(item) for item in error.schema.get("enum", [error.schema.get("const")])]
            remedy = suggestion(str(error.instance), known) or f"known: {', '.join(known[:8])}"
            what = "is not a ccxt exchange id" if name == "exchange" else "is not known"
            return f"{name} {shown} {what}", remedy
        case "minItems":
            return f"{name} is empty", "list at least one"
        case "uniqueItems":
            return f"{name} lists the same entry twice", "keep one of them"
        case "minLength":
            return f"{name} is empty", "write a value"
        case "maxLength":
            return f"{name} is longer than {error.validator_value} characters", "shorten it"
    return f"{name} {shown} does not have the form {error.schema.get('pattern', expected)}", _form(error.schema)


def _form(rules: dict[str, Any]) -> str:
    return f"{rules.get('description', 'see the schema').rstrip('.')}"


_TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "string": "text",
    "array": "a list",
    "object": "a mapping",
}


def _expected(rules: dict[str, Any]) -> str:
    kinds = rules.get("type", "")
    noun = _TYPES.get(kinds, str(kinds)) if isinstance(kinds, str) else " or ".join(_TYPES[kind] for kind in kinds)
    low, high = rules.get("minimum"), rules.get("maximum")
    if low is not None and high is not None:
        return f"{noun}, {spell(low)} to {spell(high)}"
    if (above := rules.get("exclusiveMinimum")) is not None:
        return f"{noun} above {spell(above)}"
    return noun


def suggestion(word: str, known: list[str]) -> str:
    """`did you mean "leverage"?`, or nothing when no known word is near."""
    from rapidfuzz import fuzz, process, utils

    best = process.extractOne(word, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=65)
    return f'did you mean "{best[0]}"?' if best else ""
