"""The addresses of the API, a module a resource: parse, one call, answer."""
