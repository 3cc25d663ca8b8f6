// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/takeover.h"

#include "widgets/messagebox.h"
#include "widgets/plaintext.h"

#include <QMessageBox>
#include <QPushButton>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

//! A process of another computer or container may have the number of one of ours.
qint64 processHere(const Owner &owner)
{
    return owner.host == QSysInfo::machineHostName() ? owner.worker : 0;
}

} // namespace

TakeOver::TakeOver(Owner owner, SecondStart::Answer answer, QObject *parent)
    : QObject(parent)
    , m_owner(std::move(owner))
    , m_answer(answer)
    , m_stop(processHere(m_owner), m_owner.started)
    , m_box(makeMessageBox(tr("Latchkey"), headline()))
{
    m_box->setInformativeText(details());
    const QPushButton *stops = m_stop.isPossible()
        ? m_box->addButton(tr("Stop it and open Latchkey"), QMessageBox::AcceptRole)
        : nullptr;
    m_box->addButton(stops ? QMessageBox::Cancel : QMessageBox::Close);
    connect(m_box.get(), &QDialog::finished, this, [this, stops] {
        if (stops && m_box->clickedButton() == stops)
            stop();
        else
            Q_EMIT declined();
    });
    connect(&m_stop, &ProcessStop::ended, this, &TakeOver::ended);
}

TakeOver::~TakeOver() = default;

void TakeOver::ask()
{
    m_box->open();
}

QString TakeOver::headline() const
{
    const QString who = m_owner.program == "latchkeyd"_L1 ? u"latchkeyd"_s : tr("Latchkey");
    if (!m_stop.isPossible()) {
        return m_answer == SecondStart::Answer::Refused
            ? tr("Another program keeps your sessions already.")
            : tr("%1 is running already, but does not answer.").arg(who);
    }
    return m_answer == SecondStart::Answer::Refused
        ? tr("%1 keeps your sessions. Stop it and open Latchkey?").arg(who)
        : tr("%1 does not answer. Stop it and open Latchkey?").arg(who);
}

QString TakeOver::details() const
{
    const QString process = QString::number(m_owner.pid);
    if (!m_stop.isPossible()) {
        const QString address = escaped(m_owner.address);
        return m_owner.pid > 0
            ? tr("It is process %1, which listens at %2. End it and start Latchkey again.")
                  .arg(process, address)
            : tr("It listens at %1. End it and start Latchkey again.").arg(address);
    }
    return m_answer == SecondStart::Answer::Refused
        ? tr("Only one program can keep them. latchkeyctl works with either, and sessions that are "
             "kept on this computer go on.")
        : tr("It is process %1. Sessions that are kept on this computer go on.").arg(process);
}

//! A box closes with each press of a button, so it opens anew to say what is going on.
void TakeOver::stop()
{
    m_box->disconnect(this);
    m_box = makeMessageBox(tr("Latchkey"), tr("Waiting for it to end…"));
    m_box->addButton(QMessageBox::Cancel);
    connect(m_box.get(), &QDialog::finished, this, &TakeOver::declined);
    m_box->open();
    m_stop.begin();
}

} // namespace latchkey::ui
