"""File: the database on its disk, its schema, its one owner and its upkeep."""
