import os
import sys

from odoo.tests import tagged

from .common import LeadFollowupCase
from .simulation.laws import breaches, sums
from .simulation.stories import stories
from .simulation.world import World

_SEED = int(os.environ.get("LEAD_SIMULATION_SEED", "1"))
_LEADS = int(os.environ.get("LEAD_SIMULATION_LEADS", "120"))


@tagged("post_install", "-at_install")
class TestSimulation(LeadFollowupCase):
    """Sixty days by dice; ``make simulate`` lets a thousand leads through and prints them."""

    def test_no_touch_outside_its_rules_none_doubled_none_forgotten(self):
        world = World(self, _SEED, leads=_LEADS).run()

        table = "".join(f"{number:6}  {what}\n" for what, number in sums(world))
        sys.stdout.write(f"\n{table}")
        found = breaches(world)
        told = "\n".join([*found[:60], "", *stories(world, found[:20])])
        self.assertTrue(not found, f"{len(found)} breaches, such as\n{told}")
