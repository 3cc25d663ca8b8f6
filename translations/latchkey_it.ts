<?xml version="1.0" encoding="utf-8"?>
<!--
SPDX-FileCopyrightText: 2026 The Latchkey authors
SPDX-License-Identifier: Apache-2.0
-->
<!DOCTYPE TS>
<TS version="2.1" language="it">
<context>
    <name>ActionText</name>
    <message>
        <source>Sign &amp;in</source>
        <translation>Acce&amp;di</translation>
    </message>
    <message>
        <source>&amp;Enter code</source>
        <translation>&amp;Inserisci codice</translation>
    </message>
    <message>
        <source>Look at certi&amp;ficate</source>
        <translation>&amp;Esamina il certificato</translation>
    </message>
    <message>
        <source>&amp;Copy token</source>
        <translation>&amp;Copia token</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>&amp;Rinnova ora</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>Di&amp;sconnetti</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>Ri&amp;nomina</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Ri&amp;muovi</translation>
    </message>
    <message>
        <source>&amp;Doctor</source>
        <translation>Dia&amp;gnosi</translation>
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
    <message numerus="yes">
        <source>%1 %n times, last at %2</source>
        <comment>what happened</comment>
        <translation>
            <numerusform>%1, %n volta, l’ultima: %2</numerusform>
            <numerusform>%1, %n volte, l’ultima: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of accounts was not as Latchkey had left it</source>
        <translation>L’elenco degli account non era come Latchkey l’aveva lasciato</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Disconnesso</translation>
    </message>
    <message>
        <source>Looked for what was kept</source>
        <translation>Ricerca dei dati salvati</translation>
    </message>
    <message>
        <source>Verification code sent</source>
        <translation>Codice di verifica inviato</translation>
    </message>
    <message>
        <source>Sign-in started</source>
        <translation>Accesso iniziato</translation>
    </message>
    <message>
        <source>Verification code refused</source>
        <translation>Codice di verifica rifiutato</translation>
    </message>
    <message>
        <source>Verification code asked for</source>
        <translation>Codice di verifica richiesto</translation>
    </message>
    <message>
        <source>Certificate in question</source>
        <translation>Certificato da verificare</translation>
    </message>
    <message>
        <source>Session restored</source>
        <translation>Sessione ripristinata</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Connesso</translation>
    </message>
    <message>
        <source>The appliance said: %1</source>
        <translation>Risposta dell’appliance: %1</translation>
    </message>
    <message>
        <source>HTTP status: %1</source>
        <translation>Stato HTTP: %1</translation>
    </message>
    <message>
        <source>The appliance&apos;s time: %1</source>
        <translation>Ora dell’appliance: %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>Richiesta: %1</translation>
    </message>
    <message>
        <source>Latchkey started.</source>
        <translation>Latchkey è stato avviato.</translation>
    </message>
    <message>
        <source>The session was kept.</source>
        <translation>La sessione era salvata.</translation>
    </message>
    <message>
        <source>No session was kept.</source>
        <translation>Nessuna sessione era salvata.</translation>
    </message>
    <message>
        <source>Something other than Latchkey changed it, or Latchkey ended in the midst of a change. Appliance, user, policy and trusted certificate are as they were sealed with the session.</source>
        <translation>Qualcosa di diverso da Latchkey l’ha modificato, o Latchkey è terminato nel mezzo di una modifica. Appliance, utente, autorizzazione e certificato attendibile sono come sono stati cifrati con la sessione.</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>Non è stato possibile leggere i dati salvati.</translation>
    </message>
    <message>
        <source>Somebody signed in.</source>
        <translation>Qualcuno ha effettuato l’accesso.</translation>
    </message>
    <message>
        <source>Somebody entered a verification code.</source>
        <translation>Qualcuno ha inserito un codice di verifica.</translation>
    </message>
    <message>
        <source>Somebody trusted the certificate.</source>
        <translation>Qualcuno si è fidato del certificato.</translation>
    </message>
    <message>
        <source>Nobody trusted the certificate.</source>
        <translation>Nessuno si è fidato del certificato.</translation>
    </message>
    <message>
        <source>Somebody cancelled it.</source>
        <translation>Qualcuno ha annullato.</translation>
    </message>
    <message>
        <source>A program wanted a token that lasts longer.</source>
        <translation>Un programma voleva un token di durata maggiore.</translation>
    </message>
    <message>
        <source>Somebody signed out.</source>
        <translation>Qualcuno si è disconnesso.</translation>
    </message>
    <message>
        <source>It was time.</source>
        <translation>Era il momento previsto.</translation>
    </message>
    <message>
        <source>The network went away.</source>
        <translation>La rete non era più disponibile.</translation>
    </message>
    <message>
        <source>The network came back.</source>
        <translation>La rete è tornata disponibile.</translation>
    </message>
    <message>
        <source>The computer woke up.</source>
        <translation>Il computer si è riattivato.</translation>
    </message>
    <message>
        <source>The computer went to sleep.</source>
        <translation>Il computer è stato sospeso.</translation>
    </message>
    <message>
        <source>The appliance granted it.</source>
        <translation>L’appliance lo ha concesso.</translation>
    </message>
    <message>
        <source>The appliance asked for a verification code.</source>
        <translation>L’appliance ha chiesto un codice di verifica.</translation>
    </message>
    <message>
        <source>The appliance showed a certificate that is not trusted.</source>
        <translation>L’appliance ha presentato un certificato non attendibile.</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>Token rinnovato</translation>
    </message>
    <message>
        <source>Refresh started</source>
        <translation>Rinnovo iniziato</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <translation>Rinnovo non riuscito</translation>
    </message>
    <message>
        <source>Somebody asked for a refresh.</source>
        <translation>Qualcuno ha chiesto un rinnovo.</translation>
    </message>
    <message>
        <source>The appliance did not grant it.</source>
        <translation>L’appliance non lo ha concesso.</translation>
    </message>
    <message>
        <source>There was no answer.</source>
        <translation>Non c’è stata risposta.</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Looking…</source>
        <translation>Esame in corso…</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Non esaminato</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>Nessun problema</translation>
    </message>
</context>
<context>
    <name>HandOutView</name>
    <message>
        <source>Clipboard</source>
        <translation>Appunti</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Consegnato</translation>
    </message>
    <message>
        <source>Given, but ends sooner than asked</source>
        <translation>Consegnato, ma scade prima di quanto richiesto</translation>
    </message>
    <message>
        <source>Copied by you</source>
        <translation>Copiato da te</translation>
    </message>
    <message>
        <source>Refused: something failed</source>
        <translation>Negato: qualcosa è andato storto</translation>
    </message>
    <message>
        <source>Refused: signed out</source>
        <translation>Negato: disconnesso</translation>
    </message>
    <message>
        <source>Refused: appliance out of reach</source>
        <translation>Negato: appliance non raggiungibile</translation>
    </message>
    <message>
        <source>Refused: not allowed</source>
        <translation>Negato: non consentito</translation>
    </message>
    <message>
        <source>Refused: certificate in question</source>
        <translation>Negato: certificato da verificare</translation>
    </message>
    <message>
        <source>Refused: blocked by you</source>
        <translation>Negato: bloccato da te</translation>
    </message>
    <message>
        <source>Refused: verification code needed</source>
        <translation>Negato: codice di verifica necessario</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>answer</comment>
        <translation>
            <numerusform>%1 (%n volta)</numerusform>
            <numerusform>%1 (%n volte)</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: asked for longer than tokens live</source>
        <translation>Negato: chiesta una durata maggiore di quella dei token</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Start in the tray.</source>
        <translation>Avvia nel vassoio di sistema.</translation>
    </message>
    <message>
        <source>Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.</source>
        <translation>Tieni i token solo in memoria, senza usare un portachiavi: le sessioni durano finché Latchkey non termina.</translation>
    </message>
    <message>
        <source>Open the sign-in window for the appliance at &lt;url&gt;.</source>
        <translation>Apri la finestra di accesso per l’appliance all’indirizzo &lt;url&gt;.</translation>
    </message>
    <message>
        <source>Open the sign-in window for this user.</source>
        <translation>Apri la finestra di accesso per questo utente.</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances.</source>
        <translation>Mantiene attivo l’accesso alle tue appliance di backup.</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Latchkey’s folder belongs to another user, so it is not used.</source>
        <translation>La cartella di Latchkey appartiene a un altro utente, quindi non viene usata.</translation>
    </message>
    <message>
        <source>Remove %1, or have it given to you, and start Latchkey again.</source>
        <translation>Rimuovi %1, o fattene assegnare la proprietà, e avvia di nuovo Latchkey.</translation>
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
        <translation>Un programma sconosciuto (processo %1)</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>Un programma sconosciuto</translation>
    </message>
    <message>
        <source>%1, run by %2</source>
        <comment>a script, an interpreter</comment>
        <translation>%1, eseguito da %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a program, a terminal</comment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>%1 over SSH</source>
        <comment>a program</comment>
        <translation>%1 tramite SSH</translation>
    </message>
    <message>
        <source>%1, started by %2</source>
        <comment>a program, another one</comment>
        <translation>%1, avviato da %2</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, tramite il gateway</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, tramite latchkeyctl</translation>
    </message>
    <message>
        <source>%1,</source>
        <comment>a program, at the beginning of a sentence</comment>
        <translation>%1,</translation>
    </message>
    <message>
        <source>Program: %1</source>
        <translation>Programma: %1</translation>
    </message>
    <message>
        <source>Script, as it says: %1</source>
        <translation>Script, secondo il programma stesso: %1</translation>
    </message>
    <message>
        <source>Through: %1</source>
        <translation>Tramite: %1</translation>
    </message>
    <message>
        <source>Started by: %1</source>
        <translation>Avviato da: %1</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>Terminale: %1</translation>
    </message>
    <message>
        <source>“%1” (as it says)</source>
        <comment>what only a program itself says: its name, or its script</comment>
        <translation>“%1” (a suo dire)</translation>
    </message>
    <message>
        <source>Calls itself: %1</source>
        <translation>Dice di chiamarsi: %1</translation>
    </message>
    <message>
        <source>Started by, as it says: %1</source>
        <translation>Avviato da, secondo il programma: %1</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>Cerca in:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>&amp;Nome file:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>Tipo file:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Salva</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 esiste già.
Vuoi sostituirlo?</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annulla</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Ripeti</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Taglia</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copia</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Incolla</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Elimina</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Seleziona tutto</translation>
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
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salva</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Sì</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;No</translation>
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
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Maiusc</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Canc</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Invio</translation>
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
        <translation>&amp;Copia</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Seleziona tutto</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>%1 wants Latchkey to trust a certificate for %2.</source>
        <translation>%1 vuole che Latchkey si fidi di un certificato per %2.</translation>
    </message>
    <message>
        <source>%1 wants Latchkey to trust another certificate for %2.</source>
        <translation>%1 vuole che Latchkey si fidi di un altro certificato per %2.</translation>
    </message>
    <message>
        <source>%1 wants to sign %2 out.</source>
        <translation>%1 vuole disconnettere %2.</translation>
    </message>
    <message>
        <source>%1 wants to remove %2.</source>
        <translation>%1 vuole rimuovere %2.</translation>
    </message>
    <message>
        <source>%1 wants to use the name %2 for another appliance or user.</source>
        <translation>%1 vuole usare il nome %2 per un’altra appliance o un altro utente.</translation>
    </message>
    <message>
        <source>%1 wants to rename %2 to %3.</source>
        <translation>%1 vuole rinominare %2 in %3.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2.</source>
        <translation>%1 vuole un token di %2.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2: %3.</source>
        <comment>a program, a session, who is signed in there</comment>
        <translation>%1 vuole un token di %2: %3.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a user, the role</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Consenti</translation>
    </message>
    <message>
        <source>&amp;Trust this certificate</source>
        <translation>Fidati di questo &amp;certificato</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>&amp;Disconnetti</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Rimuovi</translation>
    </message>
    <message>
        <source>&amp;Change the account</source>
        <translation>&amp;Cambia account</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Rinomina</translation>
    </message>
    <message>
        <source>%1 wants to add the session %2 and sign in to it.</source>
        <translation>%1 vuole aggiungere la sessione %2 e accedervi.</translation>
    </message>
    <message>
        <source>&amp;Add the session</source>
        <translation>&amp;Aggiungi la sessione</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1. Correct the file; Latchkey reads it again by itself.</source>
        <comment>file: what is wrong in it</comment>
        <translation>%1. Correggi il file; Latchkey lo rilegge automaticamente.</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>Elenco degli account</translation>
    </message>
    <message>
        <source>The administrator’s policy</source>
        <translation>Criteri dell’amministratore</translation>
    </message>
    <message>
        <source>Kind file</source>
        <translation>File del tipo</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Portachiavi</translation>
    </message>
    <message>
        <source>Enter the appliance&apos;s address, such as https://backup.example.com.</source>
        <translation>Inserisci l’indirizzo dell’appliance, ad esempio https://backup.example.com.</translation>
    </message>
    <message>
        <source>This is not the address of an appliance. Enter one such as https://backup.example.com.</source>
        <translation>Questo non è l’indirizzo di un’appliance. Inseriscine uno, ad esempio https://backup.example.com.</translation>
    </message>
    <message>
        <source>Passwords are not sent over http. Enter an https address.</source>
        <translation>Le password non vengono inviate tramite http. Inserisci un indirizzo https.</translation>
    </message>
    <message>
        <source>Enter an address of up to 2048 characters.</source>
        <translation>Inserisci un indirizzo di massimo 2048 caratteri.</translation>
    </message>
    <message>
        <source>Enter a user name of up to 256 characters.</source>
        <translation>Inserisci un nome utente di massimo 256 caratteri.</translation>
    </message>
    <message>
        <source>Enter a short name for this session, such as prod.</source>
        <translation>Inserisci un nome breve per questa sessione, ad esempio prod.</translation>
    </message>
    <message>
        <source>Enter a client ID of up to 256 characters.</source>
        <translation>Inserisci un ID client di massimo 256 caratteri.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance.</source>
        <translation>Latchkey non conosce questo tipo di appliance.</translation>
    </message>
    <message>
        <source>Another appliance or user has this name. Choose another name.</source>
        <translation>Un’altra appliance o un altro utente ha questo nome. Scegli un altro nome.</translation>
    </message>
    <message>
        <source>The list of accounts names another appliance or user than what is kept under this name. Unlock the keychain, so that Latchkey sees which is right, or remove the session.</source>
        <translation>L’elenco degli account indica un’altra appliance o un altro utente rispetto a ciò che è salvato con questo nome. Sblocca il portachiavi, in modo che Latchkey veda qual è quello giusto, o rimuovi la sessione.</translation>
    </message>
    <message>
        <source>This session waits for a sign-in, a decision or the keychain. Rename it after that.</source>
        <translation>Questa sessione attende un accesso, una decisione o il portachiavi. Rinominala dopo.</translation>
    </message>
    <message>
        <source>There are as many sessions as Latchkey can keep. Remove some first.</source>
        <translation>Latchkey non può gestire altre sessioni. Rimuovine prima qualcuna.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this appliance. Ask for it to be added to those that are allowed.</source>
        <translation>L’amministratore non consente questa appliance. Chiedi che venga aggiunta a quelle consentite.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this kind of appliance. Ask for it to be added to those that are allowed.</source>
        <translation>L’amministratore non consente questo tipo di appliance. Chiedi che venga aggiunto a quelli consentiti.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy cannot be read, so nobody knows what it allows. Have it corrected.</source>
        <translation>I criteri dell’amministratore non sono leggibili, quindi non si sa che cosa consentano. Falli correggere.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault. Until it is corrected, nobody can sign in, and no token is given out: %1. Tell your administrator.</source>
        <translation>I criteri dell’amministratore contengono un errore. Finché non viene corretto, nessuno può accedere e non viene consegnato alcun token: %1. Avvisa l’amministratore.</translation>
    </message>
    <message>
        <source>Your administrator has set this session up. Sign in with your password.</source>
        <translation>L’amministratore ha configurato questa sessione. Accedi con la tua password.</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>Portachiavi bloccato</translation>
    </message>
    <message>
        <source>Keychain needed</source>
        <translation>Portachiavi necessario</translation>
    </message>
    <message>
        <source>What was kept cannot be read</source>
        <translation>Dati salvati non leggibili</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>Certificato cambiato</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>Certificato non attendibile</translation>
    </message>
    <message>
        <source>Verification code needed</source>
        <translation>Codice di verifica necessario</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>Password necessaria</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Accesso necessario</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Accesso in corso…</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>In attesa del portachiavi</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Richiedono attenzione</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Connesso</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Disconnesso</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>In corso</translation>
    </message>
    <message>
        <source>Cannot renew, token still good</source>
        <translation>Non rinnovabile, token ancora valido</translation>
    </message>
    <message>
        <source>Cannot renew, token expired</source>
        <translation>Non rinnovabile, token scaduto</translation>
    </message>
    <message>
        <source>Ended by the appliance</source>
        <translation>Terminata dall’appliance</translation>
    </message>
    <message>
        <source>The proxy %1 hung up without an answer. Ask whoever runs it.</source>
        <translation>Il proxy %1 ha chiuso la connessione senza rispondere. Chiedi a chi lo gestisce.</translation>
    </message>
    <message>
        <source>The proxy %1 wants another user name and password (HTTP status 407). Set them, in https_proxy as http://USER:PASSWORD@HOST:PORT.</source>
        <translation>Il proxy %1 richiede un altro nome utente e un’altra password (stato HTTP 407). Impostali in https_proxy, nella forma http://USER:PASSWORD@HOST:PORT.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance&apos;s address; if it needs no proxy, name it in no_proxy.</source>
        <translation>Il proxy %1 non riesce a raggiungere l’appliance (stato HTTP %2). Controlla l’indirizzo dell’appliance; se non le serve un proxy, indicala in no_proxy.</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed there; if it needs no proxy, name it in no_proxy.</source>
        <translation>Il proxy %1 rifiuta di collegarsi all’appliance (stato HTTP %2). Fallo autorizzare lì; se all’appliance non serve un proxy, indicala in no_proxy.</translation>
    </message>
    <message>
        <source>on the way</source>
        <comment>in place of its name: the proxy on the way …</comment>
        <translation>intermedio</translation>
    </message>
    <message>
        <source>The proxy %1 is none that Latchkey can use. Set one that begins with http:// or socks5://, in https_proxy or in the system&apos;s settings.</source>
        <translation>Latchkey non può usare il proxy %1. Impostane uno che inizi con http:// o socks5://, in https_proxy o nelle impostazioni di sistema.</translation>
    </message>
    <message>
        <source>This user signs in through single sign-on, which Latchkey cannot do. Use a local user of the appliance.</source>
        <translation>Questo utente accede con l’autenticazione unica (SSO), che Latchkey non supporta. Usa un utente locale dell’appliance.</translation>
    </message>
    <message>
        <source>The appliance does not let this user in now. Open its web page: its licence agreement may have to be accepted first.</source>
        <translation>L’appliance non lascia entrare questo utente al momento. Apri la sua pagina web: forse bisogna prima accettare il contratto di licenza.</translation>
    </message>
    <message>
        <source>The appliance refused the user name or the password. Check both and try again.</source>
        <translation>L’appliance ha rifiutato il nome utente o la password. Controllali entrambi e riprova.</translation>
    </message>
    <message>
        <source>The appliance refused the client ID or the client secret. Check both and sign in again.</source>
        <translation>L’appliance ha rifiutato l’ID client o il segreto client. Controllali entrambi e accedi di nuovo.</translation>
    </message>
    <message>
        <source>What answers at this address refuses the session. Without https nobody can tell whether it is your appliance. If it is, sign in again.</source>
        <translation>Ciò che risponde a questo indirizzo rifiuta la sessione. Senza https nessuno può sapere se è la tua appliance. Se lo è, accedi di nuovo.</translation>
    </message>
    <message>
        <source>The appliance&apos;s last answer never arrived, and it takes the old token no more. Sign in again.</source>
        <translation>L’ultima risposta dell’appliance non è mai arrivata, e il vecchio token non è più accettato. Accedi di nuovo.</translation>
    </message>
    <message>
        <source>The appliance ended the session. Sign in again.</source>
        <translation>L’appliance ha terminato la sessione. Accedi di nuovo.</translation>
    </message>
    <message>
        <source>the appliance&apos;s port</source>
        <comment>another user listens at …</comment>
        <translation>la porta dell’appliance</translation>
    </message>
    <message>
        <source>Another user of this computer listens at %1. Nothing was sent to them. Find out who it is, and start your appliance or tunnel there again or at another port.</source>
        <translation>Un altro utente di questo computer è in ascolto su %1. Non gli è stato inviato nulla. Scopri chi è e avvia di nuovo la tua appliance o il tuo tunnel lì o su un’altra porta.</translation>
    </message>
    <message>
        <source>The appliance broke off before the connection was secure, so nothing was sent. Check the port, and whether it wants a client certificate, which Latchkey does not have.</source>
        <translation>L’appliance ha interrotto la connessione prima che fosse sicura, quindi non è stato inviato nulla. Controlla la porta, e se richiede un certificato client, che Latchkey non ha.</translation>
    </message>
    <message>
        <source>There is no keychain for the key to this session. Start one, such as GNOME Keyring or KWallet.</source>
        <translation>Non c’è un portachiavi per la chiave di questa sessione. Avviane uno, ad esempio GNOME Keyring o KWallet.</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it.</source>
        <translation>Il portachiavi è bloccato. Sbloccalo.</translation>
    </message>
    <message>
        <source>The keychain was not unlocked: its question was answered with no, dismissed, or could not be shown. Unlock it, or sign in to be asked again.</source>
        <translation>Il portachiavi non è stato sbloccato: la sua richiesta è stata rifiutata, chiusa o non è stato possibile mostrarla. Sbloccalo, o accedi perché la richiesta venga ripetuta.</translation>
    </message>
    <message>
        <source>The keychain has not answered yet. See whether it asks for something.</source>
        <translation>Il portachiavi non ha ancora risposto. Guarda se sta chiedendo qualcosa.</translation>
    </message>
    <message>
        <source>The key to this session is in another keychain or database than the one that is open. Open that one.</source>
        <translation>La chiave di questa sessione si trova in un portachiavi o in un database diverso da quello aperto. Apri quello giusto.</translation>
    </message>
    <message>
        <source>The key to this session is gone from the keychain. Sign in again.</source>
        <translation>La chiave di questa sessione non è più nel portachiavi. Accedi di nuovo.</translation>
    </message>
    <message>
        <source>The disk is full. Make room on it.</source>
        <translation>Il disco è pieno. Libera spazio.</translation>
    </message>
    <message>
        <source>Latchkey&apos;s data folder cannot be used. See that it can be made and that you may write to it.</source>
        <translation>La cartella dei dati di Latchkey non può essere usata. Assicurati che possa essere creata e di potervi scrivere.</translation>
    </message>
    <message>
        <source>What was kept of this session is damaged and was put aside. Sign in again.</source>
        <translation>I dati salvati di questa sessione sono danneggiati e sono stati messi da parte. Accedi di nuovo.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance any more. Put its kind file back.</source>
        <translation>Latchkey non conosce più questo tipo di appliance. Rimetti al suo posto il file del tipo.</translation>
    </message>
    <message>
        <source>The kind file of this appliance is another one than at the sign-in. Put the old one back, or sign in again.</source>
        <translation>Il file del tipo di questa appliance non è lo stesso di quando hai effettuato l’accesso. Rimetti quello vecchio, o accedi di nuovo.</translation>
    </message>
    <message>
        <source>The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or add the version to a kind file.</source>
        <translation>L’appliance non supporta nessuna versione conosciuta da Latchkey. Cerca un Latchkey più recente, o aggiungi la versione a un file del tipo.</translation>
    </message>
    <message>
        <source>The appliance did not answer in time. Try again.</source>
        <translation>L’appliance non ha risposto in tempo. Riprova.</translation>
    </message>
    <message>
        <source>The appliance is busy or being updated. Try again later.</source>
        <translation>L’appliance è occupata o in fase di aggiornamento. Riprova più tardi.</translation>
    </message>
    <message>
        <source>The appliance refused the code. Wait for the next one in your authenticator and enter it.</source>
        <translation>L’appliance ha rifiutato il codice. Attendi il prossimo nella tua app di autenticazione e inseriscilo.</translation>
    </message>
    <message>
        <source>What answered does not speak like an appliance. Check the address, and whether a proxy or a sign-in page stands in between.</source>
        <translation>Ciò che ha risposto non sembra un’appliance. Controlla l’indirizzo, e se c’è di mezzo un proxy o una pagina di accesso.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not trusted, so nothing was sent. Look at it and decide.</source>
        <translation>Il certificato dell’appliance non è attendibile, quindi non è stato inviato nulla. Esaminalo e decidi.</translation>
    </message>
    <message>
        <source>The appliance speaks only an outdated version of TLS, so nothing was sent. Have a newer one switched on there.</source>
        <translation>L’appliance supporta solo una versione obsoleta di TLS, quindi non è stato inviato nulla. Fanne attivare una più recente.</translation>
    </message>
    <message>
        <source>What answers at this port speaks http, not https. Check the port.</source>
        <translation>Ciò che risponde su questa porta usa http, non https. Controlla la porta.</translation>
    </message>
    <message>
        <source>What answers at this port does not speak https. Check the port.</source>
        <translation>Ciò che risponde su questa porta non usa https. Controlla la porta.</translation>
    </message>
    <message>
        <source>Until then, this session ends with Latchkey.</source>
        <translation>Fino ad allora, questa sessione termina con Latchkey.</translation>
    </message>
    <message>
        <source>The disk has not taken it yet. Until it has, this holds only as long as Latchkey runs.</source>
        <translation>Il disco non l’ha ancora salvato. Fino ad allora, vale solo finché Latchkey è in esecuzione.</translation>
    </message>
    <message>
        <source>Signed out here. The appliance has not confirmed it, so the tokens may be good there until they end.</source>
        <translation>Disconnesso qui. L’appliance non lo ha confermato, quindi i token potrebbero restarvi validi fino alla scadenza.</translation>
    </message>
    <message>
        <source>Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.</source>
        <translation>Disconnesso, ma i dati salvati non possono essere rimossi dal disco. Latchkey continua a provare.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate has changed. Find out why before you trust it.</source>
        <translation>Il certificato dell’appliance è cambiato. Scopri perché prima di fidartene.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not known. Compare its fingerprint, and trust it only if it is the same.</source>
        <translation>Il certificato dell’appliance non è conosciuto. Confronta la sua impronta e fidati solo se è la stessa.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not the one that was named. Compare the two fingerprints.</source>
        <translation>Il certificato dell’appliance non è quello indicato. Confronta le due impronte.</translation>
    </message>
    <message>
        <source>The list of accounts could not be read in full; a copy is in %1. Kept sessions are back all the same. If one is missing, sign in to it again.</source>
        <translation>L’elenco degli account non è stato letto per intero; una copia si trova in %1. Le sessioni salvate sono comunque ripristinate. Se ne manca una, accedi di nuovo.</translation>
    </message>
    <message>
        <source>The socket for programs cannot be made; see the message above.</source>
        <translation>Il socket per i programmi non può essere creato; vedi il messaggio precedente.</translation>
    </message>
    <message>
        <source>The clocks of the appliance and of this computer are more than a minute apart. Set them by a time server.</source>
        <translation>Gli orologi dell’appliance e di questo computer differiscono di più di un minuto. Regolali con un server dell’ora.</translation>
    </message>
    <message>
        <source>Your administrator has decided which certificate this appliance has, and this is another one. Nobody else can trust it: ask your administrator.</source>
        <translation>L’amministratore ha stabilito quale certificato ha questa appliance, e questo è un altro. Nessun altro può renderlo attendibile: chiedi all’amministratore.</translation>
    </message>
    <message>
        <source>The system does not tell Latchkey when the policy changes, so a change counts a few seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.</source>
        <translation>Il sistema non avvisa Latchkey quando cambiano i criteri, quindi una modifica ha effetto qualche secondo dopo. Aumenta il limite di file sorvegliati del sistema, fs.inotify.max_user_watches.</translation>
    </message>
    <message>
        <source>1 session needs you</source>
        <translation>1 sessione richiede la tua attenzione</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions need you</source>
        <translation>
            <numerusform>%n sessione richiede la tua attenzione</numerusform>
            <numerusform>%n sessioni richiedono la tua attenzione</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session cannot renew</source>
        <translation>1 sessione non può essere rinnovata</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew</source>
        <translation>
            <numerusform>%n sessione non può essere rinnovata</numerusform>
            <numerusform>%n sessioni non possono essere rinnovate</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed in</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n sessione connessa</numerusform>
            <numerusform>%n sessioni connesse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed out</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n sessione disconnessa</numerusform>
            <numerusform>%n sessioni disconnesse</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>Rinnovo in corso…</translation>
    </message>
    <message>
        <source>The appliance asks for a verification code. Enter it.</source>
        <translation>L’appliance chiede un codice di verifica. Inseriscilo.</translation>
    </message>
    <message>
        <source>Enter the user name that you have on the appliance.</source>
        <translation>Inserisci il nome utente che hai sull’appliance.</translation>
    </message>
    <message>
        <source>Use a name of up to 64 letters, digits and signs, without spaces, / and \, and without a - at its beginning.</source>
        <translation>Usa un nome di massimo 64 lettere, cifre e segni, senza spazi, / e \, e senza un - all’inizio.</translation>
    </message>
    <message>
        <source>The appliance cannot be reached. Check the network and its address.</source>
        <translation>L’appliance non è raggiungibile. Controlla la rete e l’indirizzo dell’appliance.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached. Check the network, and its address in https_proxy or in the system&apos;s settings.</source>
        <translation>Il proxy %1 non è raggiungibile. Controlla la rete, e l’indirizzo del proxy in https_proxy o nelle impostazioni di sistema.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault, so the last good one stays in force. Tell your administrator: %1.</source>
        <translation>I criteri dell’amministratore contengono un errore, quindi restano in vigore gli ultimi validi. Avvisa l’amministratore: %1.</translation>
    </message>
</context>
<context>
    <name>SessionQuestions</name>
    <message>
        <source>Sign out of %1?</source>
        <translation>Disconnettere %1?</translation>
    </message>
    <message>
        <source>The appliance ends the session. Scripts that use this name get no token until somebody signs in again.</source>
        <translation>L’appliance termina la sessione. Gli script che usano questo nome non ottengono alcun token finché qualcuno non accede di nuovo.</translation>
    </message>
    <message>
        <source>Remove session</source>
        <translation>Rimuovi sessione</translation>
    </message>
    <message>
        <source>Remove the session %1?</source>
        <translation>Rimuovere la sessione %1?</translation>
    </message>
    <message>
        <source>This cannot be undone. Latchkey signs out of the appliance and forgets the session with its tokens and its history. Scripts that use this name will no longer get a token.</source>
        <translation>L’operazione non può essere annullata. Latchkey si disconnette dall’appliance e dimentica la sessione con i suoi token e la sua cronologia. Gli script che usano questo nome non otterranno più alcun token.</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>%1 at %2</source>
        <comment>user at appliance</comment>
        <translation>%1 su %2</translation>
    </message>
    <message>
        <source>Token good until %1</source>
        <translation>Token valido, scadenza: %1</translation>
    </message>
    <message>
        <source>Token expired at %1</source>
        <translation>Token scaduto: %1</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Usato</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Non usato</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, scadenza: %2</translation>
    </message>
    <message>
        <source>Expired at %1</source>
        <translation>Scaduto: %1</translation>
    </message>
    <message>
        <source>None: the session ends with its access token</source>
        <translation>Nessuno: la sessione termina con il suo token di accesso</translation>
    </message>
    <message>
        <source>The appliance does not say how long it lasts</source>
        <translation>L’appliance non indica quanto dura</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Adesso</translation>
    </message>
    <message>
        <source>In %1, at %2</source>
        <translation>Tra %1 (%2)</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>In orario</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>%1 avanti</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 indietro</translation>
    </message>
    <message>
        <source>In memory only: %1</source>
        <comment>why it is not kept</comment>
        <translation>Solo in memoria: %1</translation>
    </message>
    <message>
        <source>Being kept…</source>
        <translation>Salvataggio…</translation>
    </message>
    <message>
        <source>On this computer, sealed</source>
        <translation>Su questo computer, cifrata</translation>
    </message>
    <message>
        <source>In memory only: ends with Latchkey</source>
        <translation>Solo in memoria: termina con Latchkey</translation>
    </message>
    <message>
        <source>Since %1, trying now.</source>
        <translation>Inizio: %1, tentativo in corso.</translation>
    </message>
    <message>
        <source>Since %1, next try in %2.</source>
        <translation>Inizio: %1, prossimo tentativo tra %2.</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>Inizio: %1.</translation>
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
        <translation>%1 rimanenti</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>scaduto</translation>
    </message>
    <message>
        <source>Cannot renew, token still good until %1</source>
        <translation>Impossibile rinnovare, token valido fino a: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n giorno</numerusform>
            <numerusform>%n giorni</numerusform>
        </translation>
    </message>
    <message>
        <source>Not planned</source>
        <comment>refresh</comment>
        <translation>Non previsto</translation>
    </message>
    <message>
        <source>Nothing kept</source>
        <translation>Niente di salvato</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Sconosciuto</translation>
    </message>
    <message>
        <source>None</source>
        <comment>access token or refresh token</comment>
        <translation>Nessuno</translation>
    </message>
    <message>
        <source>Not until you decide</source>
        <translation>Non finché non decidi</translation>
    </message>
</context>
<context>
    <name>ValidityLegend</name>
    <message>
        <source>Token good</source>
        <comment>a colour of the timeline</comment>
        <translation>Token valido</translation>
    </message>
    <message>
        <source>Good once refreshed</source>
        <comment>a colour of the timeline</comment>
        <translation>Valido se rinnovato</translation>
    </message>
    <message>
        <source>Refresh</source>
        <comment>a mark on the timeline</comment>
        <translation>Rinnovo</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <comment>a colour of the timeline</comment>
        <translation>Rinnovo non riuscito</translation>
    </message>
    <message>
        <source>Computer asleep</source>
        <comment>a colour of the timeline</comment>
        <translation>Computer sospeso</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <comment>a mark on the timeline</comment>
        <translation>Fine dell’accesso</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AboutWindow</name>
    <message>
        <source>About Latchkey</source>
        <translation>Informazioni su Latchkey</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Segnala un &amp;problema…</translation>
    </message>
    <message>
        <source>Latchkey %1</source>
        <comment>version</comment>
        <translation>Latchkey %1</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances. Latchkey is free software under the Apache License 2.0.</source>
        <translation>Mantiene attivo l’accesso alle tue appliance di backup. Latchkey è software libero con licenza Apache 2.0.</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Componenti</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licenza</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AdministratorNote</name>
    <message>
        <source>Set by your administrator</source>
        <translation>Impostato dall’amministratore</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::BusyHint</name>
    <message>
        <source>Working</source>
        <translation>In corso</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CertificateBlock</name>
    <message>
        <source>Issued to</source>
        <translation>Rilasciato a</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Rilasciato da</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Validità</translation>
    </message>
    <message>
        <source>Trusted fingerprint</source>
        <translation>Impronta attendibile</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Impronta</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copia</translation>
    </message>
    <message>
        <source>Paste to compare</source>
        <translation>Incolla per confrontare</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>Dal %1 al %2</translation>
    </message>
    <message>
        <source>Your administrator decided for (SHA-256)</source>
        <translation>Stabilita dall’amministratore (SHA-256)</translation>
    </message>
    <message>
        <source>You trusted (SHA-256)</source>
        <translation>Di cui ti sei fidato (SHA-256)</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>Impronta SHA-256</translation>
    </message>
    <message>
        <source>It shows now (SHA-256)</source>
        <translation>Quella che mostra ora (SHA-256)</translation>
    </message>
    <message>
        <source>The clipboard holds no SHA-256 fingerprint.</source>
        <translation>Gli appunti non contengono un’impronta SHA-256.</translation>
    </message>
    <message>
        <source>It is another one: do not trust it.</source>
        <translation>È un’altra: non fidarti.</translation>
    </message>
    <message>
        <source>You copied this one here. Copy the appliance&apos;s own.</source>
        <translation>Questa l’hai copiata qui. Copia quella dell’appliance.</translation>
    </message>
    <message>
        <source>It is the same.</source>
        <translation>È la stessa.</translation>
    </message>
    <message>
        <source>Copy the new one</source>
        <translation>Copia la nuova</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CodePage</name>
    <message>
        <source>Verification code</source>
        <translation>Codice di verifica</translation>
    </message>
    <message>
        <source>I use a &amp;scratch code, which has 8 digits</source>
        <translation>Uso un codice di &amp;recupero, che ha 8 cifre</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Verifica</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>&amp;Codice di verifica</translation>
    </message>
    <message>
        <source>Enter the code of your authenticator</source>
        <translation>Inserisci il codice della tua app di autenticazione</translation>
    </message>
    <message>
        <source>The appliance asks for a second factor of %1.</source>
        <translation>L’appliance chiede un secondo fattore a %1.</translation>
    </message>
    <message>
        <source>Enter 6 digits from your authenticator, or 8 of a scratch code.</source>
        <translation>Inserisci le 6 cifre della tua app di autenticazione, o le 8 di un codice di recupero.</translation>
    </message>
    <message>
        <source>The appliance has refused this code already.</source>
        <translation>L’appliance ha già rifiutato questo codice.</translation>
    </message>
    <message>
        <source>A new code is due in %1 s.</source>
        <translation>Nuovo codice tra %1 s.</translation>
    </message>
    <message>
        <source>Your authenticator shows a new code now.</source>
        <translation>La tua app di autenticazione mostra ora un nuovo codice.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Verifica in corso…</translation>
    </message>
    <message>
        <source>The appliance&apos;s clock is out of step: %1. If it is the one that is wrong, no code will do until somebody sets it right.</source>
        <comment>3 min ahead</comment>
        <translation>L’orologio dell’appliance non è sincronizzato: %1. Se è quello sbagliato, nessun codice funzionerà finché qualcuno non lo corregge.</translation>
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
        <translation>Impronta fissata</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Orologio</translation>
    </message>
    <message>
        <source>Chec&amp;k now</source>
        <translation>Co&amp;ntrolla ora</translation>
    </message>
    <message>
        <source>See whether the appliance answers, without signing in</source>
        <translation>Verifica se l’appliance risponde, senza accedere</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Esame dell’appliance…</translation>
    </message>
    <message>
        <source>The appliance answered at %1.</source>
        <translation>L’appliance ha risposto alle %1.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nessuna</translation>
    </message>
    <message>
        <source>“Check now” tells the TLS version, the certificate and the clock.</source>
        <translation>“Controlla ora” indica la versione di TLS, il certificato e l’orologio.</translation>
    </message>
    <message>
        <source>None: any certificate that this computer trusts</source>
        <translation>Nessuna: qualsiasi certificato di cui si fida questo computer</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>Impostato dall’amministratore</translation>
    </message>
    <message>
        <source>Only this certificate</source>
        <translation>Solo questo certificato</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentRequest</name>
    <message>
        <source>Until now</source>
        <translation>Finora</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>D’ora in poi</translation>
    </message>
    <message>
        <source>Appliance until now</source>
        <translation>Appliance finora</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>Appliance</translation>
    </message>
    <message>
        <source>User name until now</source>
        <translation>Nome utente finora</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nome utente</translation>
    </message>
    <message>
        <source>Kind until now</source>
        <translation>Tipo finora</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Client ID until now</source>
        <translation>ID client finora</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>ID client</translation>
    </message>
    <message>
        <source>None</source>
        <comment>client ID</comment>
        <translation>Nessuno</translation>
    </message>
    <message>
        <source>Whoever shows this certificate gets your password and tokens. Get the fingerprint from whoever runs the appliance, or at its console: a browser on this computer can be shown the same false certificate. Deny it if you have not asked for this.</source>
        <translation>Chi mostra questo certificato riceve la tua password e i tuoi token. Fatti indicare l’impronta da chi gestisce l’appliance, o leggila sulla console dell’appliance stessa: a un browser su questo computer può essere mostrato lo stesso certificato falso. Nega la richiesta se non l’hai fatta tu.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentWindow</name>
    <message>
        <source>Allow</source>
        <translation>Consenti</translation>
    </message>
    <message>
        <source>&amp;This time</source>
        <translation>&amp;Questa volta</translation>
    </message>
    <message>
        <source>For one &amp;hour</source>
        <translation>Per un’&amp;ora</translation>
    </message>
    <message>
        <source>&amp;Until the screen locks</source>
        <translation>&amp;Fino al blocco dello schermo</translation>
    </message>
    <message>
        <source>Al&amp;ways</source>
        <translation>&amp;Sempre</translation>
    </message>
    <message>
        <source>It is not certain which program this is, so it can only be allowed this time.</source>
        <translation>Non si sa con certezza quale programma sia, quindi può essere consentito solo questa volta.</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Nega</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Consenti</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>The system vouches for this</source>
        <translation>Garantito dal sistema</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programma</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Tramite</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Avviato da</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminale</translation>
    </message>
    <message>
        <source>Only the program itself says this</source>
        <translation>Dichiarato solo dal programma stesso</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Script</translation>
    </message>
    <message>
        <source>1 more program is waiting.</source>
        <translation>1 altro programma è in attesa.</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs are waiting.</source>
        <translation>
            <numerusform>%n altro programma è in attesa.</numerusform>
            <numerusform>%n altri programmi sono in attesa.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not certain which program this is.</source>
        <translation>Non si sa con certezza quale programma sia.</translation>
    </message>
    <message>
        <source>A longer choice allows every script that %1 runs.</source>
        <translation>Una durata maggiore consente ogni script eseguito da %1.</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed this certificate</source>
        <translation>Chi &amp;gestisce l’appliance ha confermato questo certificato</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Dice di chiamarsi</translation>
    </message>
    <message>
        <source>Started by, as it says</source>
        <translation>Avviato da, secondo il programma</translation>
    </message>
    <message>
        <source>The button works in a moment.</source>
        <translation>Il pulsante sarà attivo tra un attimo.</translation>
    </message>
    <message>
        <source>Tick the box above first.</source>
        <translation>Seleziona prima la casella qui sopra.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Coordinator</name>
    <message>
        <source>Memory only: no token is saved, and all sessions end with Latchkey.</source>
        <translation>Solo in memoria: nessun token viene salvato, e tutte le sessioni terminano con Latchkey.</translation>
    </message>
    <message>
        <source>Progra&amp;ms</source>
        <translation>&amp;Programmi</translation>
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
        <translation>Come &amp;intestazione</translation>
    </message>
    <message>
        <source>As c&amp;url</source>
        <translation>Per c&amp;url</translation>
    </message>
    <message>
        <source>As &amp;PowerShell</source>
        <translation>Per &amp;PowerShell</translation>
    </message>
    <message>
        <source>As .http &amp;file</source>
        <translation>Come &amp;file .http</translation>
    </message>
    <message>
        <source>&amp;Command for scripts</source>
        <translation>&amp;Comando per gli script</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DesktopClipboard</name>
    <message>
        <source>Copying…</source>
        <translation>Copia in corso…</translation>
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
        <translation>Diagnosi</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avanzamento</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Risultati</translation>
    </message>
    <message>
        <source>C&amp;opy findings</source>
        <translation>C&amp;opia i risultati</translation>
    </message>
    <message>
        <source>Doctor – %1</source>
        <translation>Diagnosi – %1</translation>
    </message>
    <message>
        <source>Looked at %1 of %2…</source>
        <translation>Esaminati: %1 di %2…</translation>
    </message>
    <message>
        <source>Stopped: looked at %1 of %2</source>
        <translation>Interrotto, esaminati: %1 di %2</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>Nessun problema trovato</translation>
    </message>
    <message>
        <source>One problem was found</source>
        <translation>Un problema trovato</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Interrompi</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>Controlla di &amp;nuovo</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found</source>
        <translation>
            <numerusform>%n problema trovato</numerusform>
            <numerusform>%n problemi trovati</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w session</source>
        <translation>Mostra &amp;sessione</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DonePage</name>
    <message>
        <source>Command for scripts</source>
        <translation>Comando per gli script</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fine</translation>
    </message>
    <message>
        <source>Latchkey keeps %1 signed in from now on. Scripts get its token with this line:</source>
        <translation>D’ora in poi Latchkey mantiene connessa la sessione %1. Gli script ottengono il suo token con questa riga:</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Hai effettuato l’accesso</translation>
    </message>
    <message>
        <source>This desktop has no tray: when you close the window, it minimizes.</source>
        <translation>Questo desktop non ha un vassoio di sistema: quando chiudi la finestra, viene minimizzata.</translation>
    </message>
    <message>
        <source>There is no keychain that Latchkey could use: the session ends with Latchkey.</source>
        <translation>Non c’è un portachiavi che Latchkey possa usare: la sessione termina con Latchkey.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copia</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Avvia Latchkey quando accedo a questo computer</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::FormHead</name>
    <message>
        <source>Sign in to an appliance</source>
        <translation>Accedi a un’appliance</translation>
    </message>
    <message>
        <source>A link or another program filled in %1. Check that it is your appliance before you type a password.</source>
        <translation>Un link o un altro programma ha inserito %1. Controlla che sia la tua appliance prima di digitare una password.</translation>
    </message>
    <message>
        <source>A link or another program filled in what is no address. Type that of your appliance.</source>
        <translation>Un link o un altro programma ha inserito qualcosa che non è un indirizzo. Digita quello della tua appliance.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::GeneralPage</name>
    <message>
        <source>As the desktop</source>
        <translation>Come il desktop</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Avvia Latchkey quando accedo a questo computer</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aspetto</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Chiaro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Scuro</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>Icona nel vassoio di sistema</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>A colori</translation>
    </message>
    <message>
        <source>As a symbol</source>
        <translation>Monocromatica</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Lingua</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>Aspe&amp;tto</translation>
    </message>
    <message>
        <source>&amp;Tray icon</source>
        <translation>Icona nel &amp;vassoio di sistema</translation>
    </message>
    <message>
        <source>The language changes when Latchkey starts again.</source>
        <translation>La lingua cambierà al prossimo avvio di Latchkey.</translation>
    </message>
    <message>
        <source>This could not be changed. Is your configuration folder writable, and the disk not full?</source>
        <translation>Modifica non riuscita. La tua cartella di configurazione è scrivibile e c’è spazio sul disco?</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry is for other desktops only. Check the box to change that.</source>
        <translation>Il tuo desktop non avvia Latchkey: la voce di avvio automatico è solo per altri desktop. Seleziona la casella per cambiare.</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry names a program that is not there. Check the box to change that.</source>
        <translation>Il tuo desktop non avvia Latchkey: la voce di avvio automatico indica un programma che non esiste. Seleziona la casella per cambiare.</translation>
    </message>
    <message>
        <source>This cannot be changed: the folder for autostart entries is not writable.</source>
        <translation>Modifica impossibile: la cartella delle voci di avvio automatico non è scrivibile.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HandOutTable</name>
    <message>
        <source>Hand-outs</source>
        <translation>Consegne</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Aiuto</translation>
    </message>
    <message>
        <source>How a session is</source>
        <translation>Stato di una sessione</translation>
    </message>
    <message>
        <source>It waits for a code, a sign-in, the keychain, or a decision about a certificate.</source>
        <translation>Attende un codice, un accesso, il portachiavi o una decisione su un certificato.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Accedi di nuovo.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Scripts go on meanwhile.</source>
        <translation>Latchkey continua a provare. Nel frattempo gli script continuano a funzionare.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Until it succeeds, scripts get no token.</source>
        <translation>Latchkey continua a provare. Finché non ci riesce, gli script non ottengono token.</translation>
    </message>
    <message>
        <source>Somebody is being signed in, or a token is on its way.</source>
        <translation>È in corso un accesso, o sta arrivando un token.</translation>
    </message>
    <message>
        <source>By you, or nobody has signed in yet.</source>
        <translation>Da te, oppure nessuno ha ancora effettuato l’accesso.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Scorciatoie da tastiera</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 o %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtra</translation>
    </message>
    <message>
        <source>What the chosen session needs, or its token</source>
        <translation>Fai ciò che richiede la sessione scelta, o copia il suo token</translation>
    </message>
    <message>
        <source>All that can be done with it</source>
        <translation>Tutto ciò che si può fare con essa</translation>
    </message>
    <message>
        <source>Closes a window, and empties the filter</source>
        <translation>Chiude una finestra e svuota il filtro</translation>
    </message>
    <message>
        <source>All is well. Latchkey refreshes the token by itself.</source>
        <translation>Tutto a posto. Latchkey rinnova il token automaticamente.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HistoryView</name>
    <message>
        <source>What happened</source>
        <translation>Cronologia</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>Copia &amp;dettagli</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::KindField</name>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation>Rilevato automaticamente</translation>
    </message>
    <message>
        <source>No appliance that Latchkey knows answers there. Check the address, or choose the kind.</source>
        <translation>A quell’indirizzo non risponde nessuna appliance che Latchkey conosca. Controlla l’indirizzo, o scegli il tipo.</translation>
    </message>
    <message>
        <source>Several kinds fit this address: %1. Choose one.</source>
        <translation>Più tipi corrispondono a questo indirizzo: %1. Scegline uno.</translation>
    </message>
    <message>
        <source>Appliances of this kind answer at %1. Type the address of one with its port.</source>
        <translation>Le appliance di questo tipo rispondono su %1. Digita l’indirizzo di una di esse con la porta.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerModel</name>
    <message>
        <source>From %1 to %2</source>
        <translation>Prima: %1, ultima: %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sessione</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programma</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminale</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Risposta</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerWindow</name>
    <message>
        <source>Fold &amp;repeats of a day</source>
        <translation>Ragg&amp;ruppa le ripetizioni di un giorno</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Esporta…</translation>
    </message>
    <message>
        <source>Tokens handed out</source>
        <translation>Token consegnati</translation>
    </message>
    <message>
        <source>The last thousand times that somebody asked for an access token. The tokens themselves are never written down.</source>
        <translation>Le ultime mille volte che qualcuno ha chiesto un token di accesso. I token stessi non vengono mai annotati.</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtra</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtra</translation>
    </message>
    <message>
        <source>Session, program, script, answer …</source>
        <translation>Sessione, programma, script, risposta…</translation>
    </message>
    <message>
        <source>No token has been handed out yet.</source>
        <translation>Nessun token è stato ancora consegnato.</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Nessun elemento corrisponde al filtro.</translation>
    </message>
    <message>
        <source>Un&amp;block this program</source>
        <translation>&amp;Sblocca questo programma</translation>
    </message>
    <message>
        <source>&amp;Block this program</source>
        <translation>&amp;Blocca questo programma</translation>
    </message>
    <message>
        <source>Choose a row whose program is known.</source>
        <translation>Scegli una riga il cui programma è noto.</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>%1 non è più bloccato.</translation>
    </message>
    <message>
        <source>No more programs can be blocked. Unblock one first.</source>
        <translation>Non è possibile bloccare altri programmi. Prima sbloccane uno.</translation>
    </message>
    <message>
        <source>%1 and all its scripts get no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 e tutti i suoi script non ottengono token finché non lo sblocchi, qui o nelle impostazioni in “Programmi”.</translation>
    </message>
    <message>
        <source>%1 gets no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 non ottiene token finché non lo sblocchi, qui o nelle impostazioni in “Programmi”.</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Esporta l’elenco</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabella (*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written. Is the folder writable, and the disk not full?</source>
        <translation>Non è stato possibile scrivere l’elenco. La cartella è scrivibile e c’è spazio sul disco?</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>L’elenco è stato salvato in %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LogLevelBox</name>
    <message>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Disattivato</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Eventi</translation>
    </message>
    <message>
        <source>Each step</source>
        <translation>Ogni passaggio</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginForm</name>
    <message>
        <source>Appliance</source>
        <translation>Appliance</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nome utente</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>&amp;Resta connesso</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Accedi</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>&amp;Appliance</source>
        <translation>&amp;Appliance</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nome &amp;utente</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Password</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Mostra password</translation>
    </message>
    <message>
        <source>In memory only: the session ends with Latchkey.</source>
        <translation>Solo in memoria: la sessione termina con Latchkey.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in the keychain.</source>
        <translation>Sessione cifrata su questo computer, con una chiave nel portachiavi.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in %1.</source>
        <translation>Sessione cifrata su questo computer, con una chiave in %1.</translation>
    </message>
    <message>
        <source>There is no keychain here: the session stays in memory and ends with Latchkey.</source>
        <translation>Qui non c’è un portachiavi: la sessione resta in memoria e termina con Latchkey.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Accesso in corso…</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Esame dell’appliance…</translation>
    </message>
    <message>
        <source>Enter here the password that %1 has on %2.</source>
        <comment>a user, an appliance</comment>
        <translation>Inserisci qui la password che %1 ha su %2.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginWindow</name>
    <message>
        <source>Sign in</source>
        <translation>Accedi</translation>
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
        <translation>Non hai ancora effettuato l’accesso a un’appliance</translation>
    </message>
    <message>
        <source>Sign in once. Latchkey then keeps the access token fresh, shows who you are on the appliance, and hands the token to you and your scripts.</source>
        <translation>Accedi una volta. Poi Latchkey mantiene aggiornato il token di accesso, mostra chi sei sull’appliance e consegna il token a te e ai tuoi script.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Accedi</translation>
    </message>
    <message>
        <source>&amp;Latchkey</source>
        <translation>&amp;Latchkey</translation>
    </message>
    <message>
        <source>&amp;Sign in to another appliance…</source>
        <translation>&amp;Accedi a un’altra appliance…</translation>
    </message>
    <message>
        <source>&amp;Tokens handed out…</source>
        <translation>&amp;Token consegnati…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Impostazioni…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Ai&amp;uto</translation>
    </message>
    <message>
        <source>&amp;Doctor…</source>
        <translation>&amp;Diagnosi…</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Segnala un &amp;problema…</translation>
    </message>
    <message>
        <source>&amp;About Latchkey</source>
        <translation>I&amp;nformazioni su Latchkey</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Esci</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sessione</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so Latchkey minimizes instead of hiding where nobody could find it. On GNOME, the AppIndicator extension adds a tray. Quit with %1.</source>
        <translation>Questo desktop non ha un vassoio di sistema, quindi Latchkey viene minimizzato invece di nascondersi dove nessuno potrebbe trovarlo. Su GNOME, l’estensione AppIndicator aggiunge un vassoio. Esci con %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::MoreOptions</name>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>S&amp;hort-lived session</source>
        <translation>Sessione &amp;breve</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>ID client</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Segreto client</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>A&amp;ltro</translation>
    </message>
    <message>
        <source>What you and your scripts call this session</source>
        <translation>Il nome che tu e i tuoi script date a questa sessione</translation>
    </message>
    <message>
        <source>Asks the appliance for a session that ends soon when unused</source>
        <translation>Chiede all’appliance una sessione che termina presto se non viene usata</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>Kin&amp;d</source>
        <translation>&amp;Tipo</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;ID client</translation>
    </message>
    <message>
        <source>&amp;Client secret</source>
        <translation>&amp;Segreto client</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NeedBanner</name>
    <message>
        <source>&amp;Next</source>
        <translation>S&amp;uccessiva</translation>
    </message>
    <message>
        <source>Go to the next one of them</source>
        <translation>Vai alla successiva</translation>
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
        <translation>Come su questo computer</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nessuno</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Questo:</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Porta</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nome utente</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, choose “As on this computer” and set https_proxy.</source>
        <translation>Latchkey non salva password per i proxy. Se il tuo ne richiede una, scegli “Come su questo computer” e imposta https_proxy.</translation>
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
        <translation>P&amp;orta</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nome &amp;utente</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy, without its port.</source>
        <translation>Inserisci il nome o l’indirizzo del proxy, senza la porta.</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, ask your administrator.</source>
        <translation>Latchkey non salva password per i proxy. Se il tuo ne richiede una, chiedi all’amministratore.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Notices</name>
    <message>
        <source>%1: Sign-in ends soon</source>
        <comment>session</comment>
        <translation>%1: l’accesso scade presto</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A program asks for your permission</source>
        <translation>Un programma chiede la tua autorizzazione</translation>
    </message>
    <message>
        <source>Latchkey goes on in the tray</source>
        <translation>Latchkey continua nel vassoio di sistema</translation>
    </message>
    <message>
        <source>Your sessions stay signed in. Click the icon to open the window again, or choose Quit in its menu.</source>
        <translation>Le tue sessioni restano connesse. Fai clic sull’icona per riaprire la finestra, o scegli Esci nel suo menu.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew, tokens expired</source>
        <translation>
            <numerusform>%n sessione non può essere rinnovata, token scaduto</numerusform>
            <numerusform>%n sessioni non possono essere rinnovate, token scaduti</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign-ins end soon</source>
        <translation>
            <numerusform>%n accesso scade presto</numerusform>
            <numerusform>%n accessi scadono presto</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Only you can prolong it: sign in again before that.</source>
        <comment>time left</comment>
        <translation>%1. Solo tu puoi prolungare l’accesso: accedi di nuovo prima di allora.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PlainLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copia</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PolicyComboBox</name>
    <message>
        <source>Programs</source>
        <translation>Programmi</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Chiedi a me</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Mai</translation>
    </message>
    <message>
        <source>Get tokens without asking</source>
        <translation>Ottengono token senza conferma</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ProgramsPage</name>
    <message>
        <source>Programs</source>
        <translation>Programmi</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programma</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sessione</translation>
    </message>
    <message>
        <source>No program is allowed for longer than once, and none is blocked.</source>
        <translation>Nessun programma è consentito per più di una volta, e nessuno è bloccato.</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Bloccato</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tutte</translation>
    </message>
    <message>
        <source>%1 and all its scripts</source>
        <translation>%1 e tutti i suoi script</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, tramite latchkeyctl</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, tramite il gateway</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Scadenza: %1</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Sempre</translation>
    </message>
    <message>
        <source>Until the screen locks</source>
        <translation>Fino al blocco dello schermo</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>S&amp;blocca</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>Re&amp;voca</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Accesso</translation>
    </message>
    <message>
        <source>What you decided about programs. In sessions that ask, those allowed here get tokens without a question. Sessions set to “Get tokens without asking” give theirs to every program that is not blocked here.</source>
        <translation>Le tue decisioni sui programmi. Nelle sessioni che chiedono conferma, quelli consentiti qui ottengono token senza conferma. Le sessioni impostate su “Ottengono token senza conferma” danno i propri a ogni programma che non è bloccato qui.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::RenameDialog</name>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>Rinomina sessione</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>Scripts that use the name %1 no longer get a token.</source>
        <translation>Gli script che usano il nome %1 non ottengono più alcun token.</translation>
    </message>
    <message>
        <source>Tokens and history stay.</source>
        <translation>I token e la cronologia restano.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ReportWindow</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>&amp;Salva rapporto…</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Segnala un problema</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Chiudi</translation>
    </message>
    <message>
        <source>The report is a file for whoever helps you. In it are versions, settings, sessions and what happened to them, what the doctor finds, and the last lines of the log.</source>
        <translation>Il rapporto è un file per chi ti aiuta. Contiene le versioni, le impostazioni, le sessioni e la loro cronologia, i risultati della diagnosi e le ultime righe del registro.</translation>
    </message>
    <message>
        <source>It names your appliances and users. Before it is written, it is searched for all your passwords and tokens: none is in it.</source>
        <translation>Indica le tue appliance e i tuoi utenti. Prima di scriverlo, vi vengono cercati tutti i tuoi token e le tue password: non ne contiene.</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Registro</translation>
    </message>
    <message>
        <source>If the problem comes back at times, turn the log on and wait for it. The file stays short, and no password or token is in it.</source>
        <translation>Se il problema si ripresenta ogni tanto, attiva il registro e attendi che si verifichi. Il file resta breve e non contiene password né token.</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Salva rapporto</translation>
    </message>
    <message>
        <source>Looking at everything…</source>
        <translation>Esame di tutto in corso…</translation>
    </message>
    <message>
        <source>Nothing was written: a secret would have been in it, such as a token that is part of a name. Rename what holds it, or try again once no sign-in is open.</source>
        <translation>Non è stato scritto nulla: il rapporto avrebbe contenuto un segreto, ad esempio un token che fa parte di un nome. Rinomina ciò che lo contiene, o riprova quando non è in corso alcun accesso.</translation>
    </message>
    <message>
        <source>Nothing was written to %1. Choose a folder that you may write to, on a disk with room.</source>
        <translation>Non è stato scritto nulla in %1. Scegli una cartella in cui puoi scrivere, su un disco con spazio libero.</translation>
    </message>
    <message>
        <source>Written to %1. Read it before you send it.</source>
        <translation>Salvato in %1. Leggilo prima di inviarlo.</translation>
    </message>
    <message>
        <source>It is in the name of session number %1 of those that latchkeyctl list prints.</source>
        <translation>Si trova nel nome della sessione numero %1 tra quelle elencate da latchkeyctl list.</translation>
    </message>
    <message>
        <source>Nothing was written: what is told of %1 holds a secret, such as a token that is part of a name. Rename that, or try again once no sign-in is open.</source>
        <translation>Non è stato scritto nulla: ciò che viene riportato su %1 contiene un segreto, ad esempio un token che fa parte di un nome. Rinomina ciò che lo contiene, o riprova quando non è in corso alcun accesso.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecretField</name>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Incolla</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Elimina</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Seleziona &amp;tutto</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Section</name>
    <message>
        <source>Unfolded</source>
        <translation>Espanso</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Compresso</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecurityPage</name>
    <message>
        <source>Lock &amp;when the screen locks or the computer sleeps</source>
        <translation>&amp;Blocca quando si blocca lo schermo o si sospende il computer</translation>
    </message>
    <message>
        <source>Clear a copied token &amp;once it is pasted, at the latest after:</source>
        <translation>Ca&amp;ncella un token copiato dopo averlo incollato, al più tardi dopo:</translation>
    </message>
    <message>
        <source>Programs get no tokens meanwhile. Sessions stay fresh.</source>
        <translation>Nel frattempo i programmi non ottengono token. Le sessioni restano aggiornate.</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds until a copied token is cleared</source>
        <translation>Secondi prima che un token copiato venga cancellato</translation>
    </message>
    <message>
        <source>Programs, in new sessions</source>
        <translation>Programmi, nelle nuove sessioni</translation>
    </message>
    <message>
        <source>Programs, &amp;in new sessions</source>
        <translation>Programmi, nelle nuove sess&amp;ioni</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Sessioni</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionOrder</name>
    <message numerus="yes">
        <source>Needs you (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Richiede attenzione (%n)</numerusform>
            <numerusform>Richiedono attenzione (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot renew (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Non rinnovabile (%n)</numerusform>
            <numerusform>Non rinnovabili (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed in (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Connessa (%n)</numerusform>
            <numerusform>Connesse (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Disconnessa (%n)</numerusform>
            <numerusform>Disconnesse (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionPanel</name>
    <message>
        <source>Copy in another form</source>
        <translation>Copia in un’altra forma</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>Al&amp;tro</translation>
    </message>
    <message>
        <source>Access by programs</source>
        <translation>Accesso dei programmi</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Connessione</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Dettagli</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>Cron&amp;ologia</translation>
    </message>
    <message>
        <source>&amp;Programs</source>
        <translation>&amp;Programmi</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utente</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Ruolo</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>Tipo di utente</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>Secondo fattore</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Token di accesso</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Token di aggiornamento</translation>
    </message>
    <message>
        <source>Next refresh</source>
        <translation>Prossimo rinnovo</translation>
    </message>
    <message>
        <source>Appliance clock</source>
        <translation>Orologio dell’appliance</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Archiviazione</translation>
    </message>
    <message>
        <source>As a command, a header or a file</source>
        <translation>Come comando, intestazione o file</translation>
    </message>
    <message>
        <source>There is no token to give now.</source>
        <translation>Al momento non c’è nessun token da consegnare.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionsPage</name>
    <message>
        <source>Nothing matches</source>
        <translation>Nessun risultato</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Aggiungi</translation>
    </message>
    <message>
        <source>Sign in to another appliance</source>
        <translation>Accedi a un’altra appliance</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtra</translation>
    </message>
    <message>
        <source>By name, user, server or state (%1)</source>
        <comment>what the filter looks at; its keys</comment>
        <translation>Per nome, utente, server o stato (%1)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Impostazioni</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>&amp;Generale</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>&amp;Sicurezza</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Rete</translation>
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
        <translation>Fermalo e apri Latchkey</translation>
    </message>
    <message>
        <source>Another program keeps your sessions already.</source>
        <translation>Un altro programma gestisce già le tue sessioni.</translation>
    </message>
    <message>
        <source>%1 is running already, but does not answer.</source>
        <translation>%1 è già in esecuzione, ma non risponde.</translation>
    </message>
    <message>
        <source>%1 keeps your sessions. Stop it and open Latchkey?</source>
        <translation>%1 gestisce le tue sessioni. Fermarlo e aprire Latchkey?</translation>
    </message>
    <message>
        <source>%1 does not answer. Stop it and open Latchkey?</source>
        <translation>%1 non risponde. Fermarlo e aprire Latchkey?</translation>
    </message>
    <message>
        <source>Waiting for it to end…</source>
        <translation>In attesa che termini…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>It is process %1, which listens at %2.</source>
        <translation>È il processo %1, in ascolto su %2.</translation>
    </message>
    <message>
        <source>It listens at %1.</source>
        <translation>È in ascolto su %1.</translation>
    </message>
    <message>
        <source>Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you close this, it keeps your sessions, and no window opens.</source>
        <translation>Latchkey non può fermarlo da qui. Terminalo tu e scegli “Riprova”. Se chiudi questo avviso, continua a gestire le tue sessioni e non si apre alcuna finestra.</translation>
    </message>
    <message>
        <source>Only one program can keep them; latchkeyctl works with either.</source>
        <translation>Solo un programma può gestirle; latchkeyctl funziona con entrambi.</translation>
    </message>
    <message>
        <source>It is process %1.</source>
        <translation>È il processo %1.</translation>
    </message>
    <message>
        <source>If you stop it, sessions that are kept on this computer go on here, and those in memory only end. If you cancel, it keeps them all, and no window opens.</source>
        <translation>Se lo fermi, le sessioni salvate su questo computer continuano qui, e quelle solo in memoria terminano. Se annulli, continua a gestirle tutte e non si apre alcuna finestra.</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Copia comando</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TokenClipboard</name>
    <message>
        <source>There is no token to copy. Sign in first.</source>
        <translation>Non c’è nessun token da copiare. Prima accedi.</translation>
    </message>
    <message>
        <source>Command copied. It holds no token.</source>
        <translation>Comando copiato. Non contiene alcun token.</translation>
    </message>
    <message>
        <source>Token copied.</source>
        <translation>Token copiato.</translation>
    </message>
    <message>
        <source>It ends in %1 s.</source>
        <translation>Scade tra %1 s.</translation>
    </message>
    <message>
        <source>It can be pasted once, within %1 s.</source>
        <translation>Può essere incollato una volta, entro %1 s.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the desktop did not allow it. Try again here.</source>
        <translation>Non è stato copiato nulla, perché il desktop non lo ha permesso. Riprova qui.</translation>
    </message>
    <message>
        <source>The token is about to end. It is being refreshed and then copied.</source>
        <translation>Il token sta per scadere. Viene rinnovato e poi copiato.</translation>
    </message>
    <message>
        <source>The token could not be refreshed, so nothing was copied.</source>
        <translation>Non è stato possibile rinnovare il token, quindi non è stato copiato nulla.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the appliance that you trust does not answer. Look under Connection.</source>
        <translation>Non è stato copiato nulla, perché l’appliance di cui ti fidi non risponde. Guarda in “Connessione”.</translation>
    </message>
    <message>
        <source>curl knows the appliance by its key, and sends the token to no other.</source>
        <translation>curl riconosce l’appliance dalla sua chiave e non invia il token a nessun’altra.</translation>
    </message>
    <message>
        <source>Nothing was copied: curl cannot check this appliance&apos;s certificate.</source>
        <translation>Non è stato copiato nulla: curl non può verificare il certificato di questa appliance.</translation>
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
        <translation>Accedi a un’altra appliance…</translation>
    </message>
    <message>
        <source>Tokens handed out…</source>
        <translation>Token consegnati…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Impostazioni…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Esci</translation>
    </message>
    <message>
        <source>All sessions (%1)…</source>
        <translation>Tutte le sessioni (%1)…</translation>
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
        <translation>Non rinnovabile</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TroubleBanner</name>
    <message>
        <source>Programs get no token until you decide.</source>
        <translation>I programmi non ottengono token finché non decidi.</translation>
    </message>
    <message>
        <source>Not refreshed until you decide; programs get the token until %1.</source>
        <translation>Nessun rinnovo finché non decidi; i programmi ottengono il token fino a: %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrustPage</name>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed the new one</source>
        <translation>Chi gestisce l’appliance ha con&amp;fermato la nuova</translation>
    </message>
    <message>
        <source>Trust this appliance</source>
        <translation>Fidati di questa appliance</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Is this your appliance?</source>
        <translation>È questa la tua appliance?</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for %1. That is usual for an appliance with a certificate of its own. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Questo computer non sa chi garantisce per %1. È normale per un’appliance con un certificato proprio. Non le sono ancora stati inviati né password né token. Confronta l’impronta con quella dell’appliance.</translation>
    </message>
    <message>
        <source>Another certificate than before</source>
        <translation>Un certificato diverso dal precedente</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed, and nobody vouches for the new one.</source>
        <translation>Il certificato di %1 è cambiato, e nessuno garantisce per quello nuovo.</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed since you trusted it.</source>
        <translation>Il certificato di %1 è cambiato da quando te ne sei fidato.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Go on only if whoever runs the appliance says that its certificate was replaced, and tells you the same new fingerprint.</source>
        <translation>Qualcuno potrebbe intercettare le comunicazioni tra te e l’appliance. Non le sono stati inviati né password né token. Prosegui solo se chi gestisce l’appliance dice che il suo certificato è stato sostituito e ti indica la stessa nuova impronta.</translation>
    </message>
    <message>
        <source>Not the certificate that your administrator decided for</source>
        <translation>Non è il certificato stabilito dall’amministratore</translation>
    </message>
    <message>
        <source>%1 shows another certificate.</source>
        <translation>%1 presenta un altro certificato.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Only your administrator can allow this certificate: ask them, and tell them both fingerprints.</source>
        <translation>Qualcuno potrebbe intercettare le comunicazioni tra te e l’appliance. Non le sono stati inviati né password né token. Solo l’amministratore può consentire questo certificato: chiedi a lui e comunicagli entrambe le impronte.</translation>
    </message>
    <message>
        <source>The certificate does not name %1.</source>
        <translation>Il certificato non indica %1.</translation>
    </message>
    <message>
        <source>The certificate is for %1, not for %2.</source>
        <translation>Il certificato è per %1, non per %2.</translation>
    </message>
    <message>
        <source>I have compared the &amp;fingerprint: it is the appliance&apos;s own</source>
        <translation>Ho confrontato l’im&amp;pronta: è quella dell’appliance stessa</translation>
    </message>
    <message>
        <source>Either the appliance shows the certificate that it came with, or something else answers in place of %1. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>O l’appliance presenta il certificato con cui è stata fornita, oppure qualcos’altro risponde al posto di %1. Non sono ancora stati inviati né password né token. Confronta l’impronta con quella dell’appliance.</translation>
    </message>
    <message>
        <source>Where to find it: ask whoever runs the appliance, or look at its console. A browser on this computer can be shown the same false certificate.</source>
        <translation>Dove trovarla: chiedi a chi gestisce l’appliance, o guarda sulla console dell’appliance stessa. A un browser su questo computer può essere mostrato lo stesso certificato falso.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ValidityTimeline</name>
    <message>
        <source>Validity</source>
        <translation>Validità</translation>
    </message>
    <message>
        <source>No access token.</source>
        <translation>Nessun token di accesso.</translation>
    </message>
    <message>
        <source>Access token good until %1.</source>
        <translation>Token di accesso valido, scadenza: %1.</translation>
    </message>
    <message>
        <source>Access token expired at %1.</source>
        <translation>Token di accesso scaduto: %1.</translation>
    </message>
    <message>
        <source>Next refresh at %1.</source>
        <translation>Prossimo rinnovo: %1.</translation>
    </message>
    <message>
        <source>The sign-in ends at %1.</source>
        <translation>Fine dell’accesso: %1.</translation>
    </message>
    <message>
        <source>Outages: %1.</source>
        <translation>Interruzioni: %1.</translation>
    </message>
    <message>
        <source>Times that the computer slept: %1.</source>
        <translation>Sospensioni del computer: %1.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>adesso</translation>
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
        <translation>Rinnovi nelle ultime 24 h: %1.</translation>
    </message>
</context>
</TS>
