"""What is concluded across dispatches to JSON values and back, without loss."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from dateline.model.codec import decode, encode, refused, slot_value, value_fields
from dateline.model.incident import (
    Agreement,
    Commitment,
    Conflict,
    Corpus,
    Incident,
    Judgement,
    Origin,
    Outcome,
    Reason,
    Settled,
    Telling,
    Verdict,
)
from dateline.model.values import Sourcing

Fields = Mapping[str, Any]

LAYOUT = 1
_ONE = ("type", "status", "mode", "time")
_MANY = ("actors", "recipients", "places", "counts")


def encode_corpus(corpus: Corpus) -> dict[str, Any]:
    """The corpus as plain JSON values, its dispatches' texts included."""
    return {
        "layout": LAYOUT,
        "records": [encode(x) for x in corpus.records],
        "incidents": [encode_incident(x) for x in corpus.incidents],
        "origins": [encode_origin(x) for x in corpus.origins],
        "judgements": [encode_judgement(x) for x in corpus.judgements],
        "conflicts": [encode_conflict(x) for x in corpus.conflicts],
        "commitments": [encode_commitment(x) for x in corpus.commitments],
    }


def decode_corpus(fields: Fields) -> Corpus:
    """The corpus that `encode_corpus` made these values from.

    Raises:
        InputError: A field is missing, of the wrong kind or contradicts a text.
    """
    with refused("corpus", "corpus"):
        if fields["layout"] != LAYOUT:
            raise ValueError(f"layout {fields['layout']!r}, {LAYOUT} is expected")
        return Corpus(
            tuple(map(decode, fields["records"])),
            tuple(map(decode_incident, fields["incidents"])),
            tuple(map(decode_origin, fields["origins"])),
            tuple(map(decode_judgement, fields["judgements"])),
            tuple(map(decode_conflict, fields["conflicts"])),
            tuple(map(decode_commitment, fields["commitments"])),
        )


def encode_incident(incident: Incident) -> dict[str, Any]:
    """The incident as plain JSON values."""
    one = {slot: getattr(incident, slot) for slot in _ONE}
    return {
        "id": incident.id,
        "claims": list(incident.claims),
        **{slot: _settled(found) if found else None for slot, found in one.items()},
        **{slot: [_settled(x) for x in getattr(incident, slot)] for slot in _MANY},
        "voices": incident.voices,
        "confidence": incident.confidence,
        "first_reported": _day(incident.first_reported),
        "last_reported": _day(incident.last_reported),
        "merged": list(incident.merged),
    }


def decode_incident(fields: Fields) -> Incident:
    """The incident that `encode_incident` made these values from.

    Raises:
        InputError: A field is missing or of the wrong kind.
    """
    with refused(_name(fields, "id"), "incident"):
        slots: dict[str, Any] = {x: _read_settled(x, fields[x]) for x in _ONE if fields[x]}
        for slot in _MANY:
            slots[slot] = tuple(_read_settled(slot, x) for x in fields[slot])
        return Incident(
            id=_text(fields["id"]),
            claims=_texts(fields["claims"]),
            voices=fields["voices"],
            confidence=fields["confidence"],
            first_reported=_read_day(fields["first_reported"]),
            last_reported=_read_day(fields["last_reported"]),
            merged=_texts(fields["merged"]),
            **slots,
        )


def encode_judgement(judgement: Judgement) -> dict[str, Any]:
    """The judgement as plain JSON values."""
    return asdict(judgement) | {
        "verdict": judgement.verdict.value,
        "reasons": [asdict(x) for x in judgement.reasons],
    }


def decode_judgement(fields: Fields) -> Judgement:
    """The judgement that `encode_judgement` made these values from.

    Raises:
        InputError: A field is missing or of the wrong kind, or the claims are out of order.
    """
    with refused(_name(fields, "left"), "judgement"):
        return Judgement(
            _text(fields["left"]),
            _text(fields["right"]),
            Verdict(fields["verdict"]),
            _text(fields["by"]),
            fields["score"],
            tuple(Reason(**x) for x in fields["reasons"]),
        )


def encode_origin(origin: Origin) -> dict[str, Any]:
    """The origin as plain JSON values."""
    return {"documents": list(origin.documents), "why": list(origin.why)}


def decode_origin(fields: Fields) -> Origin:
    """The origin that `encode_origin` made these values from.

    Raises:
        InputError: A field is missing or of the wrong kind, or it has no documents.
    """
    with refused("origin", "origin"):
        documents = _texts(fields["documents"])
        if not documents:
            raise ValueError("it has no documents")
        return Origin(documents, _texts(fields["why"]))


def encode_conflict(conflict: Conflict) -> dict[str, Any]:
    """The conflict as plain JSON values."""
    sides = [list(side) for side in conflict.sides]
    return asdict(conflict) | {"says": list(conflict.says), "sides": sides}


def decode_conflict(fields: Fields) -> Conflict:
    """The conflict that `encode_conflict` made these values from.

    Raises:
        InputError: A field is missing or of the wrong kind.
    """
    with refused(_name(fields, "incident"), "conflict"):
        return Conflict(
            _text(fields["incident"]),
            _text(fields["slot"]),
            _texts(fields["says"]),
            tuple(map(_texts, fields["sides"])),
            fields["weight"],
            fields["answered"],
        )


def encode_commitment(commitment: Commitment) -> dict[str, Any]:
    """The commitment as plain JSON values."""
    return asdict(commitment) | {
        "outcome": commitment.outcome.value,
        "evidence": list(commitment.evidence),
    }


def decode_commitment(fields: Fields) -> Commitment:
    """The commitment that `encode_commitment` made these values from.

    Raises:
        InputError: A field is missing or of the wrong kind.
    """
    with refused(_name(fields, "promise"), "commitment"):
        return Commitment(
            _text(fields["promise"]),
            Outcome(fields["outcome"]),
            None if fields["due"] is None else _text(fields["due"]),
            _texts(fields["evidence"]),
            _text(fields["says"]),
        )


def _settled(found: Settled[Any]) -> dict[str, Any]:
    return {
        "value": value_fields(found.value),
        "policy": found.policy,
        "agreement": found.agreement.value,
        "tellings": [
            {
                "value": value_fields(telling.value),
                "claim": telling.claim,
                "sources": [asdict(x) for x in telling.sources],
                "publisher": telling.publisher,
                "published": _day(telling.published),
                "voice": telling.voice,
            }
            for telling in found.tellings
        ],
    }


def _read_settled(slot: str, fields: Fields) -> Settled[Any]:
    return Settled(
        slot_value(slot, fields["value"]),
        _text(fields["policy"]),
        Agreement(fields["agreement"]),
        tuple(_read_telling(slot, x) for x in fields["tellings"]),
    )


def _read_telling(slot: str, fields: Fields) -> Telling[Any]:
    return Telling(
        slot_value(slot, fields["value"]),
        _text(fields["claim"]),
        tuple(Sourcing(**x) for x in fields["sources"]),
        _text(fields["publisher"]),
        _read_day(fields["published"]),
        _text(fields["voice"]),
    )


def _day(told: date | None) -> str | None:
    return told.isoformat() if told else None


def _read_day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a string is expected, not {value!r}")
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list | tuple):
        raise TypeError(f"a list is expected, not {values!r}")
    return tuple(map(_text, values))


def _name(fields: Any, key: str) -> str:
    return str(fields.get(key) or "unnamed") if isinstance(fields, Mapping) else "unnamed"
