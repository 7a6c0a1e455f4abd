"""What is said of a person and what is not, where it starts and where it ends: no list is read here."""
