// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/allowrule.h"

#include "client/failure.h"
#include "gateway/rules/httperror.h"
#include "gateway/rules/path.h"

#include <QTest>

using namespace latchkey::ctl;

class TestAllowRule final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coversMethodsAndPaths_data();
    void coversMethodsAndPaths();
    void whatIsNoRuleIsAUsageError_data();
    void whatIsNoRuleIsAUsageError();
    void readingIsAllWithoutARule();
    void oneOfSeveralRulesIsEnough();
    void noRuleOpensTheTokenEndpoint();
};

void TestAllowRule::coversMethodsAndPaths_data()
{
    QTest::addColumn<QByteArray>("rule");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("isCovered");
    const auto row = [](const char *rule, const char *method, const char *target, bool isCovered) {
        QTest::addRow("%s: %s %s", rule, method, target)
            << QByteArray(rule) << QByteArray(method) << QByteArray(target) << isCovered;
    };
    row("GET /**", "GET", "/", true);
    row("GET /**", "GET", "/a/b", true);
    row("GET /**", "HEAD", "/a/b", true);
    row("GET /**", "POST", "/a/b", false);
    row("HEAD /**", "GET", "/a", false);
    row("GET,POST /a", "POST", "/a", true);
    row("GET,POST /a", "PUT", "/a", false);
    row("GET /api/**", "GET", "/api", true);
    row("GET /api/**", "GET", "/api/", true);
    row("GET /api/**", "GET", "/api/v8/x", true);
    row("GET /api/**", "GET", "/apis/v8", false);
    row("GET /api/**", "GET", "/API/v8", false);
    row("GET /api/*", "GET", "/api/v8", true);
    row("GET /api/*", "GET", "/api/v8/x", false);
    row("GET /api/*", "GET", "/api", false);
    row("GET /api/*", "GET", "/api/", false);
    row("GET /api/*/jobs", "GET", "/api//jobs", false);
    row("GET /api/*/jobs", "GET", "/api/v8/jobs", true);
    row("GET /api/*/jobs", "GET", "/api/v8/x/jobs", false);
    row("GET /api/**/jobs", "GET", "/api/v8/x/jobs", true);
    row("GET /api/**/jobs", "GET", "/api/jobs", true);
    row("GET /api/**/jobs", "GET", "/api/jobs/1", false);
    row("GET /**/a/*/b", "GET", "/a/a/x/b", true);
    row("GET /**/a/**/b", "GET", "/x/a/y/a/b/b", true);
    row("GET /a b", "GET", "/a%20b", true);
    row("GET /api/v8", "GET", "/%61pi/v8?x=1", true);
}

void TestAllowRule::coversMethodsAndPaths()
{
    QFETCH(const QByteArray, rule);
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const bool, isCovered);
    const AllowRule allowRule(rule.toStdString());
    QCOMPARE(allowRule.covers(method.toStdString(), decodedPath(target.toStdString())), isCovered);
}

void TestAllowRule::whatIsNoRuleIsAUsageError_data()
{
    QTest::addColumn<QByteArray>("rule");
    for (const char *rule : {"", "GET", "/api", "GET api", "get /api", "GET, POST /api",
             "GET  /api", "CONNECT /", "TRACE /", "SING /", ",GET /", "GET /ap*", "GET /***"})
        QTest::newRow(rule) << QByteArray(rule);
}

void TestAllowRule::whatIsNoRuleIsAUsageError()
{
    QFETCH(const QByteArray, rule);
    try {
        const AllowRule allowRule(rule.toStdString());
        QFAIL("It was taken");
    } catch (const Failure &failure) {
        QCOMPARE(failure.code(), ExitCode::Usage);
    }
}

namespace {

std::string complaintAbout(
    const std::vector<AllowRule> &rules, const char *method, const char *target)
{
    try {
        requireAllowed(rules, method, decodedPath(target));
        return "";
    } catch (const HttpError &refused) {
        return std::to_string(refused.status()) + " " + refused.what();
    }
}

} // namespace

void TestAllowRule::readingIsAllWithoutARule()
{
    QCOMPARE(complaintAbout(readingAlone(), "GET", "/a/b"), "");
    QCOMPARE(complaintAbout(readingAlone(), "HEAD", "/"), "");
    const std::string complaint = complaintAbout(readingAlone(), "POST", "/a");
    QVERIFY(complaint.starts_with("403 "));
    QVERIFY(complaint.find("GET,HEAD /**") != std::string::npos);
}

void TestAllowRule::oneOfSeveralRulesIsEnough()
{
    const std::vector<AllowRule> rules{AllowRule("GET /a/**"), AllowRule("POST /b")};
    QCOMPARE(complaintAbout(rules, "GET", "/a/b"), "");
    QCOMPARE(complaintAbout(rules, "POST", "/b"), "");
    QVERIFY(complaintAbout(rules, "POST", "/a/b").find("GET /a/**; POST /b") != std::string::npos);
}

void TestAllowRule::noRuleOpensTheTokenEndpoint()
{
    const std::vector<AllowRule> all{AllowRule("GET,POST,DELETE /**")};
    for (const char *method : {"GET", "POST", "DELETE"})
        QVERIFY(complaintAbout(all, method, "/api/oauth2/token").starts_with("403 The token"));
    const std::vector<AllowRule> exact{AllowRule("POST /api/oauth2/token")};
    QVERIFY(complaintAbout(exact, "POST", "/api/oauth2/token").starts_with("403 The token"));
}

QTEST_GUILESS_MAIN(TestAllowRule)
#include "tst_allowrule.moc"
