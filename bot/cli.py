"""The commands of Svodka; each imports what it needs, and none imports aiogram."""
