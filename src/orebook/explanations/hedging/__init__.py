"""Why these orders of now: what each is worth over all futures, and how sure that is."""
