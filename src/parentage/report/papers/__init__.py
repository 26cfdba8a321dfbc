"""The standard papers that a verdict amounts to: bills of materials, a corrected card, a notice, a summary."""
