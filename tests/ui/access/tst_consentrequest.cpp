// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "access/consentrequest.h"

#include "ui/uifixture.h"
#include "widgets/fields/valuegroup.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace latchkey;
using namespace latchkey::test;
using namespace latchkey::ui;
using namespace Qt::StringLiterals;

class TestConsentRequest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void isHiddenWhereNothingIsAskedFor();
    void tellsWhereAndAsWhom();
    void showsTheEndOfALongHost();
    void ofKindAndClientOnlyAChangeIsTold();
    void whatWasThereStandsBeside();
    void showsOfACertificateWhatTheApplianceShows();
    void warnsOfACertificateAlone();

private:
    [[nodiscard]] QString value(const char *name) const
    {
        const auto *field = find<QPlainTextEdit>(*m_request, name);
        return field ? field->toPlainText() : QString();
    }
    [[nodiscard]] QString told() const { return words<QLabel>(*m_request); }
    [[nodiscard]] static Permission trust()
    {
        return {Permission::Trust, {u"https://a.test"_s}, {}, aCertificate().fingerprint.toText()};
    }

    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ValueGroup> m_values;
    ConsentRequest *m_request = nullptr;
};

void TestConsentRequest::init()
{
    failOnUiWarning();
    m_values = std::make_unique<ValueGroup>();
    m_window = std::make_unique<QWidget>();
    m_request = new ConsentRequest(*m_values, m_window.get());
}

void TestConsentRequest::cleanup()
{
    m_window.reset();
    m_values.reset();
}

void TestConsentRequest::isHiddenWhereNothingIsAskedFor()
{
    m_request->tell({Permission::SignOut});
    QVERIFY(m_request->isHidden());
    m_request->tell(trust());
    QVERIFY(!m_request->isHidden());
}

void TestConsentRequest::tellsWhereAndAsWhom()
{
    m_request->tell({Permission::OtherAccount, {u"https://a.test:8443/path"_s, u"a\u202eda"_s}});
    QCOMPARE(value("Appliance"), u"https://a.test:8443/path"_s);
    QCOMPARE(value("User name"), u"a\\u202eda"_s);
    QVERIFY(!told().contains(u"Until now"_s));
}

//! It tells whose the host is.
void TestConsentRequest::showsTheEndOfALongHost()
{
    const QString host = u"prod.example.com."_s.repeated(8) + u"evil.test"_s;
    m_request->tell({Permission::OtherAccount, {u"https://"_s + host + u"/x"_s.repeated(50)}});
    QVERIFY(value("Appliance").contains(u"evil.test/x"_s));
    QVERIFY(value("Appliance").contains(u'…'));
}

void TestConsentRequest::ofKindAndClientOnlyAChangeIsTold()
{
    Permission permission{Permission::OtherAccount};
    permission.login = permission.loginBefore = {u"https://a.test"_s, u"ada"_s, u"Azure"_s};
    m_request->tell(permission);
    QVERIFY(!find<QPlainTextEdit>(*m_request, "Kind"));
    permission.login.kind = u"VB365"_s;
    permission.login.clientId = u"latchkey"_s;
    m_request->tell(permission);
    QCOMPARE(value("Kind until now"), u"Azure"_s);
    QCOMPARE(value("Kind"), u"VB365"_s);
    QCOMPARE(value("Client ID until now"), u"None"_s);
    QCOMPARE(value("Client ID"), u"latchkey"_s);
}

void TestConsentRequest::whatWasThereStandsBeside()
{
    m_request->tell({Permission::OtherAccount, {u"https://b.test"_s, u"bob"_s},
        {u"https://a.test"_s, u"ada"_s}});
    m_window->resize(m_request->sizeHint());
    m_request->resize(m_window->size());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    const auto *before = find<QPlainTextEdit>(*m_request, "Appliance until now");
    const auto *now = find<QPlainTextEdit>(*m_request, "Appliance");
    QCOMPARE(before->y(), now->y());
    QVERIFY(before->geometry().right() < now->x());
    QVERIFY(told().contains(u"Until now"_s) && told().contains(u"From now on"_s));
}

void TestConsentRequest::showsOfACertificateWhatTheApplianceShows()
{
    m_request->tell(trust());
    QCOMPARE(value("Fingerprint"), aCertificate().fingerprint.toText());
    QVERIFY(!find<QLineEdit>(*m_request, "Issued by"));
    m_request->tell(trust(), aCertificate());
    QCOMPARE(find<QLineEdit>(*m_request, "Issued by")->text(), aCertificate().issuer);
    Certificate other = aCertificate();
    other.fingerprint = anotherFingerprint();
    m_request->tell(trust(), other);
    QCOMPARE(value("Fingerprint"), aCertificate().fingerprint.toText());
    QVERIFY(!find<QLineEdit>(*m_request, "Issued by"));
}

void TestConsentRequest::warnsOfACertificateAlone()
{
    const QString warning = u"gets your password and tokens"_s;
    m_request->tell(trust());
    QVERIFY(told().contains(warning));
    m_request->tell({Permission::OtherAccount, {u"https://a.test"_s, u"ada"_s}});
    QVERIFY(!told().contains(warning));
}

QTEST_MAIN(TestConsentRequest)
#include "tst_consentrequest.moc"
