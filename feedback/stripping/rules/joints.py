"""Words that several of the modules about the extent of a statement ask for."""

from feedback.stripping.clauses import words
from feedback.stripping.rules.persons import BLOCKING, NEXT_STATEMENT

DOERS = words("i i've i'd he she they they're you we")
ANDS = words("and y e et und dan aur plus n")
SELVES = words("me myself i yo moi ich eu saya aku main mai")
COUNTED = words("both all two three some most one half each many none")
RELATIVE = words("since where until from when")
WHEN = words("day night time week month year morning")
ASKING = words(
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
STATING = (
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
"""Words of a sentence with a verb of its own."""
