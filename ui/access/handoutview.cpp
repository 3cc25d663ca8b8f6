// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/handoutview.h"

#include "access/programview.h"
#include "widgets/localtime.h"
#include "widgets/plaintext.h"

namespace latchkey::ui {

HandOutView HandOutView::of(const HandOut &handOut, WallTime now)
{
    const bool isCopy = handOut.answer == HandOut::Copied;
    const ProgramView program =
        isCopy ? ProgramView() : ProgramView::ofRecorded(handOut.program, handOut.isCertain);
    return {timeOf(handOut.at, now), escaped(handOut.session),
        isCopy ? tr("Clipboard") : program.fullName(), program.terminal, outcomeOf(handOut),
        program.details()};
}

QString HandOutView::outcomeOf(const HandOut &handOut)
{
    const QString words = answerWords(handOut.answer);
    const bool isMany = handOut.requests > 1;
    return isMany ? tr("%1 (%n times)", "answer", static_cast<int>(handOut.requests)).arg(words)
                  : words;
}

QString HandOutView::answerWords(HandOut::Answer answer)
{
    switch (answer) {
    case HandOut::Given:
        return tr("Given");
    case HandOut::Best:
        return tr("Given, but ends sooner than asked");
    case HandOut::Copied:
        return tr("Copied by you");
    case HandOut::Failed:
        return tr("Refused: something failed");
    case HandOut::SignInNeeded:
        return tr("Refused: signed out");
    case HandOut::Unreachable:
        return tr("Refused: appliance out of reach");
    case HandOut::Denied:
        return tr("Refused: not allowed");
    case HandOut::TrustNeeded:
        return tr("Refused: certificate in question");
    case HandOut::Blocked:
        return tr("Refused: blocked by you");
    case HandOut::CodeNeeded:
        return tr("Refused: verification code needed");
    case HandOut::Usage:
        return tr("Refused: asked for longer than tokens live");
    }
    Q_UNREACHABLE();
}

} // namespace latchkey::ui
