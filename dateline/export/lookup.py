"""The claims behind incidents, looked up by key and kept at hand for a while."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator

from dateline.incidents.types import Incident, Origin
from dateline.ledger import StoredClaim

# An incident's claims are asked for several times while it is written, and hardly ever after that.
_KEPT_MOST = 2_000


class Lookup:
    """Claims by their key, "report id/claim id". The lookup's own errors pass through."""

    def __init__(self, claims: Callable[[str], StoredClaim]) -> None:
        self._look_up = claims
        self._kept: OrderedDict[str, StoredClaim] = OrderedDict()

    def claim(self, key: str) -> StoredClaim:
        if key not in self._kept:
            if len(self._kept) >= _KEPT_MOST:
                self._kept.popitem(last=False)
            self._kept[key] = self._look_up(key)
        return self._kept[key]

    def claims(self, keys: Iterable[str]) -> Iterator[StoredClaim]:
        yield from map(self.claim, keys)

    def of_report(self, incident: Incident, report: str) -> StoredClaim | None:
        """Any claim of a report in the incident: it knows the report's publisher, day, headline and address."""
        start = f"{report}/"
        key = next((key for key in incident.claims if key.startswith(start)), None)
        return self.claim(key) if key else None

    def dispatches(self, incident: Incident) -> list[tuple[Origin, StoredClaim | None]]:
        """Each independent origin, with a claim of the report that brought it."""
        return [(origin, self.of_report(incident, origin.report)) for origin in incident.origins]
