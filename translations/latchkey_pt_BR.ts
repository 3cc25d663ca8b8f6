<?xml version="1.0" encoding="utf-8"?>
<!--
SPDX-FileCopyrightText: 2026 The Latchkey authors
SPDX-License-Identifier: Apache-2.0
-->
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR">
<context>
    <name>ActionText</name>
    <message>
        <source>Sign &amp;in</source>
        <translation>&amp;Iniciar sessão</translation>
    </message>
    <message>
        <source>&amp;Enter code</source>
        <translation>&amp;Digitar código</translation>
    </message>
    <message>
        <source>Look at certi&amp;ficate</source>
        <translation>&amp;Examinar certificado</translation>
    </message>
    <message>
        <source>&amp;Copy token</source>
        <translation>&amp;Copiar token</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>&amp;Renovar agora</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>&amp;Encerrar sessão</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>Re&amp;nomear</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Re&amp;mover</translation>
    </message>
    <message>
        <source>&amp;Doctor</source>
        <translation>Dia&amp;gnóstico</translation>
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
            <numerusform>%1, %n vez, a última: %2</numerusform>
            <numerusform>%1, %n vezes, a última: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of accounts was not as Latchkey had left it</source>
        <translation>A lista de contas não estava como o Latchkey a havia deixado</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Sessão encerrada</translation>
    </message>
    <message>
        <source>Looked for what was kept</source>
        <translation>Busca por dados salvos</translation>
    </message>
    <message>
        <source>Verification code sent</source>
        <translation>Código de verificação enviado</translation>
    </message>
    <message>
        <source>Sign-in started</source>
        <translation>Login iniciado</translation>
    </message>
    <message>
        <source>Verification code refused</source>
        <translation>Código de verificação recusado</translation>
    </message>
    <message>
        <source>Verification code asked for</source>
        <translation>Código de verificação solicitado</translation>
    </message>
    <message>
        <source>Certificate in question</source>
        <translation>Certificado a verificar</translation>
    </message>
    <message>
        <source>Session restored</source>
        <translation>Sessão restaurada</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Sessão iniciada</translation>
    </message>
    <message>
        <source>The appliance said: %1</source>
        <translation>Resposta do appliance: %1</translation>
    </message>
    <message>
        <source>HTTP status: %1</source>
        <translation>Status HTTP: %1</translation>
    </message>
    <message>
        <source>The appliance&apos;s time: %1</source>
        <translation>Hora do appliance: %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>Requisição: %1</translation>
    </message>
    <message>
        <source>Latchkey started.</source>
        <translation>O Latchkey foi iniciado.</translation>
    </message>
    <message>
        <source>The session was kept.</source>
        <translation>A sessão estava salva.</translation>
    </message>
    <message>
        <source>No session was kept.</source>
        <translation>Nenhuma sessão estava salva.</translation>
    </message>
    <message>
        <source>Something other than Latchkey changed it, or Latchkey ended in the midst of a change. Appliance, user, policy and trusted certificate are as they were sealed with the session.</source>
        <translation>Algo diferente do Latchkey a alterou, ou o Latchkey terminou no meio de uma alteração. O appliance, o usuário, a permissão e o certificado confiável estão como foram criptografados com a sessão.</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>Não foi possível ler os dados salvos.</translation>
    </message>
    <message>
        <source>Somebody signed in.</source>
        <translation>Alguém iniciou a sessão.</translation>
    </message>
    <message>
        <source>Somebody entered a verification code.</source>
        <translation>Alguém digitou um código de verificação.</translation>
    </message>
    <message>
        <source>Somebody trusted the certificate.</source>
        <translation>Alguém confiou no certificado.</translation>
    </message>
    <message>
        <source>Nobody trusted the certificate.</source>
        <translation>Ninguém confiou no certificado.</translation>
    </message>
    <message>
        <source>Somebody cancelled it.</source>
        <translation>Alguém cancelou.</translation>
    </message>
    <message>
        <source>A program wanted a token that lasts longer.</source>
        <translation>Um programa queria um token que durasse mais.</translation>
    </message>
    <message>
        <source>Somebody signed out.</source>
        <translation>Alguém encerrou a sessão.</translation>
    </message>
    <message>
        <source>It was time.</source>
        <translation>Chegou a hora prevista.</translation>
    </message>
    <message>
        <source>The network went away.</source>
        <translation>A rede ficou indisponível.</translation>
    </message>
    <message>
        <source>The network came back.</source>
        <translation>A rede voltou a ficar disponível.</translation>
    </message>
    <message>
        <source>The computer woke up.</source>
        <translation>O computador foi reativado.</translation>
    </message>
    <message>
        <source>The computer went to sleep.</source>
        <translation>O computador foi suspenso.</translation>
    </message>
    <message>
        <source>The appliance granted it.</source>
        <translation>O appliance concedeu.</translation>
    </message>
    <message>
        <source>The appliance asked for a verification code.</source>
        <translation>O appliance pediu um código de verificação.</translation>
    </message>
    <message>
        <source>The appliance showed a certificate that is not trusted.</source>
        <translation>O appliance apresentou um certificado que não é confiável.</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>Token renovado</translation>
    </message>
    <message>
        <source>Refresh started</source>
        <translation>Renovação iniciada</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <translation>Não é possível renovar</translation>
    </message>
    <message>
        <source>Somebody asked for a refresh.</source>
        <translation>Alguém pediu uma renovação.</translation>
    </message>
    <message>
        <source>The appliance did not grant it.</source>
        <translation>O appliance não concedeu.</translation>
    </message>
    <message>
        <source>There was no answer.</source>
        <translation>Não houve resposta.</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Looking…</source>
        <translation>Verificando…</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Não verificado</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>Nenhum problema</translation>
    </message>
</context>
<context>
    <name>HandOutView</name>
    <message>
        <source>Clipboard</source>
        <translation>Área de transferência</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Entregue</translation>
    </message>
    <message>
        <source>Given, but ends sooner than asked</source>
        <translation>Entregue, mas expira antes do pedido</translation>
    </message>
    <message>
        <source>Copied by you</source>
        <translation>Copiado por você</translation>
    </message>
    <message>
        <source>Refused: something failed</source>
        <translation>Negado: algo falhou</translation>
    </message>
    <message>
        <source>Refused: signed out</source>
        <translation>Negado: sessão encerrada</translation>
    </message>
    <message>
        <source>Refused: appliance out of reach</source>
        <translation>Negado: appliance inacessível</translation>
    </message>
    <message>
        <source>Refused: not allowed</source>
        <translation>Negado: não permitido</translation>
    </message>
    <message>
        <source>Refused: certificate in question</source>
        <translation>Negado: certificado a verificar</translation>
    </message>
    <message>
        <source>Refused: blocked by you</source>
        <translation>Negado: bloqueado por você</translation>
    </message>
    <message>
        <source>Refused: verification code needed</source>
        <translation>Negado: código de verificação necessário</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>answer</comment>
        <translation>
            <numerusform>%1 (%n vez)</numerusform>
            <numerusform>%1 (%n vezes)</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: asked for longer than tokens live</source>
        <translation>Negado: pedida duração maior que a dos tokens</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Start in the tray.</source>
        <translation>Iniciar na bandeja do sistema.</translation>
    </message>
    <message>
        <source>Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.</source>
        <translation>Manter os tokens apenas na memória e não usar nenhum chaveiro: as sessões duram até o Latchkey terminar.</translation>
    </message>
    <message>
        <source>Open the sign-in window for the appliance at &lt;url&gt;.</source>
        <translation>Abrir a janela de login para o appliance em &lt;url&gt;.</translation>
    </message>
    <message>
        <source>Open the sign-in window for this user.</source>
        <translation>Abrir a janela de login para este usuário.</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances.</source>
        <translation>Mantém sua sessão iniciada nos seus appliances de backup.</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Latchkey’s folder belongs to another user, so it is not used.</source>
        <translation>A pasta do Latchkey pertence a outro usuário e, por isso, não é usada.</translation>
    </message>
    <message>
        <source>Remove %1, or have it given to you, and start Latchkey again.</source>
        <translation>Remova %1, ou peça que a pasta seja transferida para você, e inicie o Latchkey novamente.</translation>
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
        <translation>Um programa desconhecido (processo %1)</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>Um programa desconhecido</translation>
    </message>
    <message>
        <source>%1, run by %2</source>
        <comment>a script, an interpreter</comment>
        <translation>%1, executado por %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a program, a terminal</comment>
        <translation>%1 em %2</translation>
    </message>
    <message>
        <source>%1 over SSH</source>
        <comment>a program</comment>
        <translation>%1 via SSH</translation>
    </message>
    <message>
        <source>%1, started by %2</source>
        <comment>a program, another one</comment>
        <translation>%1, iniciado por %2</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, por meio do gateway</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, por meio do latchkeyctl</translation>
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
        <translation>Script, segundo o programa: %1</translation>
    </message>
    <message>
        <source>Through: %1</source>
        <translation>Por meio de: %1</translation>
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
        <translation>“%1” (segundo ele mesmo)</translation>
    </message>
    <message>
        <source>Calls itself: %1</source>
        <translation>Diz se chamar: %1</translation>
    </message>
    <message>
        <source>Started by, as it says: %1</source>
        <translation>Iniciado por, segundo o programa: %1</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>Procurar em:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>&amp;Nome do arquivo:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>Arquivos do tipo:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Salvar</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 já existe.
Deseja substituí-lo?</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Desfazer</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Refazer</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Recor&amp;tar</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>Co&amp;lar</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Selecionar tudo</translation>
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
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Sim</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Não</translation>
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
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Selecionar tudo</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>%1 wants Latchkey to trust a certificate for %2.</source>
        <translation>%1 quer que o Latchkey confie em um certificado para %2.</translation>
    </message>
    <message>
        <source>%1 wants Latchkey to trust another certificate for %2.</source>
        <translation>%1 quer que o Latchkey confie em outro certificado para %2.</translation>
    </message>
    <message>
        <source>%1 wants to sign %2 out.</source>
        <translation>%1 quer encerrar a sessão de %2.</translation>
    </message>
    <message>
        <source>%1 wants to remove %2.</source>
        <translation>%1 quer remover %2.</translation>
    </message>
    <message>
        <source>%1 wants to use the name %2 for another appliance or user.</source>
        <translation>%1 quer usar o nome %2 para outro appliance ou usuário.</translation>
    </message>
    <message>
        <source>%1 wants to rename %2 to %3.</source>
        <translation>%1 quer renomear %2 para %3.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2.</source>
        <translation>%1 quer um token de %2.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2: %3.</source>
        <comment>a program, a session, who is signed in there</comment>
        <translation>%1 quer um token de %2: %3.</translation>
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
        <translation>&amp;Confiar neste certificado</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>&amp;Encerrar sessão</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Remover</translation>
    </message>
    <message>
        <source>&amp;Change the account</source>
        <translation>&amp;Alterar a conta</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Ren&amp;omear</translation>
    </message>
    <message>
        <source>%1 wants to add the session %2 and sign in to it.</source>
        <translation>%1 quer adicionar a sessão %2 e iniciá-la.</translation>
    </message>
    <message>
        <source>&amp;Add the session</source>
        <translation>Ad&amp;icionar a sessão</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1. Correct the file; Latchkey reads it again by itself.</source>
        <comment>file: what is wrong in it</comment>
        <translation>%1. Corrija o arquivo; o Latchkey o lê novamente sozinho.</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>Lista de contas</translation>
    </message>
    <message>
        <source>The administrator’s policy</source>
        <translation>Política do administrador</translation>
    </message>
    <message>
        <source>Kind file</source>
        <translation>Arquivo de tipo</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Chaveiro</translation>
    </message>
    <message>
        <source>Enter the appliance&apos;s address, such as https://backup.example.com.</source>
        <translation>Digite o endereço do appliance, como https://backup.example.com.</translation>
    </message>
    <message>
        <source>This is not the address of an appliance. Enter one such as https://backup.example.com.</source>
        <translation>Este não é o endereço de um appliance. Digite um como https://backup.example.com.</translation>
    </message>
    <message>
        <source>Passwords are not sent over http. Enter an https address.</source>
        <translation>Senhas não são enviadas por http. Digite um endereço https.</translation>
    </message>
    <message>
        <source>Enter an address of up to 2048 characters.</source>
        <translation>Digite um endereço de até 2048 caracteres.</translation>
    </message>
    <message>
        <source>Enter a user name of up to 256 characters.</source>
        <translation>Digite um nome de usuário de até 256 caracteres.</translation>
    </message>
    <message>
        <source>Enter a short name for this session, such as prod.</source>
        <translation>Digite um nome curto para esta sessão, como prod.</translation>
    </message>
    <message>
        <source>Enter a client ID of up to 256 characters.</source>
        <translation>Digite um ID do cliente de até 256 caracteres.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance.</source>
        <translation>O Latchkey não conhece este tipo de appliance.</translation>
    </message>
    <message>
        <source>Another appliance or user has this name. Choose another name.</source>
        <translation>Outro appliance ou usuário tem este nome. Escolha outro nome.</translation>
    </message>
    <message>
        <source>The list of accounts names another appliance or user than what is kept under this name. Unlock the keychain, so that Latchkey sees which is right, or remove the session.</source>
        <translation>A lista de contas indica um appliance ou usuário diferente do que está salvo com este nome. Desbloqueie o chaveiro, para que o Latchkey veja qual está certo, ou remova a sessão.</translation>
    </message>
    <message>
        <source>This session waits for a sign-in, a decision or the keychain. Rename it after that.</source>
        <translation>Esta sessão aguarda um login, uma decisão ou o chaveiro. Renomeie-a depois disso.</translation>
    </message>
    <message>
        <source>There are as many sessions as Latchkey can keep. Remove some first.</source>
        <translation>O Latchkey não pode gerenciar mais sessões. Remova algumas primeiro.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Seu administrador não permite este appliance. Peça que ele seja adicionado aos permitidos.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this kind of appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Seu administrador não permite este tipo de appliance. Peça que ele seja adicionado aos permitidos.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy cannot be read, so nobody knows what it allows. Have it corrected.</source>
        <translation>Não é possível ler a política do administrador, por isso não se sabe o que ela permite. Peça que seja corrigida.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault. Until it is corrected, nobody can sign in, and no token is given out: %1. Tell your administrator.</source>
        <translation>A política do administrador contém um erro. Até que seja corrigida, ninguém pode iniciar sessão e nenhum token é entregue: %1. Avise seu administrador.</translation>
    </message>
    <message>
        <source>Your administrator has set this session up. Sign in with your password.</source>
        <translation>Seu administrador configurou esta sessão. Inicie a sessão com sua senha.</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>Chaveiro bloqueado</translation>
    </message>
    <message>
        <source>Keychain needed</source>
        <translation>Chaveiro necessário</translation>
    </message>
    <message>
        <source>What was kept cannot be read</source>
        <translation>Os dados salvos não podem ser lidos</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>Certificado alterado</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>Certificado não confiável</translation>
    </message>
    <message>
        <source>Verification code needed</source>
        <translation>Código de verificação necessário</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>Senha necessária</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Login necessário</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Iniciando sessão…</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>Aguardando o chaveiro</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Precisam de você</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Sessão iniciada</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Sessão encerrada</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Ocupada</translation>
    </message>
    <message>
        <source>Cannot renew, token still good</source>
        <translation>Não é possível renovar, token ainda válido</translation>
    </message>
    <message>
        <source>Cannot renew, token expired</source>
        <translation>Não é possível renovar, token expirado</translation>
    </message>
    <message>
        <source>Ended by the appliance</source>
        <translation>Encerrada pelo appliance</translation>
    </message>
    <message>
        <source>The proxy %1 hung up without an answer. Ask whoever runs it.</source>
        <translation>O proxy %1 encerrou a conexão sem responder. Pergunte a quem o administra.</translation>
    </message>
    <message>
        <source>The proxy %1 wants another user name and password (HTTP status 407). Set them, in https_proxy as http://USER:PASSWORD@HOST:PORT.</source>
        <translation>O proxy %1 exige outro nome de usuário e outra senha (status HTTP 407). Defina-os em https_proxy, na forma http://USER:PASSWORD@HOST:PORT.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance&apos;s address; if it needs no proxy, name it in no_proxy.</source>
        <translation>O proxy %1 não consegue acessar o appliance (status HTTP %2). Verifique o endereço do appliance; se ele não precisar de proxy, inclua-o em no_proxy.</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed there; if it needs no proxy, name it in no_proxy.</source>
        <translation>O proxy %1 se recusa a conectar ao appliance (status HTTP %2). Peça que a conexão seja permitida; se o appliance não precisar de proxy, inclua-o em no_proxy.</translation>
    </message>
    <message>
        <source>on the way</source>
        <comment>in place of its name: the proxy on the way …</comment>
        <translation>intermediário</translation>
    </message>
    <message>
        <source>The proxy %1 is none that Latchkey can use. Set one that begins with http:// or socks5://, in https_proxy or in the system&apos;s settings.</source>
        <translation>O Latchkey não consegue usar o proxy %1. Defina um que comece com http:// ou socks5://, em https_proxy ou nas configurações do sistema.</translation>
    </message>
    <message>
        <source>This user signs in through single sign-on, which Latchkey cannot do. Use a local user of the appliance.</source>
        <translation>Este usuário usa login único (SSO), o que o Latchkey não consegue fazer. Use um usuário local do appliance.</translation>
    </message>
    <message>
        <source>The appliance does not let this user in now. Open its web page: its licence agreement may have to be accepted first.</source>
        <translation>O appliance não permite a entrada deste usuário no momento. Abra a página web dele: talvez seja preciso aceitar primeiro o contrato de licença.</translation>
    </message>
    <message>
        <source>The appliance refused the user name or the password. Check both and try again.</source>
        <translation>O appliance recusou o nome de usuário ou a senha. Verifique ambos e tente novamente.</translation>
    </message>
    <message>
        <source>The appliance refused the client ID or the client secret. Check both and sign in again.</source>
        <translation>O appliance recusou o ID do cliente ou o segredo do cliente. Verifique ambos e inicie a sessão novamente.</translation>
    </message>
    <message>
        <source>What answers at this address refuses the session. Without https nobody can tell whether it is your appliance. If it is, sign in again.</source>
        <translation>O que responde neste endereço recusa a sessão. Sem https, ninguém pode saber se é o seu appliance. Se for, inicie a sessão novamente.</translation>
    </message>
    <message>
        <source>The appliance&apos;s last answer never arrived, and it takes the old token no more. Sign in again.</source>
        <translation>A última resposta do appliance nunca chegou, e ele não aceita mais o token antigo. Inicie a sessão novamente.</translation>
    </message>
    <message>
        <source>The appliance ended the session. Sign in again.</source>
        <translation>O appliance encerrou a sessão. Inicie a sessão novamente.</translation>
    </message>
    <message>
        <source>the appliance&apos;s port</source>
        <comment>another user listens at …</comment>
        <translation>a porta do appliance</translation>
    </message>
    <message>
        <source>Another user of this computer listens at %1. Nothing was sent to them. Find out who it is, and start your appliance or tunnel there again or at another port.</source>
        <translation>Outro usuário deste computador está usando %1. Nada foi enviado a ele. Descubra quem é e inicie seu appliance ou túnel ali novamente ou em outra porta.</translation>
    </message>
    <message>
        <source>The appliance broke off before the connection was secure, so nothing was sent. Check the port, and whether it wants a client certificate, which Latchkey does not have.</source>
        <translation>O appliance interrompeu a conexão antes que ela fosse segura, por isso nada foi enviado. Verifique a porta e se ele exige um certificado de cliente, que o Latchkey não tem.</translation>
    </message>
    <message>
        <source>There is no keychain for the key to this session. Start one, such as GNOME Keyring or KWallet.</source>
        <translation>Não há chaveiro para a chave desta sessão. Inicie um, como o GNOME Keyring ou o KWallet.</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it.</source>
        <translation>O chaveiro está bloqueado. Desbloqueie-o.</translation>
    </message>
    <message>
        <source>The keychain was not unlocked: its question was answered with no, dismissed, or could not be shown. Unlock it, or sign in to be asked again.</source>
        <translation>O chaveiro não foi desbloqueado: a pergunta dele foi respondida com não, fechada ou não pôde ser exibida. Desbloqueie-o, ou inicie a sessão para que ele pergunte novamente.</translation>
    </message>
    <message>
        <source>The keychain has not answered yet. See whether it asks for something.</source>
        <translation>O chaveiro ainda não respondeu. Veja se ele está perguntando algo.</translation>
    </message>
    <message>
        <source>The key to this session is in another keychain or database than the one that is open. Open that one.</source>
        <translation>A chave desta sessão está em um chaveiro ou banco de dados diferente do que está aberto. Abra o correto.</translation>
    </message>
    <message>
        <source>The key to this session is gone from the keychain. Sign in again.</source>
        <translation>A chave desta sessão não está mais no chaveiro. Inicie a sessão novamente.</translation>
    </message>
    <message>
        <source>The disk is full. Make room on it.</source>
        <translation>O disco está cheio. Libere espaço.</translation>
    </message>
    <message>
        <source>Latchkey&apos;s data folder cannot be used. See that it can be made and that you may write to it.</source>
        <translation>Não é possível usar a pasta de dados do Latchkey. Certifique-se de que ela pode ser criada e de que você pode gravar nela.</translation>
    </message>
    <message>
        <source>What was kept of this session is damaged and was put aside. Sign in again.</source>
        <translation>Os dados salvos desta sessão estão danificados e foram postos de lado. Inicie a sessão novamente.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance any more. Put its kind file back.</source>
        <translation>O Latchkey não conhece mais este tipo de appliance. Recoloque o arquivo de tipo dele.</translation>
    </message>
    <message>
        <source>The kind file of this appliance is another one than at the sign-in. Put the old one back, or sign in again.</source>
        <translation>O arquivo de tipo deste appliance não é o mesmo do login. Recoloque o antigo, ou inicie a sessão novamente.</translation>
    </message>
    <message>
        <source>The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or add the version to a kind file.</source>
        <translation>O appliance não oferece nenhuma versão que o Latchkey conheça. Procure um Latchkey mais recente, ou adicione a versão a um arquivo de tipo.</translation>
    </message>
    <message>
        <source>The appliance did not answer in time. Try again.</source>
        <translation>O appliance não respondeu a tempo. Tente novamente.</translation>
    </message>
    <message>
        <source>The appliance is busy or being updated. Try again later.</source>
        <translation>O appliance está ocupado ou sendo atualizado. Tente novamente mais tarde.</translation>
    </message>
    <message>
        <source>The appliance refused the code. Wait for the next one in your authenticator and enter it.</source>
        <translation>O appliance recusou o código. Aguarde o próximo no seu aplicativo autenticador e digite-o.</translation>
    </message>
    <message>
        <source>What answered does not speak like an appliance. Check the address, and whether a proxy or a sign-in page stands in between.</source>
        <translation>O que respondeu não parece ser um appliance. Verifique o endereço e se há um proxy ou uma página de login no caminho.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not trusted, so nothing was sent. Look at it and decide.</source>
        <translation>O certificado do appliance não é confiável, por isso nada foi enviado. Examine-o e decida.</translation>
    </message>
    <message>
        <source>The appliance speaks only an outdated version of TLS, so nothing was sent. Have a newer one switched on there.</source>
        <translation>O appliance só aceita uma versão desatualizada do TLS, por isso nada foi enviado. Peça que ativem nele uma mais recente.</translation>
    </message>
    <message>
        <source>What answers at this port speaks http, not https. Check the port.</source>
        <translation>O que responde nesta porta usa http, não https. Verifique a porta.</translation>
    </message>
    <message>
        <source>What answers at this port does not speak https. Check the port.</source>
        <translation>O que responde nesta porta não usa https. Verifique a porta.</translation>
    </message>
    <message>
        <source>Until then, this session ends with Latchkey.</source>
        <translation>Até lá, esta sessão termina com o Latchkey.</translation>
    </message>
    <message>
        <source>The disk has not taken it yet. Until it has, this holds only as long as Latchkey runs.</source>
        <translation>O disco ainda não salvou. Até lá, isto só vale enquanto o Latchkey estiver em execução.</translation>
    </message>
    <message>
        <source>Signed out here. The appliance has not confirmed it, so the tokens may be good there until they end.</source>
        <translation>Sessão encerrada aqui. O appliance não confirmou, por isso os tokens podem continuar válidos nele até expirarem.</translation>
    </message>
    <message>
        <source>Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.</source>
        <translation>Sessão encerrada, mas não foi possível remover do disco os dados salvos. O Latchkey continua tentando.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate has changed. Find out why before you trust it.</source>
        <translation>O certificado do appliance mudou. Descubra o motivo antes de confiar nele.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not known. Compare its fingerprint, and trust it only if it is the same.</source>
        <translation>O certificado do appliance não é conhecido. Compare a impressão digital dele e confie nele apenas se for a mesma.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not the one that was named. Compare the two fingerprints.</source>
        <translation>O certificado do appliance não é o que foi indicado. Compare as duas impressões digitais.</translation>
    </message>
    <message>
        <source>The list of accounts could not be read in full; a copy is in %1. Kept sessions are back all the same. If one is missing, sign in to it again.</source>
        <translation>A lista de contas não pôde ser lida por completo; há uma cópia em %1. As sessões salvas foram restauradas mesmo assim. Se faltar alguma, inicie a sessão novamente.</translation>
    </message>
    <message>
        <source>The socket for programs cannot be made; see the message above.</source>
        <translation>Não foi possível criar o soquete para programas; veja a mensagem acima.</translation>
    </message>
    <message>
        <source>The clocks of the appliance and of this computer are more than a minute apart. Set them by a time server.</source>
        <translation>Os relógios do appliance e deste computador diferem em mais de um minuto. Ajuste-os por um servidor de horário.</translation>
    </message>
    <message>
        <source>Your administrator has decided which certificate this appliance has, and this is another one. Nobody else can trust it: ask your administrator.</source>
        <translation>Seu administrador definiu qual certificado este appliance tem, e este é outro. Ninguém mais pode confiar nele: fale com seu administrador.</translation>
    </message>
    <message>
        <source>The system does not tell Latchkey when the policy changes, so a change counts a few seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.</source>
        <translation>O sistema não avisa o Latchkey quando a política muda, por isso uma mudança só vale alguns segundos depois. Aumente o limite de arquivos monitorados do sistema, fs.inotify.max_user_watches.</translation>
    </message>
    <message>
        <source>1 session needs you</source>
        <translation>1 sessão precisa de você</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions need you</source>
        <translation>
            <numerusform>%n sessão precisa de você</numerusform>
            <numerusform>%n sessões precisam de você</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session cannot renew</source>
        <translation>1 sessão não pode ser renovada</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew</source>
        <translation>
            <numerusform>%n sessão não pode ser renovada</numerusform>
            <numerusform>%n sessões não podem ser renovadas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed in</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n sessão iniciada</numerusform>
            <numerusform>%n sessões iniciadas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed out</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n sessão encerrada</numerusform>
            <numerusform>%n sessões encerradas</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>Renovando…</translation>
    </message>
    <message>
        <source>The appliance asks for a verification code. Enter it.</source>
        <translation>O appliance pede um código de verificação. Digite-o.</translation>
    </message>
    <message>
        <source>Enter the user name that you have on the appliance.</source>
        <translation>Digite o nome de usuário que você tem no appliance.</translation>
    </message>
    <message>
        <source>Use a name of up to 64 letters, digits and signs, without spaces, / and \, and without a - at its beginning.</source>
        <translation>Use um nome de até 64 letras, dígitos e sinais, sem espaços, / e \, e sem um - no início.</translation>
    </message>
    <message>
        <source>The appliance cannot be reached. Check the network and its address.</source>
        <translation>Não é possível acessar o appliance. Verifique a rede e o endereço dele.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached. Check the network, and its address in https_proxy or in the system&apos;s settings.</source>
        <translation>Não é possível acessar o proxy %1. Verifique a rede e o endereço do proxy, em https_proxy ou nas configurações do sistema.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault, so the last good one stays in force. Tell your administrator: %1.</source>
        <translation>A política do administrador contém um erro, por isso a última versão correta continua em vigor. Avise seu administrador: %1.</translation>
    </message>
</context>
<context>
    <name>SessionQuestions</name>
    <message>
        <source>Sign out of %1?</source>
        <translation>Encerrar a sessão de %1?</translation>
    </message>
    <message>
        <source>The appliance ends the session. Scripts that use this name get no token until somebody signs in again.</source>
        <translation>O appliance encerra a sessão. Os scripts que usam este nome não obtêm nenhum token até que alguém inicie a sessão novamente.</translation>
    </message>
    <message>
        <source>Remove session</source>
        <translation>Remover sessão</translation>
    </message>
    <message>
        <source>Remove the session %1?</source>
        <translation>Remover a sessão %1?</translation>
    </message>
    <message>
        <source>This cannot be undone. Latchkey signs out of the appliance and forgets the session with its tokens and its history. Scripts that use this name will no longer get a token.</source>
        <translation>Isto não pode ser desfeito. O Latchkey encerra a sessão no appliance e esquece a sessão com seus tokens e seu histórico. Os scripts que usam este nome não obterão mais nenhum token.</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>%1 at %2</source>
        <comment>user at appliance</comment>
        <translation>%1 em %2</translation>
    </message>
    <message>
        <source>Token good until %1</source>
        <translation>Token válido até %1</translation>
    </message>
    <message>
        <source>Token expired at %1</source>
        <translation>Token expirado: %1</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Usado</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Não usado</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, até %2</translation>
    </message>
    <message>
        <source>Expired at %1</source>
        <translation>Expirado: %1</translation>
    </message>
    <message>
        <source>None: the session ends with its access token</source>
        <translation>Nenhum: a sessão termina com seu token de acesso</translation>
    </message>
    <message>
        <source>The appliance does not say how long it lasts</source>
        <translation>O appliance não informa quanto tempo ele dura</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Agora</translation>
    </message>
    <message>
        <source>In %1, at %2</source>
        <translation>Em %1 (%2)</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>Na hora certa</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>%1 adiantado</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 atrasado</translation>
    </message>
    <message>
        <source>In memory only: %1</source>
        <comment>why it is not kept</comment>
        <translation>Apenas na memória: %1</translation>
    </message>
    <message>
        <source>Being kept…</source>
        <translation>Salvando…</translation>
    </message>
    <message>
        <source>On this computer, sealed</source>
        <translation>Neste computador, criptografada</translation>
    </message>
    <message>
        <source>In memory only: ends with Latchkey</source>
        <translation>Apenas na memória: termina com o Latchkey</translation>
    </message>
    <message>
        <source>Since %1, trying now.</source>
        <translation>Desde %1, tentando agora.</translation>
    </message>
    <message>
        <source>Since %1, next try in %2.</source>
        <translation>Desde %1, próxima tentativa em %2.</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>Desde %1.</translation>
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
        <translation>expirado</translation>
    </message>
    <message>
        <source>Cannot renew, token still good until %1</source>
        <translation>Não é possível renovar, token válido até: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n dia</numerusform>
            <numerusform>%n dias</numerusform>
        </translation>
    </message>
    <message>
        <source>Not planned</source>
        <comment>refresh</comment>
        <translation>Não prevista</translation>
    </message>
    <message>
        <source>Nothing kept</source>
        <translation>Nada salvo</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Desconhecido</translation>
    </message>
    <message>
        <source>None</source>
        <comment>access token or refresh token</comment>
        <translation>Nenhum</translation>
    </message>
    <message>
        <source>Not until you decide</source>
        <translation>Só depois da sua decisão</translation>
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
        <translation>Válido se renovado</translation>
    </message>
    <message>
        <source>Refresh</source>
        <comment>a mark on the timeline</comment>
        <translation>Renovação</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <comment>a colour of the timeline</comment>
        <translation>Não é possível renovar</translation>
    </message>
    <message>
        <source>Computer asleep</source>
        <comment>a colour of the timeline</comment>
        <translation>Computador suspenso</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <comment>a mark on the timeline</comment>
        <translation>Fim do login</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AboutWindow</name>
    <message>
        <source>About Latchkey</source>
        <translation>Sobre o Latchkey</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Relatar um &amp;problema…</translation>
    </message>
    <message>
        <source>Latchkey %1</source>
        <comment>version</comment>
        <translation>Latchkey %1</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances. Latchkey is free software under the Apache License 2.0.</source>
        <translation>Mantém sua sessão iniciada nos seus appliances de backup. O Latchkey é software livre, sob a Licença Apache 2.0.</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Componente</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licença</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AdministratorNote</name>
    <message>
        <source>Set by your administrator</source>
        <translation>Definido pelo administrador</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::BusyHint</name>
    <message>
        <source>Working</source>
        <translation>Trabalhando</translation>
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
        <translation>Validade</translation>
    </message>
    <message>
        <source>Trusted fingerprint</source>
        <translation>Impressão digital confiável</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Impressão digital</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Paste to compare</source>
        <translation>Colar para comparar</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>De %1 a %2</translation>
    </message>
    <message>
        <source>Your administrator decided for (SHA-256)</source>
        <translation>Definida pelo administrador (SHA-256)</translation>
    </message>
    <message>
        <source>You trusted (SHA-256)</source>
        <translation>Em que você confiou (SHA-256)</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>Impressão digital SHA-256</translation>
    </message>
    <message>
        <source>It shows now (SHA-256)</source>
        <translation>A que ele mostra agora (SHA-256)</translation>
    </message>
    <message>
        <source>The clipboard holds no SHA-256 fingerprint.</source>
        <translation>A área de transferência não contém uma impressão digital SHA-256.</translation>
    </message>
    <message>
        <source>It is another one: do not trust it.</source>
        <translation>É outra: não confie nela.</translation>
    </message>
    <message>
        <source>You copied this one here. Copy the appliance&apos;s own.</source>
        <translation>Esta você copiou aqui mesmo. Copie a do appliance.</translation>
    </message>
    <message>
        <source>It is the same.</source>
        <translation>É a mesma.</translation>
    </message>
    <message>
        <source>Copy the new one</source>
        <translation>Copiar a nova</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CodePage</name>
    <message>
        <source>Verification code</source>
        <translation>Código de verificação</translation>
    </message>
    <message>
        <source>I use a &amp;scratch code, which has 8 digits</source>
        <translation>Uso um código de &amp;recuperação, que tem 8 dígitos</translation>
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
        <translation>Código de &amp;verificação</translation>
    </message>
    <message>
        <source>Enter the code of your authenticator</source>
        <translation>Digite o código do seu aplicativo autenticador</translation>
    </message>
    <message>
        <source>The appliance asks for a second factor of %1.</source>
        <translation>O appliance pede um segundo fator a %1.</translation>
    </message>
    <message>
        <source>Enter 6 digits from your authenticator, or 8 of a scratch code.</source>
        <translation>Digite os 6 dígitos do seu aplicativo autenticador, ou os 8 de um código de recuperação.</translation>
    </message>
    <message>
        <source>The appliance has refused this code already.</source>
        <translation>O appliance já recusou este código.</translation>
    </message>
    <message>
        <source>A new code is due in %1 s.</source>
        <translation>Novo código em %1 s.</translation>
    </message>
    <message>
        <source>Your authenticator shows a new code now.</source>
        <translation>Seu aplicativo autenticador mostra um novo código agora.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Verificando…</translation>
    </message>
    <message>
        <source>The appliance&apos;s clock is out of step: %1. If it is the one that is wrong, no code will do until somebody sets it right.</source>
        <comment>3 min ahead</comment>
        <translation>O relógio do appliance está fora de hora: %1. Se é ele que está errado, nenhum código servirá até que alguém o acerte.</translation>
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
        <translation>Impressão digital fixada</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Relógio</translation>
    </message>
    <message>
        <source>Chec&amp;k now</source>
        <translation>&amp;Verificar agora</translation>
    </message>
    <message>
        <source>See whether the appliance answers, without signing in</source>
        <translation>Ver se o appliance responde, sem iniciar sessão</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Examinando o appliance…</translation>
    </message>
    <message>
        <source>The appliance answered at %1.</source>
        <translation>O appliance respondeu às %1.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhuma</translation>
    </message>
    <message>
        <source>“Check now” tells the TLS version, the certificate and the clock.</source>
        <translation>“Verificar agora” informa a versão do TLS, o certificado e o relógio.</translation>
    </message>
    <message>
        <source>None: any certificate that this computer trusts</source>
        <translation>Nenhuma: qualquer certificado em que este computador confie</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>Definido pelo administrador</translation>
    </message>
    <message>
        <source>Only this certificate</source>
        <translation>Só este certificado</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentRequest</name>
    <message>
        <source>Until now</source>
        <translation>Até agora</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>A partir de agora</translation>
    </message>
    <message>
        <source>Appliance until now</source>
        <translation>Appliance até agora</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>Appliance</translation>
    </message>
    <message>
        <source>User name until now</source>
        <translation>Nome de usuário até agora</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nome de usuário</translation>
    </message>
    <message>
        <source>Kind until now</source>
        <translation>Tipo até agora</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Client ID until now</source>
        <translation>ID do cliente até agora</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>ID do cliente</translation>
    </message>
    <message>
        <source>None</source>
        <comment>client ID</comment>
        <translation>Nenhum</translation>
    </message>
    <message>
        <source>Whoever shows this certificate gets your password and tokens. Get the fingerprint from whoever runs the appliance, or at its console: a browser on this computer can be shown the same false certificate. Deny it if you have not asked for this.</source>
        <translation>Quem mostra este certificado recebe sua senha e seus tokens. Obtenha a impressão digital com quem administra o appliance, ou no console do próprio appliance: a um navegador neste computador pode ser mostrado o mesmo certificado falso. Negue o pedido se não foi você quem o fez.</translation>
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
        <translation>&amp;Desta vez</translation>
    </message>
    <message>
        <source>For one &amp;hour</source>
        <translation>Por uma &amp;hora</translation>
    </message>
    <message>
        <source>&amp;Until the screen locks</source>
        <translation>&amp;Até a tela ser bloqueada</translation>
    </message>
    <message>
        <source>Al&amp;ways</source>
        <translation>&amp;Sempre</translation>
    </message>
    <message>
        <source>It is not certain which program this is, so it can only be allowed this time.</source>
        <translation>Não se sabe ao certo qual programa é este, por isso ele só pode ser permitido desta vez.</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Negar</translation>
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
        <translation>O sistema garante isto</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Por meio de</translation>
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
        <translation>Só o próprio programa afirma isto</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Script</translation>
    </message>
    <message>
        <source>1 more program is waiting.</source>
        <translation>Mais 1 programa está aguardando.</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs are waiting.</source>
        <translation>
            <numerusform>Mais %n programa está aguardando.</numerusform>
            <numerusform>Mais %n programas estão aguardando.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not certain which program this is.</source>
        <translation>Não se sabe ao certo qual programa é este.</translation>
    </message>
    <message>
        <source>A longer choice allows every script that %1 runs.</source>
        <translation>Um prazo maior permite todos os scripts que %1 executar.</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed this certificate</source>
        <translation>Quem administra o appliance con&amp;firmou este certificado</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Diz se chamar</translation>
    </message>
    <message>
        <source>Started by, as it says</source>
        <translation>Iniciado por, segundo o programa</translation>
    </message>
    <message>
        <source>The button works in a moment.</source>
        <translation>O botão funcionará em um instante.</translation>
    </message>
    <message>
        <source>Tick the box above first.</source>
        <translation>Marque primeiro a caixa acima.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Coordinator</name>
    <message>
        <source>Memory only: no token is saved, and all sessions end with Latchkey.</source>
        <translation>Apenas na memória: nenhum token é salvo, e todas as sessões terminam com o Latchkey.</translation>
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
        <translation>Como ca&amp;beçalho</translation>
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
        <translation>Como &amp;arquivo .http</translation>
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
        <translation>Progresso</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Resultados</translation>
    </message>
    <message>
        <source>C&amp;opy findings</source>
        <translation>C&amp;opiar resultados</translation>
    </message>
    <message>
        <source>Doctor – %1</source>
        <translation>Diagnóstico – %1</translation>
    </message>
    <message>
        <source>Looked at %1 of %2…</source>
        <translation>Verificados: %1 de %2…</translation>
    </message>
    <message>
        <source>Stopped: looked at %1 of %2</source>
        <translation>Interrompido: verificados %1 de %2</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>Nenhum problema foi encontrado</translation>
    </message>
    <message>
        <source>One problem was found</source>
        <translation>Um problema foi encontrado</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Parar</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>&amp;Verificar novamente</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found</source>
        <translation>
            <numerusform>%n problema foi encontrado</numerusform>
            <numerusform>%n problemas foram encontrados</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w session</source>
        <translation>Mostrar &amp;sessão</translation>
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
        <translation>Concluir</translation>
    </message>
    <message>
        <source>Latchkey keeps %1 signed in from now on. Scripts get its token with this line:</source>
        <translation>A partir de agora, o Latchkey mantém a sessão %1 iniciada. Os scripts obtêm o token dela com esta linha:</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Você iniciou a sessão</translation>
    </message>
    <message>
        <source>This desktop has no tray: when you close the window, it minimizes.</source>
        <translation>Esta área de trabalho não tem bandeja do sistema: ao fechar a janela, ela é minimizada.</translation>
    </message>
    <message>
        <source>There is no keychain that Latchkey could use: the session ends with Latchkey.</source>
        <translation>Não há chaveiro que o Latchkey possa usar: a sessão termina com o Latchkey.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copiar</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Iniciar o Latchkey quando eu iniciar sessão neste computador</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::FormHead</name>
    <message>
        <source>Sign in to an appliance</source>
        <translation>Iniciar sessão em um appliance</translation>
    </message>
    <message>
        <source>A link or another program filled in %1. Check that it is your appliance before you type a password.</source>
        <translation>Um link ou outro programa preencheu %1. Verifique se é o seu appliance antes de digitar uma senha.</translation>
    </message>
    <message>
        <source>A link or another program filled in what is no address. Type that of your appliance.</source>
        <translation>Um link ou outro programa preencheu algo que não é um endereço. Digite o do seu appliance.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::GeneralPage</name>
    <message>
        <source>As the desktop</source>
        <translation>Como na área de trabalho</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Iniciar o Latchkey quando eu iniciar sessão neste computador</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aparência</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clara</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Escura</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>Ícone da bandeja</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>Em cores</translation>
    </message>
    <message>
        <source>As a symbol</source>
        <translation>Como símbolo</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>I&amp;dioma</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Aparência</translation>
    </message>
    <message>
        <source>&amp;Tray icon</source>
        <translation>Íco&amp;ne da bandeja</translation>
    </message>
    <message>
        <source>The language changes when Latchkey starts again.</source>
        <translation>O idioma muda quando o Latchkey for reiniciado.</translation>
    </message>
    <message>
        <source>This could not be changed. Is your configuration folder writable, and the disk not full?</source>
        <translation>Não foi possível alterar isto. Você pode gravar na sua pasta de configuração, e há espaço no disco?</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry is for other desktops only. Check the box to change that.</source>
        <translation>Sua área de trabalho não inicia o Latchkey: a entrada de início automático é apenas para outras áreas de trabalho. Marque a caixa para mudar isso.</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry names a program that is not there. Check the box to change that.</source>
        <translation>Sua área de trabalho não inicia o Latchkey: a entrada de início automático indica um programa que não existe. Marque a caixa para mudar isso.</translation>
    </message>
    <message>
        <source>This cannot be changed: the folder for autostart entries is not writable.</source>
        <translation>Não é possível alterar isto: a pasta das entradas de início automático não permite gravação.</translation>
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
        <translation>Ajuda</translation>
    </message>
    <message>
        <source>How a session is</source>
        <translation>Estado de uma sessão</translation>
    </message>
    <message>
        <source>It waits for a code, a sign-in, the keychain, or a decision about a certificate.</source>
        <translation>Ela aguarda um código, um login, o chaveiro ou uma decisão sobre um certificado.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Inicie a sessão novamente.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Scripts go on meanwhile.</source>
        <translation>O Latchkey continua tentando. Enquanto isso, os scripts seguem funcionando.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Until it succeeds, scripts get no token.</source>
        <translation>O Latchkey continua tentando. Até que consiga, os scripts não obtêm nenhum token.</translation>
    </message>
    <message>
        <source>Somebody is being signed in, or a token is on its way.</source>
        <translation>Uma sessão está sendo iniciada, ou um token está a caminho.</translation>
    </message>
    <message>
        <source>By you, or nobody has signed in yet.</source>
        <translation>Por você, ou ninguém iniciou a sessão ainda.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 ou %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrar</translation>
    </message>
    <message>
        <source>What the chosen session needs, or its token</source>
        <translation>O que a sessão escolhida precisa, ou o token dela</translation>
    </message>
    <message>
        <source>All that can be done with it</source>
        <translation>Tudo o que se pode fazer com ela</translation>
    </message>
    <message>
        <source>Closes a window, and empties the filter</source>
        <translation>Fecha uma janela e limpa o filtro</translation>
    </message>
    <message>
        <source>All is well. Latchkey refreshes the token by itself.</source>
        <translation>Tudo certo. O Latchkey renova o token sozinho.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HistoryView</name>
    <message>
        <source>What happened</source>
        <translation>Histórico</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>Copiar &amp;detalhes</translation>
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
        <translation>Detectado automaticamente</translation>
    </message>
    <message>
        <source>No appliance that Latchkey knows answers there. Check the address, or choose the kind.</source>
        <translation>Nenhum appliance que o Latchkey conheça responde ali. Verifique o endereço, ou escolha o tipo.</translation>
    </message>
    <message>
        <source>Several kinds fit this address: %1. Choose one.</source>
        <translation>Vários tipos correspondem a este endereço: %1. Escolha um.</translation>
    </message>
    <message>
        <source>Appliances of this kind answer at %1. Type the address of one with its port.</source>
        <translation>Appliances deste tipo respondem em %1. Digite o endereço de um deles com a porta.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerModel</name>
    <message>
        <source>From %1 to %2</source>
        <translation>De %1 a %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sessão</translation>
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
        <translation>Resposta</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerWindow</name>
    <message>
        <source>Fold &amp;repeats of a day</source>
        <translation>Agrupar as &amp;repetições do mesmo dia</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportar…</translation>
    </message>
    <message>
        <source>Tokens handed out</source>
        <translation>Tokens entregues</translation>
    </message>
    <message>
        <source>The last thousand times that somebody asked for an access token. The tokens themselves are never written down.</source>
        <translation>As últimas mil vezes em que alguém pediu um token de acesso. Os tokens em si nunca são anotados.</translation>
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
        <translation>Sessão, programa, script, resposta …</translation>
    </message>
    <message>
        <source>No token has been handed out yet.</source>
        <translation>Nenhum token foi entregue ainda.</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Nada corresponde ao filtro.</translation>
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
        <translation>Escolha uma linha cujo programa seja conhecido.</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>%1 não está mais bloqueado.</translation>
    </message>
    <message>
        <source>No more programs can be blocked. Unblock one first.</source>
        <translation>Não é possível bloquear mais programas. Desbloqueie um primeiro.</translation>
    </message>
    <message>
        <source>%1 and all its scripts get no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 e todos os seus scripts não obtêm tokens até que você o desbloqueie, aqui ou nas configurações, em Programas.</translation>
    </message>
    <message>
        <source>%1 gets no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 não obtém tokens até que você o desbloqueie, aqui ou nas configurações, em Programas.</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Exportar a lista</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabela (*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written. Is the folder writable, and the disk not full?</source>
        <translation>Não foi possível gravar a lista. Você pode gravar na pasta, e há espaço no disco?</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>A lista está em %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LogLevelBox</name>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Desativado</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>O que acontece</translation>
    </message>
    <message>
        <source>Each step</source>
        <translation>Cada etapa</translation>
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
        <translation>Nome de usuário</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Senha</translation>
    </message>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>&amp;Manter a sessão iniciada</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sessão</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>&amp;Appliance</source>
        <translation>&amp;Appliance</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nome de &amp;usuário</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Senha</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Mostrar senha</translation>
    </message>
    <message>
        <source>In memory only: the session ends with Latchkey.</source>
        <translation>Apenas na memória: a sessão termina com o Latchkey.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in the keychain.</source>
        <translation>Criptografada neste computador, com uma chave no chaveiro.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in %1.</source>
        <translation>Criptografada neste computador, com uma chave em %1.</translation>
    </message>
    <message>
        <source>There is no keychain here: the session stays in memory and ends with Latchkey.</source>
        <translation>Não há chaveiro aqui: a sessão fica na memória e termina com o Latchkey.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Iniciando sessão…</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Examinando o appliance…</translation>
    </message>
    <message>
        <source>Enter here the password that %1 has on %2.</source>
        <comment>a user, an appliance</comment>
        <translation>Digite aqui a senha que %1 tem em %2.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginWindow</name>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sessão</translation>
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
        <translation>Você ainda não iniciou sessão em nenhum appliance</translation>
    </message>
    <message>
        <source>Sign in once. Latchkey then keeps the access token fresh, shows who you are on the appliance, and hands the token to you and your scripts.</source>
        <translation>Inicie a sessão uma vez. Depois, o Latchkey mantém o token de acesso atualizado, mostra quem você é no appliance e entrega o token a você e aos seus scripts.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sessão</translation>
    </message>
    <message>
        <source>&amp;Latchkey</source>
        <translation>&amp;Latchkey</translation>
    </message>
    <message>
        <source>&amp;Sign in to another appliance…</source>
        <translation>&amp;Iniciar sessão em outro appliance…</translation>
    </message>
    <message>
        <source>&amp;Tokens handed out…</source>
        <translation>&amp;Tokens entregues…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Configurações…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;juda</translation>
    </message>
    <message>
        <source>&amp;Doctor…</source>
        <translation>&amp;Diagnóstico…</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Relatar um &amp;problema…</translation>
    </message>
    <message>
        <source>&amp;About Latchkey</source>
        <translation>S&amp;obre o Latchkey</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Sair</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sessão</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so Latchkey minimizes instead of hiding where nobody could find it. On GNOME, the AppIndicator extension adds a tray. Quit with %1.</source>
        <translation>Não há bandeja do sistema nesta área de trabalho, por isso o Latchkey é minimizado em vez de se ocultar onde ninguém o encontraria. No GNOME, a extensão AppIndicator adiciona uma bandeja. Saia com %1.</translation>
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
        <translation>Sessão de &amp;curta duração</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>ID do cliente</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Segredo do cliente</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>Ma&amp;is</translation>
    </message>
    <message>
        <source>What you and your scripts call this session</source>
        <translation>O nome que você e seus scripts dão a esta sessão</translation>
    </message>
    <message>
        <source>Asks the appliance for a session that ends soon when unused</source>
        <translation>Pede ao appliance uma sessão que termina logo quando não é usada</translation>
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
        <translation>I&amp;D do cliente</translation>
    </message>
    <message>
        <source>&amp;Client secret</source>
        <translation>S&amp;egredo do cliente</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NeedBanner</name>
    <message>
        <source>&amp;Next</source>
        <translation>Pró&amp;xima</translation>
    </message>
    <message>
        <source>Go to the next one of them</source>
        <translation>Ir para a próxima delas</translation>
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
        <translation>Como neste computador</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhum</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Este:</translation>
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
        <translation>Nome de usuário</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, choose “As on this computer” and set https_proxy.</source>
        <translation>O Latchkey não guarda senha de proxy. Se o seu precisar de uma, escolha “Como neste computador” e defina https_proxy.</translation>
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
        <translation>Nome de &amp;usuário</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy, without its port.</source>
        <translation>Digite o nome ou o endereço do proxy, sem a porta.</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, ask your administrator.</source>
        <translation>O Latchkey não guarda senha de proxy. Se o seu precisar de uma, fale com seu administrador.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Notices</name>
    <message>
        <source>%1: Sign-in ends soon</source>
        <comment>session</comment>
        <translation>%1: o login expira em breve</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A program asks for your permission</source>
        <translation>Um programa pede sua permissão</translation>
    </message>
    <message>
        <source>Latchkey goes on in the tray</source>
        <translation>O Latchkey continua na bandeja do sistema</translation>
    </message>
    <message>
        <source>Your sessions stay signed in. Click the icon to open the window again, or choose Quit in its menu.</source>
        <translation>Suas sessões permanecem iniciadas. Clique no ícone para reabrir a janela, ou escolha Sair no menu dele.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew, tokens expired</source>
        <translation>
            <numerusform>%n sessão não pode ser renovada, token expirado</numerusform>
            <numerusform>%n sessões não podem ser renovadas, tokens expirados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign-ins end soon</source>
        <translation>
            <numerusform>%n login expira em breve</numerusform>
            <numerusform>%n logins expiram em breve</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Only you can prolong it: sign in again before that.</source>
        <comment>time left</comment>
        <translation>%1. Só você pode prolongar o login: inicie a sessão novamente antes disso.</translation>
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
        <translation>Perguntar para mim</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nunca</translation>
    </message>
    <message>
        <source>Get tokens without asking</source>
        <translation>Obtêm tokens sem pergunta</translation>
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
        <translation>Sessão</translation>
    </message>
    <message>
        <source>No program is allowed for longer than once, and none is blocked.</source>
        <translation>Nenhum programa está permitido por mais de uma vez, e nenhum está bloqueado.</translation>
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
        <translation>%1 e todos os seus scripts</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, por meio do latchkeyctl</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, por meio do gateway</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Até %1</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Sempre</translation>
    </message>
    <message>
        <source>Until the screen locks</source>
        <translation>Até a tela ser bloqueada</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>&amp;Desbloquear</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>Re&amp;vogar</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Acesso</translation>
    </message>
    <message>
        <source>What you decided about programs. In sessions that ask, those allowed here get tokens without a question. Sessions set to “Get tokens without asking” give theirs to every program that is not blocked here.</source>
        <translation>O que você decidiu sobre os programas. Nas sessões que perguntam, os permitidos aqui obtêm tokens sem pergunta. As sessões definidas como “Obtêm tokens sem pergunta” entregam os seus a todo programa que não esteja bloqueado aqui.</translation>
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
        <translation>Renomear sessão</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nome</translation>
    </message>
    <message>
        <source>Scripts that use the name %1 no longer get a token.</source>
        <translation>Os scripts que usam o nome %1 não obtêm mais nenhum token.</translation>
    </message>
    <message>
        <source>Tokens and history stay.</source>
        <translation>Os tokens e o histórico são mantidos.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ReportWindow</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>&amp;Salvar relatório…</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Relatar um problema</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fechar</translation>
    </message>
    <message>
        <source>The report is a file for whoever helps you. In it are versions, settings, sessions and what happened to them, what the doctor finds, and the last lines of the log.</source>
        <translation>O relatório é um arquivo para quem for ajudar você. Ele contém versões, configurações, as sessões e o que aconteceu com elas, os resultados do diagnóstico e as últimas linhas do log.</translation>
    </message>
    <message>
        <source>It names your appliances and users. Before it is written, it is searched for all your passwords and tokens: none is in it.</source>
        <translation>Ele cita seus appliances e usuários. Antes da gravação, é examinado em busca de todas as suas senhas e tokens: nenhum fica nele.</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Log</translation>
    </message>
    <message>
        <source>If the problem comes back at times, turn the log on and wait for it. The file stays short, and no password or token is in it.</source>
        <translation>Se o problema voltar de vez em quando, ative o log e espere por ele. O arquivo permanece curto e não contém nenhuma senha nem token.</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Salvar relatório</translation>
    </message>
    <message>
        <source>Looking at everything…</source>
        <translation>Verificando tudo…</translation>
    </message>
    <message>
        <source>Nothing was written: a secret would have been in it, such as a token that is part of a name. Rename what holds it, or try again once no sign-in is open.</source>
        <translation>Nada foi gravado: o relatório conteria um segredo, como um token que faz parte de um nome. Renomeie o que o contém, ou tente novamente quando nenhum login estiver em andamento.</translation>
    </message>
    <message>
        <source>Nothing was written to %1. Choose a folder that you may write to, on a disk with room.</source>
        <translation>Nada foi gravado em %1. Escolha uma pasta em que você possa gravar, em um disco com espaço.</translation>
    </message>
    <message>
        <source>Written to %1. Read it before you send it.</source>
        <translation>Gravado em %1. Leia-o antes de enviá-lo.</translation>
    </message>
    <message>
        <source>It is in the name of session number %1 of those that latchkeyctl list prints.</source>
        <translation>Ele está no nome da sessão número %1 entre as que latchkeyctl list mostra.</translation>
    </message>
    <message>
        <source>Nothing was written: what is told of %1 holds a secret, such as a token that is part of a name. Rename that, or try again once no sign-in is open.</source>
        <translation>Nada foi gravado: o que se relata sobre %1 contém um segredo, como um token que faz parte de um nome. Renomeie o que o contém, ou tente novamente quando nenhum login estiver em andamento.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecretField</name>
    <message>
        <source>&amp;Paste</source>
        <translation>Co&amp;lar</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>E&amp;xcluir</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>Selecionar &amp;tudo</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Section</name>
    <message>
        <source>Unfolded</source>
        <translation>Expandido</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Recolhido</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecurityPage</name>
    <message>
        <source>Lock &amp;when the screen locks or the computer sleeps</source>
        <translation>&amp;Bloquear quando a tela for bloqueada ou o computador for suspenso</translation>
    </message>
    <message>
        <source>Clear a copied token &amp;once it is pasted, at the latest after:</source>
        <translation>&amp;Limpar um token copiado assim que for colado, no máximo após:</translation>
    </message>
    <message>
        <source>Programs get no tokens meanwhile. Sessions stay fresh.</source>
        <translation>Enquanto isso, os programas não obtêm tokens. As sessões continuam atualizadas.</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds until a copied token is cleared</source>
        <translation>Segundos até um token copiado ser limpo</translation>
    </message>
    <message>
        <source>Programs, in new sessions</source>
        <translation>Programas, em novas sessões</translation>
    </message>
    <message>
        <source>Programs, &amp;in new sessions</source>
        <translation>Programas, em &amp;novas sessões</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Sessões</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionOrder</name>
    <message numerus="yes">
        <source>Needs you (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Precisa de você (%n)</numerusform>
            <numerusform>Precisam de você (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot renew (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Não é possível renovar (%n)</numerusform>
            <numerusform>Não é possível renovar (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed in (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Sessão iniciada (%n)</numerusform>
            <numerusform>Sessões iniciadas (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Sessão encerrada (%n)</numerusform>
            <numerusform>Sessões encerradas (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionPanel</name>
    <message>
        <source>Copy in another form</source>
        <translation>Copiar em outra forma</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Mais</translation>
    </message>
    <message>
        <source>Access by programs</source>
        <translation>Acesso dos programas</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Conexão</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalhes</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>&amp;Histórico</translation>
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
        <translation>Usuário</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Função</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>Tipo de usuário</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>Segundo fator</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Token de acesso</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Token de atualização</translation>
    </message>
    <message>
        <source>Next refresh</source>
        <translation>Próxima renovação</translation>
    </message>
    <message>
        <source>Appliance clock</source>
        <translation>Relógio do appliance</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Armazenamento</translation>
    </message>
    <message>
        <source>As a command, a header or a file</source>
        <translation>Como comando, cabeçalho ou arquivo</translation>
    </message>
    <message>
        <source>There is no token to give now.</source>
        <translation>Não há token para entregar agora.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionsPage</name>
    <message>
        <source>Nothing matches</source>
        <translation>Nenhum resultado</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Adicionar</translation>
    </message>
    <message>
        <source>Sign in to another appliance</source>
        <translation>Iniciar sessão em outro appliance</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrar</translation>
    </message>
    <message>
        <source>By name, user, server or state (%1)</source>
        <comment>what the filter looks at; its keys</comment>
        <translation>Por nome, usuário, servidor ou estado (%1)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>&amp;Geral</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>S&amp;egurança</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Rede</translation>
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
        <translation>Parar e abrir o Latchkey</translation>
    </message>
    <message>
        <source>Another program keeps your sessions already.</source>
        <translation>Outro programa já gerencia suas sessões.</translation>
    </message>
    <message>
        <source>%1 is running already, but does not answer.</source>
        <translation>%1 já está em execução, mas não responde.</translation>
    </message>
    <message>
        <source>%1 keeps your sessions. Stop it and open Latchkey?</source>
        <translation>%1 gerencia suas sessões. Deseja pará-lo e abrir o Latchkey?</translation>
    </message>
    <message>
        <source>%1 does not answer. Stop it and open Latchkey?</source>
        <translation>%1 não responde. Deseja pará-lo e abrir o Latchkey?</translation>
    </message>
    <message>
        <source>Waiting for it to end…</source>
        <translation>Aguardando o término…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Tentar novamente</translation>
    </message>
    <message>
        <source>It is process %1, which listens at %2.</source>
        <translation>É o processo %1, que escuta em %2.</translation>
    </message>
    <message>
        <source>It listens at %1.</source>
        <translation>Ele escuta em %1.</translation>
    </message>
    <message>
        <source>Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you close this, it keeps your sessions, and no window opens.</source>
        <translation>O Latchkey não consegue pará-lo daqui. Encerre-o você mesmo e escolha “Tentar novamente”. Se você fechar este aviso, ele continua gerenciando suas sessões, e nenhuma janela se abre.</translation>
    </message>
    <message>
        <source>Only one program can keep them; latchkeyctl works with either.</source>
        <translation>Só um programa pode gerenciá-las; o latchkeyctl funciona com qualquer um deles.</translation>
    </message>
    <message>
        <source>It is process %1.</source>
        <translation>É o processo %1.</translation>
    </message>
    <message>
        <source>If you stop it, sessions that are kept on this computer go on here, and those in memory only end. If you cancel, it keeps them all, and no window opens.</source>
        <translation>Se você o parar, as sessões salvas neste computador continuam aqui, e as que estão apenas na memória terminam. Se você cancelar, ele continua gerenciando todas, e nenhuma janela se abre.</translation>
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
        <translation>Não há token para copiar. Inicie a sessão primeiro.</translation>
    </message>
    <message>
        <source>Command copied. It holds no token.</source>
        <translation>Comando copiado. Ele não contém nenhum token.</translation>
    </message>
    <message>
        <source>Token copied.</source>
        <translation>Token copiado.</translation>
    </message>
    <message>
        <source>It ends in %1 s.</source>
        <translation>Ele expira em %1 s.</translation>
    </message>
    <message>
        <source>It can be pasted once, within %1 s.</source>
        <translation>Ele pode ser colado uma vez, dentro de %1 s.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the desktop did not allow it. Try again here.</source>
        <translation>Nada foi copiado, pois a área de trabalho não permitiu. Tente novamente aqui.</translation>
    </message>
    <message>
        <source>The token is about to end. It is being refreshed and then copied.</source>
        <translation>O token está prestes a expirar. Ele será renovado e depois copiado.</translation>
    </message>
    <message>
        <source>The token could not be refreshed, so nothing was copied.</source>
        <translation>Não foi possível renovar o token, por isso nada foi copiado.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the appliance that you trust does not answer. Look under Connection.</source>
        <translation>Nada foi copiado, pois o appliance em que você confia não responde. Veja em Conexão.</translation>
    </message>
    <message>
        <source>curl knows the appliance by its key, and sends the token to no other.</source>
        <translation>O curl reconhece o appliance pela chave dele e não envia o token a nenhum outro.</translation>
    </message>
    <message>
        <source>Nothing was copied: curl cannot check this appliance&apos;s certificate.</source>
        <translation>Nada foi copiado: o curl não consegue verificar o certificado deste appliance.</translation>
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
        <translation>Iniciar sessão em outro appliance…</translation>
    </message>
    <message>
        <source>Tokens handed out…</source>
        <translation>Tokens entregues…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Configurações…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Sair</translation>
    </message>
    <message>
        <source>All sessions (%1)…</source>
        <translation>Todas as sessões (%1)…</translation>
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
        <translation>Não é possível renovar</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TroubleBanner</name>
    <message>
        <source>Programs get no token until you decide.</source>
        <translation>Os programas não obtêm nenhum token até que você decida.</translation>
    </message>
    <message>
        <source>Not refreshed until you decide; programs get the token until %1.</source>
        <translation>Sem renovação até que você decida; os programas obtêm o token até: %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrustPage</name>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed the new one</source>
        <translation>Quem administra o appliance con&amp;firmou a nova</translation>
    </message>
    <message>
        <source>Trust this appliance</source>
        <translation>Confiar neste appliance</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Is this your appliance?</source>
        <translation>Este é o seu appliance?</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for %1. That is usual for an appliance with a certificate of its own. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Este computador não sabe quem responde por %1. Isso é comum em um appliance com certificado próprio. Nem senha nem token foram enviados a ele ainda. Compare a impressão digital com a do appliance.</translation>
    </message>
    <message>
        <source>Another certificate than before</source>
        <translation>Um certificado diferente do anterior</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed, and nobody vouches for the new one.</source>
        <translation>O certificado de %1 mudou, e ninguém responde pelo novo.</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed since you trusted it.</source>
        <translation>O certificado de %1 mudou desde que você confiou nele.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Go on only if whoever runs the appliance says that its certificate was replaced, and tells you the same new fingerprint.</source>
        <translation>Alguém pode estar lendo o que passa entre você e o appliance. Nem senha nem token foram enviados a ele. Continue apenas se quem administra o appliance disser que o certificado foi substituído e informar a mesma nova impressão digital.</translation>
    </message>
    <message>
        <source>Not the certificate that your administrator decided for</source>
        <translation>Não é o certificado definido pelo administrador</translation>
    </message>
    <message>
        <source>%1 shows another certificate.</source>
        <translation>%1 apresenta outro certificado.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Only your administrator can allow this certificate: ask them, and tell them both fingerprints.</source>
        <translation>Alguém pode estar lendo o que passa entre você e o appliance. Nem senha nem token foram enviados a ele. Só seu administrador pode permitir este certificado: fale com ele e informe as duas impressões digitais.</translation>
    </message>
    <message>
        <source>The certificate does not name %1.</source>
        <translation>O certificado não menciona %1.</translation>
    </message>
    <message>
        <source>The certificate is for %1, not for %2.</source>
        <translation>O certificado é para %1, não para %2.</translation>
    </message>
    <message>
        <source>I have compared the &amp;fingerprint: it is the appliance&apos;s own</source>
        <translation>Comparei a impressão &amp;digital: é a do próprio appliance</translation>
    </message>
    <message>
        <source>Either the appliance shows the certificate that it came with, or something else answers in place of %1. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Ou o appliance apresenta o certificado com que foi fornecido, ou outra coisa responde no lugar de %1. Nem senha nem token foram enviados a ele ainda. Compare a impressão digital com a do appliance.</translation>
    </message>
    <message>
        <source>Where to find it: ask whoever runs the appliance, or look at its console. A browser on this computer can be shown the same false certificate.</source>
        <translation>Onde encontrá-la: pergunte a quem administra o appliance, ou veja no console do próprio appliance. A um navegador neste computador pode ser mostrado o mesmo certificado falso.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ValidityTimeline</name>
    <message>
        <source>Validity</source>
        <translation>Validade</translation>
    </message>
    <message>
        <source>No access token.</source>
        <translation>Nenhum token de acesso.</translation>
    </message>
    <message>
        <source>Access token good until %1.</source>
        <translation>Token de acesso válido até %1.</translation>
    </message>
    <message>
        <source>Access token expired at %1.</source>
        <translation>Token de acesso expirado: %1.</translation>
    </message>
    <message>
        <source>Next refresh at %1.</source>
        <translation>Próxima renovação: %1.</translation>
    </message>
    <message>
        <source>The sign-in ends at %1.</source>
        <translation>Fim do login: %1.</translation>
    </message>
    <message>
        <source>Outages: %1.</source>
        <translation>Interrupções: %1.</translation>
    </message>
    <message>
        <source>Times that the computer slept: %1.</source>
        <translation>Suspensões do computador: %1.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>agora</translation>
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
        <translation>Renovações nas últimas 24 h: %1.</translation>
    </message>
</context>
</TS>
