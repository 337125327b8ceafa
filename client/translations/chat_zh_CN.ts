<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>queqiao::client::AttachmentStrip</name>
    <message>
      <source>Picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>At most %1 files go with one message.</source>
      <translation>一条消息最多带 %1 个文件。</translation>
    </message>
    <message>
      <source>Remove %1</source>
      <translation>移除 %1</translation>
    </message>
    <message>
      <source>The picture could not be saved; is the disk full?</source>
      <translation>图片无法保存，磁盘是否已满？</translation>
    </message>
  </context>
  <context>
    <name>BubbleWords</name>
    <message>
      <source>edited %1</source>
      <translation>已编辑 %1</translation>
    </message>
    <message>
      <source>Not sent. Click to send it again.</source>
      <translation>发送失败，点击重发。</translation>
    </message>
    <message>
      <source>Not sent: %1 Click to send it again.</source>
      <translation>发送失败：%1 点击重发。</translation>
    </message>
    <message>
      <source>Edit again</source>
      <translation>重新编辑</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>今天</translation>
    </message>
    <message>
      <source>Yesterday</source>
      <translation>昨天</translation>
    </message>
    <message>
      <source>New messages</source>
      <translation>以下是新消息</translation>
    </message>
    <message>
      <source>Open the game</source>
      <translation>打开游戏</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>暂不</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>接受</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::CaptureCover</name>
    <message>
      <source>Choose an area of the screen</source>
      <translation>选择屏幕区域</translation>
    </message>
    <message>
      <source>Drag to choose an area. Enter takes the whole screen, Esc cancels.</source>
      <translation>拖动选择区域；按 Enter 截取整个屏幕，按 Esc 取消。</translation>
    </message>
    <message>
      <source>%1   Enter or double click takes it</source>
      <translation>%1   按 Enter 或双击完成</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ChatFrame</name>
    <message>
      <source>Open chats</source>
      <translation>打开的聊天</translation>
    </message>
    <message>
      <source>Close this chat</source>
      <translation>关闭此聊天</translation>
    </message>
    <message>
      <source> (%1)</source>
      <translation> (%1)</translation>
    </message>
    <message>
      <source>(%1) </source>
      <translation>(%1) </translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ChatHead</name>
    <message>
      <source>Show the profile</source>
      <translation>查看资料</translation>
    </message>
    <message>
      <source>Search in this chat (Ctrl+F)</source>
      <translation>在此聊天中搜索 (Ctrl+F)</translation>
    </message>
    <message>
      <source>Message history</source>
      <translation>消息记录</translation>
    </message>
    <message>
      <source>Profile</source>
      <translation>资料</translation>
    </message>
    <message>
      <source>is typing…</source>
      <translation>正在输入…</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ChatSearchBar</name>
    <message>
      <source>Older hit (Enter)</source>
      <translation>上一条更早的结果 (Enter)</translation>
    </message>
    <message>
      <source>Newer hit (Shift+Enter)</source>
      <translation>下一条更新的结果 (Shift+Enter)</translation>
    </message>
    <message>
      <source>Search in this chat</source>
      <translation>在此聊天中搜索</translation>
    </message>
    <message>
      <source>Close the search</source>
      <translation>关闭搜索</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>第 %1 条，共 %2 条</translation>
    </message>
    <message>
      <source>Nothing found</source>
      <translation>没有找到</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ChatView</name>
    <message>
      <source>No messages yet</source>
      <translation>还没有消息</translation>
    </message>
    <message>
      <source>Say hello to %1!</source>
      <translation>向 %1 打个招呼吧！</translation>
    </message>
    <message>
      <source>That message is not on this computer any more.</source>
      <translation>这条消息已不在本机。</translation>
    </message>
    <message>
      <source>You can shake again in %1 s.</source>
      <translation>%1 秒后才能再次抖动窗口。</translation>
    </message>
    <message>
      <source>Not so fast: wait a moment before the next shake.</source>
      <translation>太快了，请稍候再抖动。</translation>
    </message>
    <message>
      <source>%1 is offline; there is nothing to shake.</source>
      <translation>%1 不在线，无法抖动。</translation>
    </message>
    <message>
      <source>%1 does not want to be shaken.</source>
      <translation>%1 不接收窗口抖动。</translation>
    </message>
    <message>
      <source>Not connected to the server.</source>
      <translation>未连接到服务器。</translation>
    </message>
    <message>
      <source>Replying to %1</source>
      <translation>回复 %1</translation>
    </message>
    <message>
      <source>Editing your message</source>
      <translation>编辑消息</translation>
    </message>
    <message>
      <source>The quoted message is not on this computer.</source>
      <translation>被引用的消息不在本机。</translation>
    </message>
    <message>
      <source>%1. What you send now goes out when the connection is back.</source>
      <translation>%1。现在发送的内容会在恢复连接后送出。</translation>
    </message>
    <message>
      <source>You have blocked this person.</source>
      <translation>你已屏蔽此人。</translation>
    </message>
    <message>
      <source>Drop to send to %1</source>
      <translation>松开鼠标发送给 %1</translation>
    </message>
    <message>
      <source>Drop to add the picture to your message</source>
      <translation>松开鼠标将图片加入消息</translation>
    </message>
    <message>
      <source>Drop to add the text to your message</source>
      <translation>松开鼠标将文字加入消息</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ChoosingBar</name>
    <message>
      <source>Forward</source>
      <translation>转发</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Delete here</source>
      <translation>在本机删除</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Click messages</source>
      <translation>请点选消息</translation>
    </message>
    <message>
      <source>%1 chosen</source>
      <translation>已选 %1 条</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::Composer</name>
    <message>
      <source>Emoji (Ctrl+Shift+E)</source>
      <translation>表情 (Ctrl+Shift+E)</translation>
    </message>
    <message>
      <source>Capture an area of the screen (Ctrl+Alt+A)</source>
      <translation>截图 (Ctrl+Alt+A)</translation>
    </message>
    <message>
      <source>Send files</source>
      <translation>发送文件</translation>
    </message>
    <message>
      <source>Shake the window</source>
      <translation>抖动窗口</translation>
    </message>
    <message>
      <source>Play a game</source>
      <translation>玩游戏</translation>
    </message>
    <message>
      <source>Send</source>
      <translation>发送</translation>
    </message>
    <message>
      <source>Right click: which key sends</source>
      <translation>右键：选择发送键</translation>
    </message>
    <message>
      <source>Ctrl+Enter sends, Enter starts a new line</source>
      <translation>Ctrl+Enter 发送，Enter 换行</translation>
    </message>
    <message>
      <source>Enter sends, Shift+Enter starts a new line</source>
      <translation>Enter 发送，Shift+Enter 换行</translation>
    </message>
    <message>
      <source>Write a message</source>
      <translation>输入消息</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>消息</translation>
    </message>
    <message>
      <source>This text is too long for a message</source>
      <translation>文字太长，无法作为一条消息发送</translation>
    </message>
    <message>
      <source>%L1 characters; a message takes %L2.</source>
      <translation>共 %L1 个字符，一条消息最多 %L2 个。</translation>
    </message>
    <message>
      <source>Send as a file</source>
      <translation>作为文件发送</translation>
    </message>
    <message>
      <source>text %1.txt</source>
      <translation>文字 %1.txt</translation>
    </message>
    <message>
      <source>The file could not be written: %1</source>
      <translation>无法写入文件：%1</translation>
    </message>
    <message>
      <source>Enter sends</source>
      <translation>按 Enter 发送</translation>
    </message>
    <message>
      <source>Ctrl+Enter sends</source>
      <translation>按 Ctrl+Enter 发送</translation>
    </message>
    <message>
      <source>Spelling cannot be checked: install the packages hunspell and hunspell-en-us.</source>
      <translation>无法检查拼写：请安装软件包 hunspell 和 hunspell-en-us。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ContextBar</name>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::EmojiPanel</name>
    <message>
      <source>Search emoji</source>
      <translation>搜索表情</translation>
    </message>
    <message>
      <source>Emoji</source>
      <translation>表情</translation>
    </message>
    <message>
      <source>Recent</source>
      <translation>最近使用</translation>
    </message>
    <message>
      <source>Nothing found. Try another word.</source>
      <translation>没有找到，换个词试试。</translation>
    </message>
    <message>
      <source>The emoji that you use come here.</source>
      <translation>用过的表情会出现在这里。</translation>
    </message>
  </context>
  <context>
    <name>EmojiWords</name>
    <message>
      <source>Smileys</source>
      <translation>笑脸</translation>
    </message>
    <message>
      <source>Gestures and people</source>
      <translation>手势与人物</translation>
    </message>
    <message>
      <source>Hearts and signs</source>
      <translation>爱心与符号</translation>
    </message>
    <message>
      <source>Animals and nature</source>
      <translation>动物与自然</translation>
    </message>
    <message>
      <source>Food and drink</source>
      <translation>食物与饮料</translation>
    </message>
    <message>
      <source>Things and places</source>
      <translation>物品与地点</translation>
    </message>
  </context>
  <context>
    <name>ExportWords</name>
    <message>
      <source>Chat with %1 (%2), written on %3</source>
      <translation>与 %1（%2）的聊天记录，导出于 %3</translation>
    </message>
    <message>
      <source>The file could not be written: %1</source>
      <translation>无法写入文件：%1</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::FileSending</name>
    <message>
      <source>This server takes no files.</source>
      <translation>此服务器不接收文件。</translation>
    </message>
    <message>
      <source>%1 is too large: the server takes at most %2.</source>
      <translation>%1 太大：服务器最多接收 %2。</translation>
    </message>
    <message>
      <source>Send files</source>
      <translation>发送文件</translation>
    </message>
    <message>
      <source>At most %1 files at once.</source>
      <translation>一次最多 %1 个文件。</translation>
    </message>
    <message>
      <source>There is no file in the folder %1.</source>
      <translation>文件夹 %1 里没有文件。</translation>
    </message>
    <message>
      <source>Each file goes as a message of its own.</source>
      <translation>每个文件单独作为一条消息发送。</translation>
    </message>
    <message>
      <source>Too large for the server, which takes at most %1, and not sent: %2.</source>
      <translation>服务器最多接收 %1，因太大而不发送的文件：%2 个。</translation>
    </message>
    <message>
      <source>Send the folder?</source>
      <translation>发送文件夹？</translation>
    </message>
    <message>
      <source>Send</source>
      <translation>发送</translation>
    </message>
    <message>
      <source>%1: %2 files, %3</source>
      <translation>%1：%2 个文件，%3</translation>
    </message>
  </context>
  <context>
    <name>FileWords</name>
    <message>
      <source>Download</source>
      <translation>下载</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>打开所在文件夹</translation>
    </message>
    <message>
      <source>Save as…</source>
      <translation>另存为…</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>Waiting · %1</source>
      <translation>等待中 · %1</translation>
    </message>
    <message>
      <source>%1 of %2 · %3/s</source>
      <translation>%1 / %2 · %3/秒</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>失败</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>已取消</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Paused · %1</source>
      <translation>已暂停 · %1</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ForwardDialog</name>
    <message>
      <source>Nobody of that name.</source>
      <translation>没有叫这个名字的人。</translation>
    </message>
    <message>
      <source>Forward the message</source>
      <translation>转发消息</translation>
    </message>
    <message>
      <source>Forward %1 messages</source>
      <translation>转发 %1 条消息</translation>
    </message>
    <message>
      <source>Search friends</source>
      <translation>搜索好友</translation>
    </message>
    <message>
      <source>Friends</source>
      <translation>好友</translation>
    </message>
    <message>
      <source>Forward</source>
      <translation>转发</translation>
    </message>
    <message>
      <source>At most %1 people at once.</source>
      <translation>一次最多选 %1 人。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::HistoryHits</name>
    <message>
      <source>%1, %2, %3</source>
      <translation>%1，%2，%3</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::HistoryWindow</name>
    <message>
      <source>Message history</source>
      <translation>消息记录</translation>
    </message>
    <message>
      <source>Only between these days</source>
      <translation>只看这段日期</translation>
    </message>
    <message>
      <source>Days with messages</source>
      <translation>有消息的日期</translation>
    </message>
    <message>
      <source>Days with messages are marked. A click shows the day.</source>
      <translation>有消息的日期已标出，点击即可跳转。</translation>
    </message>
    <message>
      <source>&amp;Chat</source>
      <translation>聊天(&amp;C)</translation>
    </message>
    <message>
      <source>&amp;Written by</source>
      <translation>发送人(&amp;W)</translation>
    </message>
    <message>
      <source>First day</source>
      <translation>起始日期</translation>
    </message>
    <message>
      <source>Last day</source>
      <translation>结束日期</translation>
    </message>
    <message>
      <source>Search messages</source>
      <translation>搜索消息</translation>
    </message>
    <message>
      <source>Messages found</source>
      <translation>找到的消息</translation>
    </message>
    <message>
      <source>Export this chat…</source>
      <translation>导出此聊天…</translation>
    </message>
    <message>
      <source>All chats</source>
      <translation>全部聊天</translation>
    </message>
    <message>
      <source>Anybody</source>
      <translation>任何人</translation>
    </message>
    <message>
      <source>Me</source>
      <translation>我</translation>
    </message>
    <message>
      <source>No messages</source>
      <translation>没有消息</translation>
    </message>
    <message>
      <source>Nothing was said here in that time.</source>
      <translation>这段时间里没有消息。</translation>
    </message>
    <message>
      <source>Nothing found</source>
      <translation>没有找到</translation>
    </message>
    <message>
      <source>Try fewer or other words, or all chats.</source>
      <translation>换个词，或在全部聊天中搜索。</translation>
    </message>
    <message>
      <source>More than %1, the newest first</source>
      <translation>超过 %1 条，最新的在前</translation>
    </message>
    <message>
      <source>%1 found, the newest first</source>
      <translation>找到 %1 条，最新的在前</translation>
    </message>
    <message>
      <source>Nothing was said on that day or later.</source>
      <translation>这一天及以后没有消息。</translation>
    </message>
    <message>
      <source>Web page (*.html)</source>
      <translation>网页 (*.html)</translation>
    </message>
    <message>
      <source>Plain text (*.txt)</source>
      <translation>纯文本 (*.txt)</translation>
    </message>
    <message>
      <source>Export this chat</source>
      <translation>导出此聊天</translation>
    </message>
    <message>
      <source>Written to %1</source>
      <translation>已导出到 %1</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::MessageActions</name>
    <message>
      <source>Copy selection</source>
      <translation>复制选中文字</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Quote</source>
      <translation>引用</translation>
    </message>
    <message>
      <source>Forward…</source>
      <translation>转发…</translation>
    </message>
    <message>
      <source>Delete here</source>
      <translation>在本机删除</translation>
    </message>
    <message>
      <source>Choose several</source>
      <translation>多选</translation>
    </message>
    <message>
      <source>Send again</source>
      <translation>重新发送</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>编辑</translation>
    </message>
    <message>
      <source>Recall</source>
      <translation>撤回</translation>
    </message>
    <message>
      <source>React with %1</source>
      <translation>用 %1 回应</translation>
    </message>
    <message>
      <source>The file is not on this computer any more.</source>
      <translation>文件已不在本机。</translation>
    </message>
    <message>
      <source>No program opens %1</source>
      <translation>没有程序能打开 %1</translation>
    </message>
    <message>
      <source>Forwarded</source>
      <translation>已转发</translation>
    </message>
    <message>
      <source>Forwarded to %1 people</source>
      <translation>已转发给 %1 人</translation>
    </message>
    <message>
      <source>Delete this message here?</source>
      <translation>在本机删除这条消息？</translation>
    </message>
    <message>
      <source>Delete %1 messages here?</source>
      <translation>在本机删除 %1 条消息？</translation>
    </message>
    <message>
      <source>Only on this computer. The other side and your other devices keep what they have.</source>
      <translation>只从本机删除，对方和你的其他设备仍会保留。</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::MessageList</name>
    <message>
      <source>Sending</source>
      <translation>发送中</translation>
    </message>
    <message>
      <source>Sent</source>
      <translation>已发送</translation>
    </message>
    <message>
      <source>Delivered</source>
      <translation>已送达</translation>
    </message>
    <message>
      <source>Read</source>
      <translation>已读</translation>
    </message>
    <message>
      <source>Messages</source>
      <translation>消息</translation>
    </message>
    <message>
      <source>Loading older messages…</source>
      <translation>正在加载更早的消息…</translation>
    </message>
    <message>
      <source>%1 new</source>
      <translation>%1 条新消息</translation>
    </message>
    <message>
      <source>To the newest</source>
      <translation>回到最新</translation>
    </message>
    <message>
      <source>%1
%2</source>
      <translation>%1
%2</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::MessageWindow</name>
    <message>
      <source>%1, %2, %3</source>
      <translation>%1，%2，%3</translation>
    </message>
  </context>
  <context>
    <name>MessageWords</name>
    <message>
      <source>[Picture]</source>
      <translation>[图片]</translation>
    </message>
    <message>
      <source>[File] %1</source>
      <translation>[文件] %1</translation>
    </message>
    <message>
      <source>[Recalled message]</source>
      <translation>[已撤回的消息]</translation>
    </message>
    <message>
      <source>[Game] %1</source>
      <translation>[游戏] %1</translation>
    </message>
    <message>
      <source>You recalled a message</source>
      <translation>你撤回了一条消息</translation>
    </message>
    <message>
      <source>%1 recalled a message</source>
      <translation>%1 撤回了一条消息</translation>
    </message>
  </context>
  <context>
    <name>PeopleWords</name>
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
      <source>Offline</source>
      <translation>离线</translation>
    </message>
    <message>
      <source>Not in your friend list</source>
      <translation>不在你的好友列表中</translation>
    </message>
    <message>
      <source>Last seen %1</source>
      <translation>上次在线 %1</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::PictureViewer</name>
    <message>
      <source>Save as</source>
      <translation>另存为</translation>
    </message>
    <message>
      <source>The file could not be saved: %1</source>
      <translation>文件无法保存：%1</translation>
    </message>
    <message>
      <source>Picture %1</source>
      <translation>图片 %1</translation>
    </message>
    <message>
      <source>Smaller (-)</source>
      <translation>缩小 (-)</translation>
    </message>
    <message>
      <source>Larger (+)</source>
      <translation>放大 (+)</translation>
    </message>
    <message>
      <source>Fit to the window (0)</source>
      <translation>适合窗口 (0)</translation>
    </message>
    <message>
      <source>Rotate (R)</source>
      <translation>旋转 (R)</translation>
    </message>
    <message>
      <source>Save as… (Ctrl+S)</source>
      <translation>另存为… (Ctrl+S)</translation>
    </message>
    <message>
      <source>This picture cannot be shown.</source>
      <translation>无法显示此图片。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::ScreenCapture</name>
    <message>
      <source>The screen could not be captured.</source>
      <translation>无法截取屏幕。</translation>
    </message>
    <message>
      <source>The desktop offers no screen capture. Install xdg-desktop-portal and its part for your desktop.</source>
      <translation>桌面不支持截图。请安装 xdg-desktop-portal 及其对应桌面的组件。</translation>
    </message>
    <message>
      <source>The desktop's picture of the screen could not be read.</source>
      <translation>无法读取桌面提供的截图。</translation>
    </message>
  </context>
</TS>
