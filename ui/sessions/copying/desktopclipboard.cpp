// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "sessions/copying/desktopclipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QWindow>

namespace latchkey::ui {

DesktopClipboard::DesktopClipboard(
    QClipboard &clipboard, Proof proof, std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_clipboard(clipboard)
    , m_proof(proof)
{
    m_giveUp.setSingleShot(true);
    m_giveUp.setInterval(patience);
    connect(&m_giveUp, &QTimer::timeout, this, [this] { finish(false); });
    if (m_proof == Proof::Owner)
        return;
    connect(qGuiApp, &QGuiApplication::focusWindowChanged, this, &DesktopClipboard::onFocusChanged);
    connect(&m_clipboard, &QClipboard::dataChanged, this, &DesktopClipboard::onChanged);
}

DesktopClipboard::~DesktopClipboard() = default;

void DesktopClipboard::put(std::unique_ptr<QMimeData> data)
{
    m_giveUp.stop();
    m_waiting = std::move(data);
    if (m_proof == Proof::Owner) {
        set();
        finish(isOurs());
    } else if (QGuiApplication::focusWindow()) {
        set();
    } else {
        askForFocus();
    }
}

void DesktopClipboard::set()
{
    m_giveUp.stop();
    m_put = m_waiting.get();
    m_clipboard.setMimeData(m_waiting.release());
    m_giveUp.start();
}

void DesktopClipboard::askForFocus()
{
    auto window = std::make_unique<QLabel>(tr("Copying…"));
    window->setWindowTitle(tr("Latchkey"));
    window->setMargin(window->fontMetrics().height());
    window->show();
    m_window = std::move(window);
    m_giveUp.start();
}

void DesktopClipboard::onFocusChanged()
{
    if (m_waiting && QGuiApplication::focusWindow())
        set();
}

//! Qt says so, too, as soon as it is given something, whether or not the desktop agrees; no timer
//! runs then.
void DesktopClipboard::onChanged()
{
    if (!m_waiting && m_giveUp.isActive())
        finish(isOurs());
}

void DesktopClipboard::finish(bool hasArrived)
{
    m_giveUp.stop();
    m_waiting.reset();
    m_window.reset();
    if (hasArrived)
        return Q_EMIT arrived();
    clear();
    Q_EMIT refused();
}

void DesktopClipboard::clear()
{
    if (isOurs())
        m_clipboard.clear();
    m_put.clear();
}

//! Told by the platform, without a word from the program that has the clipboard now.
bool DesktopClipboard::isOurs() const
{
    return m_put && m_clipboard.mimeData() == m_put;
}

} // namespace latchkey::ui
