"""Two people ask one customer for a referral at the same moment, over RPC: he is asked once."""

import pytest
from races import race

ROUNDS = 3  # two cores bring most of them to a real collision
ASKERS = ("ask_one", "ask_two")


class World:
    """Two salespeople with a customer each round."""

    def __init__(self, server):
        self.url, self.admin = server.url, server.rpc
        for login in ASKERS:
            vals = {"name": login, "login": login, "password": login}
            vals["email"] = f"{login}@example.com"
            vals["group_ids"] = [(4, self.admin.ref("sales_team.group_sale_salesman"))]
            self.admin("res.users", "create", vals)

    def make_customer(self, number, email=None):
        email = email or f"customer{number}@race.example"
        customer = self.admin("res.partner", "create", {"name": f"No. {number}", "email": email})
        vals = {"name": "Deal", "partner_id": customer, "type": "opportunity"}
        deal = self.admin("crm.lead", "create", vals)
        self.admin("crm.lead", "action_set_won", [deal])
        return customer

    def count_asks(self, customers):
        return self.admin("lead.referral", "search_count", [("partner_id", "in", customers)])


@pytest.fixture(scope="module")
def world(server):
    return World(server)


def ask(customer):
    def act(rpc):
        action = rpc("res.partner", "action_ask_referral", [customer])
        rpc("lead.referral.ask", "action_ask", [action["res_id"]])
        return ""

    return act


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_people_ask_one_customer(world, number):
    customer = world.make_customer(number)

    told = race(world.url, *((ask(customer), login) for login in ASKERS))

    assert told.count("") == 1, told
    [loser] = [sentence for sentence in told if sentence]
    assert "Asked not long ago" in loser or "asking this customer" in loser, loser
    assert "Traceback" not in loser
    assert world.count_asks([customer]) == 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_two_people_ask_two_contacts_of_one_address(world, number):
    email = f"shared{number}@race.example"
    customers = [world.make_customer(10 + number, email), world.make_customer(20 + number, email)]

    told = race(
        world.url,
        *((ask(customer), login) for customer, login in zip(customers, ASKERS, strict=True)),
    )

    assert told.count("") == 1, told
    assert world.count_asks(customers) == 1
