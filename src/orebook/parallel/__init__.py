"""Work shared out over processes of this machine, or over machines."""
