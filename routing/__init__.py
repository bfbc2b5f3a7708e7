"""How they get there: roads, runs, blocks, the choice of blocks, the plan and its check."""
