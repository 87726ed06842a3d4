"""The second opinion on a plan: recomputed from the contract in exact arithmetic, apart from model and solver."""

from orebook.judge.judgement import Breach, CashWeek, Judgement, StoreWeek
from orebook.judge.judging import Judge, judge

__all__ = ["Breach", "CashWeek", "Judge", "Judgement", "StoreWeek", "judge"]
