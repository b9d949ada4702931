"""Pictures of numbers, for people who look rather than read: values in, PNG out."""
