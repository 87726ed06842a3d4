"""The workbench: what a planner does all day, as pages of the service. Data in grids, solves watched, plans asked and approved.

Pages are templates filled here; nothing is worked out in the browser but what is on the way there: cells typed, not kept yet.
"""
