"""The one table of agent commands: console, CLI, help, completion and docs read it.

Plain strings only, so that `gitscale --help` loads nothing else. What a command does is in `handlers`.
"""

from typing import NamedTuple

# with more options than these a command would take the whole line of a list
_FEW = 2


class Argument(NamedTuple):
    """A positional word; `many` takes all that follow as one."""

    name: str
    required: bool = True
    many: bool = False

    @property
    def usage(self) -> str:
        """`NAME`, `NAME...` or `[NAME]`."""
        word = self.name + "..." * self.many
        return word if self.required else f"[{word}]"


class Option(NamedTuple):
    """A flag, or with `value` an option that takes a word, which is named as the option unless it has a `word`."""

    name: str
    summary: str
    value: bool = True
    required: bool = False
    word: str = ""

    @property
    def metavar(self) -> str:
        """What stands for its word."""
        return self.word or self.name.upper()

    @property
    def usage(self) -> str:
        """`--preset PRESET` or `[--enabled]`."""
        text = f"--{self.name} {self.metavar}" if self.value else f"--{self.name}"
        return text if self.required else f"[{text}]"


class Command(NamedTuple):
    """One row: how it is written (in one word or two), what it does, whether it writes or needs no repository."""

    name: str
    summary: str
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    writes: bool = False
    anywhere: bool = False

    @property
    def usage(self) -> str:
        """`/set PARAM VALUE`."""
        return " ".join([*self._words(), *(option.usage for option in self.options)])

    @property
    def brief(self) -> str:
        """The same for a list: of many options, only that there are some."""
        return self.usage if len(self.options) <= _FEW else " ".join([*self._words(), "[OPTIONS]"])

    def _words(self) -> list[str]:
        return [f"/{self.name}", *(item.usage for item in self.arguments)]


COMMANDS = (
    Command("scale", "Apply a risk profile: one commit, then sync.", (Argument("PROFILE"),), writes=True),
    Command(
        "set",
        "Set one parameter: one commit, then sync.",
        (Argument("PARAM"), Argument("VALUE")),
        writes=True,
    ),
    Command(
        "confirm",
        "Apply a dangerous command that was explained a moment ago.",
        (Argument("COMMAND", many=True),),
        writes=True,
    ),
    Command("status", "Show a bot's settings, profile and figures."),
    Command("risk check", "Judge what a bot can cost, rule by rule."),
    Command(
        "profit estimate",
        "Estimate what a day brings, from replayed candles.",
        options=(
            Option("symbol", "Which of the bot's symbols (default: its first)."),
            Option("days", "How many days to put together (default: 10000)."),
            Option("seed", "Same seed, same figures (default: 1)."),
            Option("candles", "Candles from a CSV file instead of the exchange.", word="FILE"),
            Option("funding", "Funding rates to go with them.", word="FILE"),
            Option("offline", "Ask no exchange: use what is known from before.", value=False),
            Option("plot", "Draw the distribution as a PNG.", word="FILE"),
        ),
    ),
    Command("overview", "Show all bots across exchanges, and their exposure together."),
    Command(
        "symbols",
        "Rank an exchange's symbols for market making.",
        (Argument("EXCHANGE", False),),
        (
            Option("top", "How many symbols (default: 10)."),
            Option("explain", "Show each factor of one symbol.", word="SYMBOL"),
            Option("offline", "Ask no exchange: use what is known from before.", value=False),
            Option("max-age", "Quotes up to this age will do: 90s, 10m, 2h or 1d.", word="AGE"),
        ),
    ),
    Command("advise", "Name commands that help with profit, safety, grid or spread.", (Argument("GOAL"),)),
    Command(
        "explain",
        "Explain a topic or a rule, with your own numbers.",
        (Argument("TOPIC", False, many=True),),
        anywhere=True,
    ),
    Command("profiles", "List the risk profiles."),
    Command("presets", "List the presets a bot can start from."),
    Command(
        "new",
        "Make a bot from a preset; it starts disabled.",
        (Argument("NAME"),),
        (
            Option("preset", "Preset to start from (required).", required=True),
            Option("account", "Exchange account (default: main)."),
            Option("enabled", "Start it enabled.", value=False),
        ),
        writes=True,
    ),
    Command("history", "List a bot's commits, newest first.", options=(Option("limit", "How many (default: 20)."),)),
    Command("diff", "Show what changed in a bot since REV (default: its last commit).", (Argument("REV", False),)),
    Command("undo", "Revert the bot's newest agent commit; again walks further back.", writes=True),
    Command("rollback", "Bring the bot to its state at REV.", (Argument("REV"),), writes=True),
    Command("adopt", "Commit what somebody changed in a bot's delivered file or row.", (Argument("BOT"),), writes=True),
    Command("help", "List the commands, or explain one.", (Argument("COMMAND", False, many=True),), anywhere=True),
)

BY_NAME = {command.name: command for command in COMMANDS}

# what only an open console can do
CONSOLE = (
    Command("use", "Choose the bot that commands are about.", (Argument("BOT"),)),
    Command("quit", "Leave the console; so do /exit and Ctrl-D."),
)
