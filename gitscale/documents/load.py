"""Files to values: a bot, profiles, policy, a whole fleet; or the problems in them, with places."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from gitscale.documents import fast
from gitscale.documents.admission import Admission, Spare, check_mode, is_bot, name_of
from gitscale.documents.limits import MAX_BYTES
from gitscale.documents.secrets import looks_secret
from gitscale.errors import InvalidConfig, Problem
from gitscale.model.bot import Bot, bot_from
from gitscale.model.fleet import (
    DEPLOY_FILE,
    FACTS_FILE,
    POLICY_FILE,
    PROFILES_FILE,
    Fleet,
    FleetBot,
    SourceFile,
)
from gitscale.model.policy import Policy
from gitscale.model.profiles import Profiles

if TYPE_CHECKING:
    from gitscale.model.deployment import Deployment
    from gitscale.model.facts import Facts

T = TypeVar("T")


class _Kind(NamedTuple, Generic[T]):
    """How a file's value becomes what it means, and the schema that says what is wrong where it does not."""

    build: Callable[[dict[str, Any]], T]
    schema: Callable[[], dict[str, Any]] = dict


def _schema(kind: str) -> Callable[[], dict[str, Any]]:
    def rules() -> dict[str, Any]:
        from gitscale.documents.schema import schema

        return schema(kind)

    return rules


def _deployment_schema() -> dict[str, Any]:
    from gitscale.documents.schema import readable
    from gitscale.model.deployment import Deployment

    rules: dict[str, Any] = readable(Deployment.model_json_schema())
    return rules


def _facts(value: dict[str, Any]) -> "Facts":
    from gitscale.model.facts import Facts

    return Facts.model_validate(value)


def _deployment(value: dict[str, Any]) -> "Deployment":
    from gitscale.model.deployment import Deployment

    return Deployment.model_validate(value)


_DOCUMENT: _Kind[Any] = _Kind(lambda value: value)
_BOT: _Kind[Bot] = _Kind(bot_from, _schema("bot"))
_PROFILES = _Kind(Profiles.model_validate, _schema("profiles"))
_POLICY = _Kind(Policy.model_validate, _schema("policy"))
_FACTS = _Kind(_facts, _schema("facts"))
_DEPLOYMENT = _Kind(_deployment, _deployment_schema)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reading a fleet gave: the valid part, and every problem."""

    fleet: Fleet
    problems: tuple[Problem, ...]

    def valid(self) -> Fleet:
        """The fleet.

        Raises:
            InvalidConfig: when anything in it is broken.
        """
        if self.problems:
            count = len(self.problems)
            raise InvalidConfig(f"the configuration is not valid: {count} problem{'s' * (count > 1)}", self.problems)
        return self.fleet


def document(path: str, data: bytes) -> Any:
    """The plain value of a YAML file.

    Raises:
        InvalidConfig: with the places of what cannot be read.
    """
    return _read(path, data, _DOCUMENT)


def bot(path: str, data: bytes, spare: Spare = frozenset()) -> Bot:
    """The bot in a file; `spare` are dotted keys the policy declares to be no secrets.

    Raises:
        InvalidConfig: with one problem a breach.
    """
    read = _read(path, data, _BOT, spare)
    if read.name != name_of(path):
        raise InvalidConfig(f"{path} is not valid", [_name_mismatch(path, data, read.name)])
    return read


def profiles(path: str, data: bytes) -> Profiles:
    """profiles.yaml.

    Raises:
        InvalidConfig: with one problem a breach.
    """
    return _read(path, data, _PROFILES)


def policy(path: str, data: bytes) -> Policy:
    """policy.yaml.

    Raises:
        InvalidConfig: with one problem a breach.
    """
    return _read(path, data, _POLICY)


def facts(path: str, data: bytes) -> "Facts":
    """market/facts.yaml.

    Raises:
        InvalidConfig: with one problem a breach.
    """
    return _read(path, data, _FACTS)


def deployment(path: str, data: bytes) -> "Deployment":
    """gitscale.yaml.

    Raises:
        InvalidConfig: with one problem a breach.
    """
    return _read(path, data, _DEPLOYMENT)


def fleet(files: Iterable[SourceFile]) -> Loaded:
    """Everything in a snapshot, in any order."""
    reader = FleetReader()
    for file in sorted(files, key=lambda file: is_bot(file.path)):
        (reader.read_bot if is_bot(file.path) else reader.read_common)(file)
    return reader.done()


class FleetReader:
    """Reads a fleet file by file: the common files first, then bots in any number."""

    def __init__(self, spare: Spare | None = None) -> None:
        self._bots: dict[str, FleetBot] = {}
        self._profiles: Profiles | None = None
        self._policy: Policy | None = None
        self._facts: Facts | None = None
        self._deployment: Deployment | None = None
        self._given = spare
        self._spare: Spare = spare or frozenset()
        self._problems: list[Problem] = []
        self._admission = Admission(self._problems)

    def read_common(self, file: SourceFile) -> None:
        """Any file but a bot's."""
        try:
            check_mode(file.path, file.mode)
            if file.path == PROFILES_FILE:
                self._profiles = profiles(file.path, file.data)
            elif file.path == POLICY_FILE:
                self._policy = found = policy(file.path, file.data)
                self._spare = frozenset(found.not_secrets) if self._given is None else self._given
            elif file.path == DEPLOY_FILE:
                self._deployment = deployment(file.path, file.data)
            elif file.path == FACTS_FILE:
                self._facts = facts(file.path, file.data)
        except InvalidConfig as error:
            self._problems.extend(error.problems)

    def read_bot(self, file: SourceFile) -> bool:
        """One bot file; whether it is good."""
        if not self._admission.admit(file.path, file.mode):
            return False
        try:
            read = bot(file.path, file.data, self._spare)
        except InvalidConfig as error:
            self._problems.extend(error.problems)
            return False
        self._bots[read.name] = FleetBot(file.path, file.blob, read)
        return True

    def take(self, entry: FleetBot) -> None:
        """A bot whose file is known to be good by itself: only whether its name is free is judged."""
        if self._admission.take(entry.path):
            self._bots[name_of(entry.path)] = entry

    def note(self, problems: Iterable[Problem]) -> None:
        """Problems that somebody else found."""
        self._problems.extend(problems)

    @property
    def admission(self) -> Admission:
        """Which bot files may be read, and the names that are taken."""
        return self._admission

    @property
    def spare(self) -> Spare:
        """The dotted keys that are no secrets; right once the common files are read."""
        return self._spare

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong so far."""
        return self._problems

    def done(self) -> Loaded:
        """What was read so far."""
        # defaults are built here and not before: each costs a validator of its own
        profiles, policy = self._profiles or Profiles(), self._policy or Policy()
        return Loaded(Fleet(self._bots, profiles, policy, self._facts, self._deployment), tuple(self._problems))


def _read(path: str, data: bytes, kind: _Kind[T], spare: Spare = frozenset()) -> T:
    if len(data) <= MAX_BYTES:
        try:
            return kind.build(fast.parse(data.decode("utf-8")))
        except (fast.Declined, UnicodeDecodeError, ValidationError):
            pass
    return _read_exactly(path, data, kind, spare)


def _read_exactly(path: str, data: bytes, kind: _Kind[T], spare: Spare = frozenset()) -> T:
    from gitscale.documents import exact, schema

    def refuse(problems: list[Problem]) -> InvalidConfig:
        return InvalidConfig(f"{path} is not valid", problems)

    try:
        root = exact.compose(path, exact.decode(path, data))
    except exact.Unreadable as error:
        raise refuse(error.problems) from None
    if root.kind != "mapping":
        raise refuse([Problem("GS002", "is not a mapping", path, root.line, root.column, "write key: value lines")])
    if found := list(secrets_in(path, root, spare)):
        raise refuse(found)
    try:
        return kind.build(root.plain())
    except ValidationError as error:
        found = schema.breaches(kind.schema(), path, root)
        raise refuse(found or [_model_problem(path, root, item) for item in error.errors()]) from None


def secrets_in(path: str, root: Any, spare: Spare) -> Iterable[Problem]:
    """GS006: every scalar that looks like a credential and is not declared to be none."""
    from gitscale.documents.nodes import dotted

    for keys, node in root.walk():
        name = next((key for key in reversed(keys) if isinstance(key, str)), "")
        if node.kind == "scalar" and looks_secret(name, node.value) and (place := dotted(keys)) not in spare:
            remedy = "take it out and revoke it; keys belong to the host (a false alarm: policy.yaml not_secrets)"
            yield Problem("GS006", f"{place} looks like a credential", path, node.line, node.column, remedy)


def _model_problem(path: str, root: Any, error: Any) -> Problem:
    """What no schema can say: figures that do not fit each other, days that no calendar has."""
    from gitscale.documents.nodes import dotted

    keys, context = tuple(error["loc"]), error.get("ctx", {})
    message, remedy = f": {error['msg']}", context.get("remedy", "write a value that fits")
    if error["type"] == "spread_floor":
        keys, base = (*keys, "settings", "min_spread_bps"), (*keys, "settings", "base_spread_bps")
        message = f" {context['floor']} is above base_spread_bps {context['base']}"
        remedy = f"set {dotted(keys)} to {context['base']} or less, or {dotted(base)} to {context['floor']} or more"
    elif error["type"] == "advanced_repeats":
        keys, message = (*keys, "advanced", context["key"]), " belongs under settings"
        remedy = f"move it to settings.{context['key']}"
    elif error["type"] == "date":
        message, remedy = f" {context['value']} is not a day of the calendar", "write the last day as YYYY-MM-DD"
    node = root.nearest(keys)
    return Problem("GS002", dotted(keys) + message, path, node.line, node.column, remedy)


def _name_mismatch(path: str, data: bytes, name: str) -> Problem:
    from gitscale.documents import exact

    node = exact.compose(path, exact.decode(path, data)).nearest(("name",))
    remedy = f"write name: {name_of(path)}, or rename the file to {name}.yaml"
    return Problem("GS004", f"name {name} is not the file's name", path, node.line, node.column, remedy)
