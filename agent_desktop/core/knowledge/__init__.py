"""Articles beside the call: which fit it and why, what helped, and texts for notes."""
