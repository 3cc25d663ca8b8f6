// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "config/administration.h"

#include <memory>

class QSettings;

namespace latchkey {

//! What is set: what the administrator has fixed, else what a person has chosen, else the usual.
//! Each setting goes by its member of SettingValues.
class Settings final : public QObject {
    Q_OBJECT
public:
    //! A person's choices are in \a file, which holds other things as well. Both must outlive this.
    Settings(QSettings &file, Administration &administration, QObject *parent = nullptr);

    //! The file in that folder, or an empty one in the place of what is there and cannot be read.
    [[nodiscard]] static std::unique_ptr<QSettings> fileIn(const QString &folder);

    //! Not for `autostart`, which is only in here if it is fixed.
    template<typename T> [[nodiscard]] T value(std::optional<T> SettingValues::*setting) const
    {
        const std::optional<T> &chosen = isFixed(setting) ? fixed().*setting : m_own.*setting;
        return chosen.value_or((SettingValues::usual().*setting).value_or(T()));
    }
    template<typename T> [[nodiscard]] bool isFixed(std::optional<T> SettingValues::*setting) const
    {
        return (fixed().*setting).has_value();
    }
    //! By a person. Nothing happens where it is fixed.
    template<typename T> void set(std::optional<T> SettingValues::*setting, const T &chosen)
    {
        if (isFixed(setting) || value(setting) == chosen)
            return;
        m_own.*setting = chosen;
        save();
    }
    //! The same until the program ends.
    template<typename T> void overrule(std::optional<T> SettingValues::*setting, const T &chosen)
    {
        m_own.*setting = chosen;
    }

    [[nodiscard]] const Administration &administration() const { return m_administration; }
    //! For programs and their people: all settings, which of them are fixed, and the rest of the
    //! policy. Whether Latchkey starts with the desktop session is for the caller to find out.
    [[nodiscard]] QJsonObject toJson(bool isAutostartEnabled) const;

Q_SIGNALS:
    //! One or more of them, or what the administrator says.
    void changed();

private:
    [[nodiscard]] const SettingValues &fixed() const { return m_administration.policy().settings; }
    void save();

    QSettings &m_file;
    Administration &m_administration;
    SettingValues m_own;
};

} // namespace latchkey
