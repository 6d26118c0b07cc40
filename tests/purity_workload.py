"""What `test_purity.py` runs while it watches: every use of the library, once each, none of them warmed up.

Imports stand at the top, where they may touch the disk; nothing below may.
"""

from datetime import UTC, date, datetime

import cpdrules
from cpdrules import Rounding, all_of, as_stated, at_least, each, over, year
from cpdrules.amounts import hours as so_many_hours
from cpdrules.cohorts import as_feedback, summarise
from cpdrules.cpd import (
    Circumstance,
    Member,
    activity,
    circumstance,
    counting,
    different,
    entries,
    hours,
    pro_rata,
    record,
    scheme,
    up_to,
)
from cpdrules.cpd.declarations import declared_against_recorded
from cpdrules.differences import diff
from cpdrules.documents import (
    converter,
    digest,
    policy_schema,
    read_finding,
    read_json,
    read_policy,
    read_record,
    read_statement,
    read_toml,
    write_finding,
    write_json,
    write_policy,
    write_record,
    write_statement,
)
from cpdrules.iet import conduct, cpd, engineering_council, monitoring, policy_text, privacy
from cpdrules.iet.cookie_readings import READINGS
from cpdrules.linting import lint
from cpdrules.periods import years
from cpdrules.privacy import access, audit, checks, consent, disclosure, effects, exports, storage, versions, wording
from cpdrules.privacy import as_stated as as_said
from cpdrules.rendering import as_html, as_markdown
from cpdrules.review import (
    Assessor,
    Desk,
    History,
    Outcomes,
    Proportion,
    Remark,
    Return,
    Stratum,
    ToAssess,
    agreement,
    announce,
    as_generic_feedback,
    assign,
    at_rate,
    check_assignment,
    draw,
    eligibility,
    individual,
    read_manifest,
    review,
    self_check,
    settle,
    standing,
    stratified,
    verify,
    write_manifest,
)
from cpdrules.review import feedback as told
from cpdrules.review.agreement import krippendorff_alpha
from cpdrules.review.fairness import backstop, chances, cost
from cpdrules.review.outcomes import tally
from cpdrules.rows import ActivityColumns, MemberColumns, read_activities, read_members, read_records, write_findings
from cpdrules.scenarios import amend, compare

YEAR = year(2015)


def look_at_the_face() -> None:
    """Fetch and word every public name."""
    for name in cpdrules.__all__:
        repr(getattr(cpdrules, name))


def make_records() -> list[cpdrules.cpd.Record]:
    """Write down members who lack nothing, who lack facts, and who are on leave."""
    log = [
        activity("2015-03-02", "6 h", planned=True, area="soft_skills", kind="event"),
        activity("2015-12-28", 7, until="2016-01-03", planned=False, area="soft_skills", kind="event"),
        activity(None, 2, title="Undated"),
        activity("2015-05-01", None, title="Unmeasured"),
    ]
    leave = Circumstance("maternity_leave", date(2015, 6, 1))
    return [record("1", log, declared=20), record(Member("2", circumstances=(leave,)), log)]


def assess_and_word() -> None:
    """Assess by every edition, and by words that the IET does not use; word every finding in every way."""
    policy = all_of(
        at_least(3, counting(hours(), up_to(2, planned=False))),
        at_least(1, entries(reflected=True, longer_than=5)),
        over(years(3), each(years(1), at_least(2, different("kind"), ref="kinds"))),
        at_least(
            pro_rata(30, outside=circumstance("maternity_leave"), rounding=Rounding("up", so_many_hours("1 min"))),
            hours(),
        ),
    )
    for one in make_records():
        findings = [policy.assess(one, period=YEAR), as_stated(cpd.policy).assess(one, period=YEAR)]
        findings += [cpd.policy.assess(one, period=year(number)) for number in range(2013, 2026)]
        for finding in findings:
            str(finding), as_markdown(finding), as_html(finding), finding.remaining(), finding.missing()
            assert read_finding(write_finding(finding)) == finding
        declared_against_recorded(one, hours(), period=YEAR, conventions=cpd.CONVENTIONS)


def look_over_the_cohort() -> None:
    """Sum findings up, and ask what if."""
    found = {one.member.id: cpd.policy.assess(one, period=YEAR) for one in make_records()}
    as_feedback(summarise(found.values()), title="Feedback")
    list(write_findings(found))
    str(compare(cpd.policy, amend(cpd.policy, {"hours": 20}), make_records(), period=YEAR))


def pass_through_the_doors() -> None:
    """Write everything as plain data and read it back; read tables, good and bad."""
    for policy in (cpd.policy, cpd.scope, engineering_council.may_be_referred):
        assert read_policy(read_json(write_json(write_policy(policy)))) == policy
        digest(policy)
        policy_schema()
    read_policy(read_toml('"at least" = { figure = "30 h", of = "hours" }'))
    one = make_records()[1]
    assert read_record(write_record(one)) == one
    converter().unstructure([one])
    for wrong in ({}, {"at leest": {}}, None):
        try:
            read_policy(wrong)
        except cpdrules.CpdRulesError as error:
            str(error)
    members = read_members([{"No": "1"}, {"No": "1"}], MemberColumns(member="No"))
    rows = [{"No": "1", "On": "2015-03-02", "For": "1h30"}, {"No": "l", "On": "31/02/2015", "For": "7,5"}]
    columns = ActivityColumns(member="No", first="On", amount="For")
    [str(reject) for reject in read_records(members, activities=read_activities(rows, columns)).rejects]


def lay_side_by_side() -> None:
    """Say what differs between policies, and what is wrong with one by itself."""
    hasty = scheme(all_of(at_least(9, hours(aera="a"), ref="a"), at_least(0, entries(), ref="a")), axes=cpd.AXES)
    str(diff(cpd.policy, amend(cpd.policy, {"hours": 20}))), str(diff(cpd.policy, hasty))
    [str(remark) for policy in (cpd.policy, hasty) for remark in lint(policy)]


def review_a_year() -> None:
    """Choose, draw, check, place, read, settle, count and tell."""
    members = [one.member for one in make_records()]
    str(eligibility(members, monitoring.may_be_chosen, id_of=lambda one: one.id, period=YEAR, unrecorded=History()))
    ids = [f"M{number}" for number in range(1, 41)]
    terms = {"scheme": monitoring.SCHEME, "label": "2016", "seed_source": "dice"}
    announced = announce(ids, at_rate("25%"), **terms)
    drawn = draw(ids, at_rate("25%"), seed="63454660390103169462", announced=announced, **terms)
    manifest = read_manifest(write_manifest(drawn.manifest()))
    assert verify(manifest, ids, announced=announced) == ()
    str(self_check(manifest, drawn.ids[0]))
    desk = Desk([ToAssess(one, one) for one in drawn.ids], [Assessor("A", 9), Assessor("B", 9)], key=drawn.key)
    placed = assign(desk)
    str(placed), check_assignment(desk, placed.pairs())
    found = cpd.policy.assess(make_records()[1], period=YEAR)
    remarks = [Remark(ref, "met", "well done") for ref in ("areas", "kinds", "competences", "reflection")]
    reviews = [
        review(
            "M1",
            who,
            remarks,
            criteria=monitoring.CRITERIA,
            findings={"hours": monitoring.hours_asked(found)},
            facts={"plan": False},
        )
        for who in ("A", "B")
    ]
    reply = individual(reviews, settle(reviews), found)
    told.as_markdown(reply, title="Yours"), told.as_html(reply, title="Yours")
    as_generic_feedback(told.summarise([reply]), title="All"), str(agreement([("met", "met"), ("met", "not met")]))
    str(Outcomes(10, responded=9, met=8)), str(stratified([Stratum("all", 40, 10, met=8)]))
    str(Proportion(8, 10, among="drawn").within(40))
    silent = Return("M2").after("selected", YEAR.first).after("requested", YEAR.first).after("miss", YEAR.last)
    str(standing(monitoring.BYE_LAW, silent, on=YEAR.last))


def look_into_the_statute_book() -> None:
    """Read what is kept as data."""
    str(policy_text.STATEMENTS), str(monitoring.STAGES), str(engineering_council.PHASES), str(conduct.REGULATIONS)


def look_at_the_statement() -> None:
    """Ask a privacy and cookie statement everything, and have it stated, exported, checked, compared and audited."""
    whole = privacy.statement
    on, moment = date(2026, 6, 1), datetime(2026, 6, 1, tzinfo=UTC)
    str(effects.effects_of(whole, effects.everything(whole), logs_on=False)), effects.short_version(whole)
    effects.minimal_sets(whole, "shop-order"), effects.blocks_that_break(whole, "shop-order")
    str(storage.may_set(whole, "google-analytics", on=on, readings=READINGS))
    storage.changes_between(whole, date(2018, 1, 1), on, readings=READINGS).rows()
    given = consent.ConsentEvent(at=moment, state="given", purposes=["statistics"], statement=whole.name)
    record = consent.ConsentRecord(subject="a").and_then(given)
    consent.consent_status(record, at=moment, purposes=whole.cookie_purposes, max_age=None, gpc=consent.gpc("1"))
    seen = audit.from_set_cookie("CFID=1; Path=/; Max-Age=9", host="www.theiet.org", at=moment)
    str(audit.audit([seen], whole)), audit.parse("__Host-a=1; Domain=x; Expires=Tue, 21-Nov-17 10:00:00 GMT")
    audit.from_har({"log": {"entries": [{}]}}), audit.from_browser([{"name": "a"}])
    str(disclosure.may_disclose(whole, ["email"], to="adestra", purpose="send-information", on=on))
    disclosure.required_data(whole, "website-registration"), disclosure.preferences_of(whole, {})
    asked = access.AccessRequest(received=on)
    assert whole.access is not None
    str(access.validity(asked, whole.access)), str(access.deadline(asked, working_day=lambda day: day.weekday() < 5))
    wording.as_text(whole), wording.as_markdown(whole), wording.as_html(whole), wording.cookie_table(whole)
    exports.to_klaro(whole), exports.to_cookieconsent(whole, revision=1), exports.to_consent_mode(whole)
    exports.to_tcf_disclosure(whole), exports.tags(whole)
    checks.contradictions(whole), checks.notice_items(whole, on=on, jurisdiction="UK")
    str(versions.diff(whole, as_said(whole))), versions.material_changes(whole, as_said(whole))
    assert read_statement(read_json(write_json(write_statement(whole)))) == whole


def speak_of_everyone() -> None:
    """Count the outcomes of a review, and say what they say of those who were not in it."""
    outcomes = tally([cpdrules.Verdict.MET] * 45 + [cpdrules.Verdict.NOT_MET] * 4 + ["deferred"] * 2)
    str(outcomes), str(outcomes.share("met", of="selected").within(1001))
    str(stratified([Stratum("all", 1001, 51, met=45)]))
    str(agreement([("met", "met"), ("met", "not met")])), str(krippendorff_alpha([[1, 1], [2, 1]]))
    str(chances("5%", cooling_off=2)), str(backstop("5%", 10)), str(cost(1001, "5%", each=1))


def work() -> None:
    """Do all of it."""
    look_at_the_face()
    assess_and_word()
    look_over_the_cohort()
    pass_through_the_doors()
    lay_side_by_side()
    review_a_year()
    look_into_the_statute_book()
    look_at_the_statement()
    speak_of_everyone()
