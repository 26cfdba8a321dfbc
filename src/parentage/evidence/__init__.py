"""What an audit publishes, as files."""
