"""What HTTP is to the service: who may ask, what a request, an answer and a refusal look like."""
