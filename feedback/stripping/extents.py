"""Where a statement starts and ends: inside its piece, and over the pieces beside it that go on with it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import islice

from feedback.stripping.categories import SPECIAL
from feedback.stripping.clauses import WORD, Piece, pieces, words
from feedback.stripping.folding import fold
from feedback.stripping.languages import language_of
from feedback.stripping.persons import (
    ADJUNCT,
    ARTICLES,
    BLOCKING,
    FILLERS,
    GIVING,
    KIN,
    LINKS,
    NEXT_STATEMENT,
    OBJECTS,
    POSSESSIVES,
    RELATIONS,
    SUBJECTS,
)
from feedback.stripping.texts import Span
from feedback.stripping.vocabulary import vocabulary

_DOERS = words("i i've i'd he she they they're you we")
_OPENING = (ADJUNCT | words("with for via about by as without")) - words("of")
_SAYING = LINKS | words("no that it its this the")
"""With these a statement about something owned goes on: "my court date is the 12th"."""
_PLEASE = ["por", "favor"]
MOST_BEHIND = 14
"""So many words behind a term still belong to its statement."""

_ANDS = words("and y e et und dan aur plus n")
_SELVES = words("me myself i yo moi ich eu saya aku main mai")
_COUNTED = words("both all two three some most one half each many none")
_HANDING = words(
    "sent send sending post posted share shared sharing forwarded forward need needed answer answered slept say"
    " said says put show showed shown recorded link linked print printed scheduled schedule"
)
"""What the writer does with something in an app says nothing of it: "I sent my cousins my results"."""
_UP_TO_SUBJECT = (
    LINKS
    | FILLERS
    | words(
        "haven't hasn't going go have has had got get know think also still again de da do una um uma une der die"
        " das of the a an i've i'm im he's she's we're they're told mom dad she he you they we ada já ya habe"
        " hatte tengo tenho j'ai ai avait"
    )
) - words("and or in from since birth to")
_FRENCH = words("je j'ai")
_STARTERS = SUBJECTS | KIN | words("being they you je j'ai i who")
_QUESTIONS = words("can could may should how how's")
_BODY = words(
    "kuping telinga mata tangan kaki jantung ginjal paru kepala kulit otak hati kanan kiri lutut punggung tulang darah"
)

_RELATIVE = words("since where until from when")
_MAKING = words("shares is was runs needs has goes won't lets talks makes controls keeps tells")
_WHEN = words("day night time week month year morning")
_TAKERS = _DOERS | words("your u")
_PLACING_AT = words("on at to in")
_TRAILING = words(
    "to on in at for from with of by as and or n but so that which who whom whose where when while since before"
    " after because even tho though although just now if than then the a an into onto off over via about like"
    " until till through all only still always up is are was were has have had does do did not also y e que de en"
    " para por con com em pra pour avec sur et mit und auf für zu dan di ke untuk dengan aur ki ka par pe me se ko"
)
"""Before what is asked these belong to it: "my thumbprint as | your agent asked"."""
_DOES = words(
    "calls rings phones texts messages mails emails sends uses wants does sets shows runs hosts posts shares"
    " keeps makes lets gets puts needs depends goes streams buzzes beeps relies works lives hates likes loves"
    " doesn't can't cannot won't didn't couldn't set posted called rang texted sent wrote uploads pays books"
    " checks saves reads writes types listens watches finds tries m'appelle appelle m'envoie llama liga"
)
"""What somebody named by an office does, or an aid: the office is the statement, "my parole officer | calls me"."""
_BEFORE_THINGS, _THINGS = words("the over via"), words("app call calls screen video picture sound page site update")
_ON = words("on every each")
_WEEKDAYS = words(
    "monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday"
    " sundays weekdays weekends afternoon afternoons"
)
_PURPOSES = words("for para pour für untuk")
_PLACING, _OF_BODY = words("on from at during"), POSSESSIVES | words("both birth age")
_BARELY = words("now only still just always never often also sometimes usually keep not even both all")
_HEADS = words(
    "clinic centre center group groups meeting meetings ward unit office team room rooms nurse worker officer"
    " doctor specialist consultant counsellor counselor therapist assessor brain hands hand pump machine sensor"
    " monitor app appointments sessions session results result report lessons class classes people mates friends"
    " brothers sisters"
)
"""Behind a term these are still the noun that somebody owns: "my dialysis clinic | rings"."""
_BREAKS = words("sorry omg abeg hope hoping thx ty cheers danke grazie kak min bang")


def opening(names: list[str], first: int, rule: str = "", at: int | None = None) -> int:
    """Return where a statement opens: with who did it, or with the word that puts it into the sentence.

    "I was expelled from my union", "since my stroke", "my girlfriend and I are", "you took a scan of my face".
    """
    if not first:
        return 0
    if rule == "given":
        return _giver(names, first)
    if at is not None and first < at and names[first - 1] in _QUESTIONS and names[first] in _DOERS:
        return at - 1 if names[at - 1] in ARTICLES | POSSESSIVES else at
    if names[first - 1] in _ANDS and names[first] in _SELVES and first > 1 and names[first - 2] in KIN:
        return _of_kin(names, first - 2)
    if names[first - 1] == "of" and first > 1 and names[first - 2] in _COUNTED:
        return first - 2
    if first > 1 and (names[first] in POSSESSIVES or names[first] in KIN):
        owner = first - 1 if names[first - 1] in ARTICLES else first
        if owner > 1 and names[owner - 1] in _ANDS and names[owner - 2] in _SELVES:
            return owner - 2
    if names[first] in _SELVES and names[first - 1] in _BODY:
        return first - 2 if first > 1 and names[first - 2] in _BODY else first - 1
    if first > 1 and names[first - 2] == "the" and names[first - 1] in _WHEN:
        return first - 2
    if names[first] in POSSESSIVES:
        if first == 1 and names[0] == "of":
            return 0
        for index in range(max(0, first - 6), first):
            if names[index] in _DOERS and (BLOCKING | _HANDING).isdisjoint(names[index:first]):
                return index
        if names[first - 1] in _OPENING or names[first - 1] == "both":
            return first - 1
        if names[first - 1] == "of" and first > 1 and names[first - 2] in {"because", "out", "most", "all"}:
            return first - 2
    index = first - 1
    while index >= max(0, first - 5) and names[index] in _UP_TO_SUBJECT:
        if names[index] in _STARTERS and (not index or names[index - 1] not in SUBJECTS | _FRENCH):
            return _of_kin(names, index)
        index -= 1
    return _of_kin(names, index) if index >= max(0, first - 5) and names[index] in _STARTERS else first


def _of_kin(names: list[str], at: int) -> int:
    """Return where the owner of a relative stands, or the relative itself."""
    if names[at] not in KIN:
        return at
    for owner in range(at - 1, max(-1, at - 3), -1):
        if names[owner] in POSSESSIVES:
            return owner
    return at


def _giver(names: list[str], first: int) -> int:
    """Return where the words start that tell who gave a pattern of the body, or took it."""
    for index in range(first - 1, max(-1, first - 6), -1):
        if names[index] in GIVING:
            before = index
            while before and index - before < 4 and names[before] not in _DOERS:
                before -= 1
            if _is_asked(names, before, index):
                return first
            if names[before] in _DOERS or names[before] in SUBJECTS:
                return before
            return _of_kin(names, index - 1) if index and names[index - 1] in KIN else index
    return first


def _is_asked(names: list[str], you: int, verb: int) -> bool:
    """Say whether it is only asked for: "can you please delete my fingerprints"."""
    asks = (you > 0 and names[you - 1] in _QUESTIONS) or "please" in names[you:verb]
    return names[you] in {"you", "u"} and asks


def last_word(names: list[str], first: int, at: int, behind: int, rule: str = "") -> int:
    """Return the index of the last word of a statement from `first` with its term from `at` to before `behind`."""
    says_what = names[first] in POSSESSIVES and RELATIONS.isdisjoint(names[first + 1 : at])
    if says_what and rule != "given":
        done = _before_what_it_does(names, behind)
        if done is not None:
            return done
    ending = (NEXT_STATEMENT - _SAYING if says_what else NEXT_STATEMENT) | _BREAKS
    last = behind - 1
    for index in range(behind, min(len(names), behind + MOST_BEHIND)):
        if names[index] in ending or names[index : index + 2] == _PLEASE:
            if _goes_on(names, index, behind, rule):
                last = index
                continue
            return _without_trailing(names, behind, last)
        if names[index] in _ON and not _WEEKDAYS.isdisjoint(names[index + 1 : index + 3]):
            return _without_trailing(names, behind, last)
        if _is_of_the_app(names, index) or (rule == "given" and names[index] in _PURPOSES):
            return _without_trailing(names, behind, last)
        last = index
    return last


def _without_trailing(names: list[str], behind: int, last: int) -> int:
    while last >= behind and names[last] in _TRAILING:
        last -= 1
    return last


def _is_of_the_app(names: list[str], index: int) -> bool:
    """Say whether the app or a part of it is spoken of here: "during my retreat | the app signed me out"."""
    return names[index] in _BEFORE_THINGS and not _THINGS.isdisjoint(names[index + 1 : index + 2])


def _before_what_it_does(names: list[str], behind: int) -> int | None:
    """Return the last word of what somebody owns, where a verb of everyday follows: "my parole officer | calls"."""
    for index in range(behind, min(len(names), behind + 4)):
        if names[index] in _DOES or names[index : index + 2] == ["has", "to"]:
            last = index - 1
            while last >= behind and names[last] in _BARELY:
                last -= 1
            return last
        if names[index] in _PLACING and names[index + 1 : index + 2] and names[index + 1] not in _OF_BODY:
            return index - 1
        if names[index] not in _HEADS and names[index] not in _BARELY:
            return None
    return None


def _goes_on(names: list[str], index: int, behind: int, rule: str) -> bool:
    """Say whether a word that mostly starts what is asked goes on with the statement: "since I was nine"."""
    name, before = names[index], names[index - 1]
    if rule == "given" and before in _PLACING_AT and name == "your" and index <= behind + 4:
        return True
    if rule == "given" and name == "that" and not _TAKERS.isdisjoint(names[index + 1 : index + 2]):
        return True
    if rule == "given" and not GIVING.isdisjoint(names[index + 1 : index + 4]) and index <= behind + 2:
        return name in _TAKERS
    if name == "that" and not _MAKING.isdisjoint(names[index + 1 : index + 2]):
        return True
    if name in _DOERS and before in _RELATIVE:
        return True
    return before == "on" and name in {"that", "this", "it"}


_REACH = 300
"""So many characters around a statement are looked at for what goes on with it."""
_MOST_PIECES, _LONG, _SHORT, _BRIDGED, _INSIDE = 4, 12, 5, 8, 4
_ASKING = words(
    "you your yours u ur please pls plz can could would need wants want app apps menu voice keypad server wifi"
    " internet signal bluetooth headset alarm reminder reminders page button buttons screen setting settings"
    " feature option update updates updated version refund invoice thanks thank thx cheers sorry how what why fix"
    " stop add make let give help message messages notification notifications ringtone caption captions room rooms"
    " group groups chat chats account number numbers phone file files video audio sound support site link photo"
    " photos login code vous votre vos merci svp pouvez usted ustedes gracias favor puedo quiero pueden necesito"
    " podrían ihr euer eure danke bitte könnt möchte você vocês obrigado obrigada preciso quero tolong mohon bisa"
    " makasih kalian aplikasi grup nomor aplicación aplicativo appli aap karo kaise grupo número nummer konto"
    " cuenta conta compte akun hp"
)
"""Words of what is asked for."""
_STATING = (
    BLOCKING
    | NEXT_STATEMENT
    | words(
        "we're we've he she they he's she's they're there there's these those is are was were do does did has had"
        " have let then yet if when while because mate right fine no yes yeah ok okay well er um lol anyway"
        " basically honestly seriously obviously frankly actually unfortunately hi hey hello hiya dear team guys"
        " sir madam bless luck only except nothing something everything anything gave got keeps kept says said"
        " shows sends goes comes takes everybody everyone people il elle nous c'est n'est pas ne mais bonjour se"
        " lo la los las que hola es wir das die und nicht hallo kann ist hat war eu ele ela isso não oi tem está é"
        " adalah itu ini kok dong kak bang gak nggak tidak gue kami ye yeh wo woh hai hain kya kyun nahi bhai yaar"
        " raha rahi"
    )
) - words("born")
"""Words of a sentence with a verb of its own; a short piece without any goes on with the one before."""
_ADDED = words(
    "since with without like including especially mostly mainly partly both also aged age type stage grade first"
    " second third once twice always never until from after for of same all three two seit mit ohne beide desde"
    " con sin como ambos depuis avec sans comme tous com sem sejak dengan kedua diagnosed elected accused"
    " convicted sentenced married engaged divorced baptised baptized ordained initiated raised born certified"
    " awaiting undergoing recovering living taken confirmed enrolled retired spent charged arrested released"
    " separated inherited caused thanks due as diagnosticado diagnosticada nacido nacida casado casada né née"
    " diagnostiqué diagnostiquée élu élue geboren gewählt diagnostiziert nascido nascida eleito eleita lahir"
    " terpilih"
)
"""What was said is gone on with by a piece that starts with one of these, or with a number."""
_AFRESH = words("both since always never have has type stage mostly partly")
"""With these even a short sentence goes on with the one before: "I am deaf. Both ears." """
_PARTING = words("so if when whenever while although though but hence therefore pero mais aber mas tapi lekin")
QUOTES = frozenset('"“”„«»‘')
_LATIN = "\u0250"
_WHO = words("who who's whom whose who've")
_WAS = words("was were had got turned")
_TAKEN = words("taken recorded scanned enrolled captured")
_TOWARDS = words("by to into via")
_BEING = words("is are was were am does do did has have had")
_BEFELL = words("left took made burned burnt cost means runs killed gave affects affected hit damaged was is makes")
_LED_ON = words("went lost left came been tested served recovered goes got kept still")
_PRACTISING = words("go went attend attended chair lead run sit sing pray volunteer preach")
_INDONESIAN = words("saya aku gue kami")
_RELATING = words("que qui dont die der das yang jo jiska jiski")
_KNOWING = words("know knows knew sabe saben sait savent weiß wissen tahu pata suspects")
_UNKNOWING = words(
    "nobody no none noone nadie personne niemand keiner ninguém ninguem gak ga nggak tidak kisi ne not don't"
    " doesn't didn't dont doesnt never no-one nahi"
)
_IT = words("it it's its")
_COURSE = words("came spread started began runs ran getting never flares flared back")
_PERFECT, _DONE = words("have has had always never still"), words("been was have has had done did am is do since were")
_OWNING, _OWNED = words("have i've we've carry got has had"), words("it both them one two three")
_AM = words("i'm am was i've sit sing serve volunteer chair lead i")
_ENGLISH = words("and plus n but")
_BUT = words("but pero mais aber mas tapi lekin par")
_APPOSED = ARTICLES | _WHO | _COUNTED | words("he she he's she's himself herself being he'd she'd")
_JOINED = _SELVES | ARTICLES | words("we his her their my our two three")
_LISTED = frozenset({"list", "continued", "apposition"})
_PREDICATING = words("have had has i've got am i'm is was be been he's she's can't don't do did take took on")


def grown(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans, which are in order and apart, with what goes on with their statement in the pieces beside.

    They grow up to each other at most. An identifier does not grow, nor what its writer released.
    """
    if not any(_may_grow(span) for span in spans):
        return spans
    folded = fold(text)
    places = folded.starts
    wide: list[Span] = []
    around = _Around(folded.text)
    limits = [*(span.start for span in spans[1:]), len(text)]
    for span, limit in zip(spans, limits, strict=True):
        if not _may_grow(span):
            wide.append(span)
            continue
        start, end, until = span.start, span.end, limit
        if places is not None:
            start, end, until = (bisect_left(places, place) for place in (start, end, until))
        around.look_at(start, end)
        start, end = around.start_of(start, span.rule), around.end_of(end, until)
        start, end = folded.origin(start, end)
        at_least = wide[-1].end if wide else 0
        wide.append(replace(span, start=max(at_least, min(start, span.start)), end=min(limit, max(end, span.end))))
    return wide


def _may_grow(span: Span) -> bool:
    return bool(span.rule) and span.category in SPECIAL and not span.is_released


class _Around:
    """The pieces around a statement in a folded text, a stretch of it at a time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known_to = 0
        self._pieces: list[Piece] = []
        self._words: dict[int, list[str]] = {}
        self._language: Callable[[], str] = str

    def look_at(self, start: int, end: int) -> None:
        """Part the stretch around a statement, unless that is done."""
        if end + _REACH <= self._known_to or (self._known_to == len(self._text) and self._pieces):
            return
        begin = max(0, start - _REACH)
        while 0 < begin < start and not self._text[begin - 1].isspace():
            begin += 1
        self._known_to = min(len(self._text), end + 8 * _REACH)
        stretch = self._text[begin : self._known_to]
        language = cache(lambda: language_of(found.group() for found in islice(WORD.finditer(stretch), _REACH)))
        self._language = language
        self._words = {}
        self._pieces = [
            replace(piece, start=begin + piece.start, end=begin + piece.end)
            for piece in pieces(stretch, vocabulary().is_phrase, language)
        ]

    def _at(self, place: int) -> int:
        """Return the index of the piece that a place stands in, or behind."""
        return bisect_right(self._pieces, place, key=_piece_start) - 1

    def _of(self, index: int) -> list[str]:
        """Return the words of a piece."""
        piece = self._pieces[index]
        if index not in self._words:
            self._words[index] = WORD.findall(self._text, piece.start, piece.end)
        return self._words[index]

    def end_of(self, end: int, limit: int) -> int:
        """Return where a statement ends that ends at a place, or behind it at the limit."""
        index = self._at(end - 1)
        if index < 0:
            return end
        tail = WORD.findall(self._text, end, self._pieces[index].end)
        if tail and not _is_tail(tail):
            return end
        end = max(end, min(limit, self._pieces[index].end))
        reach = min(limit, end + _REACH)
        if bridge := self._bridge(index, reach, limit):
            return bridge
        for ahead in range(index + 1, min(len(self._pieces), index + 1 + _MOST_PIECES)):
            piece = self._pieces[ahead]
            if piece.end >= reach and piece.end != len(self._text):
                break
            names = self._of(ahead)
            if self._is_apart(ahead, names):
                break
            if not (_goes_on_afresh(names) if piece.starts_sentence else _continues(names, piece.lead, self._is_short)):
                break
            end = piece.end
        return end

    def _is_apart(self, index: int, names: list[str]) -> bool:
        """Say whether a piece stands in quotes, or in a script without the words that are known here."""
        between = self._text[self._pieces[index - 1].end : self._pieces[index].start]
        return not QUOTES.isdisjoint(between) or any(name > _LATIN for name in names)

    def _is_short(self, names: list[str]) -> bool:
        """Say whether a piece is so short that it has no verb; in English more of them are known."""
        return len(names) <= (_SHORT if self._is_english() else 2)

    def _is_english(self) -> bool:
        return self._language() in {"", "en"}

    def _bridge(self, index: int, reach: int, limit: int) -> int:
        """Return the start of the next statement, if only a few words of the same sentence stand before it."""
        if reach < limit or limit == len(self._text):
            return 0
        count = 0
        for ahead in range(index + 1, len(self._pieces)):
            piece = self._pieces[ahead]
            if piece.starts_sentence:
                return 0
            if piece.lead in _PARTING:
                return 0
            names = WORD.findall(self._text, piece.start, min(limit, piece.end))
            count += len(names)
            if piece.end > limit and len(names) > (_INSIDE if self._is_english() else 1):
                return 0
            if count > _BRIDGED or self._is_apart(ahead, names) or not _ASKING.isdisjoint(names):
                return 0
            if piece.end > limit or piece.start >= limit:
                return limit
        return 0

    def start_of(self, start: int, rule: str) -> int:
        """Return where a statement starts that starts at a place, or before it."""
        index = self._at(start)
        if (
            index <= 0
            or self._pieces[index].starts_sentence
            or WORD.search(self._text, self._pieces[index].start, start)
        ):
            return start
        piece = self._pieces[index]
        found = list(WORD.finditer(self._text, self._pieces[index - 1].start, self._pieces[index - 1].end))
        names = [word.group() for word in found]
        first = _begun(names, piece.lead, self._of(index), rule)
        if first is None:
            return start
        start = found[first].start()
        before = self._pieces[index - 1]
        if first == 0 and before.lead in _ANDS and index > 1 and not before.starts_sentence:
            earlier = self._of(index - 2)
            if len(earlier) <= 3 and not (KIN | _SELVES).isdisjoint(earlier):
                start = self._pieces[index - 2].start
        return start


def _piece_start(piece: Piece) -> int:
    return piece.start


def _begun(names: list[str], lead: str, said: list[str], rule: str) -> int | None:
    """Return where in the piece before a statement it begins: "my dad | , a lifelong Labour man"."""
    for at in range(len(names) - 1, max(-1, len(names) - 3), -1):
        if names[at] in KIN and (at == len(names) - 1 or names[at + 1] not in _STATING):
            if (not lead and said[0] in _APPOSED) or (lead in _ANDS and said[0] in _JOINED):
                return _of_kin(names, at)
            break
    if not names or not (lead in _ANDS or rule in _LISTED):
        return None
    is_short = len(names) <= 4 and _ASKING.isdisjoint(names)
    if (
        is_short
        and lead in _ANDS
        and (names[0] in POSSESSIVES or names[0] in _SELVES)
        and _STATING.isdisjoint(names[1:])
    ):
        return 0
    if rule in _LISTED or (said[0] not in SUBJECTS | POSSESSIVES | _DOERS | KIN and lead in _ANDS):
        for at in range(max(0, len(names) - _BRIDGED), len(names)):
            if names[at] in _DOERS | SUBJECTS | KIN and not _PREDICATING.isdisjoint(names[at : at + 3]):
                at = _of_kin(names, at)
                return at if _ASKING.isdisjoint(names[at:]) and BLOCKING.isdisjoint(names[at:]) else None
    return None


def _is_tail(names: list[str]) -> bool:
    """Say whether the rest of a piece belongs to the statement before it: "where I was a leader", "that week"."""
    if names[0] == "where" and names[1:2] and names[1] in _AM:
        return _ASKING.isdisjoint(names) and len(names) <= _BRIDGED
    return len(names) == 2 and names[0] in {"that", "this", "last", "all"} and names[1] in _WHEN


def _goes_on_afresh(names: list[str]) -> bool:
    """Say whether a sentence is so short and so begun that it goes on with the one before."""
    return len(names) <= _SHORT and names[:1] != [] and names[0] in _AFRESH and _STATING.isdisjoint(names[1:])


def _continues(names: list[str], lead: str, is_short: Callable[[list[str]], bool]) -> bool:
    """Say whether a piece goes on with the statement before it."""
    if not names or len(names) > _LONG:
        return False
    first = names[0]
    if (first == "not" and len(names) <= 3) or ("secret" in names and "no" in names):
        return len(names) <= _BRIDGED
    if first in _TAKEN and len(names) <= _BRIDGED:
        return True
    if names[:2] == ["thanks", "to"]:
        names = names[1:]
    if not _ASKING.isdisjoint(names) or first in _TOWARDS:
        return False
    if lead == "so":
        return first in _BEING and names[1:2] != [] and names[1] in POSSESSIVES and len(names) <= _SHORT
    if lead == "which":
        return not _BEFELL.isdisjoint(names[:2]) and not (POSSESSIVES | OBJECTS).isdisjoint(names)
    if lead and lead not in _ANDS and lead not in _BUT:
        return lead == "because" and first == "of" and not POSSESSIVES.isdisjoint(names)
    if _is_unknown(names) or (first in _IT and not _COURSE.isdisjoint(names[1:3])):
        return len(names) <= _BRIDGED
    if lead in _ANDS or lead in _BUT:
        if len(names) == 1 and first in _SELVES:
            return True
        if first in _LED_ON or first in _WAS - {"had"}:
            return len(names) <= _BRIDGED and _STATING.isdisjoint(names[1:])
        is_english = lead in _ENGLISH
        is_short_enough = len(names) <= (2 if is_english else 1) or (is_english and lead in _BUT and len(names) <= 3)
        is_short_enough = is_short_enough or (first in ARTICLES and len(names) <= _SHORT)
        return is_short_enough and _STATING.isdisjoint(names)
    if first in _WHO or (first == "where" and names[1] in _AM):
        return True
    if first in _RELATIVE and len(names) <= _BRIDGED and names[1:2] != [] and names[1] in _DOERS:
        return not _WAS.isdisjoint(names[2:3])
    if first == "as" and names[1:2] and names[1] in _BEING:
        return True
    if first in _DOERS | _SELVES and len(names) <= 3 and names[1:2]:
        return names[1] in _PRACTISING or (first in _INDONESIAN and names[1].endswith("nya"))
    if first in _RELATING:
        return not POSSESSIVES.isdisjoint(names) and len(names) <= _BRIDGED
    if first in _LED_ON and len(names) <= _BRIDGED:
        return _STATING.isdisjoint(names[1:])
    if first in _PERFECT and not _DONE.isdisjoint(names[1:3]) and len(names) <= _BRIDGED:
        return True
    if first in _DOERS and names[1:2] and names[1] in _OWNING and not _OWNED.isdisjoint(names[2:3]):
        return True
    if first in _ADDED or first.isdigit():
        return _STATING.isdisjoint(names[1:_SHORT])
    is_said = first.endswith("ed") or names[-1].endswith("ed")
    return is_short(names) and _STATING.isdisjoint(names) and not (is_said and len(names) > 2)


def _is_unknown(names: list[str]) -> bool:
    """Say whether a piece tells that somebody does not know: "and my parents don't know"."""
    return not _KNOWING.isdisjoint(names) and not _UNKNOWING.isdisjoint(names[:3]) and len(names) <= _BRIDGED
