// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "session/sessionmodel.h"

#include "support/fakeclock.h"
#include "support/fakesecretstore.h"
#include "support/faketokenclient.h"
#include "support/replies.h"
#include "support/warnings.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Account named(const QString &name)
{
    Account account = anAccount();
    account.name = name;
    return account;
}

} // namespace

class TestSessionModel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void startsEmpty();
    void addsSessionsInTheirOrder();
    void namesAreUnique();
    void tellsWhatASessionIs();
    void othersRolesAndRowsAreNothing();
    void changesAreTold();
    void learntPinsAreTold();
    void signInMakesASession();
    void signInStartsOverUnderTheSameName();
    void signInUnderATakenNameIsRefused_data();
    void signInUnderATakenNameIsRefused();
    void signInThatComesToNothingChangesNothing_data();
    void signInThatComesToNothingChangesNothing();
    void whatIsNotKeptAnyMoreIsErasedOnSuccess();
    void editedAccountIsPutRight_data();
    void editedAccountIsPutRight();
    void nobodySignsInWhereTheListIsDisputed();
    void thereAreOnlySoManySessions();
    void forgottenSessionSaysFarewellFirst();
    void forgottenSessionWaitsForTheVault();
    void forgottenSessionLeavesItsSuccessorAlone();
    void forgettingNobodyIsFine();
    void whatANameStoodForOutlivesIt();
    void onlySoManyNamesAreRemembered();
    void whereNobodySignedInNothingIsRemembered();
    void renamedSessionIsStillTheSame();
    void renameIsToldBeforeTheChange();
    void renameIsRefused_data();
    void renameIsRefused();
    void oldNameOfARenamedSessionIsFreeAndKnown();
    void theRuleHoldsForEverySignIn();
    void fixedPinsHoldForEverySession();
    void whatTheRuleForbidsSinceItBeganIsGivenUp();
    void aNewNameHasThePolicyOfNew();
    void presetsWaitForAPassword();
    void presetsTakeNobodysPlace();
    void presetsComeAndGoWithThePolicy();
    void presetsStayWhenAPinComesOrGoes();
    void aRemovedPresetStaysAway();

private:
    [[nodiscard]] std::unique_ptr<Session> makeSession(const Account &account);
    Session *signedIn(const QString &name);
    [[nodiscard]] QVariant data(int row, int role) const;
    void pass(Milliseconds span);

    FakeClock m_clock;
    std::unique_ptr<DeadlineQueue> m_deadlines;
    //! By place in the vault, whichever session uses it.
    QHash<QString, std::shared_ptr<FakeVault>> m_vaults;
    QHash<QString, FakeTokenClient *> m_clients;
    std::unique_ptr<SessionModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestSessionModel::init()
{
    failOnAnyWarning();
    m_tester.reset();
    m_model.reset();
    m_vaults.clear();
    m_clients.clear();
    m_clock = FakeClock();
    m_deadlines = std::make_unique<DeadlineQueue>(m_clock.clock());
    m_model = std::make_unique<SessionModel>(
        [this](const Account &account) { return makeSession(account); });
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

std::unique_ptr<Session> TestSessionModel::makeSession(const Account &account)
{
    auto &vault = m_vaults[account.place()];
    if (!vault)
        vault = std::make_shared<FakeVault>();
    auto client = std::make_unique<FakeTokenClient>();
    m_clients[account.name] = client.get();
    return std::make_unique<Session>(account, std::move(client), storeOn(vault),
        RefreshPolicy([] { return 0.5; }), SessionHistory(), *m_deadlines);
}

Session *TestSessionModel::signedIn(const QString &name)
{
    const auto session = m_model->signIn(named(name), secret("password"));
    if (!session || !m_clients[name]->answer(granted(1, m_clock.now())))
        qFatal("the test could not sign in");
    return *session;
}

QVariant TestSessionModel::data(int row, int role) const
{
    return m_model->data(m_model->index(row), role);
}

void TestSessionModel::pass(Milliseconds span)
{
    m_clock.advance(span);
    m_deadlines->look();
}

void TestSessionModel::startsEmpty()
{
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(m_model->accounts().isEmpty());
    QVERIFY(!m_model->at(0));
    QVERIFY(!m_model->at(-1));
    QVERIFY(!m_model->find(u"prod"_s));
    QCOMPARE(m_model->rowOf(u"prod"_s), -1);
}

void TestSessionModel::addsSessionsInTheirOrder()
{
    const QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    const QSignalSpy accountsChanged(m_model.get(), &SessionModel::accountsChanged);
    Session *second = nullptr;
    for (const char *name : {"z", "a", "m"}) {
        Session *session = m_model->add(named(QString::fromLatin1(name)));
        QVERIFY(session);
        if (qstrcmp(name, "a") == 0)
            second = session;
    }
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(m_model->at(1), second);
    QCOMPARE(m_model->find(u"a"_s), second);
    QCOMPARE(m_model->rowOf(u"m"_s), 2);
    QCOMPARE(m_model->accounts(), QList<Account>({named(u"z"_s), named(u"a"_s), named(u"m"_s)}));
    QCOMPARE(m_model->rowCount(m_model->index(0)), 0);
    QCOMPARE(inserted.count(), 3);
    QCOMPARE(accountsChanged.count(), 3);
    QVERIFY(m_clients[u"a"_s]->grants().isEmpty());
    QCOMPARE(m_vaults[u"a"_s]->loads, 0);
}

void TestSessionModel::namesAreUnique()
{
    QVERIFY(m_model->add(named(u"prod"_s)));
    QVERIFY(!m_model->add(named(u"prod"_s)));
    QCOMPARE(m_model->rowCount(), 1);
}

void TestSessionModel::tellsWhatASessionIs()
{
    const Session *session = signedIn(u"prod"_s);
    QCOMPARE(data(0, Qt::DisplayRole), QVariant(u"prod"_s));
    QVERIFY(data(0, SessionModel::SnapshotRole).value<SessionSnapshot>() == session->snapshot());
}

void TestSessionModel::othersRolesAndRowsAreNothing()
{
    signedIn(u"prod"_s);
    QVERIFY(!data(0, Qt::DecorationRole).isValid());
    QVERIFY(!data(1, Qt::DisplayRole).isValid());
    QVERIFY(!m_model->data({}, Qt::DisplayRole).isValid());
}

void TestSessionModel::changesAreTold()
{
    m_model->add(named(u"first"_s));
    Session *second = signedIn(u"second"_s);
    const QSignalSpy dataChanged(m_model.get(), &QAbstractItemModel::dataChanged);
    const QSignalSpy sessionChanged(m_model.get(), &SessionModel::sessionChanged);
    second->demand();
    QCOMPARE(dataChanged.count(), 1);
    QCOMPARE(dataChanged.first().at(0).toModelIndex().row(), 1);
    QCOMPARE(dataChanged.first().at(1).toModelIndex().row(), 1);
    QCOMPARE(sessionChanged.count(), 1);
    QCOMPARE(sessionChanged.first().first().value<Session *>(), second);
}

void TestSessionModel::learntPinsAreTold()
{
    const auto session = m_model->signIn(named(u"prod"_s), secret("password"));
    QVERIFY(session.isOk());
    QVERIFY(m_clients[u"prod"_s]->answer(Untrusted{aCertificate()}));
    const QSignalSpy accountsChanged(m_model.get(), &SessionModel::accountsChanged);
    session.value()->trust(aCertificate().fingerprint);
    QCOMPARE(accountsChanged.count(), 1);
    QVERIFY(session.value()->account().pin == aCertificate().fingerprint);
    QVERIFY(m_model->accounts().isEmpty()); // nobody is signed in yet
    QVERIFY(m_clients[u"prod"_s]->answer(granted(1, m_clock.now())));
    QCOMPARE(accountsChanged.count(), 2);
    QVERIFY(m_model->accounts().first().pin == aCertificate().fingerprint);
}

void TestSessionModel::signInMakesASession()
{
    Account account = named(u"prod"_s);
    account.shortLived = true;
    const auto session = m_model->signIn(account, secret("password"));
    QVERIFY(session.isOk());
    QCOMPARE(m_model->find(u"prod"_s), session.value());
    QCOMPARE(session.value()->phase(), Phase::SigningIn);
    QVERIFY(m_clients[u"prod"_s]->lastGrantAs<PasswordGrant>()->shortLived);
}

void TestSessionModel::signInStartsOverUnderTheSameName()
{
    Session *session = signedIn(u"prod"_s);
    const auto again = m_model->signIn(named(u"prod"_s), secret("other"));
    QVERIFY(again.isOk());
    QCOMPARE(again.value(), session);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(session->phase(), Phase::SigningIn);
    QVERIFY(session->tokens()); // the tokens from before
    QVERIFY(m_clients[u"prod"_s]->lastGrantAs<PasswordGrant>()->password == secret("other"));
}

void TestSessionModel::signInUnderATakenNameIsRefused_data()
{
    QTest::addColumn<QUrl>("server");
    QTest::addColumn<QString>("user");

    QTest::newRow("another appliance") << QUrl(u"https://elsewhere.test"_s) << u"operator"_s;
    QTest::newRow("another user") << anAccount().server << u"somebody"_s;
}

void TestSessionModel::signInUnderATakenNameIsRefused()
{
    QFETCH(const QUrl, server);
    QFETCH(const QString, user);
    Session *session = signedIn(u"prod"_s);
    Account draft = named(u"prod"_s);
    draft.server = server;
    draft.user = user;
    const auto refused = m_model->signIn(draft, secret("password"));
    QVERIFY(!refused);
    QCOMPARE(refused.error(), AccountProblem::NameTaken);
    QCOMPARE(session->phase(), Phase::Active);
    QCOMPARE(m_clients[u"prod"_s]->grants().size(), 1);
}

void TestSessionModel::signInThatComesToNothingChangesNothing_data()
{
    QTest::addColumn<QList<TokenAnswer>>("answers");
    const AuthError refused{AuthError::Type::Rejected, 401, {}, {}};
    const AuthError offline{AuthError::Type::Offline, 0, {}, {}};

    QTest::newRow("refused") << QList<TokenAnswer>{refused};
    QTest::newRow("unreachable") << QList<TokenAnswer>{offline};
    QTest::newRow("cancelled") << QList<TokenAnswer>{};
    QTest::newRow("cancelled at the code") << QList<TokenAnswer>{CodeAsked{secret("ticket")}};
    QTest::newRow("declined") << QList<TokenAnswer>{Untrusted{aCertificate()}};
}

// Neither the tokens nor the record change, whatever options the sign-in had.
void TestSessionModel::signInThatComesToNothingChangesNothing()
{
    QFETCH(const QList<TokenAnswer>, answers);
    Session *session = signedIn(u"prod"_s);
    const Account account = session->account();
    const Secret kept = m_vaults[u"prod"_s]->content;
    QVERIFY(!kept.isEmpty());
    const QPointer<FakeTokenClient> client = m_clients[u"prod"_s];
    Account draft = named(u"prod"_s);
    draft.keepSignedIn = false;
    draft.shortLived = true;
    const auto again = m_model->signIn(draft, secret("wrong"));
    QVERIFY(again.isOk());
    QCOMPARE(again.value(), session);
    for (const TokenAnswer &answer : answers)
        QVERIFY(client && client->answer(answer));
    session->cancel();

    QCOMPARE(m_model->rowCount(), 1);
    QVERIFY(session->tokens() && session->tokens()->refreshToken == secret("refresh-1"));
    QCOMPARE(session->account(), account);
    QCOMPARE(m_model->accounts(), QList<Account>{account});
    QVERIFY(m_vaults[u"prod"_s]->content == kept);
    QVERIFY(client && client->logOuts().isEmpty());

    session->refreshNow();
    QVERIFY(client->answer(granted(2, m_clock.now())));
    QVERIFY(session->snapshot().account == account);
    QVERIFY(!m_vaults[u"prod"_s]->content.isEmpty());
}

void TestSessionModel::whatIsNotKeptAnyMoreIsErasedOnSuccess()
{
    const Session *session = signedIn(u"prod"_s);
    const auto vault = m_vaults[u"prod"_s];
    for (const bool keeps : {false, true}) {
        Account draft = named(u"prod"_s);
        draft.keepSignedIn = keeps;
        QVERIFY(m_model->signIn(draft, secret("password")).isOk());
        vault->isSlow = true;
        QVERIFY(m_clients[u"prod"_s]->answer(granted(2, m_clock.now())));
        QVERIFY(session->isBeingKept());
        vault->isSlow = false;
        QVERIFY(vault->answer());
        QCOMPARE(session->account().keepSignedIn, keeps);
        QCOMPARE(vault->content.isEmpty(), !keeps);
        pass(50min);
        QVERIFY(m_clients[u"prod"_s]->answer(granted(3, m_clock.now())));
        QCOMPARE(vault->content.isEmpty(), !keeps);
    }
}

void TestSessionModel::editedAccountIsPutRight_data()
{
    QTest::addColumn<bool>("isSignedOut");
    QTest::addColumn<bool>("keepSignedIn");

    QTest::newRow("goes on") << false << true;
    QTest::newRow("to be signed out") << true << true;
    QTest::newRow("not to be kept") << false << false;
}

//! The record proves whose account it is, but not whether it was signed out. If so, its record is
//! erased now.
void TestSessionModel::editedAccountIsPutRight()
{
    QFETCH(const bool, isSignedOut);
    QFETCH(const bool, keepSignedIn);
    signedIn(u"prod"_s)->setPolicy(HandOutPolicy::Ask);
    m_model = std::make_unique<SessionModel>(
        [this](const Account &account) { return makeSession(account); });
    Account edited = named(u"prod"_s);
    edited.server = QUrl(u"https://elsewhere.test"_s);
    edited.user = u"somebody"_s;
    edited.policy = HandOutPolicy::Allow;
    edited.isSignedOut = isSignedOut;
    edited.keepSignedIn = keepSignedIn;
    m_vaults[u"prod"_s]->isSlow = true;
    const QPointer<Session> session = m_model->add(edited);
    const QSignalSpy accountsChanged(m_model.get(), &SessionModel::accountsChanged);
    session->restoreDisputed();
    m_model->setPins([](const Account &account) {
        return account.server.host() == "elsewhere.test"_L1 ? anotherFingerprint() : Fingerprint();
    });
    m_model->applyRules();
    m_vaults[u"prod"_s]->isSlow = false;
    expectWarning("stood otherwise in the list");
    QVERIFY(m_vaults[u"prod"_s]->answer());

    QCOMPARE(m_model->rowCount(), 1);
    const Session *right = m_model->find(u"prod"_s);
    QVERIFY(right != session);
    const bool goesOn = !isSignedOut && keepSignedIn;
    QCOMPARE(right->phase(), goesOn ? Phase::Active : Phase::SignedOut);
    QCOMPARE(m_vaults[u"prod"_s]->content.isEmpty(), !goesOn);
    QCOMPARE(right->account().server, QUrl(u"https://appliance.test"_s));
    QCOMPARE(right->account().user, u"operator"_s);
    QCOMPARE(right->account().policy, HandOutPolicy::Ask);
    QVERIFY(right->account().pin.isEmpty());
    const auto history = right->snapshot().history;
    QCOMPARE(std::ranges::count(history, Cause::AccountEdited, &SessionHistory::Entry::cause), 1);
    QVERIFY(accountsChanged.count() > 0);
    QCOMPARE(m_model->accounts(), QList<Account>{right->account()});
    QTRY_VERIFY(!session);
    QCOMPARE(right->phase(), goesOn ? Phase::Active : Phase::SignedOut);
}

void TestSessionModel::nobodySignsInWhereTheListIsDisputed()
{
    signedIn(u"prod"_s);
    m_model = std::make_unique<SessionModel>(
        [this](const Account &account) { return makeSession(account); });
    Account edited = named(u"prod"_s);
    edited.server = QUrl(u"https://elsewhere.test"_s);
    m_vaults[u"prod"_s]->failure = StoreError::Locked;
    m_model->add(edited)->restoreDisputed();
    for (const Account &account : {edited, named(u"prod"_s)}) {
        const auto refused = m_model->signIn(account, secret("password"));
        QVERIFY(!refused);
        QCOMPARE(refused.error(), AccountProblem::Disputed);
    }
    m_model->find(u"prod"_s)->setPolicy(HandOutPolicy::Never);

    expectWarning("stood otherwise in the list");
    m_vaults[u"prod"_s]->recover();
    const Session *right = m_model->find(u"prod"_s);
    QCOMPARE(right->phase(), Phase::Active);
    QCOMPARE(right->account().policy, HandOutPolicy::Never); // a person has chosen this meanwhile
    QVERIFY(!right->isSealBehind());
    QVERIFY(m_model->signIn(named(u"prod"_s), secret("password")));
}

void TestSessionModel::thereAreOnlySoManySessions()
{
    for (qsizetype n = 0; n < SessionModel::most; ++n)
        m_model->add(named(QString::number(n)));
    const auto refused = m_model->signIn(named(u"new"_s), secret("password"));
    QVERIFY(!refused);
    QCOMPARE(refused.error(), AccountProblem::TooMany);
    QVERIFY(m_model->signIn(named(u"0"_s), secret("password")));
    m_model->forget(u"1"_s);
    QVERIFY(m_model->signIn(named(u"new"_s), secret("password")));
}

void TestSessionModel::forgottenSessionSaysFarewellFirst()
{
    m_model->add(named(u"other"_s));
    const QPointer<Session> session = signedIn(u"prod"_s);
    const QSignalSpy forgotten(m_model.get(), &SessionModel::sessionForgotten);
    const QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
    const QSignalSpy sessionChanged(m_model.get(), &SessionModel::sessionChanged);
    m_model->forget(u"prod"_s);
    QCOMPARE(m_model->rowCount(), 1);
    QVERIFY(!m_model->find(u"prod"_s));
    QCOMPARE(forgotten.count(), 1);
    QCOMPARE(forgotten.first().first().toString(), u"prod"_s);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(sessionChanged.count(), 0);
    QVERIFY(m_vaults[u"prod"_s]->content.isEmpty());
    QCOMPARE(m_clients[u"prod"_s]->logOuts().size(), 1);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(session); // it waits for the appliance's answer
    m_clients[u"prod"_s]->answerLogOut();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!session);
}

void TestSessionModel::forgottenSessionWaitsForTheVault()
{
    const QPointer<Session> session = signedIn(u"prod"_s);
    m_vaults[u"prod"_s]->failure = StoreError::Denied;
    m_model->forget(u"prod"_s);
    m_clients[u"prod"_s]->answerLogOut();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(session);
    m_vaults[u"prod"_s]->failure.reset();
    pass(30s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!session);
    QVERIFY(m_vaults[u"prod"_s]->content.isEmpty());
}

// The vault was locked when the old session was to be erased. By the time it opens, somebody has
// signed in again under the same name, and the record is theirs.
void TestSessionModel::forgottenSessionLeavesItsSuccessorAlone()
{
    signedIn(u"prod"_s);
    m_vaults[u"prod"_s]->failure = StoreError::Denied;
    m_model->forget(u"prod"_s);
    m_vaults[u"prod"_s]->failure.reset();
    signedIn(u"prod"_s);
    QVERIFY(!m_vaults[u"prod"_s]->content.isEmpty());
    pass(30s);
    QVERIFY(!m_vaults[u"prod"_s]->content.isEmpty());
}

void TestSessionModel::forgettingNobodyIsFine()
{
    m_model->add(named(u"prod"_s));
    const QSignalSpy accountsChanged(m_model.get(), &SessionModel::accountsChanged);
    m_model->forget(u"nobody"_s);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(accountsChanged.count(), 0);
}

void TestSessionModel::whatANameStoodForOutlivesIt()
{
    Session *session = signedIn(u"prod"_s);
    session->refreshNow();
    QVERIFY(m_clients[u"prod"_s]->answer(Untrusted{aCertificate()}));
    session->trust(aCertificate().fingerprint);
    session->setPolicy(HandOutPolicy::Never);
    m_model->forget(u"prod"_s);
    const QList<Account> kept = m_model->accounts();
    QCOMPARE(kept.size(), 1);
    QVERIFY(kept.first().isForgotten);
    QCOMPARE(m_model->known(u"prod"_s), std::optional(kept.first()));

    for (const QUrl &server : {QUrl(u"https://elsewhere.test"_s), anAccount().server}) {
        m_model = std::make_unique<SessionModel>( // the next run
            [this](const Account &account) { return makeSession(account); });
        QVERIFY(!m_model->add(kept.first()));
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_model->accounts(), kept);

        Account again = named(u"prod"_s);
        again.server = server;
        QVERIFY(m_model->signIn(again, secret("password")).isOk());
        QCOMPARE(m_model->accounts(), kept); // nobody is signed in yet
        QVERIFY(m_clients[u"prod"_s]->answer(granted(1, m_clock.now())));
        QCOMPARE(m_model->accounts().size(), 1);
        const Account account = m_model->accounts().first();
        QVERIFY(!account.isForgotten);
        QCOMPARE(account.policy, HandOutPolicy::Never);
        const bool isSame = again.isSameUser(kept.first());
        QCOMPARE(account.pin, isSame ? aCertificate().fingerprint : Fingerprint());
    }
}

void TestSessionModel::onlySoManyNamesAreRemembered()
{
    for (int i = 0; i <= SessionModel::mostForgotten; ++i) {
        Account account = named(QString::number(i));
        account.isForgotten = true;
        m_model->add(account);
    }
    QCOMPARE(m_model->accounts().size(), SessionModel::mostForgotten);
    QVERIFY(!m_model->known(u"0"_s));
    QVERIFY(m_model->known(u"1"_s));
}

void TestSessionModel::whereNobodySignedInNothingIsRemembered()
{
    QVERIFY(m_model->signIn(named(u"prod"_s), secret("password")).isOk());
    QVERIFY(!m_model->known(u"prod"_s));
    m_model->forget(u"prod"_s);
    QVERIFY(!m_model->known(u"prod"_s));
    QVERIFY(m_model->accounts().isEmpty());
}

void TestSessionModel::renamedSessionIsStillTheSame()
{
    Session *session = signedIn(u"prod"_s);
    const Secret token = session->tokens()->accessToken;
    const auto history = session->snapshot().history;
    const int writes = m_vaults[u"prod"_s]->saves;
    QVERIFY(!m_model->rename(*session, u" prod-eu "_s));
    QVERIFY(!m_model->find(u"prod"_s));
    QCOMPARE(m_model->find(u"prod-eu"_s), session);
    QCOMPARE(session->account().place(), u"prod"_s);
    QVERIFY(session->tokens()->accessToken == token);
    QVERIFY(session->snapshot().history == history);
    QCOMPARE(m_vaults[u"prod"_s]->saves, writes + 1);
    QVERIFY(!m_model->rename(*session, u"prod"_s));
    QCOMPARE(session->account().place(), u"prod"_s);
}

void TestSessionModel::renameIsToldBeforeTheChange()
{
    Session *session = signedIn(u"prod"_s);
    QStringList told;
    connect(m_model.get(), &SessionModel::sessionRenamed, this,
        [&](const QString &before, const QString &name) { told << before << name; });
    connect(m_model.get(), &SessionModel::sessionChanged, this,
        [&](const Session *changed) { told << changed->account().name + u" changed"_s; });
    QList<Account> saved;
    connect(
        m_model.get(), &SessionModel::accountsChanged, this, [&] { saved = m_model->accounts(); });
    QVERIFY(!m_model->rename(*session, u"prod-eu"_s));
    QCOMPARE(told, QStringList({u"prod"_s, u"prod-eu"_s, u"prod-eu changed"_s}));
    QCOMPARE(saved.size(), 2);
    QCOMPARE(saved.first(), session->account());
    QCOMPARE(saved.last().name, u"prod"_s);
    QVERIFY(!m_model->rename(*session, u"prod-eu"_s));
    QCOMPARE(told.size(), 3);
}

void TestSessionModel::renameIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isSigningIn");
    QTest::addColumn<AccountProblem>("problem");
    QTest::newRow("taken") << u"test"_s << false << AccountProblem::NameTaken;
    QTest::newRow("none") << u" "_s << false << AccountProblem::NameMissing;
    QTest::newRow("blank in it") << u"prod eu"_s << false << AccountProblem::NameInvalid;
    QTest::newRow("during a sign-in") << u"prod-eu"_s << true << AccountProblem::Busy;
}

void TestSessionModel::renameIsRefused()
{
    QFETCH(const QString, name);
    QFETCH(const bool, isSigningIn);
    QFETCH(const AccountProblem, problem);
    Session *session = signedIn(u"prod"_s);
    signedIn(u"test"_s);
    if (isSigningIn)
        session->signIn(secret("password"), false);
    QCOMPARE(m_model->rename(*session, name), std::optional(problem));
    QCOMPARE(m_model->find(u"prod"_s), session);
}

//! A program may not find another appliance behind it, and the place stays with the session.
void TestSessionModel::oldNameOfARenamedSessionIsFreeAndKnown()
{
    Session *session = signedIn(u"prod"_s);
    session->setPolicy(HandOutPolicy::Never);
    QVERIFY(!m_model->rename(*session, u"prod-eu"_s));
    const auto known = m_model->known(u"prod"_s);
    QVERIFY(known && known->isForgotten && known->isSameUser(session->account()));
    QCOMPARE(m_model->accounts().size(), 2);

    const Session *successor = signedIn(u"prod"_s);
    QVERIFY(successor && successor != session);
    QCOMPARE(successor->account().policy, HandOutPolicy::Never);
    QVERIFY(successor->account().place() != u"prod"_s);
    QCOMPARE(session->account().place(), u"prod"_s);
    QCOMPARE(m_model->accounts().size(), 2);
}

void TestSessionModel::theRuleHoldsForEverySignIn()
{
    signedIn(u"prod"_s);
    m_model->setRule([](const Account &) { return AccountProblem::ApplianceNotAllowed; });
    for (const QString &name : {u"prod"_s, u"new"_s}) {
        const auto session = m_model->signIn(named(name), secret("password"));
        QVERIFY(!session);
        QCOMPARE(session.error(), AccountProblem::ApplianceNotAllowed);
    }
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->find(u"prod"_s)->phase(), Phase::Active);
}

void TestSessionModel::fixedPinsHoldForEverySession()
{
    const Session *before = signedIn(u"before"_s);
    Fingerprint fixed;
    m_model->setPins([&fixed](const Account &) { return fixed; });
    fixed = anotherFingerprint();
    m_model->applyRules();
    QCOMPARE(before->account().pin, anotherFingerprint());
    QVERIFY(m_model->signIn(named(u"after"_s), secret("password")));
    QCOMPARE(m_clients[u"after"_s]->pins().last(), anotherFingerprint());
    fixed = {};
    m_model->applyRules();
    QVERIFY(before->mayTrust(aCertificate().fingerprint));
}

void TestSessionModel::whatTheRuleForbidsSinceItBeganIsGivenUp()
{
    QVERIFY(m_model->signIn(named(u"prod"_s), secret("password")));
    QVERIFY(m_clients[u"prod"_s]->answer(CodeAsked{secret("ticket")}));
    m_model->applyRules();
    QCOMPARE(m_model->find(u"prod"_s)->phase(), Phase::CodeNeeded);
    m_model->setRule([](const Account &) { return AccountProblem::ApplianceNotAllowed; });
    m_model->applyRules();
    QCOMPARE(m_model->find(u"prod"_s)->phase(), Phase::SignedOut);
}

void TestSessionModel::aNewNameHasThePolicyOfNew()
{
    signedIn(u"before"_s);
    m_model->setPolicyOfNew(HandOutPolicy::Ask);
    QCOMPARE(signedIn(u"after"_s)->account().policy, HandOutPolicy::Ask);
    m_model->forget(u"before"_s);
    QCOMPARE(signedIn(u"before"_s)->account().policy, HandOutPolicy::Allow);
}

void TestSessionModel::presetsWaitForAPassword()
{
    m_model->setPolicyOfNew(HandOutPolicy::Never);
    Account preset = named(u"prod"_s);
    preset.pin = anotherFingerprint();
    m_model->setPresets({preset});
    Session *session = m_model->find(u"prod"_s);
    QVERIFY(session->account().isPreset);
    QCOMPARE(session->account().policy, HandOutPolicy::Never);
    QCOMPARE(session->phase(), Phase::SignedOut);
    QVERIFY(m_model->accounts().isEmpty());
    QCOMPARE(m_model->whyNotRename(*session, u"other"_s), AccountProblem::Busy);

    Account typed = named(u"prod"_s);
    QVERIFY(m_model->signIn(typed, secret("password")));
    QCOMPARE(m_clients[u"prod"_s]->pins().last(), anotherFingerprint());
    QVERIFY(m_clients[u"prod"_s]->answer(granted(1, m_clock.now())));
    QVERIFY(!session->account().isPreset);
    QCOMPARE(m_model->accounts(), QList<Account>{session->account()});
    m_model->setPresets({}); // it is the person's own by now
    QVERIFY(m_model->find(u"prod"_s));
}

void TestSessionModel::presetsTakeNobodysPlace()
{
    signedIn(u"prod"_s);
    Account other = named(u"prod"_s);
    other.user = u"another"_s;
    m_model->setPresets({other});
    QCOMPARE(m_model->rowCount(), 1);
    QVERIFY(!m_model->find(u"prod"_s)->account().isPreset);
}

void TestSessionModel::presetsComeAndGoWithThePolicy()
{
    const QSignalSpy gone(m_model.get(), &SessionModel::sessionForgotten);
    m_model->setPresets({named(u"a"_s), named(u"b"_s)});
    Account other = named(u"b"_s);
    other.user = u"another"_s;
    m_model->setPresets({other});
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->find(u"b"_s)->account().user, u"another"_s);
    QCOMPARE(gone.count(), 2);
    QVERIFY(!m_model->known(u"a"_s));
}

//! The pin of one of them is that of the appliance, and so of both.
void TestSessionModel::presetsStayWhenAPinComesOrGoes()
{
    const QSignalSpy gone(m_model.get(), &SessionModel::sessionForgotten);
    Fingerprint fixed = aCertificate().fingerprint;
    m_model->setPins([&fixed](const Account &) { return fixed; });
    for (const Fingerprint &pin : {fixed, anotherFingerprint(), Fingerprint()}) {
        fixed = pin;
        Account pinned = named(u"a"_s);
        pinned.pin = pin;
        m_model->setPresets({pinned, named(u"b"_s)});
        m_model->applyRules();
        m_model->setPresets({pinned, named(u"b"_s)});
        QCOMPARE(gone.count(), 0);
        for (const QString &name : {u"a"_s, u"b"_s}) {
            const Session *session = m_model->find(name);
            QCOMPARE(session->account().pin, pin.isEmpty() ? anotherFingerprint() : pin);
            QCOMPARE(session->mayTrust({}), pin.isEmpty());
        }
    }
}

void TestSessionModel::aRemovedPresetStaysAway()
{
    m_model->setPresets({named(u"a"_s)});
    m_model->forget(u"a"_s);
    m_model->setPresets({named(u"a"_s)});
    QVERIFY(!m_model->find(u"a"_s));
    QCOMPARE(m_model->accounts().size(), 1);
    QVERIFY(m_model->accounts().first().isForgotten);
}

QTEST_MAIN(TestSessionModel)
#include "tst_sessionmodel.moc"
