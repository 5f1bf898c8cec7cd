"""Maps drawn by us: points on the earth → what an SVG needs. No database, no Django."""
