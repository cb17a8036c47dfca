"""Lines to requests: commands of two words, and words that follow each other."""

import pytest

from gitscale.agent.slash import parse
from gitscale.errors import GitscaleError


@pytest.mark.parametrize(
    ("line", "canonical"),
    [
        ("/risk check", "/risk check"),
        ("/RISK Check   # how much", "/risk check"),
        ("/help risk check", "/help 'risk check'"),
        ("/help", "/help"),
        ("/advise safety", "/advise safety"),
    ],
)
def test_understood(line: str, canonical: str) -> None:
    assert parse(line).line == canonical


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("/risk", "/risk check"),
        ("/risk chekc", "/risk check"),
        ("/risk check now", "/risk check"),
        ("/overviw", "did you mean /overview?"),
        ("/advise", "/advise GOAL"),
        ("/advise more profit", "/advise GOAL"),
    ],
)
def test_not_understood(line: str, remedy: str) -> None:
    with pytest.raises(GitscaleError) as raised:
        parse(line)
    assert raised.value.remedy == remedy
