"""What a board shows beside its counts, asked of the database now and then: talks, shifts, the day's forecast."""
