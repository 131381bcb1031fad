"""The rules of councils, of their sessions, of votes."""
