"""What people gave us: places, events, requests, buses, policy, and the tables they come in."""
