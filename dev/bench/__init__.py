"""Our way measured beside Odoo core's way and the bare SQL, in the same run.

A line is one module in ``lines``: ``TITLE``, ``NEEDS`` (the ratio asked, in words) and
``run(bench)``, which gives an ``Outcome``; where it needs a certain size, ``SIZES`` names it.
``bench`` is a ``Bench``: it hands out the filled database and measures ways of doing the same.
"""
