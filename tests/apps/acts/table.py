"""Every service with the roles that may call it, and the entries that one call writes.

`prepare` makes what the service needs in the unit `home` and gives the call itself, which only wants an actor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lakthan.apps.identifiers import new_id
from lakthan.apps.people.models import Unit
from lakthan.rules.permissions import Actor, Held, Role
from tests.apps.builders import ROOT

Call = Callable[[Actor], Any]
Service = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Act:
    """A service as the tests see it."""

    service: Service
    own: frozenset[Role]
    """Roles that may call it for their own unit."""
    anywhere: frozenset[Role]
    """Roles that may call it for any unit."""
    entries: Sequence[tuple[str, str]]
    """Act and kind of subject of each entry that the call writes, in order."""
    prepare: Callable[[Unit], Call]
    elsewhere: bool = False
    """Whether the roles that may call it anywhere may not at home: a unit does not judge itself."""

    @property
    def name(self) -> str:
        """planning.services.meetings.hold_meeting"""
        return name_of(self.service)

    def allows(self, role: Role, *, at_home: bool) -> bool:
        """Whether somebody with this role, in the home unit or in another, may call it."""
        return (role in self.anywhere and not (at_home and self.elsewhere)) or (at_home and role in self.own)

    def actor(self, home: Unit) -> Actor:
        """Somebody who may call it: whoever runs verbs on the server, or a person in one of its roles."""
        if Role.OPERATOR in self.anywhere:
            return ROOT
        held = [Held(role, str(home.pk)) for role in sorted(self.own)] + [Held(role) for role in sorted(self.anywhere)]
        return Actor(f"user:{new_id()}", (held[0],))


def name_of(service: Service) -> str:
    """The name of a service without the package's."""
    return f"{service.__module__}.{service.__name__}".removeprefix("lakthan.apps.")


ACTS: list[Act] = []


def act(
    service: Service,
    *entries: tuple[str, str],
    own: Sequence[Role] = (),
    anywhere: Sequence[Role] = (),
    by_operator: bool = True,
    elsewhere: bool = False,
) -> Callable[[Callable[[Unit], Call]], Callable[[Unit], Call]]:
    """Put a service into the table. Whoever runs verbs on the server may call all but those that judge a report."""
    operators = {Role.OPERATOR} if by_operator else set()

    def register(prepare: Callable[[Unit], Call]) -> Callable[[Unit], Call]:
        ACTS.append(Act(service, frozenset(own), frozenset({*operators, *anywhere}), entries, prepare, elsewhere))
        return prepare

    return register
