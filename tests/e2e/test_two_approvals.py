"""Two people decide on one first e-mail at the same moment, over RPC: it is sent once at most."""

import pytest
from races import race

ROUNDS = 3  # two cores bring most of them to a real collision
TOLD = "waits for approval any more"


class World:
    """A rep whose first e-mails wait for his word, a colleague, and their manager."""

    def __init__(self, server):
        self.url, self.admin = server.url, server.rpc
        self.count = 0  # an address each: of two leads with one address only the first is mailed
        self.rep = self._make_user("approve_rep", "group_sale_salesman")
        self.colleague = self._make_user("approve_colleague", "group_sale_salesman")
        self._make_user("approve_manager", "group_sale_manager")
        track = self.admin.ref("lead_nurture.lead_cadence_stay_in_touch")
        self.admin("lead.cadence", "write", [track], {"is_first_email_approved": True})

    def _make_user(self, login, group):
        vals = {"name": login, "login": login, "password": login, "email": f"{login}@example.com"}
        vals["group_ids"] = [(4, self.admin.ref(f"sales_team.{group}"))]
        return self.admin("res.users", "create", vals)

    def hold(self):
        """Make a lead of the rep's whose first e-mail waits; return its touch."""
        self.count += 1
        vals = {"name": "Raced", "type": "lead", "user_id": self.rep}
        vals["email_from"] = f"ann{self.count}@ample.example"
        lead = self.admin("crm.lead", "create", vals)
        self.admin("crm.lead", "action_start_nurture", [lead])
        [touch] = self.admin("lead.touch", "search", [("lead_id", "=", lead)])
        assert self.read(touch)["state"] == "approval"
        return touch, lead

    def read(self, touch):
        fields = ["state", "approved_user_id", "user_id"]
        return self.admin("lead.touch", "read", [touch], fields)[0]

    def mails(self, lead):
        """Return the e-mails to the lead itself, not what colleagues are told about it."""
        domain = [("model", "=", "crm.lead"), ("res_id", "=", lead), ("email_to", "!=", False)]
        return self.admin("mail.mail", "search_read", domain, ["state", "email_from"])


@pytest.fixture(scope="module")
def world(server):
    return World(server)


def approve(touch):
    def act(rpc):
        rpc("lead.touch", "action_approve_emails", [touch])
        return ""

    return act


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_rep_and_manager_approve_one_email(world, _round):
    touch, lead = world.hold()

    told = race(world.url, (approve(touch), "approve_rep"), (approve(touch), "approve_manager"))

    assert told.count("") == 1, told
    [loser] = [sentence for sentence in told if sentence]
    assert TOLD in loser and "Traceback" not in loser
    after = world.read(touch)
    assert after["state"] in ("queued", "sending", "done")
    winner = ["approve_rep", "approve_manager"][told.index("")]
    assert after["approved_user_id"][1] == winner
    assert len(world.mails(lead)) == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_rep_approves_while_the_lead_is_given_to_another(world, _round):
    touch, lead = world.hold()

    def give(rpc):
        rpc("crm.lead", "write", [lead], {"user_id": world.colleague})
        return ""

    approved, given = race(world.url, (approve(touch), "approve_rep"), (give, "approve_manager"))

    after, [mail] = world.read(touch), world.mails(lead)
    # whichever came first: nothing leaves in the rep's name, his colleague decides on his own
    assert given == ""
    assert (after["state"], mail["state"]) == ("approval", "approval")
    assert "approve_colleague@" in mail["email_from"]
    assert "Traceback" not in approved and "serialize" not in approved
