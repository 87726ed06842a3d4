"""Tables, charts and pages of studies: of scenarios, and of weeks rolled on."""
