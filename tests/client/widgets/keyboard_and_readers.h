#pragma once

#include <QAbstractItemView>
#include <QAccessible>
#include <QPointer>
#include <QTest>
#include <QWidget>
#include <memory>

namespace queqiao::client::test {

inline QString accessible_name(QWidget* widget) {
  const auto* interface = QAccessible::queryAccessibleInterface(widget);
  return interface ? interface->text(QAccessible::Name) : QString();
}

// What the keyboard reaches in `window` and a screen reader has no name for: controls, and rows of lists.
inline QString nameless_controls(const QWidget& window) {
  QStringList nameless;
  for (auto* widget : window.findChildren<QWidget*>()) {
    // Parts that Qt makes for itself stand for the control around them, which has the name.
    const bool is_part = widget->objectName().startsWith(QLatin1String("qt_")) || widget->focusProxy();
    const bool is_reached = widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus);
    if (!is_reached || is_part) continue;
    const QString type = QString::fromLatin1(widget->metaObject()->className());
    if (accessible_name(widget).isEmpty()) nameless << type + u' ' + widget->objectName();
    const auto* list = qobject_cast<const QAbstractItemView*>(widget);
    for (int row = 0; list && list->model() && row < list->model()->rowCount(list->rootIndex()); ++row) {
      const QModelIndex index = list->model()->index(row, 0, list->rootIndex());
      const bool has_name =
          !index.data(Qt::AccessibleTextRole).toString().isEmpty() || !index.data().toString().isEmpty();
      if (!has_name) nameless << type + QStringLiteral(" row %1").arg(row);
    }
  }
  return nameless.join(QStringLiteral(", "));
}

// Shows `window`, and presses Esc.
inline bool closes_on_escape(QWidget& window) {
  window.show();
  window.activateWindow();
  if (!QTest::qWaitForWindowActive(&window)) return false;
  QWidget* at = window.focusWidget() ? window.focusWidget() : &window;
  QTest::keyClick(at, Qt::Key_Escape);
  return !window.isVisible();
}

}  // namespace queqiao::client::test
