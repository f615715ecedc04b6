<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AccountCard</name>
    <message>
        <source>Account {0}</source>
        <translation>Konto {0}</translation>
    </message>
    <message>
        <source>Account {0}, {1}</source>
        <translation>Konto {0}, {1}</translation>
    </message>
    <message>
        <source>None stored</source>
        <translation>Nichts gespeichert</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove account {0}</source>
        <translation>Konto {0} entfernen</translation>
    </message>
    <message>
        <source>Stored; type to change it</source>
        <translation>Gespeichert; zum Ändern tippen</translation>
    </message>
    <message>
        <source>This does not have the right form</source>
        <translation>Das hat nicht die richtige Form</translation>
    </message>
    <message>
        <source>“{0}” does not have the right form</source>
        <translation>„{0}“ hat nicht die richtige Form</translation>
    </message>
    <message>
        <source>“{0}” is missing</source>
        <translation>„{0}“ fehlt</translation>
    </message>
</context>
<context>
    <name>AccountList</name>
    <message>
        <source>Account {0}: {1}</source>
        <translation>Konto {0}: {1}</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>Konto hinzufügen</translation>
    </message>
    <message>
        <source>An account stands here twice</source>
        <translation>Ein Konto steht hier zweimal</translation>
    </message>
</context>
<context>
    <name>ActionCard</name>
    <message>
        <source>Action {0}</source>
        <translation>Aktion {0}</translation>
    </message>
    <message>
        <source>Action {0}: {1}</source>
        <translation>Aktion {0}: {1}</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>As soon as the step is shown, without being asked</source>
        <translation>Sobald der Schritt gezeigt wird, ohne Nachfrage</translation>
    </message>
    <message>
        <source>Asked there</source>
        <translation>Dort gefragt</translation>
    </message>
    <message>
        <source>Card payment</source>
        <translation>Kartenzahlung</translation>
    </message>
    <message>
        <source>Choose a result</source>
        <translation>Ergebnis wählen</translation>
    </message>
    <message>
        <source>Chosen by itself</source>
        <translation>Wählt sich selbst</translation>
    </message>
    <message>
        <source>Hand over to a menu</source>
        <translation>An ein Menü übergeben</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>In minutes</source>
        <translation>In Minuten</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Move action {0} down</source>
        <translation>Aktion {0} nach unten</translation>
    </message>
    <message>
        <source>Move action {0} up</source>
        <translation>Aktion {0} nach oben</translation>
    </message>
    <message>
        <source>None: in minutes</source>
        <translation>Keiner: in Minuten</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Offered when</source>
        <translation>Angeboten, wenn</translation>
    </message>
    <message>
        <source>On the button</source>
        <translation>Auf der Schaltfläche</translation>
    </message>
    <message>
        <source>On the day</source>
        <translation>Am Tag</translation>
    </message>
    <message>
        <source>Open a page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>Open a ticket</source>
        <translation>Ticket öffnen</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Remove action {0}</source>
        <translation>Aktion {0} entfernen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Schedule a callback</source>
        <translation>Rückruf einplanen</translation>
    </message>
    <message>
        <source>Set the result</source>
        <translation>Ergebnis setzen</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>Survey after the call</source>
        <translation>Umfrage nach dem Anruf</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>The caller’s number</source>
        <translation>Nummer des Anrufers</translation>
    </message>
    <message>
        <source>The call’s own</source>
        <translation>Die des Anrufs</translation>
    </message>
    <message>
        <source>This page is not opened: Settings, Work, “Pages of scripts” names no address that it begins with.</source>
        <translation>Diese Seite wird nicht geöffnet: Einstellungen, Arbeit, „Seiten der Leitfäden“ nennt keine Adresse, mit der sie beginnt.</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Dringend</translation>
    </message>
    <message>
        <source>always</source>
        <translation>immer</translation>
    </message>
    <message>
        <source>{0} (not there)</source>
        <translation>{0} (nicht da)</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Callback scheduled</source>
        <translation>Rückruf eingeplant</translation>
    </message>
    <message>
        <source>The script could not do this: {0}</source>
        <translation>Der Leitfaden konnte das nicht ausführen: {0}</translation>
    </message>
    <message>
        <source>no menu is there.</source>
        <translation>es gibt dort kein Menü.</translation>
    </message>
    <message>
        <source>there is no number to call back.</source>
        <translation>es gibt keine Nummer für den Rückruf.</translation>
    </message>
    <message>
        <source>there is no result “{0}” for this call.</source>
        <translation>für diesen Anruf gibt es kein Ergebnis „{0}“.</translation>
    </message>
    <message>
        <source>“{0}” is none of the pages that scripts may open.</source>
        <translation>„{0}“ gehört nicht zu den Seiten, die Leitfäden öffnen dürfen.</translation>
    </message>
</context>
<context>
    <name>ActionsForm</name>
    <message>
        <source>Add action</source>
        <translation>Aktion hinzufügen</translation>
    </message>
    <message>
        <source>Nothing can be done from this step yet. What is added here stands below its words as a button.</source>
        <translation>In diesem Schritt kann noch nichts ausgelöst werden. Was hier hinzukommt, steht als Schaltfläche unter seinem Text.</translation>
    </message>
</context>
<context>
    <name>AdminEditor</name>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Make a new password</source>
        <translation>Neues Passwort erzeugen</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Record or history</source>
        <translation>Eintrag oder Verlauf</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Storing…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Abschalten</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Abgeschaltet</translation>
    </message>
    <message>
        <source>This is needed</source>
        <translation>Das wird gebraucht</translation>
    </message>
</context>
<context>
    <name>AdminHistory</name>
    <message>
        <source>A password was handed over</source>
        <translation>Ein Passwort wurde ausgehändigt</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Added {0}</source>
        <translation>{0} hinzugefügt</translation>
    </message>
    <message>
        <source>Changed the password</source>
        <translation>Passwort geändert</translation>
    </message>
    <message>
        <source>Chose a password of their own</source>
        <translation>Eigenes Passwort gewählt</translation>
    </message>
    <message>
        <source>Edits stand here: who, when and what</source>
        <translation>Hier stehen Änderungen: wer, wann und was</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Login: {0}</source>
        <translation>Login: {0}</translation>
    </message>
    <message>
        <source>Nothing was changed yet</source>
        <translation>Noch wurde nichts geändert</translation>
    </message>
    <message>
        <source>Phone account given</source>
        <translation>Telefonkonto vergeben</translation>
    </message>
    <message>
        <source>Removed {0}</source>
        <translation>{0} entfernt</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Abgeschaltet</translation>
    </message>
    <message>
        <source>Switched on</source>
        <translation>Eingeschaltet</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>{0}: {1} → {2}</source>
        <translation>{0}: {1} → {2}</translation>
    </message>
</context>
<context>
    <name>AdminPage</name>
    <message>
        <source>Administration</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Bereiche</translation>
    </message>
</context>
<context>
    <name>AdminWiring</name>
    <message>
        <source>A new password for {0}?</source>
        <translation>Neues Passwort für {0}?</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Abgeben</translation>
    </message>
    <message>
        <source>Give up your own administration?</source>
        <translation>Die eigene Verwaltung abgeben?</translation>
    </message>
    <message>
        <source>It is in the log; nothing was changed.</source>
        <translation>Es steht im Protokoll; geändert wurde nichts.</translation>
    </message>
    <message>
        <source>Look whether it was stored all the same.</source>
        <translation>Sehen Sie nach, ob es trotzdem gespeichert wurde.</translation>
    </message>
    <message>
        <source>Make one</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Nothing was changed: you would not be an administrator any more.</source>
        <translation>Es wurde nichts geändert: Sie hätten keine Verwaltungsrechte mehr.</translation>
    </message>
    <message>
        <source>Something went wrong in this program.</source>
        <translation>In diesem Programm ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Zurückgenommen.</translation>
    </message>
    <message>
        <source>The database gave no answer in time.</source>
        <translation>Die Datenbank hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The present one stops working at once; who is signed in stays so.</source>
        <translation>Das jetzige gilt sofort nicht mehr; wer angemeldet ist, bleibt es.</translation>
    </message>
    <message>
        <source>These screens close for you, and only another administrator can bring them back.</source>
        <translation>Diese Seiten schließen sich für Sie, und nur jemand anderes mit Verwaltungsrechten kann sie zurückbringen.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{0} is stored.</source>
        <translation>{0} ist gespeichert.</translation>
    </message>
    <message>
        <source>{0} is switched off.</source>
        <translation>{0} ist abgeschaltet.</translation>
    </message>
    <message>
        <source>{0} is switched on.</source>
        <translation>{0} ist eingeschaltet.</translation>
    </message>
</context>
<context>
    <name>Administration</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>A PIN passed in the IVR counts for</source>
        <translation>Eine im Sprachmenü bestätigte PIN zählt für</translation>
    </message>
    <message>
        <source>A disposition is required</source>
        <translation>Ein Ergebnis ist Pflicht</translation>
    </message>
    <message>
        <source>A login that has a password keeps its name.</source>
        <translation>Ein Login mit Passwort behält seinen Namen.</translation>
    </message>
    <message>
        <source>Abandons within the limit as reached</source>
        <translation>Auflegen in der Frist gilt als erreicht</translation>
    </message>
    <message>
        <source>Abandons within the limit left out</source>
        <translation>Auflegen in der Frist bleibt außen vor</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugang</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>After too many wrong answers</source>
        <translation>Nach zu vielen falschen Antworten</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Agents may edit for</source>
        <translation>Agenten dürfen ändern bis</translation>
    </message>
    <message>
        <source>Agents see the right answer</source>
        <translation>Agenten sehen die richtige Antwort</translation>
    </message>
    <message>
        <source>Agents see who listens to them</source>
        <translation>Agenten sehen, wer mithört</translation>
    </message>
    <message>
        <source>Agents too, of their own calls</source>
        <translation>Auch Agenten, von eigenen Anrufen</translation>
    </message>
    <message>
        <source>Also led by</source>
        <translation>Auch geleitet von</translation>
    </message>
    <message>
        <source>Also where nobody is checked. Who looked stands in the audit</source>
        <translation>Auch wo niemand geprüft wird. Wer hingesehen hat, steht im Prüfprotokoll</translation>
    </message>
    <message>
        <source>Another number on record</source>
        <translation>Andere hinterlegte Nummer</translation>
    </message>
    <message>
        <source>Answered only: blind to who hung up</source>
        <translation>Nur angenommene: blind dafür, wer auflegte</translation>
    </message>
    <message>
        <source>Answered within</source>
        <translation>Angenommen binnen</translation>
    </message>
    <message>
        <source>As each computer has it</source>
        <translation>Wie es jeder Rechner hat</translation>
    </message>
    <message>
        <source>As the PBX and its X-Queue header say it</source>
        <translation>Wie die Telefonanlage und ihr Kopf X-Queue sie nennen</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Gefragt</translation>
    </message>
    <message>
        <source>Asks when to call back</source>
        <translation>Fragt nach der Rückrufzeit</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Besides the team leads who belong to it. What they may do depends on their role</source>
        <translation>Außer den Teamleitungen, die ihm angehören. Was sie dürfen, hängt von ihrer Rolle ab</translation>
    </message>
    <message>
        <source>Call back on the number on record</source>
        <translation>Auf der hinterlegten Nummer zurückrufen</translation>
    </message>
    <message>
        <source>Callers are checked</source>
        <translation>Anrufer werden geprüft</translation>
    </message>
    <message>
        <source>Calls without a queue</source>
        <translation>Anrufe ohne Warteschlange</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>Center</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Geburtsdatum</translation>
    </message>
    <message>
        <source>Dispositions</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>Else they type what the caller says, and it is compared</source>
        <translation>Sonst tippen sie, was der Anrufer sagt, und es wird verglichen</translation>
    </message>
    <message>
        <source>Empty: the field’s name</source>
        <translation>Leer: der Name des Feldes</translation>
    </message>
    <message>
        <source>Encrypted voice (SRTP)</source>
        <translation>Sprache verschlüsselt (SRTP)</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Endet</translation>
    </message>
    <message>
        <source>Every abandon is a miss</source>
        <translation>Jedes Auflegen ist verfehlt</translation>
    </message>
    <message>
        <source>Every queue</source>
        <translation>Jede Warteschlange</translation>
    </message>
    <message>
        <source>Exits are misses</source>
        <translation>Ausstiege sind verfehlt</translation>
    </message>
    <message>
        <source>Ext.</source>
        <translation>Nebenst.</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>Nebenstelle</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>For the board and every report, earlier days too; each figure says which it is</source>
        <translation>Für den Leitstand und jeden Bericht, auch für frühere Tage; jede Kennzahl sagt, welche es ist</translation>
    </message>
    <message>
        <source>Handoff</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>Header, variable or event</source>
        <translation>Kopf, Variable oder Ereignis</translation>
    </message>
    <message>
        <source>How colleagues dial this person</source>
        <translation>So wählen Kollegen diese Person</translation>
    </message>
    <message>
        <source>How numbers without a country code are read from now on; stored ones stay</source>
        <translation>Wie Nummern ohne Landesvorwahl ab jetzt gelesen werden; gespeicherte bleiben</translation>
    </message>
    <message>
        <source>Identity check</source>
        <translation>Identitätsprüfung</translation>
    </message>
    <message>
        <source>In any case: X-Customer, AD_TIER, or an event and its key: MyEvent.tier. * at its end: all that begin so</source>
        <translation>In jeder Schreibweise: X-Customer, AD_TIER oder ein Ereignis mit Schlüssel: MyEvent.tier. * am Ende: alle, die so beginnen</translation>
    </message>
    <message>
        <source>In it days begin and intervals are cut, at every desk and in every report</source>
        <translation>In ihr beginnen Tage und werden Intervalle geschnitten, an jedem Arbeitsplatz und in jedem Bericht</translation>
    </message>
    <message>
        <source>Its keys are in the signalling: only TLS hides them</source>
        <translation>Die Schlüssel stehen in der Signalisierung: nur TLS verbirgt sie</translation>
    </message>
    <message>
        <source>Last four of the account number</source>
        <translation>Letzte vier Ziffern der Kundennummer</translation>
    </message>
    <message>
        <source>Led by</source>
        <translation>Geleitet von</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Many countries’ laws ask for it: switch it off only where yours lets you</source>
        <translation>Gesetze vieler Länder verlangen es: schalten Sie es nur ab, wo Ihres das erlaubt</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the centre</source>
        <translation>Name des Centers</translation>
    </message>
    <message>
        <source>New disposition</source>
        <translation>Neues Ergebnis</translation>
    </message>
    <message>
        <source>New pause reason</source>
        <translation>Neuer Pausengrund</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>Neue Person</translation>
    </message>
    <message>
        <source>New queue</source>
        <translation>Neue Warteschlange</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>Neue Regel</translation>
    </message>
    <message>
        <source>New team</source>
        <translation>Neues Team</translation>
    </message>
    <message>
        <source>No check</source>
        <translation>Keine Prüfung</translation>
    </message>
    <message>
        <source>No login yet</source>
        <translation>Noch kein Login</translation>
    </message>
    <message>
        <source>No team</source>
        <translation>Kein Team</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemand</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>One a line; agents choose among them</source>
        <translation>Eines je Zeile; Agenten wählen daraus</translation>
    </message>
    <message>
        <source>One word; with it this person signs in</source>
        <translation>Ein Wort; damit meldet sich diese Person an</translation>
    </message>
    <message>
        <source>Only if it differs from the account</source>
        <translation>Nur wenn er vom Konto abweicht</translation>
    </message>
    <message>
        <source>Only if your provider names one</source>
        <translation>Nur wenn Ihr Anbieter einen nennt</translation>
    </message>
    <message>
        <source>Only the collector may bring it: masked, shown one by one, kept for a day. A header that brings it is left out</source>
        <translation>Nur der Kollektor darf es bringen: maskiert, einzeln gezeigt, einen Tag aufbewahrt. Ein Kopf, der es bringt, bleibt weg</translation>
    </message>
    <message>
        <source>Outbound proxy</source>
        <translation>Ausgehender Proxy</translation>
    </message>
    <message>
        <source>PBX name</source>
        <translation>Name in der Anlage</translation>
    </message>
    <message>
        <source>Pause reasons</source>
        <translation>Pausengründe</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Phones</source>
        <translation>Telefone</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Place in the list</source>
        <translation>Platz in der Liste</translation>
    </message>
    <message>
        <source>Place on the board</source>
        <translation>Platz im Leitstand</translation>
    </message>
    <message>
        <source>Preferred</source>
        <translation>Bevorzugt</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>Gelesen als</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Gründe</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Pflicht</translation>
    </message>
    <message>
        <source>Right answers</source>
        <translation>Richtige Antworten</translation>
    </message>
    <message>
        <source>Right answers needed</source>
        <translation>Nötige richtige Antworten</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Geheim</translation>
    </message>
    <message>
        <source>Security word</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Service level, counted how</source>
        <translation>Servicelevel, wie gezählt</translation>
    </message>
    <message>
        <source>Service level, target</source>
        <translation>Servicelevel, Ziel</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Eingerichtet</translation>
    </message>
    <message>
        <source>Set up the desk from here</source>
        <translation>Arbeitsplatz von hier einrichten</translation>
    </message>
    <message>
        <source>Short abandon</source>
        <translation>Kurzes Auflegen</translation>
    </message>
    <message>
        <source>Short abandons left out</source>
        <translation>Kurze Abbrüche bleiben außen vor</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>Gezeigt als</translation>
    </message>
    <message>
        <source>Sign-in name</source>
        <translation>Anmeldename</translation>
    </message>
    <message>
        <source>So many right answers; one not passed is a wrong answer</source>
        <translation>So viele richtige Antworten; eine nicht bestandene zählt als falsch</translation>
    </message>
    <message>
        <source>Stored meanwhile: {0}</source>
        <translation>Inzwischen gespeichert: {0}</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Supervisor</translation>
    </message>
    <message>
        <source>Supervisors</source>
        <translation>Supervisoren</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Abgeschaltet</translation>
    </message>
    <message>
        <source>Taken over when this person signs in; else their own settings count</source>
        <translation>Gilt, sobald sich diese Person anmeldet; sonst zählen ihre eigenen Einstellungen</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>Team lead</source>
        <translation>Teamleitung</translation>
    </message>
    <message>
        <source>Team leads hear their teams’ recordings, supervisors see every queue</source>
        <translation>Teamleitungen hören die Aufzeichnungen ihrer Teams, Supervisoren sehen jede Warteschlange</translation>
    </message>
    <message>
        <source>Team leads too, of calls of their people</source>
        <translation>Auch Teamleitungen, von Anrufen ihrer Leute</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>The PBX account of each desk. Passwords are never stored here: a desk asks once and its keyring keeps it</source>
        <translation>Das Telefonkonto jedes Arbeitsplatzes. Passwörter werden hier nie gespeichert: der Arbeitsplatz fragt einmal und legt es in den Schlüsselbund</translation>
    </message>
    <message>
        <source>The PBX as host or host:port</source>
        <translation>Die Telefonanlage als Rechner oder Rechner:Port</translation>
    </message>
    <message>
        <source>The result codes of a call, for one queue or all</source>
        <translation>Die Ergebnisse eines Anrufs, für eine Warteschlange oder alle</translation>
    </message>
    <message>
        <source>The user part of the SIP address, often the extension</source>
        <translation>Der Benutzerteil der SIP-Adresse, oft die Nebenstelle</translation>
    </message>
    <message>
        <source>Their own interactions, counted from when the database first heard of them</source>
        <translation>Ihre eigenen Kontakte, gezählt ab dem Moment, in dem die Datenbank davon erfuhr</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>To change it, store it as a rule of your own.</source>
        <translation>Zum Ändern als eigene Regel speichern.</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Use the stored value of {0}</source>
        <translation>Gespeicherten Wert von {0} nehmen</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>Diesen nehmen</translation>
    </message>
    <message>
        <source>User-to-User, every octet is data</source>
        <translation>User-to-User, jedes Oktett sind Daten</translation>
    </message>
    <message>
        <source>User-to-User, first octet is no data</source>
        <translation>User-to-User, erstes Oktett sind keine Daten</translation>
    </message>
    <message>
        <source>User-to-User, hex or text</source>
        <translation>User-to-User, hexadezimal oder Text</translation>
    </message>
    <message>
        <source>What agents say when they are not ready</source>
        <translation>Was Agenten angeben, wenn sie nicht bereit sind</translation>
    </message>
    <message>
        <source>What callers of each queue are asked before they are told anything</source>
        <translation>Was Anrufer jeder Warteschlange gefragt werden, bevor sie etwas erfahren</translation>
    </message>
    <message>
        <source>What holds for everybody</source>
        <translation>Was für alle gilt</translation>
    </message>
    <message>
        <source>What the PBX and its menu say of a call, and what each of it means</source>
        <translation>Was die Telefonanlage und ihr Menü von einem Anruf sagen und was es jeweils bedeutet</translation>
    </message>
    <message>
        <source>What they are called, their targets, and who serves them</source>
        <translation>Wie sie heißen, ihre Ziele, und wer sie bedient</translation>
    </message>
    <message>
        <source>Whether one is required, the queue says</source>
        <translation>Ob eines Pflicht ist, sagt die Warteschlange</translation>
    </message>
    <message>
        <source>Who hangs up within it is counted apart, too</source>
        <translation>Wer darin auflegt, wird auch getrennt gezählt</translation>
    </message>
    <message>
        <source>Who is paused longer is marked on the board; nobody is interrupted</source>
        <translation>Wer länger pausiert, wird im Leitstand markiert; unterbrochen wird niemand</translation>
    </message>
    <message>
        <source>Who left by key or timeout</source>
        <translation>Wer per Taste oder Zeitablauf ging</translation>
    </message>
    <message>
        <source>Who sees secrets typed in the menu</source>
        <translation>Wer im Menü getippte Geheimnisse sieht</translation>
    </message>
    <message>
        <source>Who sees whose tickets, and who leads them</source>
        <translation>Wer wessen Tickets sieht und wer sie leitet</translation>
    </message>
    <message>
        <source>Who works here, what they may do, and until when</source>
        <translation>Wer hier arbeitet, was erlaubt ist, und bis wann</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
    <message>
        <source>Wrong answers allowed</source>
        <translation>Erlaubte falsche Antworten</translation>
    </message>
    <message>
        <source>account, language, intent, confidence, said, pin, campaign, queue, wait, called_number, or any name; json and pairs hold many; - ignores it</source>
        <translation>account, language, intent, confidence, said, pin, campaign, queue, wait, called_number oder ein beliebiger Name; json und pairs enthalten mehrere; - übergeht es</translation>
    </message>
    <message>
        <source>as every pause</source>
        <translation>wie jede Pause</translation>
    </message>
    <message>
        <source>brought a secret</source>
        <translation>brachte ein Geheimnis</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>by its name</source>
        <translation>nach Name</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy  HH:mm</source>
        <translation>ddd d. MMM yyyy  HH:mm</translation>
    </message>
    <message>
        <source>from here</source>
        <translation>von hier</translation>
    </message>
    <message>
        <source>h</source>
        <translation>h</translation>
    </message>
    <message>
        <source>ignored</source>
        <translation>übergangen</translation>
    </message>
    <message>
        <source>many (JSON)</source>
        <translation>mehrere (JSON)</translation>
    </message>
    <message>
        <source>many (pairs)</source>
        <translation>mehrere (Paare)</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>own</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>own settings</source>
        <translation>selbst</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>{0} % in {1} s</source>
        <translation>{0} % in {1} s</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>{0}, from then on</source>
        <translation>{0}, und danach</translation>
    </message>
    <message>
        <source>{0}: find</source>
        <translation>{0}: suchen</translation>
    </message>
</context>
<context>
    <name>AgentTable</name>
    <message>
        <source>AHT</source>
        <translation>AHT</translation>
    </message>
    <message>
        <source>Adherence</source>
        <translation>Plantreue</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Agents of {0}</source>
        <translation>Agenten von {0}</translation>
    </message>
    <message>
        <source>Agents, worst first</source>
        <translation>Agenten, dringendste zuerst</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All queues</source>
        <translation>Alle Warteschlangen</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Calls that rang at {0} today and were not answered</source>
        <translation>Anrufe, die heute bei {0} klingelten und nicht angenommen wurden</translation>
    </message>
    <message>
        <source>Find agent</source>
        <translation>Agent suchen</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>In no call</source>
        <translation>In keinem Gespräch</translation>
    </message>
    <message>
        <source>Limit for this state: {0}</source>
        <translation>Grenze für diesen Status: {0}</translation>
    </message>
    <message>
        <source>Look back in time</source>
        <translation>Zurückblicken</translation>
    </message>
    <message>
        <source>No agent fits these filters.</source>
        <translation>Kein Agent passt zu diesen Filtern.</translation>
    </message>
    <message>
        <source>No limit for this state</source>
        <translation>Keine Grenze für diesen Status</translation>
    </message>
    <message>
        <source>No record of this call has come, or it is not yours to see.</source>
        <translation>Zu diesem Anruf ist kein Eintrag da, oder Sie dürfen ihn nicht sehen.</translation>
    </message>
    <message>
        <source>No shift is planned for {0} today up to now.</source>
        <translation>Für {0} ist heute bis jetzt keine Schicht geplant.</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>Nicht angenommen</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Noch nicht bekannt</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>On call with</source>
        <translation>Spricht mit</translation>
    </message>
    <message>
        <source>Over limit</source>
        <translation>Über der Grenze</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Show agents</source>
        <translation>Agenten zeigen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>Withheld number</source>
        <translation>Unterdrückte Nummer</translation>
    </message>
    <message>
        <source>Worked out {0} ago</source>
        <translation>Vor {0} berechnet</translation>
    </message>
</context>
<context>
    <name>AlertStrip</name>
    <message>
        <source>Acknowledge</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Acknowledge all alarms</source>
        <translation>Alle Alarme bestätigen</translation>
    </message>
    <message>
        <source>Acknowledge all alarms: they come back when they get worse</source>
        <translation>Alle Alarme bestätigen: sie kommen wieder, wenn es schlimmer wird</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Next alarm, {0} of {1} shown</source>
        <translation>Nächster Alarm, {0} von {1} gezeigt</translation>
    </message>
    <message>
        <source>Show agents</source>
        <translation>Agenten zeigen</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>AnswerBox</name>
    <message>
        <source>Caller’s answer</source>
        <translation>Antwort des Anrufers</translation>
    </message>
    <message>
        <source>name@example.com</source>
        <translation>name@example.com</translation>
    </message>
    <message>
        <source>press {0}</source>
        <translation>{0} drücken</translation>
    </message>
</context>
<context>
    <name>ArrivalBox</name>
    <message>
        <source>Before: {0}</source>
        <translation>Davor: {0}</translation>
    </message>
    <message>
        <source>Transferred by {0}</source>
        <translation>Weitergeleitet von {0}</translation>
    </message>
    <message>
        <source>a colleague</source>
        <translation>jemand aus dem Team</translation>
    </message>
    <message>
        <source>talked {0}</source>
        <translation>sprach {0}</translation>
    </message>
    <message>
        <source>{0} asks you about this caller</source>
        <translation>{0} fragt Sie zu diesem Anrufer</translation>
    </message>
</context>
<context>
    <name>ArticleBody</name>
    <message>
        <source>Text of the article</source>
        <translation>Text des Artikels</translation>
    </message>
</context>
<context>
    <name>ArticleEditor</name>
    <message>
        <source>(no longer here)</source>
        <translation>(nicht mehr da)</translation>
    </message>
    <message>
        <source>2026-12-31</source>
        <translation>2026-12-31</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Edit article</source>
        <translation>Artikel bearbeiten</translation>
    </message>
    <message>
        <source>Editions</source>
        <translation>Fassungen</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>Neuer Artikel</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemand</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Nothing changed</source>
        <translation>Nichts geändert</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Verantwortlich</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Save draft</source>
        <translation>Entwurf speichern</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text in Markdown</source>
        <translation>Text in Markdown</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Gültig ab</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Gültig bis</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>What this edition changed</source>
        <translation>Was diese Fassung geändert hat</translation>
    </message>
    <message>
        <source>Write on with this edition</source>
        <translation>Mit dieser Fassung weiterschreiben</translation>
    </message>
    <message>
        <source>as edition {0}</source>
        <translation>als Fassung {0}</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>what callers say, with commas</source>
        <translation>was Anrufer sagen, mit Kommas</translation>
    </message>
    <message>
        <source>what you changed, for the list of editions</source>
        <translation>was Sie geändert haben, für die Liste der Fassungen</translation>
    </message>
    <message>
        <source>“{0}” is no day: write it as 2026-12-31.</source>
        <translation>„{0}“ ist kein Tag: schreiben Sie ihn wie 2026-12-31.</translation>
    </message>
</context>
<context>
    <name>ArticleReader</name>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>For this call:</source>
        <translation>Für diesen Anruf:</translation>
    </message>
    <message>
        <source>I used it</source>
        <translation>Habe ich benutzt</translation>
    </message>
    <message>
        <source>It did not</source>
        <translation>Hat nicht geholfen</translation>
    </message>
    <message>
        <source>It helped</source>
        <translation>Hat geholfen</translation>
    </message>
    <message>
        <source>Kept for this call</source>
        <translation>Für diesen Anruf behalten</translation>
    </message>
    <message>
        <source>There is none in {0}; this is the one in {1}.</source>
        <translation>Auf {0} gibt es keinen; dies ist der auf {1}.</translation>
    </message>
    <message>
        <source>This article is past its days: what it says may not be so any more.</source>
        <translation>Dieser Artikel ist abgelaufen: was er sagt, stimmt vielleicht nicht mehr.</translation>
    </message>
    <message>
        <source>by {0}</source>
        <translation>von {0}</translation>
    </message>
    <message>
        <source>changed {0}</source>
        <translation>geändert {0}</translation>
    </message>
    <message>
        <source>used {0}, helped {1}</source>
        <translation>benutzt {0}, geholfen {1}</translation>
    </message>
</context>
<context>
    <name>ArticleRows</name>
    <message>
        <source>Articles found</source>
        <translation>Gefundene Artikel</translation>
    </message>
    <message>
        <source>Find an article to link</source>
        <translation>Artikel zum Verlinken suchen</translation>
    </message>
    <message>
        <source>words of the link</source>
        <translation>Wortlaut des Links</translation>
    </message>
    <message>
        <source>{0} (no such article)</source>
        <translation>{0} (kein solcher Artikel)</translation>
    </message>
</context>
<context>
    <name>AsOf</name>
    <message>
        <source>The database does not answer: articles as this computer had them {0}</source>
        <translation>Die Datenbank antwortet nicht: Artikel, wie dieser Rechner sie {0} hatte</translation>
    </message>
</context>
<context>
    <name>AudioLevels</name>
    <message>
        <source>Calls connect, but you hear nothing and are not heard on this computer</source>
        <translation>Anrufe kommen zustande, aber an diesem Rechner hören Sie nichts und werden nicht gehört</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>Mikrofonpegel</translation>
    </message>
    <message>
        <source>No sound device</source>
        <translation>Kein Tongerät</translation>
    </message>
    <message>
        <source>Speak to see your level</source>
        <translation>Sprechen Sie, um den Pegel zu sehen</translation>
    </message>
    <message>
        <source>Speaker level</source>
        <translation>Lautsprecherpegel</translation>
    </message>
</context>
<context>
    <name>BehindList</name>
    <message>
        <source>Answered so far</source>
        <translation>Bisherige Antworten</translation>
    </message>
</context>
<context>
    <name>Bell</name>
    <message>
        <source>Notices</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Notices, unseen: {0}</source>
        <translation>Meldungen, ungesehen: {0}</translation>
    </message>
</context>
<context>
    <name>BoardHead</name>
    <message>
        <source>All queues</source>
        <translation>Alle Warteschlangen</translation>
    </message>
    <message>
        <source>Wallboard</source>
        <translation>Wallboard</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>What more agents, calls or handle time would make of this quarter hour</source>
        <translation>Was mehr Agenten, Anrufe oder Bearbeitungszeit aus dieser Viertelstunde machen würden</translation>
    </message>
    <message>
        <source>Which queues, charts and columns are shown</source>
        <translation>Welche Warteschlangen, Diagramme und Spalten gezeigt werden</translation>
    </message>
</context>
<context>
    <name>BoardWiring</name>
    <message>
        <source>All queues</source>
        <translation>Alle Warteschlangen</translation>
    </message>
    <message>
        <source>Entered by then and not yet left.</source>
        <translation>Bis dahin eingetreten und noch nicht wieder draußen.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>No call of this visit is known here: its record has not come, or is not yours to see.</source>
        <translation>Zu diesem Eintritt ist hier kein Anruf bekannt: sein Eintrag ist nicht da, oder Sie dürfen ihn nicht sehen.</translation>
    </message>
    <message>
        <source>Queue alarm</source>
        <translation>Warteschlangenalarm</translation>
    </message>
    <message>
        <source>Queue visits this agent answered; they count where they entered.</source>
        <translation>Von diesem Agenten angenommene Eintritte; sie zählen dort, wo sie begannen.</translation>
    </message>
    <message>
        <source>Queue visits, not callers: one call in two queues is two. They count where they entered.</source>
        <translation>Eintritte in Warteschlangen, nicht Anrufer: ein Anruf in zwei Warteschlangen zählt zweimal. Sie zählen dort, wo sie begannen.</translation>
    </message>
    <message>
        <source>Today so far</source>
        <translation>Heute bisher</translation>
    </message>
    <message>
        <source>{0} rows were written to {1}.</source>
        <translation>{0} Zeilen wurden nach {1} geschrieben.</translation>
    </message>
    <message>
        <source>{0}: answered today</source>
        <translation>{0}: heute angenommen</translation>
    </message>
    <message>
        <source>{0}: entered from {1}</source>
        <translation>{0}: eingetreten ab {1}</translation>
    </message>
    <message>
        <source>{0}: entered today</source>
        <translation>{0}: heute eingetreten</translation>
    </message>
    <message>
        <source>{0}: today by 15 min</source>
        <translation>{0}: heute je 15 min</translation>
    </message>
    <message>
        <source>{0}: waiting at {1}</source>
        <translation>{0}: wartend um {1}</translation>
    </message>
    <message>
        <source>{0}: waiting, last hour</source>
        <translation>{0}: wartend, letzte Stunde</translation>
    </message>
    <message>
        <source>“{0}” could not be written: {1}.</source>
        <translation>„{0}“ konnte nicht geschrieben werden: {1}.</translation>
    </message>
</context>
<context>
    <name>ButtonColumn</name>
    <message>
        <source>{0} (done)</source>
        <translation>{0} (erledigt)</translation>
    </message>
</context>
<context>
    <name>CallBar</name>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Call bar</source>
        <translation>Anrufleiste</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Tastenfeld</translation>
    </message>
    <message>
        <source>The phone is starting</source>
        <translation>Das Telefon startet</translation>
    </message>
    <message>
        <source>waited {0}</source>
        <translation>wartete {0}</translation>
    </message>
</context>
<context>
    <name>CallChips</name>
    <message>
        <source>Switch to this call: {0}</source>
        <translation>Zu diesem Anruf wechseln: {0}</translation>
    </message>
</context>
<context>
    <name>CallConsents</name>
    <message>
        <source>A service call, such as returning their own request, can go on; the reason is kept.</source>
        <translation>Ein Serviceanruf, etwa auf eigenen Wunsch, darf stattfinden; der Grund wird festgehalten.</translation>
    </message>
    <message>
        <source>Call all the same</source>
        <translation>Trotzdem anrufen</translation>
    </message>
    <message>
        <source>Others have this number too, who did not say so.</source>
        <translation>Auch andere haben diese Nummer, die das nicht gesagt haben.</translation>
    </message>
    <message>
        <source>Where they said so: {0}.</source>
        <translation>Wo es gesagt wurde: {0}.</translation>
    </message>
    <message>
        <source>Why this call is needed</source>
        <translation>Warum dieser Anruf nötig ist</translation>
    </message>
    <message>
        <source>{0} does not want to be called</source>
        <translation>{0} möchte nicht angerufen werden</translation>
    </message>
</context>
<context>
    <name>CallList</name>
    <message>
        <source>Calling…</source>
        <translation>Ruft an…</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>Konferenz</translation>
    </message>
    <message>
        <source>Handing over…</source>
        <translation>Wird übergeben…</translation>
    </message>
    <message>
        <source>Held there</source>
        <translation>Dort gehalten</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>On hold, in silence</source>
        <translation>Gehalten, in Stille</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Klingelt</translation>
    </message>
    <message>
        <source>Ringing…</source>
        <translation>Klingelt…</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>Im Gespräch</translation>
    </message>
    <message>
        <source>asked by {0}</source>
        <translation>gefragt von {0}</translation>
    </message>
    <message>
        <source>consult</source>
        <translation>Rückfrage</translation>
    </message>
    <message>
        <source>from {0}</source>
        <translation>von {0}</translation>
    </message>
</context>
<context>
    <name>CallNotice</name>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Ankommender Anruf</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>CallRow</name>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>End this call</source>
        <translation>Diesen Anruf beenden</translation>
    </message>
    <message>
        <source>Talk to this caller, hold the other</source>
        <translation>Mit diesem Anrufer sprechen, den anderen halten</translation>
    </message>
    <message>
        <source>The keys act on this call</source>
        <translation>Die Tasten gelten für diesen Anruf</translation>
    </message>
</context>
<context>
    <name>CallerSaid</name>
    <message>
        <source>In this queue nobody sees what callers typed.</source>
        <translation>In dieser Warteschlange sieht niemand, was Anrufer getippt haben.</translation>
    </message>
    <message>
        <source>In this queue only supervisors see what callers typed.</source>
        <translation>In dieser Warteschlange sehen nur Supervisoren, was Anrufer getippt haben.</translation>
    </message>
    <message>
        <source>In this queue only team leads see what callers typed.</source>
        <translation>In dieser Warteschlange sehen nur Teamleitungen, was Anrufer getippt haben.</translation>
    </message>
    <message>
        <source>It is encrypted, and this computer’s keyring has not got the key (see doctor).</source>
        <translation>Es ist verschlüsselt, und der Schlüsselbund dieses Rechners hat den Schlüssel nicht (siehe doctor).</translation>
    </message>
    <message>
        <source>The database does not answer.</source>
        <translation>Die Datenbank antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>CallerWiring</name>
    <message>
        <source>A colleague in this call says that it is {0}</source>
        <translation>Jemand aus dem Team in diesem Gespräch sagt, es ist {0}</translation>
    </message>
    <message>
        <source>Choose mine</source>
        <translation>Meine Wahl nehmen</translation>
    </message>
    <message>
        <source>Number copied</source>
        <translation>Nummer kopiert</translation>
    </message>
    <message>
        <source>What you choose counts for both of you, and takes the place of what they chose.</source>
        <translation>Ihre Wahl gilt für beide und ersetzt die andere.</translation>
    </message>
</context>
<context>
    <name>CallsPage</name>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>A longer period may have some</source>
        <translation>Ein längerer Zeitraum hat vielleicht welche</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Customer, number or words of a note</source>
        <translation>Kunde, Nummer oder Wörter einer Notiz</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Disposition</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Enter a call by hand</source>
        <translation>Anruf von Hand eintragen</translation>
    </message>
    <message>
        <source>Filter calls</source>
        <translation>Anrufe filtern</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>Ankommend</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Intern</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>More than {0} found</source>
        <translation>Mehr als {0} gefunden</translation>
    </message>
    <message>
        <source>No call fits</source>
        <translation>Kein Anruf passt</translation>
    </message>
    <message>
        <source>No calls in this period</source>
        <translation>Keine Anrufe in diesem Zeitraum</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>Ausgehend</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Take a filter away to see more</source>
        <translation>Nehmen Sie einen Filter weg, um mehr zu sehen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Whose calls</source>
        <translation>Wessen Anrufe</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>{0} found</source>
        <translation>{0} gefunden</translation>
    </message>
</context>
<context>
    <name>CallsWiring</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>ClashCard</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Somebody else changed the same meanwhile. Nothing is overwritten: choose what shall stand.</source>
        <translation>Jemand anderes hat dasselbe inzwischen geändert. Nichts wird überschrieben: wählen Sie, was gelten soll.</translation>
    </message>
    <message>
        <source>Stored now</source>
        <translation>Jetzt gespeichert</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Ihres</translation>
    </message>
</context>
<context>
    <name>ClashWiring</name>
    <message>
        <source>(removed)</source>
        <translation>(entfernt)</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>Zugewiesen an</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>Telefonnummer</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Whose call was it?</source>
        <translation>Wessen Anruf war es?</translation>
    </message>
    <message>
        <source>Whose note?</source>
        <translation>Wessen Notiz?</translation>
    </message>
    <message>
        <source>{0}: whose change?</source>
        <translation>{0}: wessen Änderung?</translation>
    </message>
    <message>
        <source>{0}: whose words?</source>
        <translation>{0}: wessen Wortlaut?</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>&gt; commands   @ people   # tickets</source>
        <translation>&gt; Befehle   @ Personen   # Tickets</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Ctrl Enter</source>
        <translation>Strg Enter</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Nothing found for “{0}”</source>
        <translation>Nichts gefunden zu „{0}“</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>Suchen oder Befehl ausführen</translation>
    </message>
    <message>
        <source>Type to search</source>
        <translation>Zum Suchen tippen</translation>
    </message>
    <message>
        <source>call</source>
        <translation>anrufen</translation>
    </message>
    <message>
        <source>move</source>
        <translation>bewegen</translation>
    </message>
    <message>
        <source>run</source>
        <translation>ausführen</translation>
    </message>
    <message>
        <source>{0}: the first {1}, type more to find others</source>
        <translation>{0}: die ersten {1}, für andere mehr tippen</translation>
    </message>
</context>
<context>
    <name>ConsentFacts</name>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
</context>
<context>
    <name>ConsentFields</name>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>History of consent</source>
        <translation>Verlauf der Einwilligung</translation>
    </message>
</context>
<context>
    <name>ConsentHistory</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>What {0} agreed to</source>
        <translation>Wozu {0} eingewilligt hat</translation>
    </message>
</context>
<context>
    <name>ConsentLines</name>
    <message>
        <source>As it was: {0}</source>
        <translation>So, wie es war: {0}</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Consent: {0}</source>
        <translation>Einwilligung: {0}</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Messenger</source>
        <translation>Messenger</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Briefpost</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>When they said so: {0}</source>
        <translation>Wann es gesagt wurde: {0}</translation>
    </message>
    <message>
        <source>Where they said so: a call, a letter, a form</source>
        <translation>Wo es gesagt wurde: Anruf, Brief, Formular</translation>
    </message>
    <message>
        <source>Where they said so: {0}</source>
        <translation>Wo es gesagt wurde: {0}</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>nothing said</source>
        <translation>nichts gesagt</translation>
    </message>
    <message>
        <source>written down by {0}</source>
        <translation>eingetragen von {0}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
</context>
<context>
    <name>Counts</name>
    <message>
        <source>Completed</source>
        <translation>Ergänzt</translation>
    </message>
    <message>
        <source>Known already</source>
        <translation>Schon bekannt</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Zurückgewiesen</translation>
    </message>
</context>
<context>
    <name>CustomerCard</name>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Found: {0}</source>
        <translation>Gefunden: {0}</translation>
    </message>
    <message>
        <source>Looking up the caller…</source>
        <translation>Anrufer wird gesucht…</translation>
    </message>
    <message>
        <source>Withheld number</source>
        <translation>Unterdrückte Nummer</translation>
    </message>
    <message>
        <source>several customers</source>
        <translation>mehrere Kunden</translation>
    </message>
</context>
<context>
    <name>CustomerEditor</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>A customer needs a name</source>
        <translation>Ein Kunde braucht einen Namen</translation>
    </message>
    <message>
        <source>Account no.</source>
        <translation>Kundennr.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>E-mail addresses</source>
        <translation>E-Mail-Adressen</translation>
    </message>
    <message>
        <source>Edit {0}</source>
        <translation>{0} bearbeiten</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Neuer Kunde</translation>
    </message>
    <message>
        <source>Not a time zone: they look like Europe/Warsaw</source>
        <translation>Keine Zeitzone: sie sehen aus wie Europe/Warsaw</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Phone numbers</source>
        <translation>Telefonnummern</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Somebody else changed this customer meanwhile. Yours is kept: choose, then save again.</source>
        <translation>Jemand anderes hat diesen Kunden inzwischen geändert. Ihre Fassung bleibt erhalten: wählen Sie, dann speichern Sie erneut.</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>read before saying hello</source>
        <translation>vor der Begrüßung zu lesen</translation>
    </message>
    <message>
        <source>with commas between</source>
        <translation>mit Kommas dazwischen</translation>
    </message>
</context>
<context>
    <name>CustomersPage</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Callers become customers as you name them</source>
        <translation>Anrufer werden Kunden, sobald Sie sie benennen</translation>
    </message>
    <message>
        <source>Contact history</source>
        <translation>Kontaktverlauf</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Customer or contact history</source>
        <translation>Kunde oder Kontaktverlauf</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Kunden</translation>
    </message>
    <message>
        <source>Export customers…</source>
        <translation>Kunden exportieren…</translation>
    </message>
    <message>
        <source>Find a customer</source>
        <translation>Kunden suchen</translation>
    </message>
    <message>
        <source>Import customers…</source>
        <translation>Kunden importieren…</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>Letzter Kontakt</translation>
    </message>
    <message>
        <source>Merged customers…</source>
        <translation>Zusammengeführte Kunden…</translation>
    </message>
    <message>
        <source>More than {0} customers</source>
        <translation>Mehr als {0} Kunden</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name, number, account or e-mail</source>
        <translation>Name, Nummer, Kundennr. oder E-Mail</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Neuer Kunde</translation>
    </message>
    <message>
        <source>No customer chosen</source>
        <translation>Kein Kunde gewählt</translation>
    </message>
    <message>
        <source>No customers yet</source>
        <translation>Noch keine Kunden</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Niemand gefunden</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>The first letters of each word, or a number, are enough</source>
        <translation>Die ersten Buchstaben jedes Wortes oder eine Nummer reichen</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>Type a name or a number and choose one</source>
        <translation>Tippen Sie Namen oder Nummer und wählen Sie</translation>
    </message>
    <message>
        <source>{0} customers</source>
        <translation>{0} Kunden</translation>
    </message>
</context>
<context>
    <name>DayTiles</name>
    <message>
        <source>Average handle time</source>
        <translation>Mittlere Bearbeitungszeit</translation>
    </message>
    <message>
        <source>Average wrap-up</source>
        <translation>Mittlere Nachbearbeitung</translation>
    </message>
    <message>
        <source>Calls handled</source>
        <translation>Bearbeitete Anrufe</translation>
    </message>
    <message>
        <source>Your day</source>
        <translation>Ihr Tag</translation>
    </message>
    <message>
        <source>after a call</source>
        <translation>nach einem Anruf</translation>
    </message>
    <message>
        <source>after your first call</source>
        <translation>nach Ihrem ersten Anruf</translation>
    </message>
    <message>
        <source>none yet today</source>
        <translation>heute noch keine</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>{0} of it talking</source>
        <translation>{0} davon im Gespräch</translation>
    </message>
</context>
<context>
    <name>DesktopWiring</name>
    <message>
        <source>Not now: {0}</source>
        <translation>Jetzt nicht: {0}</translation>
    </message>
    <message>
        <source>Not possible here: nothing on this desktop shows notifications.</source>
        <translation>Hier nicht möglich: nichts auf diesem Desktop zeigt Benachrichtigungen.</translation>
    </message>
    <message>
        <source>This desktop has no place for it.</source>
        <translation>Dieser Desktop hat keinen Platz dafür.</translation>
    </message>
    <message>
        <source>no call rings</source>
        <translation>es klingelt kein Anruf</translation>
    </message>
    <message>
        <source>there is no call</source>
        <translation>es gibt keinen Anruf</translation>
    </message>
</context>
<context>
    <name>DialField</name>
    <message>
        <source>Customers found</source>
        <translation>Gefundene Kunden</translation>
    </message>
    <message>
        <source>Dial a name or number</source>
        <translation>Namen oder Nummer wählen</translation>
    </message>
    <message>
        <source>Name or number</source>
        <translation>Name oder Nummer</translation>
    </message>
</context>
<context>
    <name>DialRules</name>
    <message>
        <source>Add a rule</source>
        <translation>Regel hinzufügen</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Nach vorn</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove rule {0}</source>
        <translation>Regel {0} entfernen</translation>
    </message>
    <message>
        <source>Rule {0} earlier</source>
        <translation>Regel {0} nach vorn</translation>
    </message>
    <message>
        <source>Rule {0}, {1}</source>
        <translation>Regel {0}, {1}</translation>
    </message>
    <message>
        <source>Rule {0}: “{1}” does not have the right form</source>
        <translation>Regel {0}: „{1}“ hat nicht die richtige Form</translation>
    </message>
</context>
<context>
    <name>DifferenceText</name>
    <message>
        <source>Nothing differs.</source>
        <translation>Nichts ist anders.</translation>
    </message>
</context>
<context>
    <name>DuplicateNote</name>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare with {0}</source>
        <translation>Mit {0} vergleichen</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>Nicht dieselbe Person</translation>
    </message>
    <message>
        <source>Possible duplicate: {0} ({1})</source>
        <translation>Vielleicht doppelt: {0} ({1})</translation>
    </message>
    <message>
        <source>{0} is somebody else</source>
        <translation>{0} ist jemand anderes</translation>
    </message>
    <message>
        <source>{0}, and others: {1}</source>
        <translation>{0} und andere: {1}</translation>
    </message>
</context>
<context>
    <name>ExchangeWiring</name>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Export customers</source>
        <translation>Kunden exportieren</translation>
    </message>
    <message>
        <source>Import customers</source>
        <translation>Kunden importieren</translation>
    </message>
    <message>
        <source>Imported: {0} new customers, {1} completed, {2} rejected.</source>
        <translation>Importiert: {0} neue Kunden, {1} ergänzt, {2} zurückgewiesen.</translation>
    </message>
    <message>
        <source>Lists and vCards</source>
        <translation>Listen und vCards</translation>
    </message>
    <message>
        <source>Take back the import of {0} of {1}?</source>
        <translation>Import von {0} vom {1} zurücknehmen?</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>What it made goes, what it changed is as before. Customers that somebody has used since stay.</source>
        <translation>Was er angelegt hat, verschwindet, was er geändert hat, ist wie zuvor. Seither benutzte Kunden bleiben.</translation>
    </message>
    <message>
        <source>{0} customers were written to {1}.</source>
        <translation>{0} Kunden wurden nach {1} geschrieben.</translation>
    </message>
</context>
<context>
    <name>ExportCard</name>
    <message>
        <source>All customers</source>
        <translation>Alle Kunden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>Abgebrochen; nichts wurde geschrieben.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Kunden</translation>
    </message>
    <message>
        <source>Data (JSON)</source>
        <translation>Daten (JSON)</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Excel workbook (XLSX)</source>
        <translation>Excel-Arbeitsmappe (XLSX)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export customers</source>
        <translation>Kunden exportieren</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>List (CSV)</source>
        <translation>Liste (CSV)</translation>
    </message>
    <message>
        <source>Numbers and e-mail addresses will be masked: whole ones are for team leads and up.</source>
        <translation>Nummern und E-Mail-Adressen werden maskiert: ganze gibt es ab Teamleitung.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>The audit notes who exported how many customers.</source>
        <translation>Das Prüfprotokoll hält fest, wer wie viele Kunden exportiert hat.</translation>
    </message>
    <message>
        <source>Those that “{0}” finds</source>
        <translation>Die, die „{0}“ findet</translation>
    </message>
    <message>
        <source>Which customers</source>
        <translation>Welche Kunden</translation>
    </message>
    <message>
        <source>customers</source>
        <translation>Kunden</translation>
    </message>
    <message>
        <source>vCards (vCard 4.0)</source>
        <translation>vCards (vCard 4.0)</translation>
    </message>
    <message>
        <source>{0} customers were written to {1}.</source>
        <translation>{0} Kunden wurden nach {1} geschrieben.</translation>
    </message>
</context>
<context>
    <name>FieldBox</name>
    <message>
        <source>Stored meanwhile: {0}</source>
        <translation>Inzwischen gespeichert: {0}</translation>
    </message>
    <message>
        <source>Use the stored value of {0}</source>
        <translation>Gespeicherten Wert von {0} nehmen</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>Diesen nehmen</translation>
    </message>
</context>
<context>
    <name>FieldMenu</name>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Unternehmen</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
</context>
<context>
    <name>FigureList</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>{0} shown</source>
        <translation>{0} gezeigt</translation>
    </message>
</context>
<context>
    <name>FiguresPane</name>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Figures of the steps</source>
        <translation>Zahlen der Schritte</translation>
    </message>
    <message>
        <source>Figures stand here once agents have used it</source>
        <translation>Zahlen stehen hier, sobald Agenten ihn benutzt haben</translation>
    </message>
    <message>
        <source>No call has used it yet</source>
        <translation>Noch kein Anruf hat ihn benutzt</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Erreicht</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>{0} calls began it, {1} finished it</source>
        <translation>{0} Anrufe begannen ihn, {1} beendeten ihn</translation>
    </message>
</context>
<context>
    <name>FindingList</name>
    <message>
        <source>Nothing is wrong with this script.</source>
        <translation>An diesem Leitfaden ist nichts falsch.</translation>
    </message>
    <message>
        <source>What the checks found</source>
        <translation>Was die Prüfung gefunden hat</translation>
    </message>
    <message>
        <source>{0} to be mended before it can be published, {1} to think about</source>
        <translation>{0} vor dem Veröffentlichen zu beheben, {1} zu bedenken</translation>
    </message>
    <message>
        <source>{0} to think about</source>
        <translation>{0} zu bedenken</translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message>
        <source>A text is not translated: {0}</source>
        <translation>Ein Text ist nicht übersetzt: {0}</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>All its ways have conditions: it may stop here.</source>
        <translation>Alle Wege haben Bedingungen: es kann hier enden.</translation>
    </message>
    <message>
        <source>An action lacks its field “{0}”.</source>
        <translation>Einer Aktion fehlt das Feld „{0}“.</translation>
    </message>
    <message>
        <source>It leads round in a circle without a question.</source>
        <translation>Es führt im Kreis, ohne Frage.</translation>
    </message>
    <message>
        <source>It leads to {0}, and no step is called so.</source>
        <translation>Es führt zu {0}, und kein Schritt heißt so.</translation>
    </message>
    <message>
        <source>It runs {0}, and no script is called so.</source>
        <translation>Es führt {0} aus, und kein Leitfaden heißt so.</translation>
    </message>
    <message>
        <source>No way leads here.</source>
        <translation>Kein Weg führt hierher.</translation>
    </message>
    <message>
        <source>Nothing leads on to an end ({0}).</source>
        <translation>Nichts führt weiter zu einem Ende ({0}).</translation>
    </message>
    <message>
        <source>Nothing leads on to an end.</source>
        <translation>Nichts führt weiter zu einem Ende.</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>The name {0} stands twice.</source>
        <translation>Der Name {0} steht zweimal.</translation>
    </message>
    <message>
        <source>The script runs itself.</source>
        <translation>Der Leitfaden ruft sich selbst auf.</translation>
    </message>
    <message>
        <source>This is not let through: {0}</source>
        <translation>Das wird nicht zugelassen: {0}</translation>
    </message>
    <message>
        <source>{0} is no name that can be used.</source>
        <translation>{0} ist kein brauchbarer Name.</translation>
    </message>
    <message>
        <source>{0} is not known here.</source>
        <translation>{0} ist hier nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>A login has small letters, digits, dots and dashes</source>
        <translation>Ein Login hat Kleinbuchstaben, Ziffern, Punkte und Striche</translation>
    </message>
    <message>
        <source>A server that all desktops share. Server, database and login come from your administrator.</source>
        <translation>Ein Server für alle Arbeitsplätze. Server, Datenbank und Login nennt Ihnen Ihre Administration.</translation>
    </message>
    <message>
        <source>A simulated centre rings you with real sound; its customers have a database of their own.</source>
        <translation>Ein nachgestelltes Center ruft Sie mit echtem Ton an; seine Kunden haben eine eigene Datenbank.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Account’s password</source>
        <translation>Passwort des Kontos</translation>
    </message>
    <message>
        <source>All of it can be changed in Settings.</source>
        <translation>Alles lässt sich in den Einstellungen ändern.</translation>
    </message>
    <message>
        <source>Asking {0} …</source>
        <translation>{0} wird gefragt …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Connect to our phone system</source>
        <translation>Mit unserer Telefonanlage verbinden</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Customers, calls and notes stay in one file here. For one person, or for a trial.</source>
        <translation>Kunden, Anrufe und Notizen bleiben hier in einer Datei. Für eine Person oder zum Ausprobieren.</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>How do calls reach you?</source>
        <translation>Wie erreichen Sie Anrufe?</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Phone server</source>
        <translation>Telefonserver</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Take calls directly</source>
        <translation>Anrufe direkt annehmen</translation>
    </message>
    <message>
        <source>The account is missing</source>
        <translation>Das Konto fehlt</translation>
    </message>
    <message>
        <source>The database is missing</source>
        <translation>Die Datenbank fehlt</translation>
    </message>
    <message>
        <source>The phone server is missing</source>
        <translation>Der Telefonserver fehlt</translation>
    </message>
    <message>
        <source>This is no name of a server</source>
        <translation>Das ist kein Name eines Servers</translation>
    </message>
    <message>
        <source>Try it with made-up calls</source>
        <translation>Mit erfundenen Anrufen ausprobieren</translation>
    </message>
    <message>
        <source>Use it on this computer only</source>
        <translation>Nur auf diesem Rechner benutzen</translation>
    </message>
    <message>
        <source>Use our centre’s database</source>
        <translation>Die Datenbank unseres Centers benutzen</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>What is this computer to be? A question or two, then the first call can come.</source>
        <translation>Wozu dient dieser Rechner? Ein, zwei Fragen, dann kann der erste Anruf kommen.</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>Wer sind Sie?</translation>
    </message>
    <message>
        <source>Without a PBX: calls to this computer’s own address ring here.</source>
        <translation>Ohne Telefonanlage: Anrufe an die Adresse dieses Rechners klingeln hier.</translation>
    </message>
    <message>
        <source>Your SIP account on the PBX: server, account and password from whoever runs it.</source>
        <translation>Ihr SIP-Konto in der Telefonanlage: Server, Konto und Passwort von denen, die sie betreiben.</translation>
    </message>
    <message>
        <source>Your colleagues need a name for you</source>
        <translation>Ihre Kollegen brauchen einen Namen für Sie</translation>
    </message>
    <message>
        <source>Your login is missing</source>
        <translation>Ihr Login fehlt</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
</context>
<context>
    <name>FormRows</name>
    <message>
        <source>Remove {0} {1}</source>
        <translation>{0} {1} entfernen</translation>
    </message>
    <message>
        <source>{0} {1}: goes on with</source>
        <translation>{0} {1}: geht weiter mit</translation>
    </message>
</context>
<context>
    <name>FoundCustomer</name>
    <message>
        <source>Account no.</source>
        <translation>Kundennr.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>All tickets ({0})</source>
        <translation>Alle Tickets ({0})</translation>
    </message>
    <message>
        <source>Customer since {0}</source>
        <translation>Kunde seit {0}</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>Nicht anrufen</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Edit customer</source>
        <translation>Kunden bearbeiten</translation>
    </message>
    <message>
        <source>From this computer, {0} old</source>
        <translation>Von diesem Rechner, {0} alt</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Local time</source>
        <translation>Ortszeit</translation>
    </message>
    <message>
        <source>More products</source>
        <translation>Weitere Produkte</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Neues Ticket</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Open tickets</source>
        <translation>Offene Tickets</translation>
    </message>
    <message>
        <source>Open tickets: {0}</source>
        <translation>Offene Tickets: {0}</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Produkt</translation>
    </message>
    <message>
        <source>Somebody else: choose again</source>
        <translation>Jemand anderes: neu wählen</translation>
    </message>
    <message>
        <source>Why it matched: {0}</source>
        <translation>Warum es passte: {0}</translation>
    </message>
    <message>
        <source>since {0}</source>
        <translation>seit {0}</translation>
    </message>
    <message>
        <source>{0} (night)</source>
        <translation>{0} (Nacht)</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}, {1}</translation>
    </message>
</context>
<context>
    <name>HandOver</name>
    <message>
        <source>Copied; the next thing you copy takes its place</source>
        <translation>Kopiert; was Sie als Nächstes kopieren, ersetzt es</translation>
    </message>
    <message>
        <source>Copy password</source>
        <translation>Passwort kopieren</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Hand this to {0}</source>
        <translation>Geben Sie das an {0}</translation>
    </message>
    <message>
        <source>It is shown this once and stored nowhere. It is to be changed at the first sign-in, within 72 hours.</source>
        <translation>Es wird nur dieses eine Mal gezeigt und nirgends gespeichert. Bei der ersten Anmeldung, binnen 72 Stunden, ist es zu ändern.</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
</context>
<context>
    <name>HandoffPanel</name>
    <message>
        <source>Dialled in from</source>
        <translation>Gewählt wurde</translation>
    </message>
    <message>
        <source>How the caller got here</source>
        <translation>Wie der Anrufer hierher kam</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Script: {0}</source>
        <translation>Leitfaden: {0}</translation>
    </message>
    <message>
        <source>The message was too long for the phone engine: part of it is missing.</source>
        <translation>Die Nachricht war zu lang für das Telefon: ein Teil davon fehlt.</translation>
    </message>
    <message>
        <source>The telephone system sent nothing about this caller’s way here.</source>
        <translation>Die Telefonanlage hat nichts über den Weg dieses Anrufers gesagt.</translation>
    </message>
    <message>
        <source>{0} in queue</source>
        <translation>{0} in der Warteschlange</translation>
    </message>
</context>
<context>
    <name>HandoverBox</name>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Amount to pay</source>
        <translation>Zu zahlender Betrag</translation>
    </message>
    <message>
        <source>Card payment, recording pauses</source>
        <translation>Kartenzahlung, Aufzeichnung pausiert</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Währung</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Hand over to IVR</source>
        <translation>An Sprachmenü übergeben</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>On the way to the payment menu…</source>
        <translation>Auf dem Weg zum Zahlungsmenü…</translation>
    </message>
    <message>
        <source>Practice: an amount that ends in .01 is refused, with .02 they give up, with .03 they hang up.</source>
        <translation>Übung: ein Betrag auf ,01 wird abgelehnt, bei ,02 gibt man auf, bei ,03 legt man auf.</translation>
    </message>
    <message>
        <source>Satisfaction survey after the call</source>
        <translation>Umfrage nach dem Anruf</translation>
    </message>
    <message>
        <source>Survey follows this call</source>
        <translation>Umfrage folgt diesem Anruf</translation>
    </message>
    <message>
        <source>Take the customer back</source>
        <translation>Kunden zurückholen</translation>
    </message>
    <message>
        <source>The card is being charged…</source>
        <translation>Die Karte wird belastet…</translation>
    </message>
    <message>
        <source>Typing the card number…</source>
        <translation>Tippt die Kartennummer…</translation>
    </message>
    <message>
        <source>Typing the check number…</source>
        <translation>Tippt die Prüfnummer…</translation>
    </message>
    <message>
        <source>Typing the expiry date…</source>
        <translation>Tippt das Ablaufdatum…</translation>
    </message>
    <message>
        <source>You hear music, and are not recorded. The customer comes back by themselves.</source>
        <translation>Sie hören Musik und werden nicht aufgezeichnet. Der Kunde kommt von selbst zurück.</translation>
    </message>
    <message>
        <source>{0} digits</source>
        <translation>{0} Ziffern</translation>
    </message>
</context>
<context>
    <name>HeadForm</name>
    <message>
        <source>Begins with</source>
        <translation>Beginnt mit</translation>
    </message>
    <message>
        <source>Languages, as en, pl</source>
        <translation>Sprachen, wie en, pl</translation>
    </message>
    <message>
        <source>Name in files and other scripts</source>
        <translation>Name in Dateien und anderen Leitfäden</translation>
    </message>
    <message>
        <source>The first language is the one in which every text stands.</source>
        <translation>Die erste Sprache ist die, in der jeder Text steht.</translation>
    </message>
    <message>
        <source>Title of the script</source>
        <translation>Titel des Leitfadens</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>Wofür er ist</translation>
    </message>
    <message>
        <source>the first in the list</source>
        <translation>dem ersten der Liste</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Chat/SMS</source>
        <translation>Chat/SMS</translation>
    </message>
    <message>
        <source>Contact history</source>
        <translation>Kontaktverlauf</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Filter history</source>
        <translation>Verlauf filtern</translation>
    </message>
    <message>
        <source>No contact yet. What happens from now on appears here.</source>
        <translation>Noch kein Kontakt. Was ab jetzt geschieht, erscheint hier.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Nichts passt zum Filter.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>{0} older ones are fetched as you scroll</source>
        <translation>{0} ältere werden beim Blättern geholt</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>Andere Datei</translation>
    </message>
    <message>
        <source>As this computer</source>
        <translation>Wie dieser Rechner</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Line {0}</source>
        <translation>Zeile {0}</translation>
    </message>
    <message>
        <source>Nobody here is called {0} ({1} times): give somebody this extension or name first.</source>
        <translation>Niemand hier heißt {0} ({1}-mal): geben Sie zuerst jemandem diese Nebenstelle oder diesen Namen.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>See what would happen</source>
        <translation>Ansehen, was geschähe</translation>
    </message>
    <message>
        <source>The import is done.</source>
        <translation>Der Import ist fertig.</translation>
    </message>
    <message>
        <source>There is nothing new in it.</source>
        <translation>Es steht nichts Neues darin.</translation>
    </message>
    <message>
        <source>Time zone of the PBX</source>
        <translation>Zeitzone der Telefonanlage</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>What was stored until then stays; reading it again counts nothing twice.</source>
        <translation>Was bis dahin gespeichert wurde, bleibt; erneutes Lesen zählt nichts doppelt.</translation>
    </message>
    <message>
        <source>{0} calls would be new.</source>
        <translation>{0} Anrufe wären neu.</translation>
    </message>
    <message>
        <source>{0} completed</source>
        <translation>{0} ergänzt</translation>
    </message>
    <message>
        <source>{0} events would be new.</source>
        <translation>{0} Ereignisse wären neu.</translation>
    </message>
    <message>
        <source>{0} is not here: it is kept, switched off.</source>
        <translation>{0} gibt es hier nicht: es bleibt erhalten, abgeschaltet.</translation>
    </message>
    <message>
        <source>{0} is not known ({1} times, first in line {2}).</source>
        <translation>{0} ist nicht bekannt ({1}-mal, zuerst in Zeile {2}).</translation>
    </message>
    <message>
        <source>{0} known already</source>
        <translation>{0} schon bekannt</translation>
    </message>
    <message>
        <source>{0} unreadable</source>
        <translation>{0} nicht lesbar</translation>
    </message>
    <message>
        <source>{0} new</source>
        <translation>{0} neu</translation>
    </message>
    <message>
        <source>{0} saying nothing of calls</source>
        <translation>{0} ohne Angaben zu Anrufen</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
    <message>
        <source>{0}: call records of a PBX. Its calls come into the list of calls and customers’ histories.</source>
        <translation>{0}: Anrufdaten einer Telefonanlage. Ihre Anrufe kommen in die Anrufliste und in die Verläufe der Kunden.</translation>
    </message>
    <message>
        <source>{0}: the log of a PBX’s queues. What happened in them comes into the figures.</source>
        <translation>{0}: das Protokoll der Warteschlangen einer Telefonanlage. Was darin geschah, geht in die Kennzahlen ein.</translation>
    </message>
    <message>
        <source>… and {0} more</source>
        <translation>… und {0} weitere</translation>
    </message>
</context>
<context>
    <name>HistoryWiring</name>
    <message>
        <source>Imported from {0}: {1} new.</source>
        <translation>Importiert aus {0}: {1} neu.</translation>
    </message>
    <message>
        <source>This is a file of a PBX. Only administrators import those.</source>
        <translation>Das ist eine Datei einer Telefonanlage. Nur Administratoren importieren sie.</translation>
    </message>
</context>
<context>
    <name>HolidaysCard</name>
    <message>
        <source>A holiday has a name.</source>
        <translation>Ein Feiertag hat einen Namen.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>For these days a forecast takes what holidays have brought; they count in no forecast of ordinary days.</source>
        <translation>Für diese Tage nimmt die Prognose, was Feiertage gebracht haben; in Prognosen gewöhnlicher Tage zählen sie nicht.</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei…</translation>
    </message>
    <message>
        <source>Holidays</source>
        <translation>Feiertage</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>All calls</source>
        <translation>Alle Anrufe</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>No call yet today. The next one rings here.</source>
        <translation>Heute noch kein Anruf. Der nächste klingelt hier.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Recent calls</source>
        <translation>Letzte Anrufe</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>The tick marks the target</source>
        <translation>Der Strich zeigt das Ziel</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Withheld number</source>
        <translation>Unterdrückte Nummer</translation>
    </message>
    <message>
        <source>You are in no queue.</source>
        <translation>Sie sind in keiner Warteschlange.</translation>
    </message>
    <message>
        <source>Your queues</source>
        <translation>Ihre Warteschlangen</translation>
    </message>
    <message>
        <source>Your team</source>
        <translation>Ihr Team</translation>
    </message>
    <message>
        <source>as of {0}</source>
        <translation>Stand {0}</translation>
    </message>
    <message>
        <source>service level today</source>
        <translation>Servicelevel heute</translation>
    </message>
    <message>
        <source>{0} signed in</source>
        <translation>{0} angemeldet</translation>
    </message>
</context>
<context>
    <name>IdentityBadge</name>
    <message>
        <source>Check failed</source>
        <translation>Prüfung nicht bestanden</translation>
    </message>
    <message>
        <source>Not verified</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Not verified in IVR</source>
        <translation>Im Sprachmenü nicht geprüft</translation>
    </message>
    <message>
        <source>Nothing has been asked yet.</source>
        <translation>Noch wurde nichts gefragt.</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Verified in IVR</source>
        <translation>Im Sprachmenü geprüft</translation>
    </message>
    <message>
        <source>Voice PIN not passed in IVR</source>
        <translation>Sprach-PIN im Menü nicht bestanden</translation>
    </message>
    <message>
        <source>Voice PIN passed in IVR</source>
        <translation>Sprach-PIN im Menü bestanden</translation>
    </message>
    <message>
        <source>compared by the program</source>
        <translation>vom Programm verglichen</translation>
    </message>
    <message>
        <source>judged by who asked</source>
        <translation>beurteilt von dem, der fragte</translation>
    </message>
    <message>
        <source>{0}: right</source>
        <translation>{0}: richtig</translation>
    </message>
    <message>
        <source>{0}: wrong</source>
        <translation>{0}: falsch</translation>
    </message>
</context>
<context>
    <name>IdentityBox</name>
    <message>
        <source>Ask for the {0}.</source>
        <translation>Fragen Sie nach: {0}.</translation>
    </message>
    <message>
        <source>Being compared …</source>
        <translation>Wird verglichen …</translation>
    </message>
    <message>
        <source>Being looked up …</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Call back on {0}</source>
        <translation>Zurückrufen unter {0}</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Give no information and change nothing: refuse, and say so.</source>
        <translation>Keine Auskunft geben und nichts ändern: ablehnen und das sagen.</translation>
    </message>
    <message>
        <source>Give no information. Offer to call back on the number on record.</source>
        <translation>Keine Auskunft geben. Rückruf auf der hinterlegten Nummer anbieten.</translation>
    </message>
    <message>
        <source>Identity check</source>
        <translation>Identitätsprüfung</translation>
    </message>
    <message>
        <source>Identity check failed</source>
        <translation>Identitätsprüfung nicht bestanden</translation>
    </message>
    <message>
        <source>Identity not verified</source>
        <translation>Identität nicht geprüft</translation>
    </message>
    <message>
        <source>Identity verified</source>
        <translation>Identität geprüft</translation>
    </message>
    <message>
        <source>Identity: being looked up</source>
        <translation>Identität: wird gesucht</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Put on record: {0}</source>
        <translation>Hinterlegen: {0}</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Right answers still needed: {0}</source>
        <translation>Noch nötige richtige Antworten: {0}</translation>
    </message>
    <message>
        <source>Right: {0}</source>
        <translation>Richtig: {0}</translation>
    </message>
    <message>
        <source>Right: {0}.</source>
        <translation>Richtig: {0}.</translation>
    </message>
    <message>
        <source>Voice PIN not passed in IVR.</source>
        <translation>Sprach-PIN im Menü nicht bestanden.</translation>
    </message>
    <message>
        <source>Voice PIN passed in IVR.</source>
        <translation>Sprach-PIN im Menü bestanden.</translation>
    </message>
    <message>
        <source>What the caller says</source>
        <translation>Was der Anrufer sagt</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>may be wrong: {0}</source>
        <translation>noch erlaubte falsche: {0}</translation>
    </message>
    <message>
        <source>none may be wrong</source>
        <translation>keine darf falsch sein</translation>
    </message>
    <message>
        <source>{0} let answers be compared again at {1}: {2}</source>
        <translation>{0} ließ um {1} Antworten wieder vergleichen: {2}</translation>
    </message>
</context>
<context>
    <name>IdentityDesk</name>
    <message>
        <source>A date is written like 12.3.1984 or 1984-03-12.</source>
        <translation>Ein Datum schreibt man wie 12.3.1984 oder 1984-03-12.</translation>
    </message>
    <message>
        <source>It is not kept any more.</source>
        <translation>Es wird nicht mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>Only what a verified caller says is put on record.</source>
        <translation>Hinterlegt wird nur, was ein geprüfter Anrufer sagt.</translation>
    </message>
    <message>
        <source>The database does not answer.</source>
        <translation>Die Datenbank antwortet nicht.</translation>
    </message>
    <message>
        <source>There is nothing to keep.</source>
        <translation>Es gibt nichts aufzubewahren.</translation>
    </message>
    <message>
        <source>What is on record already a team lead replaces.</source>
        <translation>Was schon hinterlegt ist, ersetzt die Teamleitung.</translation>
    </message>
</context>
<context>
    <name>ImportCard</name>
    <message>
        <source>A CSV, Excel, vCard or JSON file</source>
        <translation>Eine CSV-, Excel-, vCard- oder JSON-Datei</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>Andere Datei</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled; nothing was stored.</source>
        <translation>Abgebrochen; nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Comparing with the customers there are…</source>
        <translation>Wird mit vorhandenen Kunden verglichen…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import customers</source>
        <translation>Kunden importieren</translation>
    </message>
    <message>
        <source>Import the past of a PBX</source>
        <translation>Vergangenheit einer Telefonanlage importieren</translation>
    </message>
    <message>
        <source>Import {0}</source>
        <translation>{0} importieren</translation>
    </message>
    <message>
        <source>Line {0}</source>
        <translation>Zeile {0}</translation>
    </message>
    <message>
        <source>Lists of Google Contacts, Outlook and other programs (CSV, Excel), vCards, and what this program has exported. Nothing is stored before you have seen what would happen.</source>
        <translation>Listen aus Google Kontakte, Outlook und anderen Programmen (CSV, Excel), vCards und was dieses Programm exportiert hat. Nichts wird gespeichert, bevor Sie gesehen haben, was geschähe.</translation>
    </message>
    <message>
        <source>No column is a name: say which one it is.</source>
        <translation>Keine Spalte ist ein Name: sagen Sie, welche es ist.</translation>
    </message>
    <message>
        <source>Of {0} entries none says anything new.</source>
        <translation>Von {0} Einträgen sagt keiner etwas Neues.</translation>
    </message>
    <message>
        <source>Of {0} entries {1} would be stored.</source>
        <translation>Von {0} Einträgen würden {1} gespeichert.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>See what would happen</source>
        <translation>Ansehen, was geschähe</translation>
    </message>
    <message>
        <source>Somebody has used or edited {0} of its customers since: they stay.</source>
        <translation>Jemand hat {0} der Kunden seither benutzt oder geändert: sie bleiben.</translation>
    </message>
    <message>
        <source>Storing…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Take it all back</source>
        <translation>Alles zurücknehmen</translation>
    </message>
    <message>
        <source>Taking back what was stored…</source>
        <translation>Gespeichertes wird zurückgenommen…</translation>
    </message>
    <message>
        <source>Taking back…</source>
        <translation>Wird zurückgenommen…</translation>
    </message>
    <message>
        <source>The first customers, as they will be</source>
        <translation>Die ersten Kunden, wie sie sein werden</translation>
    </message>
    <message>
        <source>The import is done.</source>
        <translation>Der Import ist fertig.</translation>
    </message>
    <message>
        <source>The import was taken back.</source>
        <translation>Der Import wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>Where both say something, the file counts</source>
        <translation>Sagen beide etwas, gilt die Datei</translation>
    </message>
    <message>
        <source>Why entries were rejected</source>
        <translation>Warum Einträge zurückgewiesen wurden</translation>
    </message>
    <message>
        <source>… and {0} more</source>
        <translation>… und {0} weitere</translation>
    </message>
</context>
<context>
    <name>InteractionPanel</name>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Choose one to see its legs and notes</source>
        <translation>Wählen Sie einen, um Abschnitte und Notizen zu sehen</translation>
    </message>
    <message>
        <source>How the caller got here</source>
        <translation>Wie der Anrufer hierher kam</translation>
    </message>
    <message>
        <source>Identity check</source>
        <translation>Identitätsprüfung</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>Ankommend</translation>
    </message>
    <message>
        <source>Internal</source>
        <translation>Intern</translation>
    </message>
    <message>
        <source>Legs</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Link this call to another customer</source>
        <translation>Diesen Anruf einem anderen Kunden zuordnen</translation>
    </message>
    <message>
        <source>Link to customer</source>
        <translation>Kunden zuordnen</translation>
    </message>
    <message>
        <source>No call chosen</source>
        <translation>Kein Anruf gewählt</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Open customer</source>
        <translation>Kunden öffnen</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>Ausgehend</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Aufzeichnungen</translation>
    </message>
    <message>
        <source>Talked</source>
        <translation>Gesprochen</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>Gewartet</translation>
    </message>
    <message>
        <source>Withheld number</source>
        <translation>Unterdrückte Nummer</translation>
    </message>
    <message>
        <source>consult</source>
        <translation>Rückfrage</translation>
    </message>
    <message>
        <source>never connected</source>
        <translation>nie verbunden</translation>
    </message>
    <message>
        <source>on hold {0}</source>
        <translation>gehalten {0}</translation>
    </message>
    <message>
        <source>rang {0}</source>
        <translation>klingelte {0}</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>sent on by {0}</source>
        <translation>weitergegeben von {0}</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
</context>
<context>
    <name>IvrHandovers</name>
    <message>
        <source>An amount is a number like 412.60.</source>
        <translation>Ein Betrag ist eine Zahl wie 412.60.</translation>
    </message>
    <message>
        <source>Needs the centre’s collector: nobody else can ask the PBX.</source>
        <translation>Braucht den Kollektor des Centers: niemand sonst kann die Telefonanlage fragen.</translation>
    </message>
    <message>
        <source>Not out of a conference.</source>
        <translation>Nicht aus einer Konferenz.</translation>
    </message>
    <message>
        <source>Only a customer you are talking with can be handed over.</source>
        <translation>Nur ein Kunde, mit dem Sie sprechen, kann übergeben werden.</translation>
    </message>
    <message>
        <source>Paid: {0}, reference {1}</source>
        <translation>Bezahlt: {0}, Beleg {1}</translation>
    </message>
    <message>
        <source>Sign in first: the PBX must know whose call it is.</source>
        <translation>Melden Sie sich zuerst an: die Anlage muss wissen, wessen Anruf es ist.</translation>
    </message>
    <message>
        <source>The PBX did not do it in time.</source>
        <translation>Die Anlage hat es nicht rechtzeitig getan.</translation>
    </message>
    <message>
        <source>The PBX is being asked already.</source>
        <translation>Die Anlage wird schon gefragt.</translation>
    </message>
    <message>
        <source>The card was refused. {0}</source>
        <translation>Die Karte wurde abgelehnt. {0}</translation>
    </message>
    <message>
        <source>The customer did not pay and is back.</source>
        <translation>Der Kunde hat nicht bezahlt und ist zurück.</translation>
    </message>
    <message>
        <source>The customer is in the menu already.</source>
        <translation>Der Kunde ist schon im Menü.</translation>
    </message>
    <message>
        <source>The database is away, and the PBX is asked through it.</source>
        <translation>Die Datenbank ist weg, und über sie wird die Anlage gefragt.</translation>
    </message>
    <message>
        <source>The recording could not be paused: the customer stays with you.</source>
        <translation>Die Aufzeichnung ließ sich nicht anhalten: der Kunde bleibt bei Ihnen.</translation>
    </message>
    <message>
        <source>There is no call.</source>
        <translation>Es gibt keinen Anruf.</translation>
    </message>
</context>
<context>
    <name>IvrWiring</name>
    <message>
        <source>After ten wrong answers in a day no more of a customer’s are compared. Agents see your reason.</source>
        <translation>Nach zehn falschen Antworten an einem Tag werden keine weiteren dieses Kunden verglichen. Agenten sehen Ihren Grund.</translation>
    </message>
    <message>
        <source>Answers of this customer are compared again.</source>
        <translation>Antworten dieses Kunden werden wieder verglichen.</translation>
    </message>
    <message>
        <source>Let them be verified again</source>
        <translation>Prüfung wieder zulassen</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Verify this caller again?</source>
        <translation>Diesen Anrufer wieder prüfen?</translation>
    </message>
</context>
<context>
    <name>KeyCard</name>
    <message>
        <source>Begin without it</source>
        <translation>Ohne ihn beginnen</translation>
    </message>
    <message>
        <source>It holds the key of what this computer has kept and not yet sent.</source>
        <translation>Er hat den Schlüssel zu dem, was dieser Rechner aufbewahrt und noch nicht gesendet hat.</translation>
    </message>
    <message>
        <source>The keyring does not answer, or was not unlocked.</source>
        <translation>Der Schlüsselbund antwortet nicht oder wurde nicht entsperrt.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Unlock it where your desktop asks for its password.</source>
        <translation>Entsperren Sie ihn dort, wo Ihr Desktop nach seinem Passwort fragt.</translation>
    </message>
    <message>
        <source>Waiting for your keyring</source>
        <translation>Warten auf Ihren Schlüsselbund</translation>
    </message>
    <message>
        <source>Without it calls and notes work as always. What waits in the encrypted journal goes out once the keyring answers at a start; until then new entries are kept unencrypted.</source>
        <translation>Ohne ihn gehen Anrufe und Notizen wie immer. Was im verschlüsselten Journal wartet, geht hinaus, sobald der Schlüsselbund bei einem Start antwortet; bis dahin werden neue Einträge unverschlüsselt aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Keypad</source>
        <translation>Tastenfeld</translation>
    </message>
</context>
<context>
    <name>KeysEverywhere</name>
    <message>
        <source>Not possible here: the desktop has no such keys to give, or was told not to.</source>
        <translation>Hier nicht möglich: der Desktop kann solche Tasten nicht geben oder soll es nicht.</translation>
    </message>
    <message>
        <source>Not possible here: this display lets no program have keys everywhere.</source>
        <translation>Hier nicht möglich: diese Anzeige lässt kein Programm Tasten überall haben.</translation>
    </message>
    <message>
        <source>Not to be had, because taken or no keys: {0}</source>
        <translation>Nicht zu haben, weil vergeben oder keine Tasten: {0}</translation>
    </message>
</context>
<context>
    <name>KnowledgePage</name>
    <message>
        <source>Articles</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>Choose one in the list to read it here.</source>
        <translation>Wählen Sie einen in der Liste, um ihn hier zu lesen.</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>Neuer Artikel</translation>
    </message>
    <message>
        <source>No article chosen</source>
        <translation>Kein Artikel gewählt</translation>
    </message>
    <message>
        <source>No article has “{0}”</source>
        <translation>Kein Artikel hat „{0}“</translation>
    </message>
    <message>
        <source>Search articles</source>
        <translation>Artikel suchen</translation>
    </message>
    <message>
        <source>Snippets</source>
        <translation>Textbausteine</translation>
    </message>
    <message>
        <source>There are more: type more to find them</source>
        <translation>Es gibt mehr: tippen Sie mehr, um sie zu finden</translation>
    </message>
    <message>
        <source>There are no articles yet</source>
        <translation>Noch gibt es keine Artikel</translation>
    </message>
</context>
<context>
    <name>KnowledgePanel</name>
    <message>
        <source>All articles</source>
        <translation>Alle Artikel</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>Fewer words, or the beginning of one, find more.</source>
        <translation>Weniger Wörter oder der Anfang eines Wortes finden mehr.</translation>
    </message>
    <message>
        <source>For this call</source>
        <translation>Für diesen Anruf</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>No article has “{0}”</source>
        <translation>Kein Artikel hat „{0}“</translation>
    </message>
    <message>
        <source>Search articles</source>
        <translation>Artikel suchen</translation>
    </message>
    <message>
        <source>Team leads write them on the page Knowledge.</source>
        <translation>Teamleitungen schreiben sie auf der Seite Wissen.</translation>
    </message>
    <message>
        <source>There are more: type more to find them</source>
        <translation>Es gibt mehr: tippen Sie mehr, um sie zu finden</translation>
    </message>
    <message>
        <source>There are no articles yet</source>
        <translation>Noch gibt es keine Artikel</translation>
    </message>
</context>
<context>
    <name>KnowledgeWiring</name>
    <message>
        <source>It could not be saved.</source>
        <translation>Es konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>It could not be saved. Try again in a moment.</source>
        <translation>Es konnte nicht gespeichert werden. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open this page in the browser?</source>
        <translation>Diese Seite im Browser öffnen?</translation>
    </message>
    <message>
        <source>The article could not be read.</source>
        <translation>Der Artikel konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The draft of “{0}” is saved.</source>
        <translation>Der Entwurf von „{0}“ ist gespeichert.</translation>
    </message>
    <message>
        <source>There is no article “{0}”.</source>
        <translation>Es gibt keinen Artikel „{0}“.</translation>
    </message>
    <message>
        <source>This article is not there any more.</source>
        <translation>Diesen Artikel gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>“{0}” is published.</source>
        <translation>„{0}“ ist veröffentlicht.</translation>
    </message>
</context>
<context>
    <name>LayoutCard</name>
    <message>
        <source>A name cannot begin like this.</source>
        <translation>So kann ein Name nicht beginnen.</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Change layout</source>
        <translation>Ansicht ändern</translation>
    </message>
    <message>
        <source>Columns of the agents</source>
        <translation>Spalten der Agenten</translation>
    </message>
    <message>
        <source>Desks of {0} begin with it</source>
        <translation>Arbeitsplätze von {0} beginnen damit</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Everybody’s to choose</source>
        <translation>Für alle wählbar</translation>
    </message>
    <message>
        <source>My own, at every desk of mine</source>
        <translation>Meine eigene, an jedem meiner Arbeitsplätze</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New layout</source>
        <translation>Neue Ansicht</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Not while the database is away: it cannot be asked what became of this layout meanwhile.</source>
        <translation>Nicht, solange die Datenbank fehlt: sie kann nicht gefragt werden, was inzwischen aus dieser Ansicht wurde.</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Queue visits offered</source>
        <translation>Eintritte in Warteschlangen</translation>
    </message>
    <message>
        <source>Queues, in order</source>
        <translation>Warteschlangen, geordnet</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Service level by 15 min</source>
        <translation>Servicelevel je 15 min</translation>
    </message>
    <message>
        <source>There is a layout of this name.</source>
        <translation>Eine Ansicht dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>Tick at least one queue.</source>
        <translation>Haken Sie mindestens eine Warteschlange an.</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Waiting now, last hour</source>
        <translation>Wartende, letzte Stunde</translation>
    </message>
    <message>
        <source>Whose it is</source>
        <translation>Wem sie gehört</translation>
    </message>
</context>
<context>
    <name>LayoutWiring</name>
    <message>
        <source>All queues</source>
        <translation>Alle Warteschlangen</translation>
    </message>
    <message>
        <source>Board layouts</source>
        <translation>Ansichten des Leitstands</translation>
    </message>
    <message>
        <source>Change “{0}”…</source>
        <translation>„{0}“ ändern…</translation>
    </message>
    <message>
        <source>New layout…</source>
        <translation>Neue Ansicht…</translation>
    </message>
    <message>
        <source>Queues of {0}</source>
        <translation>Warteschlangen von {0}</translation>
    </message>
    <message>
        <source>The layout is kept on this desk until the database is back.</source>
        <translation>Die Ansicht bleibt an diesem Arbeitsplatz, bis die Datenbank zurück ist.</translation>
    </message>
    <message>
        <source>The wallboard is on this screen</source>
        <translation>Das Wallboard ist auf diesem Bildschirm</translation>
    </message>
    <message>
        <source>{0} (published)</source>
        <translation>{0} (veröffentlicht)</translation>
    </message>
    <message>
        <source>{0} (shown now)</source>
        <translation>{0} (jetzt gezeigt)</translation>
    </message>
</context>
<context>
    <name>ListStates</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
</context>
<context>
    <name>LiveBoard</name>
    <message>
        <source>All queues</source>
        <translation>Alle Warteschlangen</translation>
    </message>
    <message>
        <source>Either nothing happens, or the feed from the phone system has stopped.</source>
        <translation>Entweder geschieht nichts, oder die Telefonanlage meldet nichts mehr.</translation>
    </message>
    <message>
        <source>Figures appear with the first caller.</source>
        <translation>Zahlen erscheinen mit dem ersten Anrufer.</translation>
    </message>
    <message>
        <source>No calls yet today</source>
        <translation>Heute noch keine Anrufe</translation>
    </message>
    <message>
        <source>No news from the queues for {0}.</source>
        <translation>Seit {0} nichts Neues aus den Warteschlangen.</translation>
    </message>
    <message>
        <source>No queues yet</source>
        <translation>Noch keine Warteschlangen</translation>
    </message>
    <message>
        <source>Nothing is known yet</source>
        <translation>Noch ist nichts bekannt</translation>
    </message>
    <message>
        <source>The board shows a queue as soon as one is set up.</source>
        <translation>Der Leitstand zeigt eine Warteschlange, sobald sie eingerichtet ist.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>A call is still running</source>
        <translation>Ein Anruf läuft noch</translation>
    </message>
    <message>
        <source>Close and keep the call</source>
        <translation>Schließen und Anruf behalten</translation>
    </message>
    <message>
        <source>Hang up and close</source>
        <translation>Auflegen und schließen</translation>
    </message>
    <message>
        <source>Incoming call: {0}</source>
        <translation>Ankommender Anruf: {0}</translation>
    </message>
    <message>
        <source>Nobody in this database signs in as “{0}”: calls are recorded without an agent.</source>
        <translation>Niemand meldet sich in dieser Datenbank als „{0}“ an: Anrufe werden ohne Agenten festgehalten.</translation>
    </message>
    <message>
        <source>Practice: the calls are made up, the phone is real. F2 answers, F9 ends, F1 shows all keys.</source>
        <translation>Übung: die Anrufe sind erfunden, das Telefon ist echt. F2 nimmt an, F9 beendet, F1 zeigt alle Tasten.</translation>
    </message>
    <message>
        <source>Put your login into Settings, Work.</source>
        <translation>Tragen Sie Ihren Login unter Einstellungen, Arbeit ein.</translation>
    </message>
    <message>
        <source>Sign out, and in again with your own login.</source>
        <translation>Melden Sie sich ab und mit Ihrem eigenen Login wieder an.</translation>
    </message>
    <message>
        <source>Something went wrong in this program: {0}. It is in the log; your work is kept.</source>
        <translation>In diesem Programm ist etwas schiefgegangen: {0}. Es steht im Protokoll; Ihre Arbeit ist gesichert.</translation>
    </message>
    <message>
        <source>The login that is signed in is a service’s: nothing that an agent does can be kept.</source>
        <translation>Angemeldet ist der Login eines Dienstes: nichts, was ein Agent tut, kann gespeichert werden.</translation>
    </message>
    <message>
        <source>The phone can keep it for you: start again within a minute to take it back.</source>
        <translation>Das Telefon kann ihn für Sie halten: starten Sie binnen einer Minute neu, um ihn zurückzunehmen.</translation>
    </message>
</context>
<context>
    <name>ManualEntry</name>
    <message>
        <source>6:24 or 6 min</source>
        <translation>6:24 oder 6 min</translation>
    </message>
    <message>
        <source>A call taken elsewhere</source>
        <translation>Ein woanders geführtes Gespräch</translation>
    </message>
    <message>
        <source>Another customer</source>
        <translation>Anderer Kunde</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Begann</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Customers found</source>
        <translation>Gefundene Kunden</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Disposition</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Enter the number or choose the customer</source>
        <translation>Geben Sie die Nummer ein oder wählen Sie den Kunden</translation>
    </message>
    <message>
        <source>Find the customer</source>
        <translation>Kunden suchen</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>Ankommend</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Name, number or account</source>
        <translation>Name, Nummer oder Kundennr.</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Niemand gefunden</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>Ausgehend</translation>
    </message>
    <message>
        <source>Save call</source>
        <translation>Anruf speichern</translation>
    </message>
    <message>
        <source>The call cannot have begun in the future</source>
        <translation>Der Anruf kann nicht in der Zukunft begonnen haben</translation>
    </message>
    <message>
        <source>This is not a phone number</source>
        <translation>Das ist keine Telefonnummer</translation>
    </message>
    <message>
        <source>What it was about</source>
        <translation>Worum es ging</translation>
    </message>
    <message>
        <source>Write the length as 6:24 or 6 min</source>
        <translation>Schreiben Sie die Dauer als 6:24 oder 6 min</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy  HH:mm</source>
        <translation>ddd d. MMM yyyy  HH:mm</translation>
    </message>
</context>
<context>
    <name>Mapping</name>
    <message>
        <source>Column {0}</source>
        <translation>Spalte {0}</translation>
    </message>
    <message>
        <source>Meaning of the column {0}</source>
        <translation>Bedeutung der Spalte {0}</translation>
    </message>
</context>
<context>
    <name>MergeCard</name>
    <message>
        <source>After that</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose what stays. Contacts, tickets, numbers and e-mail of both come together.</source>
        <translation>Wählen Sie, was bleibt. Kontakte, Tickets, Nummern und E-Mails beider kommen zusammen.</translation>
    </message>
    <message>
        <source>Contacts: {0}</source>
        <translation>Kontakte: {0}</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>Merge {0} with {1}</source>
        <translation>{0} mit {1} zusammenführen</translation>
    </message>
    <message>
        <source>Neither has any contacts yet.</source>
        <translation>Keiner hat bisher Kontakte.</translation>
    </message>
    <message>
        <source>The same in both: {0}</source>
        <translation>In beiden gleich: {0}</translation>
    </message>
    <message>
        <source>Tickets: {0}</source>
        <translation>Tickets: {0}</translation>
    </message>
    <message>
        <source>To do: {0}</source>
        <translation>Zu tun: {0}</translation>
    </message>
    <message>
        <source>Two different people</source>
        <translation>Zwei verschiedene Personen</translation>
    </message>
    <message>
        <source>{0}, {1} of them from {2}</source>
        <translation>{0}, davon {1} von {2}</translation>
    </message>
</context>
<context>
    <name>MergeList</name>
    <message>
        <source>Account no.</source>
        <translation>Kundennr.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Wieder fragen</translation>
    </message>
    <message>
        <source>Ask again: {0}</source>
        <translation>Wieder fragen: {0}</translation>
    </message>
    <message>
        <source>Changed since and left as it is: {0}.</source>
        <translation>Seither geändert und so belassen: {0}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Kontakte</translation>
    </message>
    <message>
        <source>Contacts: {0}</source>
        <translation>Kontakte: {0}</translation>
    </message>
    <message>
        <source>Customer since</source>
        <translation>Kunde seit</translation>
    </message>
    <message>
        <source>E-mail addresses</source>
        <translation>E-Mail-Adressen</translation>
    </message>
    <message>
        <source>E-mail addresses: {0}</source>
        <translation>E-Mail-Adressen: {0}</translation>
    </message>
    <message>
        <source>Earlier merges</source>
        <translation>Frühere Zusammenführungen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Merged customers</source>
        <translation>Zusammengeführte Kunden</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Nobody has been merged yet.</source>
        <translation>Noch wurde niemand zusammengeführt.</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Nummern</translation>
    </message>
    <message>
        <source>Numbers: {0}</source>
        <translation>Nummern: {0}</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Einen Moment…</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Produkte</translation>
    </message>
    <message>
        <source>Products: {0}</source>
        <translation>Produkte: {0}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show {0}</source>
        <translation>{0} zeigen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>Tickets: {0}</source>
        <translation>Tickets: {0}</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>To do: {0}</source>
        <translation>Zu tun: {0}</translation>
    </message>
    <message>
        <source>Two people, somebody said</source>
        <translation>Zwei Personen, wurde gesagt</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo: {0}</source>
        <translation>Rückgängig: {0}</translation>
    </message>
    <message>
        <source>Undone {0}.</source>
        <translation>Rückgängig gemacht {0}.</translation>
    </message>
    <message>
        <source>Work list</source>
        <translation>Arbeitsliste</translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} und {1}</translation>
    </message>
    <message>
        <source>{0} became {1}</source>
        <translation>{0} wurde zu {1}</translation>
    </message>
    <message>
        <source>{0} has been merged with {1} since: undo that first.</source>
        <translation>{0} wurde seither mit {1} zusammengeführt: machen Sie das zuerst rückgängig.</translation>
    </message>
</context>
<context>
    <name>MergeWiring</name>
    <message>
        <source>Not merged: {0}</source>
        <translation>Nicht zusammengeführt: {0}</translation>
    </message>
    <message>
        <source>Not undone: {0}</source>
        <translation>Nicht rückgängig gemacht: {0}</translation>
    </message>
    <message>
        <source>They could not be fetched.</source>
        <translation>Sie konnten nicht geholt werden.</translation>
    </message>
    <message>
        <source>This is one and the same customer already.</source>
        <translation>Das ist schon ein und derselbe Kunde.</translation>
    </message>
    <message>
        <source>Two different people: nobody is asked again</source>
        <translation>Zwei verschiedene Personen: niemand wird mehr gefragt</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{0} and {1} are one customer now</source>
        <translation>{0} und {1} sind jetzt ein Kunde</translation>
    </message>
    <message>
        <source>{0} and {1} are two customers again.</source>
        <translation>{0} und {1} sind wieder zwei Kunden.</translation>
    </message>
    <message>
        <source>{0} and {1} become one customer once the database is back</source>
        <translation>{0} und {1} werden ein Kunde, sobald die Datenbank zurück ist</translation>
    </message>
</context>
<context>
    <name>MiniBar</name>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Close the mini bar</source>
        <translation>Minileiste schließen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>Auflegen</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Halten</translation>
    </message>
    <message>
        <source>Mini bar</source>
        <translation>Minileiste</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Show the main window</source>
        <translation>Hauptfenster zeigen</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Ton an</translation>
    </message>
</context>
<context>
    <name>MonitorBar</name>
    <message>
        <source>Listening to {0} begins</source>
        <translation>Mithören bei {0} beginnt</translation>
    </message>
    <message>
        <source>Stop listening</source>
        <translation>Mithören beenden</translation>
    </message>
    <message>
        <source>The PBX calls your phone.</source>
        <translation>Die Anlage ruft Ihr Telefon an.</translation>
    </message>
    <message>
        <source>You are in the call of {0}</source>
        <translation>Sie sind im Gespräch von {0}</translation>
    </message>
    <message>
        <source>You listen to {0}</source>
        <translation>Sie hören bei {0} mit</translation>
    </message>
    <message>
        <source>You whisper to {0}</source>
        <translation>Sie flüstern mit {0}</translation>
    </message>
    <message>
        <source>{0}: the PBX is being asked…</source>
        <translation>{0}: die Anlage wird gefragt…</translation>
    </message>
</context>
<context>
    <name>Monitoring</name>
    <message>
        <source>Nobody carried it out: is the collector running?</source>
        <translation>Niemand hat es ausgeführt: läuft der Kollektor?</translation>
    </message>
    <message>
        <source>You have a call yourself.</source>
        <translation>Sie haben selbst einen Anruf.</translation>
    </message>
</context>
<context>
    <name>NewCallerForm</name>
    <message>
        <source>A customer needs a name.</source>
        <translation>Ein Kunde braucht einen Namen.</translation>
    </message>
    <message>
        <source>Caller not looked up</source>
        <translation>Anrufer nicht gesucht</translation>
    </message>
    <message>
        <source>Create customer</source>
        <translation>Kunden anlegen</translation>
    </message>
    <message>
        <source>Customers found</source>
        <translation>Gefundene Kunden</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Find an existing customer</source>
        <translation>Vorhandenen Kunden suchen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name, number or account</source>
        <translation>Name, Nummer oder Kundennr.</translation>
    </message>
    <message>
        <source>New caller</source>
        <translation>Neuer Anrufer</translation>
    </message>
    <message>
        <source>No customer has this number.</source>
        <translation>Kein Kunde hat diese Nummer.</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Niemand gefunden</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Or link to an existing customer</source>
        <translation>Oder vorhandenem Kunden zuordnen</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>The caller’s number was not sent. Ask for it.</source>
        <translation>Die Nummer des Anrufers wurde nicht übermittelt. Fragen Sie danach.</translation>
    </message>
    <message>
        <source>What the call itself said is filled in.</source>
        <translation>Was der Anruf selbst sagte, ist ausgefüllt.</translation>
    </message>
    <message>
        <source>Withheld number</source>
        <translation>Unterdrückte Nummer</translation>
    </message>
</context>
<context>
    <name>NewTicketWiring</name>
    <message>
        <source>This call</source>
        <translation>Dieser Anruf</translation>
    </message>
</context>
<context>
    <name>NextList</name>
    <message>
        <source>Next</source>
        <translation>Als Nächstes</translation>
    </message>
</context>
<context>
    <name>NoteBox</name>
    <message>
        <source>Add a note</source>
        <translation>Notiz hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Edit note</source>
        <translation>Notiz bearbeiten</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Neue Notiz</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>Notiz speichern</translation>
    </message>
</context>
<context>
    <name>NoticeList</name>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Meldungen</translation>
    </message>
</context>
<context>
    <name>OtherScripts</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Choose a script</source>
        <translation>Leitfaden wählen</translation>
    </message>
    <message>
        <source>Keep the present one</source>
        <translation>Beim jetzigen bleiben</translation>
    </message>
    <message>
        <source>There is no other script.</source>
        <translation>Es gibt keinen anderen Leitfaden.</translation>
    </message>
</context>
<context>
    <name>Outbox</name>
    <message>
        <source>Account number</source>
        <translation>Kundennummer</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Answers of a script</source>
        <translation>Antworten eines Leitfadens</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>Rückruf</translation>
    </message>
    <message>
        <source>Change of a ticket</source>
        <translation>Änderung eines Tickets</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Discarded: {0}</source>
        <translation>Verworfen: {0}</translation>
    </message>
    <message>
        <source>Entry of the work list</source>
        <translation>Eintrag der Arbeitsliste</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Everything has reached the database.</source>
        <translation>Alles hat die Datenbank erreicht.</translation>
    </message>
    <message>
        <source>For the audit: a page that was looked at</source>
        <translation>Fürs Prüfprotokoll: eine angesehene Seite</translation>
    </message>
    <message>
        <source>For the audit: an export</source>
        <translation>Fürs Prüfprotokoll: ein Export</translation>
    </message>
    <message>
        <source>For the audit: why somebody was called</source>
        <translation>Fürs Prüfprotokoll: warum jemand angerufen wurde</translation>
    </message>
    <message>
        <source>Identity check</source>
        <translation>Identitätsprüfung</translation>
    </message>
    <message>
        <source>It is on its way.</source>
        <translation>Es ist unterwegs.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Missed call</source>
        <translation>Verpasster Anruf</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Neues Ticket</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Refused by the database: {0}</source>
        <translation>Von der Datenbank abgelehnt: {0}</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Times of a call</source>
        <translation>Zeiten eines Anrufs</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle noch einmal</translation>
    </message>
    <message>
        <source>Two customers are two again</source>
        <translation>Zwei Kunden sind wieder zwei</translation>
    </message>
    <message>
        <source>Two customers become one</source>
        <translation>Zwei Kunden werden einer</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo: {0}</source>
        <translation>Rückgängig: {0}</translation>
    </message>
    <message>
        <source>Unsent entries</source>
        <translation>Nicht gesendete Einträge</translation>
    </message>
    <message>
        <source>Use of an article</source>
        <translation>Nutzung eines Artikels</translation>
    </message>
    <message>
        <source>Waiting to be sent: {0}</source>
        <translation>Warten auf das Senden: {0}</translation>
    </message>
    <message>
        <source>What a customer is known by</source>
        <translation>Woran ein Kunde erkannt wird</translation>
    </message>
    <message>
        <source>Whether two customers are one person</source>
        <translation>Ob zwei Kunden eine Person sind</translation>
    </message>
    <message>
        <source>Whose call it was</source>
        <translation>Wessen Anruf es war</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
    <message>
        <source>Written by a newer version of this program</source>
        <translation>Von einer neueren Version dieses Programms geschrieben</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>und {0} weitere</translation>
    </message>
</context>
<context>
    <name>OutboxWiring</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Kept here until it is back: {0}.</source>
        <translation>Bleibt hier, bis sie zurück ist: {0}.</translation>
    </message>
    <message>
        <source>Refused by the database: {0}</source>
        <translation>Von der Datenbank abgelehnt: {0}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
</context>
<context>
    <name>OutcomeWords</name>
    <message>
        <source>Comes to nothing for the made-up caller</source>
        <translation>Ergibt für den erfundenen Anrufer nichts</translation>
    </message>
    <message>
        <source>Does not hold for the made-up caller</source>
        <translation>Gilt nicht für den erfundenen Anrufer</translation>
    </message>
    <message>
        <source>For the made-up caller: {0}</source>
        <translation>Für den erfundenen Anrufer: {0}</translation>
    </message>
    <message>
        <source>Holds for the made-up caller</source>
        <translation>Gilt für den erfundenen Anrufer</translation>
    </message>
    <message>
        <source>It cannot be worked out: {0}</source>
        <translation>Es lässt sich nicht berechnen: {0}</translation>
    </message>
    <message>
        <source>Not known before an answer to {0}</source>
        <translation>Nicht bekannt vor einer Antwort auf {0}</translation>
    </message>
</context>
<context>
    <name>OutsideCalls</name>
    <message>
        <source>Another call is being asked about in the window</source>
        <translation>Im Fenster wird schon nach einem anderen Anruf gefragt</translation>
    </message>
    <message>
        <source>Another program asks for this call.</source>
        <translation>Ein anderes Programm bittet um diesen Anruf.</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Call {0}, {1}?</source>
        <translation>{0} anrufen, {1}?</translation>
    </message>
    <message>
        <source>Call {0}?</source>
        <translation>{0} anrufen?</translation>
    </message>
    <message>
        <source>The database is away: known {0} ago.</source>
        <translation>Die Datenbank ist weg: bekannt seit {0}.</translation>
    </message>
    <message>
        <source>Then dial extension {0}.</source>
        <translation>Danach Nebenstelle {0} wählen.</translation>
    </message>
    <message>
        <source>This is an emergency number.</source>
        <translation>Das ist eine Notrufnummer.</translation>
    </message>
</context>
<context>
    <name>OwnPresence</name>
    <message>
        <source>This computer’s clock is {0} s ahead of the database’s.</source>
        <translation>Die Uhr dieses Rechners geht gegenüber der Datenbank {0} s vor.</translation>
    </message>
    <message>
        <source>This computer’s clock is {0} s behind the database’s.</source>
        <translation>Die Uhr dieses Rechners geht gegenüber der Datenbank {0} s nach.</translation>
    </message>
    <message>
        <source>Times are set right here; have the clock set.</source>
        <translation>Zeiten werden hier berichtigt; lassen Sie die Uhr stellen.</translation>
    </message>
    <message>
        <source>You work at another desktop now ({0}). Here you are Offline.</source>
        <translation>Sie arbeiten jetzt an einem anderen Arbeitsplatz ({0}). Hier sind Sie offline.</translation>
    </message>
    <message>
        <source>{0} has signed you out: {1}</source>
        <translation>{0} hat Sie abgemeldet: {1}</translation>
    </message>
</context>
<context>
    <name>PaletteWiring</name>
    <message>
        <source>Articles</source>
        <translation>Artikel</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Kunden</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>{0} has no extension to call.</source>
        <translation>{0} hat keine Nebenstelle zum Anrufen.</translation>
    </message>
</context>
<context>
    <name>Party</name>
    <message>
        <source>Drop</source>
        <translation>Trennen</translation>
    </message>
</context>
<context>
    <name>PasswordCard</name>
    <message>
        <source>A password needs at least {0} letters</source>
        <translation>Ein Passwort braucht mindestens {0} Zeichen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Change your password</source>
        <translation>Passwort ändern</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Neues Passwort</translation>
    </message>
    <message>
        <source>Of {0} on {1}</source>
        <translation>Von {0} auf {1}</translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>Jetziges Passwort</translation>
    </message>
    <message>
        <source>The new one again</source>
        <translation>Das neue noch einmal</translation>
    </message>
    <message>
        <source>The server is asked …</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
    <message>
        <source>These are two different passwords</source>
        <translation>Das sind zwei verschiedene Passwörter</translation>
    </message>
    <message>
        <source>This is the present one</source>
        <translation>Das ist das jetzige</translation>
    </message>
    <message>
        <source>Type the present one first</source>
        <translation>Tippen Sie zuerst das jetzige</translation>
    </message>
    <message>
        <source>at least {0} letters</source>
        <translation>mindestens {0} Zeichen</translation>
    </message>
</context>
<context>
    <name>PastImports</name>
    <message>
        <source>Earlier imports</source>
        <translation>Frühere Importe</translation>
    </message>
    <message>
        <source>History: figures were made of it</source>
        <translation>Vergangenheit: daraus wurden Zahlen</translation>
    </message>
    <message>
        <source>Stored nothing</source>
        <translation>Nichts gespeichert</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Take back the import of {0}</source>
        <translation>Import von {0} zurücknehmen</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Too old: what was there before is gone</source>
        <translation>Zu alt: was vorher da war, ist weg</translation>
    </message>
    <message>
        <source>nothing new</source>
        <translation>nichts Neues</translation>
    </message>
    <message>
        <source>{0} completed</source>
        <translation>{0} ergänzt</translation>
    </message>
    <message>
        <source>{0} known already</source>
        <translation>{0} schon bekannt</translation>
    </message>
    <message>
        <source>{0} new</source>
        <translation>{0} neu</translation>
    </message>
    <message>
        <source>{0} rejected</source>
        <translation>{0} zurückgewiesen</translation>
    </message>
</context>
<context>
    <name>PauseWatch</name>
    <message>
        <source>Your pause “{0}” ends in {1} s.</source>
        <translation>Ihre Pause „{0}“ endet in {1} s.</translation>
    </message>
    <message>
        <source>Your pause “{0}” is over.</source>
        <translation>Ihre Pause „{0}“ ist vorbei.</translation>
    </message>
</context>
<context>
    <name>PersonButton</name>
    <message>
        <source>Signed in: {0}</source>
        <translation>Angemeldet: {0}</translation>
    </message>
    <message>
        <source>Who is signed in</source>
        <translation>Wer angemeldet ist</translation>
    </message>
</context>
<context>
    <name>PersonWiring</name>
    <message>
        <source>A call is still running: end it first.</source>
        <translation>Ein Anruf läuft noch: beenden Sie ihn zuerst.</translation>
    </message>
    <message>
        <source>Change your password</source>
        <translation>Passwort ändern</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>Eines wählen</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Niemand ist angemeldet</translation>
    </message>
    <message>
        <source>Not sent yet: {0}. It stays here and is sent when you sign in again.</source>
        <translation>Noch nicht gesendet: {0}. Es bleibt hier und wird gesendet, wenn Sie sich wieder anmelden.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Sign out?</source>
        <translation>Abmelden?</translation>
    </message>
    <message>
        <source>The present password is not right</source>
        <translation>Das jetzige Passwort stimmt nicht</translation>
    </message>
    <message>
        <source>There is no keyring here: it is kept until the program ends.</source>
        <translation>Es gibt hier keinen Schlüsselbund: es bleibt, bis das Programm endet.</translation>
    </message>
    <message>
        <source>This computer forgets your password and asks who works here next.</source>
        <translation>Dieser Rechner vergisst Ihr Passwort und fragt, wer hier als Nächstes arbeitet.</translation>
    </message>
    <message>
        <source>You are in no team now.</source>
        <translation>Sie sind jetzt in keinem Team.</translation>
    </message>
    <message>
        <source>Your administrator made this password: choose one of your own.</source>
        <translation>Ihre Administration hat dieses Passwort vergeben: wählen Sie ein eigenes.</translation>
    </message>
    <message>
        <source>Your password was changed.</source>
        <translation>Ihr Passwort wurde geändert.</translation>
    </message>
    <message>
        <source>Your password was not changed: {0}</source>
        <translation>Ihr Passwort wurde nicht geändert: {0}</translation>
    </message>
    <message>
        <source>Your role was changed: {0}.</source>
        <translation>Ihre Rolle wurde geändert: {0}.</translation>
    </message>
    <message>
        <source>Your team is now {0}.</source>
        <translation>Ihr Team ist jetzt {0}.</translation>
    </message>
    <message>
        <source>{0} on {1}</source>
        <translation>{0} auf {1}</translation>
    </message>
</context>
<context>
    <name>PhoneLine</name>
    <message>
        <source>Call {0}</source>
        <translation>{0} anrufen</translation>
    </message>
    <message>
        <source>Call {0}, {1} ({2})</source>
        <translation>{0} anrufen, {1} ({2})</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
</context>
<context>
    <name>PickField</name>
    <message>
        <source>None are known yet</source>
        <translation>Noch sind keine bekannt</translation>
    </message>
    <message>
        <source>Pick from the list</source>
        <translation>Aus der Liste wählen</translation>
    </message>
</context>
<context>
    <name>PickList</name>
    <message>
        <source>Customers who match</source>
        <translation>Passende Kunden</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Niemand davon</translation>
    </message>
    <message>
        <source>Press 1–9, or click</source>
        <translation>1–9 drücken oder klicken</translation>
    </message>
    <message>
        <source>Who is calling from {0}?</source>
        <translation>Wer ruft an von {0}?</translation>
    </message>
    <message>
        <source>Who is calling?</source>
        <translation>Wer ruft an?</translation>
    </message>
</context>
<context>
    <name>Pops</name>
    <message>
        <source>The database does not answer.</source>
        <translation>Die Datenbank antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>Practice</name>
    <message>
        <source>The practice switch ended: {0}</source>
        <translation>Die Übungsanlage ist beendet: {0}</translation>
    </message>
</context>
<context>
    <name>PracticeChip</name>
    <message>
        <source>Calls and figures are made up. Nothing here reaches a real customer.</source>
        <translation>Anrufe und Zahlen sind erfunden. Nichts davon erreicht einen echten Kunden.</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>Practice, speed {0}</source>
        <translation>Übung, Tempo {0}</translation>
    </message>
    <message>
        <source>Real time</source>
        <translation>Echtzeit</translation>
    </message>
    <message>
        <source>Ring me a practice call now</source>
        <translation>Jetzt einen Übungsanruf bekommen</translation>
    </message>
    <message>
        <source>{0} times faster</source>
        <translation>{0}-mal schneller</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>(no name)</source>
        <translation>(kein Name)</translation>
    </message>
</context>
<context>
    <name>PreviewPane</name>
    <message>
        <source>Made-up caller</source>
        <translation>Erfundener Anrufer</translation>
    </message>
    <message>
        <source>Test from the start</source>
        <translation>Von Anfang an erproben</translation>
    </message>
    <message>
        <source>What is known of the made-up caller, a line each</source>
        <translation>Was vom erfundenen Anrufer bekannt ist, je eine Zeile</translation>
    </message>
</context>
<context>
    <name>ProvisioningWiring</name>
    <message>
        <source>Your phone is set up by your administrator: {0}</source>
        <translation>Ihr Telefon wird von Ihrer Administration eingerichtet: {0}</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>Account no.</source>
        <translation>Kundennr.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Customer since</source>
        <translation>Kunde seit</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
</context>
<context>
    <name>QWidget</name>
    <message>
        <source>Not handed over: {0}</source>
        <translation>Nicht übergeben: {0}</translation>
    </message>
    <message>
        <source>Not paid: {0}, given up at {1}</source>
        <translation>Nicht bezahlt: {0}, aufgegeben um {1}</translation>
    </message>
    <message>
        <source>Not paid: {0}, hung up at {1}</source>
        <translation>Nicht bezahlt: {0}, aufgelegt um {1}</translation>
    </message>
    <message>
        <source>Not paid: {0}, taken back at {1}</source>
        <translation>Nicht bezahlt: {0}, zurückgeholt um {1}</translation>
    </message>
    <message>
        <source>Paid {0} at {1}, reference {2}</source>
        <translation>{0} bezahlt um {1}, Beleg {2}</translation>
    </message>
    <message>
        <source>Refused: {0} at {1}. {2}</source>
        <translation>Abgelehnt: {0} um {1}. {2}</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
</context>
<context>
    <name>QuestionForm</name>
    <message>
        <source>Add answer</source>
        <translation>Antwort hinzufügen</translation>
    </message>
    <message>
        <source>Amount of money</source>
        <translation>Geldbetrag</translation>
    </message>
    <message>
        <source>An answer is needed</source>
        <translation>Eine Antwort ist nötig</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Gefragt</translation>
    </message>
    <message>
        <source>Characters, least</source>
        <translation>Zeichen, mindestens</translation>
    </message>
    <message>
        <source>Characters, most</source>
        <translation>Zeichen, höchstens</translation>
    </message>
    <message>
        <source>Choice of answers</source>
        <translation>Auswahl von Antworten</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Währung</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Earliest (today-1)</source>
        <translation>Frühestens (today-1)</translation>
    </message>
    <message>
        <source>Help below the field</source>
        <translation>Hilfe unter dem Feld</translation>
    </message>
    <message>
        <source>Kept as</source>
        <translation>Aufbewahrt als</translation>
    </message>
    <message>
        <source>Latest (today+30)</source>
        <translation>Spätestens (today+30)</translation>
    </message>
    <message>
        <source>Least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>No goes on with</source>
        <translation>Nein geht weiter mit</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>Telefonnummer</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Several lines</source>
        <translation>Mehrere Zeilen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Whole numbers only</source>
        <translation>Nur ganze Zahlen</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Yes goes on with</source>
        <translation>Ja geht weiter mit</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>Ja oder nein</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>the ways below</source>
        <translation>den Wegen unten</translation>
    </message>
    <message>
        <source>words</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>QueueEntry</name>
    <message>
        <source>, as of {0}</source>
        <translation>, Stand {0}</translation>
    </message>
    <message>
        <source>, target broken</source>
        <translation>, Ziel verfehlt</translation>
    </message>
    <message>
        <source>{0}: {1} waiting, longest {2}</source>
        <translation>{0}: {1} wartend, am längsten {2}</translation>
    </message>
</context>
<context>
    <name>QueueOrder</name>
    <message>
        <source>Queues of this layout</source>
        <translation>Warteschlangen dieser Ansicht</translation>
    </message>
</context>
<context>
    <name>QueueStatus</name>
    <message>
        <source>as of {0}</source>
        <translation>Stand {0}</translation>
    </message>
    <message>
        <source>service level {0}</source>
        <translation>Servicelevel {0}</translation>
    </message>
    <message>
        <source>{0} waiting</source>
        <translation>{0} wartend</translation>
    </message>
</context>
<context>
    <name>QueueStrip</name>
    <message>
        <source>More queues: {0}</source>
        <translation>Weitere Warteschlangen: {0}</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Screens</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>RailEntry</name>
    <message>
        <source>{0}, wants attention</source>
        <translation>{0}, braucht Aufmerksamkeit</translation>
    </message>
</context>
<context>
    <name>ReachLines</name>
    <message>
        <source>Add address</source>
        <translation>Adresse hinzufügen</translation>
    </message>
    <message>
        <source>Add number</source>
        <translation>Nummer hinzufügen</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>Schon da</translation>
    </message>
    <message>
        <source>An address looks like name@example.org</source>
        <translation>Eine Adresse sieht aus wie name@example.org</translation>
    </message>
    <message>
        <source>Cannot be dialled from outside</source>
        <translation>Von außen nicht wählbar</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>Empty: remove the line instead</source>
        <translation>Leer: entfernen Sie stattdessen die Zeile</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>Kind of number</source>
        <translation>Art der Nummer</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobil</translation>
    </message>
    <message>
        <source>Not a phone number</source>
        <translation>Keine Telefonnummer</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>Nicht gesagt</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>Telefonnummer</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>{0} entfernen</translation>
    </message>
    <message>
        <source>Short number, inside only</source>
        <translation>Kurznummer, nur intern</translation>
    </message>
    <message>
        <source>Stored meanwhile: {0}</source>
        <translation>Inzwischen gespeichert: {0}</translation>
    </message>
    <message>
        <source>Use the stored line</source>
        <translation>Gespeicherte Zeile nehmen</translation>
    </message>
    <message>
        <source>Use this</source>
        <translation>Diesen nehmen</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>{0}: no such range is assigned</source>
        <translation>{0}: ein solcher Bereich ist nicht vergeben</translation>
    </message>
</context>
<context>
    <name>RecordStrip</name>
    <message>
        <source>Nothing is recorded. It goes on by itself in {0}</source>
        <translation>Nichts wird aufgezeichnet. Es geht von selbst weiter in {0}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Pause recording</source>
        <translation>Aufzeichnung anhalten</translation>
    </message>
    <message>
        <source>Paused {0}</source>
        <translation>Angehalten {0}</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufzeichnen</translation>
    </message>
    <message>
        <source>Record this call</source>
        <translation>Diesen Anruf aufzeichnen</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Recording paused</source>
        <translation>Aufzeichnung angehalten</translation>
    </message>
    <message>
        <source>Recording paused, resumes in {0}</source>
        <translation>Aufzeichnung angehalten, weiter in {0}</translation>
    </message>
    <message>
        <source>Recording starts…</source>
        <translation>Aufzeichnung beginnt…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Resume recording</source>
        <translation>Aufzeichnung fortsetzen</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>Aufzeichnung beenden</translation>
    </message>
</context>
<context>
    <name>RecordingLines</name>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Cut short: the file could not be written</source>
        <translation>Abgeschnitten: die Datei konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Cut short: the phone engine stopped</source>
        <translation>Abgeschnitten: das Telefonprogramm brach ab</translation>
    </message>
    <message>
        <source>Cut short: the workstation’s disk was full</source>
        <translation>Abgeschnitten: der Datenträger des Arbeitsplatzes war voll</translation>
    </message>
    <message>
        <source>Cut short: {0}</source>
        <translation>Abgeschnitten: {0}</translation>
    </message>
    <message>
        <source>Encrypted. Whoever has the private key makes sound of it: {0}</source>
        <translation>Verschlüsselt. Hörbar macht es, wer den privaten Schlüssel hat: {0}</translation>
    </message>
    <message>
        <source>In the store</source>
        <translation>In der Ablage</translation>
    </message>
    <message>
        <source>It has ended and waits on the agent’s workstation until the store takes it</source>
        <translation>Sie ist beendet und wartet am Arbeitsplatz des Agenten, bis die Ablage sie nimmt</translation>
    </message>
    <message>
        <source>It is being written on the agent’s workstation</source>
        <translation>Sie wird am Arbeitsplatz des Agenten geschrieben</translation>
    </message>
    <message>
        <source>It was announced before the call</source>
        <translation>Sie wurde vor dem Anruf angekündigt</translation>
    </message>
    <message>
        <source>Kept in</source>
        <translation>Aufbewahrt in</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>Lost from {0}</source>
        <translation>Verloren ab {0}</translation>
    </message>
    <message>
        <source>Lost {0} to {1}, for {2}</source>
        <translation>Verloren {0} bis {1}, {2} lang</translation>
    </message>
    <message>
        <source>Nothing of it was kept</source>
        <translation>Nichts davon wurde aufbewahrt</translation>
    </message>
    <message>
        <source>On its way</source>
        <translation>Unterwegs</translation>
    </message>
    <message>
        <source>Paused from {0}</source>
        <translation>Angehalten ab {0}</translation>
    </message>
    <message>
        <source>Paused {0} to {1}, for {2}</source>
        <translation>Angehalten {0} bis {1}, {2} lang</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Silent at a time that was not noted</source>
        <translation>Stumm zu einer nicht notierten Zeit</translation>
    </message>
    <message>
        <source>Silent {0} to {1}, for {2}</source>
        <translation>Stumm {0} bis {1}, {2} lang</translation>
    </message>
    <message>
        <source>The agent’s own consent was enough</source>
        <translation>Die Einwilligung des Agenten genügte</translation>
    </message>
    <message>
        <source>The customer said yes</source>
        <translation>Der Kunde hat Ja gesagt</translation>
    </message>
    <message>
        <source>resumed by itself</source>
        <translation>von selbst fortgesetzt</translation>
    </message>
    <message>
        <source>resumed by the agent</source>
        <translation>vom Agenten fortgesetzt</translation>
    </message>
    <message>
        <source>sensitive data</source>
        <translation>sensible Daten</translation>
    </message>
    <message>
        <source>the caller’s line was moved</source>
        <translation>die Leitung des Anrufers wurde verlegt</translation>
    </message>
    <message>
        <source>the computer could not keep up</source>
        <translation>der Rechner kam nicht mit</translation>
    </message>
    <message>
        <source>until the end</source>
        <translation>bis zum Ende</translation>
    </message>
</context>
<context>
    <name>RecordingWiring</name>
    <message>
        <source>How did the customer agree to be recorded?</source>
        <translation>Wie hat der Kunde in die Aufzeichnung eingewilligt?</translation>
    </message>
    <message>
        <source>It was announced before the call</source>
        <translation>Sie wurde vor dem Anruf angekündigt</translation>
    </message>
    <message>
        <source>My own consent is enough here</source>
        <translation>Hier genügt meine eigene Einwilligung</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Recording paused</source>
        <translation>Aufzeichnung angehalten</translation>
    </message>
    <message>
        <source>Recording stopped</source>
        <translation>Aufzeichnung beendet</translation>
    </message>
    <message>
        <source>The customer said yes</source>
        <translation>Der Kunde hat Ja gesagt</translation>
    </message>
    <message>
        <source>Your answer is kept with the recording, with your name and the time.</source>
        <translation>Ihre Antwort bleibt bei der Aufzeichnung, mit Ihrem Namen und der Zeit.</translation>
    </message>
</context>
<context>
    <name>Recordings</name>
    <message>
        <source>Only a call that was answered can be recorded.</source>
        <translation>Nur ein angenommener Anruf kann aufgezeichnet werden.</translation>
    </message>
    <message>
        <source>Recording is off in the settings.</source>
        <translation>Aufzeichnen ist in den Einstellungen aus.</translation>
    </message>
    <message>
        <source>Recording needs the centre’s public key, in the settings.</source>
        <translation>Aufzeichnen braucht den öffentlichen Schlüssel des Centers, in den Einstellungen.</translation>
    </message>
    <message>
        <source>Recordings cannot be copied to the store ({0}). They are kept here and tried again.</source>
        <translation>Aufzeichnungen können nicht in die Ablage kopiert werden ({0}). Sie bleiben hier, und es wird wieder versucht.</translation>
    </message>
    <message>
        <source>Sign in first: a recording says whose it is.</source>
        <translation>Melden Sie sich zuerst an: eine Aufzeichnung sagt, von wem sie ist.</translation>
    </message>
    <message>
        <source>The disk of this computer is full: the recording stopped. The call goes on.</source>
        <translation>Der Datenträger dieses Rechners ist voll: die Aufzeichnung wurde beendet. Der Anruf geht weiter.</translation>
    </message>
    <message>
        <source>The recording of the consultation has ended: {0} has not been asked.</source>
        <translation>Die Aufzeichnung der Rückfrage ist beendet: {0} wurde nicht gefragt.</translation>
    </message>
    <message>
        <source>The recording stopped ({0}). The call goes on.</source>
        <translation>Die Aufzeichnung brach ab ({0}). Der Anruf geht weiter.</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>30 min</translation>
    </message>
    <message>
        <source>A longer period may have some</source>
        <translation>Ein längerer Zeitraum hat vielleicht welche</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Je Tag</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>Zurückrufen</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Calls, not queue visits: one call in two queues is one.</source>
        <translation>Anrufe, nicht Eintritte: ein Anruf in zwei Warteschlangen zählt einmal.</translation>
    </message>
    <message>
        <source>Choose another period.</source>
        <translation>Wählen Sie einen anderen Zeitraum.</translation>
    </message>
    <message>
        <source>Count again</source>
        <translation>Neu zählen</translation>
    </message>
    <message>
        <source>Counted {0}</source>
        <translation>Gezählt {0}</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter opens the visits behind a line.</source>
        <translation>Enter öffnet die Eintritte hinter einer Zeile.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Von … bis …</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Letzter Monat</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>Letzte Woche</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>No queue visit in this time</source>
        <translation>Kein Eintritt in dieser Zeit</translation>
    </message>
    <message>
        <source>Nobody gave up in this time</source>
        <translation>Niemand hat in dieser Zeit aufgelegt</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Schedules…</source>
        <translation>Zeitpläne…</translation>
    </message>
    <message>
        <source>Show the call</source>
        <translation>Anruf zeigen</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>The limits were changed within this time: all is counted by those of now.</source>
        <translation>Die Grenzen wurden in dieser Zeit geändert: alles ist nach den jetzigen gezählt.</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Dieser Monat</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>Through the day</source>
        <translation>Im Tagesverlauf</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>{0} callers gave up, {1} wait for a call.</source>
        <translation>{0} Anrufer legten auf, {1} warten auf einen Anruf.</translation>
    </message>
</context>
<context>
    <name>ReportsWiring</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>No collector is running: nothing is made until one does.</source>
        <translation>Kein Kollektor läuft: nichts wird erstellt, bis einer läuft.</translation>
    </message>
    <message>
        <source>No record of this call is known here.</source>
        <translation>Zu diesem Anruf ist hier kein Eintrag bekannt.</translation>
    </message>
    <message>
        <source>Nobody knows whether it was stored.</source>
        <translation>Niemand weiß, ob es gespeichert wurde.</translation>
    </message>
    <message>
        <source>Only the first {0}: a shorter period shows all.</source>
        <translation>Nur die ersten {0}: ein kürzerer Zeitraum zeigt alle.</translation>
    </message>
    <message>
        <source>PDF for reading</source>
        <translation>PDF zum Lesen</translation>
    </message>
    <message>
        <source>Queue visits, not callers: one call in two queues is two. They count where they entered.</source>
        <translation>Eintritte in Warteschlangen, nicht Anrufer: ein Anruf in zwei Warteschlangen zählt zweimal. Sie zählen dort, wo sie begannen.</translation>
    </message>
    <message>
        <source>The database does not answer: nobody can know whether a colleague is at it.</source>
        <translation>Die Datenbank antwortet nicht: niemand kann wissen, ob schon jemand daran arbeitet.</translation>
    </message>
    <message>
        <source>The number of this caller is withheld, or not known here.</source>
        <translation>Die Nummer dieses Anrufers ist unterdrückt oder hier nicht bekannt.</translation>
    </message>
    <message>
        <source>The report could not be counted.</source>
        <translation>Der Bericht konnte nicht gezählt werden.</translation>
    </message>
    <message>
        <source>The report was written to {0}.</source>
        <translation>Der Bericht wurde nach {0} geschrieben.</translation>
    </message>
    <message>
        <source>The schedules could not be fetched.</source>
        <translation>Die Zeitpläne konnten nicht geholt werden.</translation>
    </message>
    <message>
        <source>The visits could not be fetched.</source>
        <translation>Die Eintritte konnten nicht geholt werden.</translation>
    </message>
    <message>
        <source>This caller is done with.</source>
        <translation>Dieser Anrufer ist erledigt.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>“{0}” could not be written: {1}.</source>
        <translation>„{0}“ konnte nicht geschrieben werden: {1}.</translation>
    </message>
</context>
<context>
    <name>RestPage</name>
    <message>
        <source>Calls can neither come nor go until the phone is back.</source>
        <translation>Anrufe können weder kommen noch gehen, bis das Telefon zurück ist.</translation>
    </message>
    <message>
        <source>Line idle</source>
        <translation>Leitung frei</translation>
    </message>
    <message>
        <source>Next call rings here. {0} answers from anywhere.</source>
        <translation>Der nächste Anruf klingelt hier. {0} nimmt von überall an.</translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation>Nicht bereit</translation>
    </message>
    <message>
        <source>Queue calls are not offered. {0} makes you ready.</source>
        <translation>Anrufe aus Warteschlangen kommen nicht. {0} macht Sie bereit.</translation>
    </message>
    <message>
        <source>The next call comes when wrap-up is complete.</source>
        <translation>Der nächste Anruf kommt nach der Nachbearbeitung.</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
    <message>
        <source>You are offline: no calls are offered.</source>
        <translation>Sie sind offline: es kommen keine Anrufe.</translation>
    </message>
</context>
<context>
    <name>ReturnedWiring</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Script given back</source>
        <translation>Leitfaden zurückgegeben</translation>
    </message>
    <message>
        <source>Your script “{0}” was given back</source>
        <translation>Ihr Leitfaden „{0}“ wurde zurückgegeben</translation>
    </message>
    <message>
        <source>{0} · {1} more</source>
        <translation>{0} · {1} weitere</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}: {1}</translation>
    </message>
</context>
<context>
    <name>ReviewCard</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Ctrl Enter</source>
        <translation>Strg Enter</translation>
    </message>
    <message>
        <source>{0} characters too many</source>
        <translation>{0} Zeichen zu viel</translation>
    </message>
</context>
<context>
    <name>ReviewWords</name>
    <message>
        <source>Given back by {0}, {1}</source>
        <translation>Zurückgegeben von {0}, {1}</translation>
    </message>
    <message>
        <source>Handed in by {0}, {1}</source>
        <translation>Eingereicht von {0}, {1}</translation>
    </message>
    <message>
        <source>In a file of one’s own nobody else needs to look it through: you may publish it.</source>
        <translation>In einer eigenen Datei muss ihn niemand sonst durchsehen: Sie dürfen ihn veröffentlichen.</translation>
    </message>
    <message>
        <source>Published by {0}, {1}</source>
        <translation>Veröffentlicht von {0}, {1}</translation>
    </message>
    <message>
        <source>Used again by {0}, {1}</source>
        <translation>Wieder benutzt von {0}, {1}</translation>
    </message>
    <message>
        <source>You wrote it or handed it in, so somebody else who leads a team publishes it.</source>
        <translation>Sie haben ihn geschrieben oder eingereicht, also veröffentlicht ihn jemand anderes aus einer Teamleitung.</translation>
    </message>
    <message>
        <source>You wrote it, and nobody else here may publish scripts: so you may.</source>
        <translation>Sie haben ihn geschrieben, und niemand sonst darf hier Leitfäden veröffentlichen: also dürfen Sie.</translation>
    </message>
    <message>
        <source>somebody who left</source>
        <translation>jemand, der nicht mehr da ist</translation>
    </message>
</context>
<context>
    <name>RingWindow</name>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Ankommender Anruf</translation>
    </message>
    <message>
        <source>Last contact {0}</source>
        <translation>Letzter Kontakt {0}</translation>
    </message>
    <message>
        <source>Show the main window</source>
        <translation>Hauptfenster zeigen</translation>
    </message>
    <message>
        <source>rings {0}</source>
        <translation>klingelt {0}</translation>
    </message>
</context>
<context>
    <name>RingingPage</name>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Answers itself</source>
        <translation>Nimmt sich selbst an</translation>
    </message>
    <message>
        <source>Answers itself in {0} s</source>
        <translation>Nimmt sich selbst an in {0} s</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Details cut</source>
        <translation>Angaben gekürzt</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>Ankommender Anruf</translation>
    </message>
    <message>
        <source>The call’s message was too long: part of what the PBX told is lost</source>
        <translation>Die Nachricht des Anrufs war zu lang: ein Teil der Angaben der Anlage ist verloren</translation>
    </message>
    <message>
        <source>Transferred by {0}</source>
        <translation>Weitergeleitet von {0}</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Mailbox</translation>
    </message>
    <message>
        <source>Whoever sent it asks for that, and your settings allow it (Auto-answer for)</source>
        <translation>Der Absender bittet darum, und Ihre Einstellungen erlauben es (Selbst annehmen von)</translation>
    </message>
    <message>
        <source>{0} asks you about</source>
        <translation>{0} fragt Sie nach</translation>
    </message>
</context>
<context>
    <name>RosterCard</name>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>By the clock on the wall. What is planned there already is replaced.</source>
        <translation>Nach der Uhr an der Wand. Was dort schon geplant ist, wird ersetzt.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>No plan</source>
        <translation>Kein Plan</translation>
    </message>
    <message>
        <source>Only this day</source>
        <translation>Nur dieser Tag</translation>
    </message>
    <message>
        <source>Plan agents: {0}, {1}</source>
        <translation>Agenten planen: {0}, {1}</translation>
    </message>
    <message>
        <source>Plan as needed</source>
        <translation>Nach Bedarf planen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>The same weekday</source>
        <translation>Derselbe Wochentag</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Weeks: </source>
        <translation>Wochen: </translation>
    </message>
</context>
<context>
    <name>RuleCard</name>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Kampagne</translation>
    </message>
    <message>
        <source>Customer’s tag</source>
        <translation>Schlagwort des Kunden</translation>
    </message>
    <message>
        <source>Dialled number</source>
        <translation>Gewählte Nummer</translation>
    </message>
    <message>
        <source>Intent</source>
        <translation>Anliegen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Save rule</source>
        <translation>Regel speichern</translation>
    </message>
</context>
<context>
    <name>RulesForm</name>
    <message>
        <source>Add rule</source>
        <translation>Regel hinzufügen</translation>
    </message>
    <message>
        <source>Calls that fit a rule get this script; of several names in a field one is enough. Of several rules that fit, one that asks for a campaign goes first, then for an intent, a dialled number, a queue, a tag, a language.</source>
        <translation>Anrufe, auf die eine Regel passt, bekommen diesen Leitfaden; von mehreren Namen in einem Feld genügt einer. Passen mehrere Regeln, geht eine mit Kampagne vor, dann eine mit Anliegen, gewählter Nummer, Warteschlange, Schlagwort, Sprache.</translation>
    </message>
    <message>
        <source>No rule names this script: agents can choose it by hand.</source>
        <translation>Keine Regel nennt diesen Leitfaden: Agenten können ihn von Hand wählen.</translation>
    </message>
    <message>
        <source>Which calls get it</source>
        <translation>Welche Anrufe ihn bekommen</translation>
    </message>
</context>
<context>
    <name>SayBox</name>
    <message>
        <source>Say</source>
        <translation>Sagen</translation>
    </message>
    <message>
        <source>Shown as it was written: {0}</source>
        <translation>Gezeigt, wie es geschrieben steht: {0}</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Schritt {0} von {1}</translation>
    </message>
</context>
<context>
    <name>ScheduleForm</name>
    <message>
        <source>A folder below it, such as billing; empty: itself</source>
        <translation>Ein Ordner darunter, etwa rechnungen; leer: er selbst</translation>
    </message>
    <message>
        <source>A report that makes itself</source>
        <translation>Ein Bericht, der sich selbst erstellt</translation>
    </message>
    <message>
        <source>By e-mail</source>
        <translation>Per E-Mail</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>E-mail addresses with commas between them; empty: none</source>
        <translation>E-Mail-Adressen mit Kommas dazwischen; leer: keine</translation>
    </message>
    <message>
        <source>Edit a schedule</source>
        <translation>Zeitplan bearbeiten</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>Wie oft</translation>
    </message>
    <message>
        <source>Into the collector’s folder for reports</source>
        <translation>In den Ordner des Kollektors für Berichte</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>On day {0} of each month</source>
        <translation>Am Tag {0} jedes Monats</translation>
    </message>
    <message>
        <source>On these days of the week</source>
        <translation>An diesen Wochentagen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>The file is called so</source>
        <translation>So heißt die Datei</translation>
    </message>
    <message>
        <source>The site’s time, {0}</source>
        <translation>Ortszeit des Centers, {0}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Whole telephone numbers, to call back from</source>
        <translation>Ganze Telefonnummern, zum Zurückrufen</translation>
    </message>
    <message>
        <source>at</source>
        <translation>um</translation>
    </message>
</context>
<context>
    <name>ScheduleList</name>
    <message>
        <source>Choose a report on the page, then press the first button here</source>
        <translation>Wählen Sie einen Bericht auf der Seite, dann drücken Sie hier die erste Schaltfläche</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Last time</source>
        <translation>Letztes Mal</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächstes Mal</translation>
    </message>
    <message>
        <source>No report makes itself yet</source>
        <translation>Noch erstellt sich kein Bericht selbst</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Reports that make themselves</source>
        <translation>Berichte, die sich selbst erstellen</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Abschalten</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>The collector makes them, by the site’s clock; what was missed meanwhile is made up once.</source>
        <translation>Der Kollektor erstellt sie nach der Uhr des Centers; was ausfiel, wird einmal nachgeholt.</translation>
    </message>
    <message>
        <source>The report shown, by itself…</source>
        <translation>Den gezeigten Bericht von selbst…</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>{0} addresses</source>
        <translation>{0} Adressen</translation>
    </message>
</context>
<context>
    <name>ScriptDesk</name>
    <message>
        <source>Begun before</source>
        <translation>Vorher begonnen</translation>
    </message>
    <message>
        <source>Chosen by you</source>
        <translation>Von Ihnen gewählt</translation>
    </message>
    <message>
        <source>It was open here</source>
        <translation>Er war hier offen</translation>
    </message>
    <message>
        <source>Scripts come with the database, which is away.</source>
        <translation>Leitfäden kommen mit der Datenbank, und die ist weg.</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>You, step {0}</source>
        <translation>Sie, Schritt {0}</translation>
    </message>
    <message>
        <source>{0}, step {1}, {2}</source>
        <translation>{0}, Schritt {1}, {2}</translation>
    </message>
</context>
<context>
    <name>ScriptPanel</name>
    <message>
        <source>A test run: nothing is kept.</source>
        <translation>Ein Probelauf: nichts wird aufbewahrt.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Begun before: {0}</source>
        <translation>Vorher begonnen: {0}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Choose a script</source>
        <translation>Leitfaden wählen</translation>
    </message>
    <message>
        <source>Choose another script</source>
        <translation>Anderen Leitfaden wählen</translation>
    </message>
    <message>
        <source>Go on from there</source>
        <translation>Von dort weiter</translation>
    </message>
    <message>
        <source>Go on with</source>
        <translation>Weiter mit</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>No script can be read now</source>
        <translation>Jetzt kann kein Leitfaden gelesen werden</translation>
    </message>
    <message>
        <source>No script for this call</source>
        <translation>Kein Leitfaden für diesen Anruf</translation>
    </message>
    <message>
        <source>Other scripts</source>
        <translation>Andere Leitfäden</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Leitfaden</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Von vorn</translation>
    </message>
    <message>
        <source>The call goes on without one.</source>
        <translation>Der Anruf geht ohne weiter.</translation>
    </message>
    <message>
        <source>The script is finished. The answers are kept with the call.</source>
        <translation>Der Leitfaden ist zu Ende. Die Antworten bleiben beim Anruf.</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>Zu tun</translation>
    </message>
    <message>
        <source>To read</source>
        <translation>Zu lesen</translation>
    </message>
    <message>
        <source>To wrap-up</source>
        <translation>Zur Nachbearbeitung</translation>
    </message>
</context>
<context>
    <name>ScriptsPage</name>
    <message>
        <source>Checks</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Checks {0}</source>
        <translation>Prüfung {0}</translation>
    </message>
    <message>
        <source>Choose a script</source>
        <translation>Leitfaden wählen</translation>
    </message>
    <message>
        <source>Choose one above, begin a new one, or read one from a file</source>
        <translation>Wählen Sie oben einen, beginnen Sie einen neuen, oder lesen Sie einen aus einer Datei</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Zurückgeben</translation>
    </message>
    <message>
        <source>Hand in for review</source>
        <translation>Zur Durchsicht einreichen</translation>
    </message>
    <message>
        <source>New script</source>
        <translation>Neuer Leitfaden</translation>
    </message>
    <message>
        <source>No script is open</source>
        <translation>Kein Leitfaden ist offen</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Preview, checks, versions or figures</source>
        <translation>Vorschau, Prüfung, Versionen oder Zahlen</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>Read from a file</source>
        <translation>Aus einer Datei lesen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Save draft</source>
        <translation>Entwurf speichern</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Leitfaden</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Write into a file</source>
        <translation>In eine Datei schreiben</translation>
    </message>
</context>
<context>
    <name>ScriptsWiring</name>
    <message>
        <source>Calls get this version from now on; those under way keep theirs.</source>
        <translation>Anrufe bekommen ab jetzt diese Version; laufende behalten ihre.</translation>
    </message>
    <message>
        <source>Calls get version {0} again.</source>
        <translation>Anrufe bekommen wieder Version {0}.</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Zurückgeben</translation>
    </message>
    <message>
        <source>Given back as a draft.</source>
        <translation>Als Entwurf zurückgegeben.</translation>
    </message>
    <message>
        <source>Greeting</source>
        <translation>Begrüßung</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>Einreichen</translation>
    </message>
    <message>
        <source>Hand in for review</source>
        <translation>Zur Durchsicht einreichen</translation>
    </message>
    <message>
        <source>Handed in: somebody else looks it through now.</source>
        <translation>Eingereicht: jetzt sieht ihn jemand anderes durch.</translation>
    </message>
    <message>
        <source>Hello, this is {{ agent.name }}.</source>
        <translation>Guten Tag, mein Name ist {{ agent.name }}.</translation>
    </message>
    <message>
        <source>It becomes a draft again, and your words stand above it.</source>
        <translation>Er wird wieder ein Entwurf, und Ihre Worte stehen darüber.</translation>
    </message>
    <message>
        <source>It cannot be stored as it is: {0}</source>
        <translation>So lässt er sich nicht speichern: {0}</translation>
    </message>
    <message>
        <source>It cannot be tried out: {0}</source>
        <translation>Er lässt sich nicht erproben: {0}</translation>
    </message>
    <message>
        <source>It is in the log; nothing was changed.</source>
        <translation>Es steht im Protokoll; geändert wurde nichts.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Leave without saving?</source>
        <translation>Ohne Speichern verlassen?</translation>
    </message>
    <message>
        <source>Look whether it was stored all the same.</source>
        <translation>Sehen Sie nach, ob es trotzdem gespeichert wurde.</translation>
    </message>
    <message>
        <source>New script</source>
        <translation>Neuer Leitfaden</translation>
    </message>
    <message>
        <source>Note, kept with the version</source>
        <translation>Notiz, bleibt bei der Version</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>Published: calls get it from now on.</source>
        <translation>Veröffentlicht: Anrufe bekommen ihn ab jetzt.</translation>
    </message>
    <message>
        <source>Read a script from a file</source>
        <translation>Leitfaden aus einer Datei lesen</translation>
    </message>
    <message>
        <source>Save the script first: a rule names one that is stored.</source>
        <translation>Speichern Sie zuerst den Leitfaden: eine Regel nennt einen gespeicherten.</translation>
    </message>
    <message>
        <source>Scripts (*.yaml *.yml)</source>
        <translation>Leitfäden (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Scripts (*.yaml)</source>
        <translation>Leitfäden (*.yaml)</translation>
    </message>
    <message>
        <source>Somebody else looks it through and publishes it.</source>
        <translation>Jemand anderes sieht ihn durch und veröffentlicht ihn.</translation>
    </message>
    <message>
        <source>Something went wrong in this program.</source>
        <translation>In diesem Programm ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>The database gave no answer in time.</source>
        <translation>Die Datenbank hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The draft is stored.</source>
        <translation>Der Entwurf ist gespeichert.</translation>
    </message>
    <message>
        <source>The rule is as before.</source>
        <translation>Die Regel ist wie zuvor.</translation>
    </message>
    <message>
        <source>The rule is removed.</source>
        <translation>Die Regel ist entfernt.</translation>
    </message>
    <message>
        <source>The rule is stored.</source>
        <translation>Die Regel ist gespeichert.</translation>
    </message>
    <message>
        <source>This version cannot be read by this program.</source>
        <translation>Dieses Programm kann diese Version nicht lesen.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Version {0}</source>
        <translation>Version {0}</translation>
    </message>
    <message>
        <source>What is new, for whoever looks it through</source>
        <translation>Was neu ist, für den, der ihn durchsieht</translation>
    </message>
    <message>
        <source>What is to be changed</source>
        <translation>Was zu ändern ist</translation>
    </message>
    <message>
        <source>What you changed in this script is lost.</source>
        <translation>Was Sie an diesem Leitfaden geändert haben, geht verloren.</translation>
    </message>
    <message>
        <source>Write the script into a file</source>
        <translation>Leitfaden in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Written into {0}</source>
        <translation>Geschrieben nach {0}</translation>
    </message>
    <message>
        <source>the file is too large</source>
        <translation>die Datei ist zu groß</translation>
    </message>
    <message>
        <source>{0} cannot be read as a script: {1}</source>
        <translation>{0} ist nicht als Leitfaden lesbar: {1}</translation>
    </message>
    <message>
        <source>{0} cannot be written: {1}</source>
        <translation>{0} ist nicht beschreibbar: {1}</translation>
    </message>
</context>
<context>
    <name>SectionPage</name>
    <message>
        <source>Choose one in the list, or add one</source>
        <translation>Wählen Sie etwas in der Liste, oder fügen Sie etwas hinzu</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find in {0}</source>
        <translation>Suchen in {0}</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts gewählt</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Noch nichts hier</translation>
    </message>
    <message>
        <source>Show what is switched off, too</source>
        <translation>Auch Abgeschaltetes zeigen</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Abgeschaltet</translation>
    </message>
    <message>
        <source>Try other words, or look among what is switched off</source>
        <translation>Versuchen Sie andere Wörter, oder suchen Sie im Abgeschalteten</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>Segments</name>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Added to the ticket</source>
        <translation>Dem Ticket hinzugefügt</translation>
    </message>
    <message>
        <source>Phone is starting</source>
        <translation>Telefon startet</translation>
    </message>
    <message>
        <source>The call was cut off; its record is kept.</source>
        <translation>Der Anruf wurde unterbrochen; sein Eintrag bleibt.</translation>
    </message>
    <message>
        <source>The phone stopped and is being started again.</source>
        <translation>Das Telefon brach ab und wird neu gestartet.</translation>
    </message>
    <message>
        <source>Ticket opened: {0}</source>
        <translation>Ticket geöffnet: {0}</translation>
    </message>
    <message>
        <source>You are Ready as soon as the phone is.</source>
        <translation>Sie sind bereit, sobald das Telefon es ist.</translation>
    </message>
    <message>
        <source>You cannot be Ready: {0}</source>
        <translation>Sie können nicht bereit sein: {0}</translation>
    </message>
</context>
<context>
    <name>SettingControls</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Announced</source>
        <translation>Angekündigt</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Ask each time</source>
        <translation>Jedes Mal fragen</translation>
    </message>
    <message>
        <source>At every call</source>
        <translation>Bei jedem Anruf</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Direct, without a PBX</source>
        <translation>Direkt, ohne Telefonanlage</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>One party is enough</source>
        <translation>Eine Seite genügt</translation>
    </message>
    <message>
        <source>PBX account</source>
        <translation>Konto der Anlage</translation>
    </message>
    <message>
        <source>Preferred</source>
        <translation>Bevorzugt</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Pflicht</translation>
    </message>
    <message>
        <source>The first</source>
        <translation>Der erste</translation>
    </message>
    <message>
        <source>The one I point at</source>
        <translation>Der mit dem Mauszeiger</translation>
    </message>
    <message>
        <source>The system’s choice</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>This does not have the right form</source>
        <translation>Das hat nicht die richtige Form</translation>
    </message>
    <message>
        <source>When not in front</source>
        <translation>Wenn nicht vorn</translation>
    </message>
    <message>
        <source>{0} (not found)</source>
        <translation>{0} (nicht gefunden)</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>A PBX account needs this</source>
        <translation>Ein Konto der Anlage braucht das</translation>
    </message>
    <message>
        <source>Applied and saved.</source>
        <translation>Angewandt und gespeichert.</translation>
    </message>
    <message>
        <source>Change your password</source>
        <translation>Passwort ändern</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>Gruppen der Einstellungen</translation>
    </message>
    <message>
        <source>None stored</source>
        <translation>Nichts gespeichert</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Of your PBX account; kept in the system’s keyring, never in a file</source>
        <translation>Vom Konto Ihrer Anlage; bleibt im Schlüsselbund des Systems, nie in einer Datei</translation>
    </message>
    <message>
        <source>Of your login there; kept in the system’s keyring, never in a file</source>
        <translation>Von Ihrem Login dort; bleibt im Schlüsselbund des Systems, nie in einer Datei</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Stored; type to change it</source>
        <translation>Gespeichert; zum Ändern tippen</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Wirkt beim nächsten Start.</translation>
    </message>
    <message>
        <source>The speaker</source>
        <translation>Der Lautsprecher</translation>
    </message>
    <message>
        <source>The system’s choice</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Try a number</source>
        <translation>Nummer ausprobieren</translation>
    </message>
    <message>
        <source>Type a number as you would dial it</source>
        <translation>Tippen Sie eine Nummer, wie Sie sie wählen würden</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo the change of appearance</source>
        <translation>Änderung des Aussehens zurücknehmen</translation>
    </message>
</context>
<context>
    <name>SettingsWiring</name>
    <message>
        <source>Emergency number: dialled as {0}, whatever the rules say</source>
        <translation>Notrufnummer: gewählt als {0}, was immer die Regeln sagen</translation>
    </message>
    <message>
        <source>Enter it</source>
        <translation>Eingeben</translation>
    </message>
    <message>
        <source>It is needed to register with your PBX.</source>
        <translation>Es wird gebraucht, um sich bei der Anlage anzumelden.</translation>
    </message>
    <message>
        <source>Password of {0}</source>
        <translation>Passwort von {0}</translation>
    </message>
    <message>
        <source>Read as {0}, dialled as {1} ({2})</source>
        <translation>Gelesen als {0}, gewählt als {1} ({2})</translation>
    </message>
    <message>
        <source>The database changes at the next start.</source>
        <translation>Die Datenbank wechselt beim nächsten Start.</translation>
    </message>
    <message>
        <source>The phone cannot register without its password.</source>
        <translation>Das Telefon kann sich ohne sein Passwort nicht anmelden.</translation>
    </message>
    <message>
        <source>The server refused the password. Type it again.</source>
        <translation>Der Server hat das Passwort abgelehnt. Tippen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The settings could not be saved: {0}</source>
        <translation>Die Einstellungen konnten nicht gespeichert werden: {0}</translation>
    </message>
    <message>
        <source>There is no keyring here: it is kept until the program ends.</source>
        <translation>Es gibt hier keinen Schlüsselbund: es bleibt, bis das Programm endet.</translation>
    </message>
    <message>
        <source>There is no keyring here: the password is kept until the program ends.</source>
        <translation>Es gibt hier keinen Schlüsselbund: das Passwort bleibt, bis das Programm endet.</translation>
    </message>
    <message>
        <source>extension {0}</source>
        <translation>Nebenstelle {0}</translation>
    </message>
    <message>
        <source>no rule</source>
        <translation>keine Regel</translation>
    </message>
    <message>
        <source>rule {0}: {1}</source>
        <translation>Regel {0}: {1}</translation>
    </message>
</context>
<context>
    <name>ShiftGrid</name>
    <message>
        <source>Shifts of the week</source>
        <translation>Schichten der Woche</translation>
    </message>
</context>
<context>
    <name>ShiftModel</name>
    <message>
        <source>Adherence</source>
        <translation>Plantreue</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>{0}, not saved</source>
        <translation>{0}, nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>ShiftsView</name>
    <message>
        <source>Copy to next week</source>
        <translation>In die nächste Woche kopieren</translation>
    </message>
    <message>
        <source>Days not saved: {0}</source>
        <translation>Nicht gespeicherte Tage: {0}</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Nobody is in this team</source>
        <translation>Niemand ist in diesem Team</translation>
    </message>
    <message>
        <source>People and teams are made in Administration.</source>
        <translation>Personen und Teams werden in der Verwaltung angelegt.</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>The next week is planned as this one.</source>
        <translation>Die nächste Woche ist geplant wie diese.</translation>
    </message>
    <message>
        <source>Type 9-17 12-12:30 into a day: what lies within is a break. Del frees it, Ctrl C and Ctrl V copy days.</source>
        <translation>Tippen Sie 9-17 12-12:30 in einen Tag: was darin liegt, ist eine Pause. Entf leert ihn, Strg C und Strg V kopieren Tage.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Week after</source>
        <translation>Woche danach</translation>
    </message>
    <message>
        <source>Week before</source>
        <translation>Woche davor</translation>
    </message>
    <message>
        <source>Week {0}: {1} – {2}</source>
        <translation>Woche {0}: {1} – {2}</translation>
    </message>
</context>
<context>
    <name>ShiftsWiring</name>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>All teams</source>
        <translation>Alle Teams</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Export shifts</source>
        <translation>Schichten exportieren</translation>
    </message>
    <message>
        <source>Import shifts</source>
        <translation>Schichten importieren</translation>
    </message>
    <message>
        <source>Lists of shifts</source>
        <translation>Listen von Schichten</translation>
    </message>
    <message>
        <source>Nobody here has these logins: {0}.</source>
        <translation>Niemand hier hat diese Logins: {0}.</translation>
    </message>
    <message>
        <source>Nothing was saved.</source>
        <translation>Nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>The shifts could not be fetched.</source>
        <translation>Die Schichten konnten nicht geholt werden.</translation>
    </message>
    <message>
        <source>The shifts were written to {0}.</source>
        <translation>Die Schichten wurden nach {0} geschrieben.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>{0} days were read from {1}.</source>
        <translation>{0} Tage wurden aus {1} gelesen.</translation>
    </message>
    <message>
        <source>“{0}” could not be written: {1}.</source>
        <translation>„{0}“ konnte nicht geschrieben werden: {1}.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Ask your administrator to add you.</source>
        <translation>Bitten Sie Ihre Administration, Sie hinzuzufügen.</translation>
    </message>
    <message>
        <source>Ask your administrator to bring it up to date (“db upgrade”).</source>
        <translation>Bitten Sie Ihre Administration, sie auf den neuesten Stand zu bringen („db upgrade“).</translation>
    </message>
    <message>
        <source>Ask your administrator to put the rights in order (“db upgrade”).</source>
        <translation>Bitten Sie Ihre Administration, die Rechte in Ordnung zu bringen („db upgrade“).</translation>
    </message>
    <message>
        <source>Ask your administrator.</source>
        <translation>Fragen Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>Check how it is written, and the network.</source>
        <translation>Prüfen Sie die Schreibweise und das Netzwerk.</translation>
    </message>
    <message>
        <source>Check the name of the database; your administrator knows it.</source>
        <translation>Prüfen Sie den Namen der Datenbank; Ihre Administration kennt ihn.</translation>
    </message>
    <message>
        <source>Check the network and the name of the server.</source>
        <translation>Prüfen Sie das Netzwerk und den Namen des Servers.</translation>
    </message>
    <message>
        <source>Login and password do not belong together.</source>
        <translation>Login und Passwort gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>The database is newer than this program.</source>
        <translation>Die Datenbank ist neuer als dieses Programm.</translation>
    </message>
    <message>
        <source>The database is older than this program.</source>
        <translation>Die Datenbank ist älter als dieses Programm.</translation>
    </message>
    <message>
        <source>The server keeps “{0}” from what this program needs.</source>
        <translation>Der Server verwehrt „{0}“, was dieses Programm braucht.</translation>
    </message>
    <message>
        <source>There is no centre in the database “{0}” on {1}.</source>
        <translation>Es gibt kein Center in der Datenbank „{0}“ auf {1}.</translation>
    </message>
    <message>
        <source>There is no keyring here: the password is kept until the program ends.</source>
        <translation>Es gibt hier keinen Schlüsselbund: das Passwort bleibt, bis das Programm endet.</translation>
    </message>
    <message>
        <source>There is no server called {0}.</source>
        <translation>Es gibt keinen Server namens {0}.</translation>
    </message>
    <message>
        <source>This program has to be updated on this computer.</source>
        <translation>Dieses Programm muss auf diesem Rechner aktualisiert werden.</translation>
    </message>
    <message>
        <source>Type them again; mind capital letters. If both are right, the password was changed or has run out: ask your administrator.</source>
        <translation>Tippen Sie beide noch einmal; achten Sie auf Großbuchstaben. Sind beide richtig, wurde das Passwort geändert oder ist abgelaufen: fragen Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>Waiting on this computer until {0} signs in: {1}.</source>
        <translation>Wartet auf diesem Rechner, bis sich {0} anmeldet: {1}.</translation>
    </message>
    <message>
        <source>Your password was not sent. Tell your administrator: its certificate is wrong, or this computer does not know who issued it.</source>
        <translation>Ihr Passwort wurde nicht gesendet. Sagen Sie Ihrer Administration: das Zertifikat ist falsch, oder dieser Rechner kennt den Aussteller nicht.</translation>
    </message>
    <message>
        <source>{0} could not prove that it is your centre’s server.</source>
        <translation>{0} konnte nicht beweisen, der Server Ihres Centers zu sein.</translation>
    </message>
    <message>
        <source>{0} does not answer.</source>
        <translation>{0} antwortet nicht.</translation>
    </message>
    <message>
        <source>“{0}” may not use the database “{1}”.</source>
        <translation>„{0}“ darf die Datenbank „{1}“ nicht benutzen.</translation>
    </message>
</context>
<context>
    <name>SignInCard</name>
    <message>
        <source>Another person</source>
        <translation>Andere Person</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Anderer Server</translation>
    </message>
    <message>
        <source>Asking {0} …</source>
        <translation>{0} wird gefragt …</translation>
    </message>
    <message>
        <source>Begin without it</source>
        <translation>Ohne ihn beginnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>The database is missing</source>
        <translation>Die Datenbank fehlt</translation>
    </message>
    <message>
        <source>This is no name of a server</source>
        <translation>Das ist kein Name eines Servers</translation>
    </message>
    <message>
        <source>Your centre’s database</source>
        <translation>Die Datenbank Ihres Centers</translation>
    </message>
    <message>
        <source>Your login is missing</source>
        <translation>Ihr Login fehlt</translation>
    </message>
    <message>
        <source>{0} on {1}</source>
        <translation>{0} auf {1}</translation>
    </message>
</context>
<context>
    <name>SnippetList</name>
    <message>
        <source>Snippets</source>
        <translation>Textbausteine</translation>
    </message>
    <message>
        <source>Snippets: {0}, Tab takes it</source>
        <translation>Textbausteine: {0}, Tab übernimmt</translation>
    </message>
</context>
<context>
    <name>SnippetsCard</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>For everybody in the centre</source>
        <translation>Für alle im Center</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Snippets</source>
        <translation>Textbausteine</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Type ; and the name into notes, then Tab or a space. {customer} and {agent} become the names of both.</source>
        <translation>Tippen Sie ; und den Namen in Notizen, dann Tab oder Leertaste. Aus {customer} und {agent} werden die Namen beider.</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>Wessen</translation>
    </message>
    <message>
        <source>everybody’s</source>
        <translation>von allen</translation>
    </message>
    <message>
        <source>mine</source>
        <translation>meiner</translation>
    </message>
    <message>
        <source>one word</source>
        <translation>ein Wort</translation>
    </message>
</context>
<context>
    <name>SoundCheck</name>
    <message>
        <source>Call the echo</source>
        <translation>Echotest anrufen</translation>
    </message>
    <message>
        <source>If you heard nothing, choose another ring device above</source>
        <translation>Wenn Sie nichts hörten, wählen Sie oben ein anderes Klingelgerät</translation>
    </message>
    <message>
        <source>If you heard yourself well, callers will; if not, choose other devices above</source>
        <translation>Wenn Sie sich gut hörten, tun es auch Anrufer; wenn nicht, wählen Sie oben andere Geräte</translation>
    </message>
    <message>
        <source>Level of the sound test</source>
        <translation>Pegel des Tontests</translation>
    </message>
    <message>
        <source>Say something now: three seconds are recorded</source>
        <translation>Sagen Sie jetzt etwas: drei Sekunden werden aufgenommen</translation>
    </message>
    <message>
        <source>Sound test</source>
        <translation>Tontest</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>This is how calls ring</source>
        <translation>So klingeln Anrufe</translation>
    </message>
    <message>
        <source>This is what the microphone heard</source>
        <translation>Das hat das Mikrofon gehört</translation>
    </message>
    <message>
        <source>Three seconds of your voice are recorded, then played to you</source>
        <translation>Drei Sekunden Ihrer Stimme werden aufgenommen und Ihnen dann vorgespielt</translation>
    </message>
    <message>
        <source>Try the microphone</source>
        <translation>Mikrofon testen</translation>
    </message>
    <message>
        <source>Try the ring</source>
        <translation>Klingeln testen</translation>
    </message>
    <message>
        <source>With the devices chosen above, saved or not</source>
        <translation>Mit den oben gewählten Geräten, ob gespeichert oder nicht</translation>
    </message>
</context>
<context>
    <name>SoundCheckWiring</name>
    <message>
        <source>Echo test</source>
        <translation>Echotest</translation>
    </message>
    <message>
        <source>Not during a call: the test would be heard in it</source>
        <translation>Nicht während eines Anrufs: der Test wäre darin zu hören</translation>
    </message>
    <message>
        <source>Sound is off: switch it on above and save</source>
        <translation>Ton ist aus: schalten Sie ihn oben ein und speichern Sie</translation>
    </message>
</context>
<context>
    <name>StaffingDay</name>
    <message>
        <source>15 min</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>30 min</translation>
    </message>
    <message>
        <source>60 min</source>
        <translation>60 min</translation>
    </message>
    <message>
        <source>AHT</source>
        <translation>AHT</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Abwesend</translation>
    </message>
    <message>
        <source>Away from the roster</source>
        <translation>Abwesend vom Dienstplan</translation>
    </message>
    <message>
        <source>Busy at most</source>
        <translation>Höchste Auslastung</translation>
    </message>
    <message>
        <source>Callers hang up</source>
        <translation>Anrufer legen auf</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Day after</source>
        <translation>Tag danach</translation>
    </message>
    <message>
        <source>Day before</source>
        <translation>Tag davor</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Erlangs</source>
        <translation>Erlang</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Holidays…</source>
        <translation>Feiertage…</translation>
    </message>
    <message>
        <source>It needs one earlier day of the same weekday with calls. Four weeks make it useful.</source>
        <translation>Es braucht einen früheren Tag desselben Wochentags mit Anrufen. Vier Wochen machen es brauchbar.</translation>
    </message>
    <message>
        <source>No forecast was made.</source>
        <translation>Es wurde keine Prognose erstellt.</translation>
    </message>
    <message>
        <source>No forecast yet</source>
        <translation>Noch keine Prognose</translation>
    </message>
    <message>
        <source>On the roster</source>
        <translation>Im Dienstplan</translation>
    </message>
    <message>
        <source>On: Erlang A with the patience of the last four weeks. Off: Erlang C, all wait.</source>
        <translation>An: Erlang A mit der Geduld der letzten vier Wochen. Aus: Erlang C, alle warten.</translation>
    </message>
    <message>
        <source>Parts of</source>
        <translation>Teile von</translation>
    </message>
    <message>
        <source>Parts of the day</source>
        <translation>Teile des Tages</translation>
    </message>
    <message>
        <source>Plan agents…</source>
        <translation>Agenten planen…</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Geplant</translation>
    </message>
    <message>
        <source>Reading the past, {0}%</source>
        <translation>Vergangenheit wird gelesen, {0} %</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>Servicelevel</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Taking calls</source>
        <translation>Nehmen Anrufe an</translation>
    </message>
    <message>
        <source>{0} within {1} s</source>
        <translation>{0} binnen {1} s</translation>
    </message>
</context>
<context>
    <name>StaffingNow</name>
    <message>
        <source>ASA</source>
        <translation>ASA</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Agents more or fewer</source>
        <translation>Agenten mehr oder weniger</translation>
    </message>
    <message>
        <source>As measured</source>
        <translation>Wie gemessen</translation>
    </message>
    <message>
        <source>Average speed of answer</source>
        <translation>Bis zur Annahme</translation>
    </message>
    <message>
        <source>Busy agents ÷ agents, until the end</source>
        <translation>Beschäftigte Agenten ÷ Agenten, bis zum Ende</translation>
    </message>
    <message>
        <source>Calls arriving</source>
        <translation>Eintreffende Anrufe</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Handle time</source>
        <translation>Bearbeitungszeit</translation>
    </message>
    <message>
        <source>If it stayed so</source>
        <translation>Wenn es so bliebe</translation>
    </message>
    <message>
        <source>Mean wait of those who are answered, until the end</source>
        <translation>Mittlere Wartezeit der Angenommenen, bis zum Ende</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>Of calls to come</source>
        <translation>Der kommenden Anrufe</translation>
    </message>
    <message>
        <source>Of the calls to come until the end</source>
        <translation>Der bis zum Ende kommenden Anrufe</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>Servicelevel</translation>
    </message>
    <message>
        <source>Service level at its end</source>
        <translation>Servicelevel am Ende</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>noch {0}</translation>
    </message>
    <message>
        <source>{0} with {1} agents</source>
        <translation>{0} mit {1} Agenten</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}, {1}</translation>
    </message>
</context>
<context>
    <name>StaffingPage</name>
    <message>
        <source>A day ahead</source>
        <translation>Ein Tag im Voraus</translation>
    </message>
    <message>
        <source>No queues yet</source>
        <translation>Noch keine Warteschlangen</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Running quarter hour</source>
        <translation>Laufende Viertelstunde</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Staffing is worked out for a queue.</source>
        <translation>Personalbedarf wird für eine Warteschlange berechnet.</translation>
    </message>
</context>
<context>
    <name>StaffingWiring</name>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Calendars and lists</source>
        <translation>Kalender und Listen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Holidays</source>
        <translation>Feiertage</translation>
    </message>
    <message>
        <source>{0} rows were written to {1}.</source>
        <translation>{0} Zeilen wurden nach {1} geschrieben.</translation>
    </message>
    <message>
        <source>“{0}” could not be written: {1}.</source>
        <translation>„{0}“ konnte nicht geschrieben werden: {1}.</translation>
    </message>
</context>
<context>
    <name>StateButton</name>
    <message>
        <source>Your state: {0}</source>
        <translation>Ihr Status: {0}</translation>
    </message>
</context>
<context>
    <name>StepForm</name>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Actions {0}</source>
        <translation>Aktionen {0}</translation>
    </message>
    <message>
        <source>Add way</source>
        <translation>Weg hinzufügen</translation>
    </message>
    <message>
        <source>Articles beside it</source>
        <translation>Artikel daneben</translation>
    </message>
    <message>
        <source>Computed when the step is left</source>
        <translation>Berechnet beim Verlassen des Schritts</translation>
    </message>
    <message>
        <source>Goes on with</source>
        <translation>Geht weiter mit</translation>
    </message>
    <message>
        <source>Hint for the agent</source>
        <translation>Hinweis für den Agenten</translation>
    </message>
    <message>
        <source>Insert a field</source>
        <translation>Feld einfügen</translation>
    </message>
    <message>
        <source>Language of the texts</source>
        <translation>Sprache der Texte</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Runs the script</source>
        <translation>Führt den Leitfaden aus</translation>
    </message>
    <message>
        <source>Say</source>
        <translation>Sagen</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Leitfaden</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelltext</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Step, its actions, script or source</source>
        <translation>Schritt, Aktionen, Leitfaden oder Quelltext</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>The step as it is written</source>
        <translation>Der Schritt, wie er geschrieben steht</translation>
    </message>
    <message>
        <source>This is not taken as it stands: {0}</source>
        <translation>So wird es nicht übernommen: {0}</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>dem Ende</translation>
    </message>
    <message>
        <source>where (empty: always)</source>
        <translation>wo (leer: immer)</translation>
    </message>
</context>
<context>
    <name>StepOutline</name>
    <message>
        <source>Add a step</source>
        <translation>Schritt hinzufügen</translation>
    </message>
    <message>
        <source>Duplicate the step</source>
        <translation>Schritt verdoppeln</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Remove the step</source>
        <translation>Schritt entfernen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Step {0} of 3: {1}</source>
        <translation>Schritt {0} von 3: {1}</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>Gespräch</translation>
    </message>
</context>
<context>
    <name>SuperviseWiring</name>
    <message>
        <source>Act on {0}…</source>
        <translation>Eingreifen bei {0}…</translation>
    </message>
    <message>
        <source>Calls answered today</source>
        <translation>Heute angenommene Anrufe</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>From {0}</source>
        <translation>Von {0}</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>Ich habe es gelesen</translation>
    </message>
    <message>
        <source>Listened to by {0}</source>
        <translation>{0} hört mit</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Message from {0}</source>
        <translation>Nachricht von {0}</translation>
    </message>
    <message>
        <source>Nobody is waiting.</source>
        <translation>Niemand wartet.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Read…</source>
        <translation>Lesen…</translation>
    </message>
    <message>
        <source>Team {0}</source>
        <translation>Team {0}</translation>
    </message>
    <message>
        <source>The PBX is asked to send the caller to you.</source>
        <translation>Die Anlage wird gebeten, den Anrufer zu Ihnen zu leiten.</translation>
    </message>
    <message>
        <source>Write a message…</source>
        <translation>Nachricht schreiben…</translation>
    </message>
    <message>
        <source>You have no extension that a caller could be sent to.</source>
        <translation>Sie haben keine Nebenstelle, zu der ein Anrufer geleitet werden könnte.</translation>
    </message>
    <message>
        <source>a supervisor</source>
        <translation>ein Supervisor</translation>
    </message>
    <message>
        <source>{0} has no extension: the PBX knows nobody to act on.</source>
        <translation>{0} hat keine Nebenstelle: die Anlage kennt niemanden, bei dem einzugreifen wäre.</translation>
    </message>
    <message>
        <source>{0} is signed out.</source>
        <translation>{0} ist abgemeldet.</translation>
    </message>
    <message>
        <source>{0} · {1} more</source>
        <translation>{0} · {1} weitere</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}, {1}</translation>
    </message>
</context>
<context>
    <name>TalkPage</name>
    <message>
        <source>Answered by itself</source>
        <translation>Von selbst angenommen</translation>
    </message>
    <message>
        <source>Call duration {0}</source>
        <translation>Gesprächsdauer {0}</translation>
    </message>
    <message>
        <source>Details cut</source>
        <translation>Angaben gekürzt</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Hand the caller over, or take them back</source>
        <translation>Anrufer übergeben oder zurücknehmen</translation>
    </message>
    <message>
        <source>Held by the other side</source>
        <translation>Von der Gegenseite gehalten</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Halten</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Tastenfeld</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Leave the others together, or drop one of them</source>
        <translation>Die anderen verbunden lassen oder einen trennen</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Nobody hears you</source>
        <translation>Niemand hört Sie</translation>
    </message>
    <message>
        <source>Not muted: you are heard</source>
        <translation>Nicht stumm: Sie werden gehört</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>On hold, in silence</source>
        <translation>Gehalten, in Stille</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>The call’s message was too long: part of what the PBX told is lost</source>
        <translation>Die Nachricht des Anrufs war zu lang: ein Teil der Angaben der Anlage ist verloren</translation>
    </message>
    <message>
        <source>The other side did not agree to be held: it hears silence, and you do not hear it</source>
        <translation>Die Gegenseite lässt sich nicht halten: sie hört Stille, und Sie hören sie nicht</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Weiterleiten</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Ton an</translation>
    </message>
    <message>
        <source>Voice encrypted</source>
        <translation>Sprache verschlüsselt</translation>
    </message>
    <message>
        <source>Voice quality {0}</source>
        <translation>Sprachqualität {0}</translation>
    </message>
    <message>
        <source>Whoever sent it asked for that, and your settings allow it (Auto-answer for)</source>
        <translation>Der Absender bat darum, und Ihre Einstellungen erlauben es (Selbst annehmen von)</translation>
    </message>
    <message>
        <source>asked by {0}</source>
        <translation>gefragt von {0}</translation>
    </message>
    <message>
        <source>from {0}</source>
        <translation>von {0}</translation>
    </message>
</context>
<context>
    <name>TargetBar</name>
    <message>
        <source>{0}, target {1}</source>
        <translation>{0}, Ziel {1}</translation>
    </message>
</context>
<context>
    <name>TicketForm</name>
    <message>
        <source>A ticket needs a subject.</source>
        <translation>Ein Ticket braucht einen Betreff.</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>Kommentar hinzufügen</translation>
    </message>
    <message>
        <source>Add to a ticket</source>
        <translation>Zu einem Ticket hinzufügen</translation>
    </message>
    <message>
        <source>Add to {0} · {1}</source>
        <translation>Zu {0} hinzufügen · {1}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Neues Ticket</translation>
    </message>
    <message>
        <source>New ticket, or an open one</source>
        <translation>Neues Ticket oder ein offenes</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>Kein Anruf</translation>
    </message>
    <message>
        <source>No customer</source>
        <translation>Kein Kunde</translation>
    </message>
    <message>
        <source>Open ticket</source>
        <translation>Ticket öffnen</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Write what should be added.</source>
        <translation>Schreiben Sie, was hinzukommen soll.</translation>
    </message>
</context>
<context>
    <name>TicketPanel</name>
    <message>
        <source>Add a comment</source>
        <translation>Kommentar hinzufügen</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>Kommentar hinzufügen</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>Zugewiesen an</translation>
    </message>
    <message>
        <source>Choose one to see what happened to it</source>
        <translation>Wählen Sie eines, um zu sehen, was damit geschah</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>No customer</source>
        <translation>Kein Kunde</translation>
    </message>
    <message>
        <source>No ticket chosen</source>
        <translation>Kein Ticket gewählt</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemand</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>{0} öffnen</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>Show {0} older</source>
        <translation>{0} ältere zeigen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>commented</source>
        <translation>kommentierte</translation>
    </message>
    <message>
        <source>due {0}</source>
        <translation>fällig {0}</translation>
    </message>
    <message>
        <source>gave it to {0}</source>
        <translation>gab es an {0}</translation>
    </message>
    <message>
        <source>linked a call</source>
        <translation>ordnete einen Anruf zu</translation>
    </message>
    <message>
        <source>opened it</source>
        <translation>öffnete es</translation>
    </message>
    <message>
        <source>opened {0}</source>
        <translation>eröffnet {0}</translation>
    </message>
    <message>
        <source>priority: {0}</source>
        <translation>Priorität: {0}</translation>
    </message>
    <message>
        <source>status: {0}</source>
        <translation>Status: {0}</translation>
    </message>
    <message>
        <source>took it from everybody</source>
        <translation>nahm es allen ab</translation>
    </message>
    <message>
        <source>{0} late</source>
        <translation>seit {0}</translation>
    </message>
</context>
<context>
    <name>TicketsPage</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>Zugewiesen an</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Filter tickets</source>
        <translation>Tickets filtern</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>More than {0} found</source>
        <translation>Mehr als {0} gefunden</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Neues Ticket</translation>
    </message>
    <message>
        <source>No ticket fits</source>
        <translation>Kein Ticket passt</translation>
    </message>
    <message>
        <source>Not solved</source>
        <translation>Nicht gelöst</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Number, subject or customer</source>
        <translation>Nummer, Betreff oder Kunde</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>Take a filter away to see more</source>
        <translation>Nehmen Sie einen Filter weg, um mehr zu sehen</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>Team shows your colleagues’</source>
        <translation>Team zeigt die der Kollegen</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>Whose tickets</source>
        <translation>Wessen Tickets</translation>
    </message>
    <message>
        <source>You have no open tickets</source>
        <translation>Sie haben keine offenen Tickets</translation>
    </message>
    <message>
        <source>{0} found</source>
        <translation>{0} gefunden</translation>
    </message>
</context>
<context>
    <name>TimeBar</name>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
    <message>
        <source>Counting, {0}%</source>
        <translation>Wird gezählt, {0} %</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Play on</source>
        <translation>Weiterlaufen</translation>
    </message>
    <message>
        <source>Speed: {0} times</source>
        <translation>Tempo: {0}-fach</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>{0}×</source>
        <translation>{0}×</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Contact history</source>
        <translation>Kontaktverlauf</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Paused · {0}</source>
        <translation>Pause · {0}</translation>
    </message>
    <message>
        <source>Phone: {0}</source>
        <translation>Telefon: {0}</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>Suchen oder Befehl ausführen</translation>
    </message>
    <message>
        <source>State, queues and search</source>
        <translation>Status, Warteschlangen und Suche</translation>
    </message>
    <message>
        <source>The phone is starting</source>
        <translation>Das Telefon startet</translation>
    </message>
</context>
<context>
    <name>TransferCard</name>
    <message>
        <source>Call this number</source>
        <translation>Diese Nummer anrufen</translation>
    </message>
    <message>
        <source>Colleagues, queues and numbers</source>
        <translation>Kollegen, Warteschlangen und Nummern</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>Konferenz</translation>
    </message>
    <message>
        <source>Consult</source>
        <translation>Rückfrage</translation>
    </message>
    <message>
        <source>Consult: ask {0} first, the caller waits. Send now: the caller goes there, you are out.</source>
        <translation>Rückfrage: erst {0} fragen, der Anrufer wartet. Sofort übergeben: der Anrufer geht dorthin, Sie sind heraus.</translation>
    </message>
    <message>
        <source>End the consult and talk to the caller again (Backspace)</source>
        <translation>Rückfrage beenden und wieder mit dem Anrufer sprechen (Rücktaste)</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Zusammenschalten</translation>
    </message>
    <message>
        <source>Leave them together</source>
        <translation>Verbunden lassen</translation>
    </message>
    <message>
        <source>Name, extension, queue or number</source>
        <translation>Name, Nebenstelle, Warteschlange oder Nummer</translation>
    </message>
    <message>
        <source>Nobody here is called that, and it is no number that can be called.</source>
        <translation>Niemand hier heißt so, und es ist keine wählbare Nummer.</translation>
    </message>
    <message>
        <source>Not handed over: {0}. You still have both calls.</source>
        <translation>Nicht übergeben: {0}. Sie haben noch beide Anrufe.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Queue, {0} waiting</source>
        <translation>Warteschlange, {0} wartend</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Sofort übergeben</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Makeln</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Weiterleiten</translation>
    </message>
    <message>
        <source>Transfer to a number or colleague</source>
        <translation>An Nummer oder Kollegen weiterleiten</translation>
    </message>
    <message>
        <source>Transfer {0}</source>
        <translation>{0} weiterleiten</translation>
    </message>
    <message>
        <source>Type to find; the arrows choose.</source>
        <translation>Zum Suchen tippen; die Pfeile wählen.</translation>
    </message>
    <message>
        <source>{0} about {1}</source>
        <translation>{0} zu {1}</translation>
    </message>
    <message>
        <source>{0} is offline.</source>
        <translation>{0} ist offline.</translation>
    </message>
    <message>
        <source>{0} is paused and takes no calls.</source>
        <translation>{0} pausiert und nimmt keine Anrufe an.</translation>
    </message>
</context>
<context>
    <name>TransferWiring</name>
    <message>
        <source>Attention: nobody hears you</source>
        <translation>Achtung: niemand hört Sie</translation>
    </message>
    <message>
        <source>Attention: you are not muted</source>
        <translation>Achtung: Sie sind nicht stumm</translation>
    </message>
</context>
<context>
    <name>Transfers</name>
    <message>
        <source>the other side no longer says what became of it</source>
        <translation>die Gegenseite sagt nicht mehr, was daraus wurde</translation>
    </message>
    <message>
        <source>{0} is still on hold.</source>
        <translation>{0} wird noch gehalten.</translation>
    </message>
    <message>
        <source>{0} was not transferred: {1}. You still have the call.</source>
        <translation>{0} wurde nicht weitergeleitet: {1}. Sie haben den Anruf noch.</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Close Agent Desktop</source>
        <translation>Agent Desktop schließen</translation>
    </message>
    <message>
        <source>Hang up or decline</source>
        <translation>Auflegen oder ablehnen</translation>
    </message>
    <message>
        <source>Mini bar</source>
        <translation>Minileiste</translation>
    </message>
    <message>
        <source>Mute, unmute</source>
        <translation>Stumm, Ton an</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause machen</translation>
    </message>
    <message>
        <source>Show Agent Desktop</source>
        <translation>Agent Desktop zeigen</translation>
    </message>
</context>
<context>
    <name>ValueRows</name>
    <message>
        <source>Add value</source>
        <translation>Wert hinzufügen</translation>
    </message>
</context>
<context>
    <name>VersionPane</name>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Choose a version in the list.</source>
        <translation>Wählen Sie eine Version in der Liste.</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>In Durchsicht</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Gebrauch</translation>
    </message>
    <message>
        <source>Looked through by {0}, {1}</source>
        <translation>Durchgesehen von {0}, {1}</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Veröffentlicht</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Use this one again</source>
        <translation>Diese wieder benutzen</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>What differs from what is being edited</source>
        <translation>Was vom Bearbeiteten abweicht</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Write on from this</source>
        <translation>Von hier weiterschreiben</translation>
    </message>
</context>
<context>
    <name>WallView</name>
    <message>
        <source>No queues yet</source>
        <translation>Noch keine Warteschlangen</translation>
    </message>
    <message>
        <source>SL {0}</source>
        <translation>SL {0}</translation>
    </message>
    <message>
        <source>longest</source>
        <translation>am längsten</translation>
    </message>
    <message>
        <source>longest {0}</source>
        <translation>am längsten {0}</translation>
    </message>
    <message>
        <source>of {0}</source>
        <translation>von {0}</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartend</translation>
    </message>
    <message>
        <source>{0} free</source>
        <translation>{0} frei</translation>
    </message>
    <message>
        <source>{0} of {1} free</source>
        <translation>{0} von {1} frei</translation>
    </message>
    <message>
        <source>{0} waiting</source>
        <translation>{0} wartend</translation>
    </message>
</context>
<context>
    <name>Wallboard</name>
    <message>
        <source>Close the wallboard</source>
        <translation>Wallboard schließen</translation>
    </message>
    <message>
        <source>Fill screen {0} ({1})</source>
        <translation>Bildschirm {0} füllen ({1})</translation>
    </message>
    <message>
        <source>Show as a window</source>
        <translation>Als Fenster zeigen</translation>
    </message>
    <message>
        <source>Wallboard</source>
        <translation>Wallboard</translation>
    </message>
    <message>
        <source>{0} (+{1})</source>
        <translation>{0} (+{1})</translation>
    </message>
</context>
<context>
    <name>WayChoice</name>
    <message>
        <source>{0} (no such step)</source>
        <translation>{0} (kein solcher Schritt)</translation>
    </message>
</context>
<context>
    <name>WayLine</name>
    <message>
        <source>How the caller got here</source>
        <translation>Wie der Anrufer hierher kam</translation>
    </message>
</context>
<context>
    <name>WhatIfStrip</name>
    <message>
        <source>All of it</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The same queue in Staffing, with every number of agents</source>
        <translation>Dieselbe Warteschlange unter Personalbedarf, mit jeder Zahl von Agenten</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>What if: queue</source>
        <translation>Was wäre wenn: Warteschlange</translation>
    </message>
</context>
<context>
    <name>WorkList</name>
    <message>
        <source>A colleague was faster: {0}</source>
        <translation>Jemand war schneller: {0}</translation>
    </message>
    <message>
        <source>Callback due: {0}</source>
        <translation>Rückruf fällig: {0}</translation>
    </message>
    <message>
        <source>Callback they asked for</source>
        <translation>Gewünschter Rückruf</translation>
    </message>
    <message>
        <source>For you</source>
        <translation>Für Sie</translation>
    </message>
    <message>
        <source>From this computer, {0} old</source>
        <translation>Von diesem Rechner, {0} alt</translation>
    </message>
    <message>
        <source>Nothing waits for you. Missed calls and promised callbacks appear here.</source>
        <translation>Nichts wartet auf Sie. Verpasste Anrufe und zugesagte Rückrufe erscheinen hier.</translation>
    </message>
    <message>
        <source>{0} open</source>
        <translation>{0} offen</translation>
    </message>
</context>
<context>
    <name>WorkModel</name>
    <message>
        <source>A colleague</source>
        <translation>Jemand aus dem Team</translation>
    </message>
    <message>
        <source>Done. Ctrl Z or a click takes it back.</source>
        <translation>Erledigt. Strg Z oder ein Klick nimmt es zurück.</translation>
    </message>
    <message>
        <source>You are on it</source>
        <translation>Sie sind dran</translation>
    </message>
    <message>
        <source>promised by {0}</source>
        <translation>zugesagt von {0}</translation>
    </message>
    <message>
        <source>tried {0} times</source>
        <translation>{0}-mal versucht</translation>
    </message>
    <message>
        <source>{0} is on it</source>
        <translation>{0} ist dran</translation>
    </message>
</context>
<context>
    <name>WorkView</name>
    <message>
        <source>Enter calls, Delete marks as done, Ctrl Z takes that back</source>
        <translation>Enter ruft an, Entf hakt ab, Strg Z nimmt das zurück</translation>
    </message>
    <message>
        <source>For you: callbacks and missed calls</source>
        <translation>Für Sie: Rückrufe und verpasste Anrufe</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>About the customer</source>
        <translation>Über den Kunden</translation>
    </message>
    <message>
        <source>Choose who is calling to see the contact history.</source>
        <translation>Wählen Sie, wer anruft, um den Kontaktverlauf zu sehen.</translation>
    </message>
    <message>
        <source>Handoff</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Leitfaden</translation>
    </message>
    <message>
        <source>The contact history cannot be read now. {0}</source>
        <translation>Der Kontaktverlauf ist jetzt nicht lesbar. {0}</translation>
    </message>
    <message>
        <source>Without a number there is no contact history yet.</source>
        <translation>Ohne Nummer gibt es noch keinen Kontaktverlauf.</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
</context>
<context>
    <name>WrapUpForm</name>
    <message>
        <source>Anyone</source>
        <translation>Egal wer</translation>
    </message>
    <message>
        <source>Callback: by whom</source>
        <translation>Rückruf: durch wen</translation>
    </message>
    <message>
        <source>Callback: when</source>
        <translation>Rückruf: wann</translation>
    </message>
    <message>
        <source>Choose a disposition first.</source>
        <translation>Wählen Sie zuerst ein Ergebnis.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>Disposition</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Disposition, required</source>
        <translation>Ergebnis, Pflicht</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>Verlängern</translation>
    </message>
    <message>
        <source>Kept; it can be completed once the call has ended</source>
        <translation>Gemerkt; abschließen geht, sobald der Anruf beendet ist</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>Ich</translation>
    </message>
    <message>
        <source>Me ({0})</source>
        <translation>Ich ({0})</translation>
    </message>
    <message>
        <source>No dispositions are set up.</source>
        <translation>Es sind keine Ergebnisse eingerichtet.</translation>
    </message>
    <message>
        <source>Not understood. For example: tomorrow 17:30, Tue 9:00, in 2 h, 25 Nov 14:00</source>
        <translation>Nicht verstanden. Zum Beispiel: morgen 17:30, Di 9:00, in 2 h, 25. Nov 14:00</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Save draft</source>
        <translation>Entwurf speichern</translation>
    </message>
    <message>
        <source>Schedule a callback</source>
        <translation>Rückruf einplanen</translation>
    </message>
    <message>
        <source>Status of the ticket</source>
        <translation>Status des Tickets</translation>
    </message>
    <message>
        <source>The call is over</source>
        <translation>Der Anruf ist vorbei</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Time is up</source>
        <translation>Die Zeit ist um</translation>
    </message>
    <message>
        <source>Time is up: choose a disposition</source>
        <translation>Die Zeit ist um: wählen Sie ein Ergebnis</translation>
    </message>
    <message>
        <source>Update a ticket</source>
        <translation>Ein Ticket ergänzen</translation>
    </message>
    <message>
        <source>Update {0}</source>
        <translation>{0} ergänzen</translation>
    </message>
    <message>
        <source>Wrap-up starts when the call ends</source>
        <translation>Nachbearbeitung beginnt, wenn der Anruf endet</translation>
    </message>
    <message>
        <source>Wrap-up starts when the call ends, {0} allowed</source>
        <translation>Nachbearbeitung beginnt, wenn der Anruf endet, {0} erlaubt</translation>
    </message>
    <message>
        <source>Wrap-up time left</source>
        <translation>Verbleibende Nachbearbeitung</translation>
    </message>
    <message>
        <source>press 1–{0}</source>
        <translation>1–{0} drücken</translation>
    </message>
    <message>
        <source>tomorrow 10:00</source>
        <translation>morgen 10:00</translation>
    </message>
    <message>
        <source>tomorrow 17:30</source>
        <translation>morgen 17:30</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>noch {0}</translation>
    </message>
    <message>
        <source>{0} more to wrap up</source>
        <translation>noch {0} nachzubearbeiten</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
</context>
<context>
    <name>_Choice</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>_Field</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Article {0}: words of the link</source>
        <translation>Artikel {0}: Wortlaut des Links</translation>
    </message>
    <message>
        <source>Remove article {0}</source>
        <translation>Artikel {0} entfernen</translation>
    </message>
    <message>
        <source>Remove value {0}</source>
        <translation>Wert {0} entfernen</translation>
    </message>
    <message>
        <source>Value {0}: formula</source>
        <translation>Wert {0}: Formel</translation>
    </message>
    <message>
        <source>Value {0}: name</source>
        <translation>Wert {0}: Name</translation>
    </message>
    <message>
        <source>formula, as (amount / 3)|round(2)</source>
        <translation>Formel, wie (amount / 3)|round(2)</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>_Step</name>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>action</name>
    <message>
        <source>Act on agent</source>
        <translation>Beim Agenten eingreifen</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>Verwaltung</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Leitstand</translation>
    </message>
    <message>
        <source>Board layouts</source>
        <translation>Ansichten des Leitstands</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Anrufe</translation>
    </message>
    <message>
        <source>Choose the next call</source>
        <translation>Nächsten Anruf wählen</translation>
    </message>
    <message>
        <source>Close what is on top</source>
        <translation>Oberstes schließen</translation>
    </message>
    <message>
        <source>Complete wrap-up</source>
        <translation>Nachbearbeitung abschließen</translation>
    </message>
    <message>
        <source>Consult</source>
        <translation>Rückfrage</translation>
    </message>
    <message>
        <source>Contact history</source>
        <translation>Kontaktverlauf</translation>
    </message>
    <message>
        <source>Copy the caller’s number</source>
        <translation>Nummer des Anrufers kopieren</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Kunden</translation>
    </message>
    <message>
        <source>Decline a second call</source>
        <translation>Zweiten Anruf ablehnen</translation>
    </message>
    <message>
        <source>Dial field</source>
        <translation>Wählfeld</translation>
    </message>
    <message>
        <source>End or decline</source>
        <translation>Beenden oder ablehnen</translation>
    </message>
    <message>
        <source>Export customers</source>
        <translation>Kunden exportieren</translation>
    </message>
    <message>
        <source>Extend wrap-up</source>
        <translation>Nachbearbeitung verlängern</translation>
    </message>
    <message>
        <source>Filter this list</source>
        <translation>Diese Liste filtern</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>Hand over to IVR</source>
        <translation>An Sprachmenü übergeben</translation>
    </message>
    <message>
        <source>Handoff</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>Hold, resume</source>
        <translation>Halten, zurückholen</translation>
    </message>
    <message>
        <source>Import customers</source>
        <translation>Kunden importieren</translation>
    </message>
    <message>
        <source>Join the calls</source>
        <translation>Anrufe zusammenschalten</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keypad</source>
        <translation>Tastenfeld</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Listen to agent</source>
        <translation>Beim Agenten mithören</translation>
    </message>
    <message>
        <source>Look back in time</source>
        <translation>Zurückblicken</translation>
    </message>
    <message>
        <source>Merge customers</source>
        <translation>Kunden zusammenführen</translation>
    </message>
    <message>
        <source>Merged customers</source>
        <translation>Zusammengeführte Kunden</translation>
    </message>
    <message>
        <source>Message agents</source>
        <translation>Nachricht an Agenten</translation>
    </message>
    <message>
        <source>Mini bar on top</source>
        <translation>Minileiste obenauf</translation>
    </message>
    <message>
        <source>Mute, unmute</source>
        <translation>Stumm, Ton an</translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation>Neues Ticket</translation>
    </message>
    <message>
        <source>Next alert of the board</source>
        <translation>Nächster Alarm des Leitstands</translation>
    </message>
    <message>
        <source>Next field</source>
        <translation>Nächstes Feld</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Pause or resume recording</source>
        <translation>Aufzeichnung anhalten, fortsetzen</translation>
    </message>
    <message>
        <source>Pause with a reason</source>
        <translation>Pause mit Grund</translation>
    </message>
    <message>
        <source>Pick a disposition</source>
        <translation>Ergebnis wählen</translation>
    </message>
    <message>
        <source>Put the PBX right</source>
        <translation>Anlage angleichen</translation>
    </message>
    <message>
        <source>Ready, not ready</source>
        <translation>Bereit, nicht bereit</translation>
    </message>
    <message>
        <source>Record, stop recording</source>
        <translation>Aufzeichnen, beenden</translation>
    </message>
    <message>
        <source>Redial last</source>
        <translation>Zuletzt gewählte Nummer</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Berichte</translation>
    </message>
    <message>
        <source>Save draft</source>
        <translation>Entwurf speichern</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Leitfaden</translation>
    </message>
    <message>
        <source>Script: answer</source>
        <translation>Leitfaden: Antwort</translation>
    </message>
    <message>
        <source>Script: next step</source>
        <translation>Leitfaden: nächster Schritt</translation>
    </message>
    <message>
        <source>Script: step back</source>
        <translation>Leitfaden: Schritt zurück</translation>
    </message>
    <message>
        <source>Scripts</source>
        <translation>Leitfäden</translation>
    </message>
    <message>
        <source>Search articles</source>
        <translation>Artikel suchen</translation>
    </message>
    <message>
        <source>Search or run a command</source>
        <translation>Suchen oder Befehl ausführen</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Sofort übergeben</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Snippet in notes</source>
        <translation>Textbaustein in Notizen</translation>
    </message>
    <message>
        <source>Snippets for notes</source>
        <translation>Textbausteine für Notizen</translation>
    </message>
    <message>
        <source>Staffing</source>
        <translation>Personalbedarf</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Supervising</source>
        <translation>Supervision</translation>
    </message>
    <message>
        <source>Swap calls</source>
        <translation>Makeln</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Take longest waiting</source>
        <translation>Am längsten Wartenden nehmen</translation>
    </message>
    <message>
        <source>Test sound</source>
        <translation>Ton testen</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>Tickets</translation>
    </message>
    <message>
        <source>To the voicemail</source>
        <translation>Zur Mailbox</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>Weiterleiten</translation>
    </message>
    <message>
        <source>Transfer card</source>
        <translation>Weiterleiten</translation>
    </message>
    <message>
        <source>Unsent entries</source>
        <translation>Nicht gesendete Einträge</translation>
    </message>
    <message>
        <source>Verify a caller again</source>
        <translation>Einen Anrufer wieder prüfen lassen</translation>
    </message>
    <message>
        <source>Verify the caller</source>
        <translation>Anrufer prüfen</translation>
    </message>
    <message>
        <source>Wallboard</source>
        <translation>Wallboard</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>Whisper, barge in</source>
        <translation>Flüstern, aufschalten</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>Arbeitsplatz</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
    <message>
        <source>not during a call</source>
        <translation>nicht während eines Anrufs</translation>
    </message>
    <message>
        <source>nothing was dialled yet</source>
        <translation>noch wurde nichts gewählt</translation>
    </message>
    <message>
        <source>only during a call</source>
        <translation>nur während eines Anrufs</translation>
    </message>
    <message>
        <source>only during a call, where recording is on</source>
        <translation>nur während eines Anrufs, wo Aufzeichnen an ist</translation>
    </message>
    <message>
        <source>only for administrators</source>
        <translation>nur für Administratoren</translation>
    </message>
    <message>
        <source>only for supervisors</source>
        <translation>nur für Supervisoren</translation>
    </message>
    <message>
        <source>only for team leads</source>
        <translation>nur für Teamleitungen</translation>
    </message>
    <message>
        <source>only in wrap-up</source>
        <translation>nur in der Nachbearbeitung</translation>
    </message>
    <message>
        <source>only while a call is being logged</source>
        <translation>nur solange ein Anruf erfasst wird</translation>
    </message>
    <message>
        <source>only while a call is being recorded</source>
        <translation>nur solange ein Anruf aufgezeichnet wird</translation>
    </message>
    <message>
        <source>only while a call rings</source>
        <translation>nur solange ein Anruf klingelt</translation>
    </message>
    <message>
        <source>only while a call rings, with a voicemail in Settings</source>
        <translation>nur solange ein Anruf klingelt, mit Mailbox in den Einstellungen</translation>
    </message>
    <message>
        <source>only while a second call rings</source>
        <translation>nur solange ein zweiter Anruf klingelt</translation>
    </message>
    <message>
        <source>only while the PBX does not agree</source>
        <translation>nur solange die Anlage abweicht</translation>
    </message>
    <message>
        <source>only while there is a call</source>
        <translation>nur solange es einen Anruf gibt</translation>
    </message>
    <message>
        <source>only with a caller on screen</source>
        <translation>nur mit einem Anrufer auf dem Bildschirm</translation>
    </message>
    <message>
        <source>only with a centre’s database</source>
        <translation>nur mit der Datenbank eines Centers</translation>
    </message>
    <message>
        <source>only with a customer on screen</source>
        <translation>nur mit einem Kunden auf dem Bildschirm</translation>
    </message>
    <message>
        <source>only with a second call</source>
        <translation>nur mit einem zweiten Anruf</translation>
    </message>
</context>
<context>
    <name>agent_actions</name>
    <message>
        <source>Act on {0}, {1}</source>
        <translation>Eingreifen bei {0}, {1}</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Calls answered today</source>
        <translation>Heute angenommene Anrufe</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Listen in</source>
        <translation>Mithören</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Reason of the pause</source>
        <translation>Grund der Pause</translation>
    </message>
    <message>
        <source>Reason to sign out</source>
        <translation>Grund der Abmeldung</translation>
    </message>
    <message>
        <source>Reason, for the record</source>
        <translation>Grund, fürs Protokoll</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Write a message…</source>
        <translation>Nachricht schreiben…</translation>
    </message>
    <message>
        <source>{0} · signed in</source>
        <translation>{0} · angemeldet</translation>
    </message>
</context>
<context>
    <name>alarms</name>
    <message>
        <source>{0} in time since then, target {1}; {2} waiting, {3} free.</source>
        <translation>{0} rechtzeitig seither, Ziel {1}; {2} wartend, {3} frei.</translation>
    </message>
    <message>
        <source>{0} is below target since {1} and no agent is free.</source>
        <translation>{0} liegt seit {1} unter dem Ziel, und kein Agent ist frei.</translation>
    </message>
    <message>
        <source>{0} is below target since {1}.</source>
        <translation>{0} liegt seit {1} unter dem Ziel.</translation>
    </message>
    <message>
        <source>{0} today, target {1}; {2} waiting, {3} free.</source>
        <translation>{0} heute, Ziel {1}; {2} wartend, {3} frei.</translation>
    </message>
    <message>
        <source>{0}: somebody has waited for {1}.</source>
        <translation>{0}: jemand wartet seit {1}.</translation>
    </message>
    <message>
        <source>{0}: {1} callers wait.</source>
        <translation>{0}: {1} Anrufer warten.</translation>
    </message>
    <message>
        <source>{0}: {1} of today’s visits were abandoned.</source>
        <translation>{0}: {1} der heutigen Eintritte endeten mit Auflegen.</translation>
    </message>
</context>
<context>
    <name>call_words</name>
    <message>
        <source>{0} cannot be reached.</source>
        <translation>{0} ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>{0} declined.</source>
        <translation>{0} hat abgelehnt.</translation>
    </message>
    <message>
        <source>{0} does not answer.</source>
        <translation>{0} antwortet nicht.</translation>
    </message>
    <message>
        <source>{0} has hung up.</source>
        <translation>{0} hat aufgelegt.</translation>
    </message>
    <message>
        <source>{0} is busy.</source>
        <translation>{0} ist besetzt.</translation>
    </message>
</context>
<context>
    <name>callers</name>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Callers who gave up</source>
        <translation>Anrufer, die auflegten</translation>
    </message>
    <message>
        <source>Gave up</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Längste Wartezeit</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Since then</source>
        <translation>Seither</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Withheld number</source>
        <translation>Unterdrückte Nummer</translation>
    </message>
</context>
<context>
    <name>charts</name>
    <message>
        <source>Abandoned</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Answered in time</source>
        <translation>Rechtzeitig angenommen</translation>
    </message>
    <message>
        <source>Answered in {0} s</source>
        <translation>Angenommen in {0} s</translation>
    </message>
    <message>
        <source>Below target</source>
        <translation>Unter dem Ziel</translation>
    </message>
    <message>
        <source>By quarter hour such forecasts of the last {0} days were wrong by {1} of all visits</source>
        <translation>Je Viertelstunde lagen solche Prognosen der letzten {0} Tage um {1} aller Eintritte daneben</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>Prognose</translation>
    </message>
    <message>
        <source>Forecast for {0}: {1}, between {2} and {3}</source>
        <translation>Prognose für {0}: {1}, zwischen {2} und {3}</translation>
    </message>
    <message>
        <source>From {0} days of this weekday, the season and holidays</source>
        <translation>Aus {0} Tagen dieses Wochentags, der Jahreszeit und Feiertagen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Left or waiting</source>
        <translation>Ausgestiegen oder wartend</translation>
    </message>
    <message>
        <source>Queue visits offered</source>
        <translation>Eintritte in Warteschlangen</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>Servicelevel</translation>
    </message>
    <message>
        <source>Service level by 15 min</source>
        <translation>Servicelevel je 15 min</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Waiting now, last hour</source>
        <translation>Wartende, letzte Stunde</translation>
    </message>
    <message>
        <source>abandoned {0}</source>
        <translation>aufgelegt {0}</translation>
    </message>
    <message>
        <source>forecast {0}, abandoned {1}</source>
        <translation>Prognose {0}, aufgelegt {1}</translation>
    </message>
    <message>
        <source>nobody waited</source>
        <translation>niemand wartete</translation>
    </message>
    <message>
        <source>peak {0} at {1}</source>
        <translation>Höchstwert {0} um {1}</translation>
    </message>
    <message>
        <source>since {0}, target {1}</source>
        <translation>seit {0}, Ziel {1}</translation>
    </message>
    <message>
        <source>target {0}</source>
        <translation>Ziel {0}</translation>
    </message>
    <message>
        <source>{0} abandoned</source>
        <translation>{0} aufgelegt</translation>
    </message>
    <message>
        <source>{0} answered in time</source>
        <translation>{0} rechtzeitig angenommen</translation>
    </message>
    <message>
        <source>{0} answered later</source>
        <translation>{0} später angenommen</translation>
    </message>
    <message>
        <source>{0} left by key or timeout</source>
        <translation>{0} per Taste oder Zeitablauf ausgestiegen</translation>
    </message>
    <message>
        <source>{0} up to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
    <message>
        <source>{0} waiting at {1}
Entered and not yet left, every {2} s</source>
        <translation>{0} wartend um {1}
Eingetreten und noch nicht wieder draußen, alle {2} s</translation>
    </message>
    <message>
        <source>{0} waiting or without a known end</source>
        <translation>{0} wartend oder ohne bekanntes Ende</translation>
    </message>
    <message>
        <source>{0}: {1} expected</source>
        <translation>{0}: {1} erwartet</translation>
    </message>
    <message>
        <source>{0}: {1} offered</source>
        <translation>{0}: {1} eingetreten</translation>
    </message>
    <message>
        <source>{0}: {1} offered, {2} in time, {3} later, {4} abandoned</source>
        <translation>{0}: {1} eingetreten, {2} rechtzeitig, {3} später, {4} aufgelegt</translation>
    </message>
</context>
<context>
    <name>dates</name>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Morgen</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>in {0}</source>
        <translation>in {0}</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>morgen</translation>
    </message>
    <message>
        <source>under a minute</source>
        <translation>unter einer Minute</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>{0} ago</source>
        <translation>vor {0}</translation>
    </message>
    <message>
        <source>{0} d</source>
        <translation>{0} Tg.</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} h</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
</context>
<context>
    <name>dialling</name>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Call a premium-rate number?</source>
        <translation>Kostenpflichtige Sondernummer anrufen?</translation>
    </message>
    <message>
        <source>Cannot call: {0}</source>
        <translation>Kein Anruf möglich: {0}</translation>
    </message>
    <message>
        <source>Connect to a PBX in Settings.</source>
        <translation>Verbinden Sie sich in den Einstellungen mit einer Telefonanlage.</translation>
    </message>
    <message>
        <source>Direct mode calls SIP addresses only</source>
        <translation>Direkt werden nur SIP-Adressen angerufen</translation>
    </message>
    <message>
        <source>That is too long to be dialled</source>
        <translation>Das ist zu lang zum Wählen</translation>
    </message>
    <message>
        <source>numbers of {0}</source>
        <translation>Nummern von {0}</translation>
    </message>
    <message>
        <source>outside numbers</source>
        <translation>externe Nummern</translation>
    </message>
    <message>
        <source>without {0}</source>
        <translation>ohne {0}</translation>
    </message>
    <message>
        <source>{0} in front</source>
        <translation>{0} davor</translation>
    </message>
    <message>
        <source>{0} is calling you: answer instead</source>
        <translation>{0} ruft Sie gerade an: nehmen Sie stattdessen an</translation>
    </message>
    <message>
        <source>{0} is charged extra.</source>
        <translation>{0} kostet extra.</translation>
    </message>
    <message>
        <source>{0} is on the line already</source>
        <translation>{0} ist schon in der Leitung</translation>
    </message>
    <message>
        <source>“{0}” has characters that no number or address has</source>
        <translation>„{0}“ hat Zeichen, die keine Nummer oder Adresse hat</translation>
    </message>
    <message>
        <source>“{0}” is not a number</source>
        <translation>„{0}“ ist keine Nummer</translation>
    </message>
</context>
<context>
    <name>due_time</name>
    <message>
        <source>d</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>due in {0} min</source>
        <translation>fällig in {0} min</translation>
    </message>
    <message>
        <source>due now</source>
        <translation>jetzt fällig</translation>
    </message>
    <message>
        <source>h</source>
        <translation>h</translation>
    </message>
    <message>
        <source>in</source>
        <translation>in</translation>
    </message>
    <message>
        <source>min</source>
        <translation>min</translation>
    </message>
    <message>
        <source>overdue {0}</source>
        <translation>überfällig {0}</translation>
    </message>
</context>
<context>
    <name>exchange</name>
    <message>
        <source>(left out)</source>
        <translation>(weggelassen)</translation>
    </message>
    <message>
        <source>Account number</source>
        <translation>Kundennummer</translation>
    </message>
    <message>
        <source>Address, whole</source>
        <translation>Adresse, ganz</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Vorname</translation>
    </message>
    <message>
        <source>Kind of phone number</source>
        <translation>Art der Telefonnummer</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Nachname</translation>
    </message>
    <message>
        <source>Middle name</source>
        <translation>Zweiter Vorname</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Note to the agent</source>
        <translation>Hinweis für Agenten</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>Telefonnummer</translation>
    </message>
    <message>
        <source>Postal code</source>
        <translation>Postleitzahl</translation>
    </message>
    <message>
        <source>State or region</source>
        <translation>Bundesland oder Region</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>Straße</translation>
    </message>
    <message>
        <source>Suffix of the name</source>
        <translation>Namenszusatz</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>Ort</translation>
    </message>
</context>
<context>
    <name>feed</name>
    <message>
        <source>Collector: {0}</source>
        <translation>Kollektor: {0}</translation>
    </message>
    <message>
        <source>Connected since {0}</source>
        <translation>Verbunden seit {0}</translation>
    </message>
    <message>
        <source>Events come late: figures lag {0} behind.</source>
        <translation>Ereignisse kommen spät: Zahlen hinken {0} nach.</translation>
    </message>
    <message>
        <source>Events waiting at the collector: {0}</source>
        <translation>Beim Kollektor wartende Ereignisse: {0}</translation>
    </message>
    <message>
        <source>Events, queues and people it does not know: {0}</source>
        <translation>Ihm unbekannte Ereignisse, Warteschlangen und Personen: {0}</translation>
    </message>
    <message>
        <source>From the phone system to the database: {0} s</source>
        <translation>Von der Telefonanlage zur Datenbank: {0} s</translation>
    </message>
    <message>
        <source>Have its service on “{0}” started again</source>
        <translation>Lassen Sie seinen Dienst auf „{0}“ neu starten</translation>
    </message>
    <message>
        <source>Live from {0}, connected since {1}, {2}</source>
        <translation>Live von {0}, verbunden seit {1}, {2}</translation>
    </message>
    <message>
        <source>Live, {0}</source>
        <translation>Live, {0}</translation>
    </message>
    <message>
        <source>No connection to the phone system “{0}”: its queues stand still.</source>
        <translation>Keine Verbindung zur Telefonanlage „{0}“: ihre Warteschlangen stehen still.</translation>
    </message>
    <message>
        <source>No connection to the phone system “{0}”: these figures are {1} old.</source>
        <translation>Keine Verbindung zur Telefonanlage „{0}“: diese Zahlen sind {1} alt.</translation>
    </message>
    <message>
        <source>Not reached: {0}</source>
        <translation>Nicht erreicht: {0}</translation>
    </message>
    <message>
        <source>Nothing is lost. If it lasts, the database or the collector’s computer is overloaded.</source>
        <translation>Nichts ist verloren. Wenn es anhält, ist die Datenbank oder der Rechner des Kollektors überlastet.</translation>
    </message>
    <message>
        <source>Phone systems: {0}</source>
        <translation>Telefonanlagen: {0}</translation>
    </message>
    <message>
        <source>Standing by: {0}</source>
        <translation>In Reserve: {0}</translation>
    </message>
    <message>
        <source>The collector is silent: these figures are {0} old.</source>
        <translation>Der Kollektor schweigt: diese Zahlen sind {0} alt.</translation>
    </message>
    <message>
        <source>The collector tries again by itself{0}. If calls do not come either: is the PBX up?</source>
        <translation>Der Kollektor versucht es von selbst wieder{0}. Kommen auch keine Anrufe: läuft die Anlage?</translation>
    </message>
    <message>
        <source>The database is away: these figures are {0} old.</source>
        <translation>Die Datenbank ist weg: diese Zahlen sind {0} alt.</translation>
    </message>
    <message>
        <source>The desktops write their queue events themselves: no collector runs for this database.</source>
        <translation>Die Arbeitsplätze schreiben ihre Ereignisse selbst: für diese Datenbank läuft kein Kollektor.</translation>
    </message>
    <message>
        <source>The phone system’s clock is ahead by {0} s</source>
        <translation>Die Uhr der Telefonanlage geht {0} s vor</translation>
    </message>
    <message>
        <source>{0}; the phone system’s clock is {1} s off</source>
        <translation>{0}; die Uhr der Telefonanlage weicht um {1} s ab</translation>
    </message>
    <message>
        <source>They go on by themselves when it is back; calls and what you enter are kept here.</source>
        <translation>Sie gehen von selbst weiter, sobald sie zurück ist; Anrufe und Ihre Eingaben bleiben hier erhalten.</translation>
    </message>
    <message>
        <source>last event {0} ago</source>
        <translation>letztes Ereignis vor {0}</translation>
    </message>
    <message>
        <source>no event yet today</source>
        <translation>heute noch kein Ereignis</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>{0} events wait to be stored: figures lag {1} behind.</source>
        <translation>{0} Ereignisse warten aufs Speichern: Zahlen hinken {1} nach.</translation>
    </message>
    <message>
        <source>{0} h old</source>
        <translation>{0} h alt</translation>
    </message>
    <message>
        <source>{0} min old</source>
        <translation>{0} min alt</translation>
    </message>
    <message>
        <source>{0} s old</source>
        <translation>{0} s alt</translation>
    </message>
    <message>
        <source>{0}: calls go on, and what it misses is caught up with.</source>
        <translation>{0}: Anrufe gehen weiter, und was fehlt, wird nachgeholt.</translation>
    </message>
    <message>
        <source>“{0}” stands by and takes over within seconds.</source>
        <translation>„{0}“ steht bereit und übernimmt binnen Sekunden.</translation>
    </message>
</context>
<context>
    <name>figures</name>
    <message>
        <source>(answered or abandoned within {threshold}) ÷ (answered + abandoned + left by key or timeout)</source>
        <translation>(angenommen oder aufgelegt binnen {threshold}) ÷ (angenommen + aufgelegt + per Taste oder Zeitablauf ausgestiegen)</translation>
    </message>
    <message>
        <source>(answered or abandoned within {threshold}) ÷ (answered + abandoned)</source>
        <translation>(angenommen oder aufgelegt binnen {threshold}) ÷ (angenommen + aufgelegt)</translation>
    </message>
    <message>
        <source>(talk + hold + finished wrap-up) ÷ calls handled, transferred ones included</source>
        <translation>(Gespräch + Halten + fertige Nachbearbeitung) ÷ bearbeitete Anrufe, weitergeleitete eingeschlossen</translation>
    </message>
    <message>
        <source>(talk + hold + wrap-up) ÷ (talk + hold + wrap-up + ready + ringing), no pauses</source>
        <translation>(Gespräch + Halten + Nachbearbeitung) ÷ (Gespräch + Halten + Nachbearbeitung + bereit + klingelnd), ohne Pausen</translation>
    </message>
    <message>
        <source>(talk + hold + wrap-up) ÷ time signed in, pauses included</source>
        <translation>(Gespräch + Halten + Nachbearbeitung) ÷ angemeldete Zeit, Pausen eingeschlossen</translation>
    </message>
    <message>
        <source>A day has no such time: {text}.</source>
        <translation>So eine Uhrzeit hat kein Tag: {text}.</translation>
    </message>
    <message>
        <source>AHT</source>
        <translation>AHT</translation>
    </message>
    <message>
        <source>ASA</source>
        <translation>ASA</translation>
    </message>
    <message>
        <source>Abandon rate</source>
        <translation>Abbruchrate</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Abandoned calls</source>
        <translation>Aufgelegte Anrufe</translation>
    </message>
    <message>
        <source>Adherence</source>
        <translation>Plantreue</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Answered by nobody</source>
        <translation>Von niemandem angenommen</translation>
    </message>
    <message>
        <source>Answered in time, of answered only</source>
        <translation>Rechtzeitig angenommen, nur von Angenommenen</translation>
    </message>
    <message>
        <source>Answered rate</source>
        <translation>Annahmerate</translation>
    </message>
    <message>
        <source>Average handle time</source>
        <translation>Mittlere Bearbeitungszeit</translation>
    </message>
    <message>
        <source>Average speed of answer</source>
        <translation>Mittlere Zeit bis zur Annahme</translation>
    </message>
    <message>
        <source>Average time to abandon</source>
        <translation>Mittlere Zeit bis zum Auflegen</translation>
    </message>
    <message>
        <source>Average wait</source>
        <translation>Mittlere Wartezeit</translation>
    </message>
    <message>
        <source>Average wrap-up</source>
        <translation>Mittlere Nachbearbeitung</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Besetzt</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Calls and customers</source>
        <translation>Anrufe und Kunden</translation>
    </message>
    <message>
        <source>Calls by outcome</source>
        <translation>Anrufe nach Ausgang</translation>
    </message>
    <message>
        <source>Calls handled</source>
        <translation>Bearbeitete Anrufe</translation>
    </message>
    <message>
        <source>Calls offered</source>
        <translation>Eingegangene Anrufe</translation>
    </message>
    <message>
        <source>Calls per hour</source>
        <translation>Anrufe je Stunde</translation>
    </message>
    <message>
        <source>Calls, not queue visits: one call in two queues is one call.</source>
        <translation>Anrufe, nicht Eintritte: ein Anruf in zwei Warteschlangen ist ein Anruf.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Conformance</source>
        <translation>Planerfüllung</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Gezählt</translation>
    </message>
    <message>
        <source>Counted {at}</source>
        <translation>Gezählt {at}</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Estimated wait</source>
        <translation>Geschätzte Wartezeit</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>First contact resolution, estimated</source>
        <translation>Lösung beim ersten Kontakt, geschätzt</translation>
    </message>
    <message>
        <source>Formula: {formula}</source>
        <translation>Formel: {formula}</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Gave up</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Handled</source>
        <translation>Bearbeitet</translation>
    </message>
    <message>
        <source>How it is counted</source>
        <translation>Wie gezählt wird</translation>
    </message>
    <message>
        <source>In each line: offered = answered + abandoned + left + open, E = A + B + X + U.</source>
        <translation>In jeder Zeile: eingetreten = angenommen + aufgelegt + ausgestiegen + offen, E = A + B + X + U.</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>Rechtzeitig</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Ausgestiegen</translation>
    </message>
    <message>
        <source>Longest wait</source>
        <translation>Längste Wartezeit</translation>
    </message>
    <message>
        <source>Longest wait now</source>
        <translation>Längste Wartezeit jetzt</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Verpasst</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>No team</source>
        <translation>Kein Team</translation>
    </message>
    <message>
        <source>Not in it: {what}</source>
        <translation>Nicht enthalten: {what}</translation>
    </message>
    <message>
        <source>Nothing to count yet</source>
        <translation>Noch nichts zu zählen</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Occupancy</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>Eingetreten</translation>
    </message>
    <message>
        <source>One line for each number, however often it gave up; short waits are in it. Struck off is who was called back and spoken to, or called again and was answered, after the last time.</source>
        <translation>Eine Zeile je Nummer, wie oft sie auch auflegte; kurze Wartezeiten zählen mit. Gestrichen ist, wer nach dem letzten Mal zurückgerufen und gesprochen wurde oder wieder anrief und angenommen wurde.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Queue visits offered</source>
        <translation>Eintritte in Warteschlangen</translation>
    </message>
    <message>
        <source>Queues by day</source>
        <translation>Warteschlangen je Tag</translation>
    </message>
    <message>
        <source>Queues compared</source>
        <translation>Warteschlangen im Vergleich</translation>
    </message>
    <message>
        <source>Queues through the day</source>
        <translation>Warteschlangen im Tagesverlauf</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>Servicelevel</translation>
    </message>
    <message>
        <source>Service level, by each queue&apos;s own formula</source>
        <translation>Servicelevel, nach der Formel jeder Warteschlange</translation>
    </message>
    <message>
        <source>Service level, early abandons as reached</source>
        <translation>Servicelevel, frühes Auflegen als erreicht</translation>
    </message>
    <message>
        <source>Service level, early abandons as reached, exits counted</source>
        <translation>Servicelevel, frühes Auflegen als erreicht, Ausstiege gezählt</translation>
    </message>
    <message>
        <source>Service level, early abandons ignored</source>
        <translation>Servicelevel, frühes Auflegen außen vor</translation>
    </message>
    <message>
        <source>Service level, early abandons ignored, exits counted</source>
        <translation>Servicelevel, frühes Auflegen außen vor, Ausstiege gezählt</translation>
    </message>
    <message>
        <source>Service level, exits counted</source>
        <translation>Servicelevel, Ausstiege gezählt</translation>
    </message>
    <message>
        <source>Service level, short abandons ignored</source>
        <translation>Servicelevel, kurze Abbrüche außen vor</translation>
    </message>
    <message>
        <source>Service level, short abandons ignored, exits counted</source>
        <translation>Servicelevel, kurze Abbrüche außen vor, Ausstiege gezählt</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Since then</source>
        <translation>Seither</translation>
    </message>
    <message>
        <source>Taken by a colleague</source>
        <translation>Von jemand anderem angenommen</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>Team</translation>
    </message>
    <message>
        <source>Teams compared</source>
        <translation>Teams im Vergleich</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>To abandon</source>
        <translation>Bis zum Auflegen</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>Transfer rate</source>
        <translation>Weiterleitungsrate</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>Weitergeleitet</translation>
    </message>
    <message>
        <source>Transfers by kind</source>
        <translation>Weiterleitungen nach Art</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Two parts overlap.</source>
        <translation>Zwei Teile überschneiden sich.</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>Nutzungsgrad</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Visits count in the interval they entered in.</source>
        <translation>Eintritte zählen im Intervall, in dem sie begannen.</translation>
    </message>
    <message>
        <source>Waiting now</source>
        <translation>Jetzt wartend</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Window: {start} to {end}, {zone}</source>
        <translation>Fenster: {start} bis {end}, {zone}</translation>
    </message>
    <message>
        <source>Within this time, at {at}, the settings became no. {number}; all is counted by those of now.</source>
        <translation>In dieser Zeit, um {at}, wurden die Einstellungen Nr. {number} daraus; alles ist nach den jetzigen gezählt.</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
    <message>
        <source>abandoned</source>
        <translation>aufgelegt</translation>
    </message>
    <message>
        <source>abandoned after {short} ÷ (entered − abandoned within {short})</source>
        <translation>aufgelegt nach {short} ÷ (eingetreten − aufgelegt binnen {short})</translation>
    </message>
    <message>
        <source>abandoned early</source>
        <translation>früh aufgelegt</translation>
    </message>
    <message>
        <source>abandoned within {short}; in abandoned too</source>
        <translation>aufgelegt binnen {short}; auch in aufgelegt enthalten</translation>
    </message>
    <message>
        <source>abandoned ÷ entered</source>
        <translation>aufgelegt ÷ eingetreten</translation>
    </message>
    <message>
        <source>about {minutes} min</source>
        <translation>etwa {minutes} min</translation>
    </message>
    <message>
        <source>after a consultation</source>
        <translation>nach einer Rückfrage</translation>
    </message>
    <message>
        <source>answered queue visits whose talk is over, transferred ones included</source>
        <translation>angenommene Eintritte, deren Gespräch vorbei ist, weitergeleitete eingeschlossen</translation>
    </message>
    <message>
        <source>answered within {threshold} ÷ (answered + abandoned + left by key or timeout)</source>
        <translation>angenommen binnen {threshold} ÷ (angenommen + aufgelegt + per Taste oder Zeitablauf ausgestiegen)</translation>
    </message>
    <message>
        <source>answered within {threshold} ÷ (answered + abandoned after {short} + left by key or timeout)</source>
        <translation>angenommen binnen {threshold} ÷ (angenommen + aufgelegt nach {short} + per Taste oder Zeitablauf ausgestiegen)</translation>
    </message>
    <message>
        <source>answered within {threshold} ÷ (answered + abandoned after {short})</source>
        <translation>angenommen binnen {threshold} ÷ (angenommen + aufgelegt nach {short})</translation>
    </message>
    <message>
        <source>answered within {threshold} ÷ (answered + abandoned after {threshold} + left by key or timeout)</source>
        <translation>angenommen binnen {threshold} ÷ (angenommen + aufgelegt nach {threshold} + per Taste oder Zeitablauf ausgestiegen)</translation>
    </message>
    <message>
        <source>answered within {threshold} ÷ (answered + abandoned after {threshold})</source>
        <translation>angenommen binnen {threshold} ÷ (angenommen + aufgelegt nach {threshold})</translation>
    </message>
    <message>
        <source>answered within {threshold} ÷ (answered + abandoned)</source>
        <translation>angenommen binnen {threshold} ÷ (angenommen + aufgelegt)</translation>
    </message>
    <message>
        <source>answered within {threshold} ÷ answered</source>
        <translation>angenommen binnen {threshold} ÷ angenommen</translation>
    </message>
    <message>
        <source>answered within {threshold}, the limit included</source>
        <translation>angenommen binnen {threshold}, die Grenze eingeschlossen</translation>
    </message>
    <message>
        <source>answered ÷ (entered + refused before joining)</source>
        <translation>angenommen ÷ (eingetreten + vor dem Eintritt abgewiesen)</translation>
    </message>
    <message>
        <source>average handle time × place in the queue × (1 − abandon rate) ÷ agents taking calls; an estimate</source>
        <translation>durchschnittliche Bearbeitungszeit × Platz in der Warteschlange × (1 − Abbruchrate) ÷ Agenten, die Anrufe annehmen; eine Schätzung</translation>
    </message>
    <message>
        <source>being called</source>
        <translation>wird gerade angerufen</translation>
    </message>
    <message>
        <source>blind</source>
        <translation>ohne Rückfrage</translation>
    </message>
    <message>
        <source>by time of entry</source>
        <translation>nach Zeitpunkt des Eintritts</translation>
    </message>
    <message>
        <source>called again, answered</source>
        <translation>rief wieder an, angenommen</translation>
    </message>
    <message>
        <source>called back</source>
        <translation>zurückgerufen</translation>
    </message>
    <message>
        <source>called, no answer</source>
        <translation>angerufen, keine Antwort</translation>
    </message>
    <message>
        <source>calls handled ÷ hours signed in, pauses included</source>
        <translation>bearbeitete Anrufe ÷ angemeldete Stunden, Pausen eingeschlossen</translation>
    </message>
    <message>
        <source>calls with this outcome ÷ all calls that began in the window</source>
        <translation>Anrufe mit diesem Ausgang ÷ alle Anrufe, die im Fenster begannen</translation>
    </message>
    <message>
        <source>customers&apos; matters without a further contact within {days} days ÷ matters; nobody was asked</source>
        <translation>Anliegen von Kunden ohne weiteren Kontakt binnen {days} Tagen ÷ Anliegen; niemand wurde gefragt</translation>
    </message>
    <message>
        <source>different calls that entered a queue, each once</source>
        <translation>verschiedene Anrufe, die in eine Warteschlange kamen, jeder einmal</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>entered = answered + abandoned + left by key or timeout + waiting or without end</source>
        <translation>eingetreten = angenommen + aufgelegt + per Taste oder Zeitablauf ausgestiegen + wartend oder ohne Ende</translation>
    </message>
    <message>
        <source>entered and not yet answered, abandoned or left</source>
        <translation>eingetreten und noch nicht angenommen, aufgelegt oder ausgestiegen</translation>
    </message>
    <message>
        <source>finished wrap-up ÷ calls handled</source>
        <translation>fertige Nachbearbeitung ÷ bearbeitete Anrufe</translation>
    </message>
    <message>
        <source>further visits of the same calls</source>
        <translation>weitere Eintritte derselben Anrufe</translation>
    </message>
    <message>
        <source>hung up while waiting, short ones included (B)</source>
        <translation>beim Warten aufgelegt, kurze eingeschlossen (B)</translation>
    </message>
    <message>
        <source>left by key or timeout</source>
        <translation>per Taste oder Zeitablauf ausgestiegen</translation>
    </message>
    <message>
        <source>left by key or timeout, or because nobody was signed in (X)</source>
        <translation>per Taste oder Zeitablauf ausgestiegen, oder weil niemand angemeldet war (X)</translation>
    </message>
    <message>
        <source>now − queue entry of the caller who has waited longest</source>
        <translation>jetzt − Eintritt des Anrufers, der am längsten wartet</translation>
    </message>
    <message>
        <source>number not known</source>
        <translation>Nummer nicht bekannt</translation>
    </message>
    <message>
        <source>numerators and denominators of each formula added up</source>
        <translation>Zähler und Nenner jeder Formel zusammengezählt</translation>
    </message>
    <message>
        <source>of unknown kind</source>
        <translation>unbekannter Art</translation>
    </message>
    <message>
        <source>of unknown wait</source>
        <translation>mit unbekannter Wartezeit</translation>
    </message>
    <message>
        <source>passed on by the agent, blind or after a consultation ÷ calls handled</source>
        <translation>vom Agenten weitergegeben, mit oder ohne Rückfrage ÷ bearbeitete Anrufe</translation>
    </message>
    <message>
        <source>queue settings no. {number} ({mark})</source>
        <translation>Einstellungen der Warteschlange Nr. {number} ({mark})</translation>
    </message>
    <message>
        <source>queue visits that an agent answered (A)</source>
        <translation>Eintritte, die ein Agent annahm (A)</translation>
    </message>
    <message>
        <source>refused before joining</source>
        <translation>vor dem Eintritt abgewiesen</translation>
    </message>
    <message>
        <source>still talking</source>
        <translation>noch im Gespräch</translation>
    </message>
    <message>
        <source>still waiting, or the end was never heard of (U)</source>
        <translation>noch wartend, oder vom Ende war nichts zu hören (U)</translation>
    </message>
    <message>
        <source>the longest wait of answered, abandoned and left visits</source>
        <translation>die längste Wartezeit angenommener, aufgelegter und ausgestiegener Eintritte</translation>
    </message>
    <message>
        <source>the queue&apos;s own limit</source>
        <translation>die eigene Grenze der Warteschlange</translation>
    </message>
    <message>
        <source>time in any state but offline, pauses included</source>
        <translation>Zeit in jedem Status außer offline, Pausen eingeschlossen</translation>
    </message>
    <message>
        <source>time in the planned state, moment by moment ÷ planned time, breaks included</source>
        <translation>Zeit im geplanten Status, Moment für Moment ÷ geplante Zeit, Pausen eingeschlossen</translation>
    </message>
    <message>
        <source>time worked, whenever it was ÷ time planned for work</source>
        <translation>gearbeitete Zeit, wann auch immer ÷ für Arbeit geplante Zeit</translation>
    </message>
    <message>
        <source>to be called</source>
        <translation>anzurufen</translation>
    </message>
    <message>
        <source>too recent to tell</source>
        <translation>zu neu für ein Urteil</translation>
    </message>
    <message>
        <source>transfers of this kind ÷ all transfers out of a queue&apos;s talks</source>
        <translation>Weiterleitungen dieser Art ÷ alle Weiterleitungen aus Gesprächen einer Warteschlange</translation>
    </message>
    <message>
        <source>turned away before joining; never offered</source>
        <translation>vor dem Eintritt abgewiesen; nie angeboten</translation>
    </message>
    <message>
        <source>under 1 min</source>
        <translation>unter 1 min</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>waiting or without a known end</source>
        <translation>wartend oder ohne bekanntes Ende</translation>
    </message>
    <message>
        <source>waits of abandoned visits, short ones included ÷ abandoned</source>
        <translation>Wartezeiten aufgelegter Eintritte, kurze eingeschlossen ÷ aufgelegt</translation>
    </message>
    <message>
        <source>waits of answered visits, from queue entry ÷ answered</source>
        <translation>Wartezeiten angenommener Eintritte, ab Eintritt ÷ angenommen</translation>
    </message>
    <message>
        <source>waits of answered, abandoned and left visits ÷ their number</source>
        <translation>Wartezeiten angenommener, aufgelegter und ausgestiegener Eintritte ÷ ihre Zahl</translation>
    </message>
    <message>
        <source>{queue}: in time within {threshold} s, target {target} %, short abandon within {short} s</source>
        <translation>{queue}: rechtzeitig binnen {threshold} s, Ziel {target} %, kurzes Auflegen binnen {short} s</translation>
    </message>
    <message>
        <source>{start} to {end}, {zone}</source>
        <translation>{start} bis {end}, {zone}</translation>
    </message>
    <message>
        <source>“{text}” is no time; write it like 9:00–17:00 12:00–12:30.</source>
        <translation>„{text}“ ist keine Zeit; schreiben Sie sie wie 9:00–17:00 12:00–12:30.</translation>
    </message>
</context>
<context>
    <name>files</name>
    <message>
        <source>Excel workbook</source>
        <translation>Excel-Arbeitsmappe</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
</context>
<context>
    <name>headset</name>
    <message>
        <source>A headset</source>
        <translation>Ein Headset</translation>
    </message>
    <message>
        <source>No headset with telephone buttons is plugged in.</source>
        <translation>Kein Headset mit Telefontasten ist angeschlossen.</translation>
    </message>
    <message>
        <source>Not possible here: the library hidapi does not load.</source>
        <translation>Hier nicht möglich: die Bibliothek hidapi lädt nicht.</translation>
    </message>
    <message>
        <source>The headset</source>
        <translation>Das Headset</translation>
    </message>
    <message>
        <source>{0} has no telephone buttons that are understood.</source>
        <translation>{0} hat keine verständlichen Telefontasten.</translation>
    </message>
    <message>
        <source>{0} is ready.</source>
        <translation>{0} ist bereit.</translation>
    </message>
    <message>
        <source>{0} is there, but this user may not open it: resources/desktop has a udev rule for that.</source>
        <translation>{0} ist da, aber dieser Benutzer darf es nicht öffnen: resources/desktop hat eine udev-Regel dafür.</translation>
    </message>
</context>
<context>
    <name>home</name>
    <message>
        <source>(talk with holds {0} s + wrap-up {1} s) / {2} calls handled, since midnight of {3}, the site’s time</source>
        <translation>(Gespräch mit Halten {0} s + Nachbearbeitung {1} s) / {2} bearbeitete Anrufe, seit Mitternacht des {3}, Ortszeit des Centers</translation>
    </message>
    <message>
        <source>Calls you answered that have ended, since midnight of {0}, the site’s time</source>
        <translation>Von Ihnen angenommene, beendete Anrufe, seit Mitternacht des {0}, Ortszeit des Centers</translation>
    </message>
    <message>
        <source>{0} s of wrap-up / {1} wrap-ups completed, since midnight of {2}, the site’s time</source>
        <translation>{0} s Nachbearbeitung / {1} abgeschlossene Nachbearbeitungen, seit Mitternacht des {2}, Ortszeit des Centers</translation>
    </message>
</context>
<context>
    <name>intervals</name>
    <message>
        <source>AHT</source>
        <translation>AHT</translation>
    </message>
    <message>
        <source>ASA</source>
        <translation>ASA</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>At</source>
        <translation>Um</translation>
    </message>
    <message>
        <source>Enter opens the visits behind a line. Visits count where they entered.</source>
        <translation>Enter öffnet die Eintritte hinter einer Zeile. Eintritte zählen dort, wo sie begannen.</translation>
    </message>
    <message>
        <source>Entered and not yet left, every {0} s. Enter opens who waited then.</source>
        <translation>Eingetreten und noch nicht wieder draußen, alle {0} s. Enter öffnet, wer da wartete.</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>Prognose</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>Rechtzeitig</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Ausgestiegen</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>Eingetreten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Quarter hours</source>
        <translation>Viertelstunden</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>Servicelevel</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Waiting callers</source>
        <translation>Wartende Anrufer</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umsch</translation>
    </message>
</context>
<context>
    <name>knowledge</name>
    <message>
        <source>Because the caller chose {0} and said {1}</source>
        <translation>Weil der Anrufer {0} wählte und {1} sagte</translation>
    </message>
    <message>
        <source>Because the caller said {0}</source>
        <translation>Weil der Anrufer {0} sagte</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Expired {0}</source>
        <translation>Abgelaufen {0}</translation>
    </message>
    <message>
        <source>For calls in {0}</source>
        <translation>Für Anrufe in {0}</translation>
    </message>
    <message>
        <source>From {0}</source>
        <translation>Ab {0}</translation>
    </message>
    <message>
        <source>The articles could not be read.</source>
        <translation>Die Artikel konnten nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Until {0}</source>
        <translation>Bis {0}</translation>
    </message>
    <message>
        <source>ticket {0}: {1}</source>
        <translation>Ticket {0}: {1}</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>„{0}“</translation>
    </message>
</context>
<context>
    <name>lists</name>
    <message>
        <source>The list could not be fetched.</source>
        <translation>Die Liste konnte nicht geholt werden.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
</context>
<context>
    <name>message</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Ctrl Enter</source>
        <translation>Strg Enter</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Message to agents</source>
        <translation>Nachricht an Agenten</translation>
    </message>
    <message>
        <source>Not read yet: {0}</source>
        <translation>Noch nicht gelesen: {0}</translation>
    </message>
    <message>
        <source>Nothing sent yet</source>
        <translation>Noch nichts gesendet</translation>
    </message>
    <message>
        <source>Plain text; it stays on their screens until they read it</source>
        <translation>Reiner Text; er bleibt auf ihren Bildschirmen, bis sie ihn lesen</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet…</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Sent messages</source>
        <translation>Gesendete Nachrichten</translation>
    </message>
    <message>
        <source>Sent to one person.</source>
        <translation>An eine Person gesendet.</translation>
    </message>
    <message>
        <source>Sent to {0} people.</source>
        <translation>An {0} Personen gesendet.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>{0} read it at {1}</source>
        <translation>{0} las es um {1}</translation>
    </message>
</context>
<context>
    <name>orders</name>
    <message>
        <source>A supervisor</source>
        <translation>Ein Supervisor</translation>
    </message>
    <message>
        <source>{0} has paused you</source>
        <translation>{0} hat Sie in Pause gesetzt</translation>
    </message>
    <message>
        <source>{0} has signed you out of your queues</source>
        <translation>{0} hat Sie aus Ihren Warteschlangen abgemeldet</translation>
    </message>
</context>
<context>
    <name>phone</name>
    <message>
        <source>Calls work, but nothing is heard.</source>
        <translation>Anrufe gehen, aber man hört nichts.</translation>
    </message>
    <message>
        <source>Direct, port {0}</source>
        <translation>Direkt, Port {0}</translation>
    </message>
    <message>
        <source>No SIP port</source>
        <translation>Kein SIP-Port</translation>
    </message>
    <message>
        <source>No sound device</source>
        <translation>Kein Tongerät</translation>
    </message>
    <message>
        <source>Not registered</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Not registered: {0}</source>
        <translation>Nicht angemeldet: {0}</translation>
    </message>
    <message>
        <source>Phone does not start</source>
        <translation>Telefon startet nicht</translation>
    </message>
    <message>
        <source>Phone is starting</source>
        <translation>Telefon startet</translation>
    </message>
    <message>
        <source>Phone stopped, starting again</source>
        <translation>Telefon brach ab, startet neu</translation>
    </message>
    <message>
        <source>Registered with {0}</source>
        <translation>Angemeldet bei {0}</translation>
    </message>
    <message>
        <source>Registering…</source>
        <translation>Meldet sich an…</translation>
    </message>
    <message>
        <source>SIP ready</source>
        <translation>SIP bereit</translation>
    </message>
    <message>
        <source>System sound</source>
        <translation>Systemton</translation>
    </message>
    <message>
        <source>Tried again after {0} s</source>
        <translation>Neuer Versuch nach {0} s</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>kein Netzwerk</translation>
    </message>
    <message>
        <source>nobody trusted vouches for the server’s certificate</source>
        <translation>niemand Vertrautes bürgt für das Zertifikat des Servers</translation>
    </message>
    <message>
        <source>refused: wrong password or account</source>
        <translation>abgelehnt: Passwort oder Konto falsch</translation>
    </message>
    <message>
        <source>the file of the certificate authority cannot be read</source>
        <translation>die Datei der Zertifizierungsstelle ist nicht lesbar</translation>
    </message>
    <message>
        <source>the password is not known</source>
        <translation>das Passwort ist nicht bekannt</translation>
    </message>
    <message>
        <source>the server’s certificate is for another name</source>
        <translation>das Zertifikat des Servers lautet auf einen anderen Namen</translation>
    </message>
    <message>
        <source>the server’s certificate is not valid now</source>
        <translation>das Zertifikat des Servers ist jetzt nicht gültig</translation>
    </message>
    <message>
        <source>unknown account</source>
        <translation>unbekanntes Konto</translation>
    </message>
    <message>
        <source>unknown reason</source>
        <translation>unbekannter Grund</translation>
    </message>
    <message>
        <source>wrong password</source>
        <translation>falsches Passwort</translation>
    </message>
</context>
<context>
    <name>presence</name>
    <message>
        <source>Monitoring</source>
        <translation>Hört mit</translation>
    </message>
    <message>
        <source>No phone</source>
        <translation>Kein Telefon</translation>
    </message>
    <message>
        <source>PBX: in no queue</source>
        <translation>Anlage: in keiner Warteschlange</translation>
    </message>
    <message>
        <source>PBX: not paused</source>
        <translation>Anlage: nicht pausiert</translation>
    </message>
    <message>
        <source>PBX: paused</source>
        <translation>Anlage: pausiert</translation>
    </message>
    <message>
        <source>PBX: phone not reached</source>
        <translation>Anlage: Telefon nicht erreicht</translation>
    </message>
    <message>
        <source>The PBX cannot reach your phone: no calls come. Look at how it is registered, in Settings, Phone.</source>
        <translation>Die Anlage kann Ihr Telefon nicht erreichen: es kommen keine Anrufe. Sehen Sie in Einstellungen, Telefon nach seiner Anmeldung.</translation>
    </message>
    <message>
        <source>The PBX has you in none of your queues: no calls come. Choose this to be put into them.</source>
        <translation>Die Anlage hat Sie in keiner Ihrer Warteschlangen: es kommen keine Anrufe. Wählen Sie dies, um hineinzukommen.</translation>
    </message>
    <message>
        <source>The PBX has you paused, though you are Ready here: no calls come. Choose this to be offered calls.</source>
        <translation>Die Anlage hat Sie pausiert, obwohl Sie hier bereit sind: es kommen keine Anrufe. Wählen Sie dies, um Anrufe zu bekommen.</translation>
    </message>
    <message>
        <source>The PBX would send you calls, though you want none here. Choose this to have it stop.</source>
        <translation>Die Anlage würde Ihnen Anrufe schicken, obwohl Sie hier keine wollen. Wählen Sie dies, damit sie aufhört.</translation>
    </message>
    <message>
        <source>desk lost</source>
        <translation>Arbeitsplatz verloren</translation>
    </message>
    <message>
        <source>then {0}</source>
        <translation>dann {0}</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Nothing was counted in this time.</source>
        <translation>In dieser Zeit wurde nichts gezählt.</translation>
    </message>
    <message>
        <source>Page {0} of {1}</source>
        <translation>Seite {0} von {1}</translation>
    </message>
    <message>
        <source>What the figures mean</source>
        <translation>Was die Kennzahlen bedeuten</translation>
    </message>
</context>
<context>
    <name>schedules</name>
    <message>
        <source>Abandoned</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Je Tag</translation>
    </message>
    <message>
        <source>Calls and customers</source>
        <translation>Anrufe und Kunden</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>Teams</translation>
    </message>
    <message>
        <source>Through the day</source>
        <translation>Im Tagesverlauf</translation>
    </message>
    <message>
        <source>a report of a newer program</source>
        <translation>ein Bericht eines neueren Programms</translation>
    </message>
    <message>
        <source>being made</source>
        <translation>wird erstellt</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>wird gesendet</translation>
    </message>
    <message>
        <source>daily {0}</source>
        <translation>täglich {0}</translation>
    </message>
    <message>
        <source>day {0}, {1}</source>
        <translation>Tag {0}, {1}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>fixed days</source>
        <translation>feste Tage</translation>
    </message>
    <message>
        <source>last month</source>
        <translation>letzter Monat</translation>
    </message>
    <message>
        <source>last week</source>
        <translation>letzte Woche</translation>
    </message>
    <message>
        <source>next try {0}</source>
        <translation>nächster Versuch {0}</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>dieser Monat</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>diese Woche</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>tried again</source>
        <translation>erneut versucht</translation>
    </message>
    <message>
        <source>unclear</source>
        <translation>unklar</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
</context>
<context>
    <name>scripts</name>
    <message>
        <source>A whole number, please.</source>
        <translation>Bitte eine ganze Zahl.</translation>
    </message>
    <message>
        <source>An answer is needed here.</source>
        <translation>Hier ist eine Antwort nötig.</translation>
    </message>
    <message>
        <source>At least {0} characters.</source>
        <translation>Mindestens {0} Zeichen.</translation>
    </message>
    <message>
        <source>At least {0}.</source>
        <translation>Mindestens {0}.</translation>
    </message>
    <message>
        <source>At most two decimals.</source>
        <translation>Höchstens zwei Nachkommastellen.</translation>
    </message>
    <message>
        <source>At most {0} characters.</source>
        <translation>Höchstens {0} Zeichen.</translation>
    </message>
    <message>
        <source>At most {0}.</source>
        <translation>Höchstens {0}.</translation>
    </message>
    <message>
        <source>Campaign {0}</source>
        <translation>Kampagne {0}</translation>
    </message>
    <message>
        <source>Choose one of the answers.</source>
        <translation>Wählen Sie eine der Antworten.</translation>
    </message>
    <message>
        <source>Choose the result</source>
        <translation>Ergebnis wählen</translation>
    </message>
    <message>
        <source>Customer is {0}</source>
        <translation>Kunde ist {0}</translation>
    </message>
    <message>
        <source>Dialled {0}</source>
        <translation>Gewählt wurde {0}</translation>
    </message>
    <message>
        <source>For all calls</source>
        <translation>Für alle Anrufe</translation>
    </message>
    <message>
        <source>Hand over to the menu</source>
        <translation>An das Menü übergeben</translation>
    </message>
    <message>
        <source>Intent {0}</source>
        <translation>Anliegen {0}</translation>
    </message>
    <message>
        <source>Language {0}</source>
        <translation>Sprache {0}</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>No condition of this step holds: choose where to go on.</source>
        <translation>Keine Bedingung dieses Schritts gilt: wählen Sie, wo es weitergeht.</translation>
    </message>
    <message>
        <source>Not after {0}.</source>
        <translation>Nicht nach {0}.</translation>
    </message>
    <message>
        <source>Not before {0}.</source>
        <translation>Nicht vor {0}.</translation>
    </message>
    <message>
        <source>Open a ticket</source>
        <translation>Ticket öffnen</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>Queue {0}</source>
        <translation>Warteschlange {0}</translation>
    </message>
    <message>
        <source>Schedule a callback</source>
        <translation>Rückruf einplanen</translation>
    </message>
    <message>
        <source>The PBX has no menu “{0}”.</source>
        <translation>Die Anlage hat kein Menü „{0}“.</translation>
    </message>
    <message>
        <source>The script goes round in a circle at {0}.</source>
        <translation>Der Leitfaden dreht sich bei {0} im Kreis.</translation>
    </message>
    <message>
        <source>The script names a step that it does not have: {0}</source>
        <translation>Der Leitfaden nennt einen Schritt, den er nicht hat: {0}</translation>
    </message>
    <message>
        <source>This is not a day; write it as 2026-11-22 or 22.11.2026.</source>
        <translation>Das ist kein Tag; schreiben Sie ihn als 2026-11-22 oder 22.11.2026.</translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation>Das ist keine Zahl.</translation>
    </message>
    <message>
        <source>This is not a phone number.</source>
        <translation>Das ist keine Telefonnummer.</translation>
    </message>
    <message>
        <source>This is not an e-mail address.</source>
        <translation>Das ist keine E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>This is not written as it should be.</source>
        <translation>Das ist nicht so geschrieben, wie es sein soll.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>0 is none</source>
        <translation>0: keine</translation>
    </message>
    <message>
        <source>0 takes any free port; 5060 is the usual one</source>
        <translation>0 nimmt irgendeinen freien Port; üblich ist 5060</translation>
    </message>
    <message>
        <source>A PEM file if your PBX has its own; empty trusts whom this system trusts</source>
        <translation>Eine PEM-Datei, wenn Ihre Anlage eine eigene hat; leer vertraut, wem dieses System vertraut</translation>
    </message>
    <message>
        <source>A pause ends by itself after so long, so that none is forgotten</source>
        <translation>Eine Pause endet nach so langer Zeit von selbst, damit keine vergessen wird</translation>
    </message>
    <message>
        <source>A small one on top of other programs; it never takes the keyboard from them</source>
        <translation>Ein kleines über anderen Programmen; es nimmt ihnen nie die Tastatur</translation>
    </message>
    <message>
        <source>Abandoned warns, per cent</source>
        <translation>Auflegen warnt, Prozent</translation>
    </message>
    <message>
        <source>Abandoned, breach, per cent</source>
        <translation>Auflegen, Alarm, Prozent</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Addresses that scripts may open begin with one of these (https://…), separated by spaces; none: no pages</source>
        <translation>Adressen, die Leitfäden öffnen dürfen, beginnen mit einer von diesen (https://…), durch Leerzeichen getrennt; keine: keine Seiten</translation>
    </message>
    <message>
        <source>Addresses whose calls may be answered by themselves, with a beep, while you are Ready</source>
        <translation>Adressen, deren Anrufe sich mit einem Piepton selbst annehmen dürfen, solange Sie bereit sind</translation>
    </message>
    <message>
        <source>Addresses whose identity and hand-over headers are believed, besides your server</source>
        <translation>Adressen, deren Köpfen zu Identität und Übergabe geglaubt wird, außer Ihrem Server</translation>
    </message>
    <message>
        <source>After wrap-up</source>
        <translation>Nach der Nachbearbeitung</translation>
    </message>
    <message>
        <source>After, seconds</source>
        <translation>Nach Sekunden</translation>
    </message>
    <message>
        <source>Alarms notify</source>
        <translation>Alarme melden</translation>
    </message>
    <message>
        <source>Alarms sound</source>
        <translation>Alarme ertönen</translation>
    </message>
    <message>
        <source>Answer everywhere</source>
        <translation>Überall annehmen</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>As its PBX says</source>
        <translation>Wie die Anlage es verlangt</translation>
    </message>
    <message>
        <source>As well as on the ring device</source>
        <translation>Zusätzlich zum Klingelgerät</translation>
    </message>
    <message>
        <source>Ask the server, seconds</source>
        <translation>Server fragen, Sekunden</translation>
    </message>
    <message>
        <source>Auto-answer for</source>
        <translation>Selbst annehmen von</translation>
    </message>
    <message>
        <source>Beep, seconds</source>
        <translation>Piepton, Sekunden</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Leitstand</translation>
    </message>
    <message>
        <source>Both sides hear a beep at the start and so often; 0 is none</source>
        <translation>Beide Seiten hören zu Beginn und so oft einen Piepton; 0: keinen</translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation>Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Dial rules</source>
        <translation>Wählregeln</translation>
    </message>
    <message>
        <source>Dialling a queue</source>
        <translation>Warteschlange anrufen</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>Echo</translation>
    </message>
    <message>
        <source>Empty is every outside number, DE a country&apos;s; in a pattern x is any digit and . at its end any rest</source>
        <translation>Leer ist jede externe Nummer, DE die eines Landes; in einem Muster ist x eine Ziffer und . am Ende ein beliebiger Rest</translation>
    </message>
    <message>
        <source>Empty is one file in your profile; else an SQLAlchemy URL</source>
        <translation>Leer ist eine Datei in Ihrem Profil; sonst eine SQLAlchemy-URL</translation>
    </message>
    <message>
        <source>Encrypted voice</source>
        <translation>Sprache verschlüsselt</translation>
    </message>
    <message>
        <source>End everywhere</source>
        <translation>Überall beenden</translation>
    </message>
    <message>
        <source>Everything grows with it</source>
        <translation>Alles wächst damit</translation>
    </message>
    <message>
        <source>For calls without a queue; queues have their own</source>
        <translation>Für Anrufe ohne Warteschlange; Warteschlangen haben eigene</translation>
    </message>
    <message>
        <source>Further accounts</source>
        <translation>Weitere Konten</translation>
    </message>
    <message>
        <source>Headset buttons</source>
        <translation>Headset-Tasten</translation>
    </message>
    <message>
        <source>Hook, mute and lights of a USB headset; off leaves the device alone</source>
        <translation>Gabel, Stumm und Lichter eines USB-Headsets; aus lässt das Gerät in Ruhe</translation>
    </message>
    <message>
        <source>How numbers without a country code are read; two letters</source>
        <translation>Wie Nummern ohne Landesvorwahl gelesen werden; zwei Buchstaben</translation>
    </message>
    <message>
        <source>How often it is asked whether it is still there; 0 never</source>
        <translation>Wie oft gefragt wird, ob er noch da ist; 0 nie</translation>
    </message>
    <message>
        <source>Icon in the panel</source>
        <translation>Symbol in der Leiste</translation>
    </message>
    <message>
        <source>In front</source>
        <translation>Nach vorn</translation>
    </message>
    <message>
        <source>Keys everywhere</source>
        <translation>Tasten überall</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Left out where the number begins so</source>
        <translation>Weggelassen, wo die Nummer so beginnt</translation>
    </message>
    <message>
        <source>Light, dark, or as your desktop</source>
        <translation>Hell, dunkel oder wie Ihr Desktop</translation>
    </message>
    <message>
        <source>Longest wait warns, seconds</source>
        <translation>Längste Wartezeit warnt, Sekunden</translation>
    </message>
    <message>
        <source>Longest wait, breach, seconds</source>
        <translation>Längste Wartezeit, Alarm, Sekunden</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Mini bar</source>
        <translation>Minileiste</translation>
    </message>
    <message>
        <source>Mute everywhere</source>
        <translation>Überall stumm</translation>
    </message>
    <message>
        <source>Name shown</source>
        <translation>Gezeigter Name</translation>
    </message>
    <message>
        <source>Names in notifications</source>
        <translation>Namen in Meldungen</translation>
    </message>
    <message>
        <source>Not while you are in a call</source>
        <translation>Nicht während Sie in einem Gespräch sind</translation>
    </message>
    <message>
        <source>Notify</source>
        <translation>Melden</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Nummern</translation>
    </message>
    <message>
        <source>Of a queue&apos;s visits today; 0 never</source>
        <translation>Der heutigen Eintritte einer Warteschlange; 0 nie</translation>
    </message>
    <message>
        <source>Of the program; empty is the system&apos;s</source>
        <translation>Des Programms; leer ist die des Systems</translation>
    </message>
    <message>
        <source>Off: calls have no audio on this computer</source>
        <translation>Aus: Anrufe haben an diesem Rechner keinen Ton</translation>
    </message>
    <message>
        <source>Off: masked, and e-mail addresses too; on a server the role decides</source>
        <translation>Aus: maskiert, auch E-Mail-Adressen; auf einem Server entscheidet die Rolle</translation>
    </message>
    <message>
        <source>Off: nothing is recorded. On: agents can record their calls</source>
        <translation>Aus: nichts wird aufgezeichnet. Ein: Agenten können ihre Anrufe aufzeichnen</translation>
    </message>
    <message>
        <source>Off: who calls is not told; screen locks show it too</source>
        <translation>Aus: wer anruft, wird nicht gesagt; auch Sperrbildschirme zeigen es</translation>
    </message>
    <message>
        <source>Off: you start as Paused</source>
        <translation>Aus: Sie beginnen in Pause</translation>
    </message>
    <message>
        <source>Only if it differs from the account</source>
        <translation>Nur wenn er vom Konto abweicht</translation>
    </message>
    <message>
        <source>Only if its provider names one</source>
        <translation>Nur wenn ihr Anbieter einen nennt</translation>
    </message>
    <message>
        <source>Only if your provider names one</source>
        <translation>Nur wenn Ihr Anbieter einen nennt</translation>
    </message>
    <message>
        <source>Outbound proxy</source>
        <translation>Ausgehender Proxy</translation>
    </message>
    <message>
        <source>Own address</source>
        <translation>Eigene Adresse</translation>
    </message>
    <message>
        <source>Own port</source>
        <translation>Eigener Port</translation>
    </message>
    <message>
        <source>Pages of scripts</source>
        <translation>Seiten der Leitfäden</translation>
    </message>
    <message>
        <source>Pause, seconds</source>
        <translation>Pause, Sekunden</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>Öffentlicher Schlüssel</translation>
    </message>
    <message>
        <source>Put before the rest</source>
        <translation>Davor setzen</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>Ruhe ab</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>Ruhe bis</translation>
    </message>
    <message>
        <source>Read from standbys</source>
        <translation>Von Reserven lesen</translation>
    </message>
    <message>
        <source>Ready and Paused here are Ready and Paused in the PBX’s queues; needs a collector</source>
        <translation>Bereit und Pause hier sind Bereit und Pause in den Warteschlangen der Anlage; braucht einen Kollektor</translation>
    </message>
    <message>
        <source>Ready at start</source>
        <translation>Bereit beim Start</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Registered too; calls go out by the first account that is registered</source>
        <translation>Auch angemeldet; Anrufe gehen über das erste angemeldete Konto hinaus</translation>
    </message>
    <message>
        <source>Ring at most, seconds</source>
        <translation>Klingeln höchstens, Sekunden</translation>
    </message>
    <message>
        <source>Ring on</source>
        <translation>Klingeln an</translation>
    </message>
    <message>
        <source>Ring on the speaker too</source>
        <translation>Auch am Lautsprecher klingeln</translation>
    </message>
    <message>
        <source>Ringing window</source>
        <translation>Klingelfenster</translation>
    </message>
    <message>
        <source>Ringing window on</source>
        <translation>Klingelfenster auf</translation>
    </message>
    <message>
        <source>SRTP; required refuses calls without it. Its keys are in the signalling: only TLS hides them</source>
        <translation>SRTP; Pflicht weist Anrufe ohne es ab. Die Schlüssel stehen in der Signalisierung: nur TLS verbirgt sie</translation>
    </message>
    <message>
        <source>Searches and lists, where the address names several servers; never older data</source>
        <translation>Suchen und Listen, wo die Adresse mehrere Server nennt; nie ältere Daten</translation>
    </message>
    <message>
        <source>Send on to</source>
        <translation>Weiterschicken an</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Service level, breach</source>
        <translation>Servicelevel, Alarm</translation>
    </message>
    <message>
        <source>Sign-in name</source>
        <translation>Anmeldename</translation>
    </message>
    <message>
        <source>Signed in as</source>
        <translation>Angemeldet als</translation>
    </message>
    <message>
        <source>So long it must last before it is an alarm, and be over</source>
        <translation>So lange muss es dauern, bis es ein Alarm ist, und vorbei sein</translation>
    </message>
    <message>
        <source>So many callers wait in a queue; 0 never</source>
        <translation>So viele Anrufer warten in einer Warteschlange; 0 nie</translation>
    </message>
    <message>
        <source>So many points below its target; any point below warns</source>
        <translation>So viele Punkte unter dem Ziel; jeder Punkt darunter warnt</translation>
    </message>
    <message>
        <source>Somebody has waited for so long; 0 never</source>
        <translation>Jemand wartet so lange; 0 nie</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Stand-in servers</source>
        <translation>Ersatzserver</translation>
    </message>
    <message>
        <source>State, call and its keys in a bar that stays on top of other programs</source>
        <translation>Status, Anruf und seine Tasten in einer Leiste, die über anderen Programmen bleibt</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>Such as 07:00</source>
        <translation>Etwa 07:00</translation>
    </message>
    <message>
        <source>Such as 22:00: alarms are shown, but neither sound nor pop up</source>
        <translation>Etwa 22:00: Alarme werden gezeigt, ertönen aber nicht und springen nicht auf</translation>
    </message>
    <message>
        <source>Such as Ctrl+Shift+F2</source>
        <translation>Etwa Ctrl+Shift+F2</translation>
    </message>
    <message>
        <source>Such as Ctrl+Shift+F3</source>
        <translation>Etwa Ctrl+Shift+F3</translation>
    </message>
    <message>
        <source>Such as Ctrl+Shift+F9</source>
        <translation>Etwa Ctrl+Shift+F9</translation>
    </message>
    <message>
        <source>Tell the PBX</source>
        <translation>Der Anlage sagen</translation>
    </message>
    <message>
        <source>Text size, per cent</source>
        <translation>Textgröße, Prozent</translation>
    </message>
    <message>
        <source>The PBX as host or host:port</source>
        <translation>Die Telefonanlage als Rechner oder Rechner:Port</translation>
    </message>
    <message>
        <source>The desktop tells of a call, with Answer and Decline</source>
        <translation>Der Desktop meldet einen Anruf, mit Annehmen und Ablehnen</translation>
    </message>
    <message>
        <source>The folder or mounted share that recordings are moved to; until then they stay here</source>
        <translation>Der Ordner oder das eingebundene Laufwerk, wohin Aufzeichnungen kommen; bis dahin bleiben sie hier</translation>
    </message>
    <message>
        <source>The presence that follows when wrap-up ends</source>
        <translation>Der Status, der auf die Nachbearbeitung folgt</translation>
    </message>
    <message>
        <source>The screen you point at, the first, or all</source>
        <translation>Der Bildschirm mit dem Mauszeiger, der erste oder alle</translation>
    </message>
    <message>
        <source>The three keys below work while another program has the keyboard</source>
        <translation>Die drei Tasten unten wirken auch, während ein anderes Programm die Tastatur hat</translation>
    </message>
    <message>
        <source>The user part of its SIP address</source>
        <translation>Der Benutzerteil ihrer SIP-Adresse</translation>
    </message>
    <message>
        <source>The user part of your SIP address, often the extension</source>
        <translation>Der Benutzerteil Ihrer SIP-Adresse, oft die Nebenstelle</translation>
    </message>
    <message>
        <source>Then the caller is sent on; 0 rings on and on</source>
        <translation>Dann wird der Anrufer weitergeschickt; 0 klingelt immer weiter</translation>
    </message>
    <message>
        <source>They are encrypted to it (age1…); who has the private key can listen: agent-desktop recording keygen</source>
        <translation>Sie werden damit verschlüsselt (age1…); hören kann, wer den privaten Schlüssel hat: agent-desktop recording keygen</translation>
    </message>
    <message>
        <source>Told on every screen of this window, and by the desktop over other programs</source>
        <translation>Gesagt auf jeder Seite dieses Fensters, und vom Desktop über anderen Programmen</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Transport</translation>
    </message>
    <message>
        <source>Tried in this order while the server does not answer; with commas between</source>
        <translation>In dieser Reihenfolge versucht, solange der Server nicht antwortet; mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>Tried in this order, with commas between</source>
        <translation>In dieser Reihenfolge versucht, mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>Trusted peers</source>
        <translation>Vertraute Gegenstellen</translation>
    </message>
    <message>
        <source>Two letters, if numbers are read otherwise for calls by it</source>
        <translation>Zwei Buchstaben, wenn Nummern bei Anrufen darüber anders gelesen werden</translation>
    </message>
    <message>
        <source>UDP unless your PBX says otherwise; TLS hides who calls whom, in version 1.2 at most</source>
        <translation>UDP, wenn Ihre Anlage nichts anderes sagt; TLS verbirgt, wer wen anruft, höchstens in Version 1.2</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Mailbox</translation>
    </message>
    <message>
        <source>Waiting warns</source>
        <translation>Wartende warnen</translation>
    </message>
    <message>
        <source>Waiting, breach</source>
        <translation>Wartende, Alarm</translation>
    </message>
    <message>
        <source>What Ctrl E adds</source>
        <translation>Was Strg E hinzugibt</translation>
    </message>
    <message>
        <source>What callers hear you through; empty is the system&apos;s choice</source>
        <translation>Worüber Anrufer Sie hören; leer ist die Wahl des Systems</translation>
    </message>
    <message>
        <source>What is noted at the start: asked each time, or always the same</source>
        <translation>Was zu Beginn notiert wird: jedes Mal gefragt oder immer dasselbe</translation>
    </message>
    <message>
        <source>What the other side may see as your name</source>
        <translation>Was die Gegenseite als Ihren Namen sehen darf</translation>
    </message>
    <message>
        <source>What you hear callers through; empty is the system&apos;s choice</source>
        <translation>Worüber Sie Anrufer hören; leer ist die Wahl des Systems</translation>
    </message>
    <message>
        <source>What your PBX answers by sending your voice back, for the sound test; empty: none</source>
        <translation>Was Ihre Anlage mit Ihrer eigenen Stimme beantwortet, für den Tontest; leer: nichts</translation>
    </message>
    <message>
        <source>What your PBX wants instead of the international form; the first that fits is used</source>
        <translation>Was Ihre Anlage statt der internationalen Form will; die erste passende gilt</translation>
    </message>
    <message>
        <source>Where calls are taken; empty is every network of this computer</source>
        <translation>Wo Anrufe angenommen werden; leer ist jedes Netzwerk dieses Rechners</translation>
    </message>
    <message>
        <source>Where declined callers are sent; empty: they are only declined</source>
        <translation>Wohin abgelehnte Anrufer kommen; leer: sie werden nur abgelehnt</translation>
    </message>
    <message>
        <source>Where incoming calls ring; empty is the speaker</source>
        <translation>Wo ankommende Anrufe klingeln; leer ist der Lautsprecher</translation>
    </message>
    <message>
        <source>Who gets a caller that rang too long; empty is the voicemail</source>
        <translation>Wer einen Anrufer bekommt, der zu lange klingelte; leer ist die Mailbox</translation>
    </message>
    <message>
        <source>Whole numbers in exports</source>
        <translation>Ganze Nummern in Exporten</translation>
    </message>
    <message>
        <source>With an account your PBX knows you; direct takes calls at this computer&apos;s address without one</source>
        <translation>Mit einem Konto kennt Sie Ihre Anlage; direkt nimmt Anrufe an der Adresse dieses Rechners ohne Konto an</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>Ohne</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>Wrap-up extension, seconds</source>
        <translation>Verlängerung der Nachbearbeitung, Sekunden</translation>
    </message>
    <message>
        <source>Wrap-up, seconds</source>
        <translation>Nachbearbeitung, Sekunden</translation>
    </message>
    <message>
        <source>Your login in the shared database</source>
        <translation>Ihr Login in der gemeinsamen Datenbank</translation>
    </message>
    <message>
        <source>Your state and a menu, on desktops that have a place for it</source>
        <translation>Ihr Status und ein Menü, auf Desktops, die einen Platz dafür haben</translation>
    </message>
    <message>
        <source>user@server if only that account&apos;s calls are meant</source>
        <translation>benutzer@server, wenn nur Anrufe dieses Kontos gemeint sind</translation>
    </message>
    <message>
        <source>{queue} stands for its name: sip:{queue}@pbx; empty: queues are not offered</source>
        <translation>{queue} steht für ihren Namen: sip:{queue}@pbx; leer: Warteschlangen werden nicht angeboten</translation>
    </message>
</context>
<context>
    <name>staffing</name>
    <message>
        <source>Agents on the roster</source>
        <translation>Agenten im Dienstplan</translation>
    </message>
    <message>
        <source>Aim: {0} answered within {1} s, agents busy {2} of the time at most</source>
        <translation>Ziel: {0} angenommen binnen {1} s, Agenten höchstens {2} der Zeit beschäftigt</translation>
    </message>
    <message>
        <source>Calls: mean of the last {0} days of this weekday, newer ones weigh more; × season × holiday</source>
        <translation>Anrufe: Mittel der letzten {0} Tage dieses Wochentags, neuere wiegen mehr; × Jahreszeit × Feiertag</translation>
    </message>
    <message>
        <source>Counted: {0} answered, {1} of them in time, {2} abandoned; {3} waiting</source>
        <translation>Gezählt: {0} angenommen, davon {1} rechtzeitig, {2} aufgelegt; {3} wartend</translation>
    </message>
    <message>
        <source>Days of the past that are known: {0}</source>
        <translation>Bekannte Tage der Vergangenheit: {0}</translation>
    </message>
    <message>
        <source>Erlang A, with patience</source>
        <translation>Erlang A, mit Geduld</translation>
    </message>
    <message>
        <source>Erlang C, nobody hangs up</source>
        <translation>Erlang C, niemand legt auf</translation>
    </message>
    <message>
        <source>Expected: {0} more calls, {1} of them answered in time</source>
        <translation>Erwartet: {0} weitere Anrufe, {1} davon rechtzeitig angenommen</translation>
    </message>
    <message>
        <source>Formula: Erlang A, patience {0} from {1} abandoned calls of four weeks</source>
        <translation>Formel: Erlang A, Geduld {0} aus {1} aufgelegten Anrufen von vier Wochen</translation>
    </message>
    <message>
        <source>Formula: Erlang C, nobody hangs up</source>
        <translation>Formel: Erlang C, niemand legt auf</translation>
    </message>
    <message>
        <source>Formula: {0}, counted so far and expected until {1}</source>
        <translation>Formel: {0}, bisher gezählt und erwartet bis {1}</translation>
    </message>
    <message>
        <source>From {0} of now, {1} a call, patience {2}; {3}</source>
        <translation>Aus {0} von jetzt, {1} je Anruf, Geduld {2}; {3}</translation>
    </message>
    <message>
        <source>Handle time: by hour, from {0} calls of those days</source>
        <translation>Bearbeitungszeit: je Stunde, aus {0} Anrufen dieser Tage</translation>
    </message>
    <message>
        <source>It ends before it begins.</source>
        <translation>Es endet, bevor es beginnt.</translation>
    </message>
    <message>
        <source>Its past error is not known: no day of the last four weeks could be held against a forecast.</source>
        <translation>Ihr bisheriger Fehler ist nicht bekannt: kein Tag der letzten vier Wochen ließ sich mit einer Prognose vergleichen.</translation>
    </message>
    <message>
        <source>Load: {0} calls × {1} ÷ {2} min = {3} erlangs</source>
        <translation>Last: {0} Anrufe × {1} ÷ {2} min = {3} Erlang</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>Gebraucht</translation>
    </message>
    <message>
        <source>Needed: {0} taking calls, {1} on the roster</source>
        <translation>Gebraucht: {0} nehmen Anrufe an, {1} im Dienstplan</translation>
    </message>
    <message>
        <source>Nothing is known of days like this one: no {0} with calls in the past.</source>
        <translation>Über Tage wie diesen ist nichts bekannt: kein {0} mit Anrufen in der Vergangenheit.</translation>
    </message>
    <message>
        <source>Past error, {0} days ahead, last {1} days: {2} by quarter hour, {3} by day, bias {4}; “as last time” {5}</source>
        <translation>Bisheriger Fehler, {0} Tage voraus, letzte {1} Tage: {2} je Viertelstunde, {3} je Tag, Neigung {4}; „wie letztes Mal“ {5}</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Geplant</translation>
    </message>
    <message>
        <source>Planned: {0} at every moment of it</source>
        <translation>Geplant: {0} in jedem Moment davon</translation>
    </message>
    <message>
        <source>Roster: agents needed ÷ (1 − {0} away), rounded up</source>
        <translation>Dienstplan: gebrauchte Agenten ÷ (1 − {0} abwesend), aufgerundet</translation>
    </message>
    <message>
        <source>Service level of {0} at its end: {1} ÷ {2}</source>
        <translation>Servicelevel von {0} am Ende: {1} ÷ {2}</translation>
    </message>
    <message>
        <source>Too few calls have ended to know how long one takes: {0} today, {1} are needed.</source>
        <translation>Zu wenige Anrufe sind beendet, um ihre Dauer zu kennen: {0} heute, {1} sind nötig.</translation>
    </message>
    <message>
        <source>Too few calls to go by: {0} in the last {1} min, {2} are needed.</source>
        <translation>Zu wenige Anrufe als Grundlage: {0} in den letzten {1} min, {2} sind nötig.</translation>
    </message>
    <message>
        <source>Who serves several queues counts as there in each of them.</source>
        <translation>Wer mehrere Warteschlangen bedient, zählt in jeder als anwesend.</translation>
    </message>
    <message>
        <source>With those planned: service level {0}, ASA {1}, occupancy {2}</source>
        <translation>Mit den Geplanten: Servicelevel {0}, ASA {1}, Auslastung {2}</translation>
    </message>
    <message>
        <source>at most, at {0}</source>
        <translation>höchstens, um {0}</translation>
    </message>
    <message>
        <source>endless</source>
        <translation>endlos</translation>
    </message>
    <message>
        <source>most at {0}: {1} agents taking calls, {2} on the roster</source>
        <translation>am meisten um {0}: {1} Agenten nehmen Anrufe an, {2} im Dienstplan</translation>
    </message>
    <message>
        <source>nobody is needed</source>
        <translation>niemand wird gebraucht</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>season × {0}</source>
        <translation>Jahreszeit × {0}</translation>
    </message>
    <message>
        <source>{0} abandoned today</source>
        <translation>{0} heute aufgelegt</translation>
    </message>
    <message>
        <source>{0} abandoned today: taken as endless</source>
        <translation>{0} heute aufgelegt: als endlos angenommen</translation>
    </message>
    <message>
        <source>{0} an hour</source>
        <translation>{0} je Stunde</translation>
    </message>
    <message>
        <source>{0} busy, {1} free, {2} paused</source>
        <translation>{0} beschäftigt, {1} frei, {2} in Pause</translation>
    </message>
    <message>
        <source>{0} calls ended today</source>
        <translation>{0} Anrufe heute beendet</translation>
    </message>
    <message>
        <source>{0} calls expected</source>
        <translation>{0} Anrufe erwartet</translation>
    </message>
    <message>
        <source>{0} calls in {1} min</source>
        <translation>{0} Anrufe in {1} min</translation>
    </message>
    <message>
        <source>{0}: {1} calls, {2} a call</source>
        <translation>{0}: {1} Anrufe, {2} je Anruf</translation>
    </message>
    <message>
        <source>{0}: {1} needed, {2} planned</source>
        <translation>{0}: {1} gebraucht, {2} geplant</translation>
    </message>
    <message>
        <source>{0}: × {1}</source>
        <translation>{0}: × {1}</translation>
    </message>
</context>
<context>
    <name>state</name>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>Klingelt</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>Im Gespräch</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
</context>
<context>
    <name>supervise</name>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange nehmen</translation>
    </message>
    <message>
        <source>Barge in</source>
        <translation>Aufschalten</translation>
    </message>
    <message>
        <source>End the pause</source>
        <translation>Pause beenden</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>Mithören</translation>
    </message>
    <message>
        <source>Listen in</source>
        <translation>Mithören</translation>
    </message>
    <message>
        <source>No collector is connected to the PBX: only messages and signing out work now.</source>
        <translation>Kein Kollektor ist mit der Anlage verbunden: nur Nachrichten und Abmelden gehen jetzt.</translation>
    </message>
    <message>
        <source>Nobody hears you: nothing is sent</source>
        <translation>Niemand hört Sie: nichts wird gesendet</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Sign in to queues</source>
        <translation>In Warteschlangen anmelden</translation>
    </message>
    <message>
        <source>Sign out of all queues</source>
        <translation>Aus allen Warteschlangen abmelden</translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>Aus der Warteschlange nehmen</translation>
    </message>
    <message>
        <source>Take the call</source>
        <translation>Anruf übernehmen</translation>
    </message>
    <message>
        <source>Whisper</source>
        <translation>Flüstern</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
    <message>
        <source>{0} and the customer hear you</source>
        <translation>{0} und der Kunde hören Sie</translation>
    </message>
    <message>
        <source>{0} hears you, the customer does not</source>
        <translation>{0} hört Sie, der Kunde nicht</translation>
    </message>
    <message>
        <source>{0}: asked, nobody has begun yet…</source>
        <translation>{0}: erbeten, noch hat niemand begonnen…</translation>
    </message>
    <message>
        <source>{0}: done. {1}</source>
        <translation>{0}: erledigt. {1}</translation>
    </message>
    <message>
        <source>{0}: nobody carried it out in time. Is the collector running?</source>
        <translation>{0}: niemand hat es rechtzeitig ausgeführt. Läuft der Kollektor?</translation>
    </message>
    <message>
        <source>{0}: refused. {1}</source>
        <translation>{0}: abgelehnt. {1}</translation>
    </message>
    <message>
        <source>{0}: the PBX is being asked…</source>
        <translation>{0}: die Anlage wird gefragt…</translation>
    </message>
    <message>
        <source>{0}: whether it was done is not known. {1}</source>
        <translation>{0}: ob es geschehen ist, ist nicht bekannt. {1}</translation>
    </message>
</context>
<context>
    <name>tiles</name>
    <message>
        <source>, chosen</source>
        <translation>, gewählt</translation>
    </message>
    <message>
        <source>At risk</source>
        <translation>Gefährdet</translation>
    </message>
    <message>
        <source>Below target</source>
        <translation>Unter dem Ziel</translation>
    </message>
    <message>
        <source>Calls behind the service level</source>
        <translation>Anrufe hinter dem Servicelevel</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>Noch keine Anrufe</translation>
    </message>
    <message>
        <source>On target</source>
        <translation>Im Ziel</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>SL, target {0}</source>
        <translation>SL, Ziel {0}</translation>
    </message>
    <message>
        <source>Take the longest waiting call</source>
        <translation>Am längsten wartenden Anruf nehmen</translation>
    </message>
    <message>
        <source>Target: {0}</source>
        <translation>Ziel: {0}</translation>
    </message>
    <message>
        <source>The same visits by other formulas:</source>
        <translation>Dieselben Eintritte nach anderen Formeln:</translation>
    </message>
    <message>
        <source>Who waits now</source>
        <translation>Wer jetzt wartet</translation>
    </message>
    <message>
        <source>longest wait</source>
        <translation>längste Wartezeit</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartend</translation>
    </message>
    <message>
        <source>{0}: {1}, {2} waiting, longest {3}, service level {4}, target {5}</source>
        <translation>{0}: {1}, {2} wartend, am längsten {3}, Servicelevel {4}, Ziel {5}</translation>
    </message>
</context>
<context>
    <name>told</name>
    <message>
        <source>A PBX&apos;s history stays: figures were made of it.</source>
        <translation>Die Vergangenheit einer Telefonanlage bleibt: daraus wurden Zahlen.</translation>
    </message>
    <message>
        <source>A country is two letters, such as PL.</source>
        <translation>Ein Land sind zwei Buchstaben, etwa DE.</translation>
    </message>
    <message>
        <source>A customer cannot be merged with itself.</source>
        <translation>Ein Kunde kann nicht mit sich selbst zusammengeführt werden.</translation>
    </message>
    <message>
        <source>A customer needs a name.</source>
        <translation>Ein Kunde braucht einen Namen.</translation>
    </message>
    <message>
        <source>A date of birth or a security word is kept, 80 signs at most.</source>
        <translation>Hinterlegt wird ein Geburtsdatum oder ein Kennwort, höchstens 80 Zeichen.</translation>
    </message>
    <message>
        <source>A day has 1,440 minutes.</source>
        <translation>Ein Tag hat 1.440 Minuten.</translation>
    </message>
    <message>
        <source>A disposition needs a name.</source>
        <translation>Ein Ergebnis braucht einen Namen.</translation>
    </message>
    <message>
        <source>A field is small letters, digits and _; * names it after what follows the name’s own *.</source>
        <translation>Ein Feld besteht aus Kleinbuchstaben, Ziffern und _; * benennt es nach dem, was dem * des Namens folgt.</translation>
    </message>
    <message>
        <source>A holiday has a name.</source>
        <translation>Ein Feiertag hat einen Namen.</translation>
    </message>
    <message>
        <source>A key is small letters and digits, with single hyphens between words.</source>
        <translation>Eine Kennung besteht aus Kleinbuchstaben und Ziffern, mit einzelnen Bindestrichen zwischen Wörtern.</translation>
    </message>
    <message>
        <source>A language is its code of two or three small letters: en, pl, de.</source>
        <translation>Eine Sprache ist ihr Kürzel aus zwei oder drei Kleinbuchstaben: en, pl, de.</translation>
    </message>
    <message>
        <source>A layout has a name.</source>
        <translation>Eine Ansicht hat einen Namen.</translation>
    </message>
    <message>
        <source>A layout is somebody&apos;s, or it is published.</source>
        <translation>Eine Ansicht gehört jemandem, oder sie ist veröffentlicht.</translation>
    </message>
    <message>
        <source>A layout&apos;s name has {0} characters at most.</source>
        <translation>Der Name einer Ansicht hat höchstens {0} Zeichen.</translation>
    </message>
    <message>
        <source>A login is one word of at most 63 letters (31 with accents), without quotes, “/”, “:” and “@”; “public”, “none” and what begins with “pg_” are the server&apos;s own.</source>
        <translation>Ein Login ist ein Wort aus höchstens 63 Buchstaben (31 mit Akzenten), ohne Anführungszeichen, „/“, „:“ und „@“; „public“, „none“ und was mit „pg_“ beginnt, gehört dem Server.</translation>
    </message>
    <message>
        <source>A login that has a password keeps its name: add the person anew to give them another.</source>
        <translation>Ein Login mit Passwort behält seinen Namen: legen Sie die Person neu an, um ihr einen anderen zu geben.</translation>
    </message>
    <message>
        <source>A message needs words, 2,000 signs at most, and somebody to read it.</source>
        <translation>Eine Nachricht braucht Worte, höchstens 2.000 Zeichen, und jemanden, der sie liest.</translation>
    </message>
    <message>
        <source>A name is letters, digits, - _ and dots, 60 at most; * at its end stands for all that begin so.</source>
        <translation>Ein Name besteht aus Buchstaben, Ziffern, - _ und Punkten, höchstens 60; * am Ende steht für alle, die so beginnen.</translation>
    </message>
    <message>
        <source>A part of a shift is work or a break.</source>
        <translation>Ein Teil einer Schicht ist Arbeit oder Pause.</translation>
    </message>
    <message>
        <source>A pause lasts a day at most.</source>
        <translation>Eine Pause dauert höchstens einen Tag.</translation>
    </message>
    <message>
        <source>A pause reason needs a name.</source>
        <translation>Ein Pausengrund braucht einen Namen.</translation>
    </message>
    <message>
        <source>A person needs a login: it says whose work is whose.</source>
        <translation>Eine Person braucht einen Login: er sagt, wessen Arbeit wem gehört.</translation>
    </message>
    <message>
        <source>A person needs a name.</source>
        <translation>Eine Person braucht einen Namen.</translation>
    </message>
    <message>
        <source>A phone needs its server, as host or host:port, and its account there.</source>
        <translation>Ein Telefon braucht seinen Server, als Rechner oder Rechner:Port, und sein Konto dort.</translation>
    </message>
    <message>
        <source>A plan has 0 to {0:,} agents.</source>
        <translation>Ein Plan hat 0 bis {0:,} Agenten.</translation>
    </message>
    <message>
        <source>A plan is for a part of a day that begins before it ends.</source>
        <translation>Ein Plan gilt für einen Teil eines Tages, der beginnt, bevor er endet.</translation>
    </message>
    <message>
        <source>A queue needs the name that the PBX gives it.</source>
        <translation>Eine Warteschlange braucht den Namen, den die Telefonanlage ihr gibt.</translation>
    </message>
    <message>
        <source>A reason is needed, 200 signs at most.</source>
        <translation>Ein Grund ist nötig, höchstens 200 Zeichen.</translation>
    </message>
    <message>
        <source>A report is written as PDF, XLSX or CSV.</source>
        <translation>Ein Bericht wird als PDF, XLSX oder CSV geschrieben.</translation>
    </message>
    <message>
        <source>A rule names a script.</source>
        <translation>Eine Regel nennt einen Leitfaden.</translation>
    </message>
    <message>
        <source>A rule needs a field; - ignores what is said there.</source>
        <translation>Eine Regel braucht ein Feld; - übergeht, was dort gesagt wird.</translation>
    </message>
    <message>
        <source>A rule needs the name of a header, a variable or an event’s key.</source>
        <translation>Eine Regel braucht den Namen eines Kopfes, einer Variablen oder den Schlüssel eines Ereignisses.</translation>
    </message>
    <message>
        <source>A schedule needs a name.</source>
        <translation>Ein Zeitplan braucht einen Namen.</translation>
    </message>
    <message>
        <source>A script needs a title.</source>
        <translation>Ein Leitfaden braucht einen Titel.</translation>
    </message>
    <message>
        <source>A service level&apos;s target lies between 1 and 100 %.</source>
        <translation>Das Ziel eines Servicelevels liegt zwischen 1 und 100 %.</translation>
    </message>
    <message>
        <source>A shift begins within its day, and ends within the one after it.</source>
        <translation>Eine Schicht beginnt an ihrem Tag und endet spätestens am nächsten.</translation>
    </message>
    <message>
        <source>A snippet has a text, of 2,000 characters at most.</source>
        <translation>Ein Textbaustein hat einen Text von höchstens 2.000 Zeichen.</translation>
    </message>
    <message>
        <source>A snippet&apos;s name is one word of at most 30 letters and digits.</source>
        <translation>Der Name eines Textbausteins ist ein Wort aus höchstens 30 Buchstaben und Ziffern.</translation>
    </message>
    <message>
        <source>A team needs a name.</source>
        <translation>Ein Team braucht einen Namen.</translation>
    </message>
    <message>
        <source>A ticket needs a subject.</source>
        <translation>Ein Ticket braucht einen Betreff.</translation>
    </message>
    <message>
        <source>A time lies between nothing and a day.</source>
        <translation>Eine Zeit liegt zwischen nichts und einem Tag.</translation>
    </message>
    <message>
        <source>A title has {0} characters at most, a text {1:,}.</source>
        <translation>Ein Titel hat höchstens {0} Zeichen, ein Text {1:,}.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Account number</source>
        <translation>Kundennummer</translation>
    </message>
    <message>
        <source>After a failure the caller is refused or called back.</source>
        <translation>Nach einem Fehlschlag wird der Anrufer abgelehnt oder zurückgerufen.</translation>
    </message>
    <message>
        <source>An article has a title.</source>
        <translation>Ein Artikel hat einen Titel.</translation>
    </message>
    <message>
        <source>Another one has this name already.</source>
        <translation>Diesen Namen gibt es schon.</translation>
    </message>
    <message>
        <source>Another program is using the database and does not let go.</source>
        <translation>Ein anderes Programm benutzt die Datenbank und gibt sie nicht frei.</translation>
    </message>
    <message>
        <source>Ask your administrator to add you (“db grant”); what you enter is kept here and sent then.</source>
        <translation>Bitten Sie Ihre Administration, Sie hinzuzufügen („db grant“); was Sie eingeben, bleibt hier und wird dann gesendet.</translation>
    </message>
    <message>
        <source>Ask your administrator to extend it; what you enter is kept here and sent then.</source>
        <translation>Bitten Sie Ihre Administration, ihn zu verlängern; was Sie eingeben, bleibt hier und wird dann gesendet.</translation>
    </message>
    <message>
        <source>Ask your administrator; what you enter is kept here and sent when it is on again.</source>
        <translation>Fragen Sie Ihre Administration; was Sie eingeben, bleibt hier und wird gesendet, wenn er wieder ein ist.</translation>
    </message>
    <message>
        <source>Ask your team lead or your administrator; it is kept on this computer until somebody has seen it.</source>
        <translation>Fragen Sie Ihre Teamleitung oder Administration; es bleibt auf diesem Rechner, bis jemand es gesehen hat.</translation>
    </message>
    <message>
        <source>At least one hour: desktops send what they know when a call ends, or later.</source>
        <translation>Mindestens eine Stunde: Arbeitsplätze senden, was sie wissen, wenn ein Anruf endet, oder später.</translation>
    </message>
    <message>
        <source>Called number</source>
        <translation>Gewählte Nummer</translation>
    </message>
    <message>
        <source>Caller ID</source>
        <translation>Anrufernummer</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>Kampagne</translation>
    </message>
    <message>
        <source>Check the disk of this computer; what you enter is only in memory until the journal can be written.</source>
        <translation>Prüfen Sie den Datenträger dieses Rechners; was Sie eingeben, ist nur im Speicher, bis das Journal geschrieben werden kann.</translation>
    </message>
    <message>
        <source>Check the network and that {0} is the right address; what you enter is kept here and sent later.</source>
        <translation>Prüfen Sie das Netzwerk, und ob {0} die richtige Adresse ist; was Sie eingeben, bleibt hier und wird später gesendet.</translation>
    </message>
    <message>
        <source>Check the network and the address in the settings; what you enter is kept here and sent later.</source>
        <translation>Prüfen Sie das Netzwerk und die Adresse in den Einstellungen; was Sie eingeben, bleibt hier und wird später gesendet.</translation>
    </message>
    <message>
        <source>Check the path in the settings, or create it with “db init”.</source>
        <translation>Prüfen Sie den Pfad in den Einstellungen, oder legen Sie sie mit „db init“ an.</translation>
    </message>
    <message>
        <source>Check the permissions of the file and its folder; what you enter is kept here and sent later.</source>
        <translation>Prüfen Sie die Rechte der Datei und ihres Ordners; was Sie eingeben, bleibt hier und wird später gesendet.</translation>
    </message>
    <message>
        <source>Check the permissions of the profile&apos;s folder; what you enter is only in memory until then.</source>
        <translation>Prüfen Sie die Rechte des Profilordners; was Sie eingeben, ist bis dahin nur im Speicher.</translation>
    </message>
    <message>
        <source>Choose the weekdays, or a day of the month from the 1st to the 28th.</source>
        <translation>Wählen Sie die Wochentage oder einen Tag des Monats vom 1. bis zum 28.</translation>
    </message>
    <message>
        <source>Close other programs that have the file open; what you enter is kept here and sent later.</source>
        <translation>Schließen Sie andere Programme, die die Datei offen haben; was Sie eingeben, bleibt hier und wird später gesendet.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Dialled</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Diverted from</source>
        <translation>Umgeleitet von</translation>
    </message>
    <message>
        <source>Extension {0} is {1}&apos;s</source>
        <translation>Nebenstelle {0} gehört {1}</translation>
    </message>
    <message>
        <source>Free some space on this computer; what you enter is only in memory until then.</source>
        <translation>Machen Sie auf diesem Rechner Platz; was Sie eingeben, ist bis dahin nur im Speicher.</translation>
    </message>
    <message>
        <source>Free some space; nothing more can be saved until then.</source>
        <translation>Machen Sie Platz; bis dahin kann nichts mehr gespeichert werden.</translation>
    </message>
    <message>
        <source>In a file nobody is counted: there is nothing to lift.</source>
        <translation>In einer Datei wird nichts gezählt: es gibt nichts aufzuheben.</translation>
    </message>
    <message>
        <source>In this queue nobody sees what callers typed.</source>
        <translation>In dieser Warteschlange sieht niemand, was Anrufer getippt haben.</translation>
    </message>
    <message>
        <source>In this queue only supervisors see what callers typed.</source>
        <translation>In dieser Warteschlange sehen nur Supervisoren, was Anrufer getippt haben.</translation>
    </message>
    <message>
        <source>In this queue only team leads see what callers typed.</source>
        <translation>In dieser Warteschlange sehen nur Teamleitungen, was Anrufer getippt haben.</translation>
    </message>
    <message>
        <source>Intent</source>
        <translation>Anliegen</translation>
    </message>
    <message>
        <source>Intent: {0}</source>
        <translation>Anliegen: {0}</translation>
    </message>
    <message>
        <source>It ends before it begins.</source>
        <translation>Es endet, bevor es beginnt.</translation>
    </message>
    <message>
        <source>It is not kept any more.</source>
        <translation>Es wird nicht mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>It is tried again in a moment.</source>
        <translation>Es wird gleich noch einmal versucht.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Matched by account number {0}, typed in the menu; it is {1}&apos;s</source>
        <translation>Gefunden über die im Menü getippte Kundennummer {0}; sie gehört {1}</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>No ticket number is free.</source>
        <translation>Keine Ticketnummer ist frei.</translation>
    </message>
    <message>
        <source>Nobody is known to have used it.</source>
        <translation>Von niemandem ist bekannt, dass er es benutzt hat.</translation>
    </message>
    <message>
        <source>Nobody is named whose presence this is.</source>
        <translation>Es ist niemand genannt, wessen Status das ist.</translation>
    </message>
    <message>
        <source>Nobody knows how to read that.</source>
        <translation>Niemand weiß, wie das zu lesen ist.</translation>
    </message>
    <message>
        <source>Not known to this version of the program: {0}.</source>
        <translation>Dieser Version des Programms nicht bekannt: {0}.</translation>
    </message>
    <message>
        <source>Nothing was sent to it. Tell your administrator: its certificate, or sslrootcert in the address, is wrong.</source>
        <translation>Ihm wurde nichts gesendet. Sagen Sie Ihrer Administration: sein Zertifikat oder sslrootcert in der Adresse ist falsch.</translation>
    </message>
    <message>
        <source>One answer is compared at a time.</source>
        <translation>Es wird eine Antwort nach der anderen verglichen.</translation>
    </message>
    <message>
        <source>One of these customers does not exist.</source>
        <translation>Einen dieser Kunden gibt es nicht.</translation>
    </message>
    <message>
        <source>One to nine right answers are asked for, and nine at most may be wrong.</source>
        <translation>Verlangt werden eine bis neun richtige Antworten, und höchstens neun dürfen falsch sein.</translation>
    </message>
    <message>
        <source>Only a draft can be handed in.</source>
        <translation>Nur ein Entwurf kann eingereicht werden.</translation>
    </message>
    <message>
        <source>Only a version that was published can be used again.</source>
        <translation>Nur eine veröffentlichte Version kann wieder benutzt werden.</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Zahlung</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Please report this with the log file.</source>
        <translation>Bitte melden Sie das mit der Protokolldatei.</translation>
    </message>
    <message>
        <source>Put back a backup copy; calls go on, and what you enter is kept here and sent later.</source>
        <translation>Spielen Sie eine Sicherung zurück; Anrufe gehen weiter, und was Sie eingeben, bleibt hier und wird später gesendet.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Run “db upgrade”; a backup copy is made first.</source>
        <translation>Führen Sie „db upgrade“ aus; vorher wird eine Sicherung gemacht.</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>Gesagt</translation>
    </message>
    <message>
        <source>Say where the report goes: into a folder, to e-mail addresses, or both.</source>
        <translation>Sagen Sie, wohin der Bericht geht: in einen Ordner, an E-Mail-Adressen oder beides.</translation>
    </message>
    <message>
        <source>Secrets are shown to nobody, supervisors, team leads or agents.</source>
        <translation>Geheimnisse sehen niemand, Supervisoren, Teamleitungen oder Agenten.</translation>
    </message>
    <message>
        <source>Shrinkage is 0 to 90 %, occupancy 10 to 100 %.</source>
        <translation>Abwesenheit ist 0 bis 90 %, Auslastung 10 bis 100 %.</translation>
    </message>
    <message>
        <source>Somebody else changed this customer meanwhile ({0}). Look at the new values and save again.</source>
        <translation>Jemand anderes hat diesen Kunden inzwischen geändert ({0}). Sehen Sie die neuen Werte an und speichern Sie erneut.</translation>
    </message>
    <message>
        <source>Somebody else changed this note meanwhile. Look at the new text and save again.</source>
        <translation>Jemand anderes hat diese Notiz inzwischen geändert. Sehen Sie den neuen Text an und speichern Sie erneut.</translation>
    </message>
    <message>
        <source>Somebody else changed {0} meanwhile. Look at its new state and change it again.</source>
        <translation>Jemand anderes hat {0} inzwischen geändert. Sehen Sie den neuen Stand an und ändern Sie erneut.</translation>
    </message>
    <message>
        <source>Somebody else has said meanwhile whose this is. Look at it and choose again.</source>
        <translation>Jemand anderes hat inzwischen gesagt, wem das gehört. Sehen Sie es an und wählen Sie erneut.</translation>
    </message>
    <message>
        <source>Somebody else is writing the same.</source>
        <translation>Jemand anderes schreibt gerade dasselbe.</translation>
    </message>
    <message>
        <source>Ten answers of this customer were wrong today: more are not compared at this desk.</source>
        <translation>Zehn Antworten dieses Kunden waren heute falsch: mehr werden an diesem Arbeitsplatz nicht verglichen.</translation>
    </message>
    <message>
        <source>That is too much to tag one article with.</source>
        <translation>Das sind zu viele Schlagwörter für einen Artikel.</translation>
    </message>
    <message>
        <source>The database cannot be reached.</source>
        <translation>Die Datenbank ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The database cannot be written.</source>
        <translation>Die Datenbank ist nicht beschreibbar.</translation>
    </message>
    <message>
        <source>The database does not know this login with this password.</source>
        <translation>Die Datenbank kennt diesen Login mit diesem Passwort nicht.</translation>
    </message>
    <message>
        <source>The database file is damaged.</source>
        <translation>Die Datenbankdatei ist beschädigt.</translation>
    </message>
    <message>
        <source>The database is not there.</source>
        <translation>Die Datenbank ist nicht da.</translation>
    </message>
    <message>
        <source>The database refused a request.</source>
        <translation>Die Datenbank hat eine Anfrage abgelehnt.</translation>
    </message>
    <message>
        <source>The database server could not prove that it is the right one.</source>
        <translation>Der Datenbankserver konnte nicht beweisen, der richtige zu sein.</translation>
    </message>
    <message>
        <source>The database was made by a newer version of this program.</source>
        <translation>Die Datenbank stammt von einer neueren Version dieses Programms.</translation>
    </message>
    <message>
        <source>The database was made by an older version of this program.</source>
        <translation>Die Datenbank stammt von einer älteren Version dieses Programms.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>The folder is a name below the collector’s folder for reports, such as “billing”.</source>
        <translation>Der Ordner ist ein Name unterhalb des Berichtsordners des Kollektors, etwa „rechnungen“.</translation>
    </message>
    <message>
        <source>The key of the journal that was kept as {0} is there again: its {1} waiting entries are back and will be sent.</source>
        <translation>Der Schlüssel des als {0} aufbewahrten Journals ist wieder da: seine {1} wartenden Einträge sind zurück und werden gesendet.</translation>
    </message>
    <message>
        <source>The keyring&apos;s key does not open this workstation&apos;s journal: the key is another one, or the file is damaged. It was kept as {0} and a new journal begun; what it had not sent is only in there, and comes back with its key.</source>
        <translation>Der Schlüssel im Schlüsselbund öffnet das Journal dieses Arbeitsplatzes nicht: es ist ein anderer, oder die Datei ist beschädigt. Es wurde als {0} aufbewahrt und ein neues Journal begonnen; was noch nicht gesendet war, ist nur darin und kommt mit seinem Schlüssel zurück.</translation>
    </message>
    <message>
        <source>The last digits of {0} agree with {1}&apos;s {2} {3}</source>
        <translation>Die letzten Ziffern von {0} stimmen mit der {2} {3} von {1} überein</translation>
    </message>
    <message>
        <source>The login “{0}” is taken.</source>
        <translation>Der Login „{0}“ ist vergeben.</translation>
    </message>
    <message>
        <source>The night of {0} goes on into the next day’s shift.</source>
        <translation>Die Nacht des {0} reicht in die Schicht des nächsten Tages.</translation>
    </message>
    <message>
        <source>The outbound proxy is a host or host:port.</source>
        <translation>Der ausgehende Proxy ist ein Rechner oder Rechner:Port.</translation>
    </message>
    <message>
        <source>The phone knows no such transport or encryption.</source>
        <translation>Das Telefon kennt diesen Transport oder diese Verschlüsselung nicht.</translation>
    </message>
    <message>
        <source>The rules of this queue do not ask that.</source>
        <translation>Die Regeln dieser Warteschlange fragen das nicht.</translation>
    </message>
    <message>
        <source>The rules of this queue show no answers: what the caller says is typed.</source>
        <translation>Die Regeln dieser Warteschlange zeigen keine Antworten: was der Anrufer sagt, wird getippt.</translation>
    </message>
    <message>
        <source>There are customers in this database already: the demo company goes into an empty one only.</source>
        <translation>In dieser Datenbank sind schon Kunden: die Übungsfirma kommt nur in eine leere.</translation>
    </message>
    <message>
        <source>There are fewer questions than right answers that are needed: nobody could pass.</source>
        <translation>Es gibt weniger Fragen als nötige richtige Antworten: niemand könnte bestehen.</translation>
    </message>
    <message>
        <source>There is a queue “{0}” already.</source>
        <translation>Eine Warteschlange „{0}“ gibt es schon.</translation>
    </message>
    <message>
        <source>There is a rule for “{0}” already.</source>
        <translation>Eine Regel für „{0}“ gibt es schon.</translation>
    </message>
    <message>
        <source>There is a script with this id already.</source>
        <translation>Einen Leitfaden mit dieser Kennung gibt es schon.</translation>
    </message>
    <message>
        <source>There is a snippet with this name already.</source>
        <translation>Einen Textbaustein dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>There is a team “{0}” already.</source>
        <translation>Ein Team „{0}“ gibt es schon.</translation>
    </message>
    <message>
        <source>There is an article with this key in this language already.</source>
        <translation>Einen Artikel mit dieser Kennung in dieser Sprache gibt es schon.</translation>
    </message>
    <message>
        <source>There is no such customer.</source>
        <translation>Diesen Kunden gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such import.</source>
        <translation>Diesen Import gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such menu, or no such call.</source>
        <translation>Dieses Menü oder diesen Anruf gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no such team.</source>
        <translation>Dieses Team gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no time zone “{0}”; one is Europe/Warsaw.</source>
        <translation>Eine Zeitzone „{0}“ gibt es nicht; eine ist Europe/Berlin.</translation>
    </message>
    <message>
        <source>There is nobody for this phone.</source>
        <translation>Für dieses Telefon gibt es niemanden.</translation>
    </message>
    <message>
        <source>There is nobody to read it.</source>
        <translation>Es gibt niemanden, der sie liest.</translation>
    </message>
    <message>
        <source>They are Offline already.</source>
        <translation>Die Person ist schon offline.</translation>
    </message>
    <message>
        <source>This call is not known to be this customer’s.</source>
        <translation>Von diesem Anruf ist nicht bekannt, dass er von diesem Kunden ist.</translation>
    </message>
    <message>
        <source>This customer does not exist, and a new one needs a name.</source>
        <translation>Diesen Kunden gibt es nicht, und ein neuer braucht einen Namen.</translation>
    </message>
    <message>
        <source>This customer does not exist.</source>
        <translation>Diesen Kunden gibt es nicht.</translation>
    </message>
    <message>
        <source>This customer has been erased: nothing about them is kept any more.</source>
        <translation>Dieser Kunde wurde gelöscht: nichts über ihn wird mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>This customer has been merged with another one meanwhile. Look at the new card and save again.</source>
        <translation>Dieser Kunde wurde inzwischen mit einem anderen zusammengeführt. Sehen Sie die neue Karte an und speichern Sie erneut.</translation>
    </message>
    <message>
        <source>This entry of the work list does not exist.</source>
        <translation>Diesen Eintrag der Arbeitsliste gibt es nicht.</translation>
    </message>
    <message>
        <source>This import has been taken back already.</source>
        <translation>Dieser Import wurde schon zurückgenommen.</translation>
    </message>
    <message>
        <source>This interaction cannot be changed any more: it is somebody else&apos;s, or too much time has passed.</source>
        <translation>Dieser Kontakt kann nicht mehr geändert werden: er gehört jemand anderem, oder es ist zu viel Zeit vergangen.</translation>
    </message>
    <message>
        <source>This is not yours to change: it belongs to somebody else, or too much time has passed.</source>
        <translation>Das dürfen Sie nicht ändern: es gehört jemand anderem, oder es ist zu viel Zeit vergangen.</translation>
    </message>
    <message>
        <source>This is one customer, not two.</source>
        <translation>Das ist ein Kunde, nicht zwei.</translation>
    </message>
    <message>
        <source>This login may not use this database.</source>
        <translation>Dieser Login darf diese Datenbank nicht benutzen.</translation>
    </message>
    <message>
        <source>This merge has been undone already.</source>
        <translation>Diese Zusammenführung wurde schon rückgängig gemacht.</translation>
    </message>
    <message>
        <source>This person has no login on the server yet.</source>
        <translation>Diese Person hat noch keinen Login auf dem Server.</translation>
    </message>
    <message>
        <source>This program made a mistake with it. Please report this with the log file.</source>
        <translation>Dieses Programm hat dabei einen Fehler gemacht. Bitte melden Sie das mit der Protokolldatei.</translation>
    </message>
    <message>
        <source>This run of a script is too long to be kept.</source>
        <translation>Dieser Durchlauf eines Leitfadens ist zu lang zum Aufbewahren.</translation>
    </message>
    <message>
        <source>This session&apos;s keyring does not answer. What waits in the encrypted journal stays there until it does; what you enter now is kept beside it unencrypted, and goes out as always.</source>
        <translation>Der Schlüsselbund dieser Sitzung antwortet nicht. Was im verschlüsselten Journal wartet, bleibt dort, bis er es tut; was Sie jetzt eingeben, wird daneben unverschlüsselt aufbewahrt und geht hinaus wie immer.</translation>
    </message>
    <message>
        <source>This ticket does not exist.</source>
        <translation>Dieses Ticket gibt es nicht.</translation>
    </message>
    <message>
        <source>This version is not waiting to be looked through.</source>
        <translation>Diese Version wartet nicht auf Durchsicht.</translation>
    </message>
    <message>
        <source>This was asked in this call already.</source>
        <translation>Das wurde in diesem Anruf schon gefragt.</translation>
    </message>
    <message>
        <source>This workstation&apos;s journal cannot be written.</source>
        <translation>Das Journal dieses Arbeitsplatzes ist nicht beschreibbar.</translation>
    </message>
    <message>
        <source>This workstation&apos;s journal is encrypted, and its key is not at hand.</source>
        <translation>Das Journal dieses Arbeitsplatzes ist verschlüsselt, und sein Schlüssel ist nicht zur Hand.</translation>
    </message>
    <message>
        <source>This workstation&apos;s journal was damaged. It was set aside as {0} and a new one begun; {1} waiting entries could be saved from it.</source>
        <translation>Das Journal dieses Arbeitsplatzes war beschädigt. Es wurde als {0} beiseitegelegt und ein neues begonnen; {1} wartende Einträge ließen sich daraus retten.</translation>
    </message>
    <message>
        <source>Too many wrong answers: this check has failed.</source>
        <translation>Zu viele falsche Antworten: diese Prüfung ist nicht bestanden.</translation>
    </message>
    <message>
        <source>Two parts of a shift overlap.</source>
        <translation>Zwei Teile einer Schicht überschneiden sich.</translation>
    </message>
    <message>
        <source>Type the password again. If it is right, it has been changed or is valid no longer: ask your administrator.</source>
        <translation>Tippen Sie das Passwort noch einmal. Ist es richtig, wurde es geändert oder gilt nicht mehr: fragen Sie Ihre Administration.</translation>
    </message>
    <message>
        <source>Unlock the keyring of this session, then try again.</source>
        <translation>Entsperren Sie den Schlüsselbund dieser Sitzung, dann versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Update this workstation; until then it does not touch the database.</source>
        <translation>Aktualisieren Sie diesen Arbeitsplatz; bis dahin rührt er die Datenbank nicht an.</translation>
    </message>
    <message>
        <source>Voice PIN</source>
        <translation>Sprach-PIN</translation>
    </message>
    <message>
        <source>What is on record already a team lead replaces.</source>
        <translation>Was schon hinterlegt ist, ersetzt die Teamleitung.</translation>
    </message>
    <message>
        <source>Withheld number</source>
        <translation>Unterdrückte Nummer</translation>
    </message>
    <message>
        <source>You may not do this.</source>
        <translation>Das dürfen Sie nicht.</translation>
    </message>
    <message>
        <source>Your access to the database has ended.</source>
        <translation>Ihr Zugang zur Datenbank ist abgelaufen.</translation>
    </message>
    <message>
        <source>Your login has been switched off.</source>
        <translation>Ihr Login wurde abgeschaltet.</translation>
    </message>
    <message>
        <source>attestation {0}</source>
        <translation>Beglaubigung {0}</translation>
    </message>
    <message>
        <source>before: {0}</source>
        <translation>vorher: {0}</translation>
    </message>
    <message>
        <source>home number</source>
        <translation>Privatnummer</translation>
    </message>
    <message>
        <source>mobile number</source>
        <translation>Mobilnummer</translation>
    </message>
    <message>
        <source>not passed</source>
        <translation>nicht bestanden</translation>
    </message>
    <message>
        <source>not verified: it may be forged</source>
        <translation>nicht bestätigt: sie kann gefälscht sein</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>only the beginning is shown</source>
        <translation>nur der Anfang wird gezeigt</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bestanden</translation>
    </message>
    <message>
        <source>standing: {0}</source>
        <translation>Stand: {0}</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>dieser Rechner</translation>
    </message>
    <message>
        <source>verified by the carrier</source>
        <translation>vom Netzbetreiber bestätigt</translation>
    </message>
    <message>
        <source>waited {0}</source>
        <translation>wartete {0}</translation>
    </message>
    <message>
        <source>work number</source>
        <translation>Dienstnummer</translation>
    </message>
    <message>
        <source>{0} has been merged with another customer meanwhile.</source>
        <translation>{0} wurde inzwischen mit einem anderen Kunden zusammengeführt.</translation>
    </message>
    <message>
        <source>{0} has been merged with another customer since: undo that first.</source>
        <translation>{0} wurde seither mit einem anderen Kunden zusammengeführt: machen Sie das zuerst rückgängig.</translation>
    </message>
    <message>
        <source>{0} is not merged with {1} any more.</source>
        <translation>{0} ist nicht mehr mit {1} zusammengeführt.</translation>
    </message>
    <message>
        <source>{0} is {1}&apos;s {2}</source>
        <translation>{0} ist die {2} von {1}</translation>
    </message>
    <message>
        <source>{0} number</source>
        <translation>Nummer ({0})</translation>
    </message>
    <message>
        <source>{0} times</source>
        <translation>{0}-mal</translation>
    </message>
    <message>
        <source>“{0}, {1}” is not known to this version of the program.</source>
        <translation>„{0}, {1}“ ist dieser Version des Programms nicht bekannt.</translation>
    </message>
    <message>
        <source>“{0}” is no channel this version of the program knows.</source>
        <translation>„{0}“ ist kein Kanal, den diese Version des Programms kennt.</translation>
    </message>
    <message>
        <source>“{0}” is no e-mail address.</source>
        <translation>„{0}“ ist keine E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>“{0}” is no presence this version of the program knows.</source>
        <translation>„{0}“ ist kein Status, den diese Version des Programms kennt.</translation>
    </message>
    <message>
        <source>“{0}” is no priority this version of the program knows.</source>
        <translation>„{0}“ ist keine Priorität, die diese Version des Programms kennt.</translation>
    </message>
    <message>
        <source>“{0}” is no status this version of the program knows.</source>
        <translation>„{0}“ ist kein Ticketstatus, den diese Version des Programms kennt.</translation>
    </message>
    <message>
        <source>“{0}” is not a phone number.</source>
        <translation>„{0}“ ist keine Telefonnummer.</translation>
    </message>
    <message>
        <source>“{0}” is not an e-mail address.</source>
        <translation>„{0}“ ist keine E-Mail-Adresse.</translation>
    </message>
    <message>
        <source>“{0}” is not known to this version of the program.</source>
        <translation>„{0}“ ist dieser Version des Programms nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>trouble</name>
    <message>
        <source>A call cannot be transferred to itself.</source>
        <translation>Ein Anruf kann nicht an sich selbst weitergeleitet werden.</translation>
    </message>
    <message>
        <source>A phone engine of another version is still running. It ends after its last call.</source>
        <translation>Ein Telefonprogramm anderer Version läuft noch. Es endet nach seinem letzten Anruf.</translation>
    </message>
    <message>
        <source>At most {0} servers of all phone accounts together can be used.</source>
        <translation>Höchstens {0} Server aller Telefonkonten zusammen sind möglich.</translation>
    </message>
    <message>
        <source>Calls come in silence: no ring was chosen.</source>
        <translation>Anrufe kommen ohne Ton: es wurde kein Klingeln gewählt.</translation>
    </message>
    <message>
        <source>No port can be opened for calls: {0}</source>
        <translation>Kein Port lässt sich für Anrufe öffnen: {0}</translation>
    </message>
    <message>
        <source>No sound device was found: calls work, but without sound.</source>
        <translation>Kein Tongerät gefunden: Anrufe gehen, aber ohne Ton.</translation>
    </message>
    <message>
        <source>Nothing was heard from the microphone: is it muted, or is another one chosen?</source>
        <translation>Vom Mikrofon war nichts zu hören: ist es stumm, oder ist ein anderes gewählt?</translation>
    </message>
    <message>
        <source>Only 0-9, *, # and A-D can be sent as tones.</source>
        <translation>Nur 0-9, *, # und A-D können als Töne gesendet werden.</translation>
    </message>
    <message>
        <source>Only a call that was answered can be recorded.</source>
        <translation>Nur ein angenommener Anruf kann aufgezeichnet werden.</translation>
    </message>
    <message>
        <source>Only a ringing call can be redirected.</source>
        <translation>Nur ein klingelnder Anruf kann umgeleitet werden.</translation>
    </message>
    <message>
        <source>Sound works now.</source>
        <translation>Der Ton geht wieder.</translation>
    </message>
    <message>
        <source>TLS cannot be opened: {0}</source>
        <translation>TLS lässt sich nicht öffnen: {0}</translation>
    </message>
    <message>
        <source>The call cannot be rejected.</source>
        <translation>Der Anruf lässt sich nicht ablehnen.</translation>
    </message>
    <message>
        <source>The call has not been answered.</source>
        <translation>Der Anruf wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>The call is not ringing.</source>
        <translation>Der Anruf klingelt nicht.</translation>
    </message>
    <message>
        <source>The file of trusted authorities cannot be read: {0}</source>
        <translation>Die Datei der vertrauten Stellen ist nicht lesbar: {0}</translation>
    </message>
    <message>
        <source>The key for recordings in the settings is not an age public key.</source>
        <translation>Der Schlüssel für Aufzeichnungen in den Einstellungen ist kein öffentlicher age-Schlüssel.</translation>
    </message>
    <message>
        <source>The other call has only just been answered: try again.</source>
        <translation>Der andere Anruf wurde gerade erst angenommen: noch einmal.</translation>
    </message>
    <message>
        <source>The other side did not agree to be held: it hears silence, and you do not hear it until you resume.</source>
        <translation>Die Gegenseite lässt sich nicht halten: sie hört Stille, und Sie hören sie nicht, bis Sie zurückholen.</translation>
    </message>
    <message>
        <source>The other side did not agree to be taken off hold: try again.</source>
        <translation>Die Gegenseite ließ sich nicht zurückholen: noch einmal.</translation>
    </message>
    <message>
        <source>The phone account and its port can only change between calls.</source>
        <translation>Telefonkonto und Port können nur zwischen Anrufen wechseln.</translation>
    </message>
    <message>
        <source>The phone could not do this: {0}</source>
        <translation>Das Telefon konnte das nicht ausführen: {0}</translation>
    </message>
    <message>
        <source>The phone engine cannot be started: {0}</source>
        <translation>Das Telefonprogramm kann nicht gestartet werden: {0}</translation>
    </message>
    <message>
        <source>The phone engine closed its connection.</source>
        <translation>Das Telefonprogramm hat seine Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>The phone engine could not do this.</source>
        <translation>Das Telefonprogramm konnte das nicht ausführen.</translation>
    </message>
    <message>
        <source>The phone engine does not answer.</source>
        <translation>Das Telefonprogramm antwortet nicht.</translation>
    </message>
    <message>
        <source>The phone engine does not start.</source>
        <translation>Das Telefonprogramm startet nicht.</translation>
    </message>
    <message>
        <source>The phone engine said something unreadable: {0}</source>
        <translation>Das Telefonprogramm sagte etwas Unlesbares: {0}</translation>
    </message>
    <message>
        <source>The phone engine stopped ({0}).</source>
        <translation>Das Telefonprogramm brach ab ({0}).</translation>
    </message>
    <message>
        <source>The phone is not ready.</source>
        <translation>Das Telefon ist nicht bereit.</translation>
    </message>
    <message>
        <source>The sound can only be tried between calls.</source>
        <translation>Der Ton lässt sich nur zwischen Anrufen testen.</translation>
    </message>
    <message>
        <source>The sound device does not work: {0}</source>
        <translation>Das Tongerät geht nicht: {0}</translation>
    </message>
    <message>
        <source>The sound devices do not answer: calls work, but without sound for now.</source>
        <translation>Die Tongeräte antworten nicht: Anrufe gehen, vorerst aber ohne Ton.</translation>
    </message>
    <message>
        <source>The sound library (PortAudio) is missing: calls work, but without sound.</source>
        <translation>Die Tonbibliothek (PortAudio) fehlt: Anrufe gehen, aber ohne Ton.</translation>
    </message>
    <message>
        <source>The sound system answers again.</source>
        <translation>Das Tonsystem antwortet wieder.</translation>
    </message>
    <message>
        <source>The sound system does not answer: calls go on without sound until it does.</source>
        <translation>Das Tonsystem antwortet nicht: Anrufe gehen ohne Ton weiter, bis es das tut.</translation>
    </message>
    <message>
        <source>The sound system has gone: calls go on without sound until it is back.</source>
        <translation>Das Tonsystem ist weg: Anrufe gehen ohne Ton weiter, bis es zurück ist.</translation>
    </message>
    <message>
        <source>The sound was interrupted.</source>
        <translation>Der Ton wurde unterbrochen.</translation>
    </message>
    <message>
        <source>The speaker takes no sound.</source>
        <translation>Der Lautsprecher nimmt keinen Ton.</translation>
    </message>
    <message>
        <source>There are already {0} calls.</source>
        <translation>Es sind schon {0} Anrufe.</translation>
    </message>
    <message>
        <source>There is no phone account {0}.</source>
        <translation>Es gibt kein Telefonkonto {0}.</translation>
    </message>
    <message>
        <source>There is no sound to try: no device was found.</source>
        <translation>Es gibt keinen Ton zum Testen: kein Gerät wurde gefunden.</translation>
    </message>
    <message>
        <source>This call has already begun.</source>
        <translation>Dieser Anruf hat schon begonnen.</translation>
    </message>
    <message>
        <source>This call has ended.</source>
        <translation>Dieser Anruf ist beendet.</translation>
    </message>
    <message>
        <source>This call is being recorded already.</source>
        <translation>Dieser Anruf wird schon aufgezeichnet.</translation>
    </message>
    <message>
        <source>This call is not being recorded.</source>
        <translation>Dieser Anruf wird nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>This computer has no list of certificate authorities: install ca-certificates.</source>
        <translation>Dieser Rechner hat keine Liste von Zertifizierungsstellen: installieren Sie ca-certificates.</translation>
    </message>
    <message>
        <source>This is no header name: {0}</source>
        <translation>Das ist kein Name eines Kopfes: {0}</translation>
    </message>
    <message>
        <source>This is not a number or address that can be called.</source>
        <translation>Das ist keine wählbare Nummer oder Adresse.</translation>
    </message>
    <message>
        <source>This phone engine cannot do that with a recording.</source>
        <translation>Dieses Telefonprogramm kann das mit einer Aufzeichnung nicht.</translation>
    </message>
    <message>
        <source>Without a phone account a number has no provider: dial an address such as 100@pbx.example.</source>
        <translation>Ohne Telefonkonto hat eine Nummer keinen Anbieter: wählen Sie eine Adresse wie 100@pbx.example.</translation>
    </message>
    <message>
        <source>{0} is back and is used again.</source>
        <translation>{0} ist zurück und wird wieder benutzt.</translation>
    </message>
    <message>
        <source>{0} is not connected: the system&apos;s choice is used until it is back.</source>
        <translation>{0} ist nicht angeschlossen: bis es zurück ist, gilt die Wahl des Systems.</translation>
    </message>
</context>
<context>
    <name>visits</name>
    <message>
        <source>Abandoned</source>
        <translation>Aufgelegt</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Answered in time</source>
        <translation>Rechtzeitig angenommen</translation>
    </message>
    <message>
        <source>Answered later</source>
        <translation>Später angenommen</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>Eingetreten</translation>
    </message>
    <message>
        <source>In the service level</source>
        <translation>Im Servicelevel</translation>
    </message>
    <message>
        <source>Left by a key</source>
        <translation>Per Taste ausgestiegen</translation>
    </message>
    <message>
        <source>Left the queue</source>
        <translation>Verließ die Warteschlange</translation>
    </message>
    <message>
        <source>Left: nobody signed in</source>
        <translation>Ausgestiegen: niemand angemeldet</translation>
    </message>
    <message>
        <source>Left: taken out</source>
        <translation>Ausgestiegen: herausgenommen</translation>
    </message>
    <message>
        <source>Left: waited too long</source>
        <translation>Ausgestiegen: zu lange gewartet</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Gehalten</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Queue visits</source>
        <translation>Eintritte</translation>
    </message>
    <message>
        <source>Show visits</source>
        <translation>Eintritte zeigen</translation>
    </message>
    <message>
        <source>Shown: {0}</source>
        <translation>Gezeigt: {0}</translation>
    </message>
    <message>
        <source>Take this call</source>
        <translation>Diesen Anruf nehmen</translation>
    </message>
    <message>
        <source>Talked</source>
        <translation>Gesprochen</translation>
    </message>
    <message>
        <source>Times are of the zone {0}.</source>
        <translation>Zeiten in der Zone {0}.</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>Gewartet</translation>
    </message>
    <message>
        <source>Waiting, or no known end</source>
        <translation>Wartend oder ohne bekanntes Ende</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>Was daraus wurde</translation>
    </message>
    <message>
        <source>Withheld number</source>
        <translation>Unterdrückte Nummer</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Nachbearbeitung</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>in the service level</source>
        <translation>im Servicelevel</translation>
    </message>
</context>
<context>
    <name>voice_words</name>
    <message>
        <source>As the workstation saw it at the end of the leg; loss and jitter of the worse direction</source>
        <translation>Wie der Arbeitsplatz es am Ende des Abschnitts sah; Verlust und Jitter der schlechteren Richtung</translation>
    </message>
    <message>
        <source>Codec: {0}, {1}</source>
        <translation>Codec: {0}, {1}</translation>
    </message>
    <message>
        <source>Encrypted (SRTP) up to the next server, usually the PBX</source>
        <translation>Verschlüsselt (SRTP) bis zum nächsten Server, meist der Telefonanlage</translation>
    </message>
    <message>
        <source>Fair</source>
        <translation>Mäßig</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>HD voice</source>
        <translation>HD-Sprache</translation>
    </message>
    <message>
        <source>It gives no sound at all, not even noise: look for a mute button on the headset, or choose another microphone in Settings, Phone.</source>
        <translation>Es gibt gar keinen Ton, nicht einmal Rauschen: suchen Sie am Headset nach einer Stummtaste, oder wählen Sie in Einstellungen, Telefon ein anderes Mikrofon.</translation>
    </message>
    <message>
        <source>Jitter, the worse direction: {0} ms</source>
        <translation>Jitter, die schlechtere Richtung: {0} ms</translation>
    </message>
    <message>
        <source>Lost packets, the worse direction: {0} %</source>
        <translation>Verlorene Pakete, die schlechtere Richtung: {0} %</translation>
    </message>
    <message>
        <source>MOS {0}</source>
        <translation>MOS {0}</translation>
    </message>
    <message>
        <source>No estimate</source>
        <translation>Keine Schätzung</translation>
    </message>
    <message>
        <source>No estimate: the model used here knows G.711 only</source>
        <translation>Keine Schätzung: das Modell hier kennt nur G.711</translation>
    </message>
    <message>
        <source>No estimate: the other side never reported what it received</source>
        <translation>Keine Schätzung: die Gegenseite hat nie gemeldet, was sie empfing</translation>
    </message>
    <message>
        <source>No sound has arrived from the other side for some seconds. Say that you cannot hear; if it stays so, call back. If it happens in every call, the network or a firewall stops the sound on its way here.</source>
        <translation>Von der Gegenseite kommt seit einigen Sekunden kein Ton an. Sagen Sie, dass Sie nichts hören; bleibt es so, rufen Sie zurück. Geschieht es in jedem Anruf, hält das Netzwerk oder eine Firewall den Ton auf dem Weg hierher auf.</translation>
    </message>
    <message>
        <source>Nothing was noted of how this leg’s voice travelled</source>
        <translation>Wie die Sprache dieses Abschnitts ankam, wurde nicht notiert</translation>
    </message>
    <message>
        <source>Poor</source>
        <translation>Schlecht</translation>
    </message>
    <message>
        <source>The other side reports that your sound does not arrive. You hear them, they do not hear you: call back. If it happens in every call, the network or a firewall stops the sound on its way out.</source>
        <translation>Die Gegenseite meldet, dass Ihr Ton nicht ankommt. Sie hören sie, man hört Sie nicht: rufen Sie zurück. Geschieht es in jedem Anruf, hält das Netzwerk oder eine Firewall den Ton auf dem Weg hinaus auf.</translation>
    </message>
    <message>
        <source>The voice of this call is encrypted (SRTP) from this computer to the next server, usually your PBX.
Beyond it nobody here can tell.</source>
        <translation>Die Sprache dieses Anrufs ist von diesem Rechner bis zum nächsten Server verschlüsselt (SRTP), meist Ihrer Telefonanlage.
Was danach kommt, kann hier niemand sagen.</translation>
    </message>
    <message>
        <source>There and back: {0}</source>
        <translation>Hin und zurück: {0}</translation>
    </message>
    <message>
        <source>They cannot hear you</source>
        <translation>Man hört Sie nicht</translation>
    </message>
    <message>
        <source>Voice: no estimate, {0}</source>
        <translation>Sprache: keine Schätzung, {0}</translation>
    </message>
    <message>
        <source>Voice: {0}, estimated MOS {1} of 4.5 (E-model, ITU-T G.107)</source>
        <translation>Sprache: {0}, geschätzter MOS {1} von 4,5 (E-Modell, ITU-T G.107)</translation>
    </message>
    <message>
        <source>You cannot hear them</source>
        <translation>Sie hören nichts</translation>
    </message>
    <message>
        <source>Your microphone is silent</source>
        <translation>Ihr Mikrofon ist stumm</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>verschlüsselt</translation>
    </message>
    <message>
        <source>encrypted: {0}</source>
        <translation>verschlüsselt: {0}</translation>
    </message>
    <message>
        <source>jitter {0}</source>
        <translation>Jitter {0}</translation>
    </message>
    <message>
        <source>lost {0}</source>
        <translation>Verlust {0}</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>nicht verschlüsselt</translation>
    </message>
    <message>
        <source>the model used here is for narrow-band codecs</source>
        <translation>das Modell hier ist für schmalbandige Codecs</translation>
    </message>
    <message>
        <source>the other side has not reported yet</source>
        <translation>die Gegenseite hat noch nichts gemeldet</translation>
    </message>
    <message>
        <source>there and back {0}</source>
        <translation>hin und zurück {0}</translation>
    </message>
    <message>
        <source>there are no agreed constants for this codec</source>
        <translation>für diesen Codec gibt es keine anerkannten Konstanten</translation>
    </message>
    <message>
        <source>voice: {0}</source>
        <translation>Sprache: {0}</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>A guess</source>
        <translation>Vermutung</translation>
    </message>
    <message>
        <source>Account number</source>
        <translation>Kundennummer</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Another number on record</source>
        <translation>Andere hinterlegte Nummer</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Besetzt</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Anruf</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Geburtsdatum</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>Nebenstelle</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Hoch</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Privat</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Last four of the account number</source>
        <translation>Letzte vier Ziffern der Kundennummer</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Niedrig</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>Verpasst</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobil</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>Same number</source>
        <translation>Gleiche Nummer</translation>
    </message>
    <message>
        <source>Security word</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>Gelöst</translation>
    </message>
    <message>
        <source>Taken by a colleague</source>
        <translation>Von jemand anderem angenommen</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>Weitergeleitet</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Dringend</translation>
    </message>
    <message>
        <source>Voice PIN in IVR</source>
        <translation>Sprach-PIN im Menü</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>same e-mail</source>
        <translation>gleiche E-Mail</translation>
    </message>
    <message>
        <source>same name and organisation</source>
        <translation>gleicher Name und gleiche Organisation</translation>
    </message>
    <message>
        <source>same number</source>
        <translation>gleiche Nummer</translation>
    </message>
</context>
<context>
    <name>work_list</name>
    <message>
        <source>Call</source>
        <translation>Anrufen</translation>
    </message>
    <message>
        <source>Call back {0}</source>
        <translation>Zurückrufen: {0}</translation>
    </message>
    <message>
        <source>Missed: {0}</source>
        <translation>Verpasst: {0}</translation>
    </message>
    <message>
        <source>Withheld number</source>
        <translation>Unterdrückte Nummer</translation>
    </message>
</context>
</TS>
