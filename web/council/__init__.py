"""The council with its members, its rules, the figures before a vote."""
