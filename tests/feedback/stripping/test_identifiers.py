"""What identifies: each kind, with what is one and what only looks like one."""

from itertools import pairwise

import pytest

from feedback.stripping import strip, written_out
from feedback.stripping.identifiers.finding import OPTIONAL

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
ALWAYS = [
    ("I changed my password to Blue$House7 yesterday", "secret", "Blue$"),
    ("the password I use is Winter2023!", "secret", "Winter"),
    ("Login: mia, pw: Sunny-Day9", "secret", "Sunny"),
    ("sandi akun: Kucing#1", "secret", "Kucing"),
    ("le code reçu est 482913", "secret", "482913"),
    ("backup code 8F3K-22LM", "secret", "8F3K"),
    ("glpat-abcdefghij0123456789", "secret", "glpat"),
    ("Card 4111 1111 1111 1111 12/27", "card", "4111"),
    ("3782 822463 10005 was charged", "card", "10005"),
    ("Karte 5500000000000004", "card", "0004"),
    ("kartu 6011-1111-1111-1117", "card", "6011"),
    ("٤١١١ ١١١١ ١١١١ ١١١١", "card", "٤١١١"),
    ("Diners 30569309025904", "card", "3056"),
    ("4111\u200b1111\u200b1111\u200b1111", "card", "1111"),
    ("My order was paid with 4111 1111 1111 1111", "card", "4111"),
    ("key AKIAIOSFODNN7EXAMPLE", "secret", "AKIA"),
    ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "secret", "ghp_"),
    ("sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc", "secret", "sk_live"),
    (f"token {JWT}", "secret", "eyJ"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----", "secret", "MII"),
    ("api_key=4f9a8b7c6d5e4f3a2b1c", "secret", "4f9a"),
    ("my password is hunter2", "secret", "hunter2"),
    ("the password for the app is 'correct horse battery'", "secret", "horse"),
    ("mein Passwort lautet Sommer2024!", "secret", "Sommer"),
    ("mi contraseña es Luna#77", "secret", "Luna"),
    ("mon mot de passe est Soleil12", "secret", "Soleil"),
    ("minha senha é Praia99", "secret", "Praia"),
    ("kata sandi saya adalah rahasia1", "secret", "rahasia"),
    ("我的密码是abc12345", "secret", "abc12345"),
    ("كلمة السر هي Nour2020", "secret", "Nour"),
    ("मेरा पासवर्ड Ram@1234 है", "secret", "Ram@"),
    ("hunter22 is my password", "secret", "hunter22"),
    ("password hunter22 is refused", "secret", "hunter22"),
    ("https://mia:hunter2@example.org/", "secret", "hunter2"),
    ("OTP 774201", "secret", "774201"),
    ("your code: 774 201", "secret", "774"),
    ("Bestätigungscode 482913", "secret", "482913"),
    ("código de verificación 482913", "secret", "482913"),
    ("code de confirmation : 482913", "secret", "482913"),
    ("验证码是482913", "secret", "482913"),
    ("رمز التحقق 482913", "secret", "482913"),
    ("ओटीपी 482913 आया", "secret", "482913"),
    ("kode otp saya 482913", "secret", "482913"),
    ("482913 is my verification code", "secret", "482913"),
    ("the verification code you sent to me was 482913", "secret", "482913"),
    ("the cvv is 123", "secret", "123"),
    ("My PIN is 4821", "secret", "4821"),
]
WHEN_ASKED = [
    ("teléfono 91 123 45 67", "phone", "123 45"),
    ("tel:+33612345678", "phone", "612345678"),
    ("Ich wohne in der Goethestr. 7, 60313 Frankfurt am Main.", "address", "Goethe"),
    ("Carrera 7 # 71-21, Bogotá 110231", "address", "71-21"),
    ("H.No. 4-5-6, Gandhi Nagar, Hyderabad 500080", "address", "Gandhi"),
    ("NHS number 943 476 5919", "national_id", "5919"),
    ("مع تحياتي\nأحمد علي\nشركة", "signature", "أحمد"),
    ("此致\n敬礼\n张伟\n某公司", "signature", "某公司"),
    ("Call me on +49 170 1234567 please", "phone", "1234567"),
    ("my number is 415-555-2671", "phone", "2671"),
    ("Ruf mich an: 0170 1234567", "phone", "1234567"),
    ("Meine Nummer ist 030/12345678", "phone", "12345678"),
    ("appelez-moi au 06 12 34 56 78", "phone", "34 56"),
    ("mi número es 612 345 678", "phone", "345"),
    ("meu telefone: (11) 91234-5678", "phone", "5678"),
    ("nomor hp saya 081234567890", "phone", "081234567890"),
    ("我的电话是13812345678", "phone", "13812345678"),
    ("رقم هاتفي 0501234567", "phone", "0501234567"),
    ("मेरा मोबाइल नंबर 9876543210 है", "phone", "9876543210"),
    ("0049 170 1234567 cannot be reached", "phone", "1234567"),
    ("هاتفي ٠٥٠١٢٣٤٥٦٧", "phone", "٠٥٠١"),
    ("Write to mia@example.org.", "email", "mia@"),
    ("邮箱mia@example.org谢谢", "email", "mia@"),
    ("mia [at] example [dot] org", "email", "mia"),
    ("mia at gmail dot com", "email", "mia"),
    ("IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFF", "iban", "3704"),
    ("gb82west12345698765432", "iban", "west"),
    ("FR1420041010050500013M02606", "iban", "2004"),
    ("SSN 123-45-6789", "national_id", "6789"),
    ("ITIN 912-70-1234", "national_id", "912"),
    ("my national insurance number is AB123456C", "national_id", "AB12"),
    ("SIN 123 456 782", "national_id", "456"),
    ("DNI 12345678Z", "national_id", "12345678"),
    ("mi NIE es X1234567L", "national_id", "X1234567"),
    ("numéro de sécu 1 85 05 78 006 084 91", "national_id", "006"),
    ("Steuer-ID 36574261809", "national_id", "36574261809"),
    ("RSSMRA85T10A562S", "national_id", "RSSMRA"),
    ("NIF 501964843", "national_id", "501964843"),
    ("cartão de cidadão 000000000ZZ4", "national_id", "ZZ4"),
    ("CPF 390.533.447-05", "national_id", "390"),
    ("16.727.230/0001-97", "national_id", "16.727"),
    ("BSN 111222333", "national_id", "1112"),
    ("rijksregisternummer 85.07.30-033 28", "national_id", "85.07"),
    ("PESEL 44051401359", "national_id", "44051401359"),
    ("personnummer 880320-0016", "national_id", "880320"),
    ("fødselsnummer 15108695088", "national_id", "15108695088"),
    ("CPR 211062-5629", "national_id", "211062"),
    ("HETU 131052-308T", "national_id", "131052"),
    ("身份证号360426199101010071", "national_id", "360426"),
    ("Aadhaar 2341 2341 2346", "national_id", "2346"),
    ("my PAN is ACUPA7085R", "national_id", "ACUPA"),
    ("NIK saya 3171011708450001", "national_id", "31710"),
    ("CURP BOXW310820HNERXN09", "national_id", "BOXW"),
    ("mi DNI es 20.123.456", "national_id", "20.123"),
    ("RUT 12.531.909-2", "national_id", "12.531"),
    ("T.C. kimlik no 17291716060", "national_id", "17291716060"),
    ("my ID number is 7503305044089", "national_id", "7503305044089"),
    ("my passport number is C01X00T47", "national_id", "C01X"),
    ("my IP is 203.0.113.7", "ip", "203"),
    ("IP: 2001:db8::8a2e:370:7334", "ip", "2001"),
    ("server 84.23.11.9:8080", "ip", "84.23"),
    ("I live at 221B Baker Street, London NW1 6XE.", "address", "Baker"),
    ("1600 Pennsylvania Avenue NW, Washington, DC 20500", "address", "Pennsylvania"),
    ("Hauptstraße 12, 10115 Berlin", "address", "Haupt"),
    ("Unter den Linden 77, 10117 Berlin", "address", "Linden"),
    ("12 rue de la Paix, 75002 Paris", "address", "Paix"),
    ("Calle Mayor 5, 28013 Madrid", "address", "Mayor"),
    ("Av. Paulista, 1578 - Bela Vista, São Paulo - SP, 01310-200", "address", "Paulista"),
    ("Jl. Sudirman No. 45, Jakarta Selatan 12190", "address", "Sudirman"),
    ("我住在北京市朝阳区建国路88号2单元301室", "address", "建国路"),
    ("شارع الملك فهد 12، الرياض 12345", "address", "فهد"),
    ("मकान नंबर 12, गांधी नगर, जयपुर 302015", "address", "गांधी"),
    ("Flat 12B, Rose Apartments, MG Road, Bengaluru 560001", "address", "Rose"),
    ("It crashes.\n-- \nMia Schmidt\nACME Ltd\n+49 170 1234567", "signature", "Schmidt"),
    ("It crashes.\n\nBest regards,\nMia Schmidt\nHead of Sales", "signature", "Schmidt"),
    ("Es stürzt ab.\n\nMit freundlichen Grüßen\nMia Schmidt", "signature", "Schmidt"),
    ("Cordialement,\nMia Dupont\nACME", "signature", "Dupont"),
    ("It crashes. Kind regards, Mia Schmidt", "signature", "Schmidt"),
]
STAYS = """\
order 123456789
Order no. 4111111111111111
ticket #20241125
IMEI 356938035643809
356938035643809
1732543923
1732543923123 ms
tracking 1Z999AA10123456784
version 1.2.3.4
v1.2.3.4
updated to 2.24.1.75
版本1.2.3.4
1.2.3.4.5
localhost 127.0.0.1
at 12:30:45 it stopped
MAC aa:bb:cc:dd:ee:ff
price 1,234,567.89
error code 123456
postal code 560034
pin code 560034
código postal 28013
kode pos 12190
code review 2024
OTP did not arrive after 120 seconds
my password is not accepted
your pass code is unsecure
mi contraseña no funciona
La clave es tener paciencia
das Passwort ist falsch
密码错误
the api key is missing
@mia on twitter
a@b
my score is 4155552671
game id 138 1234 5678
Via WhatsApp 2, 2024 works
la contraseña es obligatoria
the password reset on iPhone13 failed
Build 22.3.1.4 crashes
QR code 123456 does not scan
promo code 445566 does not work
100 000 000 users
+100 points
+5 000 messages
on 12/11/2024 at 14:30
2024-11-25 14:13:21
Bestellung 12345678
Pedido 12345678
order 123-45-6789
SKU X1234567
GB00 TEST 1234 5678 90
DE00 3704 0044 0532 0130 00
CPF 390.533.447-06
DNI 12345678A
SSN 000-12-3456
a serial ABCDE1234F
123456789 points
I live in a street with 3 shops
5 people on the road
Room 101, second floor
3 times a day in Court
Thanks! The app works.
Best regards, Mia
call 112
phone 2024 model
iPhone 15 128GB
case 415-555-2671
ca. 1000 users
0 0 0 0 0 0 0 0
2024112514132100
""".splitlines()


@pytest.mark.parametrize(("raw", "category", "hidden"), ALWAYS)
def test_cards_and_secrets_are_never_kept(raw: str, category: str, hidden: str) -> None:
    words = strip(raw)

    assert {mark.category for mark in words.marks} == {category}
    assert hidden not in words.text
    assert strip(words.text).text == words.text


@pytest.mark.parametrize(("raw", "category", "hidden"), WHEN_ASKED)
def test_the_other_kinds_are_left_out_when_asked_for(raw: str, category: str, hidden: str) -> None:
    words = strip(raw, identifiers=True)

    assert strip(raw).text == raw
    assert {mark.category for mark in words.marks} == {category}
    assert hidden not in words.text
    assert strip(words.text, identifiers=True).text == words.text
    assert strip(raw, identifiers={category}).text == words.text
    assert strip(raw, identifiers=OPTIONAL - {category, "phone"}).text == raw


@pytest.mark.parametrize("raw", STAYS)
def test_what_a_support_desk_lives_by_stays(raw: str) -> None:
    assert strip(raw, identifiers=True).text == raw


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("Call +49 170 1234567.", "Call +49 ••• •••••••<phone>."),
        ("Call 0049 170 1234567.", "Call 0049 ••• •••••••<phone>."),
        ("(+1) 415-555-2671", "(+1) •••-•••-••••<phone>"),
        ("my number is 415-555-2671", "my number is •••-•••-••••<phone>"),
        ("+٤٩ ١٧٠ ١٢٣٤٥٦٧", "+٤٩ ••• •••••••<phone>"),
    ],
)
def test_a_phone_number_keeps_its_country_code_and_length(raw: str, left: str) -> None:
    words = strip(raw, identifiers=True)
    [span] = words.spans

    assert written_out(words.text, words.marks, lambda category: f"<{category}>").replace(" <", "<") == left
    assert len(words.text) == len(raw)
    assert raw[: span.start] + words.text[span.start : span.end] + raw[span.end :] == words.text


def test_a_phone_number_beside_a_disclosure_is_a_span_of_its_own() -> None:
    words = strip("My son, reach him on +49 170 1234567, is autistic. The button is too small.", identifiers=True)

    assert "1234567" not in words.text
    assert "autistic" not in words.text
    assert all(one.end <= other.start for one, other in pairwise(words.spans))


def test_a_signature_ends_where_a_sentence_begins() -> None:
    raw = "It crashes.\n\nBest regards,\nMia Schmidt\nACME\n\nPS: It also happens on the tablet of my son."

    assert strip(raw, identifiers=True).text == raw.replace("Mia Schmidt\nACME", "")
