"""Who may vouch for a TLS server, and what the library found wrong with one's certificate."""

import os
import ssl

import msgspec

from agent_desktop.telephony import messages
from agent_desktop.telephony.trouble import PhoneError, Trouble

_USUAL_FILES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # macOS, Alpine
)
# PJ_SSL_CERT_E* of pj/ssl_sock.h: one bit each.
_EXPIRED = 1 << 2  # or not valid yet
_OTHER_NAME = 1 << 30


class NoAuthorities(PhoneError):
    """TLS servers cannot be verified."""


class Authorities(msgspec.Struct, frozen=True):
    """A PEM file, or its content where the system keeps it elsewhere."""

    file: str = ""
    pem: str = ""


def authorities(ca_file: str) -> Authorities:
    """The chosen file, else the system's certificate authorities. Raises NoAuthorities."""
    if ca_file:
        try:
            ssl.create_default_context(cafile=os.path.expanduser(ca_file))
        except OSError as error:  # ssl.SSLError is one
            raise NoAuthorities(Trouble.CA_FILE_UNREADABLE, ca_file) from error
        return Authorities(file=os.path.expanduser(ca_file))
    paths = ssl.get_default_verify_paths()
    for file in (paths.cafile, *_USUAL_FILES):
        if file and os.path.isfile(file):
            return Authorities(file=file)
    found = ssl.create_default_context().get_ca_certs(binary_form=True)  # Windows keeps them in its own store
    if not found:
        raise NoAuthorities(Trouble.NO_AUTHORITIES)
    return Authorities(pem="".join(ssl.DER_cert_to_PEM_cert(one) for one in found))


def verdict(verified: int) -> int:
    """One of messages.REGISTRATION_CODES for the library's verification bits; 0 for none."""
    if verified & _OTHER_NAME:
        return messages.CERTIFICATE_NAME
    if verified & _EXPIRED:
        return messages.CERTIFICATE_EXPIRED
    return messages.CERTIFICATE_UNTRUSTED if verified else 0
