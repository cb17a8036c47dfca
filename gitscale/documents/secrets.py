"""GS006: what looks like a credential in a config. Credentials belong to the host, never into git."""

import re

_KEY = re.compile(
    r"(?:^|[_-])(?:(?:api|secret|private)[_-]?key|(?:api[_-]?)?secret|passwd|password|passphrase|mnemonic|"
    r"(?:auth|access|bearer|bot)?[_-]?token|credentials?)\Z",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"(?:\$\{[A-Za-z0-9_]+\}|(?:env|file|vault|secret):\S+)\Z")
_RUN = re.compile(r"[A-Za-z0-9+/_-]{32,}")
_PIECE = re.compile(r"[A-Za-z0-9]+")


def secret_shape(value: str) -> bool:
    """Whether a value is worth a closer look whatever its key: long, or an armoured block."""
    return len(value) >= 32 or "-----BEGIN " in value


def secret_key(key: str) -> bool:
    """Whether a key names a credential."""
    return bool(_KEY.search(key))


def looks_secret(key: str, value: object) -> bool:
    """Whether a key and its value look like a credential; references such as `env:NAME` do not."""
    if not isinstance(value, str) or not value or _REFERENCE.match(value):
        return False
    return secret_key(key) or "-----BEGIN " in value or _opaque(value)


def _opaque(value: str) -> bool:
    """Whether the value holds a long run that is mostly letters mixed with digits, as keys and hashes are.

    A long name such as blofin-btc-eth-steady-grid-number-2 is none.
    """
    return any(
        sum(len(piece) for piece in _PIECE.findall(run) if not piece.isalpha() and not piece.isdigit()) >= 16
        for run in _RUN.findall(value)
    )
