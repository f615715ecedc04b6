"""Call scripts: what they are made of, how one is walked through, and which one a call gets."""
