"""Years of leads in a fresh database, by SQL: the same rows for the same count and seed.

It fills a database that has the three addons, and one that has Odoo's CRM alone with the same
columns of the same leads. Stored computed columns hold what the ORM would work out, but for the
probability, which is made up. Left out: partners, followers and messages.
"""

from odoo import fields

from . import activities, dice, history, indexes, scores, touches, world
from . import leads as lead_rows

__all__ = ["leads"]


def leads(env, count, seed=1):
    """Fill the database of ``env`` with ``count`` leads made over the last three years.

    Nothing is committed. Indexes of the large tables are made anew after the rows.

    :param seed: throws other dice.
    :return: the ``world.World`` the leads live in.
    """
    # whole days: two databases that are filled on one day hold the very same leads
    now = fields.Datetime.now().replace(hour=0, minute=0, second=0)
    place = world.build(env, now)
    cr = env.cr
    cr.execute("SET LOCAL work_mem = '256MB'")
    cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    cr.execute("SET LOCAL jit = off")
    cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")  # parallel dice fall differently
    dice.throw(cr, place, count, seed, now)
    tables = ["crm_lead", "mail_activity"]
    if place.has_addons:
        tables += ["lead_show_visit", "lead_event", "lead_cadence_enrollment", "lead_touch"]
    with indexes.dropped(cr, tables):
        lead_rows.insert(cr, place)
        activities.insert(env)
        if place.has_addons:
            scores.insert(cr)
            history.insert(cr, place)
            touches.insert(cr, place)
    for table in dice.TABLES:
        cr.execute(f"DROP TABLE IF EXISTS {table}")
    cr.execute("ANALYZE")
    env.invalidate_all()
    return place
