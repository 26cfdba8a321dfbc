"""What do the bits say?"""
