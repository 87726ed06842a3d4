"""The processes of the service: the server, workers, and who looks after lost runs."""
