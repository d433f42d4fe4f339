"""From annotations to claims."""

from dateline.extract.claims import claims
from dateline.extract.mentions import Events

__all__ = ["Events", "claims"]
