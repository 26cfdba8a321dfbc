"""Reads replies: whom one claims to be, by rules. `reply.read_reply` is the way in."""
