"""The office's file as a form: its names and the address of the public site; its rules of openness stay as they are."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from django import forms

from luoshi.web.shell.language import pair

_LONGEST = 200


def _text(zh: str, en: str, **given: Any) -> forms.CharField:
    return forms.CharField(label=pair(zh, en), required=False, max_length=_LONGEST, **given)


class OfficeForm(forms.Form):
    """The names; an empty one is as the office's file that comes with luoshi says."""

    site = forms.URLField(
        label=pair("公开网站的地址", "Address of the public site"),
        required=False,
        assume_scheme="https",
        help_text=pair("二维码指向它；空着就没有二维码", "QR codes point there; none without it"),
    )
    place = _text("地名", "Place", help_text=pair("空着就用报告里的", "empty: as the report says"))
    government = _text("政府全称", "Government")
    issuer = _text("制发文书的部门", "Who issues the papers")
    word = _text("发文字号的代字", "Word of the document number")
    bulletin = _text("通报刊头", "Head of the bulletin")
    addressees = _text("主送", "Addressed to")
    copies = _text("抄送", "Copied to")
    contact = _text("联系人", "Contact", help_text=pair("只写进文书，不公开", "for papers, never public"))
    phone = _text("电话", "Phone", help_text=pair("只写进文书，不公开", "for papers, never public"))
    licence = _text("开放数据的许可", "Licence of the open data")

    def text(self, before: str) -> str:
        """The office's file with what was typed, over ``before``."""
        names = {name: str(value) for name, value in self.cleaned_data.items() if value}
        rules = tomllib.loads(before).get("openness", {})
        said = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in names.items()]
        if rules:
            said += ["", "[openness]", *(f"{name} = {json.dumps(value)}" for name, value in rules.items())]
        return "\n".join(said) + "\n"


def names_in(text: str) -> dict[str, Any]:
    """The names that the office's file gives, as the initial values of an :class:`OfficeForm`."""
    return {name: value for name, value in tomllib.loads(text).items() if isinstance(value, str)}
