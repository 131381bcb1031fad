"""The rules of the year's plan, of duties."""
