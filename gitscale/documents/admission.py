"""Which files are read, as what, and under which names. Loads no model, so that long work can begin before one is."""

from gitscale.errors import InvalidConfig, Problem
from gitscale.model.forms import NAME
from gitscale.model.snapshot import BOTS_FOLDER, COMMON_FILES, SourceFile

Spare = frozenset[str]  # dotted keys that policy declares to be no secrets
_PLAIN_MODES = ("100644", "100755")


def is_bot(path: str) -> bool:
    """Whether a path lies in the bots folder."""
    return path.startswith(f"{BOTS_FOLDER}/")


def concerns(file: SourceFile) -> bool:
    """Whether a file is read, or refused for being in the place of one: a link or submodule below bots/ is."""
    return is_config(file.path) or (is_bot(file.path) and file.mode not in _PLAIN_MODES)


def is_config(path: str) -> bool:
    """Whether a path is read at all: a YAML file under bots/, or one of the common files."""
    if is_bot(path):
        return path.lower().endswith((".yaml", ".yml"))
    return path in COMMON_FILES


class Admission:
    """Lets bot files in, each under its own name; what is wrong with the others goes to `problems`."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._places: dict[str, str] = {}

    def admit(self, path: str, mode: str) -> bool:
        """Whether a bot file may be read at all: a regular file under a name that is free, which it takes."""
        try:
            check_mode(path, mode)
            check_path(path)
        except InvalidConfig as error:
            self._problems.extend(error.problems)
            return False
        return self.take(path)

    def take(self, path: str) -> bool:
        """Whether the name of a file that may be read is free; it is taken, since two files cannot have one."""
        name = name_of(path).lower()
        other = self._places.setdefault(name, path)
        if other != path:
            message = f"the name {name} is taken by {other}"
            self._problems.append(Problem("GS004", message, path, 0, 0, "rename one of the two"))
        return other == path


def check_mode(path: str, mode: str) -> None:
    """Refuse what is not a regular file.

    Raises:
        InvalidConfig: GS007 for a symbolic link or a submodule.
    """
    if mode not in _PLAIN_MODES:
        kind = "a submodule" if mode == "160000" else "a symbolic link"
        problem = Problem("GS007", f"{kind}; links are never followed", path, 0, 0, "commit the file itself")
        raise InvalidConfig(problem.message, [problem])


def check_path(path: str) -> None:
    """Refuse a bot file whose name cannot be a bot's.

    Raises:
        InvalidConfig: GS004 with the form names have.
    """
    if not path.isprintable() or "\ufffd" in path:  # which git's output has for bytes that are no UTF-8
        remedy = "rename file and folders: lower-case letters, digits and hyphens"
        problem = Problem("GS004", "the path holds characters that cannot be shown", path, 0, 0, remedy)
    elif not path.endswith(".yaml"):
        problem = Problem("GS004", "is not read: bot files end in .yaml", path, 0, 0, "rename it to end in .yaml")
    elif not NAME.fullmatch(name := name_of(path)):
        remedy = "use lower-case letters, digits and hyphens, at most 63, not a hyphen first"
        problem = Problem("GS004", f"{name!r} is not a bot name", path, 0, 0, remedy)
    else:
        return
    raise InvalidConfig(problem.message, [problem])


def name_of(path: str) -> str:
    """The name a bot in this file has to have: the file's own, without its ending."""
    # pathlib takes ten times as long, which tells in a large fleet
    return path.rpartition("/")[2].rpartition(".")[0]
