"""Rows of one file that are the same person."""

from collections.abc import Iterable
from dataclasses import dataclass

from .keys import email_key, name_company_key, phone_keys
from .shapes import JudgedRow, Match


@dataclass
class _Person:
    """The rows found to be one person so far; only its first row's object stays in use."""

    row: int
    position: int
    has_email: bool
    has_phone: bool


class _Groups:
    """People as a forest: each row points to an earlier row of the same person, or to itself."""

    def __init__(self):
        self.people: list[_Person] = []
        self.parents: list[int] = []
        self.rules: dict[int, str] = {}

    def add(self, judged: JudgedRow) -> int:
        values, index = judged.values, len(self.people)
        has_phone = bool(values.get("phone") or values.get("mobile"))
        self.people.append(_Person(judged.number, index, bool(values.get("email")), has_phone))
        self.parents.append(index)
        return index

    def head(self, index: int) -> int:
        while self.parents[index] != index:
            self.parents[index] = self.parents[self.parents[index]]
            index = self.parents[index]
        return index

    def join(self, left: int, right: int, rule: str) -> None:
        """Make two people one; the later first row becomes surplus, by ``rule``."""
        first, later = sorted((self.head(left), self.head(right)))
        if first == later:
            return
        self.parents[later] = first
        self.rules[later] = rule
        self.people[first].has_email |= self.people[later].has_email
        self.people[first].has_phone |= self.people[later].has_phone


def match_rows(judged: Iterable[JudgedRow]) -> dict[int, Match]:
    """Return {surplus row number: (first row of the same person, rule)}.

    Rejected rows take no part. E-mail first; then same number and name, where one side has no
    e-mail; then same name and company, where one side can be reached neither way. "Side" is
    the person as known so far, so the result does not hang on the order of the rows, and two
    people with different addresses are never joined by a third row.

    >>> rows = [JudgedRow(1, {"name": "Ann", "company": "Acme", "email": "a@b.example"}),
    ...         JudgedRow(2, {"name": "ANN", "company": "acme"})]
    >>> match_rows(rows)
    {2: Match(keep=1, rule='name_company')}
    """
    groups = _Groups()
    by_email: dict[str, list[int]] = {}
    by_phone: dict[tuple[str, str], list[int]] = {}
    by_company: dict[tuple[str, str], list[int]] = {}
    for row in judged:
        if row.reason:
            continue
        index = groups.add(row)
        if key := email_key(row.values):
            by_email.setdefault(key, []).append(index)
        for phone in phone_keys(row.values):
            by_phone.setdefault(phone, []).append(index)
        if key := name_company_key(row.values):
            by_company.setdefault(key, []).append(index)
    for bucket in by_email.values():
        for index in bucket[1:]:
            groups.join(bucket[0], index, "email")
    for bucket in by_phone.values():
        _join_open(groups, bucket, "phone")
    for bucket in by_company.values():
        _join_open(groups, bucket, "name_company")
    return _matches(groups)


def _join_open(groups: _Groups, bucket: list[int], rule: str) -> None:
    """Join those of a bucket that lack what would tell them apart to the first that has it."""
    if len(bucket) < 2:
        return

    def is_settled(index: int) -> bool:
        person = groups.people[groups.head(index)]
        return person.has_email or (rule == "name_company" and person.has_phone)

    settled = [index for index in bucket if is_settled(index)]
    unsettled = [index for index in bucket if not is_settled(index)]
    target = settled[0] if settled else bucket[0]
    for index in unsettled:
        groups.join(target, index, rule)


def _matches(groups: _Groups) -> dict[int, Match]:
    matches = {}
    for index, person in enumerate(groups.people):
        head = groups.head(index)
        if head != index:
            matches[person.row] = Match(groups.people[head].row, groups.rules[index])
    return matches
