"""What the classifiers see: named features of triggers and of what may fill their slots."""

from itertools import islice

from dateline.extract.scene import Scene
from dateline.model import (
    Annotation,
    Attribution,
    Parse,
    PlaceMention,
    Quantity,
    TimeExpression,
    Token,
)

_PREPOSITIONS = frozenset({"prep", "agent"})
_VERBS = frozenset({"VERB", "AUX"})
_CLIMB = 6  # arcs up which the verb of a trigger's clause is looked for
_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "PROPN"})


def of_trigger(scene: Scene, at: int) -> list[str]:
    """Features of a token as a trigger: itself, its arcs, its neighbours, the rules it meets."""
    parse, tokens = scene.parse, scene.parse.tokens
    token = tokens[at]
    head = tokens[token.head]
    out = [
        lemma(scene, at),
        f"lp={token.lemma}/{token.pos}",
        f"tag={token.tag}",
        f"dep={token.dep}",
        f"h={head.lemma}/{token.dep}",
    ]
    for i in parse.children(at):
        out += _of_child(scene, token, tokens[i])
    for step in (-2, -1, 1, 2):
        if 0 <= at + step < len(tokens):
            out.append(f"w{step}={tokens[at + step].lemma}")
    return out + _of_rules(scene, token)


def lemma(scene: Scene, at: int) -> str:
    """The feature that names a trigger's lemma."""
    return f"l={scene.parse.tokens[at].lemma}"


def _of_child(scene: Scene, token: Token, child: Token) -> list[str]:
    out = [
        f"c={child.dep}",
        f"c={child.dep}={child.lemma}",
        f"lc={token.lemma}/{child.dep}={child.lemma}",
    ]
    entity = scene.entity_at.get(child.i)
    if entity is not None:
        out += [f"ce={child.dep}/{entity.kind}", f"cs={child.dep}/{entity.party.sector}"]
    if child.dep in _PREPOSITIONS:
        for i in scene.parse.children(child.i, "pobj"):
            grand = scene.parse.tokens[i]
            out += [f"pp={child.lemma}={grand.lemma}", f"lpp={token.lemma}/{child.lemma}"]
            entity = scene.entity_at.get(i)
            if entity is not None:
                out.append(f"ppe={child.lemma}/{entity.kind}/{entity.party.sector}")
    return out


def _of_rules(scene: Scene, token: Token) -> list[str]:
    hits = scene.hits.get(token.i, [])
    if not hits:
        out = ["r=none"]
    else:
        out = [f"r={hit.rule_id}" for hit in hits]
        out += [f"rt={hit.rule.type}" for hit in hits]
        out += [f"rd={hit.rule.type}/{token.dep}" for hit in hits]
        out += [f"rp={hit.rule.type}" for hit in hits if hit.last > hit.first]
        out += [f"r1={hits[0].rule.type}", "rs=" + "+".join(sorted({h.rule.type for h in hits}))]
    above = scene.hits.get(token.head) if token.head != token.i else None
    if above:
        out.append(f"hr={above[0].rule.type}/{token.dep}")
    return out


def of_mode(scene: Scene, at: int, kind: str) -> list[str]:
    """Features that tell the mode of an event: rules, words near, words of the sentence."""
    tokens = scene.parse.tokens
    first, last = scene.parse.sentence(at)
    out = [f"l={tokens[at].lemma}", f"tl={kind}/{tokens[at].lemma}"]
    out += [
        f"rm={h.rule.type}/{h.rule.mode}" for h in scene.hits.get(at, []) if h.rule.type == kind
    ]
    below = set(scene.parse.subtree(at))
    for token in tokens[first : last + 1]:
        if token.pos in _CONTENT and token.i != at:
            near = token.i in below or abs(token.i - at) <= 6 or token.i == tokens[at].head
            out.append(f"n={token.lemma}" if near else f"s={token.lemma}")
            out += [f"nm={h.rule.type}/{h.rule.mode}" for h in scene.hits.get(token.i, []) if near]
    return out


def of_status(scene: Scene, at: int, kind: str) -> list[str]:
    """Features that tell whether an event happened: cues, tense, auxiliaries, governing verbs."""
    tokens, token = scene.parse.tokens, scene.parse.tokens[at]
    out = [
        f"t={kind}",
        f"l={token.lemma}",
        f"tag={token.tag}",
        f"dep={token.dep}",
        f"tt={kind}/{token.tag}",
    ]
    out += _of_cues(scene, token, kind)
    for i in scene.parse.children(at):
        if tokens[i].dep in {"aux", "auxpass", "neg", "mark", "det", "amod", "advmod"}:
            out += [
                f"c={tokens[i].dep}={tokens[i].lemma}",
                f"cf={tokens[i].dep}={tokens[i].text.lower()}",
            ]
    for level, i in enumerate(islice(scene.parse.ancestors(at), 3)):
        up = tokens[i]
        out += [f"up{level}={up.lemma}", f"upt{level}={up.tag}"]
        if level == 0:
            out.append(f"upd={up.lemma}/{token.dep}")
        auxiliaries = scene.parse.children(i, "aux", "neg", "mark")
        out += [f"upc{level}={tokens[j].lemma}" for j in auxiliaries]
    return out + _of_clause(scene, token, kind) + _of_dates(scene, token, kind)


def _of_clause(scene: Scene, token: Token, kind: str) -> list[str]:
    """Tense of the trigger's clause and of the main clause; one act or many ("attacks")."""
    parse, tokens = scene.parse, scene.parse.tokens
    verb = token.i
    for i in islice(parse.ancestors(token.i), _CLIMB):
        if tokens[verb].pos in _VERBS:
            break
        verb = i
    root = next((i for i in (token.i, *parse.ancestors(token.i)) if tokens[i].head == i), verb)
    tense = _tense(parse, verb)
    counted = bool(parse.children(token.i, "det", "nummod", "poss"))
    out = [
        f"cl={tense}",
        f"clk={tense}/{kind}",
        f"clt={tense}/{token.tag}",
        f"clv={tokens[verb].lemma}/{tense}",
        f"root={tokens[root].lemma}",
        f"rootc={_tense(parse, root)}",
        f"num={token.tag}/{counted}",
        f"numk={token.tag}/{counted}/{kind}",
    ]
    for i in parse.children(token.i, "nsubj", "nsubjpass", "dobj"):
        counted = bool(parse.children(i, "det", "nummod"))
        out += [
            f"ct={tokens[i].dep}/{tokens[i].tag}",
            f"ctk={tokens[i].dep}/{tokens[i].tag}/{counted}/{token.tag}",
        ]
    return out


def _tense(parse: Parse, verb: int) -> str:
    """A verb's tag with its auxiliaries: "will+VB", "have+VBN", "VBD!" (negated)."""
    names = [parse.tokens[i].lemma for i in parse.children(verb, "aux", "auxpass")]
    negated = "!" if parse.children(verb, "neg") else ""
    return "+".join([*names, parse.tokens[verb].tag]) + negated


def _of_dates(scene: Scene, token: Token, kind: str) -> list[str]:
    """Whether the sentence is dated, and how closely: habits and standing policies are not."""
    times = scene.times_in.get(token.sentence, ())
    dated = [time.start for time in times if time.start]
    closest = max(map(len, dated), default=0)
    out = [f"dt={closest}", f"dt={closest}/{token.tag}", f"dtn={min(len(dated), 2)}/{kind}"]
    for time in times:
        out += [f"ty={time.type}", f"trule={time.found_by}"]
    return out


def _of_cues(scene: Scene, token: Token, kind: str) -> list[str]:
    """Cues and attributions of the sentence, and whether they reach the trigger."""
    tokens = scene.parse.tokens
    out: list[str] = []
    for cue in scene.cues_in.get(token.sentence, ()):
        covers = cue.scope.start <= token.start < cue.scope.end
        out += [f"cue={cue.category}/{covers}", f"cuet={cue.category}/{covers}/{kind}"]
        word = tokens[max(scene.parse.token_at(cue.span.start), 0)]
        if word.head == token.i:
            out.append(f"cued={cue.category}/{word.dep}")
        if covers:
            out.append(f"cueby={cue.found_by}")
    for source in scene.attributions_in.get(token.sentence, ()):
        if any(s.start <= token.start < s.end for s in source.content):
            out += [f"att={source.stance}", f"attby={source.found_by}"]
    return out


def of_place(scene: Scene, at: int, kind: str, place: PlaceMention) -> list[str]:
    """Features of a place name as where the event at a trigger took place."""
    tokens = scene.parse.tokens
    apart = tokens[at].sentence - tokens[place.head].sentence
    path = scene.path(at, scene.first_conjunct(place.head))
    governor = tokens[tokens[place.head].head]
    inside = any(
        e.span.covers(place.span) and e.span != place.span
        for e in scene.entities_in.get(tokens[place.head].sentence, ())
    )
    out = [
        f"p={path}",
        f"pt={path}/{kind}",
        f"lev={place.place.level}",
        f"levt={place.place.level}/{kind}",
        f"apart={min(abs(apart), 5)}/{apart > 0}",
        f"dep={tokens[place.head].dep}",
        f"gov={governor.lemma}",
        f"in={inside}",
        f"inlev={inside}/{place.place.level}/{min(abs(apart), 3)}",
        f"met={place.metonymic}",
        f"metp={place.metonymic}/{path}",
        f"mett={place.metonymic}/{place.place.level}/{kind}",
    ]
    if not apart:
        out += [
            f"d={min(abs(place.head - at), 24) // 4}/{place.head < at}",
            f"g={governor.lemma}/{kind}",
        ]
    if place.head == min(scene.place_heads):
        out += ["first", f"first={place.place.level}"]
    same = scene.told_of[place.place.name]
    here = len(scene.places_in.get(tokens[at].sentence, ()))
    return [
        *out,
        f"freq={min(same, 4)}",
        f"here={min(here, 3)}/{min(abs(apart), 3)}",
        f"ent={scene.entity_at[place.head].kind if place.head in scene.entity_at else None}",
    ]


def of_time(scene: Scene, at: int, kind: str, time: TimeExpression) -> list[str]:
    """Features of a time expression as when the event at a trigger happened."""
    tokens = scene.parse.tokens
    head = scene.head(time)
    apart = tokens[at].sentence - tokens[head].sentence
    path = scene.path(at, head)
    here = scene.times_in.get(tokens[at].sentence, [])
    out = [
        f"p={path}",
        f"pt={path}/{kind}",
        f"ty={time.type}",
        f"apart={min(abs(apart), 4)}/{apart > 0}",
        f"rule={time.found_by}",
        f"here={min(len(here), 3)}/{min(abs(apart), 3)}",
        f"k={kind}/{min(abs(apart), 2)}",
        f"len={len(time.start or '')}/{min(abs(apart), 2)}",
        f"dep={tokens[head].dep}",
    ]
    if not apart:
        out += [
            f"d={min(abs(head - at), 24) // 4}/{head < at}",
            f"rank={_rank(scene, at, time, here)}",
            f"past={tokens[at].tag}/{time.type}",
        ]
    return out


def of_count(scene: Scene, at: int, kind: str, quantity: Quantity) -> list[str]:
    """Features of a quantity as a toll of the event at a trigger."""
    tokens, head = scene.parse.tokens, scene.head(quantity)
    path = scene.path(at, scene.first_conjunct(head))
    up = [tokens[i].lemma for _, i in zip(range(3), scene.parse.ancestors(head), strict=False)]
    out = [
        f"p={path}",
        f"pt={path}/{kind}",
        f"pl={path}/{tokens[at].lemma}",
        f"l={tokens[at].lemma}",
        f"k={quantity.kind}/{kind}",
        f"who={quantity.who}",
        f"whot={quantity.who}/{kind}",
        f"hl={tokens[head].lemma}",
        f"small={quantity.best in {0, 1}}",
        f"rule={quantity.found_by}",
        f"apart={scene.sentence(at) - scene.sentence(head)}",
    ]
    out += [f"up={lemma}" for lemma in up]
    out += [f"up{k}={lemma}/{kind}" for k, lemma in enumerate(up)]
    function = scene.frame(at).get(scene.first_conjunct(head), "other").rsplit("|", 1)[-1]
    for hit in scene.hits.get(at, ()):
        out += [f"r={hit.rule_id}", f"rf={hit.rule_id}/{function}"]
    for i in (head, tokens[head].head):
        out += [f"rh={hit.rule_id}" for hit in scene.hits.get(i, ())]
    out += [f"ch={tokens[i].lemma}" for i in scene.parse.children(head)]
    around = range(max(0, head - 3), min(len(tokens), head + 4))
    return out + [f"w={tokens[i].lemma}" for i in around] + _near(at, head)


def _near(at: int, head: int) -> list[str]:
    return [f"d={min(abs(head - at), 24) // 3}/{head < at}"]


def of_source(scene: Scene, at: int, kind: str, source: Attribution) -> list[str]:
    """Features of an attribution as telling who vouches for the event at a trigger."""
    tokens = scene.parse.tokens
    cue = max(scene.parse.token_at(source.span.start), 0)
    apart = tokens[at].sentence - tokens[cue].sentence
    covers = any(s.start <= tokens[at].start < s.end for s in source.content)
    inside = source.span.start <= tokens[at].start < source.span.end
    entity = next(
        (e for e in scene.entities if source.source and e.span.overlaps(source.source)), None
    )
    who = f"{entity.kind}/{entity.party.sector}" if entity else "None"
    return [
        f"cov={covers}",
        f"covt={covers}/{kind}",
        f"in={inside}/{kind}",
        f"st={source.stance}/{covers}",
        f"apart={max(-2, min(apart, 3))}/{covers}",
        f"cue={tokens[cue].lemma}/{covers}",
        f"who={who}",
        f"whoc={who}/{covers}",
        f"rule={source.found_by}/{covers}",
        f"p={scene.path(at, cue)}",
        f"none={source.source is None}",
        f"stt={source.stance}/{kind}/{covers}",
        f"l={tokens[at].lemma}/{covers}",
        f"sk={source.kind}/{covers}",
        f"skt={source.kind}/{source.stance}",
    ]


def _rank(scene: Scene, at: int, item: Annotation, items: list[TimeExpression]) -> int:
    ordered = sorted(items, key=lambda x: (abs(scene.head(x) - at), x.span))
    return ordered.index(item) if isinstance(item, TimeExpression) else 0
