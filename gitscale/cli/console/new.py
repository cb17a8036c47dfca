"""/new in the console: asks for what the line leaves out."""

from collections.abc import Mapping

from gitscale.agent.blocks import Line, Table
from gitscale.agent.slash import Words
from gitscale.cli.console.front import Front
from gitscale.documents.words import suggestion
from gitscale.errors import Refused
from gitscale.model.exposure import exposure
from gitscale.model.fleet import Fleet
from gitscale.model.forms import NAME
from gitscale.model.numbers import spell
from gitscale.model.profiles import Preset


def ask(front: Front, given: Words, fleet: Fleet) -> Words:
    """The words of /new, asked for until they can be right; with name and preset given nothing is asked.

    Raises:
        Refused: there are no presets.
    """
    if {"name", "preset"} <= given.keys():
        return given
    presets = fleet.profiles.presets
    if not presets:
        raise Refused("there are no presets", "write them in profiles.yaml; gitscale init DIR makes an example")
    front.say(Line("a new bot; Ctrl-C leaves everything as it is"))
    name = given.get("name") or _name(front, fleet)
    preset = given.get("preset") or _preset(front, presets)
    account = given.get("account") or front.question("exchange account [main]: ").strip() or "main"
    return {**given, "name": name, "preset": preset, "account": account}


def _name(front: Front, fleet: Fleet) -> str:
    while True:
        name = front.question("name: ").strip()
        if not NAME.fullmatch(name):
            front.say(Line("lower-case letters, digits and hyphens, at most 63, for example blofin-main", 1))
        elif name in fleet.bots:
            front.say(Line(f"there is a bot {name} already: {fleet.bots[name].path}", 1))
        else:
            return name


def _preset(front: Front, presets: Mapping[str, Preset]) -> str:
    names = list(presets)
    rows = [
        (str(at), name, item.exchange, f"{spell(exposure(item.settings))}%", item.summary)
        for at, (name, item) in enumerate(presets.items(), 1)
    ]
    front.say(Table(("", "preset", "exchange", "exposure", "for"), rows, right=(0, 3)))
    while True:
        answer = front.question("preset, by number or name: ", names).strip()
        if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(names):
            return names[int(answer) - 1]
        exact = [name for name in names if name.lower() == answer.lower()]
        if exact:
            return exact[0]
        front.say(Line(suggestion(answer, names) or f"a number from 1 to {len(names)}, or a name from the list", 1))
