"""Content credentials in plain words; where the library is not installed the page can say so."""

import builtins
from typing import Any

import pytest
from pictures import as_bytes, picture

from dateline.media import credentials as made
from dateline.media.credentials import Credentials, credentials, told

STORE: dict[str, Any] = {
    "active_manifest": "urn:2",
    "validation_state": "Valid",
    "manifests": {
        "urn:1": {"claim_generator_info": [{"name": "An earlier one"}]},
        "urn:2": {
            "claim_generator_info": [{"name": "Invented Camera", "version": "1.0"}],
            "signature_info": {"issuer": "Invented Works", "common_name": "Camera 7", "time": "2024-03-04T11:05:00Z"},
            "assertions": [
                {
                    "label": "c2pa.actions.v2",
                    "data": {
                        "actions": [
                            {"action": "c2pa.created", "digitalSourceType": "http://x/digitalCapture"},
                            {"action": "c2pa.edited", "when": "2024-03-05"},
                        ]
                    },
                },
                {"label": "stds.schema-org", "data": "no dictionary"},
            ],
        },
    },
}


def test_the_last_manifest_is_told_in_plain_words() -> None:
    assert told(STORE) == Credentials(
        found=True, state="the file is as it was signed", signer="Camera 7, Invented Works", on="2024-03-04T11:05:00Z",
        tool="Invented Camera 1.0", actions=("created (digitalCapture)", "edited 2024-03-05"),
    )  # fmt: skip
    assert "not as it was signed" in told({**STORE, "validation_state": "Invalid"}).state


@pytest.mark.parametrize(
    "store",
    [{}, {"active_manifest": "a"}, {"active_manifest": "a", "manifests": []},
     {"active_manifest": ["a"], "manifests": {"a": {}}}],
)  # fmt: skip
def test_a_store_without_a_manifest_holds_none(store: dict[str, Any]) -> None:
    assert told(store) == Credentials()


def test_a_manifest_of_odd_shape_is_told_as_far_as_it_goes() -> None:
    odd = {"claim_generator_info": "x", "assertions": [1, {"data": {"actions": "y"}}], "signature_info": []}
    found = told({"active_manifest": "a", "manifests": {"a": odd}})
    assert found.found
    assert found.actions == ()


def test_without_the_library_nothing_is_read_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import_it = builtins.__import__

    def refuse(name: str, *given: Any, **named: Any) -> Any:
        if name == "c2pa":
            raise ImportError(name)
        return import_it(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert credentials(as_bytes(picture()), "image/jpeg") == Credentials(readable=False)


def test_with_the_library_a_file_without_credentials_has_none_and_nobody_is_asked() -> None:
    c2pa = pytest.importorskip("c2pa", reason="dateline[evidence] is not installed")
    assert credentials(as_bytes(picture()), "image/jpeg") == Credentials()
    assert credentials(b"\xff\xd8\xff no picture", "image/jpeg") == Credentials()
    assert credentials(b"text", "text/plain") == Credentials()
    assert made._ALONE["verify"] == {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": False}
    with c2pa.Context.from_dict(made._ALONE):  # the library knows these settings
        pass
