"""What is shown of the store: instances, runs, plans, tickets and the audit as models, and how rows become them."""
