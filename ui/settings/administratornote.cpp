// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "settings/administratornote.h"

#include "widgets/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

AdministratorNote::AdministratorNote(const QList<QWidget *> &controls, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(tr("Set by your administrator")))
{
    m_text->setWordWrap(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(makeLock());
    layout->addWidget(m_text, 1);
    for (QWidget *control : controls)
        m_controls.insert(control, {control->accessibleDescription()});
    hide();
}

QLabel *AdministratorNote::makeLock()
{
    auto *lock = new QLabel;
    lock->setToolTip(m_text->text());
    m_locks.append(lock);
    draw(*lock);
    return lock;
}

void AdministratorNote::draw(QLabel &lock) const
{
    const QSize size = QSize(1, 1) * fontMetrics().height();
    lock.setPixmap(actionIcon(u"lock"_s).pixmap(size, devicePixelRatio()));
}

void AdministratorNote::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    for (QLabel *lock : std::as_const(m_locks))
        draw(*lock);
}

QHBoxLayout *AdministratorNote::marked(QWidget *control, QWidget *field)
{
    QLabel *mark = makeLock();
    mark->hide();
    m_controls[control].mark = mark;
    auto *layout = new QHBoxLayout;
    layout->addWidget(field ? field : control, 1);
    layout->addWidget(mark);
    return layout;
}

void AdministratorNote::setFixed(bool isFixed)
{
    const QList<QWidget *> controls = m_controls.keys();
    for (QWidget *control : controls)
        setFixed(control, isFixed);
}

void AdministratorNote::setFixed(QWidget *control, bool isFixed)
{
    Control &known = m_controls[control];
    known.isFixed = isFixed;
    control->setDisabled(isFixed);
    const QString both =
        known.description.isEmpty() ? m_text->text() : m_text->text() + u". "_s + known.description;
    control->setAccessibleDescription(isFixed ? both : known.description);
    if (known.mark)
        known.mark->setVisible(isFixed);
    setVisible(std::ranges::any_of(m_controls, &Control::isFixed));
}

} // namespace latchkey::ui
