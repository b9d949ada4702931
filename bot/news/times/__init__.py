"""Times: what words and schedules say of days, as instants and ranges of days."""
