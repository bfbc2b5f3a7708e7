"""What people take away: map, workbook, tables."""
