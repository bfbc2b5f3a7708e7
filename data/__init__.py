"""Files that come with the program: demonstration seasons and county outlines."""
