// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "base/clock.h"

#include <QWidget>

#include <optional>

namespace latchkey {
struct SessionSnapshot;
}

namespace latchkey::ui {

//! The access token's life as a bar, from its grant at the left to its end at the right. It is
//! filled up to now, and a mark shows the next refresh.
class ValidityTimeline final : public QWidget {
    Q_OBJECT
public:
    explicit ValidityTimeline(QWidget *parent = nullptr);

    void setSnapshot(const SessionSnapshot &snapshot);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRect barRect() const;
    [[nodiscard]] int xOf(WallTime at) const;
    void paintBar(QPainter &painter) const;
    void paintMark(QPainter &painter) const;
    void paintLabels(QPainter &painter) const;
    [[nodiscard]] QString description() const;

    WallTime m_now;
    WallTime m_grantedAt;
    WallTime m_end;
    std::optional<WallTime> m_refreshAt;
};

} // namespace latchkey::ui
