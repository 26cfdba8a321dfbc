"""Timestamps by a real authority: OpenSSL behind a small http server."""

import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bundle.conftest import edit, relist

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the command openssl")

CONFIG = """
[tsa]
default_tsa = main
[main]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def _root(folder: Path, name: str) -> None:
    _openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", f"/CN={name}"),
        *("-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"),
        *("-addext", "keyUsage=critical,keyCertSign", "-addext", "basicConstraints=critical,CA:TRUE"),
    )


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """(url, folder): root.pem bears the authority, other.pem does not."""
    folder = tmp_path_factory.mktemp("authority")
    _root(folder, "root")
    _root(folder, "other")
    request, extensions = folder / "tsa.csr", folder / "ext"
    extensions.write_text("keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n")
    _openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=tsa", "-keyout", folder / "tsa.key", "-out", request)
    _openssl(
        *("x509", "-req", "-in", request, "-CA", folder / "root.pem", "-CAkey", folder / "root.key"),
        *("-CAcreateserial", "-days", "30", "-extfile", extensions, "-out", folder / "tsa.pem"),
    )
    (folder / "serial").write_text("01")
    (folder / "config").write_text(CONFIG.format(folder=folder))

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_) -> None:
            pass

        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            answer = folder / "answer"
            _openssl("ts", "-reply", "-queryfile", folder / "query", "-config", folder / "config", "-out", answer)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer.read_bytes())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", folder
    server.shutdown()


def test_stamped_and_verified(bundle, parentage, authority) -> None:
    url, folder = authority
    assert url in parentage("timestamp", bundle, "--url", url).stdout
    assert "--tsa-root" in parentage("verify", bundle).stdout
    assert "--tsa-root" not in parentage("verify", bundle, "--tsa-root", folder / "root.pem").stdout
    other = parentage("verify", bundle, "--tsa-root", folder / "other.pem", status=1)
    assert "step 11" in other.stderr


def test_timestamp_of_another_bundle(bundle, parentage, authority) -> None:
    url, _ = authority
    shutil.rmtree(bundle / "attestations")
    shutil.rmtree(bundle / "responses")
    parentage("timestamp", bundle, "--url", url)
    edit(bundle / "as-run/environment.json", lambda d: d.update(cores=4096))
    relist(bundle)
    assert "another bundle" in parentage("verify", bundle, status=1).stderr


def test_timestamp_that_is_none(bundle, parentage) -> None:
    (bundle / "timestamps").mkdir()
    (bundle / "timestamps/0001.tsr").write_bytes(b"0\x03\x02\x01\x00")
    assert "step 11" in parentage("verify", bundle, status=1).stderr
    (bundle / "timestamps/0001.tsr").unlink()
    assert "http or https" in parentage("timestamp", bundle.parent, "--url", "ftp://x", status=2).stderr
