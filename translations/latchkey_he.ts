<?xml version="1.0" encoding="utf-8"?>
<!--
SPDX-FileCopyrightText: 2026 The Latchkey authors
SPDX-License-Identifier: Apache-2.0
-->
<!DOCTYPE TS>
<TS version="2.1" language="he">
<context>
    <name>ActionText</name>
    <message>
        <source>Sign &amp;in</source>
        <translation>הת&amp;חברות</translation>
    </message>
    <message>
        <source>&amp;Enter code</source>
        <translation>הזנת &amp;קוד</translation>
    </message>
    <message>
        <source>Look at certi&amp;ficate</source>
        <translation>&amp;בדיקת התעודה</translation>
    </message>
    <message>
        <source>&amp;Copy token</source>
        <translation>ה&amp;עתקת אסימון</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>&amp;רענון כעת</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>ה&amp;תנתקות</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>&amp;שינוי שם</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>ה&amp;סרה</translation>
    </message>
    <message>
        <source>&amp;Doctor</source>
        <translation>&amp;אבחון</translation>
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
            <numerusform>%1 (%n פעם, לאחרונה: %2)</numerusform>
            <numerusform>%1 (%n פעמים, לאחרונה: %2)</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of accounts was not as Latchkey had left it</source>
        <translation>רשימת החשבונות לא הייתה כפי ש־Latchkey השאיר אותה</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>בוצעה התנתקות</translation>
    </message>
    <message>
        <source>Looked for what was kept</source>
        <translation>חיפוש נתונים שמורים</translation>
    </message>
    <message>
        <source>Verification code sent</source>
        <translation>קוד האימות נשלח</translation>
    </message>
    <message>
        <source>Sign-in started</source>
        <translation>ההתחברות החלה</translation>
    </message>
    <message>
        <source>Verification code refused</source>
        <translation>קוד האימות נדחה</translation>
    </message>
    <message>
        <source>Verification code asked for</source>
        <translation>התבקש קוד אימות</translation>
    </message>
    <message>
        <source>Certificate in question</source>
        <translation>התעודה מוטלת בספק</translation>
    </message>
    <message>
        <source>Session restored</source>
        <translation>ההפעלה שוחזרה</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>בוצעה התחברות</translation>
    </message>
    <message>
        <source>The appliance said: %1</source>
        <translation>הודעת המכשיר: %1</translation>
    </message>
    <message>
        <source>HTTP status: %1</source>
        <translation>מצב HTTP: %1</translation>
    </message>
    <message>
        <source>The appliance&apos;s time: %1</source>
        <translation>השעה במכשיר: %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>בקשה: %1</translation>
    </message>
    <message>
        <source>Latchkey started.</source>
        <translation>‏Latchkey נפתח.</translation>
    </message>
    <message>
        <source>The session was kept.</source>
        <translation>ההפעלה הייתה שמורה.</translation>
    </message>
    <message>
        <source>No session was kept.</source>
        <translation>לא הייתה הפעלה שמורה.</translation>
    </message>
    <message>
        <source>Something other than Latchkey changed it, or Latchkey ended in the midst of a change. Appliance, user, policy and trusted certificate are as they were sealed with the session.</source>
        <translation>הרשימה שונתה שלא בידי Latchkey, או ש־Latchkey נסגר באמצע שינוי. המכשיר, המשתמש, המדיניות והתעודה המהימנה הם כפי שהוצפנו עם ההפעלה.</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>לא ניתן היה לקרוא את הנתונים השמורים.</translation>
    </message>
    <message>
        <source>Somebody signed in.</source>
        <translation>התבקשה התחברות.</translation>
    </message>
    <message>
        <source>Somebody entered a verification code.</source>
        <translation>הוזן קוד אימות.</translation>
    </message>
    <message>
        <source>Somebody trusted the certificate.</source>
        <translation>אושר אמון בתעודה.</translation>
    </message>
    <message>
        <source>Nobody trusted the certificate.</source>
        <translation>לא אושר אמון בתעודה.</translation>
    </message>
    <message>
        <source>Somebody cancelled it.</source>
        <translation>הפעולה בוטלה.</translation>
    </message>
    <message>
        <source>A program wanted a token that lasts longer.</source>
        <translation>תוכנית ביקשה אסימון שתוקפו ארוך יותר.</translation>
    </message>
    <message>
        <source>Somebody signed out.</source>
        <translation>התבקשה התנתקות.</translation>
    </message>
    <message>
        <source>It was time.</source>
        <translation>הגיע המועד המתוכנן.</translation>
    </message>
    <message>
        <source>The network went away.</source>
        <translation>הרשת נותקה.</translation>
    </message>
    <message>
        <source>The network came back.</source>
        <translation>הרשת חזרה.</translation>
    </message>
    <message>
        <source>The computer woke up.</source>
        <translation>המחשב התעורר.</translation>
    </message>
    <message>
        <source>The computer went to sleep.</source>
        <translation>המחשב עבר לשינה.</translation>
    </message>
    <message>
        <source>The appliance granted it.</source>
        <translation>המכשיר אישר את הבקשה.</translation>
    </message>
    <message>
        <source>The appliance asked for a verification code.</source>
        <translation>המכשיר ביקש קוד אימות.</translation>
    </message>
    <message>
        <source>The appliance showed a certificate that is not trusted.</source>
        <translation>המכשיר הציג תעודה שאינה מהימנה.</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>האסימון רוענן</translation>
    </message>
    <message>
        <source>Refresh started</source>
        <translation>רענון האסימון החל</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <translation>הרענון נכשל</translation>
    </message>
    <message>
        <source>Somebody asked for a refresh.</source>
        <translation>התבקש רענון.</translation>
    </message>
    <message>
        <source>The appliance did not grant it.</source>
        <translation>המכשיר לא אישר את הבקשה.</translation>
    </message>
    <message>
        <source>There was no answer.</source>
        <translation>לא התקבלה תשובה.</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Looking…</source>
        <translation>בבדיקה…</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>לא נבדק</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>לא נמצאה בעיה</translation>
    </message>
</context>
<context>
    <name>HandOutView</name>
    <message>
        <source>Clipboard</source>
        <translation>לוח הגזירים</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>נמסר</translation>
    </message>
    <message>
        <source>Given, but ends sooner than asked</source>
        <translation>נמסר, אך יפוג מוקדם מהמבוקש</translation>
    </message>
    <message>
        <source>Copied by you</source>
        <translation>הועתק על ידך</translation>
    </message>
    <message>
        <source>Refused: something failed</source>
        <translation>נדחה: אירעה תקלה</translation>
    </message>
    <message>
        <source>Refused: signed out</source>
        <translation>נדחה: לא מחובר</translation>
    </message>
    <message>
        <source>Refused: appliance out of reach</source>
        <translation>נדחה: המכשיר אינו זמין</translation>
    </message>
    <message>
        <source>Refused: not allowed</source>
        <translation>נדחה: לא מורשה</translation>
    </message>
    <message>
        <source>Refused: certificate in question</source>
        <translation>נדחה: התעודה מוטלת בספק</translation>
    </message>
    <message>
        <source>Refused: blocked by you</source>
        <translation>נדחה: התוכנית נחסמה על ידך</translation>
    </message>
    <message>
        <source>Refused: verification code needed</source>
        <translation>נדחה: נדרש קוד אימות</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>answer</comment>
        <translation>
            <numerusform>%1 (פעם אחת)</numerusform>
            <numerusform>%1 (%n פעמים)</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: asked for longer than tokens live</source>
        <translation>נדחה: התבקש תוקף ארוך מתוקפם של האסימונים</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Start in the tray.</source>
        <translation>התחלה במגש המערכת.</translation>
    </message>
    <message>
        <source>Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.</source>
        <translation>שמירת אסימונים בזיכרון בלבד, ללא שימוש במחזיק מפתחות: הפעלות נמשכות עד לסגירת Latchkey.</translation>
    </message>
    <message>
        <source>Open the sign-in window for the appliance at &lt;url&gt;.</source>
        <translation>פתיחת חלון ההתחברות למכשיר בכתובת &lt;url&gt;.</translation>
    </message>
    <message>
        <source>Open the sign-in window for this user.</source>
        <translation>פתיחת חלון ההתחברות עבור משתמש זה.</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances.</source>
        <translation>שומר על ההתחברות שלך למכשירי הגיבוי.</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Latchkey’s folder belongs to another user, so it is not used.</source>
        <translation>התיקייה של Latchkey שייכת למשתמש אחר, ולכן לא נעשה בה שימוש.</translation>
    </message>
    <message>
        <source>Remove %1, or have it given to you, and start Latchkey again.</source>
        <translation>יש להסיר את %1, או לבקש את העברת הבעלות על התיקייה אליך, ולפתוח את Latchkey מחדש.</translation>
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
        <translation>תוכנית לא ידועה (תהליך %1)</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>תוכנית לא ידועה</translation>
    </message>
    <message>
        <source>%1, run by %2</source>
        <comment>a script, an interpreter</comment>
        <translation>%1, בהרצת %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a program, a terminal</comment>
        <translation>%1 ב־%2</translation>
    </message>
    <message>
        <source>%1 over SSH</source>
        <comment>a program</comment>
        <translation>%1 דרך SSH</translation>
    </message>
    <message>
        <source>%1, started by %2</source>
        <comment>a program, another one</comment>
        <translation>%1, שנפתחה על ידי %2</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, דרך השער</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, דרך latchkeyctl</translation>
    </message>
    <message>
        <source>%1,</source>
        <comment>a program, at the beginning of a sentence</comment>
        <translation>%1,</translation>
    </message>
    <message>
        <source>Program: %1</source>
        <translation>תוכנית: %1</translation>
    </message>
    <message>
        <source>Script, as it says: %1</source>
        <translation>סקריפט, לדבריו: %1</translation>
    </message>
    <message>
        <source>Through: %1</source>
        <translation>דרך: %1</translation>
    </message>
    <message>
        <source>Started by: %1</source>
        <translation>נפתחה על ידי: %1</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>מסוף: %1</translation>
    </message>
    <message>
        <source>“%1” (as it says)</source>
        <comment>what only a program itself says: its name, or its script</comment>
        <translation>„%1” (לדבריה)</translation>
    </message>
    <message>
        <source>Calls itself: %1</source>
        <translation>מזדהה בשם: %1</translation>
    </message>
    <message>
        <source>Started by, as it says: %1</source>
        <translation>נפתחה על ידי, לדבריה: %1</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>מיקום:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>&amp;שם הקובץ:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>סוג הקבצים:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>ש&amp;מירה</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>‏%1 כבר קיים.
להחליף אותו?</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;ביטול פעולה</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>בי&amp;צוע מחדש</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;גזירה</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>ה&amp;עתקה</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>ה&amp;דבקה</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>מחיקה</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>בחירת הכול</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>אישור</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ביטול</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>סגירה</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>שמירה</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;כן</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;לא</translation>
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
        <translation>ה&amp;עתקה</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>בחירת הכול</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>%1 wants Latchkey to trust a certificate for %2.</source>
        <translation>‏%1 מבקשת ש־Latchkey ייתן אמון בתעודה עבור %2.</translation>
    </message>
    <message>
        <source>%1 wants Latchkey to trust another certificate for %2.</source>
        <translation>‏%1 מבקשת ש־Latchkey ייתן אמון בתעודה אחרת עבור %2.</translation>
    </message>
    <message>
        <source>%1 wants to sign %2 out.</source>
        <translation>‏%1 מבקשת להתנתק מ־%2.</translation>
    </message>
    <message>
        <source>%1 wants to remove %2.</source>
        <translation>‏%1 מבקשת להסיר את %2.</translation>
    </message>
    <message>
        <source>%1 wants to use the name %2 for another appliance or user.</source>
        <translation>‏%1 מבקשת להשתמש בשם %2 עבור מכשיר אחר או משתמש אחר.</translation>
    </message>
    <message>
        <source>%1 wants to rename %2 to %3.</source>
        <translation>‏%1 מבקשת לשנות את השם %2 ל־%3.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2.</source>
        <translation>‏%1 מבקשת אסימון של %2.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2: %3.</source>
        <comment>a program, a session, who is signed in there</comment>
        <translation>‏%1 מבקשת אסימון של %2: %3.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a user, the role</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>ל&amp;אפשר</translation>
    </message>
    <message>
        <source>&amp;Trust this certificate</source>
        <translation>לתת &amp;אמון בתעודה זו</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>ל&amp;התנתק</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>ל&amp;הסיר</translation>
    </message>
    <message>
        <source>&amp;Change the account</source>
        <translation>לשנות את ה&amp;חשבון</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>לשנות את ה&amp;שם</translation>
    </message>
    <message>
        <source>%1 wants to add the session %2 and sign in to it.</source>
        <translation>‏%1 מבקשת להוסיף את ההפעלה %2 ולהתחבר אליה.</translation>
    </message>
    <message>
        <source>&amp;Add the session</source>
        <translation>ל&amp;הוסיף את ההפעלה</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1. Correct the file; Latchkey reads it again by itself.</source>
        <comment>file: what is wrong in it</comment>
        <translation>‏⁦%1⁩. יש לתקן את הקובץ; Latchkey יקרא אותו שוב בעצמו.</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>רשימת החשבונות</translation>
    </message>
    <message>
        <source>The administrator’s policy</source>
        <translation>המדיניות של מנהל המערכת</translation>
    </message>
    <message>
        <source>Kind file</source>
        <translation>קובץ סוג</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>מחזיק מפתחות</translation>
    </message>
    <message>
        <source>Enter the appliance&apos;s address, such as https://backup.example.com.</source>
        <translation>נא להזין את כתובת המכשיר, למשל https://backup.example.com.</translation>
    </message>
    <message>
        <source>This is not the address of an appliance. Enter one such as https://backup.example.com.</source>
        <translation>זו אינה כתובת של מכשיר. נא להזין כתובת כמו https://backup.example.com.</translation>
    </message>
    <message>
        <source>Passwords are not sent over http. Enter an https address.</source>
        <translation>סיסמאות אינן נשלחות ב־http. נא להזין כתובת https.</translation>
    </message>
    <message>
        <source>Enter an address of up to 2048 characters.</source>
        <translation>נא להזין כתובת באורך של עד 2048 תווים.</translation>
    </message>
    <message>
        <source>Enter a user name of up to 256 characters.</source>
        <translation>נא להזין שם משתמש באורך של עד 256 תווים.</translation>
    </message>
    <message>
        <source>Enter a short name for this session, such as prod.</source>
        <translation>נא להזין שם קצר להפעלה זו, למשל prod.</translation>
    </message>
    <message>
        <source>Enter a client ID of up to 256 characters.</source>
        <translation>נא להזין מזהה לקוח באורך של עד 256 תווים.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance.</source>
        <translation>‏Latchkey אינו מכיר סוג זה של מכשיר.</translation>
    </message>
    <message>
        <source>Another appliance or user has this name. Choose another name.</source>
        <translation>שם זה כבר שייך למכשיר אחר או למשתמש אחר. נא לבחור שם אחר.</translation>
    </message>
    <message>
        <source>The list of accounts names another appliance or user than what is kept under this name. Unlock the keychain, so that Latchkey sees which is right, or remove the session.</source>
        <translation>רשימת החשבונות מציינת מכשיר או משתמש שונים מאלה השמורים בשם זה. יש לפתוח את מחזיק המפתחות כדי ש־Latchkey יראה מה נכון, או להסיר את ההפעלה.</translation>
    </message>
    <message>
        <source>This session waits for a sign-in, a decision or the keychain. Rename it after that.</source>
        <translation>הפעלה זו ממתינה להתחברות, להחלטה או למחזיק המפתחות. ניתן לשנות את שמה לאחר מכן.</translation>
    </message>
    <message>
        <source>There are as many sessions as Latchkey can keep. Remove some first.</source>
        <translation>מספר ההפעלות הגיע למרב ש־Latchkey יכול לשמור. יש להסיר תחילה כמה מהן.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this appliance. Ask for it to be added to those that are allowed.</source>
        <translation>מנהל המערכת שלך אינו מתיר מכשיר זה. יש לבקש להוסיף אותו למכשירים המותרים.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this kind of appliance. Ask for it to be added to those that are allowed.</source>
        <translation>מנהל המערכת שלך אינו מתיר מכשירים מסוג זה. יש לבקש להוסיף אותם למכשירים המותרים.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy cannot be read, so nobody knows what it allows. Have it corrected.</source>
        <translation>לא ניתן לקרוא את המדיניות של מנהל המערכת שלך, ולכן לא ידוע מה היא מתירה. יש לבקש לתקן אותה.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault. Until it is corrected, nobody can sign in, and no token is given out: %1. Tell your administrator.</source>
        <translation>במדיניות של מנהל המערכת שלך יש שגיאה. עד לתיקונה לא ניתן להתחבר, ולא נמסרים אסימונים: ⁦%1⁩. נא להודיע למנהל המערכת.</translation>
    </message>
    <message>
        <source>Your administrator has set this session up. Sign in with your password.</source>
        <translation>מנהל המערכת שלך הגדיר הפעלה זו. נא להתחבר עם הסיסמה שלך.</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>מחזיק המפתחות נעול</translation>
    </message>
    <message>
        <source>Keychain needed</source>
        <translation>נדרש מחזיק מפתחות</translation>
    </message>
    <message>
        <source>What was kept cannot be read</source>
        <translation>לא ניתן לקרוא את הנתונים השמורים</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>התעודה השתנתה</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>התעודה אינה מהימנה</translation>
    </message>
    <message>
        <source>Verification code needed</source>
        <translation>נדרש קוד אימות</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>נדרשת סיסמה</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>נדרשת התחברות</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>מתבצעת התחברות…</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>בהמתנה למחזיק המפתחות</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>דורש את טיפולך</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>מחובר</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>מנותק</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>בעבודה</translation>
    </message>
    <message>
        <source>Cannot renew, token still good</source>
        <translation>לא ניתן לרענן, האסימון עדיין תקף</translation>
    </message>
    <message>
        <source>Cannot renew, token expired</source>
        <translation>לא ניתן לרענן, תוקף האסימון פג</translation>
    </message>
    <message>
        <source>Ended by the appliance</source>
        <translation>הסתיימה על ידי המכשיר</translation>
    </message>
    <message>
        <source>The proxy %1 hung up without an answer. Ask whoever runs it.</source>
        <translation>השרת המתווך %1 ניתק בלי להשיב. נא לפנות למנהל שלו.</translation>
    </message>
    <message>
        <source>The proxy %1 wants another user name and password (HTTP status 407). Set them, in https_proxy as http://USER:PASSWORD@HOST:PORT.</source>
        <translation>השרת המתווך %1 דורש שם משתמש וסיסמה אחרים (מצב HTTP‏ 407). יש להגדיר אותם ב־https_proxy בצורה http://USER:PASSWORD@HOST:PORT.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance&apos;s address; if it needs no proxy, name it in no_proxy.</source>
        <translation>השרת המתווך %1 אינו מצליח להגיע אל המכשיר (מצב HTTP‏ %2). נא לבדוק את כתובת המכשיר; אם אינו זקוק לשרת מתווך, יש להוסיף אותו ל־no_proxy.</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed there; if it needs no proxy, name it in no_proxy.</source>
        <translation>השרת המתווך %1 מסרב להתחבר אל המכשיר (מצב HTTP‏ %2). יש לבקש לאפשר זאת בשרת; אם המכשיר אינו זקוק לשרת מתווך, יש להוסיף אותו ל־no_proxy.</translation>
    </message>
    <message>
        <source>on the way</source>
        <comment>in place of its name: the proxy on the way …</comment>
        <translation>שבדרך</translation>
    </message>
    <message>
        <source>The proxy %1 is none that Latchkey can use. Set one that begins with http:// or socks5://, in https_proxy or in the system&apos;s settings.</source>
        <translation>‏Latchkey אינו יכול להשתמש בשרת המתווך %1. יש להגדיר ב־https_proxy או בהגדרות המערכת שרת שכתובתו מתחילה ב־http://‎ או ב־socks5://‎.</translation>
    </message>
    <message>
        <source>This user signs in through single sign-on, which Latchkey cannot do. Use a local user of the appliance.</source>
        <translation>משתמש זה מתחבר בכניסה יחידה (SSO), ו־Latchkey אינו תומך בכך. יש להשתמש במשתמש מקומי של המכשיר.</translation>
    </message>
    <message>
        <source>The appliance does not let this user in now. Open its web page: its licence agreement may have to be accepted first.</source>
        <translation>המכשיר אינו מאפשר כעת למשתמש זה להתחבר. יש לפתוח את דף האינטרנט שלו: ייתכן שצריך לאשר שם תחילה את הסכם הרישיון.</translation>
    </message>
    <message>
        <source>The appliance refused the user name or the password. Check both and try again.</source>
        <translation>המכשיר דחה את שם המשתמש או את הסיסמה. נא לבדוק את שניהם ולנסות שוב.</translation>
    </message>
    <message>
        <source>The appliance refused the client ID or the client secret. Check both and sign in again.</source>
        <translation>המכשיר דחה את מזהה הלקוח או את סוד הלקוח. נא לבדוק את שניהם ולהתחבר שוב.</translation>
    </message>
    <message>
        <source>What answers at this address refuses the session. Without https nobody can tell whether it is your appliance. If it is, sign in again.</source>
        <translation>מי שמשיב בכתובת זו דוחה את ההפעלה. ללא https לא ניתן לדעת אם זה המכשיר שלך. אם כן, נא להתחבר שוב.</translation>
    </message>
    <message>
        <source>The appliance&apos;s last answer never arrived, and it takes the old token no more. Sign in again.</source>
        <translation>התשובה האחרונה של המכשיר לא התקבלה, והוא אינו מקבל עוד את האסימון הישן. נא להתחבר שוב.</translation>
    </message>
    <message>
        <source>The appliance ended the session. Sign in again.</source>
        <translation>המכשיר סיים את ההפעלה. נא להתחבר שוב.</translation>
    </message>
    <message>
        <source>the appliance&apos;s port</source>
        <comment>another user listens at …</comment>
        <translation>הפתחה של המכשיר</translation>
    </message>
    <message>
        <source>Another user of this computer listens at %1. Nothing was sent to them. Find out who it is, and start your appliance or tunnel there again or at another port.</source>
        <translation>משתמש אחר במחשב זה מאזין על %1. לא נשלח אליו דבר. נא לברר מי זה, ולפתוח מחדש את המכשיר או את המנהרה שם או בפתחה אחרת.</translation>
    </message>
    <message>
        <source>The appliance broke off before the connection was secure, so nothing was sent. Check the port, and whether it wants a client certificate, which Latchkey does not have.</source>
        <translation>המכשיר ניתק את החיבור לפני שאובטח, ולכן לא נשלח דבר. נא לבדוק את הפתחה, ואם המכשיר דורש תעודת לקוח, שאין ל־Latchkey.</translation>
    </message>
    <message>
        <source>There is no keychain for the key to this session. Start one, such as GNOME Keyring or KWallet.</source>
        <translation>אין מחזיק מפתחות עבור המפתח של הפעלה זו. יש לפתוח אחד, כמו GNOME Keyring או KWallet.</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it.</source>
        <translation>מחזיק המפתחות נעול. נא לפתוח אותו.</translation>
    </message>
    <message>
        <source>The keychain was not unlocked: its question was answered with no, dismissed, or could not be shown. Unlock it, or sign in to be asked again.</source>
        <translation>מחזיק המפתחות לא נפתח: בקשתו נענתה בשלילה, נסגרה או לא ניתן היה להציגה. נא לפתוח אותו, או להתחבר כדי להישאל שוב.</translation>
    </message>
    <message>
        <source>The keychain has not answered yet. See whether it asks for something.</source>
        <translation>מחזיק המפתחות טרם השיב. נא לבדוק אם הוא שואל משהו.</translation>
    </message>
    <message>
        <source>The key to this session is in another keychain or database than the one that is open. Open that one.</source>
        <translation>המפתח של הפעלה זו נמצא במחזיק מפתחות או במסד נתונים אחר מזה שפתוח. נא לפתוח את המתאים.</translation>
    </message>
    <message>
        <source>The key to this session is gone from the keychain. Sign in again.</source>
        <translation>המפתח של הפעלה זו אינו עוד במחזיק המפתחות. נא להתחבר שוב.</translation>
    </message>
    <message>
        <source>The disk is full. Make room on it.</source>
        <translation>הכונן מלא. יש לפנות בו מקום.</translation>
    </message>
    <message>
        <source>Latchkey&apos;s data folder cannot be used. See that it can be made and that you may write to it.</source>
        <translation>לא ניתן להשתמש בתיקיית הנתונים של Latchkey. יש לוודא שניתן ליצור אותה ושיש לך הרשאת כתיבה בה.</translation>
    </message>
    <message>
        <source>What was kept of this session is damaged and was put aside. Sign in again.</source>
        <translation>הנתונים השמורים של הפעלה זו פגומים והועברו הצידה. נא להתחבר שוב.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance any more. Put its kind file back.</source>
        <translation>‏Latchkey אינו מכיר עוד סוג זה של מכשיר. יש להחזיר את קובץ הסוג שלו.</translation>
    </message>
    <message>
        <source>The kind file of this appliance is another one than at the sign-in. Put the old one back, or sign in again.</source>
        <translation>קובץ הסוג של מכשיר זה אינו זה שהיה בעת ההתחברות. יש להחזיר את הקובץ הישן, או להתחבר שוב.</translation>
    </message>
    <message>
        <source>The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or add the version to a kind file.</source>
        <translation>המכשיר אינו תומך באף גרסה ש־Latchkey מכיר. יש לחפש גרסה חדשה יותר של Latchkey, או להוסיף את הגרסה לקובץ סוג.</translation>
    </message>
    <message>
        <source>The appliance did not answer in time. Try again.</source>
        <translation>המכשיר לא השיב בזמן. נא לנסות שוב.</translation>
    </message>
    <message>
        <source>The appliance is busy or being updated. Try again later.</source>
        <translation>המכשיר עמוס או נמצא בתהליך עדכון. נא לנסות שוב מאוחר יותר.</translation>
    </message>
    <message>
        <source>The appliance refused the code. Wait for the next one in your authenticator and enter it.</source>
        <translation>המכשיר דחה את הקוד. נא להמתין לקוד הבא ביישום האימות ולהזין אותו.</translation>
    </message>
    <message>
        <source>What answered does not speak like an appliance. Check the address, and whether a proxy or a sign-in page stands in between.</source>
        <translation>נראה שהתשובה לא הגיעה ממכשיר. נא לבדוק את הכתובת, ואם בדרך נמצא שרת מתווך או דף התחברות.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not trusted, so nothing was sent. Look at it and decide.</source>
        <translation>התעודה של המכשיר אינה מהימנה, ולכן לא נשלח דבר. נא לבדוק אותה ולהחליט.</translation>
    </message>
    <message>
        <source>The appliance speaks only an outdated version of TLS, so nothing was sent. Have a newer one switched on there.</source>
        <translation>המכשיר תומך רק בגרסה מיושנת של TLS, ולכן לא נשלח דבר. יש לבקש להפעיל בו גרסה חדשה יותר.</translation>
    </message>
    <message>
        <source>What answers at this port speaks http, not https. Check the port.</source>
        <translation>בפתחה זו התשובה היא ב־http ולא ב־https. נא לבדוק את הפתחה.</translation>
    </message>
    <message>
        <source>What answers at this port does not speak https. Check the port.</source>
        <translation>בפתחה זו התשובה אינה ב־https. נא לבדוק את הפתחה.</translation>
    </message>
    <message>
        <source>Until then, this session ends with Latchkey.</source>
        <translation>כל עוד זה לא נפתר, הפעלה זו תסתיים עם סגירת Latchkey.</translation>
    </message>
    <message>
        <source>The disk has not taken it yet. Until it has, this holds only as long as Latchkey runs.</source>
        <translation>השמירה לכונן טרם הושלמה. עד אז, השינוי תקף רק כל עוד Latchkey פועל.</translation>
    </message>
    <message>
        <source>Signed out here. The appliance has not confirmed it, so the tokens may be good there until they end.</source>
        <translation>בוצעה התנתקות כאן. המכשיר לא אישר אותה, ולכן ייתכן שהאסימונים יהיו תקפים בו עד שיפוגו.</translation>
    </message>
    <message>
        <source>Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.</source>
        <translation>בוצעה התנתקות, אך לא ניתן להסיר את הנתונים השמורים מהכונן. Latchkey ינסה שוב.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate has changed. Find out why before you trust it.</source>
        <translation>התעודה של המכשיר השתנתה. יש לברר מדוע לפני מתן אמון בה.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not known. Compare its fingerprint, and trust it only if it is the same.</source>
        <translation>התעודה של המכשיר אינה מוכרת. יש להשוות את טביעת האצבע שלה, ולתת בה אמון רק אם היא זהה.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not the one that was named. Compare the two fingerprints.</source>
        <translation>התעודה של המכשיר אינה זו שצוינה. נא להשוות בין שתי טביעות האצבע.</translation>
    </message>
    <message>
        <source>The list of accounts could not be read in full; a copy is in %1. Kept sessions are back all the same. If one is missing, sign in to it again.</source>
        <translation>לא ניתן היה לקרוא את רשימת החשבונות במלואה; עותק שלה נמצא ב־%1. ההפעלות השמורות שוחזרו בכל זאת. אם חסרה הפעלה, יש להתחבר אליה שוב.</translation>
    </message>
    <message>
        <source>The socket for programs cannot be made; see the message above.</source>
        <translation>לא ניתן ליצור את השקע עבור תוכניות; יש לעיין בהודעה שלמעלה.</translation>
    </message>
    <message>
        <source>The clocks of the appliance and of this computer are more than a minute apart. Set them by a time server.</source>
        <translation>הפער בין השעון של המכשיר לשעון של מחשב זה גדול מדקה. יש לכוון אותם לפי שרת זמן.</translation>
    </message>
    <message>
        <source>Your administrator has decided which certificate this appliance has, and this is another one. Nobody else can trust it: ask your administrator.</source>
        <translation>מנהל המערכת שלך קבע מהי התעודה של מכשיר זה, וזו תעודה אחרת. איש מלבדו אינו יכול לתת בה אמון: נא לפנות למנהל המערכת.</translation>
    </message>
    <message>
        <source>The system does not tell Latchkey when the policy changes, so a change counts a few seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.</source>
        <translation>המערכת אינה מודיעה ל־Latchkey כשהמדיניות משתנה, ולכן שינוי נכנס לתוקף כעבור כמה שניות. יש להגדיל את מספר הקבצים שהיא מאפשרת לעקוב אחריהם, fs.inotify.max_user_watches.</translation>
    </message>
    <message>
        <source>1 session needs you</source>
        <translation>הפעלה אחת דורשת את טיפולך</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions need you</source>
        <translation>
            <numerusform>הפעלה אחת דורשת את טיפולך</numerusform>
            <numerusform>%n הפעלות דורשות את טיפולך</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session cannot renew</source>
        <translation>לא ניתן לרענן הפעלה אחת</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew</source>
        <translation>
            <numerusform>לא ניתן לרענן הפעלה אחת</numerusform>
            <numerusform>לא ניתן לרענן %n הפעלות</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed in</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>הפעלה אחת מחוברת</numerusform>
            <numerusform>%n הפעלות מחוברות</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed out</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>הפעלה אחת מנותקת</numerusform>
            <numerusform>%n הפעלות מנותקות</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>האסימון מתרענן…</translation>
    </message>
    <message>
        <source>The appliance asks for a verification code. Enter it.</source>
        <translation>המכשיר מבקש קוד אימות. נא להזין אותו.</translation>
    </message>
    <message>
        <source>Enter the user name that you have on the appliance.</source>
        <translation>נא להזין את שם המשתמש שיש לך במכשיר.</translation>
    </message>
    <message>
        <source>Use a name of up to 64 letters, digits and signs, without spaces, / and \, and without a - at its beginning.</source>
        <translation>יש להשתמש בשם של עד 64 אותיות, ספרות וסימנים, ללא רווחים, / ו־\, וללא - בתחילתו.</translation>
    </message>
    <message>
        <source>The appliance cannot be reached. Check the network and its address.</source>
        <translation>לא ניתן להגיע אל המכשיר. נא לבדוק את הרשת ואת כתובת המכשיר.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached. Check the network, and its address in https_proxy or in the system&apos;s settings.</source>
        <translation>לא ניתן להגיע אל השרת המתווך %1. נא לבדוק את הרשת, ואת כתובת השרת ב־https_proxy או בהגדרות המערכת.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault, so the last good one stays in force. Tell your administrator: %1.</source>
        <translation>במדיניות של מנהל המערכת שלך יש שגיאה, ולכן המדיניות התקינה האחרונה עדיין בתוקף. נא להודיע למנהל המערכת: ⁦%1⁩.</translation>
    </message>
</context>
<context>
    <name>SessionQuestions</name>
    <message>
        <source>Sign out of %1?</source>
        <translation>להתנתק מ־%1?</translation>
    </message>
    <message>
        <source>The appliance ends the session. Scripts that use this name get no token until somebody signs in again.</source>
        <translation>המכשיר יסיים את ההפעלה. סקריפטים שמשתמשים בשם זה לא יקבלו אסימון עד להתחברות מחדש.</translation>
    </message>
    <message>
        <source>Remove session</source>
        <translation>הסרת הפעלה</translation>
    </message>
    <message>
        <source>Remove the session %1?</source>
        <translation>להסיר את ההפעלה %1?</translation>
    </message>
    <message>
        <source>This cannot be undone. Latchkey signs out of the appliance and forgets the session with its tokens and its history. Scripts that use this name will no longer get a token.</source>
        <translation>פעולה זו אינה ניתנת לביטול. Latchkey יתנתק מהמכשיר וישכח את ההפעלה, על האסימונים וההיסטוריה שלה. סקריפטים שמשתמשים בשם זה לא יקבלו עוד אסימון.</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>%1 at %2</source>
        <comment>user at appliance</comment>
        <translation>%1 ב־%2</translation>
    </message>
    <message>
        <source>Token good until %1</source>
        <translation>האסימון תקף עד %1</translation>
    </message>
    <message>
        <source>Token expired at %1</source>
        <translation>תוקף האסימון פג (%1)</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>בשימוש</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>לא בשימוש</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, עד %2</translation>
    </message>
    <message>
        <source>Expired at %1</source>
        <translation>פג תוקף (%1)</translation>
    </message>
    <message>
        <source>None: the session ends with its access token</source>
        <translation>אין: ההפעלה מסתיימת עם אסימון הגישה שלה</translation>
    </message>
    <message>
        <source>The appliance does not say how long it lasts</source>
        <translation>המכשיר אינו מציין כמה זמן הוא תקף</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>כעת</translation>
    </message>
    <message>
        <source>In %1, at %2</source>
        <translation>בעוד %1 (%2)</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>תואם</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>ממהר ב־%1</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>מפגר ב־%1</translation>
    </message>
    <message>
        <source>In memory only: %1</source>
        <comment>why it is not kept</comment>
        <translation>בזיכרון בלבד: %1</translation>
    </message>
    <message>
        <source>Being kept…</source>
        <translation>בשמירה…</translation>
    </message>
    <message>
        <source>On this computer, sealed</source>
        <translation>במחשב זה, מוצפן</translation>
    </message>
    <message>
        <source>In memory only: ends with Latchkey</source>
        <translation>בזיכרון בלבד: מסתיימת עם סגירת Latchkey</translation>
    </message>
    <message>
        <source>Since %1, trying now.</source>
        <translation>מאז %1, מתבצע ניסיון כעת.</translation>
    </message>
    <message>
        <source>Since %1, next try in %2.</source>
        <translation>מאז %1, הניסיון הבא בעוד %2.</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>מאז %1.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 שנ׳</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 דק׳</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours and minutes</comment>
        <translation>%1 שע׳ %2 דק׳</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>נותרו %1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>פג תוקף</translation>
    </message>
    <message>
        <source>Cannot renew, token still good until %1</source>
        <translation>לא ניתן לרענן, האסימון תקף עד: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>יום אחד</numerusform>
            <numerusform>%n ימים</numerusform>
        </translation>
    </message>
    <message>
        <source>Not planned</source>
        <comment>refresh</comment>
        <translation>לא מתוכנן</translation>
    </message>
    <message>
        <source>Nothing kept</source>
        <translation>לא נשמר דבר</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>לא ידוע</translation>
    </message>
    <message>
        <source>None</source>
        <comment>access token or refresh token</comment>
        <translation>אין</translation>
    </message>
    <message>
        <source>Not until you decide</source>
        <translation>רק לאחר ההחלטה שלך</translation>
    </message>
</context>
<context>
    <name>ValidityLegend</name>
    <message>
        <source>Token good</source>
        <comment>a colour of the timeline</comment>
        <translation>האסימון תקף</translation>
    </message>
    <message>
        <source>Good once refreshed</source>
        <comment>a colour of the timeline</comment>
        <translation>תקף לאחר רענון</translation>
    </message>
    <message>
        <source>Refresh</source>
        <comment>a mark on the timeline</comment>
        <translation>רענון</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <comment>a colour of the timeline</comment>
        <translation>הרענון נכשל</translation>
    </message>
    <message>
        <source>Computer asleep</source>
        <comment>a colour of the timeline</comment>
        <translation>המחשב בשינה</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <comment>a mark on the timeline</comment>
        <translation>סיום ההתחברות</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AboutWindow</name>
    <message>
        <source>About Latchkey</source>
        <translation>על אודות Latchkey</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>&amp;דיווח על בעיה…</translation>
    </message>
    <message>
        <source>Latchkey %1</source>
        <comment>version</comment>
        <translation>Latchkey %1</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances. Latchkey is free software under the Apache License 2.0.</source>
        <translation>שומר על ההתחברות שלך למכשירי הגיבוי. Latchkey הוא תוכנה חופשית ברישיון Apache License 2.0‎.</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>רכיבים</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>רישיון</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AdministratorNote</name>
    <message>
        <source>Set by your administrator</source>
        <translation>נקבע על ידי מנהל המערכת שלך</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::BusyHint</name>
    <message>
        <source>Working</source>
        <translation>בעבודה</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CertificateBlock</name>
    <message>
        <source>Issued to</source>
        <translation>הונפקה עבור</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>הונפקה על ידי</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>תוקף</translation>
    </message>
    <message>
        <source>Trusted fingerprint</source>
        <translation>טביעת אצבע מהימנה</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>טביעת אצבע</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>העתקה</translation>
    </message>
    <message>
        <source>Paste to compare</source>
        <translation>הדבקה להשוואה</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 עד %2</translation>
    </message>
    <message>
        <source>Your administrator decided for (SHA-256)</source>
        <translation>זו שקבע מנהל המערכת שלך (SHA-256)</translation>
    </message>
    <message>
        <source>You trusted (SHA-256)</source>
        <translation>זו שנתת בה אמון (SHA-256)</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>טביעת אצבע SHA-256</translation>
    </message>
    <message>
        <source>It shows now (SHA-256)</source>
        <translation>זו שהמכשיר מציג כעת (SHA-256)</translation>
    </message>
    <message>
        <source>The clipboard holds no SHA-256 fingerprint.</source>
        <translation>בלוח הגזירים אין טביעת אצבע SHA-256.</translation>
    </message>
    <message>
        <source>It is another one: do not trust it.</source>
        <translation>טביעת האצבע אחרת: אין לתת בה אמון.</translation>
    </message>
    <message>
        <source>You copied this one here. Copy the appliance&apos;s own.</source>
        <translation>טביעת אצבע זו הועתקה כאן. יש להעתיק את זו של המכשיר עצמו.</translation>
    </message>
    <message>
        <source>It is the same.</source>
        <translation>טביעת האצבע זהה.</translation>
    </message>
    <message>
        <source>Copy the new one</source>
        <translation>העתקת החדשה</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CodePage</name>
    <message>
        <source>Verification code</source>
        <translation>קוד אימות</translation>
    </message>
    <message>
        <source>I use a &amp;scratch code, which has 8 digits</source>
        <translation>שימוש בקוד &amp;חירום, בן 8 ספרות</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>אימות</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ביטול</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>&amp;קוד אימות</translation>
    </message>
    <message>
        <source>Enter the code of your authenticator</source>
        <translation>נא להזין את הקוד מיישום האימות</translation>
    </message>
    <message>
        <source>The appliance asks for a second factor of %1.</source>
        <translation>המכשיר מבקש גורם אימות שני עבור %1.</translation>
    </message>
    <message>
        <source>Enter 6 digits from your authenticator, or 8 of a scratch code.</source>
        <translation>נא להזין 6 ספרות מיישום האימות, או 8 ספרות של קוד חירום.</translation>
    </message>
    <message>
        <source>The appliance has refused this code already.</source>
        <translation>המכשיר כבר דחה קוד זה.</translation>
    </message>
    <message>
        <source>A new code is due in %1 s.</source>
        <translation>קוד חדש יופיע בעוד %1 שנ׳.</translation>
    </message>
    <message>
        <source>Your authenticator shows a new code now.</source>
        <translation>ביישום האימות מופיע כעת קוד חדש.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>מתבצע אימות…</translation>
    </message>
    <message>
        <source>The appliance&apos;s clock is out of step: %1. If it is the one that is wrong, no code will do until somebody sets it right.</source>
        <comment>3 min ahead</comment>
        <translation>השעון של המכשיר אינו מכוון: %1. אם הוא השעון השגוי, שום קוד לא יעבוד עד שמישהו יתקן אותו.</translation>
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
        <translation>טביעת אצבע מוצמדת</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>שעון</translation>
    </message>
    <message>
        <source>Chec&amp;k now</source>
        <translation>בד&amp;יקה כעת</translation>
    </message>
    <message>
        <source>See whether the appliance answers, without signing in</source>
        <translation>בדיקה אם המכשיר משיב, ללא התחברות</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>המכשיר נבדק…</translation>
    </message>
    <message>
        <source>The appliance answered at %1.</source>
        <translation>המכשיר השיב בשעה %1.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>אין</translation>
    </message>
    <message>
        <source>“Check now” tells the TLS version, the certificate and the clock.</source>
        <translation>„בדיקה כעת” תציג את גרסת TLS, את התעודה ואת השעון.</translation>
    </message>
    <message>
        <source>None: any certificate that this computer trusts</source>
        <translation>אין: כל תעודה שמחשב זה נותן בה אמון</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>נקבע על ידי מנהל המערכת שלך</translation>
    </message>
    <message>
        <source>Only this certificate</source>
        <translation>תעודה זו בלבד</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentRequest</name>
    <message>
        <source>Until now</source>
        <translation>עד כה</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>מעתה</translation>
    </message>
    <message>
        <source>Appliance until now</source>
        <translation>המכשיר עד כה</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>מכשיר</translation>
    </message>
    <message>
        <source>User name until now</source>
        <translation>שם המשתמש עד כה</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>שם משתמש</translation>
    </message>
    <message>
        <source>Kind until now</source>
        <translation>הסוג עד כה</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>סוג</translation>
    </message>
    <message>
        <source>Client ID until now</source>
        <translation>מזהה הלקוח עד כה</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>מזהה לקוח</translation>
    </message>
    <message>
        <source>None</source>
        <comment>client ID</comment>
        <translation>אין</translation>
    </message>
    <message>
        <source>Whoever shows this certificate gets your password and tokens. Get the fingerprint from whoever runs the appliance, or at its console: a browser on this computer can be shown the same false certificate. Deny it if you have not asked for this.</source>
        <translation>מי שמציג תעודה זו יקבל את הסיסמה ואת האסימונים שלך. יש לקבל את טביעת האצבע ממנהל המכשיר, או לקרוא אותה בקונסולה של המכשיר עצמו: לדפדפן במחשב זה עלולים להציג את אותה תעודה מזויפת. אם לא ביקשת זאת, יש לדחות את הבקשה.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentWindow</name>
    <message>
        <source>Allow</source>
        <translation>לאפשר</translation>
    </message>
    <message>
        <source>&amp;This time</source>
        <translation>הפעם &amp;בלבד</translation>
    </message>
    <message>
        <source>For one &amp;hour</source>
        <translation>למשך &amp;שעה אחת</translation>
    </message>
    <message>
        <source>&amp;Until the screen locks</source>
        <translation>עד ל&amp;נעילת המסך</translation>
    </message>
    <message>
        <source>Al&amp;ways</source>
        <translation>&amp;תמיד</translation>
    </message>
    <message>
        <source>It is not certain which program this is, so it can only be allowed this time.</source>
        <translation>לא ברור בוודאות איזו תוכנית זו, ולכן ניתן לאפשר לה הפעם בלבד.</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>ל&amp;דחות</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>ל&amp;אפשר</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>The system vouches for this</source>
        <translation>המערכת ערבה לכך</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>תוכנית</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>דרך</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>נפתחה על ידי</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>מסוף</translation>
    </message>
    <message>
        <source>Only the program itself says this</source>
        <translation>רק התוכנית עצמה טוענת זאת</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>סקריפט</translation>
    </message>
    <message>
        <source>1 more program is waiting.</source>
        <translation>עוד תוכנית אחת ממתינה.</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs are waiting.</source>
        <translation>
            <numerusform>עוד תוכנית %n ממתינה.</numerusform>
            <numerusform>עוד %n תוכניות ממתינות.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not certain which program this is.</source>
        <translation>לא ברור בוודאות איזו תוכנית זו.</translation>
    </message>
    <message>
        <source>A longer choice allows every script that %1 runs.</source>
        <translation>הרשאה ארוכה יותר מאפשרת את כל הסקריפטים ש־%1 מריץ.</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed this certificate</source>
        <translation>&amp;מנהל המכשיר אישר תעודה זו</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>מזדהה בשם</translation>
    </message>
    <message>
        <source>Started by, as it says</source>
        <translation>נפתחה על ידי, לדבריה</translation>
    </message>
    <message>
        <source>The button works in a moment.</source>
        <translation>הלחצן יפעל בעוד רגע.</translation>
    </message>
    <message>
        <source>Tick the box above first.</source>
        <translation>יש לסמן תחילה את התיבה שלמעלה.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Coordinator</name>
    <message>
        <source>Memory only: no token is saved, and all sessions end with Latchkey.</source>
        <translation>בזיכרון בלבד: אסימונים אינם נשמרים, וכל ההפעלות יסתיימו עם סגירת Latchkey.</translation>
    </message>
    <message>
        <source>Progra&amp;ms</source>
        <translation>תו&amp;כניות</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CopyMenu</name>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;אסימון</translation>
    </message>
    <message>
        <source>As &amp;header</source>
        <translation>ככו&amp;תרת</translation>
    </message>
    <message>
        <source>As c&amp;url</source>
        <translation>כ־c&amp;url</translation>
    </message>
    <message>
        <source>As &amp;PowerShell</source>
        <translation>כ־&amp;PowerShell</translation>
    </message>
    <message>
        <source>As .http &amp;file</source>
        <translation>כ&amp;קובץ ‎.http</translation>
    </message>
    <message>
        <source>&amp;Command for scripts</source>
        <translation>&amp;פקודה לסקריפטים</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DesktopClipboard</name>
    <message>
        <source>Copying…</source>
        <translation>בהעתקה…</translation>
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
        <translation>אבחון</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>התקדמות</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>ממצאים</translation>
    </message>
    <message>
        <source>C&amp;opy findings</source>
        <translation>העתקת &amp;ממצאים</translation>
    </message>
    <message>
        <source>Doctor – %1</source>
        <translation>אבחון – %1</translation>
    </message>
    <message>
        <source>Looked at %1 of %2…</source>
        <translation>נבדקו %1 מתוך %2…</translation>
    </message>
    <message>
        <source>Stopped: looked at %1 of %2</source>
        <translation>נעצר: נבדקו %1 מתוך %2</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>לא נמצאו בעיות</translation>
    </message>
    <message>
        <source>One problem was found</source>
        <translation>נמצאה בעיה אחת</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;עצירה</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>&amp;בדיקה חוזרת</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found</source>
        <translation>
            <numerusform>נמצאה בעיה אחת</numerusform>
            <numerusform>נמצאו %n בעיות</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w session</source>
        <translation>ה&amp;צגת ההפעלה</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DonePage</name>
    <message>
        <source>Command for scripts</source>
        <translation>פקודה לסקריפטים</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>סיום</translation>
    </message>
    <message>
        <source>Latchkey keeps %1 signed in from now on. Scripts get its token with this line:</source>
        <translation>מעתה Latchkey שומר על ההתחברות של %1. סקריפטים יקבלו את האסימון בעזרת השורה הבאה:</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>התחברת בהצלחה</translation>
    </message>
    <message>
        <source>This desktop has no tray: when you close the window, it minimizes.</source>
        <translation>בשולחן עבודה זה אין מגש מערכת: בסגירת החלון, הוא ימוזער.</translation>
    </message>
    <message>
        <source>There is no keychain that Latchkey could use: the session ends with Latchkey.</source>
        <translation>אין מחזיק מפתחות ש־Latchkey יכול להשתמש בו: ההפעלה תסתיים עם סגירת Latchkey.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>ה&amp;עתקה</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;פתיחת Latchkey עם הכניסה שלי למחשב זה</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::FormHead</name>
    <message>
        <source>Sign in to an appliance</source>
        <translation>התחברות למכשיר</translation>
    </message>
    <message>
        <source>A link or another program filled in %1. Check that it is your appliance before you type a password.</source>
        <translation>הכתובת ⁦%1⁩ מולאה על ידי תוכנית אחרת או קישור. יש לוודא שזה המכשיר שלך לפני הקלדת סיסמה.</translation>
    </message>
    <message>
        <source>A link or another program filled in what is no address. Type that of your appliance.</source>
        <translation>תוכנית אחרת או קישור מילאו תוכן שאינו כתובת. נא להקליד את כתובת המכשיר שלך.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::GeneralPage</name>
    <message>
        <source>As the desktop</source>
        <translation>לפי שולחן העבודה</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;פתיחת Latchkey עם הכניסה שלי למחשב זה</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>שפה</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>מראה</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>בהיר</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>כהה</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>סמל במגש המערכת</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>צבעוני</translation>
    </message>
    <message>
        <source>As a symbol</source>
        <translation>חד־גוני</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;שפה</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;מראה</translation>
    </message>
    <message>
        <source>&amp;Tray icon</source>
        <translation>&amp;סמל במגש המערכת</translation>
    </message>
    <message>
        <source>The language changes when Latchkey starts again.</source>
        <translation>השפה תשתנה בפתיחה הבאה של Latchkey.</translation>
    </message>
    <message>
        <source>This could not be changed. Is your configuration folder writable, and the disk not full?</source>
        <translation>לא ניתן היה לשנות זאת. האם יש הרשאת כתיבה לתיקיית התצורה שלך, והאם נשאר מקום בכונן?</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry is for other desktops only. Check the box to change that.</source>
        <translation>שולחן העבודה שלך אינו פותח את Latchkey: רשומת הפתיחה האוטומטית מיועדת רק לשולחנות עבודה אחרים. יש לסמן את התיבה כדי לשנות זאת.</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry names a program that is not there. Check the box to change that.</source>
        <translation>שולחן העבודה שלך אינו פותח את Latchkey: רשומת הפתיחה האוטומטית מפנה לתוכנית שאינה קיימת. יש לסמן את התיבה כדי לשנות זאת.</translation>
    </message>
    <message>
        <source>This cannot be changed: the folder for autostart entries is not writable.</source>
        <translation>לא ניתן לשנות זאת: אין הרשאת כתיבה לתיקיית רשומות הפתיחה האוטומטית.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HandOutTable</name>
    <message>
        <source>Hand-outs</source>
        <translation>מסירות</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>עזרה</translation>
    </message>
    <message>
        <source>How a session is</source>
        <translation>מצבי הפעלה</translation>
    </message>
    <message>
        <source>It waits for a code, a sign-in, the keychain, or a decision about a certificate.</source>
        <translation>ההפעלה ממתינה לקוד, להתחברות, למחזיק המפתחות או להחלטה לגבי תעודה.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>נא להתחבר שוב.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Scripts go on meanwhile.</source>
        <translation>‏Latchkey ממשיך לנסות. בינתיים הסקריפטים ממשיכים לפעול.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Until it succeeds, scripts get no token.</source>
        <translation>‏Latchkey ממשיך לנסות. עד שיצליח, סקריפטים לא יקבלו אסימון.</translation>
    </message>
    <message>
        <source>Somebody is being signed in, or a token is on its way.</source>
        <translation>מתבצעת התחברות, או שאסימון בדרך.</translation>
    </message>
    <message>
        <source>By you, or nobody has signed in yet.</source>
        <translation>התנתקת, או שעדיין לא בוצעה התחברות.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>קיצורי מקשים</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 או %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>סינון</translation>
    </message>
    <message>
        <source>What the chosen session needs, or its token</source>
        <translation>מה שההפעלה שנבחרה דורשת, או העתקת האסימון שלה</translation>
    </message>
    <message>
        <source>All that can be done with it</source>
        <translation>כל הפעולות האפשריות בה</translation>
    </message>
    <message>
        <source>Closes a window, and empties the filter</source>
        <translation>סגירת חלון וניקוי הסינון</translation>
    </message>
    <message>
        <source>All is well. Latchkey refreshes the token by itself.</source>
        <translation>הכול תקין. Latchkey מרענן את האסימון בעצמו.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HistoryView</name>
    <message>
        <source>What happened</source>
        <translation>היסטוריה</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>העתקת &amp;פרטים</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::KindField</name>
    <message>
        <source>Kind</source>
        <translation>סוג</translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation>מזוהה אוטומטית</translation>
    </message>
    <message>
        <source>No appliance that Latchkey knows answers there. Check the address, or choose the kind.</source>
        <translation>בכתובת זו לא משיב אף מכשיר ש־Latchkey מכיר. נא לבדוק את הכתובת, או לבחור סוג.</translation>
    </message>
    <message>
        <source>Several kinds fit this address: %1. Choose one.</source>
        <translation>כמה סוגים מתאימים לכתובת זו: %1. נא לבחור אחד.</translation>
    </message>
    <message>
        <source>Appliances of this kind answer at %1. Type the address of one with its port.</source>
        <translation>מכשירים מסוג זה משיבים בכתובות: %1. נא להקליד כתובת של אחד מהם, כולל הפתחה.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerModel</name>
    <message>
        <source>From %1 to %2</source>
        <translation>מ־%1 עד %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>מתי</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>הפעלה</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>תוכנית</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>מסוף</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>תשובה</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerWindow</name>
    <message>
        <source>Fold &amp;repeats of a day</source>
        <translation>&amp;קיבוץ חזרות מאותו יום</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;ייצוא…</translation>
    </message>
    <message>
        <source>Tokens handed out</source>
        <translation>אסימונים שנמסרו</translation>
    </message>
    <message>
        <source>The last thousand times that somebody asked for an access token. The tokens themselves are never written down.</source>
        <translation>אלף הבקשות האחרונות לאסימון גישה. האסימונים עצמם לעולם אינם נרשמים.</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;סינון</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>סינון</translation>
    </message>
    <message>
        <source>Session, program, script, answer …</source>
        <translation>הפעלה, תוכנית, סקריפט, תשובה …</translation>
    </message>
    <message>
        <source>No token has been handed out yet.</source>
        <translation>עדיין לא נמסר אסימון.</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>אין התאמות לסינון.</translation>
    </message>
    <message>
        <source>Un&amp;block this program</source>
        <translation>ביטול ה&amp;חסימה של תוכנית זו</translation>
    </message>
    <message>
        <source>&amp;Block this program</source>
        <translation>&amp;חסימת תוכנית זו</translation>
    </message>
    <message>
        <source>Choose a row whose program is known.</source>
        <translation>יש לבחור שורה שהתוכנית בה ידועה.</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>‏%1 אינה חסומה עוד.</translation>
    </message>
    <message>
        <source>No more programs can be blocked. Unblock one first.</source>
        <translation>לא ניתן לחסום תוכניות נוספות. יש לבטל תחילה חסימה של אחת מהן.</translation>
    </message>
    <message>
        <source>%1 and all its scripts get no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>‏%1 וכל הסקריפטים שלה לא יקבלו אסימונים עד לביטול החסימה, כאן או בהגדרות תחת „תוכניות”.</translation>
    </message>
    <message>
        <source>%1 gets no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>‏%1 לא תקבל אסימונים עד לביטול החסימה, כאן או בהגדרות תחת „תוכניות”.</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>ייצוא הרשימה</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>טבלה ‎(*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written. Is the folder writable, and the disk not full?</source>
        <translation>לא ניתן היה לכתוב את הרשימה. האם יש הרשאת כתיבה לתיקייה, והאם נשאר מקום בכונן?</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>הרשימה נמצאת ב־%1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LogLevelBox</name>
    <message>
        <source>Log</source>
        <translation>יומן</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>כבוי</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>אירועים</translation>
    </message>
    <message>
        <source>Each step</source>
        <translation>כל צעד</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginForm</name>
    <message>
        <source>Appliance</source>
        <translation>מכשיר</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>שם משתמש</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>סיסמה</translation>
    </message>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>&amp;לשמור על ההתחברות שלי</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>התחברות</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ביטול</translation>
    </message>
    <message>
        <source>&amp;Appliance</source>
        <translation>&amp;מכשיר</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>שם מ&amp;שתמש</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;סיסמה</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>הצגת הסיסמה</translation>
    </message>
    <message>
        <source>In memory only: the session ends with Latchkey.</source>
        <translation>בזיכרון בלבד: ההפעלה תסתיים עם סגירת Latchkey.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in the keychain.</source>
        <translation>מוצפן במחשב זה, עם מפתח במחזיק המפתחות.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in %1.</source>
        <translation>מוצפן במחשב זה, עם מפתח ב־%1.</translation>
    </message>
    <message>
        <source>There is no keychain here: the session stays in memory and ends with Latchkey.</source>
        <translation>אין כאן מחזיק מפתחות: ההפעלה נשארת בזיכרון ותסתיים עם סגירת Latchkey.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>מתבצעת התחברות…</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>המכשיר נבדק…</translation>
    </message>
    <message>
        <source>Enter here the password that %1 has on %2.</source>
        <comment>a user, an appliance</comment>
        <translation>נא להזין כאן את הסיסמה של %1 ב־%2.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginWindow</name>
    <message>
        <source>Sign in</source>
        <translation>התחברות</translation>
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
        <translation>עדיין לא התחברת לאף מכשיר</translation>
    </message>
    <message>
        <source>Sign in once. Latchkey then keeps the access token fresh, shows who you are on the appliance, and hands the token to you and your scripts.</source>
        <translation>מספיק להתחבר פעם אחת. לאחר מכן Latchkey שומר על אסימון גישה עדכני, מציג את זהותך במכשיר, ומוסר את האסימון לך ולסקריפטים שלך.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>התחברות</translation>
    </message>
    <message>
        <source>&amp;Latchkey</source>
        <translation>&amp;Latchkey</translation>
    </message>
    <message>
        <source>&amp;Sign in to another appliance…</source>
        <translation>התחברות למכשיר &amp;נוסף…</translation>
    </message>
    <message>
        <source>&amp;Tokens handed out…</source>
        <translation>&amp;אסימונים שנמסרו…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>ה&amp;גדרות…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;עזרה</translation>
    </message>
    <message>
        <source>&amp;Doctor…</source>
        <translation>א&amp;בחון…</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>&amp;דיווח על בעיה…</translation>
    </message>
    <message>
        <source>&amp;About Latchkey</source>
        <translation>על אודו&amp;ת Latchkey</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>י&amp;ציאה</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>ה&amp;פעלה</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so Latchkey minimizes instead of hiding where nobody could find it. On GNOME, the AppIndicator extension adds a tray. Quit with %1.</source>
        <translation>בשולחן עבודה זה אין מגש מערכת, ולכן Latchkey ממוזער במקום להיעלם היכן שאי אפשר למצוא אותו. ב־GNOME, ההרחבה AppIndicator מוסיפה מגש. ליציאה: %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::MoreOptions</name>
    <message>
        <source>Name</source>
        <translation>שם</translation>
    </message>
    <message>
        <source>S&amp;hort-lived session</source>
        <translation>הפעלה &amp;קצרת מועד</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>מזהה לקוח</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>סוד לקוח</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;עוד</translation>
    </message>
    <message>
        <source>What you and your scripts call this session</source>
        <translation>השם שבו הסקריפטים שלך מזהים הפעלה זו</translation>
    </message>
    <message>
        <source>Asks the appliance for a session that ends soon when unused</source>
        <translation>בקשה מהמכשיר להפעלה שמסתיימת בקרוב אם אינה בשימוש</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>ש&amp;ם</translation>
    </message>
    <message>
        <source>Kin&amp;d</source>
        <translation>סו&amp;ג</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>מ&amp;זהה לקוח</translation>
    </message>
    <message>
        <source>&amp;Client secret</source>
        <translation>סו&amp;ד לקוח</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NeedBanner</name>
    <message>
        <source>&amp;Next</source>
        <translation>הב&amp;אה</translation>
    </message>
    <message>
        <source>Go to the next one of them</source>
        <translation>מעבר להבאה שבהן</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NetworkPage</name>
    <message>
        <source>Proxy</source>
        <translation>שרת מתווך</translation>
    </message>
    <message>
        <source>As on this computer</source>
        <translation>כמו במחשב זה</translation>
    </message>
    <message>
        <source>None</source>
        <translation>אין</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>שרת זה:</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>מארח</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>פתחה</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>שם משתמש</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, choose “As on this computer” and set https_proxy.</source>
        <translation>‏Latchkey אינו שומר סיסמה לשרת מתווך. אם השרת שלך דורש סיסמה, יש לבחור „כמו במחשב זה” ולהגדיר את https_proxy.</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>שרת &amp;מתווך</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>מאר&amp;ח</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;פתחה</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>שם מ&amp;שתמש</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy, without its port.</source>
        <translation>נא להזין את השם או הכתובת של השרת המתווך, ללא הפתחה.</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, ask your administrator.</source>
        <translation>‏Latchkey אינו שומר סיסמה לשרת מתווך. אם השרת שלך דורש סיסמה, נא לפנות למנהל המערכת שלך.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Notices</name>
    <message>
        <source>%1: Sign-in ends soon</source>
        <comment>session</comment>
        <translation>‏%1: ההתחברות תסתיים בקרוב</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>‏%1: %2</translation>
    </message>
    <message>
        <source>A program asks for your permission</source>
        <translation>תוכנית מבקשת את אישורך</translation>
    </message>
    <message>
        <source>Latchkey goes on in the tray</source>
        <translation>‏Latchkey ממשיך לפעול במגש המערכת</translation>
    </message>
    <message>
        <source>Your sessions stay signed in. Click the icon to open the window again, or choose Quit in its menu.</source>
        <translation>ההפעלות שלך נשארות מחוברות. ניתן ללחוץ על הסמל כדי לפתוח שוב את החלון, או לבחור „יציאה” בתפריט שלו.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>פתיחה</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew, tokens expired</source>
        <translation>
            <numerusform>לא ניתן לרענן הפעלה אחת, תוקף האסימון פג</numerusform>
            <numerusform>לא ניתן לרענן %n הפעלות, תוקף האסימונים פג</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign-ins end soon</source>
        <translation>
            <numerusform>התחברות אחת תסתיים בקרוב</numerusform>
            <numerusform>%n התחברויות יסתיימו בקרוב</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Only you can prolong it: sign in again before that.</source>
        <comment>time left</comment>
        <translation>%1. רק באפשרותך להאריך אותה: נא להתחבר שוב לפני כן.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PlainLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>ה&amp;עתקה</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PolicyComboBox</name>
    <message>
        <source>Programs</source>
        <translation>תוכניות</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>לשאול אותי</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>אף פעם</translation>
    </message>
    <message>
        <source>Get tokens without asking</source>
        <translation>מקבלות אסימונים ללא שאלה</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ProgramsPage</name>
    <message>
        <source>Programs</source>
        <translation>תוכניות</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>תוכנית</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>הפעלה</translation>
    </message>
    <message>
        <source>No program is allowed for longer than once, and none is blocked.</source>
        <translation>אין תוכנית שמורשית ליותר מפעם אחת, ואין תוכנית חסומה.</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>חסומה</translation>
    </message>
    <message>
        <source>All</source>
        <translation>הכול</translation>
    </message>
    <message>
        <source>%1 and all its scripts</source>
        <translation>‏%1 וכל הסקריפטים שלה</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, דרך latchkeyctl</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, דרך השער</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>עד %1</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>תמיד</translation>
    </message>
    <message>
        <source>Until the screen locks</source>
        <translation>עד לנעילת המסך</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>ביטול ה&amp;חסימה</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>&amp;שלילת ההרשאה</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>גישה</translation>
    </message>
    <message>
        <source>What you decided about programs. In sessions that ask, those allowed here get tokens without a question. Sessions set to “Get tokens without asking” give theirs to every program that is not blocked here.</source>
        <translation>ההחלטות שלך לגבי תוכניות. בהפעלות ששואלות, תוכניות שמורשות כאן מקבלות אסימונים ללא שאלה. הפעלות שנבחר בהן „מקבלות אסימונים ללא שאלה” נותנות את האסימונים שלהן לכל תוכנית שאינה חסומה כאן.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::RenameDialog</name>
    <message>
        <source>Name</source>
        <translation>שם</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>שינוי שם ההפעלה</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;שם</translation>
    </message>
    <message>
        <source>Scripts that use the name %1 no longer get a token.</source>
        <translation>סקריפטים שמשתמשים בשם %1 לא יקבלו עוד אסימון.</translation>
    </message>
    <message>
        <source>Tokens and history stay.</source>
        <translation>האסימונים וההיסטוריה יישמרו.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ReportWindow</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>&amp;שמירת הדוח…</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>דיווח על בעיה</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>סגי&amp;רה</translation>
    </message>
    <message>
        <source>The report is a file for whoever helps you. In it are versions, settings, sessions and what happened to them, what the doctor finds, and the last lines of the log.</source>
        <translation>הדוח הוא קובץ עבור מי שעוזר לך. יש בו גרסאות, הגדרות, הפעלות וההיסטוריה שלהן, ממצאי האבחון והשורות האחרונות של היומן.</translation>
    </message>
    <message>
        <source>It names your appliances and users. Before it is written, it is searched for all your passwords and tokens: none is in it.</source>
        <translation>מופיעים בו שמות המכשירים והמשתמשים שלך. לפני כתיבתו נבדק שאין בו אף אחת מהסיסמאות שלך ואף אחד מהאסימונים שלך.</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;יומן</translation>
    </message>
    <message>
        <source>If the problem comes back at times, turn the log on and wait for it. The file stays short, and no password or token is in it.</source>
        <translation>אם הבעיה חוזרת מדי פעם, יש להפעיל את היומן ולהמתין לה. הקובץ נשאר קצר, ואין בו סיסמה או אסימון.</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>שמירת הדוח</translation>
    </message>
    <message>
        <source>Looking at everything…</source>
        <translation>הכול נבדק…</translation>
    </message>
    <message>
        <source>Nothing was written: a secret would have been in it, such as a token that is part of a name. Rename what holds it, or try again once no sign-in is open.</source>
        <translation>לא נכתב דבר: בדוח היה נכלל סוד, כגון אסימון שהוא חלק משם. יש לשנות את השם שמכיל אותו, או לנסות שוב כשאין התחברות פתוחה.</translation>
    </message>
    <message>
        <source>Nothing was written to %1. Choose a folder that you may write to, on a disk with room.</source>
        <translation>לא נכתב דבר אל ⁦%1⁩. יש לבחור תיקייה שיש לך הרשאת כתיבה בה, בכונן שיש בו מקום.</translation>
    </message>
    <message>
        <source>Written to %1. Read it before you send it.</source>
        <translation>נכתב אל ⁦%1⁩. מומלץ לקרוא את הדוח לפני השליחה.</translation>
    </message>
    <message>
        <source>It is in the name of session number %1 of those that latchkeyctl list prints.</source>
        <translation>הסוד נמצא בשם של הפעלה מספר %1 מבין אלה שמציגה הפקודה latchkeyctl list.</translation>
    </message>
    <message>
        <source>Nothing was written: what is told of %1 holds a secret, such as a token that is part of a name. Rename that, or try again once no sign-in is open.</source>
        <translation>לא נכתב דבר: המידע על %1 מכיל סוד, כגון אסימון שהוא חלק משם. יש לשנות את השם שמכיל אותו, או לנסות שוב כשאין התחברות פתוחה.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecretField</name>
    <message>
        <source>&amp;Paste</source>
        <translation>ה&amp;דבקה</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;מחיקה</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;בחירת הכול</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Section</name>
    <message>
        <source>Unfolded</source>
        <translation>פרוס</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>מקופל</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecurityPage</name>
    <message>
        <source>Lock &amp;when the screen locks or the computer sleeps</source>
        <translation>נ&amp;עילה כשהמסך ננעל או כשהמחשב עובר לשינה</translation>
    </message>
    <message>
        <source>Clear a copied token &amp;once it is pasted, at the latest after:</source>
        <translation>&amp;ניקוי לוח הגזירים מאסימון שהועתק לאחר הדבקתו, ולכל המאוחר כעבור:</translation>
    </message>
    <message>
        <source>Programs get no tokens meanwhile. Sessions stay fresh.</source>
        <translation>בינתיים תוכניות אינן מקבלות אסימונים. ההפעלות נשארות עדכניות.</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> שנ׳</translation>
    </message>
    <message>
        <source>Seconds until a copied token is cleared</source>
        <translation>מספר השניות עד לניקוי אסימון שהועתק</translation>
    </message>
    <message>
        <source>Programs, in new sessions</source>
        <translation>תוכניות, בהפעלות חדשות</translation>
    </message>
    <message>
        <source>Programs, &amp;in new sessions</source>
        <translation>תוכניות, ב&amp;הפעלות חדשות</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>הפעלות</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionOrder</name>
    <message numerus="yes">
        <source>Needs you (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>דורשת את טיפולך (%n)</numerusform>
            <numerusform>דורשות את טיפולך (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot renew (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>לא ניתן לרענן (%n)</numerusform>
            <numerusform>לא ניתן לרענן (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed in (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>מחוברת (%n)</numerusform>
            <numerusform>מחוברות (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>מנותקת (%n)</numerusform>
            <numerusform>מנותקות (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionPanel</name>
    <message>
        <source>Copy in another form</source>
        <translation>העתקה בצורה אחרת</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>סוג</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>עו&amp;ד</translation>
    </message>
    <message>
        <source>Access by programs</source>
        <translation>גישה של תוכניות</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>חיבור</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>פרטים</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>&amp;היסטוריה</translation>
    </message>
    <message>
        <source>&amp;Programs</source>
        <translation>תו&amp;כניות</translation>
    </message>
    <message>
        <source>State</source>
        <translation>מצב</translation>
    </message>
    <message>
        <source>User</source>
        <translation>משתמש</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>תפקיד</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>סוג משתמש</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>גורם אימות שני</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>אסימון גישה</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>אסימון רענון</translation>
    </message>
    <message>
        <source>Next refresh</source>
        <translation>הרענון הבא</translation>
    </message>
    <message>
        <source>Appliance clock</source>
        <translation>שעון המכשיר</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>אחסון</translation>
    </message>
    <message>
        <source>As a command, a header or a file</source>
        <translation>כפקודה, ככותרת או כקובץ</translation>
    </message>
    <message>
        <source>There is no token to give now.</source>
        <translation>אין כעת אסימון למסירה.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionsPage</name>
    <message>
        <source>Nothing matches</source>
        <translation>לא נמצאו התאמות</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>הו&amp;ספה</translation>
    </message>
    <message>
        <source>Sign in to another appliance</source>
        <translation>התחברות למכשיר נוסף</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>סינון</translation>
    </message>
    <message>
        <source>By name, user, server or state (%1)</source>
        <comment>what the filter looks at; its keys</comment>
        <translation>לפי שם, משתמש, שרת או מצב (%1)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>הגדרות</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>כ&amp;ללי</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>&amp;אבטחה</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;רשת</translation>
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
        <translation>לעצור ולפתוח את Latchkey</translation>
    </message>
    <message>
        <source>Another program keeps your sessions already.</source>
        <translation>תוכנית אחרת כבר מנהלת את ההפעלות שלך.</translation>
    </message>
    <message>
        <source>%1 is running already, but does not answer.</source>
        <translation>‏%1 כבר פועל, אך אינו משיב.</translation>
    </message>
    <message>
        <source>%1 keeps your sessions. Stop it and open Latchkey?</source>
        <translation>‏%1 מנהל את ההפעלות שלך. לעצור אותו ולפתוח את Latchkey?</translation>
    </message>
    <message>
        <source>%1 does not answer. Stop it and open Latchkey?</source>
        <translation>‏%1 אינו משיב. לעצור אותו ולפתוח את Latchkey?</translation>
    </message>
    <message>
        <source>Waiting for it to end…</source>
        <translation>בהמתנה לסיום…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>לנסות שוב</translation>
    </message>
    <message>
        <source>It is process %1, which listens at %2.</source>
        <translation>זה תהליך %1, שמאזין על ⁦%2⁩.</translation>
    </message>
    <message>
        <source>It listens at %1.</source>
        <translation>התוכנית מאזינה על ⁦%1⁩.</translation>
    </message>
    <message>
        <source>Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you close this, it keeps your sessions, and no window opens.</source>
        <translation>‏Latchkey אינו יכול לעצור את התוכנית מכאן. יש לסיים אותה ולבחור „לנסות שוב”. אם הודעה זו תיסגר, התוכנית תמשיך לנהל את ההפעלות שלך, ולא ייפתח חלון.</translation>
    </message>
    <message>
        <source>Only one program can keep them; latchkeyctl works with either.</source>
        <translation>רק תוכנית אחת יכולה לנהל אותן; latchkeyctl עובד עם כל אחת מהן.</translation>
    </message>
    <message>
        <source>It is process %1.</source>
        <translation>זה תהליך %1.</translation>
    </message>
    <message>
        <source>If you stop it, sessions that are kept on this computer go on here, and those in memory only end. If you cancel, it keeps them all, and no window opens.</source>
        <translation>אם התוכנית תיעצר, ההפעלות השמורות במחשב זה ימשיכו כאן, ואלה שבזיכרון בלבד יסתיימו. במקרה של ביטול, התוכנית תמשיך לנהל את כולן, ולא ייפתח חלון.</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>להעתיק את הפקודה</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TokenClipboard</name>
    <message>
        <source>There is no token to copy. Sign in first.</source>
        <translation>אין אסימון להעתקה. יש להתחבר תחילה.</translation>
    </message>
    <message>
        <source>Command copied. It holds no token.</source>
        <translation>הפקודה הועתקה. היא אינה מכילה אסימון.</translation>
    </message>
    <message>
        <source>Token copied.</source>
        <translation>האסימון הועתק.</translation>
    </message>
    <message>
        <source>It ends in %1 s.</source>
        <translation>תוקפו יפוג בעוד %1 שנ׳.</translation>
    </message>
    <message>
        <source>It can be pasted once, within %1 s.</source>
        <translation>ניתן להדביק אותו פעם אחת, בתוך %1 שנ׳.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the desktop did not allow it. Try again here.</source>
        <translation>לא הועתק דבר, כי שולחן העבודה לא אפשר זאת. נא לנסות שוב כאן.</translation>
    </message>
    <message>
        <source>The token is about to end. It is being refreshed and then copied.</source>
        <translation>תוקף האסימון עומד לפוג. הוא ירוענן ואז יועתק.</translation>
    </message>
    <message>
        <source>The token could not be refreshed, so nothing was copied.</source>
        <translation>לא ניתן היה לרענן את האסימון, ולכן לא הועתק דבר.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the appliance that you trust does not answer. Look under Connection.</source>
        <translation>לא הועתק דבר, כי המכשיר שנתת בו אמון אינו משיב. נא לבדוק תחת „חיבור”.</translation>
    </message>
    <message>
        <source>curl knows the appliance by its key, and sends the token to no other.</source>
        <translation>‏curl מזהה את המכשיר לפי המפתח שלו, ואינו שולח את האסימון לאף מכשיר אחר.</translation>
    </message>
    <message>
        <source>Nothing was copied: curl cannot check this appliance&apos;s certificate.</source>
        <translation>לא הועתק דבר: ‎curl אינו יכול לבדוק את התעודה של מכשיר זה.</translation>
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
        <translation>התחברות למכשיר נוסף…</translation>
    </message>
    <message>
        <source>Tokens handed out…</source>
        <translation>אסימונים שנמסרו…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>הגדרות…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>פתיחה</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>יציאה</translation>
    </message>
    <message>
        <source>All sessions (%1)…</source>
        <translation>כל ההפעלות (%1)…</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>session: state, time left</comment>
        <translation>‏%1: %2, %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>‏%1: %2</translation>
    </message>
    <message>
        <source>Cannot renew</source>
        <translation>לא ניתן לרענן</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TroubleBanner</name>
    <message>
        <source>Programs get no token until you decide.</source>
        <translation>תוכניות לא יקבלו אסימון עד להחלטה שלך.</translation>
    </message>
    <message>
        <source>Not refreshed until you decide; programs get the token until %1.</source>
        <translation>ללא רענון עד להחלטה שלך; תוכניות יקבלו את האסימון עד %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrustPage</name>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed the new one</source>
        <translation>מנהל המכשיר &amp;אישר את טביעת האצבע החדשה</translation>
    </message>
    <message>
        <source>Trust this appliance</source>
        <translation>לתת אמון במכשיר זה</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ביטול</translation>
    </message>
    <message>
        <source>Is this your appliance?</source>
        <translation>האם זה המכשיר שלך?</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for %1. That is usual for an appliance with a certificate of its own. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>מחשב זה אינו יודע מי ערב ל־%1. זה רגיל עבור מכשיר עם תעודה משלו. טרם נשלחו אליו סיסמה או אסימון. נא להשוות את טביעת האצבע לזו של המכשיר עצמו.</translation>
    </message>
    <message>
        <source>Another certificate than before</source>
        <translation>תעודה אחרת מבעבר</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed, and nobody vouches for the new one.</source>
        <translation>התעודה של %1 השתנתה, ואיש אינו ערב לחדשה.</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed since you trusted it.</source>
        <translation>התעודה של %1 השתנתה מאז שנתת בה אמון.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Go on only if whoever runs the appliance says that its certificate was replaced, and tells you the same new fingerprint.</source>
        <translation>ייתכן שמישהו מאזין לתעבורה בינך לבין המכשיר. לא נשלחו אליו סיסמה או אסימון. יש להמשיך רק אם מנהל המכשיר מאשר שהתעודה הוחלפה, ומוסר לך את אותה טביעת אצבע חדשה.</translation>
    </message>
    <message>
        <source>Not the certificate that your administrator decided for</source>
        <translation>זו אינה התעודה שקבע מנהל המערכת שלך</translation>
    </message>
    <message>
        <source>%1 shows another certificate.</source>
        <translation>‏%1 מציג תעודה אחרת.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Only your administrator can allow this certificate: ask them, and tell them both fingerprints.</source>
        <translation>ייתכן שמישהו מאזין לתעבורה בינך לבין המכשיר. לא נשלחו אליו סיסמה או אסימון. רק מנהל המערכת שלך יכול להתיר תעודה זו: נא לפנות אליו ולמסור לו את שתי טביעות האצבע.</translation>
    </message>
    <message>
        <source>The certificate does not name %1.</source>
        <translation>התעודה אינה מציינת את %1.</translation>
    </message>
    <message>
        <source>The certificate is for %1, not for %2.</source>
        <translation>התעודה היא עבור %1, ולא עבור %2.</translation>
    </message>
    <message>
        <source>I have compared the &amp;fingerprint: it is the appliance&apos;s own</source>
        <translation>השוויתי את &amp;טביעת האצבע: היא של המכשיר עצמו</translation>
    </message>
    <message>
        <source>Either the appliance shows the certificate that it came with, or something else answers in place of %1. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>או שהמכשיר מציג את התעודה שאיתה סופק, או שמשהו אחר משיב במקום %1. טרם נשלחו לשם סיסמה או אסימון. נא להשוות את טביעת האצבע לזו של המכשיר עצמו.</translation>
    </message>
    <message>
        <source>Where to find it: ask whoever runs the appliance, or look at its console. A browser on this computer can be shown the same false certificate.</source>
        <translation>היכן למצוא אותה: לשאול את מנהל המכשיר, או לבדוק בקונסולה של המכשיר עצמו. לדפדפן במחשב זה עלולים להציג את אותה תעודה מזויפת.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ValidityTimeline</name>
    <message>
        <source>Validity</source>
        <translation>תוקף</translation>
    </message>
    <message>
        <source>No access token.</source>
        <translation>אין אסימון גישה.</translation>
    </message>
    <message>
        <source>Access token good until %1.</source>
        <translation>אסימון הגישה תקף עד %1.</translation>
    </message>
    <message>
        <source>Access token expired at %1.</source>
        <translation>תוקף אסימון הגישה פג (%1).</translation>
    </message>
    <message>
        <source>Next refresh at %1.</source>
        <translation>הרענון הבא: %1.</translation>
    </message>
    <message>
        <source>The sign-in ends at %1.</source>
        <translation>ההתחברות תקפה עד %1.</translation>
    </message>
    <message>
        <source>Outages: %1.</source>
        <translation>תקלות: %1.</translation>
    </message>
    <message>
        <source>Times that the computer slept: %1.</source>
        <translation>מספר הפעמים שהמחשב עבר לשינה: %1.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>כעת</translation>
    </message>
    <message>
        <source>−%1 h</source>
        <comment>hours ago</comment>
        <translation>‎−%1 שע׳</translation>
    </message>
    <message>
        <source>+%1 h</source>
        <comment>in hours</comment>
        <translation>‎+%1 שע׳</translation>
    </message>
    <message>
        <source>Refreshes in the last day: %1.</source>
        <translation>רענונים ביממה האחרונה: %1.</translation>
    </message>
</context>
</TS>
