"""/scale PROFILE and /set PARAM VALUE: settings of one bot, changed through the door."""

from gitscale.actions.workspace import Scope, Workspace, choose, perp_mm
from gitscale.actions.write import Proposal, Scene, Wish, Written, write
from gitscale.documents.edit import edit
from gitscale.documents.scalars import NUMBER, Ambiguous, resolve
from gitscale.documents.words import suggestion
from gitscale.errors import Refused
from gitscale.model.bot import PerpMMBot
from gitscale.model.change import Put
from gitscale.model.fleet import FleetBot
from gitscale.model.numbers import Scalar, spell
from gitscale.model.parameters import PARAMETERS, Parameter


def scale(workspace: Workspace, scope: Scope, profile: str, *, confirmed: bool = False) -> Written:
    """Apply a profile: the keys it names, nothing else."""

    def propose(scene: Scene) -> Proposal:
        entry = choose(scene.loaded, scope.bot)
        profiles = scene.fleet.profiles.profiles
        if profile not in profiles:
            known = ", ".join(profiles) or "none: profiles.yaml is missing or empty"
            raise Refused(f"there is no profile {profile!r}", suggestion(profile, list(profiles)) or f"known: {known}")
        wanted = profiles[profile]
        subject = f"{entry.bot.name}: scale to {profile}"
        return _settings(workspace, scene, entry, (wanted.settings.given(), subject, wanted.confirm))

    return write(workspace, scope, Wish(f"/scale {profile}", propose), confirmed=confirmed)


def assign(workspace: Workspace, scope: Scope, name: str, text: str, *, confirmed: bool = False) -> Written:
    """Set one parameter to the value that `text` spells."""
    parameter = known_parameter(name)
    value = parse_value(parameter, text)

    def propose(scene: Scene) -> Proposal:
        entry = choose(scene.loaded, scope.bot)
        subject = f"{entry.bot.name}: set {name} to {spell(value)}"
        return _settings(workspace, scene, entry, ({name: value}, subject, False))

    return write(workspace, scope, Wish(f"/set {name} {spell(value)}", propose), confirmed=confirmed)


def known_parameter(name: str) -> Parameter:
    """The parameter of that name.

    Raises:
        Refused: there is none.
    """
    if name not in PARAMETERS:
        remedy = suggestion(name, list(PARAMETERS)) or f"known: {', '.join(PARAMETERS)}"
        raise Refused(f"there is no parameter {name!r}", remedy)
    return PARAMETERS[name]


def parse_value(parameter: Parameter, text: str) -> Scalar:
    """The value `text` spells, if the parameter takes it.

    Raises:
        Refused: it is of another type or out of range.
    """
    remedy = f"{parameter.name} takes {parameter.range}{parameter.unit.short}"
    spelled = text.strip().removesuffix(parameter.unit.short.strip() or " ").strip()
    value: Scalar | None
    try:
        value = resolve(spelled)
    except Ambiguous as error:
        if NUMBER.match(spelled):
            raise Refused(f"{parameter.name}: {error.message}; nothing changed", remedy) from None
        value = None
    if parameter.kind is bool:
        fits = isinstance(value, bool)
    else:
        whole = parameter.kind is int
        fits = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
    if not fits or value is None:
        raise Refused(f"{parameter.name} cannot be {text[:40]!r}", remedy)
    if parameter.minimum is not None and parameter.maximum is not None:
        assert isinstance(value, (int, float))
        if not parameter.minimum <= value <= parameter.maximum:
            raise Refused(f"{parameter.name} {spell(value)} is out of range; nothing changed", remedy)
    return value


def _settings(
    workspace: Workspace, scene: Scene, entry: FleetBot, wanted: tuple[dict[str, Scalar], str, bool]
) -> Proposal:
    values, subject, must_confirm = wanted
    bot = perp_mm(entry)
    changes = [Put(("settings", key), value) for key, value in values.items() if getattr(bot.settings, key) != value]
    _keep_floor(bot, values)
    source = workspace.source(scene.commit, entry.path)
    assert source is not None
    text = edit(entry.path, source.data.decode("utf-8"), changes).encode("utf-8") if changes else source.data
    return Proposal(bot.name, entry.path, source.data, text, subject, must_confirm=must_confirm)


def _keep_floor(bot: PerpMMBot, values: dict[str, Scalar]) -> None:
    """Refuse what would put the floor above the spread, and name the one /set that helps."""
    floor = float(values.get("min_spread_bps", bot.settings.min_spread_bps))
    base = float(values.get("base_spread_bps", bot.settings.base_spread_bps))
    if floor <= base:
        return
    if "base_spread_bps" in values:
        remedy = f"first: /set min_spread_bps {spell(base)}"
    else:
        remedy = f"first: /set base_spread_bps {spell(floor)}"
    raise Refused(
        f"min_spread_bps {spell(floor)} would be above base_spread_bps {spell(base)}; nothing changed", remedy
    )
