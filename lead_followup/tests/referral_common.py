"""Customers of a small company, and friends whom they name."""

from .common import LeadFollowupCase


class LeadReferralCase(LeadFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write({"lead_email_hourly": 0, "country_id": cls.country_us.id})
        cls.customer = cls._make_customer("Ann Ample", "ann@ample.example")

    @classmethod
    def _make_customer(cls, name, email, **vals):
        """Return a contact who has bought from the rep."""
        partner = cls._make_contact(name, email, **vals)
        cls._make_won_lead(partner)
        return partner

    @classmethod
    def _make_contact(cls, name, email, **vals):
        return cls.env["res.partner"].create(
            {"name": name, "email": email, "user_id": cls.user_rep.id, **vals}
        )

    @classmethod
    def _make_won_lead(cls, partner, **vals):
        lead = cls.env["crm.lead"].create(
            {
                "name": f"Deal of {partner.name}",
                "partner_id": partner.id,
                "type": "opportunity",
                "user_id": cls.user_rep.id,
                **vals,
            }
        )
        lead.action_set_won()
        return lead

    def _ask(self, partners=None, channel="email", user=None):
        """Ask, as the rep; return ``(referrals, {word: names left out})``."""
        env = self.env(user=user or self.user_rep)
        referrals, left_out = env["lead.referral"]._ask(
            (partners or self.customer).with_env(env),
            channel,
            self.company.with_env(env),
            self.env.ref("lead_followup.mail_template_referral_ask").with_env(env),
        )
        return referrals.sudo(), {
            word: sorted(found.mapped("name")) for word, found in left_out.items()
        }

    def _make_referral(self, **vals):
        """Return an ask that was made by phone."""
        referrals, _left_out = self._ask(channel="call")
        referrals.write(vals)
        return referrals
