"""Valid inequalities of minerals' own rows (Lagrangian cuts), and the certificates of bounds that they are part of."""
