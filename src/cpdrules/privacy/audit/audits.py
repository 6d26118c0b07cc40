"""What a site was seen to set, beside what its statement declares.

Every cookie gets one verdict, and remarks beside it. That nobody declared a cookie says that it is unknown: not that it
is forbidden, and never that it should be deleted. A finding holds names and never values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from attrs import field, frozen

from cpdrules.errors import RecordError, shown
from cpdrules.likenesses import look, oddities
from cpdrules.privacy.audit.catalogues import Catalogue, catalogue
from cpdrules.privacy.audit.cookie_records import Reject
from cpdrules.privacy.audit.observations import Observation, Observed
from cpdrules.privacy.audit.reports import Audit, AuditVerdict, CookieFinding, Remark
from cpdrules.privacy.audit.set_cookie import LONGEST, Rejection, aware, covers, lower
from cpdrules.privacy.cookies import Cookie, Lifetime
from cpdrules.privacy.names import Found, Index, Match, Matches, NamePattern
from cpdrules.privacy.statements import Statement

#: When consent was given: to everything, or by the ids of purposes; what is missing there had none.
Consent: TypeAlias = "datetime | Mapping[str, datetime]"


def audit(
    seen: Observed | Iterable[Observation],
    statement: Statement,
    *,
    consent: Consent | None = None,
    needs_consent: Callable[[Cookie], bool | None] | None = None,
    first_party: Iterable[str] = (),
    public_suffix: Callable[[str], bool] | None = None,
    third_party: Callable[[Observation], bool | None] | None = None,
    facts: Mapping[str, bool | None] | None = None,
    listed: Catalogue | Iterable[object] = (),
) -> Audit:
    """Compare what was seen with what a statement declares.

    ``consent`` is when consent was given, and an empty mapping that none was; None says that nobody knows, and then
    nothing is said of it. Without ``needs_consent``, a cookie needs it unless all its purposes are strictly necessary.
    ``first_party`` names the domains of the site's own; a registrable domain stands for all below it. ``third_party``
    tells whether a line came for a part of another site's page, where browsers take less. ``facts`` settle lifetimes
    that depend on something. ``listed`` are rows of the Open Cookie Database, which give hints alone.

    Raises:
        RecordError: something is no observation, a moment has no time zone, or a domain is none.
    """
    observed = seen if isinstance(seen, Observed) else Observed(tuple(map(_observation, seen)))
    known = listed if isinstance(listed, Catalogue) else catalogue(listed)
    auditor = _Auditor(
        statement,
        _checked(consent),
        needs_consent or _needing(statement),
        {purpose.id for purpose in statement.cookie_purposes if purpose.icc == "strictly-necessary"},
        _domains(first_party),
        public_suffix,
        third_party,
        facts or {},
        known,
    )
    findings = tuple(map(auditor.finding, observed.observations))
    rejects = (*observed.rejects, *(Reject(f"catalogue{one.place}", one.reason) for one in known.rejects))
    return Audit(statement.name, findings, tuple(auditor.overall(findings)), rejects)


def _observation(one: object) -> Observation:
    if not isinstance(one, Observation):
        raise RecordError(
            f"A {type(one).__name__} is no observation",
            why="An audit needs to know who sent a cookie, and when, which its line alone does not say",
            remedy="Write from_set_cookie(line, host='www.theiet.org', at=...), or from_har, or from_browser",
        )
    return one


def _checked(consent: Consent | None) -> Consent | None:
    if isinstance(consent, Mapping):
        return {purpose: aware(moment) for purpose, moment in consent.items()}
    return consent if consent is None else aware(consent)


def _needing(statement: Statement) -> Callable[[Cookie], bool | None]:
    """Give the rule that only cookies all of whose purposes are strictly necessary need no consent."""
    categories = {purpose.id: purpose.icc for purpose in statement.cookie_purposes}

    def needs(cookie: Cookie) -> bool | None:
        kinds = [categories.get(purpose) for purpose in cookie.purposes]
        if any(kind not in (None, "strictly-necessary") for kind in kinds):
            return True
        return None if None in kinds else False

    return needs


def _domains(first_party: Iterable[str]) -> tuple[str, ...]:
    if isinstance(first_party, str):
        raise RecordError(
            f"The site's own domains are the text {shown(first_party)}",
            why="Each of its letters would be taken for a domain",
            remedy=f"Write [{shown(first_party)}]",
        )
    return tuple(map(_domain, first_party))


def _domain(text: object) -> str:
    domain = lower(text).removeprefix(".") if isinstance(text, str) else ""
    if not domain or not _NO_DOMAIN.isdisjoint(domain.partition("]")[2] if domain[0] == "[" else domain):
        raise RecordError(
            f"{shown(text)} is none of the site's own domains",
            why="No cookie is kept for it, so each of the site's own would be taken for another site's",
            remedy="Write a domain alone, without a scheme, a port or a path, such as theiet.org",
            domain=text,
        )
    return domain


#: What stands in addresses of pages, and never in a domain.
_NO_DOMAIN = frozenset(" /:?#@\\")


@frozen
class _Auditor:
    """A statement and whatever else an audit needs, made ready to be asked of one cookie after the other."""

    statement: Statement
    consent: Consent | None
    needs_consent: Callable[[Cookie], bool | None]
    #: Ids of purposes that are strictly necessary.
    necessary: set[str]
    first_party: tuple[str, ...]
    public_suffix: Callable[[str], bool] | None
    third_party: Callable[[Observation], bool | None] | None
    facts: Mapping[str, bool | None]
    listed: Catalogue
    index: Index[Cookie] = field(init=False)
    #: What the declared names look like.
    looks: _Looks = field(init=False)

    def __attrs_post_init__(self) -> None:
        declared = [(pattern, cookie) for cookie in self.statement.cookies for pattern in cookie.names]
        object.__setattr__(self, "index", Index(declared))
        object.__setattr__(self, "looks", _looks(pattern for pattern, _ in declared))

    def finding(self, seen: Observation) -> CookieFinding:
        """Judge one cookie."""
        matches = self.index.best(seen.name, seen.host) if seen.name else Matches[Cookie]()
        told = _in_use_first(matches.found, seen)
        cookie = told.value if told else None
        verdict = self._verdict(seen, matches.answer, cookie)
        others = dict.fromkeys(one.value.id for one in (*matches.found, *matches.unsure) if one.value is not cookie)
        return CookieFinding(
            seen,
            verdict,
            cookie.id if cookie else "",
            told.pattern if told else None,
            tuple(others),
            tuple(self._remarks(seen, verdict, matches, told)),
            self.listed.hints(seen.name) if cookie is None and seen.name else (),
        )

    def _verdict(self, seen: Observation, answer: Match, cookie: Cookie | None) -> AuditVerdict:
        if any(not one.missing for one in self._rejections(seen)):
            return "rejected-by-browser"
        if seen.deletion:
            return "deletion"
        if not seen.name:
            return "nameless"
        if cookie is None:
            return "cannot-tell" if answer is Match.UNSURE else "undeclared"
        return "declared" if _in_use(cookie, seen) else "declared-but-discontinued"

    def _rejections(self, seen: Observation) -> tuple[Rejection, ...]:
        elsewhere = None if self.third_party is None else self.third_party(seen)
        return seen.rejections(third_party=elsewhere, public_suffix=self.public_suffix)

    def _remarks(
        self, seen: Observation, verdict: AuditVerdict, matches: Matches[Cookie], told: Found[Cookie] | None
    ) -> Iterator[Remark]:
        for one in self._rejections(seen):
            if not one.missing:
                yield Remark("prefix-rule" if one.code == "prefix" else one.code, one.text)
        yield from _of_names(seen, matches, told)
        for pattern in _like(self.looks, seen.name) if verdict == "undeclared" else ():
            yield Remark("look-alike", f"it looks like {pattern}, which is declared; names are compared as they are")
        for ignored in seen.line.ignored if seen.line else ():
            yield Remark("ignored-attribute", f"{ignored.attribute}: {ignored.why}")
        if seen.deletion is None:
            yield Remark("cannot-tell", "it deletes the cookie if it was received after it expires, which is not known")
        if verdict in ("rejected-by-browser", "deletion"):
            return  # nothing is kept, so nothing is kept too long, too early or by the wrong party
        cookie = told.value if told else None
        yield from self._of_consent(seen, cookie)
        if cookie is not None:
            yield from _of_lifetime(seen, cookie.lifetime.under(self.facts))
            yield from self._of_party(seen, cookie)

    def _of_consent(self, seen: Observation, cookie: Cookie | None) -> Iterator[Remark]:
        needed = None if cookie is None else self.needs_consent(cookie)
        if self.consent is None or needed is False:
            return
        missing = self._without_consent(seen, cookie)
        if missing == "":
            return
        if missing is None:
            yield Remark("cannot-tell", "when it was set is not known, so neither is whether there was consent")
        elif needed is None:
            yield Remark("cannot-tell", f"{missing}; what it is for is not known, so neither is whether it needs any")
        else:
            yield Remark("set-before-consent", missing)

    def _without_consent(self, seen: Observation, cookie: Cookie | None) -> str | None:
        """Say for what there was no consent when a cookie was seen; None where that is not known."""
        if isinstance(self.consent, Mapping):
            purposes = () if cookie is None else cookie.purposes
            asked = [purpose for purpose in purposes if purpose not in self.necessary] or purposes
            given = {purpose: self.consent.get(purpose) for purpose in asked}
        else:
            given = {"everything": self.consent}
        never = [purpose for purpose, moment in given.items() if moment is None]
        if never or not given:
            return f"there was no consent to {' or '.join(never)}" if given else "no consent is noted for it"
        if seen.observed_at is None:
            return None
        at = seen.observed_at
        early = [purpose for purpose, moment in given.items() if moment is not None and at < moment]
        return f"consent to {' and '.join(early)} was given later" if early else ""

    def _of_party(self, seen: Observation, cookie: Cookie) -> Iterator[Remark]:
        provider = cookie.provider
        if isinstance(provider.domains, tuple) and provider.domains:
            domains = [lower(domain).removeprefix(".") for domain in provider.domains]
            if not any(covers(domain, seen.domain) for domain in domains):
                yield Remark("party-mismatch", f"it is kept for {shown(seen.domain)}, declared for {domains[0]}")
        own = any(covers(domain, seen.domain) for domain in self.first_party)
        if self.first_party and provider.party in _PARTIES and _PARTIES[provider.party] is not own:
            kept = "the site's own domain" if own else "another site's domain"
            yield Remark("party-mismatch", f"it is kept for {kept}, and declared of the {provider.party} party")

    def overall(self, findings: tuple[CookieFinding, ...]) -> Iterator[Remark]:
        """Say what is to be known of no single cookie."""
        seen = {one for finding in findings for one in (finding.cookie, *finding.may_be)}
        for cookie in self.statement.cookies:
            if cookie.names and cookie.active and cookie.id not in seen:
                yield Remark("not-seen", f"{cookie.id} is declared and was not seen")
        nameless = [cookie.id for cookie in self.statement.cookies if not (cookie.names or cookie.reuses)]
        if nameless:
            those = ", ".join(nameless)
            yield Remark("cannot-tell", f"the statement gives no names of {those}: nobody could tell them if seen")
        if not self.first_party and any(cookie.provider.party in _PARTIES for cookie in self.statement.cookies):
            yield Remark("cannot-tell", "which domains are the site's own is not known, so no parties are compared")
        yield from self._missing(findings)

    def _missing(self, findings: tuple[CookieFinding, ...]) -> Iterator[Remark]:
        """Say once of each fact how many cookies a browser would refuse if it were such."""
        missing = Counter(
            (one.missing, one.text)
            for finding in findings
            if finding.verdict != "rejected-by-browser"
            for one in self._rejections(finding.observation)
        )
        for (fact, rule), times in missing.items():
            cookies = f"{times} cookie{'s' if times > 1 else ''}"
            yield Remark("cannot-tell", f"a browser may refuse {cookies}: {rule}, and it is not known {fact}")


#: Whether a party that a statement names is the site itself.
_PARTIES: dict[object, bool] = {"first": True, "first, by a third party's script": True, "third": False}


def _in_use(cookie: Cookie, seen: Observation) -> bool:
    """Tell whether a cookie was in use, as declared, when it was seen; or is now, where nobody noted when."""
    if cookie.discontinued is None:
        return True
    return seen.observed_at is not None and seen.observed_at.date() <= cookie.discontinued


def _in_use_first(found: tuple[Found[Cookie], ...], seen: Observation) -> Found[Cookie] | None:
    return next((one for one in found if _in_use(one.value, seen)), found[0] if found else None)


#: Patterns by what they look like, and the looks by the part of a name that is compared: the whole, or its first or
#: last so many characters.
_Looks: TypeAlias = "dict[tuple[str, int], dict[str, list[NamePattern]]]"


def _looks(patterns: Iterable[NamePattern]) -> _Looks:
    found: _Looks = {}
    for pattern in patterns:
        if pattern.kind != "segments":
            part = pattern.kind, 0 if pattern.kind == "exact" else len(pattern.text)
            found.setdefault(part, {}).setdefault(look(pattern.text), []).append(pattern)
    return found


def _like(looks: _Looks, name: str) -> Iterator[str]:
    """Give the declared patterns that a name would match if case and look-alikes did not matter, each once."""
    if len(name) > _NAME:
        return
    like: dict[str, None] = {}
    for (kind, length), patterns in looks.items():
        part = name[-length:] if kind == "suffix" else name[: length or len(name)]
        like.update((str(one), None) for one in patterns.get(look(part), ()) if one.text != part)
    yield from like


#: Of longer names nobody asks what they look like: that takes one look for each length of the beginnings and ends.
_NAME = 256


def _of_names(seen: Observation, matches: Matches[Cookie], told: Found[Cookie] | None) -> Iterator[Remark]:
    several = tuple(dict.fromkeys(one.value.id for one in matches.found))
    if len(several) > 1:
        yield Remark("ambiguous", f"its name is as good as that of {', '.join(several)}")
    if told and told.pattern.source is not None and told.pattern.source.stated == "inferred":
        yield Remark("inferred", f"it is told by {told.pattern}, which is inferred and not stated")
    for one in matches.unsure:
        yield Remark(
            "cannot-tell", f"it is {one.value.id} if it is a cookie on {one.pattern.domain}, which is not known"
        )
    for oddity in oddities(seen.name):
        yield Remark("look-alike", oddity)


def _of_lifetime(seen: Observation, declared: Lifetime) -> Iterator[Remark]:
    if seen.session is None:
        yield Remark("cannot-tell", "how long it is kept is not known")
    if seen.session is not False:
        return
    days = seen.days
    if declared.cases is not None:
        fact = declared.cases[0].replace("_", " ")
        yield Remark("cannot-tell", f"how long it may be kept depends on whether {fact}, which is not known")
    elif declared.ends_with_session:
        kept = "for a time" if days is None else f"for {_so_long(days)}"
        yield Remark("lifetime-longer-than-declared", f"it is kept {kept}, and declared to end: {declared}")
    elif declared.kind == "lasting" and days is None:
        yield Remark("cannot-tell", "how long it is kept depends on when it was received, which is not known")
    elif declared.days is not None and days is not None and (seen.lifetime or 0) // 86_400 > declared.days:
        kept = "still kept" if seen.kind == "browser" else "set"
        yield Remark("lifetime-longer-than-declared", f"it is {kept} for {_so_long(days)}, and declared for {declared}")


def _so_long(days: int) -> str:
    if days > _COUNTED:
        return "more days than there are in a calendar"
    cap = f" (browsers keep it {LONGEST // 86_400} at most)" if days > LONGEST // 86_400 else ""
    return f"{days} day{'' if days == 1 else 's'}{cap}" if days else "less than a day"


#: The days of ten thousand years: no more are written out.
_COUNTED = 3_652_425
