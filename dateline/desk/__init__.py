"""The pages in a browser, each with a JSON twin. No rule of the method lives here: what is known comes from the rooms
below, and what a person decides goes into the ledger."""
