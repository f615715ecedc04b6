"""The language of the program: its translation, and how numbers and dates are written."""

import re

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from agent_desktop import paths
from agent_desktop.core import figures


def style(locale: QLocale) -> figures.Style:
    """How a language writes numbers and moments."""
    if locale.language() == QLocale.Language.C:  # none was said
        day, moment = figures.Style().day, figures.Style().moment
    else:
        date, time = (form(QLocale.FormatType.ShortFormat) for form in (locale.dateFormat, locale.timeFormat))
        day = re.sub("y+", "%Y", re.sub("d+", "%d", re.sub("M+", "%m", date)))
        moment = f"{day} {'%I:%M %p' if 'A' in time.upper() and 'H' not in time else '%H:%M'}"
    return figures.Style(locale.decimalPoint(), locale.groupSeparator(), locale.percent(), moment, day)


def speak(application: QCoreApplication, language: str) -> bool:
    """Speak this language from now on, the system's when it is empty. Whether there is a translation of it; without one
    texts are English, and numbers and dates are its own all the same.
    """
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)
    figures.set_style(style(locale))
    if locale.language() == QLocale.Language.English:
        return True
    try:
        folder = str(paths.resource("i18n"))
    except FileNotFoundError:
        return False
    if not _install(application, locale, "agent_desktop", folder):
        return False
    # Key names, menus of input fields and file dialogs are Qt's own words; only beside ours, never alone.
    _install(application, locale, "qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return True


def _install(application: QCoreApplication, locale: QLocale, name: str, folder: str) -> bool:
    translator = QTranslator(application)
    return translator.load(locale, name, "_", folder) and QCoreApplication.installTranslator(translator)
