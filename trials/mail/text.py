"""What is to be sent, before it is sealed."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MailText:
    """Plain text; `headers` are those that programs read, and go out as they stand."""

    subject: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)
