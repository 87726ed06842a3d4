"""What can be done with the service, a module a subject: called by the API and by the pages alike, knowing neither.

An action works in the transaction that its caller has open, takes and returns plain values, and raises the errors of
`service.errors`, and InputError for what the library refuses.
"""
