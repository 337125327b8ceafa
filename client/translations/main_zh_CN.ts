<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>queqiao::client::AboutDialog</name>
    <message>
      <source>About Queqiao</source>
      <translation>关于鹊桥</translation>
    </message>
    <message>
      <source>The bridge of magpies on which two people meet. Chats over XMPP, with a server of your own.</source>
      <translation>鹊桥，让两个人相见的桥。基于 XMPP 聊天，服务器由您自己掌握。</translation>
    </message>
    <message>
      <source>Made with Qt %1. Emoji and letters: Noto fonts.</source>
      <translation>使用 Qt %1 开发，文字与表情使用 Noto 字体。</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::AddFriendDialog</name>
    <message>
      <source>Add a friend</source>
      <translation>添加好友</translation>
    </message>
    <message>
      <source>Accept a friend</source>
      <translation>接受好友</translation>
    </message>
    <message>
      <source>Accept</source>
      <translation>接受</translation>
    </message>
    <message>
      <source>Send request</source>
      <translation>发送请求</translation>
    </message>
    <message>
      <source>Hello, I am %1.</source>
      <translation>你好，我是%1。</translation>
    </message>
    <message>
      <source>Greeting</source>
      <translation>附言</translation>
    </message>
    <message>
      <source>Remark</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>分组</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::Attention</name>
    <message>
      <source>sent you a message</source>
      <translation>发来一条消息</translation>
    </message>
    <message>
      <source>[File] %1</source>
      <translation>[文件] %1</translation>
    </message>
    <message>
      <source>%1 wants to be your friend</source>
      <translation>%1 想加您为好友</translation>
    </message>
    <message>
      <source>invites you to a game</source>
      <translation>邀请你一起玩游戏</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::AvatarCrop</name>
    <message>
      <source>Part of the picture</source>
      <translation>截取头像</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>Drag the picture; zoom with the wheel.</source>
      <translation>拖动图片移动，滚轮缩放。</translation>
    </message>
    <message>
      <source>Use this part</source>
      <translation>使用此部分</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::AvatarPicker</name>
    <message>
      <source>Choose an avatar</source>
      <translation>选择头像</translation>
    </message>
    <message>
      <source>Gallery</source>
      <translation>头像库</translation>
    </message>
    <message>
      <source>Picture %1</source>
      <translation>头像 %1</translation>
    </message>
    <message>
      <source>Use this one</source>
      <translation>使用此头像</translation>
    </message>
    <message>
      <source>From a file…</source>
      <translation>从文件选择…</translation>
    </message>
    <message>
      <source>No avatar</source>
      <translation>不用头像</translation>
    </message>
    <message>
      <source>Choose a picture</source>
      <translation>选择图片</translation>
    </message>
    <message>
      <source>Pictures (%1)</source>
      <translation>图片 (%1)</translation>
    </message>
    <message>
      <source>This picture is too large: %1 pixels at most.</source>
      <translation>图片太大：边长最多 %1 像素。</translation>
    </message>
    <message>
      <source>This file is not a picture that can be read.</source>
      <translation>无法读取该文件，它不是图片。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::BlockedPeople</name>
    <message>
      <source>Block somebody…</source>
      <translation>屏蔽某人…</translation>
    </message>
    <message>
      <source>Unblock</source>
      <translation>解除屏蔽</translation>
    </message>
    <message>
      <source>Blocked people</source>
      <translation>黑名单</translation>
    </message>
    <message>
      <source>Nobody is blocked.</source>
      <translation>黑名单为空。</translation>
    </message>
    <message>
      <source>Block somebody</source>
      <translation>屏蔽某人</translation>
    </message>
    <message>
      <source>Their address, for example 10001@example.org</source>
      <translation>对方的地址，例如 10001@example.org</translation>
    </message>
    <message>
      <source>Block</source>
      <translation>屏蔽</translation>
    </message>
  </context>
  <context>
    <name>Buttons</name>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
  </context>
  <context>
    <name>CertificateDialog</name>
    <message>
      <source>Server</source>
      <translation>服务器</translation>
    </message>
    <message>
      <source>Issued to</source>
      <translation>颁发给</translation>
    </message>
    <message>
      <source>Issued by</source>
      <translation>颁发者</translation>
    </message>
    <message>
      <source>Fingerprint (SHA-256)</source>
      <translation>指纹 (SHA-256)</translation>
    </message>
    <message>
      <source>Fingerprint before</source>
      <translation>以前的指纹</translation>
    </message>
    <message>
      <source>This server showed another certificate before. Its operator may have replaced it, or somebody is between you and the server. Ask the operator and compare the fingerprint before you trust it.</source>
      <translation>此服务器以前使用的是另一张证书。可能是管理员更换了证书，也可能有人在您与服务器之间窃听。请先向管理员核对指纹，再决定是否信任。</translation>
    </message>
    <message>
      <source>No authority vouches for this server. That is usual for a server of one's own: compare the fingerprint with the one that its operator gave you.</source>
      <translation>没有证书机构为此服务器担保。自建服务器通常如此：请与管理员提供的指纹核对。</translation>
    </message>
    <message>
      <source>The server's certificate has changed</source>
      <translation>服务器证书已更换</translation>
    </message>
    <message>
      <source>Trust this server?</source>
      <translation>信任此服务器？</translation>
    </message>
    <message>
      <source>Trust this certificate</source>
      <translation>信任此证书</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::CloseAccountDialog</name>
    <message>
      <source>Close the account</source>
      <translation>注销账号</translation>
    </message>
    <message>
      <source>Close the account %1 for good?</source>
      <translation>永久注销账号 %1？</translation>
    </message>
    <message>
      <source>The server deletes your friends, your profile and your messages. Nobody can undo it. Type your address to go on.</source>
      <translation>服务器将删除您的好友、资料和消息，无法恢复。请输入您的地址以继续。</translation>
    </message>
    <message>
      <source>Your address</source>
      <translation>您的地址</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ConnectionBar</name>
    <message>
      <source>Connect</source>
      <translation>连接</translation>
    </message>
    <message>
      <source>Not connected</source>
      <translation>未连接</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ContactDelegate</name>
    <message>
      <source>Blocked</source>
      <translation>已屏蔽</translation>
    </message>
    <message>
      <source>Waiting for their answer</source>
      <translation>等待对方验证</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ContactMenu</name>
    <message>
      <source>Send message</source>
      <translation>发消息</translation>
    </message>
    <message>
      <source>View profile</source>
      <translation>查看资料</translation>
    </message>
    <message>
      <source>Copy address</source>
      <translation>复制地址</translation>
    </message>
    <message>
      <source>Set remark…</source>
      <translation>修改备注…</translation>
    </message>
    <message>
      <source>Unblock</source>
      <translation>解除屏蔽</translation>
    </message>
    <message>
      <source>Block…</source>
      <translation>屏蔽…</translation>
    </message>
    <message>
      <source>Delete friend…</source>
      <translation>删除好友…</translation>
    </message>
    <message>
      <source>Move to group</source>
      <translation>移动到分组</translation>
    </message>
    <message>
      <source>Remark</source>
      <translation>备注</translation>
    </message>
    <message>
      <source>What do you call %1? Only you see it.</source>
      <translation>给 %1 起个备注名，只有您能看到。</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Block %1?</source>
      <translation>屏蔽 %1？</translation>
    </message>
    <message>
      <source>They cannot write to you nor see whether you are online. They are not told. You can undo it under Settings, Privacy.</source>
      <translation>对方将无法给您发消息，也看不到您是否在线，且不会收到通知。可在“设置 → 隐私”中解除。</translation>
    </message>
    <message>
      <source>Block</source>
      <translation>屏蔽</translation>
    </message>
    <message>
      <source>Delete %1 from your friends?</source>
      <translation>将 %1 从好友中删除？</translation>
    </message>
    <message>
      <source>You disappear from their list as well. The messages on this computer stay.</source>
      <translation>您也会从对方的列表中消失。本机上的聊天记录会保留。</translation>
    </message>
    <message>
      <source>Delete friend</source>
      <translation>删除好友</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ContactTree</name>
    <message>
      <source>%1, %2 of %3 online</source>
      <translation>%1，%3 人中 %2 人在线</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ContactView</name>
    <message>
      <source>New group</source>
      <translation>新建分组</translation>
    </message>
    <message>
      <source>Name of the group</source>
      <translation>分组名称</translation>
    </message>
    <message>
      <source>Create</source>
      <translation>创建</translation>
    </message>
    <message>
      <source>There is a group '%1' already.</source>
      <translation>分组“%1”已经存在。</translation>
    </message>
    <message>
      <source>New group…</source>
      <translation>新建分组…</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>上移</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>下移</translation>
    </message>
    <message>
      <source>Delete group…</source>
      <translation>删除分组…</translation>
    </message>
    <message>
      <source>Delete the group '%1'?</source>
      <translation>删除分组“%1”？</translation>
    </message>
    <message>
      <source>The people in it stay your friends. They move to '%1'.</source>
      <translation>组内好友会保留，并移动到“%1”。</translation>
    </message>
    <message>
      <source>Delete group</source>
      <translation>删除分组</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::CropView</name>
    <message>
      <source>Part of the picture</source>
      <translation>截取头像</translation>
    </message>
    <message>
      <source>Arrow keys move it, plus and minus zoom.</source>
      <translation>方向键移动，加减键缩放。</translation>
    </message>
  </context>
  <context>
    <name>Desktop</name>
    <message>
      <source>You have logged in from another place.</source>
      <translation>您的账号已在别处登录。</translation>
    </message>
    <message>
      <source>Connecting to %1…</source>
      <translation>正在连接 %1…</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::DesktopNotices</name>
    <message>
      <source>Queqiao</source>
      <translation>鹊桥</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>接受</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>暂不</translation>
    </message>
    <message>
      <source>Reply</source>
      <translation>回复</translation>
    </message>
    <message>
      <source>Mark as read</source>
      <translation>标为已读</translation>
    </message>
    <message>
      <source>Write a reply</source>
      <translation>写回复</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::FindPeopleWindow</name>
    <message>
      <source>View profile</source>
      <translation>查看资料</translation>
    </message>
    <message>
      <source>Find people</source>
      <translation>找人</translation>
    </message>
    <message>
      <source>Number or nickname</source>
      <translation>号码或昵称</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
    <message>
      <source>Fewer fields</source>
      <translation>收起条件</translation>
    </message>
    <message>
      <source>More fields</source>
      <translation>更多条件</translation>
    </message>
    <message>
      <source>Full name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>City</source>
      <translation>城市</translation>
    </message>
    <message>
      <source>Gender</source>
      <translation>性别</translation>
    </message>
    <message>
      <source>Age</source>
      <translation>年龄</translation>
    </message>
    <message>
      <source>Youngest age</source>
      <translation>最小年龄</translation>
    </message>
    <message>
      <source>Oldest age</source>
      <translation>最大年龄</translation>
    </message>
    <message>
      <source>to</source>
      <translation>至</translation>
    </message>
    <message>
      <source>any</source>
      <translation>不限</translation>
    </message>
    <message>
      <source>Only people who are online</source>
      <translation>只找在线的人</translation>
    </message>
    <message>
      <source>Any</source>
      <translation>不限</translation>
    </message>
    <message>
      <source>People found</source>
      <translation>搜索结果</translation>
    </message>
    <message>
      <source>Search by number or nickname; more fields narrow it down.</source>
      <translation>输入号码或昵称搜索，更多条件可缩小范围。</translation>
    </message>
    <message>
      <source>Nobody found</source>
      <translation>没有找到</translation>
    </message>
    <message>
      <source>Check the number, or search with fewer words.</source>
      <translation>请检查号码，或减少搜索条件。</translation>
    </message>
    <message>
      <source>Show more</source>
      <translation>显示更多</translation>
    </message>
    <message>
      <source>Send message</source>
      <translation>发消息</translation>
    </message>
    <message>
      <source>Add friend…</source>
      <translation>加为好友…</translation>
    </message>
    <message>
      <source>The search did not work</source>
      <translation>搜索失败</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>The request is on its way.</source>
      <translation>好友请求已发送。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::FoundPeople</name>
    <message>
      <source>age %1</source>
      <translation>%1 岁</translation>
    </message>
    <message>
      <source>Not told</source>
      <translation>保密</translation>
    </message>
    <message>
      <source>Male</source>
      <translation>男</translation>
    </message>
    <message>
      <source>Female</source>
      <translation>女</translation>
    </message>
    <message>
      <source>Other</source>
      <translation>其他</translation>
    </message>
  </context>
  <context>
    <name>Groups</name>
    <message>
      <source>My friends</source>
      <translation>我的好友</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::HoverCard</name>
    <message>
      <source>%1, with %2</source>
      <translation>%1，使用 %2</translation>
    </message>
    <message>
      <source>Last seen: %1</source>
      <translation>上次在线：%1</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::LoginPage</name>
    <message>
      <source>%1 at %2</source>
      <translation>%1（%2）</translation>
    </message>
    <message>
      <source>Number or address</source>
      <translation>号码或地址</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>账号</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>密码</translation>
    </message>
    <message>
      <source>Forget this account</source>
      <translation>从列表中移除此账号</translation>
    </message>
    <message>
      <source>Show the password</source>
      <translation>显示密码</translation>
    </message>
    <message>
      <source>Remember password</source>
      <translation>记住密码</translation>
    </message>
    <message>
      <source>Automatic log-in</source>
      <translation>自动登录</translation>
    </message>
    <message>
      <source>Log in</source>
      <translation>登录</translation>
    </message>
    <message>
      <source>New account</source>
      <translation>注册账号</translation>
    </message>
    <message>
      <source>Status to start with</source>
      <translation>登录时的状态</translation>
    </message>
    <message>
      <source>Choose a server</source>
      <translation>选择服务器</translation>
    </message>
    <message>
      <source>Server: %1</source>
      <translation>服务器：%1</translation>
    </message>
    <message>
      <source>Enter your number or address.</source>
      <translation>请输入号码或地址。</translation>
    </message>
    <message>
      <source>Choose a server, or enter the whole address, as in 10001@example.org.</source>
      <translation>请选择服务器，或输入完整地址，例如 10001@example.org。</translation>
    </message>
    <message>
      <source>This is not an address, as in 10001@example.org.</source>
      <translation>地址格式不正确，应如 10001@example.org。</translation>
    </message>
    <message>
      <source>Enter your password.</source>
      <translation>请输入密码。</translation>
    </message>
    <message>
      <source>Forget %1 on this computer?</source>
      <translation>在本机上移除账号 %1？</translation>
    </message>
    <message>
      <source>Its password is forgotten as well. The account itself and its messages stay.</source>
      <translation>保存的密码也会删除。账号本身和聊天记录会保留。</translation>
    </message>
    <message>
      <source>Forget</source>
      <translation>移除</translation>
    </message>
    <message>
      <source>This desktop has no key ring: the password will be in a file that only your user can read.</source>
      <translation>此桌面没有密钥环：密码将保存在只有您能读取的文件中。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::LoginWindow</name>
    <message>
      <source>Your account is %1. Write it down!</source>
      <translation>您的账号是 %1，请记好！</translation>
    </message>
    <message>
      <source>Queqiao</source>
      <translation>鹊桥</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::MainWindow</name>
    <message>
      <source>My profile</source>
      <translation>我的资料</translation>
    </message>
    <message>
      <source>Find people…</source>
      <translation>找人…</translation>
    </message>
    <message>
      <source>New group…</source>
      <translation>新建分组…</translation>
    </message>
    <message>
      <source>Message history</source>
      <translation>消息记录</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>About Queqiao</source>
      <translation>关于鹊桥</translation>
    </message>
    <message>
      <source>Log out</source>
      <translation>注销登录</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Queqiao</source>
      <translation>鹊桥</translation>
    </message>
    <message>
      <source>Search (Ctrl+K)</source>
      <translation>搜索（Ctrl+K）</translation>
    </message>
    <message>
      <source>Search friends</source>
      <translation>搜索好友</translation>
    </message>
    <message>
      <source>Recent chats</source>
      <translation>最近聊天</translation>
    </message>
    <message>
      <source>Friends</source>
      <translation>好友</translation>
    </message>
    <message>
      <source>Notices</source>
      <translation>通知</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>菜单</translation>
    </message>
    <message>
      <source>Find and add people</source>
      <translation>查找并添加好友</translation>
    </message>
    <message>
      <source>Search results</source>
      <translation>搜索结果</translation>
    </message>
    <message>
      <source>No chats yet</source>
      <translation>还没有聊天</translation>
    </message>
    <message>
      <source>Choose a friend and say hello.</source>
      <translation>选一位好友打个招呼吧。</translation>
    </message>
    <message>
      <source>Show friends</source>
      <translation>查看好友</translation>
    </message>
    <message>
      <source>No friends yet</source>
      <translation>还没有好友</translation>
    </message>
    <message>
      <source>Find people by their number or nickname.</source>
      <translation>通过号码或昵称查找好友。</translation>
    </message>
    <message>
      <source>Find people</source>
      <translation>找人</translation>
    </message>
    <message>
      <source>Nobody found</source>
      <translation>没有找到</translation>
    </message>
    <message>
      <source>Try a name, a number or the first letters in pinyin.</source>
      <translation>试试姓名、号码或拼音首字母。</translation>
    </message>
    <message>
      <source>Find new people</source>
      <translation>查找新朋友</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::OwnHeader</name>
    <message>
      <source>My profile</source>
      <translation>我的资料</translation>
    </message>
    <message>
      <source>Write what is on your mind</source>
      <translation>编辑个性签名</translation>
    </message>
    <message>
      <source>Signature</source>
      <translation>个性签名</translation>
    </message>
    <message>
      <source>Status: %1</source>
      <translation>状态：%1</translation>
    </message>
    <message>
      <source>Change your status</source>
      <translation>切换状态</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::OwnProfileWindow</name>
    <message>
      <source>My profile</source>
      <translation>我的资料</translation>
    </message>
    <message>
      <source>Choose an avatar</source>
      <translation>选择头像</translation>
    </message>
    <message>
      <source>Choose an avatar…</source>
      <translation>选择头像…</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Nickname</source>
      <translation>昵称</translation>
    </message>
    <message>
      <source>Full name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Gender</source>
      <translation>性别</translation>
    </message>
    <message>
      <source>Birthday</source>
      <translation>生日</translation>
    </message>
    <message>
      <source>City</source>
      <translation>城市</translation>
    </message>
    <message>
      <source>Country</source>
      <translation>国家</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>邮箱</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>电话</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>网站</translation>
    </message>
    <message>
      <source>About me</source>
      <translation>个人说明</translation>
    </message>
    <message>
      <source>Tell my birthday</source>
      <translation>公开生日</translation>
    </message>
    <message>
      <source>Saved.</source>
      <translation>已保存。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::PasswordDialog</name>
    <message>
      <source>Change password</source>
      <translation>修改密码</translation>
    </message>
    <message>
      <source>Your other devices have to log in with the new one.</source>
      <translation>其他设备需要用新密码重新登录。</translation>
    </message>
    <message>
      <source>New password</source>
      <translation>新密码</translation>
    </message>
    <message>
      <source>New password again</source>
      <translation>再次输入新密码</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>修改</translation>
    </message>
    <message>
      <source>The password needs %1 characters or more.</source>
      <translation>密码至少需要 %1 个字符。</translation>
    </message>
    <message>
      <source>The two passwords differ.</source>
      <translation>两次输入的密码不一致。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::Popup</name>
    <message>
      <source>Mark as read</source>
      <translation>标为已读</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>接受</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>暂不</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ProfileCard</name>
    <message>
      <source>Not among your friends</source>
      <translation>不是您的好友</translation>
    </message>
    <message>
      <source>More</source>
      <translation>更多</translation>
    </message>
    <message>
      <source>Send message</source>
      <translation>发消息</translation>
    </message>
    <message>
      <source>Add friend…</source>
      <translation>加为好友…</translation>
    </message>
    <message>
      <source>Nickname</source>
      <translation>昵称</translation>
    </message>
    <message>
      <source>Full name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Gender</source>
      <translation>性别</translation>
    </message>
    <message>
      <source>Birthday</source>
      <translation>生日</translation>
    </message>
    <message>
      <source>%1 (age %2)</source>
      <translation>%1（%2 岁）</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>所在地</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>邮箱</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>电话</translation>
    </message>
    <message>
      <source>Website</source>
      <translation>网站</translation>
    </message>
    <message>
      <source>About</source>
      <translation>个人说明</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>分组</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>They have not told anything yet.</source>
      <translation>对方还没有填写资料。</translation>
    </message>
    <message>
      <source>The request is on its way.</source>
      <translation>好友请求已发送。</translation>
    </message>
    <message>
      <source>Profile</source>
      <translation>资料</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::RecentChats</name>
    <message>
      <source>%1, unread: %2, %3</source>
      <translation>%1，%2 条未读，%3</translation>
    </message>
    <message>
      <source>is typing…</source>
      <translation>正在输入…</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::RecentDelegate</name>
    <message>
      <source>[Draft]</source>
      <translation>[草稿]</translation>
    </message>
    <message>
      <source>Yesterday</source>
      <translation>昨天</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::RecentView</name>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>View profile</source>
      <translation>查看资料</translation>
    </message>
    <message>
      <source>Unpin</source>
      <translation>取消置顶</translation>
    </message>
    <message>
      <source>Pin to the top</source>
      <translation>置顶</translation>
    </message>
    <message>
      <source>Unmute</source>
      <translation>取消免打扰</translation>
    </message>
    <message>
      <source>Mute</source>
      <translation>消息免打扰</translation>
    </message>
    <message>
      <source>Mark as read</source>
      <translation>标为已读</translation>
    </message>
    <message>
      <source>Remove from this list</source>
      <translation>从列表中移除</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::RegisterPage</name>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>New account</source>
      <translation>注册账号</translation>
    </message>
    <message>
      <source>A number from the server</source>
      <translation>由服务器分配号码</translation>
    </message>
    <message>
      <source>Take the number %1</source>
      <translation>使用号码 %1</translation>
    </message>
    <message>
      <source>Choose a name of my own</source>
      <translation>自己取一个名字</translation>
    </message>
    <message>
      <source>Name, for example zhangwei</source>
      <translation>名字，例如 zhangwei</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>名字</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>密码</translation>
    </message>
    <message>
      <source>Password again</source>
      <translation>再次输入密码</translation>
    </message>
    <message>
      <source>Create the account</source>
      <translation>注册</translation>
    </message>
    <message>
      <source>Server: %1</source>
      <translation>服务器：%1</translation>
    </message>
    <message>
      <source>Choose a server first.</source>
      <translation>请先选择服务器。</translation>
    </message>
    <message>
      <source>Enter a name.</source>
      <translation>请输入名字。</translation>
    </message>
    <message>
      <source>A name has no spaces and none of " &amp; ' / : &lt; &gt; @.</source>
      <translation>名字不能包含空格和 " &amp; ' / : &lt; &gt; @。</translation>
    </message>
    <message>
      <source>The password needs %1 characters or more.</source>
      <translation>密码至少需要 %1 个字符。</translation>
    </message>
    <message>
      <source>The two passwords differ.</source>
      <translation>两次输入的密码不一致。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::RequestsPage</name>
    <message>
      <source>No notices</source>
      <translation>没有通知</translation>
    </message>
    <message>
      <source>When somebody wants to be your friend, you see it here.</source>
      <translation>有人加您为好友时，会显示在这里。</translation>
    </message>
    <message>
      <source>Profile of %1</source>
      <translation>%1 的资料</translation>
    </message>
    <message>
      <source>would like to be your friend</source>
      <translation>请求加您为好友</translation>
    </message>
    <message>
      <source>Accept…</source>
      <translation>接受…</translation>
    </message>
    <message>
      <source>Refuse</source>
      <translation>拒绝</translation>
    </message>
    <message>
      <source>Accept %1</source>
      <translation>接受 %1</translation>
    </message>
    <message>
      <source>Refuse %1</source>
      <translation>拒绝 %1</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ServerPage</name>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Server</source>
      <translation>服务器</translation>
    </message>
    <message>
      <source>Name of the server, what stands behind the @ of addresses</source>
      <translation>服务器名称，即地址中 @ 后面的部分</translation>
    </message>
    <message>
      <source>Name of the server</source>
      <translation>服务器名称</translation>
    </message>
    <message>
      <source>Find its address automatically</source>
      <translation>自动查找服务器地址</translation>
    </message>
    <message>
      <source>Host or IP address</source>
      <translation>主机名或 IP 地址</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>端口</translation>
    </message>
    <message>
      <source>Test the connection</source>
      <translation>测试连接</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>The server can be reached.</source>
      <translation>可以连接到服务器。</translation>
    </message>
    <message>
      <source>The server cannot be reached.</source>
      <translation>无法连接到服务器。</translation>
    </message>
    <message>
      <source>Steps of the test</source>
      <translation>测试步骤</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::SettingRows</name>
    <message>
      <source>Change…</source>
      <translation>更改…</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::SettingsWindow</name>
    <message>
      <source>General</source>
      <translation>常规</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>通知</translation>
    </message>
    <message>
      <source>Chats</source>
      <translation>聊天</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>隐私</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>账号</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>网络</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>设置页</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>外观</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>主题</translation>
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
      <source>Text size</source>
      <translation>字体大小</translation>
    </message>
    <message>
      <source>Program</source>
      <translation>程序</translation>
    </message>
    <message>
      <source>Keep running in the tray when the window is closed</source>
      <translation>关闭窗口后继续在托盘中运行</translation>
    </message>
    <message>
      <source>Start with the desktop</source>
      <translation>开机时自动启动</translation>
    </message>
    <message>
      <source>Away by itself after</source>
      <translation>自动离开时间</translation>
    </message>
    <message>
      <source> minutes</source>
      <translation> 分钟</translation>
    </message>
    <message>
      <source>never</source>
      <translation>从不</translation>
    </message>
    <message>
      <source>New messages</source>
      <translation>新消息</translation>
    </message>
    <message>
      <source>Show a notification</source>
      <translation>显示通知</translation>
    </message>
    <message>
      <source>With the text of the message</source>
      <translation>通知中显示消息内容</translation>
    </message>
    <message>
      <source>Play sounds</source>
      <translation>播放提示音</translation>
    </message>
    <message>
      <source>While your status is 'Do not disturb' there is neither sound nor notification.</source>
      <translation>状态为“请勿打扰”时，不响铃也不弹出通知。</translation>
    </message>
    <message>
      <source>Window shake</source>
      <translation>窗口抖动</translation>
    </message>
    <message>
      <source>Friends may shake my window</source>
      <translation>允许好友抖动我的窗口</translation>
    </message>
    <message>
      <source>Writing</source>
      <translation>输入</translation>
    </message>
    <message>
      <source>Send with</source>
      <translation>发送键</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
    <message>
      <source>Ctrl+Enter</source>
      <translation>Ctrl+Enter</translation>
    </message>
    <message>
      <source>Check spelling of Latin text</source>
      <translation>检查西文拼写</translation>
    </message>
    <message>
      <source>Windows</source>
      <translation>窗口</translation>
    </message>
    <message>
      <source>Open chats</source>
      <translation>聊天窗口</translation>
    </message>
    <message>
      <source>As tabs of one window</source>
      <translation>合并为一个窗口的标签页</translation>
    </message>
    <message>
      <source>Each in a window of its own</source>
      <translation>每个聊天一个窗口</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>文件</translation>
    </message>
    <message>
      <source>Save files to</source>
      <translation>文件保存到</translation>
    </message>
    <message>
      <source>What others see</source>
      <translation>对他人可见</translation>
    </message>
    <message>
      <source>Others can find me by my nickname and profile</source>
      <translation>他人可通过昵称和资料找到我</translation>
    </message>
    <message>
      <source>Tell others when I am typing</source>
      <translation>向对方显示“正在输入”</translation>
    </message>
    <message>
      <source>Tell others when I have read their messages</source>
      <translation>向对方发送已读回执</translation>
    </message>
    <message>
      <source>Blocked people</source>
      <translation>黑名单</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>密码</translation>
    </message>
    <message>
      <source>Change password…</source>
      <translation>修改密码…</translation>
    </message>
    <message>
      <source>The password has been changed.</source>
      <translation>密码已修改。</translation>
    </message>
    <message>
      <source>Close the account</source>
      <translation>注销账号</translation>
    </message>
    <message>
      <source>Deletes the account and everything of it from the server.</source>
      <translation>从服务器上删除账号及其所有数据。</translation>
    </message>
    <message>
      <source>Close the account…</source>
      <translation>注销账号…</translation>
    </message>
    <message>
      <source>Proxy</source>
      <translation>代理</translation>
    </message>
    <message>
      <source>Empty: none. 'system': as the desktop says. Or socks5://host:port, http://host:port. Used from the next connection on.</source>
      <translation>留空：不使用代理；system：跟随系统；或填写 socks5://主机:端口、http://主机:端口。下次连接时生效。</translation>
    </message>
    <message>
      <source>By the desktop's own notifications, where it has any</source>
      <translation>尽量使用桌面环境自带的通知</translation>
    </message>
  </context>
  <context>
    <name>Status</name>
    <message>
      <source>Offline</source>
      <translation>离线</translation>
    </message>
    <message>
      <source>Online</source>
      <translation>在线</translation>
    </message>
    <message>
      <source>Away</source>
      <translation>离开</translation>
    </message>
    <message>
      <source>Do not disturb</source>
      <translation>请勿打扰</translation>
    </message>
    <message>
      <source>Invisible</source>
      <translation>隐身</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::TrayIcon</name>
    <message>
      <source>Open Queqiao</source>
      <translation>打开鹊桥</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>状态</translation>
    </message>
    <message>
      <source>Mute notifications</source>
      <translation>静音</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Queqiao</source>
      <translation>鹊桥</translation>
    </message>
    <message>
      <source>Unread: %1</source>
      <translation>%1 条未读</translation>
    </message>
    <message>
      <source>Somebody wants to be your friend</source>
      <translation>有人请求加您为好友</translation>
    </message>
  </context>
</TS>
