"""Alerts by mail: the page where somebody asks for them, their links, and what the mails say. See docs/mail.md."""
