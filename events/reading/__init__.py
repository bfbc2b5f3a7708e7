"""Reading a season: tables, cells, rows, rules, and all problems at once."""
