"""The options by which commands choose what they show."""

import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from dateline.cli.options import (
    STORE,
    Address,
    By,
    ConfigFile,
    Day,
    Limit,
    Quiet,
    Sample,
    Seed,
    StorePlace,
    Workers,
)
from dateline.errors import ConfigError
from dateline.model import STATUSES, TYPES, Period

if TYPE_CHECKING:
    from dateline.store import Query

_WHICH, _RESULT = "Which incidents", "The result"
POLICY = "conservative"

Command = Callable[..., None]


class Form(StrEnum):
    """How a command shows what it found."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


Formed = Annotated[
    Form,
    typer.Option(
        "--format", "-f", help="table: to read; jsonl: without loss; csv: for spreadsheets.",
        rich_help_panel=_RESULT,
    ),
]  # fmt: skip


def _which(flag: str, metavar: str, about: str) -> Any:
    return typer.Option(
        flag, metavar=metavar, help=about, rich_help_panel=_WHICH, show_default=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where a command looks: in a store, or in dispatches that it codes and links itself."""

    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH",
            help="Dispatches (files or folders) to code and link instead of reading a store.",
            show_default=False,
        ),
    ] = None
    store: StorePlace = STORE
    policy: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="How one value is made of what sources tell: conservative, informative, "
            "latest-official or ucdp.",
            rich_help_panel=_RESULT,
        ),
    ] = POLICY
    published: Day = None
    limit: Limit = None
    sample: Sample = None
    seed: Seed = 0
    engine: By = None
    workers: Workers = None
    address: Address = None
    config: ConfigFile = None
    quiet: Quiet = False

    def query(self) -> "Query":
        """What is wanted: everything."""
        from dateline.store import Query

        return Query()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection(Where):
    """Where a command looks, and for which incidents; what is None does not restrict."""

    country: Annotated[
        str | None, _which("--country", "NAME", "Took place there: Mali or MLI.")
    ] = None
    actor: Annotated[
        str | None, _which("--actor", "NAME", "Part of the name of a party on either side.")
    ] = None
    kind: Annotated[str | None, _which("--type", "TYPE", "Event type, such as ASSAULT.")] = None
    status: Annotated[
        str | None, _which("--status", "STATUS", f"One of {', '.join(STATUSES)}.")
    ] = None
    since: Annotated[
        str | None, _which("--from", "DAY", "On that day, month or year, or later.")
    ] = None
    until: Annotated[
        str | None, _which("--to", "DAY", "On that day, month or year, or earlier.")
    ] = None
    search: Annotated[
        str | None,
        _which("--search", "WORDS", "Words of a dispatch that tells of it; in quotes: in order."),
    ] = None
    sources: Annotated[
        int | None, _which("--sources", "NUMBER", "At least so many independent sources.")
    ] = None

    def query(self) -> "Query":
        """What is wanted.

        Raises:
            ConfigError: A value is unknown; names those that are near.
        """
        from dateline.store import Query

        return Query(
            country=_country(self.country),
            actor=self.actor,
            type=one_of("--type", self.kind and self.kind.upper(), TYPES),
            status=one_of("--status", self.status and self.status.lower(), STATUSES),
            since=_bound("--from", self.since),
            until=_bound("--to", self.until),
            text=self.search,
            voices=self.sources,
        )

    def filters(self) -> tuple[str, ...]:
        """What was asked for, in the words of the options; empty where nothing restricts."""
        query = self.query()
        told = {
            "country": query.country,
            "actor": query.actor,
            "type": query.type,
            "status": query.status,
            "from": query.since,
            "to": query.until,
            "search": query.text,
            "sources": query.voices,
            "policy": self.policy if self.policy != POLICY else None,
        }
        return tuple(f"{name} {value}" for name, value in told.items() if value is not None)


def choosing(command: Command) -> Command:
    """Give a command the options of its parameter `chosen` (a `Where`) in the parameter's place."""
    hints = get_type_hints(command, include_extras=True)
    kind = hints["chosen"]
    told = get_type_hints(kind, include_extras=True)
    general = {x.name for x in fields(Where)}  # after what is asked for
    parameters: list[inspect.Parameter] = []
    for name, own in inspect.signature(command).parameters.items():
        if name != "chosen":
            parameters.append(_parameter(name, hints[name], own.default))
            continue
        ordered = sorted(fields(kind), key=lambda x: (x.name != "paths", x.name in general))
        parameters += [_parameter(x.name, told[x.name], x.default) for x in ordered]
    known = {x.name for x in fields(kind)}

    def run(**given: Any) -> None:
        chosen = kind(**{name: value for name, value in given.items() if name in known})
        command(**{k: v for k, v in given.items() if k not in known}, chosen=chosen)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    empty = inspect.Parameter.empty
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        annotation=annotation,
        default=empty if default is MISSING else default,
    )


def _country(told: str | None) -> str | None:
    from dateline.knowledge.geography import countries, country_names, fold

    if told is None:
        return None
    code = told.upper() if told.upper() in countries() else country_names().get(fold(told))
    if code is None:
        near = get_close_matches(fold(told), country_names(), n=1)
        hint = countries()[country_names()[near[0]]].name if near else "Mali or MLI"
        raise ConfigError(f"--country {told}: no such country; is {hint} meant?")
    return code


def one_of(option: str, told: str | None, known: tuple[str, ...]) -> str | None:
    """The value of an option, if it is known.

    Raises:
        ConfigError: It is not; names those that are.
    """
    if told is not None and told not in known:
        raise ConfigError(f"{option} {told}: one of {', '.join(known)} is expected")
    return told


def _bound(option: str, told: str | None) -> date | None:
    """The first day of a `--from`, the last of a `--to`."""
    from dateline.export.days import days

    if told is None:
        return None
    span = days(Period(told, told))
    if span is None:
        raise ConfigError(f"{option} {told}: a day (YYYY-MM-DD), month or year is expected")
    return span.first if option == "--from" else span.last
