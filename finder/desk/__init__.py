"""The door of the review desk: who gets in, with which proof, and what is kept of what they do."""
