#include "client/widgets/main/about_dialog.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "client/widgets/confirm.h"
#include "client/widgets/icons.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("About Queqiao"));
  auto* picture = new QLabel;
  picture->setPixmap(program_icon().pixmap(80, 80));
  auto* name = new QLabel(QStringLiteral("Queqiao 鹊桥 %1").arg(QUEQIAO_VERSION));
  set_kind(*name, "title");
  auto* text =
      new QLabel(tr("The bridge of magpies on which two people meet. Chats over XMPP, with a server of your own."));
  auto* parts = new QLabel(tr("Made with Qt %1. Emoji and letters: Noto fonts.").arg(qVersion()));
  auto* close = new QPushButton(tr("Close"));
  set_kind(*close, "primary");
  set_kind(*parts, "small");
  for (auto* label : {picture, name, text, parts}) {
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(32, 24, 32, 20);
  column->setSpacing(12);
  for (auto* label : {picture, name, text, parts}) column->addWidget(label);
  column->addSpacing(4);
  column->addWidget(close, 0, Qt::AlignHCenter);
  connect(close, &QPushButton::clicked, this, &QDialog::accept);
  setMinimumWidth(360);
  fit_height(this);
}

}  // namespace queqiao::client
