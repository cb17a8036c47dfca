"""The forms that words of a bot have; no model needs to be loaded for them."""

import re
from typing import Literal, get_args

PERP_MM = "perp_mm"
NAME_PATTERN = r"^[a-z0-9][a-z0-9-]{0,62}$"
SYMBOL_PATTERN = r"^[A-Za-z0-9._-]{1,30}/[A-Za-z0-9]{1,15}:[A-Za-z0-9]{1,15}$"
LONGEST_LINE = 200

NAME, SYMBOL = re.compile(NAME_PATTERN), re.compile(SYMBOL_PATTERN)
MarginMode = Literal["cross", "isolated"]
MARGIN_MODES: tuple[str, ...] = get_args(MarginMode)
