"""Examinations of the installation: settings, assets, translations. Django is set up when they begin."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.core.checks import ERROR, WARNING, CheckMessage, run_checks

from lakthan.cli.doctor.answer import Answer, State, well

ASSET_CHECKS = "lakthan.web."


def examine() -> Iterator[Answer]:
    """All examinations of the installation."""
    messages = run_checks()
    of_assets = [message for message in messages if (message.id or "").startswith(ASSET_CHECKS)]
    yield from wrong_settings([message for message in messages if message not in of_assets])
    yield assets(of_assets)
    yield translations(settings.LOCALE_PATHS)


def wrong_settings(messages: Sequence[CheckMessage]) -> Iterator[Answer]:
    """One answer for each message of the system checks, or one that says that there is none."""
    for message in messages:
        yield Answer(
            f"settings ({message.id})",
            _state(message),
            getattr(message, "th", message.msg),
            message.msg,
            getattr(message, "mend_th", message.hint or ""),
            message.hint or "",
        )
    if not messages:
        yield well("settings", f"ถูกต้อง ({settings.ENVIRONMENT})", f"Valid ({settings.ENVIRONMENT}).")


def _state(message: CheckMessage) -> State:
    if message.level >= ERROR:
        return State.FAIL
    return State.WARN if message.level >= WARNING else State.OK


def assets(messages: Sequence[CheckMessage]) -> Answer:
    """Whether the styles and fonts of the pages are there."""
    if not messages:
        return well("assets", "มีรูปแบบหน้าเว็บและแบบอักษรครบ", "Styles and fonts of the pages are there.")
    worst = max(messages, key=lambda message: message.level)
    return Answer(
        "assets",
        _state(worst),
        "รูปแบบหน้าเว็บหรือแบบอักษรไม่ครบ",
        worst.msg,
        "สั่ง npm ci ในโฟลเดอร์ของโครงการ (หรือ make demo) ถ้าเป็นระบบใช้งานจริงให้สั่ง django-admin collectstatic",
        worst.hint or "",
    )


def translations(folders: Sequence[Path]) -> Answer:
    """Whether each catalog of translations is compiled from its present source."""
    stale = [source for folder in folders for source in sorted(folder.rglob("*.po")) if _is_stale(source)]
    if not stale:
        return well("translations", "แปลครบทุกภาษา", "Compiled.")
    return Answer(
        "translations",
        State.WARN,
        f"ยังไม่ได้คอมไพล์ {stale[0]}",
        f"{stale[0]} is not compiled.",
        "สั่ง python -m lakthan.web.catalogs",
        "Run python -m lakthan.web.catalogs",
    )


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
