"""What a text is: a report or not, of which genre, by which unit, of which year, and how damaged."""
