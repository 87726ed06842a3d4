"""What a planner could decide without a solver: last week's plan again, a rule of thumb, nothing at all.

Orders are booked one by one at a `Desk`, which knows what is left of money, stores, houses and quotas. Amounts are
counted in floats to choose by; what is decided is exact, and the judge alone says what it is worth and what it breaks.
"""
