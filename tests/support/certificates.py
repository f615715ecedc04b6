"""Certificates for TLS tests, by the openssl command: an authority of the test's own, and servers it vouches for."""

import subprocess
from pathlib import Path


class Authority:
    """Makes ``ca.pem`` in ``folder``, and server certificates beside it."""

    def __init__(self, folder: Path, name: str = "Test authority"):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.file = folder / "ca.pem"
        self._key = folder / "ca.key"
        _openssl("req", "-x509", *_NEW_KEY, self._key, "-out", self.file, "-days", "2", "-subj", f"/CN={name}")

    def server(self, name: str, *, address: str = "", expired: bool = False) -> Path:
        """Certificate and key of a server in one PEM file; ``address`` is an IP that it also speaks for."""
        key, request, certificate = (self.folder / f"{name}.{kind}" for kind in ("key", "csr", "pem"))
        names = self.folder / f"{name}.names"
        names.write_text(f"subjectAltName=DNS:{name}" + (f",IP:{address}" if address else "") + "\n")
        _openssl("req", *_NEW_KEY, key, "-out", request, "-subj", f"/CN={name}")
        if expired:
            self._sign_expired(request, certificate, names)
        else:
            signed = ("-CA", self.file, "-CAkey", self._key, "-CAcreateserial", "-extfile", names)
            _openssl("x509", "-req", "-in", request, *signed, "-days", "2", "-out", certificate)
        both = self.folder / f"{name}.both.pem"
        both.write_text(certificate.read_text() + key.read_text())
        return both

    def _sign_expired(self, request: Path, certificate: Path, names: Path) -> None:
        """``openssl x509`` of older versions cannot date back; ``openssl ca`` can."""
        database = self.folder / "index.txt"
        database.write_text("")
        settings = self.folder / "ca.cnf"
        settings.write_text(
            f"[ca]\ndefault_ca=own\n[own]\ndatabase={database}\nnew_certs_dir={self.folder}\ndefault_md=sha256\n"
            "policy=any\nrand_serial=yes\n[any]\ncommonName=supplied\n"
        )
        dates = ("-startdate", "20200101000000Z", "-enddate", "20200201000000Z")
        signed = ("-cert", self.file, "-keyfile", self._key, "-extfile", names, *dates)
        _openssl("ca", "-batch", "-notext", "-config", settings, *signed, "-in", request, "-out", certificate)


_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout")


def _openssl(*arguments: str | Path) -> None:
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
