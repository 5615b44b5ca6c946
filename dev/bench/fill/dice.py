"""What befell each lead: one temporary table that all others are filled from."""

from . import touches
from .world import MEMBERS, YEARS

TABLES = ("bench_lead", "bench_show", "bench_dice", "bench_visit", "bench_person")

_THROWS = (
    "r_when", "r_show", "r_origin", "r_again", "r_fate", "r_lost", "r_speed", "r_pace",
    "r_touch", "r_human", "r_owner", "r_has_owner", "r_money", "r_mail", "r_phone",
    "r_score", "r_reach", "r_who", "r_city",
    "r_step", "r_part", "r_land", "r_trade", "r_house", "r_number",
)  # fmt: skip

_FIRST_NAMES = (
    "Anna Bernd Clara David Elena Frank Greta Hannes Ida Jonas Karin Lukas Maria Nils Olga Paul "
    "Rosa Stefan Tina Ulrich Vera Walter Yara Zoe Amir Bianca Carlos Diana Emil Fatima"
).split()
_LAST_NAMES = (
    "Becker Schulz Weber Fischer Wagner Hofmann Koch Bauer Richter Klein Wolf Neumann Schwarz "
    "Zimmermann Braun Hartmann Lange Schmitt Werner Krause Lehmann Maier Huber Kaiser Fuchs "
    "Peters Scholz Moeller Weiss Jung Hahn Vogel Keller Frank Berger Winkler Roth Beck Lorenz "
    "Baumann Albrecht Simon Ludwig Boehm Winter Kraus Martin Schumacher Vogt Stein"
).split()
_HOUSES = (
    "Nord West Sued Ost Alpen Rhein Elb Donau Main Isar Harz Eifel Berg Tal Stern Gold Silber "
    "Stahl Kupfer Eisen"
).split()
_TRADES = (
    "werk technik pumpen anlagen systeme bau tec hydraulik maschinen metall chemie energie "
    "wasser kunststoff logistik"
).split()


def throw(cr, world, count, seed, now):
    """Make the temporary tables ``bench_show`` and ``bench_lead``, one row a lead.

    Ids of leads rise with the day they were made, as where people have made them.
    """
    cr.execute("SELECT setseed(%s)", [(seed % 1000) / 1000])
    cr.execute(
        """CREATE TEMP TABLE bench_show
               (show_no int, show_id int, campaign_id int, name varchar,
                begins_at timestamp, closes_at timestamp)"""
    )
    cr.execute_values(
        "INSERT INTO bench_show VALUES %s",
        [(number, *show) for number, show in enumerate(world.shows, 1)],
    )
    cr.execute(
        f"""CREATE TEMP TABLE bench_dice AS
            SELECT n, {", ".join(f"random() AS {name}" for name in _THROWS)}
              FROM generate_series(1, %s) AS n""",
        [count],
    )
    cr.execute("SELECT COALESCE(MAX(id), 0) FROM crm_lead")
    (base,) = cr.fetchone()
    cr.execute(
        _PEOPLE,
        {
            "base": base,
            "count": count,
            "now": now,
            "days": 365 * YEARS,
            "members": MEMBERS,
            "shows": len(world.shows),
            "users": world.user_ids,
            "user_count": len(world.user_ids),
            "teams": world.team_ids,
            "team_count": len(world.team_ids),
            "firsts": _FIRST_NAMES,
            "lasts": _LAST_NAMES,
            "houses": _HOUSES,
            "trades": _TRADES,
            "sources": world.source_ids,
            "media": world.medium_ids,
            "campaigns": world.campaign_ids,
            "countries": world.country_ids,
        },
    )
    cr.execute("CREATE UNIQUE INDEX ON bench_person (id)")
    cr.execute(_VISITS, {"now": now})
    cr.execute(_LEADS, {"now": now, "days": touches.EVERY_DAYS, "steps": len(world.show_steps)})
    cr.execute("CREATE UNIQUE INDEX ON bench_lead (id)")
    cr.execute("ANALYZE bench_lead, bench_visit")


# A lead of a show is made in the morning after it; a tenth of them were at the next one, too.
# Three of a hundred are people who were there before. What is young has not come far yet.
_PEOPLE = """
CREATE TEMP TABLE bench_person AS
WITH placed AS (
    SELECT dice.*, show.show_no, show.campaign_id AS show_campaign_id,
           DATE_TRUNC('second', CASE
               WHEN show.show_no IS NOT NULL
               THEN show.closes_at + INTERVAL '14 hours' + INTERVAL '8 hours' * r_when
               ELSE %(now)s::timestamp - INTERVAL '1 day' * %(days)s * (1 - r_when) END
           ) AS made_at
      FROM bench_dice dice
      LEFT JOIN bench_show show
        ON r_origin < 0.35 AND show.show_no = 1 + FLOOR(r_show * %(shows)s)
), aged AS (
    SELECT placed.*, %(base)s + ROW_NUMBER() OVER (ORDER BY made_at, n) AS id,
           LEAST(1, EXTRACT(EPOCH FROM %(now)s::timestamp - made_at) / 86400 / 90) AS ripe,
           CASE WHEN r_again < 0.03 THEN GREATEST(1, n - 1 - FLOOR(r_who * 1000)::int)
                ELSE n END AS person_no
      FROM placed
), fated AS (
    SELECT aged.*,
           CASE WHEN r_fate < 0.10 * ripe THEN 'customer'
                WHEN r_fate < 0.10 * ripe + 0.08 THEN 'sql'
                WHEN r_fate < 0.10 * ripe + 0.14 THEN 'mql'
                WHEN r_fate < 0.22 * ripe + 0.14 THEN 'nurture'
                WHEN r_fate < 0.22 * ripe + 0.19 THEN 'disqualified'
                ELSE 'inquiry' END AS lifecycle
      FROM aged
), ended AS (
    SELECT fated.*,
           CASE WHEN lifecycle = 'customer' THEN 'won'
                WHEN lifecycle <> 'mql' AND r_lost < 0.35 * ripe THEN 'lost'
                ELSE 'pending' END AS won_status,
           lifecycle IN ('mql', 'sql', 'customer') AS is_qualified,
           lifecycle IN ('sql', 'customer') AS is_accepted
      FROM fated
), dated AS (
    SELECT ended.*,
           r_has_owner < CASE WHEN is_accepted THEN 1 WHEN is_qualified THEN 0.9 ELSE 0.25 END
               AS has_owner,
           CASE WHEN is_qualified OR (lifecycle = 'nurture' AND r_pace < 0.4)
                THEN LEAST(%(now)s, made_at + INTERVAL '1 second' * FLOOR(r_speed * 864000))
                END AS mql_at
      FROM ended
), met AS (
    SELECT dated.*,
           CASE WHEN is_accepted THEN LEAST(
               %(now)s, mql_at + INTERVAL '1 second' * FLOOR(3600 + r_pace * 432000)) END AS sql_at
      FROM dated
)
SELECT met.id::int, n, person_no, show_no, made_at, lifecycle, won_status, is_qualified,
       is_accepted, mql_at, sql_at, r_when, r_show, r_again, r_fate, r_lost, r_speed, r_pace,
       r_touch, r_human, r_score, r_reach, r_step,
       won_status = 'pending' AND r_lost > 0.99 AS is_put_away,
       lifecycle IN ('sql', 'customer') OR r_owner > 0.8 AS is_opportunity,
       CASE WHEN won_status <> 'pending' THEN LEAST(%(now)s, COALESCE(sql_at, made_at)
           + INTERVAL '1 second' * FLOOR(86400 + r_step * 5000000)) END AS closed_at,
       CASE WHEN has_owner THEN (%(users)s::int[])[1 + FLOOR(r_owner * %(user_count)s)::int] END
           AS user_id,
       (%(teams)s::int[])[1 + CASE WHEN has_owner
           THEN FLOOR(r_owner * %(user_count)s)::int / %(members)s
           ELSE FLOOR(r_who * %(team_count)s)::int END] AS team_id,
       CASE WHEN has_owner THEN COALESCE(mql_at, made_at) END AS opened_at,
       CASE WHEN show_no IS NOT NULL THEN (%(sources)s::int[])[1]
            WHEN r_origin > 0.97 THEN NULL
            ELSE (%(sources)s::int[])[2 + FLOOR(r_show * 5)::int] END AS source_id,
       (%(media)s::int[])[1 + FLOOR(r_city * 6)::int] AS medium_id,
       CASE WHEN show_no IS NOT NULL THEN show_campaign_id
            WHEN r_part < 0.3 THEN (%(campaigns)s::int[])[1 + FLOOR(r_show * 12)::int]
            END AS campaign_id,
       (%(countries)s::int[])[1 + FLOOR(r_land * 10)::int] AS country_id,
       FLOOR(EXP(6 + r_money * 5)) * 10 AS revenue,
       first || ' ' || last AS contact_name,
       house || trade || ' ' || house_no AS partner_name,
       '@' || LOWER(house || trade) || house_no || '.example' AS mail_domain,
       LOWER(first || '.' || last) || person_no AS mail_box,
       person.r_mail < 0.9 AS has_mail, person.r_phone < 0.7 AS has_phone,
       person.r_phone > 0.55 AS has_mobile,
       LPAD(FLOOR(20000000 + person.r_number * 70000000)::text, 8, '0') AS number
  FROM met
  JOIN LATERAL (
      SELECT r_mail, r_phone, r_number,
             (%(firsts)s)[1 + FLOOR(r_money * 30)::int] AS first,
             (%(lasts)s)[1 + FLOOR(r_city * 50)::int] AS last,
             (%(houses)s)[1 + FLOOR(r_who * 20)::int] AS house,
             (%(trades)s)[1 + FLOOR(r_trade * 15)::int] AS trade,
             FLOOR(r_house * GREATEST(1, %(count)s / 900)) AS house_no
        FROM bench_dice WHERE bench_dice.n = met.person_no
  ) person ON TRUE
 ORDER BY met.id
"""

_VISITS = """
CREATE TEMP TABLE bench_visit AS
SELECT lead.id AS lead_id, show.show_id, show.closes_at,
       show.closes_at + INTERVAL '14 hours' AS made_at,
       show.begins_at + INTERVAL '9 hours' + INTERVAL '1 day' * FLOOR(r_score * 3)
           + INTERVAL '1 second' * FLOOR(r_pace * 28800) AS captured_at,
       'Staff ' || (lead.n + show.show_no) %% 12 AS captured_by,
       (ARRAY['hot', 'warm', 'warm', 'cold', NULL])[1 + (lead.n + show.show_no) %% 5] AS rating,
       show.show_no = lead.show_no AS is_first,
       show.show_no = MAX(show.show_no) OVER (PARTITION BY lead.id) AS is_latest
  FROM bench_person lead
  JOIN bench_show show ON show.show_no = lead.show_no
       OR (show.show_no = lead.show_no + 1 AND r_again > 0.9 AND show.closes_at < %(now)s)
"""

# The clock, the first contact, how many steps were made, the score and the chance.
_LEADS = """
CREATE TEMP TABLE bench_lead AS
WITH clocked AS (
    SELECT lead.*, COALESCE(visit.closes_at, lead.made_at) AS clock_started_at,
           COALESCE(visit.closes_at + INTERVAL '48 hours', lead.made_at + INTERVAL '24 hours')
               AS deadline,
           show_no IS NOT NULL AND r_reach < 0.25 AS is_in_cadence,
           FLOOR(CASE WHEN is_qualified THEN 25 + r_score * 30 ELSE r_score * 25 END)::int AS fit,
           FLOOR(CASE WHEN is_qualified THEN 15 + r_pace * 20 ELSE r_pace * 14 END)::int
               AS engagement,
           CASE WHEN won_status = 'won' THEN 4 WHEN is_accepted THEN 2 + (n %% 2) ELSE 1 END
               AS stage_no,
           (CASE WHEN won_status = 'won' THEN 100 WHEN won_status = 'lost' THEN 0
                 WHEN is_accepted THEN 35 + n %% 40 ELSE 5 + n %% 10 END)::float8 AS chance
      FROM bench_person lead
      LEFT JOIN bench_visit visit ON visit.lead_id = lead.id AND visit.is_latest
), touched AS (
    SELECT clocked.*, CASE WHEN lifecycle <> 'disqualified' AND r_touch < 0.85 THEN
               clock_started_at + INTERVAL '1 second' * FLOOR(r_speed * 216000) END AS touch_at
      FROM clocked
), reached AS (
    SELECT touched.*, CASE WHEN touch_at <= %(now)s THEN touch_at END AS touched_at,
           touch_at + CASE WHEN is_in_cadence THEN INTERVAL '1 day' * %(days)s
                           WHEN r_human < 0.5 THEN INTERVAL '1 second' * FLOOR(r_human * 864000)
                           END AS spoken_at
      FROM touched
)
SELECT reached.*, CASE WHEN spoken_at <= %(now)s THEN spoken_at END AS human_at,
       CASE WHEN is_in_cadence AND touched_at IS NOT NULL THEN LEAST(%(steps)s, 1 + FLOOR(
           EXTRACT(EPOCH FROM %(now)s::timestamp - touched_at) / 86400 / %(days)s))::int
           ELSE 0 END AS made
  FROM reached ORDER BY id
"""
