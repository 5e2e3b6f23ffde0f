"""Words of the shipped checklist and help services that are translated like the pages' own.

Editors can change all of them, and then the new words are shown in English. Names of countries stand here so that they
are found by the tools for translations; the pages look them up with the filter `shipped_words`.
"""

from django.utils.translation import gettext_noop as _

LEVELS = (
    # Translators: HUMAN REVIEW NEEDED. The headline of a report.
    _("Do not rely on this"),
    # Translators: HUMAN REVIEW NEEDED. Under the headline of a report.
    _(
        # Translators: HUMAN REVIEW NEEDED. Under the headline of a report.
        "This post has signs that it could harm people or put health at risk. Please get support from a professional "
        "or trusted service."
    ),
    # Translators: HUMAN REVIEW NEEDED. The headline of a report.
    _("Check before you trust it"),
    # Translators: HUMAN REVIEW NEEDED. Under the headline of a report.
    _(
        # Translators: HUMAN REVIEW NEEDED. Under the headline of a report.
        "We found a strong warning sign, or several smaller ones. Look for the same advice from a trusted source, or "
        "ask a professional."
    ),
    # Translators: HUMAN REVIEW NEEDED. The headline of a report.
    _("Good signs"),
    # Translators: HUMAN REVIEW NEEDED. Under the headline of a report.
    _("We found good signs and no warning signs. It is still not a replacement for professional help."),
    # Translators: HUMAN REVIEW NEEDED. The headline of a report.
    _("Read with care"),
    # Translators: HUMAN REVIEW NEEDED. Under the headline of a report.
    _("Some things are missing, unclear or too general. It may help, but check before you act on it."),
)

# The numbers that the crisis strip can show, where there are words beside them.
NUMBERS = (
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("107 or 911"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("135 (Buenos Aires area) or 0800 345 1435"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("144 or 112"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("192 SAMU, 190 police"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("120 ambulance, 110 police"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("106 (Bogota) or 192"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("112 or 155"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("09 2525 0111 (Finnish); 09 2525 0112 (Swedish); 09 2525 0116 (English, set hours)"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("15 or 112 (text 114)"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("0800 111 0 111, 0800 111 0 222 or 116 123"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("112 or 166"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("14416 or 1800-891-4416"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("119 ext 8"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("112 or 999"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("text HELLO to 50808"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("101 ambulance, 100 police"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("119 ambulance, 110 police"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("999 or 112"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("112 or 100"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("113 or 0800 0113"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("113 medical, 112 police"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("1122 or 15"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("1553 or 0917 899 8727"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("995 ambulance, 999 police"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("112 from a mobile, 10111 police, 10177 ambulance"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("119 or 112"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("119 or 110"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("1669 or 191"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("112 or 103"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("998 ambulance, 999 police"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("text SHOUT to 85258"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("text HOME to 741741 (AYUDA for Spanish)"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("your local emergency number; 112 works on mobiles in many countries"),
    # Translators: HUMAN REVIEW NEEDED. Crisis strip. Keep every number as it is.
    _("116 123 (in some European countries)"),
)

COUNTRIES = (
    _("Aotearoa New Zealand"),
    _("Argentina"),
    _("Australia"),
    _("Austria"),
    _("Belgium"),
    _("Brazil"),
    _("Canada"),
    _("Chile"),
    _("China"),
    _("Colombia"),
    _("Czechia"),
    _("Denmark"),
    _("Egypt"),
    _("Finland"),
    _("France"),
    _("Germany"),
    _("Ghana"),
    _("Greece"),
    _("Hong Kong"),
    _("Hungary"),
    _("Iceland"),
    _("India"),
    _("Indonesia"),
    _("Ireland"),
    _("Israel"),
    _("Italy"),
    _("Japan"),
    _("Kenya"),
    _("Lebanon"),
    _("Malaysia"),
    _("Mexico"),
    _("Nepal"),
    _("Netherlands"),
    _("Nigeria"),
    _("Norway"),
    _("Pakistan"),
    _("Philippines"),
    _("Poland"),
    _("Portugal"),
    _("Romania"),
    _("Singapore"),
    _("South Africa"),
    _("South Korea"),
    _("Spain"),
    _("Sri Lanka"),
    _("Sweden"),
    _("Switzerland"),
    _("Taiwan"),
    _("Thailand"),
    _("Ukraine"),
    _("United Arab Emirates"),
    _("United Kingdom"),
    _("United States"),
    _("Uruguay"),
    _("International directories"),
)
