// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "vault/keychainitem.h"
#include "vault/keychainwatch.h"

#include <QStringList>

#include <optional>

namespace latchkey::test {

//! Keychains under the test's control: it sets what can be seen of them, and look() reports that.
class FakeKeychainWatch final : public KeychainWatch {
    Q_OBJECT
public:
    using KeychainWatch::KeychainWatch;

    void look(const Question &question) override
    {
        looks.append(question);
        ++m_look;
        if (isSilent)
            return;
        const auto tell = [this, look = m_look] {
            if (look == m_look)
                Q_EMIT seen(finding);
        };
        QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
    }
    void unlock(const QString &collection) override
    {
        unlocking.append(collection);
        isQuestionOpen = true;
    }
    void dropQuestion() override { isQuestionOpen = false; }

    void answer(Answer answer)
    {
        isQuestionOpen = false;
        if (answer == Answer::Open) {
            for (Place &place : finding.places)
                place.isOpen = place.isOpen || place.name == unlocking.last();
        }
        Q_EMIT answered(answer);
    }
    //! Changes what can be seen of the keychains, and announces the change.
    void become(const Finding &seen)
    {
        finding = seen;
        Q_EMIT changed();
    }

    Finding finding;
    bool isSilent = false;
    bool isQuestionOpen = false;
    QList<Question> looks;
    QStringList unlocking;

private:
    int m_look = 0;
};

//! The keychain item, under the test's control.
class FakeKeychainItem final : public KeychainItem {
    Q_OBJECT
public:
    using KeychainItem::KeychainItem;

    void read() override
    {
        ++reads;
        answerLater([this] { Q_EMIT found(text); });
    }
    void write(const Secret &wanted) override
    {
        ++writes;
        answerLater([this, wanted] {
            if (!lies)
                text = wanted;
            Q_EMIT written();
        });
    }
    void letGo() override { waiting = nullptr; }

    //! Finishes the call that is waiting.
    void answer() { std::exchange(waiting, nullptr)(); }

    Secret text;
    //! If set, every call fails with this.
    std::optional<StoreError> failure;
    //! If set, calls wait for answer().
    bool isSlow = false;
    //! If set, reports that it has written although it has not.
    bool lies = false;
    int reads = 0;
    int writes = 0;
    std::function<void()> waiting;

private:
    void answerLater(const std::function<void()> &succeed)
    {
        waiting = [this, succeed] {
            if (failure)
                Q_EMIT failed(*failure);
            else
                succeed();
        };
        if (!isSlow)
            QMetaObject::invokeMethod(this, &FakeKeychainItem::answer, Qt::QueuedConnection);
    }
};

} // namespace latchkey::test
