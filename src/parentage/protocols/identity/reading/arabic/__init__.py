"""What only Arabic needs: prefixes, houses, persons, and names in other letters."""
