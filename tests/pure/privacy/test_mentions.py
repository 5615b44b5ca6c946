import json
import re

import pytest
from lead_followup_tools.privacy import address_pattern

ADDRESS = "ann.b+x@ample.example"


@pytest.mark.parametrize(
    "text",
    [
        ADDRESS,
        ADDRESS.upper(),
        f"Ann <{ADDRESS}>",
        f"write to {ADDRESS}.",
        f"{ADDRESS};bob@best.example",
        json.dumps(["Ann", ADDRESS, None]),
    ],
)
def test_the_address_is_found_wherever_it_stands(text):
    assert re.search(address_pattern(ADDRESS), text, re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    [
        f"jo{ADDRESS}",
        f"jo-{ADDRESS}",
        f"{ADDRESS}.au",
        f"{ADDRESS}s",
        "annxb+x@ample.example",
        "ann.b+x@ampleXexample",
        "ann.bx@ample.example",
        "",
    ],
)
def test_a_longer_or_other_address_is_not(text):
    assert not re.search(address_pattern(ADDRESS), text, re.IGNORECASE)
