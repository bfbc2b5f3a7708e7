"""Questions a leader asks of a plan: why not, what it would take, what if, what changes least."""
