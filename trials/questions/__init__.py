"""What the questionnaire asks, as data, and which question is worth most next. Pure: no Django, no database."""
