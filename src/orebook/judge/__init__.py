"""The second opinion on a plan: recomputed from the contract in exact arithmetic, apart from model and solver."""

from orebook.judge.judgement import Breach, Judgement
from orebook.judge.judging import Judge, judge

__all__ = ["Breach", "Judge", "Judgement", "judge"]
