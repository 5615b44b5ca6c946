"""Found first by the Python of a server whose clock is off; sets that clock, which then ticks."""

import os
from datetime import datetime, timedelta, timezone

if hours := os.environ.get("TORTURE_SHIFT_HOURS"):
    from freezegun import freeze_time

    _now = datetime.now(timezone.utc).replace(tzinfo=None)
    freeze_time(_now + timedelta(hours=float(hours)), tick=True).start()
