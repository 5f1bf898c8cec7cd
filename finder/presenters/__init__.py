"""Domain objects → frozen view-models, in the words and numbers of the page's language."""
