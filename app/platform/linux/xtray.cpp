// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "platform/linux/xtray.h"

#include <xcb/xcb.h>

#include <cstdlib>
#include <string>

namespace latchkey {

namespace {

//! What the C library's allocator made for us.
struct Free {
    void operator()(void *memory) const { std::free(memory); }
};
template<typename Reply> using Owned = std::unique_ptr<Reply, Free>;

xcb_atom_t atom(xcb_connection_t *display, const std::string &name)
{
    const auto cookie =
        xcb_intern_atom(display, 0, static_cast<std::uint16_t>(name.size()), name.data());
    const Owned<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(display, cookie, nullptr));
    return reply ? reply->atom : xcb_atom_t(XCB_ATOM_NONE);
}

xcb_window_t rootOf(xcb_connection_t *display, int screen)
{
    auto screens = xcb_setup_roots_iterator(xcb_get_setup(display));
    while (screen-- > 0)
        xcb_screen_next(&screens);
    return screens.data->root;
}

} // namespace

void XTray::Disconnect::operator()(xcb_connection_t *display) const
{
    xcb_disconnect(display);
}

XTray::XTray(QObject *parent)
    : QObject(parent)
{
    int screen = 0;
    m_display.reset(xcb_connect(nullptr, &screen));
    if (xcb_connection_has_error(m_display.get()))
        return;
    m_selection = atom(m_display.get(), "_NET_SYSTEM_TRAY_S" + std::to_string(screen));
    m_notifier.emplace(xcb_get_file_descriptor(m_display.get()), QSocketNotifier::Read);
    connect(&*m_notifier, &QSocketNotifier::activated, this, &XTray::onReadable);
    // A tray that comes announces itself at the root window.
    if (follow(rootOf(m_display.get(), screen))) {
        look();
        onReadable();
    }
}

std::uint32_t XTray::owner() const
{
    const auto cookie = xcb_get_selection_owner(m_display.get(), m_selection);
    const Owned<xcb_get_selection_owner_reply_t> reply(
        xcb_get_selection_owner_reply(m_display.get(), cookie, nullptr));
    return reply ? reply->owner : xcb_window_t(XCB_WINDOW_NONE);
}

//! From here on, events tell when it goes; false where it has gone already.
bool XTray::follow(std::uint32_t window) const
{
    const std::uint32_t mask = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
    const auto cookie =
        xcb_change_window_attributes_checked(m_display.get(), window, XCB_CW_EVENT_MASK, &mask);
    return !Owned<xcb_generic_error_t>(xcb_request_check(m_display.get(), cookie));
}

void XTray::look()
{
    const std::uint32_t tray = owner();
    const bool isThere = tray != XCB_WINDOW_NONE && follow(tray);
    if (std::exchange(m_isThere, isThere) != isThere)
        Q_EMIT changed();
}

//! Whatever has happened, the question is the same. Events may also come in with an answer, which
//! leaves nothing to read.
void XTray::onReadable()
{
    bool hasNews = true;
    while (std::exchange(hasNews, false)) {
        while (Owned<xcb_generic_event_t>(xcb_poll_for_event(m_display.get())))
            hasNews = true;
        if (hasNews)
            look();
    }
    if (xcb_connection_has_error(m_display.get()))
        m_notifier->setEnabled(false);
}

} // namespace latchkey
