// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/headers.h"

#include <QTest>

using namespace latchkey::ctl;

class TestHeaders final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goThroughOrEndHere_data();
    void goThroughOrEndHere();
    void ofTheConnectionAreNamedThere();
};

void TestHeaders::goThroughOrEndHere_data()
{
    QTest::addColumn<bool>("isForThem");
    QTest::addColumn<bool>("isForUs");
    const auto row = [](const char *name, bool isForThem, bool isForUs) {
        QTest::newRow(name) << isForThem << isForUs;
    };
    for (const char *name : {"accept", "accept-encoding", "content-type", "range", "if-none-match",
             "user-agent", "x-request-id", "location", "etag", "content-encoding", "x_request_id"})
        row(name, true, true);
    for (const char *name : {"connection", "content-length", "keep-alive", "proxy-authorization",
             "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"})
        row(name, false, false);
    for (const char *name : {"authorization", "cookie", "host", "origin", "referer", "latchkey-key",
             "x-forwarded-for", "x-forwarded-host", "forwarded", "expect", "x-http-method-override",
             "x-original-url", "x_http_method_override", "x_forwarded-for", "x-original_url"})
        row(name, false, true);
    for (const char *name : {"access-control-allow-origin", "set-cookie",
             "strict-transport-security", "alt-svc", "clear-site-data", "service-worker-allowed"})
        row(name, true, false);
}

void TestHeaders::goThroughOrEndHere()
{
    QFETCH(const bool, isForThem);
    QFETCH(const bool, isForUs);
    QCOMPARE(isForAppliance(QTest::currentDataTag()), isForThem);
    QCOMPARE(isForClient(QTest::currentDataTag()), isForUs);
}

void TestHeaders::ofTheConnectionAreNamedThere()
{
    QVERIFY(isNamedIn("close, X-Secret", "x-secret"));
    QVERIFY(isNamedIn("X-Secret", "x-secret"));
    QVERIFY(isNamedIn(" ,x-secret\t,close", "x-secret"));
    QVERIFY(!isNamedIn("close", "x-secret"));
    QVERIFY(!isNamedIn("x-secrets", "x-secret"));
    QVERIFY(!isNamedIn("", "x-secret"));
}

QTEST_GUILESS_MAIN(TestHeaders)
#include "tst_headers.moc"
