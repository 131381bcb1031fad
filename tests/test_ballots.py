"""A council's vote, case by case: every figure here was worked out by hand from the rule."""
