<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
  <context>
    <name>queqiao::client::ChanceWindow</name>
    <message>
      <source>Throw</source>
      <translation>掷</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>暂不</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Waiting for %1…</source>
      <translation>正在等待 %1…</translation>
    </message>
    <message>
      <source>%1 invites you. Your choice?</source>
      <translation>%1 邀请你，你出什么？</translation>
    </message>
    <message>
      <source>Not played</source>
      <translation>没有开始</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>已取消</translation>
    </message>
    <message>
      <source>Both have chosen. Showing…</source>
      <translation>双方都已选定，正在揭晓…</translation>
    </message>
    <message>
      <source>What was shown is not what was chosen: you lose</source>
      <translation>揭晓的与选定的不一致，判你负</translation>
    </message>
    <message>
      <source>%1 showed something else than was chosen, and loses</source>
      <translation>%1 揭晓的与选定的不一致，判负</translation>
    </message>
    <message>
      <source>A draw</source>
      <translation>平局</translation>
    </message>
    <message>
      <source>You have won!</source>
      <translation>你赢了！</translation>
    </message>
    <message>
      <source>%1 has won</source>
      <translation>%1 赢了</translation>
    </message>
    <message>
      <source>✊ Rock</source>
      <translation>✊ 石头</translation>
    </message>
    <message>
      <source>✋ Paper</source>
      <translation>✋ 布</translation>
    </message>
    <message>
      <source>✌️ Scissors</source>
      <translation>✌️ 剪刀</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::Face</name>
    <message>
      <source>Not known yet</source>
      <translation>尚未揭晓</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::GameWindow</name>
    <message>
      <source>%1 with %2</source>
      <translation>与 %2 的%1</translation>
    </message>
    <message>
      <source>Play again</source>
      <translation>再来一局</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::GameWindows</name>
    <message>
      <source>%1 would like to play: %2</source>
      <translation>%1 想和你玩：%2</translation>
    </message>
    <message>
      <source>The beginning of this game is not on this machine yet. Scroll back in the chat to load it.</source>
      <translation>这局游戏的开头还不在本机，请在聊天中向上翻以加载。</translation>
    </message>
  </context>
  <context>
    <name>Games</name>
    <message>
      <source>shall we play?</source>
      <translation>来一局？</translation>
    </message>
    <message>
      <source>let's play</source>
      <translation>开始吧</translation>
    </message>
    <message>
      <source>not now</source>
      <translation>现在不方便</translation>
    </message>
    <message>
      <source>may I take my move back?</source>
      <translation>可以悔棋吗？</translation>
    </message>
    <message>
      <source>take it back</source>
      <translation>同意悔棋</translation>
    </message>
    <message>
      <source>no taking back</source>
      <translation>不同意悔棋</translation>
    </message>
    <message>
      <source>I offer a draw</source>
      <translation>提议和棋</translation>
    </message>
    <message>
      <source>a draw it is</source>
      <translation>同意和棋</translation>
    </message>
    <message>
      <source>no draw</source>
      <translation>不同意和棋</translation>
    </message>
    <message>
      <source>I resign</source>
      <translation>我认输</translation>
    </message>
    <message>
      <source>my time is up</source>
      <translation>我的时间用完了</translation>
    </message>
    <message>
      <source>Gomoku</source>
      <translation>五子棋</translation>
    </message>
    <message>
      <source>Chinese chess</source>
      <translation>中国象棋</translation>
    </message>
    <message>
      <source>Dice</source>
      <translation>掷骰子</translation>
    </message>
    <message>
      <source>Rock, paper, scissors</source>
      <translation>石头剪刀布</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::GomokuView</name>
    <message>
      <source>Gomoku board</source>
      <translation>五子棋棋盘</translation>
    </message>
    <message>
      <source>%1, empty</source>
      <translation>%1，空</translation>
    </message>
    <message>
      <source>%1, black</source>
      <translation>%1，黑子</translation>
    </message>
    <message>
      <source>%1, white</source>
      <translation>%1，白子</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::MatchWindow</name>
    <message>
      <source>Play</source>
      <translation>开始</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>暂不</translation>
    </message>
    <message>
      <source>Allow</source>
      <translation>同意</translation>
    </message>
    <message>
      <source>Refuse</source>
      <translation>拒绝</translation>
    </message>
    <message>
      <source>Accept draw</source>
      <translation>同意和棋</translation>
    </message>
    <message>
      <source>Play on</source>
      <translation>继续下</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>悔棋</translation>
    </message>
    <message>
      <source>Offer a draw</source>
      <translation>求和</translation>
    </message>
    <message>
      <source>Resign</source>
      <translation>认输</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>They would like to take their move back.</source>
      <translation>对方请求悔棋。</translation>
    </message>
    <message>
      <source>They offer a draw.</source>
      <translation>对方提议和棋。</translation>
    </message>
    <message>
      <source>Shall we play?</source>
      <translation>来一局？</translation>
    </message>
    <message>
      <source>Waiting for %1 to accept…</source>
      <translation>正在等待 %1 接受…</translation>
    </message>
    <message>
      <source>%1 invites you</source>
      <translation>%1 邀请你</translation>
    </message>
    <message>
      <source>%1 does not want to play now</source>
      <translation>%1 现在不想玩</translation>
    </message>
    <message>
      <source>You did not want to play</source>
      <translation>你没有接受</translation>
    </message>
    <message>
      <source>Waiting for the answer of %1…</source>
      <translation>正在等待 %1 答复…</translation>
    </message>
    <message>
      <source>Check! It is the turn of %1</source>
      <translation>将军！轮到 %1</translation>
    </message>
    <message>
      <source>It is the turn of %1</source>
      <translation>轮到 %1</translation>
    </message>
    <message>
      <source>You are in check. It is your turn</source>
      <translation>你被将军，轮到你</translation>
    </message>
    <message>
      <source>It is your turn</source>
      <translation>轮到你</translation>
    </message>
    <message>
      <source>five in a row</source>
      <translation>五子连珠</translation>
    </message>
    <message>
      <source>the board is full</source>
      <translation>棋盘已满</translation>
    </message>
    <message>
      <source>checkmate</source>
      <translation>将死</translation>
    </message>
    <message>
      <source>no move is left</source>
      <translation>困毙</translation>
    </message>
    <message>
      <source>the third repetition</source>
      <translation>三次重复局面</translation>
    </message>
    <message>
      <source>perpetual check loses</source>
      <translation>长将判负</translation>
    </message>
    <message>
      <source>60 moves without a capture</source>
      <translation>六十回合无吃子</translation>
    </message>
    <message>
      <source>resigned</source>
      <translation>认输</translation>
    </message>
    <message>
      <source>agreed</source>
      <translation>双方同意</translation>
    </message>
    <message>
      <source>the time was up</source>
      <translation>超时</translation>
    </message>
    <message>
      <source>both resigned</source>
      <translation>双方同时认输</translation>
    </message>
    <message>
      <source>A draw: %1</source>
      <translation>和棋：%1</translation>
    </message>
    <message>
      <source>You have won: %1</source>
      <translation>你赢了：%1</translation>
    </message>
    <message>
      <source>%1 has won: %2</source>
      <translation>%1 赢了：%2</translation>
    </message>
    <message>
      <source>Give this game up? %1 wins then.</source>
      <translation>要认输吗？那么 %1 获胜。</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::NewGameDialog</name>
    <message>
      <source>Play with %1</source>
      <translation>与 %1 玩游戏</translation>
    </message>
    <message>
      <source>I move first</source>
      <translation>我先走</translation>
    </message>
    <message>
      <source>They move first</source>
      <translation>对方先走</translation>
    </message>
    <message>
      <source>No limit</source>
      <translation>不限时</translation>
    </message>
    <message numerus="yes">
      <source>%n minute(s) each</source>
      <translation>
        <numerusform>每方 %n 分钟</numerusform>
      </translation>
    </message>
    <message>
      <source>Who begins</source>
      <translation>谁先走</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>时间</translation>
    </message>
    <message>
      <source>Rock</source>
      <translation>石头</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>布</translation>
    </message>
    <message>
      <source>Scissors</source>
      <translation>剪刀</translation>
    </message>
    <message>
      <source>Your choice, hidden until both have chosen</source>
      <translation>你的选择（双方都选定后才揭晓）</translation>
    </message>
    <message>
      <source>Invite</source>
      <translation>邀请</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::PlayerBar</name>
    <message>
      <source>You</source>
      <translation>我</translation>
    </message>
    <message>
      <source>Black, moves first</source>
      <translation>黑方，先走</translation>
    </message>
    <message>
      <source>White</source>
      <translation>白方</translation>
    </message>
    <message>
      <source>Red, moves first</source>
      <translation>红方，先走</translation>
    </message>
    <message>
      <source>Black</source>
      <translation>黑方</translation>
    </message>
    <message>
      <source>Time left: %1</source>
      <translation>剩余时间：%1</translation>
    </message>
  </context>
  <context>
    <name>queqiao::client::XiangqiView</name>
    <message>
      <source>Chinese chess board</source>
      <translation>中国象棋棋盘</translation>
    </message>
    <message>
      <source>%1, empty</source>
      <translation>%1，空</translation>
    </message>
    <message>
      <source>%1, red %2</source>
      <translation>%1，红%2</translation>
    </message>
    <message>
      <source>%1, black %2</source>
      <translation>%1，黑%2</translation>
    </message>
  </context>
</TS>
