// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/secret.h"
#include "session/account.h"
#include "signin/kindfield.h"

#include <QList>
#include <QObject>

#include <functional>

class QCheckBox;
class QFormLayout;
class QToolButton;

namespace latchkey::ui {

class SecretField;
class ValidatedLineEdit;

//! What seldom has to be said at a sign-in: the session's name, the kind of the appliance, its
//! client. These are rows of a form, folded away under "More". They unfold by themselves where a
//! person has something to say there.
class MoreOptions final : public QObject {
    Q_OBJECT
public:
    using IsTaken = std::function<bool(const QString &name)>;

    //! Adds its rows to \a rows, whose widget owns what is in them. \a isTaken tells which names
    //! exist, so that another one is suggested.
    MoreOptions(QFormLayout *rows, IsTaken isTaken, KindSource kinds, QObject *parent = nullptr);

    void unfold();
    //! Leaves what can be changed of an account that exists.
    void setAccount(const Account &account);
    void setName(const QString &name);
    //! Unless a person has typed one.
    void suggestName(const QString &server);
    void writeTo(Account &draft) const;
    [[nodiscard]] Secret clientSecret() const;
    void wipe();
    void setDisabled(bool isDisabled);

    [[nodiscard]] KindField *kind() const { return m_kind; }
    [[nodiscard]] ValidatedLineEdit *name() const { return m_name; }
    [[nodiscard]] ValidatedLineEdit *clientId() const { return m_clientId; }
    [[nodiscard]] QList<ValidatedLineEdit *> fields() const;

private:
    void showRows();
    void onKindChanged();
    [[nodiscard]] bool hasClients() const;
    [[nodiscard]] QString suggestedName(const QString &server) const;

    QFormLayout *m_rows;
    IsTaken m_isTaken;
    QToolButton *m_fold;
    ValidatedLineEdit *m_name;
    KindField *m_kind;
    QCheckBox *m_shortLived;
    ValidatedLineEdit *m_clientId;
    SecretField *m_secret;
    ValidatedLineEdit *m_clientSecret;
    QString m_suggestion;
    bool m_hasOwnName = false;
    bool m_isOfAccount = false;
};

} // namespace latchkey::ui
