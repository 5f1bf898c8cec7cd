"""What machines read: Atom feeds, the JSON interface, tables as CSV, and FHIR; docs/api.md describes all of them."""
