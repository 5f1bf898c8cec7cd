"""The site in several languages: where each page stands in each of them, and the catalogues of messages."""
