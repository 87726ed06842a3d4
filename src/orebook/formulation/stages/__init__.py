"""One stage a module; each has `measure(m, problem, model, orders)`: it adds what it needs and returns what is minimised."""
