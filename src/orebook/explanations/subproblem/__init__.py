"""What tickets and offers are weighed with: the judge's prices and limits, solves of one mineral alone, break-even prices."""
