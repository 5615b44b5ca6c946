"""The sector chains of an old Office file, proven finite before a reader follows them.

A damaged XLS of six kilobytes can hold a chain that bites its own tail; the reader then takes
memory until the server is killed. Layout after [MS-CFB]: a header of 512 bytes, a table (FAT)
with the number of the next sector for each, and a smaller one (mini FAT) for small streams.
"""

import struct

from .errors import ArchiveBroken

_HEADER_BYTES = 512
_IN_HEADER = 109  # the first sectors of the FAT are named in the header, the others in a chain
_LAST_SECTOR = 0xFFFFFFF9  # greater numbers mean free, end of a chain, or a part of the tables


def check_chains(content: bytes) -> None:
    """Return when no chain of sectors comes back to itself or leads out of the file.

    :raises ArchiveBroken: the file breaks off, or its tables do not fit together.
    """
    if len(content) < _HEADER_BYTES:
        raise ArchiveBroken()
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise ArchiveBroken()
    size = 1 << shift
    count = max(len(content) - size, 0) // size + 1  # the last one may break off
    fat = [
        number
        for sector in _table_sectors(content, size, count)
        for number in _numbers(content, sector, size)
    ]
    _check_ends(fat, count)
    mini_start, mini_count = struct.unpack_from("<II", content, 60)
    mini_fat: list[int] = []
    while mini_count and mini_start < len(fat) and len(mini_fat) <= count * size:
        mini_fat += _numbers(content, mini_start, size)
        mini_start = fat[mini_start]
    _check_ends(mini_fat, len(mini_fat))


def _table_sectors(content: bytes, size: int, count: int) -> list[int]:
    """Return the sectors that hold the FAT: those named in the header, then those in its chain."""
    found = list(struct.unpack_from(f"<{_IN_HEADER}I", content, 76))
    chain, chain_count = struct.unpack_from("<II", content, 68)
    for _ in range(min(chain_count, count)):
        numbers = _numbers(content, chain, size)
        if not numbers:
            break
        found += numbers[:-1]
        chain = numbers[-1]
    sectors = [sector for sector in found if sector <= _LAST_SECTOR]
    if any(sector >= count for sector in sectors) or len(set(sectors)) != len(sectors):
        raise ArchiveBroken()
    return sectors


def _numbers(content: bytes, sector: int, size: int) -> list[int]:
    """Return the numbers in a sector, as many as the file holds."""
    part = content[(sector + 1) * size : (sector + 2) * size] if sector <= _LAST_SECTOR else b""
    return list(struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4]))


def _check_ends(following: list[int], count: int) -> None:
    """Refuse a table in which two sectors have one successor, or the successor is nowhere.

    Where each sector has at most one predecessor, only a ring never ends; so every sector that
    is reached from a beginning is counted, and the ones left over form rings.
    """
    linked = [number for number in following if number <= _LAST_SECTOR]
    reached = set(linked)
    if len(reached) != len(linked) or any(number >= count for number in reached):
        raise ArchiveBroken()
    ended = 0
    for sector, number in enumerate(following):
        if sector in reached:
            continue
        while number <= _LAST_SECTOR and number < len(following):
            ended += 1
            number = following[number]
        ended += number <= _LAST_SECTOR
    if ended != len(linked):
        raise ArchiveBroken()
