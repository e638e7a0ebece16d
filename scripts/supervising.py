"""The tables of docs/supervising.md, from the data that the engine follows."""

from luoshi.supervise import State, profiles, slip_profiles, workflow
from luoshi.supervise.lights import Profile
from luoshi.supervise.words import data, word

COMPARISONS = {"=": "=", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def tables() -> dict[str, str]:
    """Every generated part by the name of its mark."""
    return {
        "roles": roles(),
        "states": states(),
        "moves": moves(),
        "documents": documents(),
        "ladder": ladder(),
        "evidence": evidence(),
        "words": words(),
        "profiles": overview(),
        **{f"profile {name}": profile(found) for name, found in profiles().items()},
        "slips": slips(),
        "reminders": reminders(),
        "reports": reports(),
    }


def table(head: str, rows: list[list[str]]) -> str:
    lines = [head, "|" + "---|" * (head.count("|") - 1)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def states() -> str:
    flow = workflow()
    rows = [
        [
            state.number,
            f"{state.zh} `{name}`",
            state.en,
            _waits(state),
            "当日" if state.limit == 0 else f"{state.limit} 个工作日" if state.limit else "—",
            state.basis,
        ]
        for name, state in flow.states.items()
    ]
    return table("| 序 | 状态 | state | 等谁办 | 时限 | 依据 basis |", rows)


def _waits(state: State) -> str:
    flow = workflow()
    said = [(state.owner, state.next)] + ([(state.passes.owner, state.passes.next)] if state.passes else [])
    return (
        "，然后".join(
            flow.roles[owner]["zh"] + (f"（{flow.moves[move].zh}）" if move else "") for owner, move in said if owner
        )
        or "—"
    )


def moves() -> str:
    flow = workflow()
    rows = []
    for name, move in flow.moves.items():
        origins = "、".join(flow.states[state].zh for state in move.origins)
        to = flow.states[move.to].zh if move.to else "不变"
        by = "、".join(flow.roles[role]["zh"] for role in move.by)
        needs = "、".join(word("field", need) for need in move.needs) or "—"
        told = "、".join(f"{flow.documents[tell.document]['zh']}→{flow.roles[tell.to]['zh']}" for tell in move.tells)
        rows.append([f"{move.zh} `{name}`", move.en, origins, to, by, needs, told or "—"])
    return table("| 动作 | move | 从 | 到 | 谁 | 必填 | 文书 |", rows)


def roles() -> str:
    flow = workflow()
    rows = []
    for name, role in flow.roles.items():
        theirs = "、".join(move.zh for move in flow.moves.values() if name in move.by)
        rows.append([f"{role['zh']} `{name}`", role["en"], theirs or "只看不动"])
    return table("| 角色 | role | 能做的动作 |", rows)


def documents() -> str:
    rows = [[f"{row['zh']} `{name}`", row["en"]] for name, row in workflow().documents.items()]
    return table("| 文书 | document |", rows)


def ladder() -> str:
    rows = [
        [
            f"E{row['rank']}",
            row["zh"],
            row["en"],
            f"{row['claim']}%",
            f"{row['verified']}%",
            word("grade", row["grade"]),
        ]
        for row in data("evidence.toml")["ladder"]
    ]
    return table("| 级 | 佐证 | evidence | 自报最多算到 | 核实最多认到 | 核实等级 |", rows)


def evidence() -> str:
    rows = [
        [f"{row['zh']} `{name}`", row["en"], f"E{row['rank']}", "能" if row["completes"] else "不能"]
        for name, row in data("evidence.toml")["kinds"].items()
    ]
    return table("| 种类 | kind | 级 | 能否证明完成 |", rows)


def words() -> str:
    titles = {
        "class": "进度类 `progress_class`", "forecast": "年底预测 `forecast`", "grade": "核实等级 `grade`",
        "light": "灯号 `light`", "cause": "原因 `cause`", "request": "申请 `request`", "effect": "成效 `effect`",
        "fate": "承诺的下落 `fate`",
    }  # fmt: skip
    rows = [
        [title, "、".join(f"{row['zh']} `{name}`" for name, row in data("words.toml")[group].items())]
        for group, title in titles.items()
    ]
    return table("| 词表 | 取值 |", rows)


def overview() -> str:
    rows = [
        [f"`{one.name}`", one.zh, one.en, {"item": "事项", "unit": "单位"}[one.scope], one.source]
        for one in profiles().values()
    ]
    return table("| 名称 | 中文 | English | 评什么 | 来源 source |", rows)


def profile(one: Profile) -> str:
    rows = [
        [f"`{rule.id}`", one.names.get(rule.colour, word("light", rule.colour)), _all(rule.all), rule.says]
        for rule in one.rules
    ]
    if one.repeat:
        periods = f"{word('light', one.repeat.colour)}，连同前面共 {one.repeat.periods} 期"
        rows.append([f"`{one.repeat.id}`", word("light", one.repeat.becomes), periods, one.repeat.says])
    return table("| 规则 | 灯 | 条件 | 说明 |", rows)


def slips() -> str:
    rows = []
    for one in slip_profiles().values():
        for name in one.order:
            colour = one.colours[name]
            starts = "；".join(_all(wanted) for start, wanted in one.starts if start == name)
            rows.append(
                [
                    f"`{one.name}`",
                    f"{colour['shape']} {colour['zh']} `{name}`",
                    colour["means"],
                    starts or "上一张到期未答复",
                ]
            )
    return table("| 方案 | 督查单 | 意思 | 何时该发 |", rows)


def reminders() -> str:
    who = {
        "owner": "经办（联络员、领导或督查室）",
        "unit_head": "单位主要负责人",
        "leader": "责任领导",
        "office": "督查室",
    }
    rows = []
    for step in data("rhythm.toml")["ladder"]:
        day = f"T{step['days']:+d}" if step["days"] else "T"
        later = step.get("working_days_later")
        told = "、".join(who[one] for one in step["to"])
        rows.append([f"{day} + {later} 个工作日" if later else day, step["zh"], told, step["source"]])
    return table("| 哪天 | 说什么 | 提醒谁 | 来源 |", rows)


def reports() -> str:
    rows = [[f"`{name}`", row["zh"], row["en"], row["source"]] for name, row in data("rhythm.toml")["reports"].items()]
    return table("| 节奏 | 中文 | English | 来源 |", rows)


def _all(wanted: object) -> str:
    said = [f"`{name}` {COMPARISONS[sign]} {_value(value)}" for name, sign, value in wanted]  # type: ignore[attr-defined]
    return " 且 ".join(said) or "其余"


def _value(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
