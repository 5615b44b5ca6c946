"""What a row has to say to a lead that is known already."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Addition:
    """What is added to a known lead, and what is only told because the lead says otherwise."""

    blanks: dict[str, Any] = field(default_factory=dict)  # of the lead, filled
    otherwise: dict[str, Any] = field(default_factory=dict)  # field of the lead: value, told
    visit: dict[str, Any] | None = None  # values of a visit it has not made yet
    visit_id: int | None = None  # the visit it has made, where the row completes that
    visit_blanks: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)  # qualifier's code: answer's
    other_answers: dict[str, str] = field(default_factory=dict)  # known differently, told
    interests: list[str] = field(default_factory=list)
    note: str = ""
    facts: dict[str, str] = field(default_factory=dict)  # label: text, without a field of the lead
    has_further: bool = False  # one of the facts is an answer or an address, not mere paperwork

    @property
    def has_value(self) -> bool:
        """Whether the lead knows more by it: the row has enriched it."""
        return bool(
            self.blanks
            or self.visit
            or self.visit_blanks
            or self.answers
            or self.interests
            or self.note
            or self.has_further
        )

    @property
    def closes(self) -> bool:
        """Whether the row itself says that nobody may contact this person."""
        return bool(self.blanks.get("do_not_contact"))

    @property
    def has_news(self) -> bool:
        """Whether there is something to tell in the lead's chatter."""
        return bool(self.note or self.has_further or self.otherwise or self.other_answers)


@dataclass
class Said:
    """What earlier files have said of a lead already; the same is not told again."""

    pairs: set[tuple[str, str]] = field(default_factory=set)  # (field, word or label; folded text)
    notes: list[str] = field(default_factory=list)
