// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "about/reportwindow.h"

#include "widgets/busyhint.h"
#include "widgets/fields/loglevelbox.h"
#include "widgets/noticelabel.h"
#include "widgets/plaintext.h"
#include "widgets/wholewindow.h"

#include "base/wholefile.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace latchkey::ui {

namespace {

constexpr Milliseconds patience = 20s;

QLabel *makeText(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ReportWindow::ReportWindow(MessageLog &log, DoctorFactory makeDoctor, ReportFactory makeReport,
    Clock clock, QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_makeDoctor(std::move(makeDoctor))
    , m_makeReport(std::move(makeReport))
    , m_clock(std::move(clock))
    , m_save(new QPushButton(tr("&Save report…")))
    , m_busy(new BusyHint)
    , m_success(new NoticeLabel(NoticeLabel::Sign::Information))
    , m_problem(new NoticeLabel(NoticeLabel::Sign::Warning))
{
    setWindowTitle(tr("Report a problem"));
    auto *close = new QPushButton(tr("&Close"));
    auto *layout = new QVBoxLayout(this);
    const int margin = fontMetrics().height();
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(margin / 2);
    layout->addWidget(makeText(tr("The report is a file for whoever helps you. In it are versions, "
                                  "settings, sessions and what happened to them, what the doctor "
                                  "finds, and the last lines of the log.")));
    layout->addWidget(makeText(tr("It names your appliances and users. Before it is written, it is "
                                  "searched for all your passwords and tokens: none is in it.")));
    layout->addLayout(makeLog(log));
    layout->addWidget(m_success);
    layout->addWidget(m_problem);
    layout->addStretch();
    layout->addLayout(m_busy->besideButtons(m_save, close));
    m_save->setDefault(true);
    const int width = fontMetrics().averageCharWidth() * 80;
    new WholeWindow(this, {width, 0});
    resize(width, layout->totalHeightForWidth(width));
    connect(m_save, &QPushButton::clicked, this, &ReportWindow::choosePath);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

ReportWindow::~ReportWindow() = default;

QLayout *ReportWindow::makeLog(MessageLog &log)
{
    auto *box = new LogLevelBox(log);
    auto *caption = new QLabel(tr("&Log"));
    caption->setBuddy(box);
    QLabel *hint = makeText(tr("If the problem comes back at times, turn the log on and wait for "
                               "it. The file stays short, and no password or token is in it."));
    box->setAccessibleDescription(hint->text());
    auto *row = new QHBoxLayout;
    row->addWidget(caption);
    row->addWidget(box);
    row->addStretch();
    auto *layout = new QVBoxLayout;
    layout->addSpacing(fontMetrics().height() / 2);
    layout->addLayout(row);
    layout->addWidget(hint);
    return layout;
}

void ReportWindow::choosePath()
{
    auto *dialog = new QFileDialog(this, tr("Save report"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile(u"latchkey-report.json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &ReportWindow::saveTo);
    dialog->open();
}

void ReportWindow::saveTo(const QString &path)
{
    m_success->setText({});
    m_problem->setText({});
    m_save->setEnabled(false);
    m_busy->setText(tr("Looking at everything…"));
    m_doctor = m_makeDoctor({});
    connect(m_doctor.get(), &Doctor::examined, this,
        [this, path](const QJsonObject &examination) { onExamined(path, examination); });
    m_doctor->examine(m_clock() + patience);
}

void ReportWindow::onExamined(const QString &path, const QJsonObject &examination)
{
    m_doctor.release()->deleteLater();
    m_save->setEnabled(true);
    m_busy->setText({});
    write(path, m_makeReport(examination));
    layout()->activate();
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

void ReportWindow::write(const QString &path, const Report &report)
{
    if (!report)
        m_problem->setText(sentenceFor(report.error()));
    else if (writeWholeWithoutSync(path, QJsonDocument(*report).toJson()))
        m_problem->setText(
            tr("Nothing was written to %1. Choose a folder that you may write to, on "
               "a disk with room.")
                .arg(wrappable(escaped(path))));
    else
        m_success->setText(tr("Written to %1. Read it before you send it.").arg(escaped(path)));
}

QString ReportWindow::sentenceFor(const Leak &leak)
{
    if (!leak.session.isEmpty()) {
        return tr("Nothing was written: what is told of %1 holds a secret, such as a token that is "
                  "part of a name. Rename that, or try again once no sign-in is open.")
            .arg(escaped(leak.session));
    }
    QStringList sentences{tr("Nothing was written: a secret would have been in it, such as a "
                             "token that is part of a name. Rename what holds it, or try again "
                             "once no sign-in is open.")};
    if (leak.place > 0) {
        sentences.append(tr("It is in the name of session number %1 of those that latchkeyctl list "
                            "prints.")
                .arg(leak.place));
    }
    return sentences.join(u' ');
}

} // namespace latchkey::ui
