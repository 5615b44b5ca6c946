"""CPU seconds and memory of processes on this machine, as the kernel counts them."""

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Give the CPU seconds process ``pid`` has used, in its own code and in the kernel's.

    To the nanosecond where the kernel tells, else in ticks of a hundredth of a second.

    :raises ProcessLookupError: there is no such process here.
    """
    folder = Path(f"/proc/{pid}")
    try:
        counted = (folder / "schedstat").read_text().split()
        if int(counted[0]):
            return int(counted[0]) / 1e9
    except (FileNotFoundError, IndexError):
        pass
    try:
        # the name in brackets may hold blanks and brackets
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError as error:
        raise ProcessLookupError(pid) from error
    return (int(fields[11]) + int(fields[12])) / _TICK


def memory_mb(name: str) -> float:
    """Give a figure of this process's memory in megabytes: ``VmRSS`` now, ``VmHWM`` the peak."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise KeyError(name)


def forget_peak() -> None:
    """Have the kernel count this process's peak of memory anew from now."""
    Path("/proc/self/clear_refs").write_text("5")
