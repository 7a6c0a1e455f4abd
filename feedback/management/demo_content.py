"""What the people of the demo write and what the agents answer: invented, varied, in several languages."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw


@dataclass(frozen=True)
class Story:
    """One demo matter: who writes what, what is answered, and how far it has come."""

    message: str
    topic: str = "problem"
    language: str = "en"
    subject: str = ""
    answer: str = ""
    reply: str = ""
    tags: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    team: str = ""
    ends: str = "new"
    priority: str = "NORMAL"
    has_picture: bool = False


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
        subject="Calls end after ten minutes",
        answer="Thank you for the exact time, it helped. Version 4.3.1 fixes this; it is out tomorrow.",
        reply="Updated today and a call of an hour went through. Great!",
        tags=("audio",),
        team="Calls",
        ends="solved",
    ),
    Story(
        "The ringtone is silent although the phone is not on mute.",
        answer="Please open Settings › Sounds and choose a tone once; the update reset it.",
        tags=("ringtone",),
        ends="solved",
    ),
    Story(
        "I am deaf. Is there a switch for captions in video calls?",
        topic="question",
        answer="Yes: during a call, press the three dots and then Captions. They stay on for later calls.",
        reply="Found them. They are quite good, thank you.",
        tags=("captions",),
        needs=("captions", "in_writing"),
        team="Calls",
        ends="solved",
    ),
    Story(
        "I was charged twice for the monthly plan in October.",
        topic="account",
        subject="Charged twice",
        answer="You are right, the second charge was our mistake. It is on its way back to you.",
        reply="It arrived. Thank you for being quick.",
        tags=("billing",),
        team="Accounts",
        ends="solved",
    ),
    Story(
        "How do I block a number that keeps calling me at night?",
        topic="question",
        answer="Open the call list, press long on the number and choose Block. It will ring no more.",
        ends="solved",
    ),
    Story(
        "My husband has diabetes and must be reachable. Notifications arrive ten minutes late.",
        subject="Notifications come late",
        answer="That is too late, sorry. Please switch off battery saving for the app; we show how on the page.",
        reply="That was it. They come at once now.",
        tags=("audio",),
        team="Calls",
        ends="solved",
    ),
    Story(
        "Kontakte werden doppelt angezeigt, seit ich das Telefon gewechselt habe.",
        language="de",
        answer="Danke! Bitte einmal unter Einstellungen › Kontakte auf „Neu abgleichen“ drücken.",
        ends="solved",
    ),
    Story(
        "Why does the app want to see all my contacts?",
        topic="privacy",
        answer="Only to show names beside numbers, on your phone. You can refuse it and still make calls.",
        team="Accounts",
        ends="solved",
    ),
    Story(
        "O aplicativo fecha sozinho quando abro as configurações de som.",
        language="pt",
        answer="Obrigado! A versão 4.3.1 corrige isso; por favor atualize.",
        tags=("crash",),
        ends="solved",
    ),
    Story(
        "I want to delete my account but find no button.",
        topic="account",
        answer="It is under Settings › Account › Leave. Everything is gone after 30 days.",
        team="Accounts",
        ends="solved",
    ),
    Story(
        "EARN 900 A DAY FROM HOME!!! Visit my page now and get rich with coins.",
        topic="other",
        ends="spam",
    ),
    Story(
        "My mother has dementia and cannot remember a PIN. Can she sign in with her fingerprint?",
        topic="question",
        subject="Signing in without a PIN",
        answer="Yes: Settings › Security › Fingerprint. You can set it up with her on her phone.",
        tags=("login",),
        team="Accounts",
        ends="solved",
    ),
    Story(
        "With two SIM cards the app always calls with the wrong one.",
        subject="Wrong SIM card",
        answer="Which phone is it, please? We can reproduce it on some models only.",
        tags=("dual-sim",),
        team="Calls",
        ends="waiting",
    ),
    Story(
        "La llamada se corta cuando paso de wifi a datos. ¿Lo pueden arreglar?",
        language="es",
        answer="Gracias. ¿Qué versión de la app tiene? Está en Ajustes › Acerca de.",
        tags=("audio",),
        ends="waiting",
    ),
    Story(
        "I am Muslim and the app rings during Friday prayer. Can it be silent at fixed times?",
        topic="idea",
        subject="Silent at fixed times",
        answer="Would one quiet hour a week do, or several a day? We are planning this now.",
        tags=("ringtone", "feature"),
        team="Calls",
        ends="waiting",
    ),
    Story(
        "L'écho est insupportable depuis la mise à jour, mon interlocuteur s'entend parler.",
        language="fr",
        answer="Merci. Est-ce aussi le cas avec des écouteurs ?",
        tags=("audio",),
        ends="waiting",
    ),
    Story(
        "The receipt for my yearly plan has the wrong company name on it.",
        topic="account",
        answer="What should it say, please? We will send a new one.",
        tags=("billing",),
        team="Accounts",
        ends="waiting",
    ),
    Story(
        "I have asthma and cannot shout; the microphone is much too quiet since Monday.",
        answer="Sorry to hear it is so quiet. Does it help to switch off noise filtering under Settings › Calls?",
        tags=("audio",),
        team="Calls",
        ends="waiting",
    ),
    Story(
        "Please let me choose a ringtone for each contact.",
        topic="idea",
        tags=("ringtone", "feature"),
        ends="snoozed",
    ),
    Story(
        "The login code never arrives. I asked for it five times.",
        topic="account",
        subject="No login code",
        tags=("login",),
        team="Accounts",
        ends="snoozed",
    ),
    Story("Video freezes for some seconds each time somebody joins the group call.", team="Calls", ends="open"),
    Story("The app crashes when I open a voice message from last year.", tags=("crash",), team="Calls", ends="open"),
    Story(
        "Suara telepon sangat kecil sejak pembaruan terakhir.",
        language="id",
        tags=("audio",),
        team="Calls",
        ends="open",
    ),
    Story(
        "I have epilepsy and the flashing screen of an incoming call is dangerous. Please let me switch it off.",
        subject="Flashing on incoming calls",
        tags=("feature",),
        team="Calls",
        ends="open",
        priority="HIGH",
    ),
    Story(
        "I changed my number and now my old one still shows on my friends' phones.",
        topic="account",
        team="Accounts",
        ends="open",
    ),
    Story(
        "I am a Catholic priest and lead a call with 200 people every Sunday. It stops at 100.",
        topic="question",
        subject="More than 100 people in a call",
        team="Calls",
        ends="open",
    ),
    Story(
        "The answer button is hidden behind the navigation bar. I add a picture of it.",
        subject="Answer button cut off",
        has_picture=True,
        team="Calls",
        ends="open",
        priority="HIGH",
    ),
    Story(
        "Since the update the app asks for my payment card again although my plan runs until May.",
        topic="account",
        tags=("billing",),
        team="Accounts",
        ends="open",
    ),
    Story("Please add a dark mode for the call list.", topic="idea", tags=("feature",), ends="open"),
    Story("My wife has depression and calls only me. Could the call list show favourites first?", topic="idea"),
    Story("The keyboard covers the answer field on a small screen."),
    Story("As a Christian I would like a ringtone with church bells. Where can I add my own?", topic="question"),
    Story("Headphones: after a call music does not come back until I restart the app.", subject="Music stays paused"),
    Story("My son has autism and the loud start tone frightens him. Can I turn that tone off?", topic="question"),
    Story("I am Jewish and do not use the phone on Saturdays. Can calls go to a message by themselves?", topic="idea"),
    Story("The app says my phone has no internet, but everything else works.", subject="“No internet”"),
    Story("I am Hindu and my family calls a lot during Diwali: group calls of 30 break up.", topic="problem"),
    Story("Nach dem Anruf bleibt der Bildschirm schwarz, ich muss neu starten.", language="de"),
    Story("Could you show the time in the country that I am calling?", topic="idea"),
    Story("Two calls this morning had no sound in one direction. The third was fine.", subject="No sound one way"),
)
NOTES = (
    "Seen three times this week; the audio team knows.",
    "Reproduced on the test phone, build 4.2.1 only.",
    "Waiting for billing to confirm.",
)
PICTURE_NAME = "answer button.png"


def picture() -> bytes:
    """Return a screenshot as a phone would make it: an incoming call whose button is cut off below."""
    image = Image.new("RGB", (270, 480), "#10252b")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 270, 22), fill="#0a171b")
    pen.text((12, 6), "14:05", fill="#ffffff")
    pen.ellipse((85, 90, 185, 190), fill="#3c7680")
    pen.ellipse((115, 108, 155, 148), fill="#cfe6e9")
    pen.pieslice((98, 146, 172, 226), 180, 360, fill="#cfe6e9")
    pen.text((94, 212), "Incoming call", fill="#ffffff")
    pen.ellipse((35, 405, 105, 475), fill="#b3372b")
    pen.ellipse((165, 405, 235, 475), fill="#2f8f57")
    pen.rectangle((0, 434, 270, 480), fill="#000000")
    pen.polygon([(66, 448), (66, 466), (52, 457)], fill="#8b979c")
    pen.ellipse((127, 448, 145, 466), outline="#8b979c", width=2)
    pen.rectangle((205, 449, 221, 465), outline="#8b979c", width=2)
    drawn = BytesIO()
    image.save(drawn, format="PNG", optimize=True)
    return drawn.getvalue()
