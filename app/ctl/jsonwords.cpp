// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/jsonwords.h"

#include "ctl/words.h"

namespace latchkey::ctl {

using nlohmann::json;

std::string text(const json &value)
{
    if (value.is_string() && !value.get_ref<const std::string &>().empty())
        return value.get<std::string>();
    if (value.is_boolean())
        return value.get<bool>() ? "yes" : "no";
    return value.is_number() ? value.dump() : "-";
}

const json &member(const json &object, const char *name)
{
    static const json absent;
    const auto found = object.find(name);
    return found == object.end() ? absent : *found;
}

std::string textOf(const json &object, const char *name)
{
    return text(member(object, name));
}

std::string moment(const json &value)
{
    return momentInWords(text(value));
}

} // namespace latchkey::ctl
