"""One module per page: receive, ask, respond."""
