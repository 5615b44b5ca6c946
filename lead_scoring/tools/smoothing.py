"""Rates on small numbers: shrunk towards what is usual, and how sure one can be."""

import math


def smoothed_rate(hits: int, tries: int, usual: float, weight: float = 10.0) -> float:
    """Estimate a rate as if ``weight`` more tries had gone the ``usual`` way.

    One lucky win does not beat forty wins in a hundred:

    >>> round(smoothed_rate(1, 1, usual=0.2), 3), round(smoothed_rate(40, 100, usual=0.2), 3)
    (0.273, 0.382)
    >>> smoothed_rate(0, 0, usual=0.2)
    0.2

    :raises ValueError: more hits than tries, or a number below zero.
    """
    if hits < 0 or tries < hits or weight <= 0:
        raise ValueError("hits lie between 0 and tries, weight is above 0")
    return (hits + weight * usual) / (tries + weight)


def wilson_interval(hits: int, tries: int, z: float = 1.96) -> tuple[float, float]:
    """Give the bounds between which the true rate lies, 95 times in 100 with the usual ``z``.

    Source: E. B. Wilson (1927), Probable inference.

    >>> [round(bound, 3) for bound in wilson_interval(8, 10)]
    [0.49, 0.943]
    >>> wilson_interval(0, 0)
    (0.0, 1.0)
    """
    if not tries:
        return 0.0, 1.0
    rate = hits / tries
    spread = z * math.sqrt(rate * (1 - rate) / tries + z * z / (4 * tries * tries))
    scale = 1 + z * z / tries
    middle = rate + z * z / (2 * tries)
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
