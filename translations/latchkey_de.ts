<?xml version="1.0" encoding="utf-8"?>
<!--
SPDX-FileCopyrightText: 2026 The Latchkey authors
SPDX-License-Identifier: Apache-2.0
-->
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActionText</name>
    <message>
        <source>Sign &amp;in</source>
        <translation>&amp;Anmelden</translation>
    </message>
    <message>
        <source>&amp;Enter code</source>
        <translation>&amp;Code eingeben</translation>
    </message>
    <message>
        <source>Look at certi&amp;ficate</source>
        <translation>&amp;Zertifikat ansehen</translation>
    </message>
    <message>
        <source>&amp;Copy token</source>
        <translation>Token &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>Jetzt &amp;erneuern</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>A&amp;bmelden</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Doctor</source>
        <translation>&amp;Diagnose</translation>
    </message>
    <message>
        <source>%1…</source>
        <comment>an action; a question follows</comment>
        <translation>%1…</translation>
    </message>
</context>
<context>
    <name>EventView</name>
    <message>
        <source>%1. %2</source>
        <comment>what happened. why</comment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>Verification code sent</source>
        <translation>Bestätigungscode gesendet</translation>
    </message>
    <message>
        <source>Sign-in started</source>
        <translation>Anmeldung begonnen</translation>
    </message>
    <message>
        <source>Verification code asked for</source>
        <translation>Bestätigungscode verlangt</translation>
    </message>
    <message>
        <source>Certificate in question</source>
        <translation>Zertifikat fraglich</translation>
    </message>
    <message>
        <source>Session restored</source>
        <translation>Sitzung wiederhergestellt</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>The appliance said: %1</source>
        <translation>Die Appliance sagte: %1</translation>
    </message>
    <message>
        <source>HTTP status: %1</source>
        <translation>HTTP-Status: %1</translation>
    </message>
    <message>
        <source>The appliance&apos;s time: %1</source>
        <translation>Uhrzeit der Appliance: %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>Anfrage: %1</translation>
    </message>
    <message>
        <source>Latchkey started.</source>
        <translation>Latchkey wurde gestartet.</translation>
    </message>
    <message>
        <source>Somebody signed in.</source>
        <translation>Jemand hat sich angemeldet.</translation>
    </message>
    <message>
        <source>Somebody entered a verification code.</source>
        <translation>Jemand hat einen Bestätigungscode eingegeben.</translation>
    </message>
    <message>
        <source>Somebody trusted the certificate.</source>
        <translation>Jemand hat dem Zertifikat vertraut.</translation>
    </message>
    <message>
        <source>Nobody trusted the certificate.</source>
        <translation>Niemand hat dem Zertifikat vertraut.</translation>
    </message>
    <message>
        <source>Somebody cancelled it.</source>
        <translation>Jemand hat abgebrochen.</translation>
    </message>
    <message>
        <source>A program wanted a token that lasts longer.</source>
        <translation>Ein Programm wollte ein Token, das länger gilt.</translation>
    </message>
    <message>
        <source>Somebody signed out.</source>
        <translation>Jemand hat sich abgemeldet.</translation>
    </message>
    <message>
        <source>It was time.</source>
        <translation>Es war an der Zeit.</translation>
    </message>
    <message>
        <source>The network went away.</source>
        <translation>Das Netzwerk war weg.</translation>
    </message>
    <message>
        <source>The network came back.</source>
        <translation>Das Netzwerk war wieder da.</translation>
    </message>
    <message>
        <source>The computer woke up.</source>
        <translation>Der Rechner ist aufgewacht.</translation>
    </message>
    <message>
        <source>The computer went to sleep.</source>
        <translation>Der Rechner ging schlafen.</translation>
    </message>
    <message>
        <source>The appliance granted it.</source>
        <translation>Die Appliance hat es gewährt.</translation>
    </message>
    <message>
        <source>The appliance asked for a verification code.</source>
        <translation>Die Appliance fragte nach einem Bestätigungscode.</translation>
    </message>
    <message>
        <source>The list of accounts was not as Latchkey had left it</source>
        <translation>Die Liste der Konten war nicht so, wie Latchkey sie hinterlassen hatte</translation>
    </message>
    <message>
        <source>Looked for what was kept</source>
        <translation>Nach Gespeichertem gesehen</translation>
    </message>
    <message>
        <source>The session was kept.</source>
        <translation>Die Sitzung war gespeichert.</translation>
    </message>
    <message>
        <source>No session was kept.</source>
        <translation>Es war keine Sitzung gespeichert.</translation>
    </message>
    <message>
        <source>Something other than Latchkey changed it, or Latchkey ended in the midst of a change. Appliance, user, policy and trusted certificate are as they were sealed with the session.</source>
        <translation>Etwas anderes als Latchkey hat sie geändert, oder Latchkey endete mitten in einer Änderung. Appliance, Benutzer, Erlaubnis und vertrautes Zertifikat sind so, wie sie mit der Sitzung versiegelt wurden.</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>Das Gespeicherte war nicht zu lesen.</translation>
    </message>
    <message numerus="yes">
        <source>%1 %n times, last at %2</source>
        <comment>what happened</comment>
        <translation>
            <numerusform>%1, %n-mal, zuletzt um %2</numerusform>
            <numerusform>%1, %n-mal, zuletzt um %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Verification code refused</source>
        <translation>Bestätigungscode abgelehnt</translation>
    </message>
    <message>
        <source>The appliance showed a certificate that is not trusted.</source>
        <translation>Die Appliance zeigte ein Zertifikat, dem nicht vertraut wird.</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>Token erneuert</translation>
    </message>
    <message>
        <source>Refresh started</source>
        <translation>Erneuerung begonnen</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <translation>Erneuerung nicht gelungen</translation>
    </message>
    <message>
        <source>Somebody asked for a refresh.</source>
        <translation>Jemand wollte eine Erneuerung.</translation>
    </message>
    <message>
        <source>The appliance did not grant it.</source>
        <translation>Die Appliance hat es nicht gewährt.</translation>
    </message>
    <message>
        <source>There was no answer.</source>
        <translation>Es kam keine Antwort.</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Looking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>Kein Problem</translation>
    </message>
</context>
<context>
    <name>HandOutView</name>
    <message>
        <source>Clipboard</source>
        <translation>Zwischenablage</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Ausgegeben</translation>
    </message>
    <message>
        <source>Given, but ends sooner than asked</source>
        <translation>Ausgegeben, endet aber früher als verlangt</translation>
    </message>
    <message>
        <source>Copied by you</source>
        <translation>Von Ihnen kopiert</translation>
    </message>
    <message>
        <source>Refused: something failed</source>
        <translation>Verweigert: etwas ging schief</translation>
    </message>
    <message>
        <source>Refused: signed out</source>
        <translation>Verweigert: abgemeldet</translation>
    </message>
    <message>
        <source>Refused: appliance out of reach</source>
        <translation>Verweigert: Appliance nicht erreichbar</translation>
    </message>
    <message>
        <source>Refused: not allowed</source>
        <translation>Verweigert: nicht erlaubt</translation>
    </message>
    <message>
        <source>Refused: certificate in question</source>
        <translation>Verweigert: Zertifikat fraglich</translation>
    </message>
    <message>
        <source>Refused: verification code needed</source>
        <translation>Verweigert: Bestätigungscode nötig</translation>
    </message>
    <message>
        <source>Refused: blocked by you</source>
        <translation>Verweigert: von Ihnen blockiert</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>answer</comment>
        <translation>
            <numerusform>%1 (%n-mal)</numerusform>
            <numerusform>%1 (%n-mal)</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: asked for longer than tokens live</source>
        <translation>Verweigert: länger verlangt, als Token gelten</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Start in the tray.</source>
        <translation>Im Infobereich starten.</translation>
    </message>
    <message>
        <source>Open the sign-in window for the appliance at &lt;url&gt;.</source>
        <translation>Das Anmeldefenster für die Appliance unter &lt;url&gt; öffnen.</translation>
    </message>
    <message>
        <source>Open the sign-in window for this user.</source>
        <translation>Das Anmeldefenster für diesen Benutzer öffnen.</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances.</source>
        <translation>Hält Sie an Ihren Backup-Appliances angemeldet.</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Latchkey’s folder belongs to another user, so it is not used.</source>
        <translation>Der Ordner von Latchkey gehört einem anderen Benutzer und wird deshalb nicht verwendet.</translation>
    </message>
    <message>
        <source>Remove %1, or have it given to you, and start Latchkey again.</source>
        <translation>Entfernen Sie %1, oder lassen Sie sich den Ordner übereignen, und starten Sie Latchkey erneut.</translation>
    </message>
    <message>
        <source>Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.</source>
        <translation>Token nur im Arbeitsspeicher halten und keinen Schlüsselbund verwenden: Sitzungen bestehen, bis Latchkey endet.</translation>
    </message>
</context>
<context>
    <name>PlainText</name>
    <message>
        <source>, </source>
        <comment>between parts of a list</comment>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>ProgramView</name>
    <message>
        <source>An unknown program (process %1)</source>
        <translation>Ein unbekanntes Programm (Prozess %1)</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>Ein unbekanntes Programm</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, über latchkeyctl</translation>
    </message>
    <message>
        <source>Program: %1</source>
        <translation>Programm: %1</translation>
    </message>
    <message>
        <source>Through: %1</source>
        <translation>Über: %1</translation>
    </message>
    <message>
        <source>Started by: %1</source>
        <translation>Gestartet von: %1</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>Terminal: %1</translation>
    </message>
    <message>
        <source>%1, run by %2</source>
        <comment>a script, an interpreter</comment>
        <translation>%1, ausgeführt von %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a program, a terminal</comment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>%1 over SSH</source>
        <comment>a program</comment>
        <translation>%1 über SSH</translation>
    </message>
    <message>
        <source>%1, started by %2</source>
        <comment>a program, another one</comment>
        <translation>%1, gestartet von %2</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, über das Gateway</translation>
    </message>
    <message>
        <source>%1,</source>
        <comment>a program, at the beginning of a sentence</comment>
        <translation>%1,</translation>
    </message>
    <message>
        <source>Script, as it says: %1</source>
        <translation>Skript, nach eigener Angabe: %1</translation>
    </message>
    <message>
        <source>“%1” (as it says)</source>
        <comment>what only a program itself says: its name, or its script</comment>
        <translation>„%1“ (nach eigener Angabe)</translation>
    </message>
    <message>
        <source>Calls itself: %1</source>
        <translation>Nennt sich: %1</translation>
    </message>
    <message>
        <source>Started by, as it says: %1</source>
        <translation>Gestartet von, nach eigener Angabe: %1</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>Suchen in:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>Datei&amp;name:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>Dateityp:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 ist bereits vorhanden.
Möchten Sie die Datei ersetzen?</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
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
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ja</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nein</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>+</source>
        <translation>+</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Umschalt</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>%1 wants Latchkey to trust a certificate for %2.</source>
        <translation>%1 möchte, dass Latchkey für %2 einem Zertifikat vertraut.</translation>
    </message>
    <message>
        <source>%1 wants Latchkey to trust another certificate for %2.</source>
        <translation>%1 möchte, dass Latchkey für %2 einem anderen Zertifikat vertraut.</translation>
    </message>
    <message>
        <source>%1 wants to sign %2 out.</source>
        <translation>%1 möchte %2 abmelden.</translation>
    </message>
    <message>
        <source>%1 wants to remove %2.</source>
        <translation>%1 möchte %2 entfernen.</translation>
    </message>
    <message>
        <source>%1 wants to use the name %2 for another appliance or user.</source>
        <translation>%1 möchte den Namen %2 für eine andere Appliance oder einen anderen Benutzer verwenden.</translation>
    </message>
    <message>
        <source>%1 wants to rename %2 to %3.</source>
        <translation>%1 möchte %2 in %3 umbenennen.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2.</source>
        <translation>%1 möchte ein Token von %2.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2: %3.</source>
        <comment>a program, a session, who is signed in there</comment>
        <translation>%1 möchte ein Token von %2: %3.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a user, the role</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Zulassen</translation>
    </message>
    <message>
        <source>&amp;Trust this certificate</source>
        <translation>Diesem Zertifikat &amp;vertrauen</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>Ab&amp;melden</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Change the account</source>
        <translation>&amp;Konto ändern</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>%1 wants to add the session %2 and sign in to it.</source>
        <translation>%1 möchte die Sitzung %2 hinzufügen und anmelden.</translation>
    </message>
    <message>
        <source>&amp;Add the session</source>
        <translation>Sitzung &amp;hinzufügen</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>This user signs in through single sign-on, which Latchkey cannot do. Use a local user of the appliance.</source>
        <translation>Dieser Benutzer meldet sich per Single Sign-on an, was Latchkey nicht kann. Verwenden Sie einen lokalen Benutzer der Appliance.</translation>
    </message>
    <message>
        <source>The appliance does not let this user in now. Open its web page: its licence agreement may have to be accepted first.</source>
        <translation>Die Appliance lässt diesen Benutzer derzeit nicht zu. Öffnen Sie ihre Webseite: Vielleicht muss dort zuerst die Lizenzvereinbarung angenommen werden.</translation>
    </message>
    <message>
        <source>The appliance refused the client ID or the client secret. Check both and sign in again.</source>
        <translation>Die Appliance hat die Client-ID oder das Client-Geheimnis abgelehnt. Prüfen Sie beides und melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>The appliance refused the user name or the password. Check both and try again.</source>
        <translation>Die Appliance hat den Benutzernamen oder das Passwort abgelehnt. Prüfen Sie beides und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The appliance did not answer in time. Try again.</source>
        <translation>Die Appliance hat nicht rechtzeitig geantwortet. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The appliance is busy or being updated. Try again later.</source>
        <translation>Die Appliance ist ausgelastet oder wird gerade aktualisiert. Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>The appliance refused the code. Wait for the next one in your authenticator and enter it.</source>
        <translation>Die Appliance hat den Code abgelehnt. Warten Sie auf den nächsten in Ihrem Authenticator und geben Sie ihn ein.</translation>
    </message>
    <message>
        <source>The appliance ended the session. Sign in again.</source>
        <translation>Die Appliance hat die Sitzung beendet. Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>What answered does not speak like an appliance. Check the address, and whether a proxy or a sign-in page stands in between.</source>
        <translation>Die Antwort stammt offenbar nicht von einer Appliance. Prüfen Sie die Adresse und ob ein Proxy oder eine Anmeldeseite dazwischensteht.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not trusted, so nothing was sent. Look at it and decide.</source>
        <translation>Dem Zertifikat der Appliance wird nicht vertraut, deshalb wurde nichts gesendet. Sehen Sie es sich an und entscheiden Sie.</translation>
    </message>
    <message>
        <source>The appliance speaks only an outdated version of TLS, so nothing was sent. Have a newer one switched on there.</source>
        <translation>Die Appliance spricht nur eine veraltete Version von TLS, deshalb wurde nichts gesendet. Lassen Sie dort eine neuere einschalten.</translation>
    </message>
    <message>
        <source>The appliance broke off before the connection was secure, so nothing was sent. Check the port, and whether it wants a client certificate, which Latchkey does not have.</source>
        <translation>Die Appliance hat abgebrochen, bevor die Verbindung sicher war, deshalb wurde nichts gesendet. Prüfen Sie den Port und ob sie ein Client-Zertifikat verlangt, das Latchkey nicht hat.</translation>
    </message>
    <message>
        <source>the appliance&apos;s port</source>
        <comment>another user listens at …</comment>
        <translation>dem Port der Appliance</translation>
    </message>
    <message>
        <source>Another user of this computer listens at %1. Nothing was sent to them. Find out who it is, and start your appliance or tunnel there again or at another port.</source>
        <translation>An %1 lauscht ein anderer Benutzer dieses Computers. Ihm wurde nichts gesendet. Finden Sie heraus, wer es ist, und starten Sie Ihre Appliance oder Ihren Tunnel dort oder an einem anderen Port neu.</translation>
    </message>
    <message>
        <source>What answers at this port speaks http, not https. Check the port.</source>
        <translation>Was an diesem Port antwortet, spricht http, nicht https. Prüfen Sie den Port.</translation>
    </message>
    <message>
        <source>What answers at this port does not speak https. Check the port.</source>
        <translation>Was an diesem Port antwortet, spricht kein https. Prüfen Sie den Port.</translation>
    </message>
    <message>
        <source>The proxy %1 hung up without an answer. Ask whoever runs it.</source>
        <translation>Der Proxy %1 hat ohne Antwort aufgelegt. Fragen Sie, wer ihn betreibt.</translation>
    </message>
    <message>
        <source>The proxy %1 wants another user name and password (HTTP status 407). Set them, in https_proxy as http://USER:PASSWORD@HOST:PORT.</source>
        <translation>Der Proxy %1 verlangt einen anderen Benutzernamen und ein anderes Passwort (HTTP-Status 407). Tragen Sie beides ein, in https_proxy als http://USER:PASSWORD@HOST:PORT.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance&apos;s address; if it needs no proxy, name it in no_proxy.</source>
        <translation>Der Proxy %1 erreicht die Appliance nicht (HTTP-Status %2). Prüfen Sie die Adresse der Appliance; braucht sie keinen Proxy, nennen Sie sie in no_proxy.</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed there; if it needs no proxy, name it in no_proxy.</source>
        <translation>Der Proxy %1 verweigert die Verbindung zur Appliance (HTTP-Status %2). Lassen Sie sie dort erlauben; braucht sie keinen Proxy, nennen Sie sie in no_proxy.</translation>
    </message>
    <message>
        <source>The proxy %1 is none that Latchkey can use. Set one that begins with http:// or socks5://, in https_proxy or in the system&apos;s settings.</source>
        <translation>Den Proxy %1 kann Latchkey nicht benutzen. Stellen Sie einen ein, der mit http:// oder socks5:// beginnt, in https_proxy oder in den Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>on the way</source>
        <comment>in place of its name: the proxy on the way …</comment>
        <translation>auf dem Weg</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it.</source>
        <translation>Der Schlüsselbund ist gesperrt. Entsperren Sie ihn.</translation>
    </message>
    <message>
        <source>Enter the appliance&apos;s address, such as https://backup.example.com.</source>
        <translation>Geben Sie die Adresse der Appliance ein, etwa https://backup.example.com.</translation>
    </message>
    <message>
        <source>This is not the address of an appliance. Enter one such as https://backup.example.com.</source>
        <translation>Dies ist nicht die Adresse einer Appliance. Geben Sie eine ein, etwa https://backup.example.com.</translation>
    </message>
    <message>
        <source>Passwords are not sent over http. Enter an https address.</source>
        <translation>Passwörter werden nicht über http gesendet. Geben Sie eine https-Adresse ein.</translation>
    </message>
    <message>
        <source>Enter an address of up to 2048 characters.</source>
        <translation>Geben Sie eine Adresse aus bis zu 2048 Zeichen ein.</translation>
    </message>
    <message>
        <source>Enter a user name of up to 256 characters.</source>
        <translation>Geben Sie einen Benutzernamen aus bis zu 256 Zeichen ein.</translation>
    </message>
    <message>
        <source>Enter a short name for this session, such as prod.</source>
        <translation>Geben Sie einen kurzen Namen für diese Sitzung ein, etwa prod.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance.</source>
        <translation>Latchkey kennt diese Art von Appliance nicht.</translation>
    </message>
    <message>
        <source>Another appliance or user has this name. Choose another name.</source>
        <translation>Eine andere Appliance oder ein anderer Benutzer hat diesen Namen. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The list of accounts names another appliance or user than what is kept under this name. Unlock the keychain, so that Latchkey sees which is right, or remove the session.</source>
        <translation>Die Liste der Konten nennt eine andere Appliance oder einen anderen Benutzer als das, was unter diesem Namen aufbewahrt ist. Entsperren Sie den Schlüsselbund, damit Latchkey sieht, was stimmt, oder entfernen Sie die Sitzung.</translation>
    </message>
    <message>
        <source>There are as many sessions as Latchkey can keep. Remove some first.</source>
        <translation>Es gibt so viele Sitzungen, wie Latchkey führen kann. Entfernen Sie zuerst einige.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate has changed. Find out why before you trust it.</source>
        <translation>Das Zertifikat der Appliance hat sich geändert. Finden Sie den Grund heraus, bevor Sie ihm vertrauen.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not known. Compare its fingerprint, and trust it only if it is the same.</source>
        <translation>Das Zertifikat der Appliance ist nicht bekannt. Vergleichen Sie seinen Fingerabdruck, und vertrauen Sie ihm nur, wenn er derselbe ist.</translation>
    </message>
    <message>
        <source>The list of accounts could not be read in full; a copy is in %1. Kept sessions are back all the same. If one is missing, sign in to it again.</source>
        <translation>Die Liste der Konten war nicht ganz lesbar; eine Kopie liegt in %1. Gespeicherte Sitzungen sind trotzdem wieder da. Fehlt eine, melden Sie sich dort neu an.</translation>
    </message>
    <message>
        <source>The clocks of the appliance and of this computer are more than a minute apart. Set them by a time server.</source>
        <translation>Die Uhren der Appliance und dieses Computers gehen mehr als eine Minute auseinander. Stellen Sie sie nach einem Zeitserver.</translation>
    </message>
    <message>
        <source>The appliance&apos;s last answer never arrived, and it takes the old token no more. Sign in again.</source>
        <translation>Die letzte Antwort der Appliance kam nie an, und das alte Token nimmt sie nicht mehr. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>There is no keychain for the key to this session. Start one, such as GNOME Keyring or KWallet.</source>
        <translation>Es gibt keinen Schlüsselbund für den Schlüssel zu dieser Sitzung. Starten Sie einen, etwa den GNOME-Schlüsselbund oder KWallet.</translation>
    </message>
    <message>
        <source>The keychain has not answered yet. See whether it asks for something.</source>
        <translation>Der Schlüsselbund hat noch nicht geantwortet. Sehen Sie nach, ob er etwas fragt.</translation>
    </message>
    <message>
        <source>The key to this session is in another keychain or database than the one that is open. Open that one.</source>
        <translation>Der Schlüssel zu dieser Sitzung liegt in einem anderen Schlüsselbund oder einer anderen Datenbank als der geöffneten. Öffnen Sie jene.</translation>
    </message>
    <message>
        <source>The key to this session is gone from the keychain. Sign in again.</source>
        <translation>Der Schlüssel zu dieser Sitzung ist nicht mehr im Schlüsselbund. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>The disk is full. Make room on it.</source>
        <translation>Die Festplatte ist voll. Schaffen Sie Platz darauf.</translation>
    </message>
    <message>
        <source>Latchkey&apos;s data folder cannot be used. See that it can be made and that you may write to it.</source>
        <translation>Der Datenordner von Latchkey ist nicht zu verwenden. Sorgen Sie dafür, dass er angelegt werden kann und dass Sie darin schreiben dürfen.</translation>
    </message>
    <message>
        <source>What was kept of this session is damaged and was put aside. Sign in again.</source>
        <translation>Was von dieser Sitzung gespeichert war, ist beschädigt und wurde beiseitegelegt. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>Until then, this session ends with Latchkey.</source>
        <translation>Bis dahin endet diese Sitzung mit Latchkey.</translation>
    </message>
    <message>
        <source>The disk has not taken it yet. Until it has, this holds only as long as Latchkey runs.</source>
        <translation>Die Festplatte hat es noch nicht angenommen. Bis dahin gilt es nur, solange Latchkey läuft.</translation>
    </message>
    <message>
        <source>Signed out here. The appliance has not confirmed it, so the tokens may be good there until they end.</source>
        <translation>Hier abgemeldet. Die Appliance hat es nicht bestätigt, daher können die Token dort gültig sein, bis sie ablaufen.</translation>
    </message>
    <message>
        <source>Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.</source>
        <translation>Abgemeldet, aber das Gespeicherte lässt sich nicht von der Festplatte entfernen. Latchkey versucht es weiter.</translation>
    </message>
    <message>
        <source>The socket for programs cannot be made; see the message above.</source>
        <translation>Der Socket für Programme lässt sich nicht anlegen; siehe die Meldung darüber.</translation>
    </message>
    <message>
        <source>The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or add the version to a kind file.</source>
        <translation>Die Appliance spricht keine Version, die Latchkey kennt. Suchen Sie nach einem neueren Latchkey, oder tragen Sie die Version in eine Datei der Art ein.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance any more. Put its kind file back.</source>
        <translation>Latchkey kennt diese Art von Appliance nicht mehr. Legen Sie ihre Art-Datei zurück.</translation>
    </message>
    <message>
        <source>The kind file of this appliance is another one than at the sign-in. Put the old one back, or sign in again.</source>
        <translation>Die Art-Datei dieser Appliance ist eine andere als bei der Anmeldung. Legen Sie die alte zurück, oder melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>Enter a client ID of up to 256 characters.</source>
        <translation>Geben Sie eine Client-ID von höchstens 256 Zeichen ein.</translation>
    </message>
    <message>
        <source>This session waits for a sign-in, a decision or the keychain. Rename it after that.</source>
        <translation>Diese Sitzung wartet auf eine Anmeldung, eine Entscheidung oder den Schlüsselbund. Benennen Sie sie danach um.</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>Schlüsselbund gesperrt</translation>
    </message>
    <message>
        <source>Keychain needed</source>
        <translation>Schlüsselbund nötig</translation>
    </message>
    <message>
        <source>What was kept cannot be read</source>
        <translation>Gespeichertes ist nicht lesbar</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>Zertifikat nicht vertrauenswürdig</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>Zertifikat geändert</translation>
    </message>
    <message>
        <source>Verification code needed</source>
        <translation>Bestätigungscode nötig</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Anmeldung nötig</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Wird angemeldet…</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>Wartet auf den Schlüsselbund</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Cannot renew, token still good</source>
        <translation>Nicht erneuerbar, Token noch gültig</translation>
    </message>
    <message>
        <source>Cannot renew, token expired</source>
        <translation>Nicht erneuerbar, Token abgelaufen</translation>
    </message>
    <message>
        <source>Ended by the appliance</source>
        <translation>Von der Appliance beendet</translation>
    </message>
    <message>
        <source>The keychain was not unlocked: its question was answered with no, dismissed, or could not be shown. Unlock it, or sign in to be asked again.</source>
        <translation>Der Schlüsselbund wurde nicht entsperrt: Seine Frage wurde verneint, geschlossen oder konnte nicht gezeigt werden. Entsperren Sie ihn, oder melden Sie sich an, um wieder gefragt zu werden.</translation>
    </message>
    <message>
        <source>What answers at this address refuses the session. Without https nobody can tell whether it is your appliance. If it is, sign in again.</source>
        <translation>Was unter dieser Adresse antwortet, weist die Sitzung zurück. Ohne https kann niemand wissen, ob es Ihre Appliance ist. Wenn ja, melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not the one that was named. Compare the two fingerprints.</source>
        <translation>Das Zertifikat der Appliance ist nicht das angegebene. Vergleichen Sie die beiden Fingerabdrücke.</translation>
    </message>
    <message>
        <source>%1. Correct the file; Latchkey reads it again by itself.</source>
        <comment>file: what is wrong in it</comment>
        <translation>%1. Korrigieren Sie die Datei; Latchkey liest sie von selbst neu ein.</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>Liste der Konten</translation>
    </message>
    <message>
        <source>The administrator’s policy</source>
        <translation>Richtlinie des Administrators</translation>
    </message>
    <message>
        <source>Kind file</source>
        <translation>Art-Datei</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>Your administrator does not allow this appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Ihr Administrator lässt diese Appliance nicht zu. Bitten Sie ihn, sie zu den zugelassenen hinzuzufügen.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this kind of appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Ihr Administrator lässt diese Art von Appliance nicht zu. Bitten Sie ihn, sie zu den zugelassenen hinzuzufügen.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy cannot be read, so nobody knows what it allows. Have it corrected.</source>
        <translation>Die Richtlinie Ihres Administrators ist nicht lesbar, daher ist unbekannt, was sie erlaubt. Lassen Sie sie korrigieren.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault. Until it is corrected, nobody can sign in, and no token is given out: %1. Tell your administrator.</source>
        <translation>Die Richtlinie Ihres Administrators enthält einen Fehler. Bis er behoben ist, kann sich niemand anmelden, und es wird kein Token ausgegeben: %1. Informieren Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>Your administrator has set this session up. Sign in with your password.</source>
        <translation>Ihr Administrator hat diese Sitzung eingerichtet. Melden Sie sich mit Ihrem Passwort an.</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>Passwort nötig</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Eingreifen nötig</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Your administrator has decided which certificate this appliance has, and this is another one. Nobody else can trust it: ask your administrator.</source>
        <translation>Ihr Administrator hat festgelegt, welches Zertifikat diese Appliance hat, und dies ist ein anderes. Niemand sonst kann ihm vertrauen: Fragen Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>The system does not tell Latchkey when the policy changes, so a change counts a few seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.</source>
        <translation>Das System meldet Latchkey nicht, wenn sich die Richtlinie ändert, daher gilt eine Änderung erst einige Sekunden später. Erhöhen Sie seine Höchstzahl überwachter Dateien, fs.inotify.max_user_watches.</translation>
    </message>
    <message>
        <source>1 session needs you</source>
        <translation>1 Sitzung erfordert Ihr Eingreifen</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions need you</source>
        <translation>
            <numerusform>%n Sitzung erfordert Ihr Eingreifen</numerusform>
            <numerusform>%n Sitzungen erfordern Ihr Eingreifen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session cannot renew</source>
        <translation>1 Sitzung kann nicht erneuert werden</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew</source>
        <translation>
            <numerusform>%n Sitzung kann nicht erneuert werden</numerusform>
            <numerusform>%n Sitzungen können nicht erneuert werden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed in</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n angemeldet</numerusform>
            <numerusform>%n angemeldet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed out</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n abgemeldet</numerusform>
            <numerusform>%n abgemeldet</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>Wird erneuert…</translation>
    </message>
    <message>
        <source>The appliance asks for a verification code. Enter it.</source>
        <translation>Die Appliance verlangt einen Bestätigungscode. Geben Sie ihn ein.</translation>
    </message>
    <message>
        <source>Enter the user name that you have on the appliance.</source>
        <translation>Geben Sie den Benutzernamen ein, den Sie auf der Appliance haben.</translation>
    </message>
    <message>
        <source>Use a name of up to 64 letters, digits and signs, without spaces, / and \, and without a - at its beginning.</source>
        <translation>Verwenden Sie einen Namen aus bis zu 64 Buchstaben, Ziffern und Sonderzeichen, ohne Leerzeichen, / und \ und ohne - am Anfang.</translation>
    </message>
    <message>
        <source>The appliance cannot be reached. Check the network and its address.</source>
        <translation>Die Appliance ist nicht erreichbar. Prüfen Sie das Netzwerk und die Adresse der Appliance.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached. Check the network, and its address in https_proxy or in the system&apos;s settings.</source>
        <translation>Der Proxy %1 ist nicht erreichbar. Prüfen Sie das Netzwerk und die Adresse des Proxys, in https_proxy oder in den Einstellungen des Systems.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault, so the last good one stays in force. Tell your administrator: %1.</source>
        <translation>Die Richtlinie Ihres Administrators enthält einen Fehler, daher gilt die letzte fehlerfreie Fassung weiter. Informieren Sie Ihren Administrator: %1.</translation>
    </message>
</context>
<context>
    <name>SessionQuestions</name>
    <message>
        <source>Sign out of %1?</source>
        <translation>Von %1 abmelden?</translation>
    </message>
    <message>
        <source>The appliance ends the session. Scripts that use this name get no token until somebody signs in again.</source>
        <translation>Die Appliance beendet die Sitzung. Skripte, die diesen Namen verwenden, erhalten kein Token, bis sich wieder jemand anmeldet.</translation>
    </message>
    <message>
        <source>Remove session</source>
        <translation>Sitzung entfernen</translation>
    </message>
    <message>
        <source>Remove the session %1?</source>
        <translation>Sitzung %1 entfernen?</translation>
    </message>
    <message>
        <source>This cannot be undone. Latchkey signs out of the appliance and forgets the session with its tokens and its history. Scripts that use this name will no longer get a token.</source>
        <translation>Das lässt sich nicht rückgängig machen. Latchkey meldet sich von der Appliance ab und vergisst die Sitzung mit ihren Token und ihrem Verlauf. Skripte, die diesen Namen verwenden, erhalten kein Token mehr.</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>%1 at %2</source>
        <comment>user at appliance</comment>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Verwendet</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nicht verwendet</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, bis %2</translation>
    </message>
    <message>
        <source>Expired at %1</source>
        <translation>Abgelaufen seit %1</translation>
    </message>
    <message>
        <source>None: the session ends with its access token</source>
        <translation>Keines: Die Sitzung endet mit ihrem Zugriffstoken</translation>
    </message>
    <message>
        <source>The appliance does not say how long it lasts</source>
        <translation>Die Appliance gibt nicht an, wie lange es gilt</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>In %1, at %2</source>
        <translation>%2 (noch %1)</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>Stimmt überein</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>Geht %1 vor</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>Geht %1 nach</translation>
    </message>
    <message>
        <source>In memory only: ends with Latchkey</source>
        <translation>Nur im Arbeitsspeicher: endet mit Latchkey</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours and minutes</comment>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>In memory only: %1</source>
        <comment>why it is not kept</comment>
        <translation>Nur im Arbeitsspeicher: %1</translation>
    </message>
    <message>
        <source>Being kept…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>On this computer, sealed</source>
        <translation>Auf diesem Computer, versiegelt</translation>
    </message>
    <message>
        <source>Token good until %1</source>
        <translation>Token gültig bis %1</translation>
    </message>
    <message>
        <source>Token expired at %1</source>
        <translation>Token abgelaufen seit %1</translation>
    </message>
    <message>
        <source>Since %1, trying now.</source>
        <translation>Seit %1, Versuch läuft.</translation>
    </message>
    <message>
        <source>Since %1, next try in %2.</source>
        <translation>Seit %1, nächster Versuch in %2.</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>Seit %1.</translation>
    </message>
    <message>
        <source>Cannot renew, token still good until %1</source>
        <translation>Keine Erneuerung möglich, Token noch gültig bis %1</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>Not planned</source>
        <comment>refresh</comment>
        <translation>Nicht geplant</translation>
    </message>
    <message>
        <source>Nothing kept</source>
        <translation>Nichts gespeichert</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>None</source>
        <comment>access token or refresh token</comment>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Not until you decide</source>
        <translation>Erst nach Ihrer Entscheidung</translation>
    </message>
</context>
<context>
    <name>ValidityLegend</name>
    <message>
        <source>Token good</source>
        <comment>a colour of the timeline</comment>
        <translation>Token gültig</translation>
    </message>
    <message>
        <source>Good once refreshed</source>
        <comment>a colour of the timeline</comment>
        <translation>Nach Erneuerung gültig</translation>
    </message>
    <message>
        <source>Refresh</source>
        <comment>a mark on the timeline</comment>
        <translation>Erneuerung</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <comment>a colour of the timeline</comment>
        <translation>Erneuerung nicht gelungen</translation>
    </message>
    <message>
        <source>Computer asleep</source>
        <comment>a colour of the timeline</comment>
        <translation>Computer schläft</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <comment>a mark on the timeline</comment>
        <translation>Anmeldung endet</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AboutWindow</name>
    <message>
        <source>About Latchkey</source>
        <translation>Über Latchkey</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>&amp;Problem melden…</translation>
    </message>
    <message>
        <source>Latchkey %1</source>
        <comment>version</comment>
        <translation>Latchkey %1</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances. Latchkey is free software under the Apache License 2.0.</source>
        <translation>Hält Sie an Ihren Backup-Appliances angemeldet. Latchkey ist freie Software unter der Apache-Lizenz 2.0.</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Bestandteile</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AdministratorNote</name>
    <message>
        <source>Set by your administrator</source>
        <translation>Von Ihrem Administrator festgelegt</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::BusyHint</name>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CertificateBlock</name>
    <message>
        <source>Issued to</source>
        <translation>Ausgestellt für</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Ausgestellt von</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>Trusted fingerprint</source>
        <translation>Vertrauter Fingerabdruck</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste to compare</source>
        <translation>Zum Vergleich einfügen</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Your administrator decided for (SHA-256)</source>
        <translation>Vom Administrator festgelegt (SHA-256)</translation>
    </message>
    <message>
        <source>You trusted (SHA-256)</source>
        <translation>Bisher vertraut (SHA-256)</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>SHA-256-Fingerabdruck</translation>
    </message>
    <message>
        <source>It shows now (SHA-256)</source>
        <translation>Jetzt gezeigt (SHA-256)</translation>
    </message>
    <message>
        <source>The clipboard holds no SHA-256 fingerprint.</source>
        <translation>In der Zwischenablage ist kein SHA-256-Fingerabdruck.</translation>
    </message>
    <message>
        <source>It is another one: do not trust it.</source>
        <translation>Es ist ein anderer: Vertrauen Sie ihm nicht.</translation>
    </message>
    <message>
        <source>You copied this one here. Copy the appliance&apos;s own.</source>
        <translation>Diesen haben Sie hier kopiert. Kopieren Sie den der Appliance.</translation>
    </message>
    <message>
        <source>It is the same.</source>
        <translation>Es ist derselbe.</translation>
    </message>
    <message>
        <source>Copy the new one</source>
        <translation>Den neuen kopieren</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CodePage</name>
    <message>
        <source>Verification code</source>
        <translation>Bestätigungscode</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>&amp;Bestätigungscode</translation>
    </message>
    <message>
        <source>The appliance asks for a second factor of %1.</source>
        <translation>Die Appliance verlangt einen zweiten Faktor von %1.</translation>
    </message>
    <message>
        <source>Enter 6 digits from your authenticator, or 8 of a scratch code.</source>
        <translation>Geben Sie 6 Ziffern aus Ihrem Authenticator oder die 8 eines Notfallcodes ein.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>I use a &amp;scratch code, which has 8 digits</source>
        <translation>Ich verwende einen &amp;Notfallcode, der 8 Ziffern hat</translation>
    </message>
    <message>
        <source>Enter the code of your authenticator</source>
        <translation>Geben Sie den Code Ihres Authenticators ein</translation>
    </message>
    <message>
        <source>The appliance has refused this code already.</source>
        <translation>Diesen Code hat die Appliance schon abgelehnt.</translation>
    </message>
    <message>
        <source>A new code is due in %1 s.</source>
        <translation>In %1 s kommt ein neuer Code.</translation>
    </message>
    <message>
        <source>Your authenticator shows a new code now.</source>
        <translation>Ihr Authenticator zeigt jetzt einen neuen Code.</translation>
    </message>
    <message>
        <source>The appliance&apos;s clock is out of step: %1. If it is the one that is wrong, no code will do until somebody sets it right.</source>
        <comment>3 min ahead</comment>
        <translation>Die Uhr der Appliance geht falsch: %1. Wenn sie es ist, die falsch geht, hilft kein Code, bis jemand sie richtig stellt.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConnectionSection</name>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Pin</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>See whether the appliance answers, without signing in</source>
        <translation>Nachsehen, ob die Appliance antwortet, ohne sich anzumelden</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Die Appliance wird geprüft…</translation>
    </message>
    <message>
        <source>The appliance answered at %1.</source>
        <translation>Die Appliance hat um %1 geantwortet.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Chec&amp;k now</source>
        <translation>Jetzt p&amp;rüfen</translation>
    </message>
    <message>
        <source>“Check now” tells the TLS version, the certificate and the clock.</source>
        <translation>„Jetzt prüfen“ zeigt TLS-Version, Zertifikat und Uhr.</translation>
    </message>
    <message>
        <source>None: any certificate that this computer trusts</source>
        <translation>Keiner: jedes Zertifikat, dem dieser Computer vertraut</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>Von Ihrem Administrator festgelegt</translation>
    </message>
    <message>
        <source>Only this certificate</source>
        <translation>Nur dieses Zertifikat</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentRequest</name>
    <message>
        <source>Until now</source>
        <translation>Bisher</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>Ab jetzt</translation>
    </message>
    <message>
        <source>Appliance until now</source>
        <translation>Bisherige Appliance</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>Appliance</translation>
    </message>
    <message>
        <source>User name until now</source>
        <translation>Bisheriger Benutzername</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Kind until now</source>
        <translation>Bisherige Art</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Client ID until now</source>
        <translation>Bisherige Client-ID</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>None</source>
        <comment>client ID</comment>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Whoever shows this certificate gets your password and tokens. Get the fingerprint from whoever runs the appliance, or at its console: a browser on this computer can be shown the same false certificate. Deny it if you have not asked for this.</source>
        <translation>Wer dieses Zertifikat zeigt, bekommt Ihr Passwort und Ihre Token. Lassen Sie sich den Fingerabdruck vom Betreiber der Appliance nennen, oder lesen Sie ihn an ihrer Konsole ab: Einem Browser auf diesem Computer kann dasselbe falsche Zertifikat gezeigt werden. Lehnen Sie ab, wenn Sie das nicht veranlasst haben.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentWindow</name>
    <message>
        <source>&amp;This time</source>
        <translation>&amp;Dieses Mal</translation>
    </message>
    <message>
        <source>For one &amp;hour</source>
        <translation>Eine &amp;Stunde lang</translation>
    </message>
    <message>
        <source>&amp;Until the screen locks</source>
        <translation>&amp;Bis der Bildschirm gesperrt wird</translation>
    </message>
    <message>
        <source>Al&amp;ways</source>
        <translation>&amp;Immer</translation>
    </message>
    <message>
        <source>It is not certain which program this is, so it can only be allowed this time.</source>
        <translation>Es ist nicht sicher, welches Programm das ist. Darum lässt es sich nur dieses Mal zulassen.</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Ablehnen</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Zulassen</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Gestartet von</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Zulassen</translation>
    </message>
    <message>
        <source>1 more program is waiting.</source>
        <translation>1 weiteres Programm wartet.</translation>
    </message>
    <message>
        <source>The system vouches for this</source>
        <translation>Dafür bürgt das System</translation>
    </message>
    <message>
        <source>Only the program itself says this</source>
        <translation>Das sagt nur das Programm selbst</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Skript</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs are waiting.</source>
        <translation>
            <numerusform>%n weiteres Programm wartet.</numerusform>
            <numerusform>%n weitere Programme warten.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not certain which program this is.</source>
        <translation>Es ist nicht sicher, welches Programm das ist.</translation>
    </message>
    <message>
        <source>A longer choice allows every script that %1 runs.</source>
        <translation>Eine längere Dauer lässt jedes Skript zu, das %1 ausführt.</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed this certificate</source>
        <translation>&amp;Wer die Appliance betreibt, hat dieses Zertifikat bestätigt</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Nennt sich</translation>
    </message>
    <message>
        <source>Started by, as it says</source>
        <translation>Gestartet von, nach eigener Angabe</translation>
    </message>
    <message>
        <source>The button works in a moment.</source>
        <translation>Die Schaltfläche ist gleich bereit.</translation>
    </message>
    <message>
        <source>Tick the box above first.</source>
        <translation>Kreuzen Sie zuerst das Feld oben an.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Coordinator</name>
    <message>
        <source>Memory only: no token is saved, and all sessions end with Latchkey.</source>
        <translation>Nur im Arbeitsspeicher: Kein Token wird gespeichert, und alle Sitzungen enden mit Latchkey.</translation>
    </message>
    <message>
        <source>Progra&amp;ms</source>
        <translation>&amp;Programme</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CopyMenu</name>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Token</translation>
    </message>
    <message>
        <source>As &amp;header</source>
        <translation>Als &amp;Header</translation>
    </message>
    <message>
        <source>As c&amp;url</source>
        <translation>Als c&amp;url</translation>
    </message>
    <message>
        <source>As &amp;PowerShell</source>
        <translation>Als &amp;PowerShell</translation>
    </message>
    <message>
        <source>As .http &amp;file</source>
        <translation>Als .http-D&amp;atei</translation>
    </message>
    <message>
        <source>&amp;Command for scripts</source>
        <translation>&amp;Befehl für Skripte</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DesktopClipboard</name>
    <message>
        <source>Copying…</source>
        <translation>Wird kopiert…</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DoctorWindow</name>
    <message>
        <source>Doctor</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>C&amp;opy findings</source>
        <translation>Ergebnisse &amp;kopieren</translation>
    </message>
    <message>
        <source>Doctor – %1</source>
        <translation>Diagnose – %1</translation>
    </message>
    <message>
        <source>Looked at %1 of %2…</source>
        <translation>%1 von %2 geprüft…</translation>
    </message>
    <message>
        <source>Stopped: looked at %1 of %2</source>
        <translation>Abgebrochen: %1 von %2 geprüft</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>Kein Problem gefunden</translation>
    </message>
    <message>
        <source>One problem was found</source>
        <translation>Ein Problem gefunden</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>&amp;Erneut prüfen</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found</source>
        <translation>
            <numerusform>%n Problem gefunden</numerusform>
            <numerusform>%n Probleme gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w session</source>
        <translation>Sitzung an&amp;zeigen</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DonePage</name>
    <message>
        <source>Command for scripts</source>
        <translation>Befehl für Skripte</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Latchkey keeps %1 signed in from now on. Scripts get its token with this line:</source>
        <translation>Latchkey hält %1 ab jetzt angemeldet. Skripte erhalten das Token mit dieser Zeile:</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Sie sind angemeldet</translation>
    </message>
    <message>
        <source>This desktop has no tray: when you close the window, it minimizes.</source>
        <translation>Dieser Desktop hat keinen Infobereich: Wenn Sie das Fenster schließen, wird es verkleinert.</translation>
    </message>
    <message>
        <source>There is no keychain that Latchkey could use: the session ends with Latchkey.</source>
        <translation>Es gibt keinen Schlüsselbund, den Latchkey verwenden könnte: Die Sitzung endet mit Latchkey.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>Latchkey beim &amp;Anmelden an diesem Computer starten</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::FormHead</name>
    <message>
        <source>Sign in to an appliance</source>
        <translation>An einer Appliance anmelden</translation>
    </message>
    <message>
        <source>A link or another program filled in %1. Check that it is your appliance before you type a password.</source>
        <translation>Ein Link oder ein anderes Programm hat %1 eingetragen. Prüfen Sie, ob das Ihre Appliance ist, bevor Sie ein Passwort eingeben.</translation>
    </message>
    <message>
        <source>A link or another program filled in what is no address. Type that of your appliance.</source>
        <translation>Ein Link oder ein anderes Programm hat etwas eingetragen, das keine Adresse ist. Geben Sie die Adresse Ihrer Appliance ein.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::GeneralPage</name>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>Latchkey beim &amp;Anmelden an diesem Computer starten</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>Symbol im Infobereich</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>Farbig</translation>
    </message>
    <message>
        <source>As a symbol</source>
        <translation>Einfarbig</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Erscheinungsbild</translation>
    </message>
    <message>
        <source>&amp;Tray icon</source>
        <translation>Symbol im &amp;Infobereich</translation>
    </message>
    <message>
        <source>The language changes when Latchkey starts again.</source>
        <translation>Die Sprache ändert sich, wenn Latchkey neu startet.</translation>
    </message>
    <message>
        <source>This could not be changed. Is your configuration folder writable, and the disk not full?</source>
        <translation>Das konnte nicht geändert werden. Ist Ihr Konfigurationsordner beschreibbar und die Festplatte nicht voll?</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry is for other desktops only. Check the box to change that.</source>
        <translation>Ihr Desktop startet Latchkey nicht: Der Autostart-Eintrag gilt nur für andere Desktops. Kreuzen Sie das Feld an, um das zu ändern.</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry names a program that is not there. Check the box to change that.</source>
        <translation>Ihr Desktop startet Latchkey nicht: Der Autostart-Eintrag nennt ein Programm, das es nicht gibt. Kreuzen Sie das Feld an, um das zu ändern.</translation>
    </message>
    <message>
        <source>This cannot be changed: the folder for autostart entries is not writable.</source>
        <translation>Das lässt sich nicht ändern: Der Ordner für Autostart-Einträge ist nicht beschreibbar.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HandOutTable</name>
    <message>
        <source>Hand-outs</source>
        <translation>Ausgaben</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>How a session is</source>
        <translation>Status einer Sitzung</translation>
    </message>
    <message>
        <source>It waits for a code, a sign-in, the keychain, or a decision about a certificate.</source>
        <translation>Sie wartet auf einen Code, eine Anmeldung, den Schlüsselbund oder eine Entscheidung über ein Zertifikat.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Melden Sie sich erneut an.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Scripts go on meanwhile.</source>
        <translation>Latchkey versucht es weiter. Skripte laufen unterdessen weiter.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Until it succeeds, scripts get no token.</source>
        <translation>Latchkey versucht es weiter. Bis es gelingt, erhalten Skripte kein Token.</translation>
    </message>
    <message>
        <source>Somebody is being signed in, or a token is on its way.</source>
        <translation>Jemand wird gerade angemeldet, oder ein Token ist unterwegs.</translation>
    </message>
    <message>
        <source>By you, or nobody has signed in yet.</source>
        <translation>Durch Sie, oder es hat sich noch niemand angemeldet.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 oder %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>What the chosen session needs, or its token</source>
        <translation>Tun, was die gewählte Sitzung braucht, sonst ihr Token kopieren</translation>
    </message>
    <message>
        <source>All that can be done with it</source>
        <translation>Alles, was mit ihr möglich ist</translation>
    </message>
    <message>
        <source>Closes a window, and empties the filter</source>
        <translation>Schließt ein Fenster und leert den Filter</translation>
    </message>
    <message>
        <source>All is well. Latchkey refreshes the token by itself.</source>
        <translation>Alles in Ordnung. Latchkey erneuert das Token von selbst.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HistoryView</name>
    <message>
        <source>What happened</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>Einzelheiten &amp;kopieren</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::KindField</name>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation>Wird selbst herausgefunden</translation>
    </message>
    <message>
        <source>No appliance that Latchkey knows answers there. Check the address, or choose the kind.</source>
        <translation>Dort antwortet keine Appliance, die Latchkey kennt. Prüfen Sie die Adresse, oder wählen Sie die Art.</translation>
    </message>
    <message>
        <source>Several kinds fit this address: %1. Choose one.</source>
        <translation>Zu dieser Adresse passen mehrere Arten: %1. Wählen Sie eine.</translation>
    </message>
    <message>
        <source>Appliances of this kind answer at %1. Type the address of one with its port.</source>
        <translation>Appliances dieser Art antworten unter %1. Geben Sie die Adresse von einer mit ihrem Port ein.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerModel</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 bis %2</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerWindow</name>
    <message>
        <source>Tokens handed out</source>
        <translation>Ausgegebene Token</translation>
    </message>
    <message>
        <source>The last thousand times that somebody asked for an access token. The tokens themselves are never written down.</source>
        <translation>Die letzten tausend Male, dass jemand ein Zugriffstoken wollte. Die Token selbst werden nie aufgeschrieben.</translation>
    </message>
    <message>
        <source>No token has been handed out yet.</source>
        <translation>Noch wurde kein Token ausgegeben.</translation>
    </message>
    <message>
        <source>Fold &amp;repeats of a day</source>
        <translation>&amp;Wiederholungen eines Tages zusammenfassen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Session, program, script, answer …</source>
        <translation>Sitzung, Programm, Skript, Antwort…</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Kein Eintrag passt zum Filter.</translation>
    </message>
    <message>
        <source>Un&amp;block this program</source>
        <translation>Dieses Programm &amp;nicht mehr blockieren</translation>
    </message>
    <message>
        <source>&amp;Block this program</source>
        <translation>Dieses Programm &amp;blockieren</translation>
    </message>
    <message>
        <source>Choose a row whose program is known.</source>
        <translation>Wählen Sie eine Zeile, deren Programm bekannt ist.</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>%1 ist nicht mehr blockiert.</translation>
    </message>
    <message>
        <source>No more programs can be blocked. Unblock one first.</source>
        <translation>Es können keine weiteren Programme blockiert werden. Heben Sie zuerst eine Blockierung auf.</translation>
    </message>
    <message>
        <source>%1 and all its scripts get no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 und alle seine Skripte erhalten keine Token, bis Sie die Blockierung aufheben, hier oder in den Einstellungen unter „Programme“.</translation>
    </message>
    <message>
        <source>%1 gets no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 erhält keine Token, bis Sie die Blockierung aufheben, hier oder in den Einstellungen unter „Programme“.</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Liste exportieren</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written. Is the folder writable, and the disk not full?</source>
        <translation>Die Liste konnte nicht geschrieben werden. Ist der Ordner beschreibbar und die Festplatte nicht voll?</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>Die Liste wurde in %1 gespeichert.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LogLevelBox</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Each step</source>
        <translation>Jeder Schritt</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginForm</name>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>Angemeldet b&amp;leiben</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Appliance</source>
        <translation>&amp;Appliance</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>Appliance</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Benutzername</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Passwort anzeigen</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Wird angemeldet…</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Die Appliance wird geprüft…</translation>
    </message>
    <message>
        <source>In memory only: the session ends with Latchkey.</source>
        <translation>Nur im Arbeitsspeicher: Die Sitzung endet mit Latchkey.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in the keychain.</source>
        <translation>Versiegelt auf diesem Computer, mit einem Schlüssel im Schlüsselbund.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in %1.</source>
        <translation>Versiegelt auf diesem Computer, mit einem Schlüssel in %1.</translation>
    </message>
    <message>
        <source>There is no keychain here: the session stays in memory and ends with Latchkey.</source>
        <translation>Hier gibt es keinen Schlüsselbund: Die Sitzung bleibt im Arbeitsspeicher und endet mit Latchkey.</translation>
    </message>
    <message>
        <source>Enter here the password that %1 has on %2.</source>
        <comment>a user, an appliance</comment>
        <translation>Geben Sie hier das Passwort ein, das %1 auf %2 hat.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginWindow</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::MainWindow</name>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Not signed in to any appliance yet</source>
        <translation>Noch an keiner Appliance angemeldet</translation>
    </message>
    <message>
        <source>Sign in once. Latchkey then keeps the access token fresh, shows who you are on the appliance, and hands the token to you and your scripts.</source>
        <translation>Melden Sie sich einmal an. Danach hält Latchkey das Zugriffstoken frisch, zeigt, wer Sie auf der Appliance sind, und gibt das Token an Sie und Ihre Skripte weiter.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>&amp;Latchkey</source>
        <translation>&amp;Latchkey</translation>
    </message>
    <message>
        <source>&amp;Sign in to another appliance…</source>
        <translation>An einer &amp;weiteren Appliance anmelden…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sitzung</translation>
    </message>
    <message>
        <source>&amp;Tokens handed out…</source>
        <translation>Ausgegebene &amp;Token…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Doctor…</source>
        <translation>&amp;Diagnose…</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>&amp;Problem melden…</translation>
    </message>
    <message>
        <source>&amp;About Latchkey</source>
        <translation>Übe&amp;r Latchkey</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so Latchkey minimizes instead of hiding where nobody could find it. On GNOME, the AppIndicator extension adds a tray. Quit with %1.</source>
        <translation>Dieser Desktop hat keinen Infobereich. Latchkey wird daher minimiert, statt unauffindbar zu verschwinden. Unter GNOME ergänzt die Erweiterung AppIndicator einen Infobereich. Beenden Sie Latchkey mit %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::MoreOptions</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>S&amp;hort-lived session</source>
        <translation>&amp;Kurzlebige Sitzung</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Client-ID</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Client-Geheimnis</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Mehr</translation>
    </message>
    <message>
        <source>What you and your scripts call this session</source>
        <translation>So nennen Sie und Ihre Skripte diese Sitzung</translation>
    </message>
    <message>
        <source>Asks the appliance for a session that ends soon when unused</source>
        <translation>Bittet die Appliance um eine Sitzung, die ungenutzt bald endet</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Kin&amp;d</source>
        <translation>A&amp;rt</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>Client-&amp;ID</translation>
    </message>
    <message>
        <source>&amp;Client secret</source>
        <translation>&amp;Client-Geheimnis</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NeedBanner</name>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Nächste</translation>
    </message>
    <message>
        <source>Go to the next one of them</source>
        <translation>Zur nächsten davon gehen</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NetworkPage</name>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>As on this computer</source>
        <translation>Wie auf diesem Computer</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Dieser:</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, choose “As on this computer” and set https_proxy.</source>
        <translation>Latchkey speichert kein Passwort für einen Proxy. Braucht Ihrer eines, wählen Sie „Wie auf diesem Computer“ und setzen Sie https_proxy.</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>Pro&amp;xy</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Host</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>P&amp;ort</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Benutzername</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy, without its port.</source>
        <translation>Geben Sie den Namen oder die Adresse des Proxys ohne Port ein.</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, ask your administrator.</source>
        <translation>Latchkey speichert kein Passwort für einen Proxy. Braucht Ihrer eines, fragen Sie Ihren Administrator.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Notices</name>
    <message>
        <source>%1: Sign-in ends soon</source>
        <comment>session</comment>
        <translation>%1: Anmeldung endet bald</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A program asks for your permission</source>
        <translation>Ein Programm bittet um Ihre Erlaubnis</translation>
    </message>
    <message>
        <source>Latchkey goes on in the tray</source>
        <translation>Latchkey läuft im Infobereich weiter</translation>
    </message>
    <message>
        <source>Your sessions stay signed in. Click the icon to open the window again, or choose Quit in its menu.</source>
        <translation>Ihre Sitzungen bleiben angemeldet. Klicken Sie auf das Symbol, um das Fenster wieder zu öffnen, oder wählen Sie in seinem Menü Beenden.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew, tokens expired</source>
        <translation>
            <numerusform>%n Sitzung kann nicht erneuert werden, Token abgelaufen</numerusform>
            <numerusform>%n Sitzungen können nicht erneuert werden, Token abgelaufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign-ins end soon</source>
        <translation>
            <numerusform>%n Anmeldung endet bald</numerusform>
            <numerusform>%n Anmeldungen enden bald</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Only you can prolong it: sign in again before that.</source>
        <comment>time left</comment>
        <translation>%1. Nur Sie können sie verlängern: Melden Sie sich vorher neu an.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PlainLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PolicyComboBox</name>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Mich fragen</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Get tokens without asking</source>
        <translation>Erhalten Token ohne Rückfrage</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ProgramsPage</name>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>No program is allowed for longer than once, and none is blocked.</source>
        <translation>Kein Programm ist länger als einmal zugelassen, und keines ist blockiert.</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Blockiert</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>%1 and all its scripts</source>
        <translation>%1 und alle seine Skripte</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, über latchkeyctl</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, über das Gateway</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Bis %1</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Until the screen locks</source>
        <translation>Bis der Bildschirm gesperrt wird</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>Blockierung auf&amp;heben</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>&amp;Widerrufen</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>What you decided about programs. In sessions that ask, those allowed here get tokens without a question. Sessions set to “Get tokens without asking” give theirs to every program that is not blocked here.</source>
        <translation>Ihre Entscheidungen über Programme. In Sitzungen, bei denen nachgefragt wird, erhalten hier zugelassene Programme Token ohne Rückfrage. Sitzungen mit der Einstellung „Erhalten Token ohne Rückfrage“ geben ihre Token jedem Programm, das hier nicht blockiert ist.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::RenameDialog</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>Sitzung umbenennen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Scripts that use the name %1 no longer get a token.</source>
        <translation>Skripte, die den Namen %1 verwenden, erhalten kein Token mehr.</translation>
    </message>
    <message>
        <source>Tokens and history stay.</source>
        <translation>Token und Verlauf bleiben erhalten.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ReportWindow</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>Bericht &amp;speichern…</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Problem melden</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>The report is a file for whoever helps you. In it are versions, settings, sessions and what happened to them, what the doctor finds, and the last lines of the log.</source>
        <translation>Der Bericht ist eine Datei für die Person, die Ihnen hilft. Er enthält Versionen, Einstellungen, Sitzungen und ihren Verlauf, die Ergebnisse der Diagnose und die letzten Zeilen des Protokolls.</translation>
    </message>
    <message>
        <source>It names your appliances and users. Before it is written, it is searched for all your passwords and tokens: none is in it.</source>
        <translation>Er nennt Ihre Appliances und Benutzer. Bevor er geschrieben wird, wird er nach all Ihren Passwörtern und Token durchsucht: Keines davon steht darin.</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>If the problem comes back at times, turn the log on and wait for it. The file stays short, and no password or token is in it.</source>
        <translation>Wenn das Problem nur ab und zu auftritt, schalten Sie das Protokoll ein und warten Sie darauf. Die Datei bleibt klein und enthält weder Passwörter noch Token.</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Looking at everything…</source>
        <translation>Alles wird geprüft…</translation>
    </message>
    <message>
        <source>Nothing was written: a secret would have been in it, such as a token that is part of a name. Rename what holds it, or try again once no sign-in is open.</source>
        <translation>Es wurde nichts geschrieben: Der Bericht hätte ein Geheimnis enthalten, etwa ein Token als Teil eines Namens. Benennen Sie um, was es enthält, oder versuchen Sie es erneut, wenn keine Anmeldung mehr offen ist.</translation>
    </message>
    <message>
        <source>Nothing was written to %1. Choose a folder that you may write to, on a disk with room.</source>
        <translation>In %1 wurde nichts geschrieben. Wählen Sie einen Ordner, in dem Sie schreiben dürfen, auf einer Festplatte mit freiem Platz.</translation>
    </message>
    <message>
        <source>Written to %1. Read it before you send it.</source>
        <translation>In %1 gespeichert. Lesen Sie den Bericht, bevor Sie ihn senden.</translation>
    </message>
    <message>
        <source>It is in the name of session number %1 of those that latchkeyctl list prints.</source>
        <translation>Es steht im Namen der Sitzung Nummer %1 von denen, die latchkeyctl list ausgibt.</translation>
    </message>
    <message>
        <source>Nothing was written: what is told of %1 holds a secret, such as a token that is part of a name. Rename that, or try again once no sign-in is open.</source>
        <translation>Es wurde nichts geschrieben: Was über %1 berichtet wird, enthält ein Geheimnis, etwa ein Token als Teil eines Namens. Benennen Sie um, was es enthält, oder versuchen Sie es erneut, wenn keine Anmeldung mehr offen ist.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecretField</name>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Alles &amp;auswählen</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Section</name>
    <message>
        <source>Unfolded</source>
        <translation>Aufgeklappt</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Zugeklappt</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecurityPage</name>
    <message>
        <source>Lock &amp;when the screen locks or the computer sleeps</source>
        <translation>&amp;Sperren, wenn der Bildschirm gesperrt ist oder der Computer schläft</translation>
    </message>
    <message>
        <source>Clear a copied token &amp;once it is pasted, at the latest after:</source>
        <translation>Kopiertes &amp;Token aus der Zwischenablage entfernen, sobald es eingefügt wurde, spätestens nach:</translation>
    </message>
    <message>
        <source>Programs get no tokens meanwhile. Sessions stay fresh.</source>
        <translation>Programme bekommen so lange keine Token. Sitzungen bleiben frisch.</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds until a copied token is cleared</source>
        <translation>Sekunden, bis ein kopiertes Token entfernt wird</translation>
    </message>
    <message>
        <source>Programs, in new sessions</source>
        <translation>Programme, in neuen Sitzungen</translation>
    </message>
    <message>
        <source>Programs, &amp;in new sessions</source>
        <translation>Programme, &amp;in neuen Sitzungen</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionOrder</name>
    <message numerus="yes">
        <source>Needs you (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Eingreifen nötig (%n)</numerusform>
            <numerusform>Eingreifen nötig (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot renew (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Nicht erneuerbar (%n)</numerusform>
            <numerusform>Nicht erneuerbar (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed in (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Angemeldet (%n)</numerusform>
            <numerusform>Angemeldet (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Abgemeldet (%n)</numerusform>
            <numerusform>Abgemeldet (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionPanel</name>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>Benutzertyp</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>Zweiter Faktor</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Zugriffstoken</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Aktualisierungstoken</translation>
    </message>
    <message>
        <source>Next refresh</source>
        <translation>Nächste Erneuerung</translation>
    </message>
    <message>
        <source>Appliance clock</source>
        <translation>Uhr der Appliance</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicherort</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>&amp;Verlauf</translation>
    </message>
    <message>
        <source>&amp;Programs</source>
        <translation>&amp;Programme</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Copy in another form</source>
        <translation>In anderer Form kopieren</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Mehr</translation>
    </message>
    <message>
        <source>Access by programs</source>
        <translation>Zugriff durch Programme</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>As a command, a header or a file</source>
        <translation>Als Befehl, Header oder Datei</translation>
    </message>
    <message>
        <source>There is no token to give now.</source>
        <translation>Jetzt gibt es kein Token zum Ausgeben.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionsPage</name>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>Sign in to another appliance</source>
        <translation>An einer weiteren Appliance anmelden</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>By name, user, server or state (%1)</source>
        <comment>what the filter looks at; its keys</comment>
        <translation>Nach Name, Benutzer, Server oder Status (%1)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>All&amp;gemein</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>Siche&amp;rheit</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Netzwerk</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TakeOver</name>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Stop it and open Latchkey</source>
        <translation>Beenden und Latchkey öffnen</translation>
    </message>
    <message>
        <source>Another program keeps your sessions already.</source>
        <translation>Ein anderes Programm verwaltet Ihre Sitzungen bereits.</translation>
    </message>
    <message>
        <source>%1 is running already, but does not answer.</source>
        <translation>%1 läuft bereits, antwortet aber nicht.</translation>
    </message>
    <message>
        <source>%1 keeps your sessions. Stop it and open Latchkey?</source>
        <translation>%1 verwaltet Ihre Sitzungen. Beenden und Latchkey öffnen?</translation>
    </message>
    <message>
        <source>%1 does not answer. Stop it and open Latchkey?</source>
        <translation>%1 antwortet nicht. Beenden und Latchkey öffnen?</translation>
    </message>
    <message>
        <source>Waiting for it to end…</source>
        <translation>Warten auf das Ende…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>It is process %1, which listens at %2.</source>
        <translation>Es ist der Prozess %1, der an %2 horcht.</translation>
    </message>
    <message>
        <source>It listens at %1.</source>
        <translation>Es horcht an %1.</translation>
    </message>
    <message>
        <source>Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you close this, it keeps your sessions, and no window opens.</source>
        <translation>Latchkey kann das andere Programm von hier aus nicht beenden. Beenden Sie es selbst und wählen Sie „Erneut versuchen“. Wenn Sie dieses Fenster schließen, verwaltet es Ihre Sitzungen weiter, und kein Fenster öffnet sich.</translation>
    </message>
    <message>
        <source>Only one program can keep them; latchkeyctl works with either.</source>
        <translation>Nur ein Programm kann sie verwalten; latchkeyctl arbeitet mit beiden.</translation>
    </message>
    <message>
        <source>It is process %1.</source>
        <translation>Es ist der Prozess %1.</translation>
    </message>
    <message>
        <source>If you stop it, sessions that are kept on this computer go on here, and those in memory only end. If you cancel, it keeps them all, and no window opens.</source>
        <translation>Wenn Sie das andere Programm beenden, laufen Sitzungen, die auf diesem Computer gesichert sind, hier weiter, und jene, die nur im Arbeitsspeicher liegen, enden. Wenn Sie abbrechen, verwaltet es alle weiter, und kein Fenster öffnet sich.</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TokenClipboard</name>
    <message>
        <source>There is no token to copy. Sign in first.</source>
        <translation>Es gibt kein Token zum Kopieren. Melden Sie sich zuerst an.</translation>
    </message>
    <message>
        <source>Token copied.</source>
        <translation>Token kopiert.</translation>
    </message>
    <message>
        <source>It ends in %1 s.</source>
        <translation>Es läuft in %1 s ab.</translation>
    </message>
    <message>
        <source>Command copied. It holds no token.</source>
        <translation>Befehl kopiert. Er enthält kein Token.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the desktop did not allow it. Try again here.</source>
        <translation>Nichts wurde kopiert, weil der Desktop es nicht zuließ. Versuchen Sie es hier noch einmal.</translation>
    </message>
    <message>
        <source>It can be pasted once, within %1 s.</source>
        <translation>Es lässt sich einmal einfügen, innerhalb von %1 s.</translation>
    </message>
    <message>
        <source>The token is about to end. It is being refreshed and then copied.</source>
        <translation>Das Token läuft gleich ab. Es wird erneuert und dann kopiert.</translation>
    </message>
    <message>
        <source>The token could not be refreshed, so nothing was copied.</source>
        <translation>Das Token konnte nicht erneuert werden, daher wurde nichts kopiert.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the appliance that you trust does not answer. Look under Connection.</source>
        <translation>Nichts wurde kopiert, weil die Appliance, der Sie vertrauen, nicht antwortet. Sehen Sie unter „Verbindung“ nach.</translation>
    </message>
    <message>
        <source>curl knows the appliance by its key, and sends the token to no other.</source>
        <translation>curl erkennt die Appliance an ihrem Schlüssel und sendet das Token an keine andere.</translation>
    </message>
    <message>
        <source>Nothing was copied: curl cannot check this appliance&apos;s certificate.</source>
        <translation>Nichts wurde kopiert: curl kann das Zertifikat dieser Appliance nicht prüfen.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrayIcon</name>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrayMenu</name>
    <message>
        <source>Sign in to another appliance…</source>
        <translation>An einer weiteren Appliance anmelden…</translation>
    </message>
    <message>
        <source>Tokens handed out…</source>
        <translation>Ausgegebene Token…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>All sessions (%1)…</source>
        <translation>Alle Sitzungen (%1)…</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>session: state, time left</comment>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Cannot renew</source>
        <translation>Nicht erneuerbar</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TroubleBanner</name>
    <message>
        <source>Programs get no token until you decide.</source>
        <translation>Programme erhalten kein Token, bis Sie entscheiden.</translation>
    </message>
    <message>
        <source>Not refreshed until you decide; programs get the token until %1.</source>
        <translation>Keine Erneuerung, bis Sie entscheiden; Programme erhalten das Token bis %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrustPage</name>
    <message>
        <source>Trust this appliance</source>
        <translation>Dieser Appliance vertrauen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed since you trusted it.</source>
        <translation>Das Zertifikat von %1 hat sich geändert, seit Sie ihm vertraut haben.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Go on only if whoever runs the appliance says that its certificate was replaced, and tells you the same new fingerprint.</source>
        <translation>Möglicherweise liest jemand zwischen Ihnen und der Appliance mit. Weder Passwort noch Token wurden an sie gesendet. Fahren Sie nur fort, wenn der Betreiber der Appliance sagt, dass ihr Zertifikat ersetzt wurde, und Ihnen denselben neuen Fingerabdruck nennt.</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed the new one</source>
        <translation>Wer die Appliance betreibt, hat den neuen &amp;bestätigt</translation>
    </message>
    <message>
        <source>Another certificate than before</source>
        <translation>Ein anderes Zertifikat als bisher</translation>
    </message>
    <message>
        <source>Is this your appliance?</source>
        <translation>Ist das Ihre Appliance?</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for %1. That is usual for an appliance with a certificate of its own. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Dieser Computer weiß nicht, wer für %1 bürgt. Das ist bei einer Appliance mit eigenem Zertifikat üblich. Weder Passwort noch Token wurden bisher an sie gesendet. Vergleichen Sie den Fingerabdruck mit dem der Appliance.</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed, and nobody vouches for the new one.</source>
        <translation>Das Zertifikat von %1 hat sich geändert, und niemand bürgt für das neue.</translation>
    </message>
    <message>
        <source>Not the certificate that your administrator decided for</source>
        <translation>Nicht das Zertifikat, das Ihr Administrator festgelegt hat</translation>
    </message>
    <message>
        <source>%1 shows another certificate.</source>
        <translation>%1 zeigt ein anderes Zertifikat.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Only your administrator can allow this certificate: ask them, and tell them both fingerprints.</source>
        <translation>Möglicherweise liest jemand zwischen Ihnen und der Appliance mit. Weder Passwort noch Token wurden an sie gesendet. Nur Ihr Administrator kann dieses Zertifikat zulassen: Fragen Sie ihn, und nennen Sie ihm beide Fingerabdrücke.</translation>
    </message>
    <message>
        <source>The certificate does not name %1.</source>
        <translation>Das Zertifikat nennt %1 nicht.</translation>
    </message>
    <message>
        <source>The certificate is for %1, not for %2.</source>
        <translation>Das Zertifikat gilt für %1, nicht für %2.</translation>
    </message>
    <message>
        <source>I have compared the &amp;fingerprint: it is the appliance&apos;s own</source>
        <translation>Ich habe den &amp;Fingerabdruck verglichen: Es ist der der Appliance selbst</translation>
    </message>
    <message>
        <source>Either the appliance shows the certificate that it came with, or something else answers in place of %1. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Entweder zeigt die Appliance das Zertifikat, mit dem sie geliefert wurde, oder etwas anderes antwortet anstelle von %1. Weder Passwort noch Token wurden bisher dorthin gesendet. Vergleichen Sie den Fingerabdruck mit dem der Appliance.</translation>
    </message>
    <message>
        <source>Where to find it: ask whoever runs the appliance, or look at its console. A browser on this computer can be shown the same false certificate.</source>
        <translation>So finden Sie ihn: Fragen Sie, wer die Appliance betreibt, oder sehen Sie an ihrer Konsole nach. Einem Browser auf diesem Computer kann dasselbe falsche Zertifikat gezeigt werden.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ValidityTimeline</name>
    <message>
        <source>Validity</source>
        <translation>Gültigkeit</translation>
    </message>
    <message>
        <source>No access token.</source>
        <translation>Kein Zugriffstoken.</translation>
    </message>
    <message>
        <source>Access token good until %1.</source>
        <translation>Zugriffstoken gültig bis %1.</translation>
    </message>
    <message>
        <source>Access token expired at %1.</source>
        <translation>Zugriffstoken abgelaufen um %1.</translation>
    </message>
    <message>
        <source>Next refresh at %1.</source>
        <translation>Nächste Erneuerung um %1.</translation>
    </message>
    <message>
        <source>The sign-in ends at %1.</source>
        <translation>Die Anmeldung endet um %1.</translation>
    </message>
    <message>
        <source>Outages: %1.</source>
        <translation>Ausfälle: %1.</translation>
    </message>
    <message>
        <source>Times that the computer slept: %1.</source>
        <translation>So oft schlief der Computer: %1.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>−%1 h</source>
        <comment>hours ago</comment>
        <translation>−%1 h</translation>
    </message>
    <message>
        <source>+%1 h</source>
        <comment>in hours</comment>
        <translation>+%1 h</translation>
    </message>
    <message>
        <source>Refreshes in the last day: %1.</source>
        <translation>Erneuerungen am letzten Tag: %1.</translation>
    </message>
</context>
</TS>
