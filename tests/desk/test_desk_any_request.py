"""Whatever is asked by the desk's own OpenAPI description, and against it, is answered: never with a server's error."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core import NotSet
from starlette.testclient import TestClient

from dateline.desk.app import make_app
from dateline.desk.desk import Desk
from dateline.desk.people import SCOPES
from dateline.ledger import Ledger
from tests.cli.test_incident_commands import RECORDS
from tests.desk.conftest import PASSWORD

EXAMPLES = {("POST", True): 30, ("GET", True): 8, ("POST", False): 8, ("GET", False): 5}  # by method, and as described


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A desk where people sign in, and a program that may do everything. What it decides stays for what follows."""
    path = Path(tmp_path_factory.mktemp("any")) / "x.db"
    with Ledger(path) as made:
        for each in RECORDS:
            made.add(each)
    with Desk(path, sign_in=True, keep=False) as desk:
        desk.keeper.look()
        desk.people.add("the admin", "admin", PASSWORD, by="test")
        _, secret = desk.people.add_token("the admin", SCOPES)
        app = make_app(desk)
        with TestClient(app, base_url="http://desk.test", headers={"Authorization": f"Bearer {secret}"}) as client:
            yield Asked(client)


class Asked:
    """The client. Every other request is about something that there is; the others are as they come."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self._random = Random(7)
        self._there: list[dict[str, list[str]]] = []

    def send(self, case: Any) -> Any:
        self._there = self._there or list(self._look())
        about = self._random.choice(self._there) if self._random.random() < 0.5 else {}
        if about and case.path.startswith("/reports/"):
            about = {**about, "id": about["report"], "seen": about["seen_report"]}
        path = {name: quote(str(value), safe="") for name, value in self._filled(case.path_parameters, about).items()}
        query = {name: str(value) for name, value in self._filled(case.query, about).items()}
        headers = {name: value for name, value in (case.headers or {}).items() if value.isascii()}
        content = self._body(case.body, about)
        headers |= {"Content-Type": "application/json"} if content is not None else {}
        address = case.path.format(**path)
        answer = self.client.request(case.method, address, params=query, headers=headers, content=content)
        if case.method == "POST" and answer.status_code == 200:
            self._there = []  # what there was may be no more
        return answer

    def _look(self) -> Iterator[dict[str, list[str]]]:
        """For each incident what requests about it would hold."""
        incidents = [each["id"] for each in self.client.get("/incidents.json?every=true").json()["incidents"]]
        for id in incidents:
            made = self.client.get(f"/incidents/{id}.json").json()
            report = made["claims"][0]["report"]
            keys = [each["key"] for each in made["claims"] if each["report"] == report]
            yield {
                "id": [id], "seen": [made["seen"]], "report": [report], "reports": [report], "picked": [report],
                "claim": [key if self._random.random() < 0.5 else key.partition("/")[2] for key in keys],
                "claims": keys, "seen_report": [self.client.get(f"/reports/{report}.json").json()["seen"]],
                "other": [each for each in incidents if each != id] or [""], "reason": ["for a test"],
                "field": ["killed"], "value": ["12..14"], "name": ["Tasman Wire"], "collection": ["incidents"],
            }  # fmt: skip

    def _filled(self, values: Any, about: dict[str, list[str]]) -> dict[str, Any]:
        values = dict(values or {})
        return {name: self._random.choice(about[name]) if name in about else value for name, value in values.items()}

    def _body(self, body: Any, about: dict[str, list[str]]) -> bytes | None:
        if isinstance(body, NotSet):
            return None
        if isinstance(body, dict):
            body = self._filled({"seen": "", "reason": "", "claims": "", "claim": "", **body} if about else body, about)
            body = {name: value for name, value in body.items() if isinstance(value, str) or not about}
        return body if isinstance(body, bytes) else json.dumps(body, default=str).encode()


def operations(client: TestClient) -> dict[str, Any]:
    """Every address and method of the description, by its name."""
    schema = schemathesis.openapi.from_dict(json.loads(client.get("/api/openapi.json").content))
    return {each.ok().label: each.ok() for each in schema.get_all_operations()}


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: str(mode.value))
def test_whatever_is_asked_is_answered(asked: Any, mode: Any) -> None:
    """As the description has it, and as it does not."""
    found = operations(asked.client)
    assert len(found) > 40
    answered: Counter[int] = Counter()
    for operation in found.values():
        answered += ask(asked, operation, mode)
    assert min(answered) >= 200
    assert max(answered) < 500
    if mode is schemathesis.GenerationMode.POSITIVE:  # not everything is refused
        assert answered[200] > len(found)
        assert asked.client.get("/overview.json").json()["ledger"]["decisions"] > 0
    else:
        assert answered[400] > len(found)


def ask(asked: Any, operation: Any, mode: Any) -> Counter[int]:
    """Some requests to one address, by their answers' status."""
    answered: Counter[int] = Counter()
    most = EXAMPLES[operation.method.upper(), mode is schemathesis.GenerationMode.POSITIVE]

    @settings(max_examples=most, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(operation.as_strategy(generation_mode=mode))
    def each(case: Any) -> None:
        answer = asked.send(case)
        answered[answer.status_code] += 1
        assert answer.status_code < 500, f"{case.as_curl_command()}: {answer.status_code} {answer.text[:500]}"

    with suppress(Unsatisfiable):  # an address that takes nothing cannot be asked wrongly
        each()
    return answered
