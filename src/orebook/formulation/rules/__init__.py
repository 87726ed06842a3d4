"""One rule a module; each has `add(m, problem, orders)` and says its formula in its docstring."""
