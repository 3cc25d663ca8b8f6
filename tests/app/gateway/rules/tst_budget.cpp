// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "gateway/rules/budget.h"

#include "gateway/rules/httperror.h"

#include <QTest>

#include <optional>

using namespace latchkey::ctl;

class TestBudget final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sharesGrowWhileThereIsSomethingLeft();
    void sharesComeBack();
};

namespace {

unsigned statusOfGrowing(Budget::Share &share, std::size_t bytes)
{
    try {
        share.growTo(bytes);
        return 0;
    } catch (const HttpError &refused) {
        return refused.status();
    }
}

} // namespace

void TestBudget::sharesGrowWhileThereIsSomethingLeft()
{
    Budget budget(10);
    Budget::Share one(budget);
    Budget::Share other(budget);
    QCOMPARE(statusOfGrowing(one, 4), 0U);
    QCOMPARE(statusOfGrowing(one, 6), 0U);
    QCOMPARE(statusOfGrowing(one, 2), 0U); // the share keeps its size
    QCOMPARE(statusOfGrowing(other, 5), 503U);
    QCOMPARE(statusOfGrowing(other, 4), 0U);
    QCOMPARE(statusOfGrowing(one, 7), 503U);
}

void TestBudget::sharesComeBack()
{
    Budget budget(10);
    std::optional<Budget::Share> one(std::in_place, budget);
    QCOMPARE(statusOfGrowing(*one, 10), 0U);
    one->giveBack();
    QCOMPARE(statusOfGrowing(*one, 10), 0U);
    one.reset();
    Budget::Share other(budget);
    QCOMPARE(statusOfGrowing(other, 11), 503U);
    QCOMPARE(statusOfGrowing(other, 10), 0U);
}

QTEST_GUILESS_MAIN(TestBudget)
#include "tst_budget.moc"
