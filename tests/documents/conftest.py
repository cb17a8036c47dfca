"""Settings of the property tests: enough cases to find what is wrong, few enough to run at every save.

HYPOTHESIS_PROFILE=thorough looks for an hour's worth of bugs.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "everyday",
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile("thorough", settings.get_profile("everyday"), max_examples=20_000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))
