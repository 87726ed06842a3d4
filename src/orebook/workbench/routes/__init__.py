"""The pages, a module a subject: look up, fill a template, answer."""
