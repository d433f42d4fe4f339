"""The same incidents under another policy."""

from collections.abc import Mapping
from dataclasses import replace

from dateline.link.cluster import Group
from dateline.link.conflicts import conflicts
from dateline.link.policies import policy as find_policy
from dateline.link.reconcile import Told, incident, told
from dateline.model.incident import Corpus, Incident


def settle(corpus: Corpus, policy: str) -> Corpus:
    """A linked corpus with its values settled by a policy; nothing is linked anew.

    An incident of which a dispatch is not in the corpus stays as it was settled.

    Raises:
        ConfigError: There is no such policy.
    """
    find_policy(policy)
    home = {document: origin.id for origin in corpus.origins for document in origin.documents}
    said = {
        claim.id: told(claim, record, home.get(record.document.id, record.document.id))
        for record in corpus.records
        for claim in record.claims
    }
    incidents = tuple(_settled(one, said, policy) for one in corpus.incidents)
    whole = [one for one in incidents if said.keys() >= set(one.claims)]
    kept = tuple(x for x in corpus.conflicts if x.incident not in {one.id for one in whole})
    return replace(corpus, incidents=incidents, conflicts=(*conflicts(whole, said), *kept))


def _settled(one: Incident, said: Mapping[str, Told], policy: str) -> Incident:
    if one.type.policy == policy or not said.keys() >= set(one.claims):
        return one
    group = Group(one.id, one.claims, one.merged)
    return incident(group, [said[claim] for claim in one.claims], policy)
