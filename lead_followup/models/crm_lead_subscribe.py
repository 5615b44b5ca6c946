import itertools

from odoo import models
from odoo.tools import SQL


class CrmLead(models.Model):
    """Followers of many leads, each lead's own, in one statement."""

    _inherit = "crm.lead"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Let go what ``_subscribe_each`` has done already; who may not write the lead is told."""
        done = self.env.context.get("lead_subscribed")
        if not isinstance(done, frozenset) or subtype_ids or not partner_ids:
            return super().message_subscribe(partner_ids, subtype_ids)
        if not done.issuperset(itertools.product(self._ids, partner_ids)):
            return super().message_subscribe(partner_ids, subtype_ids)
        if set(partner_ids) != set(self.env.user.partner_id.ids):
            self.check_access("write")
        return True

    def _subscribe_each(self, pairs):
        """Have each lead followed by its partner, as ``message_subscribe`` would.

        Who follows already is left as he is; so is a partner that is archived. Rights are the
        caller's to check.

        :param pairs: set of (lead id, partner id) of these leads; without a partner nobody follows.
        """
        followers = self.env["mail.followers"]
        followers.flush_model()
        self.env["res.partner"].flush_model(["active", "partner_share"])
        default, _internal, external = self.env["mail.message.subtype"].default_subtypes(self._name)
        self.env.cr.execute(
            SQL(
                """WITH made AS (
                    INSERT INTO mail_followers (res_model, res_id, partner_id)
                    SELECT %(model)s, asked.lead_id, partner.id
                      FROM UNNEST(%(leads)s::int[], %(partners)s::int[])
                           AS asked (lead_id, partner_id)
                      JOIN res_partner AS partner ON partner.id = asked.partner_id
                     WHERE partner.active
                        ON CONFLICT (res_model, res_id, partner_id) DO NOTHING
                    RETURNING id, partner_id
                )
                INSERT INTO mail_followers_mail_message_subtype_rel
                       (mail_followers_id, mail_message_subtype_id)
                SELECT made.id, subtype.id
                  FROM made JOIN res_partner AS partner ON partner.id = made.partner_id
                  CROSS JOIN UNNEST(
                      CASE WHEN partner.partner_share THEN %(external)s::int[]
                           ELSE %(default)s::int[] END) AS subtype (id)""",
                model=self._name,
                leads=[lead_id for lead_id, _partner_id in pairs],
                partners=[partner_id or None for _lead_id, partner_id in pairs],
                default=default.ids,
                external=external.ids,
            )
        )
        followers.invalidate_model(flush=False)
        self.invalidate_recordset(
            ["message_follower_ids", "message_partner_ids", "message_is_follower"], flush=False
        )
