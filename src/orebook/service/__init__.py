"""The service: the library over HTTP, with a store of instances, runs and plans, and workers that solve.

The web process reads, checks and answers; it never builds a model. A run waits in the store until a worker takes it, solves
it in a process of its own, and writes its end. `orebook serve` starts both, `orebook worker` adds workers.

From the top: `app` puts together `routes`, which parse a request, call one of the `actions` and answer by what `web` knows of
HTTP. Actions, and `work`, which is what workers do, stand on `runs` (what a run is asked) and on the `store`. `views` are what
is shown of it.
"""
