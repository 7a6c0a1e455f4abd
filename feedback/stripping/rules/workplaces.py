"""Whether a term only tells where somebody works, or what as: the sick and the accused are others then."""

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.rules.clause import Clause
from feedback.stripping.rules.persons import JOBS, KIN, LINKS

_A = words("a an")
_DEPLOYED = words("use run deploy trial test tested")
_INSIDE = words("in at across for")
_FOREIGN_JOBS = words(
    "enfermera enfermero enfermeras médico médica doctora recepcionista psicóloga psicólogo psiquiatra auxiliar"
    " celadora celador fisioterapeuta trabajadora infirmière infirmier infirmières médecin aide-soignante psychologue"
    " secrétaire kiné interne assistante krankenschwester krankenpfleger pflegerin pfleger arzt ärztin psychologin"
    " psychologe sekretärin enfermeira enfermeiro medico medica psicologa psicologo infirmiere infirmier"
    " perawat dokter bidan apoteker psikolog"
    " terapis resepsionis surveillant surveillante gardien"
)
_IN_FOREIGN = words("en de del au aux à dans auf in im bei der do da em no na di bagian ruang spesialis la el l")
_ONE = words("una un une eine ein uma um seorang")
_CARERS = words(
    "psicóloga psicólogo psicologa psicologo psiquiatra terapeuta"
    " oncóloga oncólogo logopeda matrona partera psychologue psychiatre"
    " oncologue orthophoniste sage-femme psychothérapeute psychologin psychologe psychiaterin psychiater"
    " psychotherapeutin psychotherapeut logopädin logopäde sage hebamme parteira fonoaudióloga fonoaudiólogo"
    " oncologista psikolog psikiater terapis bidan penalista pénaliste strafverteidiger strafverteidigerin criminalista"
)
_AM = LINKS | words("saya seorang als como comme sebagai")


def is_work(clause: Clause) -> bool:
    """Say whether a term is what somebody does for a living, or only tells where it is done."""
    if clause.term.category not in {Category.HEALTH, Category.CRIME}:
        return False
    if clause.term.language == "en":
        return _is_a_job(clause) or _is_where_we_work(clause)
    return _is_a_job(clause) or _is_a_job_elsewhere(clause) or _is_a_carer(clause)


def _is_a_job(clause: Clause) -> bool:
    """Say whether the term is what somebody does for a living: "an oncology receptionist"; not who cares for one."""
    is_near = clause.next in JOBS or (clause.names[clause.behind - 1] in JOBS and clause.behind - clause.at > 1)
    return is_near and (clause.previous in _A or clause.names[clause.at] in _A)


def _is_a_job_elsewhere(clause: Clause) -> bool:
    """Say the same of other languages: "soy enfermera en oncología", but not "mi enfermera de oncología"."""
    names, at = clause.names, clause.at
    said = next((index for index in range(max(0, at - 4), at) if names[index] in _FOREIGN_JOBS), None)
    if said is None or not ({*names[said + 1 : at]} <= _IN_FOREIGN):
        return False
    return said == 0 or _is_being(names, said)


def _is_where_we_work(clause: Clause) -> bool:
    """Say whether a place of care only tells who uses the app: "we use it at a hospital"."""
    if clause.is_strong:
        return False
    front = clause.front
    is_used = front[:1] == ["we"] and not _DEPLOYED.isdisjoint(front[1:2]) and KIN.isdisjoint(front)
    return is_used and clause.previous in {"a", "our"} and not _INSIDE.isdisjoint(front[-2:])


def _is_a_carer(clause: Clause) -> bool:
    """Say whether the term is the job itself: "soy psicóloga"."""
    names, at = clause.names, clause.at
    is_job = names[at] in _CARERS or names[clause.behind - 1] in _CARERS
    return is_job and (names[at] in _AM or _is_being(names, at))


def _is_being(names: list[str], at: int) -> bool:
    """Say whether what stands at a place is what somebody is: "soy", "ich bin eine"."""
    if at and names[at - 1] in _ONE:
        at -= 1
    return at > 0 and names[at - 1] in _AM
