"""No test meets the gazetteers, overrides, actors or country of whoever runs it."""

import os
from pathlib import Path

os.environ["DATELINE_GAZETTEERS"] = str(Path(__file__).with_name("no-gazetteers-here"))
os.environ["DATELINE_ACTORS"] = str(Path(__file__).with_name("no-actors-here"))
for variable in ("DATELINE_PLACE_OVERRIDES", "DATELINE_COUNTRY"):
    os.environ.pop(variable, None)
