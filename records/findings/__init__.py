"""What the numbers say: guideline values, averages, sentences, chart specs."""
