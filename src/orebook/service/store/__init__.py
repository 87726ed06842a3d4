"""What the service keeps: a database of instances, runs, tickets and who did what; and files of results by their hash."""
