"""The processes of the service: web, workers, their queue, and who looks after lost runs."""
