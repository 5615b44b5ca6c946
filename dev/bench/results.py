"""What the lines gave when they were last run here, kept as one file a line and size."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from .readings import Outcome


@dataclass
class Result:
    """One line that was run: its outcome, and when and on what."""

    name: str
    size: str
    title: str
    needs: str
    date: str
    machine: str
    outcome: Outcome

    def save(self, folder: Path) -> None:
        """Keep it in ``folder``, in the place of an older one."""
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / f"{self.name}-{self.size}.json").write_text(text + "\n")


def load(folder: Path) -> list[Result]:
    """Give all results kept in ``folder``, by size and name."""
    found = []
    for path in folder.glob("*-*.json"):
        values = json.loads(path.read_text())
        found.append(Result(**{**values, "outcome": Outcome.from_dict(values["outcome"])}))
    return sorted(found, key=lambda result: (result.size, result.name))
