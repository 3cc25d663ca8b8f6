<?xml version="1.0" encoding="utf-8"?>
<!--
SPDX-FileCopyrightText: 2026 The Latchkey authors
SPDX-License-Identifier: Apache-2.0
-->
<!DOCTYPE TS>
<TS version="2.1" language="ja">
<context>
    <name>ActionText</name>
    <message>
        <source>Sign &amp;in</source>
        <translation>サインイン(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Enter code</source>
        <translation>コードを入力(&amp;D)</translation>
    </message>
    <message>
        <source>Look at certi&amp;ficate</source>
        <translation>証明書を確認(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Copy token</source>
        <translation>トークンをコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>今すぐ更新(&amp;R)</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>サインアウト(&amp;O)</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>名前の変更(&amp;N)</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>削除(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Doctor</source>
        <translation>診断(&amp;G)</translation>
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
        <translation>%1。%2</translation>
    </message>
    <message numerus="yes">
        <source>%1 %n times, last at %2</source>
        <comment>what happened</comment>
        <translation>
            <numerusform>%1 (%n 回、最後は %2)</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of accounts was not as Latchkey had left it</source>
        <translation>アカウントの一覧が、Latchkey が残した状態と異なっています</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>サインアウト</translation>
    </message>
    <message>
        <source>Looked for what was kept</source>
        <translation>保存データを確認</translation>
    </message>
    <message>
        <source>Verification code sent</source>
        <translation>確認コードを送信</translation>
    </message>
    <message>
        <source>Sign-in started</source>
        <translation>サインインを開始</translation>
    </message>
    <message>
        <source>Verification code refused</source>
        <translation>確認コードが拒否されました</translation>
    </message>
    <message>
        <source>Verification code asked for</source>
        <translation>確認コードの要求</translation>
    </message>
    <message>
        <source>Certificate in question</source>
        <translation>証明書の確認が必要</translation>
    </message>
    <message>
        <source>Session restored</source>
        <translation>セッションを復元</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>サインイン完了</translation>
    </message>
    <message>
        <source>The appliance said: %1</source>
        <translation>アプライアンスからのメッセージ: %1</translation>
    </message>
    <message>
        <source>HTTP status: %1</source>
        <translation>HTTP ステータス: %1</translation>
    </message>
    <message>
        <source>The appliance&apos;s time: %1</source>
        <translation>アプライアンスの時刻: %1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>リクエスト: %1</translation>
    </message>
    <message>
        <source>Latchkey started.</source>
        <translation>Latchkey が起動しました。</translation>
    </message>
    <message>
        <source>The session was kept.</source>
        <translation>セッションが保存されていました。</translation>
    </message>
    <message>
        <source>No session was kept.</source>
        <translation>保存されたセッションはありませんでした。</translation>
    </message>
    <message>
        <source>Something other than Latchkey changed it, or Latchkey ended in the midst of a change. Appliance, user, policy and trusted certificate are as they were sealed with the session.</source>
        <translation>Latchkey 以外によって変更されたか、Latchkey が変更の途中で終了しました。アプライアンス、ユーザー、ポリシー、信頼済みの証明書は、セッションとともに暗号化して保存されたとおりです。</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>保存データを読み取れませんでした。</translation>
    </message>
    <message>
        <source>Somebody signed in.</source>
        <translation>サインインの操作が行われました。</translation>
    </message>
    <message>
        <source>Somebody entered a verification code.</source>
        <translation>確認コードが入力されました。</translation>
    </message>
    <message>
        <source>Somebody trusted the certificate.</source>
        <translation>証明書が信頼されました。</translation>
    </message>
    <message>
        <source>Nobody trusted the certificate.</source>
        <translation>証明書は信頼されませんでした。</translation>
    </message>
    <message>
        <source>Somebody cancelled it.</source>
        <translation>操作がキャンセルされました。</translation>
    </message>
    <message>
        <source>A program wanted a token that lasts longer.</source>
        <translation>プログラムが、より長く有効なトークンを要求しました。</translation>
    </message>
    <message>
        <source>Somebody signed out.</source>
        <translation>サインアウトの操作が行われました。</translation>
    </message>
    <message>
        <source>It was time.</source>
        <translation>予定の時刻になりました。</translation>
    </message>
    <message>
        <source>The network went away.</source>
        <translation>ネットワークが切断されました。</translation>
    </message>
    <message>
        <source>The network came back.</source>
        <translation>ネットワークが復旧しました。</translation>
    </message>
    <message>
        <source>The computer woke up.</source>
        <translation>コンピューターがスリープから復帰しました。</translation>
    </message>
    <message>
        <source>The computer went to sleep.</source>
        <translation>コンピューターがスリープしました。</translation>
    </message>
    <message>
        <source>The appliance granted it.</source>
        <translation>アプライアンスが許可しました。</translation>
    </message>
    <message>
        <source>The appliance asked for a verification code.</source>
        <translation>アプライアンスが確認コードを要求しました。</translation>
    </message>
    <message>
        <source>The appliance showed a certificate that is not trusted.</source>
        <translation>アプライアンスが信頼されていない証明書を提示しました。</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>トークンを更新</translation>
    </message>
    <message>
        <source>Refresh started</source>
        <translation>トークンの更新を開始</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <translation>更新できませんでした</translation>
    </message>
    <message>
        <source>Somebody asked for a refresh.</source>
        <translation>更新の操作が行われました。</translation>
    </message>
    <message>
        <source>The appliance did not grant it.</source>
        <translation>アプライアンスが許可しませんでした。</translation>
    </message>
    <message>
        <source>There was no answer.</source>
        <translation>応答がありませんでした。</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Looking…</source>
        <translation>確認中…</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>問題なし</translation>
    </message>
</context>
<context>
    <name>HandOutView</name>
    <message>
        <source>Clipboard</source>
        <translation>クリップボード</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>提供しました</translation>
    </message>
    <message>
        <source>Given, but ends sooner than asked</source>
        <translation>提供しましたが、要求より早く期限が切れます</translation>
    </message>
    <message>
        <source>Copied by you</source>
        <translation>手動でコピー</translation>
    </message>
    <message>
        <source>Refused: something failed</source>
        <translation>拒否: 問題が発生しました</translation>
    </message>
    <message>
        <source>Refused: signed out</source>
        <translation>拒否: サインアウトしています</translation>
    </message>
    <message>
        <source>Refused: appliance out of reach</source>
        <translation>拒否: アプライアンスに接続できません</translation>
    </message>
    <message>
        <source>Refused: not allowed</source>
        <translation>拒否: 許可されていません</translation>
    </message>
    <message>
        <source>Refused: certificate in question</source>
        <translation>拒否: 証明書の確認が必要です</translation>
    </message>
    <message>
        <source>Refused: blocked by you</source>
        <translation>拒否: ブロックしています</translation>
    </message>
    <message>
        <source>Refused: verification code needed</source>
        <translation>拒否: 確認コードが必要です</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>answer</comment>
        <translation>
            <numerusform>%1（%n回）</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: asked for longer than tokens live</source>
        <translation>拒否: トークンの有効期間より長い期間が要求されました</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Start in the tray.</source>
        <translation>システムトレイで起動します。</translation>
    </message>
    <message>
        <source>Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.</source>
        <translation>トークンをメモリーにのみ保持し、キーリングを使用しません。セッションは Latchkey が終了するまで有効です。</translation>
    </message>
    <message>
        <source>Open the sign-in window for the appliance at &lt;url&gt;.</source>
        <translation>&lt;url&gt; のアプライアンスのサインインウィンドウを開きます。</translation>
    </message>
    <message>
        <source>Open the sign-in window for this user.</source>
        <translation>このユーザーのサインインウィンドウを開きます。</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances.</source>
        <translation>バックアップアプライアンスへのサインインを維持します。</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Latchkey’s folder belongs to another user, so it is not used.</source>
        <translation>Latchkey のフォルダーは別のユーザーが所有しているため、使用されません。</translation>
    </message>
    <message>
        <source>Remove %1, or have it given to you, and start Latchkey again.</source>
        <translation>%1 を削除するか、所有者を自分に変更してもらい、Latchkey を再度起動してください。</translation>
    </message>
</context>
<context>
    <name>PlainText</name>
    <message>
        <source>, </source>
        <comment>between parts of a list</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>ProgramView</name>
    <message>
        <source>An unknown program (process %1)</source>
        <translation>不明なプログラム (プロセス %1)</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>不明なプログラム</translation>
    </message>
    <message>
        <source>%1, run by %2</source>
        <comment>a script, an interpreter</comment>
        <translation>%1 (%2 で実行)</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a program, a terminal</comment>
        <translation>%2 上の %1</translation>
    </message>
    <message>
        <source>%1 over SSH</source>
        <comment>a program</comment>
        <translation>SSH 経由の %1</translation>
    </message>
    <message>
        <source>%1, started by %2</source>
        <comment>a program, another one</comment>
        <translation>%2 から起動された %1</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1 (ゲートウェイ経由)</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1 (latchkeyctl 経由)</translation>
    </message>
    <message>
        <source>%1,</source>
        <comment>a program, at the beginning of a sentence</comment>
        <translation>%1</translation>
    </message>
    <message>
        <source>Program: %1</source>
        <translation>プログラム: %1</translation>
    </message>
    <message>
        <source>Script, as it says: %1</source>
        <translation>スクリプト (自己申告): %1</translation>
    </message>
    <message>
        <source>Through: %1</source>
        <translation>経由: %1</translation>
    </message>
    <message>
        <source>Started by: %1</source>
        <translation>起動元: %1</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>端末: %1</translation>
    </message>
    <message>
        <source>“%1” (as it says)</source>
        <comment>what only a program itself says: its name, or its script</comment>
        <translation>「%1」(自己申告)</translation>
    </message>
    <message>
        <source>Calls itself: %1</source>
        <translation>名前 (自己申告): %1</translation>
    </message>
    <message>
        <source>Started by, as it says: %1</source>
        <translation>起動元 (自己申告): %1</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>場所:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>ファイル名(&amp;N):</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>ファイルの種類:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 はすでに存在します。
置き換えますか?</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>やり直し(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>切り取り(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>貼り付け(&amp;P)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>すべて選択</translation>
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
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>はい(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>いいえ(&amp;N)</translation>
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
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>すべて選択</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>%1 wants Latchkey to trust a certificate for %2.</source>
        <translation>%1 が、%2 の証明書を信頼するよう Latchkey に求めています。</translation>
    </message>
    <message>
        <source>%1 wants Latchkey to trust another certificate for %2.</source>
        <translation>%1 が、%2 の別の証明書を信頼するよう Latchkey に求めています。</translation>
    </message>
    <message>
        <source>%1 wants to sign %2 out.</source>
        <translation>%1 が %2 からサインアウトしようとしています。</translation>
    </message>
    <message>
        <source>%1 wants to remove %2.</source>
        <translation>%1 が %2 を削除しようとしています。</translation>
    </message>
    <message>
        <source>%1 wants to use the name %2 for another appliance or user.</source>
        <translation>%1 が、%2 という名前を別のアプライアンスまたはユーザーに使おうとしています。</translation>
    </message>
    <message>
        <source>%1 wants to rename %2 to %3.</source>
        <translation>%1 が %2 の名前を %3 に変更しようとしています。</translation>
    </message>
    <message>
        <source>%1 wants a token of %2.</source>
        <translation>%1 が %2 のトークンを要求しています。</translation>
    </message>
    <message>
        <source>%1 wants a token of %2: %3.</source>
        <comment>a program, a session, who is signed in there</comment>
        <translation>%1 が %2 (%3) のトークンを要求しています。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a user, the role</comment>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>許可(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Trust this certificate</source>
        <translation>この証明書を信頼(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>サインアウト(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>削除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Change the account</source>
        <translation>アカウントを変更(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>名前を変更(&amp;R)</translation>
    </message>
    <message>
        <source>%1 wants to add the session %2 and sign in to it.</source>
        <translation>%1 が、セッション %2 を追加してサインインしようとしています。</translation>
    </message>
    <message>
        <source>&amp;Add the session</source>
        <translation>セッションを追加(&amp;A)</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1. Correct the file; Latchkey reads it again by itself.</source>
        <comment>file: what is wrong in it</comment>
        <translation>%1。ファイルを修正してください。Latchkey が自動的に読み直します。</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>アカウントの一覧</translation>
    </message>
    <message>
        <source>The administrator’s policy</source>
        <translation>管理者のポリシー</translation>
    </message>
    <message>
        <source>Kind file</source>
        <translation>種類ファイル</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>キーリング</translation>
    </message>
    <message>
        <source>Enter the appliance&apos;s address, such as https://backup.example.com.</source>
        <translation>アプライアンスのアドレスを入力してください (例: https://backup.example.com)。</translation>
    </message>
    <message>
        <source>This is not the address of an appliance. Enter one such as https://backup.example.com.</source>
        <translation>これはアプライアンスのアドレスではありません。https://backup.example.com のようなアドレスを入力してください。</translation>
    </message>
    <message>
        <source>Passwords are not sent over http. Enter an https address.</source>
        <translation>パスワードは http では送信されません。https のアドレスを入力してください。</translation>
    </message>
    <message>
        <source>Enter an address of up to 2048 characters.</source>
        <translation>アドレスは 2048 文字以内で入力してください。</translation>
    </message>
    <message>
        <source>Enter a user name of up to 256 characters.</source>
        <translation>ユーザー名は 256 文字以内で入力してください。</translation>
    </message>
    <message>
        <source>Enter a short name for this session, such as prod.</source>
        <translation>このセッションの短い名前を入力してください (例: prod)。</translation>
    </message>
    <message>
        <source>Enter a client ID of up to 256 characters.</source>
        <translation>クライアント ID は 256 文字以内で入力してください。</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance.</source>
        <translation>Latchkey はこの種類のアプライアンスを認識できません。</translation>
    </message>
    <message>
        <source>Another appliance or user has this name. Choose another name.</source>
        <translation>この名前は別のアプライアンスまたはユーザーで使われています。別の名前を指定してください。</translation>
    </message>
    <message>
        <source>The list of accounts names another appliance or user than what is kept under this name. Unlock the keychain, so that Latchkey sees which is right, or remove the session.</source>
        <translation>アカウントの一覧にあるアプライアンスまたはユーザーが、この名前で保存されているものと異なります。どちらが正しいかを Latchkey が確認できるようにキーリングのロックを解除するか、セッションを削除してください。</translation>
    </message>
    <message>
        <source>This session waits for a sign-in, a decision or the keychain. Rename it after that.</source>
        <translation>このセッションはサインイン、判断、またはキーリングを待っています。名前の変更はその後に行ってください。</translation>
    </message>
    <message>
        <source>There are as many sessions as Latchkey can keep. Remove some first.</source>
        <translation>セッションの数が Latchkey の上限に達しています。先にいくつか削除してください。</translation>
    </message>
    <message>
        <source>Your administrator does not allow this appliance. Ask for it to be added to those that are allowed.</source>
        <translation>管理者がこのアプライアンスを許可していません。許可対象への追加を依頼してください。</translation>
    </message>
    <message>
        <source>Your administrator does not allow this kind of appliance. Ask for it to be added to those that are allowed.</source>
        <translation>管理者がこの種類のアプライアンスを許可していません。許可対象への追加を依頼してください。</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy cannot be read, so nobody knows what it allows. Have it corrected.</source>
        <translation>管理者のポリシーを読み取れないため、何が許可されているのかわかりません。修正を依頼してください。</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault. Until it is corrected, nobody can sign in, and no token is given out: %1. Tell your administrator.</source>
        <translation>管理者のポリシーに誤りがあります。修正されるまで、サインインできず、トークンも提供されません: %1。管理者に知らせてください。</translation>
    </message>
    <message>
        <source>Your administrator has set this session up. Sign in with your password.</source>
        <translation>このセッションは管理者が設定しました。パスワードを入力してサインインしてください。</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>キーリングがロックされています</translation>
    </message>
    <message>
        <source>Keychain needed</source>
        <translation>キーリングが必要</translation>
    </message>
    <message>
        <source>What was kept cannot be read</source>
        <translation>保存データを読み取れません</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>証明書が変更されました</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>証明書が信頼されていません</translation>
    </message>
    <message>
        <source>Verification code needed</source>
        <translation>確認コードが必要</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>パスワードが必要</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>サインインが必要</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>サインイン中…</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>キーリングを待っています</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>対応が必要</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>サインイン済み</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>サインアウト済み</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>処理中</translation>
    </message>
    <message>
        <source>Cannot renew, token still good</source>
        <translation>更新できません、トークンは有効</translation>
    </message>
    <message>
        <source>Cannot renew, token expired</source>
        <translation>更新できません、トークンは期限切れ</translation>
    </message>
    <message>
        <source>Ended by the appliance</source>
        <translation>アプライアンスにより終了</translation>
    </message>
    <message>
        <source>The proxy %1 hung up without an answer. Ask whoever runs it.</source>
        <translation>プロキシ %1 が応答せずに接続を切断しました。プロキシの管理者に問い合わせてください。</translation>
    </message>
    <message>
        <source>The proxy %1 wants another user name and password (HTTP status 407). Set them, in https_proxy as http://USER:PASSWORD@HOST:PORT.</source>
        <translation>プロキシ %1 が別のユーザー名とパスワードを要求しています (HTTP ステータス 407)。https_proxy に http://USER:PASSWORD@HOST:PORT の形式で設定してください。</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance&apos;s address; if it needs no proxy, name it in no_proxy.</source>
        <translation>プロキシ %1 がアプライアンスに接続できません (HTTP ステータス %2)。アプライアンスのアドレスを確認してください。プロキシが不要な場合は no_proxy に追加してください。</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed there; if it needs no proxy, name it in no_proxy.</source>
        <translation>プロキシ %1 がアプライアンスへの接続を拒否しています (HTTP ステータス %2)。プロキシ側で許可してもらってください。プロキシが不要な場合は no_proxy に追加してください。</translation>
    </message>
    <message>
        <source>on the way</source>
        <comment>in place of its name: the proxy on the way …</comment>
        <translation>(経路上)</translation>
    </message>
    <message>
        <source>The proxy %1 is none that Latchkey can use. Set one that begins with http:// or socks5://, in https_proxy or in the system&apos;s settings.</source>
        <translation>プロキシ %1 は Latchkey では使用できません。http:// または socks5:// で始まるものを、https_proxy またはシステムの設定で指定してください。</translation>
    </message>
    <message>
        <source>This user signs in through single sign-on, which Latchkey cannot do. Use a local user of the appliance.</source>
        <translation>このユーザーはシングルサインオンでサインインしますが、Latchkey は対応していません。アプライアンスのローカルユーザーを使用してください。</translation>
    </message>
    <message>
        <source>The appliance does not let this user in now. Open its web page: its licence agreement may have to be accepted first.</source>
        <translation>アプライアンスは現在このユーザーのサインインを許可していません。アプライアンスの Web ページを開いてください。先に使用許諾契約への同意が必要な場合があります。</translation>
    </message>
    <message>
        <source>The appliance refused the user name or the password. Check both and try again.</source>
        <translation>アプライアンスがユーザー名またはパスワードを拒否しました。両方を確認して、もう一度お試しください。</translation>
    </message>
    <message>
        <source>The appliance refused the client ID or the client secret. Check both and sign in again.</source>
        <translation>アプライアンスがクライアント ID またはクライアントシークレットを拒否しました。両方を確認して、サインインし直してください。</translation>
    </message>
    <message>
        <source>What answers at this address refuses the session. Without https nobody can tell whether it is your appliance. If it is, sign in again.</source>
        <translation>このアドレスの応答元がセッションを拒否しています。https でないため、それが自分のアプライアンスかどうかを確認できません。間違いなければ、サインインし直してください。</translation>
    </message>
    <message>
        <source>The appliance&apos;s last answer never arrived, and it takes the old token no more. Sign in again.</source>
        <translation>アプライアンスの最後の応答が届かず、古いトークンは受け付けられなくなりました。サインインし直してください。</translation>
    </message>
    <message>
        <source>The appliance ended the session. Sign in again.</source>
        <translation>アプライアンスがセッションを終了しました。サインインし直してください。</translation>
    </message>
    <message>
        <source>the appliance&apos;s port</source>
        <comment>another user listens at …</comment>
        <translation>アプライアンスのポート</translation>
    </message>
    <message>
        <source>Another user of this computer listens at %1. Nothing was sent to them. Find out who it is, and start your appliance or tunnel there again or at another port.</source>
        <translation>このコンピューターの別のユーザーが %1 で待ち受けています。そのユーザーには何も送信されていません。誰なのかを確認し、アプライアンスまたはトンネルを同じポートか別のポートで起動し直してください。</translation>
    </message>
    <message>
        <source>The appliance broke off before the connection was secure, so nothing was sent. Check the port, and whether it wants a client certificate, which Latchkey does not have.</source>
        <translation>接続が安全になる前にアプライアンスが切断したため、何も送信されませんでした。ポートと、アプライアンスがクライアント証明書を要求していないかを確認してください。Latchkey はクライアント証明書を持っていません。</translation>
    </message>
    <message>
        <source>There is no keychain for the key to this session. Start one, such as GNOME Keyring or KWallet.</source>
        <translation>このセッションの鍵を保管するキーリングがありません。GNOME キーリングや KWallet などを起動してください。</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it.</source>
        <translation>キーリングがロックされています。ロックを解除してください。</translation>
    </message>
    <message>
        <source>The keychain was not unlocked: its question was answered with no, dismissed, or could not be shown. Unlock it, or sign in to be asked again.</source>
        <translation>キーリングのロックは解除されませんでした。確認が拒否されたか、閉じられたか、表示できませんでした。ロックを解除するか、サインインして再度確認を表示してください。</translation>
    </message>
    <message>
        <source>The keychain has not answered yet. See whether it asks for something.</source>
        <translation>キーリングがまだ応答していません。何かを尋ねていないか確認してください。</translation>
    </message>
    <message>
        <source>The key to this session is in another keychain or database than the one that is open. Open that one.</source>
        <translation>このセッションの鍵は、開いているものとは別のキーリングまたはデータベースにあります。そちらを開いてください。</translation>
    </message>
    <message>
        <source>The key to this session is gone from the keychain. Sign in again.</source>
        <translation>このセッションの鍵がキーリングからなくなっています。サインインし直してください。</translation>
    </message>
    <message>
        <source>The disk is full. Make room on it.</source>
        <translation>ディスクの空き容量がありません。空き容量を増やしてください。</translation>
    </message>
    <message>
        <source>Latchkey&apos;s data folder cannot be used. See that it can be made and that you may write to it.</source>
        <translation>Latchkey のデータフォルダーを使用できません。フォルダーを作成できることと、書き込み権限があることを確認してください。</translation>
    </message>
    <message>
        <source>What was kept of this session is damaged and was put aside. Sign in again.</source>
        <translation>このセッションの保存データは破損しているため、別に退避されました。サインインし直してください。</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance any more. Put its kind file back.</source>
        <translation>Latchkey はこの種類のアプライアンスを認識できなくなりました。種類ファイルを元に戻してください。</translation>
    </message>
    <message>
        <source>The kind file of this appliance is another one than at the sign-in. Put the old one back, or sign in again.</source>
        <translation>このアプライアンスの種類ファイルが、サインインしたときのものと異なります。元のファイルに戻すか、サインインし直してください。</translation>
    </message>
    <message>
        <source>The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or add the version to a kind file.</source>
        <translation>アプライアンスが、Latchkey の対応するどのバージョンにも対応していません。新しい Latchkey を探すか、種類ファイルにバージョンを追加してください。</translation>
    </message>
    <message>
        <source>The appliance did not answer in time. Try again.</source>
        <translation>アプライアンスが時間内に応答しませんでした。もう一度お試しください。</translation>
    </message>
    <message>
        <source>The appliance is busy or being updated. Try again later.</source>
        <translation>アプライアンスがビジー状態か、アップデート中です。しばらくしてからもう一度お試しください。</translation>
    </message>
    <message>
        <source>The appliance refused the code. Wait for the next one in your authenticator and enter it.</source>
        <translation>アプライアンスがコードを拒否しました。認証アプリに次のコードが表示されるのを待って、入力してください。</translation>
    </message>
    <message>
        <source>What answered does not speak like an appliance. Check the address, and whether a proxy or a sign-in page stands in between.</source>
        <translation>応答がアプライアンスのものではないようです。アドレスと、途中にプロキシやサインインページがないかを確認してください。</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not trusted, so nothing was sent. Look at it and decide.</source>
        <translation>アプライアンスの証明書が信頼されていないため、何も送信されませんでした。証明書を確認し、信頼するかどうかを決めてください。</translation>
    </message>
    <message>
        <source>The appliance speaks only an outdated version of TLS, so nothing was sent. Have a newer one switched on there.</source>
        <translation>アプライアンスが古いバージョンの TLS にしか対応していないため、何も送信されませんでした。アプライアンスで新しいバージョンを有効にしてもらってください。</translation>
    </message>
    <message>
        <source>What answers at this port speaks http, not https. Check the port.</source>
        <translation>このポートの応答は https ではなく http です。ポートを確認してください。</translation>
    </message>
    <message>
        <source>What answers at this port does not speak https. Check the port.</source>
        <translation>このポートの応答は https ではありません。ポートを確認してください。</translation>
    </message>
    <message>
        <source>Until then, this session ends with Latchkey.</source>
        <translation>それまでは、このセッションは Latchkey の終了とともに終了します。</translation>
    </message>
    <message>
        <source>The disk has not taken it yet. Until it has, this holds only as long as Latchkey runs.</source>
        <translation>ディスクへの保存がまだ完了していません。完了するまで、この変更は Latchkey の実行中のみ有効です。</translation>
    </message>
    <message>
        <source>Signed out here. The appliance has not confirmed it, so the tokens may be good there until they end.</source>
        <translation>こちらではサインアウトしました。アプライアンスからの確認がないため、トークンは期限まで有効な場合があります。</translation>
    </message>
    <message>
        <source>Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.</source>
        <translation>サインアウトしましたが、保存データをディスクから削除できません。Latchkey は再試行します。</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate has changed. Find out why before you trust it.</source>
        <translation>アプライアンスの証明書が変更されています。信頼する前に理由を確認してください。</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not known. Compare its fingerprint, and trust it only if it is the same.</source>
        <translation>アプライアンスの証明書は未知のものです。フィンガープリントを比較し、一致する場合にのみ信頼してください。</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not the one that was named. Compare the two fingerprints.</source>
        <translation>アプライアンスの証明書は、指定されたものと異なります。2 つのフィンガープリントを比較してください。</translation>
    </message>
    <message>
        <source>The list of accounts could not be read in full; a copy is in %1. Kept sessions are back all the same. If one is missing, sign in to it again.</source>
        <translation>アカウントの一覧を完全には読み取れませんでした。コピーは %1 にあります。保存されたセッションは復元されています。足りないものがある場合は、サインインし直してください。</translation>
    </message>
    <message>
        <source>The socket for programs cannot be made; see the message above.</source>
        <translation>プログラム用のソケットを作成できません。上のメッセージを参照してください。</translation>
    </message>
    <message>
        <source>The clocks of the appliance and of this computer are more than a minute apart. Set them by a time server.</source>
        <translation>アプライアンスとこのコンピューターの時計が 1 分以上ずれています。タイムサーバーで合わせてください。</translation>
    </message>
    <message>
        <source>Your administrator has decided which certificate this appliance has, and this is another one. Nobody else can trust it: ask your administrator.</source>
        <translation>このアプライアンスの証明書は管理者が指定していますが、これは別の証明書です。信頼する設定は管理者にしかできません。管理者に問い合わせてください。</translation>
    </message>
    <message>
        <source>The system does not tell Latchkey when the policy changes, so a change counts a few seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.</source>
        <translation>ポリシーが変更されてもシステムから Latchkey に通知されないため、変更は数秒遅れて反映されます。監視できるファイル数の上限 fs.inotify.max_user_watches を引き上げてください。</translation>
    </message>
    <message>
        <source>1 session needs you</source>
        <translation>1 件のセッションで対応が必要です</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions need you</source>
        <translation>
            <numerusform>%n 件のセッションで対応が必要です</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session cannot renew</source>
        <translation>1 件のセッションを更新できません</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew</source>
        <translation>
            <numerusform>%n 件のセッションを更新できません</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed in</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>サインイン済み: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed out</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>サインアウト済み: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>トークンを更新中…</translation>
    </message>
    <message>
        <source>The appliance asks for a verification code. Enter it.</source>
        <translation>アプライアンスが確認コードを要求しています。入力してください。</translation>
    </message>
    <message>
        <source>Enter the user name that you have on the appliance.</source>
        <translation>アプライアンスでお使いのユーザー名を入力してください。</translation>
    </message>
    <message>
        <source>Use a name of up to 64 letters, digits and signs, without spaces, / and \, and without a - at its beginning.</source>
        <translation>名前には、空白、/、\ を含まず、先頭が - でない、64 文字以内の文字、数字、記号を使用してください。</translation>
    </message>
    <message>
        <source>The appliance cannot be reached. Check the network and its address.</source>
        <translation>アプライアンスに接続できません。ネットワークとアプライアンスのアドレスを確認してください。</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached. Check the network, and its address in https_proxy or in the system&apos;s settings.</source>
        <translation>プロキシ %1 に接続できません。ネットワークと、https_proxy またはシステムの設定にあるプロキシのアドレスを確認してください。</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault, so the last good one stays in force. Tell your administrator: %1.</source>
        <translation>管理者のポリシーに誤りがあるため、最後の正しい内容が引き続き適用されます。管理者に知らせてください: %1。</translation>
    </message>
</context>
<context>
    <name>SessionQuestions</name>
    <message>
        <source>Sign out of %1?</source>
        <translation>%1 からサインアウトしますか?</translation>
    </message>
    <message>
        <source>The appliance ends the session. Scripts that use this name get no token until somebody signs in again.</source>
        <translation>アプライアンスがセッションを終了します。この名前を使うスクリプトは、再度サインインするまでトークンを取得できません。</translation>
    </message>
    <message>
        <source>Remove session</source>
        <translation>セッションの削除</translation>
    </message>
    <message>
        <source>Remove the session %1?</source>
        <translation>セッション %1 を削除しますか?</translation>
    </message>
    <message>
        <source>This cannot be undone. Latchkey signs out of the appliance and forgets the session with its tokens and its history. Scripts that use this name will no longer get a token.</source>
        <translation>この操作は元に戻せません。Latchkey はアプライアンスからサインアウトし、セッションの情報をトークンと履歴も含めて消去します。この名前を使うスクリプトは、トークンを取得できなくなります。</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>%1 at %2</source>
        <comment>user at appliance</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Token good until %1</source>
        <translation>トークンは %1 まで有効</translation>
    </message>
    <message>
        <source>Token expired at %1</source>
        <translation>トークンは %1 に期限切れ</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1、%2 まで</translation>
    </message>
    <message>
        <source>Expired at %1</source>
        <translation>期限切れ (%1)</translation>
    </message>
    <message>
        <source>None: the session ends with its access token</source>
        <translation>なし: セッションはアクセストークンとともに終了します</translation>
    </message>
    <message>
        <source>The appliance does not say how long it lasts</source>
        <translation>アプライアンスが有効期間を通知していません</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>今すぐ</translation>
    </message>
    <message>
        <source>In %1, at %2</source>
        <translation>%1後 (%2)</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>%1進んでいます</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>%1遅れています</translation>
    </message>
    <message>
        <source>In memory only: %1</source>
        <comment>why it is not kept</comment>
        <translation>メモリーのみ: %1</translation>
    </message>
    <message>
        <source>Being kept…</source>
        <translation>保存中…</translation>
    </message>
    <message>
        <source>On this computer, sealed</source>
        <translation>このコンピューターに暗号化して保存</translation>
    </message>
    <message>
        <source>In memory only: ends with Latchkey</source>
        <translation>メモリーのみ: Latchkey とともに終了します</translation>
    </message>
    <message>
        <source>Since %1, trying now.</source>
        <translation>%1 から。再試行中です。</translation>
    </message>
    <message>
        <source>Since %1, next try in %2.</source>
        <translation>%1 から。%2後に再試行します。</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>%1 から。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours and minutes</comment>
        <translation>%1 時間 %2 分</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>残り %1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>期限切れ</translation>
    </message>
    <message>
        <source>Cannot renew, token still good until %1</source>
        <translation>更新できません。トークンの有効期限: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n日</numerusform>
        </translation>
    </message>
    <message>
        <source>Not planned</source>
        <comment>refresh</comment>
        <translation>予定なし</translation>
    </message>
    <message>
        <source>Nothing kept</source>
        <translation>保存データなし</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>不明</translation>
    </message>
    <message>
        <source>None</source>
        <comment>access token or refresh token</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>Not until you decide</source>
        <translation>決定するまで更新されません</translation>
    </message>
</context>
<context>
    <name>ValidityLegend</name>
    <message>
        <source>Token good</source>
        <comment>a colour of the timeline</comment>
        <translation>トークン有効</translation>
    </message>
    <message>
        <source>Good once refreshed</source>
        <comment>a colour of the timeline</comment>
        <translation>更新後に有効</translation>
    </message>
    <message>
        <source>Refresh</source>
        <comment>a mark on the timeline</comment>
        <translation>更新</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <comment>a colour of the timeline</comment>
        <translation>更新できませんでした</translation>
    </message>
    <message>
        <source>Computer asleep</source>
        <comment>a colour of the timeline</comment>
        <translation>コンピューターのスリープ</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <comment>a mark on the timeline</comment>
        <translation>サインインの期限</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AboutWindow</name>
    <message>
        <source>About Latchkey</source>
        <translation>Latchkey について</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>問題を報告(&amp;P)…</translation>
    </message>
    <message>
        <source>Latchkey %1</source>
        <comment>version</comment>
        <translation>Latchkey %1</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances. Latchkey is free software under the Apache License 2.0.</source>
        <translation>バックアップアプライアンスへのサインインを維持します。Latchkey は Apache License 2.0 のもとで提供されるフリーソフトウェアです。</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>構成要素</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AdministratorNote</name>
    <message>
        <source>Set by your administrator</source>
        <translation>管理者が設定しています</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::BusyHint</name>
    <message>
        <source>Working</source>
        <translation>処理中</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CertificateBlock</name>
    <message>
        <source>Issued to</source>
        <translation>発行先</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>発行者</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>有効期間</translation>
    </message>
    <message>
        <source>Trusted fingerprint</source>
        <translation>信頼済みのフィンガープリント</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>フィンガープリント</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Paste to compare</source>
        <translation>貼り付けて比較</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 ～ %2</translation>
    </message>
    <message>
        <source>Your administrator decided for (SHA-256)</source>
        <translation>管理者が指定したもの (SHA-256)</translation>
    </message>
    <message>
        <source>You trusted (SHA-256)</source>
        <translation>以前に信頼したもの (SHA-256)</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>SHA-256 フィンガープリント</translation>
    </message>
    <message>
        <source>It shows now (SHA-256)</source>
        <translation>現在提示されているもの (SHA-256)</translation>
    </message>
    <message>
        <source>The clipboard holds no SHA-256 fingerprint.</source>
        <translation>クリップボードに SHA-256 フィンガープリントがありません。</translation>
    </message>
    <message>
        <source>It is another one: do not trust it.</source>
        <translation>一致しません。信頼しないでください。</translation>
    </message>
    <message>
        <source>You copied this one here. Copy the appliance&apos;s own.</source>
        <translation>これはここでコピーしたものです。アプライアンス側のものをコピーしてください。</translation>
    </message>
    <message>
        <source>It is the same.</source>
        <translation>一致しています。</translation>
    </message>
    <message>
        <source>Copy the new one</source>
        <translation>新しい方をコピー</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CodePage</name>
    <message>
        <source>Verification code</source>
        <translation>確認コード</translation>
    </message>
    <message>
        <source>I use a &amp;scratch code, which has 8 digits</source>
        <translation>8 桁の緊急用コードを使う(&amp;S)</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>確認</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>確認コード(&amp;V)</translation>
    </message>
    <message>
        <source>Enter the code of your authenticator</source>
        <translation>認証アプリのコードを入力</translation>
    </message>
    <message>
        <source>The appliance asks for a second factor of %1.</source>
        <translation>アプライアンスが %1 の第 2 要素を要求しています。</translation>
    </message>
    <message>
        <source>Enter 6 digits from your authenticator, or 8 of a scratch code.</source>
        <translation>認証アプリの 6 桁のコードか、8 桁の緊急用コードを入力してください。</translation>
    </message>
    <message>
        <source>The appliance has refused this code already.</source>
        <translation>このコードはアプライアンスがすでに拒否しています。</translation>
    </message>
    <message>
        <source>A new code is due in %1 s.</source>
        <translation>あと %1 秒で新しいコードになります。</translation>
    </message>
    <message>
        <source>Your authenticator shows a new code now.</source>
        <translation>認証アプリに新しいコードが表示されています。</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>確認中…</translation>
    </message>
    <message>
        <source>The appliance&apos;s clock is out of step: %1. If it is the one that is wrong, no code will do until somebody sets it right.</source>
        <comment>3 min ahead</comment>
        <translation>アプライアンスの時計がずれています: %1。誤っているのがその時計なら、誰かが直すまでどのコードも通りません。</translation>
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
        <translation>固定された証明書</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>時計</translation>
    </message>
    <message>
        <source>Chec&amp;k now</source>
        <translation>今すぐ確認(&amp;K)</translation>
    </message>
    <message>
        <source>See whether the appliance answers, without signing in</source>
        <translation>サインインせずに、アプライアンスが応答するかどうかを確認します</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>アプライアンスを確認中…</translation>
    </message>
    <message>
        <source>The appliance answered at %1.</source>
        <translation>アプライアンスが %1 に応答しました。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>“Check now” tells the TLS version, the certificate and the clock.</source>
        <translation>「今すぐ確認」で、TLS のバージョン、証明書、時計がわかります。</translation>
    </message>
    <message>
        <source>None: any certificate that this computer trusts</source>
        <translation>なし: このコンピューターが信頼するすべての証明書</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>管理者が設定しています</translation>
    </message>
    <message>
        <source>Only this certificate</source>
        <translation>この証明書のみ</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentRequest</name>
    <message>
        <source>Until now</source>
        <translation>これまで</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>これから</translation>
    </message>
    <message>
        <source>Appliance until now</source>
        <translation>これまでのアプライアンス</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>アプライアンス</translation>
    </message>
    <message>
        <source>User name until now</source>
        <translation>これまでのユーザー名</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>ユーザー名</translation>
    </message>
    <message>
        <source>Kind until now</source>
        <translation>これまでの種類</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Client ID until now</source>
        <translation>これまでのクライアント ID</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>クライアント ID</translation>
    </message>
    <message>
        <source>None</source>
        <comment>client ID</comment>
        <translation>なし</translation>
    </message>
    <message>
        <source>Whoever shows this certificate gets your password and tokens. Get the fingerprint from whoever runs the appliance, or at its console: a browser on this computer can be shown the same false certificate. Deny it if you have not asked for this.</source>
        <translation>この証明書を示す相手に、パスワードとトークンが渡ります。フィンガープリントは、アプライアンスの管理者から入手するか、アプライアンス自体のコンソールで確認してください。このコンピューターのブラウザーには、同じ偽の証明書が示される可能性があります。要求した覚えがない場合は、拒否してください。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentWindow</name>
    <message>
        <source>Allow</source>
        <translation>許可</translation>
    </message>
    <message>
        <source>&amp;This time</source>
        <translation>今回のみ(&amp;T)</translation>
    </message>
    <message>
        <source>For one &amp;hour</source>
        <translation>1 時間(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Until the screen locks</source>
        <translation>画面がロックされるまで(&amp;U)</translation>
    </message>
    <message>
        <source>Al&amp;ways</source>
        <translation>常に(&amp;W)</translation>
    </message>
    <message>
        <source>It is not certain which program this is, so it can only be allowed this time.</source>
        <translation>どのプログラムか確実ではないため、今回のみ許可できます。</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>拒否(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>許可(&amp;A)</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>The system vouches for this</source>
        <translation>システムが保証する情報</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>経由</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>起動元</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>Only the program itself says this</source>
        <translation>プログラムの自己申告のみの情報</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>スクリプト</translation>
    </message>
    <message>
        <source>1 more program is waiting.</source>
        <translation>ほかに 1 個のプログラムが待機しています。</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs are waiting.</source>
        <translation>
            <numerusform>ほかに %n 個のプログラムが待機しています。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not certain which program this is.</source>
        <translation>どのプログラムか確実ではありません。</translation>
    </message>
    <message>
        <source>A longer choice allows every script that %1 runs.</source>
        <translation>より長く許可すると、%1 が実行するすべてのスクリプトが許可されます。</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed this certificate</source>
        <translation>この証明書をアプライアンスの管理者に確認しました(&amp;F)</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>名前 (自己申告)</translation>
    </message>
    <message>
        <source>Started by, as it says</source>
        <translation>起動元 (自己申告)</translation>
    </message>
    <message>
        <source>The button works in a moment.</source>
        <translation>ボタンはまもなく使えるようになります。</translation>
    </message>
    <message>
        <source>Tick the box above first.</source>
        <translation>先に上のチェックボックスにチェックを入れてください。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Coordinator</name>
    <message>
        <source>Memory only: no token is saved, and all sessions end with Latchkey.</source>
        <translation>メモリーのみ: トークンは保存されず、すべてのセッションは Latchkey とともに終了します。</translation>
    </message>
    <message>
        <source>Progra&amp;ms</source>
        <translation>プログラム(&amp;P)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CopyMenu</name>
    <message>
        <source>&amp;Token</source>
        <translation>トークン(&amp;T)</translation>
    </message>
    <message>
        <source>As &amp;header</source>
        <translation>ヘッダーとして(&amp;H)</translation>
    </message>
    <message>
        <source>As c&amp;url</source>
        <translation>curl として(&amp;U)</translation>
    </message>
    <message>
        <source>As &amp;PowerShell</source>
        <translation>PowerShell として(&amp;P)</translation>
    </message>
    <message>
        <source>As .http &amp;file</source>
        <translation>.http ファイルとして(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Command for scripts</source>
        <translation>スクリプト用コマンド(&amp;C)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DesktopClipboard</name>
    <message>
        <source>Copying…</source>
        <translation>コピー中…</translation>
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
        <translation>診断</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進行状況</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>診断結果</translation>
    </message>
    <message>
        <source>C&amp;opy findings</source>
        <translation>結果をコピー(&amp;O)</translation>
    </message>
    <message>
        <source>Doctor – %1</source>
        <translation>診断 – %1</translation>
    </message>
    <message>
        <source>Looked at %1 of %2…</source>
        <translation>%2 件中 %1 件を確認しました…</translation>
    </message>
    <message>
        <source>Stopped: looked at %1 of %2</source>
        <translation>停止しました: %2 件中 %1 件を確認</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>問題は見つかりませんでした</translation>
    </message>
    <message>
        <source>One problem was found</source>
        <translation>1 件の問題が見つかりました</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>もう一度確認(&amp;A)</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found</source>
        <translation>
            <numerusform>%n 件の問題が見つかりました</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w session</source>
        <translation>セッションを表示(&amp;W)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DonePage</name>
    <message>
        <source>Command for scripts</source>
        <translation>スクリプト用コマンド</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Latchkey keeps %1 signed in from now on. Scripts get its token with this line:</source>
        <translation>これ以降、Latchkey が %1 のサインインを維持します。スクリプトは次のコマンドでトークンを取得できます:</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>サインインしました</translation>
    </message>
    <message>
        <source>This desktop has no tray: when you close the window, it minimizes.</source>
        <translation>このデスクトップにはシステムトレイがありません。ウィンドウを閉じると最小化されます。</translation>
    </message>
    <message>
        <source>There is no keychain that Latchkey could use: the session ends with Latchkey.</source>
        <translation>Latchkey が使用できるキーリングがありません。セッションは Latchkey とともに終了します。</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>このコンピューターにログインしたときに Latchkey を起動する(&amp;S)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::FormHead</name>
    <message>
        <source>Sign in to an appliance</source>
        <translation>アプライアンスにサインイン</translation>
    </message>
    <message>
        <source>A link or another program filled in %1. Check that it is your appliance before you type a password.</source>
        <translation>%1 は、別のプログラムまたはリンクによって入力されました。パスワードを入力する前に、お使いのアプライアンスであることを確認してください。</translation>
    </message>
    <message>
        <source>A link or another program filled in what is no address. Type that of your appliance.</source>
        <translation>別のプログラムまたはリンクによって、アドレスではないものが入力されました。お使いのアプライアンスのアドレスを入力してください。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::GeneralPage</name>
    <message>
        <source>As the desktop</source>
        <translation>デスクトップに合わせる</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>このコンピューターにログインしたときに Latchkey を起動する(&amp;S)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外観</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>システムトレイのアイコン</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>カラー</translation>
    </message>
    <message>
        <source>As a symbol</source>
        <translation>モノクロ</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>外観(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Tray icon</source>
        <translation>システムトレイのアイコン(&amp;T)</translation>
    </message>
    <message>
        <source>The language changes when Latchkey starts again.</source>
        <translation>言語は、Latchkey の次回起動時に変更されます。</translation>
    </message>
    <message>
        <source>This could not be changed. Is your configuration folder writable, and the disk not full?</source>
        <translation>変更できませんでした。設定フォルダーに書き込めることと、ディスクに空き容量があることを確認してください。</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry is for other desktops only. Check the box to change that.</source>
        <translation>このデスクトップでは Latchkey が起動しません。自動起動の項目がほかのデスクトップ専用になっています。変更するには、チェックを入れてください。</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry names a program that is not there. Check the box to change that.</source>
        <translation>このデスクトップでは Latchkey が起動しません。自動起動の項目が存在しないプログラムを指しています。変更するには、チェックを入れてください。</translation>
    </message>
    <message>
        <source>This cannot be changed: the folder for autostart entries is not writable.</source>
        <translation>変更できません。自動起動の項目のフォルダーに書き込めません。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HandOutTable</name>
    <message>
        <source>Hand-outs</source>
        <translation>提供の記録</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>ヘルプ</translation>
    </message>
    <message>
        <source>How a session is</source>
        <translation>セッションの状態</translation>
    </message>
    <message>
        <source>It waits for a code, a sign-in, the keychain, or a decision about a certificate.</source>
        <translation>コード、サインイン、キーリング、または証明書に関する判断を待っています。</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>サインインし直してください。</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Scripts go on meanwhile.</source>
        <translation>Latchkey が再試行を続けます。その間もスクリプトは動作します。</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Until it succeeds, scripts get no token.</source>
        <translation>Latchkey が再試行を続けます。成功するまで、スクリプトはトークンを取得できません。</translation>
    </message>
    <message>
        <source>Somebody is being signed in, or a token is on its way.</source>
        <translation>サインイン中か、トークンの取得中です。</translation>
    </message>
    <message>
        <source>By you, or nobody has signed in yet.</source>
        <translation>自分でサインアウトしたか、まだサインインしていません。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キー操作</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 または %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>What the chosen session needs, or its token</source>
        <translation>選択したセッションに必要な操作、またはトークンのコピー</translation>
    </message>
    <message>
        <source>All that can be done with it</source>
        <translation>選択したセッションで可能なすべての操作</translation>
    </message>
    <message>
        <source>Closes a window, and empties the filter</source>
        <translation>ウィンドウを閉じる、絞り込みを消去</translation>
    </message>
    <message>
        <source>All is well. Latchkey refreshes the token by itself.</source>
        <translation>問題ありません。Latchkey がトークンを自動的に更新します。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HistoryView</name>
    <message>
        <source>What happened</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>詳細をコピー(&amp;C)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::KindField</name>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation>自動検出</translation>
    </message>
    <message>
        <source>No appliance that Latchkey knows answers there. Check the address, or choose the kind.</source>
        <translation>そのアドレスでは、Latchkey が対応するアプライアンスの応答がありません。アドレスを確認するか、種類を選択してください。</translation>
    </message>
    <message>
        <source>Several kinds fit this address: %1. Choose one.</source>
        <translation>このアドレスには複数の種類が該当します: %1。1 つ選択してください。</translation>
    </message>
    <message>
        <source>Appliances of this kind answer at %1. Type the address of one with its port.</source>
        <translation>この種類のアプライアンスが %1 で応答しています。いずれかのアドレスをポート付きで入力してください。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerModel</name>
    <message>
        <source>From %1 to %2</source>
        <translation>%1 ～ %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>日時</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>セッション</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>結果</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerWindow</name>
    <message>
        <source>Fold &amp;repeats of a day</source>
        <translation>同じ日の繰り返しをまとめる(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>エクスポート(&amp;E)…</translation>
    </message>
    <message>
        <source>Tokens handed out</source>
        <translation>提供したトークン</translation>
    </message>
    <message>
        <source>The last thousand times that somebody asked for an access token. The tokens themselves are never written down.</source>
        <translation>アクセストークンの直近 1000 回の要求です。トークン自体は記録されません。</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>絞り込み(&amp;F)</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>Session, program, script, answer …</source>
        <translation>セッション、プログラム、スクリプト、結果 …</translation>
    </message>
    <message>
        <source>No token has been handed out yet.</source>
        <translation>トークンはまだ提供されていません。</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>条件に一致するものはありません。</translation>
    </message>
    <message>
        <source>Un&amp;block this program</source>
        <translation>このプログラムのブロックを解除(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Block this program</source>
        <translation>このプログラムをブロック(&amp;B)</translation>
    </message>
    <message>
        <source>Choose a row whose program is known.</source>
        <translation>プログラムが判明している行を選択してください。</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>%1 のブロックを解除しました。</translation>
    </message>
    <message>
        <source>No more programs can be blocked. Unblock one first.</source>
        <translation>これ以上プログラムをブロックできません。先にいずれかのブロックを解除してください。</translation>
    </message>
    <message>
        <source>%1 and all its scripts get no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 とそのすべてのスクリプトは、ここか設定の「プログラム」でブロックを解除するまで、トークンを取得できません。</translation>
    </message>
    <message>
        <source>%1 gets no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 は、ここか設定の「プログラム」でブロックを解除するまで、トークンを取得できません。</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>一覧のエクスポート</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表 (*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written. Is the folder writable, and the disk not full?</source>
        <translation>一覧を書き込めませんでした。フォルダーに書き込めることと、ディスクに空き容量があることを確認してください。</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>一覧を %1 に保存しました。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LogLevelBox</name>
    <message>
        <source>Log</source>
        <translation>ログ</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>オフ</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>イベント</translation>
    </message>
    <message>
        <source>Each step</source>
        <translation>各ステップ</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginForm</name>
    <message>
        <source>Appliance</source>
        <translation>アプライアンス</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>ユーザー名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>パスワード</translation>
    </message>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>サインインしたままにする(&amp;K)</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>&amp;Appliance</source>
        <translation>アプライアンス(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>ユーザー名(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>パスワード(&amp;P)</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>パスワードを表示</translation>
    </message>
    <message>
        <source>In memory only: the session ends with Latchkey.</source>
        <translation>メモリーのみ: セッションは Latchkey とともに終了します。</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in the keychain.</source>
        <translation>このコンピューターに暗号化して保存されます。鍵はキーリングにあります。</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in %1.</source>
        <translation>このコンピューターに暗号化して保存されます。鍵は %1 にあります。</translation>
    </message>
    <message>
        <source>There is no keychain here: the session stays in memory and ends with Latchkey.</source>
        <translation>ここにはキーリングがありません。セッションはメモリーにのみ保持され、Latchkey とともに終了します。</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>サインイン中…</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>アプライアンスを確認中…</translation>
    </message>
    <message>
        <source>Enter here the password that %1 has on %2.</source>
        <comment>a user, an appliance</comment>
        <translation>%2 での %1 のパスワードをここに入力してください。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginWindow</name>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
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
        <translation>まだどのアプライアンスにもサインインしていません</translation>
    </message>
    <message>
        <source>Sign in once. Latchkey then keeps the access token fresh, shows who you are on the appliance, and hands the token to you and your scripts.</source>
        <translation>一度サインインすると、Latchkey がアクセストークンを最新に保ち、アプライアンスでのユーザーとロールを表示し、トークンをユーザーやスクリプトに提供します。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>&amp;Latchkey</source>
        <translation>Latchkey(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Sign in to another appliance…</source>
        <translation>別のアプライアンスにサインイン(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Tokens handed out…</source>
        <translation>提供したトークン(&amp;T)…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>設定(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Doctor…</source>
        <translation>診断(&amp;D)…</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>問題を報告(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;About Latchkey</source>
        <translation>Latchkey について(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>セッション(&amp;S)</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so Latchkey minimizes instead of hiding where nobody could find it. On GNOME, the AppIndicator extension adds a tray. Quit with %1.</source>
        <translation>このデスクトップにはシステムトレイがないため、Latchkey は見つからない場所に隠れる代わりに最小化されます。GNOME では AppIndicator 拡張機能でトレイを追加できます。終了するには %1 を押してください。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::MoreOptions</name>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>S&amp;hort-lived session</source>
        <translation>短期セッション(&amp;H)</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>クライアント ID</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>クライアントシークレット</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>詳細オプション(&amp;M)</translation>
    </message>
    <message>
        <source>What you and your scripts call this session</source>
        <translation>このセッションの名前です。スクリプトでも使います</translation>
    </message>
    <message>
        <source>Asks the appliance for a session that ends soon when unused</source>
        <translation>使われないとすぐに終了するセッションをアプライアンスに要求します</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>Kin&amp;d</source>
        <translation>種類(&amp;D)</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>クライアント ID(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Client secret</source>
        <translation>クライアントシークレット(&amp;C)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NeedBanner</name>
    <message>
        <source>&amp;Next</source>
        <translation>次へ(&amp;N)</translation>
    </message>
    <message>
        <source>Go to the next one of them</source>
        <translation>該当する次のセッションに移動します</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NetworkPage</name>
    <message>
        <source>Proxy</source>
        <translation>プロキシ</translation>
    </message>
    <message>
        <source>As on this computer</source>
        <translation>このコンピューターの設定に従う</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>指定する:</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>ホスト</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>ポート</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>ユーザー名</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, choose “As on this computer” and set https_proxy.</source>
        <translation>Latchkey はプロキシのパスワードを保存しません。パスワードが必要な場合は、「このコンピューターの設定に従う」を選択し、https_proxy を設定してください。</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>プロキシ(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>ホスト(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>ポート(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>ユーザー名(&amp;U)</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy, without its port.</source>
        <translation>プロキシの名前またはアドレスを、ポートを付けずに入力してください。</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, ask your administrator.</source>
        <translation>Latchkey はプロキシのパスワードを保存しません。パスワードが必要な場合は、管理者に問い合わせてください。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Notices</name>
    <message>
        <source>%1: Sign-in ends soon</source>
        <comment>session</comment>
        <translation>%1: サインインの期限が近づいています</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>A program asks for your permission</source>
        <translation>プログラムが許可を求めています</translation>
    </message>
    <message>
        <source>Latchkey goes on in the tray</source>
        <translation>Latchkey はシステムトレイで動作を続けます</translation>
    </message>
    <message>
        <source>Your sessions stay signed in. Click the icon to open the window again, or choose Quit in its menu.</source>
        <translation>セッションはサインインしたままです。アイコンをクリックするとウィンドウが再び開きます。終了するには、アイコンのメニューで「終了」を選択してください。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew, tokens expired</source>
        <translation>
            <numerusform>%n 件のセッションを更新できません。トークンは期限切れです</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign-ins end soon</source>
        <translation>
            <numerusform>%n 件のサインインの期限が近づいています</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Only you can prolong it: sign in again before that.</source>
        <comment>time left</comment>
        <translation>%1。自動では延長できません。期限までにサインインし直してください。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PlainLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>コピー(&amp;C)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PolicyComboBox</name>
    <message>
        <source>Programs</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>毎回確認</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>許可しない</translation>
    </message>
    <message>
        <source>Get tokens without asking</source>
        <translation>確認なしでトークンを取得</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ProgramsPage</name>
    <message>
        <source>Programs</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>セッション</translation>
    </message>
    <message>
        <source>No program is allowed for longer than once, and none is blocked.</source>
        <translation>継続して許可されているプログラムも、ブロックされているプログラムもありません。</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>ブロック中</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>%1 and all its scripts</source>
        <translation>%1 とそのすべてのスクリプト</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1 (latchkeyctl 経由)</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1 (ゲートウェイ経由)</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>%1 まで</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>常に</translation>
    </message>
    <message>
        <source>Until the screen locks</source>
        <translation>画面がロックされるまで</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>ブロックを解除(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>許可を取り消す(&amp;R)</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>アクセス</translation>
    </message>
    <message>
        <source>What you decided about programs. In sessions that ask, those allowed here get tokens without a question. Sessions set to “Get tokens without asking” give theirs to every program that is not blocked here.</source>
        <translation>プログラムについて決定した内容です。確認を行うセッションでは、ここで許可されているプログラムは確認なしでトークンを取得します。「確認なしでトークンを取得」に設定されたセッションのトークンは、ここでブロックされていないすべてのプログラムに渡されます。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::RenameDialog</name>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>セッション名の変更</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名前(&amp;N)</translation>
    </message>
    <message>
        <source>Scripts that use the name %1 no longer get a token.</source>
        <translation>%1 という名前を使うスクリプトは、トークンを取得できなくなります。</translation>
    </message>
    <message>
        <source>Tokens and history stay.</source>
        <translation>トークンと履歴はそのまま残ります。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ReportWindow</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>レポートを保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>問題の報告</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>閉じる(&amp;C)</translation>
    </message>
    <message>
        <source>The report is a file for whoever helps you. In it are versions, settings, sessions and what happened to them, what the doctor finds, and the last lines of the log.</source>
        <translation>レポートは、問題の解決を手伝う人に渡すファイルです。バージョン、設定、セッションとその履歴、診断結果、ログの最後の部分が含まれます。</translation>
    </message>
    <message>
        <source>It names your appliances and users. Before it is written, it is searched for all your passwords and tokens: none is in it.</source>
        <translation>アプライアンスとユーザーの名前が含まれます。書き込む前に、すべてのパスワードとトークンについて検査され、いずれも含まれないことが確認されます。</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>ログ(&amp;L)</translation>
    </message>
    <message>
        <source>If the problem comes back at times, turn the log on and wait for it. The file stays short, and no password or token is in it.</source>
        <translation>問題がときどき再発する場合は、ログをオンにして、再発するまでお待ちください。ファイルが大きくなることはなく、パスワードやトークンも含まれません。</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>レポートの保存</translation>
    </message>
    <message>
        <source>Looking at everything…</source>
        <translation>すべてを確認中…</translation>
    </message>
    <message>
        <source>Nothing was written: a secret would have been in it, such as a token that is part of a name. Rename what holds it, or try again once no sign-in is open.</source>
        <translation>何も書き込まれませんでした。名前の一部になっているトークンなど、機密情報が含まれてしまうためです。該当するものの名前を変更するか、進行中のサインインがなくなってからもう一度お試しください。</translation>
    </message>
    <message>
        <source>Nothing was written to %1. Choose a folder that you may write to, on a disk with room.</source>
        <translation>%1 には何も書き込まれませんでした。書き込み権限があり、ディスクに空き容量のあるフォルダーを選択してください。</translation>
    </message>
    <message>
        <source>Written to %1. Read it before you send it.</source>
        <translation>%1 に保存しました。送信する前に内容を確認してください。</translation>
    </message>
    <message>
        <source>It is in the name of session number %1 of those that latchkeyctl list prints.</source>
        <translation>該当するものは、latchkeyctl list が出力するセッションのうち、%1 番目のセッションの名前に含まれています。</translation>
    </message>
    <message>
        <source>Nothing was written: what is told of %1 holds a secret, such as a token that is part of a name. Rename that, or try again once no sign-in is open.</source>
        <translation>何も書き込まれませんでした。%1 に関する情報に、名前の一部になっているトークンなど、機密情報が含まれているためです。該当するものの名前を変更するか、進行中のサインインがなくなってからもう一度お試しください。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecretField</name>
    <message>
        <source>&amp;Paste</source>
        <translation>貼り付け(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>削除(&amp;D)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>すべて選択(&amp;A)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Section</name>
    <message>
        <source>Unfolded</source>
        <translation>展開</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>折りたたみ</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecurityPage</name>
    <message>
        <source>Lock &amp;when the screen locks or the computer sleeps</source>
        <translation>画面のロック時またはスリープ時にロックする(&amp;L)</translation>
    </message>
    <message>
        <source>Clear a copied token &amp;once it is pasted, at the latest after:</source>
        <translation>コピーしたトークンを貼り付け後に消去する。最長でも次の時間で消去(&amp;C):</translation>
    </message>
    <message>
        <source>Programs get no tokens meanwhile. Sessions stay fresh.</source>
        <translation>その間、プログラムにトークンは渡されません。セッションは最新に保たれます。</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Seconds until a copied token is cleared</source>
        <translation>コピーしたトークンを消去するまでの秒数</translation>
    </message>
    <message>
        <source>Programs, in new sessions</source>
        <translation>プログラム (新しいセッション)</translation>
    </message>
    <message>
        <source>Programs, &amp;in new sessions</source>
        <translation>プログラム (新しいセッション)(&amp;I)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>セッション</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionOrder</name>
    <message numerus="yes">
        <source>Needs you (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>対応が必要 (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot renew (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>更新できません (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed in (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>サインイン済み (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>サインアウト済み (%n)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionPanel</name>
    <message>
        <source>Copy in another form</source>
        <translation>別の形式でコピー</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>その他(&amp;M)</translation>
    </message>
    <message>
        <source>Access by programs</source>
        <translation>プログラムからのアクセス</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>接続</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>履歴(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Programs</source>
        <translation>プログラム(&amp;P)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>User</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>ロール</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>ユーザーの種類</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>第 2 要素</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>アクセストークン</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>リフレッシュトークン</translation>
    </message>
    <message>
        <source>Next refresh</source>
        <translation>次回の更新</translation>
    </message>
    <message>
        <source>Appliance clock</source>
        <translation>アプライアンスの時計</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>保存場所</translation>
    </message>
    <message>
        <source>As a command, a header or a file</source>
        <translation>コマンド、ヘッダー、ファイルとして</translation>
    </message>
    <message>
        <source>There is no token to give now.</source>
        <translation>現在、提供できるトークンがありません。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionsPage</name>
    <message>
        <source>Nothing matches</source>
        <translation>見つかりませんでした</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>追加(&amp;A)</translation>
    </message>
    <message>
        <source>Sign in to another appliance</source>
        <translation>別のアプライアンスにサインイン</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>絞り込み</translation>
    </message>
    <message>
        <source>By name, user, server or state (%1)</source>
        <comment>what the filter looks at; its keys</comment>
        <translation>名前、ユーザー、サーバー、状態で絞り込み (%1)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>全般(&amp;G)</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>セキュリティ(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>ネットワーク(&amp;N)</translation>
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
        <translation>停止して Latchkey を開く</translation>
    </message>
    <message>
        <source>Another program keeps your sessions already.</source>
        <translation>別のプログラムがすでにセッションを管理しています。</translation>
    </message>
    <message>
        <source>%1 is running already, but does not answer.</source>
        <translation>%1 はすでに実行中ですが、応答しません。</translation>
    </message>
    <message>
        <source>%1 keeps your sessions. Stop it and open Latchkey?</source>
        <translation>%1 がセッションを管理しています。停止して Latchkey を開きますか?</translation>
    </message>
    <message>
        <source>%1 does not answer. Stop it and open Latchkey?</source>
        <translation>%1 が応答しません。停止して Latchkey を開きますか?</translation>
    </message>
    <message>
        <source>Waiting for it to end…</source>
        <translation>終了を待っています…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>It is process %1, which listens at %2.</source>
        <translation>%2 で待ち受けているプロセス %1 です。</translation>
    </message>
    <message>
        <source>It listens at %1.</source>
        <translation>%1 で待ち受けています。</translation>
    </message>
    <message>
        <source>Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you close this, it keeps your sessions, and no window opens.</source>
        <translation>Latchkey はここからこのプログラムを停止できません。ご自身で終了させてから、「再試行」を選択してください。この画面を閉じると、そのままこのプログラムがセッションを管理し、ウィンドウは開きません。</translation>
    </message>
    <message>
        <source>Only one program can keep them; latchkeyctl works with either.</source>
        <translation>セッションを管理できるプログラムは 1 つだけです。latchkeyctl はどちらでも使えます。</translation>
    </message>
    <message>
        <source>It is process %1.</source>
        <translation>プロセス %1 です。</translation>
    </message>
    <message>
        <source>If you stop it, sessions that are kept on this computer go on here, and those in memory only end. If you cancel, it keeps them all, and no window opens.</source>
        <translation>停止すると、このコンピューターに保存されているセッションはここで継続し、メモリーのみのセッションは終了します。キャンセルすると、そのままこのプログラムがすべてのセッションを管理し、ウィンドウは開きません。</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>コマンドをコピー</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TokenClipboard</name>
    <message>
        <source>There is no token to copy. Sign in first.</source>
        <translation>コピーするトークンがありません。先にサインインしてください。</translation>
    </message>
    <message>
        <source>Command copied. It holds no token.</source>
        <translation>コマンドをコピーしました。トークンは含まれていません。</translation>
    </message>
    <message>
        <source>Token copied.</source>
        <translation>トークンをコピーしました。</translation>
    </message>
    <message>
        <source>It ends in %1 s.</source>
        <translation>あと %1 秒で期限が切れます。</translation>
    </message>
    <message>
        <source>It can be pasted once, within %1 s.</source>
        <translation>%1 秒以内に 1 回だけ貼り付けられます。</translation>
    </message>
    <message>
        <source>Nothing was copied, as the desktop did not allow it. Try again here.</source>
        <translation>デスクトップが許可しなかったため、何もコピーされませんでした。ここでもう一度お試しください。</translation>
    </message>
    <message>
        <source>The token is about to end. It is being refreshed and then copied.</source>
        <translation>トークンの期限がまもなく切れます。更新してからコピーします。</translation>
    </message>
    <message>
        <source>The token could not be refreshed, so nothing was copied.</source>
        <translation>トークンを更新できなかったため、何もコピーされませんでした。</translation>
    </message>
    <message>
        <source>Nothing was copied, as the appliance that you trust does not answer. Look under Connection.</source>
        <translation>信頼済みのアプライアンスが応答しないため、何もコピーされませんでした。「接続」を確認してください。</translation>
    </message>
    <message>
        <source>curl knows the appliance by its key, and sends the token to no other.</source>
        <translation>curl はアプライアンスを鍵で識別し、ほかの相手にはトークンを送信しません。</translation>
    </message>
    <message>
        <source>Nothing was copied: curl cannot check this appliance&apos;s certificate.</source>
        <translation>何もコピーされませんでした。curl ではこのアプライアンスの証明書を確認できません。</translation>
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
        <translation>別のアプライアンスにサインイン…</translation>
    </message>
    <message>
        <source>Tokens handed out…</source>
        <translation>提供したトークン…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>All sessions (%1)…</source>
        <translation>すべてのセッション (%1)…</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>session: state, time left</comment>
        <translation>%1: %2、%3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Cannot renew</source>
        <translation>更新できません</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TroubleBanner</name>
    <message>
        <source>Programs get no token until you decide.</source>
        <translation>決定するまで、プログラムはトークンを取得できません。</translation>
    </message>
    <message>
        <source>Not refreshed until you decide; programs get the token until %1.</source>
        <translation>決定するまで更新されません。プログラムは %1 までトークンを取得できます。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrustPage</name>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed the new one</source>
        <translation>新しいフィンガープリントをアプライアンスの管理者に確認しました(&amp;F)</translation>
    </message>
    <message>
        <source>Trust this appliance</source>
        <translation>このアプライアンスを信頼</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Is this your appliance?</source>
        <translation>これはお使いのアプライアンスですか?</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for %1. That is usual for an appliance with a certificate of its own. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>このコンピューターは、%1 を保証する発行者を知りません。独自の証明書を使うアプライアンスではよくあることです。パスワードもトークンもまだ送信されていません。フィンガープリントをアプライアンス側のものと比較してください。</translation>
    </message>
    <message>
        <source>Another certificate than before</source>
        <translation>以前とは異なる証明書</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed, and nobody vouches for the new one.</source>
        <translation>%1 の証明書が変更されており、新しい証明書を保証する発行者がいません。</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed since you trusted it.</source>
        <translation>%1 の証明書は、信頼したときから変更されています。</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Go on only if whoever runs the appliance says that its certificate was replaced, and tells you the same new fingerprint.</source>
        <translation>このコンピューターとアプライアンスの間で、通信が盗み見られている可能性があります。パスワードもトークンも送信されていません。アプライアンスの管理者が、証明書を交換したことを認め、同じ新しいフィンガープリントを示した場合にのみ続行してください。</translation>
    </message>
    <message>
        <source>Not the certificate that your administrator decided for</source>
        <translation>管理者が指定した証明書ではありません</translation>
    </message>
    <message>
        <source>%1 shows another certificate.</source>
        <translation>%1 が別の証明書を提示しています。</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Only your administrator can allow this certificate: ask them, and tell them both fingerprints.</source>
        <translation>このコンピューターとアプライアンスの間で、通信が盗み見られている可能性があります。パスワードもトークンも送信されていません。この証明書を許可できるのは管理者だけです。管理者に問い合わせて、両方のフィンガープリントを伝えてください。</translation>
    </message>
    <message>
        <source>The certificate does not name %1.</source>
        <translation>証明書に %1 が記載されていません。</translation>
    </message>
    <message>
        <source>The certificate is for %1, not for %2.</source>
        <translation>証明書は %1 のもので、%2 のものではありません。</translation>
    </message>
    <message>
        <source>I have compared the &amp;fingerprint: it is the appliance&apos;s own</source>
        <translation>フィンガープリントを比較し、アプライアンス側のものであることを確認しました(&amp;F)</translation>
    </message>
    <message>
        <source>Either the appliance shows the certificate that it came with, or something else answers in place of %1. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>アプライアンスが出荷時の証明書を提示しているか、%1 の代わりに別のものが応答しています。パスワードもトークンもまだ送信されていません。フィンガープリントをアプライアンス側のものと比較してください。</translation>
    </message>
    <message>
        <source>Where to find it: ask whoever runs the appliance, or look at its console. A browser on this computer can be shown the same false certificate.</source>
        <translation>確認する方法: アプライアンスの管理者に問い合わせるか、アプライアンス自体のコンソールで確認してください。このコンピューターのブラウザーには、同じ偽の証明書が示される可能性があります。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ValidityTimeline</name>
    <message>
        <source>Validity</source>
        <translation>有効期間</translation>
    </message>
    <message>
        <source>No access token.</source>
        <translation>アクセストークンはありません。</translation>
    </message>
    <message>
        <source>Access token good until %1.</source>
        <translation>アクセストークンは %1 まで有効です。</translation>
    </message>
    <message>
        <source>Access token expired at %1.</source>
        <translation>アクセストークンは %1 に期限が切れました。</translation>
    </message>
    <message>
        <source>Next refresh at %1.</source>
        <translation>次回の更新: %1。</translation>
    </message>
    <message>
        <source>The sign-in ends at %1.</source>
        <translation>サインインの期限: %1。</translation>
    </message>
    <message>
        <source>Outages: %1.</source>
        <translation>障害: %1 回。</translation>
    </message>
    <message>
        <source>Times that the computer slept: %1.</source>
        <translation>コンピューターのスリープ: %1 回。</translation>
    </message>
    <message>
        <source>now</source>
        <translation>現在</translation>
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
        <translation>過去 1 日の更新: %1 回。</translation>
    </message>
</context>
</TS>
