"""What is said of nobody stays, and its neighbour that is said of somebody goes."""

import pytest

from feedback.stripping import strip

NOBODYS = [
    # names
    "My colleague Ms Sikh-Andersen needs a hyphen in her name.",
    "Mon voisin s'appelle Juif Dupont et votre filtre refuse son nom.",
    "Mi contacto Iglesia Ramírez aparece dos veces.",
    "Kontak saya Pak Budi Gereja tidak muncul.",
    "I saved the plumber as Bishop Plumbing and he shows as spam.",
    "My licence plate is ADHD 42 and the camera reads it wrong.",
    # work
    "Soy enfermera en oncología y necesito silenciar el grupo.",
    "Je suis infirmière en psychiatrie et il me faut un mode silencieux.",
    "Sou psicóloga e preciso de uma sala de espera.",
    "Saya perawat di rumah sakit dan butuh mode senyap.",
    "我是肿瘤科的护士,值班时需要静音群聊。",
    "We use the app at a hospital, can you sign an agreement?",
    "Je suis sage-femme et mes patientes ne peuvent pas se connecter.",
    "I'm a social worker, my clients are addicts and share one phone.",
    "I run a kosher bakery's order line, we need call queues.",
    "I coach a wheelchair basketball team and we need a bigger group.",
    "My firm builds software for mosques and needs your API.",
    "We drive patients to chemotherapy and dispatch through your app.",
    "We stand in front of the cathedral, your location puts me in the river.",
    # topics, occasions and laws
    "Our diabetes research channel at work has 4,000 members and it lags.",
    "The channel about depression I moderate for a newspaper gets spam.",
    "I design stickers for Hanukkah and your upload rejects them.",
    "Since the Ramadan update the app takes a minute to start.",
    "The new abortion law made me think about privacy.",
    "Does the app work with insulin pump alarms in general?",
    # shocks and other figures
    "I had a heart attack when I saw the bill!",
    "Saya hampir kena serangan jantung lihat tagihan.",
    "看到账单我差点心脏病发作。",
    "Estoy harto, me pone enfermo que salgan tantos anuncios.",
    "I nearly fainted at the roaming charge.",
    "I'm a bit schizophrenic about which layout to use.",
    "Say I had dementia, who could get into my account?",
    "Let's say my son was gay, could he hide that?",
    "HP saya amnesia, lupa semua kontak.",
    "J'ai frôlé l'infarctus en voyant le prix.",
    "I'd vote for a bigger font any day.",
    'Typed "my mom has cancer" to try the autocorrect.',
]
SOMEBODYS = [
    "My colleague Ms Andersen is Sikh and can't join on Fridays.",
    "Mi contacto de la iglesia es mi pastor y no aparece.",
    "Mi enfermera de oncología me llama por la aplicación.",
    "Voy a una psicóloga por videollamada y se corta.",
    "We use the app when my mum is in hospital.",
    "I'm in a diabetes trial and the calls drop.",
    "Say hello to my mum, she has dementia.",
    "I use a wheelchair and need voice control.",
    "My insulin pump beeps into every call.",
    "I had a heart attack in May and need bigger buttons.",
    "I vote Labour and the party's calls are marked as spam.",
]


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_said_of_nobody_stays(text: str) -> None:
    assert strip(text).text == text


@pytest.mark.parametrize("text", SOMEBODYS)
def test_what_is_said_of_somebody_goes(text: str) -> None:
    assert strip(text).spans
