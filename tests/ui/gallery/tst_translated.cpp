// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "support/pseudotongue.h"
#include "ui/gallery/windows.h"
#include "ui/gallery/words.h"
#include "ui/uifixture.h"
#include "widgets/plaintext.h"

#include <QRegularExpression>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

//! What is the same in every language: names, addresses, commands, what others have said.
QStringList names()
{
    QStringList names{u"https?://[\\w.:/-]+"_s, u"[\\w.-]+\\.example\\.com"_s,
        u"appliance\\.test"_s, u"/[\\w./-]+"_s, u"latchkeyctl [\\w -]+"_s, u"systemctl [\\w -]+"_s,
        u"TLSv[\\d.]+"_s, u"([0-9A-F]{2}:)+[0-9A-F]{2}"_s, u"\\d+ [A-Z][a-z]{2} \\d{4}"_s,
        u"(Deutsch|Português|Brasil|American English)"_s, u"kinds is not a list"_s,
        u"(QtKeychain|Qt|libsodium|libxcb|Boost|OpenSSL|CLI11|nlohmann)"_s,
        u"(LGPL|BSD|ISC|MIT|BSL|Apache)[\\w.-]*( License [\\d.]+|-Clause)?"_s};
    for (const Kind &kind : shippedKinds().all())
        names.append(QRegularExpression::escape(kind.name));
    return names;
}

//! Of sessions, users, roles and programs in the gallery, as whole words.
const QString inGallery =
    u"prod-eu|prod-us|test-lab|old-appliance|dr-site|branch-graz|archive|m365|site-\\w*|operator|"
    "alenka|PortalOperator|PortalAdmin|Internal|curl|"
    "backup\\.sh|backup|"
    "bash|dash|sshd|"
    "konsole|cron|python3|restic|wget|latchkey|latchkeyd"_s;

//! The first plain word that is left when names are taken out; nothing in a text that is translated
//! throughout.
QString untranslatedIn(QString text)
{
    static const QStringList others =
        names() + QStringList{u"(?<![\\w-])(%1)(?![\\w-])"_s.arg(inGallery)};
    text = ui::withoutBreaks(text);
    for (const QString &name : others)
        text.remove(QRegularExpression(name));
    static const QRegularExpression word(u"[A-Za-z]{2,}"_s);
    return word.match(text).captured();
}

} // namespace

class TestTranslated final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnUiWarning(); }

    void everyTextIsTranslated();
};

void TestTranslated::everyTextIsTranslated()
{
    const PseudoTongue tongue;
    const QStringList found = findingsOf([](QWidget &window) {
        QStringList untranslated;
        for (const QString &text : wordsIn(window)) {
            if (!untranslatedIn(text).isEmpty())
                untranslated.append(text);
        }
        return untranslated;
    });
    expectNone(found);
}

QTEST_MAIN(TestTranslated)
#include "tst_translated.moc"
