"""Click's refusals of a command line in Thai. Their English is Click's own."""

import re
from collections.abc import Sequence

import click

_QUOTED = re.compile(r"'([^']*)'")
_BRACKETED = re.compile(r"\((.*)\)")


def in_thai(failure: click.ClickException) -> str:
    """What is wrong in the command line, and where to read how it is used."""
    context = getattr(failure, "ctx", None)
    how = f" ดูวิธีใช้: {context.command_path} --help" if context else ""
    return f"{_what(failure)}{how}"


def _what(failure: click.ClickException) -> str:
    match failure:
        case click.MissingParameter():
            return f"ยังไม่ได้ระบุ {_name(failure)}"
        case click.BadParameter():
            return _bad_value(failure)
        case click.NoSuchOption():
            return f"ไม่มีตัวเลือก {failure.option_name}{_alike(failure.possibilities)}"
        case click.NoSuchCommand():
            return f"ไม่มีคำสั่ง {failure.command_name}{_alike(failure.possibilities)}"
        case click.BadOptionUsage():
            return f"ตัวเลือก {failure.option_name} {'ต้องมีค่าตามหลัง' if 'requires' in failure.message else 'ไม่รับค่า'}"
        case click.exceptions.NoArgsIsHelpError():
            return "ยังไม่ได้ระบุคำสั่งย่อย"
        case click.UsageError() if found := _BRACKETED.search(failure.message):
            return f"มีคำเกินมา: {found[1]}"
    return "ใช้คำสั่งไม่ถูกต้อง"


def _name(failure: click.BadParameter) -> str:
    if failure.param is None:
        return "ค่าที่จำเป็น"
    return failure.param.get_error_hint(failure.ctx).replace("'", "")


def _alike(names: Sequence[str] | None) -> str:
    return f" อาจหมายถึง {', '.join(names)}" if names else ""


def _bad_value(failure: click.BadParameter) -> str:
    typed = _QUOTED.search(failure.message)
    value = f" “{typed[1]}”" if typed else ""
    return f"ค่า{value} ของ {_name(failure)} ใช้ไม่ได้ {_wanted(failure.param)}".rstrip()


def _wanted(param: click.Parameter | None) -> str:
    match param.type if param else None:
        case click.Choice(choices=choices):
            return f"เลือกได้: {', '.join(map(str, choices))}"
        case click.Path() | click.File():
            return "ต้องเป็นไฟล์ที่มีอยู่และอ่านได้ โปรดตรวจชื่อและตำแหน่งของไฟล์"
        case click.IntRange(min=least, max=most):
            return f"ต้องเป็นจำนวนเต็มตั้งแต่ {least} ถึง {most}"
        case click.types.IntParamType():
            return "ต้องเป็นจำนวนเต็ม"
    return ""
