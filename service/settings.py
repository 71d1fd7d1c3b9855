"""Every setting of Zhibi: read once from the environment and `.env` where things are wired, then passed down as values.

`docs/settings.md` is generated from the descriptions here. A setting nobody reads does not belong in this file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.domain.errors import UnusableInput

Positive = Annotated[int, Field(gt=0)]


class Settings(BaseSettings):
    """The settings as typed values; defaults make a complete, offline, single-machine Zhibi."""

    model_config = SettingsConfigDict(
        env_prefix="ZHIBI_",
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
    )

    home: Path = Field(
        default=Path(".zhibi"),
        description="The folder that holds all state: database, index, uploads. Nothing is written elsewhere.",
    )
    genres_folder: Path | None = Field(
        default=None,
        description="A folder of genre plans of one's own, each a TOML file as in prompts/genres with a `name`.",
    )
    host: str = Field(
        default="127.0.0.1", description="The address `zhibi serve` listens on; 0.0.0.0 for the whole network."
    )
    port: Annotated[int, Field(ge=0, le=65535)] = Field(default=8000, description="The port `zhibi serve` listens on.")
    public_url: str | None = Field(
        default=None,
        description="The address people type, such as http://zhibi.lan:8000; printed in sign-in links. "
        "By default it is made of host and port.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="The SQL database that is the record. By default the SQLite file `zhibi.sqlite` in ZHIBI_HOME; "
        "postgresql+psycopg://… for several machines.",
    )
    chroma_url: str | None = Field(
        default=None,
        description="A Chroma server such as http://127.0.0.1:8001. By default Chroma is embedded under ZHIBI_HOME, "
        "which allows one process only.",
    )
    embedding_model: str | None = Field(
        default=None,
        description="An embedding model of the OpenAI-compatible server. By default the encoder shipped in a wheel.",
    )

    model: str | None = Field(
        default=None, description="The language model that writes sections. Without it rules compose the draft."
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("OPENAI_API_KEY", "openai_api_key"),
        description="The key of the OpenAI-compatible server. Servers that need none take any text.",
    )
    openai_base_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("OPENAI_BASE_URL", "openai_base_url"),
        description="The address of any OpenAI-compatible server, usually ending in /v1.",
    )
    model_timeout_seconds: Positive = Field(
        default=120, description="Seconds one section may take at the model before the rules write it instead."
    )
    model_first_token_seconds: Positive = Field(
        default=60, description="Seconds a model may take to its first words before the reply is given up."
    )
    model_between_tokens_seconds: Positive = Field(
        default=30, description="Seconds a model may fall silent inside a reply before it is given up."
    )
    model_retries: Annotated[int, Field(ge=0, le=10)] = Field(
        default=2, description="Times a request is sent again after a failure that may pass (429, 500, a cut stream)."
    )
    model_requests_per_minute: Annotated[int, Field(ge=0)] = Field(
        default=0, description="Requests that all processes together send to one model in a minute; 0 for no limit."
    )
    model_tokens_per_minute: Annotated[int, Field(ge=0)] = Field(
        default=0, description="Tokens that all processes together spend at one model in a minute; 0 for no limit."
    )
    model_failures_to_pause: Positive = Field(
        default=5,
        description="Failures in a row, over all processes, after which a model or embedding server is left alone.",
    )
    model_pause_seconds: Positive = Field(
        default=30, description="Seconds such a server is left alone; then one request tries it."
    )
    model_arranges: bool = Field(
        default=True,
        description="Let the model group and order a section's facts before it writes: one short request more for a "
        "section of six facts and above. Off, the rules arrange them.",
    )
    model_price_prompt: Annotated[float, Field(ge=0)] = Field(
        default=0.0, description="What a million tokens of prompt cost, in any currency; recorded with each section."
    )
    model_price_completion: Annotated[float, Field(ge=0)] = Field(
        default=0.0, description="What a million tokens of reply cost, in the same currency."
    )
    fallback_model: str | None = Field(
        default=None,
        description="A second model, asked where the first does not answer. What the first refuses for its content "
        "is never carried to it.",
    )
    fallback_base_url: str | None = Field(
        default=None, description="The second model's server. By default the first model's."
    )
    fallback_api_key: SecretStr | None = Field(
        default=None, description="The key of the second model's server. By default the first model's."
    )
    no_outside_model: bool = Field(
        default=False,
        description="Forbid every model outside this machine (涉密): drafting and embeddings alike refuse a server "
        "that is neither loopback nor named in ZHIBI_OWN_MODEL_HOSTS.",
    )
    own_model_hosts: str = Field(
        default="",
        description="Hosts of your own model servers, separated by commas, allowed where outside models are forbidden.",
    )
    model_parallel_sections: Positive = Field(
        default=4, description="Sections a model writes side by side for one draft."
    )
    model_context_tokens: Positive = Field(
        default=16_000, description="Tokens the model accepts in all; a prompt is cut to fit, with the reply kept free."
    )
    model_reply_tokens: Positive = Field(default=2_000, description="Tokens the model may write for one section.")

    exemplars: Annotated[int, Field(ge=0, le=20)] = Field(
        default=4, description="Past sections, masked, that a draft may take its form from."
    )
    overlap_block_chars: Positive = Field(
        default=30,
        description="Characters in a row shared with one past report, fixed formulas set aside, that block a draft.",
    )
    repair_rounds: Annotated[int, Field(ge=0, le=5)] = Field(
        default=2, description="Times a section with blocking findings is rewritten before the placeholder stands in."
    )
    notes_max_chars: Positive = Field(default=100_000, description="Characters of notes that one draft accepts.")
    upload_max_bytes: Positive = Field(
        default=20_000_000, description="Bytes of one uploaded file; larger ones are refused before they are read."
    )

    read_max_bytes: Positive = Field(
        default=20_000_000, description="Bytes of one file that is read: a past report, notes, a draft to check."
    )
    read_max_expanded_bytes: Positive = Field(
        default=100_000_000, description="Bytes that a .zip, .docx or .xlsx may unpack to, by what it declares."
    )
    read_max_ratio: Positive = Field(
        default=200, description="How many times larger than itself a .zip, .docx or .xlsx may become."
    )
    read_max_entries: Positive = Field(default=5_000, description="Files inside one .zip, .docx or .xlsx.")
    read_max_nesting: Positive = Field(default=2, description="Archives that may stand in each other; 1 allows none.")
    read_max_pages: Positive = Field(default=500, description="Pages of one .pdf.")
    read_max_cells: Positive = Field(default=500_000, description="Filled cells of one .xlsx or .csv.")
    read_max_chars: Positive = Field(default=2_000_000, description="Characters of text that one file may give.")
    read_seconds: Positive = Field(
        default=60, description="Seconds one file may take before the process that reads it is stopped."
    )
    read_memory_mb: Annotated[int, Field(ge=300)] = Field(
        default=1_500, description="Megabytes of address space of the process that takes files apart."
    )

    draft_workers: Annotated[int, Field(ge=0, le=64)] = Field(
        default=2, description="Drafts one process writes at the same time; 0 leaves drafting to other processes."
    )
    long_text_processes: Annotated[int, Field(ge=0, le=16)] = Field(
        default=2,
        description="Processes, started when first needed, that read and check texts of 20,000 characters and above, "
        "so that pages answer meanwhile; 0 does it in the server's own process.",
    )
    long_text_seconds: Positive = Field(
        default=600, description="Seconds one such text may take before its process is stopped."
    )
    lease_seconds: Positive = Field(
        default=15,
        description="Seconds after which a run whose process fell silent is taken over. "
        "Shorter resumes sooner; longer forgives a machine that stalls.",
    )
    run_attempts: Positive = Field(
        default=5, description="Times a run is started again after its process died, before it is reported as failed."
    )
    heartbeat_seconds: Annotated[int, Field(gt=0, le=15)] = Field(
        default=10, description="Seconds between signs of life on an event stream; proxies cut silent ones."
    )

    session_hours: Positive = Field(default=12, description="Hours a sign-in lasts.")
    sign_in_link_hours: Positive = Field(default=24, description="Hours a one-time sign-in link stays valid.")
    token_days: Positive = Field(default=180, description="Days a bearer token made by `zhibi token` stays valid.")
    sign_in_attempts: Positive = Field(
        default=8,
        description="Failed sign-ins per name, and five times as many per address, allowed within 15 minutes.",
    )
    oidc_issuer: str | None = Field(
        default=None,
        description="The address of an OpenID Connect provider, exactly as its own discovery document writes it; turns "
        "single sign-on on. The address to register there is ZHIBI_PUBLIC_URL with /single-sign-on/back. Its "
        "certificate is checked against this machine's own store.",
    )
    oidc_client_id: str | None = Field(default=None, description="What the provider calls this Zhibi.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="The secret the provider gave with it.")
    oidc_name: str = Field(default="统一登录", description="What the button on the sign-in page calls the provider.")
    oidc_claim: str = Field(
        default="preferred_username", description="The claim that holds the account's name; sub where nothing else is."
    )
    oidc_role: Literal["none", "staff"] = Field(
        default="none",
        description="What a person who arrives for the first time becomes: staff of their unit, or nothing (none: only "
        "accounts that an administrator made).",
    )
    oidc_unit_claim: str | None = Field(
        default=None,
        description="The claim that holds the unit of a person who becomes staff; the unit must exist. It decides "
        "whose drafts they see, so it must be one that people cannot write themselves.",
    )
    oidc_bind_by_name: bool = Field(
        default=False,
        description="Bind an account that exists to whoever arrives first under its name. Off, `zhibi user bind` does "
        "it; an administrator's account is never bound by its name.",
    )
    retention_days: Positive | None = Field(
        default=None,
        description="Days after its last change that `zhibi purge` deletes a draft. By default everything is kept.",
    )
    secure_cookies: bool = Field(
        default=False,
        description="Send cookies over HTTPS only. Off by default: an office intranet often has plain HTTP.",
    )
    wording_off: str = Field(
        default="",
        pattern=r"^(?:R\d\d(?:\s*,\s*R\d\d)*)?$",
        description="Wording rules that are not told, by code and separated by commas (R02,R37); docs/wording.md lists "
        "them.",
    )
    label_generated: bool = Field(
        default=True,
        description="Write into a Word file's properties that a machine composed it, as labelling rules ask.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="What `zhibi serve` logs."
    )

    @property
    def wording_switched_off(self) -> frozenset[str]:
        """The codes of `wording_off`."""
        return frozenset(code.strip() for code in self.wording_off.split(",") if code.strip())

    @property
    def database_address(self) -> str:
        """The database URL in force, the SQLite file under `home` where none is set."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.home.absolute() / 'zhibi.sqlite'}"


def load_settings() -> Settings:
    """The settings of this process. Raises UnusableInput that names the setting and its wrong value's reason."""
    try:
        return Settings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = setting_name(str(first["loc"][0])) if first["loc"] else "ZHIBI_*"
        raise UnusableInput(
            f"设置 {name} 的值无法使用：{first['msg']}。请在环境变量或 .env 文件中改正后重新启动。", setting=name
        ) from wrong


def setting_name(field: str) -> str:
    """The environment variable of the settings field `field`. Pure."""
    upper = field.upper()
    return upper if upper.startswith("OPENAI_") else f"ZHIBI_{upper}"
