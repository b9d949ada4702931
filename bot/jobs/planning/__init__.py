"""Planning: whose time has come, and which stories each chat gets."""
