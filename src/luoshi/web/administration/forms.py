"""The forms of administration."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import lazy

from luoshi.store.fetching import all_units
from luoshi.web.api.keys import SCOPES
from luoshi.web.roles import roles
from luoshi.web.shell.language import say

said = lazy(say, str)


class NewPerson(forms.Form):
    """A person to be."""

    username = forms.RegexField(r"^[A-Za-z0-9_.-]+$", label=said("用户名", "User name"), max_length=60,
                                help_text=said("字母、数字、点、横线", "letters, digits, dot, dash"))  # fmt: skip
    name = forms.CharField(label=said("姓名", "Name"), max_length=60)
    email = forms.EmailField(label=said("邮箱", "E-mail"), required=False)
    phone = forms.CharField(label=said("电话", "Phone"), max_length=40, required=False)


class Reason(forms.Form):
    """Why."""

    reason = forms.CharField(label=said("原因", "Reason"), max_length=200)


class NewRole(forms.Form):
    """A role for a person, with a unit where the role needs one; with days where it is only for a time."""

    role = forms.ChoiceField(label=said("角色", "Role"))
    unit = forms.ModelChoiceField(all_units().none(), label=said("单位", "Unit"), required=False)
    since = forms.DateField(label=said("从", "From"), required=False, widget=forms.DateInput({"type": "date"}),
                            help_text=said("空着：从现在起", "Left empty: from now on"))  # fmt: skip
    until = forms.DateField(label=said("到（含当天）", "Until, that day included"), required=False,
                            widget=forms.DateInput({"type": "date"}),
                            help_text=said("空着：长期。代理、借调的请写上", "Left empty: for good"))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, unit = self.fields["role"], self.fields["unit"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(unit, forms.ModelChoiceField)
        role.choices = [(one.name, say(one.zh, one.en)) for one in roles().values()]
        unit.queryset = all_units().filter(closed=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        role = roles().get(found.get("role", ""))
        if role is not None and role.unit and found.get("unit") is None:
            self.add_error("unit", say("这个角色要说明是哪个单位的", "This role needs a unit"))
        if role is not None and not role.unit:
            found["unit"] = None
        return found


class NewAddress(forms.Form):
    """Where messages are to go."""

    address = forms.CharField(
        label=said("地址", "Address"),
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=said("只有您自己能改；口令不再显示", "Only you can change it; its secrets are not shown again"),
    )


class NewToken(forms.Form):
    """A token for a program."""

    name = forms.CharField(label=said("给什么程序用", "For which program"), max_length=60)
    scopes = forms.MultipleChoiceField(label=said("能做什么", "Scopes"), widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(label=said("用几天", "Days"), min_value=1, max_value=366, initial=90)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = self.fields["scopes"]
        assert isinstance(scopes, forms.MultipleChoiceField)
        scopes.choices = [(name, say(zh, en)) for name, (zh, en) in SCOPES.items()]

    @property
    def lasts(self) -> timedelta:
        """How long the token is to live."""
        return timedelta(days=self.cleaned_data["days"])
