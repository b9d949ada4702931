"""Facts: sums, quantities, routes and days that a sentence tells, each with that sentence."""
