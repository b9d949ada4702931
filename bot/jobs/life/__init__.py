"""Life: what a bot does as it starts, and what is done for it beside all else."""
