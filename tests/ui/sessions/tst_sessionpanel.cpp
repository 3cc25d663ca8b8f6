// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/sessionpanel.h"

#include "widgets/valuefield.h"

#include "ui/uifixture.h"

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestSessionPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void tellsTheKindByItsIdOnceItsFileIsGone();
};

void TestSessionPanel::tellsTheKindByItsIdOnceItsFileIsGone()
{
    UiFixture desk;
    KindFile file;
    Account account = anAccount();
    account.kind = u"nimbus"_s;
    QVERIFY(desk.sessions().signIn(account, secret("password")));
    SessionPanel panel(*file.kinds);
    panel.setView(SessionView(desk.session(u"prod"_s).snapshot()));
    const auto *kind = find<ValueField>(panel, "Kind");
    QCOMPARE(kind->text(), u"Nimbus"_s);
    file.remove();
    QTRY_COMPARE(kind->text(), u"nimbus"_s);
}

QTEST_MAIN(TestSessionPanel)
#include "tst_sessionpanel.moc"
