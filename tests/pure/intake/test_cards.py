"""Contact cards of every version, whole and broken."""

import lead_followup_tools.intake as intake

OPTIONS = intake.Options(default_country="US", tz="America/New_York")


def judged(text: str, encoding: str = "utf-8") -> list[intake.JudgedRow]:
    table = intake.read_table(text.replace("\n", "\r\n").encode(encoding), "cards.vcf")
    fields = intake.suggest_fields(table, OPTIONS)
    return [intake.judge_row(row, fields, table.headings, OPTIONS) for row in table.rows]


def card(*lines: str, version: str = "3.0", end: bool = True) -> str:
    middle = "\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines])
    return middle + ("\nEND:VCARD\n" if end else "\n")


def test_version_four_with_addresses_of_resources():
    (row,) = judged(
        card(
            "FN:Ann Bell",
            "N:Bell;Ann;Mary;Dr.;",
            'TEL;VALUE=uri;TYPE="voice,work":tel:+1-202-555-0111;ext=204',
            "TEL;TYPE=cell:+1 202 555 0112",
            "EMAIL;PREF=1:ann@acme.example",
            "ORG:Acme;Pumps",
            "ADR;TYPE=work:;;1 Sample St;Austin;TX;78701;USA",
            version="4.0",
        )
    )

    assert row.reason is None
    assert row.values["name"] == "Ann Bell"
    assert (row.values["first_name"], row.values["last_name"]) == ("Ann Mary", "Bell")
    assert (row.values["phone"], row.values["mobile"]) == ("+12025550111", "+12025550112")
    assert row.values["phone_extension"] == "204"
    assert row.values["company"] == "Acme"
    assert (row.values["state_code"], row.values["country_code"]) == ("TX", "US")


def test_version_two_in_quoted_printable_of_an_old_charset():
    (row,) = judged(
        card(
            "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg",
            "EMAIL;INTERNET:joerg@mueller.example",
            version="2.1",
        ),
        "ascii",
    )

    assert row.values["last_name"] == "Müller"
    assert row.values["email"] == "joerg@mueller.example"


def test_a_card_that_breaks_off_is_rejected_and_the_next_is_read():
    rows = judged(
        card("FN:Ann Bell", "EMAIL:ann@acme.example", "NOTE:met at", end=False)
        + card("FN:Bo Day", "EMAIL:bo@birch.example")
        + card("FN:Cy Fox", "EMAIL:cy@ced", end=False)
    )

    assert [row.reason for row in rows] == ["truncated_card", None, "truncated_card"]
    assert rows[1].values["email"] == "bo@birch.example"
    assert [row.flags for row in rows] == [[], [], []]


def test_a_second_address_and_a_fax_are_told_from_the_first():
    (row,) = judged(
        card(
            "FN:Ann Bell",
            "EMAIL;TYPE=HOME:ann@home.example",
            "EMAIL;TYPE=WORK,PREF:ann@acme.example",
            "TEL;TYPE=FAX:+1 202 555 0119",
            "TEL;TYPE=WORK:+1 202 555 0111",
        )
    )

    assert row.values["email"] == "ann@acme.example"
    assert row.values["other_emails"] == ["ann@home.example"]
    assert (row.values["phone"], row.values["mobile"]) == ("+12025550111", None)


def test_line_breaks_commas_and_markup_in_a_note():
    (row,) = judged(
        card("FN:Ann Bell", "EMAIL:a@b.example", r"NOTE:one\, two\nthree \\ <b>four</b>")
    )

    assert row.values["note"] == "one, two\nthree \\ <b>four</b>"
    assert row.flags == ["html_in_note"]


def test_a_revision_date_is_the_time_of_the_scan():
    (row,) = judged(card("FN:Ann Bell", "EMAIL:a@b.example", "REV:2026-03-17T21:58:00Z"))

    assert row.values["scanned_at"].isoformat() == "2026-03-17T21:58:00"


def test_cards_in_utf16():
    (row,) = judged(card("FN:Kıvanç Gülçiçek", "EMAIL:k@b.example"), "utf-16")

    assert row.values["name"] == "Kıvanç Gülçiçek"


def test_what_a_card_has_more_of_is_kept():
    (row,) = judged(
        card(
            "FN:Ann Bell",
            "ORG:Acme;Pumps;Service",
            "ROLE:Buys pumps",
            "TEL;TYPE=WORK:+1 202 555 0111",
            "TEL;TYPE=CELL:+1 202 555 0112",
            "TEL;TYPE=HOME:+1 202 555 0113",
            "ADR;TYPE=WORK:;;1 Sample St;Austin;TX;78701;USA",
            "ADR;TYPE=HOME:;;2 Other St;Reno;NV;89501;USA",
            "URL:https://a.example",
            "URL:https://b.example",
        )
    )

    assert (row.values["phone"], row.values["mobile"]) == ("+12025550111", "+12025550112")
    assert row.values["city"] == "Austin"
    assert row.values["website"] == "https://a.example"
    further = row.values["further"]
    assert "2 Other St" in further.pop("ADR more")
    assert further == {
        "ORG unit": "Pumps, Service", "ROLE": "Buys pumps", "TEL more": "+1 202 555 0113",
        "URL more": "https://b.example",
    }  # fmt: skip


def test_the_preferred_address_of_version_four_is_the_first():
    (row,) = judged(
        card("FN:Ann", "EMAIL;PREF=2:b@a.example", "EMAIL;PREF=1:a@a.example", version="4.0")
    )

    assert (row.values["email"], row.values["other_emails"]) == ("a@a.example", ["b@a.example"])


def test_small_letters_and_lines_of_garbage_do_not_matter():
    rows = judged(
        "begin:vcard\nversion:3.0\nfn:Ann Bell\nemail:a@b.example\nend:vcard\n"
        + card("FN:Bo Day", "this is garbage", "EMAIL:bo@b.example")
    )

    assert [row.values["email"] for row in rows] == ["a@b.example", "bo@b.example"]
