"""The date of the page, worked out from what it says, with the grounds."""

from __future__ import annotations

from datetime import date, timedelta

from attache.dossier import Ground, PageDate, Span, Time
from attache.reading import Days
from attache.when.anchors import ENOUGH, Anchor, anchors_of
from attache.when.bounds import agree, bounds_of
from attache.when.page import PageView

AFTER = 5
"""News of a thing may be told so many days after it."""
NARROW = 31
CLEAR = 0.5
"""By how much the best anchor must be better than one of another time."""


def stated(published: Days) -> PageDate:
    """The date of a page that tells its own."""
    first = published.first.isoformat() if published.first else None
    last = published.last.isoformat() if published.last else None
    ground = Ground(span=None, reason="the page or its metadata states the day of publication")
    same = first if first == last else None
    return PageDate(published=same, best=last or first, earliest=first, latest=last, grounds=[ground])


def work_out(page: PageView) -> PageDate:
    """The best day, the bounds and why; nothing where the page gives nothing."""
    within, kept = agree(bounds_of(page))
    grounds = [bound.ground for bound in kept]
    anchors = anchors_of(page, within)
    if anchors and anchors[0].score >= ENOUGH and not _ambiguous(anchors):
        days = Days(anchors[0].first, anchors[0].last + timedelta(AFTER))
        return _anchored(page, anchors, [b.ground for b in kept if b.days.overlaps(days)])
    best = None
    if within.first and within.last and (within.last - within.first).days <= NARROW:
        fresh = any(b.fresh and b.days.first == within.first for b in kept)
        best = (within.first if fresh else within.last).isoformat()
    earliest = within.first.isoformat() if within.first else None
    latest = within.last.isoformat() if within.last else None
    return PageDate(best=best, earliest=earliest, latest=latest, grounds=grounds)


def _ambiguous(anchors: list[Anchor]) -> bool:
    """Whether another time, well apart, is as good as the best: one of several visits to the same city, say."""
    top = anchors[0]
    slack = timedelta(AFTER)
    near = Days(top.first - slack, top.last + slack)
    return any(a.score >= top.score - CLEAR and not near.overlaps(Days(a.first, a.last)) for a in anchors[1:])


def _anchored(page: PageView, anchors: list[Anchor], grounds: list[Ground]) -> PageDate:
    top = anchors[0]
    # Close rivals that fall in the same days say the same thing; the latest of them is the nearest to the page.
    allies = [a for a in anchors[:8] if a.score >= ENOUGH and a.score >= top.score - 2 and abs((a.first - top.first).days) <= 4]
    first, last = top.first, max(min(a.last, top.last + timedelta(2)) for a in allies)
    past, future = _placed_weekdays(page, top)
    told = [day for day, _ in past]
    if top.exact:
        best = max([top.last, *[d for d in told if 0 <= (d - top.last).days <= 2]])
    elif told:
        best = max(max(told), first)
    else:
        best = last if (last - first).days <= 2 else first + timedelta(1)
    ahead = [day for day, _ in future if day > first]
    latest = max(last, best) + timedelta(AFTER)
    if ahead and min(ahead) > best:
        latest = min(latest, min(ahead))
    earliest = max([first, *told]) if told and max(told) <= best and not top.exact else first
    grounds = [a.ground for a in allies[:3]] + [_weekday_ground(t, d) for d, t in past[:4]] + grounds
    return PageDate(best=best.isoformat(), earliest=min(earliest, best).isoformat(), latest=latest.isoformat(), grounds=grounds)


def _weekday_ground(time: Time, day: date) -> Ground:
    return Ground(span=Span(start=time.span.start, end=time.span.end), reason=f"“{time.text}” falls on {day}")


def _placed_weekdays(page: PageView, anchor: Anchor) -> tuple[list[tuple[date, Time]], list[tuple[date, Time]]]:
    """Each weekday of the text set on a day about the anchor: the past ones, and those that lie ahead."""
    past: list[tuple[date, Time]] = []
    future: list[tuple[date, Time]] = []
    end = min(anchor.last, anchor.first + timedelta(6 if anchor.week else 3))
    inner = {(anchor.first + timedelta(n)).isoweekday() for n in range((end - anchor.first).days + 1)}
    # A page that begins with the weekday of the event is of that day or the two after it; what else it tells as past was before.
    beyond = 3 if page.weekdays and page.weekdays[0][0] in inner and not anchor.week else 4
    for number, time, direction in page.weekdays:
        span = [anchor.first + timedelta(n) for n in range(-4, (end - anchor.first).days + (4 if direction > 0 else beyond))]
        days = [d for d in span if d.isoweekday() == number]
        if not days:
            continue
        inside = [d for d in days if anchor.first <= d <= end]
        day = inside[0] if inside else min(days, key=lambda d: min(abs((d - anchor.first).days), abs((d - end).days)))
        (future if direction > 0 else past).append((day, time))
    return past, future
