import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools import public

_TOKEN_BYTES = 24  # 192 bits: guessing one is useless


class LeadPublicLink(models.Model):
    """A link by which somebody without a user may do one thing: fill in one form.

    Whoever has the link has the right to it, until it expires or is revoked; after that it looks
    like one that never was. What the form is about hangs on the link, so that nothing in a request
    but the link itself says whose data are meant.
    """

    _name = "lead.public.link"
    _description = "Public Link"
    _order = "id desc"

    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(_TOKEN_BYTES),
    )
    kind = fields.Selection(
        [("poster", "Trade show poster"), ("details", "Complete your details")],
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    show_id = fields.Many2one(
        "lead.trade.show", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    lead_id = fields.Many2one("crm.lead", readonly=True, index="btree_not_null", ondelete="cascade")
    expires_at = fields.Datetime("Expires", required=True, readonly=True)
    revoked_at = fields.Datetime("Revoked", readonly=True)
    state = fields.Selection(
        [("live", "Works"), ("expired", "Expired"), ("revoked", "Revoked")],
        compute="_compute_state",
    )
    url = fields.Char("Link", compute="_compute_url")
    attempt_ids = fields.One2many("lead.public.attempt", "link_id", readonly=True)
    counted_use_count = fields.Integer(readonly=True)  # those whose attempts are swept away
    used_count = fields.Integer(
        "Times Used", compute="_compute_used_count", help="How often its form was sent in."
    )

    _token_uniq = models.UniqueIndex("(token)", "Another link has that token.")

    @api.depends("expires_at", "revoked_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for link in self:
            if link.revoked_at:
                link.state = "revoked"
            else:
                link.state = "live" if link.expires_at and link.expires_at > now else "expired"

    @api.depends("token", "kind")
    def _compute_url(self):
        paths = self._get_paths()
        for link in self:
            base_url = link.get_base_url().rstrip("/")
            link.url = link.kind and f"{base_url}{paths[link.kind]}{link.token}"

    @api.depends("attempt_ids.is_used", "counted_use_count")
    def _compute_used_count(self):
        # sudo: nobody reads attempts
        count_by_link = dict(
            self.env["lead.public.attempt"]
            .sudo()
            ._read_group(
                [("link_id", "in", self.ids), ("is_used", "=", True)], ["link_id"], ["__count"]
            )
        )
        for link in self:
            link.used_count = link.counted_use_count + count_by_link.get(link.sudo(), 0)

    @api.depends("kind", "show_id", "lead_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        names = self._get_record_fields()
        for link in self:
            about = link[names[link.kind]].display_name if link.kind else ""
            link.display_name = f"{kinds.get(link.kind, '')}: {about}"

    def action_revoke(self):
        """Let these links work no more, at once."""
        self._check_manager()
        self.sudo()._revoke()  # sudo: nobody writes links by hand

    def action_renew(self):
        """Let these links work for as long again as links of their kind do; revoked ones too."""
        self._check_manager()
        days_by_kind = self._get_days()
        for kind, links in self.sudo().grouped("kind").items():  # sudo: as above
            links.write({"revoked_at": False, "expires_at": self._get_expiry(days_by_kind[kind])})

    @api.model
    def _get_for(self, kind, records, days=None):
        """Return ``{record: its live link of this kind}``, making those that are missing.

        A link that has less than half of ``days`` left is prolonged to all of them, so that what
        is sent today works for a while. Two statements, whatever the number of records.

        :param records: shows for “poster”, leads for “details”.
        :param days: how long a link works; left out, as long as its kind does.
        """
        days = days or self._get_days()[kind]
        field = self._get_record_fields()[kind]
        now = fields.Datetime.now()
        # sudo: nobody writes links by hand; whoever has the record may give its link away
        links = self.sudo()
        about = Domain("kind", "=", kind) & Domain(field, "in", records.ids)
        found = links.search(about & self._get_live_domain(), order="id")
        link_by_id = {link[field].id: link for link in found}
        short = found.filtered(lambda link: link.expires_at < now + timedelta(days=days) / 2)
        if short:
            short.write({"expires_at": self._get_expiry(days)})
        missing = records.filtered(lambda record: record.id not in link_by_id)
        made = links.create(
            [
                {
                    "kind": kind,
                    field: record.id,
                    "company_id": record.company_id.id,
                    "expires_at": self._get_expiry(days),
                }
                for record in missing.sudo()
            ]
        )
        link_by_id |= {link[field].id: link for link in made}
        return {record: link_by_id[record.id] for record in records}

    @api.model
    def _find(self, token, kind):
        """Return the live link with ``token``, none where it is unknown, expired or revoked.

        :param token: as the address says it; anything at all.
        """
        if not public.is_token(token):
            return self.browse()
        return self.search(
            self._get_live_domain() & Domain("token", "=", token) & Domain("kind", "=", kind)
        )

    @api.model
    def _get_live_domain(self):
        now = fields.Datetime.now()
        return Domain("revoked_at", "=", False) & Domain("expires_at", ">", now)

    def _revoke(self):
        self.filtered(lambda link: not link.revoked_at).write({"revoked_at": fields.Datetime.now()})

    @api.model
    def _get_paths(self):
        """Return the beginning of the address by kind; an addon that adds a kind adds its own."""
        return {"poster": "/lead/show/", "details": "/lead/details/"}

    @api.model
    def _get_record_fields(self):
        """Return by kind the field with what its links are about; others add theirs."""
        return {"poster": "show_id", "details": "lead_id"}

    @api.model
    def _get_days(self):
        """Return by kind for how many days its links work; others add theirs."""
        return {"poster": 365, "details": 60}

    @api.model
    def _get_caps(self):
        """Return by kind how many posts an hour are taken by (one link, one connection).

        A whole hall may come in by one connection, and all of them by one poster.
        """
        return {"poster": (600, 300), "details": (20, 60)}

    @api.model
    def _get_expiry(self, days):
        return fields.Datetime.now() + timedelta(days=days)

    def _check_manager(self):
        self.check_access("read")
        if not (self.env.su or self.env.user.has_group("sales_team.group_sale_manager")):
            raise AccessError(
                self.env._(
                    "Only sales managers revoke and renew public links. Ask one of them; "
                    "nothing was changed."
                )
            )
