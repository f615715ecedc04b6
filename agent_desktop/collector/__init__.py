"""What a PBX tells about its queues and calls: its files, as events of queues and as interactions. No Qt."""
