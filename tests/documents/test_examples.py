"""Every file in tests/examples is read as its place says: a new case is a new file.

`valid/NAME.yaml` is a bot. `invalid/NAME.yaml` is refused with exactly the lines of `invalid/NAME.expected`:
`line:column CODE message -> remedy`.
"""

from pathlib import Path

import pytest

from gitscale.documents import exact, fast, load
from gitscale.errors import InvalidConfig

EXAMPLES = Path(__file__).parent.parent / "examples"


def names(kind: str) -> list[str]:
    found = sorted(path.stem for path in (EXAMPLES / kind).glob("*.yaml"))
    assert found
    return found


@pytest.mark.parametrize("name", names("valid"))
def test_a_valid_example_is_a_bot(name: str) -> None:
    data = (EXAMPLES / "valid" / f"{name}.yaml").read_bytes()
    bot = load.bot(f"bots/{name}.yaml", data)
    assert bot.name == name
    text = exact.decode("x", data)
    try:
        quick = fast.parse(text)
    except fast.Declined:
        return
    assert repr(quick) == repr(exact.compose("x", text).plain())


@pytest.mark.parametrize("name", names("invalid"))
def test_an_invalid_example_is_refused_with_these_words(name: str) -> None:
    path = f"bots/{name}.yaml"
    with pytest.raises(InvalidConfig) as caught:
        load.bot(path, (EXAMPLES / "invalid" / f"{name}.yaml").read_bytes())
    problems = caught.value.problems
    found = [f"{item.line}:{item.column} {item.code} {item.message} -> {item.remedy}" for item in problems]
    assert found == (EXAMPLES / "invalid" / f"{name}.expected").read_text(encoding="utf-8").splitlines()
    assert {item.path for item in problems} == {path}


def test_no_expectation_is_left_behind() -> None:
    expected = sorted(path.stem for path in (EXAMPLES / "invalid").glob("*.expected"))
    assert expected == names("invalid")
    assert sorted(path.suffix for path in (EXAMPLES / "valid").iterdir()) == [".yaml"] * len(names("valid"))
