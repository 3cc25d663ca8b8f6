<?xml version="1.0" encoding="utf-8"?>
<!--
SPDX-FileCopyrightText: 2026 The Latchkey authors
SPDX-License-Identifier: Apache-2.0
-->
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ActionText</name>
    <message>
        <source>Sign &amp;in</source>
        <translation>登录(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Enter code</source>
        <translation>输入验证码(&amp;D)</translation>
    </message>
    <message>
        <source>Look at certi&amp;ficate</source>
        <translation>查看证书(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Copy token</source>
        <translation>复制令牌(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Refresh now</source>
        <translation>立即刷新(&amp;R)</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>注销(&amp;O)</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>重命名(&amp;N)</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>移除(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Doctor</source>
        <translation>诊断(&amp;G)</translation>
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
            <numerusform>%1（%n 次，最近一次：%2）</numerusform>
        </translation>
    </message>
    <message>
        <source>The list of accounts was not as Latchkey had left it</source>
        <translation>账户列表与 Latchkey 上次保存的不一致</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>已注销</translation>
    </message>
    <message>
        <source>Looked for what was kept</source>
        <translation>查找已保存的数据</translation>
    </message>
    <message>
        <source>Verification code sent</source>
        <translation>已发送验证码</translation>
    </message>
    <message>
        <source>Sign-in started</source>
        <translation>已开始登录</translation>
    </message>
    <message>
        <source>Verification code refused</source>
        <translation>验证码被拒绝</translation>
    </message>
    <message>
        <source>Verification code asked for</source>
        <translation>要求提供验证码</translation>
    </message>
    <message>
        <source>Certificate in question</source>
        <translation>证书存疑</translation>
    </message>
    <message>
        <source>Session restored</source>
        <translation>会话已恢复</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>The appliance said: %1</source>
        <translation>设备消息：%1</translation>
    </message>
    <message>
        <source>HTTP status: %1</source>
        <translation>HTTP 状态：%1</translation>
    </message>
    <message>
        <source>The appliance&apos;s time: %1</source>
        <translation>设备时间：%1</translation>
    </message>
    <message>
        <source>Request: %1</source>
        <translation>请求：%1</translation>
    </message>
    <message>
        <source>Latchkey started.</source>
        <translation>Latchkey 已启动。</translation>
    </message>
    <message>
        <source>The session was kept.</source>
        <translation>会话已保存。</translation>
    </message>
    <message>
        <source>No session was kept.</source>
        <translation>没有已保存的会话。</translation>
    </message>
    <message>
        <source>Something other than Latchkey changed it, or Latchkey ended in the midst of a change. Appliance, user, policy and trusted certificate are as they were sealed with the session.</source>
        <translation>列表被 Latchkey 以外的程序更改，或 Latchkey 在更改过程中退出。设备、用户、策略和受信任的证书以随会话加密保存的内容为准。</translation>
    </message>
    <message>
        <source>What was kept could not be read.</source>
        <translation>无法读取已保存的数据。</translation>
    </message>
    <message>
        <source>Somebody signed in.</source>
        <translation>用户发起了登录。</translation>
    </message>
    <message>
        <source>Somebody entered a verification code.</source>
        <translation>用户输入了验证码。</translation>
    </message>
    <message>
        <source>Somebody trusted the certificate.</source>
        <translation>用户信任了该证书。</translation>
    </message>
    <message>
        <source>Nobody trusted the certificate.</source>
        <translation>该证书未获用户信任。</translation>
    </message>
    <message>
        <source>Somebody cancelled it.</source>
        <translation>用户取消了操作。</translation>
    </message>
    <message>
        <source>A program wanted a token that lasts longer.</source>
        <translation>某个程序需要有效期更长的令牌。</translation>
    </message>
    <message>
        <source>Somebody signed out.</source>
        <translation>用户执行了注销。</translation>
    </message>
    <message>
        <source>It was time.</source>
        <translation>已到预定时间。</translation>
    </message>
    <message>
        <source>The network went away.</source>
        <translation>网络已断开。</translation>
    </message>
    <message>
        <source>The network came back.</source>
        <translation>网络已恢复。</translation>
    </message>
    <message>
        <source>The computer woke up.</source>
        <translation>计算机已唤醒。</translation>
    </message>
    <message>
        <source>The computer went to sleep.</source>
        <translation>计算机已进入睡眠。</translation>
    </message>
    <message>
        <source>The appliance granted it.</source>
        <translation>设备已批准。</translation>
    </message>
    <message>
        <source>The appliance asked for a verification code.</source>
        <translation>设备要求提供验证码。</translation>
    </message>
    <message>
        <source>The appliance showed a certificate that is not trusted.</source>
        <translation>设备出示了不受信任的证书。</translation>
    </message>
    <message>
        <source>Token refreshed</source>
        <translation>令牌已刷新</translation>
    </message>
    <message>
        <source>Refresh started</source>
        <translation>已开始刷新令牌</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <translation>无法刷新</translation>
    </message>
    <message>
        <source>Somebody asked for a refresh.</source>
        <translation>用户要求刷新。</translation>
    </message>
    <message>
        <source>The appliance did not grant it.</source>
        <translation>设备未批准。</translation>
    </message>
    <message>
        <source>There was no answer.</source>
        <translation>没有应答。</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>No problem</source>
        <translation>没有问题</translation>
    </message>
</context>
<context>
    <name>HandOutView</name>
    <message>
        <source>Clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>已发放</translation>
    </message>
    <message>
        <source>Given, but ends sooner than asked</source>
        <translation>已发放，但到期时间早于要求</translation>
    </message>
    <message>
        <source>Copied by you</source>
        <translation>由您复制</translation>
    </message>
    <message>
        <source>Refused: something failed</source>
        <translation>已拒绝：出现问题</translation>
    </message>
    <message>
        <source>Refused: signed out</source>
        <translation>已拒绝：已注销</translation>
    </message>
    <message>
        <source>Refused: appliance out of reach</source>
        <translation>已拒绝：无法连接设备</translation>
    </message>
    <message>
        <source>Refused: not allowed</source>
        <translation>已拒绝：未获允许</translation>
    </message>
    <message>
        <source>Refused: certificate in question</source>
        <translation>已拒绝：证书存疑</translation>
    </message>
    <message>
        <source>Refused: blocked by you</source>
        <translation>已拒绝：已被您阻止</translation>
    </message>
    <message>
        <source>Refused: verification code needed</source>
        <translation>已拒绝：需要验证码</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <comment>answer</comment>
        <translation>
            <numerusform>%1（%n 次）</numerusform>
        </translation>
    </message>
    <message>
        <source>Refused: asked for longer than tokens live</source>
        <translation>已拒绝：要求的时间长于令牌的有效期</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Start in the tray.</source>
        <translation>启动到系统托盘。</translation>
    </message>
    <message>
        <source>Keep tokens in memory only, and use no keychain: sessions last until Latchkey ends.</source>
        <translation>仅在内存中保存令牌，不使用密钥环：会话在 Latchkey 退出后结束。</translation>
    </message>
    <message>
        <source>Open the sign-in window for the appliance at &lt;url&gt;.</source>
        <translation>打开位于 &lt;url&gt; 的设备的登录窗口。</translation>
    </message>
    <message>
        <source>Open the sign-in window for this user.</source>
        <translation>打开此用户的登录窗口。</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances.</source>
        <translation>让您在备份设备上保持登录。</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>Latchkey’s folder belongs to another user, so it is not used.</source>
        <translation>Latchkey 的文件夹属于其他用户，因此未使用。</translation>
    </message>
    <message>
        <source>Remove %1, or have it given to you, and start Latchkey again.</source>
        <translation>请移除 %1，或让管理员将其所有权转给您，然后重新启动 Latchkey。</translation>
    </message>
</context>
<context>
    <name>PlainText</name>
    <message>
        <source>, </source>
        <comment>between parts of a list</comment>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>ProgramView</name>
    <message>
        <source>An unknown program (process %1)</source>
        <translation>未知程序（进程 %1）</translation>
    </message>
    <message>
        <source>An unknown program</source>
        <translation>未知程序</translation>
    </message>
    <message>
        <source>%1, run by %2</source>
        <comment>a script, an interpreter</comment>
        <translation>%1（由 %2 运行）</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a program, a terminal</comment>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>%1 over SSH</source>
        <comment>a program</comment>
        <translation>通过 SSH 运行的 %1</translation>
    </message>
    <message>
        <source>%1, started by %2</source>
        <comment>a program, another one</comment>
        <translation>由 %2 启动的 %1</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1（通过网关）</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1（通过 latchkeyctl）</translation>
    </message>
    <message>
        <source>%1,</source>
        <comment>a program, at the beginning of a sentence</comment>
        <translation>%1</translation>
    </message>
    <message>
        <source>Program: %1</source>
        <translation>程序：%1</translation>
    </message>
    <message>
        <source>Script, as it says: %1</source>
        <translation>脚本（自称）：%1</translation>
    </message>
    <message>
        <source>Through: %1</source>
        <translation>通过：%1</translation>
    </message>
    <message>
        <source>Started by: %1</source>
        <translation>启动者：%1</translation>
    </message>
    <message>
        <source>Terminal: %1</source>
        <translation>终端：%1</translation>
    </message>
    <message>
        <source>“%1” (as it says)</source>
        <comment>what only a program itself says: its name, or its script</comment>
        <translation>“%1”（自称）</translation>
    </message>
    <message>
        <source>Calls itself: %1</source>
        <translation>自称：%1</translation>
    </message>
    <message>
        <source>Started by, as it says: %1</source>
        <translation>启动者（自称）：%1</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>位置：</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>文件名(&amp;N)：</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>文件类型：</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 已存在。
要替换它吗？</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>是(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>否(&amp;N)</translation>
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
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>QuestionWords</name>
    <message>
        <source>%1 wants Latchkey to trust a certificate for %2.</source>
        <translation>%1 想让 Latchkey 信任 %2 的证书。</translation>
    </message>
    <message>
        <source>%1 wants Latchkey to trust another certificate for %2.</source>
        <translation>%1 想让 Latchkey 信任 %2 的另一个证书。</translation>
    </message>
    <message>
        <source>%1 wants to sign %2 out.</source>
        <translation>%1 想要注销 %2。</translation>
    </message>
    <message>
        <source>%1 wants to remove %2.</source>
        <translation>%1 想要移除 %2。</translation>
    </message>
    <message>
        <source>%1 wants to use the name %2 for another appliance or user.</source>
        <translation>%1 想将名称 %2 用于其他设备或用户。</translation>
    </message>
    <message>
        <source>%1 wants to rename %2 to %3.</source>
        <translation>%1 想将 %2 重命名为 %3。</translation>
    </message>
    <message>
        <source>%1 wants a token of %2.</source>
        <translation>%1 想要获取 %2 的令牌。</translation>
    </message>
    <message>
        <source>%1 wants a token of %2: %3.</source>
        <comment>a program, a session, who is signed in there</comment>
        <translation>%1 想要获取 %2（%3）的令牌。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a user, the role</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>允许(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Trust this certificate</source>
        <translation>信任此证书(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>注销(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Change the account</source>
        <translation>更改账户(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>重命名(&amp;R)</translation>
    </message>
    <message>
        <source>%1 wants to add the session %2 and sign in to it.</source>
        <translation>%1 想要添加会话 %2 并登录。</translation>
    </message>
    <message>
        <source>&amp;Add the session</source>
        <translation>添加会话(&amp;A)</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1. Correct the file; Latchkey reads it again by itself.</source>
        <comment>file: what is wrong in it</comment>
        <translation>%1。请更正该文件；Latchkey 会自动重新读取。</translation>
    </message>
    <message>
        <source>List of accounts</source>
        <translation>账户列表</translation>
    </message>
    <message>
        <source>The administrator’s policy</source>
        <translation>管理员的策略</translation>
    </message>
    <message>
        <source>Kind file</source>
        <translation>类型文件</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>密钥环</translation>
    </message>
    <message>
        <source>Enter the appliance&apos;s address, such as https://backup.example.com.</source>
        <translation>请输入设备的地址，例如 https://backup.example.com。</translation>
    </message>
    <message>
        <source>This is not the address of an appliance. Enter one such as https://backup.example.com.</source>
        <translation>这不是设备的地址。请输入类似 https://backup.example.com 的地址。</translation>
    </message>
    <message>
        <source>Passwords are not sent over http. Enter an https address.</source>
        <translation>密码不会通过 http 发送。请输入 https 地址。</translation>
    </message>
    <message>
        <source>Enter an address of up to 2048 characters.</source>
        <translation>请输入不超过 2048 个字符的地址。</translation>
    </message>
    <message>
        <source>Enter a user name of up to 256 characters.</source>
        <translation>请输入不超过 256 个字符的用户名。</translation>
    </message>
    <message>
        <source>Enter a short name for this session, such as prod.</source>
        <translation>请为此会话输入一个简短的名称，例如 prod。</translation>
    </message>
    <message>
        <source>Enter a client ID of up to 256 characters.</source>
        <translation>请输入不超过 256 个字符的客户端 ID。</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance.</source>
        <translation>Latchkey 不认识这种类型的设备。</translation>
    </message>
    <message>
        <source>Another appliance or user has this name. Choose another name.</source>
        <translation>其他设备或用户已使用此名称。请选择其他名称。</translation>
    </message>
    <message>
        <source>The list of accounts names another appliance or user than what is kept under this name. Unlock the keychain, so that Latchkey sees which is right, or remove the session.</source>
        <translation>账户列表中的设备或用户与以此名称保存的不同。请解锁密钥环，以便 Latchkey 确认哪个正确，或移除该会话。</translation>
    </message>
    <message>
        <source>This session waits for a sign-in, a decision or the keychain. Rename it after that.</source>
        <translation>此会话正在等待登录、决定或密钥环。请在此之后再重命名。</translation>
    </message>
    <message>
        <source>There are as many sessions as Latchkey can keep. Remove some first.</source>
        <translation>会话数已达到 Latchkey 的上限。请先移除一些会话。</translation>
    </message>
    <message>
        <source>Your administrator does not allow this appliance. Ask for it to be added to those that are allowed.</source>
        <translation>您的管理员不允许使用此设备。请让管理员将其加入允许的设备。</translation>
    </message>
    <message>
        <source>Your administrator does not allow this kind of appliance. Ask for it to be added to those that are allowed.</source>
        <translation>您的管理员不允许使用此类型的设备。请让管理员将其加入允许的类型。</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy cannot be read, so nobody knows what it allows. Have it corrected.</source>
        <translation>无法读取您的管理员的策略，因此无法得知允许哪些内容。请让管理员更正。</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault. Until it is corrected, nobody can sign in, and no token is given out: %1. Tell your administrator.</source>
        <translation>您的管理员的策略有错误。在更正之前，无法登录，也不会发放令牌：%1。请告知您的管理员。</translation>
    </message>
    <message>
        <source>Your administrator has set this session up. Sign in with your password.</source>
        <translation>此会话由您的管理员设置。请使用您的密码登录。</translation>
    </message>
    <message>
        <source>Keychain locked</source>
        <translation>密钥环已锁定</translation>
    </message>
    <message>
        <source>Keychain needed</source>
        <translation>需要密钥环</translation>
    </message>
    <message>
        <source>What was kept cannot be read</source>
        <translation>无法读取已保存的数据</translation>
    </message>
    <message>
        <source>Certificate changed</source>
        <translation>证书已更改</translation>
    </message>
    <message>
        <source>Certificate not trusted</source>
        <translation>证书不受信任</translation>
    </message>
    <message>
        <source>Verification code needed</source>
        <translation>需要验证码</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>需要密码</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>需要登录</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Waiting for the keychain</source>
        <translation>正在等待密钥环</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>需要您处理</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>已注销</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>正在处理</translation>
    </message>
    <message>
        <source>Cannot renew, token still good</source>
        <translation>无法刷新，令牌仍有效</translation>
    </message>
    <message>
        <source>Cannot renew, token expired</source>
        <translation>无法刷新，令牌已过期</translation>
    </message>
    <message>
        <source>Ended by the appliance</source>
        <translation>已被设备结束</translation>
    </message>
    <message>
        <source>The proxy %1 hung up without an answer. Ask whoever runs it.</source>
        <translation>代理 %1 未作应答就断开了连接。请询问其管理员。</translation>
    </message>
    <message>
        <source>The proxy %1 wants another user name and password (HTTP status 407). Set them, in https_proxy as http://USER:PASSWORD@HOST:PORT.</source>
        <translation>代理 %1 需要其他用户名和密码（HTTP 状态 407）。请在 https_proxy 中以 http://USER:PASSWORD@HOST:PORT 的形式设置。</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach the appliance (HTTP status %2). Check the appliance&apos;s address; if it needs no proxy, name it in no_proxy.</source>
        <translation>代理 %1 无法连接设备（HTTP 状态 %2）。请检查设备的地址；如果设备不需要代理，请将其加入 no_proxy。</translation>
    </message>
    <message>
        <source>The proxy %1 refuses to connect to the appliance (HTTP status %2). Have it allowed there; if it needs no proxy, name it in no_proxy.</source>
        <translation>代理 %1 拒绝连接设备（HTTP 状态 %2）。请让管理员在代理上允许该连接；如果设备不需要代理，请将其加入 no_proxy。</translation>
    </message>
    <message>
        <source>on the way</source>
        <comment>in place of its name: the proxy on the way …</comment>
        <translation>（位于途中）</translation>
    </message>
    <message>
        <source>The proxy %1 is none that Latchkey can use. Set one that begins with http:// or socks5://, in https_proxy or in the system&apos;s settings.</source>
        <translation>Latchkey 无法使用代理 %1。请在 https_proxy 或系统设置中设置以 http:// 或 socks5:// 开头的代理。</translation>
    </message>
    <message>
        <source>This user signs in through single sign-on, which Latchkey cannot do. Use a local user of the appliance.</source>
        <translation>此用户通过单点登录进行登录，Latchkey 不支持这种方式。请使用设备的本地用户。</translation>
    </message>
    <message>
        <source>The appliance does not let this user in now. Open its web page: its licence agreement may have to be accepted first.</source>
        <translation>设备目前不允许此用户登录。请打开设备的网页，可能需要先接受许可协议。</translation>
    </message>
    <message>
        <source>The appliance refused the user name or the password. Check both and try again.</source>
        <translation>设备拒绝了用户名或密码。请检查二者，然后重试。</translation>
    </message>
    <message>
        <source>The appliance refused the client ID or the client secret. Check both and sign in again.</source>
        <translation>设备拒绝了客户端 ID 或客户端密钥。请检查二者，然后重新登录。</translation>
    </message>
    <message>
        <source>What answers at this address refuses the session. Without https nobody can tell whether it is your appliance. If it is, sign in again.</source>
        <translation>此地址的应答方拒绝了该会话。没有 https，就无法确定它是否是您的设备。如果是，请重新登录。</translation>
    </message>
    <message>
        <source>The appliance&apos;s last answer never arrived, and it takes the old token no more. Sign in again.</source>
        <translation>未收到设备的最后一次应答，而旧令牌已不再被接受。请重新登录。</translation>
    </message>
    <message>
        <source>The appliance ended the session. Sign in again.</source>
        <translation>设备结束了会话。请重新登录。</translation>
    </message>
    <message>
        <source>the appliance&apos;s port</source>
        <comment>another user listens at …</comment>
        <translation>设备的端口</translation>
    </message>
    <message>
        <source>Another user of this computer listens at %1. Nothing was sent to them. Find out who it is, and start your appliance or tunnel there again or at another port.</source>
        <translation>此计算机的另一个用户正在监听 %1。未向其发送任何内容。请查明该用户，并在原端口或其他端口上重新启动您的设备或隧道。</translation>
    </message>
    <message>
        <source>The appliance broke off before the connection was secure, so nothing was sent. Check the port, and whether it wants a client certificate, which Latchkey does not have.</source>
        <translation>设备在连接安全建立之前中断了连接，因此未发送任何内容。请检查端口，以及设备是否要求客户端证书（Latchkey 没有客户端证书）。</translation>
    </message>
    <message>
        <source>There is no keychain for the key to this session. Start one, such as GNOME Keyring or KWallet.</source>
        <translation>没有可存放此会话密钥的密钥环。请启动一个，例如 GNOME 密钥环或 KWallet。</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it.</source>
        <translation>密钥环已锁定。请解锁。</translation>
    </message>
    <message>
        <source>The keychain was not unlocked: its question was answered with no, dismissed, or could not be shown. Unlock it, or sign in to be asked again.</source>
        <translation>密钥环未解锁：其询问被拒绝、被关闭或无法显示。请解锁，或登录以再次询问。</translation>
    </message>
    <message>
        <source>The keychain has not answered yet. See whether it asks for something.</source>
        <translation>密钥环尚未应答。请查看它是否有询问。</translation>
    </message>
    <message>
        <source>The key to this session is in another keychain or database than the one that is open. Open that one.</source>
        <translation>此会话的密钥位于其他密钥环或数据库中，而不在当前打开的密钥环或数据库中。请打开对应的那个。</translation>
    </message>
    <message>
        <source>The key to this session is gone from the keychain. Sign in again.</source>
        <translation>密钥环中已没有此会话的密钥。请重新登录。</translation>
    </message>
    <message>
        <source>The disk is full. Make room on it.</source>
        <translation>磁盘已满。请腾出空间。</translation>
    </message>
    <message>
        <source>Latchkey&apos;s data folder cannot be used. See that it can be made and that you may write to it.</source>
        <translation>无法使用 Latchkey 的数据文件夹。请确保可以创建该文件夹，并且您有写入权限。</translation>
    </message>
    <message>
        <source>What was kept of this session is damaged and was put aside. Sign in again.</source>
        <translation>此会话的已保存数据已损坏，并已移至一旁。请重新登录。</translation>
    </message>
    <message>
        <source>Latchkey does not know this kind of appliance any more. Put its kind file back.</source>
        <translation>Latchkey 不再认识这种类型的设备。请放回其类型文件。</translation>
    </message>
    <message>
        <source>The kind file of this appliance is another one than at the sign-in. Put the old one back, or sign in again.</source>
        <translation>此设备的类型文件与登录时的不同。请放回原来的文件，或重新登录。</translation>
    </message>
    <message>
        <source>The appliance speaks no version that Latchkey knows. Look for a newer Latchkey, or add the version to a kind file.</source>
        <translation>设备不支持 Latchkey 认识的任何版本。请查找较新的 Latchkey，或在类型文件中添加该版本。</translation>
    </message>
    <message>
        <source>The appliance did not answer in time. Try again.</source>
        <translation>设备未及时应答。请重试。</translation>
    </message>
    <message>
        <source>The appliance is busy or being updated. Try again later.</source>
        <translation>设备正忙或正在更新。请稍后重试。</translation>
    </message>
    <message>
        <source>The appliance refused the code. Wait for the next one in your authenticator and enter it.</source>
        <translation>设备拒绝了验证码。请等待身份验证器显示下一个验证码，然后输入。</translation>
    </message>
    <message>
        <source>What answered does not speak like an appliance. Check the address, and whether a proxy or a sign-in page stands in between.</source>
        <translation>应答似乎不是来自设备。请检查地址，以及中间是否有代理或登录页面。</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not trusted, so nothing was sent. Look at it and decide.</source>
        <translation>设备的证书不受信任，因此未发送任何内容。请查看证书并作出决定。</translation>
    </message>
    <message>
        <source>The appliance speaks only an outdated version of TLS, so nothing was sent. Have a newer one switched on there.</source>
        <translation>设备仅支持过时的 TLS 版本，因此未发送任何内容。请让管理员在设备上启用较新的版本。</translation>
    </message>
    <message>
        <source>What answers at this port speaks http, not https. Check the port.</source>
        <translation>此端口应答的是 http，而不是 https。请检查端口。</translation>
    </message>
    <message>
        <source>What answers at this port does not speak https. Check the port.</source>
        <translation>此端口的应答不是 https。请检查端口。</translation>
    </message>
    <message>
        <source>Until then, this session ends with Latchkey.</source>
        <translation>在此之前，此会话会随 Latchkey 退出而结束。</translation>
    </message>
    <message>
        <source>The disk has not taken it yet. Until it has, this holds only as long as Latchkey runs.</source>
        <translation>磁盘尚未完成保存。在此之前，更改仅在 Latchkey 运行期间有效。</translation>
    </message>
    <message>
        <source>Signed out here. The appliance has not confirmed it, so the tokens may be good there until they end.</source>
        <translation>已在此处注销。设备尚未确认，因此令牌在到期前可能仍在设备上有效。</translation>
    </message>
    <message>
        <source>Signed out, but what was kept cannot be removed from the disk. Latchkey tries again.</source>
        <translation>已注销，但无法从磁盘移除已保存的数据。Latchkey 会重试。</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate has changed. Find out why before you trust it.</source>
        <translation>设备的证书已更改。请先查明原因，再信任它。</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not known. Compare its fingerprint, and trust it only if it is the same.</source>
        <translation>设备的证书是未知的。请比较其指纹，仅在一致时才信任它。</translation>
    </message>
    <message>
        <source>The appliance&apos;s certificate is not the one that was named. Compare the two fingerprints.</source>
        <translation>设备的证书不是指定的证书。请比较这两个指纹。</translation>
    </message>
    <message>
        <source>The list of accounts could not be read in full; a copy is in %1. Kept sessions are back all the same. If one is missing, sign in to it again.</source>
        <translation>无法完整读取账户列表；其副本位于 %1。已保存的会话仍已恢复。如果缺少某个会话，请重新登录。</translation>
    </message>
    <message>
        <source>The socket for programs cannot be made; see the message above.</source>
        <translation>无法创建供程序使用的套接字；请参阅上面的消息。</translation>
    </message>
    <message>
        <source>The clocks of the appliance and of this computer are more than a minute apart. Set them by a time server.</source>
        <translation>设备与此计算机的时钟相差超过一分钟。请通过时间服务器校准。</translation>
    </message>
    <message>
        <source>Your administrator has decided which certificate this appliance has, and this is another one. Nobody else can trust it: ask your administrator.</source>
        <translation>您的管理员已指定此设备的证书，而这是另一个证书。其他任何人都不能信任它：请询问您的管理员。</translation>
    </message>
    <message>
        <source>The system does not tell Latchkey when the policy changes, so a change counts a few seconds later. Raise its limit of watched files, fs.inotify.max_user_watches.</source>
        <translation>策略更改时，系统不会通知 Latchkey，因此更改要在几秒后才生效。请提高系统可监视文件数的上限 fs.inotify.max_user_watches。</translation>
    </message>
    <message>
        <source>1 session needs you</source>
        <translation>有 1 个会话需要您处理</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions need you</source>
        <translation>
            <numerusform>有 %n 个会话需要您处理</numerusform>
        </translation>
    </message>
    <message>
        <source>1 session cannot renew</source>
        <translation>有 1 个会话无法刷新</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew</source>
        <translation>
            <numerusform>有 %n 个会话无法刷新</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed in</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n 个已登录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed out</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%n 个已注销</numerusform>
        </translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>正在刷新令牌…</translation>
    </message>
    <message>
        <source>The appliance asks for a verification code. Enter it.</source>
        <translation>设备要求提供验证码。请输入。</translation>
    </message>
    <message>
        <source>Enter the user name that you have on the appliance.</source>
        <translation>请输入您在设备上使用的用户名。</translation>
    </message>
    <message>
        <source>Use a name of up to 64 letters, digits and signs, without spaces, / and \, and without a - at its beginning.</source>
        <translation>请使用不超过 64 个字母、数字和符号的名称，不含空格、/ 和 \，且不以 - 开头。</translation>
    </message>
    <message>
        <source>The appliance cannot be reached. Check the network and its address.</source>
        <translation>无法连接设备。请检查网络和设备的地址。</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached. Check the network, and its address in https_proxy or in the system&apos;s settings.</source>
        <translation>无法连接代理 %1。请检查网络，以及 https_proxy 或系统设置中的代理地址。</translation>
    </message>
    <message>
        <source>Your administrator&apos;s policy has a fault, so the last good one stays in force. Tell your administrator: %1.</source>
        <translation>您的管理员的策略有错误，因此最后一个正确的策略仍然有效。请告知您的管理员：%1。</translation>
    </message>
</context>
<context>
    <name>SessionQuestions</name>
    <message>
        <source>Sign out of %1?</source>
        <translation>要注销 %1 吗？</translation>
    </message>
    <message>
        <source>The appliance ends the session. Scripts that use this name get no token until somebody signs in again.</source>
        <translation>设备会结束该会话。在重新登录之前，使用此名称的脚本无法获取令牌。</translation>
    </message>
    <message>
        <source>Remove session</source>
        <translation>移除会话</translation>
    </message>
    <message>
        <source>Remove the session %1?</source>
        <translation>要移除会话 %1 吗？</translation>
    </message>
    <message>
        <source>This cannot be undone. Latchkey signs out of the appliance and forgets the session with its tokens and its history. Scripts that use this name will no longer get a token.</source>
        <translation>此操作无法撤销。Latchkey 会从设备注销，并清除该会话及其令牌和历史记录。使用此名称的脚本将无法再获取令牌。</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>%1 at %2</source>
        <comment>user at appliance</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Token good until %1</source>
        <translation>令牌有效期至 %1</translation>
    </message>
    <message>
        <source>Token expired at %1</source>
        <translation>令牌已过期（%1）</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已使用</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1，至 %2</translation>
    </message>
    <message>
        <source>Expired at %1</source>
        <translation>已过期（%1）</translation>
    </message>
    <message>
        <source>None: the session ends with its access token</source>
        <translation>无：会话随访问令牌到期而结束</translation>
    </message>
    <message>
        <source>The appliance does not say how long it lasts</source>
        <translation>设备未说明其有效期</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>In %1, at %2</source>
        <translation>%1后（%2）</translation>
    </message>
    <message>
        <source>In step</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>%1 ahead</source>
        <translation>快 %1</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>慢 %1</translation>
    </message>
    <message>
        <source>In memory only: %1</source>
        <comment>why it is not kept</comment>
        <translation>仅在内存中：%1</translation>
    </message>
    <message>
        <source>Being kept…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>On this computer, sealed</source>
        <translation>在此计算机上，已加密</translation>
    </message>
    <message>
        <source>In memory only: ends with Latchkey</source>
        <translation>仅在内存中：随 Latchkey 退出而结束</translation>
    </message>
    <message>
        <source>Since %1, trying now.</source>
        <translation>自 %1 起，正在重试。</translation>
    </message>
    <message>
        <source>Since %1, next try in %2.</source>
        <translation>自 %1 起，将在 %2后重试。</translation>
    </message>
    <message>
        <source>Since %1.</source>
        <translation>自 %1 起。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours and minutes</comment>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Cannot renew, token still good until %1</source>
        <translation>无法刷新，令牌有效期至：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Not planned</source>
        <comment>refresh</comment>
        <translation>未安排</translation>
    </message>
    <message>
        <source>Nothing kept</source>
        <translation>没有已保存的数据</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>None</source>
        <comment>access token or refresh token</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>Not until you decide</source>
        <translation>待您作出决定后</translation>
    </message>
</context>
<context>
    <name>ValidityLegend</name>
    <message>
        <source>Token good</source>
        <comment>a colour of the timeline</comment>
        <translation>令牌有效</translation>
    </message>
    <message>
        <source>Good once refreshed</source>
        <comment>a colour of the timeline</comment>
        <translation>刷新后有效</translation>
    </message>
    <message>
        <source>Refresh</source>
        <comment>a mark on the timeline</comment>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Could not refresh</source>
        <comment>a colour of the timeline</comment>
        <translation>无法刷新</translation>
    </message>
    <message>
        <source>Computer asleep</source>
        <comment>a colour of the timeline</comment>
        <translation>计算机睡眠</translation>
    </message>
    <message>
        <source>Sign-in ends</source>
        <comment>a mark on the timeline</comment>
        <translation>登录到期</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AboutWindow</name>
    <message>
        <source>About Latchkey</source>
        <translation>关于 Latchkey</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>报告问题(&amp;P)…</translation>
    </message>
    <message>
        <source>Latchkey %1</source>
        <comment>version</comment>
        <translation>Latchkey %1</translation>
    </message>
    <message>
        <source>Keeps you signed in to your backup appliances. Latchkey is free software under the Apache License 2.0.</source>
        <translation>让您在备份设备上保持登录。Latchkey 是以 Apache License 2.0 授权的自由软件。</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::AdministratorNote</name>
    <message>
        <source>Set by your administrator</source>
        <translation>由您的管理员设置</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::BusyHint</name>
    <message>
        <source>Working</source>
        <translation>正在处理</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CertificateBlock</name>
    <message>
        <source>Issued to</source>
        <translation>颁发给</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>颁发者</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>Trusted fingerprint</source>
        <translation>受信任的指纹</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste to compare</source>
        <translation>粘贴并比较</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Your administrator decided for (SHA-256)</source>
        <translation>您的管理员指定的（SHA-256）</translation>
    </message>
    <message>
        <source>You trusted (SHA-256)</source>
        <translation>您信任过的（SHA-256）</translation>
    </message>
    <message>
        <source>SHA-256 fingerprint</source>
        <translation>SHA-256 指纹</translation>
    </message>
    <message>
        <source>It shows now (SHA-256)</source>
        <translation>设备现在出示的（SHA-256）</translation>
    </message>
    <message>
        <source>The clipboard holds no SHA-256 fingerprint.</source>
        <translation>剪贴板中没有 SHA-256 指纹。</translation>
    </message>
    <message>
        <source>It is another one: do not trust it.</source>
        <translation>指纹不一致：请勿信任。</translation>
    </message>
    <message>
        <source>You copied this one here. Copy the appliance&apos;s own.</source>
        <translation>这是您在此处复制的指纹。请复制设备自己的指纹。</translation>
    </message>
    <message>
        <source>It is the same.</source>
        <translation>指纹一致。</translation>
    </message>
    <message>
        <source>Copy the new one</source>
        <translation>复制新指纹</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CodePage</name>
    <message>
        <source>Verification code</source>
        <translation>验证码</translation>
    </message>
    <message>
        <source>I use a &amp;scratch code, which has 8 digits</source>
        <translation>我使用 8 位数字的备用码(&amp;S)</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Verification code</source>
        <translation>验证码(&amp;V)</translation>
    </message>
    <message>
        <source>Enter the code of your authenticator</source>
        <translation>输入身份验证器中的验证码</translation>
    </message>
    <message>
        <source>The appliance asks for a second factor of %1.</source>
        <translation>设备要求 %1 提供第二因素。</translation>
    </message>
    <message>
        <source>Enter 6 digits from your authenticator, or 8 of a scratch code.</source>
        <translation>请输入身份验证器中的 6 位数字，或备用码的 8 位数字。</translation>
    </message>
    <message>
        <source>The appliance has refused this code already.</source>
        <translation>设备已拒绝过此验证码。</translation>
    </message>
    <message>
        <source>A new code is due in %1 s.</source>
        <translation>新验证码将在 %1 秒后出现。</translation>
    </message>
    <message>
        <source>Your authenticator shows a new code now.</source>
        <translation>身份验证器现在显示新的验证码。</translation>
    </message>
    <message>
        <source>Verifying…</source>
        <translation>正在验证…</translation>
    </message>
    <message>
        <source>The appliance&apos;s clock is out of step: %1. If it is the one that is wrong, no code will do until somebody sets it right.</source>
        <comment>3 min ahead</comment>
        <translation>设备的时钟不准：%1。如果是它出错，在有人校正之前任何验证码都无效。</translation>
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
        <translation>固定的指纹</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Chec&amp;k now</source>
        <translation>立即检查(&amp;K)</translation>
    </message>
    <message>
        <source>See whether the appliance answers, without signing in</source>
        <translation>查看设备是否应答，无需登录</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>正在检查设备…</translation>
    </message>
    <message>
        <source>The appliance answered at %1.</source>
        <translation>设备已于 %1 应答。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>“Check now” tells the TLS version, the certificate and the clock.</source>
        <translation>“立即检查”会显示 TLS 版本、证书和时钟。</translation>
    </message>
    <message>
        <source>None: any certificate that this computer trusts</source>
        <translation>无：此计算机信任的任何证书</translation>
    </message>
    <message>
        <source>Set by your administrator</source>
        <translation>由您的管理员设置</translation>
    </message>
    <message>
        <source>Only this certificate</source>
        <translation>仅此证书</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentRequest</name>
    <message>
        <source>Until now</source>
        <translation>此前</translation>
    </message>
    <message>
        <source>From now on</source>
        <translation>今后</translation>
    </message>
    <message>
        <source>Appliance until now</source>
        <translation>此前的设备</translation>
    </message>
    <message>
        <source>Appliance</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>User name until now</source>
        <translation>此前的用户名</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Kind until now</source>
        <translation>此前的类型</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Client ID until now</source>
        <translation>此前的客户端 ID</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>客户端 ID</translation>
    </message>
    <message>
        <source>None</source>
        <comment>client ID</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>Whoever shows this certificate gets your password and tokens. Get the fingerprint from whoever runs the appliance, or at its console: a browser on this computer can be shown the same false certificate. Deny it if you have not asked for this.</source>
        <translation>出示此证书的一方将获得您的密码和令牌。请向设备的管理员获取指纹，或在设备自身的控制台上查看：此计算机上的浏览器可能会收到同一份虚假证书。如果您没有提出此要求，请拒绝。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ConsentWindow</name>
    <message>
        <source>Allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>&amp;This time</source>
        <translation>仅此一次(&amp;T)</translation>
    </message>
    <message>
        <source>For one &amp;hour</source>
        <translation>一小时(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Until the screen locks</source>
        <translation>直到锁定屏幕(&amp;U)</translation>
    </message>
    <message>
        <source>Al&amp;ways</source>
        <translation>始终(&amp;W)</translation>
    </message>
    <message>
        <source>It is not certain which program this is, so it can only be allowed this time.</source>
        <translation>无法确定这是哪个程序，因此只能允许这一次。</translation>
    </message>
    <message>
        <source>&amp;Deny</source>
        <translation>拒绝(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Allow</source>
        <translation>允许(&amp;A)</translation>
    </message>
    <message>
        <source>Latchkey</source>
        <translation>Latchkey</translation>
    </message>
    <message>
        <source>The system vouches for this</source>
        <translation>由系统担保的信息</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Started by</source>
        <translation>启动者</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Only the program itself says this</source>
        <translation>仅由程序自称的信息</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>脚本</translation>
    </message>
    <message>
        <source>1 more program is waiting.</source>
        <translation>还有 1 个程序在等待。</translation>
    </message>
    <message numerus="yes">
        <source>%n more programs are waiting.</source>
        <translation>
            <numerusform>还有 %n 个程序在等待。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not certain which program this is.</source>
        <translation>无法确定这是哪个程序。</translation>
    </message>
    <message>
        <source>A longer choice allows every script that %1 runs.</source>
        <translation>如果选择更长的时间，将允许 %1 运行的所有脚本。</translation>
    </message>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed this certificate</source>
        <translation>设备的管理员已确认此证书(&amp;F)</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>自称</translation>
    </message>
    <message>
        <source>Started by, as it says</source>
        <translation>启动者（自称）</translation>
    </message>
    <message>
        <source>The button works in a moment.</source>
        <translation>按钮稍后即可使用。</translation>
    </message>
    <message>
        <source>Tick the box above first.</source>
        <translation>请先勾选上方的框。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Coordinator</name>
    <message>
        <source>Memory only: no token is saved, and all sessions end with Latchkey.</source>
        <translation>仅在内存中：不保存任何令牌，所有会话随 Latchkey 退出而结束。</translation>
    </message>
    <message>
        <source>Progra&amp;ms</source>
        <translation>程序(&amp;P)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::CopyMenu</name>
    <message>
        <source>&amp;Token</source>
        <translation>令牌(&amp;T)</translation>
    </message>
    <message>
        <source>As &amp;header</source>
        <translation>作为标头(&amp;H)</translation>
    </message>
    <message>
        <source>As c&amp;url</source>
        <translation>作为 curl(&amp;U)</translation>
    </message>
    <message>
        <source>As &amp;PowerShell</source>
        <translation>作为 PowerShell(&amp;P)</translation>
    </message>
    <message>
        <source>As .http &amp;file</source>
        <translation>作为 .http 文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Command for scripts</source>
        <translation>供脚本使用的命令(&amp;C)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DesktopClipboard</name>
    <message>
        <source>Copying…</source>
        <translation>正在复制…</translation>
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
        <translation>诊断</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>诊断结果</translation>
    </message>
    <message>
        <source>C&amp;opy findings</source>
        <translation>复制结果(&amp;O)</translation>
    </message>
    <message>
        <source>Doctor – %1</source>
        <translation>诊断 – %1</translation>
    </message>
    <message>
        <source>Looked at %1 of %2…</source>
        <translation>已检查 %1 项，共 %2 项…</translation>
    </message>
    <message>
        <source>Stopped: looked at %1 of %2</source>
        <translation>已停止：已检查 %1 项，共 %2 项</translation>
    </message>
    <message>
        <source>No problem was found</source>
        <translation>未发现问题</translation>
    </message>
    <message>
        <source>One problem was found</source>
        <translation>发现 1 个问题</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>重新检查(&amp;A)</translation>
    </message>
    <message numerus="yes">
        <source>%n problems were found</source>
        <translation>
            <numerusform>发现 %n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Sho&amp;w session</source>
        <translation>显示会话(&amp;W)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::DonePage</name>
    <message>
        <source>Command for scripts</source>
        <translation>供脚本使用的命令</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Latchkey keeps %1 signed in from now on. Scripts get its token with this line:</source>
        <translation>从现在起，Latchkey 让 %1 保持登录。脚本可通过这行命令获取其令牌：</translation>
    </message>
    <message>
        <source>You are signed in</source>
        <translation>您已登录</translation>
    </message>
    <message>
        <source>This desktop has no tray: when you close the window, it minimizes.</source>
        <translation>此桌面没有系统托盘：关闭窗口时，窗口会最小化。</translation>
    </message>
    <message>
        <source>There is no keychain that Latchkey could use: the session ends with Latchkey.</source>
        <translation>没有 Latchkey 可用的密钥环：会话会随 Latchkey 退出而结束。</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>登录此计算机时启动 Latchkey(&amp;S)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::FormHead</name>
    <message>
        <source>Sign in to an appliance</source>
        <translation>登录到设备</translation>
    </message>
    <message>
        <source>A link or another program filled in %1. Check that it is your appliance before you type a password.</source>
        <translation>%1 由其他程序或链接填入。请在输入密码之前确认这是您的设备。</translation>
    </message>
    <message>
        <source>A link or another program filled in what is no address. Type that of your appliance.</source>
        <translation>其他程序或链接填入的内容不是地址。请输入您的设备的地址。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::GeneralPage</name>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>&amp;Start Latchkey when I sign in to this computer</source>
        <translation>登录此计算机时启动 Latchkey(&amp;S)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>系统托盘图标</translation>
    </message>
    <message>
        <source>In colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>As a symbol</source>
        <translation>单色</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>外观(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Tray icon</source>
        <translation>系统托盘图标(&amp;T)</translation>
    </message>
    <message>
        <source>The language changes when Latchkey starts again.</source>
        <translation>语言将在 Latchkey 重新启动后更改。</translation>
    </message>
    <message>
        <source>This could not be changed. Is your configuration folder writable, and the disk not full?</source>
        <translation>无法更改。请检查配置文件夹是否可写，以及磁盘是否已满。</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry is for other desktops only. Check the box to change that.</source>
        <translation>您的桌面不会启动 Latchkey：自动启动条目仅用于其他桌面。若要更改，请勾选此框。</translation>
    </message>
    <message>
        <source>Your desktop does not start Latchkey: the autostart entry names a program that is not there. Check the box to change that.</source>
        <translation>您的桌面不会启动 Latchkey：自动启动条目指向不存在的程序。若要更改，请勾选此框。</translation>
    </message>
    <message>
        <source>This cannot be changed: the folder for autostart entries is not writable.</source>
        <translation>无法更改：自动启动条目的文件夹不可写。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HandOutTable</name>
    <message>
        <source>Hand-outs</source>
        <translation>发放记录</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>How a session is</source>
        <translation>会话状态</translation>
    </message>
    <message>
        <source>It waits for a code, a sign-in, the keychain, or a decision about a certificate.</source>
        <translation>正在等待验证码、登录、密钥环或有关证书的决定。</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>请重新登录。</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Scripts go on meanwhile.</source>
        <translation>Latchkey 会继续重试。在此期间，脚本可继续运行。</translation>
    </message>
    <message>
        <source>Latchkey keeps trying. Until it succeeds, scripts get no token.</source>
        <translation>Latchkey 会继续重试。成功之前，脚本无法获取令牌。</translation>
    </message>
    <message>
        <source>Somebody is being signed in, or a token is on its way.</source>
        <translation>正在登录，或正在获取令牌。</translation>
    </message>
    <message>
        <source>By you, or nobody has signed in yet.</source>
        <translation>由您注销，或尚未登录。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <comment>two keys</comment>
        <translation>%1 或 %2</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>What the chosen session needs, or its token</source>
        <translation>所选会话需要的操作，或复制其令牌</translation>
    </message>
    <message>
        <source>All that can be done with it</source>
        <translation>可对所选会话执行的所有操作</translation>
    </message>
    <message>
        <source>Closes a window, and empties the filter</source>
        <translation>关闭窗口，清空筛选</translation>
    </message>
    <message>
        <source>All is well. Latchkey refreshes the token by itself.</source>
        <translation>一切正常。Latchkey 会自动刷新令牌。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::HistoryView</name>
    <message>
        <source>What happened</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>&amp;Copy details</source>
        <translation>复制详细信息(&amp;C)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::KindField</name>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Found out by itself</source>
        <translation>自动检测</translation>
    </message>
    <message>
        <source>No appliance that Latchkey knows answers there. Check the address, or choose the kind.</source>
        <translation>该地址没有 Latchkey 认识的设备应答。请检查地址，或选择类型。</translation>
    </message>
    <message>
        <source>Several kinds fit this address: %1. Choose one.</source>
        <translation>此地址符合多种类型：%1。请选择一种。</translation>
    </message>
    <message>
        <source>Appliances of this kind answer at %1. Type the address of one with its port.</source>
        <translation>此类型的设备在 %1 应答。请输入其中一个的地址，并包含端口。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerModel</name>
    <message>
        <source>From %1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LedgerWindow</name>
    <message>
        <source>Fold &amp;repeats of a day</source>
        <translation>合并同一天的重复项(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Tokens handed out</source>
        <translation>已发放的令牌</translation>
    </message>
    <message>
        <source>The last thousand times that somebody asked for an access token. The tokens themselves are never written down.</source>
        <translation>最近一千次访问令牌请求。令牌本身绝不会被记录。</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>筛选(&amp;F)</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Session, program, script, answer …</source>
        <translation>会话、程序、脚本、结果 …</translation>
    </message>
    <message>
        <source>No token has been handed out yet.</source>
        <translation>尚未发放任何令牌。</translation>
    </message>
    <message>
        <source>Nothing matches the filter.</source>
        <translation>没有符合筛选条件的项。</translation>
    </message>
    <message>
        <source>Un&amp;block this program</source>
        <translation>取消阻止此程序(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Block this program</source>
        <translation>阻止此程序(&amp;B)</translation>
    </message>
    <message>
        <source>Choose a row whose program is known.</source>
        <translation>请选择程序已知的行。</translation>
    </message>
    <message>
        <source>%1 is not blocked any more.</source>
        <translation>已取消阻止 %1。</translation>
    </message>
    <message>
        <source>No more programs can be blocked. Unblock one first.</source>
        <translation>无法再阻止更多程序。请先取消阻止一个程序。</translation>
    </message>
    <message>
        <source>%1 and all its scripts get no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 及其所有脚本将无法获取令牌，直到您在此处或设置的“程序”中取消阻止。</translation>
    </message>
    <message>
        <source>%1 gets no tokens until you unblock it, here or in the settings under Programs.</source>
        <translation>%1 将无法获取令牌，直到您在此处或设置的“程序”中取消阻止。</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>导出列表</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>The list could not be written. Is the folder writable, and the disk not full?</source>
        <translation>无法写入列表。请检查文件夹是否可写，以及磁盘是否已满。</translation>
    </message>
    <message>
        <source>The list is in %1.</source>
        <translation>列表已保存到 %1。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LogLevelBox</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Each step</source>
        <translation>每个步骤</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginForm</name>
    <message>
        <source>Appliance</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>&amp;Keep me signed in</source>
        <translation>保持登录状态(&amp;K)</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Appliance</source>
        <translation>设备(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>用户名(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>显示密码</translation>
    </message>
    <message>
        <source>In memory only: the session ends with Latchkey.</source>
        <translation>仅在内存中：会话会随 Latchkey 退出而结束。</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in the keychain.</source>
        <translation>加密保存在此计算机上，密钥位于密钥环中。</translation>
    </message>
    <message>
        <source>Sealed on this computer, with a key in %1.</source>
        <translation>加密保存在此计算机上，密钥位于 %1 中。</translation>
    </message>
    <message>
        <source>There is no keychain here: the session stays in memory and ends with Latchkey.</source>
        <translation>此处没有密钥环：会话保留在内存中，并随 Latchkey 退出而结束。</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Looking at the appliance…</source>
        <translation>正在检查设备…</translation>
    </message>
    <message>
        <source>Enter here the password that %1 has on %2.</source>
        <comment>a user, an appliance</comment>
        <translation>请在此处输入 %1 在 %2 上的密码。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::LoginWindow</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
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
        <translation>尚未登录任何设备</translation>
    </message>
    <message>
        <source>Sign in once. Latchkey then keeps the access token fresh, shows who you are on the appliance, and hands the token to you and your scripts.</source>
        <translation>只需登录一次，Latchkey 便会让访问令牌保持最新，显示您在设备上的身份，并将令牌提供给您和您的脚本。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>&amp;Latchkey</source>
        <translation>Latchkey(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Sign in to another appliance…</source>
        <translation>登录到其他设备(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Tokens handed out…</source>
        <translation>已发放的令牌(&amp;T)…</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>设置(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Doctor…</source>
        <translation>诊断(&amp;D)…</translation>
    </message>
    <message>
        <source>Report a &amp;problem…</source>
        <translation>报告问题(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;About Latchkey</source>
        <translation>关于 Latchkey(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>会话(&amp;S)</translation>
    </message>
    <message>
        <source>There is no tray on this desktop, so Latchkey minimizes instead of hiding where nobody could find it. On GNOME, the AppIndicator extension adds a tray. Quit with %1.</source>
        <translation>此桌面没有系统托盘，因此 Latchkey 会最小化，而不是隐藏到无法找到的地方。在 GNOME 上，AppIndicator 扩展可添加系统托盘。按 %1 退出。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::MoreOptions</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>S&amp;hort-lived session</source>
        <translation>短期会话(&amp;H)</translation>
    </message>
    <message>
        <source>Client ID</source>
        <translation>客户端 ID</translation>
    </message>
    <message>
        <source>Client secret</source>
        <translation>客户端密钥</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>更多(&amp;M)</translation>
    </message>
    <message>
        <source>What you and your scripts call this session</source>
        <translation>您和您的脚本对此会话的称呼</translation>
    </message>
    <message>
        <source>Asks the appliance for a session that ends soon when unused</source>
        <translation>要求设备提供闲置后很快结束的会话</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Kin&amp;d</source>
        <translation>类型(&amp;D)</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>客户端 ID(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Client secret</source>
        <translation>客户端密钥(&amp;C)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NeedBanner</name>
    <message>
        <source>&amp;Next</source>
        <translation>下一个(&amp;N)</translation>
    </message>
    <message>
        <source>Go to the next one of them</source>
        <translation>转到其中的下一个会话</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::NetworkPage</name>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>As on this computer</source>
        <translation>使用此计算机的设置</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>指定：</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, choose “As on this computer” and set https_proxy.</source>
        <translation>Latchkey 不保存代理的密码。如果您的代理需要密码，请选择“使用此计算机的设置”并设置 https_proxy。</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>代理(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>主机(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>端口(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>用户名(&amp;U)</translation>
    </message>
    <message>
        <source>Enter the name or the address of the proxy, without its port.</source>
        <translation>请输入代理的名称或地址，不含端口。</translation>
    </message>
    <message>
        <source>Latchkey keeps no password for a proxy. If yours needs one, ask your administrator.</source>
        <translation>Latchkey 不保存代理的密码。如果您的代理需要密码，请询问您的管理员。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Notices</name>
    <message>
        <source>%1: Sign-in ends soon</source>
        <comment>session</comment>
        <translation>%1：登录即将到期</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>A program asks for your permission</source>
        <translation>有程序请求您的许可</translation>
    </message>
    <message>
        <source>Latchkey goes on in the tray</source>
        <translation>Latchkey 仍在系统托盘中运行</translation>
    </message>
    <message>
        <source>Your sessions stay signed in. Click the icon to open the window again, or choose Quit in its menu.</source>
        <translation>您的会话保持登录。点击图标可再次打开窗口，或在其菜单中选择“退出”。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message numerus="yes">
        <source>%n sessions cannot renew, tokens expired</source>
        <translation>
            <numerusform>%n 个会话无法刷新，令牌已过期</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign-ins end soon</source>
        <translation>
            <numerusform>有 %n 个登录即将到期</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Only you can prolong it: sign in again before that.</source>
        <comment>time left</comment>
        <translation>%1。只有您可以延长：请在此之前重新登录。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PlainLabel</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::PolicyComboBox</name>
    <message>
        <source>Programs</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>询问我</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Get tokens without asking</source>
        <translation>无需询问即可获取令牌</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ProgramsPage</name>
    <message>
        <source>Programs</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>No program is allowed for longer than once, and none is blocked.</source>
        <translation>没有获得长期允许的程序，也没有被阻止的程序。</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>已阻止</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>%1 and all its scripts</source>
        <translation>%1 及其所有脚本</translation>
    </message>
    <message>
        <source>%1, through latchkeyctl</source>
        <translation>%1（通过 latchkeyctl）</translation>
    </message>
    <message>
        <source>%1, through the gateway</source>
        <translation>%1（通过网关）</translation>
    </message>
    <message>
        <source>Until %1</source>
        <translation>直到 %1</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始终</translation>
    </message>
    <message>
        <source>Until the screen locks</source>
        <translation>直到锁定屏幕</translation>
    </message>
    <message>
        <source>&amp;Unblock</source>
        <translation>取消阻止(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Revoke</source>
        <translation>撤销(&amp;R)</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>访问权限</translation>
    </message>
    <message>
        <source>What you decided about programs. In sessions that ask, those allowed here get tokens without a question. Sessions set to “Get tokens without asking” give theirs to every program that is not blocked here.</source>
        <translation>您对程序所做的决定。在需要询问的会话中，此处允许的程序无需询问即可获取令牌。设置为“无需询问即可获取令牌”的会话会将其令牌提供给此处未阻止的所有程序。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::RenameDialog</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>重命名会话</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Scripts that use the name %1 no longer get a token.</source>
        <translation>使用名称 %1 的脚本将无法再获取令牌。</translation>
    </message>
    <message>
        <source>Tokens and history stay.</source>
        <translation>令牌和历史记录会保留。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ReportWindow</name>
    <message>
        <source>&amp;Save report…</source>
        <translation>保存报告(&amp;S)…</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>报告问题</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>The report is a file for whoever helps you. In it are versions, settings, sessions and what happened to them, what the doctor finds, and the last lines of the log.</source>
        <translation>报告是供协助您的人员使用的文件，其中包含版本、设置、会话及其历史记录、诊断结果，以及日志的最后几行。</translation>
    </message>
    <message>
        <source>It names your appliances and users. Before it is written, it is searched for all your passwords and tokens: none is in it.</source>
        <translation>其中包含您的设备和用户的名称。写入前会检查您的所有密码和令牌，确保均不包含在内。</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>日志(&amp;L)</translation>
    </message>
    <message>
        <source>If the problem comes back at times, turn the log on and wait for it. The file stays short, and no password or token is in it.</source>
        <translation>如果问题时有发生，请打开日志并等待问题再次出现。文件不会变大，也不包含密码或令牌。</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Looking at everything…</source>
        <translation>正在检查所有内容…</translation>
    </message>
    <message>
        <source>Nothing was written: a secret would have been in it, such as a token that is part of a name. Rename what holds it, or try again once no sign-in is open.</source>
        <translation>未写入任何内容：报告中会包含机密信息，例如作为名称一部分的令牌。请重命名相关内容，或在没有进行中的登录时重试。</translation>
    </message>
    <message>
        <source>Nothing was written to %1. Choose a folder that you may write to, on a disk with room.</source>
        <translation>未向 %1 写入任何内容。请选择您有写入权限且磁盘有可用空间的文件夹。</translation>
    </message>
    <message>
        <source>Written to %1. Read it before you send it.</source>
        <translation>已保存到 %1。请在发送前阅读其内容。</translation>
    </message>
    <message>
        <source>It is in the name of session number %1 of those that latchkeyctl list prints.</source>
        <translation>它位于 latchkeyctl list 所列的第 %1 个会话的名称中。</translation>
    </message>
    <message>
        <source>Nothing was written: what is told of %1 holds a secret, such as a token that is part of a name. Rename that, or try again once no sign-in is open.</source>
        <translation>未写入任何内容：有关 %1 的信息中包含机密信息，例如作为名称一部分的令牌。请重命名相关内容，或在没有进行中的登录时重试。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecretField</name>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::Section</name>
    <message>
        <source>Unfolded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>已折叠</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SecurityPage</name>
    <message>
        <source>Lock &amp;when the screen locks or the computer sleeps</source>
        <translation>屏幕锁定或计算机睡眠时锁定(&amp;L)</translation>
    </message>
    <message>
        <source>Clear a copied token &amp;once it is pasted, at the latest after:</source>
        <translation>复制的令牌在粘贴后清除，最迟在以下时间后清除(&amp;C)：</translation>
    </message>
    <message>
        <source>Programs get no tokens meanwhile. Sessions stay fresh.</source>
        <translation>在此期间，程序无法获取令牌。会话保持最新。</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Seconds until a copied token is cleared</source>
        <translation>清除复制的令牌前的秒数</translation>
    </message>
    <message>
        <source>Programs, in new sessions</source>
        <translation>程序（新会话）</translation>
    </message>
    <message>
        <source>Programs, &amp;in new sessions</source>
        <translation>程序（新会话）(&amp;I)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionOrder</name>
    <message numerus="yes">
        <source>Needs you (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>需要您处理（%n）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot renew (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>无法刷新（%n）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed in (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>已登录（%n）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signed out (%n)</source>
        <comment>group of sessions</comment>
        <translation>
            <numerusform>已注销（%n）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionPanel</name>
    <message>
        <source>Copy in another form</source>
        <translation>以其他形式复制</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>更多(&amp;M)</translation>
    </message>
    <message>
        <source>Access by programs</source>
        <translation>程序访问</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>&amp;What happened</source>
        <translation>历史记录(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Programs</source>
        <translation>程序(&amp;P)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>User type</source>
        <translation>用户类型</translation>
    </message>
    <message>
        <source>Second factor</source>
        <translation>第二因素</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>访问令牌</translation>
    </message>
    <message>
        <source>Refresh token</source>
        <translation>刷新令牌</translation>
    </message>
    <message>
        <source>Next refresh</source>
        <translation>下次刷新</translation>
    </message>
    <message>
        <source>Appliance clock</source>
        <translation>设备时钟</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储位置</translation>
    </message>
    <message>
        <source>As a command, a header or a file</source>
        <translation>作为命令、标头或文件</translation>
    </message>
    <message>
        <source>There is no token to give now.</source>
        <translation>现在没有可发放的令牌。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SessionsPage</name>
    <message>
        <source>Nothing matches</source>
        <translation>无匹配项</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>Sign in to another appliance</source>
        <translation>登录到其他设备</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>By name, user, server or state (%1)</source>
        <comment>what the filter looks at; its keys</comment>
        <translation>按名称、用户、服务器或状态筛选 (%1)</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>常规(&amp;G)</translation>
    </message>
    <message>
        <source>S&amp;ecurity</source>
        <translation>安全(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>网络(&amp;N)</translation>
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
        <translation>停止它并打开 Latchkey</translation>
    </message>
    <message>
        <source>Another program keeps your sessions already.</source>
        <translation>另一个程序已在管理您的会话。</translation>
    </message>
    <message>
        <source>%1 is running already, but does not answer.</source>
        <translation>%1 已在运行，但没有响应。</translation>
    </message>
    <message>
        <source>%1 keeps your sessions. Stop it and open Latchkey?</source>
        <translation>%1 正在管理您的会话。要停止它并打开 Latchkey 吗？</translation>
    </message>
    <message>
        <source>%1 does not answer. Stop it and open Latchkey?</source>
        <translation>%1 没有响应。要停止它并打开 Latchkey 吗？</translation>
    </message>
    <message>
        <source>Waiting for it to end…</source>
        <translation>正在等待其结束…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>It is process %1, which listens at %2.</source>
        <translation>它是进程 %1，正在监听 %2。</translation>
    </message>
    <message>
        <source>It listens at %1.</source>
        <translation>它正在监听 %1。</translation>
    </message>
    <message>
        <source>Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you close this, it keeps your sessions, and no window opens.</source>
        <translation>Latchkey 无法从此处停止它。请自行结束它，然后选择“重试”。如果关闭此消息，它会继续管理您的会话，并且不会打开窗口。</translation>
    </message>
    <message>
        <source>Only one program can keep them; latchkeyctl works with either.</source>
        <translation>只能由一个程序管理会话；latchkeyctl 可与任一程序配合使用。</translation>
    </message>
    <message>
        <source>It is process %1.</source>
        <translation>它是进程 %1。</translation>
    </message>
    <message>
        <source>If you stop it, sessions that are kept on this computer go on here, and those in memory only end. If you cancel, it keeps them all, and no window opens.</source>
        <translation>如果停止它，保存在此计算机上的会话会在此处继续，仅在内存中的会话会结束。如果取消，它会继续管理所有会话，并且不会打开窗口。</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TokenClipboard</name>
    <message>
        <source>There is no token to copy. Sign in first.</source>
        <translation>没有可复制的令牌。请先登录。</translation>
    </message>
    <message>
        <source>Command copied. It holds no token.</source>
        <translation>命令已复制。其中不含令牌。</translation>
    </message>
    <message>
        <source>Token copied.</source>
        <translation>令牌已复制。</translation>
    </message>
    <message>
        <source>It ends in %1 s.</source>
        <translation>将在 %1 秒后过期。</translation>
    </message>
    <message>
        <source>It can be pasted once, within %1 s.</source>
        <translation>可在 %1 秒内粘贴一次。</translation>
    </message>
    <message>
        <source>Nothing was copied, as the desktop did not allow it. Try again here.</source>
        <translation>桌面不允许，因此未复制任何内容。请在此处重试。</translation>
    </message>
    <message>
        <source>The token is about to end. It is being refreshed and then copied.</source>
        <translation>令牌即将过期。正在刷新，随后会复制。</translation>
    </message>
    <message>
        <source>The token could not be refreshed, so nothing was copied.</source>
        <translation>无法刷新令牌，因此未复制任何内容。</translation>
    </message>
    <message>
        <source>Nothing was copied, as the appliance that you trust does not answer. Look under Connection.</source>
        <translation>您信任的设备没有应答，因此未复制任何内容。请查看“连接”。</translation>
    </message>
    <message>
        <source>curl knows the appliance by its key, and sends the token to no other.</source>
        <translation>curl 通过密钥识别设备，不会将令牌发送给其他任何一方。</translation>
    </message>
    <message>
        <source>Nothing was copied: curl cannot check this appliance&apos;s certificate.</source>
        <translation>未复制任何内容：curl 无法检查此设备的证书。</translation>
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
        <translation>登录到其他设备…</translation>
    </message>
    <message>
        <source>Tokens handed out…</source>
        <translation>已发放的令牌…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>All sessions (%1)…</source>
        <translation>所有会话（%1）…</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>session: state, time left</comment>
        <translation>%1：%2，%3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>session: state</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Cannot renew</source>
        <translation>无法刷新</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TroubleBanner</name>
    <message>
        <source>Programs get no token until you decide.</source>
        <translation>在您作出决定之前，程序无法获取令牌。</translation>
    </message>
    <message>
        <source>Not refreshed until you decide; programs get the token until %1.</source>
        <translation>在您作出决定之前不会刷新；程序在 %1 之前可获取令牌。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::TrustPage</name>
    <message>
        <source>Whoever runs the appliance has con&amp;firmed the new one</source>
        <translation>设备的管理员已确认新指纹(&amp;F)</translation>
    </message>
    <message>
        <source>Trust this appliance</source>
        <translation>信任此设备</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Is this your appliance?</source>
        <translation>这是您的设备吗？</translation>
    </message>
    <message>
        <source>This computer does not know who vouches for %1. That is usual for an appliance with a certificate of its own. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>此计算机不知道由谁为 %1 担保。对于使用自有证书的设备，这很常见。密码和令牌均尚未发送。请将此指纹与设备自己的指纹进行比较。</translation>
    </message>
    <message>
        <source>Another certificate than before</source>
        <translation>证书与之前的不同</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed, and nobody vouches for the new one.</source>
        <translation>%1 的证书已更改，且没有人为新证书担保。</translation>
    </message>
    <message>
        <source>The certificate of %1 has changed since you trusted it.</source>
        <translation>自您信任以来，%1 的证书已更改。</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Go on only if whoever runs the appliance says that its certificate was replaced, and tells you the same new fingerprint.</source>
        <translation>可能有人在窃听您与设备之间的通信。密码和令牌均未发送。仅当设备的管理员说明证书已更换，并告诉您相同的新指纹时，才继续。</translation>
    </message>
    <message>
        <source>Not the certificate that your administrator decided for</source>
        <translation>不是您的管理员指定的证书</translation>
    </message>
    <message>
        <source>%1 shows another certificate.</source>
        <translation>%1 出示了另一个证书。</translation>
    </message>
    <message>
        <source>Somebody may be reading along between you and the appliance. Neither password nor token has been sent to it. Only your administrator can allow this certificate: ask them, and tell them both fingerprints.</source>
        <translation>可能有人在窃听您与设备之间的通信。密码和令牌均未发送。只有您的管理员可以允许此证书：请询问管理员，并告知这两个指纹。</translation>
    </message>
    <message>
        <source>The certificate does not name %1.</source>
        <translation>证书中没有 %1。</translation>
    </message>
    <message>
        <source>The certificate is for %1, not for %2.</source>
        <translation>证书颁发给 %1，而不是 %2。</translation>
    </message>
    <message>
        <source>I have compared the &amp;fingerprint: it is the appliance&apos;s own</source>
        <translation>我已比较指纹：它是设备自己的指纹(&amp;F)</translation>
    </message>
    <message>
        <source>Either the appliance shows the certificate that it came with, or something else answers in place of %1. Neither password nor token has been sent to it yet. Compare the fingerprint with the appliance&apos;s own.</source>
        <translation>可能是设备出示了出厂自带的证书，也可能是其他程序在代替 %1 应答。密码和令牌均尚未发送。请将此指纹与设备自己的指纹进行比较。</translation>
    </message>
    <message>
        <source>Where to find it: ask whoever runs the appliance, or look at its console. A browser on this computer can be shown the same false certificate.</source>
        <translation>在哪里可以找到：询问设备的管理员，或在设备自身的控制台上查看。此计算机上的浏览器可能会收到同一份虚假证书。</translation>
    </message>
</context>
<context>
    <name>latchkey::ui::ValidityTimeline</name>
    <message>
        <source>Validity</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>No access token.</source>
        <translation>没有访问令牌。</translation>
    </message>
    <message>
        <source>Access token good until %1.</source>
        <translation>访问令牌有效期至 %1。</translation>
    </message>
    <message>
        <source>Access token expired at %1.</source>
        <translation>访问令牌已过期（%1）。</translation>
    </message>
    <message>
        <source>Next refresh at %1.</source>
        <translation>下次刷新：%1。</translation>
    </message>
    <message>
        <source>The sign-in ends at %1.</source>
        <translation>登录到期时间：%1。</translation>
    </message>
    <message>
        <source>Outages: %1.</source>
        <translation>中断次数：%1。</translation>
    </message>
    <message>
        <source>Times that the computer slept: %1.</source>
        <translation>计算机睡眠次数：%1。</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>−%1 h</source>
        <comment>hours ago</comment>
        <translation>−%1 时</translation>
    </message>
    <message>
        <source>+%1 h</source>
        <comment>in hours</comment>
        <translation>+%1 时</translation>
    </message>
    <message>
        <source>Refreshes in the last day: %1.</source>
        <translation>最近一天的刷新次数：%1。</translation>
    </message>
</context>
</TS>
