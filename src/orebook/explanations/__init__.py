"""Why this plan: facts with figures, how each was obtained and how to obtain it again.

One module a kind of fact; each has functions (Counterfactuals, ...) -> facts without words. `words` says them, last, in one
place. A figure is arithmetic of the judge's, or an interval that solves prove. What a solve gives is checked before it is a
fact (`Counterfactuals` raises RefutedError); what fails is counted and dropped, loudly.
"""
