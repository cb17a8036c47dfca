"""Work shared with a forked process: the same result, whatever happens to the other."""

import os
import signal
from collections.abc import Callable, Sequence

import pytest

from gitscale.actions.in_two import Portions, in_two

HERE = os.getpid()
CORES = len(os.sched_getaffinity(0))


def doubled(portions: Portions[int]) -> list[int]:
    return [2 * item for items in portions for item in items]


def unlucky(portions: Portions[int]) -> list[int]:
    found = doubled(portions)
    if os.getpid() != HERE:
        raise ValueError("only over there")
    return found


def killed(portions: Portions[int]) -> list[int]:
    found = doubled(portions)
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return found


def unpicklable(portions: Portions[int]) -> object:
    found = doubled(portions)
    return found if os.getpid() == HERE else lambda: found


@pytest.mark.parametrize("work", [doubled, unlucky, killed, unpicklable])
@pytest.mark.parametrize("size", [0, 1, 2, 3, 63, 64, 65, 50_000])
def test_everything_is_done_once(work: Callable[[Portions[int]], list[int]], size: int) -> None:
    shares = in_two(work, range(size), least=0)
    assert sorted(item for share in shares for item in share) == doubled([range(size)])


def test_an_error_on_both_sides_is_raised() -> None:
    def broken(portions: Portions[int]) -> int:
        return sum(items[0] // 0 for items in portions)

    with pytest.raises(ZeroDivisionError):
        in_two(broken, range(10), least=2)


def test_few_items_are_not_worth_a_process() -> None:
    def whole(portions: Portions[int]) -> tuple[int, list[Sequence[int]]]:
        return os.getpid(), list(portions)

    assert in_two(whole, range(9), least=10) == [(HERE, [range(9)])]
    assert len(in_two(doubled, range(10), least=10)) == min(2, CORES)


@pytest.mark.skipif(CORES < 2, reason="one core")
def test_the_other_begins_while_something_is_done_here_first() -> None:
    reading, writing = os.pipe()

    def told(portions: Portions[int]) -> list[int]:
        found = doubled(portions)
        os.write(writing, b".")
        return found

    def first() -> None:
        assert os.read(reading, 1) == b"."  # the other is through with everything

    assert in_two(told, range(100), least=2, first=first) == [[], doubled([range(100)])]
    os.close(reading)
    os.close(writing)
