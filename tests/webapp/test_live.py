"""An open page keeps itself true: new things come, closed ones go, nothing typed is lost."""

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import func, select

from records.consent import Part
from records.observations import Channel, pressure
from records.orders import Answer, OrderKind
from records.services.concealing import Concealment, hide
from records.services.consenting import withdraw_grant
from records.services.helping import end_care
from records.services.intake import Draft, file_observations
from records.services.ordering import answer_order, place_order, withdraw_order
from records.vocabulary import Code, SegmentKind
from storage.rows.consent import AuditRow
from tests.webapp.test_browsing import serve


def mark_on(page):
    return page.tree.get_element_by_id("live").get("data-mark")


def asks(browser, place, mark):
    return browser.fetch(f"{place}/live", headers={"If-None-Match": f'"{mark}"'})


def tell(site, systolic, **rest):
    with site.database.begin(True) as unit:
        draft = Draft(Code.BLOOD_PRESSURE, site.clock(), components=pressure(systolic, 80), **rest)
        return file_observations(
            unit,
            [draft],
            record_id=site.cast.record.id,
            by=site.cast.amina,
            channel=Channel.CHAT,
            now=site.clock(),
        )


def ask(site, text="Measure."):
    with site.database.begin(True) as unit:
        return place_order(
            unit,
            record_id=site.cast.record.id,
            by=site.cast.chen,
            now=site.clock(),
            kind=OrderKind.MEASURE,
            text=text,
            due=site.clock() + timedelta(hours=1),
        )


def test_the_mark_stays_while_nothing_changes_and_moves_with_each_thing_that_does(site):
    place = f"/p/{site.cast.record.id}"
    chen = site.as_(site.cast.chen)
    marks = [mark_on(chen.get(place))]

    def moved() -> None:
        answer = asks(chen, place, marks[-1])
        assert answer.status_code == 200
        assert answer.get_json()["kinds"] == ["physical_signs"]
        marks.append(answer.get_json()["mark"])
        assert asks(chen, place, marks[-1]).status_code == 304
        assert mark_on(chen.get(place)) == marks[-1]

    assert asks(chen, place, marks[-1]).status_code == 304
    tell(site, 151)
    moved()
    order = ask(site)
    moved()
    with site.database.begin(True) as unit:
        ((_, (occurrence,)),) = unit.orders.of_record(site.cast.record.id)
        answer_order(unit, occurrence.id, Answer.DONE, by=site.cast.amina, now=site.clock())
    moved()
    with site.database.begin(True) as unit:
        withdraw_order(unit, order.id, by=site.cast.chen, now=site.clock())
    moved()
    tell(site, 152, private=True)
    assert asks(chen, place, marks[-1]).status_code == 304
    assert len(set(marks)) == len(marks)


def test_asking_is_not_noted_and_keeps_nobody_signed_in_but_a_refusal_is_noted(site):
    place = f"/p/{site.cast.record.id}"
    chen = site.as_(site.cast.chen)
    mark = mark_on(chen.get(place))

    def noted() -> int:
        with site.database.session(writing=False) as session:
            return session.scalar(select(func.count()).select_from(AuditRow)) or 0

    dara = site.as_(site.cast.dara)
    before = noted()
    for _ in range(3):
        assert asks(chen, place, mark).status_code == 304
    assert noted() == before
    assert asks(dara, place, mark).status_code == 404
    assert noted() == before + 1
    site.clock.pass_(minutes=20)
    asks(chen, place, mark)
    site.clock.pass_(minutes=11)
    assert "/login" in asks(chen, place, mark).headers["Location"]


def test_a_withdrawn_grant_and_a_hidden_kind_are_told_by_the_kinds(site):
    place = f"/p/{site.cast.record.id}"
    chen = site.as_(site.cast.chen)
    mark = mark_on(chen.get(place))
    with site.database.begin(True) as unit:
        part = Part(SegmentKind.PHYSICAL_SIGNS)
        hide(unit, Concealment(part), record_id=site.cast.record.id, by=site.cast.amina,
             now=site.clock())  # fmt: skip
    answer = asks(chen, place, mark)
    assert answer.status_code == 200
    with site.database.begin(True) as unit:
        withdraw_grant(unit, site.cast.grant.id, by=site.cast.amina, now=site.clock())
    assert asks(chen, place, mark).get_json()["kinds"] == []


def test_the_pages_of_a_patient_and_of_a_helper_tell_of_what_these_may_see(site):
    for_amina = f"/me/live?for={site.cast.record.id}"
    amina, bela = site.as_(site.cast.amina), site.as_(site.cast.bela)

    def marks() -> set[str]:
        pages = (amina.get("/me"), amina.get("/me/readings"), bela.get("/me"))
        return {mark_on(page) for page in pages}

    def told(browser, address, mark) -> int:
        return browser.fetch(address, headers={"If-None-Match": f'"{mark}"'}).status_code

    (before,) = marks()
    assert told(amina, "/me/live", before) == told(bela, for_amina, before) == 304
    tell(site, 151)
    order = ask(site)
    assert told(amina, "/me/live", before) == told(bela, for_amina, before) == 200
    (before,) = marks()
    with site.database.begin(True) as unit:
        withdraw_order(unit, order.id, by=site.cast.chen, now=site.clock())
    assert told(amina, "/me/live", before) == told(bela, for_amina, before) == 200
    (before,) = marks()
    tell(site, 152, private=True)
    assert told(amina, "/me/live", before) == 200
    assert told(bela, for_amina, before) == 304
    assert told(site.as_(site.cast.chen), "/me/live", before) == 404
    with site.database.begin(True) as unit:
        for one in unit.relationships.of_record(site.cast.record.id):
            if one.person == site.cast.bela.id:
                end_care(unit, one.id, record_id=one.record, by=site.cast.amina, now=site.clock())
    assert told(bela, for_amina, before) == 404


def test_in_a_browser_a_patient_sees_what_the_chat_and_the_doctor_change(
    tmp_path, furnished, browser
):
    for site, address in serve(tmp_path / "house", furnished):
        with browser.page() as page:
            page.goto(f"{address}/demo")
            with page.expect_navigation():
                page.get_by_role("button", name="Amina", exact=True).first.click()
            page.goto(f"{address}/me")

            def shows(words: str, *, of: str = "main") -> None:
                expect(page.locator(of).get_by_text(words).first).to_be_visible(timeout=20_000)

            tell(site, 171)
            shows("171/80", of=".tiles")
            order = ask(site, "Measure twice.")
            shows("Measure twice.")
            with site.database.begin(True) as unit:
                ((_, (occurrence,)),) = unit.orders.of_record(site.cast.record.id)
                answer_order(unit, occurrence.id, Answer.LATER, by=site.cast.amina,
                             now=site.clock())  # fmt: skip
            shows("Later – again", of=".tag")
            with site.database.begin(True) as unit:
                withdraw_order(unit, order.id, by=site.cast.chen, now=site.clock())
            shows("Withdrawn", of=".tag")
            page.goto(f"{address}/me/readings")
            tell(site, 173)
            shows("173/80")


def test_the_list_is_moved_by_a_reading(site):
    chen = site.as_(site.cast.chen)
    mark = mark_on(chen.get("/today"))
    assert asks(chen, "/today", mark).status_code == 304
    tell(site, 185)
    assert asks(chen, "/today", mark).status_code == 200
    assert mark_on(chen.get("/today")) != mark


def test_in_a_browser_what_is_new_comes_what_is_typed_stays_and_what_is_closed_goes(
    tmp_path, furnished, browser
):
    for site, address in serve(tmp_path / "house", furnished):
        order = ask(site, "Measure twice.")
        with site.database.begin(True) as unit:
            ((_, (occurrence,)),) = unit.orders.of_record(site.cast.record.id)
            answer_order(
                unit,
                occurrence.id,
                Answer.QUESTION,
                by=site.cast.amina,
                now=site.clock(),
                words="Before breakfast?",
            )
        assert order
        with browser.page() as page:
            page.goto(f"{address}/demo")
            with page.expect_navigation():
                page.get_by_role("button", name="Dr Chen", exact=True).first.click()
            page.goto(f"{address}/p/{site.cast.record.id}")
            tell(site, 171)
            expect(page.get_by_text("171/80").first).to_be_attached(timeout=20_000)
            expect(page.locator("[data-live=said]")).to_have_text(
                "This page was brought up to date."
            )
            page.fill("main textarea", "Before it, ple")
            tell(site, 172)
            expect(page.get_by_text("Something new has come.")).to_be_visible(timeout=20_000)
            assert page.input_value("main textarea") == "Before it, ple"
            with site.database.begin(True) as unit:
                withdraw_grant(unit, site.cast.grant.id, by=site.cast.amina, now=site.clock())
            expect(page.get_by_text("171/80")).to_have_count(0, timeout=20_000)
            expect(page.get_by_text("Nothing is shared with you at present")).to_be_visible()
            assert page.input_value("main textarea") == "Before it, ple"
            with site.database.begin(True) as unit:
                for one in unit.relationships.of_record(site.cast.record.id):
                    if one.person == site.cast.chen.id:
                        end_care(unit, one.id, record_id=one.record, by=site.cast.amina,
                                 now=site.clock())  # fmt: skip
            expect(page.get_by_role("heading", name="No longer open to you")).to_be_visible(
                timeout=20_000
            )
            assert "Amina" not in page.content()
