"""Files for who runs the service: copied, adapted where a comment says so, and put where the machine looks for them."""
