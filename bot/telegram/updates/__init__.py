"""Updates: they are asked for or pushed, put in each chat's lane, and handed to the handlers."""
