"""A keyring of the test's own in the place of the system's."""

import keyring.backend
import keyring.errors


class TestsKeyring(keyring.backend.KeyringBackend):
    """Answers like the system's; ``kept`` is what it holds, ``locked`` makes it refuse."""

    __module__ = "keyring.backends.SecretService"
    __test__ = False
    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _open(self) -> dict[tuple[str, str], str]:
        if self.locked:
            raise keyring.errors.KeyringLocked("dismissed")
        return self.kept

    def get_password(self, service: str, username: str) -> str | None:
        return self._open().get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._open().pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError
