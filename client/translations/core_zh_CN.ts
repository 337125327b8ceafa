<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>queqiao::client::AccountSession</name>
    <message>
      <source>Invisible. This server does not know how to hide you otherwise: messages wait until you show yourself.</source>
      <translation>隐身中。此服务器没有别的隐身办法：消息会等到您上线后才送达。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::BlockList</name>
    <message>
      <source>This server cannot block anybody.</source>
      <translation>此服务器不支持屏蔽他人。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::Connection</name>
    <message>
      <source>no answer</source>
      <translation>没有应答</translation>
    </message>
    <message>
      <source>the server closed the connection</source>
      <translation>服务器关闭了连接</translation>
    </message>
    <message>
      <source>A proxy is written as socks5://host:port or http://host:port.</source>
      <translation>代理的写法是 socks5://主机:端口 或 http://主机:端口。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::DirectorySearch</name>
    <message>
      <source>There is no connection to the server.</source>
      <translation>没有连接到服务器。</translation>
    </message>
    <message>
      <source>This server has no directory of people.</source>
      <translation>此服务器没有用户目录。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::Registration</name>
    <message>
      <source>“%1” is no name of a server.</source>
      <translation>“%1”不是服务器名称。</translation>
    </message>
    <message>
      <source>This server wants people to register at %1</source>
      <translation>此服务器要求到 %1 注册</translation>
    </message>
    <message>
      <source>“%1” cannot be the name of an account.</source>
      <translation>“%1”不能用作账号名。</translation>
    </message>
    <message>
      <source>A password is needed.</source>
      <translation>需要填写密码。</translation>
    </message>
    <message>
      <source>This server also asks for: %1. Make the account in another way.</source>
      <translation>此服务器还要求填写：%1。请用其他方式注册账号。</translation>
    </message>
  </context>
  <context>
    <name>RememberedAccounts</name>
    <message>
      <source>The password could not be stored in %1.</source>
      <translation>无法把密码保存到 %1。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ServerCheck</name>
    <message>
      <source>“%1” is no address</source>
      <translation>“%1”不是有效的地址</translation>
    </message>
    <message>
      <source>Write it as number@server.</source>
      <translation>请写成“号码@服务器”。</translation>
    </message>
    <message>
      <source>The account's server is %1</source>
      <translation>账号所在的服务器是 %1</translation>
    </message>
    <message>
      <source>%1 says that it has no chat server</source>
      <translation>%1 声明没有聊天服务器</translation>
    </message>
    <message>
      <source>Check the part behind the @.</source>
      <translation>请检查 @ 后面的部分。</translation>
    </message>
    <message>
      <source>Places to try: %1</source>
      <translation>将要尝试的地址：%1</translation>
    </message>
    <message>
      <source>%1 answers</source>
      <translation>%1 有应答</translation>
    </message>
    <message>
      <source>No connection to %1: %2</source>
      <translation>无法连接 %1：%2</translation>
    </message>
    <message>
      <source>Is the port right, and does a firewall or proxy let it through?</source>
      <translation>端口正确吗？防火墙或代理是否放行？</translation>
    </message>
    <message>
      <source>The connection is encrypted</source>
      <translation>连接已加密</translation>
    </message>
    <message>
      <source>The server's certificate: %1</source>
      <translation>服务器证书：%1</translation>
    </message>
    <message>
      <source>Compare its fingerprint with the one that the server's operator tells you: %1</source>
      <translation>请与服务器管理员提供的指纹核对：%1</translation>
    </message>
    <message>
      <source>The server's certificate is trusted</source>
      <translation>服务器证书可信</translation>
    </message>
    <message>
      <source>It is a chat server, and lets people make accounts</source>
      <translation>这是聊天服务器，允许自行注册账号</translation>
    </message>
    <message>
      <source>It is a chat server; its operator makes the accounts</source>
      <translation>这是聊天服务器，账号由管理员创建</translation>
    </message>
    <message>
      <source>Ask the server's operator.</source>
      <translation>请询问服务器管理员。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::StreamLink</name>
    <message>
      <source>%1 says that it has no chat server</source>
      <translation>%1 声明没有聊天服务器</translation>
    </message>
    <message>
      <source>The server's certificate was not accepted.</source>
      <translation>没有接受服务器的证书。</translation>
    </message>
    <message>
      <source>the server's certificate is in question</source>
      <translation>服务器证书有待确认</translation>
    </message>
    <message>
      <source>No connection to %1: %2</source>
      <translation>无法连接 %1：%2</translation>
    </message>
    <message>
      <source>Offline</source>
      <translation>离线</translation>
    </message>
    <message>
      <source>Connecting…</source>
      <translation>正在连接…</translation>
    </message>
    <message>
      <source>Online</source>
      <translation>在线</translation>
    </message>
    <message>
      <source>Waiting for your word about the server's certificate</source>
      <translation>等待您确认服务器证书</translation>
    </message>
    <message numerus="yes">
      <source>%1; next attempt in %n s</source>
      <translation>
        <numerusform>%1；%n 秒后重试</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::SyncedRoster</name>
    <message>
      <source>A group needs a name.</source>
      <translation>分组需要一个名称。</translation>
    </message>
    <message>
      <source>There is no connection to the server.</source>
      <translation>没有连接到服务器。</translation>
    </message>
    <message>
      <source>“%1” is no account: write number@server.</source>
      <translation>“%1”不是账号：请写成“号码@服务器”。</translation>
    </message>
    <message>
      <source>This is your own account.</source>
      <translation>这是您自己的账号。</translation>
    </message>
    <message>
      <source>This person is not among your friends.</source>
      <translation>此人不在您的好友中。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::TrustWords</name>
    <message>
      <source>The server has made its certificate itself.</source>
      <translation>服务器使用自己签发的证书。</translation>
    </message>
    <message>
      <source>The certificate is not for %1.</source>
      <translation>该证书不是颁发给 %1 的。</translation>
    </message>
    <message>
      <source>The certificate has expired on %1.</source>
      <translation>该证书已于 %1 过期。</translation>
    </message>
    <message>
      <source>The certificate is not valid yet: is this computer's clock right?</source>
      <translation>该证书尚未生效：这台电脑的时间对吗？</translation>
    </message>
    <message>
      <source>The certificate was revoked.</source>
      <translation>该证书已被吊销。</translation>
    </message>
    <message>
      <source>No authority that this computer trusts vouches for it.</source>
      <translation>没有这台电脑信任的机构为它担保。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::Words</name>
    <message>
      <source>%1 (the server says: %2)</source>
      <translation>%1（服务器说：%2）</translation>
    </message>
    <message>
      <source>Wrong password, or there is no such account.</source>
      <translation>密码错误，或账号不存在。</translation>
    </message>
    <message>
      <source>This account has been disabled by the server's operator.</source>
      <translation>此账号已被服务器管理员停用。</translation>
    </message>
    <message>
      <source>The password has expired: ask the server's operator.</source>
      <translation>密码已过期：请联系服务器管理员。</translation>
    </message>
    <message>
      <source>The server cannot check passwords at the moment.</source>
      <translation>服务器暂时无法验证密码。</translation>
    </message>
    <message>
      <source>The server refused the log-in.</source>
      <translation>服务器拒绝登录。</translation>
    </message>
    <message>
      <source>This name is taken already.</source>
      <translation>这个名称已被占用。</translation>
    </message>
    <message>
      <source>The server does not accept this name or password.</source>
      <translation>服务器不接受这个名称或密码。</translation>
    </message>
    <message>
      <source>Too many accounts were made from here: try again later.</source>
      <translation>从这里注册的账号太多：请稍后再试。</translation>
    </message>
    <message>
      <source>The server refused to make the account.</source>
      <translation>服务器拒绝创建账号。</translation>
    </message>
    <message>
      <source>This account has logged in from the same program elsewhere.</source>
      <translation>此账号已在别处用同一程序登录。</translation>
    </message>
    <message>
      <source>This server does not serve the domain of the account.</source>
      <translation>此服务器不提供该账号所属域的服务。</translation>
    </message>
    <message>
      <source>The server is being restarted.</source>
      <translation>服务器正在重启。</translation>
    </message>
    <message>
      <source>The server has ended the session.</source>
      <translation>服务器结束了会话。</translation>
    </message>
    <message>
      <source>The server ended the connection.</source>
      <translation>服务器断开了连接。</translation>
    </message>
    <message>
      <source>The server closed the connection.</source>
      <translation>服务器关闭了连接。</translation>
    </message>
    <message>
      <source>What answers there does not speak XMPP correctly.</source>
      <translation>对方没有正确使用 XMPP 协议。</translation>
    </message>
    <message>
      <source>The server offers no encryption, so nothing was sent to it.</source>
      <translation>服务器不提供加密，因此没有向它发送任何内容。</translation>
    </message>
    <message>
      <source>The server offers no way to log in that is safe.</source>
      <translation>服务器没有提供安全的登录方式。</translation>
    </message>
    <message>
      <source>The server did not prove that it knows the password: it is not the server of this account.</source>
      <translation>服务器未能证明它知道密码：它不是此账号的服务器。</translation>
    </message>
    <message>
      <source>This server does not let people make accounts themselves: ask its operator for one.</source>
      <translation>此服务器不允许自行注册：请向管理员申请账号。</translation>
    </message>
    <message>
      <source>The server accepted no session.</source>
      <translation>服务器没有接受会话。</translation>
    </message>
    <message>
      <source>The server did not answer in time.</source>
      <translation>服务器没有及时应答。</translation>
    </message>
    <message>
      <source>There is no such thing or person.</source>
      <translation>没有这个对象或这个人。</translation>
    </message>
    <message>
      <source>This is not allowed.</source>
      <translation>不允许这样做。</translation>
    </message>
    <message>
      <source>The other side does not know how to do this, or does not want to.</source>
      <translation>对方不支持或不愿意这样做。</translation>
    </message>
    <message>
      <source>Too much or too often: try again later.</source>
      <translation>太多或太频繁：请稍后再试。</translation>
    </message>
    <message>
      <source>Their server cannot be reached.</source>
      <translation>无法连接对方的服务器。</translation>
    </message>
    <message>
      <source>The server does not accept this.</source>
      <translation>服务器不接受。</translation>
    </message>
    <message>
      <source>The server refused.</source>
      <translation>服务器拒绝了。</translation>
    </message>
    <message>
      <source>There was no answer in time.</source>
      <translation>没有及时收到应答。</translation>
    </message>
    <message>
      <source>There is no connection to the server.</source>
      <translation>没有连接到服务器。</translation>
    </message>
  </context>
</TS>
