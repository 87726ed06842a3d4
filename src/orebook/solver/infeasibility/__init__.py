"""Where no plan keeps all: which rules clash, what gives way, and what would help."""
