"""What each chart says: its finding, its figures, its table. From here on only figures that may be shown exist."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consent.ledger.models import Status
from consent.purposes import OPTIONAL_USES, Purpose
from feedback.dashboards import words
from feedback.dashboards.figures import Figure, of_people, of_work, shown_sum, total_told
from feedback.dashboards.queries import Decisions, LeftOut
from feedback.dashboards.windows import Window
from feedback.intake.words import category_words
from feedback.outbox.models import OutgoingMail
from feedback.stripping import Category
from feedback.tickets.models import Ticket
from feedback.tickets.strip_counts import Strips

OUTCOMES = (
    (Status.GIVEN, Status.RENEWED),
    (Status.REFUSED,),
    (Status.WITHDRAWN,),
)
DOORS_SHOWN = 10
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Table:
    """The numbers of a chart, as the page and the CSV show them."""

    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Column:
    """One day or week of a column chart: a figure for each series, lowest first."""

    day: date
    name: str
    figures: list[Figure]


@dataclass(frozen=True)
class Columns:
    """Stacked columns in time, with the days on which a version came into effect."""

    title: str
    series: list[str]
    columns: list[Column]
    changes: list[tuple[date, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Bar:
    """A bar with its name and figure, and what else may be said of it."""

    name: str
    figure: Figure
    beside: str = ""


@dataclass(frozen=True)
class Chart:
    """A finding, what it counts, its pictures and its numbers."""

    key: str
    finding: str
    counts: str
    table: Table
    columns: list[Columns] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    rest: str = ""


def agreement(found: Decisions, window: Window) -> Chart:
    """Return the decisions on the agreement, by day and version."""
    series = [_("agreed"), _("refused"), _("stopped")]
    table = Table([_("Day"), _("Version"), *series], [])
    columns: list[Column] = []
    counted: list[list[int]] = []
    for day in window.days:
        counts = _counts(found, Purpose.AGREEMENT, day, day)
        counted += counts.values()
        figures = _figures(counts)
        table.rows.extend([day.isoformat(), str(version), *_texts(cells)] for version, cells in figures.items())
        columns.append(Column(day, date_format(day, "j M"), _stacked(figures)))
    picture = Columns("", series, columns, _changes(found, window))
    agreed, refused, stopped = (total_told(cells[n] for cells in counted).number for n in range(3))
    what = _("Decisions on the agreement, by day (UTC) and version of the policy")
    return Chart("agreement", _agreement_finding(agreed, refused, stopped), what, table, [picture])


def purposes(found: Decisions, window: Window) -> Chart:
    """Return the decisions on each optional use, by week and version: one small picture each."""
    series = [_("on"), _("off"), _("taken back")]
    table = Table([_("Use"), _("Week from"), _("Version"), *series], [])
    pictures, most, most_on = [], "", 0
    for use in (use for use in OPTIONAL_USES if use.purpose in found.offered):
        columns: list[Column] = []
        counted: list[list[int]] = []
        for week in window.weeks:
            counts = _counts(found, use.purpose, week, min(week + _WEEK - timedelta(days=1), window.last))
            counted += counts.values()
            figures = _figures(counts)
            for version, cells in figures.items():
                table.rows.append([str(use.title), week.isoformat(), str(version), *_texts(cells)])
            columns.append(Column(week, date_format(week, "j M"), _stacked(figures)))
        pictures.append(Columns(str(use.title), series, columns, _changes(found, window)))
        on = total_told(cells[0] for cells in counted).number
        most, most_on = (str(use.title), on) if on > most_on else (most, most_on)
    finding = (
        _("“%(use)s” is switched on most") % {"use": most} if most else _("No optional use is on for five people yet")
    )
    what = _("Choices about each optional use, by week (from Monday, UTC); all are off until someone switches them on")
    return Chart("purposes", finding, what, table, pictures)


def left_out(found: LeftOut) -> Chart:
    """Return what was left out, by category, and what people kept or staff took out; those not told stand together."""
    bars, rows = [], []
    for category in Category:
        counts = found.categories.get(category, Strips())
        left, kept, by_hand = of_people(counts.statements), of_people(counts.released), of_people(counts.by_hand)
        name, share = category_words(category), _share(kept, left)
        rows.append((left.number + kept.number + by_hand.number, [name, left.text, kept.text, share, by_hand.text]))
        if rows[-1][0]:
            bars.append(Bar(name, left, _beside(share, by_hand)))
    bars.sort(key=lambda bar: (-bar.figure.number, bar.name))
    rows.sort(key=lambda row: (-row[0], row[1]))
    hidden = sorted(row[0] for number, row in rows if not number)
    table = Table([_("Left out"), *_strip_heads()], [row for _number, row in rows])
    finding = _("Nothing was left out five times yet")
    if bars and bars[0].figure.number:
        finding = _("Left out most: %(what)s, about %(number)s times") % {
            "what": bars[0].name,
            "number": bars[0].figure.text,
        }
    rest = _("Fewer than five or none: %(names)s.") % {"names": ", ".join(hidden)} if hidden else ""
    return Chart(
        "left-out", finding, _("Statements left out before anything was kept, by category"), table, [], bars, rest
    )


def left_out_where(found: LeftOut) -> Chart:
    """Return what was left out by the language of the text and by the way it came in, in figures of their own."""
    bars, rows = [], []
    for names, counted in ((words.LANGUAGES, found.languages), (words.CHANNELS, found.channels)):
        # Each has its row whether there is anything or not: a row that comes would tell of one statement.
        each = ((str(name), counted.get(key, Strips())) for key, name in names.items())
        told = [(name, counts, of_people(counts.statements)) for name, counts in each]
        for name, counts, left in sorted(told, key=lambda one: (-one[2].number, one[0])):
            kept, by_hand = of_people(counts.released), of_people(counts.by_hand)
            rows.append([name, left.text, kept.text, _share(kept, left), by_hand.text])
            if names is words.LANGUAGES and left.number:
                bars.append(Bar(name, left, _beside(_share(kept, left), by_hand)))
    finding = _("In no language was anything left out five times yet")
    if bars:
        finding = _("Most is left out of texts in %(language)s") % {"language": bars[0].name}
    what = _("Statements left out, by the language of the text; in the numbers also by how it came")
    return Chart("left-out-where", finding, what, Table([_("Language or way in"), *_strip_heads()], rows), [], bars)


def _strip_heads() -> list[str]:
    return [_("Statements"), _("Kept by their writer"), _("Share kept"), _("Left out by hand")]


def _share(kept: Figure, left: Figure) -> str:
    """Return the share that writers kept, of what is shown: the exact numbers would tell what is hidden."""
    if not kept.number or not left.number:
        return ""
    return _("%(n)s %%") % {"n": round(100 * kept.number / (kept.number + left.number))}


def _beside(share: str, by_hand: Figure) -> str:
    said = [_("%(share)s kept by their writers") % {"share": share}] if share else []
    said += [_("%(n)s by hand") % {"n": by_hand.text}] if by_hand.number else []
    return ", ".join(said)


def tickets(found: Mapping[str, int]) -> Chart:
    """Return the tickets by state."""
    bars = [Bar(str(label), of_work(found.get(state, 0))) for state, label in Ticket.State.choices]
    ours = found.get(Ticket.State.NEW, 0) + found.get(Ticket.State.OPEN, 0)
    finding = ngettext("%(n)s ticket waits for us", "%(n)s tickets wait for us", ours) % {"n": ours}
    if not ours:
        finding = _("No ticket waits for us")
    return _work("tickets", finding, _("Tickets by state, now"), _("State"), bars)


def mail(found: Mapping[str, int]) -> Chart:
    """Return the mail by state."""
    # That a permission ended is somebody's decision; all else is our work.
    shown_as: dict[str, Callable[[int], Figure]] = {OutgoingMail.State.CANCELLED: of_people}
    bars = [Bar(str(label), shown_as.get(state, of_work)(found.get(state, 0))) for state, label in words.MAIL.items()]
    waiting = found.get(OutgoingMail.State.DUE, 0) + found.get(OutgoingMail.State.SENDING, 0)
    finding = ngettext("%(n)s mail is on its way", "%(n)s mails are on their way", waiting) % {"n": waiting}
    if not waiting:
        finding = _("All mail has left") if found else _("No mail was written yet")
    return _work("mail", finding, _("Mails of these weeks, by state"), _("State"), bars)


def denials(found: Mapping[tuple[date, str, str], int]) -> Chart:
    """Return the doors that stayed shut, with why; the rarest stand together."""
    totals: Counter[str] = Counter()
    for (_day, route, code), number in found.items():
        totals[f"{words.door(route)} ({words.reason(code)})"] += number
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    bars = [Bar(name, of_work(number)) for name, number in ranked[:DOORS_SHOWN]]
    if others := sum(number for _name, number in ranked[DOORS_SHOWN:]):
        bars.append(Bar(_("All other doors"), of_work(others)))
    finding = _("Every door that was knocked at opened")
    if ranked:
        finding = _("Shut most often: %(door)s") % {"door": ranked[0][0]}
    return _work("denials", finding, _("Requests that the gate turned away, by door and reason"), _("Door"), bars)


def _work(key: str, finding: str, counts: str, what: str, bars: list[Bar]) -> Chart:
    return Chart(
        key, finding, counts, Table([what, _("Number")], [[bar.name, bar.figure.text] for bar in bars]), [], bars
    )


def _agreement_finding(agreed: int, refused: int, stopped: int) -> str:
    if not agreed + refused + stopped:
        return _("On no day did five people decide the same yet")
    if not refused + stopped:
        return _("About %(agreed)s agreed; never did five refuse or stop on one day") % {"agreed": agreed}
    given = {"agreed": agreed or "< 5", "refused": refused or "< 5"}
    return _("About %(agreed)s agreed and %(refused)s refused, on days when five or more did") % given


def _counts(found: Decisions, purpose: str, first: date, last: date) -> dict[int, list[int]]:
    """Return for each version that may have been answered then the exact number of each outcome."""
    totals: Counter[tuple[int, int]] = Counter()
    for place, statuses in enumerate(OUTCOMES):
        for status in statuses:
            for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
                for version in found.versions:
                    totals[version, place] += found.events.get((purpose, day, version, status), 0)
    return {
        version: [totals[version, place] for place in range(len(OUTCOMES))]
        for version in _answered(found.versions, first, last)
    }


def _figures(counts: Mapping[int, list[int]]) -> dict[int, list[Figure]]:
    return {version: [of_people(count) for count in cells] for version, cells in counts.items()}


def _answered(versions: Mapping[int, date], first: date, last: date) -> list[int]:
    """Return the versions in effect between two days, or until the day before: whether somebody did is not asked."""
    numbers = sorted(versions, key=lambda number: versions[number])
    ends = [*(versions[number] for number in numbers[1:]), date.max]
    starts = [date.min, *(versions[number] for number in numbers[1:])]
    return [
        number
        for number, start, end in zip(numbers, starts, ends, strict=True)
        if start <= last and (end == date.max or end + timedelta(days=1) >= first)
    ]


def _stacked(cells: Mapping[int, list[Figure]]) -> list[Figure]:
    """Return the figures of all versions together, from what is shown of each."""
    sums = [shown_sum(figures[place] for figures in cells.values()) for place in range(len(OUTCOMES))]
    return [Figure(number, str(number) if number else "< 5") for number in sums]


def _texts(cells: list[Figure]) -> list[str]:
    return [figure.text for figure in cells]


def _changes(found: Decisions, window: Window) -> list[tuple[date, str]]:
    """Return the days of the window on which a version came into effect."""
    inside = [(day, number) for number, day in found.versions.items() if window.first < day <= window.today]
    return [(day, _("version %(number)s") % {"number": number}) for day, number in sorted(inside)]
