"""What the terminal shows: answers, articles, explanations, progress and reports as text."""
