// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/uifixture.h"

#include <QSettings>

#include <functional>

namespace latchkey::ui {
class MainWindow;
}

namespace latchkey::test {

//! Shows each window of Latchkey in each of its states, one after the other. What must hold for all
//! windows is tested on these: a new window or state is to be added here.
class Gallery {
public:
    //! Called for each, once all its events are through. Names begin with what is drawn.
    using Look = std::function<void(QWidget &window, const QString &name)>;

    explicit Gallery(Look look);

    void drawAll();

private:
    void drawMainWindow();
    void drawMoods();
    void drawSignIn();
    void drawAccess();
    void drawPrograms(Consent &consent, const Clock &clock, const QString &name);
    void drawConsent();
    void drawSettings();
    void drawOthers();
    void drawHelp();
    void drawQuestions();
    //! One session in each mood.
    static void signInAll(UiFixture &desk);
    void draw(QWidget &window, const QString &name);
    [[nodiscard]] std::unique_ptr<ui::MainWindow> mainWindowOf(UiFixture &desk);

    Look m_look;
    QTemporaryDir m_settingsFolder;
    QSettings m_settings{
        m_settingsFolder.filePath(QStringLiteral("gallery.ini")), QSettings::IniFormat};
};

} // namespace latchkey::test
