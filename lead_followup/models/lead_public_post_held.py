from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

_SHOWN = ("name", "company", "email", "phone", "note")


class LeadPublicPost(models.Model):
    """More forms than usual at one poster: they wait until somebody has looked at them.

    A hall comes in by one connection. To refuse what is over its cap would let one person keep
    every visitor out; to take it all would let him fill the database with leads. So the visitor is
    thanked as ever, and a sales manager lets the form in or throws it away.
    """

    _inherit = "lead.public.post"

    is_held = fields.Boolean(readonly=True, index="btree_not_null")
    show_id = fields.Many2one(related="link_id.show_id")
    link_state = fields.Selection(related="link_id.state", string="State of the Link")
    said_text = fields.Char("What Was Filled In", compute="_compute_said_text")

    @api.depends("said")
    def _compute_said_text(self):
        for post in self:
            words = (post.said or {}).get("words") or {}
            texts = [words.get(name) for name in _SHOWN]
            texts += [text for named in (post.said or {}).get("friends") or () for text in named]
            post.said_text = " · ".join(text for text in texts if text)

    @api.model
    def _get_due_domain(self):
        return Domain(super()._get_due_domain()) & Domain("is_held", "!=", True)

    @api.model
    def _hold(self, link, said):
        """Keep what was sent in by ``link`` until somebody lets it in; tell of the first."""
        is_first = not self.search_count(
            [("link_id", "=", link.id), ("is_held", "=", True), ("failed_at", "=", False)],
            limit=1,
        )
        self.create({"link_id": link.id, "said": said, "is_held": True})
        if is_first:
            self._tell_held(link.show_id)

    @api.model
    def _tell_held(self, show):
        lang = (show.user_id.lang or show.company_id.partner_id.lang) or None
        show = show.with_context(lang=lang)
        show.message_post(
            body=show.env._(
                "Many forms came in by the poster within an hour. What came after is held back: "
                "look at it in CRM, Trade Shows, “Forms Held Back”; let it in or throw it away."
            ),
            partner_ids=show.user_id.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    def action_let_in(self):
        """Have the background receive these forms as if they had come in now.

        :raises UserError: the show of one of them is archived.
        """
        self._check_manager()
        if archived := self.sudo().show_id.filtered(lambda show: not show.active)[:1]:
            raise UserError(
                self.env._(
                    "“%(show)s” is archived. Unarchive it to let its forms in, or throw them "
                    "away; nothing was changed.",
                    show=archived.display_name,
                )
            )
        # sudo: nobody writes forms by hand
        self.sudo().is_held = False
        self.env.ref("lead_followup.ir_cron_receive_forms").sudo()._trigger()

    def action_throw_away(self):
        """Forget these forms; nothing of them stays."""
        self._check_manager()
        self.sudo().filtered("is_held").unlink()  # sudo: as above

    def _check_manager(self):
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group("sales_team.group_sale_manager")):
            raise AccessError(
                self.env._(
                    "Only sales managers let in forms that are held back. Ask one of them; "
                    "nothing was changed."
                )
            )
