"""What the people of the demo write and what the agents answer: invented, varied, in several languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One demo matter: who writes what, and what is answered."""

    message: str
    topic: str = "problem"
    language: str = "en"
    answer: str = ""
    reply: str = ""
    tags: tuple[str, ...] = ()


NAMES = (
    *(
        "Amal Haddad",
        "Joana Reis",
        "Wei Zhang",
        "Priya Nair",
        "Tomás Álvarez",
        "Lena Hoffmann",
        "Kofi Mensah",
    ),
    *("Siti Rahma", "Luc Moreau", "Aylin Kaya", "Noah Berg", "Mariam Farouk", "Ivan Petrov", "Grace Otieno"),
)
DEVICES: tuple[dict[str, str], ...] = (
    {
        "brand": "Xiaomi",
        "model": "Redmi 9A",
        "system": "Android 10",
        "app_version": "4.2.1",
        "network": "mobile",
    },
    {
        "brand": "Samsung",
        "model": "Galaxy A14",
        "system": "Android 13",
        "app_version": "4.3.0",
        "network": "wifi",
    },
    {"brand": "Apple", "model": "iPhone 12", "system": "iOS 17", "app_version": "4.3.0", "network": "wifi"},
    {
        "brand": "Tecno",
        "model": "Spark 8",
        "system": "Android 11",
        "app_version": "4.1.9",
        "network": "mobile",
    },
    {},
)
STORIES = (
    Story(
        "Calls drop after exactly ten minutes since the last update. I tried on wifi and on mobile.",
        answer="Thank you for the exact time, it helped. Version 4.3.1 fixes this; it is out tomorrow.",
        reply="Updated today and a call of an hour went through. Great!",
        tags=("audio",),
    ),
    Story(
        "The ringtone is silent although the phone is not on mute.",
        answer="Please open Settings › Sounds and choose a tone once; the update reset it.",
        tags=("ringtone",),
    ),
    Story(
        "I am deaf, I need captions in video calls. Is there a switch for them?",
        topic="question",
        answer="Yes: during a call, press the three dots and then Captions. They stay on for later calls.",
        reply="Found them. They are quite good, thank you.",
        tags=("captions",),
    ),
    Story("The login code never arrives. I asked for it five times.", "account", tags=("login",)),
    Story(
        "I was charged twice for the monthly plan in October.",
        "account",
        answer="You are right, the second charge was our mistake. It is on its way back to you.",
        tags=("billing",),
    ),
    Story("Please add a dark mode for the call list.", "idea", tags=("feature",)),
    Story(
        "With two SIM cards the app always calls with the wrong one.",
        answer="Which phone is it, please? We can reproduce it on some models only.",
        tags=("dual-sim",),
    ),
    Story("La llamada se corta cuando paso de wifi a datos. ¿Lo pueden arreglar?", "problem", "es"),
    Story("L'écho est insupportable depuis la mise à jour, mon interlocuteur s'entend parler.", "problem", "fr"),
    Story("Kontakte werden doppelt angezeigt, seit ich das Telefon gewechselt habe.", "problem", "de"),
    Story("O aplicativo fecha sozinho quando abro as configurações de som.", "problem", "pt", tags=("crash",)),
    Story("How do I block a number that keeps calling me at night?", "question"),
    Story(
        "My husband has diabetes and must be reachable. Notifications arrive ten minutes late.",
        answer="That is too late, sorry. Please switch off battery saving for the app; we show how on the page.",
        tags=("audio",),
    ),
    Story("Why does the app want to see all my contacts?", "privacy"),
    Story("Video freezes for some seconds each time somebody joins the group call."),
    Story("The app crashes when I open a voice message from last year.", tags=("crash",)),
    Story("Please let me choose a ringtone for each contact.", "idea", tags=("ringtone", "feature")),
    Story("I want to delete my account but find no button.", "account"),
    Story("Suara telepon sangat kecil sejak pembaruan terakhir.", "problem", "id", tags=("audio",)),
    Story("The keyboard covers the answer field on a small screen."),
)
NOTES = (
    "Seen three times this week; the audio team knows.",
    "Reproduced on the test phone, build 4.2.1 only.",
    "Waiting for billing to confirm.",
)
