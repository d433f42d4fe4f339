"""Who may act, suffer or speak: every noun phrase that can be a party to an event."""

from collections.abc import Iterable, Iterator, Sequence

from dateline.annotate.entities_reader import Reader
from dateline.knowledge import agents as agent_lexicon
from dateline.knowledge import parties
from dateline.knowledge.agents import Agents
from dateline.knowledge.geography import Gazetteer
from dateline.knowledge.parties import Actors
from dateline.model import Annotated, EntityMention, PlaceMention


class Entities:
    """Find the parties a document speaks of, with their country and sector.

    A bare country or capital is its government, of kind `country`: whether it acts or is only a
    place is for the reader of the sentence to decide. Pronouns are not found.
    """

    name = "entities"
    reads = (PlaceMention,)
    writes = EntityMention

    def __init__(
        self,
        actors: Actors | None = None,
        agents: Agents | None = None,
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self._actors = actors or parties.load()
        self._agents = agents or agent_lexicon.load()
        self._gazetteer = gazetteer or Gazetteer()

    def __call__(self, docs: Sequence[Annotated]) -> Iterator[Iterable[EntityMention]]:
        """The mentions of each document; several may overlap or share a head."""
        for doc in docs:
            yield list(Reader(doc, self._actors, self._agents, self._gazetteer).mentions())
