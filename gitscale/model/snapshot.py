"""A snapshot of files as git has them, and the names that make a file a config. Loads nothing else."""

from dataclasses import dataclass

PROFILES_FILE = "profiles.yaml"
POLICY_FILE = "policy.yaml"
DEPLOY_FILE = "gitscale.yaml"
BOTS_FOLDER = "bots"
COMMON_FILES = (PROFILES_FILE, POLICY_FILE, DEPLOY_FILE)
CONFIG_PATHS = (BOTS_FOLDER, *COMMON_FILES)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a snapshot: repository path, git mode, blob id and, once read, its bytes."""

    path: str
    mode: str
    blob: str
    data: bytes = b""
