"""What holds of every optimum, whatever the data: held against drawn problems."""
