"""A third party: what was released, under its own pseudonyms, and one letter back."""


def pseudonyms(page):
    return {one.split("/")[2] for one in page.links() if one.endswith("/describe")}


def test_each_recipient_reads_under_pseudonyms_of_its_own(site):
    rosa, sana = site.as_(site.cast.researcher), site.as_(site.others.sana)
    first, second = rosa.get("/released"), sana.get("/released")
    assert len(pseudonyms(first)) == len(pseudonyms(second)) == 1
    assert pseudonyms(first).isdisjoint(pseudonyms(second))
    for page in (first, second):
        assert page.has("mmHg")
        assert "Amina" not in page.text
        assert site.cast.record.id not in page.text
        assert "calm" not in page.text, "of another kind"


def test_a_letter_back_reaches_the_record_and_the_chat(site):
    rosa, amina = site.as_(site.cast.researcher), site.as_(site.cast.amina)
    amina.get("/chat")
    amina.send("Send", text="hello")
    place = f"/released/{pseudonyms(rosa.get('/released')).pop()}/describe"
    rosa.get(place)
    assert rosa.send("Send", status=422).has("Please write something first.")
    said = rosa.send("Send", text="Less salt lowers the pressure.")
    assert said.has("Sent. It is in the person's record and chat.")
    site.settle()
    record = amina.get("/me/readings")
    assert record.has("Letters from others")
    assert record.has("Less salt lowers the pressure.")
    assert amina.get("/chat").has("Salt Institute")
    assert amina.get("/me/access-log").has("wrote to you")


def test_what_is_withdrawn_is_gone_from_the_recipients_next_page(site):
    rosa, amina = site.as_(site.cast.researcher), site.as_(site.cast.amina)
    place = f"/released/{pseudonyms(rosa.get('/released')).pop()}/describe"
    amina.get("/me/consents")
    card = next(f for f in amina.page.tree.forms if "Salt Institute" in f.text_content())
    amina.post(card.get("action"))
    assert rosa.get("/released").has("Nothing is released to you")
    rosa.get(place, 404)


def test_the_catalogue_shows_no_small_number(site):
    page = site.browser().get("/data")
    assert page.has("fewer than 10")
    assert "Physical signs" not in page.text
