"""Sums that do not add up, and one toll that is told of two events."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise, takewhile

from dateline.check.rules import Rules, alternatives
from dateline.model import Annotated, Finding, PlaceMention, Quantity, Span, TimeExpression

_JOINS = re.compile(r"\s*(?:,|,?\s+and|;|,?\s+plus|,?\s+as well as)\s+")
_ENDS = re.compile(r"[^\w,]{0,3}[.;)!?—–]|\s*$|\s*,?\s+(?:according|the|police|officials|who)\b")
_CLAUSES = frozenset({"advcl", "relcl", "acl", "conj", "ROOT"})
_POINTS = frozenset({"town", "site"})


class Tolls:
    """Adds up what a dispatch counts, and looks for tolls that two events share."""

    def __init__(self, rules: Rules) -> None:
        self._sum, self._parts, self._fused = rules["sum"], rules["parts"], rules["fused-toll"]
        self._total = re.compile(
            rf"[^.;:()]{{0,{self._sum.limits['reach']:.0f}}}?(?::|\s[—–-]|\()\s*"
        )
        reach = f"{self._parts.limits['reach']:.0f}"
        among = self._parts.any_of("among")
        self._among = re.compile(rf"[^.;:()\d]{{0,{reach}}}?[\s,]*(?:{among})\s+(?:the\s+)?")
        self._others = frozenset(self._parts.words["apart"])
        summed = self._sum.any_of("summed")
        self._summed = re.compile(rf"[^.;:()\d]{{0,12}}?\s(?:{summed})\b")
        self._before_sum = re.compile(r"[^.;:()\d]{0,20},\s+(?:a\s+total\s+of\s+)?|,\s*")
        self._numbers = {w: n for n, w in enumerate(self._parts.words["numbers"], 1)}
        self._them = re.compile(
            rf"[^.;:()\d]{{0,{reach}}}?,\s+(?P<n>\d[\d,]*|{alternatives(self._numbers)})"
            r"\s+of\s+(?:them|whom)\b"
        )
        self._results = frozenset(self._fused.words["results"])

    def __call__(self, doc: Annotated) -> Iterator[Finding]:
        """The figures of a document that cannot be."""
        yield from self._sums(doc)
        yield from self._totals(doc)
        yield from self._of_them(doc)
        yield from self._fusions(doc)

    def _sums(self, doc: Annotated) -> Iterator[Finding]:
        people = [x for x in doc[Quantity] if x.best is not None or x.low is not None]
        for at, total in enumerate(people[:-1]):
            between = doc.text[total.span.end : people[at + 1].span.start]
            if self._among.fullmatch(between):
                parts = takewhile(partial(self._is_part, total), _run(doc, people[at + 1 :]))
                yield from self._exceeding(total, list(parts))
            elif self._total.fullmatch(between) and _exact(total):
                yield from self._unequal(doc, total, _run(doc, people[at + 1 :]))

    def _totals(self, doc: Annotated) -> Iterator[Finding]:
        """Parts that do not make up the total told behind them ("15 in all")."""
        people, at = [x for x in doc[Quantity] if _exact(x)], 0
        while at < len(people):
            run = _run(doc, people[at:])
            at += len(run)
            if len(run) < 2 or not self._summed.match(doc.text, run[-1].span.end):
                parts = run
                total = people[at] if at < len(people) else None
                apart = total and doc.text[parts[-1].span.end : total.span.start]
            else:
                *parts, total = run
                apart = ", "
            if total is None or len(parts) < 2 or not self._before_sum.fullmatch(apart or ""):
                continue
            added = sum(x.best or 0 for x in parts)
            if added != total.best and self._summed.match(doc.text, total.span.end):
                yield self._sum.finding(*_words(total, parts), total=total.best, added=added)

    def _of_them(self, doc: Annotated) -> Iterator[Finding]:
        """A part told as "13 of them" of a smaller total."""
        rule, numbers = self._parts, self._numbers
        for total in doc[Quantity]:
            found = self._them.match(doc.text, total.span.end)
            if found is None or total.high is None or total.high < 2:
                continue
            part = numbers.get(found["n"].lower()) or int(found["n"].replace(",", "") or 0)
            if part > total.high:
                words = (total.span, Span(*found.span("n")))
                yield rule.finding(*words, total=total.high, added=part)

    def _is_part(self, total: Quantity, part: Quantity) -> bool:
        """Whether a figure may be of the total: of the same kind of toll, and not "39 others"."""
        return part.kind in {None, total.kind} and part.who not in self._others

    def _unequal(
        self, doc: Annotated, total: Quantity, parts: Sequence[Quantity]
    ) -> Iterator[Finding]:
        """Parts behind a colon, dash or bracket must make up the total, if the list is closed."""
        added = sum(x.best or 0 for x in parts)
        if len(parts) < 2 or not all(map(_exact, parts)) or added == total.best:
            return
        if _ENDS.match(doc.text[parts[-1].span.end :]):
            yield self._sum.finding(*_words(total, parts), total=total.best, added=added)

    def _exceeding(self, total: Quantity, parts: Sequence[Quantity]) -> Iterator[Finding]:
        """Parts said to be among the total must not be more, all or one."""
        rule, most = self._parts, total.high
        if most is None or most < 2 or not parts:
            return
        lows = [x.low or 0 for x in parts]
        if max(lows) > most:
            yield rule.finding(*_words(total, parts), total=most, added=max(lows))
        elif sum(lows) > most:
            share = rule.limits["several"]
            yield rule.finding(*_words(total, parts), share=share, total=most, added=sum(lows))

    def _fusions(self, doc: Annotated) -> Iterator[Finding]:
        """A toll in a clause of result that has a town and time other than its governing clause."""
        towns = [
            x
            for x in doc[PlaceMention]
            if x.place.level in _POINTS and x.radius is None and not x.metonymic
        ]
        for toll in doc[Quantity]:
            verb = self._result(doc, toll)
            if toll.kind is None or verb < 0:
                continue
            inner, outer = _sides(doc, verb)
            here = [x for x in towns if x.head in inner]
            there = [x for x in towns if x.head in outer]
            when = _apart(_times(doc, inner), _times(doc, outer))
            if when and _differ(here, there):
                now, then = (x.span.of(doc.text) for x in when)
                yield self._fused.finding(
                    toll.span,
                    *(there[0].span, when[1].span, here[0].span, when[0].span),
                    toll=toll.best or toll.low,
                    here=here[0].place.name,
                    there=there[0].place.name,
                    now=now,
                    then=then,
                )

    def _result(self, doc: Annotated, toll: Quantity) -> int:
        """The verb of result over a toll ("resulting in", "which killed"), or -1."""
        tokens = doc.parse.tokens
        for at in doc.parse.ancestors(toll.head):
            token = tokens[at]
            if token.pos in {"VERB", "AUX"} and token.dep in _CLAUSES:
                follows = token.dep in {"relcl", "acl", "ROOT"} or token.tag == "VBG"
                return at if follows and token.lemma in self._results else -1
        return -1


def _sides(doc: Annotated, verb: int) -> tuple[set[int], set[int]]:
    """The tokens that a verb of result speaks of, and those of what had the result."""
    inner, parse = set(doc.parse.subtree(verb)), doc.parse
    dep = parse.tokens[verb].dep
    if dep == "ROOT":
        cause = {i for at in parse.children(verb, "nsubj") for i in parse.subtree(at)}
        return inner - cause, cause
    if dep == "relcl":
        first, last = parse.sentence(verb)
        return inner, set(range(first, last + 1)) - inner
    return inner, set(parse.subtree(parse.tokens[verb].head)) - inner


def _exact(count: Quantity) -> bool:
    return count.low == count.best == count.high is not None


def _run(doc: Annotated, found: Sequence[Quantity]) -> list[Quantity]:
    """The first quantity and those joined to it by commas and "and"."""
    run = list(found[:1])
    for before, after in pairwise(found):
        if before is not run[-1]:
            break
        if not _JOINS.fullmatch(doc.text[before.span.end : after.span.start]):
            break
        run.append(after)
    return run


def _words(total: Quantity, parts: Sequence[Quantity]) -> tuple[Span, ...]:
    return (total.span, *(x.span for x in parts))


def _times(doc: Annotated, inside: set[int]) -> list[TimeExpression]:
    """The dated times, no wider than a month or so, whose words lie among these tokens."""
    return [
        x
        for x in doc[TimeExpression]
        if x.earliest
        and x.latest
        and x.precision not in {"year", "decade", "century", ""}
        and doc.parse.head_of(x.span) in inside
    ]


def _apart(
    here: Sequence[TimeExpression], there: Sequence[TimeExpression]
) -> tuple[TimeExpression, TimeExpression] | None:
    """Two times without a common day, if no two have one."""
    for a in here:
        for b in there:
            if (
                str(a.latest)[:10]
                >= str(b.earliest)[:10]
                <= str(b.latest)[:10]
                >= str(a.earliest)[:10]
            ):
                return None
    return (here[0], there[0]) if here and there else None


def _differ(here: Sequence[PlaceMention], there: Sequence[PlaceMention]) -> bool:
    names = {x.place.name for x in here} & {x.place.name for x in there}
    return bool(here) and bool(there) and not names
