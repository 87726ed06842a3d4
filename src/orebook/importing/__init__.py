"""From a planner's own sheets to an instance: tables found, columns proposed, a mapping kept, every conversion on record."""
