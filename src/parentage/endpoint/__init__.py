"""Models that answer: templates rendered in a sandbox, completions and chats over HTTP, a checkpoint served locally."""
