"""`dateline review` and what belongs to it: invitations, the audit log, gold files."""

from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from dateline.cli.options import STORE, StorePlace
from dateline.errors import ConfigError

_TEAM = "For several people"

Place = Annotated[
    str | None,
    typer.Argument(
        metavar="STORE",
        help="The store: a file or postgresql://USER@HOST/DATABASE; else DATELINE_STORE, else "
        "dateline.db. Without one, or with an empty one, the sample dispatches.",
        envvar="DATELINE_STORE",
        show_default=False,
    ),
]


def review(
    store: Place = None,
    *,
    port: Annotated[
        int,
        typer.Option(min=0, max=65535, help="Or the next that is free; 0: any. Without: 8417."),
    ] = 8417,
    browser: Annotated[bool, typer.Option(help="Open it in the browser.")] = True,
    host: Annotated[
        str,
        typer.Option(
            help="Where to listen. Other than this machine only with accounts and --proxy.",
            rich_help_panel=_TEAM,
        ),
    ] = "127.0.0.1",
    proxy: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="The https:// address of the proxy before the desk, by which people reach it.",
            rich_help_panel=_TEAM,
            show_default=False,
        ),
    ] = None,
) -> None:
    """Read, correct and decide in the browser: the review desk, on this machine only.

    The link it prints holds a token: who has it may edit. With accounts ('dateline invite') people
    sign in instead. Nothing is fetched from elsewhere and nothing leaves this machine.
    """
    from dateline.review import serve

    console = Console(stderr=True, soft_wrap=True)
    place = serve.Place(host, port, proxy)
    with ExitStack() as stack:
        with console.status("Opening the store; the samples are coded first where there is none …"):
            opened, sample = stack.enter_context(serve.opened(store, STORE))
        chosen = serve.settings(opened, place, sample=sample)
        found = serve.listen(place)
        address = serve.address(place, found.getsockname()[1], chosen)
        if sample:
            note = "No dispatches yet: these are the samples; what you change is not kept."
            console.print(Text(note, style="dim"))
        console.print(Text(f"Review desk: {address}"))
        console.print(Text("Ctrl+C ends it.", style="dim"))
        stack.enter_context(suppress(KeyboardInterrupt))
        serve.run(opened, found, chosen, address if browser else None)


def invite(
    store: StorePlace = STORE,
    *,
    role: Annotated[
        str, typer.Option(help="data-viewer, viewer, coder, reviewer or owner.")
    ] = "owner",
    note: Annotated[str, typer.Option(help="Whom it is for.")] = "",
    days: Annotated[int, typer.Option(min=1, max=30, help="Until it expires.")] = 7,
) -> None:
    """Invite a person to the review desk; there is no other way to an account.

    It prints the end of the link, to be put behind the address of the desk. Once there is an
    account, the desk asks everybody to sign in.
    """
    from dateline.review import accounts
    from dateline.review.schemas.shared import Role
    from dateline.store import Store

    if role not in set(Role):
        raise ConfigError(f"--role {role}: one of {', '.join(Role)} is expected")
    with Store.open(store, create=False) as opened, opened.database.write() as connection:
        _, secret = accounts.invite(connection, Role(role), note, "command/invite", days)
    typer.echo(f"/invite/{secret}")


audit = typer.Typer(help="The log of all that people did at the review desk.", no_args_is_help=True)


@audit.command("verify")
def verify(
    store: StorePlace = STORE,
    *,
    head: Annotated[
        str | None,
        typer.Option(
            metavar="HASH",
            help="A hash that was noted earlier: the log must have an entry of it.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Work out every hash of the audit log anew, without the desk.

    Note the hash that it prints: with --head it shows later that nothing was cut off. The exit code
    is 1 where the log is not as it was written.
    """
    from dateline.store import Store, desk_log

    with Store.open(store, create=False) as opened:
        found = desk_log.check(opened.database, head)
    typer.echo(f"{found.says}; head {found.head}")
    if found.broken is not None:
        raise typer.Exit(1)


def gold(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write.")],
    *,
    store: StorePlace = STORE,
) -> None:
    """Write what people decided as gold files, which 'dateline evaluate' reads.

    Of dispatches on whose every claim somebody has decided: claims as corrected, added ones with
    them, without those rejected.
    """
    from dateline.review.teaching import write
    from dateline.store import Store

    with Store.open(store, create=False) as opened:
        number = write(opened, folder)
    typer.echo(f"{folder}: {number:,} {'dispatch' if number == 1 else 'dispatches'}")


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    *,
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="FILE_OR_URL",
            envvar="DATELINE_STORE",
            help="The store; without one, or with an empty one, the sample dispatches.",
            show_default=False,
        ),
    ] = None,
    redaction: Annotated[
        str | None,
        typer.Option(
            "--redact",
            metavar="PROFILE",
            help="Leave out what must not be published: public, partners, locations, or a file.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write a read-only site of what is in a store: the desk's pages, with the data as files.

    Any web server can serve it. It holds the texts of the dispatches: publish only what you may,
    or leave out what you may not with --redact. Who worked on it is not told.
    """
    from dateline.export.redact import profile
    from dateline.review import publish as publishing
    from dateline.review import serve

    rules = profile(redaction) if redaction else None
    with serve.opened(store, STORE) as (opened, _):
        number = publishing.publish(opened, folder, rules=rules)
    typer.echo(f"{folder}: {number:,} files")
