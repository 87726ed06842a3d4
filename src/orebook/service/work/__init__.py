"""What is done for a run, in a process of its own: library calls, whose results come back as files and figures."""
