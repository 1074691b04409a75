"""A queue that serves servers in turn, and the people of each server in turn."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")


class Asker(NamedTuple):
    """Who asks.

    Attributes:
        server: the id of the server where it is asked; the person's where there is none.
        person: the id of the person.
    """

    server: int
    person: int

    @classmethod
    def of(cls, person: int, server: int | None) -> Asker:
        """A person, and the server where they ask; None is a direct message."""
        return cls(person if server is None else server, person)


class FairQueue(Generic[Item]):
    """Items that wait, each of an asker.

    `take` goes round the servers, and at each of a server's turns to its next person, so that
    whoever waits for one item waits for at most one of each other server and person.
    """

    def __init__(self) -> None:
        """Start with an empty queue."""
        self._servers: OrderedDict[int, OrderedDict[int, deque[Item]]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        """The number of items that wait."""
        return self._length

    def add(self, asker: Asker, item: Item) -> None:
        """Add an item behind the asker's other ones."""
        people = self._servers.setdefault(asker.server, OrderedDict())
        people.setdefault(asker.person, deque()).append(item)
        self._length += 1

    def waiting_of(self, asker: Asker) -> int:
        """How many items of a person wait in a server."""
        people = self._servers.get(asker.server)
        return len(people.get(asker.person, ())) if people else 0

    def take(self) -> Item:
        """Remove and return the item whose turn it is; the queue must not be empty."""
        server, people = self._servers.popitem(last=False)
        person, items = people.popitem(last=False)
        item = items.popleft()
        if items:
            people[person] = items
        if people:
            self._servers[server] = people
        self._length -= 1
        return item

    def take_from_larger_share(self, asker: Asker) -> Item | None:
        """Remove and return the last item of the server with the most, if that makes room fairly.

        Args:
            asker: who needs the room.

        Returns:
            The last item of that server's person with the most; None if the asker's server would
            then have no fewer than that server has now.
        """
        sizes = {server: sum(map(len, people.values())) for server, people in self._servers.items()}
        server = max(sizes, key=lambda server: sizes[server], default=None)
        if server is None or sizes[server] <= sizes.get(asker.server, 0) + 1:
            return None
        people = self._servers[server]
        person = max(people, key=lambda person: len(people[person]))
        item = people[person].pop()
        if not people[person]:
            del people[person]
        self._length -= 1
        return item
