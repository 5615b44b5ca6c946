from odoo.tests import tagged

from .common import LeadFollowupCase


@tagged("post_install", "-at_install")
class TestLeadTouchQueueMany(LeadFollowupCase):
    """Calls put on people's lists, many at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_other = cls._make_user("otto", "sales_team.group_sale_salesman")

    def test_others_may_be_subscribed_meanwhile(self):
        lead, other = self._make_lead(), self.user_other.partner_id
        lead.message_follower_ids.unlink()
        done = frozenset({(lead.id, self.user_rep.partner_id.id)})

        lead.with_context(lead_subscribed=done).message_subscribe(other.ids)
        lead.with_context(lead_subscribed=done).message_subscribe(self.user_rep.partner_id.ids)

        self.assertEqual(lead.message_partner_ids, other)
