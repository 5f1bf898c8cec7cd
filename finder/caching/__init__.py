"""What spares work: pages that did not change are not sent again, and not made again; see docs/architecture.md."""
