"""A feed's XML, as it is found in the wild: mended, parted, and read into a small tree."""
