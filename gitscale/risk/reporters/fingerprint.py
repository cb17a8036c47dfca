"""What a finding is recognised by from run to run."""

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate

from gitscale.risk.finding import Finding

_WINDOW = 100
_BASE = 37
_MASK = 2**64 - 1
_END = 0xFFFF


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """One for each finding: rule, bots and YAML path, so that moved lines and files change nothing; none twice."""
    met: Counter[str] = Counter()
    found = []
    for item in findings:
        name = json.dumps([item.code, item.bots or item.place.path, item.key])
        met[name] += 1
        found.append(hashlib.sha256(f"{name}{met[name]}".encode()).hexdigest()[:32])
    return found


def line_hashes(lines: Sequence[str]) -> list[str]:
    """The `primaryLocationLineHash` of every line, as GitHub's codeql-action works it out.

    A hash of the 100 UTF-16 units that follow the start of the line, blanks left out, in base 37 modulo 2^64;
    then a colon and the how-manieth line with that hash it is.
    """
    units, starts = array("H"), []
    for text in lines:
        starts.append(len(units))
        units.frombytes(f"{text}\n".translate({32: None, 9: None}).encode("utf-16-le", "surrogatepass"))
    units[-1] = _END  # the last line has no end; the file has
    units.extend([0] * _WINDOW)
    sums = list(accumulate(units, lambda total, unit: (total * _BASE + unit) & _MASK, initial=0))
    power = pow(_BASE, _WINDOW, _MASK + 1)
    met: Counter[str] = Counter()
    found = []
    for start in starts:
        name = f"{(sums[start + _WINDOW] - sums[start] * power) & _MASK:x}"
        met[name] += 1
        found.append(f"{name}:{met[name]}")
    return found
