"""Words that several of the rules of context ask for."""

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words

BEFALLING = frozenset({Category.HEALTH, Category.GENETIC, Category.CRIME})
HAVING = words("have has had got hold holds")
HINDI_I, HINDI_AM = words("main mai mein me hum ham"), words("hu hun hoon hoo hain")
AM_I_BEHIND = (["i", "am"], ["i", "was"], ["we", "are"], ["bin", "ich"], ["war", "ich"], ["sind", "wir"])
US = words("us we")
GATHERING = frozenset({Category.BELIEF, Category.POLITICS, Category.MEMBERSHIP})
DETENTION = words("prison jail gaol probation parole offender hmp custody borstal")
