"""JSON Schemas (draft 2020-12) generated from the model, and what they say about a document, with places."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Any

from gitscale.documents.limits import MAX_PROBLEMS
from gitscale.documents.nodes import Node, dotted
from gitscale.documents.scalars import write
from gitscale.documents.words import suggestion
from gitscale.errors import Problem
from gitscale.model.bot import OtherBot, PerpMMBot
from gitscale.model.exchanges import KNOWN
from gitscale.model.numbers import spell
from gitscale.model.parameters import PARAMETERS
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


def _facts_schema() -> dict[str, Any]:
    from gitscale.model.facts import Facts

    return Facts.model_json_schema()


_SOURCES: dict[str, Callable[[], dict[str, Any]]] = {
    "bot": _bot_schema,
    "profiles": Profiles.model_json_schema,
    "policy": Policy.model_json_schema,
    "facts": _facts_schema,
}


@cache
def schema(kind: str) -> dict[str, Any]:
    """The schema of `bot`, `profiles`, `policy` or `facts`."""
    body = readable(_SOURCES[kind]())
    title = f"gitscale {kind}"
    return {"$schema": DIALECT, **body, "title": title}


def readable(rules: Any) -> Any:
    """The rules without null, which no file can hold, and with the form of keys said as a refusal."""
    if isinstance(rules, list):
        return [readable(item) for item in rules]
    if not isinstance(rules, dict):
        return rules
    rules = {key: readable(item) for key, item in rules.items() if (key, item) != ("default", None)}
    if {"type": "null"} in rules.get("anyOf", ()):
        (other,) = (item for item in rules.pop("anyOf") if item != {"type": "null"})
        rules |= other
    if "patternProperties" in rules:
        ((pattern, values),) = rules.pop("patternProperties").items()
        rules["propertyNames"] = rules.get("propertyNames", {}) | {"pattern": pattern}
        rules["additionalProperties"] = values
    return rules


def files() -> dict[str, str]:
    """Repository path -> text of every schema file, for editors."""
    return {f"schemas/{kind}.schema.json": json.dumps(schema(kind), indent=2) + "\n" for kind in _SOURCES}


def breaches(rules: dict[str, Any], path: str, root: Node) -> list[Problem]:
    """What a schema finds wrong, in the order of the file; the first hundred."""
    problems = (
        problem for error in _validator()(rules).iter_errors(root.plain()) for problem in _explain(path, root, error)
    )
    found = set(islice(problems, MAX_PROBLEMS))
    return sorted(found, key=lambda problem: (problem.line, problem.column, problem.message))


@cache
def _validator() -> Any:
    """Draft 2020-12 as the model reads it: 5.0 is no whole number, a pattern meets the whole text.

    Entries are compared only where all are text: comparing anything with everything takes a hostile file's time.
    """
    from jsonschema import Draft202012Validator, ValidationError
    from jsonschema.validators import extend

    def pattern(_validator: Any, form: str, value: Any, _rules: Any) -> Iterator[ValidationError]:
        if isinstance(value, str) and not re.fullmatch(form, value):
            yield ValidationError("")

    def unique(_validator: Any, _on: bool, items: Any, _rules: Any) -> Iterator[ValidationError]:
        if isinstance(items, list) and all(isinstance(item, str) for item in items) and len(set(items)) < len(items):
            yield ValidationError("")

    types = Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _checker, value: isinstance(value, int) and not isinstance(value, bool)
    )
    judges = {"pattern": pattern, "uniqueItems": unique}
    return extend(Draft202012Validator, judges, type_checker=types)  # type: ignore[no-untyped-call]


def _explain(path: str, root: Node, error: Any) -> Iterator[Problem]:
    keys = tuple(error.absolute_path)
    node = root.nearest(keys)
    if error.validator == "additionalProperties":
        yield from _unknown_keys(path, node, error)
        return
    if error.validator == "required":
        missing = next(key for key in error.validator_value if key not in error.instance and repr(key) in error.message)
        yield Problem("GS002", f"{dotted((*keys, missing))} is missing", path, node.line, node.column, "add it")
        return
    exchange = error.validator == "enum" and error.schema.get("enum") == sorted(KNOWN)
    message, remedy = _value_message(error)
    name = dotted(keys) or "the document"
    if "propertyNames" in error.relative_schema_path:
        name, node = f"{name} key", node.pairs[error.instance][0]
    yield Problem("GS005" if exchange else "GS002", f"{name} {message}", path, node.line, node.column, remedy)


def _unknown_keys(path: str, node: Node, error: Any) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    for key in [key for key in error.instance if key not in known][:MAX_PROBLEMS]:
        place = node.pairs[key][0]
        remedy = suggestion(key, known)
        if key in PARAMETERS and "settings" in known:
            remedy = "move it under settings"
        elif not remedy and "settings" in known:
            remedy = suggestion(key, list(PARAMETERS)).replace('"', '"settings.', 1)
        remedy = remedy or f"known here: {', '.join(known)}"
        name = dotted((*error.absolute_path, _shown(key)))
        yield Problem("GS002", f"{name} is not a known key", path, place.line, place.column, remedy)


# what is said where the value itself tells nothing
_PLAIN_MESSAGES = {
    "minItems": ("is empty", "list at least one"),
    "minProperties": ("is empty", "write at least one"),
    "minLength": ("is empty", "write a value"),
    "uniqueItems": ("lists the same entry twice", "keep one of them"),
    "maxLength": ("is too long", "shorten it"),
}


def _value_message(error: Any) -> tuple[str, str]:
    if error.validator in _PLAIN_MESSAGES:
        message, remedy = _PLAIN_MESSAGES[error.validator]
        limit = f", at most {error.validator_value} characters" if error.validator == "maxLength" else ""
        return message, remedy + limit
    shown, expected = _shown(error.instance), _expected(error.schema)
    if error.validator == "pattern":
        meaning, _, example = error.schema.get("patternErrorMessage", error.validator_value).partition(", for example ")
        return f"{shown} does not have the form {meaning}", f"for example {example}" if example else f"write {meaning}"
    if error.validator in ("enum", "const"):
        known = [str(item) for item in error.schema.get("enum", [error.schema.get("const")])]
        what = "is not a ccxt exchange id" if known == sorted(KNOWN) else "is not known"
        return f"{shown} {what}", suggestion(str(error.instance), known) or f"known: {', '.join(known[:8])}"
    if error.validator == "type":
        return f"{shown} is not {expected}", f"it takes {expected}"
    return f"{shown} is out of range", f"it takes {expected}"


def _shown(value: Any) -> str:
    """A value as the file has it, shortened: 75.0 keeps its point, since that may be what is wrong with it."""
    text = repr(value) if isinstance(value, float) else write(value)
    return text if len(text) <= 60 else text[:57] + "..."


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
    if low is not None:
        below = rules.get("exclusiveMaximum")
        return f"{noun}, at least {spell(low)}" + (f" and below {spell(below)}" if below is not None else "")
    return noun
