from odoo.tools import SQL

_FIGURES = ("from_shows", "contacted", "mql", "sql", "answers")


def migrate(cr, version):
    """Turn on our figures in the default digest, as an installation does.

    A figure that somebody turned off since is no longer empty, and stays off.
    """
    cr.execute(
        SQL(
            """UPDATE digest_digest SET %s
                WHERE id = (SELECT res_id FROM ir_model_data
                             WHERE module = 'digest' AND name = 'digest_digest_default'
                               AND model = 'digest.digest')""",
            SQL(", ").join(
                SQL("%(figure)s = COALESCE(%(figure)s, TRUE)", figure=SQL.identifier(figure))
                for figure in (f"kpi_lead_{name}" for name in _FIGURES)
            ),
        )
    )
