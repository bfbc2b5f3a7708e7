"""The rules of the check, one function each; nothing of the solver is used."""
