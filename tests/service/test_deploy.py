"""What ships for who runs the service is well-formed for the program that reads it, and each of its commands runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml

from orebook.service import deploy
from orebook.service.settings import Settings
from tests.cli.commands import OREBOOK
from tests.debian import installed
from tests.patience import PATIENCE_S
from tests.service.postgres import postgres
from tests.service.running import serving
from tests.serving import free_port, until_ready

FOLDER = Path(deploy.__file__).parent
ROOT = Path(__file__).parents[2]
UNITS = ("orebook.service", "orebook-worker@.service")


def _compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "compose.yaml").read_text())
    return found


def test_settings_that_are_named_exist() -> None:
    """Every OREBOOK_... of every file is a setting, but for what a file makes of it itself."""
    for path in FOLDER.iterdir():
        if path.is_file():
            named = set(re.findall(r"OREBOOK_([A-Z_]+)", path.read_text())) - {"DB_PASSWORD"}
            assert {name.lower() for name in named} <= set(Settings.model_fields), path


@pytest.mark.slow
def test_the_units_are_units(tmp_path: Path) -> None:
    """`systemd-analyze verify` has nothing to say, once the program is there; only the state's folder may be written."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    for name in UNITS:
        unit = (FOLDER / name).read_text().replace("/opt/orebook/bin/orebook", str(OREBOOK))
        instance = tmp_path / name.replace("@", "@1")
        instance.write_text(unit)
        ended = subprocess.run(["systemd-analyze", "verify", instance], capture_output=True, text=True, check=False)
        said = [line for line in ended.stderr.splitlines() if name.partition(".")[0].rstrip("@") in line]
        assert (ended.returncode, said) == (0, []), ended.stderr
        assert "UMask=0077" in unit
        assert "ProtectSystem=strict" in unit


@pytest.mark.slow
def test_nginx_takes_its_file_and_a_request_goes_through(tmp_path: Path) -> None:
    """With a certificate made here, on other ports: TLS outside, keys asked for, the page's origin known to the service."""
    if shutil.which("nginx") is None and not installed("nginx-light"):
        pytest.skip("no nginx, and apt did not install it")
    openssl = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=plans.example.org",
    ]
    subprocess.run(
        [*openssl, "-keyout", "key.pem", "-out", "fullchain.pem"], cwd=tmp_path, check=True, capture_output=True
    )
    ports = {name: free_port() for name in ("80", "443", "8000")}
    text = (FOLDER / "nginx.conf").read_text()
    text = text.replace("listen 80;", f"listen {ports['80']};").replace("listen 443", f"listen {ports['443']}")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{ports['8000']}").replace("/etc/ssl/orebook", str(tmp_path))
    text = text.replace("/var/log/nginx", str(tmp_path)).replace("/run/nginx.pid", str(tmp_path / "pid"))
    config = tmp_path / "nginx.conf"
    config.write_text(text)
    tested = subprocess.run(["nginx", "-t", "-c", config], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "[warn]" not in tested.stderr
    made = [str(OREBOOK), "key", "desk", "--scope", "read", "--scope", "plan", "--home", str(tmp_path / "home")]
    secret = subprocess.run(made, capture_output=True, text=True, check=True).stdout.strip()
    told = os.environ | {"OREBOOK_FORWARDED": "yes", "OREBOOK_AUTH": "keys", "OREBOOK_HOME": str(tmp_path / "home")}
    serve = [str(OREBOOK), "serve", "--port", str(ports["8000"]), "--workers", "0"]
    with ExitStack() as running:
        service = running.enter_context(subprocess.Popen(serve, env=told, stderr=subprocess.DEVNULL))
        running.callback(service.terminate)
        until_ready(f"http://127.0.0.1:{ports['8000']}", service)
        proxy = running.enter_context(subprocess.Popen(["nginx", "-c", config, "-g", "daemon off;"]))
        running.callback(proxy.terminate)
        url, host = f"https://127.0.0.1:{ports['443']}", {"Host": "plans.example.org"}
        with httpx2.Client(base_url=url, verify=False, headers=host, timeout=PATIENCE_S) as client:
            until_ready_through(client)
            assert client.get("/v1/instances").status_code == 401
            client.headers["Authorization"] = f"Bearer {secret}"
            assert client.get("/v1/instances").status_code == 200
            assert client.get("/metrics").status_code == 200
            page = {"Origin": "https://plans.example.org", "Cookie": f"orebook_csrf={'a' * 64}"}
            answer = client.post("/enter", data={"key": secret}, headers={**page, "X-CSRF-Token": "a" * 64})
            assert answer.status_code == 204
            assert "secure" in answer.headers["set-cookie"].lower()
            assert client.post("/v1/runs", content=b" " * (21 << 20)).status_code == 413


def until_ready_through(client: httpx2.Client) -> None:
    """Waits until the proxy listens."""
    for _ in range(int(PATIENCE_S)):
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("the proxy does not begin")


def test_the_compose_file_is_whole() -> None:
    """A database, a web process and two workers; every volume is declared, and nothing is reached from other machines."""
    compose = _compose()
    assert list(compose["services"]) == ["db", "web", "worker-1", "worker-2"]
    for service in compose["services"].values():
        assert {volume.partition(":")[0] for volume in service["volumes"]} <= set(compose["volumes"])
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
        assert service["restart"] == "always"


@pytest.mark.slow
def test_the_commands_of_the_compose_file_run(tmp_path: Path) -> None:
    """Each by hand as it stands, but for the database, the folder and the port: a run is solved by a worker."""
    services = {name: s for name, s in _compose()["services"].items() if name != "db"}
    port = str(free_port())
    with postgres() as address, ExitStack() as running:
        told = os.environ | {"OREBOOK_HOME": str(tmp_path), "OREBOOK_AUTH": "keys", "OREBOOK_STORE": address}
        made = [str(OREBOOK), "key", "desk", "--scope", "read", "--scope", "plan"]
        secret = subprocess.run(made, env=told, capture_output=True, text=True, check=True).stdout.strip()
        for service in services.values():
            command = [word.replace("8000", port) for word in service["command"]]
            assert set(service["environment"]) <= set(told)
            assert command[0] == "orebook"
            process = subprocess.Popen([str(OREBOOK), *command[1:]], env=told, stderr=subprocess.DEVNULL)
            running.enter_context(process)
            running.callback(process.terminate)
        until_ready(f"http://127.0.0.1:{port}")
        headers = {"Authorization": f"Bearer {secret}"}
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=PATIENCE_S) as client:
            run = {"kind": "solve", "instance": "vault-small", "audit": False}
            wanted = [client.post("/v1/runs", json=run).json()["id"] for _ in range(4)]
            for run_id in wanted:
                client.get(f"/v1/runs/{run_id}/events").read()  # to its end
                assert client.get(f"/v1/runs/{run_id}").json()["state"] == "optimal"


def test_the_container_file_copies_what_is_there() -> None:
    """Every file that it copies is in the repository; it ends as a user of its own, with a command that there is."""
    lines = (FOLDER / "Containerfile").read_text().splitlines()
    for line in lines:
        if line.startswith("COPY "):
            assert all((ROOT / word).exists() for word in line.split()[1:-1]), line
    kept = [line.split()[0] for line in lines if line and not line.startswith("#")]
    assert kept.index("USER") < kept.index("CMD")
    (command,) = (line.partition(" ")[2] for line in lines if line.startswith("CMD"))
    words = yaml.safe_load(command)
    helped = subprocess.run([OREBOOK, words[1], "--help"], capture_output=True, text=True, check=True).stdout
    plain = re.sub(r"\x1b\[[0-9;]*m", "", helped)
    assert all(word in plain for word in words if word.startswith("--"))
    assert shlex.join(words).startswith("orebook serve --host 0.0.0.0")


def test_alerts_are_of_metrics_that_there_are(tmp_path: Path) -> None:
    """Every name that a rule asks for stands in /metrics; every rule has a name and says what it is."""
    rules = [
        rule for group in yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"] for rule in group["rules"]
    ]
    asked = {name for rule in rules for name in re.findall(r"orebook_\w+", rule["expr"])}
    with serving(tmp_path) as client:
        client.get("/healthz")
        shown = set(re.findall(r"^(orebook_\w+)", client.get("/metrics").text, re.MULTILINE))
    assert asked <= shown
    assert len(asked) >= 3
    assert all(rule["alert"] and rule["annotations"]["summary"] for rule in rules)
