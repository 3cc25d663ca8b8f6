<?xml version="1.0" encoding="utf-8"?>
<!--
SPDX-FileCopyrightText: 2026 The Latchkey authors
SPDX-License-Identifier: Apache-2.0
-->
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
    <name>ActionText</name>
    <message>
        <source>Sign &amp;in</source>
        <translation>Se c&amp;onnecter</translation>
    </message>
    <message>
        <source>&amp;Enter code</source>
        <translation>Saisir le c&amp;ode</translation>
    </message>
    <message>
        <source>Look at certi&amp;ficate</source>
        <translation>&amp;Examiner le certificat</translation>
    </message>
    <message>
        <source>&amp;Copy token</source>
        <translation>&amp;Copier le jeton</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>&amp;Renouveler maintenant</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>Se &amp;déconnecter</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>Reno&amp;mmer</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>S&amp;upprimer</translation>
    </message>
    <message>
        <source>&amp;Doctor</source>
        <translation>Diagnos&amp;tic</translation>
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
            <numerusform>%1, %n fois, la dernière&#xa0;: %2</numerusform>
            <numerusform>%1, %n fois, la dernière&#xa0;: %2</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of accounts was not as Latchkey had left it</source>
        <translation>La liste des comptes n’était pas telle que Latchkey l’avait laissée</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Déconnecté</translation>
    </message>
    <message>
        <source>Looked for what was kept</source>
        <translation>Recherche des données enregistrées</translation>
    </message>
    <message>
        <source>Verification code sent</source>
        <translation>Code de vérification envoyé</translation>
    </message>
    <message>
        <source>Sign-in started</source>
        <translation>Connexion commencée</translation>
    </message>
    <message>
        <source>Verification code refused</source>
        <translation>Code de vérification refusé</translation>
    </message>
    <message>
        <source>Verification code asked for</source>
        <translation>Code de vérification demandé</translation>
    </message>
    <message>
        <source>Certificate in question</source>
        <translation>Certificat à vérifier</translation>
    </message>
    <message>
        <source>Session restored</source>
        <translation>Session restaurée</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>The appliance said: %1</source>
        <translation>Réponse de l’appliance&#xa0;: %1</translation>
    </message>
    <message>
        <source>HTTP status: %1</source>
        <translation>État HTTP&#xa0;: %1</translation>
    </message>
    <message>
        <source>The appliance&apos;s time: %1</source>
        <translation>Heure de l’appliance&#xa0;: %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>Requête&#xa0;: %1</translation>
    </message>
    <message>
        <source>Latchkey started.</source>
        <translation>Latchkey a démarré.</translation>
    </message>
    <message>
        <source>The session was kept.</source>
        <translation>La session était enregistrée.</translation>
    </message>
    <message>
        <source>No session was kept.</source>
        <translation>Aucune session n’était enregistrée.</translation>
    </message>
    <message>
        <source>Something other than Latchkey changed it, or Latchkey ended in the midst of a change. Appliance, user, policy and trusted certificate are as they were sealed with the session.</source>
        <translation>Autre chose que Latchkey l’a modifiée, ou Latchkey s’est arrêté au milieu d’une modification. L’appliance, l’utilisateur, l’autorisation et le certificat approuvé sont tels qu’ils ont été chiffrés avec la session.</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>Les données enregistrées n’ont pas pu être lues.</translation>
    </message>
    <message>
        <source>Somebody signed in.</source>
        <translation>Quelqu’un s’est connecté.</translation>
    </message>
    <message>
        <source>Somebody entered a verification code.</source>
        <translation>Quelqu’un a saisi un code de vérification.</translation>
    </message>
    <message>
        <source>Somebody trusted the certificate.</source>
        <translation>Quelqu’un a fait confiance au certificat.</translation>
    </message>
    <message>
        <source>Nobody trusted the certificate.</source>
        <translation>Personne n’a fait confiance au certificat.</translation>
    </message>
    <message>
        <source>Somebody cancelled it.</source>
        <translation>Quelqu’un a annulé.</translation>
    </message>
    <message>
        <source>A program wanted a token that lasts longer.</source>
        <translation>Un programme voulait un jeton valable plus longtemps.</translation>
    </message>
    <message>
        <source>Somebody signed out.</source>
        <translation>Quelqu’un s’est déconnecté.</translation>
    </message>
    <message>
        <source>It was time.</source>
        <translation>Le moment prévu était venu.</translation>
    </message>
    <message>
        <source>The network went away.</source>
        <translation>Le réseau a disparu.</translation>
    </message>
    <message>
        <source>The network came back.</source>
        <translation>Le réseau est revenu.</translation>
    </message>
    <message>
        <source>The computer woke up.</source>
        <translation>L’ordinateur s’est réveillé.</translation>
    </message>
    <message>
        <source>The computer went to sleep.</source>
        <translation>L’ordinateur s’est mis en veille.</translation>
    </message>
    <message>
        <source>The appliance granted it.</source>
        <translation>L’appliance l’a accordé.</translation>
    </message>
    <message>
        <source>The appliance asked for a verification code.</source>
        <translation>L’appliance a demandé un code de vérification.</translation>
    </message>
    <message>
        <source>The appliance showed a certificate that is not trusted.</source>
        <translation>L’appliance a présenté un certificat non approuvé.</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>Jeton renouvelé</translation>
    </message>
    <message>
        <source>Refresh started</source>
        <translation>Renouvellement commencé</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <translation>Renouvellement impossible</translation>
    </message>
    <message>
        <source>Somebody asked for a refresh.</source>
        <translation>Quelqu’un a demandé un renouvellement.</translation>
    </message>
    <message>
        <source>The appliance did not grant it.</source>
        <translation>L’appliance ne l’a pas accordé.</translation>
    </message>
    <message>
        <source>There was no answer.</source>
        <translation>Il n’y a pas eu de réponse.</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Looking…</source>
        <translation>Examen en cours…</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>Non examiné</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>Aucun problème</translation>
    </message>
</context>
<context>
    <name>HandOutView</name>
    <message>
        <source>Clipboard</source>
        <translation>Presse-papiers</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Remis</translation>
    </message>
    <message>
        <source>Given, but ends sooner than asked</source>
        <translation>Remis, mais expire plus tôt que demandé</translation>
    </message>
    <message>
        <source>Copied by you</source>
        <translation>Copié par vous</translation>
    </message>
    <message>
        <source>Refused: something failed</source>
        <translation>Refusé&#xa0;: une erreur s’est produite</translation>
    </message>
    <message>
        <source>Refused: signed out</source>
        <translation>Refusé&#xa0;: déconnecté</translation>
    </message>
    <message>
        <source>Refused: appliance out of reach</source>
        <translation>Refusé&#xa0;: appliance injoignable</translation>
    </message>
    <message>
        <source>Refused: not allowed</source>
        <translation>Refusé&#xa0;: non autorisé</translation>
    </message>
    <message>
        <source>Refused: certificate in question</source>
        <translation>Refusé&#xa0;: certificat à vérifier</translation>
    </message>
    <message>
        <source>Refused: blocked by you</source>
        <translation>Refusé&#xa0;: bloqué par vous</translation>
    </message>
    <message>
        <source>Refused: verification code needed</source>
        <translation>Refusé&#xa0;: code de vérification requis</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>answer</comment>
        <translation>
            <numerusform>%1 (%n fois)</numerusform>
            <numerusform>%1 (%n fois)</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: asked for longer than tokens live</source>
        <translation>Refusé&#xa0;: durée demandée supérieure à celle des jetons</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Start in the tray.</source>
        <translation>Démarrer dans la zone de notification.</translation>
    </message>
    <message>
        <source>Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.</source>
        <translation>Garder les jetons uniquement en mémoire, sans trousseau&#xa0;: les sessions durent jusqu’à l’arrêt de Latchkey.</translation>
    </message>
    <message>
        <source>Open the sign-in window for the appliance at &lt;url&gt;.</source>
        <translation>Ouvrir la fenêtre de connexion pour l’appliance à l’adresse &lt;url&gt;.</translation>
    </message>
    <message>
        <source>Open the sign-in window for this user.</source>
        <translation>Ouvrir la fenêtre de connexion pour cet utilisateur.</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances.</source>
        <translation>Vous garde connecté à vos appliances de sauvegarde.</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Latchkey’s folder belongs to another user, so it is not used.</source>
        <translation>Le dossier de Latchkey appartient à un autre utilisateur et n’est donc pas utilisé.</translation>
    </message>
    <message>
        <source>Remove %1, or have it given to you, and start Latchkey again.</source>
        <translation>Supprimez %1, ou faites-vous-en attribuer la propriété, puis redémarrez Latchkey.</translation>
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
        <translation>Un programme inconnu (processus %1)</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>Un programme inconnu</translation>
    </message>
    <message>
        <source>%1, run by %2</source>
        <comment>a script, an interpreter</comment>
        <translation>%1, exécuté par %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a program, a terminal</comment>
        <translation>%1 dans %2</translation>
    </message>
    <message>
        <source>%1 over SSH</source>
        <comment>a program</comment>
        <translation>%1 via SSH</translation>
    </message>
    <message>
        <source>%1, started by %2</source>
        <comment>a program, another one</comment>
        <translation>%1, lancé par %2</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, via la passerelle</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, via latchkeyctl</translation>
    </message>
    <message>
        <source>%1,</source>
        <comment>a program, at the beginning of a sentence</comment>
        <translation>%1,</translation>
    </message>
    <message>
        <source>Program: %1</source>
        <translation>Programme&#xa0;: %1</translation>
    </message>
    <message>
        <source>Script, as it says: %1</source>
        <translation>Script, selon le programme lui-même&#xa0;: %1</translation>
    </message>
    <message>
        <source>Through: %1</source>
        <translation>Via&#xa0;: %1</translation>
    </message>
    <message>
        <source>Started by: %1</source>
        <translation>Lancé par&#xa0;: %1</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>Terminal&#xa0;: %1</translation>
    </message>
    <message>
        <source>“%1” (as it says)</source>
        <comment>what only a program itself says: its name, or its script</comment>
        <translation>«&#xa0;%1&#xa0;» (selon lui-même)</translation>
    </message>
    <message>
        <source>Calls itself: %1</source>
        <translation>Dit s’appeler&#xa0;: %1</translation>
    </message>
    <message>
        <source>Started by, as it says: %1</source>
        <translation>Lancé par, selon le programme&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>Regarder dans&#xa0;:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>&amp;Nom du fichier&#xa0;:</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>Type de fichiers&#xa0;:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 existe déjà.
Voulez-vous remplacer ce fichier&#xa0;?</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rétablir</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Co&amp;uper</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>C&amp;oller</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Tout sélectionner</translation>
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
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Oui</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Non</translation>
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
        <translation>Maj</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Suppr</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Tout sélectionner</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>%1 wants Latchkey to trust a certificate for %2.</source>
        <translation>%1 demande que Latchkey fasse confiance à un certificat pour %2.</translation>
    </message>
    <message>
        <source>%1 wants Latchkey to trust another certificate for %2.</source>
        <translation>%1 demande que Latchkey fasse confiance à un autre certificat pour %2.</translation>
    </message>
    <message>
        <source>%1 wants to sign %2 out.</source>
        <translation>%1 veut déconnecter %2.</translation>
    </message>
    <message>
        <source>%1 wants to remove %2.</source>
        <translation>%1 veut supprimer %2.</translation>
    </message>
    <message>
        <source>%1 wants to use the name %2 for another appliance or user.</source>
        <translation>%1 veut utiliser le nom %2 pour une autre appliance ou un autre utilisateur.</translation>
    </message>
    <message>
        <source>%1 wants to rename %2 to %3.</source>
        <translation>%1 veut renommer %2 en %3.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2.</source>
        <translation>%1 demande un jeton de %2.</translation>
    </message>
    <message>
        <source>%1 wants a token of %2: %3.</source>
        <comment>a program, a session, who is signed in there</comment>
        <translation>%1 demande un jeton de %2&#xa0;: %3.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a user, the role</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Autoriser</translation>
    </message>
    <message>
        <source>&amp;Trust this certificate</source>
        <translation>&amp;Faire confiance à ce certificat</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>&amp;Déconnecter</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>&amp;Change the account</source>
        <translation>C&amp;hanger de compte</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Reno&amp;mmer</translation>
    </message>
    <message>
        <source>%1 wants to add the session %2 and sign in to it.</source>
        <translation>%1 veut ajouter la session %2 et s’y connecter.</translation>
    </message>
    <message>
        <source>&amp;Add the session</source>
        <translation>&amp;Ajouter la session</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1. Correct the file; Latchkey reads it again by itself.</source>
        <comment>file: what is wrong in it</comment>
        <translation>%1. Corrigez le fichier&#xa0;; Latchkey le relit automatiquement.</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>Liste des comptes</translation>
    </message>
    <message>
        <source>The administrator’s policy</source>
        <translation>Stratégie de l’administrateur</translation>
    </message>
    <message>
        <source>Kind file</source>
        <translation>Fichier de type</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>Trousseau</translation>
    </message>
    <message>
        <source>Enter the appliance&apos;s address, such as https://backup.example.com.</source>
        <translation>Saisissez l’adresse de l’appliance, par exemple https://backup.example.com.</translation>
    </message>
    <message>
        <source>This is not the address of an appliance. Enter one such as https://backup.example.com.</source>
        <translation>Ce n’est pas l’adresse d’une appliance. Saisissez-en une, par exemple https://backup.example.com.</translation>
    </message>
    <message>
        <source>Passwords are not sent over http. Enter an https address.</source>
        <translation>Les mots de passe ne sont pas envoyés par http. Saisissez une adresse https.</translation>
    </message>
    <message>
        <source>Enter an address of up to 2048 characters.</source>
        <translation>Saisissez une adresse de 2048 caractères au maximum.</translation>
    </message>
    <message>
        <source>Enter a user name of up to 256 characters.</source>
        <translation>Saisissez un nom d’utilisateur de 256 caractères au maximum.</translation>
    </message>
    <message>
        <source>Enter a short name for this session, such as prod.</source>
        <translation>Saisissez un nom court pour cette session, par exemple prod.</translation>
    </message>
    <message>
        <source>Enter a client ID of up to 256 characters.</source>
        <translation>Saisissez un identifiant client de 256 caractères au maximum.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance.</source>
        <translation>Latchkey ne connaît pas ce type d’appliance.</translation>
    </message>
    <message>
        <source>Another appliance or user has this name. Choose another name.</source>
        <translation>Une autre appliance ou un autre utilisateur porte ce nom. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>The list of accounts names another appliance or user than what is kept under this name. Unlock the keychain, so that Latchkey sees which is right, or remove the session.</source>
        <translation>La liste des comptes indique une autre appliance ou un autre utilisateur que ce qui est enregistré sous ce nom. Déverrouillez le trousseau pour que Latchkey voie ce qui est juste, ou supprimez la session.</translation>
    </message>
    <message>
        <source>This session waits for a sign-in, a decision or the keychain. Rename it after that.</source>
        <translation>Cette session attend une connexion, une décision ou le trousseau. Renommez-la ensuite.</translation>
    </message>
    <message>
        <source>There are as many sessions as Latchkey can keep. Remove some first.</source>
        <translation>Latchkey ne peut pas gérer davantage de sessions. Supprimez-en d’abord quelques-unes.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Votre administrateur n’autorise pas cette appliance. Demandez qu’elle soit ajoutée à celles qui sont autorisées.</translation>
    </message>
    <message>
        <source>Your administrator does not allow this kind of appliance. Ask for it to be added to those that are allowed.</source>
        <translation>Votre administrateur n’autorise pas ce type d’appliance. Demandez qu’il soit ajouté à ceux qui sont autorisés.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy cannot be read, so nobody knows what it allows. Have it corrected.</source>
        <translation>La stratégie de votre administrateur est illisible, on ne sait donc pas ce qu’elle autorise. Faites-la corriger.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault. Until it is corrected, nobody can sign in, and no token is given out: %1. Tell your administrator.</source>
        <translation>La stratégie de votre administrateur comporte une erreur. Tant qu’elle n’est pas corrigée, personne ne peut se connecter et aucun jeton n’est remis&#xa0;: %1. Prévenez votre administrateur.</translation>
    </message>
    <message>
        <source>Your administrator has set this session up. Sign in with your password.</source>
        <translation>Votre administrateur a configuré cette session. Connectez-vous avec votre mot de passe.</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>Trousseau verrouillé</translation>
    </message>
    <message>
        <source>Keychain needed</source>
        <translation>Trousseau requis</translation>
    </message>
    <message>
        <source>What was kept cannot be read</source>
        <translation>Données enregistrées illisibles</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>Certificat modifié</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>Certificat non approuvé</translation>
    </message>
    <message>
        <source>Verification code needed</source>
        <translation>Code de vérification requis</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>Mot de passe requis</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Connexion requise</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Connexion en cours…</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>En attente du trousseau</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Attention requise</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Déconnecté</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Cannot renew, token still good</source>
        <translation>Renouvellement impossible, jeton encore valable</translation>
    </message>
    <message>
        <source>Cannot renew, token expired</source>
        <translation>Renouvellement impossible, jeton expiré</translation>
    </message>
    <message>
        <source>Ended by the appliance</source>
        <translation>Terminée par l’appliance</translation>
    </message>
    <message>
        <source>The proxy %1 hung up without an answer. Ask whoever runs it.</source>
        <translation>Le proxy %1 a coupé la connexion sans répondre. Adressez-vous à la personne qui le gère.</translation>
    </message>
    <message>
        <source>The proxy %1 wants another user name and password (HTTP status 407). Set them, in https_proxy as http://USER:PASSWORD@HOST:PORT.</source>
        <translation>Le proxy %1 exige un autre nom d’utilisateur et un autre mot de passe (état HTTP 407). Définissez-les dans https_proxy, sous la forme http://USER:PASSWORD@HOST:PORT.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance&apos;s address; if it needs no proxy, name it in no_proxy.</source>
        <translation>Le proxy %1 ne parvient pas à joindre l’appliance (état HTTP %2). Vérifiez l’adresse de l’appliance&#xa0;; si elle n’a pas besoin de proxy, indiquez-la dans no_proxy.</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed there; if it needs no proxy, name it in no_proxy.</source>
        <translation>Le proxy %1 refuse la connexion à l’appliance (état HTTP %2). Faites-la autoriser&#xa0;; si l’appliance n’a pas besoin de proxy, indiquez-la dans no_proxy.</translation>
    </message>
    <message>
        <source>on the way</source>
        <comment>in place of its name: the proxy on the way …</comment>
        <translation>intermédiaire</translation>
    </message>
    <message>
        <source>The proxy %1 is none that Latchkey can use. Set one that begins with http:// or socks5://, in https_proxy or in the system&apos;s settings.</source>
        <translation>Latchkey ne peut pas utiliser le proxy %1. Définissez-en un qui commence par http:// ou socks5://, dans https_proxy ou dans les paramètres du système.</translation>
    </message>
    <message>
        <source>This user signs in through single sign-on, which Latchkey cannot do. Use a local user of the appliance.</source>
        <translation>Cet utilisateur se connecte par authentification unique (SSO), ce que Latchkey ne sait pas faire. Utilisez un utilisateur local de l’appliance.</translation>
    </message>
    <message>
        <source>The appliance does not let this user in now. Open its web page: its licence agreement may have to be accepted first.</source>
        <translation>L’appliance ne laisse pas entrer cet utilisateur pour l’instant. Ouvrez sa page web&#xa0;: il faut peut-être d’abord y accepter le contrat de licence.</translation>
    </message>
    <message>
        <source>The appliance refused the user name or the password. Check both and try again.</source>
        <translation>L’appliance a refusé le nom d’utilisateur ou le mot de passe. Vérifiez les deux et réessayez.</translation>
    </message>
    <message>
        <source>The appliance refused the client ID or the client secret. Check both and sign in again.</source>
        <translation>L’appliance a refusé l’identifiant client ou le secret client. Vérifiez les deux et reconnectez-vous.</translation>
    </message>
    <message>
        <source>What answers at this address refuses the session. Without https nobody can tell whether it is your appliance. If it is, sign in again.</source>
        <translation>Ce qui répond à cette adresse refuse la session. Sans https, personne ne peut savoir s’il s’agit de votre appliance. Si c’est elle, reconnectez-vous.</translation>
    </message>
    <message>
        <source>The appliance&apos;s last answer never arrived, and it takes the old token no more. Sign in again.</source>
        <translation>La dernière réponse de l’appliance n’est jamais arrivée, et elle n’accepte plus l’ancien jeton. Reconnectez-vous.</translation>
    </message>
    <message>
        <source>The appliance ended the session. Sign in again.</source>
        <translation>L’appliance a mis fin à la session. Reconnectez-vous.</translation>
    </message>
    <message>
        <source>the appliance&apos;s port</source>
        <comment>another user listens at …</comment>
        <translation>le port de l’appliance</translation>
    </message>
    <message>
        <source>Another user of this computer listens at %1. Nothing was sent to them. Find out who it is, and start your appliance or tunnel there again or at another port.</source>
        <translation>Un autre utilisateur de cet ordinateur écoute sur %1. Rien ne lui a été envoyé. Trouvez de qui il s’agit, puis relancez votre appliance ou votre tunnel au même endroit ou sur un autre port.</translation>
    </message>
    <message>
        <source>The appliance broke off before the connection was secure, so nothing was sent. Check the port, and whether it wants a client certificate, which Latchkey does not have.</source>
        <translation>L’appliance a interrompu la connexion avant qu’elle soit sécurisée, rien n’a donc été envoyé. Vérifiez le port, et si elle exige un certificat client, que Latchkey n’a pas.</translation>
    </message>
    <message>
        <source>There is no keychain for the key to this session. Start one, such as GNOME Keyring or KWallet.</source>
        <translation>Il n’y a pas de trousseau pour la clé de cette session. Démarrez-en un, par exemple GNOME Keyring ou KWallet.</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it.</source>
        <translation>Le trousseau est verrouillé. Déverrouillez-le.</translation>
    </message>
    <message>
        <source>The keychain was not unlocked: its question was answered with no, dismissed, or could not be shown. Unlock it, or sign in to be asked again.</source>
        <translation>Le trousseau n’a pas été déverrouillé&#xa0;: sa question a été refusée, fermée ou n’a pas pu être affichée. Déverrouillez-le, ou connectez-vous pour que la question soit posée de nouveau.</translation>
    </message>
    <message>
        <source>The keychain has not answered yet. See whether it asks for something.</source>
        <translation>Le trousseau n’a pas encore répondu. Regardez s’il demande quelque chose.</translation>
    </message>
    <message>
        <source>The key to this session is in another keychain or database than the one that is open. Open that one.</source>
        <translation>La clé de cette session se trouve dans un autre trousseau ou une autre base de données que celui qui est ouvert. Ouvrez le bon.</translation>
    </message>
    <message>
        <source>The key to this session is gone from the keychain. Sign in again.</source>
        <translation>La clé de cette session n’est plus dans le trousseau. Reconnectez-vous.</translation>
    </message>
    <message>
        <source>The disk is full. Make room on it.</source>
        <translation>Le disque est plein. Libérez de l’espace.</translation>
    </message>
    <message>
        <source>Latchkey&apos;s data folder cannot be used. See that it can be made and that you may write to it.</source>
        <translation>Le dossier de données de Latchkey n’est pas utilisable. Assurez-vous qu’il peut être créé et que vous pouvez y écrire.</translation>
    </message>
    <message>
        <source>What was kept of this session is damaged and was put aside. Sign in again.</source>
        <translation>Les données enregistrées de cette session sont endommagées et ont été mises de côté. Reconnectez-vous.</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance any more. Put its kind file back.</source>
        <translation>Latchkey ne connaît plus ce type d’appliance. Remettez en place son fichier de type.</translation>
    </message>
    <message>
        <source>The kind file of this appliance is another one than at the sign-in. Put the old one back, or sign in again.</source>
        <translation>Le fichier de type de cette appliance n’est plus le même que lors de la connexion. Remettez l’ancien en place, ou reconnectez-vous.</translation>
    </message>
    <message>
        <source>The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or add the version to a kind file.</source>
        <translation>L’appliance ne prend en charge aucune version que Latchkey connaît. Cherchez un Latchkey plus récent, ou ajoutez la version à un fichier de type.</translation>
    </message>
    <message>
        <source>The appliance did not answer in time. Try again.</source>
        <translation>L’appliance n’a pas répondu à temps. Réessayez.</translation>
    </message>
    <message>
        <source>The appliance is busy or being updated. Try again later.</source>
        <translation>L’appliance est occupée ou en cours de mise à jour. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>The appliance refused the code. Wait for the next one in your authenticator and enter it.</source>
        <translation>L’appliance a refusé le code. Attendez le suivant dans votre application d’authentification et saisissez-le.</translation>
    </message>
    <message>
        <source>What answered does not speak like an appliance. Check the address, and whether a proxy or a sign-in page stands in between.</source>
        <translation>Ce qui a répondu ne semble pas être une appliance. Vérifiez l’adresse, et si un proxy ou une page de connexion s’interpose.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not trusted, so nothing was sent. Look at it and decide.</source>
        <translation>Le certificat de l’appliance n’est pas approuvé, rien n’a donc été envoyé. Examinez-le et décidez.</translation>
    </message>
    <message>
        <source>The appliance speaks only an outdated version of TLS, so nothing was sent. Have a newer one switched on there.</source>
        <translation>L’appliance ne prend en charge qu’une version obsolète de TLS, rien n’a donc été envoyé. Faites-y activer une version plus récente.</translation>
    </message>
    <message>
        <source>What answers at this port speaks http, not https. Check the port.</source>
        <translation>Ce qui répond sur ce port utilise http, pas https. Vérifiez le port.</translation>
    </message>
    <message>
        <source>What answers at this port does not speak https. Check the port.</source>
        <translation>Ce qui répond sur ce port n’utilise pas https. Vérifiez le port.</translation>
    </message>
    <message>
        <source>Until then, this session ends with Latchkey.</source>
        <translation>D’ici là, cette session se termine avec Latchkey.</translation>
    </message>
    <message>
        <source>The disk has not taken it yet. Until it has, this holds only as long as Latchkey runs.</source>
        <translation>Le disque ne l’a pas encore enregistré. D’ici là, cela ne vaut que tant que Latchkey fonctionne.</translation>
    </message>
    <message>
        <source>Signed out here. The appliance has not confirmed it, so the tokens may be good there until they end.</source>
        <translation>Déconnecté ici. L’appliance ne l’a pas confirmé&#xa0;: les jetons peuvent donc y rester valables jusqu’à leur expiration.</translation>
    </message>
    <message>
        <source>Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.</source>
        <translation>Déconnecté, mais les données enregistrées ne peuvent pas être supprimées du disque. Latchkey réessaie.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate has changed. Find out why before you trust it.</source>
        <translation>Le certificat de l’appliance a changé. Trouvez pourquoi avant de lui faire confiance.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not known. Compare its fingerprint, and trust it only if it is the same.</source>
        <translation>Le certificat de l’appliance n’est pas connu. Comparez son empreinte et ne lui faites confiance que si elle est identique.</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not the one that was named. Compare the two fingerprints.</source>
        <translation>Le certificat de l’appliance n’est pas celui qui a été indiqué. Comparez les deux empreintes.</translation>
    </message>
    <message>
        <source>The list of accounts could not be read in full; a copy is in %1. Kept sessions are back all the same. If one is missing, sign in to it again.</source>
        <translation>La liste des comptes n’a pas pu être lue en entier&#xa0;; une copie se trouve dans %1. Les sessions enregistrées sont tout de même rétablies. S’il en manque une, reconnectez-vous-y.</translation>
    </message>
    <message>
        <source>The socket for programs cannot be made; see the message above.</source>
        <translation>Le socket pour les programmes ne peut pas être créé&#xa0;; voir le message ci-dessus.</translation>
    </message>
    <message>
        <source>The clocks of the appliance and of this computer are more than a minute apart. Set them by a time server.</source>
        <translation>Les horloges de l’appliance et de cet ordinateur diffèrent de plus d’une minute. Réglez-les sur un serveur de temps.</translation>
    </message>
    <message>
        <source>Your administrator has decided which certificate this appliance has, and this is another one. Nobody else can trust it: ask your administrator.</source>
        <translation>Votre administrateur a fixé le certificat de cette appliance, et celui-ci en est un autre. Personne d’autre ne peut l’approuver&#xa0;: adressez-vous à votre administrateur.</translation>
    </message>
    <message>
        <source>The system does not tell Latchkey when the policy changes, so a change counts a few seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.</source>
        <translation>Le système ne signale pas à Latchkey les changements de la stratégie, un changement ne prend donc effet que quelques secondes plus tard. Augmentez la limite de fichiers surveillés du système, fs.inotify.max_user_watches.</translation>
    </message>
    <message>
        <source>1 session needs you</source>
        <translation>1 session requiert votre attention</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions need you</source>
        <translation>
            <numerusform>%n session requiert votre attention</numerusform>
            <numerusform>%n sessions requièrent votre attention</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session cannot renew</source>
        <translation>1 session ne peut pas être renouvelée</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew</source>
        <translation>
            <numerusform>%n session ne peut pas être renouvelée</numerusform>
            <numerusform>%n sessions ne peuvent pas être renouvelées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed in</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n connectée</numerusform>
            <numerusform>%n connectées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed out</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n déconnectée</numerusform>
            <numerusform>%n déconnectées</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>Renouvellement en cours…</translation>
    </message>
    <message>
        <source>The appliance asks for a verification code. Enter it.</source>
        <translation>L’appliance demande un code de vérification. Saisissez-le.</translation>
    </message>
    <message>
        <source>Enter the user name that you have on the appliance.</source>
        <translation>Saisissez le nom d’utilisateur que vous avez sur l’appliance.</translation>
    </message>
    <message>
        <source>Use a name of up to 64 letters, digits and signs, without spaces, / and \, and without a - at its beginning.</source>
        <translation>Utilisez un nom de 64 lettres, chiffres et signes au maximum, sans espaces, / ni \, et sans - au début.</translation>
    </message>
    <message>
        <source>The appliance cannot be reached. Check the network and its address.</source>
        <translation>L’appliance est injoignable. Vérifiez le réseau et l’adresse de l’appliance.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached. Check the network, and its address in https_proxy or in the system&apos;s settings.</source>
        <translation>Le proxy %1 est injoignable. Vérifiez le réseau, et l’adresse du proxy dans https_proxy ou dans les paramètres du système.</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault, so the last good one stays in force. Tell your administrator: %1.</source>
        <translation>La stratégie de votre administrateur comporte une erreur ; la dernière version correcte reste donc en vigueur. Prévenez votre administrateur : %1.</translation>
    </message>
</context>
<context>
    <name>SessionQuestions</name>
    <message>
        <source>Sign out of %1?</source>
        <translation>Se déconnecter de %1&#xa0;?</translation>
    </message>
    <message>
        <source>The appliance ends the session. Scripts that use this name get no token until somebody signs in again.</source>
        <translation>L’appliance met fin à la session. Les scripts qui utilisent ce nom n’obtiennent plus de jeton jusqu’à ce que quelqu’un se reconnecte.</translation>
    </message>
    <message>
        <source>Remove session</source>
        <translation>Supprimer la session</translation>
    </message>
    <message>
        <source>Remove the session %1?</source>
        <translation>Supprimer la session %1&#xa0;?</translation>
    </message>
    <message>
        <source>This cannot be undone. Latchkey signs out of the appliance and forgets the session with its tokens and its history. Scripts that use this name will no longer get a token.</source>
        <translation>Cette action est irréversible. Latchkey se déconnecte de l’appliance et oublie la session avec ses jetons et son historique. Les scripts qui utilisent ce nom n’obtiendront plus de jeton.</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>%1 at %2</source>
        <comment>user at appliance</comment>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>Token good until %1</source>
        <translation>Jeton valable, expiration&#xa0;: %1</translation>
    </message>
    <message>
        <source>Token expired at %1</source>
        <translation>Jeton expiré&#xa0;: %1</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Utilisé</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Non utilisé</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, expiration&#xa0;: %2</translation>
    </message>
    <message>
        <source>Expired at %1</source>
        <translation>Expiré&#xa0;: %1</translation>
    </message>
    <message>
        <source>None: the session ends with its access token</source>
        <translation>Aucun&#xa0;: la session se termine avec son jeton d’accès</translation>
    </message>
    <message>
        <source>The appliance does not say how long it lasts</source>
        <translation>L’appliance n’indique pas sa durée de validité</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>In %1, at %2</source>
        <translation>Dans %1 (%2)</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>À l’heure</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>%1 d’avance</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1 de retard</translation>
    </message>
    <message>
        <source>In memory only: %1</source>
        <comment>why it is not kept</comment>
        <translation>En mémoire uniquement&#xa0;: %1</translation>
    </message>
    <message>
        <source>Being kept…</source>
        <translation>Enregistrement en cours…</translation>
    </message>
    <message>
        <source>On this computer, sealed</source>
        <translation>Sur cet ordinateur, chiffrée</translation>
    </message>
    <message>
        <source>In memory only: ends with Latchkey</source>
        <translation>En mémoire uniquement&#xa0;: se termine avec Latchkey</translation>
    </message>
    <message>
        <source>Since %1, trying now.</source>
        <translation>Depuis %1, essai en cours.</translation>
    </message>
    <message>
        <source>Since %1, next try in %2.</source>
        <translation>Depuis %1, prochain essai dans %2.</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>Depuis %1.</translation>
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
        <translation>encore %1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>expiré</translation>
    </message>
    <message>
        <source>Cannot renew, token still good until %1</source>
        <translation>Renouvellement impossible, jeton valable jusqu’à : %1</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n jour</numerusform>
            <numerusform>%n jours</numerusform>
        </translation>
    </message>
    <message>
        <source>Not planned</source>
        <comment>refresh</comment>
        <translation>Non prévu</translation>
    </message>
    <message>
        <source>Nothing kept</source>
        <translation>Rien d’enregistré</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>None</source>
        <comment>access token or refresh token</comment>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Not until you decide</source>
        <translation>Pas avant votre décision</translation>
    </message>
</context>
<context>
    <name>ValidityLegend</name>
    <message>
        <source>Token good</source>
        <comment>a colour of the timeline</comment>
        <translation>Jeton valable</translation>
    </message>
    <message>
        <source>Good once refreshed</source>
        <comment>a colour of the timeline</comment>
        <translation>Valable si renouvelé</translation>
    </message>
    <message>
        <source>Refresh</source>
        <comment>a mark on the timeline</comment>
        <translation>Renouvellement</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <comment>a colour of the timeline</comment>
        <translation>Renouvellement impossible</translation>
    </message>
    <message>
        <source>Computer asleep</source>
        <comment>a colour of the timeline</comment>
        <translation>Ordinateur en veille</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <comment>a mark on the timeline</comment>
        <translation>Fin de la connexion</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AboutWindow</name>
    <message>
        <source>About Latchkey</source>
        <translation>À propos de Latchkey</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Signaler un &amp;problème…</translation>
    </message>
    <message>
        <source>Latchkey %1</source>
        <comment>version</comment>
        <translation>Latchkey %1</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances. Latchkey is free software under the Apache License 2.0.</source>
        <translation>Vous garde connecté à vos appliances de sauvegarde. Latchkey est un logiciel libre sous licence Apache 2.0.</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Composants</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AdministratorNote</name>
    <message>
        <source>Set by your administrator</source>
        <translation>Défini par votre administrateur</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::BusyHint</name>
    <message>
        <source>Working</source>
        <translation>En cours</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CertificateBlock</name>
    <message>
        <source>Issued to</source>
        <translation>Délivré à</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>Délivré par</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Validité</translation>
    </message>
    <message>
        <source>Trusted fingerprint</source>
        <translation>Empreinte approuvée</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Paste to compare</source>
        <translation>Coller pour comparer</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>Du %1 au %2</translation>
    </message>
    <message>
        <source>Your administrator decided for (SHA-256)</source>
        <translation>Fixée par votre administrateur (SHA-256)</translation>
    </message>
    <message>
        <source>You trusted (SHA-256)</source>
        <translation>Approuvée par vous (SHA-256)</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>Empreinte SHA-256</translation>
    </message>
    <message>
        <source>It shows now (SHA-256)</source>
        <translation>Présentée maintenant (SHA-256)</translation>
    </message>
    <message>
        <source>The clipboard holds no SHA-256 fingerprint.</source>
        <translation>Le presse-papiers ne contient pas d’empreinte SHA-256.</translation>
    </message>
    <message>
        <source>It is another one: do not trust it.</source>
        <translation>C’en est une autre&#xa0;: ne l’approuvez pas.</translation>
    </message>
    <message>
        <source>You copied this one here. Copy the appliance&apos;s own.</source>
        <translation>Vous avez copié celle-ci ici. Copiez celle de l’appliance.</translation>
    </message>
    <message>
        <source>It is the same.</source>
        <translation>C’est la même.</translation>
    </message>
    <message>
        <source>Copy the new one</source>
        <translation>Copier la nouvelle</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CodePage</name>
    <message>
        <source>Verification code</source>
        <translation>Code de vérification</translation>
    </message>
    <message>
        <source>I use a &amp;scratch code, which has 8 digits</source>
        <translation>J’utilise un code de &amp;secours, qui a 8 chiffres</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>Code de &amp;vérification</translation>
    </message>
    <message>
        <source>Enter the code of your authenticator</source>
        <translation>Saisissez le code de votre application d’authentification</translation>
    </message>
    <message>
        <source>The appliance asks for a second factor of %1.</source>
        <translation>L’appliance demande un second facteur à %1.</translation>
    </message>
    <message>
        <source>Enter 6 digits from your authenticator, or 8 of a scratch code.</source>
        <translation>Saisissez les 6 chiffres de votre application d’authentification, ou les 8 d’un code de secours.</translation>
    </message>
    <message>
        <source>The appliance has refused this code already.</source>
        <translation>L’appliance a déjà refusé ce code.</translation>
    </message>
    <message>
        <source>A new code is due in %1 s.</source>
        <translation>Nouveau code dans %1 s.</translation>
    </message>
    <message>
        <source>Your authenticator shows a new code now.</source>
        <translation>Votre application d’authentification affiche maintenant un nouveau code.</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>Vérification en cours…</translation>
    </message>
    <message>
        <source>The appliance&apos;s clock is out of step: %1. If it is the one that is wrong, no code will do until somebody sets it right.</source>
        <comment>3 min ahead</comment>
        <translation>L’horloge de l’appliance est décalée : %1. Si c’est elle qui est fausse, aucun code ne passera tant que personne ne l’aura réglée.</translation>
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
        <translation>Empreinte épinglée</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Horloge</translation>
    </message>
    <message>
        <source>Chec&amp;k now</source>
        <translation>Vérifier ma&amp;intenant</translation>
    </message>
    <message>
        <source>See whether the appliance answers, without signing in</source>
        <translation>Voir si l’appliance répond, sans se connecter</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Examen de l’appliance…</translation>
    </message>
    <message>
        <source>The appliance answered at %1.</source>
        <translation>L’appliance a répondu à %1.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucune</translation>
    </message>
    <message>
        <source>“Check now” tells the TLS version, the certificate and the clock.</source>
        <translation>«&#xa0;Vérifier maintenant&#xa0;» indique la version de TLS, le certificat et l’horloge.</translation>
    </message>
    <message>
        <source>None: any certificate that this computer trusts</source>
        <translation>Aucune&#xa0;: tout certificat auquel cet ordinateur fait confiance</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>Défini par votre administrateur</translation>
    </message>
    <message>
        <source>Only this certificate</source>
        <translation>Uniquement ce certificat</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentRequest</name>
    <message>
        <source>Until now</source>
        <translation>Jusqu’ici</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>Désormais</translation>
    </message>
    <message>
        <source>Appliance until now</source>
        <translation>Appliance jusqu’ici</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>Appliance</translation>
    </message>
    <message>
        <source>User name until now</source>
        <translation>Nom d’utilisateur jusqu’ici</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nom d’utilisateur</translation>
    </message>
    <message>
        <source>Kind until now</source>
        <translation>Type jusqu’ici</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Client ID until now</source>
        <translation>Identifiant client jusqu’ici</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Identifiant client</translation>
    </message>
    <message>
        <source>None</source>
        <comment>client ID</comment>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>Whoever shows this certificate gets your password and tokens. Get the fingerprint from whoever runs the appliance, or at its console: a browser on this computer can be shown the same false certificate. Deny it if you have not asked for this.</source>
        <translation>Quiconque présente ce certificat reçoit votre mot de passe et vos jetons. Obtenez l’empreinte auprès de la personne qui gère l’appliance, ou sur la console de celle-ci&#xa0;: un navigateur sur cet ordinateur peut se voir présenter le même faux certificat. Refusez si vous n’avez rien demandé.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentWindow</name>
    <message>
        <source>Allow</source>
        <translation>Autoriser</translation>
    </message>
    <message>
        <source>&amp;This time</source>
        <translation>&amp;Cette fois</translation>
    </message>
    <message>
        <source>For one &amp;hour</source>
        <translation>Pendant une &amp;heure</translation>
    </message>
    <message>
        <source>&amp;Until the screen locks</source>
        <translation>&amp;Jusqu’au verrouillage de l’écran</translation>
    </message>
    <message>
        <source>Al&amp;ways</source>
        <translation>&amp;Toujours</translation>
    </message>
    <message>
        <source>It is not certain which program this is, so it can only be allowed this time.</source>
        <translation>On ne sait pas avec certitude de quel programme il s’agit&#xa0;; il ne peut donc être autorisé que cette fois.</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>&amp;Refuser</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>&amp;Autoriser</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>The system vouches for this</source>
        <translation>Garanti par le système</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>Via</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>Lancé par</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Only the program itself says this</source>
        <translation>Affirmé par le programme seul</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>Script</translation>
    </message>
    <message>
        <source>1 more program is waiting.</source>
        <translation>1 autre programme attend.</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs are waiting.</source>
        <translation>
            <numerusform>%n autre programme attend.</numerusform>
            <numerusform>%n autres programmes attendent.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not certain which program this is.</source>
        <translation>On ne sait pas avec certitude de quel programme il s’agit.</translation>
    </message>
    <message>
        <source>A longer choice allows every script that %1 runs.</source>
        <translation>Une durée plus longue autorise tout script exécuté par %1.</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed this certificate</source>
        <translation>La &amp;personne qui gère l’appliance a confirmé ce certificat</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Dit s’appeler</translation>
    </message>
    <message>
        <source>Started by, as it says</source>
        <translation>Lancé par, selon le programme</translation>
    </message>
    <message>
        <source>The button works in a moment.</source>
        <translation>Le bouton sera actif dans un instant.</translation>
    </message>
    <message>
        <source>Tick the box above first.</source>
        <translation>Cochez d’abord la case ci-dessus.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Coordinator</name>
    <message>
        <source>Memory only: no token is saved, and all sessions end with Latchkey.</source>
        <translation>En mémoire uniquement&#xa0;: aucun jeton n’est enregistré, et toutes les sessions se terminent avec Latchkey.</translation>
    </message>
    <message>
        <source>Progra&amp;ms</source>
        <translation>Progra&amp;mmes</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CopyMenu</name>
    <message>
        <source>&amp;Token</source>
        <translation>&amp;Jeton</translation>
    </message>
    <message>
        <source>As &amp;header</source>
        <translation>Comme &amp;en-tête</translation>
    </message>
    <message>
        <source>As c&amp;url</source>
        <translation>Pour c&amp;url</translation>
    </message>
    <message>
        <source>As &amp;PowerShell</source>
        <translation>Pour &amp;PowerShell</translation>
    </message>
    <message>
        <source>As .http &amp;file</source>
        <translation>Comme &amp;fichier .http</translation>
    </message>
    <message>
        <source>&amp;Command for scripts</source>
        <translation>&amp;Commande pour les scripts</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DesktopClipboard</name>
    <message>
        <source>Copying…</source>
        <translation>Copie en cours…</translation>
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
        <translation>Diagnostic</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progression</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>C&amp;opy findings</source>
        <translation>C&amp;opier les résultats</translation>
    </message>
    <message>
        <source>Doctor – %1</source>
        <translation>Diagnostic – %1</translation>
    </message>
    <message>
        <source>Looked at %1 of %2…</source>
        <translation>Points examinés&#xa0;: %1 sur %2…</translation>
    </message>
    <message>
        <source>Stopped: looked at %1 of %2</source>
        <translation>Interrompu, points examinés&#xa0;: %1 sur %2</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>Aucun problème détecté</translation>
    </message>
    <message>
        <source>One problem was found</source>
        <translation>Un problème détecté</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Arrêter</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>&amp;Vérifier à nouveau</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found</source>
        <translation>
            <numerusform>%n problème détecté</numerusform>
            <numerusform>%n problèmes détectés</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w session</source>
        <translation>Afficher la &amp;session</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DonePage</name>
    <message>
        <source>Command for scripts</source>
        <translation>Commande pour les scripts</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminer</translation>
    </message>
    <message>
        <source>Latchkey keeps %1 signed in from now on. Scripts get its token with this line:</source>
        <translation>Latchkey garde désormais %1 connectée. Les scripts obtiennent son jeton avec cette ligne&#xa0;:</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>Vous êtes connecté</translation>
    </message>
    <message>
        <source>This desktop has no tray: when you close the window, it minimizes.</source>
        <translation>Ce bureau n’a pas de zone de notification&#xa0;: quand vous fermez la fenêtre, elle est réduite.</translation>
    </message>
    <message>
        <source>There is no keychain that Latchkey could use: the session ends with Latchkey.</source>
        <translation>Il n’y a pas de trousseau que Latchkey puisse utiliser&#xa0;: la session se termine avec Latchkey.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Démarrer Latchkey à l’ouverture de ma session sur cet ordinateur</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::FormHead</name>
    <message>
        <source>Sign in to an appliance</source>
        <translation>Se connecter à une appliance</translation>
    </message>
    <message>
        <source>A link or another program filled in %1. Check that it is your appliance before you type a password.</source>
        <translation>%1 a été rempli par un lien ou par un autre programme. Vérifiez qu’il s’agit de votre appliance avant de saisir un mot de passe.</translation>
    </message>
    <message>
        <source>A link or another program filled in what is no address. Type that of your appliance.</source>
        <translation>Un lien ou un autre programme a saisi quelque chose qui n’est pas une adresse. Saisissez celle de votre appliance.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::GeneralPage</name>
    <message>
        <source>As the desktop</source>
        <translation>Comme le bureau</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>&amp;Démarrer Latchkey à l’ouverture de ma session sur cet ordinateur</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>Icône de la zone de notification</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>En couleur</translation>
    </message>
    <message>
        <source>As a symbol</source>
        <translation>Monochrome</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Apparence</translation>
    </message>
    <message>
        <source>&amp;Tray icon</source>
        <translation>Icône de la &amp;zone de notification</translation>
    </message>
    <message>
        <source>The language changes when Latchkey starts again.</source>
        <translation>La langue changera au prochain démarrage de Latchkey.</translation>
    </message>
    <message>
        <source>This could not be changed. Is your configuration folder writable, and the disk not full?</source>
        <translation>La modification a échoué. Votre dossier de configuration est-il accessible en écriture, et reste-t-il de la place sur le disque&#xa0;?</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry is for other desktops only. Check the box to change that.</source>
        <translation>Votre bureau ne démarre pas Latchkey&#xa0;: l’entrée de démarrage automatique ne vaut que pour d’autres bureaux. Cochez la case pour changer cela.</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry names a program that is not there. Check the box to change that.</source>
        <translation>Votre bureau ne démarre pas Latchkey&#xa0;: l’entrée de démarrage automatique désigne un programme qui n’existe pas. Cochez la case pour changer cela.</translation>
    </message>
    <message>
        <source>This cannot be changed: the folder for autostart entries is not writable.</source>
        <translation>Modification impossible&#xa0;: le dossier des entrées de démarrage automatique n’est pas accessible en écriture.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HandOutTable</name>
    <message>
        <source>Hand-outs</source>
        <translation>Remises de jetons</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>How a session is</source>
        <translation>États d’une session</translation>
    </message>
    <message>
        <source>It waits for a code, a sign-in, the keychain, or a decision about a certificate.</source>
        <translation>Elle attend un code, une connexion, le trousseau ou une décision concernant un certificat.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Reconnectez-vous.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Scripts go on meanwhile.</source>
        <translation>Latchkey continue d’essayer. Pendant ce temps, les scripts fonctionnent toujours.</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Until it succeeds, scripts get no token.</source>
        <translation>Latchkey continue d’essayer. En attendant, les scripts n’obtiennent pas de jeton.</translation>
    </message>
    <message>
        <source>Somebody is being signed in, or a token is on its way.</source>
        <translation>Une connexion est en cours, ou un jeton va arriver.</translation>
    </message>
    <message>
        <source>By you, or nobody has signed in yet.</source>
        <translation>Par vous, ou personne ne s’est encore connecté.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 ou %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>What the chosen session needs, or its token</source>
        <translation>Faire ce que requiert la session choisie, ou copier son jeton</translation>
    </message>
    <message>
        <source>All that can be done with it</source>
        <translation>Tout ce qu’on peut faire avec elle</translation>
    </message>
    <message>
        <source>Closes a window, and empties the filter</source>
        <translation>Ferme une fenêtre et vide le filtre</translation>
    </message>
    <message>
        <source>All is well. Latchkey refreshes the token by itself.</source>
        <translation>Tout va bien. Latchkey renouvelle le jeton automatiquement.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HistoryView</name>
    <message>
        <source>What happened</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>Copier les &amp;détails</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::KindField</name>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation>Détection automatique</translation>
    </message>
    <message>
        <source>No appliance that Latchkey knows answers there. Check the address, or choose the kind.</source>
        <translation>Aucune appliance que Latchkey connaît ne répond à cette adresse. Vérifiez l’adresse, ou choisissez le type.</translation>
    </message>
    <message>
        <source>Several kinds fit this address: %1. Choose one.</source>
        <translation>Plusieurs types correspondent à cette adresse&#xa0;: %1. Choisissez-en un.</translation>
    </message>
    <message>
        <source>Appliances of this kind answer at %1. Type the address of one with its port.</source>
        <translation>Des appliances de ce type répondent ici&#xa0;: %1. Saisissez l’adresse de l’une d’elles avec son port.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerModel</name>
    <message>
        <source>From %1 to %2</source>
        <translation>Premier&#xa0;: %1, dernier&#xa0;: %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerWindow</name>
    <message>
        <source>Fold &amp;repeats of a day</source>
        <translation>&amp;Regrouper les répétitions d’une même journée</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exporter…</translation>
    </message>
    <message>
        <source>Tokens handed out</source>
        <translation>Jetons remis</translation>
    </message>
    <message>
        <source>The last thousand times that somebody asked for an access token. The tokens themselves are never written down.</source>
        <translation>Les mille dernières fois où un jeton d’accès a été demandé. Les jetons eux-mêmes ne sont jamais consignés.</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filtrer</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>Session, program, script, answer …</source>
        <translation>Session, programme, script, réponse…</translation>
    </message>
    <message>
        <source>No token has been handed out yet.</source>
        <translation>Aucun jeton n’a encore été remis.</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>Aucun élément ne correspond au filtre.</translation>
    </message>
    <message>
        <source>Un&amp;block this program</source>
        <translation>&amp;Débloquer ce programme</translation>
    </message>
    <message>
        <source>&amp;Block this program</source>
        <translation>&amp;Bloquer ce programme</translation>
    </message>
    <message>
        <source>Choose a row whose program is known.</source>
        <translation>Choisissez une ligne dont le programme est connu.</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>%1 n’est plus bloqué.</translation>
    </message>
    <message>
        <source>No more programs can be blocked. Unblock one first.</source>
        <translation>Impossible de bloquer davantage de programmes. Débloquez-en d’abord un.</translation>
    </message>
    <message>
        <source>%1 and all its scripts get no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 et tous ses scripts n’obtiennent plus de jetons jusqu’à ce que vous le débloquiez, ici ou dans les paramètres, sous «&#xa0;Programmes&#xa0;».</translation>
    </message>
    <message>
        <source>%1 gets no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 n’obtient plus de jetons jusqu’à ce que vous le débloquiez, ici ou dans les paramètres, sous «&#xa0;Programmes&#xa0;».</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>Exporter la liste</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tableau (*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written. Is the folder writable, and the disk not full?</source>
        <translation>La liste n’a pas pu être écrite. Le dossier est-il accessible en écriture, et reste-t-il de la place sur le disque&#xa0;?</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>La liste a été enregistrée dans %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LogLevelBox</name>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Événements</translation>
    </message>
    <message>
        <source>Each step</source>
        <translation>Chaque étape</translation>
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
        <translation>Nom d’utilisateur</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>&amp;Rester connecté</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>&amp;Appliance</source>
        <translation>&amp;Appliance</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nom d’&amp;utilisateur</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Mot de passe</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Afficher le mot de passe</translation>
    </message>
    <message>
        <source>In memory only: the session ends with Latchkey.</source>
        <translation>En mémoire uniquement&#xa0;: la session se termine avec Latchkey.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in the keychain.</source>
        <translation>Session chiffrée sur cet ordinateur, avec une clé dans le trousseau.</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in %1.</source>
        <translation>Session chiffrée sur cet ordinateur, avec une clé dans %1.</translation>
    </message>
    <message>
        <source>There is no keychain here: the session stays in memory and ends with Latchkey.</source>
        <translation>Il n’y a pas de trousseau ici&#xa0;: la session reste en mémoire et se termine avec Latchkey.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Connexion en cours…</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>Examen de l’appliance…</translation>
    </message>
    <message>
        <source>Enter here the password that %1 has on %2.</source>
        <comment>a user, an appliance</comment>
        <translation>Saisissez ici le mot de passe de %1 sur %2.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginWindow</name>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
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
        <translation>Pas encore connecté à une appliance</translation>
    </message>
    <message>
        <source>Sign in once. Latchkey then keeps the access token fresh, shows who you are on the appliance, and hands the token to you and your scripts.</source>
        <translation>Connectez-vous une fois. Latchkey garde ensuite le jeton d’accès à jour, indique qui vous êtes sur l’appliance et remet le jeton à vous et à vos scripts.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>&amp;Latchkey</source>
        <translation>&amp;Latchkey</translation>
    </message>
    <message>
        <source>&amp;Sign in to another appliance…</source>
        <translation>Se &amp;connecter à une autre appliance…</translation>
    </message>
    <message>
        <source>&amp;Tokens handed out…</source>
        <translation>&amp;Jetons remis…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Paramètres…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Aide</translation>
    </message>
    <message>
        <source>&amp;Doctor…</source>
        <translation>&amp;Diagnostic…</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>Si&amp;gnaler un problème…</translation>
    </message>
    <message>
        <source>&amp;About Latchkey</source>
        <translation>À pr&amp;opos de Latchkey</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Session</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so Latchkey minimizes instead of hiding where nobody could find it. On GNOME, the AppIndicator extension adds a tray. Quit with %1.</source>
        <translation>Ce bureau n’a pas de zone de notification&#xa0;: Latchkey est donc réduit au lieu de se cacher là où personne ne pourrait le retrouver. Sous GNOME, l’extension AppIndicator ajoute une telle zone. Quittez avec %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::MoreOptions</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>S&amp;hort-lived session</source>
        <translation>Session de courte &amp;durée</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>Identifiant client</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>Secret client</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Plus</translation>
    </message>
    <message>
        <source>What you and your scripts call this session</source>
        <translation>Le nom que vous et vos scripts donnez à cette session</translation>
    </message>
    <message>
        <source>Asks the appliance for a session that ends soon when unused</source>
        <translation>Demande à l’appliance une session qui expire vite si elle n’est pas utilisée</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Kin&amp;d</source>
        <translation>T&amp;ype</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;Identifiant client</translation>
    </message>
    <message>
        <source>&amp;Client secret</source>
        <translation>&amp;Secret client</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NeedBanner</name>
    <message>
        <source>&amp;Next</source>
        <translation>Sui&amp;vante</translation>
    </message>
    <message>
        <source>Go to the next one of them</source>
        <translation>Aller à la suivante</translation>
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
        <translation>Comme sur cet ordinateur</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Celui-ci&#xa0;:</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Hôte</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Nom d’utilisateur</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, choose “As on this computer” and set https_proxy.</source>
        <translation>Latchkey n’enregistre pas de mot de passe pour un proxy. Si le vôtre en exige un, choisissez «&#xa0;Comme sur cet ordinateur&#xa0;» et définissez https_proxy.</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>Pro&amp;xy</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Hôte</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>P&amp;ort</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nom d’&amp;utilisateur</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy, without its port.</source>
        <translation>Saisissez le nom ou l’adresse du proxy, sans son port.</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, ask your administrator.</source>
        <translation>Latchkey n’enregistre pas de mot de passe pour un proxy. Si le vôtre en exige un, adressez-vous à votre administrateur.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Notices</name>
    <message>
        <source>%1: Sign-in ends soon</source>
        <comment>session</comment>
        <translation>%1&#xa0;: la connexion expire bientôt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>A program asks for your permission</source>
        <translation>Un programme demande votre autorisation</translation>
    </message>
    <message>
        <source>Latchkey goes on in the tray</source>
        <translation>Latchkey continue dans la zone de notification</translation>
    </message>
    <message>
        <source>Your sessions stay signed in. Click the icon to open the window again, or choose Quit in its menu.</source>
        <translation>Vos sessions restent connectées. Cliquez sur l’icône pour rouvrir la fenêtre, ou choisissez Quitter dans son menu.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew, tokens expired</source>
        <translation>
            <numerusform>%n session ne peut pas être renouvelée, jeton expiré</numerusform>
            <numerusform>%n sessions ne peuvent pas être renouvelées, jetons expirés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign-ins end soon</source>
        <translation>
            <numerusform>%n connexion expire bientôt</numerusform>
            <numerusform>%n connexions expirent bientôt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Only you can prolong it: sign in again before that.</source>
        <comment>time left</comment>
        <translation>Connexion&#xa0;: %1. Vous seul pouvez la prolonger&#xa0;: reconnectez-vous avant.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PlainLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Copier</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PolicyComboBox</name>
    <message>
        <source>Programs</source>
        <translation>Programmes</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>Me demander</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Jamais</translation>
    </message>
    <message>
        <source>Get tokens without asking</source>
        <translation>Obtiennent des jetons sans confirmation</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ProgramsPage</name>
    <message>
        <source>Programs</source>
        <translation>Programmes</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Session</translation>
    </message>
    <message>
        <source>No program is allowed for longer than once, and none is blocked.</source>
        <translation>Aucun programme n’est autorisé pour plus d’une fois, et aucun n’est bloqué.</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Bloqué</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>%1 and all its scripts</source>
        <translation>%1 et tous ses scripts</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1, via latchkeyctl</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1, via la passerelle</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>Expiration&#xa0;: %1</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Toujours</translation>
    </message>
    <message>
        <source>Until the screen locks</source>
        <translation>Jusqu’au verrouillage de l’écran</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>&amp;Débloquer</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>Ré&amp;voquer</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Accès</translation>
    </message>
    <message>
        <source>What you decided about programs. In sessions that ask, those allowed here get tokens without a question. Sessions set to “Get tokens without asking” give theirs to every program that is not blocked here.</source>
        <translation>Vos décisions concernant les programmes. Dans les sessions qui demandent confirmation, ceux qui sont autorisés ici obtiennent des jetons sans confirmation. Les sessions réglées sur « Obtiennent des jetons sans confirmation » donnent les leurs à tout programme qui n’est pas bloqué ici.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::RenameDialog</name>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>Renommer la session</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>Scripts that use the name %1 no longer get a token.</source>
        <translation>Les scripts qui utilisent le nom %1 n’obtiennent plus de jeton.</translation>
    </message>
    <message>
        <source>Tokens and history stay.</source>
        <translation>Les jetons et l’historique sont conservés.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ReportWindow</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>&amp;Enregistrer le rapport…</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>Signaler un problème</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>The report is a file for whoever helps you. In it are versions, settings, sessions and what happened to them, what the doctor finds, and the last lines of the log.</source>
        <translation>Le rapport est un fichier destiné à la personne qui vous aide. Il contient les versions, les paramètres, les sessions et leur historique, les résultats du diagnostic et les dernières lignes du journal.</translation>
    </message>
    <message>
        <source>It names your appliances and users. Before it is written, it is searched for all your passwords and tokens: none is in it.</source>
        <translation>Il cite vos appliances et vos utilisateurs. Avant son écriture, tous vos mots de passe et jetons y sont recherchés&#xa0;: il n’en contient aucun.</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Journal</translation>
    </message>
    <message>
        <source>If the problem comes back at times, turn the log on and wait for it. The file stays short, and no password or token is in it.</source>
        <translation>Si le problème revient de temps en temps, activez le journal et attendez qu’il se reproduise. Le fichier reste court et ne contient ni mot de passe ni jeton.</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Enregistrer le rapport</translation>
    </message>
    <message>
        <source>Looking at everything…</source>
        <translation>Examen de l’ensemble…</translation>
    </message>
    <message>
        <source>Nothing was written: a secret would have been in it, such as a token that is part of a name. Rename what holds it, or try again once no sign-in is open.</source>
        <translation>Rien n’a été écrit&#xa0;: le rapport aurait contenu un secret, par exemple un jeton faisant partie d’un nom. Renommez ce qui le contient, ou réessayez quand aucune connexion n’est en cours.</translation>
    </message>
    <message>
        <source>Nothing was written to %1. Choose a folder that you may write to, on a disk with room.</source>
        <translation>Rien n’a été écrit dans %1. Choisissez un dossier où vous pouvez écrire, sur un disque qui a de la place.</translation>
    </message>
    <message>
        <source>Written to %1. Read it before you send it.</source>
        <translation>Enregistré dans %1. Relisez-le avant de l’envoyer.</translation>
    </message>
    <message>
        <source>It is in the name of session number %1 of those that latchkeyctl list prints.</source>
        <translation>Il se trouve dans le nom de la session numéro %1 parmi celles qu’affiche latchkeyctl list.</translation>
    </message>
    <message>
        <source>Nothing was written: what is told of %1 holds a secret, such as a token that is part of a name. Rename that, or try again once no sign-in is open.</source>
        <translation>Rien n’a été écrit : ce qui est rapporté sur %1 contient un secret, par exemple un jeton faisant partie d’un nom. Renommez ce qui le contient, ou réessayez quand aucune connexion n’est en cours.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecretField</name>
    <message>
        <source>&amp;Paste</source>
        <translation>C&amp;oller</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Effacer</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Tout sélectionner</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Section</name>
    <message>
        <source>Unfolded</source>
        <translation>Déplié</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>Replié</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecurityPage</name>
    <message>
        <source>Lock &amp;when the screen locks or the computer sleeps</source>
        <translation>&amp;Verrouiller quand l’écran se verrouille ou que l’ordinateur se met en veille</translation>
    </message>
    <message>
        <source>Clear a copied token &amp;once it is pasted, at the latest after:</source>
        <translation>&amp;Effacer un jeton copié dès qu’il est collé, au plus tard après&#xa0;:</translation>
    </message>
    <message>
        <source>Programs get no tokens meanwhile. Sessions stay fresh.</source>
        <translation>Pendant ce temps, les programmes n’obtiennent pas de jetons. Les sessions restent à jour.</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds until a copied token is cleared</source>
        <translation>Secondes avant l’effacement d’un jeton copié</translation>
    </message>
    <message>
        <source>Programs, in new sessions</source>
        <translation>Programmes, dans les nouvelles sessions</translation>
    </message>
    <message>
        <source>Programs, &amp;in new sessions</source>
        <translation>Programmes, dans les &amp;nouvelles sessions</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionOrder</name>
    <message numerus="yes">
        <source>Needs you (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Requiert votre attention (%n)</numerusform>
            <numerusform>Requièrent votre attention (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot renew (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Non renouvelable (%n)</numerusform>
            <numerusform>Non renouvelables (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed in (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Connectée (%n)</numerusform>
            <numerusform>Connectées (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>Déconnectée (%n)</numerusform>
            <numerusform>Déconnectées (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionPanel</name>
    <message>
        <source>Copy in another form</source>
        <translation>Copier sous une autre forme</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Plus</translation>
    </message>
    <message>
        <source>Access by programs</source>
        <translation>Accès des programmes</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Liaison réseau</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>&amp;Historique</translation>
    </message>
    <message>
        <source>&amp;Programs</source>
        <translation>Pro&amp;grammes</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Utilisateur</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>Type d’utilisateur</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>Second facteur</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Jeton d’accès</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>Jeton d’actualisation</translation>
    </message>
    <message>
        <source>Next refresh</source>
        <translation>Prochain renouvellement</translation>
    </message>
    <message>
        <source>Appliance clock</source>
        <translation>Horloge de l’appliance</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>As a command, a header or a file</source>
        <translation>En commande, en-tête ou fichier</translation>
    </message>
    <message>
        <source>There is no token to give now.</source>
        <translation>Il n’y a pas de jeton à remettre pour l’instant.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionsPage</name>
    <message>
        <source>Nothing matches</source>
        <translation>Aucun résultat</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Ajouter</translation>
    </message>
    <message>
        <source>Sign in to another appliance</source>
        <translation>Se connecter à une autre appliance</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrer</translation>
    </message>
    <message>
        <source>By name, user, server or state (%1)</source>
        <comment>what the filter looks at; its keys</comment>
        <translation>Par nom, utilisateur, serveur ou état (%1)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>&amp;Général</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>&amp;Sécurité</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Réseau</translation>
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
        <translation>L’arrêter et ouvrir Latchkey</translation>
    </message>
    <message>
        <source>Another program keeps your sessions already.</source>
        <translation>Un autre programme gère déjà vos sessions.</translation>
    </message>
    <message>
        <source>%1 is running already, but does not answer.</source>
        <translation>%1 est déjà en cours d’exécution, mais ne répond pas.</translation>
    </message>
    <message>
        <source>%1 keeps your sessions. Stop it and open Latchkey?</source>
        <translation>%1 gère vos sessions. L’arrêter et ouvrir Latchkey&#xa0;?</translation>
    </message>
    <message>
        <source>%1 does not answer. Stop it and open Latchkey?</source>
        <translation>%1 ne répond pas. L’arrêter et ouvrir Latchkey&#xa0;?</translation>
    </message>
    <message>
        <source>Waiting for it to end…</source>
        <translation>En attente de son arrêt…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>It is process %1, which listens at %2.</source>
        <translation>C’est le processus %1, qui écoute sur %2.</translation>
    </message>
    <message>
        <source>It listens at %1.</source>
        <translation>Il écoute sur %1.</translation>
    </message>
    <message>
        <source>Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you close this, it keeps your sessions, and no window opens.</source>
        <translation>Latchkey ne peut pas l’arrêter d’ici. Arrêtez-le vous-même et choisissez «&#xa0;Réessayer&#xa0;». Si vous fermez cette fenêtre, il continue de gérer vos sessions, et aucune fenêtre ne s’ouvre.</translation>
    </message>
    <message>
        <source>Only one program can keep them; latchkeyctl works with either.</source>
        <translation>Un seul programme peut les gérer&#xa0;; latchkeyctl fonctionne avec l’un comme avec l’autre.</translation>
    </message>
    <message>
        <source>It is process %1.</source>
        <translation>C’est le processus %1.</translation>
    </message>
    <message>
        <source>If you stop it, sessions that are kept on this computer go on here, and those in memory only end. If you cancel, it keeps them all, and no window opens.</source>
        <translation>Si vous l’arrêtez, les sessions enregistrées sur cet ordinateur se poursuivent ici, et celles qui sont en mémoire uniquement se terminent. Si vous annulez, il continue de les gérer toutes, et aucune fenêtre ne s’ouvre.</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Copier la commande</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TokenClipboard</name>
    <message>
        <source>There is no token to copy. Sign in first.</source>
        <translation>Il n’y a pas de jeton à copier. Connectez-vous d’abord.</translation>
    </message>
    <message>
        <source>Command copied. It holds no token.</source>
        <translation>Commande copiée. Elle ne contient pas de jeton.</translation>
    </message>
    <message>
        <source>Token copied.</source>
        <translation>Jeton copié.</translation>
    </message>
    <message>
        <source>It ends in %1 s.</source>
        <translation>Il expire dans %1 s.</translation>
    </message>
    <message>
        <source>It can be pasted once, within %1 s.</source>
        <translation>Il peut être collé une fois, dans les %1 s.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the desktop did not allow it. Try again here.</source>
        <translation>Rien n’a été copié, car le bureau ne l’a pas permis. Réessayez ici.</translation>
    </message>
    <message>
        <source>The token is about to end. It is being refreshed and then copied.</source>
        <translation>Le jeton est sur le point d’expirer. Il est renouvelé, puis copié.</translation>
    </message>
    <message>
        <source>The token could not be refreshed, so nothing was copied.</source>
        <translation>Le jeton n’a pas pu être renouvelé, rien n’a donc été copié.</translation>
    </message>
    <message>
        <source>Nothing was copied, as the appliance that you trust does not answer. Look under Connection.</source>
        <translation>Rien n’a été copié, car l’appliance à laquelle vous faites confiance ne répond pas. Regardez sous «&#xa0;Liaison réseau&#xa0;».</translation>
    </message>
    <message>
        <source>curl knows the appliance by its key, and sends the token to no other.</source>
        <translation>curl reconnaît l’appliance à sa clé et n’envoie le jeton à aucune autre.</translation>
    </message>
    <message>
        <source>Nothing was copied: curl cannot check this appliance&apos;s certificate.</source>
        <translation>Rien n’a été copié : curl ne peut pas vérifier le certificat de cette appliance.</translation>
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
        <translation>Se connecter à une autre appliance…</translation>
    </message>
    <message>
        <source>Tokens handed out…</source>
        <translation>Jetons remis…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Paramètres…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>All sessions (%1)…</source>
        <translation>Toutes les sessions (%1)…</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>session: state, time left</comment>
        <translation>%1&#xa0;: %2, %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Cannot renew</source>
        <translation>Renouvellement impossible</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TroubleBanner</name>
    <message>
        <source>Programs get no token until you decide.</source>
        <translation>Les programmes n’obtiennent pas de jeton tant que vous n’avez pas décidé.</translation>
    </message>
    <message>
        <source>Not refreshed until you decide; programs get the token until %1.</source>
        <translation>Pas de renouvellement tant que vous n’avez pas décidé&#xa0;; les programmes obtiennent le jeton jusqu’à&#xa0;: %1.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrustPage</name>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed the new one</source>
        <translation>La personne qui gère l’appliance a con&amp;firmé la nouvelle</translation>
    </message>
    <message>
        <source>Trust this appliance</source>
        <translation>Faire confiance à cette appliance</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Is this your appliance?</source>
        <translation>Est-ce votre appliance&#xa0;?</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for %1. That is usual for an appliance with a certificate of its own. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Cet ordinateur ne sait pas qui se porte garant de %1. C’est courant pour une appliance qui a son propre certificat. Ni mot de passe ni jeton ne lui a encore été envoyé. Comparez l’empreinte avec celle de l’appliance.</translation>
    </message>
    <message>
        <source>Another certificate than before</source>
        <translation>Un autre certificat qu’auparavant</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed, and nobody vouches for the new one.</source>
        <translation>Le certificat de %1 a changé, et personne ne se porte garant du nouveau.</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed since you trusted it.</source>
        <translation>Le certificat de %1 a changé depuis que vous l’avez approuvé.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Go on only if whoever runs the appliance says that its certificate was replaced, and tells you the same new fingerprint.</source>
        <translation>Quelqu’un intercepte peut-être les échanges entre vous et l’appliance. Ni mot de passe ni jeton ne lui a été envoyé. Ne continuez que si la personne qui gère l’appliance dit que son certificat a été remplacé et vous indique la même nouvelle empreinte.</translation>
    </message>
    <message>
        <source>Not the certificate that your administrator decided for</source>
        <translation>Ce n’est pas le certificat fixé par votre administrateur</translation>
    </message>
    <message>
        <source>%1 shows another certificate.</source>
        <translation>%1 présente un autre certificat.</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Only your administrator can allow this certificate: ask them, and tell them both fingerprints.</source>
        <translation>Quelqu’un intercepte peut-être les échanges entre vous et l’appliance. Ni mot de passe ni jeton ne lui a été envoyé. Seul votre administrateur peut autoriser ce certificat&#xa0;: adressez-vous à lui et indiquez-lui les deux empreintes.</translation>
    </message>
    <message>
        <source>The certificate does not name %1.</source>
        <translation>Le certificat ne mentionne pas %1.</translation>
    </message>
    <message>
        <source>The certificate is for %1, not for %2.</source>
        <translation>Le certificat est établi pour %1, et non pour %2.</translation>
    </message>
    <message>
        <source>I have compared the &amp;fingerprint: it is the appliance&apos;s own</source>
        <translation>J’ai comparé l’&amp;empreinte&#xa0;: c’est bien celle de l’appliance</translation>
    </message>
    <message>
        <source>Either the appliance shows the certificate that it came with, or something else answers in place of %1. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>Soit l’appliance présente le certificat avec lequel elle a été livrée, soit autre chose répond à la place de %1. Ni mot de passe ni jeton ne lui a encore été envoyé. Comparez l’empreinte avec celle de l’appliance.</translation>
    </message>
    <message>
        <source>Where to find it: ask whoever runs the appliance, or look at its console. A browser on this computer can be shown the same false certificate.</source>
        <translation>Où la trouver&#xa0;: demandez à la personne qui gère l’appliance, ou regardez sur la console de celle-ci. Un navigateur sur cet ordinateur peut se voir présenter le même faux certificat.</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ValidityTimeline</name>
    <message>
        <source>Validity</source>
        <translation>Validité</translation>
    </message>
    <message>
        <source>No access token.</source>
        <translation>Aucun jeton d’accès.</translation>
    </message>
    <message>
        <source>Access token good until %1.</source>
        <translation>Jeton d’accès valable, expiration&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Access token expired at %1.</source>
        <translation>Jeton d’accès expiré&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Next refresh at %1.</source>
        <translation>Prochain renouvellement&#xa0;: %1.</translation>
    </message>
    <message>
        <source>The sign-in ends at %1.</source>
        <translation>Fin de la connexion&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Outages: %1.</source>
        <translation>Interruptions&#xa0;: %1.</translation>
    </message>
    <message>
        <source>Times that the computer slept: %1.</source>
        <translation>Mises en veille de l’ordinateur&#xa0;: %1.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>maint.</translation>
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
        <translation>Renouvellements au cours des dernières 24 h&#xa0;: %1.</translation>
    </message>
</context>
</TS>
