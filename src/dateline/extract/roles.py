"""What the classifier of roles sees: a party beside the event that it may take part in."""

from dateline.extract.scene import Around, Scene
from dateline.model import EntityMention

_FAR = 2  # nearer rivals from which on a party counts as far


def of_role(scene: Scene, at: int, kind: str, entity: EntityMention) -> list[str]:
    """Features of a party as actor or recipient of the event at a trigger."""
    token = scene.parse.tokens[at]
    around = scene.around(at)
    head = scene.first_conjunct(entity.head)
    path = scene.path(at, head)
    party = entity.party
    function = around.functions.get(head, "other")
    out = [
        f"p={path}",
        f"pt={path}/{kind}",
        f"pp={path}/{token.pos}",
        f"pl={path}/{token.lemma}",
        f"k={entity.kind}",
        f"kt={entity.kind}/{kind}",
        f"s={party.sector}/{kind}",
        f"end={' '.join(path.split()[-2:])}/{kind}",
        f"start={path.split()[0]}/{kind}",
        f"voice={around.voice}/{path}",
        f"g={function}",
        f"gt={function}/{kind}",
        f"gl={function}/{token.lemma}",
        f"gv={function}/{token.pos}/{token.tag}",
        f"gh={function}/{scene.parse.tokens[token.head].lemma}",
        f"gs={function}/{party.sector}/{kind}",
        f"ga={function}/{around.above}",
        f"gat={function}/{around.above}/{kind}",
        f"above={around.above}/{kind}",
    ]
    out += _of_rivals(scene, around, kind, head)
    out += _of_acts_below(around, kind, head, token.lemma)
    if entity.head != head:
        out.append(f"conj={kind}")
    out += _of_words(scene, at, kind, entity, path, function)
    return out + _of_order(scene, at, kind, entity)


def _of_words(
    scene: Scene, at: int, kind: str, entity: EntityMention, path: str, function: str
) -> list[str]:
    """What else the party's words are: part of a longer name, a place, a source, a trigger."""
    out = []
    start = scene.parse.tokens[at].start
    nested, said = scene.standing(entity)
    if nested:
        out += ["nested", f"nested={function}"]
    if entity.head in scene.place_heads:
        out += ["place", f"place={path}", f"place={function}/{kind}", f"place={entity.kind}/{kind}"]
    for source in said:
        covers = any(s.start <= start < s.end for s in source.content)
        cue = source.span.start <= start < source.span.end
        out += [f"src={covers}/{cue}/{kind}", f"srcp={covers}/{path}"]
    if scene.hits.get(entity.head):
        out.append("istrigger")
    return out


def _of_rivals(scene: Scene, around: Around, kind: str, head: int) -> list[str]:
    """How a party stands to the others around the trigger: the nearest subject wins."""
    function, filled = around.functions.get(head), around.filled
    if function is None:
        return [f"go=other/{filled}/{kind}", f"gof=other/{filled}"]
    last, hops = function.rsplit("|", 1)[-1], function.count("|")
    nearer = 0
    for token, other in around.functions.items():
        if token == head or nearer == _FAR:
            break
        nearer += token in scene.entity_at and other.rsplit("|", 1)[-1] == last
    return [
        f"gc={last}/{min(hops, 2)}/{kind}",
        f"gr={last}/{nearer}/{kind}",
        f"gn={last}/{nearer}/{min(hops, 2)}",
        f"go={last}/{min(hops, 1)}/{filled}",
        f"gof={function}/{filled}",
        f"goh={min(hops, 1)}/{filled}/{kind}",
    ]


def _of_acts_below(around: Around, kind: str, head: int, lemma: str) -> list[str]:
    """The party's part in the acts that the trigger's words speak of ("condemns arrests by")."""
    for functions, act in around.below:
        function = functions.get(head)
        if function is not None:
            part = f"{function}/{act}"
            return [f"gb={function}/{kind}", f"gbt={part}/{kind}", f"gbl={part}/{lemma}"]
    return []


def _of_order(scene: Scene, at: int, kind: str, entity: EntityMention) -> list[str]:
    """How far the party's words stand from the trigger, and on which side."""
    tokens = scene.parse.tokens
    apart = tokens[at].sentence - tokens[entity.head].sentence
    if apart:
        return [
            f"prev={apart}",
            f"prevdep={tokens[entity.head].dep}/{kind}",
            f"bare={scene.around(at).bare}/{apart}",
            f"prevk={entity.kind}/{kind}",
        ]
    side = "before" if entity.head < at else "after"
    distance = min(abs(entity.head - at), 24) // 4
    between = range(min(entity.head, at) + 1, max(entity.head, at))
    others = sum(i in scene.entity_at for i in between)
    return [
        f"side={side}/{kind}",
        f"d={distance}",
        f"b={min(others, 4)}/{side}",
        f"dep={tokens[entity.head].dep}/{side}/{kind}",
    ]
