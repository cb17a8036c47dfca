"""One way to read a scalar, one way to write a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitscale.documents import exact, scalars
from gitscale.documents.secrets import looks_secret, secret_key
from tests.documents.texts import values

READ: dict[str, object] = {
    "0": 0,
    "-0": 0,
    "-0.0": 0.0,
    "7": 7,
    "5.0": 5.0,
    "-3.25": -3.25,
    "0.50": 0.5,
    "0.1000000000000000000000000": 0.1,
    "0.1234567890123456": 0.1234567890123456,
    "-123456789012345.5": -123456789012345.5,
    "9007199254740991": 2**53 - 1,
    "-9007199254740991": 1 - 2**53,
    "true": True,
    "false": False,
    "2026-12-24": "2026-12-24",
    "2026-12-24T10:00:00Z": "2026-12-24T10:00:00Z",
    "SOL/USDT:USDT": "SOL/USDT:USDT",
    "v1.2": "v1.2",
    "1.2.3": "1.2.3",
    "12a": "12a",
    "yess": "yess",
    "-": "-",
    "text of words": "text of words",
}


@pytest.mark.parametrize("text", READ)
def test_what_an_unquoted_scalar_is(text: str) -> None:
    value = scalars.resolve(text)
    assert repr(value) == repr(READ[text])


@pytest.mark.parametrize(
    "text",
    [
        *("", "~", "null", "Null", "NULL"),
        *("y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"),
        *("True", "TRUE", "False", "FALSE"),
        *(".nan", ".NaN", ".NAN", ".inf", "-.inf", "+.Inf"),
        *("0o17", "017", "00", "-017", "0x1f", "0XFF", "0b11", "1_000", "1_0.5", "1e3", "1E3", "1.5e-3", "12e03"),
        *("+1", "+1.5", ".5", "-.5", "5.", "1:30", "12:30:00", "-1:30", "1:30.5"),
        *("<<", "="),
        *("50.0000000000000001", "-0.12345678901234567", "1." + "0" * 400 + "1", "0." + "0" * 400 + "1"),
        *("9007199254740992", "-9007199254740992", "9" * 5000, "1" + "0" * 400 + ".5"),
    ],
)
def test_what_has_two_readings_is_refused(text: str) -> None:
    with pytest.raises(scalars.Ambiguous) as caught:
        scalars.resolve(text)
    assert caught.value.message
    assert caught.value.remedy
    assert len(caught.value.message) < 120


WRITTEN: list[tuple[object, str]] = [
    (5, "5"),
    (5.0, "5"),
    (0.1, "0.1"),
    (1e-7, "0.0000001"),
    (True, "true"),
    ("main", "main"),
    ("BloFin v7", "BloFin v7"),
    ("SOL/USDT:USDT", "SOL/USDT:USDT"),
    ("2026-12-24", "2026-12-24"),
    ("", '""'),
    ("12", '"12"'),
    ("yes", '"yes"'),
    ("true", '"true"'),
    ("a: b", '"a: b"'),
    ("ends ", '"ends "'),
    ("- x", '"- x"'),
    ('say "hi"', '"say \\"hi\\""'),
    ("für 😀", '"für 😀"'),
    ("a\nb", '"a\\nb"'),
    ("\x7f\u2028\ufeff\U000e0001", '"\\u007f\\u2028\\ufeff\\U000e0001"'),
    ([], "[]"),
    ({}, "{}"),
    ([1, "a", [True]], "[1, a, [true]]"),
    ({"a": 1, "no": {"b": ["x"]}}, '{a: 1, "no": {b: [x]}}'),
]


@pytest.mark.parametrize(("value", "text"), WRITTEN, ids=[text for _, text in WRITTEN])
def test_how_a_value_is_written(value: object, text: str) -> None:
    assert scalars.write(value) == text


def is_readable(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


@given(values | st.text().filter(is_readable) | st.floats(-1e12, 1e12) | st.integers(-(2**53) + 1, 2**53 - 1))
def test_what_is_written_reads_the_same(value: object) -> None:
    """In a list and behind a key, as edits put it."""
    read = exact.compose("x", exact.decode("x", f"a: {scalars.write(value)}\nb: [{scalars.write(value)}]\n".encode()))
    assert read.plain() == {"a": value, "b": [value]}


@pytest.mark.parametrize(
    ("key", "value", "secret"),
    [
        ("api_key", "abc", True),
        ("API-KEY", "abc", True),
        ("apikey", "abc", True),
        ("exchange_api_secret", "abc", True),
        ("telegram_token", "abc", True),
        ("password", "abc", True),
        ("wallet-mnemonic", "abc", True),
        ("api_key", "", False),
        ("api_key", 5, False),
        ("api_key", "env:API_KEY", False),
        ("api_key", "${API_KEY}", False),
        ("api_key", "vault:kv/bot#key", False),
        ("tokens", "abc", False),
        ("broken_tokenizer", "abc", False),
        ("note", "3f2a9c1e-77b4-4d2a-9c1e-aa77b44d2a90", True),
        ("note", "key sk9Zq83hGd72nVbX01LmPo45TrEw6yUi8k here", True),
        ("note", "-----BEGIN EC PRIVATE KEY-----", True),
        ("name", "blofin-btc-eth-steady-grid-number-2", False),
        ("note", "https://example.org/some/long/path/to/some/where/v2", False),
        ("note", "a" * 100, False),
        ("note", "1" * 100, False),
        ("note", "a plain sentence with numbers 1 2 3 in it", False),
    ],
)
def test_what_looks_like_a_credential(key: str, value: object, secret: bool) -> None:
    assert looks_secret(key, value) is secret


def test_a_key_names_a_credential_by_its_last_word() -> None:
    assert secret_key("binance_api_key")
    assert not secret_key("api_key_name")
