"""What only Chinese needs: where names and makers begin and end between characters, and its own forms."""
