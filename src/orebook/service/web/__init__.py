"""The web process: who may ask, what a request and an answer look like."""
