"""Work shared with a forked process: the same result, whatever happens to the other."""

import os
import signal
from collections.abc import Callable, Sequence

import pytest

from gitscale.actions.in_two import in_two

HERE = os.getpid()


def doubled(items: Sequence[int]) -> list[int]:
    return [2 * item for item in items]


def unlucky(items: Sequence[int]) -> list[int]:
    if os.getpid() != HERE:
        raise ValueError("only over there")
    return doubled(items)


def killed(items: Sequence[int]) -> list[int]:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return doubled(items)


def unpicklable(items: Sequence[int]) -> object:
    return doubled(items) if os.getpid() == HERE else lambda: items


@pytest.mark.parametrize("work", [doubled, unlucky, killed, unpicklable])
@pytest.mark.parametrize("size", [0, 1, 2, 3, 50_000])
def test_both_halves_arrive_in_order(work: Callable[[Sequence[int]], list[int]], size: int) -> None:
    halves = in_two(work, range(size), least=2)
    assert [item for half in halves for item in half] == doubled(range(size))


def test_an_error_on_both_sides_is_raised() -> None:
    def broken(items: Sequence[int]) -> int:
        return items[0] // 0

    with pytest.raises(ZeroDivisionError):
        in_two(broken, range(10), least=2)


def test_few_items_are_not_worth_a_process() -> None:
    assert in_two(lambda items: (os.getpid(), len(items)), range(9), least=10) == [(HERE, 9)]
    assert len(in_two(doubled, range(10), least=10)) == min(2, len(os.sched_getaffinity(0)))
