"""The bundle of an audit: written, verified, and measured again."""
