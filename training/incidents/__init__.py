"""Labels of which claims of different reports tell of one incident."""
