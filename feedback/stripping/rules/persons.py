"""The words by which a text speaks of a person, and those that show it speaks of something else."""

from feedback.stripping.clauses import words

ARTICLES = words("a an the")
WRITER = words("i we i've i'm we've")
OBJECTS = words("me him her us them myself himself herself themselves")
"""Somebody to whom something is done."""
ADJUNCT = words("between during after before since until at in on because from through despite following")
"""Words before when, where or why something happened."""
# A subject that carries its own verb: "I'm", "soy", "j'ai".
SELF = words(
    "they're i'm im i've ive he's hes she's shes we're we've soy estoy tengo tuve fui era estuve padezco sufro"
    " voy hago hice asisto recibo canto perdí perdimos salí cumplo rezo ayuno llevo somos tenemos milito voto voté"
    " nací uso tomo j'ai j'suis j'étais jsuis chuis j'attends j'avais j'vais j'vote j'prends j'habite j'fais hab"
    " bin leide wähle tô sou estou tenho tive sofro vou recebo frequento participo perdi cumpro fiz temos votei"
    " nasci faço"
)
# Subjects. Kin and other people are in KIN.
SUBJECTS = SELF | words(
    "i he she we us i'd i'll he'd she'd yo él ella nosotros nosotras je nous il elle m'a m'ont m'avait ich wir er"
    " sie eu nós ele ela saya aku kami beliau dia gue gua gw ane mujhe mera meri mere hum cobro salgo vengo ando"
    " sigo quedé acabo llevaba tenía padecía sufrí dejé dejo empecé espero ingresé participo pertenezco presido"
    " dirijo coordino predico comulgo celebramos ayunamos rezamos vamos fuimos hicimos vivimos militaba milité"
    " votamos sirvo serví marché cumplí debo juré provengo desciendo heredé aborté parí amamanto inyecto pincho"
    " tomaba bebía fumaba consumía consumo recaí convivo estava tinha vivia fazia saí nascemos fico fiquei tomei"
    " usava bebia fumava abortei parei comungo jejuo jejuamos herdei suis mir mich habe hatte nehme lebe trage"
    " faste sy sya aq gwe gwa kita mujhko mereko meko humko hume humein humne maine mene unhe unhone usne pusieron"
    " operaron diagnosticaron detectaron quitaron recetaron internaron ingresaron trataron inyectan identifico"
    " considero convertí afilié bauticé detuvieron condenaron sentenciaron arrestaron encarcelaron extirparon"
    " implantaron amputaron trasplantaron transfundieron intubaron operé operaram diagnosticaram internaram"
    " receitaram prenderam condenaram implantaram operei batizei filiei descobri descobrimos herdamos mujh mujhse"
    " mujhpe hamko hamein respondo reparto firmo trabalhei doy presenté peguei afastei militei firmé assinei"
    " presté doné vacunaron medicaron sedaron dializan pinchan infunden recaí recaigo ingresé vacunei assinava"
    " internei interno confessei frequentei cumpria respondi saio"
)
POSSESSIVES = words(
    "meines ihres seines unserer unseres my our his her mi mis nuestro nuestra mon ma mes notre nos mein meine"
    " meiner meinen meinem unser unsere meu minha meus minhas nosso nossa mera meri mere apni apna apne hamari"
    " hamara hamare uski uska unki nuestros nuestras unserem unseren seine seiner seinem seinen nossos nossas"
)
KIN = words(
    "mam nanna granddad granma gramps nonna yaya nani dadi sis in-law husband wife mother mom mum momma father"
    " dad papa daddy son daughter brother sister bro boyfriend girlfriend bf gf partner fiance fiancé fiancée"
    " spouse ex uncle aunt auntie grandmother grandma gran granny nan nana grandfather grandpa grandad cousin"
    " nephew niece neighbour neighbor colleague coworker boss roommate flatmate housemate employee classmate"
    " teammate kid kids child children baby parents grandparents twins stepson stepdaughter stepdad stepmum"
    " youngest eldest oldest missus hubby wifey bairn toddler newborn teen teenager girls boys lad lads family"
    " friend friends mate buddy bestie hijo hija hijos madre padre padres hermano hermana marido esposo esposa"
    " abuela abuelo amigo amiga novio novia tío tía primo prima suegra suegro familia mamá papá fils fille mère"
    " père frère soeur sœur mari femme ami amie copain copine enfant grand-mère tante oncle maman sohn tochter"
    " mutter vater bruder schwester mann frau freund freundin oma opa kind onkel mama eltern filho filha mãe pai"
    " irmão irmã avó avô namorado namorada tio tia sogra família ibu ayah anak adik kakak suami istri teman bapak"
    " nenek kakek paman bibi pacar gw ane bokap nyokap ortu ibuku ayahku suamiku istriku anakku adikku kakakku"
    " temanku pacarku keluargaku mummy mummi bhaiya didi chacha jija saas sasur dada biwi bhai behen beta beti maa"
    " pati patni nieto nieta nietos sobrino sobrina sobrinos cuñado cuñada cuñados suegros abuelos abuelito"
    " abuelita yayo papás viejo vieja viejos jefa cuate hermanito hermanita hermanos hermanas ahijado ahijada"
    " madrina padrino comadre compadre gemelos gemelas mellizos niño niña niños niñas nene nena guagua wawa yerno"
    " nuera padrastro madrastra hermanastro nona nono tíos prometido prometida exmarido exmujer vecino vecina"
    " compañero compañera pareja bebé colega amigos amigas esposos chamaco chamaca filles épouse époux conjoint"
    " conjointe mamie papi papy mémé pépé cousine neveu nièce gendre gosse gosses gamin gamine môme jumeaux"
    " jumelles aîné aînée cadette benjamin frangin frangine daron daronne pote potes meuf voisin voisine collègue"
    " coloc marraine parrain tonton tata tatie compagnon compagne frères sœurs soeurs enfants vati mutti opi omi"
    " enkel enkelin schwager schwägerin schwiegermutter schwiegervater schwiegersohn neffe nichte partnerin"
    " ehemann ehefrau verlobter verlobte kumpel kollege kollegin mitbewohner mitbewohnerin zwillinge söhne töchter"
    " brüder schwestern geschwister großmutter großvater stiefvater stiefmutter stiefsohn stieftochter"
    " lebensgefährte lebensgefährtin nachbar nachbarin ältester jüngster freunde patenkind vovó vovô vô vó mamãe"
    " papai painho mainha sobrinho sobrinha neto neta netos cunhado cunhada sogro genro enteado enteada nenê nenem"
    " caçula gêmeos filhos filhas irmãos irmãs companheiro companheira parceiro parceira noivo noiva vizinho"
    " vizinha afilhado afilhada guri guria primos avós tios anaknya ibunya ayahnya suaminya istrinya bapakku"
    " mamaku papaku mertua mertuaku menantu cucu cucuku keponakan keponakanku sepupu sepupuku saudara saudaraku"
    " abang abangku mbak mamah papah emak abah umi bunda bini tunangan tunanganku mantan mantanku sahabat"
    " sahabatku tetangga tetanggaku ipar iparku bayi bayiku balita balitaku putraku putriku pamanku bibiku tanteku"
    " omku nenekku kakekku kakaknya adiknya neneknya kakeknya ortuku bhabhi devar nanad bete betiyan bachche"
    " baccha bacche bachcha bachchi bachi pota poti nati saasu mataji pitaji babuji amma abba ammi abbu baap bahu"
    " damad mausi mausa mami bua fufa chachi dost padosi gharwali bitiya munna"
)
KIN = KIN | {f"{name}'s" for name in KIN}
PERSON_NOUNS = words(
    "woman man girl guy boy lady person lad lass gal dude bloke human adult teen teenager student teacher nurse"
    " driver mujer hombre chica chico persona femme homme fille garçon personne frau mann mädchen junge mulher"
    " homem moça moço pessoa menina menino wanita pria perempuan cewek cowok orang ladki ladka aurat aadmi"
)
LINKS = words(
    "am is are was were be been being im i'm he's hes she's shes we're isn't wasn't became become identify"
    " identifies identified born live lives living as soy es estoy está somos son era suis est était sommes bin"
    " ist war sind sou é adalah hu hun hoon hai éramos étais eram fui fomos foi estamos thi tha hain"
)
RELATIONS = LINKS | words(
    "i've ive we've have has had having got get gets getting suffer suffers suffered suffering diagnosed wear"
    " wears wore wearing use uses using take takes taking took on go goes going went attend attends attended"
    " attending belong belongs belonged join joined joining left quit raised converted practise practice practises"
    " practices pray prays praying preach lead leads serve serves served undergo undergoing underwent recovering"
    " recovered treated lost need needs carry carries carried from after with since under inherited survived broke"
    " caught develop developed observe observes keep keeps celebrate celebrates follow believe believes sing teach"
    " told support supports dont don't not never without awaiting facing faces came elected run runs ran chair for"
    " by to in give gives"
)
FILLERS = words(
    "a an the very so totally also both not still just now half partially partly completely openly legally proud"
    " really quite severely mostly nearly almost practically profoundly actually too one in never always basically"
    " fully definitely muy un una très une sehr eine ein muito um uma seorang orang since birth from and or ek"
    " married deeply born only bastante totalmente completamente medio casi también plutôt totalement complètement"
    " assez aussi presque total völlig ziemlich fast auch schon seit eher bem quase meio também praticamente agak"
    " sangat cukup hampir separuh setengah juga"
)
# Verbs after which what follows is looked for, wanted or done, not true of the person.
BLOCKING = words(
    "covers cover covered covering want wanted wants like love hate see saw search searched searching read"
    " reading play played watch watched watching miss missed missing typed type download downloaded find found"
    " open opened add added wish imagine heard hear wonder wondering ask asked report reported blocked block buy"
    " bought order ordered work works worked working call calls called calling ring rang booked sell sells study"
    " studying researching translate translated click clicked tap tapped press pressed choose chose select"
    " selected install installed think guess disappointed receive received clicking scroll write wrote writing"
    " speak speaks speaking learn learning pay paid visit quiero busco trabajo llamo je cherche travaille arbeite"
    " suche möchte trabalho procuro quero kerja bekerja cari queremos quería quisiera compré pedí leí escucho"
    " escuché juego jugaba jugando trabajaba descargué veux voudrais regarde regardais joue écoute bosse spiele"
    " höre lese kaufe gekauft bestellt schaue gucke jobbe queria jogo jogando ouço assisto comprei baixei leio"
    " trabalhava gib gebt ingin nonton dengar beli pesan baca"
)
BLOCKING = BLOCKING | {f"{word}s" for word in BLOCKING}
GROUPS = words(
    "people users user customers persons specialists doctors nurses clinics charities community communities folks"
    " patients folk person's everyone others speakers personas usuarios gens personnes utilisateurs leute menschen"
    " nutzer pessoas usuários orang-orang pengguna"
)
GROUPS_BEFORE = words(
    "people users customers persons those everyone someone anyone somebody anybody nobody who's personas usuarios"
    " quienes alguien pessoas usuários alguém quelqu'un jemand seseorang"
)
HYPOTHETICAL = words(
    "if unless imagine suppose si wenn falls se kalau jika agar andai seandainya seumpama angenommen imagina"
    " imaginez supongamos ojalá"
)
# After a term these make it an adjective of a thing.
THINGS = words(
    "lane square crescent terrace boulevard minibus van bus screen theme themes background mode bar bars icon"
    " icons button buttons list spot text box cc copy line lines call calls page display friday market berry emoji"
    " emojis sticker stickers setting settings option options filter filters feature features app apps room rooms"
    " group groups channel channels song songs movie film font fonts keyboard language languages translation"
    " interface hotline helpline number numbers centre center clinic pattern patterns calendar calendars holiday"
    " holidays website site blog podcast news newsletter ad ads advert spam office music food restaurant avatar"
    " avatars banner ringtone ringtones template charity foundation research awareness magazine radio character"
    " characters alphabet letters script street road avenue school university college signal network connection"
    " error errors state status forward talking answer away party version edition to up down again after when with"
    " through shop store company business startup firm sized themed style friendly"
)
JOBS = words(
    "nurse nurses doctor doctors lawyer solicitor attorney barrister secretary teacher journalist reporter"
    " officer guard driver technician worker workers student researcher engineer developer manager receptionist"
    " pharmacist interpreter translator surgeon photographer cleaner cook chef accountant clerk consultant"
    " assistant coordinator trainer coach scientist professor lecturer paramedic midwife warden caretaker plumber"
    " electrician intern desk counsellor counselor therapist psychologist psychiatrist dietitian carer caregiver"
    " advocate physio physiotherapist radiographer dentist optician audiologist phlebotomist hr"
)
# Who did something to others; what is said of them is no disclosure of the writer's.
OFFENDERS = words(
    "attacker attackers abuser abusers stalker stalkers mugger muggers rapist burglar burglars thief thieves"
    " scammer scammers hacker hackers harasser bully bullies intruder perpetrator fraudster fraudsters robber"
    " robbers"
)
# What belongs to an app even when it is one's own: "my gay ringtone".
PRODUCTS = words(
    "log logs page setting settings format link links script scripts band speaker speakers screen theme themes"
    " background mode bar icon icons button buttons sticker stickers emoji emojis song songs movie film font fonts"
    " ringtone ringtones template wallpaper avatar banner filter filters app apps podcast playlist website site"
    " keyboard calendar newsletter magazine radio sized themed style hall"
)
# A piece that starts with these speaks of the writer: "had covid last week", "Lost my voice to cancer".
TELEGRAPHIC = words(
    "back off first used not never got had have having been being diagnosed lost recovering suffering suffer"
    " living born raised wear currently still just recently am was gotta waiting due on as cant newly hab bin"
    " leide bekam diagnosticado diagnosticada padezco enceinte siendo lagi sedang sudah sendo como als en étant"
    " malade atteint atteinte sous opéré opérée suivi suivie greffé greffée traité traitée hospitalisé"
    " hospitalisée operado operada internado internada ingresado ingresada afectado afectada acometido acometida"
    " ayant sortant kena punya habis baru mengidap menderita divonis minum recién"
)
# Words that may stand around a term which is a statement of its own: "type 1 diabetic here".
AROUND = FILLERS | words(
    "here too also as well user with severe chronic type 1 2 recovering former new old years yrs yr year since"
    " severely at by birth from here's btw fyi lol bad mild late early stage retired lifelong life long of due to ty"
    " recovery patient warrior af tbh sufferer survivor both left right eye eyes ear ears side sides leg legs arm arms"
    " hand hands hip knee knees waiting list over for months weeks meses mois monate monaten monat wochen woche semanas"
    " semaines bulan minggu mahine jahre jahren años anos ans tahun saal seit desde depuis sejak hace há hier aquí"
    " aqui ici sini mit com con avec dengan de obreras"
)
# After a term these start another statement even without punctuation.
NEXT_STATEMENT = words(
    "i i'm im i've i'd i'll we we'd we'll you u your ur it its it's this that they they're can cant can't cannot"
    " could please pls plz need needs want would will won't don't dont doesn't doesnt stop fix give add make help"
    " how why what where is are anyway honestly thanks thank lol also btw therefore necesito quiero no puedo je"
    " ich eu preciso quero saya tolong butuh main mujhe isko pueden podrían cómo dónde ayúdenme gracias arreglen"
    " pongan pouvez merci svp comment pourquoi faut bitte können könnt könnte brauche wie warum danke podem"
    " poderia obrigado obrigada consigo arrumem bisa gimana bagaimana kenapa mohon minta makasih kaise kyun kripya"
)
# Giving away a pattern of the body.
GIVING = words(
    "attach attached attaching attachment send sending sent upload uploaded uploading enclosed submitted here"
    " here's scan scanned scans photo copy gave given give provided adjunto envié ci-joint anbei envio anexo"
    " lampirkan store stored keep kept took taken take left holds hold held delete deleted remove removed recorded"
    " record made scanning file tomaron tomó tomado hicieron hice sacaron guardan pris prise fait fais scanné"
    " enregistré gardé aufgenommen gescannt gespeichert gegeben abgegeben tirou tiraram fiz cadastrei coletaram"
    " guardam merekam rekam direkam simpan kirim foto enrolled enroll registered guardaron grabaron grabado"
    " registré registraron subí mandé dieron escanearon escaneado borren borrar eliminen envoyé scannée"
    " enregistrée gardez supprimer supprimez effacez gespeicherte löschen löscht hochgeladen hinterlegt guardaram"
    " salvaram mandei registrei escanearam apagar apaguem excluir menyimpan disimpan diambil ambil hapus menghapus"
    " mengambil unggah liya rakha hatao dipindai pindai memindai memotret direkamkan tersimpan scannten scannt"
    " karwaya karwaye karwayi karaya karaye lagaya lagwaya diya scanne scannez scannerte escaneo escanea escaneou"
    " grabé grabaste gravei gravaram gravou cadastrou coletou salvou"
)
# What a possessive owns when the statement is about a thing: "my phone had a stroke".
OWNED_THINGS = words(
    "room street town city building neighbourhood area country dog cat horse puppy kitten pet hamster rabbit parrot"
    " pony cow dogs cats pets perro gato chien chat hund katze cachorro gata cámara vídeo video caméra kamera"
    " aplicación aplicativo application contacts chats messages groups stickers feelings reviews settings phone app"
    " battery screen signal account camera microphone mic speaker speakers tablet laptop computer device iphone"
    " android internet wifi network connection line button buttons mouse toggle icon notification notifications alarm"
    " earbuds charger printer router tv car server call calls modem watch keyboard sim contract subscription plan"
    " provider number link browser version update bill invoice calendar ringtone inbox diagnosis guess bet opinion"
    " teléfono móvil celular batería pantalla téléphone portable batterie écran akku handy telefon bildschirm telefone"
    " bateria tela hp ponsel baterai layar contrato cuenta compte réseau forfait casque konto netz vertrag gerät conta"
    " plano aparelho akun nomor jaringan auricular auriculares audífono écouteur écouteurs kopfhörer headset"
    " lautsprecher mikro fone fones microfone headphone headphones earphone earphones perra perrito chienne hündin"
    " cachorra anjing kucing anjingku kucingku kutta billi"
)
# "My surname is Black": what follows is a name.
NAMING = words(
    "surname name name's lastname nickname username called named apellido nombre nom nachname nome nama street"
    " apellidos prénom vorname heiße heißt familienname sobrenome chamo bernama naam upnaam namanya"
)
# What is voted for in an app.
VOTED_IN_APPS = words(
    "mode feature features app option theme idea poll forum update request emoji room host sticker song"
)
# Places of care: "my dialysis centre" tells as much as "my dialysis".
PLACES = words("clinic centre center group meeting meetings ward unit office number line call calls appointment church")
NOT_NAMES = words(
    "the this that it its there here my your our his her a an i we you they what who why how when where please"
    " hello hi app bluetooth siri support android iphone zoom google samsung update battery chat call video"
    " everything nothing anyone someone nobody everyone somebody anybody each which image sound audio screen phone"
    " customer service search is are was does do can could will would and but so or if in on at for with no not"
    " all some one"
)
