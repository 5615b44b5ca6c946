"""Two people answer one offer at the same moment, over RPC: one wins, the other is told."""

import xmlrpc.client

import pytest
from races import race
from servers import wait_for

ROUNDS = 3  # of each; two cores bring most of them to a real collision
TOLD = "has been answered already"


class World:
    """A salesperson whom every lead is offered to, a colleague, and their manager."""

    def __init__(self, server):
        self.url, self.admin = server.url, server.rpc
        self.rep = self._make_user("two_rep", "group_sale_salesman")
        self.colleague = self._make_user("two_colleague", "group_sale_salesman")
        self.manager = self._make_user("two_manager", "group_sale_manager")
        for rule in self.admin("lead.assignment.rule", "search", []):
            self.admin("lead.assignment.rule", "write", [rule], {"active": False})
        vals = {"name": "Two", "method": "fixed", "member_ids": [(6, 0, [self.rep])]}
        self.rule = self.admin("lead.assignment.rule", "create", vals)
        reasons = self.admin("lead.return.reason", "search_read", [], ["destination"])
        self.reasons = {reason["destination"]: reason["id"] for reason in reasons}

    def _make_user(self, login, group):
        vals = {"name": login, "login": login, "password": login, "email": f"{login}@example.com"}
        vals["group_ids"] = [(4, self.admin.ref(f"sales_team.{group}"))]
        return self.admin("res.users", "create", vals)

    def offer(self):
        """Make a lead that is offered to the salesperson."""
        vals = {"name": "Raced", "type": "lead", "lifecycle": "mql", "user_id": False}
        lead = self.admin("crm.lead", "create", {**vals, "team_id": False})
        cron = self.admin.ref("lead_scoring.ir_cron_offer_leads")

        def is_offered():
            try:
                self.admin("ir.cron", "method_direct_trigger", [cron])
            except xmlrpc.client.Fault:
                pass  # the scheduler runs it right now
            return self.offers(lead)

        wait_for(is_offered, 30)
        return lead

    def offers(self, lead):
        return self.admin(
            "lead.handover", "search_read", [("lead_id", "=", lead)], ["state", "user_id"]
        )

    def read(self, lead):
        fields = ["lifecycle", "user_id", "type"]
        return self.admin("crm.lead", "read", [lead], fields)[0]

    def accept(self, login, lead):
        def act(rpc):
            rpc("crm.lead", "action_accept_handover", [lead])
            return ""

        return act, login

    def give_back(self, login, lead, destination):
        def act(rpc):
            vals = {"lead_id": lead, "reason_id": self.reasons[destination]}
            wizard = rpc("lead.handover.return", "create", vals)
            action = rpc("lead.handover.return", "action_return", [wizard])
            return action.get("params", {}).get("message", "")

        return act, login

    def race(self, *acts):
        """Let all act at the same moment; give what each was told, "" for who won."""
        return race(self.url, *acts)


@pytest.fixture(scope="module")
def world(server):
    return World(server)


def assert_one_won(told):
    assert told.count("") == 1, told
    [loser] = [sentence for sentence in told if sentence]
    assert TOLD in loser and "Traceback" not in loser


@pytest.mark.parametrize("_round", range(ROUNDS))
@pytest.mark.parametrize("destination", ["nurture", "next"])
def test_manager_accepts_while_the_salesperson_returns(world, destination, _round):
    lead = world.offer()

    accepted, returned = world.race(
        world.accept("two_manager", lead), world.give_back("two_rep", lead, destination)
    )

    assert_one_won([accepted, returned])
    [offer] = world.offers(lead)
    after = world.read(lead)
    if accepted == "":
        assert (offer["state"], after["lifecycle"], after["type"]) == (
            "accepted",
            "sql",
            "opportunity",
        )
    else:
        kept = {"next": "mql"}.get(destination, destination)
        assert (offer["state"], after["lifecycle"], after["user_id"]) == ("returned", kept, False)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_salesperson_clicks_twice(world, _round):
    lead = world.offer()

    told = world.race(world.accept("two_rep", lead), world.accept("two_rep", lead))

    assert_one_won(told)
    assert [offer["state"] for offer in world.offers(lead)] == ["accepted"]
    assert world.read(lead)["lifecycle"] == "sql"


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_salesperson_accepts_while_the_manager_gives_it_to_another(world, _round):
    lead = world.offer()

    def give(rpc):
        rpc("crm.lead", "write", [lead], {"user_id": world.colleague})
        return ""

    accepted, given = world.race(world.accept("two_rep", lead), (give, "two_manager"))

    after, states = world.read(lead), sorted(offer["state"] for offer in world.offers(lead))
    assert given == "" and after["user_id"][0] == world.colleague
    if accepted == "":
        assert (states, after["lifecycle"]) == (["accepted"], "sql")
    else:
        assert (states, after["lifecycle"]) == (["accepted", "expired"], "mql")
        assert "Traceback" not in accepted and "serialize" not in accepted
