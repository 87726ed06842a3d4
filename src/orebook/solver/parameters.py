"""What steers a search and shares out its time: two records that `Options` carries, so that a study can vary each figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchParameters:
    """How plans and bounds are searched for; `..._rel` are parts of the bound or of a value."""

    min_integer_columns: int = 2000
    """Open integer columns from which on a search by structure pays; below, the solver alone is quicker."""
    min_interior_columns: int | None = None
    """Columns from which on relaxations are solved by an interior point method, from nothing each; None: none is."""
    subproblem_nodes: int = 20
    """Nodes of a step of the search."""
    max_compensating_minerals: int = 3
    """Minerals between their ends that give way to others at once; more would make every step a large one."""

    weak_gap_times: float = 4.0
    """A first plan that is so many times the gap asked for off the bound is held against one built afresh."""
    next_stage_weight_rel: float = 1e-3
    """What the next stage counts of a plan, beside what this one does: so little that it tells only between plans as good."""
    unsolved_next_stage_weight_rel: float = 1e-3
    """What it counts of all that could be ordered, where no relaxation is known yet."""
    tie_breaking_nodes: int = 500
    """Tie-breaking ends on counts, so that the plan does not hang on the clock."""

    cut_nodes: int = 5
    """Nodes of one mineral's cut: nearly all of its bound is there at the root."""
    cut_gap_rel: float = 3e-5
    """By which a mineral's own bound may fall short: what is less is not worth its nodes."""
    min_lift_rel: float = 1e-5
    """What a cut must lift, by itself, to be kept."""

    relaxations_to_build: int = 8
    """Relaxations in which a plan is built by relax-and-fix, if all goes well."""
    subproblem_gap_rel: float = 5e-4
    """By which a step of relax-and-fix may miss its best."""
    retry_nodes_times: tuple[int, ...] = (1, 10, 100)
    """Times its nodes that such a step has, try by try: one that is hard to place would cost the whole plan."""
    max_first_loss_rel: float = 1e-2
    """What a mineral may lose when it is made whole; if it loses more it has another try, later and longer."""

    neighbourhood_sizes: tuple[int, ...] = (0, 0, 1, 1, 1, 1, 1, 2, 2, 3, 4)
    """Minerals freed together with the one that loses, try by try; from the second on, those that compensate too."""
    nodes_growth: int = 2
    """Times as many nodes a neighbourhood has at each try: most minerals need few, one that loses much may need very many."""
    max_rounds: int = 4
    """Times that all tries are made again, with other minerals, before the search gives up."""
    neighbourhoods_at_once: int = 4
    """Neighbourhoods of one plan that are solved before what they found is put together."""
    negligible_loss_share: float = 0.02
    """Part of all loss against the relaxation that is not worth a step."""
    min_gain_share: float = 0.02
    """Part of what a plan is off the bound that a step must gain to be worth its while."""

    related_chance: float = 0.8
    """Part of the chances that goes by what minerals take of the same full rows; the rest is even."""
    full_row_share: float = 0.95
    """Part of a row's limit from which on it is full."""
    max_mineral_share: float = 0.5
    """Part of all minerals that a row may have to do with; money has to do with all, and says nothing of any two."""

    block_nodes: int = 30
    """Nodes of one mineral in a block pass; what it has not proven by then it will hardly better."""
    block_limit_s: float = 10.0
    """Seconds of one mineral in a block pass, so that a hard one leaves time for the others."""


@dataclass(frozen=True, slots=True)
class TimeShares:
    """How time is shared out; each is a part of what its sentence says."""

    earlier_stage: float = 2 / 3
    """Of the time left, for a main stage while others follow: the first has no plan to begin from."""
    tie_breaking: float = 0.2
    """Of the limit, for all tie-breaking stages together: no more, as the contract has it."""
    tie_breaking_reserve: float = 0.05
    """Of the limit, left by main stages, so that ties are broken in a plan that took long, too."""
    feasibility_relaxation: float = 0.5
    """Of the time left, to find which policy rows give way; the stages have the rest."""
    before_cuts: float = 0.4
    """Of a stage's time left, for a better plan before any cut, where a relaxation takes long."""
    cuts: float = 0.25
    """Of a stage's time left, in which minerals alone may lift the bound before the search for a plan begins."""
    cut_relaxation: float = 0.5
    """Of a stage's time left, for a relaxation with cuts: at times it takes a hundred times as long as one without."""
    build: float = 0.35
    """Of a stage's time left, that building a plan by relax-and-fix should take."""
    build_step: float = 0.3
    """Of that, for one step at most, the last few apart: most need far less, and a few much more."""
    even_share_times: float = 3.0
    """Times its even share of the time left that a step may have at most, so that there is some for the last."""


SEARCH = SearchParameters()
SHARES = TimeShares()
"""What holds where nobody says otherwise."""

DEFAULT_SOLVER = "highs"
"""What solves where nothing else is asked for."""
