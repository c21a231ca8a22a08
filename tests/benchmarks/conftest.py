import sys
from pathlib import Path

# The folder of this file is called like the package it tests: pytest must find the package first, and the helpers here.
sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]
