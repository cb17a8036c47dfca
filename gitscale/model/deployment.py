"""gitscale.yaml: what a repository says of its own delivery. Everything else about a host is the host's."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from gitscale.model.bot import form
from gitscale.model.snapshot import CONFIG_PATHS, SCHEMAS_FOLDER, USUAL_OUTPUT

# what is read or generated as source, and must not be written over
_SOURCES = (*CONFIG_PATHS, SCHEMAS_FOLDER, "market")


def _own_folder(value: str) -> str:
    if value.split("/", 1)[0].lower() in _SOURCES:
        raise PydanticCustomError(
            "output",
            "{value} is where sources lie",
            {"value": value, "remedy": "name a folder of its own, for example build"},
        )
    return value


class Deployment(BaseModel):
    """Which branch is deployed (unset: the usual one, else the only one), and where the rendered files go.

    `engines` get files of their own there; those alone whose files follow from a commit, without a price of the day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    branch: str | None = Field(None, min_length=1, max_length=200)
    output: Annotated[
        str,
        *form(
            r"^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$",
            "a folder inside the repository, for example build",
        ),
        AfterValidator(_own_folder),
    ] = USUAL_OUTPUT
    engines: list[Literal["hummingbot-controller", "kubernetes"]] = []
