"""What the gate says, in the forms that continuous integration reads."""
