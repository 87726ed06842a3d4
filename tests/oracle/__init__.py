"""Every plan of a tiny problem tried, by the judge alone: what `orebook.solve` must find, and must not claim.

orders.py    the sets of orders that break nothing by themselves
goods.py     ways to put away what arrives and to serve withdrawals
money.py     ways to draw a plan's cash
plans.py     all of them together, and the best by the model's stages
compare.py   the solver's answer held against it
"""
