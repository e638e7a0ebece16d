"""Who acts, as the record keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luoshi.supervise import Actor

if TYPE_CHECKING:
    from luoshi.store.models import Person

_SYSTEM = "系统 system"


@dataclass(frozen=True, slots=True)
class By:
    """A person in a role, for a unit (by its name), from a post (by its code); without a person it is the system."""

    person: Person | None = None
    role: str = "system"
    unit: str = ""
    post: str = ""

    @property
    def name(self) -> str:
        """How the record calls whoever acts."""
        return _SYSTEM if self.person is None else f"{self.person.name}（{self.person.username}）"

    def actor(self) -> Actor:
        """The same for the engine of supervision."""
        return Actor(
            role=self.role, unit=self.unit, person="" if self.person is None else self.person.name, post=self.post
        )


SYSTEM = By()
