"""The questions about a plan, a module a question: each answers with facts."""
