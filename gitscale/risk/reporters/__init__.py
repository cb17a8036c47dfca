"""One report, eight formats: pure functions from a report to text, a file each."""
