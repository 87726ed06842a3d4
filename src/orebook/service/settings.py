"""What a service is told when it starts: by options of the command, else by OREBOOK_... in the environment."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1024 * 1024


class Settings(BaseSettings):
    """Where things are, and how much of everything a request or a run may take."""

    model_config = SettingsConfigDict(env_prefix="OREBOOK_", extra="forbid", frozen=True)

    home: Path = Field(Path("orebook-data"), description="folder of the store's database and of the files of results")
    store: str | None = Field(None, description="postgresql://... in the place of a SQLite file in `home`")
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    root_path: str = Field("", description="where a proxy has put the service, such as /orebook")
    forwarded: bool = Field(False, description="behind a proxy on this machine: believe its X-Forwarded-... headers")

    auth: Literal["auto", "keys", "none"] = Field("auto", description="auto: keys wherever they or OIDC are set up")
    token: SecretStr | None = Field(
        None, description="asked of whoever comes where no keys are; `orebook serve` has one made"
    )
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_scopes_claim: str = Field(
        "orebook_scopes", description="claim with read, plan, approve, admin; who has none is out"
    )
    oidc_require: str | None = Field(
        None,
        pattern=r"^[^=\s]+=.+$",
        description="CLAIM=VALUE that has to be among the claims, such as groups=buyers",
    )

    workers: int = Field(1, ge=0, le=64, description="runs solved at once by `orebook serve` or `orebook worker`")
    memory_mb: int = Field(8192, ge=128, description="address space of one solve's process")
    wall_s: float = Field(7200.0, gt=0, description="most seconds of one run, whatever it asked for")
    beat_s: float = Field(1.0, gt=0, description="a running run shows this often that its worker lives")
    lost_s: float = Field(
        60.0, gt=0, description="a run of another machine is queued again after so long without a sign"
    )
    busy_s: float = Field(20.0, gt=0, description="how long a writer waits for another one on SQLite")
    tries: int = Field(3, ge=1, description="workers or processes that died with a run before it is given up")

    read_s: float = Field(20.0, gt=0, description="most seconds of CPU in which what is brought is read")
    read_mb: int = Field(4096, ge=256, description="address space of a process that reads what is brought")

    body_mb: float = Field(20.0, gt=0, description="most of a request's body")
    unpacked_mb: float = Field(60.0, gt=0, description="most of a zip or workbook unpacked")
    minerals: int = Field(500, ge=1, description="most minerals of an instance")
    rows: int = Field(200_000, ge=1, description="most rows of an instance, all tables together")
    scenarios: int = Field(2_000, ge=1, description="most scenarios of a sweep")
    solve_s: float = Field(3600.0, gt=0, description="most seconds of solving that a run may ask for")
    waiting: int = Field(2_000, ge=1, description="most runs queued at once")
    key_requests_s: float = Field(50.0, gt=0, description="most requests of one key a second, of one web process")
    key_waiting: int = Field(1_000, ge=1, description="most runs of one key queued at once")
    key_streams: int = Field(100, ge=1, description="most streams of events that one key has open, of one web process")
    guesses_minute: float = Field(30.0, ge=1, description="most unknown keys from one address a minute")
    head_s: float = Field(20.0, gt=0, description="seconds in which the head of a request has to come")
    body_s: float = Field(30.0, gt=0, description="the same of its body, and a second more for each 20 kB")
    connections: int = Field(1_000, ge=10, description="most connections at once")
    sync_s: float = Field(30.0, gt=0, description="most seconds of a solve that is waited for")
    sync_minerals: int = Field(30, ge=1, description="most minerals of a solve that is waited for")

    @property
    def url(self) -> str:
        """The store's address as SQLAlchemy takes it."""
        if self.store is None:
            return f"sqlite:///{self.home / 'orebook.db'}"
        scheme, mark, rest = self.store.partition("://")
        return f"postgresql+psycopg{mark}{rest}" if scheme in ("postgres", "postgresql") else self.store

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            return False
