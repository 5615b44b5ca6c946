"""How many examples: few and the same each time; ``HYPOTHESIS_PROFILE=long`` for many new ones."""

import os

from hypothesis import HealthCheck, settings

_any_speed = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "database": None}
settings.register_profile("default", derandomize=True, max_examples=40, **_any_speed)
settings.register_profile("long", max_examples=3000, print_blob=True, **_any_speed)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
