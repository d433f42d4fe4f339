"""Triggers that keep entries as they were written, on both databases."""

from alembic import op

_RUN = ("key", "version", "configuration", "models", "coder", "started")
_ADDED = "entries are added, never changed or removed"
_COMPUTED = "entries are computed, not edited"
_FINISHED = "a run is finished once and not changed after"


def prepare() -> None:
    """Make what the triggers of PostgreSQL call."""
    if _postgres():
        op.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_ARGV[0]; END $$"
        )


def forbid(table: str) -> None:
    """Let entries only be added."""
    _refuse(table, "update", "delete", "truncate", told=_ADDED)


def forbid_edits(table: str) -> None:
    """Let entries be added and removed (they are computed anew), but not changed."""
    _refuse(table, "update", told=_COMPUTED)


def seal_runs() -> None:
    """Let a run be finished once, and nothing else of it be changed."""
    _refuse("runs", "delete", "truncate", told=_ADDED)
    # No value of a run is NULL but those that finishing it fills in.
    other = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _RUN)
    when = f"OLD.finished IS NOT NULL OR NEW.finished IS NULL OR {other}"
    start = "CREATE TRIGGER runs_finish BEFORE UPDATE ON runs"
    if _postgres():
        op.execute(f"{start} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse('{_FINISHED}')")
    else:
        op.execute(f"{start} WHEN {when} BEGIN {_abort('runs', _FINISHED)} END")


def _refuse(table: str, *acts: str, told: str) -> None:
    if _postgres():
        op.execute(
            f"CREATE TRIGGER {table}_keep BEFORE {' OR '.join(acts)} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION refuse('{told}')"
        )
        return
    for act in acts:
        if act != "truncate":  # which SQLite does not know
            op.execute(
                f"CREATE TRIGGER {table}_keep_{act} BEFORE {act} ON {table} "
                f"BEGIN {_abort(table, told)} END"
            )


def _abort(table: str, told: str) -> str:
    return f"SELECT RAISE(ABORT, '{table}: {told}');"


def _postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"
