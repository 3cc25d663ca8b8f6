<?xml version="1.0" encoding="utf-8"?>
<!--
SPDX-FileCopyrightText: 2026 The Latchkey authors
SPDX-License-Identifier: Apache-2.0
-->
<!DOCTYPE TS>
<TS version="2.1" language="es">
<context>
    <name>ActionText</name>
    <message>
        <source>Sign &amp;in</source>
        <translation>&amp;Iniciar sesión</translation>
    </message>
    <message>
        <source>&amp;Enter code</source>
        <translation>In&amp;troducir el código</translation>
    </message>
    <message>
        <source>Look at certi&amp;ficate</source>
        <translation>E&amp;xaminar el certificado</translation>
    </message>
    <message>
        <source>&amp;Copy token</source>
        <translation>&amp;Copiar el token</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>&amp;Renovar ahora</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>C&amp;errar sesión</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>Cambiar &amp;nombre</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>E&amp;liminar</translation>
    </message>
    <message>
        <source>&amp;Doctor</source>
        <translation>&amp;Diagnóstico</translation>
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
            <numerusform>%1, %n vez, la última: %2</numerusform>
            <numerusform>%1, %n veces, la última: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of accounts was not as Latchkey had left it</source>
        <translation>La lista de cuentas no estaba como Latchkey la había dejado</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Sesión cerrada</translation>
    </message>
    <message>
        <source>Looked for what was kept</source>
        <translation>Búsqueda de datos guardados</translation>
    </message>
    <message>
        <source>Verification code sent</source>
        <translation>Código de verificación enviado</translation>
    </message>
    <message>
        <source>Sign-in started</source>
        <translation>Inicio de sesión comenzado</translation>
    </message>
    <message>
        <source>Verification code refused</source>
        <translation>Código de verificación rechazado</translation>
    </message>
    <message>
        <source>Verification code asked for</source>
        <translation>Código de verificación solicitado</translation>
    </message>
    <message>
        <source>Certificate in question</source>
        <translation>Certificado por comprobar</translation>
    </message>
    <message>
        <source>Session restored</source>
        <translation>Sesión restaurada</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Sesión iniciada</translation>
    </message>
    <message>
        <source>The appliance said: %1</source>
        <translation>Respuesta del dispositivo: %1</translation>
    </message>
    <message>
        <source>HTTP status: %1</source>
        <translation>Estado HTTP: %1</translation>
    </message>
    <message>
        <source>The appliance&apos;s time: %1</source>
        <translation>Hora del dispositivo: %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>Petición: %1</translation>
    </message>
    <message>
        <source>Latchkey started.</source>
        <translation>Latchkey se inició.</translation>
    </message>
    <message>
        <source>The session was kept.</source>
        <translation>La sesión estaba guardada.</translation>
    </message>
    <message>
        <source>No session was kept.</source>
        <translation>No había ninguna sesión guardada.</translation>
    </message>
    <message>
        <source>Something other than Latchkey changed it, or Latchkey ended in the midst of a change. Appliance, user, policy and trusted certificate are as they were sealed with the session.</source>
        <translation>Algo distinto de Latchkey la cambió, o Latchkey terminó en mitad de un cambio. El dispositivo, el usuario, el permiso y el certificado de confianza están tal como se cifraron con la sesión.</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>No se pudieron leer los datos guardados.</translation>
    </message>
    <message>
        <source>Somebody signed in.</source>
        <translation>Alguien inició sesión.</translation>
    </message>
    <message>
        <source>Somebody entered a verification code.</source>
        <translation>Alguien introdujo un código de verificación.</translation>
    </message>
    <message>
        <source>Somebody trusted the certificate.</source>
        <translation>Alguien confió en el certificado.</translation>
    </message>
    <message>
        <source>Nobody trusted the certificate.</source>
        <translation>Nadie confió en el certificado.</translation>
    </message>
    <message>
        <source>Somebody cancelled it.</source>
        <translation>Alguien lo canceló.</translation>
    </message>
    <message>
        <source>A program wanted a token that lasts longer.</source>
        <translation>Un programa quería un token que durara más.</translation>
    </message>
    <message>
        <source>Somebody signed out.</source>
        <translation>Alguien cerró la sesión.</translation>
    </message>
    <message>
        <source>It was time.</source>
        <translation>Llegó el momento previsto.</translation>
    </message>
    <message>
        <source>The network went away.</source>
        <translation>La red dejó de estar disponible.</translation>
    </message>
    <message>
        <source>The network came back.</source>
        <translation>La red volvió a estar disponible.</translation>
    </message>
    <message>
        <source>The computer woke up.</source>
        <translation>El equipo se reactivó.</translation>
    </message>
    <message>
        <source>The computer went to sleep.</source>
        <translation>El equipo se suspendió.</translation>
    </message>
    <message>
        <source>The appliance granted it.</source>
        <translation>El dispositivo lo concedió.</translation>
    </message>
    <message>
        <source>The appliance asked for a verification code.</source>
        <translation>El dispositivo pidió un código de verificación.</translation>
    </message>
    <message>
        <source>The appliance showed a certificate that is not trusted.</source>
        <translation>El dispositivo mostró un certificado que no es de confianza.</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>Token renovado</translation>
    </message>
    <message>
        <source>Refresh started</source>
        <translation>Renovación comenzada</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <translation>No se pudo renovar</translation>
    </message>
    <message>
        <source>Somebody asked for a refresh.</source>
        <translation>Alguien pidió una renovación.</translation>
    </message>
    <message>
        <source>The appliance did not grant it.</source>
        <translation>El dispositivo no lo concedió.</translation>
    </message>
    <message>
        <source>There was no answer.</source>
        <translation>No hubo respuesta.</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Looking…</source>
        <translation>Examinando…</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Sin examinar</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>Sin problemas</translation>
    </message>
</context>
<context>
    <name>HandOutView</name>
    <message>
        <source>Clipboard</source>
        <translation>Portapapeles</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Entregado</translation>
    </message>
    <message>
        <source>Given, but ends sooner than asked</source>
        <translation>Entregado, pero caduca antes de lo pedido</translation>
    </message>
    <message>
        <source>Copied by you</source>
        <translation>Copiado por usted</translation>
    </message>
    <message>
        <source>Refused: something failed</source>
        <translation>Denegado: algo falló</translation>
    </message>
    <message>
        <source>Refused: signed out</source>
        <translation>Denegado: sesión cerrada</translation>
    </message>
    <message>
        <source>Refused: appliance out of reach</source>
        <translation>Denegado: dispositivo inaccesible</translation>
    </message>
    <message>
        <source>Refused: not allowed</source>
        <translation>Denegado: no permitido</translation>
    </message>
    <message>
        <source>Refused: certificate in question</source>
        <translation>Denegado: certificado por comprobar</translation>
    </message>
    <message>
        <source>Refused: blocked by you</source>
        <translation>Denegado: bloqueado por usted</translation>
    </message>
    <message>
        <source>Refused: verification code needed</source>
        <translation>Denegado: se necesita un código de verificación</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>answer</comment>
        <translation>
            <numerusform>%1 (%n vez)</numerusform>
            <numerusform>%1 (%n veces)</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: asked for longer than tokens live</source>
        <translation>Denegado: se pidió más duración de la que tienen los tokens</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Start in the tray.</source>
        <translation>Iniciar en la bandeja del sistema.</translation>
    </message>
    <message>
        <source>Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.</source>
        <translation>Mantener los tokens solo en memoria y no usar ningún llavero: las sesiones duran hasta que Latchkey termina.</translation>
    </message>
    <message>
        <source>Open the sign-in window for the appliance at &lt;url&gt;.</source>
        <translation>Abrir la ventana de inicio de sesión para el dispositivo en &lt;url&gt;.</translation>
    </message>
    <message>
        <source>Open the sign-in window for this user.</source>
        <translation>Abrir la ventana de inicio de sesión para este usuario.</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances.</source>
        <translation>Mantiene su sesión iniciada en sus dispositivos de copia de seguridad.</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Latchkey’s folder belongs to another user, so it is not used.</source>
        <translation>La carpeta de Latchkey pertenece a otro usuario, por lo que no se utiliza.</translation>
    </message>
    <message>
        <source>Remove %1, or have it given to you, and start Latchkey again.</source>
        <translation>Elimine %1, o haga que se lo asignen a usted, y vuelva a iniciar Latchkey.</translation>
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
        <translation>Un programa desconocido (proceso %1)</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>Un programa desconocido</translation>
    </message>
    <message>
        <source>%1, run by %2</source>
        <comment>a script, an interpreter</comment>
        <translation>%1, ejecutado por %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a program, a terminal</comment>
        <translation>%1 en %2</translation>
    </message>
    <message>
        <source>%1 over SSH</source>
        <comment>a program</comment>
        <translation>%1 por SSH</translation>
    </message>
    <message>
        <source>%1, started by %2</source>
        <comment>a program, another one</comment>
        <translation>%1, iniciado por %2</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, a través de la pasarela</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, a través de latchkeyctl</translation>
    </message>
    <message>
        <source>%1,</source>
        <comment>a program, at the beginning of a sentence</comment>
        <translation>%1,</translation>
    </message>
    <message>
        <source>Program: %1</source>
        <translation>Programa: %1</translation>
    </message>
    <message>
        <source>Script, as it says: %1</source>
        <translation>Script, según el propio programa: %1</translation>
    </message>
    <message>
        <source>Through: %1</source>
        <translation>A través de: %1</translation>
    </message>
    <message>
        <source>Started by: %1</source>
        <translation>Iniciado por: %1</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>Terminal: %1</translation>
    </message>
    <message>
        <source>“%1” (as it says)</source>
        <comment>what only a program itself says: its name, or its script</comment>
        <translation>«%1» (según él mismo)</translation>
    </message>
    <message>
        <source>Calls itself: %1</source>
        <translation>Dice llamarse: %1</translation>
    </message>
    <message>
        <source>Started by, as it says: %1</source>
        <translation>Iniciado por, según el programa: %1</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>Buscar en:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>&amp;Nombre de archivo:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>Archivos de tipo:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Guardar</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 ya existe.
¿Desea reemplazarlo?</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Cor&amp;tar</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Pegar</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Seleccionar todo</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>Aceptar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Sí</translation>
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
        <translation>Mayús</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Supr</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
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
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Seleccionar todo</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>%1 wants Latchkey to trust a certificate for %2.</source>
        <translation>%1 quiere que Latchkey confíe en un certificado para %2.</translation>
    </message>
    <message>
        <source>%1 wants Latchkey to trust another certificate for %2.</source>
        <translation>%1 quiere que Latchkey confíe en otro certificado para %2.</translation>
    </message>
    <message>
        <source>%1 wants to sign %2 out.</source>
        <translation>%1 quiere cerrar la sesión de %2.</translation>
    </message>
    <message>
        <source>%1 wants to remove %2.</source>
        <translation>%1 quiere eliminar %2.</translation>
    </message>
    <message>
        <source>%1 wants to use the name %2 for another appliance or user.</source>
        <translation>%1 quiere usar el nombre %2 para otro dispositivo o usuario.</translation>
    </message>
    <message>
        <source>%1 wants to rename %2 to %3.</source>
        <translation>%1 quiere cambiar el nombre de %2 a %3.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2.</source>
        <translation>%1 quiere un token de %2.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2: %3.</source>
        <comment>a program, a session, who is signed in there</comment>
        <translation>%1 quiere un token de %2: %3.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a user, the role</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Permitir</translation>
    </message>
    <message>
        <source>&amp;Trust this certificate</source>
        <translation>&amp;Confiar en este certificado</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>C&amp;errar sesión</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>E&amp;liminar</translation>
    </message>
    <message>
        <source>&amp;Change the account</source>
        <translation>&amp;Cambiar la cuenta</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Cambiar &amp;nombre</translation>
    </message>
    <message>
        <source>%1 wants to add the session %2 and sign in to it.</source>
        <translation>%1 quiere añadir la sesión %2 e iniciarla.</translation>
    </message>
    <message>
        <source>&amp;Add the session</source>
        <translation>&amp;Añadir la sesión</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1. Correct the file; Latchkey reads it again by itself.</source>
        <comment>file: what is wrong in it</comment>
        <translation>%1. Corrija el archivo; Latchkey lo vuelve a leer automáticamente.</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>Lista de cuentas</translation>
    </message>
    <message>
        <source>The administrator’s policy</source>
        <translation>Directiva del administrador</translation>
    </message>
    <message>
        <source>Kind file</source>
        <translation>Archivo de tipo</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Llavero</translation>
    </message>
    <message>
        <source>Enter the appliance&apos;s address, such as https://backup.example.com.</source>
        <translation>Introduzca la dirección del dispositivo, por ejemplo https://backup.example.com.</translation>
    </message>
    <message>
        <source>This is not the address of an appliance. Enter one such as https://backup.example.com.</source>
        <translation>Esta no es la dirección de un dispositivo. Introduzca una, por ejemplo https://backup.example.com.</translation>
    </message>
    <message>
        <source>Passwords are not sent over http. Enter an https address.</source>
        <translation>Las contraseñas no se envían por http. Introduzca una dirección https.</translation>
    </message>
    <message>
        <source>Enter an address of up to 2048 characters.</source>
        <translation>Introduzca una dirección de 2048 caracteres como máximo.</translation>
    </message>
    <message>
        <source>Enter a user name of up to 256 characters.</source>
        <translation>Introduzca un nombre de usuario de 256 caracteres como máximo.</translation>
    </message>
    <message>
        <source>Enter a short name for this session, such as prod.</source>
        <translation>Introduzca un nombre corto para esta sesión, por ejemplo prod.</translation>
    </message>
    <message>
        <source>Enter a client ID of up to 256 characters.</source>
        <translation>Introduzca un ID de cliente de 256 caracteres como máximo.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance.</source>
        <translation>Latchkey no conoce este tipo de dispositivo.</translation>
    </message>
    <message>
        <source>Another appliance or user has this name. Choose another name.</source>
        <translation>Otro dispositivo o usuario tiene este nombre. Elija otro nombre.</translation>
    </message>
    <message>
        <source>The list of accounts names another appliance or user than what is kept under this name. Unlock the keychain, so that Latchkey sees which is right, or remove the session.</source>
        <translation>La lista de cuentas indica un dispositivo o usuario distinto del que está guardado con este nombre. Desbloquee el llavero para que Latchkey vea cuál es el correcto, o elimine la sesión.</translation>
    </message>
    <message>
        <source>This session waits for a sign-in, a decision or the keychain. Rename it after that.</source>
        <translation>Esta sesión espera un inicio de sesión, una decisión o el llavero. Cámbiele el nombre después.</translation>
    </message>
    <message>
        <source>There are as many sessions as Latchkey can keep. Remove some first.</source>
        <translation>Latchkey no puede gestionar más sesiones. Elimine antes alguna.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Su administrador no permite este dispositivo. Pida que lo añadan a los permitidos.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this kind of appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Su administrador no permite este tipo de dispositivo. Pida que lo añadan a los permitidos.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy cannot be read, so nobody knows what it allows. Have it corrected.</source>
        <translation>No se puede leer la directiva de su administrador, así que no se sabe qué permite. Pida que la corrijan.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault. Until it is corrected, nobody can sign in, and no token is given out: %1. Tell your administrator.</source>
        <translation>La directiva de su administrador contiene un error. Hasta que se corrija, nadie puede iniciar sesión y no se entrega ningún token: %1. Avise a su administrador.</translation>
    </message>
    <message>
        <source>Your administrator has set this session up. Sign in with your password.</source>
        <translation>Su administrador ha configurado esta sesión. Inicie sesión con su contraseña.</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>Llavero bloqueado</translation>
    </message>
    <message>
        <source>Keychain needed</source>
        <translation>Se necesita un llavero</translation>
    </message>
    <message>
        <source>What was kept cannot be read</source>
        <translation>Los datos guardados no se pueden leer</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>Certificado cambiado</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>El certificado no es de confianza</translation>
    </message>
    <message>
        <source>Verification code needed</source>
        <translation>Se necesita un código de verificación</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>Se necesita la contraseña</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Se necesita iniciar sesión</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Iniciando sesión…</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>Esperando al llavero</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Requieren su atención</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Sesión iniciada</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Sesión cerrada</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Cannot renew, token still good</source>
        <translation>No se puede renovar, token aún válido</translation>
    </message>
    <message>
        <source>Cannot renew, token expired</source>
        <translation>No se puede renovar, token caducado</translation>
    </message>
    <message>
        <source>Ended by the appliance</source>
        <translation>Terminada por el dispositivo</translation>
    </message>
    <message>
        <source>The proxy %1 hung up without an answer. Ask whoever runs it.</source>
        <translation>El proxy %1 ha cortado la conexión sin responder. Pregunte a quien lo gestione.</translation>
    </message>
    <message>
        <source>The proxy %1 wants another user name and password (HTTP status 407). Set them, in https_proxy as http://USER:PASSWORD@HOST:PORT.</source>
        <translation>El proxy %1 requiere otro nombre de usuario y otra contraseña (estado HTTP 407). Configúrelos en https_proxy como http://USER:PASSWORD@HOST:PORT.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance&apos;s address; if it needs no proxy, name it in no_proxy.</source>
        <translation>El proxy %1 no puede acceder al dispositivo (estado HTTP %2). Compruebe la dirección del dispositivo; si no necesita proxy, inclúyalo en no_proxy.</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed there; if it needs no proxy, name it in no_proxy.</source>
        <translation>El proxy %1 se niega a conectar con el dispositivo (estado HTTP %2). Pida que lo permitan allí; si el dispositivo no necesita proxy, inclúyalo en no_proxy.</translation>
    </message>
    <message>
        <source>on the way</source>
        <comment>in place of its name: the proxy on the way …</comment>
        <translation>intermedio</translation>
    </message>
    <message>
        <source>The proxy %1 is none that Latchkey can use. Set one that begins with http:// or socks5://, in https_proxy or in the system&apos;s settings.</source>
        <translation>Latchkey no puede utilizar el proxy %1. Configure uno que empiece por http:// o socks5://, en https_proxy o en las preferencias del sistema.</translation>
    </message>
    <message>
        <source>This user signs in through single sign-on, which Latchkey cannot do. Use a local user of the appliance.</source>
        <translation>Este usuario inicia sesión mediante inicio de sesión único (SSO), algo que Latchkey no puede hacer. Utilice un usuario local del dispositivo.</translation>
    </message>
    <message>
        <source>The appliance does not let this user in now. Open its web page: its licence agreement may have to be accepted first.</source>
        <translation>El dispositivo no deja entrar a este usuario por ahora. Abra su página web: puede que antes haya que aceptar allí el acuerdo de licencia.</translation>
    </message>
    <message>
        <source>The appliance refused the user name or the password. Check both and try again.</source>
        <translation>El dispositivo ha rechazado el nombre de usuario o la contraseña. Compruebe ambos e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The appliance refused the client ID or the client secret. Check both and sign in again.</source>
        <translation>El dispositivo ha rechazado el ID de cliente o el secreto de cliente. Compruebe ambos e inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>What answers at this address refuses the session. Without https nobody can tell whether it is your appliance. If it is, sign in again.</source>
        <translation>Lo que responde en esta dirección rechaza la sesión. Sin https nadie puede saber si es su dispositivo. Si lo es, inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>The appliance&apos;s last answer never arrived, and it takes the old token no more. Sign in again.</source>
        <translation>La última respuesta del dispositivo no llegó, y ya no acepta el token antiguo. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>The appliance ended the session. Sign in again.</source>
        <translation>El dispositivo ha terminado la sesión. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>the appliance&apos;s port</source>
        <comment>another user listens at …</comment>
        <translation>el puerto del dispositivo</translation>
    </message>
    <message>
        <source>Another user of this computer listens at %1. Nothing was sent to them. Find out who it is, and start your appliance or tunnel there again or at another port.</source>
        <translation>Otro usuario de este equipo está escuchando en %1. No se le ha enviado nada. Averigüe quién es e inicie de nuevo su dispositivo o túnel allí o en otro puerto.</translation>
    </message>
    <message>
        <source>The appliance broke off before the connection was secure, so nothing was sent. Check the port, and whether it wants a client certificate, which Latchkey does not have.</source>
        <translation>El dispositivo ha cortado antes de que la conexión fuera segura, por lo que no se ha enviado nada. Compruebe el puerto, y si requiere un certificado de cliente, que Latchkey no tiene.</translation>
    </message>
    <message>
        <source>There is no keychain for the key to this session. Start one, such as GNOME Keyring or KWallet.</source>
        <translation>No hay ningún llavero para la clave de esta sesión. Inicie uno, por ejemplo GNOME Keyring o KWallet.</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it.</source>
        <translation>El llavero está bloqueado. Desbloquéelo.</translation>
    </message>
    <message>
        <source>The keychain was not unlocked: its question was answered with no, dismissed, or could not be shown. Unlock it, or sign in to be asked again.</source>
        <translation>El llavero no se desbloqueó: su pregunta se respondió con no, se cerró o no se pudo mostrar. Desbloquéelo, o inicie sesión para que se le pregunte de nuevo.</translation>
    </message>
    <message>
        <source>The keychain has not answered yet. See whether it asks for something.</source>
        <translation>El llavero aún no ha respondido. Mire si está preguntando algo.</translation>
    </message>
    <message>
        <source>The key to this session is in another keychain or database than the one that is open. Open that one.</source>
        <translation>La clave de esta sesión está en un llavero o una base de datos distintos de los que están abiertos. Abra los correctos.</translation>
    </message>
    <message>
        <source>The key to this session is gone from the keychain. Sign in again.</source>
        <translation>La clave de esta sesión ya no está en el llavero. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>The disk is full. Make room on it.</source>
        <translation>El disco está lleno. Libere espacio.</translation>
    </message>
    <message>
        <source>Latchkey&apos;s data folder cannot be used. See that it can be made and that you may write to it.</source>
        <translation>No se puede utilizar la carpeta de datos de Latchkey. Asegúrese de que se puede crear y de que usted puede escribir en ella.</translation>
    </message>
    <message>
        <source>What was kept of this session is damaged and was put aside. Sign in again.</source>
        <translation>Los datos guardados de esta sesión están dañados y se han apartado. Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance any more. Put its kind file back.</source>
        <translation>Latchkey ya no conoce este tipo de dispositivo. Vuelva a poner su archivo de tipo.</translation>
    </message>
    <message>
        <source>The kind file of this appliance is another one than at the sign-in. Put the old one back, or sign in again.</source>
        <translation>El archivo de tipo de este dispositivo no es el mismo que en el inicio de sesión. Vuelva a poner el antiguo, o inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or add the version to a kind file.</source>
        <translation>El dispositivo no admite ninguna versión que Latchkey conozca. Busque un Latchkey más reciente, o añada la versión a un archivo de tipo.</translation>
    </message>
    <message>
        <source>The appliance did not answer in time. Try again.</source>
        <translation>El dispositivo no ha respondido a tiempo. Inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The appliance is busy or being updated. Try again later.</source>
        <translation>El dispositivo está ocupado o se está actualizando. Inténtelo de nuevo más tarde.</translation>
    </message>
    <message>
        <source>The appliance refused the code. Wait for the next one in your authenticator and enter it.</source>
        <translation>El dispositivo ha rechazado el código. Espere al siguiente en su aplicación de autenticación e introdúzcalo.</translation>
    </message>
    <message>
        <source>What answered does not speak like an appliance. Check the address, and whether a proxy or a sign-in page stands in between.</source>
        <translation>Lo que ha respondido no parece ser un dispositivo de este tipo. Compruebe la dirección, y si hay un proxy o una página de inicio de sesión de por medio.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not trusted, so nothing was sent. Look at it and decide.</source>
        <translation>El certificado del dispositivo no es de confianza, por lo que no se ha enviado nada. Examínelo y decida.</translation>
    </message>
    <message>
        <source>The appliance speaks only an outdated version of TLS, so nothing was sent. Have a newer one switched on there.</source>
        <translation>El dispositivo solo admite una versión obsoleta de TLS, por lo que no se ha enviado nada. Pida que activen allí una más reciente.</translation>
    </message>
    <message>
        <source>What answers at this port speaks http, not https. Check the port.</source>
        <translation>Lo que responde en este puerto usa http, no https. Compruebe el puerto.</translation>
    </message>
    <message>
        <source>What answers at this port does not speak https. Check the port.</source>
        <translation>Lo que responde en este puerto no usa https. Compruebe el puerto.</translation>
    </message>
    <message>
        <source>Until then, this session ends with Latchkey.</source>
        <translation>Hasta entonces, esta sesión termina con Latchkey.</translation>
    </message>
    <message>
        <source>The disk has not taken it yet. Until it has, this holds only as long as Latchkey runs.</source>
        <translation>El disco aún no lo ha guardado. Hasta entonces, esto solo vale mientras Latchkey esté en marcha.</translation>
    </message>
    <message>
        <source>Signed out here. The appliance has not confirmed it, so the tokens may be good there until they end.</source>
        <translation>Sesión cerrada aquí. El dispositivo no lo ha confirmado, así que los tokens pueden seguir siendo válidos allí hasta que caduquen.</translation>
    </message>
    <message>
        <source>Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.</source>
        <translation>Sesión cerrada, pero los datos guardados no se pueden eliminar del disco. Latchkey lo sigue intentando.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate has changed. Find out why before you trust it.</source>
        <translation>El certificado del dispositivo ha cambiado. Averigüe por qué antes de confiar en él.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not known. Compare its fingerprint, and trust it only if it is the same.</source>
        <translation>El certificado del dispositivo no es conocido. Compare su huella digital y confíe en él solo si es la misma.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not the one that was named. Compare the two fingerprints.</source>
        <translation>El certificado del dispositivo no es el que se indicó. Compare las dos huellas digitales.</translation>
    </message>
    <message>
        <source>The list of accounts could not be read in full; a copy is in %1. Kept sessions are back all the same. If one is missing, sign in to it again.</source>
        <translation>La lista de cuentas no se ha podido leer por completo; hay una copia en %1. Las sesiones guardadas se han restaurado de todos modos. Si falta alguna, inicie sesión en ella de nuevo.</translation>
    </message>
    <message>
        <source>The socket for programs cannot be made; see the message above.</source>
        <translation>No se puede crear el socket para programas; vea el mensaje anterior.</translation>
    </message>
    <message>
        <source>The clocks of the appliance and of this computer are more than a minute apart. Set them by a time server.</source>
        <translation>Los relojes del dispositivo y de este equipo difieren en más de un minuto. Ajústelos con un servidor de hora.</translation>
    </message>
    <message>
        <source>Your administrator has decided which certificate this appliance has, and this is another one. Nobody else can trust it: ask your administrator.</source>
        <translation>Su administrador ha definido qué certificado tiene este dispositivo, y este es otro. Nadie más puede confiar en él: pregunte a su administrador.</translation>
    </message>
    <message>
        <source>The system does not tell Latchkey when the policy changes, so a change counts a few seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.</source>
        <translation>El sistema no avisa a Latchkey cuando cambia la directiva, por lo que un cambio se aplica unos segundos después. Aumente el límite de archivos vigilados del sistema, fs.inotify.max_user_watches.</translation>
    </message>
    <message>
        <source>1 session needs you</source>
        <translation>1 sesión requiere su atención</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions need you</source>
        <translation>
            <numerusform>%n sesión requiere su atención</numerusform>
            <numerusform>%n sesiones requieren su atención</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session cannot renew</source>
        <translation>1 sesión no se puede renovar</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew</source>
        <translation>
            <numerusform>%n sesión no se puede renovar</numerusform>
            <numerusform>%n sesiones no se pueden renovar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed in</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n sesión iniciada</numerusform>
            <numerusform>%n sesiones iniciadas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed out</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n sesión cerrada</numerusform>
            <numerusform>%n sesiones cerradas</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>Renovando…</translation>
    </message>
    <message>
        <source>The appliance asks for a verification code. Enter it.</source>
        <translation>El dispositivo pide un código de verificación. Introdúzcalo.</translation>
    </message>
    <message>
        <source>Enter the user name that you have on the appliance.</source>
        <translation>Introduzca el nombre de usuario que tiene en el dispositivo.</translation>
    </message>
    <message>
        <source>Use a name of up to 64 letters, digits and signs, without spaces, / and \, and without a - at its beginning.</source>
        <translation>Utilice un nombre de 64 letras, dígitos y signos como máximo, sin espacios, / ni \, y sin un - al principio.</translation>
    </message>
    <message>
        <source>The appliance cannot be reached. Check the network and its address.</source>
        <translation>No se puede acceder al dispositivo. Compruebe la red y la dirección del dispositivo.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached. Check the network, and its address in https_proxy or in the system&apos;s settings.</source>
        <translation>No se puede acceder al proxy %1. Compruebe la red, y la dirección del proxy en https_proxy o en las preferencias del sistema.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault, so the last good one stays in force. Tell your administrator: %1.</source>
        <translation>La directiva de su administrador contiene un error, por lo que sigue vigente la última versión correcta. Avise a su administrador: %1.</translation>
    </message>
</context>
<context>
    <name>SessionQuestions</name>
    <message>
        <source>Sign out of %1?</source>
        <translation>¿Cerrar la sesión de %1?</translation>
    </message>
    <message>
        <source>The appliance ends the session. Scripts that use this name get no token until somebody signs in again.</source>
        <translation>El dispositivo termina la sesión. Los scripts que usan este nombre no obtienen ningún token hasta que alguien inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>Remove session</source>
        <translation>Eliminar sesión</translation>
    </message>
    <message>
        <source>Remove the session %1?</source>
        <translation>¿Eliminar la sesión %1?</translation>
    </message>
    <message>
        <source>This cannot be undone. Latchkey signs out of the appliance and forgets the session with its tokens and its history. Scripts that use this name will no longer get a token.</source>
        <translation>Esto no se puede deshacer. Latchkey cierra la sesión en el dispositivo y olvida la sesión con sus tokens y su historial. Los scripts que usan este nombre ya no obtendrán ningún token.</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>%1 at %2</source>
        <comment>user at appliance</comment>
        <translation>%1 en %2</translation>
    </message>
    <message>
        <source>Token good until %1</source>
        <translation>Token válido, caduca: %1</translation>
    </message>
    <message>
        <source>Token expired at %1</source>
        <translation>Token caducado: %1</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Utilizado</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>No utilizado</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, caduca: %2</translation>
    </message>
    <message>
        <source>Expired at %1</source>
        <translation>Caducado: %1</translation>
    </message>
    <message>
        <source>None: the session ends with its access token</source>
        <translation>Ninguno: la sesión termina con su token de acceso</translation>
    </message>
    <message>
        <source>The appliance does not say how long it lasts</source>
        <translation>El dispositivo no indica cuánto dura</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Ahora</translation>
    </message>
    <message>
        <source>In %1, at %2</source>
        <translation>En %1 (%2)</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>En hora</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>%1 de adelanto</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 de retraso</translation>
    </message>
    <message>
        <source>In memory only: %1</source>
        <comment>why it is not kept</comment>
        <translation>Solo en memoria: %1</translation>
    </message>
    <message>
        <source>Being kept…</source>
        <translation>Guardando…</translation>
    </message>
    <message>
        <source>On this computer, sealed</source>
        <translation>En este equipo, cifrada</translation>
    </message>
    <message>
        <source>In memory only: ends with Latchkey</source>
        <translation>Solo en memoria: termina con Latchkey</translation>
    </message>
    <message>
        <source>Since %1, trying now.</source>
        <translation>Desde: %1; intentándolo ahora.</translation>
    </message>
    <message>
        <source>Since %1, next try in %2.</source>
        <translation>Desde: %1; próximo intento en %2.</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>Desde: %1.</translation>
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
        <translation>%1 restantes</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>caducado</translation>
    </message>
    <message>
        <source>Cannot renew, token still good until %1</source>
        <translation>No se puede renovar, token válido hasta: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n día</numerusform>
            <numerusform>%n días</numerusform>
        </translation>
    </message>
    <message>
        <source>Not planned</source>
        <comment>refresh</comment>
        <translation>No prevista</translation>
    </message>
    <message>
        <source>Nothing kept</source>
        <translation>Nada guardado</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Desconocido</translation>
    </message>
    <message>
        <source>None</source>
        <comment>access token or refresh token</comment>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Not until you decide</source>
        <translation>No hasta que usted decida</translation>
    </message>
</context>
<context>
    <name>ValidityLegend</name>
    <message>
        <source>Token good</source>
        <comment>a colour of the timeline</comment>
        <translation>Token válido</translation>
    </message>
    <message>
        <source>Good once refreshed</source>
        <comment>a colour of the timeline</comment>
        <translation>Válido si se renueva</translation>
    </message>
    <message>
        <source>Refresh</source>
        <comment>a mark on the timeline</comment>
        <translation>Renovación</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <comment>a colour of the timeline</comment>
        <translation>No se pudo renovar</translation>
    </message>
    <message>
        <source>Computer asleep</source>
        <comment>a colour of the timeline</comment>
        <translation>Equipo suspendido</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <comment>a mark on the timeline</comment>
        <translation>Fin de la sesión</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AboutWindow</name>
    <message>
        <source>About Latchkey</source>
        <translation>Acerca de Latchkey</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Informar de un &amp;problema…</translation>
    </message>
    <message>
        <source>Latchkey %1</source>
        <comment>version</comment>
        <translation>Latchkey %1</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances. Latchkey is free software under the Apache License 2.0.</source>
        <translation>Mantiene su sesión iniciada en sus dispositivos de copia de seguridad. Latchkey es software libre bajo la licencia Apache 2.0.</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Componentes</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licencia</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AdministratorNote</name>
    <message>
        <source>Set by your administrator</source>
        <translation>Definido por su administrador</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::BusyHint</name>
    <message>
        <source>Working</source>
        <translation>Trabajando</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CertificateBlock</name>
    <message>
        <source>Issued to</source>
        <translation>Emitido para</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Emitido por</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Validez</translation>
    </message>
    <message>
        <source>Trusted fingerprint</source>
        <translation>Huella digital de confianza</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Huella digital</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Paste to compare</source>
        <translation>Pegar para comparar</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>Del %1 al %2</translation>
    </message>
    <message>
        <source>Your administrator decided for (SHA-256)</source>
        <translation>Definida por su administrador (SHA-256)</translation>
    </message>
    <message>
        <source>You trusted (SHA-256)</source>
        <translation>En la que confió (SHA-256)</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>Huella digital SHA-256</translation>
    </message>
    <message>
        <source>It shows now (SHA-256)</source>
        <translation>La que muestra ahora (SHA-256)</translation>
    </message>
    <message>
        <source>The clipboard holds no SHA-256 fingerprint.</source>
        <translation>El portapapeles no contiene ninguna huella digital SHA-256.</translation>
    </message>
    <message>
        <source>It is another one: do not trust it.</source>
        <translation>Es otra: no confíe en ella.</translation>
    </message>
    <message>
        <source>You copied this one here. Copy the appliance&apos;s own.</source>
        <translation>Esta la ha copiado aquí. Copie la del dispositivo.</translation>
    </message>
    <message>
        <source>It is the same.</source>
        <translation>Es la misma.</translation>
    </message>
    <message>
        <source>Copy the new one</source>
        <translation>Copiar la nueva</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CodePage</name>
    <message>
        <source>Verification code</source>
        <translation>Código de verificación</translation>
    </message>
    <message>
        <source>I use a &amp;scratch code, which has 8 digits</source>
        <translation>Uso un código de &amp;recuperación, que tiene 8 dígitos</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Verificar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>Código de &amp;verificación</translation>
    </message>
    <message>
        <source>Enter the code of your authenticator</source>
        <translation>Introduzca el código de su aplicación de autenticación</translation>
    </message>
    <message>
        <source>The appliance asks for a second factor of %1.</source>
        <translation>El dispositivo pide un segundo factor a %1.</translation>
    </message>
    <message>
        <source>Enter 6 digits from your authenticator, or 8 of a scratch code.</source>
        <translation>Introduzca los 6 dígitos de su aplicación de autenticación, o los 8 de un código de recuperación.</translation>
    </message>
    <message>
        <source>The appliance has refused this code already.</source>
        <translation>El dispositivo ya ha rechazado este código.</translation>
    </message>
    <message>
        <source>A new code is due in %1 s.</source>
        <translation>Nuevo código en %1 s.</translation>
    </message>
    <message>
        <source>Your authenticator shows a new code now.</source>
        <translation>Su aplicación de autenticación muestra ahora un código nuevo.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Verificando…</translation>
    </message>
    <message>
        <source>The appliance&apos;s clock is out of step: %1. If it is the one that is wrong, no code will do until somebody sets it right.</source>
        <comment>3 min ahead</comment>
        <translation>El reloj del dispositivo no está en hora: %1. Si es el que está mal, ningún código servirá hasta que alguien lo ponga en hora.</translation>
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
        <translation>Huella digital fijada</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Reloj</translation>
    </message>
    <message>
        <source>Chec&amp;k now</source>
        <translation>C&amp;omprobar ahora</translation>
    </message>
    <message>
        <source>See whether the appliance answers, without signing in</source>
        <translation>Ver si el dispositivo responde, sin iniciar sesión</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Examinando el dispositivo…</translation>
    </message>
    <message>
        <source>The appliance answered at %1.</source>
        <translation>El dispositivo ha respondido a las %1.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>“Check now” tells the TLS version, the certificate and the clock.</source>
        <translation>«Comprobar ahora» indica la versión de TLS, el certificado y el reloj.</translation>
    </message>
    <message>
        <source>None: any certificate that this computer trusts</source>
        <translation>Ninguna: cualquier certificado en el que confíe este equipo</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>Definido por su administrador</translation>
    </message>
    <message>
        <source>Only this certificate</source>
        <translation>Solo este certificado</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentRequest</name>
    <message>
        <source>Until now</source>
        <translation>Hasta ahora</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>A partir de ahora</translation>
    </message>
    <message>
        <source>Appliance until now</source>
        <translation>Dispositivo hasta ahora</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>User name until now</source>
        <translation>Nombre de usuario hasta ahora</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nombre de usuario</translation>
    </message>
    <message>
        <source>Kind until now</source>
        <translation>Tipo hasta ahora</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Client ID until now</source>
        <translation>ID de cliente hasta ahora</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>ID de cliente</translation>
    </message>
    <message>
        <source>None</source>
        <comment>client ID</comment>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Whoever shows this certificate gets your password and tokens. Get the fingerprint from whoever runs the appliance, or at its console: a browser on this computer can be shown the same false certificate. Deny it if you have not asked for this.</source>
        <translation>Quien muestre este certificado recibirá su contraseña y sus tokens. Obtenga la huella digital de quien gestione el dispositivo, o en la consola del propio dispositivo: a un navegador de este equipo se le puede mostrar el mismo certificado falso. Deniegue la solicitud si no la ha hecho usted.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentWindow</name>
    <message>
        <source>Allow</source>
        <translation>Permitir</translation>
    </message>
    <message>
        <source>&amp;This time</source>
        <translation>Esta &amp;vez</translation>
    </message>
    <message>
        <source>For one &amp;hour</source>
        <translation>Durante una &amp;hora</translation>
    </message>
    <message>
        <source>&amp;Until the screen locks</source>
        <translation>Hasta que se &amp;bloquee la pantalla</translation>
    </message>
    <message>
        <source>Al&amp;ways</source>
        <translation>&amp;Siempre</translation>
    </message>
    <message>
        <source>It is not certain which program this is, so it can only be allowed this time.</source>
        <translation>No se sabe con certeza qué programa es este, por lo que solo se puede permitir esta vez.</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Denegar</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Permitir</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>The system vouches for this</source>
        <translation>Garantizado por el sistema</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>A través de</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Iniciado por</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Only the program itself says this</source>
        <translation>Solo lo afirma el propio programa</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Script</translation>
    </message>
    <message>
        <source>1 more program is waiting.</source>
        <translation>1 programa más está esperando.</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs are waiting.</source>
        <translation>
            <numerusform>%n programa más está esperando.</numerusform>
            <numerusform>%n programas más están esperando.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not certain which program this is.</source>
        <translation>No se sabe con certeza qué programa es este.</translation>
    </message>
    <message>
        <source>A longer choice allows every script that %1 runs.</source>
        <translation>Una duración mayor permite todos los scripts que ejecute %1.</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed this certificate</source>
        <translation>Quien gestiona el dispositivo ha con&amp;firmado este certificado</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Dice llamarse</translation>
    </message>
    <message>
        <source>Started by, as it says</source>
        <translation>Iniciado por, según el programa</translation>
    </message>
    <message>
        <source>The button works in a moment.</source>
        <translation>El botón funcionará en un momento.</translation>
    </message>
    <message>
        <source>Tick the box above first.</source>
        <translation>Marque primero la casilla de arriba.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Coordinator</name>
    <message>
        <source>Memory only: no token is saved, and all sessions end with Latchkey.</source>
        <translation>Solo en memoria: no se guarda ningún token, y todas las sesiones terminan con Latchkey.</translation>
    </message>
    <message>
        <source>Progra&amp;ms</source>
        <translation>&amp;Programas</translation>
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
        <translation>Como &amp;encabezado</translation>
    </message>
    <message>
        <source>As c&amp;url</source>
        <translation>Para c&amp;url</translation>
    </message>
    <message>
        <source>As &amp;PowerShell</source>
        <translation>Para &amp;PowerShell</translation>
    </message>
    <message>
        <source>As .http &amp;file</source>
        <translation>Como &amp;archivo .http</translation>
    </message>
    <message>
        <source>&amp;Command for scripts</source>
        <translation>&amp;Comando para scripts</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DesktopClipboard</name>
    <message>
        <source>Copying…</source>
        <translation>Copiando…</translation>
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
        <translation>Diagnóstico</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Resultados</translation>
    </message>
    <message>
        <source>C&amp;opy findings</source>
        <translation>C&amp;opiar los resultados</translation>
    </message>
    <message>
        <source>Doctor – %1</source>
        <translation>Diagnóstico – %1</translation>
    </message>
    <message>
        <source>Looked at %1 of %2…</source>
        <translation>Examinados: %1 de %2…</translation>
    </message>
    <message>
        <source>Stopped: looked at %1 of %2</source>
        <translation>Detenido; examinados: %1 de %2</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>No se encontró ningún problema</translation>
    </message>
    <message>
        <source>One problem was found</source>
        <translation>Se encontró un problema</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Detener</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>Comprobar de &amp;nuevo</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found</source>
        <translation>
            <numerusform>Se encontró %n problema</numerusform>
            <numerusform>Se encontraron %n problemas</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w session</source>
        <translation>Mostrar &amp;sesión</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DonePage</name>
    <message>
        <source>Command for scripts</source>
        <translation>Comando para scripts</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Finalizar</translation>
    </message>
    <message>
        <source>Latchkey keeps %1 signed in from now on. Scripts get its token with this line:</source>
        <translation>A partir de ahora, Latchkey mantiene iniciada la sesión %1. Los scripts obtienen su token con esta línea:</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Ha iniciado sesión</translation>
    </message>
    <message>
        <source>This desktop has no tray: when you close the window, it minimizes.</source>
        <translation>Este escritorio no tiene bandeja del sistema: al cerrar la ventana, se minimiza.</translation>
    </message>
    <message>
        <source>There is no keychain that Latchkey could use: the session ends with Latchkey.</source>
        <translation>No hay ningún llavero que Latchkey pueda usar: la sesión termina con Latchkey.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Iniciar Latchkey al iniciar sesión en este equipo</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::FormHead</name>
    <message>
        <source>Sign in to an appliance</source>
        <translation>Iniciar sesión en un dispositivo</translation>
    </message>
    <message>
        <source>A link or another program filled in %1. Check that it is your appliance before you type a password.</source>
        <translation>Un enlace u otro programa ha rellenado %1. Compruebe que es su dispositivo antes de escribir una contraseña.</translation>
    </message>
    <message>
        <source>A link or another program filled in what is no address. Type that of your appliance.</source>
        <translation>Un enlace u otro programa ha introducido algo que no es una dirección. Escriba la de su dispositivo.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::GeneralPage</name>
    <message>
        <source>As the desktop</source>
        <translation>Como el escritorio</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Iniciar Latchkey al iniciar sesión en este equipo</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Apariencia</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clara</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscura</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>Icono de la bandeja del sistema</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>En color</translation>
    </message>
    <message>
        <source>As a symbol</source>
        <translation>Monocromo</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>I&amp;dioma</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Apariencia</translation>
    </message>
    <message>
        <source>&amp;Tray icon</source>
        <translation>Icono de la &amp;bandeja del sistema</translation>
    </message>
    <message>
        <source>The language changes when Latchkey starts again.</source>
        <translation>El idioma cambiará cuando Latchkey se inicie de nuevo.</translation>
    </message>
    <message>
        <source>This could not be changed. Is your configuration folder writable, and the disk not full?</source>
        <translation>No se ha podido cambiar. ¿Tiene permiso de escritura en su carpeta de configuración, y queda espacio en el disco?</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry is for other desktops only. Check the box to change that.</source>
        <translation>Su escritorio no inicia Latchkey: la entrada de inicio automático es solo para otros escritorios. Marque la casilla para cambiarlo.</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry names a program that is not there. Check the box to change that.</source>
        <translation>Su escritorio no inicia Latchkey: la entrada de inicio automático indica un programa que no existe. Marque la casilla para cambiarlo.</translation>
    </message>
    <message>
        <source>This cannot be changed: the folder for autostart entries is not writable.</source>
        <translation>Esto no se puede cambiar: no hay permiso de escritura en la carpeta de entradas de inicio automático.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HandOutTable</name>
    <message>
        <source>Hand-outs</source>
        <translation>Entregas</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>How a session is</source>
        <translation>Estado de una sesión</translation>
    </message>
    <message>
        <source>It waits for a code, a sign-in, the keychain, or a decision about a certificate.</source>
        <translation>Espera un código, un inicio de sesión, el llavero o una decisión sobre un certificado.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Scripts go on meanwhile.</source>
        <translation>Latchkey lo sigue intentando. Mientras tanto, los scripts siguen funcionando.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Until it succeeds, scripts get no token.</source>
        <translation>Latchkey lo sigue intentando. Hasta que lo consiga, los scripts no obtienen ningún token.</translation>
    </message>
    <message>
        <source>Somebody is being signed in, or a token is on its way.</source>
        <translation>Se está iniciando sesión, o hay un token en camino.</translation>
    </message>
    <message>
        <source>By you, or nobody has signed in yet.</source>
        <translation>La cerró usted, o nadie ha iniciado sesión todavía.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Atajos de teclado</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 o %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrar</translation>
    </message>
    <message>
        <source>What the chosen session needs, or its token</source>
        <translation>Hacer lo que requiere la sesión elegida, o copiar su token</translation>
    </message>
    <message>
        <source>All that can be done with it</source>
        <translation>Todo lo que se puede hacer con ella</translation>
    </message>
    <message>
        <source>Closes a window, and empties the filter</source>
        <translation>Cierra una ventana y vacía el filtro</translation>
    </message>
    <message>
        <source>All is well. Latchkey refreshes the token by itself.</source>
        <translation>Todo va bien. Latchkey renueva el token automáticamente.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HistoryView</name>
    <message>
        <source>What happened</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>Copiar los &amp;detalles</translation>
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
        <translation>Detección automática</translation>
    </message>
    <message>
        <source>No appliance that Latchkey knows answers there. Check the address, or choose the kind.</source>
        <translation>Allí no responde ningún dispositivo que Latchkey conozca. Compruebe la dirección, o elija el tipo.</translation>
    </message>
    <message>
        <source>Several kinds fit this address: %1. Choose one.</source>
        <translation>Varios tipos encajan con esta dirección: %1. Elija uno.</translation>
    </message>
    <message>
        <source>Appliances of this kind answer at %1. Type the address of one with its port.</source>
        <translation>Los dispositivos de este tipo responden en %1. Escriba la dirección de uno con su puerto.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerModel</name>
    <message>
        <source>From %1 to %2</source>
        <translation>Primera: %1; última: %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesión</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerWindow</name>
    <message>
        <source>Fold &amp;repeats of a day</source>
        <translation>Ag&amp;rupar las repeticiones de un mismo día</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportar…</translation>
    </message>
    <message>
        <source>Tokens handed out</source>
        <translation>Tokens entregados</translation>
    </message>
    <message>
        <source>The last thousand times that somebody asked for an access token. The tokens themselves are never written down.</source>
        <translation>Las últimas mil veces que alguien pidió un token de acceso. Los tokens en sí no se anotan nunca.</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtrar</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrar</translation>
    </message>
    <message>
        <source>Session, program, script, answer …</source>
        <translation>Sesión, programa, script, respuesta…</translation>
    </message>
    <message>
        <source>No token has been handed out yet.</source>
        <translation>Aún no se ha entregado ningún token.</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Nada coincide con el filtro.</translation>
    </message>
    <message>
        <source>Un&amp;block this program</source>
        <translation>&amp;Desbloquear este programa</translation>
    </message>
    <message>
        <source>&amp;Block this program</source>
        <translation>&amp;Bloquear este programa</translation>
    </message>
    <message>
        <source>Choose a row whose program is known.</source>
        <translation>Elija una fila cuyo programa se conozca.</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>%1 ya no está bloqueado.</translation>
    </message>
    <message>
        <source>No more programs can be blocked. Unblock one first.</source>
        <translation>No se pueden bloquear más programas. Desbloquee uno antes.</translation>
    </message>
    <message>
        <source>%1 and all its scripts get no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 y todos sus scripts no obtienen tokens hasta que usted lo desbloquee, aquí o en las preferencias, en «Programas».</translation>
    </message>
    <message>
        <source>%1 gets no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 no obtiene tokens hasta que usted lo desbloquee, aquí o en las preferencias, en «Programas».</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Exportar la lista</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabla (*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written. Is the folder writable, and the disk not full?</source>
        <translation>No se ha podido escribir la lista. ¿Tiene permiso de escritura en la carpeta, y queda espacio en el disco?</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>La lista se ha guardado en %1.</translation>
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
        <translation>Desactivado</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Eventos</translation>
    </message>
    <message>
        <source>Each step</source>
        <translation>Cada paso</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginForm</name>
    <message>
        <source>Appliance</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nombre de usuario</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>&amp;Mantener la sesión iniciada</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>&amp;Appliance</source>
        <translation>&amp;Dispositivo</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nombre de &amp;usuario</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Contraseña</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Mostrar la contraseña</translation>
    </message>
    <message>
        <source>In memory only: the session ends with Latchkey.</source>
        <translation>Solo en memoria: la sesión termina con Latchkey.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in the keychain.</source>
        <translation>Cifrada en este equipo, con una clave en el llavero.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in %1.</source>
        <translation>Cifrada en este equipo, con una clave en %1.</translation>
    </message>
    <message>
        <source>There is no keychain here: the session stays in memory and ends with Latchkey.</source>
        <translation>Aquí no hay ningún llavero: la sesión queda en memoria y termina con Latchkey.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Iniciando sesión…</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Examinando el dispositivo…</translation>
    </message>
    <message>
        <source>Enter here the password that %1 has on %2.</source>
        <comment>a user, an appliance</comment>
        <translation>Introduzca aquí la contraseña que %1 tiene en %2.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginWindow</name>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
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
        <translation>Aún no ha iniciado sesión en ningún dispositivo</translation>
    </message>
    <message>
        <source>Sign in once. Latchkey then keeps the access token fresh, shows who you are on the appliance, and hands the token to you and your scripts.</source>
        <translation>Inicie sesión una vez. Después, Latchkey mantiene al día el token de acceso, muestra quién es usted en el dispositivo y entrega el token a usted y a sus scripts.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>&amp;Latchkey</source>
        <translation>&amp;Latchkey</translation>
    </message>
    <message>
        <source>&amp;Sign in to another appliance…</source>
        <translation>&amp;Iniciar sesión en otro dispositivo…</translation>
    </message>
    <message>
        <source>&amp;Tokens handed out…</source>
        <translation>&amp;Tokens entregados…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Preferencias…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>&amp;Doctor…</source>
        <translation>&amp;Diagnóstico…</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Informar de un p&amp;roblema…</translation>
    </message>
    <message>
        <source>&amp;About Latchkey</source>
        <translation>&amp;Acerca de Latchkey</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sesión</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so Latchkey minimizes instead of hiding where nobody could find it. On GNOME, the AppIndicator extension adds a tray. Quit with %1.</source>
        <translation>Este escritorio no tiene bandeja del sistema, así que Latchkey se minimiza en vez de ocultarse donde nadie podría encontrarlo. En GNOME, la extensión AppIndicator añade una bandeja. Salga con %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::MoreOptions</name>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>S&amp;hort-lived session</source>
        <translation>Sesión &amp;breve</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>ID de cliente</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Secreto de cliente</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>Má&amp;s</translation>
    </message>
    <message>
        <source>What you and your scripts call this session</source>
        <translation>El nombre que usted y sus scripts dan a esta sesión</translation>
    </message>
    <message>
        <source>Asks the appliance for a session that ends soon when unused</source>
        <translation>Pide al dispositivo una sesión que termina pronto si no se usa</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>Kin&amp;d</source>
        <translation>&amp;Tipo</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;ID de cliente</translation>
    </message>
    <message>
        <source>&amp;Client secret</source>
        <translation>S&amp;ecreto de cliente</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NeedBanner</name>
    <message>
        <source>&amp;Next</source>
        <translation>Si&amp;guiente</translation>
    </message>
    <message>
        <source>Go to the next one of them</source>
        <translation>Ir a la siguiente</translation>
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
        <translation>Como en este equipo</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Este:</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Servidor</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Puerto</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nombre de usuario</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, choose “As on this computer” and set https_proxy.</source>
        <translation>Latchkey no guarda contraseñas de proxy. Si el suyo necesita una, elija «Como en este equipo» y configure https_proxy.</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>Pro&amp;xy</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>Ser&amp;vidor</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>Puer&amp;to</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nombre de &amp;usuario</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy, without its port.</source>
        <translation>Introduzca el nombre o la dirección del proxy, sin el puerto.</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, ask your administrator.</source>
        <translation>Latchkey no guarda contraseñas de proxy. Si el suyo necesita una, pregunte a su administrador.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Notices</name>
    <message>
        <source>%1: Sign-in ends soon</source>
        <comment>session</comment>
        <translation>%1: la sesión caduca pronto</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A program asks for your permission</source>
        <translation>Un programa pide su permiso</translation>
    </message>
    <message>
        <source>Latchkey goes on in the tray</source>
        <translation>Latchkey continúa en la bandeja del sistema</translation>
    </message>
    <message>
        <source>Your sessions stay signed in. Click the icon to open the window again, or choose Quit in its menu.</source>
        <translation>Sus sesiones siguen iniciadas. Haga clic en el icono para volver a abrir la ventana, o elija Salir en su menú.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew, tokens expired</source>
        <translation>
            <numerusform>%n sesión no se puede renovar, token caducado</numerusform>
            <numerusform>%n sesiones no se pueden renovar, tokens caducados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign-ins end soon</source>
        <translation>
            <numerusform>%n sesión caduca pronto</numerusform>
            <numerusform>%n sesiones caducan pronto</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Only you can prolong it: sign in again before that.</source>
        <comment>time left</comment>
        <translation>%1. Solo usted puede prolongarla: inicie sesión de nuevo antes.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PlainLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PolicyComboBox</name>
    <message>
        <source>Programs</source>
        <translation>Programas</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Preguntarme</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nunca</translation>
    </message>
    <message>
        <source>Get tokens without asking</source>
        <translation>Obtienen tokens sin que se pregunte</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ProgramsPage</name>
    <message>
        <source>Programs</source>
        <translation>Programas</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesión</translation>
    </message>
    <message>
        <source>No program is allowed for longer than once, and none is blocked.</source>
        <translation>Ningún programa está permitido para más de una vez, y ninguno está bloqueado.</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Bloqueado</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>%1 and all its scripts</source>
        <translation>%1 y todos sus scripts</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, a través de latchkeyctl</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, a través de la pasarela</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Caduca: %1</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Siempre</translation>
    </message>
    <message>
        <source>Until the screen locks</source>
        <translation>Hasta que se bloquee la pantalla</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>&amp;Desbloquear</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>Re&amp;vocar</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Acceso</translation>
    </message>
    <message>
        <source>What you decided about programs. In sessions that ask, those allowed here get tokens without a question. Sessions set to “Get tokens without asking” give theirs to every program that is not blocked here.</source>
        <translation>Lo que ha decidido sobre los programas. En las sesiones en las que se pregunta, los permitidos aquí obtienen tokens sin que se pregunte. Las sesiones con el ajuste «Obtienen tokens sin que se pregunte» entregan los suyos a todo programa que no esté bloqueado aquí.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::RenameDialog</name>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>Cambiar nombre de la sesión</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>Scripts that use the name %1 no longer get a token.</source>
        <translation>Los scripts que usan el nombre %1 ya no obtienen ningún token.</translation>
    </message>
    <message>
        <source>Tokens and history stay.</source>
        <translation>Los tokens y el historial se conservan.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ReportWindow</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>&amp;Guardar el informe…</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Informar de un problema</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Cerrar</translation>
    </message>
    <message>
        <source>The report is a file for whoever helps you. In it are versions, settings, sessions and what happened to them, what the doctor finds, and the last lines of the log.</source>
        <translation>El informe es un archivo para quien le ayude. Contiene las versiones, las preferencias, las sesiones y su historial, los resultados del diagnóstico y las últimas líneas del registro.</translation>
    </message>
    <message>
        <source>It names your appliances and users. Before it is written, it is searched for all your passwords and tokens: none is in it.</source>
        <translation>Nombra sus dispositivos y usuarios. Antes de escribirlo, se buscan en él todas sus contraseñas y tokens: no contiene ninguno.</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Registro</translation>
    </message>
    <message>
        <source>If the problem comes back at times, turn the log on and wait for it. The file stays short, and no password or token is in it.</source>
        <translation>Si el problema aparece de vez en cuando, active el registro y espere a que se repita. El archivo se mantiene corto y no contiene contraseñas ni tokens.</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Guardar el informe</translation>
    </message>
    <message>
        <source>Looking at everything…</source>
        <translation>Examinándolo todo…</translation>
    </message>
    <message>
        <source>Nothing was written: a secret would have been in it, such as a token that is part of a name. Rename what holds it, or try again once no sign-in is open.</source>
        <translation>No se ha escrito nada: el informe habría contenido un secreto, por ejemplo un token que forma parte de un nombre. Cambie el nombre de lo que lo contiene, o inténtelo de nuevo cuando no haya ningún inicio de sesión abierto.</translation>
    </message>
    <message>
        <source>Nothing was written to %1. Choose a folder that you may write to, on a disk with room.</source>
        <translation>No se ha escrito nada en %1. Elija una carpeta en la que pueda escribir, en un disco con espacio.</translation>
    </message>
    <message>
        <source>Written to %1. Read it before you send it.</source>
        <translation>Guardado en %1. Léalo antes de enviarlo.</translation>
    </message>
    <message>
        <source>It is in the name of session number %1 of those that latchkeyctl list prints.</source>
        <translation>Está en el nombre de la sesión número %1 de las que muestra latchkeyctl list.</translation>
    </message>
    <message>
        <source>Nothing was written: what is told of %1 holds a secret, such as a token that is part of a name. Rename that, or try again once no sign-in is open.</source>
        <translation>No se ha escrito nada: lo que se informa sobre %1 contiene un secreto, por ejemplo un token que forma parte de un nombre. Cambie el nombre de lo que lo contiene, o inténtelo de nuevo cuando no haya ningún inicio de sesión abierto.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecretField</name>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Pegar</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Borrar</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Seleccionar &amp;todo</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Section</name>
    <message>
        <source>Unfolded</source>
        <translation>Desplegado</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Plegado</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecurityPage</name>
    <message>
        <source>Lock &amp;when the screen locks or the computer sleeps</source>
        <translation>B&amp;loquear cuando se bloquee la pantalla o se suspenda el equipo</translation>
    </message>
    <message>
        <source>Clear a copied token &amp;once it is pasted, at the latest after:</source>
        <translation>&amp;Borrar un token copiado al pegarlo, como máximo después de:</translation>
    </message>
    <message>
        <source>Programs get no tokens meanwhile. Sessions stay fresh.</source>
        <translation>Mientras tanto, los programas no obtienen tokens. Las sesiones se mantienen al día.</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds until a copied token is cleared</source>
        <translation>Segundos hasta que se borra un token copiado</translation>
    </message>
    <message>
        <source>Programs, in new sessions</source>
        <translation>Programas, en sesiones nuevas</translation>
    </message>
    <message>
        <source>Programs, &amp;in new sessions</source>
        <translation>Programas, en sesiones &amp;nuevas</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Sesiones</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionOrder</name>
    <message numerus="yes">
        <source>Needs you (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Requiere su atención (%n)</numerusform>
            <numerusform>Requieren su atención (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot renew (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>No se puede renovar (%n)</numerusform>
            <numerusform>No se pueden renovar (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed in (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Sesión iniciada (%n)</numerusform>
            <numerusform>Sesiones iniciadas (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Sesión cerrada (%n)</numerusform>
            <numerusform>Sesiones cerradas (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionPanel</name>
    <message>
        <source>Copy in another form</source>
        <translation>Copiar en otra forma</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Más</translation>
    </message>
    <message>
        <source>Access by programs</source>
        <translation>Acceso de los programas</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Conexión</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>&amp;Historial</translation>
    </message>
    <message>
        <source>&amp;Programs</source>
        <translation>&amp;Programas</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Usuario</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rol</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>Tipo de usuario</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>Segundo factor</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Token de acceso</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Token de actualización</translation>
    </message>
    <message>
        <source>Next refresh</source>
        <translation>Próxima renovación</translation>
    </message>
    <message>
        <source>Appliance clock</source>
        <translation>Reloj del dispositivo</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Almacenamiento</translation>
    </message>
    <message>
        <source>As a command, a header or a file</source>
        <translation>Como comando, cabecera o archivo</translation>
    </message>
    <message>
        <source>There is no token to give now.</source>
        <translation>Ahora no hay ningún token que entregar.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionsPage</name>
    <message>
        <source>Nothing matches</source>
        <translation>Sin resultados</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Añadir</translation>
    </message>
    <message>
        <source>Sign in to another appliance</source>
        <translation>Iniciar sesión en otro dispositivo</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrar</translation>
    </message>
    <message>
        <source>By name, user, server or state (%1)</source>
        <comment>what the filter looks at; its keys</comment>
        <translation>Por nombre, usuario, servidor o estado (%1)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Preferencias</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>&amp;General</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>&amp;Seguridad</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Red</translation>
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
        <translation>Detenerlo y abrir Latchkey</translation>
    </message>
    <message>
        <source>Another program keeps your sessions already.</source>
        <translation>Otro programa ya gestiona sus sesiones.</translation>
    </message>
    <message>
        <source>%1 is running already, but does not answer.</source>
        <translation>%1 ya está en ejecución, pero no responde.</translation>
    </message>
    <message>
        <source>%1 keeps your sessions. Stop it and open Latchkey?</source>
        <translation>%1 gestiona sus sesiones. ¿Detenerlo y abrir Latchkey?</translation>
    </message>
    <message>
        <source>%1 does not answer. Stop it and open Latchkey?</source>
        <translation>%1 no responde. ¿Detenerlo y abrir Latchkey?</translation>
    </message>
    <message>
        <source>Waiting for it to end…</source>
        <translation>Esperando a que termine…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>It is process %1, which listens at %2.</source>
        <translation>Es el proceso %1, que escucha en %2.</translation>
    </message>
    <message>
        <source>It listens at %1.</source>
        <translation>Escucha en %1.</translation>
    </message>
    <message>
        <source>Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you close this, it keeps your sessions, and no window opens.</source>
        <translation>Latchkey no puede detenerlo desde aquí. Termínelo usted y elija «Intentar de nuevo». Si cierra este cuadro, seguirá gestionando sus sesiones y no se abrirá ninguna ventana.</translation>
    </message>
    <message>
        <source>Only one program can keep them; latchkeyctl works with either.</source>
        <translation>Solo un programa puede gestionarlas; latchkeyctl funciona con cualquiera de los dos.</translation>
    </message>
    <message>
        <source>It is process %1.</source>
        <translation>Es el proceso %1.</translation>
    </message>
    <message>
        <source>If you stop it, sessions that are kept on this computer go on here, and those in memory only end. If you cancel, it keeps them all, and no window opens.</source>
        <translation>Si lo detiene, las sesiones guardadas en este equipo continúan aquí, y las que están solo en memoria terminan. Si cancela, seguirá gestionándolas todas y no se abrirá ninguna ventana.</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Copiar comando</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TokenClipboard</name>
    <message>
        <source>There is no token to copy. Sign in first.</source>
        <translation>No hay ningún token que copiar. Inicie sesión primero.</translation>
    </message>
    <message>
        <source>Command copied. It holds no token.</source>
        <translation>Comando copiado. No contiene ningún token.</translation>
    </message>
    <message>
        <source>Token copied.</source>
        <translation>Token copiado.</translation>
    </message>
    <message>
        <source>It ends in %1 s.</source>
        <translation>Caduca en %1 s.</translation>
    </message>
    <message>
        <source>It can be pasted once, within %1 s.</source>
        <translation>Se puede pegar una vez, en los próximos %1 s.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the desktop did not allow it. Try again here.</source>
        <translation>No se ha copiado nada, porque el escritorio no lo ha permitido. Inténtelo aquí de nuevo.</translation>
    </message>
    <message>
        <source>The token is about to end. It is being refreshed and then copied.</source>
        <translation>El token está a punto de caducar. Se renovará y después se copiará.</translation>
    </message>
    <message>
        <source>The token could not be refreshed, so nothing was copied.</source>
        <translation>No se pudo renovar el token, por lo que no se ha copiado nada.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the appliance that you trust does not answer. Look under Connection.</source>
        <translation>No se ha copiado nada, porque el dispositivo en el que confía no responde. Consulte «Conexión».</translation>
    </message>
    <message>
        <source>curl knows the appliance by its key, and sends the token to no other.</source>
        <translation>curl reconoce el dispositivo por su clave y no envía el token a ningún otro.</translation>
    </message>
    <message>
        <source>Nothing was copied: curl cannot check this appliance&apos;s certificate.</source>
        <translation>No se ha copiado nada: curl no puede comprobar el certificado de este dispositivo.</translation>
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
        <translation>Iniciar sesión en otro dispositivo…</translation>
    </message>
    <message>
        <source>Tokens handed out…</source>
        <translation>Tokens entregados…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Preferencias…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>All sessions (%1)…</source>
        <translation>Todas las sesiones (%1)…</translation>
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
        <translation>No se puede renovar</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TroubleBanner</name>
    <message>
        <source>Programs get no token until you decide.</source>
        <translation>Los programas no obtienen ningún token hasta que usted decida.</translation>
    </message>
    <message>
        <source>Not refreshed until you decide; programs get the token until %1.</source>
        <translation>Sin renovación hasta que usted decida; los programas obtienen el token hasta: %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrustPage</name>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed the new one</source>
        <translation>Quien gestiona el dispositivo ha con&amp;firmado la nueva</translation>
    </message>
    <message>
        <source>Trust this appliance</source>
        <translation>Confiar en este dispositivo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Is this your appliance?</source>
        <translation>¿Es este su dispositivo?</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for %1. That is usual for an appliance with a certificate of its own. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Este equipo no sabe quién responde por %1. Es habitual en un dispositivo con certificado propio. Aún no se le ha enviado ni la contraseña ni ningún token. Compare la huella digital con la del dispositivo.</translation>
    </message>
    <message>
        <source>Another certificate than before</source>
        <translation>Un certificado distinto del anterior</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed, and nobody vouches for the new one.</source>
        <translation>El certificado de %1 ha cambiado, y nadie responde por el nuevo.</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed since you trusted it.</source>
        <translation>El certificado de %1 ha cambiado desde que confió en él.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Go on only if whoever runs the appliance says that its certificate was replaced, and tells you the same new fingerprint.</source>
        <translation>Puede que alguien esté leyendo lo que pasa entre usted y el dispositivo. No se le ha enviado ni la contraseña ni ningún token. Continúe solo si quien gestiona el dispositivo dice que su certificado se ha sustituido y le indica la misma huella digital nueva.</translation>
    </message>
    <message>
        <source>Not the certificate that your administrator decided for</source>
        <translation>No es el certificado definido por su administrador</translation>
    </message>
    <message>
        <source>%1 shows another certificate.</source>
        <translation>%1 muestra otro certificado.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Only your administrator can allow this certificate: ask them, and tell them both fingerprints.</source>
        <translation>Puede que alguien esté leyendo lo que pasa entre usted y el dispositivo. No se le ha enviado ni la contraseña ni ningún token. Solo su administrador puede permitir este certificado: consúltelo e indíquele las dos huellas digitales.</translation>
    </message>
    <message>
        <source>The certificate does not name %1.</source>
        <translation>El certificado no menciona %1.</translation>
    </message>
    <message>
        <source>The certificate is for %1, not for %2.</source>
        <translation>El certificado es para %1, no para %2.</translation>
    </message>
    <message>
        <source>I have compared the &amp;fingerprint: it is the appliance&apos;s own</source>
        <translation>He comparado la &amp;huella digital: es la del propio dispositivo</translation>
    </message>
    <message>
        <source>Either the appliance shows the certificate that it came with, or something else answers in place of %1. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>O el dispositivo muestra el certificado con el que se entregó, o bien otra cosa responde en lugar de %1. Aún no se le ha enviado ni la contraseña ni ningún token. Compare la huella digital con la del dispositivo.</translation>
    </message>
    <message>
        <source>Where to find it: ask whoever runs the appliance, or look at its console. A browser on this computer can be shown the same false certificate.</source>
        <translation>Dónde encontrarla: pregunte a quien gestione el dispositivo, o mire en la consola del propio dispositivo. A un navegador de este equipo se le puede mostrar el mismo certificado falso.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ValidityTimeline</name>
    <message>
        <source>Validity</source>
        <translation>Validez</translation>
    </message>
    <message>
        <source>No access token.</source>
        <translation>No hay token de acceso.</translation>
    </message>
    <message>
        <source>Access token good until %1.</source>
        <translation>Token de acceso válido, caduca: %1.</translation>
    </message>
    <message>
        <source>Access token expired at %1.</source>
        <translation>Token de acceso caducado: %1.</translation>
    </message>
    <message>
        <source>Next refresh at %1.</source>
        <translation>Próxima renovación: %1.</translation>
    </message>
    <message>
        <source>The sign-in ends at %1.</source>
        <translation>Fin de la sesión: %1.</translation>
    </message>
    <message>
        <source>Outages: %1.</source>
        <translation>Interrupciones: %1.</translation>
    </message>
    <message>
        <source>Times that the computer slept: %1.</source>
        <translation>Suspensiones del equipo: %1.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>ahora</translation>
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
        <translation>Renovaciones en las últimas 24 h: %1.</translation>
    </message>
</context>
</TS>
