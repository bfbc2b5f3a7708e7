"""tourpool against other solvers: the same instances, the same time, the same judge."""
