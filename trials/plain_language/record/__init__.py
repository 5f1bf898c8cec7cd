"""What the record's own fields say, in plain sentences: one module for each part of a page."""
