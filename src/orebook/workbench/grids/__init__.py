"""An instance's tables as grids that a planner types and pastes into, and what was typed as a change of the instance."""
