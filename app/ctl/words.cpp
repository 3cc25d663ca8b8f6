// SPDX-FileCopyrightText: 2026 The Latchkey authors
// SPDX-License-Identifier: Apache-2.0

#include "ctl/words.h"

#include "protocol/escaped.h"

#include <algorithm>
#include <cstddef>

namespace latchkey::ctl {

std::string lines(const std::vector<Row> &rows)
{
    const auto width = [](const std::string &cell) {
        return std::count_if(cell.begin(), cell.end(),
            [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80; });
    };
    std::vector<std::ptrdiff_t> widths;
    std::vector<Row> shown = rows;
    for (Row &row : shown) {
        std::transform(row.begin(), row.end(), row.begin(), protocol::escaped);
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width(row[i]));
    }
    std::string result;
    for (const Row &row : shown) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto padding = i + 1 == row.size() ? 0 : widths[i] - width(row[i]) + 2;
            result += row[i] + std::string(static_cast<std::size_t>(padding), ' ');
        }
        result += '\n';
    }
    return result;
}

std::string durationInWords(double seconds)
{
    const auto whole = static_cast<long long>(std::clamp(seconds, 0.0, 1e12));
    const auto both = [](long long big, const char *bigUnit, long long small,
                          const char *smallUnit) {
        const std::string first = std::to_string(big) + bigUnit;
        return small == 0 ? first : first + " " + std::to_string(small) + smallUnit;
    };
    if (whole < 60)
        return std::to_string(whole) + " s";
    if (whole < 3600)
        return std::to_string(whole / 60) + " min";
    if (whole < 86400)
        return both(whole / 3600, " h", whole % 3600 / 60, " min");
    return both(whole / 86400, " d", whole % 86400 / 3600, " h");
}

std::string momentInWords(std::string time)
{
    if (time.size() < 20 || time[10] != 'T' || !time.ends_with('Z'))
        return time;
    time[10] = ' ';
    return time.substr(0, 19) + " UTC";
}

} // namespace latchkey::ctl
