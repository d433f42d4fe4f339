"""A small transformer that reads the words around a trigger and weighs what it may tell.

The encoder (ONNX, int8) gives the vectors that are asked for of the word pieces of the trigger's
sentence, in which it is marked before the last layer; small heads judge the trigger's event type,
status and mode by its vector, and who or what fills a slot by comparing a candidate's vector with
it. `training/encoder.py` trains it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import batched
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.errors import ModelError
from dateline.knowledge import locate
from dateline.model import Parse

MODEL, HEADS, WORDS = "models/encoder.onnx", "models/encoder.npz", "models/encoder-words.json"
LONGEST = 80  # word pieces of a window, its ends not counted
START, END, UNKNOWN = 101, 102, 100  # ids of the vocabulary
_BATCH = 1  # sentences encoded together: without padding they are done soonest
NONE = "-"
KINDS = (
    NONE,
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE",
    "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN",
)  # fmt: skip
STATUSES = ("actual", "ongoing", "planned", "alleged", "hypothetical", "negated")
FILLERS = {
    "role": (NONE, "actor", "recipient"),
    "place": ("no", "yes"),
    "time": ("no", "yes"),
    "count": (NONE, "some"),
}

Floats = NDArray[np.float32]


class Window(NamedTuple):
    """The word pieces of a sentence; `at` tells the first and last piece of each token."""

    pieces: list[int]
    at: dict[int, tuple[int, int]]


def window(parse: Parse, pieces: Sequence[Sequence[int]], trigger: int) -> Window:
    """The sentence of a trigger, cut to size around it if it is long."""
    ids = [START]
    at: dict[int, tuple[int, int]] = {}
    for i in _tokens(parse, pieces, trigger):
        at[i] = len(ids), len(ids) + max(len(pieces[i]), 1) - 1
        ids += pieces[i] or [UNKNOWN]
    return Window([*ids, END], at)


def _tokens(parse: Parse, pieces: Sequence[Sequence[int]], trigger: int) -> range:
    """The tokens of a window."""
    first, last = parse.sentence(trigger)
    long = {i: max(len(pieces[i]), 1) for i in range(first, last + 1)}
    if sum(long.values()) <= LONGEST:
        return range(first, last + 1)
    low = high = trigger
    left = LONGEST - long[trigger]
    grown = True
    while grown:
        grown = False
        if low > first and long[low - 1] <= left:
            low, left, grown = low - 1, left - long[low - 1], True
        if high < last and long[high + 1] <= left:
            high, left, grown = high + 1, left - long[high + 1], True
    return range(low, high + 1)


def pieces_of(tokenizer: Any, parse: Parse, text: str) -> list[list[int]]:
    """The word pieces of each token."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    tokens = parse.tokens
    out: list[list[int]] = [[] for _ in tokens]
    k = 0
    for piece, (start, _) in zip(encoded.ids, encoded.offsets, strict=True):
        while k < len(tokens) - 1 and start >= tokens[k].span.end:
            k += 1
        out[k].append(piece)
    return out


class Asked(NamedTuple):
    """The pieces of a window whose vectors are wanted, its start first.

    `at` tells the number among them of the first and last piece of each token asked for.
    """

    pieces: list[int]
    at: dict[int, tuple[int, int]]


def asked(told: Window, tokens: Iterable[int]) -> Asked:
    """The pieces to ask for where the vectors of some tokens are wanted."""
    pieces = [0]
    at: dict[int, tuple[int, int]] = {}
    for token in sorted(set(tokens)):
        first, last = told.at[token]
        at[token] = len(pieces), len(pieces) + (last > first)
        pieces += [first, last] if last > first else [first]
    return Asked(pieces, at)


class Batch(NamedTuple):
    """Windows, each once, what is asked of each, and the triggers: (number of window, token)."""

    windows: list[Window]
    asked: list[Asked]
    triggers: list[tuple[int, int]]

    def inputs(self) -> dict[str, NDArray[np.int64]]:
        """The encoder's inputs.

        `pieces`, `mask` – ids of shape (windows, pieces) and which of them count; `asked` – the
        pieces whose vectors are wanted, of shape (windows, most asked of one); `rows` – the window
        of each trigger; `marked` – its own pieces, of shape (triggers, pieces).
        """
        longest = max(len(w.pieces) for w in self.windows)
        ids, mask = (np.zeros((len(self.windows), longest), np.int64) for _ in range(2))
        asked = np.zeros((len(self.windows), max(len(x.pieces) for x in self.asked)), np.int64)
        for row, (w, wanted) in enumerate(zip(self.windows, self.asked, strict=True)):
            ids[row, : len(w.pieces)] = w.pieces
            mask[row, : len(w.pieces)] = 1
            asked[row, : len(wanted.pieces)] = wanted.pieces
        marked = np.zeros((len(self.triggers), longest), np.int64)
        for row, (number, trigger) in enumerate(self.triggers):
            first, last = self.windows[number].at[trigger]
            marked[row, first : last + 1] = 1
        rows = np.array([number for number, _ in self.triggers], np.int64)
        return {"pieces": ids, "mask": mask, "asked": asked, "rows": rows, "marked": marked}


class Seen(NamedTuple):
    """A trigger as the encoder sees it: the vectors asked for, one a row, and its own."""

    at: Mapping[int, tuple[int, int]]
    states: Floats
    trigger: Floats


class Encoded:
    """Some triggers, encoded: asked for the chances of what they may tell."""

    def __init__(self, heads: Mapping[str, Floats], seen: Sequence[Seen]) -> None:
        self._heads = heads
        self._seen = seen

    def some(self, numbers: Sequence[int]) -> "Encoded":
        """The same for a choice of the triggers."""
        return Encoded(self._heads, [self._seen[k] for k in numbers])

    def label(self, name: str) -> Floats:
        """Probabilities of a head that judges triggers (kind, status, mode): a row per trigger."""
        if not self._seen:
            return np.empty((0, self._heads[f"{name}.b"].size), np.float32)
        rows = np.stack([np.concatenate([x.trigger, x.states[0]]) for x in self._seen])
        return _softmax(rows @ self._heads[f"{name}.w"] + self._heads[f"{name}.b"])

    def fillers(self, name: str, kinds: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Floats:
        """Probabilities of candidates (number of the trigger, head token): a row per pair.

        `kinds` are the event types of the triggers. A row of NaN stands for a candidate that was
        not asked for or lies outside the window: nothing is known of it.
        """
        labels = self._heads[f"{name}.b2"].size
        out = np.full((len(pairs), labels), np.nan, np.float32)
        known = [n for n, (k, head) in enumerate(pairs) if head in self._seen[k].at]
        if known:
            views = np.stack([self._view(kinds, *pairs[n]) for n in known])
            inner = _gelu(views @ self._heads[f"{name}.w1"] + self._heads[f"{name}.b1"])
            out[known] = _softmax(inner @ self._heads[f"{name}.w2"] + self._heads[f"{name}.b2"])
        return out

    def _view(self, kinds: Sequence[str], number: int, head: int) -> Floats:
        at, states, trigger = self._seen[number]
        word = _word(states, at[head])
        kind = self._heads["kinds"][KINDS.index(kinds[number])]
        return np.concatenate([word, trigger, word * trigger, states[0], kind])


class Encoder:
    """Encodes triggers: the sentence once, and in the last layer each trigger marked in it.

    The last layer gives the vectors of the triggers and of what may fill their slots, no others.
    """

    def __init__(self, session: Any, tokenizer: Any, heads: Mapping[str, Floats]) -> None:
        self._session = session
        self.tokenizer = tokenizer
        self._heads = heads
        self.modes: tuple[str, ...] = tuple(
            heads["modes"].astype(np.uint8).tobytes().decode().split("\n")
        )

    def __call__(
        self, parse: Parse, text: str, triggers: Sequence[int], heads: Iterable[int]
    ) -> Encoded:
        """The triggers of a document (tokens), encoded, with what may fill their slots (its heads).

        Sentences are encoded each alone: with small integers for weights, verdicts depend on what
        is encoded together, and a record must not depend on its neighbours.
        """
        if not triggers:
            return Encoded(self._heads, [])
        pieces = pieces_of(self.tokenizer, parse, text)
        windows = {at: window(parse, pieces, at) for at in triggers}
        seen = {}
        for batch in batches(windows, frozenset(heads)):
            (states,) = self._session.run(None, batch.inputs())
            for (number, token), rows in zip(batch.triggers, states, strict=True):
                at = batch.asked[number].at
                seen[token] = Seen(at, rows, _word(rows, at[token]))
        return Encoded(self._heads, [seen[at] for at in triggers])


def batches(windows: Mapping[int, Window], heads: Collection[int]) -> Iterator[Batch]:
    """Windows by their triggers, those of like length together; what has the same words is one.

    The vectors of the triggers are asked for, and of `heads` (tokens) where they stand in a window.
    """
    same: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, told in windows.items():
        same[min(told.at), max(told.at)].append(at)
    order = sorted(same.values(), key=lambda ats: (len(windows[ats[0]].pieces), ats[0]))
    for some in batched(order, _BATCH):
        chosen = [windows[ats[0]] for ats in some]
        wanted = [
            asked(told, {*ats, *(i for i in told.at if i in heads)})
            for told, ats in zip(chosen, some, strict=True)
        ]
        triggers = [(number, at) for number, ats in enumerate(some) for at in ats]
        yield Batch(chosen, wanted, triggers)


@lru_cache(maxsize=1)
def load() -> Encoder:
    """The encoder of the package, on one thread: for sentences two gain nothing.

    Raises:
        ModelError: A file is missing or broken.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    try:
        with locate(HEADS).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            heads = {name: arrays[name].astype(np.float32) for name in arrays.files}
            digest = arrays["digest"].tobytes().decode()
        tokenizer = Tokenizer.from_str(locate(WORDS).read_text("utf-8"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        model = locate(MODEL).read_bytes()
        if sha256(model).hexdigest() != digest:
            raise ValueError("not the file that its heads belong to")
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as cause:
        raise ModelError(f"{MODEL}: {cause}; reinstall the package") from cause
    return Encoder(session, tokenizer, heads)


def _word(states: Floats, at: tuple[int, int]) -> Floats:
    """The vector of a token: that of its first and last piece together."""
    first, last = at
    return np.asarray((states[first] + states[last]) / 2, np.float32)


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


def _gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016)."""
    inner = np.float32(np.sqrt(2.0 / np.pi)) * (x + 0.044715 * x * x * x)
    return np.asarray(0.5 * x * (1.0 + np.tanh(inner)), np.float32)
