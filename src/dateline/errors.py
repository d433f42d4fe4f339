"""Every error this package raises on purpose.

DatelineError
├── ConfigError      the configuration or a command's argument cannot be used
├── KnowledgeError   a data file under knowledge/ is wrong (names file and entry)
├── ModelError       a language model is missing or is not the one pinned
├── PipelineError    the steps do not fit together (raised before any text is read)
├── InputError       one input cannot be read as a dispatch (names it and says why)
├── StepError        one step failed on one document (names both)
├── GoldError        a folder of gold records cannot be scored (names the file)
├── ExportError      a record cannot be written where it should go
├── StoreError       a database cannot be opened, read or written (names it and the remedy)
└── EngineError      an engine is not there, or its workers cannot be kept alive
"""


class DatelineError(Exception):
    """Base class: catch this to catch everything raised on purpose."""


class ConfigError(DatelineError):
    """A setting or an argument is unknown or out of range."""


class KnowledgeError(DatelineError):
    """A lexicon, rule, actor or ontology file breaks its own format."""


class ModelError(DatelineError):
    """A language model cannot be loaded, or its files are not the pinned ones."""


class PipelineError(DatelineError):
    """A pipeline was put together in an order that cannot work."""


class InputError(DatelineError):
    """An input is no dispatch: empty, binary, broken or in another language."""


class StepError(DatelineError):
    """A step failed on a document; the cause is chained."""


class GoldError(DatelineError):
    """Gold records are missing, broken or do not belong to their texts."""


class ExportError(DatelineError):
    """An output folder or file cannot be written."""


class StoreError(DatelineError):
    """A database cannot be opened, read or written, or an entry may not be changed."""


class EngineError(DatelineError):
    """An engine is not installed or not reachable, or no worker of it stays alive."""
