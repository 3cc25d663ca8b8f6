// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "widgets/icons.h"

#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

#include <array>

using namespace Qt::StringLiterals;

namespace latchkey::ui {

namespace {

class SvgIconEngine final : public QIconEngine {
public:
    explicit SvgIconEngine(QString path)
        : m_path(std::move(path))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        constexpr double faint = 0.4;
        if (mode == QIcon::Disabled)
            painter->setOpacity(painter->opacity() * faint);
        QRect square(0, 0, std::min(rect.width(), rect.height()), 0);
        square.setHeight(square.width());
        square.moveCenter(rect.center());
        QSvgRenderer(m_path).render(painter, square);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        if (m_drawn.size() == size && m_drawnMode == mode)
            return m_drawn;
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        painter.end();
        m_drawn = pixmap;
        m_drawnMode = mode;
        return pixmap;
    }

    QIconEngine *clone() const override { return new SvgIconEngine(m_path); }
    QString key() const override { return u"latchkey-svg"_s; }

private:
    QString m_path;
    //! The last picture, kept as lists and trays ask for the same one again and again.
    QPixmap m_drawn;
    QIcon::Mode m_drawnMode = QIcon::Normal;
};

} // namespace

QIcon svgIcon(const QString &path)
{
    return QIcon(new SvgIconEngine(path));
}

QIcon actionIcon(const QString &name)
{
    return svgIcon(u":/icons/actions/%1.svg"_s.arg(name));
}

QIcon moodIcon(Mood::Value mood)
{
    static constexpr std::array names{"signed-out"_L1, "active"_L1, "busy"_L1, "busy"_L1,
        "attention"_L1, "attention"_L1, "attention"_L1};
    return svgIcon(u":/icons/tray/%1.svg"_s.arg(names.at(static_cast<std::size_t>(mood))));
}

QIcon applicationIcon()
{
    return svgIcon(u":/icons/%1.svg"_s.arg(QLatin1StringView(LATCHKEY_ID)));
}

} // namespace latchkey::ui
