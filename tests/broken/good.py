"""A good instance that uses every table and has neither fault nor warning, and edits of it."""

from __future__ import annotations

from pathlib import Path

GOOD: dict[str, str] = {
    "instance.toml": """\
name = "good"
title = "Two metals"
start = 2026-02-09
weeks = 4
target_days = 10
budget_usd = 1_000_000
max_restricted_content_pct = 0.1
min_esg_score = 40
frozen_weeks = 1
max_market_share = 0.5
max_houses = 2
""",
    "minerals.csv": """\
mineral,daily_use_t,price_usd_per_t,max_days,storage_class,m3_per_t,min_houses,max_houses,market_t_per_week
tin,1,25000,30,general,0.5,1,2,100
cobalt,,30000,,dry,0.4,,,
""",
    "use.csv": "member,mineral,daily_use_t\nacme,cobalt,0.5\nborealis,cobalt,0.25\n",
    "houses.csv": """\
house,commission_pct,engage_fee_usd,engaged,weekly_capacity_t,capacity_t
traxys,0.5,1000,yes,50,
mercuria,1,,no,,200
""",
    "offers.csv": """\
offer,house,mineral,origin,price_usd_per_t,premium_pct,premium_usd_per_t,lot_t,min_order_t,max_week_t,max_t,commit_t,from_week,to_week,lead_weeks,pay_on_order_pct,discount,restricted_content_pct,licensed,esg_score
tin-1,traxys,tin,peru,,2,100,1,2,20,60,4,1,3,1,30,all_units,,,55
tin-2,mercuria,tin,china,25100,,,,1,20,,,,,0,,incremental,5,yes,
cobalt-1,mercuria,cobalt,congo,,1.5,,0.5,,10,,,,,1,,,0.05,no,41
""",
    "tiers.csv": """\
offer,from_t,to_t,discount_pct
tin-1,0,10,0
tin-1,10,20,1
tin-2,0,5,0
tin-2,5,,-0.5
""",
    "prices.csv": "mineral,week,price_usd_per_t\ntin,1,25000\ntin,3,25500\n",
    "origins.csv": """\
origin,group,barred,barred_from_week,extra_lead_weeks
peru,allied,no,,
congo,open,,,1
china,restricted,,4,
""",
    "duties.csv": "origin,mineral,duty_pct\nchina,tin,25\nopen,*,2\n",
    "floors.csv": "mineral,origin,floor_usd_per_t,mechanism\ntin,allied,24000,minimum\ncobalt,,20000,cfd\n",
    "shares.csv": """\
mineral,by,name,min_share,max_share
tin,group,restricted,,0.4
tin,origin,peru,0.1,0.9
*,house,traxys,0.1,0.8
""",
    "volatility.csv": "mineral,volatility_pct,series\ntin,25,tin_wb\ncobalt,35,\n",
    "correlations.csv": "mineral,other,correlation\ntin,cobalt,0.2\n",
    "futures.csv": """\
future,probability,known_week,in_transit,note
as it stands,,,,nothing new
ban,0.2,3,lost,"a bar, and the price after it"
late,0.1,,arrive,
""",
    "future_changes.csv": """\
future,n,change
ban,1,"origin_barred(origin=china, week=3)"
ban,2,prices.tin/3.price_usd_per_t=+10%
late,1,"licence_delay(origin=open, weeks=1)"
""",
    "hazards.csv": """\
hazard,change,chance,from_week,to_week
strike,houses.traxys.weekly_capacity_t=0,0.05,,
fire,store_lost(site=south),0.01,2,4
ban,"origin_barred(origin=peru, week=$week)",0.1,3,
""",
    "sites.csv": """\
site,capacity_m3,inbound_t_per_week,handling_usd_per_t,rent_usd_per_m3_week,max_value_usd,accepts
north,100,50,10,2,2000000,general
south,80,,12,,,dry;general
""",
    "stock.csv": "mineral,site,tonnes\ntin,north,3\ncobalt,south,1\n",
    "inbound.csv": "mineral,site,week,tonnes,due_usd\ntin,north,2,1,5000\n",
    "releases.csv": "week,usd\n1,600000\n3,400000\n",
    "funding.csv": "source,limit_usd,rate_pct,from_week,max_share,drawn_usd\nloan,900000,5,1,0.9,0\nprivate,,9,,,\n",
    "targets.csv": "mineral,week,days,must_days\ntin,3,8,2\ntin,4,10,\n",
    "withdrawals.csv": "withdrawal,member,mineral,week,tonnes\nw1,acme,cobalt,4,0.5\n",
    "members.csv": "member,priority,fee_usd_per_year,carry_share\nacme,1,50000,0.6\nborealis,,,\n",
    "entitlements.csv": """\
member,mineral,tonnes,max_week_t,inventory_usd_per_t
acme,cobalt,5,2,29000
borealis,cobalt,,,
""",
    "owed.csv": "member,mineral,week,tonnes,site\nborealis,cobalt,2,0,south\nborealis,cobalt,3,0,\n",
    "bids.csv": """\
bid,house,mineral,price_usd_per_t,premium_pct,lot_t,min_t,max_week_t,max_t,from_week,to_week,fee_usd,surplus
scrap,traxys,tin,20000,,1,1,5,10,2,4,100,no
spare,traxys,tin,,-5,,,1,,,,,yes
""",
    "conversions.csv": """\
conversion,from,to,yield,fee_usd_per_t,capacity_t_per_week,lead_weeks,lot_t
smelt,tin,cobalt,0.5,100,0,1,1
""",
    "substitutes.csv": "mineral,by,factor,max_share\ntin,cobalt,0.5,0\n",
    "prior.csv": "offer,week,tonnes\ntin-1,1,2\n",
}


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    """The folder, with those files (the good instance if none are given) written into it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (GOOD if files is None else files).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def edited(file: str, old: str, new: str, files: dict[str, str] = GOOD) -> dict[str, str]:
    """An instance (the good one) with one text in one file replaced; the text must stand there exactly once."""
    assert files[file].count(old) == 1, f"{old!r} stands {files[file].count(old)} times in {file}"
    return {**files, file: files[file].replace(old, new)}
