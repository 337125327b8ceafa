#include "tests/client/widgets/main/sample_people.h"

#include "client/widgets/main/avatar_picker.h"

namespace queqiao::client::test {

namespace {

struct Sample {
  const char* jid;
  const char* nickname;
  const char* remark;
  const char* group;
  Status status;
  const char* signature;
  int avatar;  // of the gallery; -1: none
};

const Sample samples[] = {
    {"10023@example.org", "小鱼儿", "李小雨", "家人", Status::online, "今天的晚霞真好看 🌇", 2},
    {"10007@example.org", "老王", "爸爸", "家人", Status::away, "", 3},
    {"10008@example.org", "芳姐", "妈妈", "家人", Status::offline, "平安是福", 10},
    {"10112@example.org", "Zhang Wei", "", "同事", Status::busy, "In a meeting until 16:00", 5},
    {"emma@example.org", "Emma", "", "同事", Status::online, "On the road to Hangzhou 🚄", 0},
    {"10131@example.org", "陈晨", "", "同事", Status::offline, "", -1},
    {"10140@example.org", "Liu Yang", "", "同事", Status::offline, "Gone fishing", -1},
    {"10205@example.org", "月半弯", "班长", "大学同学", Status::online, "长风破浪会有时，直挂云帆济沧海", 14},
    {"10206@example.org", "Noah", "", "大学同学", Status::offline, "", 17},
    {"10301@example.org", "阿木", "", "", Status::online, "", 16},
};

void add_friends(FakeAccount& account) {
  const auto gallery = AvatarPicker::gallery();
  for (const auto& sample : samples) {
    Contact contact;
    contact.jid = sample.jid;
    contact.nickname = QString::fromUtf8(sample.nickname);
    contact.remark = QString::fromUtf8(sample.remark);
    if (*sample.group) contact.groups = {QString::fromUtf8(sample.group)};
    contact.status = sample.status;
    contact.signature = QString::fromUtf8(sample.signature);
    contact.is_friend = true;
    contact.device = sample.status == Status::online ? "Queqiao" : "";
    account.fake_roster.put(contact);
    if (sample.avatar < 0) continue;
    account.fake_profiles.put_avatar(contact.jid, AvatarPicker::gallery_picture(gallery[sample.avatar], 192));
  }
}

void say(FakeAccount& account, const QString& jid, const char* text, int minutes_ago) {
  Message message;
  message.chat = message.sender = jid;
  message.text = QString::fromUtf8(text);
  message.time = QDateTime::currentDateTime().addSecs(-60LL * minutes_ago);
  account.fake_history.add(message);
}

void add_chats(FakeAccount& account) {
  say(account, "10206@example.org", "See you on Sunday!", 60 * 24 * 9);
  account.messenger().mark_read("10206@example.org");
  say(account, "10131@example.org", "文件收到了，谢谢", 60 * 26);
  account.messenger().mark_read("10131@example.org");
  say(account, "10112@example.org", "The build is green again 🎉", 95);
  say(account, "10205@example.org", "周六的同学会你来吗？", 42);
  say(account, "10205@example.org", "大家都到齐了就差你", 41);
  say(account, "emma@example.org", "Look at this picture from the lake", 12);
  account.messenger().mark_read("emma@example.org");
  say(account, "10023@example.org", "晚饭吃什么？", 2);
  account.history().set_muted("10112@example.org", true);
  account.history().set_pinned("10205@example.org", true);
  account.history().set_draft("emma@example.org", "That is beautiful");
}

}  // namespace

std::unique_ptr<FakeAccount> account_with_people() {
  auto account = std::make_unique<FakeAccount>();
  for (const char* group : {"家人", "同事", "大学同学"}) account->fake_roster.add_group(QString::fromUtf8(group));
  add_friends(*account);
  add_chats(*account);
  account->fake_roster.ask({"10777@example.org", QStringLiteral("赵大海"), QStringLiteral("你好，我是隔壁班的大海"),
                            QDateTime::currentDateTime().addSecs(-1800)});
  Profile own;
  own.nickname = QStringLiteral("喜鹊");
  own.city = QStringLiteral("杭州");
  own.gender = Gender::female;
  own.birthday = QDate(1999, 8, 4);
  account->fake_profiles.put(account->jid(), own);
  account->fake_profiles.put_avatar(account->jid(), AvatarPicker::gallery_picture(AvatarPicker::gallery()[13], 192));
  Profile friends_profile;
  friends_profile.nickname = QStringLiteral("小鱼儿");
  friends_profile.full_name = QStringLiteral("李小雨");
  friends_profile.city = QStringLiteral("苏州");
  friends_profile.gender = Gender::female;
  friends_profile.birthday = QDate(1998, 3, 14);
  friends_profile.about = QStringLiteral("喜欢摄影、骑行和一切有海的地方。");
  account->fake_profiles.put("10023@example.org", friends_profile);
  account->set_signature(QStringLiteral("纤云弄巧，飞星传恨"));
  account->fake_people_search.people = {
      {"10412@example.org", "Daniel", "Daniel Chen", "Shanghai", Gender::male, 27, true},
      {"10413@example.org", QStringLiteral("丹丹"), "", QStringLiteral("北京"), Gender::female, 0, false},
      {"dana@example.org", "Dana", "", "", Gender::unknown, 0, true}};
  return account;
}

}  // namespace queqiao::client::test
