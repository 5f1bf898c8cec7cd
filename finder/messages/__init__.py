"""Messages to study teams: the form, what it takes, and how often. See docs/mail.md."""
