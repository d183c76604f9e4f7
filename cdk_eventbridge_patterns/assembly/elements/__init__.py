"""What each type of resource becomes in a topology: one file for each sort of element."""
