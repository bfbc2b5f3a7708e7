"""Pools students of remote schools into shared buses."""
