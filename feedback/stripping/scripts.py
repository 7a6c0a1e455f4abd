"""Detection in scripts whose words the tokeniser does not part: Chinese, Arabic and Devanagari."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import replace
from functools import lru_cache

from feedback.stripping.categories import Category
from feedback.stripping.clauses import pieces, words
from feedback.stripping.texts import Span
from feedback.stripping.word_lists import Term, terms

_SCRIPTS = {
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
}
# Letters that stand for one another, each for one.
_ALIKE = {
    "zh": {},
    "ar": str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"}),
    "hi": str.maketrans({"ँ": "ं"}),
}
PERSONS = {
    "zh": words(
        "我 俺 他 她 妈 爸 儿子 女儿 老公 老婆 丈夫 妻子 奶奶 爷爷 外婆 外公 朋友 男友 女友 孩子 哥 姐 弟"
        " 妹 舅 叔 姨 同事 室友 本人 伯 嫂 婆婆 岳 俺们 咱 闺女 丫头 娃 老伴 对象 侄 孙子 孙女 媽 兒子 女兒"
        " 爺爺 姪 閨女 閨蜜 闺蜜 鄰居 邻居 同學 同学 愛人 爱人 太太 媳婦 媳妇 女婿 小孩 兄弟 宝宝 寶寶"
        " 双胞胎 雙胞胎 家母 家父 家人 岳母 阿嬤 阿嬷 阿公 亲戚 親戚 小儿子 老头子 老太太 哥们 丈母娘 孫子"
        " 孫女 姥姥 家里 老人 亲人 孩儿 妹妹 大爷 大妈 阿姨 叔叔 小姑 小叔"
        " 外孙 外甥 侄女 未婚妻 未婚夫 前夫 前妻 继父 继母 养父 养母 双亲"
    ),
    "ar": words(
        "انا اني لدي عندي امي والدتي ابي والدي اخي اختي زوجي زوجتي ابني ابنتي بنتي ولدي صديقي صديقتي نحن"
        " جدتي جدي خالي عمي اعاني اصبت كنت خطيبي هي هو زميلي احنا عائلتي اهلي صوت انتخبت طفلي مراتي مرتي"
        " جوزي ابويا بابا ماما جارتي جاري اخوي خالتي عمتي ابنة بناتي اولادي عيالي وانا اننا كوني باعتباري"
        " بصفتي والدنا امنا ابوي يمه اخويا ولادي طفلتي رضيعي توامي حفيدي حفيدتي خطيبتي حبيبي حبيبتي شريكي"
        " شريكتي قريبي قريبتي زميلتي رفيقي رفيقتي صاحبي صاحبتي جارنا جارتنا حماتي حماي كنتي صهري نسيبي تيتا"
        " ستي جدو نانا عمو ابننا بنتنا ابنتنا اخواتي اخوتي ابنائي والديا مديري خالتو عمتو بنيتي عملت اجريت"
        " سويت خرجت طلعت اخذ اخد باخد اخذت اخدت اتعالج بتعالج اتناول اصوم اصلي البس ارتدي احضر اذهب اروح"
        " بروح رحت صرت اصبحت فقدت خسرت ولدت انجبت نعاني نصلي نصوم اعيش انتمي انضممت ترشحت تظاهرت اعتقلت"
        " حبست سجنت فيني ظهري ركبتي قلبي رجلي كليتي تبرعت عانيت بعاني شخصت خضعت ادرس تزوجت انفصلت قضيت دخلت"
        " اعتنقت اسلمت اعترف احفظ حفظتت اعتمرت اؤم اخطب ادعو انتسبت كلانا زلت بقيت مازلت امشي بمشي"
        " تعافيت اشكو بشتكي اشتكي"
        " اصبعي اصابعي وجهي عيني بصمتي بصماتي صوتي يدي دمي جسمي بطني معدتي"
        " راجع راجعه رايح رايحه جاي جايه اجهضت بدرس بصلي بصوم"
        " عندنا عنده عندها لديه لديها لدينا"
        " مركب مركبه مسوي مسويه لابس لابسه ماخذ ماخذه بوزع بخدم بحضر بشرب بلبس بحفظ بقود بنام بستعمل"
        " اعتقلوني حبسوني سجنوني شخصوني شخصني اتهموني مسكوني خانني خانتني نوموني تنومت عمدوني طردوني استدعوني استدعاني"
        " ولدنا"
        " تركت اتابع بتابع تابعت ارضع برضع اغسل بغسل تعالجت عولجت خلعت لبست ازور بزور زرت تعرضت شاركت قاطعت وقعت"
        " لاني لانني لانه لانها لاننا باني انني ابوه امه ابوها امها صارلي صرلي بقالي كلنا ولدنا راجلي رجلي عيلتي"
        " اسرتي خوي خويا اختنا اخونا مرته مراته جوزها زوجها زوجته ابنها ابنه حرمي المدام بابايا ماماتي خالو طنط عمه"
        " نفسيتي حالتي رفيقتنا ربيعي خويي يبه باعاني معايا معي معاي معاه معها معاها"
    ),
    "hi": words(
        "मैं मैंने मेरा मेरी मेरे मुझे हम हमारे मां पिता भाई बहन पति पत्नी बेटा बेटी बेटे दादी दादा"
        " नानी दोस्त वह वो उसे चाचा बच्चे मम्मी पापा दीदी भैया जीजा सास ससुर बहू अम्मा अब्बा बाबा हमें"
        " मुझको मैने बेटियां दामाद ननद भाभी पोता पोती नाना मौसी मामा बुआ चाची ताऊ पड़ोसी सहेली"
        " मित्र घरवाले घरवाली उनका उनकी उनके उनको उन्हें उसका उसकी उसके हमारा हमारी मेरेको मुझसे अम्मी"
        " अब्बू माता बच्चा बच्ची बच्चों बिटिया मंगेतर सहकर्मी गर्लफ्रेंड बॉयफ्रेंड इनको इन्हें उन्होंने"
        " उसने"
        " मुझ हमसे अपनी माताजी पिताजी दादाजी नानाजी भतीजा भतीजी भांजा भांजी"
    ),
}
# A piece that only supposes what it says: "如果我是盲人", "لو كنت أعمى", "अगर मैं अंधा होता".
_SUPPOSED = re.compile(r"\s?(?:如果|要是|假如|假设|万一|لو |اذا |ان كنت|अगर|यदि)")
# A Chinese piece that starts so is said of the writer: "刚做完化疗", "最近抑郁复发了".
_OF_WRITER = re.compile(
    "(?:刚|最近|近来|正在|每周|每天|每月|每个月|天天|上周|上个月|上月|去年|前年|今年|昨天|前天|明天|下周|下个月|由于|自从|从小)"
    "(?!.*(?:广告|推送|短信|诈骗|骗子|新闻|系统|服务器|软件|网络|信号|手机|更新|版本|老是|总是|又瘫|老瘫|有人|他们|你们))"
)
# Who sells or makes a thing does not have it: "卖血糖仪的".
_SOLD = ("卖", "賣", "销售", "銷售", "生产", "生產", "代理", "经营", "經營", "推销", "推銷")
# What makes a word a place, behind it, "清真寺路12号", "教堂对面", "मंदिर के पास", or before it, "قدام المسجد".
_PLACE = re.compile(
    r"(?:路|街|大道|巷|站|广场|对面|旁边|附近|隔壁|门口|后面)"
    r"|\s?(?:मार्ग|रोड|गली|चौक|नगर|के (?:पास|सामने|पीछे|बगल|नज़दीक|नजदीक)|वाली गली)"
)
_BESIDE = (
    " جنب ",
    " قدام ",
    " قبال ",
    " ورا ",
    " وراء ",
    " خلف ",
    " مقابل ",
    " قرب ",
    " بجانب ",
    " بجوار ",
    " حوالين ",
)
_WORD = re.compile(r"\S+")
_VOTED = ("صوت", "انتخب")
# What is written together with an Arabic word, before and behind it.
_PREFIXES = ("", "ال", "و", "ب", "لل", "وال", "فال", "بال", "كال", "ل")
_ENDING = re.compile(r"(?:ا|ي|ه|ها|ك|نا|هم)?(?:\s|$)")
# Inside a piece a new statement starts here. "أنا كردي ولا توجد" -> "أنا كردي"; "मैं बहरा हूँ और" -> "मैं बहरा हूँ".
_NEXT = {
    "zh": re.compile("(?:所以|但是|但|因为|而且|请|麻烦|希望|怎么|能不能|可以|现在|需要)"),
    "ar": re.compile(
        r"\s(?:و(?=(?:اريد|لا(?! احد (?:من|يعرف|يدري|يعلم))|ما(?! حد| احد)|مش|لو|احتاج|هذا|كل"
        r"|لم|لن|التطبيق|الصوت|تم|عندي|ابي|ابغى|كيف|هل|اعاني|انا|لدي|محتاج))"
        r"|لكن|لذلك|بس(?!\S)|لان|فكيف|ارجو|الرجاء)"
    ),
    "hi": re.compile(r"\s(?:और|लेकिन|इसलिए|क्योंकि|कृपया|तो|मगर)\s|(?:(?<=हूं)|(?<=हैं)|(?<=है)|(?<=था)|(?<=थी))\sपर\s"),
}
# Arabic words that start with the letter of "and", and "nobody", which goes on with a secret.
_NO_AND = (
    "قت قف جه رم سواس ضع زن را(?:ء|ثي|ثه)?(?!\\S) احد حد الد[يتهن] ظيف هن لاد لد ين اجد ايد فاه سط حام"
    " رد(?!\\S) زار[هت] زير لاي طن شم(?!\\S) عي لا.احد.(?:من|يعرف|يدري|يعلم) ما.حد ما.احد محد ماحد"
)
_ASKING = (
    "عايز عايزه عايزين عاوز عاوزه عاوزين محتاج محتاجه محتاجين ياريت يا.ريت ابغي نبغي ابي نبي بدي بدنا ممكن كيف ليش ليه"
    " هل متي ازاي لو.سمحت يرجي ارجو رجاء احتاج نحتاج اريد نريد اود عشان علشان لما اثناء كل.ما كل.مره حطوا خلوا ضيفوا"
    " فممكن فياريت فارجو فمحتاج فعايز فلازم"
)
# Behind a term a statement ends here, if a clause follows: a request, or "and" with more than what is listed.
_SEAM = {
    "zh": re.compile(
        r"\s|想请|想請|想问|想問|为什么|為什麼|为啥|為啥|导致|導致|害得|结果|結果|建议|建議|能否|有没有|有沒有|咋"
    ),
    "ar": re.compile(
        rf"\s(?:و(?!{'|'.join(_NO_AND.split())})|(?:{'|'.join(_ASKING.split())}"
        r"|عند (?:ال)?(?:شراء|فتح|تسجيل|تفعيل|دخول))(?!\S))"
    ),
    "hi": re.compile(r"(?:(?<=हूं)|(?<=है)|(?<=हैं)|(?<=था)|(?<=थी)|(?<=थे))\s"),
}
_LISTED = {"zh": 3, "ar": 10, "hi": 10}
"""So few characters behind a seam are no clause of their own."""
_NEAR = 150
"""A seam further from a term is not looked for, which keeps the time linear."""

_REFERRING = words("عنده عندها عندو معه معها معاه معاها لديه لديها هو هي")
"""Arabic words for a person who has been named before: "والدي كبير وعنده"."""
# A partner, and the writer of the same sex, near each other: "我跟我女朋友领不了证,我也是女生".
_SAME_SEX = re.compile(
    r"(?:女朋友|女友|老婆|太太|妻子|女票).{0,15}?我(?:也)?是女(?:的|生)|我(?:和|跟)我?(?:女朋友|女友|老婆|太太).{0,4}?都是女"
    r"|(?:男朋友|男友|老公|丈夫|男票).{0,15}?我(?:也)?是男(?:的|生)|我(?:和|跟)我?(?:男朋友|男友|老公).{0,4}?都是男"
    r"|我(?:也)?是女(?:的|生).{0,9}?(?:我的?女朋友|我老婆|有女朋友)|我(?:也)?是男(?:的|生).{0,9}?(?:我的?男朋友|我老公|有男朋友)"
    r"|(?:حبيبتي|صاحبتي|شريكتي|زوجتي|خطيبتي)\s.{0,12}?وانا (?:بنت|ست|امراه|فتاه)(?!\S)"
    r"|(?:حبيبي|شريكي|زوجي|جوزي|خطيبي)\s.{0,12}?وانا (?:رجل|شاب|ولد|راجل)(?!\S)"
    r"|انا و(?:حبيبتي|شريكتي|زوجتي|خطيبتي) (?:بنتين|امراتين|بنات|ستات)"
    r"|انا و(?:حبيبي|شريكي|زوجي) (?:رجلين|راجلين|شابين|رجال)"
    r"|(?:बॉयफ्रेंड|पति|पार्टनर).{0,15}?मैं भी (?:लड़का|मर्द|आदमी)"
    r"|मैं और मेरा (?:बॉयफ्रेंड|पार्टनर|पति) दोनों (?:लड़के|मर्द|आदमी)"
    r"|(?:गर्लफ्रेंड|पत्नी|पार्टनर).{0,15}?मैं भी (?:लड़की|औरत|महिला)"
    r"|मैं और मेरी (?:गर्लफ्रेंड|पार्टनर|पत्नी) दोनों (?:लड़कियां|औरतें|महिलाएं)"
)


def in_scripts(folded: str, released: Container[str] = ()) -> Iterator[Span]:
    """Yield the statements in each script that the text uses; offsets are code points of the text."""
    languages = [language for language, script in _SCRIPTS.items() if script.search(folded)]
    if not languages:
        return
    for name in languages:
        for found in _SAME_SEX.finditer(_plain(folded, name)):
            yield Span(*found.span(), Category.SEX_LIFE, "script", "same sex", "strong")
    was_hit = spoke_of_person = False
    for piece in pieces(folded):
        was_hit = was_hit and not piece.starts_sentence
        spoke_of_person = spoke_of_person and not piece.starts_sentence
        language = next((name for name in languages if _SCRIPTS[name].search(folded, piece.start, piece.end)), "")
        if not language:
            was_hit = False
            continue
        for start, end in _parts(folded, piece.start, piece.end, language):
            was_hit = was_hit and start == piece.start
            text = _plain(folded[start:end], language)
            speaks_of_person, spoke_of_person = spoke_of_person, spoke_of_person or _person_in(text, language)
            hit_before, was_hit, named = was_hit, False, _first_person(text, language)
            if _SUPPOSED.match(text):
                continue
            speaks_of_person = speaks_of_person or (language == "zh" and _OF_WRITER.match(text) is not None)
            until = 0
            for term, at, behind in _terms_in(text, language):
                if at < until or _PLACE.match(text, behind) or text[max(0, at - 9) : at].endswith((*_SOLD, *_BESIDE)):
                    continue
                is_said = hit_before or was_hit or named <= behind
                if not is_said and not (speaks_of_person and term.strength == "strong"):
                    continue
                begun, ended = _opening(text, until, at, behind, language), _closing(text, behind, language)
                span = Span(start + begun, start + ended, term.category, "script", term.text, term.strength)
                is_released = span.may_stay(released)
                yield replace(span, is_released=is_released)
                if not is_released:
                    was_hit, until = True, ended


def _opening(text: str, until: int, at: int, behind: int, language: str) -> int:
    """Return where a statement opens that has its term at `at`: behind the last seam if a person stands there too."""
    seams = [found.start() for found in _SEAM[language].finditer(text, max(until, at - _NEAR), at)]
    opening = next((seam for seam in reversed(seams) if _names_person(text[seam:behind], language)), until)
    return opening + 1 if text[opening : opening + 1].isspace() else opening


def _names_person(text: str, language: str) -> bool:
    """Say whether a text names a person itself, so that nothing before it need be left out for them."""
    if language != "ar":
        return _person_in(text, language)
    return any(_is_person(word) and word.removeprefix("و") not in _REFERRING for word in text.split())


def _closing(text: str, behind: int, language: str) -> int:
    """Return where a statement closes that has its term before `behind`."""
    found = _SEAM[language].search(text, behind, behind + _NEAR)
    return found.start() if found and len(text) - found.start() > _LISTED[language] else len(text)


def _parts(folded: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    text = _plain(folded[start:end], language)
    at = 0
    for found in _NEXT[language].finditer(text):
        if found.start() > at:
            yield start + at, start + found.start()
        at = found.start() + (1 if text[found.start()].isspace() else 0)
    if at < len(text):
        yield start + at, end


def _terms_in(text: str, language: str) -> Iterator[tuple[Term, int, int]]:
    """Yield the terms of a piece, where each starts and ends; a phrase that is none hides the terms inside it."""
    at = 0
    while at < len(text):
        term, behind = _term_at(text, at, language)
        if term is not None and term.strength != "never":
            yield term, at, behind
        at = behind if term is not None else at + 1


def _term_at(text: str, at: int, language: str) -> tuple[Term | None, int]:
    if language == "hi" and at and text[at - 1].isalpha():
        return None, at
    if language != "ar":
        return next(_written_at(text, at, language), (None, at))
    if at and not text[at - 1].isspace():
        return None, at
    for prefix in _PREFIXES:
        if text.startswith(prefix, at):
            for term, behind in _written_at(text, at + len(prefix), language):
                if _ENDING.match(text, behind):
                    return term, behind
    return None, at


def _written_at(text: str, at: int, language: str) -> Iterator[tuple[Term, int]]:
    """Yield the terms written from `at` on, longest first, with where each ends."""
    known, lengths = _terms_of(language)
    for length in lengths.get(text[at : at + 1], ()):
        term = known.get(text[at : at + length]) if at + length <= len(text) else None
        if term is not None:
            yield term, at + length


@lru_cache(maxsize=3)
def _terms_of(language: str) -> tuple[dict[str, Term], dict[str, tuple[int, ...]]]:
    """Return the terms of a language as written, and by their first letter how long they are, longest first."""
    found: dict[str, Term] = {}
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for term in terms((language,)):
        written = _plain(term.text, language)
        found.setdefault(written, term)
        lengths[written[0]].add(len(written))
    return found, {letter: tuple(sorted(each, reverse=True)) for letter, each in lengths.items()}


def _person_in(text: str, language: str) -> bool:
    return _first_person(text, language) <= len(text)


def _first_person(text: str, language: str) -> int:
    """Return where the first word for a person ends, or more than the length of a text that has none."""
    nowhere = len(text) + 1
    if language == "ar":
        return next((word.end() for word in _WORD.finditer(text) if _is_person(word.group())), nowhere)
    ends = (place + len(person) for person in PERSONS[language] if (place := text.find(person)) >= 0)
    return min(ends, default=nowhere)


def _is_person(word: str) -> bool:
    """Say whether an Arabic word, "and" before it or not, is a person, or says that one voted."""
    forms = (word, word.removeprefix("و"))
    return any(form in PERSONS["ar"] or form.startswith(_VOTED) for form in forms)


def _plain(text: str, language: str) -> str:
    return text.translate(_ALIKE[language]) if _ALIKE[language] else text


def script_of(folded: str) -> str:
    """Return the language of the first script that a text uses, or an empty one."""
    return next((language for language, script in _SCRIPTS.items() if script.search(folded)), "")
