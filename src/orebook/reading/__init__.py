"""From files to typed rows that remember where they stand; every fault is collected, none stops the reading."""
