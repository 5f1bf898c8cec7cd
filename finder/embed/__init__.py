"""The finder in the frame of a clinic's page: the same pages under `/embed/<key>/`; see docs/embedding.md."""
