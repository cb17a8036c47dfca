"""/new NAME --preset P: a bot file from a preset."""

import shlex
from dataclasses import dataclass
from pathlib import PurePosixPath

from gitscale.actions.workspace import Scope, Workspace
from gitscale.actions.write import Proposal, Scene, Wish, Written, write
from gitscale.documents.scalars import write as yaml
from gitscale.documents.words import suggestion
from gitscale.errors import Refused, Usage
from gitscale.model.forms import NAME, PERP_MM
from gitscale.model.parameters import PARAMETERS, Settings
from gitscale.model.profiles import Preset

MODELINE = "# yaml-language-server: $schema=../schemas/bot.schema.json\n"


@dataclass(frozen=True, slots=True)
class NewBot:
    """What a new bot is made of; the preset fills in the rest, and has to be named."""

    name: str
    preset: str | None
    account: str = "main"
    enabled: bool = False


def new(workspace: Workspace, scope: Scope, wanted: NewBot, *, confirmed: bool = False) -> Written:
    """Commit `bots/NAME.yaml`; it starts disabled unless asked otherwise.

    Raises:
        Usage: no preset is named; those that there are are listed.
    """
    if (preset := wanted.preset) is None:
        raise _missing(workspace, scope, wanted.name)
    words = ["/new", wanted.name, "--preset", preset]
    words += ["--account", wanted.account] if wanted.account != "main" else []
    command = shlex.join([*words, "--enabled"] if wanted.enabled else words)

    def propose(scene: Scene) -> Proposal:
        if not NAME.fullmatch(wanted.name):
            raise Refused(f"{wanted.name!r} is not a bot name", "lower-case letters, digits and hyphens, at most 63")
        if wanted.name in scene.fleet.bots:
            where = scene.fleet.bots[wanted.name].path
            raise Refused(f"there is a bot {wanted.name} already: {where}", "choose another name")
        presets = scene.fleet.profiles.presets
        if preset not in presets:
            known = ", ".join(presets) or "none: profiles.yaml is missing or has none"
            remedy = suggestion(preset, list(presets)) or f"known: {known}"
            raise Refused(f"there is no preset {preset!r}", remedy)
        path = f"bots/{wanted.name}.yaml"
        if taken := [known for known in workspace.files(scene.commit) if PurePosixPath(known).stem == wanted.name]:
            raise Refused(f"{taken[0]} has that name and is not valid", "mend it first, or choose another name")
        text = bot_text(wanted, presets[preset]).encode("utf-8")
        subject = f"{wanted.name}: new from preset {preset}"
        body = (f"enabled: {'true' if wanted.enabled else 'false'}",)
        return Proposal(wanted.name, path, None, text, subject, body, must_confirm=presets[preset].confirm)

    return write(workspace, scope, Wish(command, propose), confirmed=confirmed)


def _missing(workspace: Workspace, scope: Scope, name: str) -> Usage:
    presets = workspace.loaded(workspace.tip(scope)).fleet.profiles.presets
    if not presets:
        return Usage("/new needs preset", "there is none: write presets in profiles.yaml; gitscale init DIR makes some")
    first = next(iter(presets))
    return Usage("/new needs preset", f"presets: {', '.join(presets)}; then: /new {name} --preset {shlex.quote(first)}")


def bot_text(wanted: NewBot, preset: Preset) -> str:
    """The file: every setting written out, so that a change of defaults never changes a bot."""
    filled = Settings(**{name: getattr(preset.settings, name) for name in PARAMETERS})
    lines = [
        f"name: {wanted.name}",
        f"strategy: {PERP_MM}",
        f"exchange: {preset.exchange}",
        f"account: {yaml(wanted.account)}",
        f"preset: {yaml(wanted.preset)}",
        f"enabled: {yaml(wanted.enabled)}",
        f"margin_mode: {preset.margin_mode}",
        f"symbols: {yaml(list(preset.symbols))}",
        "settings:",
        *(f"  {name}: {yaml(value)}" for name, value in filled.given().items()),
        "advanced: {}",
        "accepted_risks: []",
    ]
    return MODELINE + "\n".join(lines) + "\n"
