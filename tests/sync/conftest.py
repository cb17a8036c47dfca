"""The property tests here run with the settings of those of `documents`."""

from tests.documents import conftest

__all__ = ["conftest"]
