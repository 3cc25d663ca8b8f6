// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "shell/takeover.h"

#include "widgets/messagebox.h"
#include "widgets/plaintext.h"

#include <QClipboard>
#include <QGuiApplication>
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

//! What ends the other one by its own name, and nothing else that has its number by now. Empty
//! where there is no such thing.
QString commandFor(const Owner &owner)
{
    return owner.program == "latchkeyd"_L1 ? u"systemctl --user stop latchkeyd"_s : QString();
}

QString paragraphs(const QString &first, const QString &second)
{
    return first + u"\n\n"_s + second;
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
    const bool canStop = m_stop.isPossible();
    const QPushButton *goesOn = m_box->addButton(
        canStop ? tr("Stop it and open Latchkey") : tr("Try again"), QMessageBox::AcceptRole);
    m_box->addButton(canStop ? QMessageBox::Cancel : QMessageBox::Close);
    if (!canStop)
        offerCommand();
    connect(m_box.get(), &QDialog::finished, this, [this, canStop, goesOn] {
        if (m_box->clickedButton() != goesOn)
            Q_EMIT declined();
        else
            canStop ? stop() : Q_EMIT retried();
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
        const QString other = m_owner.pid > 0
            ? tr("It is process %1, which listens at %2.").arg(process, address)
            : tr("It listens at %1.").arg(address);
        const QString command = commandFor(m_owner);
        const QString byCommand = command.isEmpty() ? QString() : u"\n\n"_s + command;
        return paragraphs(other,
            tr("Latchkey cannot stop it from here. End it yourself and choose “Try again”. If you "
               "close this, it keeps your sessions, and no window opens.")
                + byCommand);
    }
    const QString other = m_answer == SecondStart::Answer::Refused
        ? tr("Only one program can keep them; latchkeyctl works with either.")
        : tr("It is process %1.").arg(process);
    return paragraphs(other,
        tr("If you stop it, sessions that are kept on this computer go on here, and those in "
           "memory only end. If you cancel, it keeps them all, and no window opens."));
}

//! Without closing the box, as each other button does.
void TakeOver::offerCommand()
{
    const QString command = commandFor(m_owner);
    if (command.isEmpty())
        return;
    QPushButton *copy = m_box->addButton(tr("Copy command"), QMessageBox::ActionRole);
    copy->disconnect();
    connect(copy, &QPushButton::clicked, m_box.get(),
        [command] { QGuiApplication::clipboard()->setText(command); });
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
