"""Articles beside the call, their editor, and texts that complete while notes are typed."""
