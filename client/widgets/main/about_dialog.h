#pragma once

#include <QDialog>

namespace queqiao::client {

class AboutDialog final : public QDialog {
  Q_OBJECT

 public:
  explicit AboutDialog(QWidget* parent);  // deletes itself
};

}  // namespace queqiao::client
