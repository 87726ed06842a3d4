"""What the service keeps: a database of instances, runs, tickets and who did what; results by their hash; the queue."""
