"""The patient's page of who looked: how often and why, a way to stop, and being told."""


def test_three_looks_of_a_day_are_one_line_and_can_be_stopped_there(site):
    chen, amina = site.as_(site.cast.chen), site.as_(site.cast.amina)
    for _ in range(3):
        chen.get(f"/p/{site.cast.record.id}")
        site.clock.pass_(minutes=20)
    log = amina.get("/me/access-log")
    assert log.has("looked at: Blood pressure and sugar")
    assert log.has("on the site · you let them")
    assert log.has("3 times that day")
    assert log.has("Dr Chen then sees nothing of your record.")
    assert amina.send("Yes, stop").has("Withdrawn. From now on they see nothing of it.")
    assert not chen.get(f"/p/{site.cast.record.id}").has("mmHg")
    assert not amina.get("/me/access-log").has("Stop sharing")


def test_ones_own_looks_are_left_out_and_one_line_in_the_whole_list(site):
    amina = site.as_(site.cast.amina)
    for _ in range(4):
        amina.get("/me/access-log")
    assert not amina.page.has("looked at this list")
    whole = amina.get("/me/access-log?who=all")
    assert whole.text.count("looked at this list") == 1
    assert whole.has("it is the own record")


def test_how_often_to_be_told_is_kept(site):
    amina = site.as_(site.cast.amina)
    amina.get("/me/access-log")
    assert amina.send("Save", often="daily").has("Saved.")
    chosen = amina.get("/me/access-log").tree.xpath("//input[@name='often'][@checked]/@value")
    assert chosen == ["daily"]
