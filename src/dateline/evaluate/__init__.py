"""Scores against gold records, and the gate that guards them.

Events are plain mappings in the layout of the gold files, so that records of any program can be
scored.
"""

from dateline.evaluate.bias import Bias, bias
from dateline.evaluate.gate import Floors, figures
from dateline.evaluate.gold import GoldDocument, fingerprint, read_gold, read_predictions
from dateline.evaluate.matching import Event, Tally
from dateline.evaluate.runs import Change, Run, load_run, run_file
from dateline.evaluate.score import Score, score

__all__ = [
    "Bias",
    "Change",
    "Event",
    "Floors",
    "GoldDocument",
    "Run",
    "Score",
    "Tally",
    "bias",
    "figures",
    "fingerprint",
    "load_run",
    "read_gold",
    "read_predictions",
    "run_file",
    "score",
]
