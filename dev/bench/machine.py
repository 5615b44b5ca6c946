"""What the figures were measured on."""

import os
import platform
from pathlib import Path


def describe(postgres_version: int, odoo_version: str) -> str:
    """Give one sentence: processor, cores, memory, versions.

    :param postgres_version: as libpq tells it, 150008 for 15.8.
    """
    cpu = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
    return (
        f"{cpu}, {os.cpu_count()} cores, {kilobytes / 1024 / 1024:.0f} GB of memory, "
        f"Linux {platform.release().split('-')[0]}, Python {platform.python_version()}, "
        f"PostgreSQL {postgres_version // 10000}.{postgres_version % 10000}, Odoo {odoo_version}"
    )
