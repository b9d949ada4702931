"""Getting text in: addresses and files become entries and pages."""
