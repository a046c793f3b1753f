"""The operator: numbers only, and a second chance for what was set aside."""

from storage.cloud.misplaced import Policy
from storage.stores import open_store


def crash_over(site, words):
    """Keep a line of Amina's over which a process dies three times."""
    body = f'{{"kind": "text", "text": "{words}", "sent": "{site.clock().isoformat()}"}}'
    site.desk.spool.keep("web", "crashes", site.cast.amina.id, body.encode())
    for _ in range(3):
        assert len(site.desk.spool.claim(1)) == 1
        site.clock.pass_(minutes=1)
    assert len(site.desk.spool.crashed()) == 1


def test_what_was_set_aside_is_answered_once_the_operator_says_so(site):
    otto, amina = site.as_(site.others.otto), site.as_(site.cast.amina)
    assert not otto.get("/admin").has("Messages set aside")
    amina.get("/chat")
    crash_over(site, "129/83")
    site.desk.work()
    assert not amina.get("/chat").has("129/83 noted")
    otto.get("/admin")
    assert otto.send("Try again").has("1 messages will be answered again.")
    site.desk.work()
    assert amina.get("/chat").has("129/83 noted")
    assert not otto.get("/admin").has("Messages set aside")


def test_what_nobody_could_read_stays_aside(site):
    site.desk.spool.keep("web", "strange", site.cast.amina.id, b"no letter")
    site.desk.work()
    assert site.desk.spool.try_again() == 0


def test_what_lies_in_the_private_cloud_is_shown_in_numbers(site):
    page = site.as_(site.others.otto).get("/admin")
    for words in ("In the private cloud", "Loose objects", "Packs", "Size a patient"):
        assert page.has(words)


def test_the_operator_sees_what_flows_over_and_what_it_costs(site, tmp_path):
    otto = site.as_(site.others.otto)
    assert not otto.get("/admin").has("What flows over")
    site.worker.private.overflow = open_store(f"file://{tmp_path}/overflow", {})
    page = otto.get("/admin")
    assert page.has("normal confidentiality, 90 days old or older: Body measures, Daily life.")
    assert page.has("No quota is set")
    assert page.has("A month costs 0.00 USD.")
    site.worker.moving.policy = Policy(quota=1000, least=4000)
    page = otto.get("/admin")
    assert page.has("It moves while the private cloud holds more than 1.0 kB")
    assert page.has("Only what has 4.0 kB or more.")
    assert not page.has("Amina")
