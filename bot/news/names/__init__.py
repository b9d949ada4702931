"""Names: persons, organisations and places, in any case, by grammar and by lists."""
