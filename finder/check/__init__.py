"""The questionnaire's own form: its state, what was entered on a screen, and which screen comes next."""
