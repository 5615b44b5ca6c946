import pytest
from lead_followup_tools.letters import WINDOWS, AddressTooLong, fit_address

PAPER = {"A4": (210, 297), "Letter": (215.9, 279.4)}
# What shows through the window wherever the folded sheet lies: left, right, top, bottom.
ALWAYS_SEEN = {
    "left": (20, 100, 50, 84),
    "right": (100, 190, 55, 79),
    "us_10": (22.2, 111, 63.5, 80.4),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_four_lines_show_wherever_the_sheet_lies(name):
    window = WINDOWS[name]
    left, right, top, bottom = ALWAYS_SEEN[name]
    fitted = fit_address(["Ample Pumps", "Ann Ample", "1 Sample St", "Reno NV 89501"], window)

    half_a_line = fitted.line_height / 2
    assert left <= window.left
    assert window.top + half_a_line >= top
    assert window.top + 4 * fitted.line_height - half_a_line <= bottom
    longest = max(map(len, fitted.lines)) * fitted.letter_size * 0.6
    assert window.left + longest <= right


@pytest.mark.parametrize("name", WINDOWS)
def test_sender_address_and_text_stand_apart_on_the_paper(name):
    window = WINDOWS[name]
    width, height = PAPER[window.paper]

    assert (window.sender_top or window.top) <= window.top
    assert window.top + window.height < window.body_top < height / 2
    assert window.left + window.width <= width


@pytest.mark.parametrize(
    ("name", "most"), [("left", 8), ("right", 7), ("us_10", 6)]
)  # 27.3, 24 and 20 by 3.3
def test_more_lines_are_smaller_until_they_are_too_many(name, most):
    lines = [f"Line {n}" for n in range(most + 1)]
    fitted = fit_address(lines[:most], WINDOWS[name])

    assert len(fitted.lines) * fitted.line_height <= WINDOWS[name].height
    with pytest.raises(AddressTooLong):
        fit_address(lines, WINDOWS[name])


def test_a_long_line_goes_on_in_the_next():
    # 80 mm by 4.23 * 0.83 * 0.6 are 37 characters
    short, long = "x" * 37, "Company of a Name that needs two lines"

    assert fit_address([short], WINDOWS["left"]).lines == (short,)
    assert fit_address([long], WINDOWS["left"]).lines == (
        "Company of a Name that needs two",
        "lines",
    )
