<?xml version="1.0" encoding="utf-8"?>
<!--
SPDX-FileCopyrightText: 2026 The Latchkey authors
SPDX-License-Identifier: Apache-2.0
-->
<!DOCTYPE TS>
<TS version="2.1" language="pl">
<context>
    <name>ActionText</name>
    <message>
        <source>Sign &amp;in</source>
        <translation>Z&amp;aloguj się</translation>
    </message>
    <message>
        <source>&amp;Enter code</source>
        <translation>Wprowadź ko&amp;d</translation>
    </message>
    <message>
        <source>Look at certi&amp;ficate</source>
        <translation>O&amp;bejrzyj certyfikat</translation>
    </message>
    <message>
        <source>&amp;Copy token</source>
        <translation>&amp;Kopiuj token</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>&amp;Odnów teraz</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>&amp;Wyloguj się</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>&amp;Zmień nazwę</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Usuń</translation>
    </message>
    <message>
        <source>&amp;Doctor</source>
        <translation>Dia&amp;gnostyka</translation>
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
            <numerusform>%1, %n raz, ostatnio: %2</numerusform>
            <numerusform>%1, %n razy, ostatnio: %2</numerusform>
            <numerusform>%1, %n razy, ostatnio: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of accounts was not as Latchkey had left it</source>
        <translation>Lista kont nie była taka, jaką pozostawił Latchkey</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Wylogowano</translation>
    </message>
    <message>
        <source>Looked for what was kept</source>
        <translation>Wyszukano zapisane dane</translation>
    </message>
    <message>
        <source>Verification code sent</source>
        <translation>Wysłano kod weryfikacyjny</translation>
    </message>
    <message>
        <source>Sign-in started</source>
        <translation>Rozpoczęto logowanie</translation>
    </message>
    <message>
        <source>Verification code refused</source>
        <translation>Odrzucono kod weryfikacyjny</translation>
    </message>
    <message>
        <source>Verification code asked for</source>
        <translation>Zażądano kodu weryfikacyjnego</translation>
    </message>
    <message>
        <source>Certificate in question</source>
        <translation>Certyfikat do sprawdzenia</translation>
    </message>
    <message>
        <source>Session restored</source>
        <translation>Przywrócono sesję</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Zalogowano</translation>
    </message>
    <message>
        <source>The appliance said: %1</source>
        <translation>Odpowiedź urządzenia: %1</translation>
    </message>
    <message>
        <source>HTTP status: %1</source>
        <translation>Stan HTTP: %1</translation>
    </message>
    <message>
        <source>The appliance&apos;s time: %1</source>
        <translation>Czas urządzenia: %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>Żądanie: %1</translation>
    </message>
    <message>
        <source>Latchkey started.</source>
        <translation>Uruchomiono Latchkey.</translation>
    </message>
    <message>
        <source>The session was kept.</source>
        <translation>Sesja była zapisana.</translation>
    </message>
    <message>
        <source>No session was kept.</source>
        <translation>Nie było zapisanej sesji.</translation>
    </message>
    <message>
        <source>Something other than Latchkey changed it, or Latchkey ended in the midst of a change. Appliance, user, policy and trusted certificate are as they were sealed with the session.</source>
        <translation>Zmieniło ją coś innego niż Latchkey albo Latchkey zakończył działanie w trakcie zmiany. Urządzenie, użytkownik, uprawnienie i zaufany certyfikat są takie, jakie zaszyfrowano z sesją.</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>Nie udało się odczytać zapisanych danych.</translation>
    </message>
    <message>
        <source>Somebody signed in.</source>
        <translation>Ktoś się zalogował.</translation>
    </message>
    <message>
        <source>Somebody entered a verification code.</source>
        <translation>Ktoś wprowadził kod weryfikacyjny.</translation>
    </message>
    <message>
        <source>Somebody trusted the certificate.</source>
        <translation>Ktoś zaufał certyfikatowi.</translation>
    </message>
    <message>
        <source>Nobody trusted the certificate.</source>
        <translation>Nikt nie zaufał certyfikatowi.</translation>
    </message>
    <message>
        <source>Somebody cancelled it.</source>
        <translation>Ktoś anulował.</translation>
    </message>
    <message>
        <source>A program wanted a token that lasts longer.</source>
        <translation>Program potrzebował tokenu o dłuższej ważności.</translation>
    </message>
    <message>
        <source>Somebody signed out.</source>
        <translation>Ktoś się wylogował.</translation>
    </message>
    <message>
        <source>It was time.</source>
        <translation>Nadszedł zaplanowany czas.</translation>
    </message>
    <message>
        <source>The network went away.</source>
        <translation>Sieć przestała być dostępna.</translation>
    </message>
    <message>
        <source>The network came back.</source>
        <translation>Sieć znów jest dostępna.</translation>
    </message>
    <message>
        <source>The computer woke up.</source>
        <translation>Komputer się wybudził.</translation>
    </message>
    <message>
        <source>The computer went to sleep.</source>
        <translation>Komputer został uśpiony.</translation>
    </message>
    <message>
        <source>The appliance granted it.</source>
        <translation>Urządzenie wyraziło zgodę.</translation>
    </message>
    <message>
        <source>The appliance asked for a verification code.</source>
        <translation>Urządzenie poprosiło o kod weryfikacyjny.</translation>
    </message>
    <message>
        <source>The appliance showed a certificate that is not trusted.</source>
        <translation>Urządzenie przedstawiło certyfikat, który nie jest zaufany.</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>Odnowiono token</translation>
    </message>
    <message>
        <source>Refresh started</source>
        <translation>Rozpoczęto odnawianie</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <translation>Nie udało się odnowić</translation>
    </message>
    <message>
        <source>Somebody asked for a refresh.</source>
        <translation>Ktoś poprosił o odnowienie.</translation>
    </message>
    <message>
        <source>The appliance did not grant it.</source>
        <translation>Urządzenie nie wyraziło zgody.</translation>
    </message>
    <message>
        <source>There was no answer.</source>
        <translation>Nie było odpowiedzi.</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Looking…</source>
        <translation>Sprawdzanie…</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Nie sprawdzono</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>Brak problemów</translation>
    </message>
</context>
<context>
    <name>HandOutView</name>
    <message>
        <source>Clipboard</source>
        <translation>Schowek</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Wydano</translation>
    </message>
    <message>
        <source>Given, but ends sooner than asked</source>
        <translation>Wydano, ale wygasa wcześniej, niż żądano</translation>
    </message>
    <message>
        <source>Copied by you</source>
        <translation>Skopiowano przez Ciebie</translation>
    </message>
    <message>
        <source>Refused: something failed</source>
        <translation>Odmówiono: coś się nie powiodło</translation>
    </message>
    <message>
        <source>Refused: signed out</source>
        <translation>Odmówiono: wylogowano</translation>
    </message>
    <message>
        <source>Refused: appliance out of reach</source>
        <translation>Odmówiono: urządzenie nieosiągalne</translation>
    </message>
    <message>
        <source>Refused: not allowed</source>
        <translation>Odmówiono: brak zezwolenia</translation>
    </message>
    <message>
        <source>Refused: certificate in question</source>
        <translation>Odmówiono: certyfikat do sprawdzenia</translation>
    </message>
    <message>
        <source>Refused: blocked by you</source>
        <translation>Odmówiono: zablokowano przez Ciebie</translation>
    </message>
    <message>
        <source>Refused: verification code needed</source>
        <translation>Odmówiono: wymagany kod weryfikacyjny</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>answer</comment>
        <translation>
            <numerusform>%1 (%n raz)</numerusform>
            <numerusform>%1 (%n razy)</numerusform>
            <numerusform>%1 (%n razy)</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: asked for longer than tokens live</source>
        <translation>Odmówiono: żądano dłuższej ważności, niż mają tokeny</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Start in the tray.</source>
        <translation>Uruchom w zasobniku systemowym.</translation>
    </message>
    <message>
        <source>Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.</source>
        <translation>Przechowuj tokeny tylko w pamięci i nie używaj pęku kluczy: sesje trwają do zakończenia Latchkey.</translation>
    </message>
    <message>
        <source>Open the sign-in window for the appliance at &lt;url&gt;.</source>
        <translation>Otwórz okno logowania do urządzenia pod adresem &lt;url&gt;.</translation>
    </message>
    <message>
        <source>Open the sign-in window for this user.</source>
        <translation>Otwórz okno logowania dla tego użytkownika.</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances.</source>
        <translation>Utrzymuje logowanie do Twoich urządzeń kopii zapasowych.</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Latchkey’s folder belongs to another user, so it is not used.</source>
        <translation>Folder Latchkey należy do innego użytkownika, dlatego nie jest używany.</translation>
    </message>
    <message>
        <source>Remove %1, or have it given to you, and start Latchkey again.</source>
        <translation>Usuń %1 lub poproś o przekazanie go na własność, a następnie uruchom Latchkey ponownie.</translation>
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
        <translation>Nieznany program (proces %1)</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>Nieznany program</translation>
    </message>
    <message>
        <source>%1, run by %2</source>
        <comment>a script, an interpreter</comment>
        <translation>%1, wykonywany przez %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a program, a terminal</comment>
        <translation>%1 w %2</translation>
    </message>
    <message>
        <source>%1 over SSH</source>
        <comment>a program</comment>
        <translation>%1 przez SSH</translation>
    </message>
    <message>
        <source>%1, started by %2</source>
        <comment>a program, another one</comment>
        <translation>%1, uruchomiony przez %2</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, przez bramę</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, przez latchkeyctl</translation>
    </message>
    <message>
        <source>%1,</source>
        <comment>a program, at the beginning of a sentence</comment>
        <translation>%1,</translation>
    </message>
    <message>
        <source>Program: %1</source>
        <translation>Program: %1</translation>
    </message>
    <message>
        <source>Script, as it says: %1</source>
        <translation>Skrypt, według programu: %1</translation>
    </message>
    <message>
        <source>Through: %1</source>
        <translation>Przez: %1</translation>
    </message>
    <message>
        <source>Started by: %1</source>
        <translation>Uruchomiony przez: %1</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>Terminal: %1</translation>
    </message>
    <message>
        <source>“%1” (as it says)</source>
        <comment>what only a program itself says: its name, or its script</comment>
        <translation>„%1” (jak sam podaje)</translation>
    </message>
    <message>
        <source>Calls itself: %1</source>
        <translation>Przedstawia się jako: %1</translation>
    </message>
    <message>
        <source>Started by, as it says: %1</source>
        <translation>Uruchomiony przez, według programu: %1</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>Szukaj w:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>&amp;Nazwa pliku:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>Pliki typu:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Zapisz</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>Plik %1 już istnieje.
Czy chcesz go zastąpić?</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Cofnij</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Ponów</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Wytnij</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopiuj</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>Wk&amp;lej</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Usuń</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Zaznacz wszystko</translation>
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
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Zapisz</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Tak</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Nie</translation>
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
        <translation>Shift</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
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
        <translation>&amp;Kopiuj</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Zaznacz wszystko</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>%1 wants Latchkey to trust a certificate for %2.</source>
        <translation>%1 chce, aby Latchkey zaufał certyfikatowi dla sesji %2.</translation>
    </message>
    <message>
        <source>%1 wants Latchkey to trust another certificate for %2.</source>
        <translation>%1 chce, aby Latchkey zaufał innemu certyfikatowi dla sesji %2.</translation>
    </message>
    <message>
        <source>%1 wants to sign %2 out.</source>
        <translation>%1 chce wylogować sesję %2.</translation>
    </message>
    <message>
        <source>%1 wants to remove %2.</source>
        <translation>%1 chce usunąć sesję %2.</translation>
    </message>
    <message>
        <source>%1 wants to use the name %2 for another appliance or user.</source>
        <translation>%1 chce użyć nazwy %2 dla innego urządzenia lub użytkownika.</translation>
    </message>
    <message>
        <source>%1 wants to rename %2 to %3.</source>
        <translation>%1 chce zmienić nazwę sesji %2 na %3.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2.</source>
        <translation>%1 prosi o token sesji %2.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2: %3.</source>
        <comment>a program, a session, who is signed in there</comment>
        <translation>%1 prosi o token sesji %2: %3.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a user, the role</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>Z&amp;ezwól</translation>
    </message>
    <message>
        <source>&amp;Trust this certificate</source>
        <translation>&amp;Zaufaj temu certyfikatowi</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>&amp;Wyloguj</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Usuń</translation>
    </message>
    <message>
        <source>&amp;Change the account</source>
        <translation>&amp;Zmień konto</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Zmień nazwę</translation>
    </message>
    <message>
        <source>%1 wants to add the session %2 and sign in to it.</source>
        <translation>%1 chce dodać sesję %2 i zalogować się do niej.</translation>
    </message>
    <message>
        <source>&amp;Add the session</source>
        <translation>Doda&amp;j sesję</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1. Correct the file; Latchkey reads it again by itself.</source>
        <comment>file: what is wrong in it</comment>
        <translation>%1. Popraw plik; Latchkey sam wczyta go ponownie.</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>Lista kont</translation>
    </message>
    <message>
        <source>The administrator’s policy</source>
        <translation>Zasady administratora</translation>
    </message>
    <message>
        <source>Kind file</source>
        <translation>Plik rodzaju</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Pęk kluczy</translation>
    </message>
    <message>
        <source>Enter the appliance&apos;s address, such as https://backup.example.com.</source>
        <translation>Podaj adres urządzenia, na przykład https://backup.example.com.</translation>
    </message>
    <message>
        <source>This is not the address of an appliance. Enter one such as https://backup.example.com.</source>
        <translation>To nie jest adres urządzenia. Podaj adres, na przykład https://backup.example.com.</translation>
    </message>
    <message>
        <source>Passwords are not sent over http. Enter an https address.</source>
        <translation>Hasła nie są wysyłane przez http. Podaj adres https.</translation>
    </message>
    <message>
        <source>Enter an address of up to 2048 characters.</source>
        <translation>Podaj adres o długości do 2048 znaków.</translation>
    </message>
    <message>
        <source>Enter a user name of up to 256 characters.</source>
        <translation>Podaj nazwę użytkownika o długości do 256 znaków.</translation>
    </message>
    <message>
        <source>Enter a short name for this session, such as prod.</source>
        <translation>Podaj krótką nazwę tej sesji, na przykład prod.</translation>
    </message>
    <message>
        <source>Enter a client ID of up to 256 characters.</source>
        <translation>Podaj identyfikator klienta o długości do 256 znaków.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance.</source>
        <translation>Latchkey nie zna tego rodzaju urządzenia.</translation>
    </message>
    <message>
        <source>Another appliance or user has this name. Choose another name.</source>
        <translation>Inne urządzenie lub inny użytkownik ma tę nazwę. Wybierz inną nazwę.</translation>
    </message>
    <message>
        <source>The list of accounts names another appliance or user than what is kept under this name. Unlock the keychain, so that Latchkey sees which is right, or remove the session.</source>
        <translation>Lista kont wskazuje inne urządzenie lub innego użytkownika niż dane zapisane pod tą nazwą. Odblokuj pęk kluczy, aby Latchkey zobaczył, co jest właściwe, albo usuń sesję.</translation>
    </message>
    <message>
        <source>This session waits for a sign-in, a decision or the keychain. Rename it after that.</source>
        <translation>Ta sesja czeka na logowanie, decyzję lub pęk kluczy. Zmień jej nazwę później.</translation>
    </message>
    <message>
        <source>There are as many sessions as Latchkey can keep. Remove some first.</source>
        <translation>Latchkey nie może obsłużyć więcej sesji. Najpierw usuń kilka.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Administrator nie zezwala na to urządzenie. Poproś o dodanie go do dozwolonych.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this kind of appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Administrator nie zezwala na ten rodzaj urządzenia. Poproś o dodanie go do dozwolonych.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy cannot be read, so nobody knows what it allows. Have it corrected.</source>
        <translation>Nie można odczytać zasad administratora, więc nie wiadomo, na co zezwalają. Poproś o ich poprawienie.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault. Until it is corrected, nobody can sign in, and no token is given out: %1. Tell your administrator.</source>
        <translation>Zasady administratora zawierają błąd. Dopóki nie zostanie poprawiony, nikt nie może się zalogować i żaden token nie jest wydawany: %1. Powiadom administratora.</translation>
    </message>
    <message>
        <source>Your administrator has set this session up. Sign in with your password.</source>
        <translation>Tę sesję skonfigurował administrator. Zaloguj się swoim hasłem.</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>Pęk kluczy zablokowany</translation>
    </message>
    <message>
        <source>Keychain needed</source>
        <translation>Wymagany pęk kluczy</translation>
    </message>
    <message>
        <source>What was kept cannot be read</source>
        <translation>Nie można odczytać zapisanych danych</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>Certyfikat zmieniony</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>Certyfikat niezaufany</translation>
    </message>
    <message>
        <source>Verification code needed</source>
        <translation>Wymagany kod weryfikacyjny</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>Wymagane hasło</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Wymagane logowanie</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Logowanie…</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>Oczekiwanie na pęk kluczy</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Wymagające uwagi</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Zalogowano</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Wylogowano</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Zajęta</translation>
    </message>
    <message>
        <source>Cannot renew, token still good</source>
        <translation>Nie można odnowić, token jeszcze ważny</translation>
    </message>
    <message>
        <source>Cannot renew, token expired</source>
        <translation>Nie można odnowić, token wygasł</translation>
    </message>
    <message>
        <source>Ended by the appliance</source>
        <translation>Zakończona przez urządzenie</translation>
    </message>
    <message>
        <source>The proxy %1 hung up without an answer. Ask whoever runs it.</source>
        <translation>Serwer proxy %1 rozłączył się bez odpowiedzi. Zapytaj osobę, która nim zarządza.</translation>
    </message>
    <message>
        <source>The proxy %1 wants another user name and password (HTTP status 407). Set them, in https_proxy as http://USER:PASSWORD@HOST:PORT.</source>
        <translation>Serwer proxy %1 wymaga innej nazwy użytkownika i innego hasła (stan HTTP 407). Ustaw je w https_proxy jako http://USER:PASSWORD@HOST:PORT.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance&apos;s address; if it needs no proxy, name it in no_proxy.</source>
        <translation>Serwer proxy %1 nie może połączyć się z urządzeniem (stan HTTP %2). Sprawdź adres urządzenia; jeśli nie wymaga ono serwera proxy, podaj je w no_proxy.</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed there; if it needs no proxy, name it in no_proxy.</source>
        <translation>Serwer proxy %1 odmawia połączenia z urządzeniem (stan HTTP %2). Poproś o zezwolenie na nie; jeśli urządzenie nie wymaga serwera proxy, podaj je w no_proxy.</translation>
    </message>
    <message>
        <source>on the way</source>
        <comment>in place of its name: the proxy on the way …</comment>
        <translation>po drodze</translation>
    </message>
    <message>
        <source>The proxy %1 is none that Latchkey can use. Set one that begins with http:// or socks5://, in https_proxy or in the system&apos;s settings.</source>
        <translation>Serwer proxy %1 nie nadaje się dla Latchkey. Ustaw taki, którego adres zaczyna się od http:// lub socks5://, w https_proxy lub w ustawieniach systemu.</translation>
    </message>
    <message>
        <source>This user signs in through single sign-on, which Latchkey cannot do. Use a local user of the appliance.</source>
        <translation>Ten użytkownik loguje się przez logowanie jednokrotne (SSO), czego Latchkey nie obsługuje. Użyj lokalnego użytkownika urządzenia.</translation>
    </message>
    <message>
        <source>The appliance does not let this user in now. Open its web page: its licence agreement may have to be accepted first.</source>
        <translation>Urządzenie nie wpuszcza teraz tego użytkownika. Otwórz jego stronę internetową: być może trzeba tam najpierw zaakceptować umowę licencyjną.</translation>
    </message>
    <message>
        <source>The appliance refused the user name or the password. Check both and try again.</source>
        <translation>Urządzenie odrzuciło nazwę użytkownika lub hasło. Sprawdź je i spróbuj ponownie.</translation>
    </message>
    <message>
        <source>The appliance refused the client ID or the client secret. Check both and sign in again.</source>
        <translation>Urządzenie odrzuciło identyfikator klienta lub sekret klienta. Sprawdź oba i zaloguj się ponownie.</translation>
    </message>
    <message>
        <source>What answers at this address refuses the session. Without https nobody can tell whether it is your appliance. If it is, sign in again.</source>
        <translation>To, co odpowiada pod tym adresem, odrzuca sesję. Bez https nie da się stwierdzić, czy to Twoje urządzenie. Jeśli tak, zaloguj się ponownie.</translation>
    </message>
    <message>
        <source>The appliance&apos;s last answer never arrived, and it takes the old token no more. Sign in again.</source>
        <translation>Ostatnia odpowiedź urządzenia nie dotarła, a starego tokenu już ono nie przyjmuje. Zaloguj się ponownie.</translation>
    </message>
    <message>
        <source>The appliance ended the session. Sign in again.</source>
        <translation>Urządzenie zakończyło sesję. Zaloguj się ponownie.</translation>
    </message>
    <message>
        <source>the appliance&apos;s port</source>
        <comment>another user listens at …</comment>
        <translation>porcie urządzenia</translation>
    </message>
    <message>
        <source>Another user of this computer listens at %1. Nothing was sent to them. Find out who it is, and start your appliance or tunnel there again or at another port.</source>
        <translation>Inny użytkownik tego komputera nasłuchuje na %1. Nic do niego nie wysłano. Ustal, kto to jest, i uruchom urządzenie lub tunel ponownie w tym samym miejscu albo na innym porcie.</translation>
    </message>
    <message>
        <source>The appliance broke off before the connection was secure, so nothing was sent. Check the port, and whether it wants a client certificate, which Latchkey does not have.</source>
        <translation>Urządzenie przerwało połączenie, zanim stało się bezpieczne, dlatego nic nie wysłano. Sprawdź port oraz to, czy urządzenie nie wymaga certyfikatu klienta, którego Latchkey nie ma.</translation>
    </message>
    <message>
        <source>There is no keychain for the key to this session. Start one, such as GNOME Keyring or KWallet.</source>
        <translation>Brak pęku kluczy na klucz tej sesji. Uruchom taki pęk, na przykład GNOME Keyring lub KWallet.</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it.</source>
        <translation>Pęk kluczy jest zablokowany. Odblokuj go.</translation>
    </message>
    <message>
        <source>The keychain was not unlocked: its question was answered with no, dismissed, or could not be shown. Unlock it, or sign in to be asked again.</source>
        <translation>Pęk kluczy nie został odblokowany: na jego pytanie odpowiedziano odmownie, zamknięto je albo nie można go było wyświetlić. Odblokuj go albo zaloguj się, aby zapytał ponownie.</translation>
    </message>
    <message>
        <source>The keychain has not answered yet. See whether it asks for something.</source>
        <translation>Pęk kluczy jeszcze nie odpowiedział. Sprawdź, czy o coś nie pyta.</translation>
    </message>
    <message>
        <source>The key to this session is in another keychain or database than the one that is open. Open that one.</source>
        <translation>Klucz tej sesji jest w innym pęku kluczy lub innej bazie danych niż otwarte teraz. Otwórz właściwe.</translation>
    </message>
    <message>
        <source>The key to this session is gone from the keychain. Sign in again.</source>
        <translation>Klucza tej sesji nie ma już w pęku kluczy. Zaloguj się ponownie.</translation>
    </message>
    <message>
        <source>The disk is full. Make room on it.</source>
        <translation>Dysk jest pełny. Zwolnij na nim miejsce.</translation>
    </message>
    <message>
        <source>Latchkey&apos;s data folder cannot be used. See that it can be made and that you may write to it.</source>
        <translation>Nie można użyć folderu danych Latchkey. Upewnij się, że można go utworzyć i że możesz w nim zapisywać.</translation>
    </message>
    <message>
        <source>What was kept of this session is damaged and was put aside. Sign in again.</source>
        <translation>Zapisane dane tej sesji są uszkodzone i zostały odłożone na bok. Zaloguj się ponownie.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance any more. Put its kind file back.</source>
        <translation>Latchkey nie zna już tego rodzaju urządzenia. Przywróć jego plik rodzaju.</translation>
    </message>
    <message>
        <source>The kind file of this appliance is another one than at the sign-in. Put the old one back, or sign in again.</source>
        <translation>Plik rodzaju tego urządzenia jest inny niż podczas logowania. Przywróć stary albo zaloguj się ponownie.</translation>
    </message>
    <message>
        <source>The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or add the version to a kind file.</source>
        <translation>Urządzenie nie obsługuje żadnej wersji, którą zna Latchkey. Poszukaj nowszego Latchkey albo dodaj tę wersję do pliku rodzaju.</translation>
    </message>
    <message>
        <source>The appliance did not answer in time. Try again.</source>
        <translation>Urządzenie nie odpowiedziało na czas. Spróbuj ponownie.</translation>
    </message>
    <message>
        <source>The appliance is busy or being updated. Try again later.</source>
        <translation>Urządzenie jest zajęte lub aktualizowane. Spróbuj ponownie później.</translation>
    </message>
    <message>
        <source>The appliance refused the code. Wait for the next one in your authenticator and enter it.</source>
        <translation>Urządzenie odrzuciło kod. Poczekaj na następny w aplikacji uwierzytelniającej i wprowadź go.</translation>
    </message>
    <message>
        <source>What answered does not speak like an appliance. Check the address, and whether a proxy or a sign-in page stands in between.</source>
        <translation>To, co odpowiedziało, nie wygląda na urządzenie. Sprawdź adres oraz to, czy po drodze nie ma serwera proxy lub strony logowania.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not trusted, so nothing was sent. Look at it and decide.</source>
        <translation>Certyfikat urządzenia nie jest zaufany, dlatego nic nie wysłano. Obejrzyj go i zdecyduj.</translation>
    </message>
    <message>
        <source>The appliance speaks only an outdated version of TLS, so nothing was sent. Have a newer one switched on there.</source>
        <translation>Urządzenie obsługuje tylko przestarzałą wersję TLS, dlatego nic nie wysłano. Poproś o włączenie na nim nowszej.</translation>
    </message>
    <message>
        <source>What answers at this port speaks http, not https. Check the port.</source>
        <translation>To, co odpowiada na tym porcie, używa http, a nie https. Sprawdź port.</translation>
    </message>
    <message>
        <source>What answers at this port does not speak https. Check the port.</source>
        <translation>To, co odpowiada na tym porcie, nie używa https. Sprawdź port.</translation>
    </message>
    <message>
        <source>Until then, this session ends with Latchkey.</source>
        <translation>Do tego czasu ta sesja kończy się razem z Latchkey.</translation>
    </message>
    <message>
        <source>The disk has not taken it yet. Until it has, this holds only as long as Latchkey runs.</source>
        <translation>Dysk jeszcze tego nie zapisał. Do tego czasu obowiązuje to tylko, dopóki Latchkey działa.</translation>
    </message>
    <message>
        <source>Signed out here. The appliance has not confirmed it, so the tokens may be good there until they end.</source>
        <translation>Wylogowano tutaj. Urządzenie tego nie potwierdziło, więc tokeny mogą być na nim ważne, dopóki nie wygasną.</translation>
    </message>
    <message>
        <source>Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.</source>
        <translation>Wylogowano, ale zapisanych danych nie można usunąć z dysku. Latchkey nadal próbuje.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate has changed. Find out why before you trust it.</source>
        <translation>Certyfikat urządzenia się zmienił. Zanim mu zaufasz, ustal dlaczego.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not known. Compare its fingerprint, and trust it only if it is the same.</source>
        <translation>Certyfikat urządzenia nie jest znany. Porównaj jego odcisk i zaufaj mu tylko wtedy, gdy jest taki sam.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not the one that was named. Compare the two fingerprints.</source>
        <translation>Certyfikat urządzenia nie jest tym, który podano. Porównaj oba odciski.</translation>
    </message>
    <message>
        <source>The list of accounts could not be read in full; a copy is in %1. Kept sessions are back all the same. If one is missing, sign in to it again.</source>
        <translation>Nie udało się odczytać całej listy kont; kopia znajduje się w %1. Zapisane sesje mimo to przywrócono. Jeśli którejś brakuje, zaloguj się do niej ponownie.</translation>
    </message>
    <message>
        <source>The socket for programs cannot be made; see the message above.</source>
        <translation>Nie można utworzyć gniazda dla programów; zobacz komunikat powyżej.</translation>
    </message>
    <message>
        <source>The clocks of the appliance and of this computer are more than a minute apart. Set them by a time server.</source>
        <translation>Zegary urządzenia i tego komputera różnią się o ponad minutę. Ustaw je według serwera czasu.</translation>
    </message>
    <message>
        <source>Your administrator has decided which certificate this appliance has, and this is another one. Nobody else can trust it: ask your administrator.</source>
        <translation>Administrator ustalił certyfikat tego urządzenia, a ten jest inny. Nikt inny nie może mu zaufać: zapytaj administratora.</translation>
    </message>
    <message>
        <source>The system does not tell Latchkey when the policy changes, so a change counts a few seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.</source>
        <translation>System nie powiadamia Latchkey o zmianie zasad, więc zmiana zaczyna obowiązywać kilka sekund później. Zwiększ systemowy limit obserwowanych plików, fs.inotify.max_user_watches.</translation>
    </message>
    <message>
        <source>1 session needs you</source>
        <translation>1 sesja wymaga Twojej uwagi</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions need you</source>
        <translation>
            <numerusform>%n sesja wymaga Twojej uwagi</numerusform>
            <numerusform>%n sesje wymagają Twojej uwagi</numerusform>
            <numerusform>%n sesji wymaga Twojej uwagi</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session cannot renew</source>
        <translation>Nie można odnowić 1 sesji</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew</source>
        <translation>
            <numerusform>Nie można odnowić %n sesji</numerusform>
            <numerusform>Nie można odnowić %n sesji</numerusform>
            <numerusform>Nie można odnowić %n sesji</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed in</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n zalogowana</numerusform>
            <numerusform>%n zalogowane</numerusform>
            <numerusform>%n zalogowanych</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed out</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n wylogowana</numerusform>
            <numerusform>%n wylogowane</numerusform>
            <numerusform>%n wylogowanych</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>Odnawianie…</translation>
    </message>
    <message>
        <source>The appliance asks for a verification code. Enter it.</source>
        <translation>Urządzenie prosi o kod weryfikacyjny. Wprowadź go.</translation>
    </message>
    <message>
        <source>Enter the user name that you have on the appliance.</source>
        <translation>Podaj nazwę użytkownika, którą masz na urządzeniu.</translation>
    </message>
    <message>
        <source>Use a name of up to 64 letters, digits and signs, without spaces, / and \, and without a - at its beginning.</source>
        <translation>Użyj nazwy złożonej z najwyżej 64 liter, cyfr i znaków, bez spacji, / i \ oraz bez - na początku.</translation>
    </message>
    <message>
        <source>The appliance cannot be reached. Check the network and its address.</source>
        <translation>Nie można połączyć się z urządzeniem. Sprawdź sieć i adres urządzenia.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached. Check the network, and its address in https_proxy or in the system&apos;s settings.</source>
        <translation>Nie można połączyć się z serwerem proxy %1. Sprawdź sieć oraz jego adres w https_proxy lub w ustawieniach systemu.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault, so the last good one stays in force. Tell your administrator: %1.</source>
        <translation>Zasady administratora zawierają błąd, więc nadal obowiązują ostatnie poprawne. Powiadom administratora: %1.</translation>
    </message>
</context>
<context>
    <name>SessionQuestions</name>
    <message>
        <source>Sign out of %1?</source>
        <translation>Wylogować sesję %1?</translation>
    </message>
    <message>
        <source>The appliance ends the session. Scripts that use this name get no token until somebody signs in again.</source>
        <translation>Urządzenie zakończy sesję. Skrypty, które używają tej nazwy, nie otrzymają tokenu, dopóki ktoś nie zaloguje się ponownie.</translation>
    </message>
    <message>
        <source>Remove session</source>
        <translation>Usuń sesję</translation>
    </message>
    <message>
        <source>Remove the session %1?</source>
        <translation>Usunąć sesję %1?</translation>
    </message>
    <message>
        <source>This cannot be undone. Latchkey signs out of the appliance and forgets the session with its tokens and its history. Scripts that use this name will no longer get a token.</source>
        <translation>Tego nie można cofnąć. Latchkey wyloguje się z urządzenia i zapomni sesję wraz z jej tokenami i historią. Skrypty, które używają tej nazwy, nie będą już otrzymywać tokenu.</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>%1 at %2</source>
        <comment>user at appliance</comment>
        <translation>%1 na %2</translation>
    </message>
    <message>
        <source>Token good until %1</source>
        <translation>Token ważny do %1</translation>
    </message>
    <message>
        <source>Token expired at %1</source>
        <translation>Token wygasł: %1</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Użyty</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Nieużyty</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, do %2</translation>
    </message>
    <message>
        <source>Expired at %1</source>
        <translation>Wygasł: %1</translation>
    </message>
    <message>
        <source>None: the session ends with its access token</source>
        <translation>Brak: sesja kończy się wraz ze swoim tokenem dostępu</translation>
    </message>
    <message>
        <source>The appliance does not say how long it lasts</source>
        <translation>Urządzenie nie podaje, jak długo jest ważny</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Teraz</translation>
    </message>
    <message>
        <source>In %1, at %2</source>
        <translation>Za %1 (%2)</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>Zgodny</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>%1 do przodu</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 do tyłu</translation>
    </message>
    <message>
        <source>In memory only: %1</source>
        <comment>why it is not kept</comment>
        <translation>Tylko w pamięci: %1</translation>
    </message>
    <message>
        <source>Being kept…</source>
        <translation>Zapisywanie…</translation>
    </message>
    <message>
        <source>On this computer, sealed</source>
        <translation>Na tym komputerze, zaszyfrowana</translation>
    </message>
    <message>
        <source>In memory only: ends with Latchkey</source>
        <translation>Tylko w pamięci: kończy się razem z Latchkey</translation>
    </message>
    <message>
        <source>Since %1, trying now.</source>
        <translation>Od %1, trwa próba.</translation>
    </message>
    <message>
        <source>Since %1, next try in %2.</source>
        <translation>Od %1, następna próba za %2.</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>Od %1.</translation>
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
        <translation>jeszcze %1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>wygasł</translation>
    </message>
    <message>
        <source>Cannot renew, token still good until %1</source>
        <translation>Nie można odnowić, token ważny do: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n dzień</numerusform>
            <numerusform>%n dni</numerusform>
            <numerusform>%n dni</numerusform>
        </translation>
    </message>
    <message>
        <source>Not planned</source>
        <comment>refresh</comment>
        <translation>Nie zaplanowano</translation>
    </message>
    <message>
        <source>Nothing kept</source>
        <translation>Nic nie zapisano</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nie wiadomo</translation>
    </message>
    <message>
        <source>None</source>
        <comment>access token or refresh token</comment>
        <translation>Brak</translation>
    </message>
    <message>
        <source>Not until you decide</source>
        <translation>Dopiero po Twojej decyzji</translation>
    </message>
</context>
<context>
    <name>ValidityLegend</name>
    <message>
        <source>Token good</source>
        <comment>a colour of the timeline</comment>
        <translation>Token ważny</translation>
    </message>
    <message>
        <source>Good once refreshed</source>
        <comment>a colour of the timeline</comment>
        <translation>Ważny po odnowieniu</translation>
    </message>
    <message>
        <source>Refresh</source>
        <comment>a mark on the timeline</comment>
        <translation>Odnowienie</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <comment>a colour of the timeline</comment>
        <translation>Nie udało się odnowić</translation>
    </message>
    <message>
        <source>Computer asleep</source>
        <comment>a colour of the timeline</comment>
        <translation>Komputer uśpiony</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <comment>a mark on the timeline</comment>
        <translation>Koniec logowania</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AboutWindow</name>
    <message>
        <source>About Latchkey</source>
        <translation>O programie Latchkey</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Zgłoś &amp;problem…</translation>
    </message>
    <message>
        <source>Latchkey %1</source>
        <comment>version</comment>
        <translation>Latchkey %1</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances. Latchkey is free software under the Apache License 2.0.</source>
        <translation>Utrzymuje logowanie do Twoich urządzeń kopii zapasowych. Latchkey to wolne oprogramowanie na licencji Apache 2.0.</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Składnik</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licencja</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AdministratorNote</name>
    <message>
        <source>Set by your administrator</source>
        <translation>Ustawione przez administratora</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::BusyHint</name>
    <message>
        <source>Working</source>
        <translation>W toku</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CertificateBlock</name>
    <message>
        <source>Issued to</source>
        <translation>Wystawiony dla</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Wystawiony przez</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Ważny</translation>
    </message>
    <message>
        <source>Trusted fingerprint</source>
        <translation>Zaufany odcisk</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Odcisk</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiuj</translation>
    </message>
    <message>
        <source>Paste to compare</source>
        <translation>Wklej i porównaj</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>Od %1 do %2</translation>
    </message>
    <message>
        <source>Your administrator decided for (SHA-256)</source>
        <translation>Ustalony przez administratora (SHA-256)</translation>
    </message>
    <message>
        <source>You trusted (SHA-256)</source>
        <translation>Zaufany przez Ciebie (SHA-256)</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>Odcisk SHA-256</translation>
    </message>
    <message>
        <source>It shows now (SHA-256)</source>
        <translation>Pokazywany teraz (SHA-256)</translation>
    </message>
    <message>
        <source>The clipboard holds no SHA-256 fingerprint.</source>
        <translation>Schowek nie zawiera odcisku SHA-256.</translation>
    </message>
    <message>
        <source>It is another one: do not trust it.</source>
        <translation>To inny odcisk: nie ufaj mu.</translation>
    </message>
    <message>
        <source>You copied this one here. Copy the appliance&apos;s own.</source>
        <translation>Ten skopiowano tutaj. Skopiuj odcisk urządzenia.</translation>
    </message>
    <message>
        <source>It is the same.</source>
        <translation>To ten sam odcisk.</translation>
    </message>
    <message>
        <source>Copy the new one</source>
        <translation>Kopiuj nowy</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CodePage</name>
    <message>
        <source>Verification code</source>
        <translation>Kod weryfikacyjny</translation>
    </message>
    <message>
        <source>I use a &amp;scratch code, which has 8 digits</source>
        <translation>Używam kodu &amp;zapasowego, który ma 8 cyfr</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Zweryfikuj</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>Kod &amp;weryfikacyjny</translation>
    </message>
    <message>
        <source>Enter the code of your authenticator</source>
        <translation>Wprowadź kod z aplikacji uwierzytelniającej</translation>
    </message>
    <message>
        <source>The appliance asks for a second factor of %1.</source>
        <translation>Urządzenie wymaga drugiego składnika od użytkownika %1.</translation>
    </message>
    <message>
        <source>Enter 6 digits from your authenticator, or 8 of a scratch code.</source>
        <translation>Wprowadź 6 cyfr z aplikacji uwierzytelniającej albo 8 cyfr kodu zapasowego.</translation>
    </message>
    <message>
        <source>The appliance has refused this code already.</source>
        <translation>Urządzenie odrzuciło już ten kod.</translation>
    </message>
    <message>
        <source>A new code is due in %1 s.</source>
        <translation>Nowy kod za %1 s.</translation>
    </message>
    <message>
        <source>Your authenticator shows a new code now.</source>
        <translation>Aplikacja uwierzytelniająca pokazuje teraz nowy kod.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Weryfikowanie…</translation>
    </message>
    <message>
        <source>The appliance&apos;s clock is out of step: %1. If it is the one that is wrong, no code will do until somebody sets it right.</source>
        <comment>3 min ahead</comment>
        <translation>Zegar urządzenia jest rozregulowany: %1. Jeśli to on się myli, żaden kod nie zadziała, dopóki ktoś go nie ustawi.</translation>
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
        <translation>Przypięty odcisk</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Zegar</translation>
    </message>
    <message>
        <source>Chec&amp;k now</source>
        <translation>Sprawdź &amp;teraz</translation>
    </message>
    <message>
        <source>See whether the appliance answers, without signing in</source>
        <translation>Sprawdź, czy urządzenie odpowiada, bez logowania</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Sprawdzanie urządzenia…</translation>
    </message>
    <message>
        <source>The appliance answered at %1.</source>
        <translation>Urządzenie odpowiedziało o %1.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Brak</translation>
    </message>
    <message>
        <source>“Check now” tells the TLS version, the certificate and the clock.</source>
        <translation>„Sprawdź teraz” podaje wersję TLS, certyfikat i zegar.</translation>
    </message>
    <message>
        <source>None: any certificate that this computer trusts</source>
        <translation>Brak: każdy certyfikat, któremu ufa ten komputer</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>Ustawione przez administratora</translation>
    </message>
    <message>
        <source>Only this certificate</source>
        <translation>Tylko ten certyfikat</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentRequest</name>
    <message>
        <source>Until now</source>
        <translation>Dotychczas</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>Odtąd</translation>
    </message>
    <message>
        <source>Appliance until now</source>
        <translation>Dotychczasowe urządzenie</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>Urządzenie</translation>
    </message>
    <message>
        <source>User name until now</source>
        <translation>Dotychczasowa nazwa użytkownika</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nazwa użytkownika</translation>
    </message>
    <message>
        <source>Kind until now</source>
        <translation>Dotychczasowy rodzaj</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Rodzaj</translation>
    </message>
    <message>
        <source>Client ID until now</source>
        <translation>Dotychczasowy identyfikator klienta</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Identyfikator klienta</translation>
    </message>
    <message>
        <source>None</source>
        <comment>client ID</comment>
        <translation>Brak</translation>
    </message>
    <message>
        <source>Whoever shows this certificate gets your password and tokens. Get the fingerprint from whoever runs the appliance, or at its console: a browser on this computer can be shown the same false certificate. Deny it if you have not asked for this.</source>
        <translation>Kto pokazuje ten certyfikat, otrzymuje Twoje hasło i tokeny. Uzyskaj odcisk od osoby zarządzającej urządzeniem albo odczytaj go na konsoli samego urządzenia: przeglądarce na tym komputerze może zostać pokazany ten sam fałszywy certyfikat. Odmów, jeśli to nie Twoja prośba.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentWindow</name>
    <message>
        <source>Allow</source>
        <translation>Zezwól</translation>
    </message>
    <message>
        <source>&amp;This time</source>
        <translation>&amp;Tym razem</translation>
    </message>
    <message>
        <source>For one &amp;hour</source>
        <translation>Przez &amp;godzinę</translation>
    </message>
    <message>
        <source>&amp;Until the screen locks</source>
        <translation>&amp;Do zablokowania ekranu</translation>
    </message>
    <message>
        <source>Al&amp;ways</source>
        <translation>&amp;Zawsze</translation>
    </message>
    <message>
        <source>It is not certain which program this is, so it can only be allowed this time.</source>
        <translation>Nie ma pewności, jaki to program, więc można mu zezwolić tylko tym razem.</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Odmów</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>Z&amp;ezwól</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>The system vouches for this</source>
        <translation>Za to ręczy system</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Przez</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Uruchomiony przez</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Only the program itself says this</source>
        <translation>Tak twierdzi tylko sam program</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Skrypt</translation>
    </message>
    <message>
        <source>1 more program is waiting.</source>
        <translation>Czeka jeszcze 1 program.</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs are waiting.</source>
        <translation>
            <numerusform>Czeka jeszcze %n program.</numerusform>
            <numerusform>Czekają jeszcze %n programy.</numerusform>
            <numerusform>Czeka jeszcze %n programów.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not certain which program this is.</source>
        <translation>Nie ma pewności, jaki to program.</translation>
    </message>
    <message>
        <source>A longer choice allows every script that %1 runs.</source>
        <translation>Dłuższy wybór zezwala wszystkim skryptom, które wykonuje %1.</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed this certificate</source>
        <translation>Osoba zarządzająca urządzeniem &amp;potwierdziła ten certyfikat</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Przedstawia się jako</translation>
    </message>
    <message>
        <source>Started by, as it says</source>
        <translation>Uruchomiony przez, według programu</translation>
    </message>
    <message>
        <source>The button works in a moment.</source>
        <translation>Przycisk zadziała za chwilę.</translation>
    </message>
    <message>
        <source>Tick the box above first.</source>
        <translation>Najpierw zaznacz pole powyżej.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Coordinator</name>
    <message>
        <source>Memory only: no token is saved, and all sessions end with Latchkey.</source>
        <translation>Tylko w pamięci: żaden token nie jest zapisywany, a wszystkie sesje kończą się razem z Latchkey.</translation>
    </message>
    <message>
        <source>Progra&amp;ms</source>
        <translation>&amp;Programy</translation>
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
        <translation>Jako &amp;nagłówek</translation>
    </message>
    <message>
        <source>As c&amp;url</source>
        <translation>Dla c&amp;url</translation>
    </message>
    <message>
        <source>As &amp;PowerShell</source>
        <translation>Dla &amp;PowerShell</translation>
    </message>
    <message>
        <source>As .http &amp;file</source>
        <translation>Jako pl&amp;ik .http</translation>
    </message>
    <message>
        <source>&amp;Command for scripts</source>
        <translation>Po&amp;lecenie dla skryptów</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DesktopClipboard</name>
    <message>
        <source>Copying…</source>
        <translation>Kopiowanie…</translation>
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
        <translation>Diagnostyka</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Postęp</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Wyniki</translation>
    </message>
    <message>
        <source>C&amp;opy findings</source>
        <translation>Kopiuj &amp;wyniki</translation>
    </message>
    <message>
        <source>Doctor – %1</source>
        <translation>Diagnostyka – %1</translation>
    </message>
    <message>
        <source>Looked at %1 of %2…</source>
        <translation>Sprawdzono %1 z %2…</translation>
    </message>
    <message>
        <source>Stopped: looked at %1 of %2</source>
        <translation>Zatrzymano: sprawdzono %1 z %2</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>Nie znaleziono problemów</translation>
    </message>
    <message>
        <source>One problem was found</source>
        <translation>Znaleziono jeden problem</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Zatrzymaj</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>Sprawdź &amp;ponownie</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found</source>
        <translation>
            <numerusform>Znaleziono %n problem</numerusform>
            <numerusform>Znaleziono %n problemy</numerusform>
            <numerusform>Znaleziono %n problemów</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w session</source>
        <translation>Pokaż &amp;sesję</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DonePage</name>
    <message>
        <source>Command for scripts</source>
        <translation>Polecenie dla skryptów</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Gotowe</translation>
    </message>
    <message>
        <source>Latchkey keeps %1 signed in from now on. Scripts get its token with this line:</source>
        <translation>Od teraz Latchkey utrzymuje zalogowanie sesji %1. Skrypty otrzymują jej token za pomocą tego wiersza:</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Zalogowano</translation>
    </message>
    <message>
        <source>This desktop has no tray: when you close the window, it minimizes.</source>
        <translation>Ten pulpit nie ma zasobnika systemowego: po zamknięciu okno jest minimalizowane.</translation>
    </message>
    <message>
        <source>There is no keychain that Latchkey could use: the session ends with Latchkey.</source>
        <translation>Brak pęku kluczy, którego Latchkey mógłby użyć: sesja kończy się razem z Latchkey.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopiuj</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Uruchamiaj Latchkey, gdy loguję się do tego komputera</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::FormHead</name>
    <message>
        <source>Sign in to an appliance</source>
        <translation>Zaloguj się do urządzenia</translation>
    </message>
    <message>
        <source>A link or another program filled in %1. Check that it is your appliance before you type a password.</source>
        <translation>Adres %1 wypełnił inny program lub odnośnik. Sprawdź, czy to Twoje urządzenie, zanim wpiszesz hasło.</translation>
    </message>
    <message>
        <source>A link or another program filled in what is no address. Type that of your appliance.</source>
        <translation>Inny program lub odnośnik wypełnił pole czymś, co nie jest adresem. Wpisz adres swojego urządzenia.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::GeneralPage</name>
    <message>
        <source>As the desktop</source>
        <translation>Jak pulpit</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Uruchamiaj Latchkey, gdy loguję się do tego komputera</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Język</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Wygląd</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Jasny</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Ciemny</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>Ikona w zasobniku</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>Kolorowa</translation>
    </message>
    <message>
        <source>As a symbol</source>
        <translation>Jako symbol</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Język</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Wygląd</translation>
    </message>
    <message>
        <source>&amp;Tray icon</source>
        <translation>&amp;Ikona w zasobniku</translation>
    </message>
    <message>
        <source>The language changes when Latchkey starts again.</source>
        <translation>Język zmieni się po ponownym uruchomieniu Latchkey.</translation>
    </message>
    <message>
        <source>This could not be changed. Is your configuration folder writable, and the disk not full?</source>
        <translation>Nie udało się tego zmienić. Czy folder konfiguracji pozwala na zapis, a dysk nie jest pełny?</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry is for other desktops only. Check the box to change that.</source>
        <translation>Twój pulpit nie uruchamia Latchkey: wpis automatycznego uruchamiania dotyczy tylko innych pulpitów. Zaznacz pole, aby to zmienić.</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry names a program that is not there. Check the box to change that.</source>
        <translation>Twój pulpit nie uruchamia Latchkey: wpis automatycznego uruchamiania wskazuje program, którego nie ma. Zaznacz pole, aby to zmienić.</translation>
    </message>
    <message>
        <source>This cannot be changed: the folder for autostart entries is not writable.</source>
        <translation>Nie można tego zmienić: folder wpisów automatycznego uruchamiania nie pozwala na zapis.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HandOutTable</name>
    <message>
        <source>Hand-outs</source>
        <translation>Wydania</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Pomoc</translation>
    </message>
    <message>
        <source>How a session is</source>
        <translation>Stan sesji</translation>
    </message>
    <message>
        <source>It waits for a code, a sign-in, the keychain, or a decision about a certificate.</source>
        <translation>Czeka na kod, logowanie, pęk kluczy lub decyzję o certyfikacie.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Zaloguj się ponownie.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Scripts go on meanwhile.</source>
        <translation>Latchkey nadal próbuje. Skrypty w tym czasie działają dalej.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Until it succeeds, scripts get no token.</source>
        <translation>Latchkey nadal próbuje. Dopóki się nie uda, skrypty nie otrzymują tokenu.</translation>
    </message>
    <message>
        <source>Somebody is being signed in, or a token is on its way.</source>
        <translation>Trwa logowanie albo token jest w drodze.</translation>
    </message>
    <message>
        <source>By you, or nobody has signed in yet.</source>
        <translation>Przez Ciebie albo nikt się jeszcze nie zalogował.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Klawisze</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 lub %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtr</translation>
    </message>
    <message>
        <source>What the chosen session needs, or its token</source>
        <translation>To, czego wymaga wybrana sesja, albo jej token</translation>
    </message>
    <message>
        <source>All that can be done with it</source>
        <translation>Wszystko, co można z nią zrobić</translation>
    </message>
    <message>
        <source>Closes a window, and empties the filter</source>
        <translation>Zamyka okno i czyści filtr</translation>
    </message>
    <message>
        <source>All is well. Latchkey refreshes the token by itself.</source>
        <translation>Wszystko w porządku. Latchkey sam odnawia token.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HistoryView</name>
    <message>
        <source>What happened</source>
        <translation>Historia</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>Kopiuj &amp;szczegóły</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::KindField</name>
    <message>
        <source>Kind</source>
        <translation>Rodzaj</translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation>Wykrywany automatycznie</translation>
    </message>
    <message>
        <source>No appliance that Latchkey knows answers there. Check the address, or choose the kind.</source>
        <translation>Nie odpowiada tam żadne urządzenie, które zna Latchkey. Sprawdź adres albo wybierz rodzaj.</translation>
    </message>
    <message>
        <source>Several kinds fit this address: %1. Choose one.</source>
        <translation>Do tego adresu pasuje kilka rodzajów: %1. Wybierz jeden.</translation>
    </message>
    <message>
        <source>Appliances of this kind answer at %1. Type the address of one with its port.</source>
        <translation>Urządzenia tego rodzaju odpowiadają pod %1. Wpisz adres jednego z nich wraz z portem.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerModel</name>
    <message>
        <source>From %1 to %2</source>
        <translation>Od %1 do %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Kiedy</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesja</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Odpowiedź</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerWindow</name>
    <message>
        <source>Fold &amp;repeats of a day</source>
        <translation>&amp;Grupuj powtórzenia z jednego dnia</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Eksportuj…</translation>
    </message>
    <message>
        <source>Tokens handed out</source>
        <translation>Wydane tokeny</translation>
    </message>
    <message>
        <source>The last thousand times that somebody asked for an access token. The tokens themselves are never written down.</source>
        <translation>Ostatni tysiąc próśb o token dostępu. Same tokeny nigdy nie są zapisywane.</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtr</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtr</translation>
    </message>
    <message>
        <source>Session, program, script, answer …</source>
        <translation>Sesja, program, skrypt, odpowiedź …</translation>
    </message>
    <message>
        <source>No token has been handed out yet.</source>
        <translation>Nie wydano jeszcze żadnego tokenu.</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Nic nie pasuje do filtra.</translation>
    </message>
    <message>
        <source>Un&amp;block this program</source>
        <translation>&amp;Odblokuj ten program</translation>
    </message>
    <message>
        <source>&amp;Block this program</source>
        <translation>Za&amp;blokuj ten program</translation>
    </message>
    <message>
        <source>Choose a row whose program is known.</source>
        <translation>Wybierz wiersz, którego program jest znany.</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>%1 nie jest już blokowany.</translation>
    </message>
    <message>
        <source>No more programs can be blocked. Unblock one first.</source>
        <translation>Nie można zablokować więcej programów. Najpierw odblokuj któryś.</translation>
    </message>
    <message>
        <source>%1 and all its scripts get no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 i wszystkie jego skrypty nie otrzymują tokenów, dopóki go nie odblokujesz, tutaj lub w ustawieniach, w części Programy.</translation>
    </message>
    <message>
        <source>%1 gets no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 nie otrzymuje tokenów, dopóki go nie odblokujesz, tutaj lub w ustawieniach, w części Programy.</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Eksportuj listę</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabela (*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written. Is the folder writable, and the disk not full?</source>
        <translation>Nie udało się zapisać listy. Czy folder pozwala na zapis, a dysk nie jest pełny?</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>Lista jest w %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LogLevelBox</name>
    <message>
        <source>Log</source>
        <translation>Dziennik</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Wyłączony</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>To, co się dzieje</translation>
    </message>
    <message>
        <source>Each step</source>
        <translation>Każdy krok</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginForm</name>
    <message>
        <source>Appliance</source>
        <translation>Urządzenie</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nazwa użytkownika</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Hasło</translation>
    </message>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>Ni&amp;e wylogowuj mnie</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Zaloguj się</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>&amp;Appliance</source>
        <translation>&amp;Urządzenie</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nazwa uż&amp;ytkownika</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Hasło</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Pokaż hasło</translation>
    </message>
    <message>
        <source>In memory only: the session ends with Latchkey.</source>
        <translation>Tylko w pamięci: sesja kończy się razem z Latchkey.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in the keychain.</source>
        <translation>Sesja zaszyfrowana na tym komputerze, kluczem z pęku kluczy.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in %1.</source>
        <translation>Sesja zaszyfrowana na tym komputerze, klucz: %1.</translation>
    </message>
    <message>
        <source>There is no keychain here: the session stays in memory and ends with Latchkey.</source>
        <translation>Nie ma tu pęku kluczy: sesja pozostaje w pamięci i kończy się razem z Latchkey.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Logowanie…</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Sprawdzanie urządzenia…</translation>
    </message>
    <message>
        <source>Enter here the password that %1 has on %2.</source>
        <comment>a user, an appliance</comment>
        <translation>Podaj tu hasło użytkownika %1 na urządzeniu %2.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginWindow</name>
    <message>
        <source>Sign in</source>
        <translation>Zaloguj się</translation>
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
        <translation>Nie zalogowano jeszcze do żadnego urządzenia</translation>
    </message>
    <message>
        <source>Sign in once. Latchkey then keeps the access token fresh, shows who you are on the appliance, and hands the token to you and your scripts.</source>
        <translation>Zaloguj się raz. Potem Latchkey dba o aktualność tokenu dostępu, pokazuje, kim jesteś na urządzeniu, i wydaje token Tobie i Twoim skryptom.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Zaloguj się</translation>
    </message>
    <message>
        <source>&amp;Latchkey</source>
        <translation>&amp;Latchkey</translation>
    </message>
    <message>
        <source>&amp;Sign in to another appliance…</source>
        <translation>&amp;Zaloguj się do innego urządzenia…</translation>
    </message>
    <message>
        <source>&amp;Tokens handed out…</source>
        <translation>&amp;Wydane tokeny…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Ustawienia…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Pomo&amp;c</translation>
    </message>
    <message>
        <source>&amp;Doctor…</source>
        <translation>&amp;Diagnostyka…</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Zgłoś &amp;problem…</translation>
    </message>
    <message>
        <source>&amp;About Latchkey</source>
        <translation>&amp;O programie Latchkey</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Za&amp;kończ</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sesja</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so Latchkey minimizes instead of hiding where nobody could find it. On GNOME, the AppIndicator extension adds a tray. Quit with %1.</source>
        <translation>Na tym pulpicie nie ma zasobnika systemowego, więc Latchkey minimalizuje się, zamiast ukryć się tam, gdzie nikt by go nie znalazł. W GNOME zasobnik dodaje rozszerzenie AppIndicator. Program można zakończyć klawiszami %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::MoreOptions</name>
    <message>
        <source>Name</source>
        <translation>Nazwa</translation>
    </message>
    <message>
        <source>S&amp;hort-lived session</source>
        <translation>Sesja &amp;krótkotrwała</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Identyfikator klienta</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Sekret klienta</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Więcej</translation>
    </message>
    <message>
        <source>What you and your scripts call this session</source>
        <translation>Tak Ty i Twoje skrypty nazywacie tę sesję</translation>
    </message>
    <message>
        <source>Asks the appliance for a session that ends soon when unused</source>
        <translation>Prosi urządzenie o sesję, która nieużywana szybko się kończy</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nazwa</translation>
    </message>
    <message>
        <source>Kin&amp;d</source>
        <translation>&amp;Rodzaj</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;Identyfikator klienta</translation>
    </message>
    <message>
        <source>&amp;Client secret</source>
        <translation>&amp;Sekret klienta</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NeedBanner</name>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Następna</translation>
    </message>
    <message>
        <source>Go to the next one of them</source>
        <translation>Przejdź do następnej z nich</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NetworkPage</name>
    <message>
        <source>Proxy</source>
        <translation>Serwer proxy</translation>
    </message>
    <message>
        <source>As on this computer</source>
        <translation>Jak na tym komputerze</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Brak</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Ten:</translation>
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
        <translation>Nazwa użytkownika</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, choose “As on this computer” and set https_proxy.</source>
        <translation>Latchkey nie przechowuje hasła do serwera proxy. Jeśli Twój go wymaga, wybierz „Jak na tym komputerze” i ustaw https_proxy.</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>Serwer pro&amp;xy</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Host</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>Po&amp;rt</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nazwa uż&amp;ytkownika</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy, without its port.</source>
        <translation>Podaj nazwę lub adres serwera proxy, bez portu.</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, ask your administrator.</source>
        <translation>Latchkey nie przechowuje hasła do serwera proxy. Jeśli Twój go wymaga, zapytaj administratora.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Notices</name>
    <message>
        <source>%1: Sign-in ends soon</source>
        <comment>session</comment>
        <translation>%1: logowanie wkrótce wygaśnie</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A program asks for your permission</source>
        <translation>Program prosi o Twoją zgodę</translation>
    </message>
    <message>
        <source>Latchkey goes on in the tray</source>
        <translation>Latchkey działa dalej w zasobniku systemowym</translation>
    </message>
    <message>
        <source>Your sessions stay signed in. Click the icon to open the window again, or choose Quit in its menu.</source>
        <translation>Twoje sesje pozostają zalogowane. Kliknij ikonę, aby ponownie otworzyć okno, albo wybierz Zakończ z jej menu.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Otwórz</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew, tokens expired</source>
        <translation>
            <numerusform>Nie można odnowić %n sesji, token wygasł</numerusform>
            <numerusform>Nie można odnowić %n sesji, tokeny wygasły</numerusform>
            <numerusform>Nie można odnowić %n sesji, tokeny wygasły</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign-ins end soon</source>
        <translation>
            <numerusform>%n logowanie wkrótce się skończy</numerusform>
            <numerusform>%n logowania wkrótce się skończą</numerusform>
            <numerusform>%n logowań wkrótce się skończy</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Only you can prolong it: sign in again before that.</source>
        <comment>time left</comment>
        <translation>Logowanie: %1. Tylko Ty możesz je przedłużyć: zaloguj się przedtem ponownie.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PlainLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopiuj</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PolicyComboBox</name>
    <message>
        <source>Programs</source>
        <translation>Programy</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Pytaj mnie</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nigdy</translation>
    </message>
    <message>
        <source>Get tokens without asking</source>
        <translation>Otrzymują tokeny bez pytania</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ProgramsPage</name>
    <message>
        <source>Programs</source>
        <translation>Programy</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesja</translation>
    </message>
    <message>
        <source>No program is allowed for longer than once, and none is blocked.</source>
        <translation>Żadnemu programowi nie zezwolono na dłużej niż jeden raz i żaden nie jest zablokowany.</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Zablokowany</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Wszystkie</translation>
    </message>
    <message>
        <source>%1 and all its scripts</source>
        <translation>%1 i wszystkie jego skrypty</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, przez latchkeyctl</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, przez bramę</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Do %1</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Zawsze</translation>
    </message>
    <message>
        <source>Until the screen locks</source>
        <translation>Do zablokowania ekranu</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>O&amp;dblokuj</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>&amp;Cofnij zezwolenie</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Dostęp</translation>
    </message>
    <message>
        <source>What you decided about programs. In sessions that ask, those allowed here get tokens without a question. Sessions set to “Get tokens without asking” give theirs to every program that is not blocked here.</source>
        <translation>Twoje decyzje dotyczące programów. W sesjach, które pytają, programy, którym tutaj zezwolono, otrzymują tokeny bez pytania. Sesje z ustawieniem „Otrzymują tokeny bez pytania” wydają swoje tokeny każdemu programowi, który nie jest tutaj zablokowany.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::RenameDialog</name>
    <message>
        <source>Name</source>
        <translation>Nazwa</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>Zmień nazwę sesji</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nazwa</translation>
    </message>
    <message>
        <source>Scripts that use the name %1 no longer get a token.</source>
        <translation>Skrypty, które używają nazwy %1, nie otrzymają już tokenu.</translation>
    </message>
    <message>
        <source>Tokens and history stay.</source>
        <translation>Tokeny i historia pozostają.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ReportWindow</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>&amp;Zapisz raport…</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Zgłoś problem</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>Z&amp;amknij</translation>
    </message>
    <message>
        <source>The report is a file for whoever helps you. In it are versions, settings, sessions and what happened to them, what the doctor finds, and the last lines of the log.</source>
        <translation>Raport to plik dla osoby, która Ci pomaga. Zawiera wersje, ustawienia, sesje i ich historię, wyniki diagnostyki oraz ostatnie wiersze dziennika.</translation>
    </message>
    <message>
        <source>It names your appliances and users. Before it is written, it is searched for all your passwords and tokens: none is in it.</source>
        <translation>Podaje nazwy Twoich urządzeń i użytkowników. Przed zapisaniem jest przeszukiwany pod kątem wszystkich Twoich haseł i tokenów: nie zawiera żadnego z nich.</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Dziennik</translation>
    </message>
    <message>
        <source>If the problem comes back at times, turn the log on and wait for it. The file stays short, and no password or token is in it.</source>
        <translation>Jeśli problem co jakiś czas powraca, włącz dziennik i poczekaj, aż się pojawi. Plik pozostaje krótki i nie zawiera żadnych haseł ani tokenów.</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Zapisz raport</translation>
    </message>
    <message>
        <source>Looking at everything…</source>
        <translation>Sprawdzanie wszystkiego…</translation>
    </message>
    <message>
        <source>Nothing was written: a secret would have been in it, such as a token that is part of a name. Rename what holds it, or try again once no sign-in is open.</source>
        <translation>Nic nie zapisano: raport zawierałby coś tajnego, na przykład token będący częścią nazwy. Zmień nazwę, która to zawiera, albo spróbuj ponownie, gdy nie trwa żadne logowanie.</translation>
    </message>
    <message>
        <source>Nothing was written to %1. Choose a folder that you may write to, on a disk with room.</source>
        <translation>Nic nie zapisano w %1. Wybierz folder, w którym możesz zapisywać, na dysku z wolnym miejscem.</translation>
    </message>
    <message>
        <source>Written to %1. Read it before you send it.</source>
        <translation>Zapisano w %1. Przeczytaj przed wysłaniem.</translation>
    </message>
    <message>
        <source>It is in the name of session number %1 of those that latchkeyctl list prints.</source>
        <translation>Jest to w nazwie sesji numer %1 spośród tych, które wypisuje latchkeyctl list.</translation>
    </message>
    <message>
        <source>Nothing was written: what is told of %1 holds a secret, such as a token that is part of a name. Rename that, or try again once no sign-in is open.</source>
        <translation>Nic nie zapisano: informacje o sesji %1 zawierają coś tajnego, na przykład token będący częścią nazwy. Zmień nazwę, która to zawiera, albo spróbuj ponownie, gdy nie trwa żadne logowanie.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecretField</name>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Wklej</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Usuń</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Zaznacz wszystko</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Section</name>
    <message>
        <source>Unfolded</source>
        <translation>Rozwinięte</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Zwinięte</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecurityPage</name>
    <message>
        <source>Lock &amp;when the screen locks or the computer sleeps</source>
        <translation>&amp;Blokuj, gdy ekran się blokuje lub komputer jest usypiany</translation>
    </message>
    <message>
        <source>Clear a copied token &amp;once it is pasted, at the latest after:</source>
        <translation>&amp;Czyść skopiowany token po wklejeniu, najpóźniej po:</translation>
    </message>
    <message>
        <source>Programs get no tokens meanwhile. Sessions stay fresh.</source>
        <translation>W tym czasie programy nie otrzymują tokenów. Sesje pozostają aktualne.</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds until a copied token is cleared</source>
        <translation>Liczba sekund do wyczyszczenia skopiowanego tokenu</translation>
    </message>
    <message>
        <source>Programs, in new sessions</source>
        <translation>Programy w nowych sesjach</translation>
    </message>
    <message>
        <source>Programs, &amp;in new sessions</source>
        <translation>Programy w &amp;nowych sesjach</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Sesje</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionOrder</name>
    <message numerus="yes">
        <source>Needs you (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Wymagająca uwagi (%n)</numerusform>
            <numerusform>Wymagające uwagi (%n)</numerusform>
            <numerusform>Wymagające uwagi (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot renew (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Nie można odnowić (%n)</numerusform>
            <numerusform>Nie można odnowić (%n)</numerusform>
            <numerusform>Nie można odnowić (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed in (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Zalogowana (%n)</numerusform>
            <numerusform>Zalogowane (%n)</numerusform>
            <numerusform>Zalogowane (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Wylogowana (%n)</numerusform>
            <numerusform>Wylogowane (%n)</numerusform>
            <numerusform>Wylogowane (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionPanel</name>
    <message>
        <source>Copy in another form</source>
        <translation>Kopiuj w innej postaci</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Rodzaj</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Więcej</translation>
    </message>
    <message>
        <source>Access by programs</source>
        <translation>Dostęp programów</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Połączenie</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Szczegóły</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>&amp;Historia</translation>
    </message>
    <message>
        <source>&amp;Programs</source>
        <translation>&amp;Programy</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stan</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Użytkownik</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rola</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>Typ użytkownika</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>Drugi składnik</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Token dostępu</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Token odświeżania</translation>
    </message>
    <message>
        <source>Next refresh</source>
        <translation>Następne odnowienie</translation>
    </message>
    <message>
        <source>Appliance clock</source>
        <translation>Zegar urządzenia</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Przechowywanie</translation>
    </message>
    <message>
        <source>As a command, a header or a file</source>
        <translation>Jako polecenie, nagłówek lub plik</translation>
    </message>
    <message>
        <source>There is no token to give now.</source>
        <translation>Nie ma teraz tokenu do wydania.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionsPage</name>
    <message>
        <source>Nothing matches</source>
        <translation>Brak wyników</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>Doda&amp;j</translation>
    </message>
    <message>
        <source>Sign in to another appliance</source>
        <translation>Zaloguj się do innego urządzenia</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtr</translation>
    </message>
    <message>
        <source>By name, user, server or state (%1)</source>
        <comment>what the filter looks at; its keys</comment>
        <translation>Według nazwy, użytkownika, serwera lub stanu (%1)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Ustawienia</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>&amp;Ogólne</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>&amp;Zabezpieczenia</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Sieć</translation>
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
        <translation>Zatrzymaj go i otwórz Latchkey</translation>
    </message>
    <message>
        <source>Another program keeps your sessions already.</source>
        <translation>Inny program już obsługuje Twoje sesje.</translation>
    </message>
    <message>
        <source>%1 is running already, but does not answer.</source>
        <translation>%1 już działa, ale nie odpowiada.</translation>
    </message>
    <message>
        <source>%1 keeps your sessions. Stop it and open Latchkey?</source>
        <translation>%1 obsługuje Twoje sesje. Zatrzymać go i otworzyć Latchkey?</translation>
    </message>
    <message>
        <source>%1 does not answer. Stop it and open Latchkey?</source>
        <translation>%1 nie odpowiada. Zatrzymać go i otworzyć Latchkey?</translation>
    </message>
    <message>
        <source>Waiting for it to end…</source>
        <translation>Oczekiwanie na zakończenie…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Spróbuj ponownie</translation>
    </message>
    <message>
        <source>It is process %1, which listens at %2.</source>
        <translation>To proces %1, który nasłuchuje na %2.</translation>
    </message>
    <message>
        <source>It listens at %1.</source>
        <translation>Nasłuchuje na %1.</translation>
    </message>
    <message>
        <source>Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you close this, it keeps your sessions, and no window opens.</source>
        <translation>Latchkey nie może go stąd zatrzymać. Zakończ go samodzielnie i wybierz „Spróbuj ponownie”. Jeśli zamkniesz ten komunikat, program ten będzie nadal obsługiwał Twoje sesje i nie otworzy się żadne okno.</translation>
    </message>
    <message>
        <source>Only one program can keep them; latchkeyctl works with either.</source>
        <translation>Tylko jeden program może je obsługiwać; latchkeyctl działa z każdym z nich.</translation>
    </message>
    <message>
        <source>It is process %1.</source>
        <translation>To proces %1.</translation>
    </message>
    <message>
        <source>If you stop it, sessions that are kept on this computer go on here, and those in memory only end. If you cancel, it keeps them all, and no window opens.</source>
        <translation>Jeśli go zatrzymasz, sesje zapisane na tym komputerze będą trwać dalej tutaj, a te tylko w pamięci się zakończą. Jeśli anulujesz, program ten będzie nadal obsługiwał wszystkie i nie otworzy się żadne okno.</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Kopiuj polecenie</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TokenClipboard</name>
    <message>
        <source>There is no token to copy. Sign in first.</source>
        <translation>Nie ma tokenu do skopiowania. Najpierw się zaloguj.</translation>
    </message>
    <message>
        <source>Command copied. It holds no token.</source>
        <translation>Skopiowano polecenie. Nie zawiera tokenu.</translation>
    </message>
    <message>
        <source>Token copied.</source>
        <translation>Skopiowano token.</translation>
    </message>
    <message>
        <source>It ends in %1 s.</source>
        <translation>Wygasa za %1 s.</translation>
    </message>
    <message>
        <source>It can be pasted once, within %1 s.</source>
        <translation>Można go wkleić raz, w ciągu %1 s.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the desktop did not allow it. Try again here.</source>
        <translation>Nic nie skopiowano, ponieważ pulpit na to nie pozwolił. Spróbuj ponownie tutaj.</translation>
    </message>
    <message>
        <source>The token is about to end. It is being refreshed and then copied.</source>
        <translation>Token zaraz wygaśnie. Zostanie odnowiony, a następnie skopiowany.</translation>
    </message>
    <message>
        <source>The token could not be refreshed, so nothing was copied.</source>
        <translation>Nie udało się odnowić tokenu, więc nic nie skopiowano.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the appliance that you trust does not answer. Look under Connection.</source>
        <translation>Nic nie skopiowano, ponieważ urządzenie, któremu ufasz, nie odpowiada. Zajrzyj do części Połączenie.</translation>
    </message>
    <message>
        <source>curl knows the appliance by its key, and sends the token to no other.</source>
        <translation>curl rozpoznaje urządzenie po jego kluczu i nie wysyła tokenu do żadnego innego.</translation>
    </message>
    <message>
        <source>Nothing was copied: curl cannot check this appliance&apos;s certificate.</source>
        <translation>Nic nie skopiowano: curl nie może sprawdzić certyfikatu tego urządzenia.</translation>
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
        <translation>Zaloguj się do innego urządzenia…</translation>
    </message>
    <message>
        <source>Tokens handed out…</source>
        <translation>Wydane tokeny…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Ustawienia…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Otwórz</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Zakończ</translation>
    </message>
    <message>
        <source>All sessions (%1)…</source>
        <translation>Wszystkie sesje (%1)…</translation>
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
        <translation>Nie można odnowić</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TroubleBanner</name>
    <message>
        <source>Programs get no token until you decide.</source>
        <translation>Programy nie otrzymają tokenu, dopóki nie zdecydujesz.</translation>
    </message>
    <message>
        <source>Not refreshed until you decide; programs get the token until %1.</source>
        <translation>Bez odnawiania, dopóki nie zdecydujesz; programy otrzymują token do %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrustPage</name>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed the new one</source>
        <translation>Osoba zarządzająca urządzeniem po&amp;twierdziła nowy</translation>
    </message>
    <message>
        <source>Trust this appliance</source>
        <translation>Zaufaj temu urządzeniu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>Is this your appliance?</source>
        <translation>Czy to Twoje urządzenie?</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for %1. That is usual for an appliance with a certificate of its own. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Ten komputer nie wie, kto ręczy za %1. To normalne w przypadku urządzenia z własnym certyfikatem. Nie wysłano do niego jeszcze hasła ani tokenu. Porównaj odcisk z odciskiem urządzenia.</translation>
    </message>
    <message>
        <source>Another certificate than before</source>
        <translation>Inny certyfikat niż dotychczas</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed, and nobody vouches for the new one.</source>
        <translation>Certyfikat hosta %1 zmienił się i nikt nie ręczy za nowy.</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed since you trusted it.</source>
        <translation>Certyfikat hosta %1 zmienił się, odkąd mu zaufano.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Go on only if whoever runs the appliance says that its certificate was replaced, and tells you the same new fingerprint.</source>
        <translation>Ktoś może podsłuchiwać komunikację między Tobą a urządzeniem. Nie wysłano do niego hasła ani tokenu. Kontynuuj tylko wtedy, gdy osoba zarządzająca urządzeniem powie, że jego certyfikat wymieniono, i poda ten sam nowy odcisk.</translation>
    </message>
    <message>
        <source>Not the certificate that your administrator decided for</source>
        <translation>Nie ten certyfikat, który ustalił administrator</translation>
    </message>
    <message>
        <source>%1 shows another certificate.</source>
        <translation>%1 pokazuje inny certyfikat.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Only your administrator can allow this certificate: ask them, and tell them both fingerprints.</source>
        <translation>Ktoś może podsłuchiwać komunikację między Tobą a urządzeniem. Nie wysłano do niego hasła ani tokenu. Zezwolić na ten certyfikat może tylko administrator: zapytaj go i podaj mu oba odciski.</translation>
    </message>
    <message>
        <source>The certificate does not name %1.</source>
        <translation>Certyfikat nie wymienia hosta %1.</translation>
    </message>
    <message>
        <source>The certificate is for %1, not for %2.</source>
        <translation>Certyfikat jest dla %1, a nie dla %2.</translation>
    </message>
    <message>
        <source>I have compared the &amp;fingerprint: it is the appliance&apos;s own</source>
        <translation>Porównano &amp;odcisk: to własny odcisk urządzenia</translation>
    </message>
    <message>
        <source>Either the appliance shows the certificate that it came with, or something else answers in place of %1. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Albo urządzenie przedstawia certyfikat, z którym zostało dostarczone, albo zamiast %1 odpowiada coś innego. Nie wysłano tam jeszcze hasła ani tokenu. Porównaj odcisk z odciskiem urządzenia.</translation>
    </message>
    <message>
        <source>Where to find it: ask whoever runs the appliance, or look at its console. A browser on this computer can be shown the same false certificate.</source>
        <translation>Gdzie go znaleźć: zapytaj osobę zarządzającą urządzeniem albo sprawdź na konsoli samego urządzenia. Przeglądarce na tym komputerze może zostać pokazany ten sam fałszywy certyfikat.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ValidityTimeline</name>
    <message>
        <source>Validity</source>
        <translation>Ważność</translation>
    </message>
    <message>
        <source>No access token.</source>
        <translation>Brak tokenu dostępu.</translation>
    </message>
    <message>
        <source>Access token good until %1.</source>
        <translation>Token dostępu ważny do %1.</translation>
    </message>
    <message>
        <source>Access token expired at %1.</source>
        <translation>Token dostępu wygasł: %1.</translation>
    </message>
    <message>
        <source>Next refresh at %1.</source>
        <translation>Następne odnowienie: %1.</translation>
    </message>
    <message>
        <source>The sign-in ends at %1.</source>
        <translation>Koniec logowania: %1.</translation>
    </message>
    <message>
        <source>Outages: %1.</source>
        <translation>Przerwy: %1.</translation>
    </message>
    <message>
        <source>Times that the computer slept: %1.</source>
        <translation>Uśpienia komputera: %1.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>teraz</translation>
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
        <translation>Odnowienia w ciągu ostatniej doby: %1.</translation>
    </message>
</context>
</TS>
