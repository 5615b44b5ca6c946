"""What ``make bench`` reads from the kernel about processes."""

import os
import time

import pytest
from bench import machine, proc


def test_work_done_is_seen_as_cpu_seconds():
    before = proc.cpu_seconds(os.getpid())
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass
    time.sleep(0.05)  # the kernel books it when the process is put aside

    assert proc.cpu_seconds(os.getpid()) - before >= 0.05


def test_sleep_costs_no_cpu():
    before = proc.cpu_seconds(os.getpid())
    time.sleep(0.3)

    assert proc.cpu_seconds(os.getpid()) - before < 0.2


def test_a_process_that_is_gone_is_told():
    with pytest.raises(ProcessLookupError):
        proc.cpu_seconds(2**22 + 1)  # beyond the largest number there can be


def test_a_peak_is_forgotten_before_the_next_is_measured():
    block = bytearray(os.urandom(1)) * 80_000_000  # 76 MB, all of it touched
    high = proc.memory_mb("VmHWM")
    del block

    proc.forget_peak()

    assert proc.memory_mb("VmHWM") < high - 40


def test_the_machine_is_told_with_its_versions():
    assert "PostgreSQL 15.8, Odoo 19.0" in machine.describe(150008, "19.0")
