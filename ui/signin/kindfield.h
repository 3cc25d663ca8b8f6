// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session/account.h"
#include "wire/oauth/kindsearch.h"

#include <QUrl>
#include <QWidget>

#include <functional>
#include <memory>

class QComboBox;

namespace latchkey::ui {

class NoticeLabel;

//! The kinds there are, and how to find out which one an appliance is of.
struct KindSource {
    const Kinds &kinds;
    std::function<std::unique_ptr<KindSearch>()> makeSearch;
    //! Why nobody may sign in at \a server. Nothing is sent there then.
    std::function<std::optional<AccountProblem>(const QUrl &server)> whyNot = [](const QUrl &) {
        return std::nullopt;
    };
};

//! Which kind of appliance is meant: found out by asking the appliance, or chosen by a person.
class KindField final : public QWidget {
    Q_OBJECT
public:
    explicit KindField(KindSource source, QWidget *parent = nullptr);

    //! Asks the appliance, unless nobody may sign in there, a person has chosen, or the answer is
    //! known already; looked() follows then, in any case.
    void look(const QUrl &server);
    //! The address is another one now, so what was found no longer counts.
    void forgetFound();
    //! Of an account that exists.
    void fixKind(const QString &id);

    //! An empty sentence takes it away.
    void showProblem(const QString &sentence);

    //! Nobody may sign in at the address, so the appliance was not asked.
    [[nodiscard]] bool isForbidden() const { return m_forbidden.has_value(); }
    [[nodiscard]] bool isLooking() const { return m_search != nullptr; }
    //! Which kind it is, and at which of its ports.
    [[nodiscard]] bool isSettled() const { return !kindId().isEmpty() && candidates().size() < 2; }
    //! An id; empty while it is not known.
    [[nodiscard]] QString kindId() const;
    [[nodiscard]] std::optional<Kind> kind() const;
    //! \a typed with the port at which the appliance answered, or with the kind's own.
    [[nodiscard]] QUrl serverFor(const QUrl &typed) const;
    //! The product's name, and what people should know before they sign in to one; may be empty.
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString hint() const;
    //! Once it has looked: why it is not settled; empty where it is.
    [[nodiscard]] QString openQuestion() const;
    //! What the appliance showed, if nobody vouches for that.
    [[nodiscard]] std::optional<Certificate> untrusted() const;

Q_SIGNALS:
    //! The kind, or what can be told of it.
    void changed();
    void looked();

private:
    void fill();
    void select(const QString &id);
    void onChosen();
    void onLooked();
    void onKindsChanged();
    [[nodiscard]] bool isFixed() const { return !m_fixedId.isEmpty(); }
    [[nodiscard]] QList<KindSearch::Candidate> candidates() const;

    KindSource m_source;
    QComboBox *m_box;
    NoticeLabel *m_problem;
    std::unique_ptr<KindSearch> m_search;
    QUrl m_asked;
    QList<KindSearch::Candidate> m_found;
    std::optional<AccountProblem> m_forbidden;
    //! Why nobody answered.
    std::optional<AuthError> m_nobody;
    QString m_fixedId;
    bool m_isByHand = false;
};

} // namespace latchkey::ui
