"""The records of award dossiers in a relational database."""
