// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sessions/validitylegend.h"

#include <QWidget>

namespace latchkey {
struct SessionSnapshot;
}

namespace latchkey::ui {

//! A session's ValidityLine as a picture: a bar with the next moments in words above, and below it
//! a scale and a legend. To assistive tools it is a progress bar, which tells how much of the
//! access token's life is left, and its description is a sentence. Hidden while there is nothing to
//! show.
class ValidityTimeline final : public QWidget {
    Q_OBJECT
public:
    explicit ValidityTimeline(QWidget *parent = nullptr);

    void setSnapshot(const SessionSnapshot &snapshot);

    //! Of the access token's life, from 0 to 100.
    [[nodiscard]] int percentLeft() const { return m_percentLeft; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    //! With the legend.
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRectF barRect() const;
    [[nodiscard]] QRect summaryRect(int width) const;
    [[nodiscard]] int legendTop(int width) const;
    [[nodiscard]] double xOf(double place) const;
    [[nodiscard]] QRectF rectOf(const ValidityLine::Stretch &stretch) const;
    void paintBar(QPainter &painter) const;
    void paintStretches(QPainter &painter) const;
    void paintForeseen(QPainter &painter) const;
    void paintMoments(QPainter &painter) const;
    void paintNow(QPainter &painter) const;
    void paintScale(QPainter &painter) const;
    [[nodiscard]] static QString summaryOf(const SessionSnapshot &snapshot);
    [[nodiscard]] QString past() const;

    ValidityLine m_line;
    ValidityLegend m_legend;
    //! Where the bar is, while it is painted: to find out takes a layout of the summary.
    QRectF m_bar;
    QString m_summary;
    int m_percentLeft = 0;
};

} // namespace latchkey::ui
