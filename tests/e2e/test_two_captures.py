"""Phones at a booth send at the same moment, over RPC: each person is one lead, nobody is lost."""

import pytest
from races import race

ROUNDS = 3  # two cores bring most of them to a real collision


class World:
    """A show and three salespeople at its booth."""

    def __init__(self, server):
        self.url, self.admin = server.url, server.rpc
        self.logins = [self._make_user(f"booth_{n}") for n in range(3)]
        vals = {"name": "Raced", "date_begin": "2026-03-17", "date_end": "2026-03-19"}
        self.show = self.admin("lead.trade.show", "create", {**vals, "tz": "Europe/Berlin"})

    def _make_user(self, login):
        vals = {"name": login, "login": login, "password": login}
        group = self.admin.ref("sales_team.group_sale_salesman_all_leads")
        self.admin("res.users", "create", {**vals, "group_ids": [(4, group)]})
        return login

    def race(self, *batches):
        """Have a phone each send its batch at once; return what each was told."""
        acts = [
            (lambda rpc, batch=batch: rpc("lead.booth", "capture", self.show, batch), login)
            for batch, login in zip(batches, self.logins, strict=False)
        ]
        told = race(self.url, *acts)
        assert all(isinstance(answers, list) for answers in told), told
        return told

    def rows(self, keys):
        domain = [("capture_key", "in", keys)]
        return self.admin("lead.import.row", "search_read", domain, ["number", "lead_id"])


@pytest.fixture(scope="module")
def world(server):
    return World(server)


def person(name, key=None):
    return {"key": key or name, "name": name, "email": f"{name}@raced.example", "note": "met"}


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_record_sent_twice_is_one_lead_and_one_answer(world, turn):
    record = person(f"twice{turn}")

    first, second = world.race([record], [record])

    assert first == second
    assert first[0]["verdict"] == "new"
    assert len(world.rows([record["key"]])) == 1


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_one_person_scanned_by_two_is_one_lead(world, turn):
    name = f"scanned{turn}"

    told = world.race([person(name, f"{name} a")], [person(name, f"{name} b")])

    assert len({answers[0]["lead_id"] for answers in told}) == 1
    assert sorted(answers[0]["verdict"] for answers in told) == ["duplicate", "new"]


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_three_phones_at_once_lose_nobody(world, turn):
    batches = [[person(f"p{turn}x{phone}x{n}") for n in range(4)] for phone in range(3)]

    told = world.race(*batches)

    assert {answer["verdict"] for answers in told for answer in answers} == {"new"}
    rows = world.rows([record["key"] for batch in batches for record in batch])
    assert len({row["number"] for row in rows}) == len({row["lead_id"][0] for row in rows}) == 12
