"""The workbench in a headless Chromium without a network: a sentence that no rule reads becomes a meeting."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from engine.rules import RULES
from tests.api.conftest import Server
from tests.browser.chromium import Page

pytestmark = pytest.mark.browser

SENTENCE = "Norwegian Foreign Minister Kari Solberg palavered with her Kenyan counterpart, Amina Otieno, in Geneva."
TOKEN = "a token"
SETTINGS = {"CHANCERY_TOKEN": TOKEN, "CHANCERY_TRIAL_TIME": "60", "CHANCERY_REQUEST_TIME": "60"}
TEXT = "(document.querySelector('{}')?.innerText ?? '')"
CONTRASTS = """(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
    .getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (colour) => {
    const [r, g, b] = [...rgba(colour)].slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (rgba(backgroundColor)[3] === 255) return backgroundColor;
    }
    return getComputedStyle(document.documentElement).backgroundColor;
  };
  const poor = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const { color, visibility } = getComputedStyle(element);
    if (!own || visibility === 'hidden' || !element.getClientRects().length || rgba(color)[3] === 0) continue;
    if (element.closest('.marks, .skip, .unseen')) continue;
    const [one, other] = [light(color), light(ground(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5 && !element.disabled) poor.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
  }
  return poor;
})()"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rules that the server watches and may save to."""
    return Path(shutil.copytree(RULES, tmp_path_factory.mktemp("bench") / "rules"))


@pytest.fixture(scope="module")
def server(rules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    server = Server(folder / "store.db", folder / "log.txt", "--watch", "--rules", rules, **SETTINGS)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


@pytest.fixture
def page(server: Server, tmp_path: Path) -> Iterator[Page]:
    """The workbench as somebody sees it who comes for the first time; no test may leave a complaint or the house."""
    with Page(tmp_path / "profile") as page:
        page.open(f"{server.address}/workbench")
        page.wait_for(f"{TEXT.format('#ink')}.includes('meeting:')")
        page.wait_for("document.querySelector('#misses').children.length")
        yield page
        assert page.complaints == []
        house = (f"{server.address}/", server.url.replace("http://", "ws://"), "data:", "about:")
        outside = [url for url in page.requests if not url.startswith(house)]
        assert outside == []


def write(page: Page, selector: str, text: str) -> None:
    """Type a text at the end of a field."""
    page.evaluate(f"document.querySelector('{selector}').focus()")
    page.evaluate("document.activeElement.setSelectionRange?.(1e9, 1e9)")
    page.call("Input.insertText", text=text)


def press(page: Page, key: str, code: int) -> None:
    """Press and let go of a key."""
    for kind in ("keyDown", "keyUp"):
        text = {"text": "\r"} if key == "Enter" and kind == "keyDown" else {}
        page.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text)


def contents(rules: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in rules.rglob("*") if path.is_file()}


def test_a_sentence_becomes_a_meeting_by_the_proposed_edit(page: Page, rules: Path) -> None:
    before = contents(rules)
    write(page, "#text", SENTENCE)
    page.wait_for(f"{TEXT.format('#count')} === 'none'")
    assert page.evaluate("[...document.querySelectorAll('#marks .person')].map((each) => each.innerText)") == [
        "Kari Solberg",
        "Amina Otieno",
    ]
    page.wait_for(f"/stopped at “(palavered|with|her)”/.test({TEXT.format('#misses')})")
    assert page.evaluate("document.querySelectorAll('#misses .wanted li').length") > 0
    page.wait_for("document.querySelector('.take')")
    assert page.evaluate(TEXT.format("#edits .card")).startswith("meeting")

    page.click(".take")
    page.wait_for(f"{TEXT.format('#count')} === 'meeting'")
    page.wait_for(f"/^All \\d+ examples are read as they say\\.$/.test({TEXT.format('#examples')})")
    assert page.evaluate("document.querySelector('#file').value").startswith("rules/")
    assert "palavered" in page.evaluate("document.querySelector('#ink .pointed').innerText")
    assert contents(rules) == before

    page.click("#text")
    page.wait_for("document.querySelector('#facts .card.here .tree')")
    shown = page.evaluate(TEXT.format("#facts .card.here"))
    assert "Norway, Kenya" in shown
    assert "PERSON 'Norwegian Foreign Minister Kari Solberg'" in shown
    marked = "[...document.querySelectorAll('#marks .here')].map((each) => each.innerText).join('')"
    page.wait_for(f"{marked}.startsWith('Norwegian Foreign Minister Kari Solberg palavered with')")

    page.click("#try-store")
    page.wait_for(f"/articles read: none of the \\d+ facts would change/.test({TEXT.format('#stored')})")
    page.click("#undo")
    page.wait_for(f"{TEXT.format('#count')} === 'none'")


def test_slots_what_no_rule_read_and_what_was_expected_are_shown(page: Page) -> None:
    write(page, "#text", "Norway met Kenya privately in Oslo alongside Chad.")
    page.wait_for(f"{TEXT.format('#count')} === 'meeting'")
    page.click("#facts .head")
    took = page.wait_for(TEXT.format("#facts .card .took"))
    assert took.split("\n")[:2] == ["parties", "“Norway”"]
    assert "place\n“Oslo”" in took
    page.evaluate("document.querySelector('#stretches .stretch').scrollIntoView({ block: 'center' })")
    page.click("#stretches .stretch")
    selected = "(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))"
    chosen = page.evaluate(f"{selected}(document.querySelector('#text'))")
    assert chosen == page.evaluate(TEXT.format("#stretches .stretch"))
    assert chosen.startswith("alongside")


def test_what_a_rule_would_have_taken_leads_to_where_it_stands(page: Page) -> None:
    write(page, "#text", "Lim Sung-nam met privately alongside Kim Kye-gwan in Geneva.")
    page.wait_for(f"/stopped at “alongside”/.test({TEXT.format('#misses')})")
    page.click("#misses summary")
    wanted = page.evaluate(TEXT.format("#misses .expected"))
    assert all(kind in wanted for kind in ("a word\n", "a phrase\n", "a word of a class\n")), wanted
    assert not re.search(r"_[0-9A-F]{2,}_", wanted), wanted
    page.click("#misses .kind .link")
    page.wait_for("document.querySelector('#file').value === 'rules/lexicon/function.csv'")


def test_rules_with_errors_are_told_and_the_text_stays_read(page: Page) -> None:
    write(page, "#text", "Norway and Kenya held talks in Oslo.")
    page.wait_for(f"{TEXT.format('#count')} === 'meeting'")
    write(page, "#source", "_more: nowhere\n")
    error = page.wait_for(TEXT.format("#errors li"))
    assert "Rule 'nowhere' used but not defined" in error
    assert page.evaluate("document.querySelector('#errors').getAttribute('role')") == "alert"
    page.wait_for("document.querySelector('#ink .wrong')?.innerText === '_more: nowhere'")
    assert page.evaluate(TEXT.format("#count")) == "meeting"


def test_an_example_that_breaks_is_named(page: Page) -> None:
    page.evaluate("document.querySelector('#file').value = 'rules/aid.corpus'")
    page.evaluate("document.querySelector('#file').dispatchEvent(new Event('change'))")
    page.wait_for(f"{TEXT.format('#ink')}.includes('===')")
    write(page, "#source", "\n=== too much\nNorway and Kenya held talks in Oslo.\n---\nnothing\n")
    page.wait_for(f"/^Of \\d+( of \\d+)? examples, these/.test({TEXT.format('#examples')})")
    assert "made up: MEETING" in page.evaluate(TEXT.format("#failures"))


def test_an_edit_is_saved_with_the_token_only(page: Page, rules: Path) -> None:
    file = rules / "meeting.lark"
    before = file.read_text("utf-8")
    write(page, "#source", "// saved by hand\n")
    for token, said in (("wrong", "Mutations need"), (TOKEN, "is saved")):
        page.wait_for("!document.querySelector('#save').disabled && !document.querySelector('#ask-token').open")
        page.click("#save")
        page.wait_for("document.querySelector('#ask-token').open")
        write(page, "#token", token)
        page.click("#ask-token .primary")
        page.wait_for(f"{TEXT.format('#saved')}.includes('{said}')")
    assert file.read_text("utf-8") == before + "// saved by hand\n"
    assert [path.name for path in rules.iterdir() if path.name.startswith(".")] == []
    page.wait_for("document.querySelector('#changed').hidden")
    # The browser notes the refusal, as it should.
    page.complaints[:] = [each for each in page.complaints if "401" not in each]


def test_a_save_elsewhere_is_shown_and_a_bad_one_told(page: Page, rules: Path) -> None:
    file = rules / "meeting.lark"
    before = file.read_text("utf-8")
    write(page, "#text", SENTENCE)
    page.wait_for(f"{TEXT.format('#count')} === 'none'")
    lines = before.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("       | "))
    lines.insert(at, '       | _sides _adj "palavered" "with" _sides _tail -> palavered\n')
    file.write_text("".join(lines), "utf-8")
    page.wait_for(f"{TEXT.format('#count')} === 'meeting'")
    page.wait_for(f"{TEXT.format('#ink')}.includes('-> palavered')")
    file.write_text("".join(lines) + "_more: nowhere\n", "utf-8")
    told = page.wait_for(TEXT.format("#broken"))
    assert "rules/meeting.lark" in told
    assert page.evaluate(TEXT.format("#count")) == "meeting"
    file.write_text(before, "utf-8")
    page.wait_for("document.querySelector('#broken').hidden")
    page.wait_for(f"{TEXT.format('#count')} === 'none'")


def test_graphiql_tells_of_rules_and_leads_to_the_workbench(page: Page, server: Server, rules: Path) -> None:
    file = rules / "meeting.lark"
    before = file.read_text("utf-8")
    page.open(f"{server.address}/graphql")
    page.wait_for("document.querySelector('.graphiql-query-editor .view-line')")
    page.wait_for("!!document.querySelector('.chancery-told')")
    assert page.evaluate(TEXT.format(".chancery-told")) == ""
    file.write_text(before + "_more: nowhere\n", "utf-8")
    told = page.wait_for(TEXT.format(".chancery-told"))
    assert told.startswith("rules/meeting.lark:")
    file.write_text(before, "utf-8")
    page.wait_for(f"{TEXT.format('.chancery-told')} === ''")
    page.click('.chancery-corner a[href="/workbench"]')
    page.wait_for(f"{TEXT.format('#ink')}.includes('meeting:')")


def test_it_works_with_the_keyboard_alone(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")
    reached: list[str] = []
    for _ in range(14):
        press(page, "Tab", 9)
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert reached[:3] == ["skip", "skip", "skip"]
    assert reached.index("published") < reached.index("text") < reached.index("sought") < reached.index("file")
    assert reached[reached.index("file") + 1] in ("sheet", "source")
    write(page, "#text", SENTENCE)
    page.wait_for("document.querySelector('.take')")
    page.evaluate("document.querySelector('.take').focus()")
    press(page, "Enter", 13)
    page.wait_for(f"{TEXT.format('#count')} === 'meeting'")
    assert page.evaluate("document.activeElement.id") == "source"


def test_a_screen_reader_finds_a_name_for_everything(page: Page) -> None:
    write(page, "#text", "Norway and Kenya held talks in Oslo.")
    page.wait_for(f"{TEXT.format('#count')} === 'meeting'")
    page.wait_for("document.querySelector('#proposed').getAttribute('aria-busy') === 'false'")
    page.call("Accessibility.enable")
    nodes = [node for node in page.call("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]]
    roles: dict[str, list[str]] = {}
    for node in nodes:
        roles.setdefault(node["role"]["value"], []).append(node.get("name", {}).get("value", ""))
    for role in ("button", "link", "textbox", "combobox", "Date", "region", "navigation"):
        assert all(roles.get(role, [])), (role, roles.get(role))
    assert {"Text", "Rules"} <= set(roles["textbox"])
    assert len(roles["main"]) == 1
    assert {"status", "alert", "heading"} <= roles.keys()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_their_ground(page: Page, scheme: str) -> None:
    page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    write(page, "#text", SENTENCE + " Norway and Kenya held talks in Oslo.")
    page.wait_for("document.querySelector('.take')")
    page.wait_for("document.querySelector('#facts .tree')")
    write(page, "#source", "_more: nowhere\n")
    page.wait_for(TEXT.format("#errors li"))
    assert page.evaluate(CONTRASTS) == []
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (sum(map(int, dark.strip("rgb()").split(","))) < 382) == (scheme == "dark")


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_is_cut_off_at_any_width(page: Page, width: int) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
    write(page, "#text", SENTENCE)
    page.wait_for("document.querySelector('.take')")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_the_pages_lead_to_each_other_and_carry_the_strict_policy(server: Server, page: Page) -> None:
    for path in ("/", "/workbench"):
        with urlopen(f"{server.address}{path}") as answer:
            policy = answer.headers["Content-Security-Policy"]
            body = answer.read().decode()
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "style=" not in body
        assert "<script>" not in body
        assert '"/graphql"' in body
    page.open(f"{server.address}/")
    page.click('a[href="/workbench"]')
    page.wait_for(f"{TEXT.format('#ink')}.includes('meeting:')")


def test_marks_stay_with_their_words_while_one_types(page: Page) -> None:
    write(page, "#text", "Norway and Kenya held talks in Oslo.")
    page.wait_for(f"{TEXT.format('#count')} === 'meeting'")
    marked = "[...document.querySelectorAll('#marks .country')].map((each) => each.innerText)"
    page.evaluate("document.querySelector('#text').setSelectionRange(11, 11)")
    # Read in the same turn as the event, so that no answer can have come between.
    typed = (
        "(() => { const text = document.querySelector('#text'); text.setRangeText('then '); "
        f"text.dispatchEvent(new Event('input')); return {marked}; }})()"
    )
    assert page.evaluate(typed) == ["Norway", "Kenya"]
    page.evaluate("document.querySelector('#text').setSelectionRange(0, 6)")
    assert page.evaluate(typed.replace("then ", "Mali")) == ["Kenya"]
    page.wait_for(f"{marked}.join() === 'Mali,Kenya'")


def test_what_is_typed_is_text_and_never_markup(page: Page) -> None:
    write(
        page, "#text", "<img src=x onerror=alert(1)> Norway and Kenya held talks in Oslo. 😀 Norway met Chad in Rome."
    )
    page.wait_for(f"{TEXT.format('#count')}.includes('meeting')")
    assert page.evaluate("document.querySelector('#marks img')") is None
    places = page.evaluate("[...document.querySelectorAll('#marks .place')].map((each) => each.innerText)")
    assert places[-1:] == ["Rome"]
