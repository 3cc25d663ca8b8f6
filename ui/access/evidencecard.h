// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

class QGridLayout;
class QLabel;

namespace latchkey::ui {

class WrappedField;

//! A block of values under a heading with a sign, on a ground of its own: by both one sees at once
//! how far the values can be relied on.
class EvidenceCard final : public QWidget {
    Q_OBJECT
public:
    enum class Kind {
        Proven, //!< the system vouches for it
        Said, //!< nobody does
    };
    struct Row {
        QLabel *caption;
        WrappedField *field;

        //! Without a value, the row is not there.
        void set(const QString &value) const;
    };

    EvidenceCard(Kind kind, const QString &title, QWidget *parent = nullptr);

    //! Assistive tools are told \a name, if there is one, instead of \a caption.
    [[nodiscard]] Row addRow(const QString &caption, const QString &name = {});

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void drawSign();

    Kind m_kind;
    QLabel *m_sign;
    QGridLayout *m_rows;
};

} // namespace latchkey::ui
