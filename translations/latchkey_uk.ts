<?xml version="1.0" encoding="utf-8"?>
<!--
SPDX-FileCopyrightText: 2026 The Latchkey authors
SPDX-License-Identifier: Apache-2.0
-->
<!DOCTYPE TS>
<TS version="2.1" language="uk">
<context>
    <name>ActionText</name>
    <message>
        <source>Sign &amp;in</source>
        <translation>Ув&amp;ійти</translation>
    </message>
    <message>
        <source>&amp;Enter code</source>
        <translation>В&amp;вести код</translation>
    </message>
    <message>
        <source>Look at certi&amp;ficate</source>
        <translation>П&amp;ереглянути сертифікат</translation>
    </message>
    <message>
        <source>&amp;Copy token</source>
        <translation>&amp;Копіювати токен</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>&amp;Оновити зараз</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>В&amp;ийти</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>Перей&amp;менувати</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Ви&amp;лучити</translation>
    </message>
    <message>
        <source>&amp;Doctor</source>
        <translation>Діа&amp;гностика</translation>
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
            <numerusform>%1 (%n раз, востаннє: %2)</numerusform>
            <numerusform>%1 (%n рази, востаннє: %2)</numerusform>
            <numerusform>%1 (%n разів, востаннє: %2)</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of accounts was not as Latchkey had left it</source>
        <translation>Список облікових записів не такий, яким його залишив Latchkey</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Вихід виконано</translation>
    </message>
    <message>
        <source>Looked for what was kept</source>
        <translation>Пошук збережених даних</translation>
    </message>
    <message>
        <source>Verification code sent</source>
        <translation>Код підтвердження надіслано</translation>
    </message>
    <message>
        <source>Sign-in started</source>
        <translation>Вхід розпочато</translation>
    </message>
    <message>
        <source>Verification code refused</source>
        <translation>Код підтвердження відхилено</translation>
    </message>
    <message>
        <source>Verification code asked for</source>
        <translation>Запитано код підтвердження</translation>
    </message>
    <message>
        <source>Certificate in question</source>
        <translation>Сертифікат під сумнівом</translation>
    </message>
    <message>
        <source>Session restored</source>
        <translation>Сеанс відновлено</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Вхід виконано</translation>
    </message>
    <message>
        <source>The appliance said: %1</source>
        <translation>Пристрій повідомив: %1</translation>
    </message>
    <message>
        <source>HTTP status: %1</source>
        <translation>Стан HTTP: %1</translation>
    </message>
    <message>
        <source>The appliance&apos;s time: %1</source>
        <translation>Час на пристрої: %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>Запит: %1</translation>
    </message>
    <message>
        <source>Latchkey started.</source>
        <translation>Latchkey запущено.</translation>
    </message>
    <message>
        <source>The session was kept.</source>
        <translation>Сеанс було збережено.</translation>
    </message>
    <message>
        <source>No session was kept.</source>
        <translation>Збереженого сеансу не було.</translation>
    </message>
    <message>
        <source>Something other than Latchkey changed it, or Latchkey ended in the midst of a change. Appliance, user, policy and trusted certificate are as they were sealed with the session.</source>
        <translation>Його змінила інша програма або Latchkey завершив роботу посеред внесення змін. Пристрій, користувач, правила доступу та довірений сертифікат — такі, якими їх було зашифровано разом із сеансом.</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>Не вдалося прочитати збережені дані.</translation>
    </message>
    <message>
        <source>Somebody signed in.</source>
        <translation>Користувач розпочав вхід.</translation>
    </message>
    <message>
        <source>Somebody entered a verification code.</source>
        <translation>Користувач увів код підтвердження.</translation>
    </message>
    <message>
        <source>Somebody trusted the certificate.</source>
        <translation>Користувач підтвердив довіру до сертифіката.</translation>
    </message>
    <message>
        <source>Nobody trusted the certificate.</source>
        <translation>Ніхто не підтвердив довіру до сертифіката.</translation>
    </message>
    <message>
        <source>Somebody cancelled it.</source>
        <translation>Користувач скасував дію.</translation>
    </message>
    <message>
        <source>A program wanted a token that lasts longer.</source>
        <translation>Програмі був потрібен токен, що діє довше.</translation>
    </message>
    <message>
        <source>Somebody signed out.</source>
        <translation>Користувач вийшов.</translation>
    </message>
    <message>
        <source>It was time.</source>
        <translation>Настав запланований час.</translation>
    </message>
    <message>
        <source>The network went away.</source>
        <translation>Мережа зникла.</translation>
    </message>
    <message>
        <source>The network came back.</source>
        <translation>Мережа знову доступна.</translation>
    </message>
    <message>
        <source>The computer woke up.</source>
        <translation>Комп&apos;ютер прокинувся.</translation>
    </message>
    <message>
        <source>The computer went to sleep.</source>
        <translation>Комп&apos;ютер перейшов у режим сну.</translation>
    </message>
    <message>
        <source>The appliance granted it.</source>
        <translation>Пристрій схвалив запит.</translation>
    </message>
    <message>
        <source>The appliance asked for a verification code.</source>
        <translation>Пристрій запитав код підтвердження.</translation>
    </message>
    <message>
        <source>The appliance showed a certificate that is not trusted.</source>
        <translation>Пристрій показав сертифікат, який не є довіреним.</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>Токен оновлено</translation>
    </message>
    <message>
        <source>Refresh started</source>
        <translation>Розпочато оновлення токена</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <translation>Не вдалося оновити</translation>
    </message>
    <message>
        <source>Somebody asked for a refresh.</source>
        <translation>Користувач попросив оновлення.</translation>
    </message>
    <message>
        <source>The appliance did not grant it.</source>
        <translation>Пристрій не схвалив запит.</translation>
    </message>
    <message>
        <source>There was no answer.</source>
        <translation>Відповіді не було.</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Looking…</source>
        <translation>Перевірка…</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Не перевірено</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>Проблем немає</translation>
    </message>
</context>
<context>
    <name>HandOutView</name>
    <message>
        <source>Clipboard</source>
        <translation>Буфер обміну</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Видано</translation>
    </message>
    <message>
        <source>Given, but ends sooner than asked</source>
        <translation>Видано, але діє менше, ніж просили</translation>
    </message>
    <message>
        <source>Copied by you</source>
        <translation>Скопійовано вами</translation>
    </message>
    <message>
        <source>Refused: something failed</source>
        <translation>Відмовлено: сталася помилка</translation>
    </message>
    <message>
        <source>Refused: signed out</source>
        <translation>Відмовлено: вхід не виконано</translation>
    </message>
    <message>
        <source>Refused: appliance out of reach</source>
        <translation>Відмовлено: пристрій недоступний</translation>
    </message>
    <message>
        <source>Refused: not allowed</source>
        <translation>Відмовлено: не дозволено</translation>
    </message>
    <message>
        <source>Refused: certificate in question</source>
        <translation>Відмовлено: сертифікат під сумнівом</translation>
    </message>
    <message>
        <source>Refused: blocked by you</source>
        <translation>Відмовлено: заблоковано вами</translation>
    </message>
    <message>
        <source>Refused: verification code needed</source>
        <translation>Відмовлено: потрібен код підтвердження</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>answer</comment>
        <translation>
            <numerusform>%1 (%n раз)</numerusform>
            <numerusform>%1 (%n рази)</numerusform>
            <numerusform>%1 (%n разів)</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: asked for longer than tokens live</source>
        <translation>Відмовлено: просили довше, ніж діють токени</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Start in the tray.</source>
        <translation>Запустити в системному лотку.</translation>
    </message>
    <message>
        <source>Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.</source>
        <translation>Тримати токени лише в пам&apos;яті й не використовувати в&apos;язку ключів: сеанси діють, доки працює Latchkey.</translation>
    </message>
    <message>
        <source>Open the sign-in window for the appliance at &lt;url&gt;.</source>
        <translation>Відкрити вікно входу на пристрій за адресою &lt;url&gt;.</translation>
    </message>
    <message>
        <source>Open the sign-in window for this user.</source>
        <translation>Відкрити вікно входу для цього користувача.</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances.</source>
        <translation>Підтримує ваш вхід на пристрої резервного копіювання.</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Latchkey’s folder belongs to another user, so it is not used.</source>
        <translation>Тека Latchkey належить іншому користувачеві, тому її не буде використано.</translation>
    </message>
    <message>
        <source>Remove %1, or have it given to you, and start Latchkey again.</source>
        <translation>Вилучіть %1 або попросіть передати цю теку вам, а потім запустіть Latchkey знову.</translation>
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
        <translation>Невідома програма (процес %1)</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>Невідома програма</translation>
    </message>
    <message>
        <source>%1, run by %2</source>
        <comment>a script, an interpreter</comment>
        <translation>%1, який виконує %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a program, a terminal</comment>
        <translation>%1 у %2</translation>
    </message>
    <message>
        <source>%1 over SSH</source>
        <comment>a program</comment>
        <translation>%1 через SSH</translation>
    </message>
    <message>
        <source>%1, started by %2</source>
        <comment>a program, another one</comment>
        <translation>%1, запущено з %2</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, через шлюз</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, через latchkeyctl</translation>
    </message>
    <message>
        <source>%1,</source>
        <comment>a program, at the beginning of a sentence</comment>
        <translation>%1,</translation>
    </message>
    <message>
        <source>Program: %1</source>
        <translation>Програма: %1</translation>
    </message>
    <message>
        <source>Script, as it says: %1</source>
        <translation>Скрипт, за словами програми: %1</translation>
    </message>
    <message>
        <source>Through: %1</source>
        <translation>Через: %1</translation>
    </message>
    <message>
        <source>Started by: %1</source>
        <translation>Ким запущено: %1</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>Термінал: %1</translation>
    </message>
    <message>
        <source>“%1” (as it says)</source>
        <comment>what only a program itself says: its name, or its script</comment>
        <translation>«%1» (за словами програми)</translation>
    </message>
    <message>
        <source>Calls itself: %1</source>
        <translation>Називає себе: %1</translation>
    </message>
    <message>
        <source>Started by, as it says: %1</source>
        <translation>Ким запущено, за словами програми: %1</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>Шукати в:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>&amp;Назва файлу:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>Файли типу:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Зберегти</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>Файл %1 уже існує.
Замінити його?</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Вернути</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Повторити</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Ви&amp;різати</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Копіювати</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>Вст&amp;авити</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Видалити</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Позначити все</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>Гаразд</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Скасувати</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрити</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Зберегти</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Так</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Ні</translation>
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
        <translation>&amp;Копіювати</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Позначити все</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>%1 wants Latchkey to trust a certificate for %2.</source>
        <translation>%1 просить, щоб Latchkey довіряв сертифікату для %2.</translation>
    </message>
    <message>
        <source>%1 wants Latchkey to trust another certificate for %2.</source>
        <translation>%1 просить, щоб Latchkey довіряв іншому сертифікату для %2.</translation>
    </message>
    <message>
        <source>%1 wants to sign %2 out.</source>
        <translation>%1 хоче вийти з %2.</translation>
    </message>
    <message>
        <source>%1 wants to remove %2.</source>
        <translation>%1 хоче вилучити %2.</translation>
    </message>
    <message>
        <source>%1 wants to use the name %2 for another appliance or user.</source>
        <translation>%1 хоче використати назву %2 для іншого пристрою або користувача.</translation>
    </message>
    <message>
        <source>%1 wants to rename %2 to %3.</source>
        <translation>%1 хоче перейменувати %2 на %3.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2.</source>
        <translation>%1 просить токен сеансу %2.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2: %3.</source>
        <comment>a program, a session, who is signed in there</comment>
        <translation>%1 просить токен сеансу %2: %3.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a user, the role</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Дозволити</translation>
    </message>
    <message>
        <source>&amp;Trust this certificate</source>
        <translation>&amp;Довіряти цьому сертифікату</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>В&amp;ийти</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>Ви&amp;лучити</translation>
    </message>
    <message>
        <source>&amp;Change the account</source>
        <translation>&amp;Змінити обліковий запис</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Перей&amp;менувати</translation>
    </message>
    <message>
        <source>%1 wants to add the session %2 and sign in to it.</source>
        <translation>%1 хоче додати сеанс %2 і ввійти до нього.</translation>
    </message>
    <message>
        <source>&amp;Add the session</source>
        <translation>&amp;Додати сеанс</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1. Correct the file; Latchkey reads it again by itself.</source>
        <comment>file: what is wrong in it</comment>
        <translation>%1. Виправте файл; Latchkey сам прочитає його знову.</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>Список облікових записів</translation>
    </message>
    <message>
        <source>The administrator’s policy</source>
        <translation>Політика адміністратора</translation>
    </message>
    <message>
        <source>Kind file</source>
        <translation>Файл типу</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>В&apos;язка ключів</translation>
    </message>
    <message>
        <source>Enter the appliance&apos;s address, such as https://backup.example.com.</source>
        <translation>Введіть адресу пристрою, наприклад https://backup.example.com.</translation>
    </message>
    <message>
        <source>This is not the address of an appliance. Enter one such as https://backup.example.com.</source>
        <translation>Це не адреса пристрою. Введіть адресу на зразок https://backup.example.com.</translation>
    </message>
    <message>
        <source>Passwords are not sent over http. Enter an https address.</source>
        <translation>Паролі не надсилаються через http. Введіть адресу https.</translation>
    </message>
    <message>
        <source>Enter an address of up to 2048 characters.</source>
        <translation>Введіть адресу довжиною до 2048 символів.</translation>
    </message>
    <message>
        <source>Enter a user name of up to 256 characters.</source>
        <translation>Введіть ім&apos;я користувача довжиною до 256 символів.</translation>
    </message>
    <message>
        <source>Enter a short name for this session, such as prod.</source>
        <translation>Введіть коротку назву цього сеансу, наприклад prod.</translation>
    </message>
    <message>
        <source>Enter a client ID of up to 256 characters.</source>
        <translation>Введіть ідентифікатор клієнта довжиною до 256 символів.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance.</source>
        <translation>Latchkey не знає такого типу пристроїв.</translation>
    </message>
    <message>
        <source>Another appliance or user has this name. Choose another name.</source>
        <translation>Таку назву вже має інший пристрій або користувач. Виберіть іншу назву.</translation>
    </message>
    <message>
        <source>The list of accounts names another appliance or user than what is kept under this name. Unlock the keychain, so that Latchkey sees which is right, or remove the session.</source>
        <translation>У списку облікових записів указано інший пристрій або користувача, ніж у даних, збережених під цією назвою. Розблокуйте в&apos;язку ключів, щоб Latchkey визначив, що правильно, або вилучіть сеанс.</translation>
    </message>
    <message>
        <source>This session waits for a sign-in, a decision or the keychain. Rename it after that.</source>
        <translation>Цей сеанс очікує на вхід, рішення або в&apos;язку ключів. Перейменуйте його після цього.</translation>
    </message>
    <message>
        <source>There are as many sessions as Latchkey can keep. Remove some first.</source>
        <translation>Сеансів уже стільки, скільки Latchkey може зберігати. Спершу вилучіть деякі з них.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Ваш адміністратор не дозволяє цей пристрій. Попросіть додати його до дозволених.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this kind of appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Ваш адміністратор не дозволяє цей тип пристроїв. Попросіть додати його до дозволених.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy cannot be read, so nobody knows what it allows. Have it corrected.</source>
        <translation>Не вдається прочитати політику адміністратора, тому невідомо, що вона дозволяє. Попросіть її виправити.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault. Until it is corrected, nobody can sign in, and no token is given out: %1. Tell your administrator.</source>
        <translation>У політиці адміністратора є помилка. Доки її не виправлять, ніхто не може ввійти й токени не видаються: %1. Повідомте адміністратора.</translation>
    </message>
    <message>
        <source>Your administrator has set this session up. Sign in with your password.</source>
        <translation>Цей сеанс налаштував ваш адміністратор. Увійдіть зі своїм паролем.</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>В&apos;язку ключів заблоковано</translation>
    </message>
    <message>
        <source>Keychain needed</source>
        <translation>Потрібна в&apos;язка ключів</translation>
    </message>
    <message>
        <source>What was kept cannot be read</source>
        <translation>Збережені дані не читаються</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>Сертифікат змінився</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>Сертифікат не є довіреним</translation>
    </message>
    <message>
        <source>Verification code needed</source>
        <translation>Потрібен код підтвердження</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>Потрібен пароль</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Потрібен вхід</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Виконується вхід…</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>Очікування на в&apos;язку ключів</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Потребують уваги</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Вхід виконано</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Вихід виконано</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Зайнято</translation>
    </message>
    <message>
        <source>Cannot renew, token still good</source>
        <translation>Не вдається оновити, токен ще дійсний</translation>
    </message>
    <message>
        <source>Cannot renew, token expired</source>
        <translation>Не вдається оновити, термін дії токена минув</translation>
    </message>
    <message>
        <source>Ended by the appliance</source>
        <translation>Завершено пристроєм</translation>
    </message>
    <message>
        <source>The proxy %1 hung up without an answer. Ask whoever runs it.</source>
        <translation>Проксі-сервер %1 розірвав з&apos;єднання без відповіді. Зверніться до його адміністратора.</translation>
    </message>
    <message>
        <source>The proxy %1 wants another user name and password (HTTP status 407). Set them, in https_proxy as http://USER:PASSWORD@HOST:PORT.</source>
        <translation>Проксі-сервер %1 вимагає інші ім&apos;я користувача та пароль (стан HTTP 407). Вкажіть їх у https_proxy у вигляді http://USER:PASSWORD@HOST:PORT.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance&apos;s address; if it needs no proxy, name it in no_proxy.</source>
        <translation>Проксі-сервер %1 не може зв&apos;язатися з пристроєм (стан HTTP %2). Перевірте адресу пристрою; якщо проксі-сервер йому не потрібен, додайте її до no_proxy.</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed there; if it needs no proxy, name it in no_proxy.</source>
        <translation>Проксі-сервер %1 відмовляється з&apos;єднувати з пристроєм (стан HTTP %2). Попросіть дозволити це на ньому; якщо проксі-сервер пристрою не потрібен, додайте адресу пристрою до no_proxy.</translation>
    </message>
    <message>
        <source>on the way</source>
        <comment>in place of its name: the proxy on the way …</comment>
        <translation>на шляху</translation>
    </message>
    <message>
        <source>The proxy %1 is none that Latchkey can use. Set one that begins with http:// or socks5://, in https_proxy or in the system&apos;s settings.</source>
        <translation>Latchkey не може використовувати проксі-сервер %1. Вкажіть у https_proxy або в параметрах системи такий, що починається з http:// або socks5://.</translation>
    </message>
    <message>
        <source>This user signs in through single sign-on, which Latchkey cannot do. Use a local user of the appliance.</source>
        <translation>Цей користувач входить через єдиний вхід (SSO), а Latchkey цього не вміє. Скористайтеся локальним користувачем пристрою.</translation>
    </message>
    <message>
        <source>The appliance does not let this user in now. Open its web page: its licence agreement may have to be accepted first.</source>
        <translation>Пристрій зараз не пускає цього користувача. Відкрийте вебсторінку пристрою: можливо, спершу там треба прийняти ліцензійну угоду.</translation>
    </message>
    <message>
        <source>The appliance refused the user name or the password. Check both and try again.</source>
        <translation>Пристрій відхилив ім&apos;я користувача або пароль. Перевірте їх і спробуйте знову.</translation>
    </message>
    <message>
        <source>The appliance refused the client ID or the client secret. Check both and sign in again.</source>
        <translation>Пристрій відхилив ідентифікатор або секрет клієнта. Перевірте їх і ввійдіть знову.</translation>
    </message>
    <message>
        <source>What answers at this address refuses the session. Without https nobody can tell whether it is your appliance. If it is, sign in again.</source>
        <translation>Той, хто відповідає за цією адресою, відхиляє сеанс. Без https неможливо визначити, чи це ваш пристрій. Якщо так, увійдіть знову.</translation>
    </message>
    <message>
        <source>The appliance&apos;s last answer never arrived, and it takes the old token no more. Sign in again.</source>
        <translation>Остання відповідь пристрою не надійшла, а старий токен він більше не приймає. Увійдіть знову.</translation>
    </message>
    <message>
        <source>The appliance ended the session. Sign in again.</source>
        <translation>Пристрій завершив сеанс. Увійдіть знову.</translation>
    </message>
    <message>
        <source>the appliance&apos;s port</source>
        <comment>another user listens at …</comment>
        <translation>порту пристрою</translation>
    </message>
    <message>
        <source>Another user of this computer listens at %1. Nothing was sent to them. Find out who it is, and start your appliance or tunnel there again or at another port.</source>
        <translation>На %1 очікує з&apos;єднань інший користувач цього комп&apos;ютера. Йому нічого не надіслано. З&apos;ясуйте, хто це, і знову запустіть там або на іншому порту свій пристрій чи тунель.</translation>
    </message>
    <message>
        <source>The appliance broke off before the connection was secure, so nothing was sent. Check the port, and whether it wants a client certificate, which Latchkey does not have.</source>
        <translation>Пристрій розірвав з&apos;єднання, перш ніж воно стало захищеним, тому нічого не надіслано. Перевірте порт, а також чи не вимагає пристрій сертифікат клієнта, якого Latchkey не має.</translation>
    </message>
    <message>
        <source>There is no keychain for the key to this session. Start one, such as GNOME Keyring or KWallet.</source>
        <translation>Немає в&apos;язки ключів для ключа до цього сеансу. Запустіть якусь, наприклад GNOME Keyring або KWallet.</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it.</source>
        <translation>В&apos;язку ключів заблоковано. Розблокуйте її.</translation>
    </message>
    <message>
        <source>The keychain was not unlocked: its question was answered with no, dismissed, or could not be shown. Unlock it, or sign in to be asked again.</source>
        <translation>В&apos;язку ключів не розблоковано: на її запит відповіли відмовою, його закрили або не вдалося показати. Розблокуйте в&apos;язку ключів або ввійдіть, щоб отримати запит знову.</translation>
    </message>
    <message>
        <source>The keychain has not answered yet. See whether it asks for something.</source>
        <translation>В&apos;язка ключів ще не відповіла. Перевірте, чи не запитує вона щось.</translation>
    </message>
    <message>
        <source>The key to this session is in another keychain or database than the one that is open. Open that one.</source>
        <translation>Ключ до цього сеансу міститься не в тій в&apos;язці ключів або базі даних, яку відкрито. Відкрийте потрібну.</translation>
    </message>
    <message>
        <source>The key to this session is gone from the keychain. Sign in again.</source>
        <translation>Ключа до цього сеансу більше немає у в&apos;язці ключів. Увійдіть знову.</translation>
    </message>
    <message>
        <source>The disk is full. Make room on it.</source>
        <translation>Диск заповнено. Звільніть на ньому місце.</translation>
    </message>
    <message>
        <source>Latchkey&apos;s data folder cannot be used. See that it can be made and that you may write to it.</source>
        <translation>Неможливо використати теку даних Latchkey. Подбайте, щоб її можна було створити і щоб ви мали право запису до неї.</translation>
    </message>
    <message>
        <source>What was kept of this session is damaged and was put aside. Sign in again.</source>
        <translation>Збережені дані цього сеансу пошкоджено, їх відкладено вбік. Увійдіть знову.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance any more. Put its kind file back.</source>
        <translation>Latchkey більше не знає цього типу пристроїв. Поверніть файл типу на місце.</translation>
    </message>
    <message>
        <source>The kind file of this appliance is another one than at the sign-in. Put the old one back, or sign in again.</source>
        <translation>Файл типу цього пристрою — не той, що був під час входу. Поверніть старий файл або ввійдіть знову.</translation>
    </message>
    <message>
        <source>The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or add the version to a kind file.</source>
        <translation>Пристрій не підтримує жодної версії, яку знає Latchkey. Пошукайте новіший Latchkey або додайте цю версію до файлу типу.</translation>
    </message>
    <message>
        <source>The appliance did not answer in time. Try again.</source>
        <translation>Пристрій не відповів вчасно. Спробуйте знову.</translation>
    </message>
    <message>
        <source>The appliance is busy or being updated. Try again later.</source>
        <translation>Пристрій зайнятий, або на ньому встановлюють оновлення. Спробуйте пізніше.</translation>
    </message>
    <message>
        <source>The appliance refused the code. Wait for the next one in your authenticator and enter it.</source>
        <translation>Пристрій відхилив код. Дочекайтеся наступного коду в автентифікаторі та введіть його.</translation>
    </message>
    <message>
        <source>What answered does not speak like an appliance. Check the address, and whether a proxy or a sign-in page stands in between.</source>
        <translation>Відповідь не схожа на відповідь пристрою. Перевірте адресу та чи немає на шляху проксі-сервера або сторінки входу.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not trusted, so nothing was sent. Look at it and decide.</source>
        <translation>Сертифікат пристрою не є довіреним, тому нічого не надіслано. Перегляньте сертифікат і вирішіть, чи довіряти йому.</translation>
    </message>
    <message>
        <source>The appliance speaks only an outdated version of TLS, so nothing was sent. Have a newer one switched on there.</source>
        <translation>Пристрій підтримує лише застарілу версію TLS, тому нічого не надіслано. Попросіть увімкнути на ньому новішу.</translation>
    </message>
    <message>
        <source>What answers at this port speaks http, not https. Check the port.</source>
        <translation>На цьому порту відповідають за протоколом http, а не https. Перевірте порт.</translation>
    </message>
    <message>
        <source>What answers at this port does not speak https. Check the port.</source>
        <translation>На цьому порту відповідають не за протоколом https. Перевірте порт.</translation>
    </message>
    <message>
        <source>Until then, this session ends with Latchkey.</source>
        <translation>Доти цей сеанс діє, лише поки працює Latchkey.</translation>
    </message>
    <message>
        <source>The disk has not taken it yet. Until it has, this holds only as long as Latchkey runs.</source>
        <translation>Диск ще не прийняв ці дані. Доти зміни діють, лише поки працює Latchkey.</translation>
    </message>
    <message>
        <source>Signed out here. The appliance has not confirmed it, so the tokens may be good there until they end.</source>
        <translation>Тут вихід виконано. Пристрій цього не підтвердив, тому токени можуть діяти на ньому до кінця свого терміну.</translation>
    </message>
    <message>
        <source>Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.</source>
        <translation>Вихід виконано, але збережені дані не вдається вилучити з диска. Latchkey спробує ще раз.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate has changed. Find out why before you trust it.</source>
        <translation>Сертифікат пристрою змінився. З&apos;ясуйте причину, перш ніж довіряти йому.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not known. Compare its fingerprint, and trust it only if it is the same.</source>
        <translation>Сертифікат пристрою невідомий. Порівняйте його відбиток і довіряйте йому, лише якщо відбитки збігаються.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not the one that was named. Compare the two fingerprints.</source>
        <translation>Сертифікат пристрою — не той, що було вказано. Порівняйте обидва відбитки.</translation>
    </message>
    <message>
        <source>The list of accounts could not be read in full; a copy is in %1. Kept sessions are back all the same. If one is missing, sign in to it again.</source>
        <translation>Не вдалося повністю прочитати список облікових записів; його копія — у %1. Збережені сеанси все одно відновлено. Якщо якогось бракує, увійдіть до нього знову.</translation>
    </message>
    <message>
        <source>The socket for programs cannot be made; see the message above.</source>
        <translation>Неможливо створити сокет для програм; див. повідомлення вище.</translation>
    </message>
    <message>
        <source>The clocks of the appliance and of this computer are more than a minute apart. Set them by a time server.</source>
        <translation>Годинники пристрою та цього комп&apos;ютера розходяться більш ніж на хвилину. Налаштуйте їх за сервером часу.</translation>
    </message>
    <message>
        <source>Your administrator has decided which certificate this appliance has, and this is another one. Nobody else can trust it: ask your administrator.</source>
        <translation>Ваш адміністратор визначив, який сертифікат має цей пристрій, а цей — інший. Ніхто інший не може підтвердити довіру до нього: зверніться до адміністратора.</translation>
    </message>
    <message>
        <source>The system does not tell Latchkey when the policy changes, so a change counts a few seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.</source>
        <translation>Система не повідомляє Latchkey про зміни політики, тому зміна починає діяти на кілька секунд пізніше. Збільште системне обмеження кількості відстежуваних файлів, fs.inotify.max_user_watches.</translation>
    </message>
    <message>
        <source>1 session needs you</source>
        <translation>1 сеанс потребує вашої уваги</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions need you</source>
        <translation>
            <numerusform>%n сеанс потребує вашої уваги</numerusform>
            <numerusform>%n сеанси потребують вашої уваги</numerusform>
            <numerusform>%n сеансів потребують вашої уваги</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session cannot renew</source>
        <translation>1 сеанс не вдається оновити</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew</source>
        <translation>
            <numerusform>%n сеанс не вдається оновити</numerusform>
            <numerusform>%n сеанси не вдається оновити</numerusform>
            <numerusform>%n сеансів не вдається оновити</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed in</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>вхід виконано: %n</numerusform>
            <numerusform>вхід виконано: %n</numerusform>
            <numerusform>вхід виконано: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed out</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>вихід виконано: %n</numerusform>
            <numerusform>вихід виконано: %n</numerusform>
            <numerusform>вихід виконано: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>Оновлення токена…</translation>
    </message>
    <message>
        <source>The appliance asks for a verification code. Enter it.</source>
        <translation>Пристрій запитує код підтвердження. Введіть його.</translation>
    </message>
    <message>
        <source>Enter the user name that you have on the appliance.</source>
        <translation>Введіть ім&apos;я користувача, яке ви маєте на пристрої.</translation>
    </message>
    <message>
        <source>Use a name of up to 64 letters, digits and signs, without spaces, / and \, and without a - at its beginning.</source>
        <translation>Вкажіть назву довжиною до 64 літер, цифр і знаків, без пробілів, / і \ та без - на початку.</translation>
    </message>
    <message>
        <source>The appliance cannot be reached. Check the network and its address.</source>
        <translation>Не вдається зв&apos;язатися з пристроєм. Перевірте мережу та адресу пристрою.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached. Check the network, and its address in https_proxy or in the system&apos;s settings.</source>
        <translation>Не вдається зв&apos;язатися з проксі-сервером %1. Перевірте мережу та його адресу в https_proxy або в параметрах системи.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault, so the last good one stays in force. Tell your administrator: %1.</source>
        <translation>У політиці адміністратора є помилка, тому й далі діє остання правильна. Повідомте адміністратора: %1.</translation>
    </message>
</context>
<context>
    <name>SessionQuestions</name>
    <message>
        <source>Sign out of %1?</source>
        <translation>Вийти з %1?</translation>
    </message>
    <message>
        <source>The appliance ends the session. Scripts that use this name get no token until somebody signs in again.</source>
        <translation>Пристрій завершить сеанс. Скрипти, що використовують цю назву, не отримуватимуть токен, доки хтось не ввійде знову.</translation>
    </message>
    <message>
        <source>Remove session</source>
        <translation>Вилучити сеанс</translation>
    </message>
    <message>
        <source>Remove the session %1?</source>
        <translation>Вилучити сеанс %1?</translation>
    </message>
    <message>
        <source>This cannot be undone. Latchkey signs out of the appliance and forgets the session with its tokens and its history. Scripts that use this name will no longer get a token.</source>
        <translation>Цього не можна скасувати. Latchkey вийде з пристрою і забуде сеанс разом із його токенами та історією. Скрипти, що використовують цю назву, більше не отримуватимуть токен.</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>%1 at %2</source>
        <comment>user at appliance</comment>
        <translation>%1 на %2</translation>
    </message>
    <message>
        <source>Token good until %1</source>
        <translation>Токен дійсний до %1</translation>
    </message>
    <message>
        <source>Token expired at %1</source>
        <translation>Термін дії токена минув (%1)</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Використано</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Не використано</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, до %2</translation>
    </message>
    <message>
        <source>Expired at %1</source>
        <translation>Термін дії минув (%1)</translation>
    </message>
    <message>
        <source>None: the session ends with its access token</source>
        <translation>Немає: сеанс завершиться разом із токеном доступу</translation>
    </message>
    <message>
        <source>The appliance does not say how long it lasts</source>
        <translation>Пристрій не повідомляє, скільки він діє</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Зараз</translation>
    </message>
    <message>
        <source>In %1, at %2</source>
        <translation>%2 (через %1)</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>Збігається</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>поспішає на %1</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>відстає на %1</translation>
    </message>
    <message>
        <source>In memory only: %1</source>
        <comment>why it is not kept</comment>
        <translation>Лише в пам&apos;яті: %1</translation>
    </message>
    <message>
        <source>Being kept…</source>
        <translation>Збереження…</translation>
    </message>
    <message>
        <source>On this computer, sealed</source>
        <translation>На цьому комп&apos;ютері, зашифровано</translation>
    </message>
    <message>
        <source>In memory only: ends with Latchkey</source>
        <translation>Лише в пам&apos;яті: завершиться разом із Latchkey</translation>
    </message>
    <message>
        <source>Since %1, trying now.</source>
        <translation>Від %1, триває спроба.</translation>
    </message>
    <message>
        <source>Since %1, next try in %2.</source>
        <translation>Від %1, наступна спроба через %2.</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>Від %1.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 с</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 хв</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours and minutes</comment>
        <translation>%1 год %2 хв</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>залишилося %1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>термін дії минув</translation>
    </message>
    <message>
        <source>Cannot renew, token still good until %1</source>
        <translation>Не вдається оновити, токен дійсний до: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n день</numerusform>
            <numerusform>%n дні</numerusform>
            <numerusform>%n днів</numerusform>
        </translation>
    </message>
    <message>
        <source>Not planned</source>
        <comment>refresh</comment>
        <translation>Не заплановано</translation>
    </message>
    <message>
        <source>Nothing kept</source>
        <translation>Нічого не збережено</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Невідомо</translation>
    </message>
    <message>
        <source>None</source>
        <comment>access token or refresh token</comment>
        <translation>Немає</translation>
    </message>
    <message>
        <source>Not until you decide</source>
        <translation>Лише після вашого рішення</translation>
    </message>
</context>
<context>
    <name>ValidityLegend</name>
    <message>
        <source>Token good</source>
        <comment>a colour of the timeline</comment>
        <translation>Токен дійсний</translation>
    </message>
    <message>
        <source>Good once refreshed</source>
        <comment>a colour of the timeline</comment>
        <translation>Дійсний після оновлення</translation>
    </message>
    <message>
        <source>Refresh</source>
        <comment>a mark on the timeline</comment>
        <translation>Оновлення</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <comment>a colour of the timeline</comment>
        <translation>Не вдалося оновити</translation>
    </message>
    <message>
        <source>Computer asleep</source>
        <comment>a colour of the timeline</comment>
        <translation>Комп&apos;ютер у режимі сну</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <comment>a mark on the timeline</comment>
        <translation>Завершення входу</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AboutWindow</name>
    <message>
        <source>About Latchkey</source>
        <translation>Про Latchkey</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Повідомити про про&amp;блему…</translation>
    </message>
    <message>
        <source>Latchkey %1</source>
        <comment>version</comment>
        <translation>Latchkey %1</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances. Latchkey is free software under the Apache License 2.0.</source>
        <translation>Підтримує ваш вхід на пристрої резервного копіювання. Latchkey — вільне програмне забезпечення на умовах ліцензії Apache 2.0.</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Складник</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Ліцензія</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AdministratorNote</name>
    <message>
        <source>Set by your administrator</source>
        <translation>Установлено адміністратором</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::BusyHint</name>
    <message>
        <source>Working</source>
        <translation>Виконується</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CertificateBlock</name>
    <message>
        <source>Issued to</source>
        <translation>Кому видано</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Ким видано</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Дійсний</translation>
    </message>
    <message>
        <source>Trusted fingerprint</source>
        <translation>Довірений відбиток</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Відбиток</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копіювати</translation>
    </message>
    <message>
        <source>Paste to compare</source>
        <translation>Вставити й порівняти</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Your administrator decided for (SHA-256)</source>
        <translation>Визначив адміністратор (SHA-256)</translation>
    </message>
    <message>
        <source>You trusted (SHA-256)</source>
        <translation>Ви довіряли (SHA-256)</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>Відбиток SHA-256</translation>
    </message>
    <message>
        <source>It shows now (SHA-256)</source>
        <translation>Пристрій показує зараз (SHA-256)</translation>
    </message>
    <message>
        <source>The clipboard holds no SHA-256 fingerprint.</source>
        <translation>У буфері обміну немає відбитка SHA-256.</translation>
    </message>
    <message>
        <source>It is another one: do not trust it.</source>
        <translation>Відбиток інший: не довіряйте йому.</translation>
    </message>
    <message>
        <source>You copied this one here. Copy the appliance&apos;s own.</source>
        <translation>Цей відбиток ви скопіювали тут. Скопіюйте той, що на самому пристрої.</translation>
    </message>
    <message>
        <source>It is the same.</source>
        <translation>Відбиток такий самий.</translation>
    </message>
    <message>
        <source>Copy the new one</source>
        <translation>Копіювати новий</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CodePage</name>
    <message>
        <source>Verification code</source>
        <translation>Код підтвердження</translation>
    </message>
    <message>
        <source>I use a &amp;scratch code, which has 8 digits</source>
        <translation>Я використовую &amp;резервний код, у якому 8 цифр</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Підтвердити</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Скасувати</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>&amp;Код підтвердження</translation>
    </message>
    <message>
        <source>Enter the code of your authenticator</source>
        <translation>Введіть код з автентифікатора</translation>
    </message>
    <message>
        <source>The appliance asks for a second factor of %1.</source>
        <translation>Пристрій запитує другий фактор для %1.</translation>
    </message>
    <message>
        <source>Enter 6 digits from your authenticator, or 8 of a scratch code.</source>
        <translation>Введіть 6 цифр з автентифікатора або 8 цифр резервного коду.</translation>
    </message>
    <message>
        <source>The appliance has refused this code already.</source>
        <translation>Пристрій уже відхилив цей код.</translation>
    </message>
    <message>
        <source>A new code is due in %1 s.</source>
        <translation>Новий код з&apos;явиться за %1 с.</translation>
    </message>
    <message>
        <source>Your authenticator shows a new code now.</source>
        <translation>В автентифікаторі вже новий код.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Перевірка…</translation>
    </message>
    <message>
        <source>The appliance&apos;s clock is out of step: %1. If it is the one that is wrong, no code will do until somebody sets it right.</source>
        <comment>3 min ahead</comment>
        <translation>Годинник пристрою йде неправильно: %1. Якщо помиляється саме він, жоден код не підійде, доки його не виправлять.</translation>
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
        <translation>Закріплений відбиток</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Годинник</translation>
    </message>
    <message>
        <source>Chec&amp;k now</source>
        <translation>Перевірити &amp;зараз</translation>
    </message>
    <message>
        <source>See whether the appliance answers, without signing in</source>
        <translation>Перевірити, чи відповідає пристрій, без входу</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Перевірка пристрою…</translation>
    </message>
    <message>
        <source>The appliance answered at %1.</source>
        <translation>Пристрій відповів о %1.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Немає</translation>
    </message>
    <message>
        <source>“Check now” tells the TLS version, the certificate and the clock.</source>
        <translation>«Перевірити зараз» покаже версію TLS, сертифікат і годинник.</translation>
    </message>
    <message>
        <source>None: any certificate that this computer trusts</source>
        <translation>Немає: будь-який сертифікат, якому довіряє цей комп&apos;ютер</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>Установлено адміністратором</translation>
    </message>
    <message>
        <source>Only this certificate</source>
        <translation>Лише цей сертифікат</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentRequest</name>
    <message>
        <source>Until now</source>
        <translation>Досі</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>Відтепер</translation>
    </message>
    <message>
        <source>Appliance until now</source>
        <translation>Дотеперішній пристрій</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>Пристрій</translation>
    </message>
    <message>
        <source>User name until now</source>
        <translation>Дотеперішнє ім&apos;я користувача</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Ім&apos;я користувача</translation>
    </message>
    <message>
        <source>Kind until now</source>
        <translation>Дотеперішній тип пристрою</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Тип пристрою</translation>
    </message>
    <message>
        <source>Client ID until now</source>
        <translation>Дотеперішній ідентифікатор клієнта</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Ідентифікатор клієнта</translation>
    </message>
    <message>
        <source>None</source>
        <comment>client ID</comment>
        <translation>Немає</translation>
    </message>
    <message>
        <source>Whoever shows this certificate gets your password and tokens. Get the fingerprint from whoever runs the appliance, or at its console: a browser on this computer can be shown the same false certificate. Deny it if you have not asked for this.</source>
        <translation>Той, хто показує цей сертифікат, отримує ваш пароль і токени. Дізнайтеся відбиток в адміністратора пристрою або на консолі самого пристрою: браузеру на цьому комп&apos;ютері можуть показати такий самий підроблений сертифікат. Відмовте, якщо ви про це не просили.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentWindow</name>
    <message>
        <source>Allow</source>
        <translation>Дозволити</translation>
    </message>
    <message>
        <source>&amp;This time</source>
        <translation>&amp;Цього разу</translation>
    </message>
    <message>
        <source>For one &amp;hour</source>
        <translation>На одну &amp;годину</translation>
    </message>
    <message>
        <source>&amp;Until the screen locks</source>
        <translation>До &amp;блокування екрана</translation>
    </message>
    <message>
        <source>Al&amp;ways</source>
        <translation>&amp;Завжди</translation>
    </message>
    <message>
        <source>It is not certain which program this is, so it can only be allowed this time.</source>
        <translation>Достеменно не відомо, яка це програма, тому дозволити можна лише цього разу.</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Відмовити</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Дозволити</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>The system vouches for this</source>
        <translation>За це ручається система</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Програма</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Через</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Ким запущено</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Термінал</translation>
    </message>
    <message>
        <source>Only the program itself says this</source>
        <translation>Так каже лише сама програма</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Скрипт</translation>
    </message>
    <message>
        <source>1 more program is waiting.</source>
        <translation>Очікує ще 1 програма.</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs are waiting.</source>
        <translation>
            <numerusform>Очікує ще %n програма.</numerusform>
            <numerusform>Очікують ще %n програми.</numerusform>
            <numerusform>Очікує ще %n програм.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not certain which program this is.</source>
        <translation>Достеменно не відомо, яка це програма.</translation>
    </message>
    <message>
        <source>A longer choice allows every script that %1 runs.</source>
        <translation>Довший вибір дозволяє всі скрипти, які виконує %1.</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed this certificate</source>
        <translation>Адміністратор пристрою &amp;підтвердив цей сертифікат</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Називає себе</translation>
    </message>
    <message>
        <source>Started by, as it says</source>
        <translation>Ким запущено, за словами програми</translation>
    </message>
    <message>
        <source>The button works in a moment.</source>
        <translation>Кнопка запрацює за мить.</translation>
    </message>
    <message>
        <source>Tick the box above first.</source>
        <translation>Спочатку поставте позначку вище.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Coordinator</name>
    <message>
        <source>Memory only: no token is saved, and all sessions end with Latchkey.</source>
        <translation>Лише в пам&apos;яті: токени не зберігаються, і всі сеанси завершаться разом із Latchkey.</translation>
    </message>
    <message>
        <source>Progra&amp;ms</source>
        <translation>&amp;Програми</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CopyMenu</name>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Токен</translation>
    </message>
    <message>
        <source>As &amp;header</source>
        <translation>Як &amp;заголовок</translation>
    </message>
    <message>
        <source>As c&amp;url</source>
        <translation>Як c&amp;url</translation>
    </message>
    <message>
        <source>As &amp;PowerShell</source>
        <translation>Як &amp;PowerShell</translation>
    </message>
    <message>
        <source>As .http &amp;file</source>
        <translation>Як &amp;файл .http</translation>
    </message>
    <message>
        <source>&amp;Command for scripts</source>
        <translation>&amp;Команда для скриптів</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DesktopClipboard</name>
    <message>
        <source>Copying…</source>
        <translation>Копіювання…</translation>
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
        <translation>Діагностика</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Поступ</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Результати</translation>
    </message>
    <message>
        <source>C&amp;opy findings</source>
        <translation>Копіювати &amp;результати</translation>
    </message>
    <message>
        <source>Doctor – %1</source>
        <translation>Діагностика – %1</translation>
    </message>
    <message>
        <source>Looked at %1 of %2…</source>
        <translation>Перевірено %1 з %2…</translation>
    </message>
    <message>
        <source>Stopped: looked at %1 of %2</source>
        <translation>Зупинено: перевірено %1 з %2</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>Проблем не знайдено</translation>
    </message>
    <message>
        <source>One problem was found</source>
        <translation>Знайдено одну проблему</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Зупинити</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>Перевірити з&amp;нову</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found</source>
        <translation>
            <numerusform>Знайдено %n проблему</numerusform>
            <numerusform>Знайдено %n проблеми</numerusform>
            <numerusform>Знайдено %n проблем</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w session</source>
        <translation>Показати &amp;сеанс</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DonePage</name>
    <message>
        <source>Command for scripts</source>
        <translation>Команда для скриптів</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Latchkey keeps %1 signed in from now on. Scripts get its token with this line:</source>
        <translation>Відтепер Latchkey підтримує вхід до %1. Скрипти отримують токен цим рядком:</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Вхід виконано</translation>
    </message>
    <message>
        <source>This desktop has no tray: when you close the window, it minimizes.</source>
        <translation>На цій стільниці немає системного лотка: коли ви закриваєте вікно, воно згортається.</translation>
    </message>
    <message>
        <source>There is no keychain that Latchkey could use: the session ends with Latchkey.</source>
        <translation>Немає в&apos;язки ключів, яку Latchkey міг би використати: сеанс завершиться разом із Latchkey.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Копіювати</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Запускати Latchkey, коли я входжу на цей комп&apos;ютер</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::FormHead</name>
    <message>
        <source>Sign in to an appliance</source>
        <translation>Вхід на пристрій</translation>
    </message>
    <message>
        <source>A link or another program filled in %1. Check that it is your appliance before you type a password.</source>
        <translation>Адресу %1 заповнила інша програма або посилання. Перевірте, чи це ваш пристрій, перш ніж вводити пароль.</translation>
    </message>
    <message>
        <source>A link or another program filled in what is no address. Type that of your appliance.</source>
        <translation>Інша програма або посилання заповнили поле тим, що не є адресою. Введіть адресу свого пристрою.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::GeneralPage</name>
    <message>
        <source>As the desktop</source>
        <translation>Як на стільниці</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Запускати Latchkey, коли я входжу на цей комп&apos;ютер</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Мова</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Вигляд</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Світлий</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Темний</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>Значок у лотку</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>Кольоровий</translation>
    </message>
    <message>
        <source>As a symbol</source>
        <translation>Як символ</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>Мо&amp;ва</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>Ви&amp;гляд</translation>
    </message>
    <message>
        <source>&amp;Tray icon</source>
        <translation>Значок у &amp;лотку</translation>
    </message>
    <message>
        <source>The language changes when Latchkey starts again.</source>
        <translation>Мова зміниться після перезапуску Latchkey.</translation>
    </message>
    <message>
        <source>This could not be changed. Is your configuration folder writable, and the disk not full?</source>
        <translation>Не вдалося це змінити. Чи можна писати до вашої теки налаштувань і чи не заповнено диск?</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry is for other desktops only. Check the box to change that.</source>
        <translation>Ваша стільниця не запускає Latchkey: запис автозапуску призначено лише для інших стільниць. Щоб змінити це, поставте позначку.</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry names a program that is not there. Check the box to change that.</source>
        <translation>Ваша стільниця не запускає Latchkey: запис автозапуску вказує на програму, якої немає. Щоб змінити це, поставте позначку.</translation>
    </message>
    <message>
        <source>This cannot be changed: the folder for autostart entries is not writable.</source>
        <translation>Це неможливо змінити: тека записів автозапуску недоступна для запису.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HandOutTable</name>
    <message>
        <source>Hand-outs</source>
        <translation>Видачі</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Довідка</translation>
    </message>
    <message>
        <source>How a session is</source>
        <translation>Стан сеансу</translation>
    </message>
    <message>
        <source>It waits for a code, a sign-in, the keychain, or a decision about a certificate.</source>
        <translation>Очікує на код, вхід, в&apos;язку ключів або рішення щодо сертифіката.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Увійдіть знову.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Scripts go on meanwhile.</source>
        <translation>Latchkey продовжує спроби. Скрипти тим часом працюють далі.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Until it succeeds, scripts get no token.</source>
        <translation>Latchkey продовжує спроби. Доки не вдасться, скрипти не отримують токен.</translation>
    </message>
    <message>
        <source>Somebody is being signed in, or a token is on its way.</source>
        <translation>Виконується вхід, або токен уже на шляху.</translation>
    </message>
    <message>
        <source>By you, or nobody has signed in yet.</source>
        <translation>Вами, або ще ніхто не входив.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Клавіші</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 або %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Фільтр</translation>
    </message>
    <message>
        <source>What the chosen session needs, or its token</source>
        <translation>Те, чого потребує вибраний сеанс, або його токен</translation>
    </message>
    <message>
        <source>All that can be done with it</source>
        <translation>Усе, що можна з ним зробити</translation>
    </message>
    <message>
        <source>Closes a window, and empties the filter</source>
        <translation>Закриває вікно й очищає фільтр</translation>
    </message>
    <message>
        <source>All is well. Latchkey refreshes the token by itself.</source>
        <translation>Усе гаразд. Latchkey сам оновлює токен.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HistoryView</name>
    <message>
        <source>What happened</source>
        <translation>Історія подій</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>Копіювати &amp;подробиці</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::KindField</name>
    <message>
        <source>Kind</source>
        <translation>Тип пристрою</translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation>Визначається автоматично</translation>
    </message>
    <message>
        <source>No appliance that Latchkey knows answers there. Check the address, or choose the kind.</source>
        <translation>За цією адресою не відповідає жоден пристрій, відомий Latchkey. Перевірте адресу або виберіть тип.</translation>
    </message>
    <message>
        <source>Several kinds fit this address: %1. Choose one.</source>
        <translation>Цій адресі відповідає кілька типів: %1. Виберіть один.</translation>
    </message>
    <message>
        <source>Appliances of this kind answer at %1. Type the address of one with its port.</source>
        <translation>Пристрої цього типу відповідають за адресами: %1. Введіть адресу одного з них разом із портом.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerModel</name>
    <message>
        <source>From %1 to %2</source>
        <translation>Від %1 до %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Коли</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Сеанс</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Програма</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Термінал</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Відповідь</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerWindow</name>
    <message>
        <source>Fold &amp;repeats of a day</source>
        <translation>З&amp;гортати повтори за день</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Експортувати…</translation>
    </message>
    <message>
        <source>Tokens handed out</source>
        <translation>Видані токени</translation>
    </message>
    <message>
        <source>The last thousand times that somebody asked for an access token. The tokens themselves are never written down.</source>
        <translation>Останні 1000 запитів на токен доступу. Самі токени ніколи не записуються.</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Фільтр</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Фільтр</translation>
    </message>
    <message>
        <source>Session, program, script, answer …</source>
        <translation>Сеанс, програма, скрипт, відповідь …</translation>
    </message>
    <message>
        <source>No token has been handed out yet.</source>
        <translation>Ще не видано жодного токена.</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Фільтру нічого не відповідає.</translation>
    </message>
    <message>
        <source>Un&amp;block this program</source>
        <translation>&amp;Розблокувати цю програму</translation>
    </message>
    <message>
        <source>&amp;Block this program</source>
        <translation>За&amp;блокувати цю програму</translation>
    </message>
    <message>
        <source>Choose a row whose program is known.</source>
        <translation>Виберіть рядок, програма якого відома.</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>Програму %1 розблоковано.</translation>
    </message>
    <message>
        <source>No more programs can be blocked. Unblock one first.</source>
        <translation>Більше програм заблокувати не можна. Спершу розблокуйте якусь.</translation>
    </message>
    <message>
        <source>%1 and all its scripts get no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 та всі скрипти цієї програми не отримуватимуть токенів, доки ви не розблокуєте її тут або в параметрах, у розділі «Програми».</translation>
    </message>
    <message>
        <source>%1 gets no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 не отримуватиме токенів, доки ви не розблокуєте цю програму тут або в параметрах, у розділі «Програми».</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Експорт списку</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Таблиця (*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written. Is the folder writable, and the disk not full?</source>
        <translation>Не вдалося записати список. Чи можна писати до цієї теки і чи не заповнено диск?</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>Список збережено в %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LogLevelBox</name>
    <message>
        <source>Log</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Вимкнено</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Що відбувається</translation>
    </message>
    <message>
        <source>Each step</source>
        <translation>Кожен крок</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginForm</name>
    <message>
        <source>Appliance</source>
        <translation>Пристрій</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Ім&apos;я користувача</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>&amp;Залишатися в системі</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Увійти</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Скасувати</translation>
    </message>
    <message>
        <source>&amp;Appliance</source>
        <translation>&amp;Пристрій</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Ім&apos;я користувача</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>П&amp;ароль</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Показати пароль</translation>
    </message>
    <message>
        <source>In memory only: the session ends with Latchkey.</source>
        <translation>Лише в пам&apos;яті: сеанс завершиться разом із Latchkey.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in the keychain.</source>
        <translation>Зашифровано на цьому комп&apos;ютері, ключ — у в&apos;язці ключів.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in %1.</source>
        <translation>Зашифровано на цьому комп&apos;ютері, ключ — у %1.</translation>
    </message>
    <message>
        <source>There is no keychain here: the session stays in memory and ends with Latchkey.</source>
        <translation>Тут немає в&apos;язки ключів: сеанс залишається в пам&apos;яті й завершиться разом із Latchkey.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Виконується вхід…</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Перевірка пристрою…</translation>
    </message>
    <message>
        <source>Enter here the password that %1 has on %2.</source>
        <comment>a user, an appliance</comment>
        <translation>Введіть тут пароль користувача %1 на пристрої %2.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginWindow</name>
    <message>
        <source>Sign in</source>
        <translation>Вхід</translation>
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
        <translation>Ви ще не ввійшли на жоден пристрій</translation>
    </message>
    <message>
        <source>Sign in once. Latchkey then keeps the access token fresh, shows who you are on the appliance, and hands the token to you and your scripts.</source>
        <translation>Увійдіть один раз. Далі Latchkey вчасно оновлює токен доступу, показує, хто ви на пристрої, і видає токен вам та вашим скриптам.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Увійти</translation>
    </message>
    <message>
        <source>&amp;Latchkey</source>
        <translation>&amp;Latchkey</translation>
    </message>
    <message>
        <source>&amp;Sign in to another appliance…</source>
        <translation>&amp;Увійти на інший пристрій…</translation>
    </message>
    <message>
        <source>&amp;Tokens handed out…</source>
        <translation>Видані &amp;токени…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Параметри…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Довідка</translation>
    </message>
    <message>
        <source>&amp;Doctor…</source>
        <translation>Діа&amp;гностика…</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Повідомити про про&amp;блему…</translation>
    </message>
    <message>
        <source>&amp;About Latchkey</source>
        <translation>Пр&amp;о Latchkey</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Ви&amp;йти з програми</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Сеанс</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so Latchkey minimizes instead of hiding where nobody could find it. On GNOME, the AppIndicator extension adds a tray. Quit with %1.</source>
        <translation>На цій стільниці немає системного лотка, тому Latchkey згортається, а не ховається там, де його ніхто не знайде. У GNOME лоток додає розширення AppIndicator. Щоб вийти з програми, натисніть %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::MoreOptions</name>
    <message>
        <source>Name</source>
        <translation>Назва</translation>
    </message>
    <message>
        <source>S&amp;hort-lived session</source>
        <translation>&amp;Короткочасний сеанс</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Ідентифікатор клієнта</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Секрет клієнта</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Додатково</translation>
    </message>
    <message>
        <source>What you and your scripts call this session</source>
        <translation>Так цей сеанс називаєте ви та ваші скрипти</translation>
    </message>
    <message>
        <source>Asks the appliance for a session that ends soon when unused</source>
        <translation>Просить у пристрою сеанс, який невдовзі завершується, якщо ним не користуватися</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Назва</translation>
    </message>
    <message>
        <source>Kin&amp;d</source>
        <translation>&amp;Тип пристрою</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>Ід&amp;ентифікатор клієнта</translation>
    </message>
    <message>
        <source>&amp;Client secret</source>
        <translation>&amp;Секрет клієнта</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NeedBanner</name>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Наступний</translation>
    </message>
    <message>
        <source>Go to the next one of them</source>
        <translation>Перейти до наступного з них</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NetworkPage</name>
    <message>
        <source>Proxy</source>
        <translation>Проксі-сервер</translation>
    </message>
    <message>
        <source>As on this computer</source>
        <translation>Як на цьому комп&apos;ютері</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Немає</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Цей:</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Хост</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Порт</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Ім&apos;я користувача</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, choose “As on this computer” and set https_proxy.</source>
        <translation>Latchkey не зберігає пароль до проксі-сервера. Якщо він потрібен, виберіть «Як на цьому комп&apos;ютері» і вкажіть https_proxy.</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>Про&amp;ксі-сервер</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Хост</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>Пор&amp;т</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Ім&apos;я користувача</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy, without its port.</source>
        <translation>Введіть назву або адресу проксі-сервера, без порту.</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, ask your administrator.</source>
        <translation>Latchkey не зберігає пароль до проксі-сервера. Якщо він потрібен, зверніться до свого адміністратора.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Notices</name>
    <message>
        <source>%1: Sign-in ends soon</source>
        <comment>session</comment>
        <translation>%1: вхід невдовзі завершиться</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A program asks for your permission</source>
        <translation>Програма просить вашого дозволу</translation>
    </message>
    <message>
        <source>Latchkey goes on in the tray</source>
        <translation>Latchkey працює далі в системному лотку</translation>
    </message>
    <message>
        <source>Your sessions stay signed in. Click the icon to open the window again, or choose Quit in its menu.</source>
        <translation>Ваші сеанси залишаються активними. Натисніть значок, щоб знову відкрити вікно, або виберіть у його меню «Вийти з програми».</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Відкрити</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew, tokens expired</source>
        <translation>
            <numerusform>%n сеанс не вдається оновити, термін дії токена минув</numerusform>
            <numerusform>%n сеанси не вдається оновити, термін дії токенів минув</numerusform>
            <numerusform>%n сеансів не вдається оновити, термін дії токенів минув</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign-ins end soon</source>
        <translation>
            <numerusform>%n вхід скоро завершиться</numerusform>
            <numerusform>%n входи скоро завершаться</numerusform>
            <numerusform>%n входів скоро завершаться</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Only you can prolong it: sign in again before that.</source>
        <comment>time left</comment>
        <translation>%1. Продовжити вхід можете лише ви: до того часу ввійдіть знову.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PlainLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Копіювати</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PolicyComboBox</name>
    <message>
        <source>Programs</source>
        <translation>Програми</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Запитувати мене</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Ніколи</translation>
    </message>
    <message>
        <source>Get tokens without asking</source>
        <translation>Отримують токени без запитань</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ProgramsPage</name>
    <message>
        <source>Programs</source>
        <translation>Програми</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Програма</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Сеанс</translation>
    </message>
    <message>
        <source>No program is allowed for longer than once, and none is blocked.</source>
        <translation>Жодну програму не дозволено довше ніж на один раз і жодну не заблоковано.</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Заблоковано</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Усі</translation>
    </message>
    <message>
        <source>%1 and all its scripts</source>
        <translation>%1 та всі скрипти цієї програми</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, через latchkeyctl</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, через шлюз</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>До %1</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Завжди</translation>
    </message>
    <message>
        <source>Until the screen locks</source>
        <translation>До блокування екрана</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>&amp;Розблокувати</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>&amp;Скасувати дозвіл</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Доступ</translation>
    </message>
    <message>
        <source>What you decided about programs. In sessions that ask, those allowed here get tokens without a question. Sessions set to “Get tokens without asking” give theirs to every program that is not blocked here.</source>
        <translation>Ваші рішення щодо програм. У сеансах, де потрібно запитувати, дозволені тут програми отримують токени без запитань. Сеанси з параметром «Отримують токени без запитань» надають свої токени кожній програмі, яку тут не заблоковано.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::RenameDialog</name>
    <message>
        <source>Name</source>
        <translation>Назва</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>Перейменування сеансу</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Назва</translation>
    </message>
    <message>
        <source>Scripts that use the name %1 no longer get a token.</source>
        <translation>Скрипти, що використовують назву %1, більше не отримуватимуть токен.</translation>
    </message>
    <message>
        <source>Tokens and history stay.</source>
        <translation>Токени та історія залишаться.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ReportWindow</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>&amp;Зберегти звіт…</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Повідомлення про проблему</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>З&amp;акрити</translation>
    </message>
    <message>
        <source>The report is a file for whoever helps you. In it are versions, settings, sessions and what happened to them, what the doctor finds, and the last lines of the log.</source>
        <translation>Звіт — це файл для того, хто вам допомагає. У ньому версії, параметри, сеанси та історія їхніх подій, результати діагностики й останні рядки журналу.</translation>
    </message>
    <message>
        <source>It names your appliances and users. Before it is written, it is searched for all your passwords and tokens: none is in it.</source>
        <translation>У ньому названо ваші пристрої та користувачів. Перед записом у звіті шукають усі ваші паролі й токени: жодного з них у ньому немає.</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Журнал</translation>
    </message>
    <message>
        <source>If the problem comes back at times, turn the log on and wait for it. The file stays short, and no password or token is in it.</source>
        <translation>Якщо проблема час від часу повертається, увімкніть журнал і зачекайте на неї. Файл лишається коротким, і в ньому немає жодного пароля чи токена.</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Зберегти звіт</translation>
    </message>
    <message>
        <source>Looking at everything…</source>
        <translation>Триває повна перевірка…</translation>
    </message>
    <message>
        <source>Nothing was written: a secret would have been in it, such as a token that is part of a name. Rename what holds it, or try again once no sign-in is open.</source>
        <translation>Нічого не записано: до звіту потрапили б секретні дані, наприклад токен, що є частиною назви. Перейменуйте те, що їх містить, або спробуйте знову, коли не виконуватиметься жоден вхід.</translation>
    </message>
    <message>
        <source>Nothing was written to %1. Choose a folder that you may write to, on a disk with room.</source>
        <translation>До %1 нічого не записано. Виберіть теку, до якої ви можете писати, на диску з вільним місцем.</translation>
    </message>
    <message>
        <source>Written to %1. Read it before you send it.</source>
        <translation>Записано до %1. Прочитайте, перш ніж надсилати.</translation>
    </message>
    <message>
        <source>It is in the name of session number %1 of those that latchkeyctl list prints.</source>
        <translation>Вони містяться в назві сеансу номер %1 з тих, які виводить latchkeyctl list.</translation>
    </message>
    <message>
        <source>Nothing was written: what is told of %1 holds a secret, such as a token that is part of a name. Rename that, or try again once no sign-in is open.</source>
        <translation>Нічого не записано: відомості про сеанс %1 містять секретні дані, наприклад токен, що є частиною назви. Перейменуйте те, що їх містить, або спробуйте знову, коли не виконуватиметься жоден вхід.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecretField</name>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Вставити</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>Ви&amp;далити</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Позначити все</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Section</name>
    <message>
        <source>Unfolded</source>
        <translation>Розгорнуто</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Згорнуто</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecurityPage</name>
    <message>
        <source>Lock &amp;when the screen locks or the computer sleeps</source>
        <translation>Бл&amp;окувати, коли блокується екран або комп&apos;ютер переходить у режим сну</translation>
    </message>
    <message>
        <source>Clear a copied token &amp;once it is pasted, at the latest after:</source>
        <translation>П&amp;рибирати скопійований токен після вставлення, щонайпізніше через:</translation>
    </message>
    <message>
        <source>Programs get no tokens meanwhile. Sessions stay fresh.</source>
        <translation>У цей час програми не отримують токенів. Сеанси й далі оновлюються.</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> с</translation>
    </message>
    <message>
        <source>Seconds until a copied token is cleared</source>
        <translation>Секунди до прибирання скопійованого токена</translation>
    </message>
    <message>
        <source>Programs, in new sessions</source>
        <translation>Програми в нових сеансах</translation>
    </message>
    <message>
        <source>Programs, &amp;in new sessions</source>
        <translation>Програми в &amp;нових сеансах</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Сеанси</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionOrder</name>
    <message numerus="yes">
        <source>Needs you (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Потребує уваги (%n)</numerusform>
            <numerusform>Потребують уваги (%n)</numerusform>
            <numerusform>Потребують уваги (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot renew (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Не вдається оновити (%n)</numerusform>
            <numerusform>Не вдається оновити (%n)</numerusform>
            <numerusform>Не вдається оновити (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed in (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Вхід виконано (%n)</numerusform>
            <numerusform>Вхід виконано (%n)</numerusform>
            <numerusform>Вхід виконано (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Вихід виконано (%n)</numerusform>
            <numerusform>Вихід виконано (%n)</numerusform>
            <numerusform>Вихід виконано (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionPanel</name>
    <message>
        <source>Copy in another form</source>
        <translation>Копіювати в іншому вигляді</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Тип пристрою</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Більше</translation>
    </message>
    <message>
        <source>Access by programs</source>
        <translation>Доступ програм</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>З&apos;єднання</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Подробиці</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>Істо&amp;рія подій</translation>
    </message>
    <message>
        <source>&amp;Programs</source>
        <translation>&amp;Програми</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Стан</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Користувач</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>Тип користувача</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>Другий фактор</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Токен доступу</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Токен оновлення</translation>
    </message>
    <message>
        <source>Next refresh</source>
        <translation>Наступне оновлення</translation>
    </message>
    <message>
        <source>Appliance clock</source>
        <translation>Годинник пристрою</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Місце зберігання</translation>
    </message>
    <message>
        <source>As a command, a header or a file</source>
        <translation>Як команда, заголовок або файл</translation>
    </message>
    <message>
        <source>There is no token to give now.</source>
        <translation>Зараз немає токена для видачі.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionsPage</name>
    <message>
        <source>Nothing matches</source>
        <translation>Нічого не знайдено</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Додати</translation>
    </message>
    <message>
        <source>Sign in to another appliance</source>
        <translation>Увійти на інший пристрій</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Фільтр</translation>
    </message>
    <message>
        <source>By name, user, server or state (%1)</source>
        <comment>what the filter looks at; its keys</comment>
        <translation>За назвою, користувачем, сервером або станом (%1)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Параметри</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>З&amp;агальні</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>&amp;Безпека</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Мережа</translation>
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
        <translation>Зупинити і відкрити Latchkey</translation>
    </message>
    <message>
        <source>Another program keeps your sessions already.</source>
        <translation>Вашими сеансами вже керує інша програма.</translation>
    </message>
    <message>
        <source>%1 is running already, but does not answer.</source>
        <translation>%1 уже працює, але не відповідає.</translation>
    </message>
    <message>
        <source>%1 keeps your sessions. Stop it and open Latchkey?</source>
        <translation>Вашими сеансами керує %1. Зупинити і відкрити Latchkey?</translation>
    </message>
    <message>
        <source>%1 does not answer. Stop it and open Latchkey?</source>
        <translation>%1 не відповідає. Зупинити і відкрити Latchkey?</translation>
    </message>
    <message>
        <source>Waiting for it to end…</source>
        <translation>Очікування на завершення…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Спробувати знову</translation>
    </message>
    <message>
        <source>It is process %1, which listens at %2.</source>
        <translation>Це процес %1, що очікує з&apos;єднань на %2.</translation>
    </message>
    <message>
        <source>It listens at %1.</source>
        <translation>Програма очікує з&apos;єднань на %1.</translation>
    </message>
    <message>
        <source>Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you close this, it keeps your sessions, and no window opens.</source>
        <translation>Latchkey не може зупинити цю програму звідси. Завершіть її самостійно та виберіть «Спробувати знову». Якщо ви закриєте це повідомлення, вашими сеансами й далі керуватиме вона, і вікно не відкриється.</translation>
    </message>
    <message>
        <source>Only one program can keep them; latchkeyctl works with either.</source>
        <translation>Керувати ними може лише одна програма; latchkeyctl працює з будь-якою з них.</translation>
    </message>
    <message>
        <source>It is process %1.</source>
        <translation>Це процес %1.</translation>
    </message>
    <message>
        <source>If you stop it, sessions that are kept on this computer go on here, and those in memory only end. If you cancel, it keeps them all, and no window opens.</source>
        <translation>Якщо ви зупините цю програму, сеанси, збережені на цьому комп&apos;ютері, триватимуть далі тут, а ті, що лише в пам&apos;яті, завершаться. Якщо скасуєте, усіма й далі керуватиме вона, і вікно не відкриється.</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Копіювати команду</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TokenClipboard</name>
    <message>
        <source>There is no token to copy. Sign in first.</source>
        <translation>Немає токена для копіювання. Спершу ввійдіть.</translation>
    </message>
    <message>
        <source>Command copied. It holds no token.</source>
        <translation>Команду скопійовано. Токена вона не містить.</translation>
    </message>
    <message>
        <source>Token copied.</source>
        <translation>Токен скопійовано.</translation>
    </message>
    <message>
        <source>It ends in %1 s.</source>
        <translation>Він діє ще %1 с.</translation>
    </message>
    <message>
        <source>It can be pasted once, within %1 s.</source>
        <translation>Його можна вставити один раз упродовж %1 с.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the desktop did not allow it. Try again here.</source>
        <translation>Нічого не скопійовано, бо стільниця цього не дозволила. Спробуйте знову тут.</translation>
    </message>
    <message>
        <source>The token is about to end. It is being refreshed and then copied.</source>
        <translation>Термін дії токена спливає. Його буде оновлено, а потім скопійовано.</translation>
    </message>
    <message>
        <source>The token could not be refreshed, so nothing was copied.</source>
        <translation>Токен не вдалося оновити, тому нічого не скопійовано.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the appliance that you trust does not answer. Look under Connection.</source>
        <translation>Нічого не скопійовано, бо пристрій, якому ви довіряєте, не відповідає. Перегляньте розділ «З&apos;єднання».</translation>
    </message>
    <message>
        <source>curl knows the appliance by its key, and sends the token to no other.</source>
        <translation>curl розпізнає пристрій за його ключем і не надсилає токен жодному іншому.</translation>
    </message>
    <message>
        <source>Nothing was copied: curl cannot check this appliance&apos;s certificate.</source>
        <translation>Нічого не скопійовано: curl не може перевірити сертифікат цього пристрою.</translation>
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
        <translation>Увійти на інший пристрій…</translation>
    </message>
    <message>
        <source>Tokens handed out…</source>
        <translation>Видані токени…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Параметри…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Відкрити</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Вийти з програми</translation>
    </message>
    <message>
        <source>All sessions (%1)…</source>
        <translation>Усі сеанси (%1)…</translation>
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
        <translation>Не вдається оновити</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TroubleBanner</name>
    <message>
        <source>Programs get no token until you decide.</source>
        <translation>Програми не отримуватимуть токен, доки ви не приймете рішення.</translation>
    </message>
    <message>
        <source>Not refreshed until you decide; programs get the token until %1.</source>
        <translation>Без оновлення, доки ви не приймете рішення; програми отримують токен до %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrustPage</name>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed the new one</source>
        <translation>&amp;Адміністратор пристрою підтвердив новий відбиток</translation>
    </message>
    <message>
        <source>Trust this appliance</source>
        <translation>Довіряти цьому пристрою</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Скасувати</translation>
    </message>
    <message>
        <source>Is this your appliance?</source>
        <translation>Це ваш пристрій?</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for %1. That is usual for an appliance with a certificate of its own. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Цей комп&apos;ютер не знає, хто ручається за %1. Це звичайна річ для пристрою з власним сертифікатом. На пристрій іще не надіслано ні пароля, ні токена. Порівняйте відбиток із тим, який показує сам пристрій.</translation>
    </message>
    <message>
        <source>Another certificate than before</source>
        <translation>Інший сертифікат, ніж раніше</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed, and nobody vouches for the new one.</source>
        <translation>Сертифікат %1 змінився, і за новий ніхто не ручається.</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed since you trusted it.</source>
        <translation>Сертифікат %1 змінився відтоді, як ви підтвердили довіру до нього.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Go on only if whoever runs the appliance says that its certificate was replaced, and tells you the same new fingerprint.</source>
        <translation>Можливо, хтось перехоплює дані між вами та пристроєм. На пристрій не надіслано ні пароля, ні токена. Продовжуйте, лише якщо адміністратор пристрою каже, що його сертифікат замінено, і називає вам такий самий новий відбиток.</translation>
    </message>
    <message>
        <source>Not the certificate that your administrator decided for</source>
        <translation>Не той сертифікат, який визначив ваш адміністратор</translation>
    </message>
    <message>
        <source>%1 shows another certificate.</source>
        <translation>%1 показує інший сертифікат.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Only your administrator can allow this certificate: ask them, and tell them both fingerprints.</source>
        <translation>Можливо, хтось перехоплює дані між вами та пристроєм. На пристрій не надіслано ні пароля, ні токена. Дозволити цей сертифікат може лише ваш адміністратор: зверніться до нього й повідомте йому обидва відбитки.</translation>
    </message>
    <message>
        <source>The certificate does not name %1.</source>
        <translation>У сертифікаті не вказано %1.</translation>
    </message>
    <message>
        <source>The certificate is for %1, not for %2.</source>
        <translation>Сертифікат видано для %1, а не для %2.</translation>
    </message>
    <message>
        <source>I have compared the &amp;fingerprint: it is the appliance&apos;s own</source>
        <translation>Від&amp;биток порівняно: це відбиток самого пристрою</translation>
    </message>
    <message>
        <source>Either the appliance shows the certificate that it came with, or something else answers in place of %1. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Або пристрій показує сертифікат, з яким його було поставлено, або замість %1 відповідає щось інше. Туди ще не надіслано ні пароля, ні токена. Порівняйте відбиток із тим, який показує сам пристрій.</translation>
    </message>
    <message>
        <source>Where to find it: ask whoever runs the appliance, or look at its console. A browser on this computer can be shown the same false certificate.</source>
        <translation>Де його знайти: запитайте адміністратора пристрою або подивіться на консолі самого пристрою. Браузеру на цьому комп&apos;ютері можуть показати такий самий підроблений сертифікат.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ValidityTimeline</name>
    <message>
        <source>Validity</source>
        <translation>Термін дії</translation>
    </message>
    <message>
        <source>No access token.</source>
        <translation>Токена доступу немає.</translation>
    </message>
    <message>
        <source>Access token good until %1.</source>
        <translation>Токен доступу дійсний до %1.</translation>
    </message>
    <message>
        <source>Access token expired at %1.</source>
        <translation>Термін дії токена доступу минув (%1).</translation>
    </message>
    <message>
        <source>Next refresh at %1.</source>
        <translation>Наступне оновлення: %1.</translation>
    </message>
    <message>
        <source>The sign-in ends at %1.</source>
        <translation>Вхід діє до %1.</translation>
    </message>
    <message>
        <source>Outages: %1.</source>
        <translation>Збоїв: %1.</translation>
    </message>
    <message>
        <source>Times that the computer slept: %1.</source>
        <translation>Переходів комп&apos;ютера в режим сну: %1.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>зараз</translation>
    </message>
    <message>
        <source>−%1 h</source>
        <comment>hours ago</comment>
        <translation>−%1 год</translation>
    </message>
    <message>
        <source>+%1 h</source>
        <comment>in hours</comment>
        <translation>+%1 год</translation>
    </message>
    <message>
        <source>Refreshes in the last day: %1.</source>
        <translation>Оновлень за останню добу: %1.</translation>
    </message>
</context>
</TS>
