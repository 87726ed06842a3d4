"""Many what-ifs of one plan: where they come from, who solves them, what is cached of them and how they compare."""
