"""Tasks of this room."""
