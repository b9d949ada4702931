"""Speed and quality, measured; the results are recorded beside the commands."""
