"""How the picture copes: many targets and few, long names, characters without a glyph, and colours one can read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from importlib import resources
from typing import Any

import pypdfium2
import pytest

from luoshi.publish import fonts
from luoshi.publish.onepage import onepage, themes

Read = Callable[[bytes], str]
WIDTHS = ("phone", "narrow", "wide", "a3", "a3-wide")
MARGINS = {"phone": 30, "narrow": 24, "wide": 48, "a3": 48 * 0.62, "a3-wide": 48 * 0.62}
RARE = "\U00020000"


def outside(pdf: bytes, margin: float) -> list[str]:
    """The characters that stand outside the pages' margins."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        words = page.get_textpage()
        width, height = page.get_size()
        text = words.get_text_range()
        for at in range(words.count_chars()):
            left, bottom, right, top = words.get_charbox(at)
            if right - left and (left < margin - 1 or right > width - margin + 1 or bottom < 0 or top > height):
                found.append(text[max(0, at - 5) : at + 1])
    return found


def overlapping(pdf: bytes) -> list[str]:
    """Characters whose middles fall inside another character: lines printed over each other."""
    return [one for page in pypdfium2.PdfDocument(pdf) for one in _overlapping(page.get_textpage())]


def _overlapping(words: Any) -> list[str]:
    boxes = [words.get_charbox(at) for at in range(words.count_chars())]
    boxes = [box for box in boxes if box[2] - box[0] > 2 and box[3] - box[1] > 2]
    rows: dict[int, list[tuple[float, ...]]] = {}
    for box in boxes:
        rows.setdefault(int(box[1]) // 80, []).append(box)
    found = []
    for row in rows.values():
        for one in row:
            middle = ((one[0] + one[2]) / 2, (one[1] + one[3]) / 2)
            if any(o is not one and o[0] < middle[0] < o[2] and o[1] < middle[1] < o[3] for o in row):
                found.append(str(one))
    return found


def targets(report: Any, number: int, name: str = "特色产业规模第{}组") -> Any:
    """A report with ``number`` targets."""
    report.part("targets", "一、", "主要目标")
    for at in range(number):
        title = name.format("甲乙丙丁戊己庚辛壬癸"[at % 10] + "子丑寅卯"[at // 10 % 4])
        report.say(f"{title}达到{at + 3}00亿元。")
        report.figure(f"{at + 3}00亿元", title, tense="plan")
    return report


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("number", [1, 2, 3, 7, 8, 9, 40])
def test_few_targets_and_many_fit(report: Any, read_pdf: Read, number: int, width: Any) -> None:
    plan, document = targets(report, number).done()
    pictures = onepage(plan, document, width=width)
    assert pictures.problems == ()
    assert outside(pictures.files["pdf"], MARGINS[width]) == []
    assert overlapping(pictures.files["pdf"]) == []
    shown = sum(figure.text in pictures.text for figure in plan.figures)
    drawn = re.sub(r"\s", "", read_pdf(pictures.files["pdf"]))
    assert shown == min(number, 32)
    assert ("另有8项" in drawn) == (number == 40)


@pytest.mark.parametrize("width", WIDTHS)
def test_names_of_three_hundred_characters_are_cut_and_stay_inside(report: Any, width: Any) -> None:
    long = "关于进一步推进城乡交通水利能源一体化改造提升的综合性重点工程" * 10
    report.facts |= {
        "place": "云岭傣族彝族哈尼族拉祜族自治县高原湖泊新区管理委员会",
        "title": long,
        "source": long + ".docx",
    }
    report.part("plan", "一、", long)
    report.say(f"年内建成{long}。")
    report.promise(f"年内建成{long}", "project", by="年内")
    report.part("targets", "二、", "目标")
    report.say(f"{long[:38]}投资达到123456789.12亿元以上。")
    number = report.figure("123456789.12亿元", long[:38] + "投资"[:2], tense="plan", comparator="ge")
    assert number
    report.part("livelihood", "三、", "民生实事" + long)
    report.say(f"{long}完成{long[:60]}。")
    report.promise(f"{long}完成{long[:60]}", "action")
    report.part("box", "", "数读")
    report.rung(2, "两个" + long, long, long)
    plan, document = report.done()
    pictures = onepage(plan, document, width=width)
    assert pictures.problems == ()
    assert outside(pictures.files["pdf"], MARGINS[width]) == []
    assert overlapping(pictures.files["pdf"]) == []
    assert "…" in pictures.text
    assert max(map(len, pictures.text.splitlines())) < 160


def test_a_cut_never_splits_a_number(report: Any) -> None:
    report.part("plan", "一、", "今年任务")
    for lead in range(40, 60):
        text = "城" * lead + "投资1234567.89万元改造县域老旧管网并配套建设泵站"
        report.say(text + "。")
        report.promise(text, "project", report.figure("1234567.89万元", None, tense="plan"))
    plan, document = report.done()
    pictures = onepage(plan, document)
    assert pictures.problems == ()
    runs = set(re.findall(r"城(\d[\d.]*)|投资(\d[\d.]*)", pictures.text))
    assert {one or two for one, two in runs} <= {"1234567.89"}


@pytest.mark.parametrize("fixture", ["annual_report", "five_year_report"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_whole_report_stays_inside_its_margins(request: pytest.FixtureRequest, fixture: str, width: Any) -> None:
    plan, document = request.getfixturevalue(fixture).done()
    pdf = onepage(plan, document, formats=["pdf"], width=width).files["pdf"]
    assert outside(pdf, MARGINS[width]) == []
    assert overlapping(pdf) == []


def test_the_check_for_overlaps_finds_one(annual_report: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.publish.onepage import drawing

    template = drawing._template("promise")
    monkeypatch.setattr(drawing, "_template", lambda _: template.replace(b"tallies() }", b"tallies(); v(-90pt) }"))
    assert overlapping(onepage(*annual_report.done(), formats=["pdf"]).files["pdf"])


@pytest.mark.parametrize("guard_only", [False, True], ids=["by the list", "by the guard"])
@pytest.mark.parametrize("char", [RARE, "\ue5e5", "😀"])
def test_a_character_without_a_glyph_is_shown_as_a_mark_and_reported(
    report: Any, read_pdf: Read, monkeypatch: pytest.MonkeyPatch, char: str, *, guard_only: bool
) -> None:
    if guard_only:
        monkeypatch.setattr(fonts, "missing", lambda _: ())
    report.part("plan", "一、", "今年任务")
    report.say(f"修缮{char}溪古渡口。")
    report.promise(f"修缮{char}溪古渡口", "project")
    plan, document = report.done()
    pictures = onepage(plan, document)
    (found,) = pictures.problems
    assert found.code == "W022"
    assert document.text[found.start : found.end] == char
    assert f"U+{ord(char):04X}" in found.message
    assert "修缮〓溪古渡口" in read_pdf(pictures.files["pdf"])


def test_half_a_character_is_reported_too(report: Any) -> None:
    report.part("plan", "一、", "今年任务")
    report.say("修缮\ud840溪古渡口。")
    report.promise("修缮\ud840溪古渡口", "project")
    pictures = onepage(*report.done())
    assert [problem.code for problem in pictures.problems] == ["W022"]
    assert b"<title" in pictures.files["svg"]


def test_marks_that_nobody_sees_leave_no_trace(report: Any) -> None:
    report.part("plan", "一、", "今年任务")
    report.say("修缮\u200b望溪\ufeff古渡\x07口[12]，栽植行道树［3］。")
    report.promise("修缮\u200b望溪\ufeff古渡\x07口[12]，栽植行道树［3］", "project")
    pictures = onepage(*report.done())
    assert pictures.problems == ()
    assert "修缮望溪古渡口，栽植行道树" in pictures.text


def test_half_width_marks_between_chinese_are_set_full_width(report: Any) -> None:
    report.part("plan", "一、", "今年任务")
    report.say("改造管网(一期),建成泵站3.5座;长1,200米")
    report.promise("改造管网(一期),建成泵站3.5座;长1,200米", "project")
    assert "改造管网（一期），建成泵站3.5座；长1,200米" in onepage(*report.done()).text


def test_a_line_broken_by_the_page_is_joined(report: Any) -> None:
    report.part("plan", "一、", "今年任务")
    report.say("改造城\n\n 北泵站")
    report.promise("改造城\n\n 北泵站", "project")
    assert "改造城北泵站" in onepage(*report.done()).text


@pytest.mark.parametrize("part", ["ladder", "review", "targets", "plan", "livelihood"])
def test_any_part_alone_makes_a_picture(report: Any, part: str) -> None:
    if part == "ladder":
        report.part("box", "", "数读")
        report.rung(2, "两条主线", "工业立县", "文旅兴县")
    else:
        report.part(part, "一、", "标题甲")
        report.say("新建体育公园6处。")
        tense = "done" if part == "review" else "plan"
        number = report.figure("6处", "体育公园", tense=tense)
        report.promise("新建体育公园6处", "target", number)
    pictures = onepage(*report.done())
    assert pictures.problems == ()
    assert ("两条主线" if part == "ladder" else "6处") in pictures.text


def test_a_text_without_sections_still_shows_its_numbers(report: Any) -> None:
    report.part("opening")
    report.say("全市生产总值突破800亿元，森林覆盖率达到61.5%。")
    report.figure("800亿元", "全市生产总值", comparator="gt")
    report.figure("61.5%", "森林覆盖率")
    text = onepage(*report.done()).text
    assert "全市生产总值 突破800亿元" in text
    assert "森林覆盖率 达到61.5%" in text


def test_a_plan_without_place_or_year_has_a_head_of_its_own(report: Any) -> None:
    report.facts |= {"place": None, "year": None, "term": None, "title": "", "source": "", "sha256": ""}
    report.part("plan", "一、", "任务")
    report.say("疏浚河道。")
    report.promise("疏浚河道", "action")
    assert onepage(*report.done()).text.startswith("政府工作报告 一图读懂\n")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", themes())
def test_text_can_be_read_on_its_ground(theme: str) -> None:
    path = resources.files("luoshi.publish.onepage").joinpath("themes.toml")
    colours = tomllib.loads(path.read_text(encoding="utf-8"))[theme]
    for text in ("ink", "text", "soft", "seal", "good", "bad", "fair", "mute"):
        for ground in ("paper", "tint"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for ground in (*colours["band"], colours["wave"]):
        assert contrast(colours["on_band"], ground) >= 4.5
        assert contrast(colours["on_band_soft"], ground) >= 4.5
