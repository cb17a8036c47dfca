"""Values as they are spelled, and policies that contradict themselves."""

import pytest
from pydantic import ValidationError

from gitscale.model.numbers import spell
from gitscale.model.policy import Policy


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (5, "5"),
        (5.0, "5"),
        (-0.0, "0"),
        (2.5, "2.5"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (1e16, "10000000000000000"),
        (float("inf"), "inf"),
        ("1e3", "1e3"),
    ],
)
def test_how_a_value_is_spelled(value: object, text: str) -> None:
    assert spell(value) == text


@pytest.mark.parametrize(
    ("document", "valid"),
    [
        ({}, True),
        ({"loss_at_stop": {"warn": 75, "max": 75}}, True),
        ({"loss_at_stop": {"warn": 76}}, False),
        ({"loss_at_stop": {"max": 24.5}}, False),
        ({"levels": {"moderate": 500, "high": 500, "extreme": 500}}, True),
        ({"levels": {"extreme": 499}}, False),
        ({"max_exposure": 0}, False),
        ({"maintenance_margin": 100}, False),
        ({"acceptance_days": 367}, False),
        ({"severity": {"GS001": "off"}}, False),
        ({"fees": {"nowhere": {"maker": 1, "taker": 1}}}, False),
        ({"fees": {"okx": {"maker": 1}}}, False),
        ({"accounts": {"blofin": 5}}, False),
    ],
)
def test_which_policies_hold(document: dict[str, object], valid: bool) -> None:
    if valid:
        assert Policy.model_validate(document)
    else:
        with pytest.raises(ValidationError):
            Policy.model_validate(document)
