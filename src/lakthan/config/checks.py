"""System checks of a deployment's settings; `lakthan serve` refuses errors and `lakthan doctor` tells them all."""

import stat
from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import ERROR, WARNING, CheckMessage, register


class Explained(CheckMessage):
    """A message of a check that speaks Thai too."""

    def __init__(self, level: int, identifier: str, *, th: str, en: str, mend_th: str, mend_en: str) -> None:
        super().__init__(level, en, hint=mend_en, id=identifier)
        self.th = th
        self.mend_th = mend_th


@register
def check_hosts(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """A server that answers to any host name can be made to print false links into its own pages."""
    in_production = settings.ENVIRONMENT == settings.PRODUCTION
    if "*" in settings.ALLOWED_HOSTS:
        return [
            Explained(
                ERROR if in_production else WARNING,
                "lakthan.E001",
                th="LAKTHAN_HOSTS มี * คือยอมรับชื่อเครื่องทุกชื่อ",
                en="LAKTHAN_HOSTS holds *, so any host name is answered.",
                mend_th="ระบุชื่อเครื่องที่ใช้จริง คั่นด้วยจุลภาค",
                mend_en="Name the hosts that people use, separated by commas.",
            )
        ]
    if in_production and set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost"}:
        return [
            Explained(
                WARNING,
                "lakthan.W002",
                th="LAKTHAN_HOSTS ไม่มีชื่อเครื่องสาธารณะ เครื่องอื่นจึงเปิดหน้าเว็บไม่ได้",
                en="LAKTHAN_HOSTS names no public host, so no other machine gets a page.",
                mend_th="ตั้ง LAKTHAN_HOSTS เป็นชื่อเว็บไซต์ เช่น results.example.go.th",
                mend_en="Set LAKTHAN_HOSTS to the name of the site, for example results.example.go.th.",
            )
        ]
    return []


@register
def check_secret_key(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Whoever reads the secret key can forge sessions."""
    path = settings.HOME / "secret-key"
    if not path.exists() or not stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [
        Explained(
            ERROR if settings.ENVIRONMENT == settings.PRODUCTION else WARNING,
            "lakthan.E003",
            th=f"ผู้ใช้อื่นในเครื่องอ่านกุญแจลับ {path} ได้",
            en=f"Other users of this machine can read the secret key {path}.",
            mend_th=f"สั่ง chmod 600 {path}",
            mend_en=f"Run chmod 600 {path}",
        )
    ]
