"""Roads from a map file: read once, kept in the cache folder, answered from flat arrays."""
