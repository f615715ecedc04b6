"""The language of the program: its translation, and how numbers and dates are written."""

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from agent_desktop import paths


def speak(application: QCoreApplication, language: str) -> bool:
    """Speak this language from now on, the system's when it is empty. Whether there is a translation of it; without one
    texts are English, and numbers and dates are its own all the same.
    """
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)
    if locale.language() == QLocale.Language.English:
        return True
    translator = QTranslator(application)
    try:
        folder = str(paths.resource("i18n"))
    except FileNotFoundError:
        return False
    return translator.load(locale, "agent_desktop", "_", folder) and QCoreApplication.installTranslator(translator)
