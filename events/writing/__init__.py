"""Writing tables: an empty workbook, and a request added to a season."""
