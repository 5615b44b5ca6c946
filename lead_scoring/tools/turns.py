"""Whose turn it is. Names are ids of people; nothing here knows a person."""

from collections.abc import Mapping, Sequence


def next_in_turn(members: Sequence[int], last: int | None, able: set[int]) -> int | None:
    """Give the first able member after ``last``, going round once.

    >>> next_in_turn([7, 8, 9], last=8, able={7, 8, 9})
    9
    >>> next_in_turn([7, 8, 9], last=9, able={8, 9})
    8
    >>> next_in_turn([7, 8, 9], last=None, able={9})
    9

    One who has left the team since is no reason to stop, and nobody able gives nobody:

    >>> next_in_turn([7, 8], last=4, able={7}), next_in_turn([7, 8], last=7, able=set())
    (7, None)
    """
    start = members.index(last) + 1 if last in members else 0
    for member in [*members[start:], *members[:start]]:
        if member in able:
            return member
    return None


def least_loaded(members: Sequence[int], load: Mapping[int, int], able: set[int]) -> int | None:
    """Give the able member with the fewest leads, the first of them where several tie.

    >>> least_loaded([7, 8, 9], load={7: 4, 8: 2}, able={7, 8})
    8
    >>> least_loaded([7, 8, 9], load={7: 4, 8: 2}, able={7, 8, 9})
    9
    """
    return min((m for m in members if m in able), key=lambda m: load.get(m, 0), default=None)


def best_rate(
    members: Sequence[int], rate: Mapping[int, float], load: Mapping[int, int], able: set[int]
) -> int | None:
    """Give the able member with the best rate; a tie goes to the less loaded.

    >>> best_rate([7, 8], rate={7: 0.2, 8: 0.4}, load={}, able={7, 8})
    8
    >>> best_rate([7, 8], rate={7: 0.2, 8: 0.2}, load={7: 3}, able={7, 8})
    8
    """
    return min(
        (m for m in members if m in able),
        key=lambda m: (-rate.get(m, 0.0), load.get(m, 0)),
        default=None,
    )
