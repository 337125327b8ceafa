<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>queqiao::client::DownloadJob</name>
    <message>
      <source>The file cannot be written: %1</source>
      <translation>无法写入文件：%1</translation>
    </message>
    <message>
      <source>The download begins anew.</source>
      <translation>将重新开始下载。</translation>
    </message>
    <message>
      <source>The file is not the one that was sent; it was removed.</source>
      <translation>收到的文件与对方发送的不一致，已删除。</translation>
    </message>
    <message>
      <source>The file is larger than was said; it was not kept.</source>
      <translation>文件比声明的大，没有保留。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::History</name>
    <message>
      <source>[File] %1</source>
      <translation>[文件] %1</translation>
    </message>
    <message>
      <source>You recalled a message</source>
      <translation>您撤回了一条消息</translation>
    </message>
    <message>
      <source>Message recalled</source>
      <translation>对方撤回了一条消息</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::HttpTransfers</name>
    <message>
      <source>Cancelled.</source>
      <translation>已取消。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::SessionMessenger</name>
    <message>
      <source>A message was recalled here.</source>
      <translation>对方撤回了一条消息。</translation>
    </message>
    <message>
      <source>You shook %1's window.</source>
      <translation>您给 %1 发送了窗口抖动。</translation>
    </message>
    <message>
      <source>This machine could not store messages. Is its disk full?</source>
      <translation>本机无法保存消息，磁盘是否已满？</translation>
    </message>
    <message>
      <source>It cannot be delivered: there is no such account, or it takes nothing from you.</source>
      <translation>无法送达：此账号不存在，或者对方不接收您的消息。</translation>
    </message>
    <message>
      <source>The other side's account does not exist any more.</source>
      <translation>对方的账号已不存在。</translation>
    </message>
    <message>
      <source>%1 shook your window.</source>
      <translation>%1 给您发送了窗口抖动。</translation>
    </message>
    <message>
      <source>Messages cannot be stored here</source>
      <translation>消息无法保存到这台电脑</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::TransferJob</name>
    <message>
      <source>The server does not take files of this size.</source>
      <translation>服务器不接受这么大的文件。</translation>
    </message>
    <message>
      <source>The file is not on the server any more.</source>
      <translation>文件已不在服务器上。</translation>
    </message>
    <message>
      <source>The server does not allow it.</source>
      <translation>服务器不允许此操作。</translation>
    </message>
    <message>
      <source>The server has no space left.</source>
      <translation>服务器空间不足。</translation>
    </message>
    <message>
      <source>The server refused it (HTTP %1).</source>
      <translation>服务器拒绝了请求（HTTP %1）。</translation>
    </message>
    <message>
      <source>The server's certificate cannot be trusted.</source>
      <translation>服务器的证书不可信。</translation>
    </message>
    <message>
      <source>The connection stood still.</source>
      <translation>连接停滞，没有数据传输。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::UploadJob</name>
    <message>
      <source>The file cannot be read: %1</source>
      <translation>无法读取文件：%1</translation>
    </message>
    <message>
      <source>The file is empty.</source>
      <translation>文件是空的。</translation>
    </message>
    <message>
      <source>The file cannot be read.</source>
      <translation>无法读取文件。</translation>
    </message>
    <message>
      <source>The server takes no files.</source>
      <translation>服务器不支持发送文件。</translation>
    </message>
    <message>
      <source>The file is larger than the %1 MiB that the server takes.</source>
      <translation>文件超过了服务器允许的 %1 MiB。</translation>
    </message>
    <message>
      <source>The server's answer is not understood.</source>
      <translation>无法理解服务器的答复。</translation>
    </message>
    <message>
      <source>The upload begins anew.</source>
      <translation>将重新开始上传。</translation>
    </message>
  </context>
</TS>
