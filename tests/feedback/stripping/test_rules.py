"""How people speak of themselves and their own, and how they speak of nobody."""

import pytest

from feedback.stripping import strip


@pytest.mark.parametrize(
    ("raw", "category"),
    [
        ("us deaf folk get nothing out of voice menus", "health"),
        ("Lifelong Tory, yet your old version was better.", "politics"),
        ("Shop steward, 14 years, and no call was ever this bad.", "membership"),
        ("Two DUIs later I live on this app.", "crime"),
        ("blind user here, label the buttons", "health"),
        ("Thanks from a deaf customer!", "health"),
        ("Can a person with one kidney like me lift the phone?", "health"),
        ("With three autistic kids I need a quiet mode.", "health"),
        ("What I have is called narcolepsy.", "health"),
        ("My mate Kev, who's in rehab, can't get calls.", "health"),
        ("Yet being Black, my face vanishes in low light.", "ethnicity"),
        ('My consultant wrote "your cancer is back" and the app froze.', "health"),
        ("The room I opened for the AA meeting I chair stops at forty people.", "health"),
        ("Jo left the app after coming out as asexual.", "sex_life"),
        ("You have my fingerprint from the login and I want it gone.", "biometric"),
        ("no longer Catholic, so drop the saint's day greetings", "belief"),
        ("Colin's back on heroin and sells my number, block him.", "health"),
        ("Vorbestraft bin ich, na und?", "crime"),
        ("Seit der Chemo höre ich schlecht, bitte lauter.", "health"),
        ("Al ser sordo necesito subtítulos.", "health"),
        ("Mon fils est en prison, débloquez son numéro.", "crime"),
        ("Sebagai muslim saya minta jadwal salat.", "belief"),
        ("The Relief Society call I run in our ward keeps dropping.", "belief"),
        ("O grupo some no sindicato do qual sou diretora.", "membership"),
        ("The probation service wants proof that I ring every Tuesday.", "crime"),
        ("The nurse from the methadone clinic rings me on here.", "health"),
        ("I'm a six foot two Tongan bloke and hardly fit in the frame.", "ethnicity"),
        ("As a Lion I run the club calls here.", "membership"),
        ("Five stars from a wee half Chinese fella in Belfast.", "ethnicity"),
        ("to fazendo quimio e o app trava", "health"),
        ("Meine Frau und ich (beide Frauen) wollen ein Paarkonto.", "sex_life"),
        ("Widowed, Methodist, 81, and no idea where the mute went.", "belief"),
        ("Hello from an old communist in Turin.", "politics"),
        ("Growing up Amish I never had a phone.", "belief"),
        ("I work as a shop steward for Unison and need group calls.", "membership"),
        ("My brother writes me from jail.", "crime"),
        ("Dad can't speak since the stroke.", "health"),
        ("main deaf hu captions chahiye", "health"),
        ("My parents, both deaf, use video.", "health"),
        ("I (HIV+) need a lock.", "health"),
        ("They told me your cancer is back and then the line froze.", "health"),
        ("I said the sentence three times for your voice lock.", "biometric"),
    ],
)
def test_what_is_said_of_somebody_is_found(raw: str, category: str) -> None:
    assert category in {mark.category for mark in strip(raw).marks}


@pytest.mark.parametrize(
    "raw",
    [
        "Someone stole my phone and was arrested, can I get my number back?",
        "Someone rang and said my son was in jail and needed bail money.",
        "He said he'd have me arrested if I didn't pay.",
        'How do I translate "I am pregnant" into Polish?',
        "I proofread leaflets on autism for a living.",
        "I teach religious studies and the reader mode fails.",
        "I got five robocalls from a Republican candidate today.",
        "Our volunteers talk about bereavement, cancer and hope.",
        "Our topics: faith, cancer, grief. How do we list the room?",
        "He is bipolar about which update to install.",
        "As a mental health counsellor I need hidden numbers.",
        "She's a nun in the film, and your sticker shows her laughing.",
        "My mute button went on strike again.",
        "Is there an autism friendly theme?",
        "Je suis sourde aux excuses de votre service.",
        "The Christian radio app I use has no search.",
        "My brother and sister, two men and a dog, moved.",
        "Thanks from a Muslim filter fan.",
        "I want Catalan and Basque in the language list.",
        "I missed the cancer episode of your podcast.",
        "I got a call from the prison museum shop.",
        "My kids play after the flu season.",
        "We're a charity, blind and partially sighted people call us.",
        "I'm talking to a tall Polish guy about the bill.",
    ],
)
def test_what_is_said_of_nobody_stays(raw: str) -> None:
    assert strip(raw).text == raw


def test_a_given_pattern_goes_with_who_took_it() -> None:
    words = strip("They took an iris scan from me, and the app still says pending.")

    assert "They took" not in words.text
    assert "the app still says pending." in words.text
