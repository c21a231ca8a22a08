"""Who may do what: roles, users, passwords, sessions, tokens of the API, and how often one may try to sign in."""

import time
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from hmac import new as hmac_new
from secrets import token_hex, token_urlsafe
from typing import Literal, TypeAlias, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import Struct
from sqlalchemy import delete, func, insert, or_, select, update

from dateline.desk.store import Store, attempts, audit, sessions, tokens, users
from dateline.errors import InputError

Role: TypeAlias = Literal["reader", "coder", "editor", "admin"]
Scope: TypeAlias = Literal["read", "decide", "add", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do all that those before it may
SCOPES: tuple[Scope, ...] = get_args(Scope)

LEAST_PASSWORD = 12  # characters
_MOST_PASSWORD = 1_000
_IDLE_S = 12 * 3600  # a session that nobody used for so long is over
_LONGEST_S = 7 * 24 * 3600  # and each is after a week
_SEEN_EVERY_S = 60  # a session's last use is not written down more often
_WITHIN_S = 15 * 60
_TRIES_BY_NAME, _TRIES_BY_ADDRESS = 8, 30  # failures within `_WITHIN_S`
_NAME = 60  # characters
_TOKEN = "dateline"

_hasher = PasswordHasher()  # argon2id with the costs of RFC 9106, second choice
# What a password is compared with where there is no such user: an answer that comes faster would tell.
_NOBODY = _hasher.hash(token_hex(16))


class Person(Struct, frozen=True, kw_only=True):
    """Who asks: by which name, with which role, from where; `scopes` are those of a token, all for a browser."""

    name: str
    role: Role
    address: str
    client: str = ""
    scopes: tuple[Scope, ...] = SCOPES
    how: Literal["local", "session", "token", "nobody"] = "local"

    def may(self, role: Role, scope: Scope = "read") -> bool:
        return self.how != "nobody" and at_least(self.role, role) and scope in self.scopes


class User(Struct, frozen=True, kw_only=True):
    name: str
    role: Role
    added_at: str
    added_by: str


class Token(Struct, frozen=True, kw_only=True):
    """A token of the API, without its secret, which is told once."""

    id: str
    user: str
    scopes: tuple[Scope, ...]
    note: str
    added_at: str
    used: int | None


class People:
    """The users of one desk, their sessions and tokens."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- users ---

    def add(self, name: str, role: Role, password: str, by: str) -> User:
        """Raises:
        InputError: the name is taken or unusable, or the password too short.
        """
        said = _usable(name)
        made = User(name=said, role=_role(role), added_at=now(), added_by=by)
        hashed = _hashed(password)
        with self._store.writing() as connection:
            if connection.execute(select(users.c.name).where(func.lower(users.c.name) == said.lower())).first():
                raise InputError(f"there is a user {said!r} already; choose another name")
            connection.execute(insert(users).values(**_fields(made), password=hashed))
        return made

    def users(self) -> list[User]:
        rows = self._store.rows(select(users).order_by(users.c.name))
        return [User(name=r.name, role=r.role, added_at=r.added_at, added_by=r.added_by) for r in rows]

    def user(self, name: str) -> User:
        """Raises:
        InputError: there is none of that name.
        """
        found = next((each for each in self.users() if each.name == name), None)
        if found is None:
            raise InputError(f"there is no user {name!r}; `dateline desk user list` names them")
        return found

    def has_admin(self) -> bool:
        return any(each.role == "admin" for each in self.users())

    def set_role(self, name: str, role: Role) -> None:
        self._check_admin_left(self.user(name), None if role == "admin" else role)
        self._store.write(update(users).where(users.c.name == name).values(role=_role(role)))

    def set_password(self, name: str, password: str) -> None:
        """The new password ends every session of the user."""
        self.user(name)
        self._store.write(update(users).where(users.c.name == name).values(password=_hashed(password)))
        self._store.write(delete(sessions).where(sessions.c.user == name))

    def remove(self, name: str) -> None:
        """Take a user away, with sessions and tokens; what they decided stays in the ledger under their name."""
        self._check_admin_left(self.user(name), None)
        for table, column in ((sessions, sessions.c.user), (tokens, tokens.c.user), (users, users.c.name)):
            self._store.write(delete(table).where(column == name))

    def _check_admin_left(self, user: User, becomes: Role | None) -> None:
        others = [each for each in self.users() if each.role == "admin" and each.name != user.name]
        if user.role == "admin" and becomes != "admin" and not others and len(self.users()) > 1:
            raise InputError(f"{user.name} is the only admin; make another one first")

    # --- signing in ---

    def sign_in(self, name: str, password: str, address: str, client: str) -> str | None:
        """The token of a new session; None where name and password do not belong together.

        Raises:
            InputError: that was tried too often.
        """
        if self.limited(name, address):
            self._tried(name, address, client, "limited")
            raise InputError("too many tries; wait a quarter of an hour")
        row = next(iter(self._store.rows(select(users.c.name, users.c.password).where(users.c.name == name))), None)
        fits = _verified(row.password if row else _NOBODY, password)
        if row is None or not fits:
            self._tried(name, address, client, "refused")
            return None
        if _hasher.check_needs_rehash(row.password):
            self._store.write(update(users).where(users.c.name == name).values(password=_hasher.hash(password)))
        self._tried(name, address, client, "ok")
        return self._begin(row.name, address, client)

    def limited(self, name: str, address: str) -> bool:
        since = int(time.time()) - _WITHIN_S
        failed = select(
            func.count().filter(attempts.c.name == name), func.count().filter(attempts.c.address == address)
        ).where(
            attempts.c.at > since,
            attempts.c.outcome == "refused",
            or_(attempts.c.name == name, attempts.c.address == address),
        )
        by_name, by_address = self._store.rows(failed)[0]
        return bool(by_name >= _TRIES_BY_NAME or by_address >= _TRIES_BY_ADDRESS)

    def _tried(self, name: str, address: str, client: str, outcome: str) -> None:
        row = {"at": int(time.time()), "address": address, "name": name[:_NAME], "client": client, "outcome": outcome}
        self._store.write(insert(attempts).values(**row))

    def _begin(self, name: str, address: str, client: str) -> str:
        token, moment = token_urlsafe(32), int(time.time())
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.began < moment - _LONGEST_S))
            connection.execute(
                insert(sessions).values(
                    hash=_digest(token), user=name, began=moment, seen=moment, address=address, client=client
                )
            )
        return token

    def of_session(self, token: str, address: str, client: str) -> Person | None:
        """Whose session a cookie names; None where it is over or never was."""
        moment = int(time.time())
        chosen = (
            select(sessions.c.hash, sessions.c.seen, users.c.name, users.c.role)
            .join(users, users.c.name == sessions.c.user)
            .where(
                sessions.c.hash == _digest(token),
                sessions.c.seen > moment - _IDLE_S,
                sessions.c.began > moment - _LONGEST_S,
            )
        )
        row = next(iter(self._store.rows(chosen)), None)
        if row is None:
            return None
        if moment - row.seen > _SEEN_EVERY_S:
            self._store.write(update(sessions).where(sessions.c.hash == row.hash).values(seen=moment))
        return Person(name=row.name, role=row.role, address=address, client=client, how="session")

    def sign_out(self, token: str, name: str, address: str, client: str) -> None:
        self._store.write(delete(sessions).where(sessions.c.hash == _digest(token)))
        self._tried(name, address, client, "out")

    # --- tokens of the API ---

    def add_token(self, user: str, scopes: tuple[Scope, ...], note: str = "") -> tuple[Token, str]:
        """A token and, this once, what a program sends as `Authorization: Bearer …`."""
        self.user(user)
        if strange := [each for each in scopes if each not in SCOPES]:
            raise InputError(f"{strange[0]!r} is no scope; there are {', '.join(SCOPES)}")
        if not scopes:
            raise InputError(f"give at least one scope of {', '.join(SCOPES)}")
        id, secret = token_hex(4), token_urlsafe(32)
        made = Token(id=id, user=user, scopes=scopes, note=note, added_at=now(), used=None)
        row = {**_fields(made), "scopes": " ".join(scopes), "hash": _digest(secret)}
        self._store.write(insert(tokens).values(**row))
        return made, f"{_TOKEN}_{id}_{secret}"

    def tokens(self) -> list[Token]:
        rows = self._store.rows(select(tokens).order_by(tokens.c.user, tokens.c.added_at, tokens.c.id))
        return [_token(row) for row in rows]

    def remove_token(self, id: str) -> None:
        if not self._store.write(delete(tokens).where(tokens.c.id == id)):
            raise InputError(f"there is no token {id!r}; `dateline desk token list` names them")

    def of_token(self, given: str, address: str, client: str) -> Person | None:
        """Whom a token speaks for; None where it is none."""
        name, _, rest = given.partition("_")
        id, _, secret = rest.partition("_")
        if name != _TOKEN or not secret:
            return None
        chosen = select(tokens, users.c.role).join(users, users.c.name == tokens.c.user).where(tokens.c.id == id)
        row = next(iter(self._store.rows(chosen)), None)
        if row is None or not compare_digest(row.hash, _digest(secret)):
            return None
        moment = int(time.time())
        if row.used is None or moment - row.used > _SEEN_EVERY_S:
            self._store.write(update(tokens).where(tokens.c.id == id).values(used=moment))
        return Person(
            name=row.user, role=row.role, address=address, client=client, scopes=_token(row).scopes, how="token"
        )

    # --- what was done from where ---

    def note(self, who: Person, what: str, about: str) -> None:
        """Write down who did something, and from where."""
        row = {"at": now(), "who": who.name, "what": what, "about": about}
        self._store.write(insert(audit).values(**row, address=who.address, client=who.client))

    # --- forms ---

    def form_token(self, browser: str) -> str:
        """What a form of this browser must send back; another page cannot know it."""
        return hmac_new(self._store.secret, browser.encode("utf-8", "replace"), "sha256").hexdigest()

    def is_form_token(self, browser: str, given: str) -> bool:
        return bool(browser) and compare_digest(self.form_token(browser).encode(), given.encode("utf-8", "replace"))


def at_least(role: Role, wanted: Role) -> bool:
    return ROLES.index(role) >= ROLES.index(wanted)


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _usable(name: str) -> str:
    said = " ".join(name.split())
    if not said or len(said) > _NAME or not said.isprintable():
        raise InputError(f"{name!r} is no name for a user; give up to {_NAME} letters")
    return said


def _role(role: str) -> Role:
    if role not in ROLES:
        raise InputError(f"{role!r} is no role; there are {', '.join(ROLES)}")
    return role


def _hashed(password: str) -> str:
    if not LEAST_PASSWORD <= len(password) <= _MOST_PASSWORD:
        raise InputError(f"a password has at least {LEAST_PASSWORD} characters; several words are easy to keep in mind")
    return _hasher.hash(password)


def _verified(hashed: str, password: str) -> bool:
    if len(password) > _MOST_PASSWORD:
        return False
    try:
        return _hasher.verify(hashed, password.encode("utf-8", "replace"))
    except (VerificationError, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _fields(value: Struct) -> dict[str, object]:
    return {name: getattr(value, name) for name in value.__struct_fields__}


def _token(row: object) -> Token:
    fields = {name: getattr(row, name) for name in Token.__struct_fields__}
    return Token(**{**fields, "scopes": tuple(fields["scopes"].split())})
