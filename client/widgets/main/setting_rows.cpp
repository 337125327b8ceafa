#include "client/widgets/main/setting_rows.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

SettingRows::SettingRows(Settings& settings, QWidget* parent)
    : QWidget(parent), settings_(settings), column_(new QVBoxLayout(this)) {
  column_->setContentsMargins(24, 20, 24, 20);
  column_->setSpacing(10);
}

void SettingRows::add_heading(Words text) {
  auto* label = new QLabel;
  set_kind(*label, "heading");
  if (column_->count() > 0) column_->addSpacing(10);
  column_->addWidget(label);
  follow_language(label, [=] { label->setText(text()); });
}

void SettingRows::add_note(Words text) {
  auto* label = new QLabel;
  set_kind(*label, "small");
  label->setWordWrap(true);
  column_->addWidget(label);
  follow_language(label, [=] { label->setText(text()); });
}

void SettingRows::add_check(const char* key, Words text) {
  auto* box = new QCheckBox;
  column_->addWidget(box);
  follow_language(box, [=] { box->setText(text()); });
  follow(key, box, [=, this] { box->setChecked(settings_.flag(key)); });
  connect(box, &QCheckBox::clicked, this, [=, this](bool is_on) { settings_.set_value(key, is_on); });
}

void SettingRows::add_choice(const char* key, Words text, const QList<Choice>& choices) {
  auto* box = new QComboBox;
  for (const auto& choice : choices) box->addItem(QString(), choice.value);
  follow_language(box, [=] {
    for (int row = 0; row < choices.size(); ++row) box->setItemText(row, choices[row].name());
    box->setAccessibleName(text());
  });
  follow(key, box, [=, this] { box->setCurrentIndex(qMax(0, box->findData(settings_.value(key)))); });
  connect(box, &QComboBox::activated, this, [=, this](int row) { settings_.set_value(key, choices[row].value); });
  add_row(text, box);
}

void SettingRows::add_number(const char* key, Words text, int least, int most, int step, Words suffix, Words zero) {
  auto* box = new QSpinBox;
  box->setRange(least, most);
  box->setSingleStep(step);
  follow_language(box, [=] {
    box->setSuffix(suffix());
    if (zero) box->setSpecialValueText(zero());
    box->setAccessibleName(text());
  });
  follow(key, box, [=, this] { box->setValue(settings_.number(key)); });
  box->setKeyboardTracking(false);
  connect(box, &QSpinBox::valueChanged, this, [=, this](int value) { settings_.set_value(key, value); });
  add_row(text, box);
}

void SettingRows::add_folder(const char* key, Words text) {
  auto* field = new QWidget;
  auto* line = new QLineEdit;
  auto* choose = new QPushButton;
  auto* row = new QHBoxLayout(field);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(line, 1);
  row->addWidget(choose);
  line->setReadOnly(true);
  follow_language(field, [=] {
    choose->setText(tr("Change…"));
    line->setAccessibleName(text());
  });
  follow(key, field, [=, this] {
    line->setText(settings_.text(key));
    line->setToolTip(settings_.text(key));
  });
  connect(choose, &QPushButton::clicked, this, [=, this] {
    const QString folder = QFileDialog::getExistingDirectory(this, text(), settings_.text(key));
    if (!folder.isEmpty()) settings_.set_value(key, folder);
  });
  add_row(text, field);
}

void SettingRows::add_text(const char* key, Words text, const QString& placeholder) {
  auto* line = new QLineEdit;
  line->setPlaceholderText(placeholder);
  follow_language(line, [=] { line->setAccessibleName(text()); });
  follow(key, line, [=, this] {
    if (line->text() != settings_.text(key)) line->setText(settings_.text(key));
  });
  connect(line, &QLineEdit::editingFinished, this, [=, this] { settings_.set_value(key, line->text().trimmed()); });
  add_row(text, line);
}

void SettingRows::add_button(Words text, const char* kind, std::function<void()> clicked) {
  auto* button = new QPushButton;
  set_kind(*button, kind);
  column_->addWidget(button, 0, Qt::AlignLeft);
  follow_language(button, [=] { button->setText(text()); });
  connect(button, &QPushButton::clicked, this, std::move(clicked));
}

void SettingRows::add_widget(QWidget* widget, int stretch) {
  column_->addWidget(widget, stretch);
}

void SettingRows::finish() {
  column_->addStretch();
}

void SettingRows::add_row(const Words& text, QWidget* field) {
  auto* label = new QLabel;
  label->setBuddy(field);
  label->setWordWrap(true);
  auto* row = new QHBoxLayout;
  row->addWidget(label, 2);
  row->addWidget(field, 3);
  column_->addLayout(row);
  follow_language(label, [=] { label->setText(text()); });
}

void SettingRows::follow(const char* key, QWidget* field, std::function<void()> show) {
  show();
  connect(&settings_, &Settings::changed, field, [=](const QString& changed) {
    if (changed == QLatin1String(key)) show();
  });
}

}  // namespace queqiao::client
