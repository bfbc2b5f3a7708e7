"""Other solvers, each given the best model of a trip that it can hold."""
