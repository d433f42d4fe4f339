"""Who does the work: one process, the processes of a pool, or a Ray cluster."""

from dateline.engine.choice import engine
from dateline.engine.local import Local
from dateline.engine.pool import Pool
from dateline.engine.ray import Ray
from dateline.engine.work import Engine, Work

__all__ = ["Engine", "Local", "Pool", "Ray", "Work", "engine"]
