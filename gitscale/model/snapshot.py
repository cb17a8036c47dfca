"""A snapshot of files as git has them, and the names that files and folders have. Loads nothing else."""

from typing import NamedTuple

PROFILES_FILE = "profiles.yaml"
POLICY_FILE = "policy.yaml"
DEPLOY_FILE = "gitscale.yaml"
FACTS_FILE = "market/facts.yaml"
BOTS_FOLDER = "bots"
SCHEMAS_FOLDER = "schemas"
COMMON_FILES = (PROFILES_FILE, POLICY_FILE, DEPLOY_FILE, FACTS_FILE)
CONFIG_PATHS = (BOTS_FOLDER, *COMMON_FILES)
# what is deployed, and where to, where gitscale.yaml says nothing
USUAL_BRANCH, USUAL_OUTPUT = "main", "build"


class SourceFile(NamedTuple):
    """One file: repository path, git mode, blob id (empty where git does not have the content), bytes once read."""

    path: str
    mode: str
    blob: str
    data: bytes = b""
