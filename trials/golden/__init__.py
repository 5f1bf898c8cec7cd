"""Golden patients: invented people whose verdicts on studies are known, to show what a changed rule does to them.

Pure: no Django, no database. What editors make of them is stored (`trials.models.GoldenPatient`).
"""
