"""Which engine a run gets."""

from dateline.engine.local import Local
from dateline.engine.pool import Pool
from dateline.engine.ray import Ray
from dateline.engine.sizes import workers_here
from dateline.engine.work import Engine
from dateline.errors import ConfigError


def engine(name: str = "auto", workers: int = 0, address: str = "", *, many: bool = True) -> Engine:
    """The engine of a name; `auto` is what suits the number of workers and of items.

    `auto` means Ray where there is an address, the local pool for several workers, one process for
    one worker. If no number of workers is given, `many` items get the pool, others one process.

    Raises:
        ConfigError: There is no such engine, or it has no use for an address or several workers.
    """
    if address and name not in {"auto", "ray"}:
        raise ConfigError(f"--address {address}: only the engine ray has an address, not '{name}'")
    match name:
        case "ray":
            return Ray(workers, address)
        case "pool":
            return Pool(workers)
        case "local" if workers > 1:
            raise ConfigError(f"--workers {workers}: the engine local is one process; try pool")
        case "local":
            return Local()
        case "auto" if address:
            return Ray(workers, address)
        case "auto":
            size = workers or (workers_here() if many else 1)
            return Pool(size) if size > 1 else Local()
    raise ConfigError(f"engine '{name}': there are auto, local, pool and ray")
