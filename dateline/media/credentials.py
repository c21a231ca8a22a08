"""Content credentials (C2PA): what the maker's device or program signed into a file.

The library that reads them is large and not installed by default (`dateline[evidence]`). It may not ask anybody: a
manifest that lies elsewhere is not fetched, and whether a signer is trusted by some list is not said.
"""

import io
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

_ALONE = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": False},
    "core": {"allowed_network_hosts": []},
}
_MOST = 20  # actions that are told
_STATES = {
    "Valid": "the file is as it was signed",
    "Trusted": "the file is as it was signed, by a signer of a list of trust",
    "Invalid": "the file is not as it was signed, or the signature is not right",
}


class Credentials(Struct, frozen=True, kw_only=True):
    """What was read. `readable` is False where the library is not installed; `found` where there are credentials.

    `state` says whether the file is as it was signed; `signer` and `on` are what the signature says, and `tool` and
    `actions` what the signer says was done.
    """

    readable: bool = True
    found: bool = False
    state: str = ""
    signer: str = ""
    on: str = ""
    tool: str = ""
    actions: tuple[str, ...] = ()


def credentials(raw: bytes, media_type: str) -> Credentials:
    """The credentials in a file; whatever cannot be read as such is none."""
    try:
        import c2pa
    except ImportError:
        return Credentials(readable=False)
    if media_type not in c2pa.Reader.get_supported_mime_types():
        return Credentials()
    try:
        with c2pa.Context.from_dict(_ALONE) as alone, c2pa.Reader(media_type, io.BytesIO(raw), context=alone) as reader:
            return told(msgspec.json.decode(reader.json(), type=dict[str, Any]))
    except (c2pa.C2paError, msgspec.DecodeError, OSError, ValueError):
        return Credentials()


def told(store: Mapping[str, Any]) -> Credentials:
    """The last manifest of a manifest store in plain words. Nothing in it is sure to have the shape it should."""
    manifest = _dict(_dict(store.get("manifests")).get(str(store.get("active_manifest"))))
    if not manifest:
        return Credentials()
    signature = _dict(manifest.get("signature_info"))
    state = str(store.get("validation_state", ""))
    return Credentials(
        found=True,
        state=_STATES.get(state, f"the library says {state!r}" if state else "nothing is said of the signature"),
        signer=", ".join(str(signature[name]) for name in ("common_name", "issuer") if signature.get(name)),
        on=str(signature.get("time") or ""),
        tool=_tool(manifest),
        actions=tuple(_actions(manifest)[:_MOST]),
    )


def _tool(manifest: Mapping[str, Any]) -> str:
    found = manifest.get("claim_generator_info")
    named = [_dict(each) for each in found] if isinstance(found, list) else []
    said = [f"{each['name']} {each.get('version') or ''}".strip() for each in named if each.get("name")]
    return ", ".join(said) or str(manifest.get("claim_generator") or "")


def _actions(manifest: Mapping[str, Any]) -> list[str]:
    made: list[str] = []
    found = manifest.get("assertions")
    for assertion in map(_dict, found if isinstance(found, list) else ()):
        actions = _dict(assertion.get("data")).get("actions")
        for action in map(_dict, actions if isinstance(actions, list) else ()):
            kind = str(action.get("digitalSourceType") or "").rpartition("/")[2]
            words = (str(action.get("action", "")).removeprefix("c2pa."), kind and f"({kind})", action.get("when"))
            made.append(" ".join(str(each) for each in words if each))
    return made


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
